package needs

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

// Assisting says for whom a community worker is going to write, and how the resident came.
type Assisting struct {
	PlaceID  ident.PlaceID
	Phone    string // of a resident with an account; empty for a nameless one
	Nameless string
	Channel  need.Channel
}

// StartAssist opens half an hour in which the worker writes for one resident. One at a time:
// the banner names one person. Faults: assist.invalid, assist.running, record.not_found for
// an unknown telephone number, access.forbidden.
func (s *Service) StartAssist(ctx context.Context, w Write, in Assisting) (need.Assist, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(access.NeedAssist, "startAssist", in), func(ctx context.Context, u *app.Unit) (need.Assist, error) {
		if _, err := communityAt(ctx, u, in.PlaceID, access.NeedAssist); err != nil {
			return need.Assist{}, err
		}
		if _, err := u.Needs.RunningAssist(ctx, u.Actor.PersonID, u.Now); err == nil {
			return need.Assist{}, fault.Conflict("assist.running", "another assisted session is running")
		} else if fault.KindOf(err) != fault.KindNotFound {
			return need.Assist{}, err
		}
		draft := need.Assist{ID: u.NewID(), WorkerID: u.Actor.PersonID, PlaceID: in.PlaceID, Nameless: in.Nameless, Channel: in.Channel}
		if in.Phone != "" {
			person, err := u.People.PersonByLogin(ctx, in.Phone)
			if err != nil {
				return need.Assist{}, err
			}
			draft.PersonID, draft.Nameless = person.ID, ""
		}
		a, err := need.NewAssist(draft, u.Now)
		if err != nil {
			return need.Assist{}, err
		}
		u.Actor.OnBehalfOf = a.PersonID
		if err := u.Needs.InsertAssist(ctx, a); err != nil {
			return need.Assist{}, err
		}
		return *a, noteAssist(ctx, u, "start", nil, a)
	})
}

// EndAssist closes it before its time. Faults: assist.over, assist.not_yours.
func (s *Service) EndAssist(ctx context.Context, w Write, id string) (need.Assist, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(access.NeedAssist, "endAssist", id), func(ctx context.Context, u *app.Unit) (need.Assist, error) {
		a, err := u.Needs.Assist(ctx, id)
		if err != nil {
			return need.Assist{}, err
		}
		before := *a
		if err := a.End(u.Actor.PersonID, u.Now); err != nil {
			return need.Assist{}, err
		}
		u.Actor.OnBehalfOf = a.PersonID
		if err := u.Needs.SaveAssist(ctx, a); err != nil {
			return need.Assist{}, err
		}
		return *a, noteAssist(ctx, u, "end", before, a)
	})
}

func noteAssist(ctx context.Context, u *app.Unit, action string, before any, a *need.Assist) error {
	return u.Record(ctx, audit.Entry{Action: "assist." + action, Kind: "assist", ID: a.ID, PlaceID: a.PlaceID, Before: before, After: a})
}

// CurrentAssist is the worker's running sitting, for the banner; the empty one when none runs.
func (s *Service) CurrentAssist(ctx context.Context, actor access.Actor) (need.Assist, error) {
	return app.Look(ctx, s.app, actor, access.NeedAssist, func(ctx context.Context, u *app.Unit) (need.Assist, error) {
		a, err := u.Needs.RunningAssist(ctx, actor.PersonID, u.Now)
		if fault.KindOf(err) == fault.KindNotFound {
			return need.Assist{}, nil
		}
		if err != nil {
			return need.Assist{}, err
		}
		return *a, nil
	})
}
