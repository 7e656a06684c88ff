package projects_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"linli/backend/app"
	"linli/backend/app/projects"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/project"
	"linli/backend/testkit"
)

// street is a street office with its finance bureau and two adopted needs.
type street struct {
	*testkit.Kit
	svc                                *projects.Service
	buyer                              *party.Party
	maker, approver, officer, outsider access.Actor
	adjuster                           access.Actor
	needs                              []ident.NeedID
}

func newStreet(t *testing.T, k *testkit.Kit) *street {
	t.Helper()
	s := &street{Kit: k, svc: k.Services.Projects, buyer: k.Buyer()}
	bureau := k.Party(party.KindGOV, "成华区财政局", k.World.District.ID)
	s.maker, s.approver = k.As(access.BuyerMaker, s.buyer), k.As(access.BuyerApprover, s.buyer)
	s.officer, s.adjuster = k.As(access.FinanceOfficer, bureau), k.As(access.FinanceApprover, bureau)
	s.outsider = k.As(access.BuyerMaker, k.Party(party.KindGOV, "另一街道", k.World.Neighbour.ID))
	s.needs = []ident.NeedID{s.need(need.StageAdopted), s.need(need.StageAdopted)}
	return s
}

// need puts a need at a stage, without walking the way there.
func (s *street) need(stage string) ident.NeedID {
	s.T.Helper()
	var id ident.NeedID
	s.Update(func(ctx context.Context, u *app.Unit) error {
		id = ident.NeedID(u.NewID())
		code, err := u.NextCode(ctx, "XQ")
		if err != nil {
			return err
		}
		n, err := need.New(need.Need{
			ID: id, Code: code, PlaceID: s.World.Community.ID, PartyID: s.buyer.ID, Category: "children.after_school",
			Title: "放学后没人管", Summary: "双职工家庭的孩子放学后没有去处", EstimateFen: 6_000_000,
		}, u.Now)
		if err != nil {
			return err
		}
		n.Stage, n.Route = stage, need.RouteGov
		return u.Needs.InsertNeed(ctx, n)
	})
	return id
}

