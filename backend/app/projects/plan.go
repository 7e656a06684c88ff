package projects

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/project"
)

// PlanInput is the implementation plan to file.
type PlanInput struct {
	Change
	Plan project.Plan
}

// FilePlan checks and files the implementation plan; the project may then be bought. Who wrote
// the needs may not file it. Faults: access.forbidden, duty.incompatible, record.not_found,
// record.stale, and those of project.FilePlan.
func (s *Service) FilePlan(ctx context.Context, actor access.Actor, in PlanInput) (Proposed, error) {
	w := app.Write{Permission: access.ProjectPlan, Name: "project.plan", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Proposed, error) {
		l, err := open(ctx, u, in.Change)
		if err != nil {
			return Proposed{}, err
		}
		if err := access.Allow(u.Actor, access.ProjectPlan, l.object()); err != nil {
			return Proposed{}, err
		}
		plan := in.Plan
		plan.FiledBy, plan.FiledAt, plan.Approval = u.Actor.PersonID, u.Now, strings.TrimSpace(plan.Approval)
		rules := s.rules(u)
		next, earlier, err := yearsPurchases(ctx, u, l.Project, plan)
		if err != nil {
			return Proposed{}, err
		}
		if err := l.FilePlan(plan, next, earlier, rules); err != nil {
			return Proposed{}, err
		}
		if err := u.TakeDuty(ctx, l.ID, access.DutyNeedReview); err != nil {
			return Proposed{}, err
		}
		err = l.keep(ctx, u, step{action: "plan", past: "planned", rule: rules.Version, data: map[string]string{"method": string(plan.Method)}})
		return Proposed{l.ID, l.Code, l.Version}, err
	})
}

// yearsPurchases gives what the plan would buy per budget item and what the buyer buys in the
// same fiscal years besides, for the splitting check.
func yearsPurchases(ctx context.Context, u *app.Unit, p *project.Project, plan project.Plan) (next, earlier []project.Purchase, err error) {
	lines := map[ident.BudgetLineID]*project.Line{}
	years := map[int]bool{}
	for _, a := range p.Budget {
		line, err := u.Projects.Line(ctx, a.LineID)
		if err != nil {
			return nil, nil, err
		}
		lines[a.LineID], years[line.FiscalYear] = line, true
	}
	for year := range years {
		more, err := u.Projects.YearsPurchases(ctx, p.PartyID, year, p.ID)
		if err != nil {
			return nil, nil, err
		}
		earlier = append(earlier, more...)
	}
	next, err = p.Purchases(plan, lines)
	return next, earlier, err
}

// WithdrawPlan takes a filed plan back while nothing is being bought. Faults:
// access.forbidden, project.reason_required, project.transition_refused, record.not_found,
// record.stale.
func (s *Service) WithdrawPlan(ctx context.Context, actor access.Actor, in ReasonInput) (Proposed, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	w := app.Write{Permission: access.ProjectPlan, Name: "project.replan", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Proposed, error) {
		l, err := open(ctx, u, in.Change)
		if err != nil {
			return Proposed{}, err
		}
		if err := access.Allow(u.Actor, access.ProjectPlan, l.object()); err != nil {
			return Proposed{}, err
		}
		if err := l.Withdraw(in.Reason); err != nil {
			return Proposed{}, err
		}
		err = l.keep(ctx, u, step{action: "replan", past: "plan_withdrawn", reason: in.Reason})
		return Proposed{l.ID, l.Code, l.Version}, err
	})
}
