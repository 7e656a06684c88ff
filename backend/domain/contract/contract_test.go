package contract

import (
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
)

func day(m time.Month, d int) calendar.Date { return calendar.Date{Year: 2026, Month: m, Day: d} }

var limits = Limits{
	AcceptanceDaysDefault: 10, AcceptanceDaysMax: 30, PaymentDaysDefault: 30, PaymentDaysMax: 60,
	DailyInterestDefault: big.NewRat(5, 10000), LoanRate: big.NewRat(3, 100), TermYearsMax: 1,
}

func terms() Terms {
	whole := []Item{{Kind: Deliverable, Name: "visits", WeightBP: 10000}}
	return Terms{
		TermFrom: day(4, 1), TermUntil: day(12, 31),
		Payee: Payee{Holder: "晨光邻里", Bank: "成都银行", Number: "6222000044714471"},
		Milestones: []Plan{
			{Title: "第一期", DueOn: day(6, 30), AmountFen: 20000000, Items: whole},
			{Title: "第二期", DueOn: day(12, 20), AmountFen: 30000000, Items: whole},
		},
	}
}

func draft() *Contract {
	return &Contract{Status: Drafting, OriginalFen: 50000000, AwardNoticeOn: day(3, 18), SignBy: day(4, 17)}
}

func signed(t testing.TB) *Contract {
	t.Helper()
	c := draft()
	if err := c.Fill(terms(), limits); err != nil {
		t.Fatal(err)
	}
	if err := c.SignAsSupplier(Signature{PersonID: "s", At: day(4, 1).At(10, 0), TextHash: "h"}); err != nil {
		t.Fatal(err)
	}
	if err := c.Sign(Signature{PersonID: "b", At: day(4, 1).At(11, 0), TextHash: "h"}); err != nil {
		t.Fatal(err)
	}
	return c
}

// Every machine: every state with every action either has a row or is refused with the machine's
// own fault, final states have no rows, and every target is a known state.
func TestMachines_EveryStateWithEveryAction(t *testing.T) {
	t.Parallel()
	for _, m := range []lifecycle.Machine{Machine, MilestoneMachine, SupplementMachine} {
		allowed := 0
		for _, s := range m.States {
			for _, verb := range m.Verbs() {
				row, err := m.Fire(s.Code, verb, "because")
				if err != nil {
					if !fault.Is(err, m.Name+".transition_refused") {
						t.Errorf("%s %s %s: %v", m.Name, s.Code, verb, err)
					}
					continue
				}
				allowed++
				if s.Final || !m.Has(row.To) {
					t.Errorf("%s: %s leaves %s to %s", m.Name, verb, s.Code, row.To)
				}
				if _, err := m.Fire(s.Code, verb, ""); row.Reason != fault.Is(err, m.Name+".reason_required") {
					t.Errorf("%s: %s in %s without a reason: %v", m.Name, verb, s.Code, err)
				}
			}
		}
		if allowed != len(m.Rows) {
			t.Errorf("%s: %d transitions work, the table has %d rows", m.Name, allowed, len(m.Rows))
		}
	}
}

func TestContract_FillTakesDefaultsFromTheRulebook(t *testing.T) {
	t.Parallel()
	c := draft()
	if err := c.Fill(terms(), limits); err != nil {
		t.Fatal(err)
	}
	if c.AcceptanceDays != 10 || c.PaymentDays != 30 || c.DailyInterest != "0.0005" || c.InterestAgreed {
		t.Errorf("defaults: %+v", c)
	}
}