func (s *street) line(fen int64) project.Line {
	s.T.Helper()
	l, err := s.svc.RecordLine(context.Background(), s.officer, projects.LineInput{
		PartyID: s.buyer.ID, FiscalYear: 2026, Source: project.SourceGeneral, FunctionCode: "2080299", EconomyCode: "30227",
		Title: "政府购买社会服务", ApprovedFen: fenOf(fen), Key: s.Key(),
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return l
}

func (s *street) proposal(amount int64, needs ...ident.NeedID) project.Proposal {
	return project.Proposal{
		Title: "和美社区课后托管", Summary: "放学后的托管与陪伴。", Track: project.TrackGovernment, PlaceID: s.World.Community.ID,
		Category: "children.after_school", NeedIDs: needs, Lots: []project.Lot{{Title: "托管服务", AmountFen: fenOf(amount)}},
	}
}

func (s *street) propose(amount int64, needs ...ident.NeedID) projects.Change {
	s.T.Helper()
	p, err := s.svc.Propose(context.Background(), s.maker, projects.ProposeInput{Proposal: s.proposal(amount, needs...), Key: s.Key()})
	if err != nil {
		s.T.Fatal(err)
	}
	return s.change(p, nil)
}

func (s *street) change(p projects.Proposed, err error) projects.Change {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
	return projects.Change{ID: p.ID, Version: p.Version, Key: s.Key()}
}

func (s *street) budget(c projects.Change, line ident.BudgetLineID, amount int64) projects.Change {
	s.T.Helper()
	return s.change(s.svc.ConfirmBudget(context.Background(), s.officer, projects.BudgetInput{
		Change: c, From: []project.Allocation{{LineID: line, AmountFen: fenOf(amount)}},
	}))
}

func (s *street) plan() project.Plan {
	p := project.Plan{
		Method: project.MethodConsultation, StartsOn: calendar.Date{Year: 2026, Month: 6, Day: 1}, EndsOn: calendar.Date{Year: 2027, Month: 5, Day: 31},
		SME: project.SMEPolicy{SocialOnly: true, ExemptionNumber: "成财采〔2026〕12号", ExemptionReason: "面向社会组织购买"},
	}
	for _, item := range project.NegativeItems(project.TrackGovernment) {
		p.Answers = append(p.Answers, project.Answer{Item: item})
	}
	return p
}

func (s *street) view(id ident.ProjectID, as access.Actor) projects.View {
	s.T.Helper()
	v, err := s.svc.Project(context.Background(), as, string(id))
	if err != nil {
		s.T.Fatal(err)
	}
	return v
}

func (s *street) stage(id ident.NeedID) string {
	s.T.Helper()
	var stage string
	s.View(func(ctx context.Context, u *app.Unit) error {
		n, err := u.Needs.Need(ctx, id)
		if err == nil {
			stage = n.Stage
		}
		return err
	})
	return stage
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestProject_FromNeedsToPlan(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		ctx := context.Background()
		line := s.line(20_000_000)
		c := s.propose(12_000_000, s.needs...)
		if s.stage(s.needs[0]) != need.StageAdopted {
			t.Error("a proposal alone takes no need up")
		}
		c = s.budget(c, line.ID, 12_000_000)
		if s.stage(s.needs[0]) != need.StageLinked || s.stage(s.needs[1]) != need.StageLinked {
			t.Error("the needs of a budgeted project are linked")
		}
		p, err := s.svc.FilePlan(ctx, s.approver, projects.PlanInput{Change: c, Plan: s.plan()})
		if err != nil {
			t.Fatal(err)
		}
		v := s.view(p.ID, s.maker)
		if v.Status != project.Planned || v.Code != "XM-2026-000001" || v.BudgetFen != 12_000_000 || len(v.Needs) != 2 || v.Plan.RuleVersion == "" {
			t.Errorf("%+v", v)
		}
		lines, err := s.svc.Lines(ctx, s.officer, project.LineQuery{Limit: 10})
		if err != nil || len(lines) != 1 || lines[0].HeldFen != 12_000_000 || lines[0].FreeFen != 8_000_000 {
			t.Errorf("%+v %v", lines, err)
		}
		s.Update(func(ctx context.Context, u *app.Unit) error { // as the tender and contract areas do
			for _, action := range []string{project.ActSource, project.ActContract, project.ActDeliver, project.ActAccept} {
				if err := projects.Advance(ctx, u, p.ID, action, ""); err != nil {
					return err
				}
			}
			return nil
		})
		v = s.view(p.ID, s.approver)
		c = projects.Change{ID: p.ID, Version: v.Version, Key: s.Key()}
		c = s.change(s.svc.Evaluate(ctx, s.approver, projects.EvaluateInput{Change: c, Score: 92, Note: "服务稳定，家长满意"}))
		s.change(s.svc.Move(ctx, s.maker, projects.MoveInput{Change: c, Action: project.ActArchive}))
		if v = s.view(p.ID, s.maker); v.Status != project.Archived || v.Review.Grade() != "excellent" {
			t.Errorf("%+v", v)
		}
	})
}

func TestPropose_Refusals(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		ctx := context.Background()
		try := func(as access.Actor, in project.Proposal) error {
			_, err := s.svc.Propose(ctx, as, projects.ProposeInput{Proposal: in, Key: s.Key()})
			return err
		}
		refused(t, try(access.Actor{}, s.proposal(100, s.needs...)), "access.sign_in_required")
		refused(t, try(s.approver, s.proposal(100, s.needs...)), "access.forbidden")
		refused(t, try(s.outsider, s.proposal(100, s.needs...)), "project.place_outside")
		refused(t, try(s.maker, s.proposal(100, s.need(need.StageScreened))), "project.need_not_adopted")
		refused(t, try(s.maker, s.proposal(100, "nobody")), "record.not_found")
		elsewhere := s.proposal(100, s.needs...)
		elsewhere.PlaceID = s.World.Neighbour.ID
		refused(t, try(s.maker, elsewhere), "project.need_elsewhere")
		s.propose(100, s.needs...)
		refused(t, try(s.maker, s.proposal(100, s.needs[0])), "project.need_taken")
		list, err := s.svc.List(ctx, access.Actor{}, projects.Filter{Query: project.Query{Limit: 10}})
		if err != nil || len(list) != 1 {
			t.Errorf("refusals left %d projects, %v", len(list), err)
		}
	})
}

