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

// Authenticate turns the access token of a request into who makes it. The session and the
// membership are looked up each time, so that signing out everywhere and the end of a role
// take effect at once; a person whose role has ended acts without one. Faults:
// session.token_invalid, session.token_expired, session.ended, session.expired,
// session.switched.
func (s *Service) Authenticate(ctx context.Context, bearer string) (access.Actor, error) {
	claims, err := s.Tokens.Read(bearer)
	if err != nil {
		return access.Actor{}, err
	}
	var actor access.Actor
	err = s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		who, err := u.People.Who(ctx, claims.SessionID)
		if fault.KindOf(err) == fault.KindNotFound {
			return fault.Unauthenticated("session.token_invalid", "no such session")
		}
		if err != nil {
			return err
		}
		if err := who.Session.Check(s.now()); err != nil {
			return err
		}
		if who.Session.PersonID != claims.PersonID || who.Session.MembershipID != claims.MembershipID {
			return fault.Unauthenticated("session.switched", "the session acts in another role now")
		}
		actor = actorOf(who, u)
		return nil
	})
	return actor, err
}

func actorOf(who *party.Presence, u *app.Unit) access.Actor {
	a := access.Actor{PersonID: who.Person.ID, Name: who.Person.Name, SessionID: who.Session.ID}
	if m := who.Membership; m != nil && m.Live(u.Now) && who.Party.Active {
		a.MembershipID, a.PartyID, a.Role = m.ID, m.PartyID, m.Role
		a.PlaceID, a.PlacePath = who.PlaceID, who.PlacePath
	}
	return a
}

// Refresh spends a refresh token and answers with the next pair. A token that was spent
// before means that two hold it: the session ends for both (RFC 9700 §4.14). Faults:
// session.token_invalid, session.token_reused, session.ended, session.expired.
func (s *Service) Refresh(ctx context.Context, token string) (Signed, error) {
	var out Signed
	var refusal error
	err := s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		var err error
		out, refusal, err = s.rotate(ctx, u, digest(token))
		return err
	})
	if err != nil {
		return Signed{}, err
	}
	return out, refusal
}

// rotate returns the refusal apart from errors, because the end of a session is committed.
func (s *Service) rotate(ctx context.Context, u *app.Unit, hash string) (out Signed, refusal, err error) {
	now := s.now()
	r, err := u.People.Refresh(ctx, hash)
	if fault.KindOf(err) == fault.KindNotFound {
		return Signed{}, fault.Unauthenticated("session.token_invalid", "no such refresh token"), nil
	}
	if err != nil {
		return Signed{}, nil, err
	}
	who, err := u.People.Who(ctx, r.SessionID)
	if err != nil {
		return Signed{}, nil, err
	}
	u.Actor = actorOf(who, u)
	first, err := u.People.SpendRefresh(ctx, hash, now)
	if err != nil {
		return Signed{}, nil, err
	}
	if !first {
		return Signed{}, fault.Unauthenticated("session.token_reused", "refresh token was used before"), s.onReuse(ctx, u, who.Session)
	}
	if err := who.Session.Check(now); err != nil {
		return Signed{}, err, nil
	}
	if !r.EndsAt.After(now) {
		return Signed{}, fault.Unauthenticated("session.expired", "unused for too long"), nil
	}
	out, err = s.issue(ctx, u, who.Session, u.Actor.Role)
	return out, nil, err
}

// onReuse ends the session that two hold and tells its owner.
func (s *Service) onReuse(ctx context.Context, u *app.Unit, x party.Session) error {
	if x.EndedAt != nil {
		return nil
	}
	if err := endSession(ctx, u, x, party.EndTokenReused, s.now()); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{
		Kind: "session.token_reused", ObjectKind: "session", ObjectID: string(x.ID),
		Data: map[string]string{"toPersons": string(x.PersonID), "device": x.Device},
	})
}

// Switch makes the session act in another of the person's roles and issues an access token
// for it. Faults: access.sign_in_required, session.membership_unknown, session.ended.
func (s *Service) Switch(ctx context.Context, actor access.Actor, to ident.MembershipID) (Signed, error) {
	if err := signedIn(actor); err != nil {
		return Signed{}, err
	}
	var out Signed
	err := s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		m, err := s.chooseMembership(ctx, u, actor.PersonID, to)
		if err != nil {
			return err
		}
		x, err := u.People.Session(ctx, actor.SessionID)
		if err != nil {
			return err
		}
		if err := x.Check(s.now()); err != nil {
			return err
		}
		before := *x
		x.MembershipID = m.ID
		if err := u.People.SaveSession(ctx, x); err != nil {
			return err
		}
		u.Actor = access.Actor{PersonID: actor.PersonID, MembershipID: m.ID, PartyID: m.PartyID, Role: m.Role, SessionID: x.ID}
		if err := u.Record(ctx, audit.Entry{Action: "session.switch", Kind: "session", ID: string(x.ID), Before: before, After: *x}); err != nil {
			return err
		}
		text, ends, err := s.Tokens.Issue(party.Claims{PersonID: x.PersonID, MembershipID: m.ID, SessionID: x.ID})
		out = Signed{SessionID: x.ID, PersonID: x.PersonID, Access: text, AccessEnds: ends}
		return err
	})
	return out, err
}

