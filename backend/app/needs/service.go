// Package needs takes voices, gathers them into needs and moves needs along.
package needs

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/need"
	"linli/backend/domain/rulebook"
)

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct{ app *app.App }

// New binds the use cases to the application's ports.
func New(a *app.App) *Service { return &Service{app: a} }

// Write says who writes, and the idempotency key of the request.
type Write struct {
	Actor access.Actor
	Key   string
}

func (w Write) to(p access.Permission, name string, input any) app.Write {
	return app.Write{Permission: p, Name: name, Key: w.Key, Input: input}
}

func (s *Service) rules(u *app.Unit) rulebook.Rules {
	return s.app.Rules.At(s.app.Settings.Jurisdiction, calendar.DateOf(u.Now))
}

// communityAt loads the community a voice or need belongs to and checks the actor's
// permission there. Faults: record.not_found, need.place_not_community, access.forbidden.
func communityAt(ctx context.Context, u *app.Unit, id ident.PlaceID, p access.Permission) (*community.Place, error) {
	place, err := u.Places.Place(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := access.Allow(u.Actor, p, access.Object{PlacePath: place.Path}); err != nil {
		return nil, err
	}
	if place.Level != community.LevelCommunity || !place.Active {
		return nil, fault.Invalid("need.place_not_community", "not a community in force").
			At("placeId", "level", "choose a community or village")
	}
	return place, nil
}

// mayAt checks a permission at a place that may have ended since.
func mayAt(ctx context.Context, u *app.Unit, id ident.PlaceID, p access.Permission) error {
	place, err := u.Places.Place(ctx, id)
	if err != nil {
		return err
	}
	return access.Allow(u.Actor, p, access.Object{PlacePath: place.Path})
}

// seen refuses a change that is based on an older version. Fault record.stale.
func seen(have, want int64) error {
	if have != want {
		return fault.Stale("record.stale", "the record was changed by someone else")
	}
	return nil
}

// noteNeed records, tells and keeps the public step of one act on a need; after is what was
// saved.
func noteNeed(ctx context.Context, u *app.Unit, before any, n *need.Need, row lifecycle.Row, reason, about string) error {
	action := row.Action
	err := u.Needs.AddStep(ctx, need.Step{
		ID: u.NewID(), NeedID: n.ID, At: u.Now, Action: action, Stage: n.Stage, Outcome: n.Outcome, Reason: reason,
		PartyID: u.Actor.PartyID, Role: string(u.Actor.Role), About: about,
	})
	if err != nil {
		return err
	}
	if err := u.Record(ctx, audit.Entry{
		Action: "need." + action, Kind: "need", ID: string(n.ID), PlaceID: n.PlaceID, NeedID: n.ID, Before: before, After: n, Reason: reason,
	}); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{
		Kind: "need." + action, ObjectKind: "need", ObjectID: string(n.ID), NeedID: n.ID, PlaceID: n.PlaceID,
		Data: map[string]string{"title": n.Title, "code": n.Code, "stage": n.Stage, "outcome": n.Outcome, "reason": reason, "about": about, "link": "/needs/" + n.Code},
	})
}

// noteVoice records and tells one act on a voice; its author is always named.
func noteVoice(ctx context.Context, u *app.Unit, before any, v *need.Voice, action, reason string) error {
	if err := u.Record(ctx, audit.Entry{
		Action: "voice." + action, Kind: "voice", ID: string(v.ID), PlaceID: v.PlaceID, NeedID: v.NeedID, Before: before, After: v, Reason: reason,
	}); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{
		Kind: "voice." + action, ObjectKind: "voice", ObjectID: string(v.ID), NeedID: v.NeedID, PlaceID: v.PlaceID,
		Data: map[string]string{"code": v.Code, "authorId": string(v.AuthorID), "stage": v.Status, "reason": reason, "link": "/voices/" + v.Code},
	})
}