func TestBudget_Refusals(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		ctx := context.Background()
		line := s.line(10_000_000)
		first, second := s.propose(6_000_000, s.needs[0]), s.propose(4_000_001, s.needs[1])
		try := func(as access.Actor, c projects.Change, from ...project.Allocation) error {
			c.Key = s.Key()
			_, err := s.svc.ConfirmBudget(ctx, as, projects.BudgetInput{Change: c, From: from})
			return err
		}
		whole := project.Allocation{LineID: line.ID, AmountFen: 6_000_000}
		refused(t, try(s.maker, first, whole), "access.forbidden")
		refused(t, try(s.officer, first), "project.budget_required")
		refused(t, try(s.officer, first, project.Allocation{LineID: line.ID, AmountFen: 5_999_999}), "project.budget_mismatch")
		refused(t, try(s.officer, first, project.Allocation{LineID: "nobody", AmountFen: 6_000_000}), "record.not_found")
		stale := first
		stale.Version++
		refused(t, try(s.officer, stale, whole), "record.stale")
		if s.stage(s.needs[0]) != need.StageAdopted {
			t.Error("a refusal linked the need")
		}
		first = s.budget(first, line.ID, 6_000_000)
		refused(t, try(s.officer, second, project.Allocation{LineID: line.ID, AmountFen: 4_000_001}), "budget.exceeded")
		refused(t, try(s.officer, first, whole), "project.transition_refused")

		_, err := s.svc.AdjustLine(ctx, s.adjuster, projects.AdjustInput{ID: line.ID, Version: line.Version, ApprovedFen: 5_999_999, Reason: "压减", Key: s.Key()})
		refused(t, err, "budget.below_held")
		_, err = s.svc.AdjustLine(ctx, s.officer, projects.AdjustInput{ID: line.ID, Version: line.Version, ApprovedFen: 6_000_000, Reason: "压减", Key: s.Key()})
		refused(t, err, "access.forbidden")
		adjusted, err := s.svc.AdjustLine(ctx, s.adjuster, projects.AdjustInput{ID: line.ID, Version: line.Version, ApprovedFen: 10_000_001, Reason: "追加", Key: s.Key()})
		if err != nil || adjusted.ApprovedFen != 10_000_001 {
			t.Fatal(err)
		}
		s.budget(second, line.ID, 4_000_001)

		c := s.change(s.svc.TakeBackBudget(ctx, s.officer, projects.ReasonInput{Change: first, Reason: "科目填错"}))
		if s.stage(s.needs[0]) != need.StageAdopted {
			t.Error("the need of a project without budget waits again")
		}
		s.budget(c, line.ID, 6_000_000)
	})
}

// Two finance officers give the same last yuan at the same moment: one of them is refused.
func TestBudget_IsNeverGivenTwice(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		line := s.line(10_000_000)
		changes := []projects.Change{s.propose(6_000_000, s.needs[0]), s.propose(6_000_000, s.needs[1])}
		errs := make([]error, len(changes))
		var wg sync.WaitGroup
		for i, c := range changes {
			wg.Go(func() {
				_, errs[i] = s.svc.ConfirmBudget(context.Background(), s.officer, projects.BudgetInput{
					Change: c, From: []project.Allocation{{LineID: line.ID, AmountFen: 6_000_000}},
				})
			})
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errors.Join(pick(errs)), "budget.exceeded") {
			t.Errorf("%v", errs)
		}
	})
}

func pick(errs []error) error {
	if errs[0] != nil {
		return errs[0]
	}
	return errs[1]
}

// The database refuses by itself what bypasses the use cases.
func TestBudget_DatabaseRefusesMoreThanApproved(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		line := s.line(10_000_000)
		s.budget(s.propose(10_000_000, s.needs[0]), line.ID, 10_000_000)
		_, write := s.DB.Handles()
		for _, statement := range []string{
			"UPDATE project_allocation SET amount_fen = amount_fen + 1",
			"UPDATE budget_line SET approved_fen = approved_fen - 1",
			"UPDATE project SET status = 'planned'",
			"UPDATE project SET budgeted_at = NULL",
		} {
			if _, err := write.Exec(statement); err == nil {
				t.Errorf("%s was accepted", statement)
			}
		}
	})
}

