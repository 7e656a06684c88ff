// Package notice knows in-app notices, mail and digests for people: who hears of an event,
// why, how, and in which words.
package notice

import (
	"context"
	"time"

	"linli/backend/domain/event"
	"linli/backend/domain/ident"
)

// Repository stores notices, follows, settings and digests. Get faults record.not_found.
type Repository interface {
	// Add stores notices; one that the person already has of the event is left as it is.
	Add(ctx context.Context, list []Notice) error
	Notice(ctx context.Context, id ident.NoticeID) (*Notice, error)
	// Of lists a person's notices, newest first; before 0 means from the newest.
	Of(ctx context.Context, person ident.PersonID, unreadOnly bool, before int64, limit int) ([]Notice, error)
	Unread(ctx context.Context, person ident.PersonID) (int, error)
	// MarkRead marks a person's notices up to an event read; one, when id is given.
	MarkRead(ctx context.Context, person ident.PersonID, id ident.NoticeID, upTo int64, at time.Time) (int64, error)
	// Supersede marks read what is unread of an object and older than the newest a person has.
	Supersede(ctx context.Context, t Target, at time.Time) error
	// ToMail lists the notices of an event that still have to be mailed.
	ToMail(ctx context.Context, seq int64) ([]ident.NoticeID, error)
	MarkMailed(ctx context.Context, id ident.NoticeID, at time.Time) error

	AddFollow(ctx context.Context, f Follow) error
	DropFollow(ctx context.Context, person ident.PersonID, t Target) error
	FollowsOf(ctx context.Context, person ident.PersonID) ([]Follow, error)
	// Followers lists who followed any of the targets at a time, in the order of ids.
	Followers(ctx context.Context, targets []Target, at time.Time, limit int) ([]ident.PersonID, error)
	// Exists tells whether an object that can be followed is there.
	Exists(ctx context.Context, t Target) (bool, error)

	// Called tells the code and title of an object that can be followed; empty when it is gone.
	Called(ctx context.Context, t Target) (code, title string, err error)

	Choices(ctx context.Context, person ident.PersonID) ([]Choice, error)
	// Readers tells of many people at once how they want to hear of things; who is gone is
	// not in the answer.
	Readers(ctx context.Context, people []ident.PersonID) (map[ident.PersonID]Reader, error)
	SetChoice(ctx context.Context, person ident.PersonID, c Choice) error
	// AreaListeners lists who wants in-app notices of a place, in the order of ids.
	AreaListeners(ctx context.Context, place ident.PlaceID, limit int) ([]ident.PersonID, error)

	// ActorsOn lists who acted on an object before an event, or raised or supported its need: the
	// authors of its voices also when others typed or gathered their words.
	ActorsOn(ctx context.Context, e event.Event, limit int) ([]ident.PersonID, error)
	// MembersOf lists who acts for a party now.
	MembersOf(ctx context.Context, party ident.PartyID, at time.Time, limit int) ([]ident.PersonID, error)

	// DigestReaders lists people with an address who follow something or listen to an area
	// by digest, in the order of ids.
	DigestReaders(ctx context.Context, after ident.PersonID, limit int) ([]ident.PersonID, error)
	LastDigest(ctx context.Context, person ident.PersonID) (*DigestRun, error)
	AddDigest(ctx context.Context, d DigestRun) error
	DigestRun(ctx context.Context, person ident.PersonID, day string) (*DigestRun, error)
	MarkDigestMailed(ctx context.Context, person ident.PersonID, day string, at time.Time) error
	// EventsFor lists the events after from up to to that touch any of the targets.
	EventsFor(ctx context.Context, targets []Target, from, to int64, limit int) ([]event.Event, error)
	// LastEvent is the number of the newest event.
	LastEvent(ctx context.Context) (int64, error)

	// Acts lists audit records of a person, or of roles, newest first.
	Acts(ctx context.Context, f ActFilter) ([]Act, error)
}

// Reader is how a person can and wants to be told.
type Reader struct {
	HasEmail bool
	Choices  []Choice
}

// ActFilter narrows a list of acts. Person or Roles must be given.
type ActFilter struct {
	Person ident.PersonID
	Roles  []string
	Before int64 // sequence number; 0 means from the newest
	Limit  int
}

// Act is one audit record as its own actor, or the audit administrator, reads it.
type Act struct {
	Seq      int64
	At       time.Time
	ActorID  ident.PersonID
	Role     string
	Action   string
	Kind, ID string
	Reason   string
}
