package resources

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/resource"
)

// DraftService adds a service to the actor's own organisation; it is offered later. Faults:
// record.not_found, access.forbidden, resource.invalid, resource.place_unknown,
// resource.location_unknown.
func (s *Service) DraftService(ctx context.Context, actor access.Actor, key string, owner ident.OrganizationID, o resource.Offer) (resource.Service, error) {
	w := app.Write{Permission: access.ResourceEdit, Name: "draftService", Key: key, Input: []any{owner, o}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Service, error) {
		org, err := u.Resources.Organization(ctx, owner)
		if err != nil {
			return resource.Service{}, err
		}
		if err := access.Allow(u.Actor, access.ResourceEdit, access.Object{PartyID: owner}); err != nil {
			return resource.Service{}, err
		}
		v, err := resource.NewService(ident.ServiceID(u.NewID()), owner, o, u.Now)
		if err != nil {
			return resource.Service{}, err
		}
		if err := given(ctx, u, *org, v.Offer); err != nil {
			return *v, err
		}
		if err := u.Resources.InsertService(ctx, v); err != nil {
			return *v, err
		}
		return *v, u.Record(ctx, audit.Entry{Action: "service.draft", Kind: "service", ID: string(v.ID), After: *v})
	})
}

// given checks that a service's places stand and its locations are its organisation's.
func given(ctx context.Context, u *app.Unit, o resource.Organization, offer resource.Offer) error {
	var ids []ident.PlaceID
	for _, a := range offer.Areas {
		ids = append(ids, a.PlaceID)
	}
	for _, id := range offer.LocationIDs {
		if _, ok := o.Profile.Location(id); !ok {
			return fault.Invalid("resource.location_unknown", "no such location: "+id).At("offer.locationIds", "unknown", "one of the organisation's locations")
		}
	}
	return standing(ctx, u, ids...)
}

// RewriteService replaces what the owner says about a service. Faults as DraftService, and
// record.stale, resource.withdrawn.
func (s *Service) RewriteService(ctx context.Context, actor access.Actor, key string, id ident.ServiceID, version int64, o resource.Offer) (resource.Service, error) {
	return s.changeService(ctx, actor, app.Write{Name: "rewriteService", Key: key, Input: []any{id, version, o}}, id, version,
		func(ctx context.Context, u *app.Unit, v *resource.Service) (change, error) {
			org, err := u.Resources.Organization(ctx, v.OrganizationID)
			if err != nil {
				return change{}, err
			}
			if err := v.Rewrite(o, u.Now); err != nil {
				return change{}, err
			}
			return change{action: "service.rewrite"}, given(ctx, u, *org, v.Offer)
		})
}

// FireService offers, pauses or withdraws. Faults: record.not_found, record.stale,
// access.forbidden, service.transition_refused, service.reason_required.
func (s *Service) FireService(ctx context.Context, actor access.Actor, key string, id ident.ServiceID, version int64, action, reason string) (resource.Service, error) {
	return s.changeService(ctx, actor, app.Write{Name: "fireService", Key: key, Input: []any{id, version, action, reason}}, id, version,
		func(ctx context.Context, u *app.Unit, v *resource.Service) (change, error) {
			_, err := v.Fire(action, reason, u.Now)
			return change{action: "service." + action, reason: reason}, err
		})
}

// change names what a use case did, for the record.
type change struct{ action, reason string }

func (s *Service) changeService(ctx context.Context, actor access.Actor, w app.Write, id ident.ServiceID, version int64,
	decide func(ctx context.Context, u *app.Unit, v *resource.Service) (change, error)) (resource.Service, error) {
	w.Permission = access.ResourceEdit
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Service, error) {
		v, err := u.Resources.Service(ctx, id)
		if err != nil {
			return resource.Service{}, err
		}
		if err := mayEdit(u.Actor, v.OrganizationID, v.State); err != nil {
			return *v, err
		}
		if err := same(v.Version, version); err != nil {
			return *v, err
		}
		before := *v
		did, err := decide(ctx, u, v)
		if err != nil {
			return *v, err
		}
		return *v, storeService(ctx, u, before, v, did)
	})
}

// mayEdit: a stranger's draft is not there for him; what is public he may not change.
func mayEdit(actor access.Actor, owner ident.PartyID, state string) error {
	err := access.Allow(actor, access.ResourceEdit, access.Object{PartyID: owner})
	if err != nil && state == resource.StateDraft {
		return fault.NotFound("record.not_found", "a draft of somebody else")
	}
	return err
}

