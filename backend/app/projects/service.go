// Package projects bundles needs into budgeted projects and moves them along.
package projects

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/project"
	"linli/backend/domain/rulebook"
)

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct{ app *app.App }

// New binds the use cases to the application's ports.
func New(a *app.App) *Service { return &Service{app: a} }

// Change names a project, the version the caller has seen and his idempotency key.
type Change struct {
	ID      ident.ProjectID
	Version int64
	Key     string `json:"-"`
}

// rules are those in force today.
func (s *Service) rules(u *app.Unit) rulebook.Rules {
	return s.app.Rules.At(s.app.Settings.Jurisdiction, calendar.DateOf(u.Now))
}

// loaded is a project with its place and the state it was in before a change.
type loaded struct {
	*project.Project
	place  *community.Place
	before project.Project
}

// open loads a project for a change. Faults: record.not_found, record.stale.
func open(ctx context.Context, u *app.Unit, c Change) (loaded, error) {
	p, err := u.Projects.Project(ctx, c.ID)
	if err != nil {
		return loaded{}, err
	}
	if p.Version != c.Version {
		return loaded{}, fault.Stale("record.stale", "the project was changed by someone else").With("version", "")
	}
	place, err := u.Places.Place(ctx, p.PlaceID)
	if err != nil {
		return loaded{}, err
	}
	return loaded{Project: p, place: place, before: *p}, nil
}

func (l loaded) object() access.Object {
	return access.Object{PartyID: l.PartyID, PlacePath: l.place.Path}
}

// step is what is told about one change.
type step struct {
	action, past string // "budget", "budgeted": audit action and event
	reason, rule string
	data         map[string]string
}

// keep saves a changed project with its audit record and event.
func (l loaded) keep(ctx context.Context, u *app.Unit, s step) error {
	if err := u.Projects.SaveProject(ctx, l.Project); err != nil {
		return err
	}
	return l.tell(ctx, u, s, l.before)
}

func (l loaded) tell(ctx context.Context, u *app.Unit, s step, before any) error {
	err := u.Record(ctx, audit.Entry{
		Action: "project." + s.action, Kind: "project", ID: string(l.ID), PlaceID: l.PlaceID, ProjectID: l.ID,
		Before: before, After: l.Project, Reason: s.reason, RuleVersion: s.rule,
	})
	if err != nil {
		return err
	}
	data := map[string]string{"code": l.Code, "title": l.Title, "status": l.Status}
	if s.reason != "" {
		data["reason"] = s.reason
	}
	for k, v := range s.data {
		data[k] = v
	}
	return u.Emit(ctx, event.Event{
		Kind: "project." + s.past, ObjectKind: "project", ObjectID: string(l.ID), ProjectID: l.ID, PlaceID: l.PlaceID, Data: data,
	})
}

// inside tells whether a place lies in another or is it.
func inside(p, outer *community.Place) bool { return strings.HasPrefix(p.Path, outer.Path) }
