package sqlstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

type funds struct{ db bun.IDB }

func newFunds(db bun.IDB) fund.Repository { return funds{db} }

type fundRow struct {
	bun.BaseModel `bun:"table:fund"`
	ID            string `bun:",pk"`
	Code          string
	Name          string
	NameEN        string `bun:"name_en"`
	Purpose       string
	PlaceID       string
	PartyID       string
	Status        string
	EstablishedBy string
	EstablishedAt time.Time
	Version       int64
}

func toFundRow(f *fund.Fund) *fundRow {
	return &fundRow{
		ID: string(f.ID), Code: f.Code, Name: f.Name, NameEN: f.NameEN, Purpose: f.Purpose, PlaceID: string(f.PlaceID),
		PartyID: string(f.PartyID), Status: f.Status, EstablishedBy: string(f.EstablishedBy), EstablishedAt: f.EstablishedAt, Version: f.Version,
	}
}

func fromFundRow(r *fundRow) *fund.Fund {
	return &fund.Fund{
		ID: ident.FundID(r.ID), Code: r.Code, Name: r.Name, NameEN: r.NameEN, Purpose: r.Purpose, PlaceID: ident.PlaceID(r.PlaceID),
		PartyID: ident.PartyID(r.PartyID), Status: r.Status, EstablishedBy: ident.PersonID(r.EstablishedBy), EstablishedAt: utc(r.EstablishedAt), Version: r.Version,
	}
}

func (s funds) Fund(ctx context.Context, id ident.FundID) (*fund.Fund, error) {
	return one(ctx, s.db, fromFundRow, "id = ?", id)
}

func (s funds) FundOfPlace(ctx context.Context, place ident.PlaceID) (*fund.Fund, error) {
	return one(ctx, s.db, fromFundRow, "place_id = ? AND status <> 'dissolved'", place)
}

func (s funds) Funds(ctx context.Context, q fund.FundQuery) ([]*fund.Fund, error) {
	var rows []fundRow
	sel := s.db.NewSelect().Model(&rows).Where("code > ?", q.After).OrderExpr("code").Limit(int64(pageLimit(q.Limit)))
	if q.PartyID != "" {
		sel = sel.Where("party_id = ?", q.PartyID)
	}
	if q.PlacePath != "" {
		sel = sel.Where("place_id IN (SELECT id FROM place WHERE path LIKE ?)", q.PlacePath+"%")
	}
	if err := sel.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return each(rows, fromFundRow), nil
}

func (s funds) InsertFund(ctx context.Context, f *fund.Fund) error {
	f.Version = 1
	return insert(ctx, s.db, toFundRow(f))
}

func (s funds) SaveFund(ctx context.Context, f *fund.Fund) error {
	row := toFundRow(f)
	if err := save(ctx, s.db, row, &row.Version); err != nil {
		return err
	}
	f.Version = row.Version
	return nil
}

type pledgeRow struct {
	bun.BaseModel `bun:"table:pledge"`
	ID            string `bun:",pk"`
	Code          string
	FundID        string
	DonorID       string
	ProjectID     string
	Origin        string
	Basis         string
	AmountFen     int64
	RateBP        int64 `bun:"rate_bp"`
	Dues          string
	Restricted    bool
	Purpose       string
	Status        string
	OfferedBy     string
	OfferedAt     time.Time
	AcceptedBy    string
	Version       int64
}

func toPledgeRow(p *fund.Pledge) (*pledgeRow, error) {
	dues, err := json.Marshal(p.Dues)
	if err != nil {
		return nil, fault.Internal("instalments do not marshal", err)
	}
	return &pledgeRow{
		ID: string(p.ID), Code: p.Code, FundID: string(p.FundID), DonorID: string(p.DonorID), ProjectID: string(p.ProjectID),
		Origin: p.Origin, Basis: p.Basis, AmountFen: int64(p.AmountFen), RateBP: p.RateBP, Dues: string(dues),
		Restricted: p.Restricted, Purpose: p.Purpose, Status: p.Status, OfferedBy: string(p.OfferedBy), OfferedAt: p.OfferedAt,
		AcceptedBy: string(p.AcceptedBy), Version: p.Version,
	}, nil
}

