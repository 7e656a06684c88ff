package funds_test

import (
	"context"
	"testing"
	"time"

	"linli/backend/app/funds"
	"linli/backend/app/oversight"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/money"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

var ctx = context.Background()

// scene is an active fund with its people and a supplier.
type scene struct {
	*testkit.Kit
	svc                        *funds.Service
	manager, approver, donor   access.Actor
	foundation, enterprise, so *party.Party
	fund                       *fund.Fund
}

func newScene(t *testing.T, k *testkit.Kit) *scene {
	t.Helper()
	s := &scene{Kit: k, svc: k.Services.Funds}
	s.foundation = k.Party(party.KindFDN, "锦城社区基金会", k.World.City.ID)
	s.enterprise = k.Party(party.KindSE, "晨光邻里社会企业", k.World.City.ID)
	s.so = k.Party(party.KindSSO, "童行社区服务中心", k.World.City.ID)
	s.manager, s.approver = k.As(access.FundManager, s.foundation), k.As(access.FundApprover, s.foundation)
	s.donor = k.As(access.SupplierAdmin, s.enterprise)
	f, err := s.svc.Establish(ctx, s.by(s.manager, 0), fund.Draft{Name: "和美社区发展基金", NameEN: "Hemei Community Fund", Purpose: "儿童与长者", PlaceID: k.World.Community.ID})
	if err != nil {
		t.Fatal(err)
	}
	if s.fund, err = s.svc.ChangeFund(ctx, s.by(s.approver, f.Version), funds.Change{ID: string(f.ID), Action: "activate"}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { whole(t, k) })
	return s
}

// whole ends every scenario: the record, the states and the rules between tables agree.
func whole(t *testing.T, k *testkit.Kit) {
	t.Helper()
	r, err := oversight.Verify(ctx, k.App.Store)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Whole {
		t.Fatalf("verify: %+v", r.Breaks)
	}
}

func (s *scene) by(a access.Actor, version int64) funds.Write {
	return funds.Write{Actor: a, Key: s.Key(), Version: version}
}

func (s *scene) day(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		s.T.Fatal(err)
	}
	return d
}

func want(t *testing.T, err error, code string) {
	t.Helper()
	if got := fault.CodeOf(err); got != code {
		t.Fatalf("fault %q, want %q (%v)", got, code, err)
	}
}