func storeService(ctx context.Context, u *app.Unit, before resource.Service, v *resource.Service, did change) error {
	if err := u.Resources.SaveService(ctx, v); err != nil {
		return err
	}
	if err := u.Resources.IndexOrganization(ctx, v.OrganizationID); err != nil {
		return err
	}
	if err := u.Record(ctx, audit.Entry{Action: did.action, Kind: "service", ID: string(v.ID), Before: before, After: *v, Reason: did.reason}); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "service.changed", ObjectKind: "service", ObjectID: string(v.ID), Data: map[string]string{"state": v.State}})
}

// DraftItem adds a venue or volunteer hours to the actor's own party. Faults:
// access.forbidden, resource.invalid, resource.place_unknown.
func (s *Service) DraftItem(ctx context.Context, actor access.Actor, key string, kind resource.ItemKind, facts resource.ItemFacts) (resource.Item, error) {
	w := app.Write{Permission: access.ResourceEdit, Name: "draftItem", Key: key, Input: []any{kind, facts}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Item, error) {
		i, err := resource.NewItem(ident.ResourceID(u.NewID()), kind, u.Actor.PartyID, facts, u.Now)
		if err != nil {
			return resource.Item{}, err
		}
		if err := standing(ctx, u, facts.PlaceID); err != nil {
			return *i, err
		}
		if err := u.Resources.InsertItem(ctx, i); err != nil {
			return *i, err
		}
		return *i, u.Record(ctx, audit.Entry{Action: "resource.draft", Kind: "resource", ID: string(i.ID), PlaceID: i.Facts.PlaceID, After: *i})
	})
}

// RewriteItem replaces what the owner says. Faults: record.not_found, record.stale,
// access.forbidden, resource.invalid, resource.withdrawn, resource.place_unknown.
func (s *Service) RewriteItem(ctx context.Context, actor access.Actor, key string, id ident.ResourceID, version int64, facts resource.ItemFacts) (resource.Item, error) {
	return s.changeItem(ctx, actor, app.Write{Name: "rewriteItem", Key: key, Input: []any{id, version, facts}}, id, version,
		func(ctx context.Context, u *app.Unit, i *resource.Item) (change, error) {
			if err := i.Rewrite(facts, u.Now); err != nil {
				return change{}, err
			}
			return change{action: "resource.rewrite"}, standing(ctx, u, facts.PlaceID)
		})
}

// FireItem offers, pauses or withdraws. Faults: record.not_found, record.stale,
// access.forbidden, resource.transition_refused, resource.reason_required.
func (s *Service) FireItem(ctx context.Context, actor access.Actor, key string, id ident.ResourceID, version int64, action, reason string) (resource.Item, error) {
	return s.changeItem(ctx, actor, app.Write{Name: "fireItem", Key: key, Input: []any{id, version, action, reason}}, id, version,
		func(_ context.Context, u *app.Unit, i *resource.Item) (change, error) {
			_, err := i.Fire(action, reason, u.Now)
			return change{action: "resource." + action, reason: reason}, err
		})
}

func (s *Service) changeItem(ctx context.Context, actor access.Actor, w app.Write, id ident.ResourceID, version int64,
	decide func(ctx context.Context, u *app.Unit, i *resource.Item) (change, error)) (resource.Item, error) {
	w.Permission = access.ResourceEdit
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Item, error) {
		i, err := u.Resources.Item(ctx, id)
		if err != nil {
			return resource.Item{}, err
		}
		if err := mayEdit(u.Actor, i.PartyID, i.State); err != nil {
			return *i, err
		}
		if err := same(i.Version, version); err != nil {
			return *i, err
		}
		before := *i
		did, err := decide(ctx, u, i)
		if err != nil {
			return *i, err
		}
		return *i, storeItem(ctx, u, before, i, did)
	})
}

func storeItem(ctx context.Context, u *app.Unit, before resource.Item, i *resource.Item, did change) error {
	if err := u.Resources.SaveItem(ctx, i); err != nil {
		return err
	}
	entry := audit.Entry{Action: did.action, Kind: "resource", ID: string(i.ID), PlaceID: i.Facts.PlaceID, Before: before, After: *i, Reason: did.reason}
	if err := u.Record(ctx, entry); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "resource.changed", ObjectKind: "resource", ObjectID: string(i.ID), PlaceID: i.Facts.PlaceID, Data: map[string]string{"state": i.State}})
}
