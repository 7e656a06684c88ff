package accounts

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// SignIn is what a person hands in to start a session.
type SignIn struct {
	Login        string // phone number or e-mail address
	Password     string
	MembershipID ident.MembershipID // the role to act in; empty: the one used last
	Device       string             // the browser's name for itself
	Address      string             // where the request comes from, for the rate limit
}

// Signed is a session ready for use. Refresh goes into the cookie and nowhere else.
type Signed struct {
	SessionID  ident.SessionID
	PersonID   ident.PersonID
	Access     string
	AccessEnds time.Time
	Refresh    string
	RefreshFor time.Duration // how long the cookie is kept
}

// maxDevice bounds what is kept of a browser's name for itself, in characters.
const maxDevice = 120

// SignIn checks a password and opens a session. Whether the login exists, and whether its
// account is locked by an administrator, is not told before the password was right.
// Faults: session.credentials_wrong, session.locked, session.account_locked,
// session.membership_unknown, request.rate_limited.
func (s *Service) SignIn(ctx context.Context, in SignIn) (Signed, error) {
	login := party.NormaliseLogin(in.Login)
	if err := s.attempt(in.Address, login); err != nil {
		return Signed{}, err
	}
	person, err := s.candidate(ctx, login)
	if err != nil {
		return Signed{}, err
	}
	right, err := s.Passwords.Check(ctx, person.PasswordHash, in.Password)
	if err != nil {
		return Signed{}, err
	}
	if !right {
		return Signed{}, s.countFailure(ctx, login, person)
	}
	var out Signed
	err = s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		out, err = s.open(ctx, u, in, login, person.ID)
		return err
	})
	return out, err
}

// candidate finds whose password to compare; an unknown login gives an empty person, whose
// check takes as long and fails.
func (s *Service) candidate(ctx context.Context, login string) (party.Person, error) {
	var found party.Person
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		f, err := u.People.Failures(ctx, s.Tokens.Mac("login", login))
		if err != nil {
			return err
		}
		if err := f.Check(s.now()); err != nil {
			return err
		}
		p, err := u.People.PersonByLogin(ctx, login)
		if fault.KindOf(err) == fault.KindNotFound {
			return nil
		}
		if err == nil {
			found = *p
		}
		return err
	})
	return found, err
}

// countFailure commits one more wrong password and returns the refusal.
func (s *Service) countFailure(ctx context.Context, login string, p party.Person) error {
	err := s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		now := s.now()
		f, err := u.People.LockFailures(ctx, s.Tokens.Mac("login", login), now)
		if err != nil {
			return err
		}
		if err := f.Check(now); err != nil {
			return err // locked meanwhile: nothing more to count, and that is the answer
		}
		f.Fail(now)
		if err := u.People.SaveFailures(ctx, f); err != nil {
			return err
		}
		if f.LockedUntil == nil || p.ID == "" {
			return nil
		}
		u.Actor = access.Actor{PersonID: p.ID}
		return u.Record(ctx, audit.Entry{Action: "session.lock_out", Kind: "person", ID: string(p.ID), After: p.State()})
	})
	if err != nil {
		return err
	}
	return fault.Unauthenticated("session.credentials_wrong", "login or password is wrong")
}

// open starts the session inside the transaction that also proves the login is not locked
// by wrong passwords tried at the same time.
func (s *Service) open(ctx context.Context, u *app.Unit, in SignIn, login string, id ident.PersonID) (Signed, error) {
	now := s.now()
	f, err := u.People.LockFailures(ctx, s.Tokens.Mac("login", login), now)
	if err != nil {
		return Signed{}, err
	}
	if err := f.Check(now); err != nil {
		return Signed{}, err
	}
	if err := u.People.ClearFailures(ctx, s.Tokens.Mac("login", login)); err != nil {
		return Signed{}, err
	}
	person, err := u.People.Person(ctx, id)
	if err != nil {
		return Signed{}, err
	}
	if person.LockedAt != nil {
		return Signed{}, fault.Forbidden("session.account_locked", "account is locked by the security administrator")
	}
	as, err := s.chooseMembership(ctx, u, id, in.MembershipID)
	if err != nil {
		return Signed{}, err
	}
	if err := s.makeRoom(ctx, u, id, now); err != nil {
		return Signed{}, err
	}
	session := party.OpenSession(ident.SessionID(u.NewID()), id, as.ID, shorten(in.Device, maxDevice), now)
	if err := u.People.InsertSession(ctx, &session); err != nil {
		return Signed{}, err
	}
	u.Actor = access.Actor{PersonID: id, MembershipID: as.ID, PartyID: as.PartyID, Role: as.Role, SessionID: session.ID}
	if err := u.Record(ctx, audit.Entry{Action: "session.open", Kind: "session", ID: string(session.ID), After: session}); err != nil {
		return Signed{}, err
	}
	return s.issue(ctx, u, session, as.Role)
}

