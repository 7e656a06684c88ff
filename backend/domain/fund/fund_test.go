package fund

import (
	"testing"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
)

var now = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func want(t testing.TB, err error, code string) {
	t.Helper()
	if got := fault.CodeOf(err); got != code {
		t.Fatalf("fault %q, want %q (%v)", got, code, err)
	}
}

func hasField(t testing.TB, err error, path string) {
	t.Helper()
	f, _ := fault.As(err)
	for _, x := range f.Fields {
		if x.Path == path {
			return
		}
	}
	t.Fatalf("no field %s in %+v", path, f.Fields)
}

// Every machine: every state with every action either moves as the table says or is refused.
func TestMachines_EveryStateWithEveryAction(t *testing.T) {
	t.Parallel()
	for _, m := range []lifecycle.Machine{Machine, PledgeMachine, DonationMachine, CardMachine, GrantMachine} {
		for _, s := range m.States {
			rows := map[string]lifecycle.Row{}
			for _, r := range m.Actions(s.Code) {
				rows[r.Action] = r
				if !m.Has(r.To) || r.Permission == "" {
					t.Errorf("%s: row %+v leads nowhere or names no permission", m.Name, r)
				}
			}
			if s.Final != (len(rows) == 0) {
				t.Errorf("%s.%s: final=%v with %d rows", m.Name, s.Code, s.Final, len(rows))
			}
			for _, verb := range m.Verbs() {
				row, err := m.Fire(s.Code, verb, "reason")
				if known, ok := rows[verb]; ok {
					if err != nil || row.To != known.To {
						t.Errorf("%s.%s %s: %v", m.Name, s.Code, verb, err)
					}
					if _, err := m.Fire(s.Code, verb, ""); known.Reason {
						want(t, err, m.Name+".reason_required")
					}
					continue
				}
				want(t, err, m.Name+".transition_refused")
			}
		}
	}
}

func TestFund_NeedsASecondPersonToBecomeActive(t *testing.T) {
	t.Parallel()
	f, err := Establish("f1", "JJ-2026-000001", Draft{Name: "和美社区发展基金", NameEN: "Hemei Community Fund", Purpose: "儿童与长者", PlaceID: "c1", PartyID: "fdn"}, "anna", now)
	if err != nil {
		t.Fatal(err)
	}
	want(t, f.TakesMoney(), "fund.not_active")
	_, err = f.Fire("activate", "", "anna")
	want(t, err, "fund.two_persons")
	if f.Status != Established {
		t.Fatal("the refused activation changed the fund")
	}
	if _, err := f.Fire("activate", "", "bert"); err != nil {
		t.Fatal(err)
	}
	if err := f.TakesMoney(); err != nil {
		t.Fatal(err)
	}
}

func TestFund_NamesEveryMissingField(t *testing.T) {
	t.Parallel()
	_, err := Establish("f1", "x", Draft{Name: " "}, "anna", now)
	want(t, err, "fund.incomplete")
	for _, path := range []string{"name", "nameEn", "purpose", "placeId", "partyId"} {
		hasField(t, err, path)
	}
}

