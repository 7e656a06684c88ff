package resource

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/taxonomy"
)

var now = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC) // Monday 10:00 in Shanghai

func offer() Offer {
	return Offer{Title: "居家探访", Categories: []taxonomy.Code{"elderly.visit"}, Areas: []Area{{Kind: AreaCity}}}
}

func paths(err error) map[string]string {
	out := map[string]string{}
	if f, ok := fault.As(err); ok {
		for _, x := range f.Fields {
			out[x.Path] = x.Code
		}
	}
	return out
}

func TestNewService_NamesEveryFieldAtFault(t *testing.T) {
	t.Parallel()
	if _, err := NewService("s", "o", offer(), now); err != nil {
		t.Fatal(err)
	}
	for path, change := range map[string]func(*Offer){
		"offer.title":         func(o *Offer) { o.Title = "" },
		"offer.categories":    func(o *Offer) { o.Categories = nil },
		"offer.categories[0]": func(o *Offer) { o.Categories[0] = "unknown" },
		"offer.areas":         func(o *Offer) { o.Areas = nil },
		"offer.areas[0]":      func(o *Offer) { o.Areas[0] = Area{Kind: AreaRadius, RadiusM: 100} },
		"offer.capacities[0]": func(o *Offer) {
			o.Capacities = []Capacity{{Period: "2026Q5", State: CapacityHas, UpdatedOn: calendar.DateOf(now)}}
		},
		"offer.highFen":              func(o *Offer) { o.LowFen, o.HighFen = 2, 1 },
		"offer.priceUnit":            func(o *Offer) { o.LowFen, o.HighFen = 1, 2 },
		"offer.capacities[1].period": func(o *Offer) { o.Capacities = []Capacity{full(), full()} },
	} {
		o := offer()
		change(&o)
		if _, err := NewService("s", "o", o, now); paths(err)[path] == "" {
			t.Errorf("%s: %v", path, paths(err))
		}
	}
}

func full() Capacity {
	return Capacity{Total: 20, Free: 14, Unit: "户", State: CapacityHas, UpdatedOn: calendar.DateOf(now)}
}

func TestCapacity_APeriodBeatsTheStandingOne(t *testing.T) {
	t.Parallel()
	q2 := full()
	q2.Period, q2.Free = "2026Q2", 3
	o := Offer{Capacities: []Capacity{full(), q2}}
	for period, free := range map[string]int{"2026Q2": 3, "2026Q3": 14, "": 14} {
		if c, ok := o.CapacityIn(period); !ok || c.Free != free {
			t.Errorf("%s: %+v", period, c)
		}
	}
	if _, ok := (Offer{}).CapacityIn("2026Q2"); ok {
		t.Error("nothing said is nothing known")
	}
}

func TestCapacity_NoneMeansNothingFree(t *testing.T) {
	t.Parallel()
	c := full()
	c.State = CapacityNone
	if c.holds() {
		t.Error("none with something free")
	}
}

func TestMachines_EveryStateAndAction(t *testing.T) {
	t.Parallel()
	for _, m := range []lifecycle.Machine{ServiceMachine, ItemMachine, MistakeMachine} {
		for _, s := range m.States {
			for _, verb := range m.Verbs() {
				row, err := m.Fire(s.Code, verb, "reason")
				if s.Final && err == nil {
					t.Errorf("%s: %s leaves the final state %s", m.Name, verb, s.Code)
				}
				if err == nil && !m.Has(row.To) {
					t.Errorf("%s leads to the unknown state %s", m.Name, row.To)
				}
				if err != nil && !fault.Is(err, m.Name+".transition_refused") {
					t.Errorf("%v", err)
				}
			}
		}
	}
}

func TestService_NothingChangesAfterItWasWithdrawn(t *testing.T) {
	t.Parallel()
	s, _ := NewService("s", "o", offer(), now)
	if _, err := s.Fire("withdraw", "", now); !fault.Is(err, "service.reason_required") {
		t.Errorf("%v", err)
	}
	if _, err := s.Fire("withdraw", "搬走了", now); err != nil {
		t.Fatal(err)
	}
	if err := s.Rewrite(offer(), now); !fault.Is(err, "resource.withdrawn") {
		t.Errorf("%v", err)
	}
	if err := s.Confirm(Check{}); !fault.Is(err, "resource.withdrawn") {
		t.Errorf("%v", err)
	}
}

