package resources

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/resource"
)

// Filter selects a page of a list in words of the outside.
type Filter struct {
	resource.Query
	ServesPlace ident.PlaceID // services given at this place
	Within      ident.PlaceID // registered or standing inside this place
}

// Page is one page and where the next begins ("" at the end).
type Page[T any] struct {
	Items []T
	Next  string
}

// Line is one organisation of the directory with its place by name.
type Line struct {
	resource.Listed
	Place string // "成华区 保和街道 和美社区"
}

// Directory lists organisations, newest first. Fault record.not_found for an unknown place.
func (s *Service) Directory(ctx context.Context, f Filter) (Page[Line], error) {
	return app.Look(ctx, s.app, access.Actor{}, access.Public, func(ctx context.Context, u *app.Unit) (Page[Line], error) {
		q, err := place(ctx, u, f)
		if err != nil {
			return Page[Line]{}, err
		}
		q.Limit = f.Limit + 1
		found, err := u.Resources.Organizations(ctx, q)
		if err != nil {
			return Page[Line]{}, err
		}
		ids := make([]ident.PlaceID, len(found))
		for i, l := range found {
			ids[i] = l.Named.PlaceID
		}
		names, err := placeNames(ctx, u, ids)
		if err != nil {
			return Page[Line]{}, err
		}
		lines := make([]Line, len(found))
		for i, l := range found {
			lines[i] = Line{l, names[l.Named.PlaceID]}
		}
		return cut(lines, f.Limit, func(l Line) string { return string(l.Organization.ID) }), nil
	})
}

// cut makes a page of at most limit from a list that was asked for one more.
func cut[T any](all []T, limit int, id func(T) string) Page[T] {
	if len(all) <= limit {
		return Page[T]{Items: all}
	}
	return Page[T]{Items: all[:limit], Next: id(all[limit-1])}
}

// place turns the filter's places into paths and points.
func place(ctx context.Context, u *app.Unit, f Filter) (resource.Query, error) {
	q := f.Query
	if f.Within != "" {
		p, err := u.Places.Place(ctx, f.Within)
		if err != nil {
			return q, err
		}
		q.PlacePath = p.Path
	}
	if f.ServesPlace != "" {
		p, err := u.Places.Place(ctx, f.ServesPlace)
		if err != nil {
			return q, err
		}
		q.Serves = &resource.Spot{Path: pathIDs(p.Path), Lat: p.Lat, Lng: p.Lng, Known: p.Located()}
	}
	return q, nil
}

func pathIDs(path string) []ident.PlaceID {
	var out []ident.PlaceID
	for _, id := range strings.Split(strings.Trim(path, "/"), "/") {
		out = append(out, ident.PlaceID(id))
	}
	return out
}

// placeNames writes places with the names above them, from the district down.
func placeNames(ctx context.Context, u *app.Unit, ids []ident.PlaceID) (map[ident.PlaceID]string, error) {
	places, err := u.Places.Named(ctx, unique(ids))
	if err != nil {
		return nil, err
	}
	var above []ident.PlaceID
	for _, p := range places {
		above = append(above, pathIDs(p.Path)...)
	}
	all, err := u.Places.Named(ctx, unique(above))
	if err != nil {
		return nil, err
	}
	byID := map[ident.PlaceID]community.Place{}
	for _, p := range all {
		byID[p.ID] = p
	}
	out := map[ident.PlaceID]string{}
	for _, p := range places {
		var words []string
		for _, id := range pathIDs(p.Path) {
			if a := byID[id]; a.Level > community.LevelCity || p.Level == community.LevelCity {
				words = append(words, a.Name)
			}
		}
		out[p.ID] = strings.Join(words, " ")
	}
	return out, nil
}

