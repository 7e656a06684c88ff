// Package settlement pays what was accepted, books it and reconciles it with the bank.
package settlement

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/payment"
	"linli/backend/domain/rulebook"
)

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct{ app *app.App }

// New binds the use cases to the application's ports.
func New(a *app.App) *Service { return &Service{app: a} }

// Change names the version a change is based on and the caller's idempotency key.
type Change struct {
	Version int64
	Key     string `json:"-"`
}

// Done is the short answer of every write.
type Done struct {
	ID      string
	Code    string
	Version int64
	Status  string
}

func (s *Service) rules(u *app.Unit) rulebook.Rules {
	return s.app.Rules.At(s.app.Settings.Jurisdiction, calendar.DateOf(u.Now))
}

// file is a payment with what it rests on.
type file struct {
	*payment.Payment
	contract *contract.Contract
	path     string // of the place
}

// object is what a permission of the buyer's side or the finance bureau looks at.
func (f file) object() access.Object { return access.Object{PartyID: f.BuyerID, PlacePath: f.path} }

// either is what a permission of both sides looks at.
func (f file) either(a access.Actor) access.Object {
	o := f.object()
	if a.PartyID == f.SupplierID {
		o.PartyID = f.SupplierID
	}
	return o
}

// load finds a payment that the actor may see. Fault record.not_found.
func (s *Service) load(ctx context.Context, u *app.Unit, id ident.PaymentID) (file, error) {
	p, err := u.Payments.Payment(ctx, id)
	if err != nil {
		return file{}, err
	}
	c, err := u.Contracts.Contract(ctx, p.ContractID)
	if err != nil {
		return file{}, err
	}
	place, err := u.Places.Place(ctx, p.PlaceID)
	if err != nil {
		return file{}, err
	}
	f := file{Payment: p, contract: c, path: place.Path}
	if access.Allow(u.Actor, access.PaymentRead, f.either(u.Actor)) != nil {
		return file{}, fault.NotFound("record.not_found", "payment of others")
	}
	return f, nil
}

// write describes one write on a payment for the pipeline.
type write struct {
	ID         ident.PaymentID
	Change     Change
	Action     string
	Past       string
	Permission access.Permission `json:"-"`
	Both       bool              `json:"-"` // buyer or supplier may do it
	Duties     []access.Duty     `json:"-"`
	Reason     string
	Input      any
}

// onPayment runs one write on a payment: visibility, permission, version, duties, decision, save,
// audit and event. Faults besides those of fn: record.not_found, record.stale,
// access.forbidden, duty.incompatible.
func (s *Service) onPayment(ctx context.Context, actor access.Actor, w write, fn func(ctx context.Context, u *app.Unit, f file) error) (Done, error) {
	return app.Do(ctx, s.app, actor, app.Write{Permission: w.Permission, Name: w.Action, Key: w.Change.Key, Input: w}, func(ctx context.Context, u *app.Unit) (Done, error) {
		f, err := s.load(ctx, u, w.ID)
		if err != nil {
			return Done{}, err
		}
		object := f.object()
		if w.Both {
			object = f.either(u.Actor)
		}
		if err := access.Allow(u.Actor, w.Permission, object); err != nil {
			return Done{}, err
		}
		if f.Version != w.Change.Version {
			return Done{}, fault.Stale("record.stale", "the payment was changed by someone else").With("version", "")
		}
		before := *f.Payment
		if err := fn(ctx, u, f); err != nil {
			return Done{}, err
		}
		for _, d := range w.Duties {
			if err := u.TakeDuty(ctx, f.ProjectID, d); err != nil {
				return Done{}, err
			}
		}
		if err := u.Payments.Save(ctx, f.Payment); err != nil {
			return Done{}, err
		}
		return done(f.Payment), tell(ctx, u, f.Payment, w, before)
	})
}

func done(p *payment.Payment) Done {
	return Done{ID: string(p.ID), Code: p.Code, Version: p.Version, Status: p.Status}
}

// tell notes audit and event; both parties hear of it.
func tell(ctx context.Context, u *app.Unit, p *payment.Payment, w write, before any) error {
	err := u.Record(ctx, audit.Entry{
		Action: w.Action, Kind: "payment", ID: string(p.ID), PlaceID: p.PlaceID, ProjectID: p.ProjectID, Before: before, After: p,
		Reason: w.Reason, RuleVersion: p.RuleVersion,
	})
	if err != nil {
		return err
	}
	data := map[string]string{
		"code": p.Code, "amount": p.AmountFen.String(), "supplier": p.SupplierName, "status": p.Status,
		"toParties": string(p.BuyerID) + "," + string(p.SupplierID),
	}
	if w.Reason != "" {
		data["reason"] = w.Reason
	}
	return u.Emit(ctx, event.Event{
		Kind: w.Past, ObjectKind: "payment", ObjectID: string(p.ID), ProjectID: p.ProjectID, PlaceID: p.PlaceID, Data: data,
	})
}

// deal gathers what the ledger's entries of a payment have in common.
func (f file) deal() ledger.Deal {
	c := f.contract
	return ledger.Deal{
		ContractID: c.ID, Code: c.Code, Title: c.Title, AwardID: c.AwardID, ProjectID: c.ProjectID, PlaceID: c.PlaceID,
		BuyerID: c.BuyerID, BuyerName: c.BuyerName, SupplierName: c.SupplierName,
	}
}

// post books a draft at the time of the unit and notes it in the audit.
func post(ctx context.Context, u *app.Unit, d ledger.Draft) (ledger.Journal, error) {
	d.At, d.PersonID = u.Now, u.Actor.PersonID
	j, err := ledger.Post(ctx, u, u.Ledger, d)
	if err != nil {
		return j, err
	}
	return j, recordJournal(ctx, u, j)
}

func recordJournal(ctx context.Context, u *app.Unit, j ledger.Journal) error {
	return u.Record(ctx, audit.Entry{
		Action: "journal.post", Kind: "journal", ID: string(j.ID), PlaceID: j.PlaceID, ProjectID: j.ProjectID, After: j,
	})
}

func trimmed(s string) string { return strings.TrimSpace(s) }
