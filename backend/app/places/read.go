package places

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// MaxFound bounds a search: a picker shows one screen.
const MaxFound = 100

// Children lists the places in force directly under a parent; "" lists the cities.
func (s *Service) Children(ctx context.Context, parent ident.PlaceID) ([]community.Place, error) {
	return app.Look(ctx, s.app, access.Actor{}, access.Public, func(ctx context.Context, u *app.Unit) ([]community.Place, error) {
		return u.Places.Children(ctx, parent)
	})
}

// Find looks places up by words or the beginning of a code, with their ancestors' names.
func (s *Service) Find(ctx context.Context, q community.Query, within ident.PlaceID) ([]Named, error) {
	return app.Look(ctx, s.app, access.Actor{}, access.Public, func(ctx context.Context, u *app.Unit) ([]Named, error) {
		if within != "" {
			p, err := u.Places.Place(ctx, within)
			if err != nil {
				return nil, err
			}
			q.Path = p.Path
		}
		q.Limit = min(max(q.Limit, 1), MaxFound)
		all, err := u.Places.Find(ctx, q)
		if err != nil {
			return nil, err
		}
		return withAncestors(ctx, u, all)
	})
}

// Detail is everything public about a place.
type Detail struct {
	Place     community.Place
	Ancestors []Named // from the city down, without the place
	Children  []community.Place
	Periods   []community.Period
	Links     []Lineage
	Facts     []community.Fact
	Asked     *community.Rehoming // the open question about it, if any
}

// Lineage is one edge of the crosswalk, seen from a place.
type Lineage struct {
	Kind   string // "merged", "split"
	From   Named
	To     Named
	Reason string
	Since  string // day
}

// Detail loads a place, ended ones included: nothing public becomes unreachable. Fault
// record.not_found.
func (s *Service) Detail(ctx context.Context, id ident.PlaceID) (Detail, error) {
	return app.Look(ctx, s.app, access.Actor{}, access.Public, func(ctx context.Context, u *app.Unit) (Detail, error) {
		p, err := u.Places.Place(ctx, id)
		if err != nil {
			return Detail{}, err
		}
		d := Detail{Place: *p}
		if d.Children, err = u.Places.Children(ctx, id); err != nil {
			return d, err
		}
		if d.Periods, err = u.Places.Periods(ctx, id); err != nil {
			return d, err
		}
		if d.Facts, err = u.Places.Facts(ctx, id); err != nil {
			return d, err
		}
		return d, lineage(ctx, u, &d)
	})
}

func lineage(ctx context.Context, u *app.Unit, d *Detail) error {
	links, err := u.Places.Links(ctx, d.Place.ID)
	if err != nil {
		return err
	}
	ids := ancestorsOf(d.Place)
	for _, l := range links {
		ids = append(ids, l.FromID, l.ToID)
	}
	names, err := nameAll(ctx, u, ids)
	if err != nil {
		return err
	}
	for _, id := range ancestorsOf(d.Place) {
		d.Ancestors = append(d.Ancestors, names[id])
	}
	for _, l := range links {
		d.Links = append(d.Links, Lineage{Kind: l.Kind, From: names[l.FromID], To: names[l.ToID], Reason: l.Reason, Since: day(l.From)})
	}
	return open(ctx, u, d)
}

func open(ctx context.Context, u *app.Unit, d *Detail) error {
	all, err := u.Places.Rehomings(ctx, community.RehomingQuery{State: community.RehomingOpen, PlaceID: d.Place.ID, Limit: 1})
	if len(all) > 0 {
		d.Asked = &all[0]
	}
	return err
}

// ancestorsOf reads the path of a place: the identities above it.
func ancestorsOf(p community.Place) []ident.PlaceID {
	var out []ident.PlaceID
	for _, id := range strings.Split(strings.Trim(p.Path, "/"), "/") {
		if id != string(p.ID) && id != "" {
			out = append(out, ident.PlaceID(id))
		}
	}
	return out
}

// nameAll names places by id, each with the names above it up to its district.
func nameAll(ctx context.Context, u *app.Unit, ids []ident.PlaceID) (map[ident.PlaceID]Named, error) {
	out := map[ident.PlaceID]Named{}
	if len(ids) == 0 {
		return out, nil
	}
	all, err := u.Places.Named(ctx, ids)
	if err != nil {
		return nil, err
	}
	named, err := withAncestors(ctx, u, all)
	for _, n := range named {
		out[n.ID] = n
	}
	return out, err
}

func withAncestors(ctx context.Context, u *app.Unit, all []community.Place) ([]Named, error) {
	seen := map[ident.PlaceID]bool{}
	var above []ident.PlaceID
	for _, p := range all {
		for _, id := range ancestorsOf(p) {
			if !seen[id] {
				seen[id] = true
				above = append(above, id)
			}
		}
	}
	parents, err := u.Places.Named(ctx, above)
	if err != nil {
		return nil, err
	}
	byID := map[ident.PlaceID]community.Place{}
	for _, p := range parents {
		byID[p.ID] = p
	}
	out := make([]Named, len(all))
	for i, p := range all {
		out[i] = Named{ID: p.ID, Code: p.Code, Name: p.Name, Level: int(p.Level), Active: p.Active}
		for _, id := range ancestorsOf(p) {
			if a := byID[id]; a.Level >= community.LevelDistrict {
				out[i].Within = strings.TrimSpace(out[i].Within + " " + a.Name)
			}
		}
	}
	return out, nil
}

// Count is a dated figure that a community worker states about his community.
type Count struct {
	PlaceID ident.PlaceID
	Kind    community.FactKind
	Value   int64
	AsOf    string // day
	Source  string
}

// Imports lists the lists that were applied, newest first.
func (s *Service) Imports(ctx context.Context, actor access.Actor) ([]community.Import, error) {
	const most = 50
	return app.Look(ctx, s.app, actor, access.PlaceImport, func(ctx context.Context, u *app.Unit) ([]community.Import, error) {
		return u.Places.Imports(ctx, most)
	})
}

func notCommunity() error {
	return fault.Conflict("places.not_community", "figures are kept for communities")
}
