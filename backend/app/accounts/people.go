package accounts

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// PersonView is a person as administrators see him: contact data only as masks.
type PersonView struct {
	ID           ident.PersonID
	Name         string
	Phone, Email string // masked
	LockedAt     string // RFC 3339, empty when not locked
	LockReason   string
	Version      int64
	Roles        []Role // live ones
	MayHelp      bool   // the actor may make a reset code in person
	MayLock      bool
}

// People lists people: all for administrators of the platform, those of their own party for
// organisers, those of their place for community workers. Fault access.forbidden.
func (s *Service) People(ctx context.Context, actor access.Actor, f party.PeopleFilter) ([]PersonView, error) {
	return app.Look(ctx, s.app, actor, access.PeopleRead, func(ctx context.Context, u *app.Unit) ([]PersonView, error) {
		narrow(actor, &f)
		list, err := u.People.People(ctx, f)
		if err != nil {
			return nil, err
		}
		out := make([]PersonView, 0, len(list))
		for _, p := range list {
			v, err := s.viewPerson(ctx, u, p)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	})
}

// narrow takes the actor's scope into a filter.
func narrow(a access.Actor, f *party.PeopleFilter) {
	if access.Allow(a, access.PeopleRead, access.Object{}) == nil {
		return
	}
	if a.Role == access.CommunityWorker && a.PlacePath != "" {
		f.PlacePath = a.PlacePath
		return
	}
	f.PartyID = a.PartyID
}

func (s *Service) viewPerson(ctx context.Context, u *app.Unit, p party.Person) (PersonView, error) {
	v := PersonView{
		ID: p.ID, Name: p.Name, Phone: party.MaskPhone(p.Phone), Email: party.MaskEmail(p.Email), LockReason: p.LockReason, Version: p.Version,
		MayLock: p.ID != u.Actor.PersonID && access.Allow(u.Actor, access.AccountLock, access.Object{}) == nil,
		MayHelp: p.ID != u.Actor.PersonID && access.Holds(u.Actor.Role, access.PasswordHelp) && s.onlyOwnResident(ctx, u, p.ID) == nil,
	}
	if p.LockedAt != nil {
		v.LockedAt = p.LockedAt.Format("2006-01-02T15:04:05Z07:00")
	}
	live, err := liveMemberships(ctx, u, p.ID)
	if err != nil {
		return v, err
	}
	for _, m := range live {
		r, err := named(ctx, u, m)
		if err != nil {
			return v, err
		}
		v.Roles = append(v.Roles, r)
	}
	return v, nil
}

// Person shows one person the actor may see. Faults: access.forbidden, record.not_found.
func (s *Service) Person(ctx context.Context, actor access.Actor, id ident.PersonID) (PersonView, error) {
	return app.Look(ctx, s.app, actor, access.PeopleRead, func(ctx context.Context, u *app.Unit) (PersonView, error) {
		p, err := u.People.Person(ctx, id)
		if err != nil {
			return PersonView{}, err
		}
		v, err := s.viewPerson(ctx, u, *p)
		if err != nil {
			return v, err
		}
		for _, r := range v.Roles {
			o, err := objectOf(ctx, u, r.Membership)
			if err != nil {
				return PersonView{}, err
			}
			if access.Allow(actor, access.PeopleRead, o) == nil {
				return v, nil
			}
		}
		if access.Allow(actor, access.PeopleRead, access.Object{}) == nil {
			return v, nil
		}
		return PersonView{}, fault.NotFound("record.not_found", "person not visible")
	})
}

// LockChange locks or unlocks an account, at the version the administrator saw.
type LockChange struct {
	ID      ident.PersonID
	Lock    bool
	Reason  string
	Version int64
	Key     string `json:"-"`
}

// SetLock locks an account and ends its sessions, or unlocks it. Faults: access.forbidden,
// record.not_found, record.stale, person.not_yourself, person.locked, person.not_locked.
func (s *Service) SetLock(ctx context.Context, actor access.Actor, in LockChange) (PersonView, error) {
	w := app.Write{Permission: access.AccountLock, Name: "account.set_lock", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (PersonView, error) {
		p, err := u.People.Person(ctx, in.ID)
		if err != nil {
			return PersonView{}, err
		}
		before := p.State()
		action, err := s.applyLock(p, actor, in)
		if err != nil {
			return PersonView{}, err
		}
		if err := u.People.SavePerson(ctx, p); err != nil {
			return PersonView{}, err
		}
		if err := u.Record(ctx, audit.Entry{Action: action, Kind: "person", ID: string(p.ID), Before: before, After: p.State(), Reason: in.Reason}); err != nil {
			return PersonView{}, err
		}
		if in.Lock {
			if _, err := s.endAll(ctx, u, p.ID, party.EndLocked, ""); err != nil {
				return PersonView{}, err
			}
		}
		return s.viewPerson(ctx, u, *p)
	})
}

func (s *Service) applyLock(p *party.Person, actor access.Actor, in LockChange) (action string, err error) {
	switch {
	case p.ID == actor.PersonID:
		return "", fault.Conflict("person.not_yourself", "locks himself")
	case in.Lock && p.LockedAt != nil:
		return "", fault.Conflict("person.locked", "locked already")
	case !in.Lock && p.LockedAt == nil:
		return "", fault.Conflict("person.not_locked", "not locked")
	}
	p.Version = in.Version
	if !in.Lock {
		p.LockedAt, p.LockReason = nil, ""
		return "account.unlock", nil
	}
	now := s.now()
	p.LockedAt, p.LockReason = &now, in.Reason
	return "account.lock", nil
}

// EndSessions ends all sessions of someone else. Faults: access.forbidden,
// record.not_found, person.not_yourself.
func (s *Service) EndSessions(ctx context.Context, actor access.Actor, in LockChange) (int, error) {
	w := app.Write{Permission: access.AccountLock, Name: "account.end_sessions", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (int, error) {
		p, err := u.People.Person(ctx, in.ID)
		if err != nil {
			return 0, err
		}
		if p.ID == actor.PersonID {
			return 0, fault.Conflict("person.not_yourself", "use sign out everywhere")
		}
		n, err := s.endAll(ctx, u, p.ID, party.EndBySecurity, "")
		if err != nil {
			return 0, err
		}
		return n, u.Record(ctx, audit.Entry{Action: "account.end_sessions", Kind: "person", ID: string(p.ID), Before: p.State(), After: p.State(), Reason: in.Reason})
	})
}

// Profile is what a person changes about himself.
type Profile struct {
	Name, Language string
	Version        int64
	Key            string `json:"-"`
}

// ChangeProfile changes the actor's own name and language. Faults: person.name_invalid,
// record.stale.
func (s *Service) ChangeProfile(ctx context.Context, actor access.Actor, in Profile) (Done, error) {
	name, err := party.NormaliseName(in.Name)
	if err != nil {
		return Done{}, err
	}
	w := app.Write{Permission: access.SignedIn, Name: "person.change", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		p, err := u.People.Person(ctx, actor.PersonID)
		if err != nil {
			return Done{}, err
		}
		before := p.State()
		p.Name, p.Version = name, in.Version
		if in.Language == "zh" || in.Language == "en" {
			p.Language = in.Language
		}
		if err := u.People.SavePerson(ctx, p); err != nil {
			return Done{}, err
		}
		if err := u.Record(ctx, audit.Entry{Action: "person.change", Kind: "person", ID: string(p.ID), Before: before, After: p.State()}); err != nil {
			return Done{}, err
		}
		return Done{OK: true}, u.Emit(ctx, event.Event{Kind: "person.changed", ObjectKind: "person", ObjectID: string(p.ID)})
	})
}
