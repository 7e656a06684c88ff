package project

import (
	"testing"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/rulebook"
)

var now = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func proposal() Proposal {
	return Proposal{
		Title: "和美社区课后托管", Summary: "为双职工家庭的孩子提供放学后的托管。", Track: TrackGovernment, PlaceID: "place",
		Category: "children.after_school", NeedIDs: []ident.NeedID{"n1", "n2"},
		Lots: []Lot{{ID: "l1", Title: "托管服务", AmountFen: 9_000_000}, {ID: "l2", Title: "暑期班", AmountFen: 3_000_000, NeedIDs: []ident.NeedID{"n2"}}},
	}
}

func proposed(t *testing.T) *Project {
	t.Helper()
	p, err := New(Identity{ID: "p1", Code: "XM-2026-000001", PartyID: "buyer", By: "maker", At: now}, proposal())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func budgeted(t *testing.T) *Project {
	t.Helper()
	p := proposed(t)
	if err := p.TakeBudget([]Allocation{{"b1", 10_000_000}, {"b2", 2_000_000}}, now); err != nil {
		t.Fatal(err)
	}
	return p
}

func rules(t *testing.T) rulebook.Rules {
	t.Helper()
	book, err := rulebook.Official()
	if err != nil {
		t.Fatal(err)
	}
	return book.At("CN", calendar.DateOf(now))
}

func plan() Plan {
	p := Plan{
		Method: MethodConsultation, StartsOn: calendar.Date{Year: 2026, Month: 6, Day: 1}, EndsOn: calendar.Date{Year: 2027, Month: 5, Day: 31},
		SME:     SMEPolicy{Suitable: true, SocialOnly: true, ExemptionNumber: "成财采〔2026〕12号", ExemptionReason: "面向社会组织购买"},
		FiledBy: "approver", FiledAt: now,
	}
	for _, item := range NegativeItems(TrackGovernment) {
		p.Answers = append(p.Answers, Answer{Item: item})
	}
	return p
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestNew_RefusesWhatCannotBeBought(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Proposal){
		"title":             func(p *Proposal) { p.Title = " " },
		"summary":           func(p *Proposal) { p.Summary = "" },
		"track":             func(p *Proposal) { p.Track = "X" },
		"placeId":           func(p *Proposal) { p.PlaceID = "" },
		"category":          func(p *Proposal) { p.Category = "nothing" },
		"beneficiaries":     func(p *Proposal) { p.Beneficiaries = -1 },
		"needIds":           func(p *Proposal) { p.NeedIDs, p.Lots[1].NeedIDs = nil, nil },
		"needIds[1]":        func(p *Proposal) { p.NeedIDs = []ident.NeedID{"n2", "n2"} },
		"lots":              func(p *Proposal) { p.Lots = nil },
		"lots[0].title":     func(p *Proposal) { p.Lots[0].Title = "" },
		"lots[0].amountFen": func(p *Proposal) { p.Lots[0].AmountFen = 0 },
		"lots[1].needIds":   func(p *Proposal) { p.Lots[1].NeedIDs = []ident.NeedID{"other"} },
	} {
		in := proposal()
		spoil(&in)
		_, err := New(Identity{ID: "p"}, in)
		f, ok := fault.As(err)
		if !ok || f.Code != "project.invalid" || len(f.Fields) != 1 || f.Fields[0].Path != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBudget_NoLineNoProject(t *testing.T) {
	t.Parallel()
	p := proposed(t)
	refused(t, p.TakeBudget(nil, now), "project.budget_required")
	refused(t, p.TakeBudget([]Allocation{{"b1", 11_999_999}}, now), "project.budget_mismatch")
	refused(t, p.TakeBudget([]Allocation{{"b1", 6_000_000}, {"b1", 6_000_000}}, now), "project.invalid")
	refused(t, p.FilePlan(plan(), nil, nil, rules(t)), "project.transition_refused")
	if p.Status != Proposed || p.Budget != nil {
		t.Errorf("a refusal changed the project: %+v", p)
	}
	if err := p.TakeBudget([]Allocation{{"b1", 12_000_000}}, now); err != nil || p.Status != Budgeted {
		t.Errorf("exact budget refused: %v", err)
	}
	refused(t, p.Rewrite(proposal()), "project.not_proposed")
	if err := p.GiveBack("科目填错"); err != nil || p.Budget != nil || p.Status != Proposed {
		t.Errorf("give back: %v %+v", err, p)
	}
}

func TestLine_GivesNoMoreThanItHas(t *testing.T) {
	t.Parallel()
	l, err := NewLine(Line{ID: "b1", PartyID: "buyer", FiscalYear: 2026, Source: SourceGeneral, FunctionCode: "2080299", EconomyCode: "30227", Title: "购买服务", ApprovedFen: 100, RecordedBy: "officer"})
	if err != nil {
		t.Fatal(err)
	}
	p := proposed(t)
	if err := l.Take(p, 40, 60); err != nil {
		t.Errorf("the last fen was refused: %v", err)
	}
	refused(t, l.Take(p, 41, 60), "budget.exceeded")
	p.Track = TrackCommunity
	refused(t, l.Take(p, 1, 0), "budget.source_track")
	p.PartyID = "other"
	refused(t, l.Take(p, 1, 0), "budget.other_party")
	refused(t, l.Adjust(59, 60, "压减", "approver"), "budget.below_held")
	refused(t, l.Adjust(200, 60, "追加", "officer"), "budget.same_person")
	refused(t, l.Adjust(200, 60, " ", "approver"), "budget.invalid")
	if err := l.Adjust(60, 60, "压减", "approver"); err != nil || l.ApprovedFen != 60 {
		t.Errorf("adjusting to what is held: %v", err)
	}
	_, err = NewLine(Line{PartyID: "b", FiscalYear: 2026, Source: "x", FunctionCode: "20a", EconomyCode: "30227", Title: "t", ApprovedFen: 1})
	if f, ok := fault.As(err); !ok || len(f.Fields) != 2 {
		t.Errorf("two fields are wrong: %v", err)
	}
}

func TestPlan_TermFollowsG05(t *testing.T) {
	t.Parallel()
	all := TermConditions{true, true, true, true}
	day := func(y, m, d int) calendar.Date { return calendar.Date{Year: y, Month: time.Month(m), Day: d} }
	for _, c := range []struct {
		ends calendar.Date
		term TermConditions
		code string
	}{
		{day(2027, 5, 31), TermConditions{}, ""},
		{day(2027, 6, 1), TermConditions{}, "project.term_conditions"},
		{day(2027, 6, 1), TermConditions{true, true, true, false}, "project.term_conditions"},
		{day(2027, 6, 1), all, ""},
		{day(2029, 5, 31), all, ""},
		{day(2029, 6, 1), all, "project.term_too_long"},
		{day(2026, 5, 31), all, "project.term_invalid"},
		{calendar.Date{}, all, "project.term_invalid"},
	} {
		p, in := budgeted(t), plan()
		in.EndsOn, in.Term = c.ends, c.term
		if err := p.FilePlan(in, nil, nil, rules(t)); fault.CodeOf(err) != c.code {
			t.Errorf("until %s with %+v: %v, want %q", c.ends, c.term, err, c.code)
		}
	}
}

func TestPlan_NegativeListBlocks(t *testing.T) {
	t.Parallel()
	for i, item := range NegativeItems(TrackGovernment) {
		p, in := budgeted(t), plan()
		in.Answers[i].Hit = true
		err := p.FilePlan(in, nil, nil, rules(t))
		refused(t, err, "project.negative_list")
		if f, _ := fault.As(err); f.Params["item"] != item {
			t.Errorf("named %v, want %s", f.Params, item)
		}
		in = plan()
		in.Answers = append(in.Answers[:i:i], in.Answers[i+1:]...)
		refused(t, p.FilePlan(in, nil, nil, rules(t)), "project.screening_incomplete")
	}
	p, in := budgeted(t), plan()
	in.Answers = append(in.Answers, Answer{Item: "private_cost"})
	refused(t, p.FilePlan(in, nil, nil, rules(t)), "project.screening_incomplete")
}

func TestPlan_DisguisedEmploymentIsBlocked(t *testing.T) {
	t.Parallel()
	p, in := budgeted(t), plan()
	in.Labour = Labour{Heads: 6, MonthlyPayFen: 400_000, ManagedByBuyer: true}
	refused(t, p.FilePlan(in, nil, nil, rules(t)), "project.disguised_employment")
	in.Labour.ManagedByBuyer = false // the supplier leads its people
	if err := p.FilePlan(in, nil, nil, rules(t)); err != nil {
		t.Error(err)
	}
}

func TestPlan_SmallEnterprisePolicyG08(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lot  money.Fen
		sme  SMEPolicy
		code string
	}{
		"not suitable":                       {200_000_000, SMEPolicy{}, ""},
		"2,000,000 reserves the whole":       {200_000_000, SMEPolicy{Suitable: true, ReserveShare: "1"}, ""},
		"2,000,000 with a part":              {200_000_000, SMEPolicy{Suitable: true, ReserveShare: "0.99"}, "project.sme_reserve_required"},
		"above: 30 % of it 60 % micro":       {200_000_001, SMEPolicy{Suitable: true, ReserveShare: "0.3", MicroShare: "0.60"}, ""},
		"above: too little":                  {200_000_001, SMEPolicy{Suitable: true, ReserveShare: "0.2999", MicroShare: "0.6"}, "project.sme_reserve_required"},
		"above: too little micro":            {200_000_001, SMEPolicy{Suitable: true, ReserveShare: "0.3", MicroShare: "0.59"}, "project.sme_reserve_required"},
		"exempt":                             {100, SMEPolicy{Suitable: true, ExemptionNumber: "1", ExemptionReason: "向社会组织购买"}, ""},
		"number without a reason":            {100, SMEPolicy{Suitable: true, ExemptionNumber: "1"}, "project.sme_reserve_required"},
		"social only needs an exemption":     {100, SMEPolicy{SocialOnly: true}, "project.sme_exemption_required"},
		"social only cannot reserve as well": {100, SMEPolicy{SocialOnly: true, ReserveShare: "1", ExemptionNumber: "1", ExemptionReason: "r"}, "project.sme_exemption_required"},
		"not a share":                        {100, SMEPolicy{Suitable: true, ReserveShare: "1.01"}, "project.invalid"},
	} {
		p := proposed(t)
		p.Lots = []Lot{{ID: "l", Number: 1, Title: "t", AmountFen: c.lot}}
		if err := p.TakeBudget([]Allocation{{"b1", c.lot}}, now); err != nil {
			t.Fatal(err)
		}
		in := plan()
		in.SME = c.sme
		if err := p.FilePlan(in, nil, nil, rules(t)); fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}

func TestPlan_OpenTenderFromTheThreshold(t *testing.T) {
	t.Parallel()
	p := proposed(t)
	p.Lots = []Lot{{ID: "l", Number: 1, Title: "t", AmountFen: 400_000_000}}
	if err := p.TakeBudget([]Allocation{{"b1", 400_000_000}}, now); err != nil {
		t.Fatal(err)
	}
	refused(t, p.FilePlan(plan(), nil, nil, rules(t)), "project.open_tender_required")
	in := plan()
	in.Method = MethodCommunity
	refused(t, p.FilePlan(in, nil, nil, rules(t)), "project.method_unknown")
	in = plan()
	in.Approval = "财政批复〔2026〕7号"
	if err := p.FilePlan(in, nil, nil, rules(t)); err != nil {
		t.Error(err)
	}
}

// EX-13: threshold 4,000,000: 1,600,000 + 1,500,000 + 900,000 passes; one more fen blocks.
func TestSplitting_EX13(t *testing.T) {
	t.Parallel()
	const threshold = 400_000_000
	buy := func(yuan, fen money.Fen) Purchase {
		return Purchase{BudgetItem: "2026/2080299/30227", Category: "elderly.visit", Method: MethodConsultation, AmountFen: yuan*100 + fen}
	}
	earlier := []Purchase{buy(1_600_000, 0), buy(1_500_000, 0)}
	if err := CheckSplitting(earlier, buy(900_000, 0), threshold); err != nil {
		t.Errorf("exactly the threshold: %v", err)
	}
	refused(t, CheckSplitting(earlier, buy(900_000, 1), threshold), "project.splitting")

	approved, open, other, elsewhere := buy(4_000_000, 0), buy(4_000_000, 0), buy(4_000_000, 0), buy(4_000_000, 0)
	approved.Approved, open.Method, other.Category, elsewhere.BudgetItem = true, MethodOpen, "elderly.meals", "2026/1/1"
	if err := CheckSplitting(append(earlier, approved, open, other, elsewhere), buy(900_000, 0), threshold); err != nil {
		t.Errorf("approved, open and other purchases are left out: %v", err)
	}
	next := buy(9_000_000, 0)
	next.Approved = true
	if err := CheckSplitting(earlier, next, threshold); err != nil {
		t.Errorf("an approved purchase is not checked: %v", err)
	}
	p := budgeted(t)
	refused(t, p.FilePlan(plan(), []Purchase{buy(900_000, 1)}, earlier, rules(t)), "project.splitting")
}

func TestPurchases_SumPerBudgetItem(t *testing.T) {
	t.Parallel()
	p := budgeted(t)
	lines := map[ident.BudgetLineID]*Line{
		"b1": {FiscalYear: 2026, FunctionCode: "208", EconomyCode: "30227"}, "b2": {FiscalYear: 2026, FunctionCode: "208", EconomyCode: "30227"},
	}
	got, err := p.Purchases(plan(), lines)
	if err != nil || len(got) != 1 || got[0].AmountFen != 12_000_000 || got[0].Category != "children.after_school" {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := p.Purchases(plan(), nil); err == nil {
		t.Error("an unknown line was accepted")
	}
}

// Every state × action: what the table has moves, everything else is refused unchanged.
func TestMachine_EveryStateWithEveryAction(t *testing.T) {
	t.Parallel()
	for _, state := range Machine.States {
		for _, action := range Machine.Verbs() {
			p := proposed(t)
			p.Status, p.SuspendedFrom = state.Code, ""
			want := ""
			for _, row := range Machine.Rows {
				if row.From == state.Code && row.Action == action {
					want = row.To
				}
			}
			if state.Code == Suspended {
				p.SuspendedFrom = want
			}
			_, err := p.Fire(action, "原因")
			switch {
			case want == "" && !fault.Is(err, "project.transition_refused"):
				t.Errorf("%s in %s: %v", action, state.Code, err)
			case want == "" && p.Status != state.Code:
				t.Errorf("%s in %s was refused and moved to %s", action, state.Code, p.Status)
			case want != "" && (err != nil || p.Status != want):
				t.Errorf("%s in %s: %v, now %s, want %s", action, state.Code, err, p.Status, want)
			}
		}
	}
}

func TestMachine_ReasonsAreDemanded(t *testing.T) {
	t.Parallel()
	for _, row := range Machine.Rows {
		if row.Notice && row.Action != ActEvaluate && !row.Reason {
			t.Errorf("%s in %s gives notice without a reason", row.Action, row.From)
		}
		if !row.Reason {
			continue
		}
		p := proposed(t)
		p.Status = row.From
		if _, err := p.Fire(row.Action, ""); !fault.Is(err, "project.reason_required") || p.Status != row.From {
			t.Errorf("%s in %s without a reason: %v", row.Action, row.From, err)
		}
	}
}

func TestSuspended_ReturnsToWhereItWas(t *testing.T) {
	t.Parallel()
	p := budgeted(t)
	if err := p.FilePlan(plan(), nil, nil, rules(t)); err != nil {
		t.Fatal(err)
	}
	for _, action := range []string{ActSource, ActSuspend} {
		if _, err := p.Fire(action, "供应商举报待查"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := p.Fire(ActResumeDelivering, "查清")
	refused(t, err, "project.resume_elsewhere")
	if _, err := p.Fire(ActResumeSourcing, "查清"); err != nil || p.Status != Sourcing || p.SuspendedFrom != "" {
		t.Errorf("resume: %v %+v", err, p)
	}
	if err := p.End("需求消失"); err != nil || Alive(p.Status) {
		t.Errorf("end: %v", err)
	}
}

func TestReview_BandsIncludeTheirFloor(t *testing.T) {
	t.Parallel()
	for score, want := range map[int]string{100: "excellent", 90: "excellent", 89: "good", 80: "good", 79: "fair", 60: "fair", 59: "poor", 0: "poor"} {
		if got := (Review{Score: score}).Grade(); got != want {
			t.Errorf("%d is %s, want %s", score, got, want)
		}
	}
	p := proposed(t)
	refused(t, p.Judge(Review{Score: 101, Note: "好"}), "project.invalid")
	refused(t, p.Judge(Review{Score: 90, Note: " "}), "project.invalid")
	refused(t, p.Judge(Review{Score: 90, Note: "好"}), "project.transition_refused")
	p.Status = Accepted
	if err := p.Judge(Review{Score: 90, Note: "好"}); err != nil || p.Status != Evaluated {
		t.Error(err)
	}
}
