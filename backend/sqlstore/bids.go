package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/bid"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
)

type bidRow struct {
	bun.BaseModel `bun:"table:bid"`
	ID            string `bun:",pk"`
	TenderID      string
	LotID         string
	SupplierID    string
	Supplier      string
	Status        string
	Reason        string
	DocVersion    int
	ReceivedAt    *time.Time
	FinalAt       *time.Time
	CreatedAt     time.Time
	Version       int64
}

type envelopeRow struct {
	bun.BaseModel `bun:"table:envelope"`
	ID            string `bun:",pk"`
	BidID         string
	Kind          string
	Number        int
	Hash          string
	Size          int
	ReceivedAt    time.Time
	ReceivedBy    string
}

type envelopeTextRow struct {
	bun.BaseModel `bun:"table:envelope_text"`
	EnvelopeID    string `bun:",pk"`
	CipherText    []byte
}

type openedPaperRow struct {
	bun.BaseModel `bun:"table:opened_paper"`
	EnvelopeID    string `bun:",pk"`
	BidID         string
	Kind          string
	Plain         string
	OpenedAt      time.Time
}

type bidRefusalRow struct {
	bun.BaseModel `bun:"table:bid_refusal"`
	ID            string `bun:",pk"`
	TenderID      string
	LotID         string
	SupplierID    string
	PersonID      string
	Kind          string
	Hashes        string
	ReceivedAt    time.Time
	DeadlineAt    time.Time
}

type bids struct{ db bun.IDB }

func newBids(db bun.IDB) bid.Repository { return bids{db} }

func toBidRow(b *bid.Bid) *bidRow {
	return &bidRow{
		ID: string(b.ID), TenderID: string(b.TenderID), LotID: string(b.LotID), SupplierID: string(b.SupplierID), Supplier: b.Supplier,
		Status: b.Status, Reason: b.Reason, DocVersion: b.DocVersion, ReceivedAt: b.ReceivedAt, FinalAt: b.FinalAt,
		CreatedAt: b.CreatedAt, Version: b.Version,
	}
}

func fromBidRow(r bidRow, envelopes []envelopeRow) *bid.Bid {
	b := &bid.Bid{
		ID: ident.BidID(r.ID), TenderID: ident.TenderID(r.TenderID), LotID: ident.LotID(r.LotID), SupplierID: ident.PartyID(r.SupplierID),
		Supplier: r.Supplier, Status: r.Status, Reason: r.Reason, DocVersion: r.DocVersion, ReceivedAt: utcp(r.ReceivedAt),
		FinalAt: utcp(r.FinalAt), CreatedAt: utc(r.CreatedAt), Version: r.Version,
	}
	for _, e := range envelopes {
		b.Envelopes = append(b.Envelopes, bid.Envelope{
			ID: ident.EnvelopeID(e.ID), Kind: procedure.EnvelopeKind(e.Kind), Number: e.Number, Hash: e.Hash, Size: e.Size,
			ReceivedAt: utc(e.ReceivedAt), ReceivedBy: ident.PersonID(e.ReceivedBy),
		})
	}
	return b
}

func (s bids) full(ctx context.Context, rows []bidRow) ([]*bid.Bid, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	envelopes, err := list[envelopeRow](ctx, s.db, 0, "bid_id, id", "bid_id IN (?)", bun.List(ids))
	if err != nil {
		return nil, err
	}
	by := map[string][]envelopeRow{}
	for _, e := range envelopes {
		by[e.BidID] = append(by[e.BidID], e)
	}
	out := make([]*bid.Bid, len(rows))
	for i, r := range rows {
		out[i] = fromBidRow(r, by[r.ID])
	}
	return out, nil
}