// transfer registers and confirms money by bank.
func (s *scene) transfer(in fund.Inflow) *fund.Donation {
	s.T.Helper()
	d, err := s.svc.RegisterInflow(ctx, s.by(s.manager, 0), s.fund.ID, in)
	if err != nil {
		s.T.Fatal(err)
	}
	d, err = s.svc.ConfirmInflow(ctx, s.by(s.approver, d.Version), d.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	return d
}

func (s *scene) held() (restricted, free money.Fen) {
	s.T.Helper()
	v, err := s.svc.Get(ctx, access.Actor{}, s.fund.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	return v.RestrictedFen, v.UnrestrictedFen
}

func TestFund_PledgeIsPaidByTransferAndShowsInTheStatement(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newScene(t, k)
		p, err := s.svc.Offer(ctx, s.by(s.donor, 0), fund.Offer{
			FundID: s.fund.ID, Origin: fund.FromVenue, Basis: fund.ByTurnover, RateBP: 300, Dues: []fund.Due{{Period: "2026", DueOn: s.day("2026-12-31")}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.GetPledge(ctx, access.Actor{}, p.ID); !fault.Is(err, "record.not_found") {
			t.Fatalf("an offer nobody accepted is public: %v", err)
		}
		p, err = s.svc.ChangePledge(ctx, s.by(s.manager, p.Version), funds.Change{ID: string(p.ID), Action: "accept"})
		if err != nil {
			t.Fatal(err)
		}
		in := fund.Inflow{Kind: fund.KindPledge, PledgeID: p.ID, DueNumber: 1, AmountFen: 360000, BankReference: "CCB-1", ReceivedOn: s.day("2026-03-02")}
		_, err = s.svc.RegisterInflow(ctx, s.by(s.manager, 0), s.fund.ID, in)
		want(t, err, "pledge.turnover_missing")
		if p, err = s.svc.DeclareTurnover(ctx, s.by(s.donor, p.Version), p.ID, 1, 12000000); err != nil {
			t.Fatal(err)
		}
		in.AmountFen = 360001
		_, err = s.svc.RegisterInflow(ctx, s.by(s.manager, 0), s.fund.ID, in)
		want(t, err, "pledge.overpaid")
		in.AmountFen = 360000
		d, err := s.svc.RegisterInflow(ctx, s.by(s.manager, 0), s.fund.ID, in)
		if err != nil || d.DonorName != "晨光邻里社会企业" {
			t.Fatalf("%+v %v", d, err)
		}
		if r, f := s.held(); r != 0 || f != 0 {
			t.Fatal("registered money counts before it is confirmed")
		}
		_, err = s.svc.ConfirmInflow(ctx, s.by(s.manager, d.Version), d.ID)
		want(t, err, "access.forbidden")
		if d, err = s.svc.ConfirmInflow(ctx, s.by(s.approver, d.Version), d.ID); err != nil {
			t.Fatal(err)
		}
		if _, err = s.svc.IssueReceipt(ctx, s.by(s.manager, d.Version), d.ID, "51060126-0000012345"); err != nil {
			t.Fatal(err)
		}
		v, err := s.svc.Statement(ctx, access.Actor{}, s.fund.ID, calendar.Date{}, calendar.Date{})
		if err != nil {
			t.Fatal(err)
		}
		if v.Statement.Whole.ClosingFen != 360000 || len(v.Lines) != 1 || v.Lines[0].Receipt != "51060126-0000012345" || v.Lines[0].PledgeID != p.ID {
			t.Fatalf("%+v", v)
		}
		got, err := s.svc.GetPledge(ctx, access.Actor{}, p.ID)
		if err != nil || got.Pledge.Status != fund.Fulfilled {
			t.Fatalf("%+v %v", got.Pledge, err)
		}
	})
}

func TestFund_ALineOfTheBankEntersOnce(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newScene(t, k)
		in := fund.Inflow{Kind: fund.KindDonation, DonorName: "陈女士", Anonymous: true, AmountFen: 100, BankReference: "B-1", ReceivedOn: s.day("2026-03-02")}
		d, err := s.svc.RegisterInflow(ctx, s.by(s.manager, 0), s.fund.ID, in)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.svc.RegisterInflow(ctx, s.by(s.manager, 0), s.fund.ID, in)
		want(t, err, "donation.line_taken")
		if _, err = s.svc.RejectInflow(ctx, s.by(s.approver, d.Version), d.ID, "金额写错"); err != nil {
			t.Fatal(err)
		}
		in.AmountFen = 10000
		s.transfer(in)
		v, err := s.svc.Statement(ctx, access.Actor{}, s.fund.ID, calendar.Date{}, calendar.Date{})
		if err != nil || len(v.Lines) != 1 || v.Lines[0].PartyName != "" || v.Statement.Whole.InFen != 10000 {
			t.Fatalf("%+v %v", v, err)
		}
	})
}

func TestFund_GrantLeavesAfterThePublicHadItsDays(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newScene(t, k)
		s.transfer(fund.Inflow{Kind: fund.KindInterest, AmountFen: 60000, BankReference: "B-1", ReceivedOn: s.day("2026-03-02")})
		g, err := s.svc.ProposeGrant(ctx, s.by(s.manager, 0), fund.Proposal{FundID: s.fund.ID, RecipientID: s.so.ID, Title: "读书汇", Purpose: "买书", AmountFen: 50000})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.GetGrant(ctx, access.Actor{}, g.ID); !fault.Is(err, "record.not_found") {
			t.Fatalf("public before the publicity: %v", err)
		}
		step := func(a access.Actor, x funds.GrantStep) (*fund.Grant, error) {
			x.ID = g.ID
			return s.svc.ChangeGrant(ctx, s.by(a, g.Version), x)
		}
		must := func(a access.Actor, x funds.GrantStep) {
			t.Helper()
			if g, err = step(a, x); err != nil {
				t.Fatal(err)
			}
		}
		must(s.approver, funds.GrantStep{Action: "review"})
		must(s.manager, funds.GrantStep{Action: "publicise"})
		_, err = step(s.approver, funds.GrantStep{Action: "grant", BankReference: "OUT-1"})
		want(t, err, "grant.publicity_running")
		k.AdvanceTo(g.ObjectionUntil.End())
		must(s.approver, funds.GrantStep{Action: "grant", BankReference: "OUT-1"})
		if _, f := s.held(); f != 10000 {
			t.Fatalf("held %s", f)
		}
		reporter := k.As(access.SupplierAdmin, s.so)
		must(reporter, funds.GrantStep{Action: "report", Report: "买书 212 册", SpentFen: 40000, ReturnedFen: 10000})
		must(s.approver, funds.GrantStep{Action: "close"})
		if _, f := s.held(); f != 20000 {
			t.Fatalf("held %s", f)
		}
	})
}

