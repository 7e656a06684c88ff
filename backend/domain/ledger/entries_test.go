package ledger

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"linli/backend/domain/fault"
	"linli/backend/domain/money"
)

func deal() Deal {
	return Deal{
		ContractID: "c", Code: "HT-1", AwardID: "a", ProjectID: "p", BuyerID: "b", SupplierName: "s",
		Shares: []Share{{LineID: "l1", AmountFen: 14000000}, {LineID: "l2", AmountFen: 10000000}},
	}
}

func book(t testing.TB, m *memory, d Draft) {
	t.Helper()
	d.At = at
	if _, err := Post(context.Background(), m, m, d); err != nil {
		t.Fatalf("%s: %v", d.Key, err)
	}
}

// The whole life of a purchase. At every step the undrawn quota equals what is free, committed,
// contracted, payable and on its way.
func TestDeal_QuotaEqualsItsUses(t *testing.T) {
	t.Parallel()
	m, d := newMemory(), deal()
	steps := []Draft{
		d.Budget("budget:l1:1", d.Shares[0], 15000000), d.Budget("budget:l2:1", d.Shares[1], 20000000), d.Budget("budget:l2:2", d.Shares[1], -5000000),
		d.Commit(), d.Conclude(), d.Accept("ac", "YS-1", 8640000), d.Pay("hold", EntryHold, "pay", "FK-1", 8640000),
	}
	pay := d.Pay("payment", EntryPayment, "pay", "FK-1", 8640000)
	check := func(after string) {
		var quota, uses money.Fen
		for _, b := range Fold(m.accounts, m.journals, m.resolved()) {
			if b.Account.Kind == Appropriation {
				quota += b.Fen()
			} else {
				uses += b.Fen()
			}
		}
		if quota != uses {
			t.Fatalf("after %s: quota %s, uses %s", after, quota, uses)
		}
	}
	for _, s := range steps {
		book(t, m, s)
		check(s.Key)
	}
	hold, _, _ := m.JournalByKey(context.Background(), "hold")
	pay.Releases = hold.ID
	book(t, m, pay)
	check("payment")
	book(t, m, d.Reconcile("pay", "FK-1", 8640000))
	check("reconcile")
	release, err := d.Release(15360000, true)
	if err != nil {
		t.Fatal(err)
	}
	book(t, m, release)
	check("release")
	if b := balance(t, m, Contract); b.Fen() != 0 {
		t.Errorf("the contract still holds %s", b.Fen())
	}
	if b := balance(t, m, Appropriation); b.Fen() != 30000000-8640000 {
		t.Errorf("undrawn %s", b.Fen())
	}
}

func TestDeal_MoreAcceptedThanContractedIsRefused(t *testing.T) {
	t.Parallel()
	m, d := newMemory(), deal()
	for _, s := range []Draft{d.Budget("1", d.Shares[0], 14000000), d.Budget("2", d.Shares[1], 10000000), d.Commit(), d.Conclude()} {
		book(t, m, s)
	}
	over := d.Accept("ac", "YS-1", 24000001)
	over.At = at
	if _, err := Post(context.Background(), m, m, over); !fault.Is(err, "ledger.insufficient") {
		t.Fatalf("a fen more than contracted: %v", err)
	}
	book(t, m, d.Accept("ac", "YS-1", 24000000))
	pay := d.Pay("payment", EntryPayment, "pay", "FK-1", 24000001)
	pay.At = at
	if _, err := Post(context.Background(), m, m, pay); !fault.Is(err, "ledger.insufficient") {
		t.Fatalf("a fen more than accepted: %v", err)
	}
}

func TestDeal_ReleaseGainsAndLosesNoFen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := deal()
		d.Shares[0].AmountFen = money.Fen(rapid.Int64Range(1, 1e9).Draw(t, "a"))
		d.Shares[1].AmountFen = money.Fen(rapid.Int64Range(1, 1e9).Draw(t, "b"))
		rest := money.Fen(rapid.Int64Range(1, int64(d.total())).Draw(t, "rest"))
		out, err := d.Release(rest, true)
		if err != nil {
			t.Fatal(err)
		}
		var sum money.Fen
		for _, l := range out.Legs {
			sum += l.AmountFen
		}
		if sum != 0 {
			t.Fatalf("off by %s", sum)
		}
	})
}

func TestStatutoryEntries_BalanceInEachLedger(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{EntryAcceptance, EntryPayment, EntryHold, EntryBudget} {
		sums := map[string]money.Fen{}
		for _, s := range StatutoryEntries(kind, 8640000, "30227") {
			sums[s.Ledger] += s.Debit - s.Credit
		}
		for book, sum := range sums {
			if sum != 0 {
				t.Errorf("%s %s off by %s", kind, book, sum)
			}
		}
	}
}
