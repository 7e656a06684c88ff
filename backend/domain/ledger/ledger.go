// Package ledger knows the control ledger: accounts by owner and kind, journals 记账凭证 whose
// postings 分录 sum to zero, and balances that are always derived. Debits are positive, credits
// negative. A journal is never edited: it is undone by another one, at most once. Statutory
// entries (financial and budget accounting) are reports over these journals (statutory.go).
package ledger

import (
	"sort"
	"strconv"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Kind says what an account stands for.
type Kind string

// The kinds. Money authorised by a budget moves appropriation → budget line → commitment →
// contract → payable → clearing, and leaves clearing when the bank statement confirms it.
const (
	Appropriation Kind = "appropriation" // 财政拨款额度: quota not yet drawn
	BudgetLine    Kind = "budget_line"   // 可用预算: approved and free
	Commitment    Kind = "commitment"    // 成交占用: awarded, not yet contracted
	Contract      Kind = "contract"      // 合同占用: contracted, not yet accepted
	Payable       Kind = "payable"       // 应付供应商: accepted, not yet paid
	Clearing      Kind = "clearing"      // 在途: paid by our word, not yet on the statement
	Bank          Kind = "bank"          // 银行存款
	Fund          Kind = "fund"          // 社区基金
	Subfund       Kind = "subfund"       // 专项基金
	Supplier      Kind = "supplier"      // 供应商往来 of a fund's grants
	Expense       Kind = "expense"       // 费用: what a provider keeps
)

// kindInfo tells the normal side of a kind and whether its balance may cross zero.
type kindInfo struct {
	debit   bool // balance grows by debits
	guarded bool // balance may not fall below zero
}

var kinds = map[Kind]kindInfo{
	Appropriation: {debit: true, guarded: true},
	BudgetLine:    {guarded: true},
	Commitment:    {guarded: true},
	Contract:      {guarded: true},
	Payable:       {guarded: true},
	Clearing:      {},
	Bank:          {debit: true},
	Fund:          {guarded: true},
	Subfund:       {guarded: true},
	Supplier:      {},
	Expense:       {debit: true},
}

// Kinds lists every kind in the order money moves.
var Kinds = []Kind{Appropriation, BudgetLine, Commitment, Contract, Payable, Clearing, Bank, Fund, Subfund, Supplier, Expense}

// DebitNormal tells whether debits raise the balance of this kind.
func (k Kind) DebitNormal() bool { return kinds[k].debit }

// Guarded tells whether the balance of this kind may never fall below zero.
func (k Kind) Guarded() bool { return kinds[k].guarded }

// Known tells whether there is such a kind.
func (k Kind) Known() bool { _, ok := kinds[k]; return ok }

// Account holds postings for one owner. Kind and OwnerID together are unique. PartyID is the
// body whose books these are (it may read them), PlaceID where it belongs.
type Account struct {
	ID        ident.AccountID
	Code      string // ZH-…, stable
	Kind      Kind
	OwnerID   string // the budget line, project, contract, party or fund
	Name      string
	PartyID   ident.PartyID
	PlaceID   ident.PlaceID
	ProjectID ident.ProjectID
	Currency  string
	OpenedAt  time.Time
}

// Posting is one leg of a journal: a debit when positive, a credit when negative.
type Posting struct {
	Line      int
	AccountID ident.AccountID
	AmountFen money.Fen
	Memo      string
}

// The states of a journal. A pending journal counts against what is available until it is
// released by a posted one or voided; both are further rows, the journal itself never changes.
const (
	Posted  = "posted"
	Pending = "pending"
)

// Journal is one balanced entry.
type Journal struct {
	ID          ident.JournalID
	Code        string // PZ-2026-000001
	Key         string // unique: one business effect, one journal
	Kind        string // "budget", "commitment", "contract", "acceptance", "payment" …
	State       string
	EffectiveOn calendar.Date
	At          time.Time
	Memo        string
	ObjectKind  string // the business object this books
	ObjectID    string
	ProjectID   ident.ProjectID
	ContractID  ident.ContractID
	PlaceID     ident.PlaceID
	PartyID     ident.PartyID // whose books
	PersonID    ident.PersonID
	Reverses    ident.JournalID // the journal this one undoes
	Releases    ident.JournalID // the pending journal this one makes real
	Postings    []Posting
}

// maxPostings bounds a journal: more legs than this is a report, not an entry.
const maxPostings = 200

// Check tells whether a journal may exist: known state, 2…200 postings on distinct accounts,
// none of zero, sum zero. Faults: ledger.unbalanced, ledger.journal_invalid.
func (j Journal) Check() error {
	bad := fault.Invalid("ledger.journal_invalid", "journal "+j.Key+" cannot be booked")
	switch {
	case j.Key == "":
		return bad.At("key", "required", "a journal books one effect")
	case j.State != Posted && j.State != Pending:
		return bad.At("state", "unknown", j.State)
	case j.EffectiveOn.IsZero():
		return bad.At("effectiveOn", "required", "a journal has a date")
	case len(j.Postings) < 2 || len(j.Postings) > maxPostings:
		return bad.At("postings", "count", strconv.Itoa(len(j.Postings)))
	}
	seen := map[ident.AccountID]bool{}
	amounts := make([]money.Fen, 0, len(j.Postings))
	for i, p := range j.Postings {
		if p.AmountFen == 0 || p.AccountID == "" || seen[p.AccountID] || p.Line != i+1 {
			return bad.At("postings["+strconv.Itoa(i)+"]", "posting", "an amount on an account of its own")
		}
		seen[p.AccountID] = true
		amounts = append(amounts, p.AmountFen)
	}
	sum, err := money.Sum(amounts...)
	if err != nil {
		return err
	}
	if sum != 0 {
		return fault.Invalid("ledger.unbalanced", "journal "+j.Key+" is off by "+sum.String()).With("difference", sum.String())
	}
	return nil
}

// Total is the sum of the debits.
func (j Journal) Total() money.Fen {
	var total money.Fen
	for _, p := range j.Postings {
		if p.AmountFen > 0 {
			total += p.AmountFen
		}
	}
	return total
}

// Same tells whether two journals book the same thing: kind, state, date and postings.
func (j Journal) Same(o Journal) bool {
	if j.Kind != o.Kind || j.State != o.State || j.EffectiveOn != o.EffectiveOn || len(j.Postings) != len(o.Postings) {
		return false
	}
	for i := range j.Postings {
		if j.Postings[i].AccountID != o.Postings[i].AccountID || j.Postings[i].AmountFen != o.Postings[i].AmountFen {
			return false
		}
	}
	return true
}

// Mirror gives the postings that undo a journal.
func (j Journal) Mirror() []Posting {
	out := make([]Posting, len(j.Postings))
	for i, p := range j.Postings {
		p.AmountFen = -p.AmountFen
		out[i] = p
	}
	return out
}

// Balance is what an account holds on its normal side. Available leaves out what pending
// journals hold.
type Balance struct {
	Account     Account
	DebitFen    money.Fen // Σ debits of posted journals
	CreditFen   money.Fen // Σ credits of posted journals, positive
	HeldFen     money.Fen // Σ that pending journals would take away
	IncomingFen money.Fen // Σ that pending journals would bring
}

// Fen is the balance on the account's normal side.
func (b Balance) Fen() money.Fen {
	if b.Account.Kind.DebitNormal() {
		return b.DebitFen - b.CreditFen
	}
	return b.CreditFen - b.DebitFen
}

// AvailableFen is the balance less what is held.
func (b Balance) AvailableFen() money.Fen { return b.Fen() - b.HeldFen }

// Fold derives the balances of accounts from journals; resolved names the pending journals that
// were released or voided. It is the oracle that stored sums are compared with.
func Fold(accounts []Account, journals []Journal, resolved map[ident.JournalID]bool) []Balance {
	byID := map[ident.AccountID]*Balance{}
	for _, a := range accounts {
		byID[a.ID] = &Balance{Account: a}
	}
	for _, j := range journals {
		if j.State == Pending && resolved[j.ID] {
			continue
		}
		for _, p := range j.Postings {
			b := byID[p.AccountID]
			if b == nil {
				b = &Balance{Account: Account{ID: p.AccountID}}
				byID[p.AccountID] = b
			}
			b.add(j.State, p.AmountFen)
		}
	}
	out := make([]Balance, 0, len(byID))
	for _, b := range byID {
		out = append(out, *b)
	}
	sort.Slice(out, func(i, k int) bool { return out[i].Account.ID < out[k].Account.ID })
	return out
}

func (b *Balance) add(state string, amount money.Fen) {
	if state == Posted {
		if amount > 0 {
			b.DebitFen += amount
		} else {
			b.CreditFen -= amount
		}
		return
	}
	raises := (amount > 0) == b.Account.Kind.DebitNormal()
	if amount < 0 {
		amount = -amount
	}
	if raises {
		b.IncomingFen += amount
	} else {
		b.HeldFen += amount
	}
}
