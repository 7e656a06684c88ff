// Package party knows the bodies that act, the people in them and the roles they hold,
// and how people prove who they are.
package party

import (
	"context"
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/ident"
)

// PeopleRepository stores parties, people, memberships and sign-ins. Get faults
// record.not_found; Save faults record.stale; Insert faults record.duplicate.
type PeopleRepository interface {
	Party(ctx context.Context, id ident.PartyID) (*Party, error)
	InsertParty(ctx context.Context, p *Party) error
	SaveParty(ctx context.Context, p *Party) error
	Person(ctx context.Context, id ident.PersonID) (*Person, error)
	InsertPerson(ctx context.Context, p *Person) error
	SavePerson(ctx context.Context, p *Person) error
	Membership(ctx context.Context, id ident.MembershipID) (*Membership, error)
	InsertMembership(ctx context.Context, m *Membership) error
	SaveMembership(ctx context.Context, m *Membership) error
	Directory
	SessionRepository
	InvitationRepository
}

// Directory answers who is where.
type Directory interface {
	// PersonByLogin finds by normalised phone number or e-mail address.
	PersonByLogin(ctx context.Context, login string) (*Person, error)
	// Parties lists by filter in the order of ids.
	Parties(ctx context.Context, f PartyFilter) ([]Party, error)
	// People lists by filter in the order of ids, each person once.
	People(ctx context.Context, f PeopleFilter) ([]Person, error)
	// PeopleOfDomain lists people whose e-mail address ends in a domain, in the order of ids.
	PeopleOfDomain(ctx context.Context, domain string, limit int) ([]Person, error)
	// MembershipsOf lists what a person holds and held, oldest first.
	MembershipsOf(ctx context.Context, person ident.PersonID) ([]Membership, error)
	// MembershipsIn lists who holds or held what in a party, oldest first.
	MembershipsIn(ctx context.Context, party ident.PartyID) ([]Membership, error)
	// PartyOfKindAt finds the party of a kind at a place, such as the residents of a community.
	PartyOfKindAt(ctx context.Context, k Kind, place ident.PlaceID) (*Party, error)
	// CommunitiesNamed finds communities by a part of their name, for whoever signs up.
	CommunitiesNamed(ctx context.Context, text string, limit int) ([]Home, error)
	// GiveConsent stores that a person agreed to a text; agreeing again changes nothing.
	GiveConsent(ctx context.Context, c Consent) error
	// Consents lists what a person agreed to.
	Consents(ctx context.Context, person ident.PersonID) ([]Consent, error)
}

// SessionRepository stores sign-ins.
type SessionRepository interface {
	Session(ctx context.Context, id ident.SessionID) (*Session, error)
	InsertSession(ctx context.Context, s *Session) error
	SaveSession(ctx context.Context, s *Session) error
	// OpenSessions lists a person's sessions that have not ended, oldest first, with the time
	// each was last used.
	OpenSessions(ctx context.Context, person ident.PersonID, now time.Time) ([]SessionUse, error)
	// LastMembership tells which role the person's newest session acts in; empty for none.
	LastMembership(ctx context.Context, person ident.PersonID) (ident.MembershipID, error)
	// Who joins a session with person, membership, party and place in one look, for the
	// check on every request.
	Who(ctx context.Context, id ident.SessionID) (*Presence, error)
	InsertRefresh(ctx context.Context, r Refresh) error
	Refresh(ctx context.Context, hash string) (*Refresh, error)
	// SpendRefresh marks a token used; false when it was used before. Of two at the same
	// time one gets true.
	SpendRefresh(ctx context.Context, hash string, now time.Time) (bool, error)
	Failures(ctx context.Context, loginHash string) (Failures, error)
	// LockFailures is Failures that makes other sign-ins of the same login wait until this
	// transaction ends, so that wrong passwords tried at the same time are all counted.
	LockFailures(ctx context.Context, loginHash string, now time.Time) (Failures, error)
	SaveFailures(ctx context.Context, f Failures) error
	ClearFailures(ctx context.Context, loginHash string) error
	// Sweep deletes tokens, failures and codes that ended before a moment; it tells how many.
	Sweep(ctx context.Context, before time.Time) (int64, error)
}

// InvitationRepository stores invitations and reset codes.
type InvitationRepository interface {
	Invitation(ctx context.Context, id ident.InvitationID) (*Invitation, error)
	InvitationByToken(ctx context.Context, tokenHash string) (*Invitation, error)
	InsertInvitation(ctx context.Context, i *Invitation) error
	SaveInvitation(ctx context.Context, i *Invitation) error
	InvitationsOf(ctx context.Context, party ident.PartyID, limit int) ([]Invitation, error)
	InsertReset(ctx context.Context, r *Reset) error
	SaveReset(ctx context.Context, r *Reset) error
	// LatestReset finds a person's newest code; fault record.not_found.
	LatestReset(ctx context.Context, person ident.PersonID) (*Reset, error)
}

// PartyFilter narrows a list of parties. Zero fields do not narrow.
type PartyFilter struct {
	ID    ident.PartyID
	Kind  Kind
	Text  string // part of the name
	After ident.PartyID
	Limit int
}

// PeopleFilter narrows a list of people. Zero fields do not narrow.
type PeopleFilter struct {
	PartyID   ident.PartyID
	PlacePath string // the place of one of their memberships lies inside
	Role      access.Role
	Login     string // exact phone or e-mail
	Text      string // part of the name
	After     ident.PersonID
	Limit     int
}

// SessionUse is an open session and when it was last refreshed.
type SessionUse struct {
	Session
	UsedAt time.Time
}

// Claims is what an access token tells; the token's adapter signs and reads it.
type Claims struct {
	PersonID     ident.PersonID
	MembershipID ident.MembershipID // empty while no role is chosen
	SessionID    ident.SessionID
	ExpiresAt    time.Time // system clock; set when read
}

// Presence is all that a request needs to know of who makes it.
type Presence struct {
	Session    Session
	Person     Person
	Membership *Membership // nil while no role is chosen
	Party      *Party
	PlaceID    ident.PlaceID
	PlacePath  string
}

// Home is a community as a person finds his own: by name, with the street and district
// above it.
type Home struct {
	ID       ident.PlaceID
	Name     string
	Street   string
	District string
}

// Consent is a person's agreement to a text.
type Consent struct {
	PersonID    ident.PersonID
	Kind        string // "privacy_notice"
	TextVersion string
	GivenAt     time.Time
	WithdrawnAt *time.Time
}