func (s bids) one(ctx context.Context, where string, args ...any) (*bid.Bid, error) {
	r, err := get[bidRow](ctx, s.db, where, args...)
	if err != nil {
		return nil, err
	}
	all, err := s.full(ctx, []bidRow{*r})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func (s bids) Bid(ctx context.Context, id ident.BidID) (*bid.Bid, error) {
	return s.one(ctx, "id = ?", id)
}

func (s bids) BidOf(ctx context.Context, lot ident.LotID, supplier ident.PartyID) (*bid.Bid, error) {
	return s.one(ctx, "lot_id = ? AND supplier_id = ?", lot, supplier)
}

func (s bids) BidsOfLot(ctx context.Context, lot ident.LotID) ([]*bid.Bid, error) {
	rows, err := list[bidRow](ctx, s.db, 0, "id", "lot_id = ?", lot)
	if err != nil {
		return nil, err
	}
	return s.full(ctx, rows)
}

func (s bids) BidsOfSupplier(ctx context.Context, supplier ident.PartyID, before string, limit int) ([]*bid.Bid, error) {
	where, args := "supplier_id = ?", []any{supplier}
	if before != "" {
		where, args = where+" AND id < ?", append(args, before)
	}
	rows, err := list[bidRow](ctx, s.db, limit, "id DESC", where, args...)
	if err != nil {
		return nil, err
	}
	return s.full(ctx, rows)
}

func (s bids) InsertBid(ctx context.Context, b *bid.Bid) error {
	b.Version = 1
	if err := insert(ctx, s.db, toBidRow(b)); err != nil {
		return err
	}
	return s.addEnvelopes(ctx, b)
}

func (s bids) SaveBid(ctx context.Context, b *bid.Bid) error {
	r := toBidRow(b)
	if err := save(ctx, s.db, r, &r.Version); err != nil {
		return err
	}
	if err := s.addEnvelopes(ctx, b); err != nil {
		return err
	}
	b.Version = r.Version
	return nil
}

// addEnvelopes stores the envelopes that are new; the others never change.
func (s bids) addEnvelopes(ctx context.Context, b *bid.Bid) error {
	if len(b.Envelopes) == 0 {
		return nil
	}
	rows := make([]envelopeRow, len(b.Envelopes))
	for i, e := range b.Envelopes {
		rows[i] = envelopeRow{
			ID: string(e.ID), BidID: string(b.ID), Kind: string(e.Kind), Number: e.Number, Hash: e.Hash, Size: e.Size,
			ReceivedAt: e.ReceivedAt, ReceivedBy: string(e.ReceivedBy),
		}
	}
	_, err := s.db.NewInsert().Model(&rows).On("CONFLICT (id) DO NOTHING").Exec(ctx)
	return fail(err)
}

func (s bids) PutCipherText(ctx context.Context, e ident.EnvelopeID, cipherText []byte) error {
	return insert(ctx, s.db, &envelopeTextRow{EnvelopeID: string(e), CipherText: cipherText})
}

func (s bids) CipherText(ctx context.Context, e ident.EnvelopeID) ([]byte, error) {
	r, err := get[envelopeTextRow](ctx, s.db, "envelope_id = ?", e)
	if err != nil {
		return nil, err
	}
	return r.CipherText, nil
}

func (s bids) InsertOpened(ctx context.Context, p bid.OpenedPaper) error {
	return insert(ctx, s.db, &openedPaperRow{
		EnvelopeID: string(p.EnvelopeID), BidID: string(p.BidID), Kind: string(p.Kind), Plain: p.Plain, OpenedAt: p.OpenedAt,
	})
}

func (s bids) OpenedOf(ctx context.Context, b ident.BidID) ([]bid.OpenedPaper, error) {
	rows, err := list[openedPaperRow](ctx, s.db, 0, "envelope_id", "bid_id = ?", b)
	if err != nil {
		return nil, err
	}
	out := make([]bid.OpenedPaper, len(rows))
	for i, r := range rows {
		out[i] = bid.OpenedPaper{
			EnvelopeID: ident.EnvelopeID(r.EnvelopeID), BidID: ident.BidID(r.BidID), Kind: procedure.EnvelopeKind(r.Kind),
			Plain: r.Plain, OpenedAt: utc(r.OpenedAt),
		}
	}
	return out, nil
}

func (s bids) InsertRefusal(ctx context.Context, x *bid.Refusal) error {
	var p packer
	r := &bidRefusalRow{
		ID: x.ID, TenderID: string(x.TenderID), LotID: string(x.LotID), SupplierID: string(x.SupplierID), PersonID: string(x.PersonID),
		Kind: x.Kind, Hashes: p.pack(x.Hashes), ReceivedAt: x.ReceivedAt, DeadlineAt: x.DeadlineAt,
	}
	if p.err != nil {
		return p.err
	}
	return insert(ctx, s.db, r)
}

func (s bids) Refusals(ctx context.Context, lot ident.LotID) ([]*bid.Refusal, error) {
	rows, err := list[bidRefusalRow](ctx, s.db, 0, "id", "lot_id = ?", lot)
	if err != nil {
		return nil, err
	}
	var p packer
	out := make([]*bid.Refusal, len(rows))
	for i, r := range rows {
		out[i] = &bid.Refusal{
			ID: r.ID, TenderID: ident.TenderID(r.TenderID), LotID: ident.LotID(r.LotID), SupplierID: ident.PartyID(r.SupplierID),
			PersonID: ident.PersonID(r.PersonID), Kind: r.Kind, ReceivedAt: utc(r.ReceivedAt), DeadlineAt: utc(r.DeadlineAt),
		}
		p.unpack(r.Hashes, &out[i].Hashes)
	}
	return out, p.err
}
