package ledger

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// memory is a repository without a database: it keeps what it is told and folds balances.
type memory struct {
	accounts []Account
	journals []Journal
	ended    map[ident.JournalID]string
	n        int
}

func newMemory() *memory { return &memory{ended: map[ident.JournalID]string{}} }

func (m *memory) NewID() string { m.n++; return fmt.Sprintf("id-%06d", m.n) }
func (m *memory) NextCode(_ context.Context, p string) (string, error) {
	m.n++
	return fmt.Sprintf("%s-%06d", p, m.n), nil
}
func (m *memory) Open(_ context.Context, a Account) error {
	m.accounts = append(m.accounts, a)
	return nil
}
func (m *memory) Account(_ context.Context, id ident.AccountID) (Account, error) {
	for _, a := range m.accounts {
		if a.ID == id {
			return a, nil
		}
	}
	return Account{}, fault.NotFound("ledger.account_not_found", "no account")
}
func (m *memory) AccountOf(_ context.Context, k Kind, owner string) (Account, bool, error) {
	for _, a := range m.accounts {
		if a.Kind == k && a.OwnerID == owner {
			return a, true, nil
		}
	}
	return Account{}, false, nil
}
func (m *memory) resolved() map[ident.JournalID]bool {
	out := map[ident.JournalID]bool{}
	for id := range m.ended {
		out[id] = true
	}
	return out
}
func (m *memory) LockBalances(_ context.Context, _ []ident.AccountID) (map[ident.AccountID]Balance, error) {
	out := map[ident.AccountID]Balance{}
	for _, b := range Fold(m.accounts, m.journals, m.resolved()) {
		out[b.Account.ID] = b
	}
	return out, nil
}
func (m *memory) Balances(context.Context, AccountFilter) ([]Balance, error) {
	return Fold(m.accounts, m.journals, m.resolved()), nil
}
func (m *memory) Append(_ context.Context, j Journal) error {
	for _, o := range m.journals {
		if j.Reverses != "" && o.Reverses == j.Reverses {
			return fault.Conflict("ledger.already_reversed", "twice")
		}
	}
	if j.Releases != "" {
		if err := m.end(j.Releases, "released"); err != nil {
			return err
		}
	}
	m.journals = append(m.journals, j)
	return nil
}
func (m *memory) end(id ident.JournalID, how string) error {
	if _, done := m.ended[id]; done {
		return fault.Conflict("ledger.already_resolved", "twice")
	}
	m.ended[id] = how
	return nil
}
func (m *memory) Void(_ context.Context, id ident.JournalID, _ time.Time) error {
	return m.end(id, "voided")
}
func (m *memory) Journal(_ context.Context, id ident.JournalID) (Journal, error) {
	for _, j := range m.journals {
		if j.ID == id {
			return j, nil
		}
	}
	return Journal{}, fault.NotFound("ledger.journal_not_found", "no journal")
}
func (m *memory) JournalByKey(_ context.Context, key string) (Journal, bool, error) {
	for _, j := range m.journals {
		if j.Key == key {
			return j, true, nil
		}
	}
	return Journal{}, false, nil
}
func (m *memory) Journals(context.Context, JournalFilter) ([]Journal, error) { return m.journals, nil }
func (m *memory) Resolutions(context.Context, []ident.JournalID) (map[ident.JournalID]string, error) {
	return m.ended, nil
}

var at = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func move(key string, from, to Kind, fen money.Fen) Draft {
	return Draft{Key: key, Kind: "test", At: at, Legs: []Leg{
		{Ref: Ref{Kind: from, OwnerID: "x"}, AmountFen: fen}, {Ref: Ref{Kind: to, OwnerID: "x"}, AmountFen: -fen},
	}}
}

