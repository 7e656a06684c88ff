// Package funds keeps community funds: their pledges, inflows and grants, the book that the
// public statement adds up, and card donations where the jurisdiction allows them.
package funds

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/project"
	"linli/backend/domain/rulebook"
)

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct {
	app   *app.App
	cards Cards // nil: cards are off
}

// New binds the use cases to the application's ports.
func New(a *app.App) *Service { return &Service{app: a} }

// UseCards connects the card provider; called once while wiring.
func (s *Service) UseCards(c Cards) { s.cards = c }

// Write carries what every write has: who acts, the idempotency key and, for a change, the
// version the caller saw.
type Write struct {
	Actor   access.Actor
	Key     string
	Version int64
}

func (w Write) to(p access.Permission, name string, input any) app.Write {
	return app.Write{Permission: p, Name: name, Key: w.Key, Input: struct {
		Version int64
		Input   any
	}{w.Version, input}}
}

// rules are those in force today where this installation is.
func (s *Service) rules(u *app.Unit) rulebook.Rules {
	return s.app.Rules.At(s.app.Settings.Jurisdiction, calendar.DateOf(u.Now))
}

// fundFor loads a fund and asks whether the actor may do this to it.
func fundFor(ctx context.Context, u *app.Unit, id ident.FundID, p access.Permission) (*fund.Fund, error) {
	f, err := u.Funds.Fund(ctx, id)
	if err != nil {
		return nil, err
	}
	return f, access.Allow(u.Actor, p, access.Object{PartyID: f.PartyID})
}

// stale refuses a change based on another version than the stored one.
func stale(seen, stored int64) error {
	if seen != stored {
		return fault.Stale("record.stale", "the record was changed by someone else")
	}
	return nil
}

// note records and announces one change of something that belongs to a fund.
type note struct {
	kind, id      string
	action        string // the verb; the audit action is kind.action
	event         string // the verb in the past; "" announces nothing
	fund          *fund.Fund
	project       ident.ProjectID
	before, after any
	reason        string
	rules         string
	data          map[string]string
}

func (n note) write(ctx context.Context, u *app.Unit) error {
	if err := u.Record(ctx, audit.Entry{
		Action: n.kind + "." + n.action, Kind: n.kind, ID: n.id, PlaceID: n.fund.PlaceID, ProjectID: n.project,
		Before: n.before, After: n.after, Reason: n.reason, RuleVersion: n.rules,
	}); err != nil {
		return err
	}
	if n.event == "" {
		return nil
	}
	data := map[string]string{"fundId": string(n.fund.ID), "fundName": n.fund.Name, "partyId": string(n.fund.PartyID)}
	for k, v := range n.data {
		data[k] = v
	}
	return u.Emit(ctx, event.Event{
		Kind: n.kind + "." + n.event, ObjectKind: n.kind, ObjectID: n.id, ProjectID: n.project, PlaceID: n.fund.PlaceID, Data: data,
	})
}

// awarded are the states of a project whose award is known to everyone.
var awarded = map[string]bool{
	project.Contracted: true, project.Delivering: true, project.Accepted: true, project.Evaluated: true, project.Archived: true,
}

// awardKnown tells whether a pledge that concerns a project may be seen: a project that was
// stopped keeps it hidden, because it may be bought again.
func awardKnown(ctx context.Context, u *app.Unit, id ident.ProjectID) (bool, error) {
	if id == "" {
		return true, nil
	}
	p, err := u.Projects.Project(ctx, id)
	if err != nil {
		return false, err
	}
	return awarded[p.Status], nil
}