func TestRewrite_HasToBeCheckedAgain(t *testing.T) {
	t.Parallel()
	s, _ := NewService("s", "o", offer(), now)
	if err := s.Confirm(Check{At: now, PartyID: "p"}); err != nil || s.Checked == nil {
		t.Fatal(err)
	}
	if err := s.Rewrite(offer(), now); err != nil || s.Checked != nil {
		t.Error("a changed record still counts as checked")
	}
}

func TestRegister_AnExpiredGradeCountsAsNone(t *testing.T) {
	t.Parallel()
	until, _ := calendar.ParseDate("2026-03-01")
	r := Register{Grade: 4, GradeUntil: &until, SEGrade: "A", SEUntil: &until}
	today, _ := calendar.ParseDate("2026-03-02")
	if r.GradeOn(until) != 4 || r.GradeOn(today) != 0 || r.SocialEnterpriseOn(today) || !r.SocialEnterpriseOn(until) {
		t.Error("the last day still counts, the next does not")
	}
}

func TestCheckCode_FitsTheKind(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ kind, code, fault string }{
		{"SSO", "52510104mjq001237w", ""}, {"SA", "52510104MJQ001237W", "resource.code_kind"}, {"ENT", "91510107MA6C00017H", ""},
		{"SE", "91510107MA6C00017H", ""}, {"SSO", "", "resource.code_missing"}, {"IND", " ", ""}, {"SSO", "52510104MJQ001237X", "uscc.check"},
		{"RC", "54510108ME1000011J", ""}, {"FDN", "53510107MJY0007144", ""}, {"SA", "51510100MJQ000015B", ""},
	} {
		if _, _, err := CheckCode(x.kind, x.code); fault.CodeOf(err) != x.fault {
			t.Errorf("%s %s: %v", x.kind, x.code, err)
		}
	}
}

func TestOpenAt(t *testing.T) {
	t.Parallel()
	week := []Slot{{1, "09:00", "12:00"}, {1, "14:00", "17:30"}, {6, "10:00", "24:00"}}
	for _, x := range []struct {
		at     string
		open   bool
		change string
	}{
		{"2026-03-02 10:00", true, "2026-03-02 12:00"}, {"2026-03-02 12:00", false, "2026-03-02 14:00"}, {"2026-03-02 18:00", false, "2026-03-07 10:00"},
		{"2026-03-07 23:59", true, "2026-03-08 00:00"}, {"2026-03-08 00:00", false, "2026-03-09 09:00"},
	} {
		at, _ := time.ParseInLocation("2006-01-02 15:04", x.at, calendar.Loc)
		open, change, known := OpenAt(week, at)
		if open != x.open || !known || change.In(calendar.Loc).Format("2006-01-02 15:04") != x.change {
			t.Errorf("%s: %v %s", x.at, open, change.In(calendar.Loc))
		}
	}
	if _, _, known := OpenAt(nil, now); known {
		t.Error("no hours are no answer")
	}
}

func TestItem_VenueAndVolunteerWantDifferentFacts(t *testing.T) {
	t.Parallel()
	facts := ItemFacts{Title: "活动室", Categories: []taxonomy.Code{"culture.space"}, PlaceID: "p", Persons: 30}
	if _, err := NewItem("i", Venue, "o", facts, now); err != nil {
		t.Error(err)
	}
	if _, err := NewItem("i", Volunteer, "o", facts, now); paths(err)["facts.wanted"] == "" || paths(err)["facts.week"] == "" {
		t.Errorf("%v", err)
	}
	facts.Access = []AccessFact{{StepFree, 1}, {StepFree, 1}, {"wings", 1}}
	if _, err := NewItem("i", Venue, "o", facts, now); paths(err)["facts.access[1].code"] != "unique" || paths(err)["facts.access[2].code"] != "unknown" {
		t.Errorf("%v", paths(err))
	}
}

func TestMaskAccount_ShowsFourDigitsAtMost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		account := rapid.StringMatching(`[0-9]{0,30}`).Draw(t, "account")
		masked := MaskAccount(account)
		shown := 0
		for _, r := range masked {
			if r != '*' {
				shown++
			}
		}
		if len(masked) != len(account) || shown > 4 {
			t.Fatalf("%s became %s", account, masked)
		}
	})
}
