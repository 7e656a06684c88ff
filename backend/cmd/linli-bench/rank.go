package main

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
	"linli/backend/domain/party"
)

// rank times the ten best suppliers for needs, the way a buyer asks; the index is built first
// and timed on its own.
func (b *bench) rank() error {
	if len(b.needs) == 0 {
		return nil
	}
	start := time.Now()
	if err := b.s.Services.Matching.Warm(b.ctx); err != nil {
		return err
	}
	b.figures = append(b.figures, figure{Name: "ranking: build the index of all organisations", Runs: 1, P50ms: ms(time.Since(start)), P99ms: ms(time.Since(start))})
	buyer, err := b.buyer()
	if err != nil {
		return err
	}
	return b.time("ranking: ten best suppliers for a need", b.runs, func() (int, error) {
		n := b.needs[b.random.IntN(len(b.needs))]
		r, err := b.s.Services.Matching.Suppliers(b.ctx, buyer, matching.SubjectNeed, string(n.ID), 10)
		return len(r.Lines), err
	})
}

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
		person := party.Person{ID: ident.PersonID(u.NewID()), Name: "测量", Language: "zh", CreatedAt: u.Now}
		if err := u.People.InsertPerson(ctx, &person); err != nil {
			return err
		}
		m := party.Membership{ID: ident.MembershipID(u.NewID()), PersonID: person.ID, PartyID: office.ID, Role: access.BuyerMaker, Since: u.Now}
		if err := u.People.InsertMembership(ctx, &m); err != nil {
			return err
		}
		actor, err = u.Core.LiveActor(ctx, access.Actor{PersonID: person.ID, MembershipID: m.ID})
		return err
	})
	return actor, err
}