func unique(ids []ident.PlaceID) []ident.PlaceID {
	seen := map[ident.PlaceID]bool{"": true}
	var out []ident.PlaceID
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// Sheet is everything on an organisation's page. Mine tells whether the actor may change it.
type Sheet struct {
	Named        resource.Named
	Organization resource.Organization
	Services     []ServiceLine
	Items        []resource.Item
	Places       map[ident.PlaceID]string
	Checker      string // name of the party that checked it last
	Today        calendar.Date
	Mine         bool
	MayCheck     bool
	Mistakes     []resource.Mistake // open ones, for the owner
}

// ServiceLine is a service with what the actor may do to it.
type ServiceLine struct {
	resource.Service
	Actions []Action
	Checker string
}

// Sheet shows one organisation. The public sees what is offered; the owner also drafts and
// what was withdrawn. Fault record.not_found.
func (s *Service) Sheet(ctx context.Context, actor access.Actor, id ident.OrganizationID) (Sheet, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Sheet, error) {
		o, err := u.Resources.Organization(ctx, id)
		if err != nil {
			return Sheet{}, err
		}
		p, err := u.People.Party(ctx, id)
		if err != nil {
			return Sheet{}, err
		}
		sheet := Sheet{
			Organization: *o, Today: calendar.DateOf(u.Now),
			Named:    resource.Named{Kind: string(p.Kind), Name: p.Name, NameEN: p.NameEN, USCC: p.USCC, PlaceID: p.PlaceID, Active: p.Active},
			Mine:     access.Allow(actor, access.ResourceEdit, access.Object{PartyID: id}) == nil,
			MayCheck: actor.PartyID != id && access.Holds(actor.Role, access.ResourceCheck),
		}
		return sheet, sheet.fill(ctx, u, actor)
	})
}

func (x *Sheet) fill(ctx context.Context, u *app.Unit, actor access.Actor) error {
	id := x.Organization.ID
	services, err := u.Resources.ServicesOf(ctx, []ident.OrganizationID{id})
	if err != nil {
		return err
	}
	names := checkers{}
	for _, v := range services {
		if v.State == resource.StateOffered || v.State == resource.StatePaused || x.Mine {
			x.Services = append(x.Services, ServiceLine{v, actionsOf(actor, resource.ServiceMachine, v.State, id), names.of(ctx, u, v.Checked)})
		}
	}
	q := resource.Query{PartyID: id, Limit: resource.MaxLocations}
	if x.Mine {
		q.States = []string{resource.StateDraft, resource.StateOffered, resource.StatePaused}
	}
	if x.Items, err = u.Resources.Items(ctx, q); err != nil {
		return err
	}
	x.Checker = names.of(ctx, u, x.Organization.Checked)
	if x.Mine {
		if x.Mistakes, err = u.Resources.Mistakes(ctx, id, "open", resource.MaxLocations); err != nil {
			return err
		}
	}
	x.Places, err = placeNames(ctx, u, x.placeIDs())
	return err
}

func (x *Sheet) placeIDs() []ident.PlaceID {
	ids := []ident.PlaceID{x.Named.PlaceID}
	for _, l := range x.Organization.Profile.Locations {
		ids = append(ids, l.PlaceID)
	}
	for _, v := range x.Services {
		for _, a := range v.Offer.Areas {
			ids = append(ids, a.PlaceID)
		}
	}
	for _, i := range x.Items {
		ids = append(ids, i.Facts.PlaceID)
	}
	return ids
}

// checkers remembers the names of parties that checked records.
type checkers map[ident.PartyID]string

func (c checkers) of(ctx context.Context, u *app.Unit, check *resource.Check) string {
	if check == nil {
		return ""
	}
	name, known := c[check.PartyID]
	if !known {
		if p, err := u.People.Party(ctx, check.PartyID); err == nil {
			name = p.Name
		}
		c[check.PartyID] = name
	}
	return name
}

// Offered is a service with who gives it and where.
type Offered struct {
	ServiceLine
	Owner     resource.Named
	Profile   resource.Profile // locations, for the service's page
	Places    map[ident.PlaceID]string
	Mine      bool
	MayCheck  bool
	OwnerBad  resource.Listing
	Locations []resource.Location
}

// Services lists what is offered, newest first. Fault record.not_found for an unknown place.
func (s *Service) Services(ctx context.Context, actor access.Actor, f Filter) (Page[Offered], error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Page[Offered], error) {
		q, err := place(ctx, u, f)
		if err != nil {
			return Page[Offered]{}, err
		}
		q.Limit = f.Limit + 1
		found, err := u.Resources.Services(ctx, q)
		if err != nil {
			return Page[Offered]{}, err
		}
		page := cut(found, f.Limit, func(v resource.Service) string { return string(v.ID) })
		out := Page[Offered]{Next: page.Next}
		for _, v := range page.Items {
			o, err := offered(ctx, u, actor, v)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, o)
		}
		return out, nil
	})
}