func TestPlan_Refusals(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		ctx := context.Background()
		line := s.line(900_000_000)
		c := s.budget(s.propose(300_000_000, s.needs[0]), line.ID, 300_000_000)
		try := func(as access.Actor, c projects.Change, change func(*project.Plan)) error {
			plan := s.plan()
			change(&plan)
			c.Key = s.Key()
			_, err := s.svc.FilePlan(ctx, as, projects.PlanInput{Change: c, Plan: plan})
			return err
		}
		same := func(*project.Plan) {}
		refused(t, try(s.maker, c, same), "access.forbidden")
		refused(t, try(s.outsiderApprover(), c, same), "access.forbidden")
		refused(t, try(s.approver, c, func(p *project.Plan) { p.Answers[0].Hit = true }), "project.negative_list")
		refused(t, try(s.approver, c, func(p *project.Plan) { p.EndsOn = calendar.Date{Year: 2027, Month: 6, Day: 1} }), "project.term_conditions")

		// The maker cannot file the plan of needs he wrote, also not with another hat.
		double := s.secondHat(s.maker, access.BuyerApprover)
		refused(t, try(double, c, same), "duty.incompatible")
		for _, a := range s.view(c.ID, double).Actions {
			if a.Action == project.ActPlan && (a.Permitted || a.Code != "duty.incompatible") {
				t.Errorf("the button says %+v", a)
			}
		}
		if err := try(s.approver, c, same); err != nil {
			t.Fatal(err)
		}
		// A second one of the same item and category would come to more than 4,000,000 (G-07).
		other := s.budget(s.propose(100_000_001, s.needs[1]), line.ID, 100_000_001)
		refused(t, try(s.approver, other, same), "project.splitting")
		if s.view(other.ID, s.approver).Status != project.Budgeted {
			t.Error("a refused plan moved the project")
		}
		if err := try(s.approver, other, func(p *project.Plan) { p.Approval = "财政批复〔2026〕7号" }); err != nil {
			t.Error(err)
		}
	})
}

func (s *street) outsiderApprover() access.Actor {
	return s.As(access.BuyerApprover, s.Party(party.KindGOV, "别的街道", s.World.Neighbour.ID))
}

// secondHat gives a person another role in the same party.
func (s *street) secondHat(a access.Actor, role access.Role) access.Actor {
	s.T.Helper()
	s.Update(func(ctx context.Context, u *app.Unit) error {
		m := &party.Membership{ID: ident.MembershipID(u.NewID()), PersonID: a.PersonID, PartyID: a.PartyID, Role: role, Since: u.Now}
		if err := u.People.InsertMembership(ctx, m); err != nil {
			return err
		}
		var err error
		a, err = u.Core.LiveActor(ctx, access.Actor{PersonID: a.PersonID, MembershipID: m.ID})
		return err
	})
	return a
}

func TestMove_SuspendResumeTerminate(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		ctx := context.Background()
		line := s.line(10_000_000)
		c := s.budget(s.propose(10_000_000, s.needs[0]), line.ID, 10_000_000)
		c = s.change(s.svc.FilePlan(ctx, s.approver, projects.PlanInput{Change: c, Plan: s.plan()}))
		move := func(as access.Actor, action, reason string) error {
			c.Key = s.Key()
			p, err := s.svc.Move(ctx, as, projects.MoveInput{Change: c, Action: action, Reason: reason})
			if err == nil {
				c.Version = p.Version
			}
			return err
		}
		refused(t, move(s.approver, project.ActSuspend, " "), "project.reason_required")
		refused(t, move(s.maker, project.ActSuspend, "待查"), "access.forbidden")
		refused(t, move(s.approver, project.ActBudget, ""), "project.transition_refused")
		refused(t, move(s.approver, "delete", ""), "project.transition_refused")
		if err := move(s.approver, project.ActSuspend, "接到举报，待查"); err != nil {
			t.Fatal(err)
		}
		if v := s.view(c.ID, s.approver); v.SuspendedFrom != project.Planned || len(v.Actions) != 2 {
			t.Errorf("a suspended project offers resume and terminate: %+v", v.Actions)
		}
		refused(t, move(s.approver, project.ActResumeSourcing, "查清"), "project.resume_elsewhere")
		if err := move(s.approver, project.ActResumePlanned, "查清"); err != nil {
			t.Fatal(err)
		}
		if err := move(s.approver, project.ActTerminate, "需求已由物业解决"); err != nil {
			t.Fatal(err)
		}
		if s.stage(s.needs[0]) != need.StageAdopted {
			t.Error("the need of a terminated project waits again")
		}
		// The money is free again and the need can be bundled anew.
		s.budget(s.propose(10_000_000, s.needs[0]), line.ID, 10_000_000)
	})
}

