// Package contracts makes contracts from awards, signs them, follows their milestones to
// acceptance and lets the people served have their say.
package contracts

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

// side says whose act a permission is.
type side string

const (
	buyerSide    side = "buyer"
	supplierSide side = "supplier"
)

// write describes one write on a contract for the pipeline.
type write struct {
	ID         ident.ContractID
	Change     Change
	Action     string            // "contract.publish"
	Past       string            // "contract.published"
	Permission access.Permission `json:"-"`
	Side       side              `json:"-"`
	Reason     string
	Input      any
}

func (s *Service) rules(u *app.Unit) rulebook.Rules {
	return s.app.Rules.At(s.app.Settings.Jurisdiction, calendar.DateOf(u.Now))
}

// onContract runs one write on a contract: visibility, permission of the right side, version,
// decision, save, audit and event. Faults besides those of fn: record.not_found, record.stale,
// access.forbidden.
func (s *Service) onContract(ctx context.Context, actor access.Actor, w write, fn func(ctx context.Context, u *app.Unit, c *contract.Contract) error) (Done, error) {
	return app.Do(ctx, s.app, actor, app.Write{Permission: w.Permission, Name: w.Action, Key: w.Change.Key, Input: w}, func(ctx context.Context, u *app.Unit) (Done, error) {
		c, err := s.permitted(ctx, u, w.ID, w.Permission, w.Side)
		if err != nil {
			return Done{}, err
		}
		if c.Version != w.Change.Version {
			return Done{}, fault.Stale("record.stale", "the contract was changed by someone else").With("version", "")
		}
		before := *c
		if err := fn(ctx, u, c); err != nil {
			return Done{}, err
		}
		if err := u.Contracts.Save(ctx, c); err != nil {
			return Done{}, err
		}
		return done(c), s.tell(ctx, u, c, w, before)
	})
}

func done(c *contract.Contract) Done {
	return Done{ID: string(c.ID), Code: c.Code, Version: c.Version, Status: c.Status}
}

func (s *Service) tell(ctx context.Context, u *app.Unit, c *contract.Contract, w write, before any) error {
	err := u.Record(ctx, audit.Entry{
		Action: w.Action, Kind: "contract", ID: string(c.ID), PlaceID: c.PlaceID, ProjectID: c.ProjectID,
		Before: before, After: c, Reason: w.Reason, RuleVersion: c.RuleVersion,
	})
	if err != nil {
		return err
	}
	return u.Emit(ctx, s.event(c, w.Past, "contract", string(c.ID), map[string]string{"reason": w.Reason}))
}

// event tells both parties; the words are filled from code and title.
func (s *Service) event(c *contract.Contract, kind, objectKind, objectID string, data map[string]string) event.Event {
	all := map[string]string{
		"code": c.Code, "title": c.Title, "contractId": string(c.ID), "status": c.Status,
		"toParties": string(c.BuyerID) + "," + string(c.SupplierID),
	}
	for k, v := range data {
		if v != "" {
			all[k] = v
		}
	}
	return event.Event{Kind: kind, ObjectKind: objectKind, ObjectID: objectID, ProjectID: c.ProjectID, PlaceID: c.PlaceID, Data: all}
}

// permitted loads a contract that the actor may see and act on for one side. Faults:
// record.not_found for what he may not see, access.forbidden for what he may not do.
func (s *Service) permitted(ctx context.Context, u *app.Unit, id ident.ContractID, p access.Permission, by side) (*contract.Contract, error) {
	c, err := s.visible(ctx, u, id)
	if err != nil {
		return nil, err
	}
	object := access.Object{PartyID: c.BuyerID}
	if by == supplierSide {
		object.PartyID = c.SupplierID
	}
	return c, access.Allow(u.Actor, p, object)
}

// visible loads a contract; one that is not published yet exists only for its parties, the
// finance bureau and the auditors. Fault record.not_found.
func (s *Service) visible(ctx context.Context, u *app.Unit, id ident.ContractID) (*contract.Contract, error) {
	c, err := u.Contracts.Contract(ctx, id)
	if err != nil {
		return nil, err
	}
	if c.PublishedAt != nil {
		return c, nil
	}
	inner, err := s.insider(ctx, u, c)
	if err != nil {
		return nil, err
	}
	if !inner {
		return nil, fault.NotFound("record.not_found", "contract is not public yet")
	}
	return c, nil
}

// insider tells whether the actor may see what is not public about a contract.
func (s *Service) insider(ctx context.Context, u *app.Unit, c *contract.Contract) (bool, error) {
	if u.Actor.Anonymous() {
		return false, nil
	}
	place, err := u.Places.Place(ctx, c.PlaceID)
	if err != nil {
		return false, err
	}
	object := access.Object{PartyID: c.BuyerID, PlacePath: place.Path}
	if u.Actor.PartyID == c.SupplierID {
		object.PartyID = c.SupplierID
	}
	return access.Allow(u.Actor, access.ContractRead, object) == nil, nil
}

// deal gathers what the ledger's entries of a contract have in common.
func (s *Service) deal(ctx context.Context, u *app.Unit, c *contract.Contract, shares []contract.BudgetShare) (ledger.Deal, error) {
	d := ledger.Deal{
		ContractID: c.ID, Code: c.Code, Title: c.Title, AwardID: c.AwardID, ProjectID: c.ProjectID, PlaceID: c.PlaceID,
		BuyerID: c.BuyerID, BuyerName: c.BuyerName, SupplierName: c.SupplierName,
	}
	for _, x := range shares {
		line, err := u.Projects.Line(ctx, x.LineID)
		if err != nil {
			return ledger.Deal{}, err
		}
		d.Shares = append(d.Shares, ledger.Share{LineID: x.LineID, LineTitle: line.Title, AmountFen: x.AmountFen})
	}
	return d, nil
}

// post books a draft at the time of the unit and notes it in the audit.
func post(ctx context.Context, u *app.Unit, d ledger.Draft) (ledger.Journal, error) {
	d.At, d.PersonID = u.Now, u.Actor.PersonID
	j, err := ledger.Post(ctx, u, u.Ledger, d)
	if err != nil {
		return j, err
	}
	return j, u.Record(ctx, audit.Entry{
		Action: "journal.post", Kind: "journal", ID: string(j.ID), PlaceID: j.PlaceID, ProjectID: j.ProjectID, After: j,
	})
}

func trimmed(reason string) string { return strings.TrimSpace(reason) }