func TestContract_FillRefusals(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		change func(*Terms)
		path   string
	}{
		"61 days to pay":       {func(t *Terms) { t.PaymentDays = 61 }, "paymentDays"},
		"31 days to inspect":   {func(t *Terms) { t.AcceptanceDays = 31 }, "acceptanceDays"},
		"interest under LPR":   {func(t *Terms) { t.DailyInterest = "0.00008" }, "dailyInterest"},
		"interest in words":    {func(t *Terms) { t.DailyInterest = "1e-3" }, "dailyInterest"},
		"longer than a year":   {func(t *Terms) { t.TermUntil = calendar.Date{Year: 2027, Month: 4, Day: 2} }, "termUntil"},
		"backwards term":       {func(t *Terms) { t.TermUntil = day(3, 1) }, "termUntil"},
		"account with letters": {func(t *Terms) { t.Payee.Number = "62220000447A" }, "payee.number"},
		"no holder":            {func(t *Terms) { t.Payee.Holder = " " }, "payee"},
		"milestone after term": {func(t *Terms) { t.Milestones[1].DueOn = calendar.Date{Year: 2027, Month: 1, Day: 1} }, "milestones[1].dueOn"},
		"milestones unordered": {func(t *Terms) { t.Milestones[1].DueOn = day(5, 1) }, "milestones[1].dueOn"},
		"free milestone":       {func(t *Terms) { t.Milestones[0].AmountFen = 0 }, "milestones[0].amountFen"},
		"weights off by one":   {func(t *Terms) { t.Milestones[0].Items = []Item{{Kind: Deliverable, Name: "x", WeightBP: 9999}} }, "milestones[0].items"},
		"indicator, no target": {func(t *Terms) {
			t.Milestones[0].Items = []Item{{Kind: Indicator, Name: "x", Direction: AtLeast, WeightBP: 10000}}
		}, "milestones[0].items[0].target"},
		"proportional at_most": {func(t *Terms) {
			t.Milestones[0].Items = []Item{{Kind: Indicator, Name: "x", Target: "5", Direction: AtMost, Proportional: true, WeightBP: 10000}}
		}, "milestones[0].items[0].proportional"},
		"deliverable, a target": {func(t *Terms) {
			t.Milestones[0].Items = []Item{{Kind: Deliverable, Name: "x", Target: "5", WeightBP: 10000}}
		}, "milestones[0].items[0].kind"},
		"no milestones": {func(t *Terms) { t.Milestones = nil }, "milestones"},
	} {
		in := terms()
		x.change(&in)
		err := draft().Fill(in, limits)
		f, ok := fault.As(err)
		if !ok || f.Code != "contract.terms_invalid" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found := false
		for _, field := range f.Fields {
			found = found || field.Path == x.path
		}
		if !found {
			t.Errorf("%s: fields %v, want %s", name, f.Fields, x.path)
		}
	}
}

func TestContract_MilestonesMustAddUpToTheFen(t *testing.T) {
	t.Parallel()
	for _, off := range []money.Fen{-1, 1} {
		in := terms()
		in.Milestones[1].AmountFen += off
		if err := draft().Fill(in, limits); !fault.Is(err, "contract.milestone_sum") {
			t.Errorf("off by %d: %v", off, err)
		}
	}
}

// EX-10: notice on 18 March, the last day to sign is 17 April.
func TestContract_SignedOnTheLastDayNotLater(t *testing.T) {
	t.Parallel()
	c := draft()
	if err := c.Fill(terms(), limits); err != nil {
		t.Fatal(err)
	}
	last := day(4, 17).End().Add(-time.Millisecond)
	if err := c.SignAsSupplier(Signature{PersonID: "s", At: last.Add(time.Millisecond)}); !fault.Is(err, "contract.sign_late") {
		t.Fatalf("one millisecond late: %v", err)
	}
	if err := c.SignAsSupplier(Signature{PersonID: "s", At: last}); err != nil {
		t.Fatal(err)
	}
}

func TestContract_BothSignTheSameText(t *testing.T) {
	t.Parallel()
	c := draft()
	if err := c.SignAsSupplier(Signature{PersonID: "s", At: day(4, 1).At(9, 0)}); !fault.Is(err, "contract.not_filled") {
		t.Errorf("unfilled: %v", err)
	}
	if err := c.Fill(terms(), limits); err != nil {
		t.Fatal(err)
	}
	if err := c.Sign(Signature{PersonID: "b", At: day(4, 1).At(9, 0)}); !fault.Is(err, "contract.supplier_unsigned") {
		t.Errorf("buyer first: %v", err)
	}
	if err := c.SignAsSupplier(Signature{PersonID: "s", At: day(4, 1).At(9, 0), TextHash: "a"}); err != nil {
		t.Fatal(err)
	}
	if err := c.Fill(terms(), limits); !fault.Is(err, "contract.not_draft") {
		t.Errorf("changed after a signature: %v", err)
	}
	if err := c.Sign(Signature{PersonID: "b", At: day(4, 1).At(9, 0), TextHash: "b"}); !fault.Is(err, "contract.text_changed") {
		t.Errorf("other text: %v", err)
	}
	if err := c.Sign(Signature{PersonID: "s", At: day(4, 1).At(9, 0), TextHash: "a"}); !fault.Is(err, "contract.same_signer") {
		t.Errorf("same person: %v", err)
	}
	if c.Status != Drafting || c.SignedAt != nil {
		t.Error("a refused signature changed the contract")
	}
}