func TestPropose_ReplayedAnswersTheSame(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := newStreet(t, k)
	in := projects.ProposeInput{Proposal: s.proposal(100, s.needs...), Key: s.Key()}
	first, err := s.svc.Propose(context.Background(), s.maker, in)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.svc.Propose(context.Background(), s.maker, in)
	if err != nil || again != first {
		t.Errorf("replay: %+v %v", again, err)
	}
	in.Title = "别的"
	_, err = s.svc.Propose(context.Background(), s.maker, in)
	refused(t, err, "idempotency.reused")
}

func TestRewrite_OnlyWhileProposed(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		ctx := context.Background()
		line := s.line(10_000_000)
		c := s.propose(6_000_000, s.needs[0])
		in := s.proposal(7_000_000, s.needs...)
		in.Lots = append(in.Lots, project.Lot{Title: "暑期班", AmountFen: 1_000_000, NeedIDs: s.needs[:1]})
		_, err := s.svc.Rewrite(ctx, s.outsider, projects.RewriteInput{Change: c, Proposal: in})
		refused(t, err, "access.forbidden")
		c.Key = s.Key()
		c = s.change(s.svc.Rewrite(ctx, s.maker, projects.RewriteInput{Change: c, Proposal: in}))
		v := s.view(c.ID, s.maker)
		if len(v.Lots) != 2 || v.Lots[1].NeedIDs[0] != s.needs[0] || v.LotsFen != 8_000_000 || len(v.NeedIDs) != 2 {
			t.Errorf("%+v", v.Project)
		}
		c = s.budget(c, line.ID, 8_000_000)
		_, err = s.svc.Rewrite(ctx, s.maker, projects.RewriteInput{Change: c, Proposal: in})
		refused(t, err, "project.not_proposed")
	})
}

func TestList_FiltersAndScopes(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		ctx := context.Background()
		first := s.propose(100, s.needs[0])
		s.propose(200, s.needs[1])
		count := func(f projects.Filter) int {
			f.Limit = 10
			list, err := s.svc.List(ctx, access.Actor{}, f)
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		for name, c := range map[string]struct {
			f    projects.Filter
			want int
		}{
			"all":                {projects.Filter{}, 2},
			"of a district":      {projects.Filter{PlaceID: s.World.District.ID}, 2},
			"of a neighbour":     {projects.Filter{PlaceID: s.World.Neighbour.ID}, 0},
			"of a need":          {projects.Filter{Query: project.Query{NeedID: s.needs[0]}}, 1},
			"by state":           {projects.Filter{Query: project.Query{Status: []string{project.Planned}}}, 0},
			"by category":        {projects.Filter{Query: project.Query{Categories: []string{"children.after_school"}}}, 2},
			"by code":            {projects.Filter{Query: project.Query{Text: "000002"}}, 1},
			"per cent is a sign": {projects.Filter{Query: project.Query{Text: "%"}}, 0},
			"after the newest":   {projects.Filter{Query: project.Query{After: "XM-2026-000002"}}, 1},
		} {
			if got := count(c.f); got != c.want {
				t.Errorf("%s: %d, want %d", name, got, c.want)
			}
		}
		own, err := s.svc.Work(ctx, s.outsider, project.Query{Limit: 10})
		if err != nil || len(own) != 0 {
			t.Errorf("another street sees %d of ours, %v", len(own), err)
		}
		bureau, err := s.svc.Work(ctx, s.officer, project.Query{Limit: 10})
		if err != nil || len(bureau) != 2 {
			t.Errorf("finance of the district sees %d, %v", len(bureau), err)
		}
		_, err = s.svc.Work(ctx, access.Actor{}, project.Query{})
		refused(t, err, "access.sign_in_required")
		s.Kit.View(func(ctx context.Context, u *app.Unit) error {
			todos, err := s.svc.Todos(ctx, u, s.officer)
			if err != nil || len(todos) != 2 || todos[1].ID != string(first.ID) {
				t.Errorf("%+v %v", todos, err)
			}
			return nil
		})
	})
}

func fenOf(n int64) money.Fen { return money.Fen(n) }