func TestFund_ADonorReceivesNoGrant(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newScene(t, k)
		s.transfer(fund.Inflow{Kind: fund.KindDonation, DonorPartyID: s.so.ID, DonorName: s.so.Name, AmountFen: 60000, BankReference: "B-1", ReceivedOn: s.day("2026-03-02")})
		_, err := s.svc.ProposeGrant(ctx, s.by(s.manager, 0), fund.Proposal{FundID: s.fund.ID, RecipientID: s.so.ID, Title: "x", Purpose: "y", AmountFen: 1})
		want(t, err, "grant.recipient_is_donor")
	})
}

func TestFund_StrangersMayNot(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newScene(t, k)
		other := k.As(access.FundManager, k.Party(party.KindFDN, "别的基金会", k.World.City.ID))
		_, err := s.svc.RegisterInflow(ctx, s.by(other, 0), s.fund.ID, fund.Inflow{Kind: fund.KindInterest, AmountFen: 1, BankReference: "B", ReceivedOn: s.day("2026-03-02")})
		want(t, err, "access.forbidden")
		_, err = s.svc.Donations(ctx, other, fund.Query{FundID: s.fund.ID})
		want(t, err, "access.forbidden")
		_, err = s.svc.Establish(ctx, s.by(s.manager, 0), fund.Draft{Name: "二", NameEN: "two", Purpose: "x", PlaceID: k.World.Community.ID})
		want(t, err, "fund.exists")
		_, err = s.svc.Establish(ctx, s.by(s.manager, 0), fund.Draft{Name: "二", NameEN: "two", Purpose: "x", PlaceID: k.World.Street.ID})
		want(t, err, "fund.place_not_community")
		_, err = s.svc.Establish(ctx, s.by(k.As(access.FundManager, s.so), 0), fund.Draft{Name: "二", NameEN: "two", Purpose: "x", PlaceID: k.World.Neighbour.ID})
		want(t, err, "fund.keeper_not_foundation")
		frozen, err := s.svc.ChangeFund(ctx, s.by(s.approver, s.fund.Version), funds.Change{ID: string(s.fund.ID), Action: "freeze", Reason: "账目核查"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.svc.RegisterInflow(ctx, s.by(s.manager, 0), s.fund.ID, fund.Inflow{Kind: fund.KindInterest, AmountFen: 1, BankReference: "B", ReceivedOn: s.day("2026-03-02")})
		want(t, err, "fund.not_active")
		_, err = s.svc.ChangeFund(ctx, s.by(s.approver, frozen.Version-1), funds.Change{ID: string(s.fund.ID), Action: "unfreeze", Reason: "x"})
		want(t, err, "record.stale")
	})
}

func TestFund_DonorIsRemindedOfWhatIsDue(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := newScene(t, k)
	p, err := s.svc.Offer(ctx, s.by(s.donor, 0), fund.Offer{FundID: s.fund.ID, Origin: fund.FromFreeWill, Basis: fund.ByAmount, AmountFen: 100,
		Dues: []fund.Due{{DueOn: s.day("2026-03-31"), AmountFen: 100}}})
	if err != nil {
		t.Fatal(err)
	}
	todos, err := k.Services.Todos.Waiting(ctx, s.manager)
	if err != nil || len(todos) != 1 || todos[0].Action != "accept" {
		t.Fatalf("%+v %v", todos, err)
	}
	if _, err = s.svc.ChangePledge(ctx, s.by(s.manager, p.Version), funds.Change{ID: string(p.ID), Action: "accept"}); err != nil {
		t.Fatal(err)
	}
	todos, err = k.Services.Todos.Waiting(ctx, s.donor)
	if err != nil || len(todos) != 1 || todos[0].Action != "pay" || !todos[0].DueAt.Equal(s.day("2026-03-31").End().Add(-time.Second)) {
		t.Fatalf("%+v %v", todos, err)
	}
}
