package projects

import (
	"context"
	"slices"
	"strings"

	"linli/backend/app"
	"linli/backend/app/needs"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/project"
)

// BudgetInput confirms from which lines a project is paid.
type BudgetInput struct {
	Change
	From []project.Allocation
}

// ConfirmBudget gives a proposal its money: finance names budget lines that carry it to the
// fen, and the needs count as taken up. Faults: access.forbidden, project.budget_required,
// project.budget_mismatch, budget.exceeded, budget.other_party, budget.source_track,
// project.transition_refused, record.not_found, record.stale, and those of a need that may
// no longer be linked.
func (s *Service) ConfirmBudget(ctx context.Context, actor access.Actor, in BudgetInput) (Proposed, error) {
	w := app.Write{Permission: access.ProjectBudget, Name: "project.budget", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Proposed, error) {
		l, err := open(ctx, u, in.Change)
		if err != nil {
			return Proposed{}, err
		}
		if err := access.Allow(u.Actor, access.ProjectBudget, l.object()); err != nil {
			return Proposed{}, err
		}
		if err := l.TakeBudget(in.From, u.Now); err != nil {
			return Proposed{}, err
		}
		if err := take(ctx, u, l.Project); err != nil {
			return Proposed{}, err
		}
		amount, err := l.BudgetFen()
		if err != nil {
			return Proposed{}, err
		}
		if err := linkNeeds(ctx, u, l.Project); err != nil {
			return Proposed{}, err
		}
		err = l.keep(ctx, u, step{action: "budget", past: "budgeted", data: map[string]string{"amount": amount.String()}})
		return Proposed{l.ID, l.Code, l.Version}, err
	})
}

// take asks every line, in the order of their ids so that two writers never wait for each
// other, whether it has that much left.
func take(ctx context.Context, u *app.Unit, p *project.Project) error {
	from := slices.Clone(p.Budget)
	slices.SortFunc(from, func(a, b project.Allocation) int { return strings.Compare(string(a.LineID), string(b.LineID)) })
	for _, a := range from {
		if err := u.Projects.LockLine(ctx, a.LineID); err != nil {
			return err
		}
		line, err := u.Projects.Line(ctx, a.LineID)
		if err != nil {
			return err
		}
		held, err := u.Projects.Held(ctx, []ident.BudgetLineID{a.LineID})
		if err != nil {
			return err
		}
		// The project held nothing until now: a proposal has no allocations.
		if err := line.Take(p, a.AmountFen, held[a.LineID]); err != nil {
			return err
		}
	}
	return nil
}

func linkNeeds(ctx context.Context, u *app.Unit, p *project.Project) error {
	return needs.AdvanceFor(ctx, u, p.NeedIDs, need.ActLink, "", p.Code)
}

// releaseNeeds returns needs that wait for delivery to the adopted ones; those being served or
// already served stay where they are.
func releaseNeeds(ctx context.Context, u *app.Unit, p *project.Project, reason string) error {
	var waiting []ident.NeedID
	for _, id := range p.NeedIDs {
		n, err := u.Needs.Need(ctx, id)
		if err != nil {
			return err
		}
		if n.Stage == need.StageLinked {
			waiting = append(waiting, id)
		}
	}
	return needs.AdvanceFor(ctx, u, waiting, need.ActUnlink, reason, p.Code)
}

// ReasonInput is a change that needs a public reason.
type ReasonInput struct {
	Change
	Reason string
}

// TakeBackBudget returns a budgeted project to a proposal. Faults: access.forbidden,
// project.reason_required, project.transition_refused, record.not_found, record.stale.
func (s *Service) TakeBackBudget(ctx context.Context, actor access.Actor, in ReasonInput) (Proposed, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	w := app.Write{Permission: access.ProjectBudget, Name: "project.unbudget", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Proposed, error) {
		l, err := open(ctx, u, in.Change)
		if err != nil {
			return Proposed{}, err
		}
		if err := access.Allow(u.Actor, access.ProjectBudget, l.object()); err != nil {
			return Proposed{}, err
		}
		if err := l.GiveBack(in.Reason); err != nil {
			return Proposed{}, err
		}
		if err := releaseNeeds(ctx, u, l.Project, in.Reason); err != nil {
			return Proposed{}, err
		}
		err = l.keep(ctx, u, step{action: "unbudget", past: "unbudgeted", reason: in.Reason})
		return Proposed{l.ID, l.Code, l.Version}, err
	})
}
