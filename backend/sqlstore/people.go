package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

type partyRow struct {
	bun.BaseModel `bun:"table:party"`
	ID            string `bun:",pk"`
	Kind          string
	Name          string
	NameEN        string `bun:"name_en"`
	USCC          string `bun:"uscc"`
	PlaceID       *string
	Active        bool
	CreatedAt     time.Time
	Version       int64
}

type personRow struct {
	bun.BaseModel `bun:"table:person"`
	ID            string `bun:",pk"`
	Name          string
	Phone         string
	Email         string
	PasswordHash  string
	Language      string
	Salt          *string
	LockedAt      *time.Time
	LockReason    *string
	CreatedAt     time.Time
	Version       int64
}

type membershipRow struct {
	bun.BaseModel `bun:"table:membership"`
	ID            string `bun:",pk"`
	PersonID      string
	PartyID       string
	Role          string
	PlaceID       *string
	Since         time.Time
	Until         *time.Time
	Version       int64
}

type people struct{ db bun.IDB }

func newPeople(db bun.IDB) party.PeopleRepository { return people{db} }

func (s people) Party(ctx context.Context, id ident.PartyID) (*party.Party, error) {
	r, err := get[partyRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromPartyRow(r), nil
}

func fromPartyRow(r *partyRow) *party.Party {
	return &party.Party{
		ID: ident.PartyID(r.ID), Kind: party.Kind(r.Kind), Name: r.Name, NameEN: r.NameEN, USCC: r.USCC,
		PlaceID: ident.PlaceID(text(r.PlaceID)), Active: r.Active, CreatedAt: utc(r.CreatedAt), Version: r.Version,
	}
}

func toPartyRow(p *party.Party) *partyRow {
	return &partyRow{
		ID: string(p.ID), Kind: string(p.Kind), Name: p.Name, NameEN: p.NameEN, USCC: p.USCC,
		PlaceID: null(string(p.PlaceID)), Active: p.Active, CreatedAt: p.CreatedAt, Version: p.Version,
	}
}

func (s people) InsertParty(ctx context.Context, p *party.Party) error {
	p.Version = 1
	return insert(ctx, s.db, toPartyRow(p))
}

func (s people) SaveParty(ctx context.Context, p *party.Party) error {
	r := toPartyRow(p)
	err := save(ctx, s.db, r, &r.Version)
	p.Version = r.Version
	return err
}

func (s people) Person(ctx context.Context, id ident.PersonID) (*party.Person, error) {
	r, err := get[personRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromPersonRow(r), nil
}

func fromPersonRow(r *personRow) *party.Person {
	return &party.Person{
		ID: ident.PersonID(r.ID), Name: r.Name, Phone: r.Phone, Email: r.Email, PasswordHash: r.PasswordHash,
		Language: r.Language, Salt: text(r.Salt), LockedAt: utcp(r.LockedAt), LockReason: text(r.LockReason),
		CreatedAt: utc(r.CreatedAt), Version: r.Version,
	}
}

func toPersonRow(p *party.Person) *personRow {
	return &personRow{
		ID: string(p.ID), Name: p.Name, Phone: p.Phone, Email: p.Email, PasswordHash: p.PasswordHash,
		Language: p.Language, Salt: null(p.Salt), LockedAt: p.LockedAt, LockReason: null(p.LockReason),
		CreatedAt: p.CreatedAt, Version: p.Version,
	}
}

func (s people) InsertPerson(ctx context.Context, p *party.Person) error {
	p.Version = 1
	return insert(ctx, s.db, toPersonRow(p))
}

func (s people) SavePerson(ctx context.Context, p *party.Person) error {
	r := toPersonRow(p)
	err := save(ctx, s.db, r, &r.Version)
	p.Version = r.Version
	return err
}

func (s people) Membership(ctx context.Context, id ident.MembershipID) (*party.Membership, error) {
	r, err := get[membershipRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromMembershipRow(r), nil
}

func fromMembershipRow(r *membershipRow) *party.Membership {
	return &party.Membership{
		ID: ident.MembershipID(r.ID), PersonID: ident.PersonID(r.PersonID), PartyID: ident.PartyID(r.PartyID),
		Role: access.Role(r.Role), PlaceID: ident.PlaceID(text(r.PlaceID)), Since: utc(r.Since), Until: utcp(r.Until), Version: r.Version,
	}
}

func toMembershipRow(m *party.Membership) *membershipRow {
	return &membershipRow{
		ID: string(m.ID), PersonID: string(m.PersonID), PartyID: string(m.PartyID), Role: string(m.Role),
		PlaceID: null(string(m.PlaceID)), Since: m.Since, Until: m.Until, Version: m.Version,
	}
}

func (s people) InsertMembership(ctx context.Context, m *party.Membership) error {
	m.Version = 1
	return insert(ctx, s.db, toMembershipRow(m))
}

func (s people) SaveMembership(ctx context.Context, m *party.Membership) error {
	r := toMembershipRow(m)
	err := save(ctx, s.db, r, &r.Version)
	m.Version = r.Version
	return err
}
