// Package city invents a large city on imported places: organisations with services, and
// needs. It is deterministic: one seed gives one city, apart from the identities that the
// store hands out. Nothing in it is real; it exists to measure with.
package city

import (
	"context"
	"math/rand/v2"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/project"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
)

// Size says how large a city to invent.
type Size struct {
	Seed          uint64
	Organizations int
	Needs         int
}

// needsPerProject: one project is proposed for so many needs.
const needsPerProject = 100

// Made counts what was stored.
type Made struct{ Committees, Organizations, Services, Needs, Projects int }

// batch is how many records one transaction stores. Every record gets its audit leaf, as if
// somebody had typed it in; the leaves of a batch are chained and written together.
const batch = 2000

// builder invents from one stream of random numbers, in a fixed order.
type builder struct {
	random      *rand.Rand
	communities []community.Place
	districts   map[ident.PlaceID]community.Place
	streets     map[ident.PlaceID]community.Place
	committees  map[ident.PlaceID]ident.PartyID
	codes       int         // credit codes given so far
	open        []need.Need // one in needsPerProject, for the projects
}

// Build stores a city on the places that are there. Fault city.no_places without them.
func Build(ctx context.Context, store app.Store, size Size) (Made, error) {
	b := &builder{
		random:    rand.New(rand.NewPCG(size.Seed, size.Seed^0x9E3779B97F4A7C15)), // #nosec G404 -- invented data, reproducible on purpose
		districts: map[ident.PlaceID]community.Place{}, streets: map[ident.PlaceID]community.Place{}, committees: map[ident.PlaceID]ident.PartyID{},
	}
	var made Made
	if err := store.View(ctx, b.look); err != nil {
		return made, err
	}
	if len(b.communities) == 0 {
		return made, fault.Conflict("city.no_places", "import a list of divisions first")
	}
	steps := []struct {
		n    int
		into *int
		fn   func(context.Context, *app.Unit, int) error
	}{
		{len(b.communities), &made.Committees, b.addCommittees},
		{size.Organizations, &made.Organizations, func(ctx context.Context, u *app.Unit, n int) error {
			services, err := b.addOrganizations(ctx, u, n)
			made.Services += services
			return err
		}},
		{size.Needs, &made.Needs, b.addNeeds},
		{size.Needs / needsPerProject, &made.Projects, b.addProjects},
	}
	for _, s := range steps {
		for *s.into < s.n {
			n := min(batch, s.n-*s.into)
			if err := store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
				u.Actor = access.Actor{Role: access.PlatformAdmin, Name: "invented city"}
				return s.fn(ctx, u, n)
			}); err != nil {
				return made, err
			}
			*s.into += n
		}
	}
	return made, nil
}

func (b *builder) look(ctx context.Context, u *app.Unit) error {
	all, err := u.Places.All(ctx)
	for _, p := range all {
		if !p.Active || !p.Located() {
			continue
		}
		switch p.Level {
		case community.LevelDistrict:
			b.districts[p.ID] = p
		case community.LevelStreet:
			b.streets[p.ID] = p
		case community.LevelCommunity:
			b.communities = append(b.communities, p)
		}
	}
	return err
}

// addCommittees gives the next communities the body that answers for their needs.
func (b *builder) addCommittees(ctx context.Context, u *app.Unit, n int) error {
	done := len(b.committees)
	for _, c := range b.communities[done : done+n] {
		known, err := u.People.PartyOfKindAt(ctx, kindOf(c), c.ID)
		if err == nil {
			b.committees[c.ID] = known.ID
			continue
		}
		if fault.KindOf(err) != fault.KindNotFound {
			return err
		}
		p := party.Party{ID: ident.PartyID(u.NewID()), Kind: kindOf(c), Name: c.Name + "居民委员会", PlaceID: c.ID, Active: true, CreatedAt: u.Now}
		if p.Kind == party.KindVC {
			p.Name = c.Name + "村民委员会"
		}
		if err := u.People.InsertParty(ctx, &p); err != nil {
			return err
		}
		if err := u.Record(ctx, audit.Entry{Action: "party.found", Kind: "party", ID: string(p.ID), PlaceID: c.ID, After: p}); err != nil {
			return err
		}
		b.committees[c.ID] = p.ID
	}
	return nil
}