func byAmount(t testing.TB) *Pledge {
	t.Helper()
	p, err := NewPledge("p1", "RJ-1", Offer{FundID: "f1", DonorID: "se", Origin: FromVenue, Basis: ByAmount, AmountFen: 360000,
		Dues: []Due{{DueOn: day(t, "2026-06-30"), AmountFen: 120000}, {DueOn: day(t, "2026-12-31"), AmountFen: 240000}}}, "sam", now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Fire("accept", "", "anna"); err != nil {
		t.Fatal(err)
	}
	return p
}

func byTurnover(t testing.TB) *Pledge {
	t.Helper()
	p, err := NewPledge("p2", "RJ-2", Offer{FundID: "f1", DonorID: "se", ProjectID: "pr1", Origin: FromCharter, Basis: ByTurnover, RateBP: 321,
		Dues: []Due{{Period: "2026", DueOn: day(t, "2027-03-31")}}}, "sam", now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Fire("accept", "", "anna"); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPledge_PaidInInstalmentsIsFulfilled(t *testing.T) {
	t.Parallel()
	p := byAmount(t)
	for _, step := range []struct {
		due    int
		amount money.Fen
	}{{1, 100000}, {1, 20000}, {2, 240000}} {
		if p.FullyPaid() {
			t.Fatal("fulfilled too early")
		}
		if err := p.Receive(step.due, step.amount); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Fire("fulfil", "", "anna"); err != nil || p.Status != Fulfilled {
		t.Fatalf("%s %v", p.Status, err)
	}
	if err := p.Return(2, 240000); err != nil || p.Status != Accepted {
		t.Fatalf("a refund reopens the promise: %s %v", p.Status, err)
	}
}

func TestPledge_OneFenTooMuchIsRefused(t *testing.T) {
	t.Parallel()
	p := byAmount(t)
	want(t, p.Receive(1, 120001), "pledge.overpaid")
	want(t, p.Receive(3, 1), "pledge.due_unknown")
	_, err := p.Fire("fulfil", "", "anna")
	want(t, err, "pledge.unpaid")
	if promised, paid := p.Totals(); promised != 360000 || paid != 0 {
		t.Fatalf("%d %d", promised, paid)
	}
}

// 3.21 % of 112,345.67 is 3,606.296…: rounded once, half-up, to the fen.
func TestPledge_ShareOfTurnoverIsRoundedOnce(t *testing.T) {
	t.Parallel()
	p := byTurnover(t)
	want(t, p.Receive(1, 1), "pledge.turnover_missing")
	if err := p.Declare(1, 11234567); err != nil {
		t.Fatal(err)
	}
	if p.Dues[0].AmountFen != 360630 {
		t.Fatalf("share %s", p.Dues[0].AmountFen)
	}
	if err := p.Receive(1, 1000); err != nil {
		t.Fatal(err)
	}
	want(t, p.Declare(1, 1), "pledge.already_paid")
	want(t, byAmount(t).Declare(1, 1), "pledge.not_by_turnover")
}

func TestPledge_HiddenUntilTheAwardIsKnown(t *testing.T) {
	t.Parallel()
	tied, free := byTurnover(t), byAmount(t)
	if !tied.Hidden(false) || tied.Hidden(true) {
		t.Fatal("a pledge that concerns a project is hidden exactly until the award")
	}
	if free.Hidden(false) {
		t.Fatal("a pledge without a project is public once accepted")
	}
	free.Status = Offered
	if !free.Hidden(true) {
		t.Fatal("an offer nobody accepted is not public")
	}
}

func TestPledge_OverdueFromTheDayAfter(t *testing.T) {
	t.Parallel()
	p := byAmount(t)
	if p.Overdue(day(t, "2026-06-30")) || !p.Overdue(day(t, "2026-07-01")) {
		t.Fatal("due on the day is on time")
	}
	if err := p.Receive(1, 120000); err != nil {
		t.Fatal(err)
	}
	if p.Overdue(day(t, "2026-07-01")) {
		t.Fatal("a paid instalment is not overdue")
	}
}

func TestPledge_RefusesWhatDoesNotAddUp(t *testing.T) {
	t.Parallel()
	good := Offer{FundID: "f1", DonorID: "se", Origin: FromVenue, Basis: ByAmount, AmountFen: 100, Dues: []Due{{DueOn: day(t, "2026-06-30"), AmountFen: 100}}}
	cases := map[string]struct {
		path string
		do   func(*Offer)
	}{
		"no fund":        {"fundId", func(o *Offer) { o.FundID = "" }},
		"origin":         {"origin", func(o *Offer) { o.Origin = "tender" }},
		"basis":          {"basis", func(o *Offer) { o.Basis = "" }},
		"sum":            {"dues", func(o *Offer) { o.AmountFen = 101 }},
		"none due":       {"dues", func(o *Offer) { o.Dues = nil }},
		"past":           {"dues[0].dueOn", func(o *Offer) { o.Dues = []Due{{DueOn: day(t, "2026-03-01"), AmountFen: 100}} }},
		"zero":           {"amountFen", func(o *Offer) { o.AmountFen = 0 }},
		"rate and sum":   {"rateBp", func(o *Offer) { o.RateBP = 5 }},
		"purpose":        {"purpose", func(o *Offer) { o.Restricted = true }},
		"turnover amt":   {"amountFen", func(o *Offer) { o.Basis, o.RateBP = ByTurnover, 5 }},
		"rate too large": {"rateBp", func(o *Offer) { o.Basis, o.RateBP, o.AmountFen = ByTurnover, 10001, 0 }},
		"no period": {"dues[0].period", func(o *Offer) {
			o.Basis, o.RateBP, o.AmountFen, o.Dues = ByTurnover, 5, 0, []Due{{DueOn: day(t, "2027-01-01")}}
		}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := good
			tc.do(&o)
			_, err := NewPledge("p", "c", o, "sam", now)
			want(t, err, "pledge.incomplete")
			hasField(t, err, tc.path)
		})
	}
}

func transfer(t testing.TB) *Donation {
	t.Helper()
	d, err := Register(Identity{ID: "d1", Code: "JZ-1", FundID: "f1", By: "anna", Now: now},
		Inflow{Kind: KindDonation, DonorName: "晨光邻里社会企业", AmountFen: 360000, BankReference: "B-1", ReceivedOn: day(t, "2026-03-01")})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDonation_TransferIsConfirmedByASecondPerson(t *testing.T) {
	t.Parallel()
	d := transfer(t)
	_, err := d.Confirm("anna", now)
	want(t, err, "donation.two_persons")
	if d.InFund() {
		t.Fatal("refused, yet in the fund")
	}
	if _, err := d.Confirm("bert", now); err != nil || !d.InFund() {
		t.Fatal(err)
	}
	_, err = d.Confirm("bert", now)
	want(t, err, "donation.transition_refused")
}

func TestDonation_Receipt(t *testing.T) {
	t.Parallel()
	d := transfer(t)
	_, err := d.IssueReceipt("51060126-0000012345", now)
	want(t, err, "donation.transition_refused")
	if _, err := d.Confirm("bert", now); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "5106012-0000012345", "51060126-000001234", "51060126–0000012345", "x"} {
		_, err = d.IssueReceipt(bad, now)
		want(t, err, "donation.receipt_malformed")
	}
	if _, err := d.IssueReceipt("51060126-0000012345", now); err != nil || d.Status != Receipted {
		t.Fatal(err)
	}
	interest := transfer(t)
	interest.Kind = KindInterest
	_, err = interest.IssueReceipt("51060126-0000012345", now)
	want(t, err, "donation.receipt_not_due")
}

func TestDonation_RefusesIncompleteInflows(t *testing.T) {
	t.Parallel()
	who := Identity{ID: "d1", FundID: "f1", By: "anna", Now: now}
	good := Inflow{Kind: KindDonation, DonorName: "x", AmountFen: 1, BankReference: "B", ReceivedOn: day(t, "2026-03-02")}
	cases := map[string]struct {
		path string
		do   func(*Inflow)
	}{
		"kind":       {"kind", func(i *Inflow) { i.Kind = "gift" }},
		"donor":      {"donorName", func(i *Inflow) { i.DonorName = "" }},
		"amount":     {"amountFen", func(i *Inflow) { i.AmountFen = 0 }},
		"too much":   {"amountFen", func(i *Inflow) { i.AmountFen = money.Max + 1 }},
		"reference":  {"bankReference", func(i *Inflow) { i.BankReference = " " }},
		"tomorrow":   {"receivedOn", func(i *Inflow) { i.ReceivedOn = day(t, "2026-03-03") }},
		"purpose":    {"purpose", func(i *Inflow) { i.Restricted = true }},
		"instalment": {"pledgeId", func(i *Inflow) { i.Kind = KindPledge }},
		"interest":   {"donorName", func(i *Inflow) { i.Kind = KindInterest }},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := good
			tc.do(&in)
			_, err := Register(who, in)
			want(t, err, "donation.incomplete")
			hasField(t, err, tc.path)
		})
	}
	_, err := Intend(who, Inflow{Kind: KindDonation, DonorName: "x", AmountFen: MinCardFen - 1})
	hasField(t, err, "amountFen")
	_, err = Intend(who, Inflow{Kind: KindInterest, AmountFen: MinCardFen})
	hasField(t, err, "kind")
}

func proposal() Proposal {
	return Proposal{FundID: "f1", RecipientID: "sso", Title: "读书汇", Purpose: "买书", AmountFen: 50000}
}

func TestGrant_WholeWay(t *testing.T) {
	t.Parallel()
	g, err := Propose("g1", "ZZ-1", proposal(), "anna", now)
	if err != nil {
		t.Fatal(err)
	}
	_, err = g.Review("anna", now)
	want(t, err, "grant.two_persons")
	if _, err := g.Review("bert", now); err != nil {
		t.Fatal(err)
	}
	if g.Public() {
		t.Fatal("public before the publicity")
	}
	if _, err := g.Publicise(day(t, "2026-03-09"), now); err != nil || !g.Public() {
		t.Fatal(err)
	}
	lastDay := time.Date(2026, 3, 9, 15, 59, 59, 0, time.UTC)
	_, err = g.Pay("bert", "B-9", 50000, lastDay)
	want(t, err, "grant.publicity_running")
	after := lastDay.Add(time.Second)
	_, err = g.Pay("bert", "B-9", 49999, after)
	want(t, err, "grant.fund_short")
	_, err = g.Pay("anna", "B-9", 50000, after)
	want(t, err, "grant.two_persons")
	_, err = g.Pay("bert", " ", 50000, after)
	want(t, err, "grant.incomplete")
	if g.Status != GrantPublicised || g.GrantedAt != nil {
		t.Fatal("a refused payment changed the grant")
	}
	if _, err := g.Pay("bert", "B-9", 50000, after); err != nil {
		t.Fatal(err)
	}
	_, err = g.ReportUse("买了书", 40000, 9999, after)
	want(t, err, "grant.report_sum")
	if _, err := g.ReportUse("买了书", 40000, 10000, after); err != nil {
		t.Fatal(err)
	}
	_, err = g.Close("anna", after)
	want(t, err, "grant.two_persons")
	if _, err := g.Close("bert", after); err != nil || g.Status != GrantClosed {
		t.Fatal(err)
	}
}

func TestGrant_DonorsMayNotBenefit(t *testing.T) {
	t.Parallel()
	p := proposal()
	p.RecipientIsDonor = true
	_, err := Propose("g1", "ZZ-1", p, "anna", now)
	want(t, err, "grant.recipient_is_donor")
	p = proposal()
	p.Related = true
	_, err = Propose("g1", "ZZ-1", p, "anna", now)
	want(t, err, "grant.incomplete")
	hasField(t, err, "relation")
}