// chooseMembership finds the role to act in: the one asked for, else the one used last, else
// the oldest that is live; none is allowed and leads to pages of the account only. Fault
// session.membership_unknown.
func (s *Service) chooseMembership(ctx context.Context, u *app.Unit, id ident.PersonID, asked ident.MembershipID) (party.Membership, error) {
	live, err := liveMemberships(ctx, u, id)
	if err != nil {
		return party.Membership{}, err
	}
	if asked != "" {
		i := slices.IndexFunc(live, func(m party.Membership) bool { return m.ID == asked })
		if i < 0 {
			return party.Membership{}, fault.Invalid("session.membership_unknown", "not a live membership of this person").At("membershipId", "unknown", "choose one of your roles")
		}
		return live[i], nil
	}
	last, err := u.People.LastMembership(ctx, id)
	if err != nil {
		return party.Membership{}, err
	}
	for _, m := range live {
		if m.ID == last {
			return m, nil
		}
	}
	if len(live) == 0 {
		return party.Membership{}, nil
	}
	return live[0], nil
}

// liveMemberships lists the roles a person may act in now: membership live, party active.
func liveMemberships(ctx context.Context, u *app.Unit, id ident.PersonID) ([]party.Membership, error) {
	all, err := u.People.MembershipsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	var live []party.Membership
	for _, m := range all {
		if !m.Live(u.Now) {
			continue
		}
		p, err := u.People.Party(ctx, m.PartyID)
		if err != nil {
			return nil, err
		}
		if p.Active {
			live = append(live, m)
		}
	}
	return live, nil
}

// makeRoom ends the oldest sessions of a person who has too many open.
func (s *Service) makeRoom(ctx context.Context, u *app.Unit, id ident.PersonID, now time.Time) error {
	open, err := u.People.OpenSessions(ctx, id, now)
	if err != nil {
		return err
	}
	for i := 0; i <= len(open)-party.MaxSessions; i++ {
		if err := endSession(ctx, u, open[i].Session, party.EndSignedOut, now); err != nil {
			return err
		}
	}
	return nil
}

// issue makes the next pair of tokens of a session.
func (s *Service) issue(ctx context.Context, u *app.Unit, x party.Session, role access.Role) (Signed, error) {
	now := s.now()
	secret := newSecret()
	r := party.Refresh{Hash: digest(secret), SessionID: x.ID, IssuedAt: now, EndsAt: x.RefreshUntil(role, now)}
	if err := u.People.InsertRefresh(ctx, r); err != nil {
		return Signed{}, err
	}
	text, ends, err := s.Tokens.Issue(party.Claims{PersonID: x.PersonID, MembershipID: x.MembershipID, SessionID: x.ID})
	if err != nil {
		return Signed{}, err
	}
	return Signed{SessionID: x.ID, PersonID: x.PersonID, Access: text, AccessEnds: ends, Refresh: secret, RefreshFor: r.EndsAt.Sub(now)}, nil
}

// endSession ends one session and records it; an ended one is left as it is.
func endSession(ctx context.Context, u *app.Unit, x party.Session, reason string, now time.Time) error {
	if x.EndedAt != nil {
		return nil
	}
	before := x
	x.End(reason, now)
	if err := u.People.SaveSession(ctx, &x); err != nil {
		return err
	}
	return u.Record(ctx, audit.Entry{Action: "session.end", Kind: "session", ID: string(x.ID), Before: before, After: x, Reason: reason})
}

// shorten cuts a text to a number of characters.
func shorten(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n])
}
