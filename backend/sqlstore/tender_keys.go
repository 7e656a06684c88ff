package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

type officerKeyRow struct {
	bun.BaseModel `bun:"table:officer_key"`
	PersonID      string `bun:",pk"`
	Recipient     string
	Wrapped       string
	EnrolledAt    time.Time
	Version       int64
}

type lotKeyRow struct {
	bun.BaseModel `bun:"table:lot_key"`
	LotID         string `bun:",pk"`
	Kind          string `bun:",pk"`
	Recipient     string
	Wrapped       string
	Threshold     int
	Commitments   string
}

type lotKeyShareRow struct {
	bun.BaseModel `bun:"table:lot_key_share"`
	LotID         string `bun:",pk"`
	Kind          string `bun:",pk"`
	OfficerID     string `bun:",pk"`
	No            int
	Sealed        string
}

type openingRow struct {
	bun.BaseModel `bun:"table:opening"`
	LotID         string `bun:",pk"`
	Ceremony      string `bun:",pk"`
	TenderID      string
	Present       string
	OpenedAt      *time.Time
	OpenedBy      *string
	Unlocked      string
	Envelopes     string
	Version       int64
}

func fromOfficerKeyRow(r officerKeyRow) *tender.OfficerKey {
	return &tender.OfficerKey{
		PersonID: ident.PersonID(r.PersonID), Recipient: r.Recipient, Wrapped: r.Wrapped,
		EnrolledAt: utc(r.EnrolledAt), Version: r.Version,
	}
}

func toOfficerKeyRow(k *tender.OfficerKey) *officerKeyRow {
	return &officerKeyRow{
		PersonID: string(k.PersonID), Recipient: k.Recipient, Wrapped: k.Wrapped, EnrolledAt: k.EnrolledAt, Version: k.Version,
	}
}

func (s tenders) OfficerKey(ctx context.Context, person ident.PersonID) (*tender.OfficerKey, error) {
	r, err := get[officerKeyRow](ctx, s.db, "person_id = ?", person)
	if err != nil {
		return nil, err
	}
	return fromOfficerKeyRow(*r), nil
}

// maxOfficerKeys bounds the list of enrolled officers that a publication chooses from.
const maxOfficerKeys = 500

func (s tenders) OfficerKeys(ctx context.Context) ([]*tender.OfficerKey, error) {
	rows, err := list[officerKeyRow](ctx, s.db, maxOfficerKeys, "person_id", "1 = 1")
	if err != nil {
		return nil, err
	}
	out := make([]*tender.OfficerKey, len(rows))
	for i, r := range rows {
		out[i] = fromOfficerKeyRow(r)
	}
	return out, nil
}

func (s tenders) InsertOfficerKey(ctx context.Context, k *tender.OfficerKey) error {
	k.Version = 1
	return insert(ctx, s.db, toOfficerKeyRow(k))
}

func (s tenders) SaveOfficerKey(ctx context.Context, k *tender.OfficerKey) error {
	r := toOfficerKeyRow(k)
	err := save(ctx, s.db, r, &r.Version)
	k.Version = r.Version
	return err
}

func (s tenders) LotKeys(ctx context.Context, lot ident.LotID) ([]tender.LotKey, error) {
	rows, err := list[lotKeyRow](ctx, s.db, 0, "kind", "lot_id = ?", lot)
	if err != nil {
		return nil, err
	}
	shares, err := list[lotKeyShareRow](ctx, s.db, 0, "kind, no", "lot_id = ?", lot)
	if err != nil {
		return nil, err
	}
	var p packer
	out := make([]tender.LotKey, len(rows))
	for i, r := range rows {
		out[i] = tender.LotKey{
			LotID: ident.LotID(r.LotID), Kind: procedure.EnvelopeKind(r.Kind), Recipient: r.Recipient, Wrapped: r.Wrapped, Threshold: r.Threshold,
		}
		p.unpack(r.Commitments, &out[i].Commitments)
		for _, x := range shares {
			if x.Kind == r.Kind {
				out[i].Shares = append(out[i].Shares, tender.KeyShare{OfficerID: ident.PersonID(x.OfficerID), Index: x.No, Sealed: x.Sealed})
			}
		}
	}
	return out, p.err
}

func (s tenders) InsertLotKey(ctx context.Context, k tender.LotKey) error {
	var p packer
	r := &lotKeyRow{
		LotID: string(k.LotID), Kind: string(k.Kind), Recipient: k.Recipient, Wrapped: k.Wrapped, Threshold: k.Threshold,
		Commitments: p.pack(k.Commitments),
	}
	if p.err != nil {
		return p.err
	}
	if err := insert(ctx, s.db, r); err != nil {
		return err
	}
	rows := make([]lotKeyShareRow, len(k.Shares))
	for i, x := range k.Shares {
		rows[i] = lotKeyShareRow{LotID: r.LotID, Kind: r.Kind, OfficerID: string(x.OfficerID), No: x.Index, Sealed: x.Sealed}
	}
	return insert(ctx, s.db, &rows)
}

func (s tenders) Opening(ctx context.Context, lot ident.LotID, ceremony string) (*tender.Opening, error) {
	r, err := get[openingRow](ctx, s.db, "lot_id = ? AND ceremony = ?", lot, ceremony)
	if err != nil {
		return nil, err
	}
	var p packer
	o := &tender.Opening{
		LotID: ident.LotID(r.LotID), TenderID: ident.TenderID(r.TenderID), Ceremony: r.Ceremony,
		OpenedAt: utcp(r.OpenedAt), OpenedBy: ident.PersonID(text(r.OpenedBy)), Version: r.Version,
	}
	p.unpack(r.Present, &o.Present)
	p.unpack(r.Unlocked, &o.Unlocked)
	p.unpack(r.Envelopes, &o.Envelopes)
	return o, p.err
}

func toOpeningRow(o *tender.Opening) (*openingRow, error) {
	var p packer
	r := &openingRow{
		LotID: string(o.LotID), Ceremony: o.Ceremony, TenderID: string(o.TenderID), Present: p.pack(o.Present), OpenedAt: o.OpenedAt,
		OpenedBy: null(string(o.OpenedBy)), Unlocked: p.pack(o.Unlocked), Envelopes: p.pack(o.Envelopes), Version: o.Version,
	}
	return r, p.err
}

func (s tenders) InsertOpening(ctx context.Context, o *tender.Opening) error {
	o.Version = 1
	r, err := toOpeningRow(o)
	if err != nil {
		return err
	}
	return insert(ctx, s.db, r)
}

func (s tenders) SaveOpening(ctx context.Context, o *tender.Opening) error {
	r, err := toOpeningRow(o)
	if err != nil {
		return err
	}
	err = save(ctx, s.db, r, &r.Version)
	o.Version = r.Version
	return err
}
