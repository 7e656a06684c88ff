package app

import (
	"context"
	"strconv"
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/challenge"
	"linli/backend/domain/community"
	"linli/backend/domain/contract"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/file"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/indicator"
	"linli/backend/domain/ledger"
	"linli/backend/domain/matching"
	"linli/backend/domain/need"
	"linli/backend/domain/notice"
	"linli/backend/domain/party"
	"linli/backend/domain/payment"
	"linli/backend/domain/project"
	"linli/backend/domain/resource"
	"linli/backend/domain/tender"
)

// Store opens transactions. The function may run again after a serialisation failure, so it
// must not call anything outside its Unit.
type Store interface {
	// View reads; a replica may serve it one day.
	View(ctx context.Context, fn func(ctx context.Context, u *Unit) error) error
	// Update writes; all of it is committed together or not at all.
	Update(ctx context.Context, fn func(ctx context.Context, u *Unit) error) error
}

// Unit is one transaction: repositories bound to it, the time it happens at, and who acts.
type Unit struct {
	Now   time.Time // business time, UTC, microseconds
	Actor access.Actor

	People      party.PeopleRepository
	Places      community.Repository
	Resources   resource.Repository
	Needs       need.Repository
	Projects    project.Repository
	Matchings   matching.Repository
	Tenders     tender.Repository
	Bids        bid.Repository
	Evaluations evaluation.Repository
	Contracts   contract.Repository
	Payments    payment.Repository
	Ledger      ledger.Repository
	Calendars   calendar.Repository
	Funds       fund.Repository
	Challenges  challenge.Repository
	Notices     notice.Repository
	Files       file.Repository
	Audits      audit.Repository
	Figures     indicator.Repository
	Core        Core

	ids    ident.Generator
	drafts []audit.Draft
	events []event.Event
}

// Core is what the write pipeline itself stores.
type Core interface {
	// NextNumber counts up per prefix and year, without gaps on commit.
	NextNumber(ctx context.Context, prefix string, year int) (int64, error)
	// NextNumbers takes a run of numbers at once and returns the first.
	NextNumbers(ctx context.Context, prefix string, year, count int) (int64, error)
	// Duties lists who holds which duty on a project.
	Duties(ctx context.Context, project ident.ProjectID) ([]DutyHolder, error)
	// AddDuty stores that a person holds a duty; adding it again changes nothing.
	AddDuty(ctx context.Context, project ident.ProjectID, duty access.Duty, person ident.PersonID, at time.Time) error
	// LiveActor loads the membership again; fault access.membership_ended when it is over.
	LiveActor(ctx context.Context, a access.Actor) (access.Actor, error)
	// Replay finds an earlier answer by a person's idempotency key.
	Replay(ctx context.Context, person ident.PersonID, key string) (Remembered, bool, error)
	// Remember stores the answer beside the change it belongs to.
	Remember(ctx context.Context, person ident.PersonID, key string, r Remembered) error
	// AppendEvents adds to the outbox and inserts the jobs that deliver them.
	AppendEvents(ctx context.Context, events []event.Event) error
	// EventsAfter reads the outbox from a sequence number on, at most limit: the change feed.
	EventsAfter(ctx context.Context, seq int64, limit int) ([]event.Event, error)
}

// DutyHolder is one duty of one person on a project.
type DutyHolder struct {
	Duty   access.Duty
	Person ident.PersonID
}

// Remembered is the stored answer to a write.
type Remembered struct {
	Name        string // the operation
	Fingerprint string // SHA-256 of name and input
	Result      string // JSON of the answer
}

// NewUnit is called by stores only: it adds what every unit needs besides repositories.
func NewUnit(u Unit, ids ident.Generator) *Unit {
	u.ids = ids
	return &u
}

// NewID returns a fresh identity.
func (u *Unit) NewID() string { return u.ids.New() }

// NextCode returns the next human code of a prefix in the year of the business clock in
// Shanghai: "XQ-2026-000123".
func (u *Unit) NextCode(ctx context.Context, prefix string) (string, error) {
	year := u.Now.In(calendar.Loc).Year()
	n, err := u.Core.NextNumber(ctx, prefix, year)
	if err != nil {
		return "", err
	}
	return humanCode(prefix, year, n), nil
}

// NextCodes is NextCode for many at once, in order: lists of thousands ask once.
func (u *Unit) NextCodes(ctx context.Context, prefix string, count int) ([]string, error) {
	year := u.Now.In(calendar.Loc).Year()
	first, err := u.Core.NextNumbers(ctx, prefix, year, count)
	if err != nil {
		return nil, err
	}
	out := make([]string, count)
	for i := range out {
		out[i] = humanCode(prefix, year, first+int64(i))
	}
	return out, nil
}

func humanCode(prefix string, year int, n int64) string {
	digits := strconv.FormatInt(n, 10)
	for len(digits) < 6 {
		digits = "0" + digits
	}
	return prefix + "-" + strconv.Itoa(year) + "-" + digits
}

// TakeDuty records that the actor plays a part on a project. Fault duty.incompatible when the
// same person already plays a part that excludes it (domain handbook §7).
func (u *Unit) TakeDuty(ctx context.Context, project ident.ProjectID, d access.Duty) error {
	if d == "" {
		return nil
	}
	if err := u.MayTakeDuty(ctx, project, d); err != nil {
		return err
	}
	return u.Core.AddDuty(ctx, project, d, u.Actor.PersonID, u.Now)
}

// MayTakeDuty is TakeDuty without taking it: for the reason on a disabled button.
func (u *Unit) MayTakeDuty(ctx context.Context, project ident.ProjectID, d access.Duty) error {
	held, err := u.Core.Duties(ctx, project)
	if err != nil {
		return err
	}
	for _, h := range held {
		if h.Person == u.Actor.PersonID && access.Clashes(h.Duty, d) {
			return fault.Conflict("duty.incompatible", "holds "+string(h.Duty)+", wants "+string(d)).
				With("held", string(h.Duty)).With("wanted", string(d))
		}
	}
	return nil
}

// Record notes the audit leaf of one write. Call it after saving, with the aggregate as it
// is now stored: verify reloads the object and compares. The leaf gets its place in the
// chain when the unit ends, so that the lock on the chain is held as briefly as possible.
func (u *Unit) Record(_ context.Context, e audit.Entry) error {
	by := audit.Actor{PersonID: u.Actor.PersonID, PartyID: u.Actor.PartyID, Role: string(u.Actor.Role), OnBehalfOf: u.Actor.OnBehalfOf}
	draft, err := audit.NewDraft(e, by, u.Now)
	if err != nil {
		return err
	}
	u.drafts = append(u.drafts, draft)
	return nil
}

// Emit notes an event for the outbox of this transaction, stamped with actor and time.
func (u *Unit) Emit(_ context.Context, e event.Event) error {
	e.ID, e.At = u.NewID(), u.Now
	e.ActorID, e.PartyID = u.Actor.PersonID, u.Actor.PartyID
	u.events = append(u.events, e)
	return nil
}

// Flush is called by stores just before the commit: leaves and events get their numbers.
func (u *Unit) Flush(ctx context.Context) error {
	if len(u.drafts) > 0 {
		if err := u.Audits.Append(ctx, u.drafts); err != nil {
			return err
		}
	}
	if len(u.events) > 0 {
		return u.Core.AppendEvents(ctx, u.events)
	}
	return nil
}