// EX-12: original 500,000.00; 30,000.00 + 20,000.00 are allowed, one more fen is refused.
func TestSupplement_TenPercentOfTheOriginal(t *testing.T) {
	t.Parallel()
	c := signed(t)
	c.Status = Active
	share := big.NewRat(10, 100)
	plan := func(fen money.Fen) *Plan {
		return &Plan{Title: "追加", DueOn: day(12, 20), AmountFen: fen, Items: []Item{{Kind: Deliverable, Name: "x", WeightBP: 10000}}}
	}
	first := Supplement{ID: "1", Kind: MoreOfTheSame, Reason: "r", AmountFen: 3000000, Plan: plan(3000000), EffectiveOn: day(5, 6), Status: Applied}
	if err := c.CheckSupplement(first, nil, share); err != nil {
		t.Fatal(err)
	}
	second := Supplement{ID: "2", Kind: MoreOfTheSame, Reason: "r", AmountFen: 2000000, Plan: plan(2000000), EffectiveOn: day(5, 7), Status: Proposed}
	if err := c.CheckSupplement(second, []Supplement{first}, share); err != nil {
		t.Fatal(err)
	}
	third := Supplement{ID: "3", Kind: MoreOfTheSame, Reason: "r", AmountFen: 1, Plan: plan(1), EffectiveOn: day(5, 8)}
	if err := c.CheckSupplement(third, []Supplement{first, second}, share); !fault.Is(err, "supplement.over_limit") {
		t.Fatalf("one fen more: %v", err)
	}
	second.Status = Withdrawn
	if err := c.CheckSupplement(third, []Supplement{first, second}, share); err != nil {
		t.Fatalf("a withdrawn supplement still counts: %v", err)
	}
	second.EffectiveOn = day(5, 6)
	if err := c.CheckSupplement(second, []Supplement{first}, share); !fault.Is(err, "supplement.invalid") {
		t.Fatalf("dates do not increase: %v", err)
	}
}

