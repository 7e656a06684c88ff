package rulebook

import (
	"math/big"
	"testing"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/money"
)

func book(t testing.TB) *Book {
	t.Helper()
	b, err := Official()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func on(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestBook_EveryEntryReadsByItsUnit(t *testing.T) {
	t.Parallel()
	b := book(t)
	for _, e := range b.Entries() {
		r := b.At(e.Jurisdiction, e.From)
		var err error
		switch e.Unit {
		case "yuan":
			_, err = r.Fen(e.ID)
		case "share":
			_, err = r.Rat(e.ID)
		case "switch":
			_, err = r.Bool(e.ID)
		case "day_of_year":
			_, err = r.Yearly(e.ID, 2026)
		case "text":
			_, err = r.String(e.ID)
		default:
			_, err = r.Int(e.ID)
		}
		if err != nil {
			t.Errorf("%s (%s): %v", e.ID, e.Unit, err)
		}
	}
}

func TestRules_ApplyByTheDateOfTheEvent(t *testing.T) {
	t.Parallel()
	b := book(t)
	if _, err := b.At("CN", on(t, "2026-01-31")).Rat("LOW_PRICE_MEAN_SHARE"); !fault.Is(err, "rule.unknown") {
		t.Errorf("the low price rule is in force too early: %v", err)
	}
	got, err := b.At("CN", on(t, "2026-02-01")).Rat("LOW_PRICE_CEILING_SHARE")
	if err != nil || got.Cmp(big.NewRat(45, 100)) != 0 {
		t.Errorf("got %v %v", got, err)
	}
	if _, err := b.At("CN", on(t, "2026-09-30")).Int("EMERGENCY_MIN_SUPPLIERS"); !fault.Is(err, "rule.unknown") {
		t.Errorf("the emergency rules are in force too early: %v", err)
	}
	if n, err := b.At("CN", on(t, "2026-10-01")).Int("EMERGENCY_MIN_SUPPLIERS"); err != nil || n != 1 {
		t.Errorf("got %d %v", n, err)
	}
	for date, want := range map[string]string{"2022-06-30": "1/10", "2022-07-01": "1/5"} {
		if q, err := b.At("CN", on(t, date)).Rat("SME_DEDUCT_MAX"); err != nil || q.String() != want {
			t.Errorf("%s: %v %v", date, q, err)
		}
	}
}

func TestRules_VersionNamesTheContent(t *testing.T) {
	t.Parallel()
	b := book(t)
	march, april := b.At("CN", on(t, "2026-03-02")), b.At("CN", on(t, "2026-04-02"))
	if march.Version != april.Version {
		t.Error("the same rules on two days have two versions")
	}
	if january := b.At("CN", on(t, "2026-01-15")); january.Version == march.Version {
		t.Error("other rules have the same version")
	}
	more, err := b.With(Entry{ID: "NEW", Jurisdiction: "CN", From: on(t, "2026-01-01"), Params: map[string]Value{"value": "1"}, Title: "x", TitleEN: "x", Source: "test"})
	if err != nil || more.At("CN", on(t, "2026-03-02")).Version == march.Version {
		t.Error("one more rule did not change the version", err)
	}
}

func TestRules_NearestJurisdictionWins(t *testing.T) {
	t.Parallel()
	b, err := book(t).With(Entry{
		ID: "OPEN_TENDER_THRESHOLD", Jurisdiction: "CN-5101", From: on(t, "2026-01-01"), Title: "x", TitleEN: "x", Source: "test",
		Params: map[string]Value{"value": "2000000.00"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range map[string]money.Fen{"CN": 400000000, "CN-5101": 200000000, "CN-510107": 400000000, "CN-5101-04": 200000000} {
		if got, err := b.At(j, on(t, "2026-03-02")).Fen("OPEN_TENDER_THRESHOLD"); err != nil || got != want {
			t.Errorf("%s: %s %v", j, got, err)
		}
	}
}

func TestRules_CardDonationIsOffInChinaOnly(t *testing.T) {
	t.Parallel()
	b := book(t)
	for j, want := range map[string]bool{"CN": false, "CN-5101": false, "GB": true} {
		if got, err := b.At(j, on(t, "2026-03-02")).Bool("CARD_DONATION"); err != nil || got != want {
			t.Errorf("%s: %v %v", j, got, err)
		}
	}
}

func TestRules_UnknownAndMistypedAreFaults(t *testing.T) {
	t.Parallel()
	r := book(t).At("CN", on(t, "2026-03-02"))
	if _, err := r.Int("NO_SUCH_RULE"); !fault.Is(err, "rule.unknown") {
		t.Errorf("unknown: %v", err)
	}
	if _, err := r.Int("PAYMENT_DAYS.other"); !fault.Is(err, "rule.unknown") {
		t.Errorf("unknown parameter: %v", err)
	}
	if _, err := r.Int("LATE_INTEREST_DAILY"); fault.KindOf(err) != fault.KindInternal {
		t.Errorf("a ratio read as a number: %v", err)
	}
	if _, err := r.Entry("NO_SUCH_RULE"); !fault.Is(err, "rule.unknown") {
		t.Errorf("entry: %v", err)
	}
}

func TestParse_RefusesBrokenRules(t *testing.T) {
	t.Parallel()
	head := "- id: A\n  jurisdiction: CN\n  zh: x\n  en: x\n  source: s\n"
	for name, text := range map[string]string{
		"unknown field": head + "  effective_from: 2026-01-01\n  value: 1\n  walue: 2\n",
		"nested value":  head + "  effective_from: 2026-01-01\n  value: [1]\n",
		"no value":      head + "  effective_from: 2026-01-01\n",
		"no date":       head + "  value: 1\n",
		"bad period":    head + "  effective_from: 2026-01-02\n  effective_until: 2026-01-01\n  value: 1\n",
		"overlap":       head + "  effective_from: 2026-01-01\n  value: 1\n" + head + "  effective_from: 2027-01-01\n  value: 2\n",
		"bad id":        "- id: a b\n  jurisdiction: CN\n  zh: x\n  en: x\n  source: s\n  effective_from: 2026-01-01\n  value: 1\n",
		"no source":     "- id: A\n  jurisdiction: CN\n  zh: x\n  en: x\n  effective_from: 2026-01-01\n  value: 1\n",
	} {
		entries, err := Parse([]byte(text))
		if err == nil {
			_, err = New(entries)
		}
		if !fault.Is(err, "rule.entry_invalid") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRules_ShareRoundsOnce(t *testing.T) {
	t.Parallel()
	r := book(t).At("CN", on(t, "2026-03-02"))
	if got, err := r.Share("SUPPLEMENT_SHARE_MAX", 50000000); err != nil || got != 5000000 {
		t.Errorf("EX-12 limit: %s %v", got, err)
	}
}