// Service shows one service; drafts to their owner only. Fault record.not_found.
func (s *Service) Service(ctx context.Context, actor access.Actor, id ident.ServiceID) (Offered, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Offered, error) {
		v, err := u.Resources.Service(ctx, id)
		if err != nil {
			return Offered{}, err
		}
		o, err := offered(ctx, u, actor, *v)
		if err == nil && v.State == resource.StateDraft && !o.Mine {
			return Offered{}, fault.NotFound("record.not_found", "a draft of somebody else")
		}
		return o, err
	})
}

func offered(ctx context.Context, u *app.Unit, actor access.Actor, v resource.Service) (Offered, error) {
	p, err := u.People.Party(ctx, v.OrganizationID)
	if err != nil {
		return Offered{}, err
	}
	o, err := u.Resources.Organization(ctx, v.OrganizationID)
	if err != nil {
		return Offered{}, err
	}
	out := Offered{
		ServiceLine: ServiceLine{v, actionsOf(actor, resource.ServiceMachine, v.State, v.OrganizationID), checkers{}.of(ctx, u, v.Checked)},
		Owner:       resource.Named{Kind: string(p.Kind), Name: p.Name, NameEN: p.NameEN, USCC: p.USCC, PlaceID: p.PlaceID, Active: p.Active},
		Profile:     o.Profile, OwnerBad: o.Register.Listing,
		Mine:     access.Allow(actor, access.ResourceEdit, access.Object{PartyID: v.OrganizationID}) == nil,
		MayCheck: actor.PartyID != v.OrganizationID && access.Holds(actor.Role, access.ResourceCheck),
	}
	ids := []ident.PlaceID{p.PlaceID}
	for _, a := range v.Offer.Areas {
		ids = append(ids, a.PlaceID)
	}
	for _, id := range v.Offer.LocationIDs {
		if l, ok := o.Profile.Location(id); ok {
			out.Locations = append(out.Locations, l)
			ids = append(ids, l.PlaceID)
		}
	}
	out.Places, err = placeNames(ctx, u, ids)
	return out, err
}

// Thing is a venue or volunteer hours with owner and place by name.
type Thing struct {
	resource.Item
	Owner    resource.Named
	Place    string
	Checker  string
	Actions  []Action
	Mine     bool
	MayCheck bool
}

// Things lists venues or volunteer hours, newest first.
func (s *Service) Things(ctx context.Context, actor access.Actor, f Filter) (Page[Thing], error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Page[Thing], error) {
		q, err := place(ctx, u, f)
		if err != nil {
			return Page[Thing]{}, err
		}
		q.Limit = f.Limit + 1
		found, err := u.Resources.Items(ctx, q)
		if err != nil {
			return Page[Thing]{}, err
		}
		page := cut(found, f.Limit, func(i resource.Item) string { return string(i.ID) })
		out := Page[Thing]{Next: page.Next}
		for _, i := range page.Items {
			t, err := thing(ctx, u, actor, i)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, t)
		}
		return out, nil
	})
}

// Thing shows one venue or offer of hours. Fault record.not_found.
func (s *Service) Thing(ctx context.Context, actor access.Actor, id ident.ResourceID) (Thing, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Thing, error) {
		i, err := u.Resources.Item(ctx, id)
		if err != nil {
			return Thing{}, err
		}
		t, err := thing(ctx, u, actor, *i)
		if err == nil && i.State == resource.StateDraft && !t.Mine {
			return Thing{}, fault.NotFound("record.not_found", "a draft of somebody else")
		}
		return t, err
	})
}

func thing(ctx context.Context, u *app.Unit, actor access.Actor, i resource.Item) (Thing, error) {
	p, err := u.People.Party(ctx, i.PartyID)
	if err != nil {
		return Thing{}, err
	}
	names, err := placeNames(ctx, u, []ident.PlaceID{i.Facts.PlaceID})
	return Thing{
		Item: i, Place: names[i.Facts.PlaceID], Checker: checkers{}.of(ctx, u, i.Checked),
		Owner:    resource.Named{Kind: string(p.Kind), Name: p.Name, NameEN: p.NameEN, USCC: p.USCC, PlaceID: p.PlaceID, Active: p.Active},
		Actions:  actionsOf(actor, resource.ItemMachine, i.State, i.PartyID),
		Mine:     access.Allow(actor, access.ResourceEdit, access.Object{PartyID: i.PartyID}) == nil,
		MayCheck: actor.PartyID != i.PartyID && access.Holds(actor.Role, access.ResourceCheck),
	}, err
}