func post(t testing.TB, m *memory, d Draft) Journal {
	t.Helper()
	j, err := Post(context.Background(), m, m, d)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func balance(t testing.TB, m *memory, k Kind) Balance {
	t.Helper()
	for _, b := range Fold(m.accounts, m.journals, m.resolved()) {
		if b.Account.Kind == k {
			return b
		}
	}
	return Balance{}
}

func TestPost_MoneyMovesFromBudgetToPayment(t *testing.T) {
	t.Parallel()
	m := newMemory()
	post(t, m, move("budget", Appropriation, BudgetLine, 24000000))
	post(t, m, move("commit", BudgetLine, Commitment, 20000000))
	post(t, m, move("contract", Commitment, Contract, 20000000))
	post(t, m, move("accept", Contract, Payable, 8640000))
	post(t, m, move("pay", Payable, Clearing, 8640000))
	post(t, m, move("seen", Clearing, Appropriation, 8640000))
	for k, want := range map[Kind]money.Fen{
		Appropriation: 15360000, BudgetLine: 4000000, Commitment: 0, Contract: 11360000, Payable: 0, Clearing: 0,
	} {
		if got := balance(t, m, k).Fen(); got != want {
			t.Errorf("%s: %s, want %s", k, got, want)
		}
	}
}

func TestPost_GuardedAccountNeverFallsBelowZero(t *testing.T) {
	t.Parallel()
	m := newMemory()
	post(t, m, move("budget", Appropriation, BudgetLine, 100))
	_, err := Post(context.Background(), m, m, move("commit", BudgetLine, Commitment, 101))
	if f, _ := fault.As(err); f == nil || f.Code != "ledger.insufficient" || f.Params["available"] != "1.00" {
		t.Fatalf("one fen over the budget: %v", err)
	}
	if len(m.journals) != 1 {
		t.Error("the refused journal was stored")
	}
	post(t, m, move("commit", BudgetLine, Commitment, 100))
}

func TestPost_IsIdempotentByKey(t *testing.T) {
	t.Parallel()
	m := newMemory()
	a := post(t, m, move("budget", Appropriation, BudgetLine, 100))
	b := post(t, m, move("budget", Appropriation, BudgetLine, 100))
	if a.ID != b.ID || len(m.journals) != 1 {
		t.Fatal("the same effect was booked twice")
	}
	if _, err := Post(context.Background(), m, m, move("budget", Appropriation, BudgetLine, 99)); !fault.Is(err, "ledger.key_reused") {
		t.Fatalf("another amount under the same key: %v", err)
	}
}

func TestPost_PendingHoldsUntilReleasedOrVoided(t *testing.T) {
	t.Parallel()
	m := newMemory()
	ctx := context.Background()
	post(t, m, move("budget", Appropriation, BudgetLine, 100))
	hold := move("hold", BudgetLine, Commitment, 60)
	hold.Pending = true
	p := post(t, m, hold)
	if b := balance(t, m, BudgetLine); b.Fen() != 100 || b.AvailableFen() != 40 {
		t.Fatalf("held: %s available %s", b.Fen(), b.AvailableFen())
	}
	if _, err := Post(ctx, m, m, move("other", BudgetLine, Commitment, 41)); !fault.Is(err, "ledger.insufficient") {
		t.Fatalf("what is held was spent: %v", err)
	}
	release := move("release", BudgetLine, Commitment, 60)
	release.Releases = p.ID
	post(t, m, release)
	if b := balance(t, m, BudgetLine); b.Fen() != 40 || b.HeldFen != 0 {
		t.Fatalf("released: %s held %s", b.Fen(), b.HeldFen)
	}
	if err := Void(ctx, m, p.ID, at); !fault.Is(err, "ledger.already_resolved") {
		t.Fatalf("voided after release: %v", err)
	}
	again := move("hold again", BudgetLine, Commitment, 40)
	again.Pending = true
	q := post(t, m, again)
	if err := Void(ctx, m, q.ID, at); err != nil {
		t.Fatal(err)
	}
	if b := balance(t, m, BudgetLine); b.AvailableFen() != 40 {
		t.Fatalf("voided: %s", b.AvailableFen())
	}
	if err := Void(ctx, m, release2ID(t, m), at); !fault.Is(err, "ledger.not_pending") {
		t.Fatalf("a posted journal was voided: %v", err)
	}
}

func release2ID(t testing.TB, m *memory) ident.JournalID {
	t.Helper()
	j, _, err := m.JournalByKey(context.Background(), "release")
	if err != nil {
		t.Fatal(err)
	}
	return j.ID
}

func TestReverse_AtMostOnce(t *testing.T) {
	t.Parallel()
	m := newMemory()
	ctx := context.Background()
	j := post(t, m, move("budget", Appropriation, BudgetLine, 100))
	r, err := Reverse(ctx, m, m, Reversal{JournalID: j.ID, At: at, Memo: "wrong line"})
	if err != nil {
		t.Fatal(err)
	}
	if b := balance(t, m, BudgetLine); b.Fen() != 0 || b.DebitFen != 100 {
		t.Fatalf("after the reversal: %+v", b)
	}
	again, err := Reverse(ctx, m, m, Reversal{JournalID: j.ID, At: at})
	if err != nil || again.ID != r.ID || len(m.journals) != 2 {
		t.Fatalf("a second reversal changed something: %v", err)
	}
	if _, err := Reverse(ctx, m, m, Reversal{JournalID: r.ID, At: at}); !fault.Is(err, "ledger.not_posted") {
		t.Fatalf("a reversal was reversed: %v", err)
	}
}

func TestJournal_CheckRefusals(t *testing.T) {
	t.Parallel()
	good := Journal{Key: "k", State: Posted, EffectiveOn: calendar.Date{Year: 2026, Month: 3, Day: 2},
		Postings: []Posting{{Line: 1, AccountID: "a", AmountFen: 5}, {Line: 2, AccountID: "b", AmountFen: -5}}}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		change func(*Journal)
		code   string
	}{
		"off by one":    {func(j *Journal) { j.Postings[1].AmountFen = -4 }, "ledger.unbalanced"},
		"one posting":   {func(j *Journal) { j.Postings = j.Postings[:1] }, "ledger.journal_invalid"},
		"same account":  {func(j *Journal) { j.Postings[1].AccountID = "a" }, "ledger.journal_invalid"},
		"zero":          {func(j *Journal) { j.Postings[0].AmountFen = 0 }, "ledger.journal_invalid"},
		"no key":        {func(j *Journal) { j.Key = "" }, "ledger.journal_invalid"},
		"no date":       {func(j *Journal) { j.EffectiveOn = calendar.Date{} }, "ledger.journal_invalid"},
		"unknown state": {func(j *Journal) { j.State = "maybe" }, "ledger.journal_invalid"},
	} {
		j := good
		j.Postings = append([]Posting(nil), good.Postings...)
		x.change(&j)
		if err := j.Check(); !fault.Is(err, x.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFold_PostingsAlwaysSumToZero(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newMemory()
		ctx := context.Background()
		for i := range rapid.IntRange(1, 40).Draw(t, "n") {
			from := rapid.SampledFrom(Kinds).Draw(t, "from")
			to := rapid.SampledFrom(Kinds).Draw(t, "to")
			d := move(fmt.Sprint("k", i), from, to, money.Fen(rapid.Int64Range(1, 1000).Draw(t, "fen")))
			d.Pending = rapid.Bool().Draw(t, "pending")
			j, err := Post(ctx, m, m, d)
			if err == nil && d.Pending && rapid.Bool().Draw(t, "void") {
				_ = Void(ctx, m, j.ID, at)
			}
		}
		var net money.Fen
		for _, b := range Fold(m.accounts, m.journals, m.resolved()) {
			net += b.DebitFen - b.CreditFen
			if b.Account.Kind.Guarded() && b.AvailableFen() < 0 {
				t.Fatalf("%s fell to %s", b.Account.Kind, b.AvailableFen())
			}
		}
		if net != 0 {
			t.Fatalf("postings sum to %s", net)
		}
	})
}