// SignOut ends the session a refresh token belongs to. An unknown token is no fault: the
// caller is signed out either way.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		r, err := u.People.Refresh(ctx, digest(token))
		if fault.KindOf(err) == fault.KindNotFound {
			return nil
		}
		if err != nil {
			return err
		}
		who, err := u.People.Who(ctx, r.SessionID)
		if err != nil {
			return err
		}
		u.Actor = actorOf(who, u)
		return endSession(ctx, u, who.Session, party.EndSignedOut, s.now())
	})
}

// EndSession ends one of the actor's own sessions. Faults: access.sign_in_required,
// record.not_found.
func (s *Service) EndSession(ctx context.Context, actor access.Actor, id ident.SessionID) error {
	if err := signedIn(actor); err != nil {
		return err
	}
	return s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		x, err := u.People.Session(ctx, id)
		if err != nil {
			return err
		}
		if x.PersonID != actor.PersonID {
			return fault.NotFound("record.not_found", "session of someone else")
		}
		u.Actor = actor
		return endSession(ctx, u, *x, party.EndSignedOut, s.now())
	})
}

// SignOutEverywhere ends all sessions of the actor and tells how many. Fault
// access.sign_in_required.
func (s *Service) SignOutEverywhere(ctx context.Context, actor access.Actor) (int, error) {
	if err := signedIn(actor); err != nil {
		return 0, err
	}
	ended := 0
	err := s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		var err error
		u.Actor = actor
		ended, err = s.endAll(ctx, u, actor.PersonID, party.EndEverywhere, "")
		return err
	})
	return ended, err
}

// endAll ends every open session of a person but one.
func (s *Service) endAll(ctx context.Context, u *app.Unit, id ident.PersonID, reason string, but ident.SessionID) (int, error) {
	now := s.now()
	open, err := u.People.OpenSessions(ctx, id, now)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, x := range open {
		if x.ID == but {
			continue
		}
		if err := endSession(ctx, u, x.Session, reason, now); err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// Sessions lists the actor's open sessions, oldest first. Fault access.sign_in_required.
func (s *Service) Sessions(ctx context.Context, actor access.Actor) ([]party.SessionUse, error) {
	if err := signedIn(actor); err != nil {
		return nil, err
	}
	var out []party.SessionUse
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		var err error
		out, err = u.People.OpenSessions(ctx, actor.PersonID, s.now())
		return err
	})
	return out, err
}

// Me is who is signed in and in which roles he may act.
type Me struct {
	Person      party.Person
	SessionID   ident.SessionID
	Membership  *Role
	Memberships []Role
}

// Role is a membership with the words a person knows it by.
type Role struct {
	party.Membership
	PartyName   string
	PartyNameEN string
	PartyKind   party.Kind
	PlaceName   string
}

// Me describes the actor. Fault access.sign_in_required.
func (s *Service) Me(ctx context.Context, actor access.Actor) (Me, error) {
	if err := signedIn(actor); err != nil {
		return Me{}, err
	}
	var out Me
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		p, err := u.People.Person(ctx, actor.PersonID)
		if err != nil {
			return err
		}
		out = Me{Person: *p, SessionID: actor.SessionID}
		live, err := liveMemberships(ctx, u, actor.PersonID)
		if err != nil {
			return err
		}
		for _, m := range live {
			r, err := named(ctx, u, m)
			if err != nil {
				return err
			}
			out.Memberships = append(out.Memberships, r)
			if m.ID == actor.MembershipID {
				out.Membership = &r
			}
		}
		return nil
	})
	return out, err
}

// named adds the names of party and place to a membership.
func named(ctx context.Context, u *app.Unit, m party.Membership) (Role, error) {
	p, err := u.People.Party(ctx, m.PartyID)
	if err != nil {
		return Role{}, err
	}
	out := Role{Membership: m, PartyName: p.Name, PartyNameEN: p.NameEN, PartyKind: p.Kind}
	place := m.PlaceID
	if place == "" {
		place = p.PlaceID
	}
	if place == "" {
		return out, nil
	}
	at, err := u.Places.Place(ctx, place)
	if err != nil {
		return Role{}, err
	}
	out.PlaceID, out.PlaceName = place, at.Name // where the role acts, also when the party's place is meant
	return out, nil
}
