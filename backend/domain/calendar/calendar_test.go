package calendar

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"linli/backend/domain/fault"
)

func official(t testing.TB) *Calendar {
	t.Helper()
	c, err := Official()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The worked examples of the domain handbook §6.4 and §6.5 that are pure date arithmetic.
func TestCalendar_WorkedExamples(t *testing.T) {
	t.Parallel()
	c := official(t)
	working := func(from string, n int) Date {
		d, err := c.AddWorkingDays(day(t, from), n)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	plain := func(from string, n int) Date {
		d, err := c.AddDays(day(t, from), n)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	cases := []struct {
		name string
		got  Date
		want string
	}{
		{"EX-4 document review", working("2025-05-06", 7), "2025-05-15"},
		{"EX-4 over a year's end", working("2025-12-12", 5), "2025-12-19"},
		{"EX-5 announcement period", working("2025-12-01", 1), "2025-12-02"},
		{"EX-5 last challenge day", working("2025-12-02", 7), "2025-12-11"},
		{"EX-6 announcement period", working("2026-03-16", 1), "2026-03-17"},
		{"EX-6 challenge", working("2026-03-17", 7), "2026-03-26"},
		{"EX-6 answer", working("2026-03-26", 7), "2026-04-07"},
		{"EX-6 complaint", working("2026-04-07", 15), "2026-04-28"},
		{"EX-7 open tender", plain("2026-03-02", 20), "2026-03-23"},
		{"EX-8 clarification", plain("2026-04-09", 15), "2026-04-24"},
		{"EX-9 report", working("2026-03-11", 2), "2026-03-13"},
		{"EX-9 confirm", working("2026-03-13", 5), "2026-03-20"},
		{"EX-9 announce", working("2026-03-20", 2), "2026-03-24"},
		{"EX-10 sign", plain("2026-03-18", 30), "2026-04-17"},
		{"EX-10 publish", working("2026-04-17", 2), "2026-04-21"},
		{"EX-10 file", working("2026-04-17", 7), "2026-04-28"},
		{"EX-11 due", plain("2026-03-10", 30), "2026-04-09"},
		{"EX-11 due after the holiday", plain("2026-09-01", 30), "2026-10-08"},
	}
	for _, x := range cases {
		if x.got.String() != x.want {
			t.Errorf("%s: got %s, want %s", x.name, x.got, x.want)
		}
	}
	if late := DaysBetween(day(t, "2026-10-08"), day(t, "2026-10-25")); late != 17 {
		t.Errorf("EX-11: %d days late, want 17", late)
	}
}

func TestCalendar_MakeUpWeekendIsAWorkingDay(t *testing.T) {
	t.Parallel()
	c := official(t)
	for _, x := range []struct {
		date string
		want bool
	}{
		{"2026-02-14", true}, {"2026-02-28", true}, {"2026-10-10", true}, {"2025-01-26", true},
		{"2026-02-15", false}, {"2026-03-01", false}, {"2026-10-07", false}, {"2026-10-08", true},
		{"2026-01-04", true}, {"2026-01-02", false}, {"2025-10-08", false},
	} {
		got, err := c.IsWorkingDay(day(t, x.date))
		if err != nil || got != x.want {
			t.Errorf("%s: %v %v, want %v", x.date, got, err, x.want)
		}
	}
}

func TestCalendar_MissingYearIsNamed(t *testing.T) {
	t.Parallel()
	c := official(t)
	_, err := c.AddDays(day(t, "2026-12-20"), 30)
	f, ok := fault.As(err)
	if !ok || f.Code != "calendar.year_missing" || f.Params["year"] != "2027" {
		t.Fatalf("got %v, want calendar.year_missing for 2027", err)
	}
	if err := c.Load(Year{Year: 2027, Source: "test", Off: []Date{day(t, "2027-01-01")}}); err != nil {
		t.Fatal(err)
	}
	if d, err := c.AddDays(day(t, "2026-12-20"), 30); err != nil || d.String() != "2027-01-19" {
		t.Fatalf("after loading: %v %v", d, err)
	}
}

func TestCalendar_LoadRefusesBrokenYears(t *testing.T) {
	t.Parallel()
	for name, y := range map[string]Year{
		"no source":        {Year: 2027, Off: []Date{{2027, 1, 1}}},
		"no days off":      {Year: 2027, Source: "s"},
		"other year":       {Year: 2027, Source: "s", Off: []Date{{2026, 1, 1}}},
		"twice":            {Year: 2027, Source: "s", Off: []Date{{2027, 1, 1}, {2027, 1, 1}}},
		"working weekday":  {Year: 2027, Source: "s", Off: []Date{{2027, 1, 1}}, Working: []Date{{2027, 1, 4}}},
		"far in the past":  {Year: 1900, Source: "s", Off: []Date{{1900, 1, 1}}},
		"off and worked":   {Year: 2027, Source: "s", Off: []Date{{2027, 1, 2}}, Working: []Date{{2027, 1, 2}}},
		"far in the other": {Year: 9000, Source: "s", Off: []Date{{9000, 1, 1}}},
	} {
		if _, err := New(y); !fault.Is(err, "calendar.year_invalid") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := ParseYear([]byte("year: 2027\nsurce: x\n")); !fault.Is(err, "calendar.year_invalid") {
		t.Errorf("unknown field: %v", err)
	}
}

func TestCalendar_ReloadReplacesTheYear(t *testing.T) {
	t.Parallel()
	c := official(t)
	if err := c.Load(Year{Year: 2026, Source: "corrected", Off: []Date{{2026, 3, 3}}}); err != nil {
		t.Fatal(err)
	}
	if w, _ := c.IsWorkingDay(Date{2026, 10, 1}); !w {
		t.Error("the replaced year still has its old days off")
	}
	if w, _ := c.IsWorkingDay(Date{2026, 3, 3}); w {
		t.Error("the new day off is not known")
	}
}

func TestDate_TextFormRoundTrips(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(struct{ A, B Date }{A: Date{2026, 3, 2}})
	if err != nil || string(text) != `{"A":"2026-03-02","B":""}` {
		t.Fatalf("%s %v", text, err)
	}
	var back struct{ A, B Date }
	if err := json.Unmarshal(text, &back); err != nil || back.A != (Date{2026, 3, 2}) || !back.B.IsZero() {
		t.Fatalf("%v %v", back, err)
	}
	for _, s := range []string{"2026-2-3", "2026-02-30", "2026-03-02T00:00:00Z", "x"} {
		if _, err := ParseDate(s); !fault.Is(err, "calendar.date_malformed") {
			t.Errorf("%q: %v", s, err)
		}
	}
	if _, err := NewDate(2026, time.April, 31); err == nil {
		t.Error("31 April accepted")
	}
}

func TestDate_TheDayIsTheOneInShanghai(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 16, 0, 0, 0, time.UTC) // midnight in Shanghai
	if d := DateOf(at); d.String() != "2026-03-02" {
		t.Errorf("got %s", d)
	}
	if got := (Date{2026, 3, 2}).At(10, 30); !got.Equal(time.Date(2026, 3, 2, 2, 30, 0, 0, time.UTC)) {
		t.Errorf("got %s", got)
	}
	if e := (Date{2026, 3, 1}).End(); !e.Equal(at) {
		t.Errorf("end %s", e)
	}
}

func TestCalendar_CountingThereAndBack(t *testing.T) {
	t.Parallel()
	c := official(t)
	rapid.Check(t, func(t *rapid.T) {
		start := Date{2025, 1, 1}.AddDate(0, 0, rapid.IntRange(30, 600).Draw(t, "offset"))
		n := rapid.IntRange(0, 60).Draw(t, "n")
		end, err := c.AddWorkingDays(start, n)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := c.WorkingDaysBetween(start, end); err != nil || back != n {
			t.Fatalf("%s + %d = %s, counted back %d (%v)", start, n, end, back, err)
		}
		rolled, err := c.AddDays(start, n)
		if err != nil {
			t.Fatal(err)
		}
		if w, _ := c.IsWorkingDay(rolled); !w || DaysBetween(start, rolled) < n {
			t.Fatalf("%s + %d days ends on %s", start, n, rolled)
		}
	})
}
