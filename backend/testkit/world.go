package testkit

import (
	"context"
	"strconv"
	"sync/atomic"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// World is the small place every kit has: one city, district, street and two communities.
type World struct {
	City, District, Street, Community, Neighbour community.Place
}

func newWorld(k *Kit) World {
	var w World
	k.Update(func(ctx context.Context, u *app.Unit) error {
		path := "/"
		parent := ident.PlaceID("")
		add := func(level community.Level, code, name string, into *community.Place, keep bool) error {
			id := ident.PlaceID(u.NewID())
			*into = community.Place{
				ID: id, Level: level, Code: code, Name: name, ParentID: parent, Path: path + string(id) + "/",
				Lat: 30.63, Lng: 104.12, Active: true, EffectiveFrom: u.Now,
			}
			if keep {
				path, parent = into.Path, id
			}
			return u.Places.InsertPlace(ctx, into)
		}
		if err := add(community.LevelCity, "510100000000", "成都市", &w.City, true); err != nil {
			return err
		}
		if err := add(community.LevelDistrict, "510108000000", "成华区", &w.District, true); err != nil {
			return err
		}
		if err := add(community.LevelStreet, "510108012000", "保和街道", &w.Street, true); err != nil {
			return err
		}
		if err := add(community.LevelCommunity, "510108012011", "和美社区", &w.Community, false); err != nil {
			return err
		}
		return add(community.LevelCommunity, "510108012012", "东虹社区", &w.Neighbour, false)
	})
	return w
}

// Party makes a body at a place ("" for none).
func (k *Kit) Party(kind party.Kind, name string, at ident.PlaceID) *party.Party {
	k.T.Helper()
	p := &party.Party{Kind: kind, Name: name, NameEN: name, PlaceID: at, Active: true}
	k.Update(func(ctx context.Context, u *app.Unit) error {
		p.ID, p.CreatedAt = ident.PartyID(u.NewID()), u.Now
		return u.People.InsertParty(ctx, p)
	})
	return p
}

// As makes a new person with a role in a party and returns the actor.
func (k *Kit) As(role access.Role, in *party.Party) access.Actor {
	k.T.Helper()
	var actor access.Actor
	k.Update(func(ctx context.Context, u *app.Unit) error {
		person := &party.Person{ID: ident.PersonID(u.NewID()), Name: "测试" + strconv.Itoa(int(k.count())), Language: "zh", CreatedAt: u.Now}
		if err := u.People.InsertPerson(ctx, person); err != nil {
			return err
		}
		m := &party.Membership{ID: ident.MembershipID(u.NewID()), PersonID: person.ID, PartyID: in.ID, Role: role, Since: u.Now}
		if err := u.People.InsertMembership(ctx, m); err != nil {
			return err
		}
		var err error
		actor, err = u.Core.LiveActor(ctx, access.Actor{PersonID: person.ID, MembershipID: m.ID})
		return err
	})
	return actor
}

// Resident makes a resident of the kit's community.
func (k *Kit) Resident() access.Actor {
	k.T.Helper()
	var residents *party.Party
	k.View(func(ctx context.Context, u *app.Unit) error {
		var err error
		if residents, err = u.People.PartyOfKindAt(ctx, party.KindRes, k.World.Community.ID); fault.KindOf(err) == fault.KindNotFound {
			return nil
		}
		return err
	})
	if residents == nil {
		residents = k.Party(party.KindRes, "和美社区居民", k.World.Community.ID)
	}
	return k.As(access.Resident, residents)
}

// Buyer makes the street office as a party that buys.
func (k *Kit) Buyer() *party.Party {
	k.T.Helper()
	return k.Party(party.KindGOV, "保和街道办事处", k.World.Street.ID)
}

var counter atomic.Int64

func (k *Kit) count() int64 { return counter.Add(1) }
