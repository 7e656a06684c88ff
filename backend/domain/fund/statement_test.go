package fund

import (
	"math/big"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"linli/backend/domain/calendar"
	"linli/backend/domain/money"
)

func TestStatement_OpeningPlusInMinusOutIsClosing(t *testing.T) {
	t.Parallel()
	from, to := day(t, "2026-01-01"), day(t, "2026-12-31")
	entries := []Entry{
		{Kind: KindDonation, AmountFen: 100000, On: day(t, "2025-12-31")},
		{Kind: KindPledge, AmountFen: 360000, Restricted: true, On: from},
		{Kind: KindInterest, AmountFen: 12, On: to},
		{Kind: KindGrantOut, AmountFen: -50000, On: day(t, "2026-05-01")},
		{Kind: KindGrantReturn, AmountFen: 10000, On: day(t, "2026-06-01")},
		{Kind: KindDonation, AmountFen: 999, On: day(t, "2027-01-01")},
	}
	s, err := StatementOf(entries, from, to)
	if err != nil {
		t.Fatal(err)
	}
	if s.Whole != (Pot{OpeningFen: 100000, InFen: 370012, OutFen: 50000, ClosingFen: 420012}) {
		t.Fatalf("%+v", s.Whole)
	}
	if s.Restricted.ClosingFen != 360000 || s.Unrestricted.ClosingFen != 60012 {
		t.Fatalf("%+v %+v", s.Restricted, s.Unrestricted)
	}
	if !reflect.DeepEqual(s.Inflows, []Line{{KindPledge, 1, 360000}, {KindInterest, 1, 12}, {KindGrantReturn, 1, 10000}}) ||
		!reflect.DeepEqual(s.Outflows, []Line{{KindGrantOut, 1, 50000}}) {
		t.Fatalf("%+v %+v", s.Inflows, s.Outflows)
	}
}

// Whatever the entries: pots add up, lines add up to the pots, one period's closing is the
// next one's opening.
func TestStatement_AddsUp(t *testing.T) {
	t.Parallel()
	first := day(t, "2026-01-01")
	entry := rapid.Custom(func(t *rapid.T) Entry {
		return Entry{
			Kind: rapid.SampledFrom(Kinds).Draw(t, "kind"), Restricted: rapid.Bool().Draw(t, "restricted"),
			AmountFen: money.Fen(rapid.Int64Range(-1e12, 1e12).Draw(t, "amount")),
			On:        first.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "day")),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOf(entry).Draw(t, "entries")
		cut := first.AddDate(0, 0, rapid.IntRange(1, 399).Draw(t, "cut"))
		a := must(t, entries, first, cut)
		b := must(t, entries, cut.AddDate(0, 0, 1), first.AddDate(0, 0, 400))
		if a.Whole.ClosingFen != b.Whole.OpeningFen || a.Restricted.ClosingFen != b.Restricted.OpeningFen {
			t.Fatalf("%+v then %+v", a.Whole, b.Whole)
		}
		for _, s := range []Statement{a, b} {
			if s.Whole.OpeningFen+s.Whole.InFen-s.Whole.OutFen != s.Whole.ClosingFen || total(s.Inflows) != s.Whole.InFen || total(s.Outflows) != s.Whole.OutFen {
				t.Fatalf("%+v", s)
			}
		}
	})
}

func must(t *rapid.T, entries []Entry, from, to calendar.Date) Statement {
	s, err := StatementOf(entries, from, to)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func total(lines []Line) (sum money.Fen) {
	for _, l := range lines {
		sum += l.AmountFen
	}
	return sum
}

func handbook() Thresholds {
	return Thresholds{SpendShare: big.NewRat(7, 10), MeanYears: 3, BalanceShare: big.NewRat(8, 100), ManagementShareMx: big.NewRat(1, 10)}
}

// EX-16: incomes 6.0/4.2/3.9 million (latest first): 70 % of last = 4.20, of mean = 3.29;
// spending 3.50 passes by the mean.
func TestFoundation_EX16(t *testing.T) {
	t.Parallel()
	const million = 1_000_000_00
	f := Foundation{Qualified: true, Incomes: []money.Fen{6 * million, 4.2 * million, 3.9 * million}, SpendingFen: 3.5 * million, ManagementFen: 0.35 * million}
	v, err := f.Examine(handbook())
	if err != nil {
		t.Fatal(err)
	}
	if !v.SpendingOK || v.By != "mean" || v.NeedLastFen != 4.2*million || v.NeedMeanFen != 3.29*million || !v.ManagementOK {
		t.Fatalf("%+v", v)
	}
	f.SpendingFen, f.ManagementFen = 3.29*million-1, 0.35*million
	if v, _ = f.Examine(handbook()); v.SpendingOK || v.By != "" || v.ManagementOK {
		t.Fatalf("one fen below passes, or management above a tenth: %+v", v)
	}
}

func TestFoundation_WithoutQualificationByBalance(t *testing.T) {
	t.Parallel()
	f := Foundation{LastBalanceFen: 1001, SpendingFen: 80}
	if v, _ := f.Examine(handbook()); v.SpendingOK || v.NeedByBalFen != 81 {
		t.Fatalf("80 is below 80.08: %+v", v)
	}
	f.SpendingFen = 81
	if v, _ := f.Examine(handbook()); !v.SpendingOK || v.By != "balance" {
		t.Fatalf("%+v", v)
	}
	_, err := Foundation{Qualified: true, Incomes: []money.Fen{1, 2}}.Examine(handbook())
	want(t, err, "foundation.years_missing")
}