func kindOf(c community.Place) party.Kind {
	if r := []rune(c.Name); len(r) > 0 && r[len(r)-1] == '村' {
		return party.KindVC
	}
	return party.KindRC
}

// addOrganizations stores the next organisations with their services.
func (b *builder) addOrganizations(ctx context.Context, u *app.Unit, n int) (services int, err error) {
	all := make([]resource.Loaded, n)
	for i := range all {
		p, err := b.party(u)
		if err != nil {
			return 0, err
		}
		if err := u.People.InsertParty(ctx, &p); err != nil {
			return 0, err
		}
		if err := u.Record(ctx, audit.Entry{Action: "party.found", Kind: "party", ID: string(p.ID), PlaceID: p.PlaceID, After: p}); err != nil {
			return 0, err
		}
		if all[i], err = b.organization(u, p); err != nil {
			return 0, err
		}
		services += len(all[i].Services)
	}
	if err := u.Resources.Load(ctx, all); err != nil {
		return 0, err
	}
	for _, x := range all {
		if err := u.Record(ctx, audit.Entry{Action: "organization.enlist", Kind: "organization", ID: string(x.Organization.ID), After: x.Organization}); err != nil {
			return 0, err
		}
		for _, v := range x.Services {
			if err := u.Record(ctx, audit.Entry{Action: "service.add", Kind: "service", ID: string(v.ID), After: v}); err != nil {
				return 0, err
			}
		}
	}
	return services, nil
}

// addNeeds stores the next needs.
func (b *builder) addNeeds(ctx context.Context, u *app.Unit, n int) error {
	codes, err := u.NextCodes(ctx, "XQ", n)
	if err != nil {
		return err
	}
	all := make([]need.Need, n)
	for i := range all {
		if all[i], err = b.need(u, codes[i]); err != nil {
			return err
		}
	}
	if err := u.Needs.Load(ctx, all); err != nil {
		return err
	}
	for i, x := range all {
		if i%needsPerProject == 0 {
			b.open = append(b.open, x)
		}
		if err := u.Record(ctx, audit.Entry{Action: "need.open", Kind: "need", ID: string(x.ID), PlaceID: x.PlaceID, NeedID: x.ID, After: x}); err != nil {
			return err
		}
	}
	return nil
}

// addProjects proposes the next projects, each for one need.
func (b *builder) addProjects(ctx context.Context, u *app.Unit, n int) error {
	codes, err := u.NextCodes(ctx, "XM", n)
	if err != nil {
		return err
	}
	by := party.Person{ID: ident.PersonID(u.NewID()), Name: "（虚构）提出人", Language: "zh", CreatedAt: u.Now}
	if err := u.People.InsertPerson(ctx, &by); err != nil {
		return err
	}
	for i := range n {
		x := b.open[0]
		b.open = b.open[1:]
		id := project.Identity{ID: ident.ProjectID(u.NewID()), Code: codes[i], PartyID: x.PartyID, By: by.ID, At: u.Now}
		p, err := project.New(id, project.Proposal{
			Title: x.Title, Summary: x.Summary, Track: project.TrackGovernment, PlaceID: x.PlaceID, Category: taxonomy.Code(x.Category),
			Beneficiaries: x.Beneficiaries, NeedIDs: []ident.NeedID{x.ID},
			Lots: []project.Lot{{ID: ident.LotID(u.NewID()), Title: x.Title, AmountFen: x.EstimateFen}},
		})
		if err != nil {
			return err
		}
		if err := u.Projects.InsertProject(ctx, p); err != nil {
			return err
		}
		if err := u.Record(ctx, audit.Entry{Action: "project.propose", Kind: "project", ID: string(p.ID), PlaceID: p.PlaceID, ProjectID: p.ID, After: p}); err != nil {
			return err
		}
	}
	return nil
}
