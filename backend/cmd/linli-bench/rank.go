package main

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
	"linli/backend/domain/party"
	"linli/backend/domain/resource"
)

// askers is how many suppliers take turns in asking for their opportunities.
const askers = 50

// rank times the ten best suppliers for needs, the way a buyer asks, and the ten best
// opportunities, the way suppliers ask; the index is built first and timed on its own. The
// reference, every pairing scored one by one, is in the benchmarks of engine/rank.
func (b *bench) rank() error {
	if len(b.needs) == 0 {
		return nil
	}
	start := time.Now()
	if err := b.s.Services.Matching.Warm(b.ctx); err != nil {
		return err
	}
	took := ms(time.Since(start))
	b.figures = append(b.figures, figure{Name: "ranking: build the index of the whole city", Runs: 1, P50ms: took, P99ms: took})
	buyer, err := b.buyer()
	if err != nil {
		return err
	}
	err = b.time("ranking: ten best suppliers for a need", b.runs, func() (int, error) {
		n := b.needs[b.random.IntN(len(b.needs))]
		r, err := b.s.Services.Matching.Suppliers(b.ctx, buyer, matching.SubjectNeed, string(n.ID), topTen)
		return len(r.Lines), err
	})
	if err != nil {
		return err
	}
	suppliers, err := b.suppliers()
	if err != nil {
		return err
	}
	return b.time("ranking: ten best opportunities for a supplier", b.runs, func() (int, error) {
		r, err := b.s.Services.Matching.Opportunities(b.ctx, suppliers[b.random.IntN(len(suppliers))], matching.SubjectNeed, topTen)
		return len(r.Lines), err
	})
}

// topTen is how many lines a ranking shows.
const topTen = 10

// buyer makes the office that asks, on top of the city.
func (b *bench) buyer() (actor access.Actor, err error) {
	err = b.s.App.Store.Update(b.ctx, func(ctx context.Context, u *app.Unit) error {
		cities, err := u.Places.Children(ctx, "")
		if err != nil || len(cities) == 0 {
			return err
		}
		office := party.Party{ID: ident.PartyID(u.NewID()), Kind: party.KindGOV, Name: "（虚构）测量用采购单位", PlaceID: cities[0].ID, Active: true, CreatedAt: u.Now}
		if err := u.People.InsertParty(ctx, &office); err != nil {
			return err
		}
		actor, err = member(ctx, u, office.ID, access.BuyerMaker)
		return err
	})
	return actor, err
}

// suppliers makes people who act for some of the organisations.
func (b *bench) suppliers() (actors []access.Actor, err error) {
	err = b.s.App.Store.Update(b.ctx, func(ctx context.Context, u *app.Unit) error {
		listed, err := u.Resources.Organizations(ctx, resource.Query{Limit: askers})
		if err != nil {
			return err
		}
		for _, l := range listed {
			a, err := member(ctx, u, l.Organization.ID, access.SupplierAgent)
			if err != nil {
				return err
			}
			actors = append(actors, a)
		}
		return nil
	})
	return actors, err
}

// member makes a person who acts for a party.
func member(ctx context.Context, u *app.Unit, of ident.PartyID, role access.Role) (access.Actor, error) {
	person := party.Person{ID: ident.PersonID(u.NewID()), Name: "测量", Language: "zh", CreatedAt: u.Now}
	if err := u.People.InsertPerson(ctx, &person); err != nil {
		return access.Actor{}, err
	}
	m := party.Membership{ID: ident.MembershipID(u.NewID()), PersonID: person.ID, PartyID: of, Role: role, Since: u.Now}
	if err := u.People.InsertMembership(ctx, &m); err != nil {
		return access.Actor{}, err
	}
	return u.Core.LiveActor(ctx, access.Actor{PersonID: person.ID, MembershipID: m.ID})
}