func TestSupplement_AppliedOnceThenImmutable(t *testing.T) {
	t.Parallel()
	c := signed(t)
	s := &Supplement{ID: "1", Kind: MoreOfTheSame, AmountFen: 100, Plan: &Plan{Title: "x", AmountFen: 100, DueOn: day(12, 20)}, EffectiveOn: day(5, 6), Status: Proposed}
	if err := s.Sign(Signature{PersonID: "b"}); !fault.Is(err, "supplement.supplier_unsigned") {
		t.Fatal(err)
	}
	if err := s.SignAsSupplier(Signature{PersonID: "s"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Sign(Signature{PersonID: "b"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Apply(s, day(5, 5).At(12, 0), 3); !fault.Is(err, "supplement.not_yet") {
		t.Fatalf("before its day: %v", err)
	}
	m, err := c.Apply(s, day(5, 6).At(0, 0), 3)
	if err != nil || m == nil || m.Number != 3 || m.AmountFen != 100 || c.ValueFen() != 50000100 {
		t.Fatalf("%+v %v value %s", m, err, c.ValueFen())
	}
	if _, err := c.Apply(s, day(5, 7).At(0, 0), 4); !fault.Is(err, "supplement.transition_refused") {
		t.Fatalf("applied twice: %v", err)
	}
	if c.ValueFen() != 50000100 {
		t.Error("the refused application changed the value")
	}
}

func milestone() *Milestone {
	return &Milestone{
		Status: Inspecting, AmountFen: 8640001, DeliveredOn: day(5, 29), InspectBy: day(6, 8),
		Items: []Item{
			{Kind: Deliverable, Name: "report", WeightBP: 2000},
			{Kind: Indicator, Name: "visits", Target: "1200", Direction: AtLeast, Proportional: true, WeightBP: 5000},
			{Kind: Indicator, Name: "complaints", Target: "3", Direction: AtMost, WeightBP: 3000},
		},
	}
}

func TestMilestone_PartialAcceptanceIsRoundedOnceHalfUp(t *testing.T) {
	t.Parallel()
	m := milestone()
	a, err := m.Assess([]Finding{{Met: true}, {Observed: "1000"}, {Observed: "2"}})
	if err != nil {
		t.Fatal(err)
	}
	// 0.2 + 0.5 × 1000/1200 + 0.3 = 11/12 of 86,400.01 = 79,200.009166… → 79,200.01
	if a.PayableFen != 7920001 || a.AllMet || a.Findings[1].Met || !a.Findings[2].Met {
		t.Fatalf("%+v", a)
	}
	if _, err := m.Decide("accept", "", a); !fault.Is(err, "acceptance.does_not_fit") {
		t.Errorf("accepted in whole: %v", err)
	}
	if _, err := m.Decide("accept_partly", "", a); !fault.Is(err, "milestone.reason_required") {
		t.Errorf("partly without a reason: %v", err)
	}
	fen, err := m.Decide("accept_partly", "少访 200 次", a)
	if err != nil || fen != 7920001 || m.Status != PartiallyAccepted {
		t.Errorf("%s %v %s", fen, err, m.Status)
	}
}

func TestMilestone_VerdictMustFitTheFindings(t *testing.T) {
	t.Parallel()
	m := milestone()
	nothing, err := m.Assess([]Finding{{}, {Observed: "0"}, {Observed: "9"}})
	if err != nil || nothing.PayableFen != 0 {
		t.Fatalf("%+v %v", nothing, err)
	}
	if _, err := m.Decide("accept_partly", "r", nothing); !fault.Is(err, "acceptance.does_not_fit") {
		t.Errorf("partly for nothing: %v", err)
	}
	if fen, err := m.Decide("reject", "r", nothing); err != nil || fen != 0 || m.Rework != 1 {
		t.Errorf("%s %v", fen, err)
	}
	whole := milestone()
	all, err := whole.Assess([]Finding{{Met: true}, {Observed: "1300"}, {Observed: "3"}})
	if err != nil || !all.AllMet || all.PayableFen != whole.AmountFen {
		t.Fatalf("%+v %v", all, err)
	}
	if _, err := whole.Decide("reject", "r", all); !fault.Is(err, "acceptance.does_not_fit") {
		t.Errorf("rejected although all is met: %v", err)
	}
	if _, err := whole.Assess([]Finding{{Met: true}, {}, {Observed: "3"}}); !fault.Is(err, "acceptance.finding_invalid") {
		t.Errorf("missing figure: %v", err)
	}
	if _, err := whole.Assess(nil); !fault.Is(err, "acceptance.finding_invalid") {
		t.Errorf("no findings: %v", err)
	}
}

func TestMilestone_SilenceIsAcceptanceAfterThePeriod(t *testing.T) {
	t.Parallel()
	m := milestone()
	if _, err := m.Deem(day(6, 8)); !fault.Is(err, "milestone.inspection_open") {
		t.Fatalf("on the last day: %v", err)
	}
	a, err := m.Deem(day(6, 9))
	if err != nil || a.PayableFen != m.AmountFen || m.Status != Accepted {
		t.Fatalf("%+v %v", a, err)
	}
	if got := m.DueFrom(day(6, 20), true); got != day(6, 8) {
		t.Errorf("the clock starts %s, want the end of the inspection period", got)
	}
	if got := m.DueFrom(day(6, 5), true); got != day(6, 5) {
		t.Errorf("accepted in time: %s", got)
	}
	if got := m.DueFrom(day(6, 5), false); got != day(5, 29) {
		t.Errorf("from delivery: %s", got)
	}
}

func TestMilestone_SubmitNeedsEvidenceAndAPastDay(t *testing.T) {
	t.Parallel()
	m := &Milestone{Status: InProgress}
	now := day(5, 29).At(18, 0)
	if err := m.Submit(day(5, 29), now, day(6, 8)); !fault.Is(err, "milestone.no_evidence") {
		t.Errorf("no evidence: %v", err)
	}
	if err := m.Attach(Evidence{}); !fault.Is(err, "milestone.evidence_invalid") {
		t.Errorf("untitled: %v", err)
	}
	if err := m.Attach(Evidence{Title: "服务记录", Count: 1214, At: now}); err != nil {
		t.Fatal(err)
	}
	if err := m.Submit(day(5, 30), now, day(6, 8)); !fault.Is(err, "milestone.delivery_date") {
		t.Errorf("delivered tomorrow: %v", err)
	}
	if err := m.Submit(day(5, 29), now, day(6, 8)); err != nil || m.Status != Submitted {
		t.Errorf("%v %s", err, m.Status)
	}
}

func TestContract_ChangedPayeeCoolsAndNeedsASecondPerson(t *testing.T) {
	t.Parallel()
	c := signed(t)
	p := Payee{Holder: "晨光邻里", Bank: "工商银行", Number: "6222000099998888"}
	if err := c.AskPayee(p, "s", day(5, 6).At(9, 0), day(5, 11)); err != nil {
		t.Fatal(err)
	}
	if err := c.AskPayee(p, "s", day(5, 6).At(9, 0), day(5, 11)); !fault.Is(err, "contract.payee_pending") {
		t.Errorf("second change: %v", err)
	}
	if err := c.ConfirmPayee("f", day(5, 10).At(9, 0)); !fault.Is(err, "contract.payee_cooling") {
		t.Errorf("while cooling: %v", err)
	}
	if err := c.ConfirmPayee("s", day(5, 11).At(9, 0)); !fault.Is(err, "contract.payee_same_person") {
		t.Errorf("by who asked: %v", err)
	}
	if c.Payee.Number == p.Number {
		t.Error("the account changed without confirmation")
	}
	if err := c.ConfirmPayee("f", day(5, 11).At(9, 0)); err != nil || c.Payee.Number != p.Number || c.PendingPayee != nil {
		t.Errorf("%v %+v", err, c.Payee)
	}
	if err := c.ConfirmPayee("f", day(5, 11).At(9, 0)); !fault.Is(err, "contract.payee_none") {
		t.Errorf("twice: %v", err)
	}
}

func TestMilestone_PayableNeverExceedsTheAmount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := milestone()
		m.AmountFen = money.Fen(rapid.Int64Range(1, 1e12).Draw(t, "amount"))
		a, err := m.Assess([]Finding{
			{Met: rapid.Bool().Draw(t, "met")},
			{Observed: big.NewInt(rapid.Int64Range(0, 2400).Draw(t, "visits")).String()},
			{Observed: big.NewInt(rapid.Int64Range(0, 9).Draw(t, "complaints")).String()},
		})
		if err != nil {
			t.Fatal(err)
		}
		if a.PayableFen < 0 || a.PayableFen > m.AmountFen || (a.AllMet && a.PayableFen != m.AmountFen) {
			t.Fatalf("%s of %s", a.PayableFen, m.AmountFen)
		}
	})
}

func TestSatisfaction_WilsonInterval(t *testing.T) {
	t.Parallel()
	s := SatisfactionOf(30, 34)
	if s.Share < 0.8823 || s.Share > 0.8824 || s.Low < 0.733 || s.Low > 0.735 || s.High < 0.953 || s.High > 0.954 {
		t.Errorf("%+v", s)
	}
	if none := SatisfactionOf(0, 0); none.Share != 0 || none.High != 0 {
		t.Errorf("%+v", none)
	}
	if err := (Opinion{Rating: 2}).Check(); !fault.Is(err, "opinion.invalid") {
		t.Errorf("dissatisfied without words: %v", err)
	}
	if err := (Opinion{Rating: 6, Text: "x"}).Check(); !fault.Is(err, "opinion.invalid") {
		t.Errorf("six stars: %v", err)
	}
	if err := (Opinion{Rating: 5}).Check(); err != nil {
		t.Errorf("five stars: %v", err)
	}
}