func fromPledgeRow(r *pledgeRow) (*fund.Pledge, error) {
	p := &fund.Pledge{
		ID: ident.PledgeID(r.ID), Code: r.Code, FundID: ident.FundID(r.FundID), DonorID: ident.PartyID(r.DonorID),
		ProjectID: ident.ProjectID(r.ProjectID), Origin: r.Origin, Basis: r.Basis, AmountFen: money.Fen(r.AmountFen), RateBP: r.RateBP,
		Restricted: r.Restricted, Purpose: r.Purpose, Status: r.Status, OfferedBy: ident.PersonID(r.OfferedBy), OfferedAt: utc(r.OfferedAt),
		AcceptedBy: ident.PersonID(r.AcceptedBy), Version: r.Version,
	}
	if err := json.Unmarshal([]byte(r.Dues), &p.Dues); err != nil {
		return nil, fault.Internal("instalments of pledge "+r.Code+" do not read", err)
	}
	return p, nil
}

func (s funds) Pledge(ctx context.Context, id ident.PledgeID) (*fund.Pledge, error) {
	r, err := get[pledgeRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromPledgeRow(r)
}

func (s funds) Pledges(ctx context.Context, q fund.Query) ([]*fund.Pledge, error) {
	var rows []pledgeRow
	if err := narrow(s.db.NewSelect().Model(&rows), q, "donor_id").Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return tryEach(rows, fromPledgeRow)
}

func (s funds) InsertPledge(ctx context.Context, p *fund.Pledge) error {
	p.Version = 1
	row, err := toPledgeRow(p)
	if err != nil {
		return err
	}
	return insert(ctx, s.db, row)
}

func (s funds) SavePledge(ctx context.Context, p *fund.Pledge) error {
	row, err := toPledgeRow(p)
	if err != nil {
		return err
	}
	if err := save(ctx, s.db, row, &row.Version); err != nil {
		return err
	}
	p.Version = row.Version
	return nil
}

// narrow applies the conditions that pledges, donations and grants share.
func narrow(sel *bun.SelectQuery, q fund.Query, partyColumn string) *bun.SelectQuery {
	sel = sel.Where("code > ?", q.After).OrderExpr("code").Limit(int64(pageLimit(q.Limit)))
	if q.FundID != "" {
		sel = sel.Where("fund_id = ?", q.FundID)
	}
	if q.PartyID != "" {
		sel = sel.Where("? = ?", bun.Ident(partyColumn), q.PartyID)
	}
	if q.ProjectID != "" {
		sel = sel.Where("project_id = ?", q.ProjectID)
	}
	if q.PledgeID != "" {
		sel = sel.Where("pledge_id = ?", q.PledgeID)
	}
	if len(q.Statuses) > 0 {
		sel = sel.Where("status IN (?)", bun.List(q.Statuses))
	}
	return sel
}

// maxPage bounds a list that named no limit of its own.
const maxPage = 500

func pageLimit(n int) int {
	if n < 1 || n > maxPage {
		return maxPage
	}
	return n
}

// one loads and converts one row.
func one[R, D any](ctx context.Context, db bun.IDB, from func(*R) *D, where string, args ...any) (*D, error) {
	r, err := get[R](ctx, db, where, args...)
	if err != nil {
		return nil, err
	}
	return from(r), nil
}

// each converts rows that cannot fail to convert.
func each[R, D any](rows []R, from func(*R) *D) []*D {
	out := make([]*D, 0, len(rows))
	for i := range rows {
		out = append(out, from(&rows[i]))
	}
	return out
}

// tryEach converts rows and stops at the first that does not read.
func tryEach[R, D any](rows []R, from func(*R) (*D, error)) ([]*D, error) {
	out := make([]*D, 0, len(rows))
	for i := range rows {
		d, err := from(&rows[i])
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// dateOf reads a day that was stored as text.
func dateOf(text string) (calendar.Date, error) {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return d, fault.Internal("stored day "+text, err)
	}
	return d, nil
}
