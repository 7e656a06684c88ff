package resources

import (
	"context"
	"slices"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/resource"
)

// Enlist puts the actor's own body into the list: what it says of itself now, facts of
// registers when somebody certifies them. Faults: resource.kind_unlisted, record.duplicate,
// resource.invalid, resource.place_unknown.
func (s *Service) Enlist(ctx context.Context, actor access.Actor, key string, p resource.Profile) (resource.Organization, error) {
	w := app.Write{Permission: access.ResourceEdit, Name: "enlistOrganization", Key: key, Input: p}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Organization, error) {
		body, err := u.People.Party(ctx, u.Actor.PartyID)
		if err != nil {
			return resource.Organization{}, err
		}
		if !slices.Contains(resource.Kinds, string(body.Kind)) {
			return resource.Organization{}, fault.Conflict("resource.kind_unlisted", "a "+string(body.Kind)+" offers nothing here")
		}
		places := nameLocations(u, &p)
		o, err := resource.NewOrganization(body.ID, resource.Register{}, p, u.Now)
		if err != nil {
			return resource.Organization{}, err
		}
		if err := standing(ctx, u, places...); err != nil {
			return *o, err
		}
		if err := u.Resources.InsertOrganization(ctx, o); err != nil {
			return *o, err
		}
		if err := u.Resources.IndexOrganization(ctx, o.ID); err != nil {
			return *o, err
		}
		if err := u.Record(ctx, audit.Entry{Action: "organization.enlist", Kind: "organization", ID: string(o.ID), After: *o}); err != nil {
			return *o, err
		}
		return *o, u.Emit(ctx, event.Event{Kind: "organization.changed", ObjectKind: "organization", ObjectID: string(o.ID)})
	})
}

// nameLocations gives new locations an id and lists the places that must stand.
func nameLocations(u *app.Unit, p *resource.Profile) []ident.PlaceID {
	var places []ident.PlaceID
	for i := range p.Locations {
		if p.Locations[i].ID == "" {
			p.Locations[i].ID = u.NewID()
		}
		places = append(places, p.Locations[i].PlaceID)
	}
	return places
}

// Describe replaces what an organisation says of itself. A missing id of a location is made.
// Faults: record.not_found, record.stale, access.forbidden, resource.invalid,
// resource.place_unknown.
func (s *Service) Describe(ctx context.Context, actor access.Actor, key string, id ident.OrganizationID, version int64, p resource.Profile) (resource.Organization, error) {
	w := app.Write{Permission: access.ResourceEdit, Name: "describeOrganization", Key: key, Input: []any{id, version, p}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Organization, error) {
		o, err := own(ctx, u, id, version)
		if err != nil {
			return resource.Organization{}, err
		}
		before := *o
		places := nameLocations(u, &p)
		keepAccount(&p, o.Profile)
		if err := o.Describe(p); err != nil {
			return *o, err
		}
		if err := standing(ctx, u, places...); err != nil {
			return *o, err
		}
		return *o, saveOrganization(ctx, u, "organization.describe", before, o, "")
	})
}

// keepAccount leaves a bank account as it was when its masked form comes back from a page.
func keepAccount(p *resource.Profile, stored resource.Profile) {
	if p.BankAccount != "" && p.BankAccount == resource.MaskAccount(stored.BankAccount) {
		p.BankAccount = stored.BankAccount
	}
}

// Certify replaces the facts that registers hold about an organisation. Faults:
// record.not_found, record.stale, resource.invalid.
func (s *Service) Certify(ctx context.Context, actor access.Actor, key string, id ident.OrganizationID, version int64, r resource.Register, source string) (resource.Organization, error) {
	w := app.Write{Permission: access.ResourceRegister, Name: "certifyOrganization", Key: key, Input: []any{id, version, r, source}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Organization, error) {
		o, err := u.Resources.Organization(ctx, id)
		if err != nil {
			return resource.Organization{}, err
		}
		if err := same(o.Version, version); err != nil {
			return *o, err
		}
		before := *o
		if err := o.Certify(r); err != nil {
			return *o, err
		}
		return *o, saveOrganization(ctx, u, "organization.certify", before, o, source)
	})
}

func saveOrganization(ctx context.Context, u *app.Unit, action string, before resource.Organization, o *resource.Organization, reason string) error {
	if err := u.Resources.SaveOrganization(ctx, o); err != nil {
		return err
	}
	if err := u.Resources.IndexOrganization(ctx, o.ID); err != nil {
		return err
	}
	if err := u.Record(ctx, audit.Entry{Action: action, Kind: "organization", ID: string(o.ID), Before: before, After: *o, Reason: reason}); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "organization.changed", ObjectKind: "organization", ObjectID: string(o.ID)})
}

// checkNow is who checks, in this unit.
func checkNow(u *app.Unit) resource.Check {
	return resource.Check{At: u.Now.Truncate(time.Microsecond), PartyID: u.Actor.PartyID, By: u.Actor.PersonID}
}
