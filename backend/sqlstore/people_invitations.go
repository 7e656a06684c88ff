package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

type invitationRow struct {
	bun.BaseModel `bun:"table:invitation"`
	ID            string `bun:",pk"`
	PartyID       string
	Role          string
	PlaceID       *string
	Name          string
	Contact       string
	TokenHash     string
	Status        string
	InvitedBy     string
	PersonID      *string
	CreatedAt     time.Time
	EndsAt        time.Time
	ClosedAt      *time.Time
	Version       int64
}

func fromInvitationRow(r *invitationRow) *party.Invitation {
	return &party.Invitation{
		ID: ident.InvitationID(r.ID), PartyID: ident.PartyID(r.PartyID), Role: access.Role(r.Role), PlaceID: ident.PlaceID(text(r.PlaceID)),
		Name: r.Name, Contact: r.Contact, TokenHash: r.TokenHash, Status: r.Status, InvitedBy: ident.PersonID(r.InvitedBy),
		PersonID: ident.PersonID(text(r.PersonID)), CreatedAt: utc(r.CreatedAt), EndsAt: utc(r.EndsAt), ClosedAt: utcp(r.ClosedAt), Version: r.Version,
	}
}

func toInvitationRow(i *party.Invitation) *invitationRow {
	return &invitationRow{
		ID: string(i.ID), PartyID: string(i.PartyID), Role: string(i.Role), PlaceID: null(string(i.PlaceID)), Name: i.Name,
		Contact: i.Contact, TokenHash: i.TokenHash, Status: i.Status, InvitedBy: string(i.InvitedBy), PersonID: null(string(i.PersonID)),
		CreatedAt: i.CreatedAt, EndsAt: i.EndsAt, ClosedAt: i.ClosedAt, Version: i.Version,
	}
}

func (s people) Invitation(ctx context.Context, id ident.InvitationID) (*party.Invitation, error) {
	r, err := get[invitationRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromInvitationRow(r), nil
}

func (s people) InvitationByToken(ctx context.Context, tokenHash string) (*party.Invitation, error) {
	r, err := get[invitationRow](ctx, s.db, "token_hash = ?", tokenHash)
	if err != nil {
		return nil, err
	}
	return fromInvitationRow(r), nil
}

func (s people) InsertInvitation(ctx context.Context, i *party.Invitation) error {
	i.Version = 1
	return insert(ctx, s.db, toInvitationRow(i))
}

func (s people) SaveInvitation(ctx context.Context, i *party.Invitation) error {
	r := toInvitationRow(i)
	err := save(ctx, s.db, r, &r.Version)
	i.Version = r.Version
	return err
}

func (s people) InvitationsOf(ctx context.Context, id ident.PartyID, limit int) ([]party.Invitation, error) {
	rows, err := list[invitationRow](ctx, s.db, limit, "created_at DESC, id", "party_id = ?", id)
	if err != nil {
		return nil, err
	}
	out := make([]party.Invitation, len(rows))
	for i := range rows {
		out[i] = *fromInvitationRow(&rows[i])
	}
	return out, nil
}

type resetRow struct {
	bun.BaseModel `bun:"table:password_reset"`
	ID            string `bun:",pk"`
	PersonID      string
	CodeHash      string
	Channel       string
	MadeBy        *string
	Attempts      int
	CreatedAt     time.Time
	EndsAt        time.Time
	UsedAt        *time.Time
	Version       int64
}

func toResetRow(r *party.Reset) *resetRow {
	return &resetRow{
		ID: r.ID, PersonID: string(r.PersonID), CodeHash: r.CodeHash, Channel: r.Channel, MadeBy: null(string(r.MadeBy)),
		Attempts: r.Attempts, CreatedAt: r.CreatedAt, EndsAt: r.EndsAt, UsedAt: r.UsedAt, Version: r.Version,
	}
}

func (s people) InsertReset(ctx context.Context, r *party.Reset) error {
	r.Version = 1
	return insert(ctx, s.db, toResetRow(r))
}

func (s people) SaveReset(ctx context.Context, r *party.Reset) error {
	row := toResetRow(r)
	err := save(ctx, s.db, row, &row.Version)
	r.Version = row.Version
	return err
}

func (s people) LatestReset(ctx context.Context, person ident.PersonID) (*party.Reset, error) {
	rows, err := list[resetRow](ctx, s.db, 1, "created_at DESC, id DESC", "person_id = ?", person)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.NotFound("record.not_found", "no reset code")
	}
	r := rows[0]
	return &party.Reset{
		ID: r.ID, PersonID: ident.PersonID(r.PersonID), CodeHash: r.CodeHash, Channel: r.Channel, MadeBy: ident.PersonID(text(r.MadeBy)),
		Attempts: r.Attempts, CreatedAt: utc(r.CreatedAt), EndsAt: utc(r.EndsAt), UsedAt: utcp(r.UsedAt), Version: r.Version,
	}, nil
}
