package projects

import (
	"context"
	"slices"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/project"
)

// MoveInput fires an action that needs nothing but a reason: suspend, the resumes, terminate,
// archive.
type MoveInput struct {
	Change
	Action string
	Reason string
}

// moves lists those actions with what their event is called.
var moves = map[string]string{
	project.ActSuspend: "suspended", project.ActTerminate: "terminated", project.ActArchive: "archived",
	project.ActResumePlanned: "resumed", project.ActResumeSourcing: "resumed",
	project.ActResumeContracted: "resumed", project.ActResumeDelivering: "resumed",
}

// Move fires such an action. Faults: access.forbidden, project.reason_required,
// project.transition_refused, project.resume_elsewhere, record.not_found, record.stale.
func (s *Service) Move(ctx context.Context, actor access.Actor, in MoveInput) (Proposed, error) {
	in.Reason = strings.TrimSpace(in.Reason)
	permission, ok := permissionOf(in.Action)
	if !ok {
		return Proposed{}, fault.Invalid("project.transition_refused", in.Action+" is no move").With("action", in.Action).With("state", "")
	}
	w := app.Write{Permission: permission, Name: "project." + in.Action, Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Proposed, error) {
		l, err := open(ctx, u, in.Change)
		if err != nil {
			return Proposed{}, err
		}
		if err := access.Allow(u.Actor, permission, l.object()); err != nil {
			return Proposed{}, err
		}
		if _, err := l.Fire(in.Action, in.Reason); err != nil {
			return Proposed{}, err
		}
		if in.Action == project.ActTerminate {
			if err := releaseNeeds(ctx, u, l.Project, in.Reason); err != nil {
				return Proposed{}, err
			}
		}
		err = l.keep(ctx, u, step{action: in.Action, past: moves[in.Action], reason: in.Reason})
		return Proposed{l.ID, l.Code, l.Version}, err
	})
}

func permissionOf(action string) (access.Permission, bool) {
	if moves[action] == "" {
		return "", false
	}
	for _, row := range project.Machine.Rows {
		if row.Action == action {
			return row.Permission, true
		}
	}
	return "", false
}

// EvaluateInput is the performance evaluation of an accepted project.
type EvaluateInput struct {
	Change
	Score int
	Note  string
}

// Evaluate stores the performance evaluation 绩效评价. Faults: access.forbidden,
// project.invalid, project.transition_refused, record.not_found, record.stale.
func (s *Service) Evaluate(ctx context.Context, actor access.Actor, in EvaluateInput) (Proposed, error) {
	w := app.Write{Permission: access.ProjectEvaluate, Name: "project.evaluate", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Proposed, error) {
		l, err := open(ctx, u, in.Change)
		if err != nil {
			return Proposed{}, err
		}
		if err := access.Allow(u.Actor, access.ProjectEvaluate, l.object()); err != nil {
			return Proposed{}, err
		}
		review := project.Review{Score: in.Score, Note: in.Note, By: u.Actor.PersonID, At: u.Now}
		if err := l.Judge(review); err != nil {
			return Proposed{}, err
		}
		err = l.keep(ctx, u, step{action: "evaluate", past: "evaluated", data: map[string]string{"grade": review.Grade()}})
		return Proposed{l.ID, l.Code, l.Version}, err
	})
}

// advances lists the actions that tender, contract and acceptance fire, with their events.
var advances = map[string]string{
	project.ActSource: "sourcing_started", project.ActFail: "sourcing_failed", project.ActContract: "contracted",
	project.ActDeliver: "delivery_started", project.ActAccept: "accepted",
}

// Advance moves a project inside another area's use case, whose own permission governs.
// Faults: project.transition_refused, project.reason_required, record.not_found.
func Advance(ctx context.Context, u *app.Unit, id ident.ProjectID, action, reason string) error {
	past, ok := advances[action]
	if !ok {
		return fault.Internal("projects.Advance does not know "+action, nil)
	}
	p, err := u.Projects.Project(ctx, id)
	if err != nil {
		return err
	}
	place, err := u.Places.Place(ctx, p.PlaceID)
	if err != nil {
		return err
	}
	l := loaded{Project: p, place: place, before: *p}
	if _, err := l.Fire(action, strings.TrimSpace(reason)); err != nil {
		return err
	}
	return l.keep(ctx, u, step{action: action, past: past, reason: p.Reason})
}

// AdvanceIf is Advance for an action that the project may already be past: another lot may
// have moved it. It does nothing unless the project is in one of the states given.
func AdvanceIf(ctx context.Context, u *app.Unit, id ident.ProjectID, action, reason string, from ...string) error {
	p, err := u.Projects.Project(ctx, id)
	if err != nil || !slices.Contains(from, p.Status) {
		return err
	}
	return Advance(ctx, u, id, action, reason)
}
