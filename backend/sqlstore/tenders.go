package sqlstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

type tenderRow struct {
	bun.BaseModel `bun:"table:tender"`
	ID            string `bun:",pk"`
	Code          string
	ProjectID     string
	PlaceID       string
	BuyerID       string
	AgencyID      *string
	Title         string
	Category      string
	BudgetFen     int64
	Procedure     string
	RuleVersion   string
	Intention     string
	Document      string
	Officers      string
	Threshold     int
	DraftedBy     *string
	SubmittedAt   *time.Time
	ReviewedBy    *string
	ReviewedAt    *time.Time
	ReviewNote    string
	IssuedAt      *time.Time
	DeadlineAt    *time.Time
	DocVersion    int
	Clarified     string
	History       string
	CreatedAt     time.Time
	Version       int64
}

type lotRow struct {
	bun.BaseModel   `bun:"table:lot"`
	ID              string `bun:",pk"`
	TenderID        string
	ProjectLotID    string
	No              int
	Title           string
	Scope           string
	BudgetFen       int64
	CeilingFen      int64
	Status          string
	SuspendedFrom   string
	ReasonCode      string
	Reason          string
	PriceWeight     int64
	Criteria        string
	Qualifications  string
	Requirements    string
	LowPrice        string
	FinalInvitedAt  *time.Time
	FinalDeadlineAt *time.Time
	PriceOpenedAt   *time.Time
	EvaluatedAt     *time.Time
}

type tenders struct{ db bun.IDB }

func newTenders(db bun.IDB) tender.Repository { return tenders{db} }

// packer writes and reads the JSON columns of one row and keeps the first fault, so that the
// converters stay plain lists of fields.
type packer struct{ err error }

func (p *packer) pack(v any) string {
	text, err := json.Marshal(v)
	if err != nil && p.err == nil {
		p.err = fault.Internal("column does not marshal", err)
	}
	return string(text)
}

func (p *packer) unpack(text string, into any) {
	if err := json.Unmarshal([]byte(text), into); err != nil && p.err == nil {
		p.err = fault.Internal("stored column does not read", err)
	}
}

func toTenderRow(t *tender.Tender) (*tenderRow, error) {
	var p packer
	r := &tenderRow{
		ID: string(t.ID), Code: t.Code, ProjectID: string(t.ProjectID), PlaceID: string(t.PlaceID), BuyerID: string(t.BuyerID),
		AgencyID: null(string(t.AgencyID)), Title: t.Title, Category: t.Category, BudgetFen: int64(t.BudgetFen),
		Procedure: p.pack(t.Procedure), RuleVersion: t.Procedure.Terms.RuleVersion, Intention: p.pack(t.Intention),
		Document: p.pack(t.Document), Officers: p.pack(t.Officers), Threshold: t.Threshold, DraftedBy: null(string(t.DraftedBy)),
		SubmittedAt: t.SubmittedAt, ReviewedBy: null(string(t.ReviewedBy)), ReviewedAt: t.ReviewedAt, ReviewNote: t.ReviewNote,
		IssuedAt: t.IssuedAt, DeadlineAt: t.DeadlineAt, DocVersion: t.DocVersion, Clarified: p.pack(t.Clarified),
		History: p.pack(t.History), CreatedAt: t.CreatedAt, Version: t.Version,
	}
	return r, p.err
}

func fromTenderRow(r tenderRow, lots []lotRow) (*tender.Tender, error) {
	var p packer
	t := &tender.Tender{
		ID: ident.TenderID(r.ID), Code: r.Code, ProjectID: ident.ProjectID(r.ProjectID), PlaceID: ident.PlaceID(r.PlaceID),
		BuyerID: ident.PartyID(r.BuyerID), AgencyID: ident.PartyID(text(r.AgencyID)), Title: r.Title, Category: r.Category,
		BudgetFen: money.Fen(r.BudgetFen), Threshold: r.Threshold, DraftedBy: ident.PersonID(text(r.DraftedBy)),
		SubmittedAt: utcp(r.SubmittedAt), ReviewedBy: ident.PersonID(text(r.ReviewedBy)), ReviewedAt: utcp(r.ReviewedAt),
		ReviewNote: r.ReviewNote, IssuedAt: utcp(r.IssuedAt), DeadlineAt: utcp(r.DeadlineAt), DocVersion: r.DocVersion,
		CreatedAt: utc(r.CreatedAt), Version: r.Version,
	}
	p.unpack(r.Procedure, &t.Procedure)
	p.unpack(r.Intention, &t.Intention)
	p.unpack(r.Document, &t.Document)
	p.unpack(r.Officers, &t.Officers)
	p.unpack(r.Clarified, &t.Clarified)
	p.unpack(r.History, &t.History)
	for _, l := range lots {
		t.Lots = append(t.Lots, fromLotRow(l, &p))
	}
	return t, p.err
}

func toLotRow(of ident.TenderID, l tender.Lot, p *packer) *lotRow {
	return &lotRow{
		ID: string(l.ID), TenderID: string(of), ProjectLotID: string(l.ProjectLotID), No: l.No, Title: l.Title, Scope: l.Scope, BudgetFen: int64(l.BudgetFen),
		CeilingFen: int64(l.CeilingFen), Status: l.Status, SuspendedFrom: l.SuspendedFrom, ReasonCode: l.ReasonCode,
		Reason: l.Reason, PriceWeight: int64(l.PriceWeight), Criteria: p.pack(l.Criteria), Qualifications: p.pack(l.Qualifications),
		Requirements: p.pack(l.Requirements), LowPrice: p.pack(l.LowPrice), FinalInvitedAt: l.FinalInvitedAt,
		FinalDeadlineAt: l.FinalDeadlineAt, PriceOpenedAt: l.PriceOpenedAt, EvaluatedAt: l.EvaluatedAt,
	}
}

func fromLotRow(r lotRow, p *packer) tender.Lot {
	l := tender.Lot{
		ID: ident.LotID(r.ID), ProjectLotID: ident.LotID(r.ProjectLotID), No: r.No, Title: r.Title, Scope: r.Scope, BudgetFen: money.Fen(r.BudgetFen),
		CeilingFen: money.Fen(r.CeilingFen), Status: r.Status, SuspendedFrom: r.SuspendedFrom, ReasonCode: r.ReasonCode,
		Reason: r.Reason, PriceWeight: procedure.Points(r.PriceWeight), FinalInvitedAt: utcp(r.FinalInvitedAt),
		FinalDeadlineAt: utcp(r.FinalDeadlineAt), PriceOpenedAt: utcp(r.PriceOpenedAt), EvaluatedAt: utcp(r.EvaluatedAt),
	}
	p.unpack(r.Criteria, &l.Criteria)
	p.unpack(r.Qualifications, &l.Qualifications)
	p.unpack(r.Requirements, &l.Requirements)
	p.unpack(r.LowPrice, &l.LowPrice)
	return l
}

func (s tenders) lots(ctx context.Context, ids ...string) (map[string][]lotRow, error) {
	rows, err := list[lotRow](ctx, s.db, 0, "tender_id, no", "tender_id IN (?)", bun.List(ids))
	if err != nil {
		return nil, err
	}
	out := map[string][]lotRow{}
	for _, r := range rows {
		out[r.TenderID] = append(out[r.TenderID], r)
	}
	return out, nil
}

func (s tenders) Tender(ctx context.Context, id ident.TenderID) (*tender.Tender, error) {
	r, err := get[tenderRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	lots, err := s.lots(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	return fromTenderRow(*r, lots[r.ID])
}

func (s tenders) TenderOfLot(ctx context.Context, lot ident.LotID) (*tender.Tender, error) {
	r, err := get[lotRow](ctx, s.db, "id = ?", lot)
	if err != nil {
		return nil, err
	}
	return s.Tender(ctx, ident.TenderID(r.TenderID))
}

func (s tenders) InsertTender(ctx context.Context, t *tender.Tender) error {
	t.Version = 1
	r, err := toTenderRow(t)
	if err != nil {
		return err
	}
	if err := insert(ctx, s.db, r); err != nil {
		return err
	}
	var p packer
	for _, l := range t.Lots {
		if err := insert(ctx, s.db, toLotRow(t.ID, l, &p)); err != nil {
			return err
		}
	}
	return p.err
}

func (s tenders) SaveTender(ctx context.Context, t *tender.Tender) error {
	r, err := toTenderRow(t)
	if err != nil {
		return err
	}
	if err := save(ctx, s.db, r, &r.Version); err != nil {
		return err
	}
	var p packer
	for _, l := range t.Lots {
		if _, err := s.db.NewUpdate().Model(toLotRow(t.ID, l, &p)).WherePK().Exec(ctx); err != nil {
			return fail(err)
		}
	}
	if p.err == nil {
		t.Version = r.Version
	}
	return p.err
}

func (s tenders) Tenders(ctx context.Context, f tender.Filter) ([]*tender.Tender, error) {
	var rows []tenderRow
	q := s.db.NewSelect().Model(&rows).OrderExpr("id DESC").Limit(int64(f.Limit))
	if f.BuyerID != "" {
		q = q.Where("buyer_id = ?", f.BuyerID)
	}
	if f.ProjectID != "" {
		q = q.Where("project_id = ?", f.ProjectID)
	}
	if f.PlacePath != "" {
		q = q.Where("place_id IN (SELECT id FROM place WHERE path LIKE ?)", f.PlacePath+"%")
	}
	if len(f.Status) > 0 {
		q = q.Where("EXISTS (SELECT 1 FROM lot WHERE lot.tender_id = tender_row.id AND lot.status IN (?))", bun.List(f.Status))
	}
	if f.Public {
		q = q.Where("issued_at IS NOT NULL")
	}
	if f.Query != "" {
		like := likePattern(f.Query)
		q = q.Where("(title LIKE ? ESCAPE '\\' OR code LIKE ? ESCAPE '\\')", like, like)
	}
	if f.Before != "" {
		q = q.Where("id < ?", f.Before)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return s.full(ctx, rows)
}

func (s tenders) full(ctx context.Context, rows []tenderRow) ([]*tender.Tender, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	lots, err := s.lots(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]*tender.Tender, len(rows))
	for i, r := range rows {
		if out[i], err = fromTenderRow(r, lots[r.ID]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s tenders) ClosingBy(ctx context.Context, at time.Time, limit int) ([]ident.TenderID, error) {
	var ids []ident.TenderID
	err := s.db.NewSelect().TableExpr("tender").Column("id").Where("deadline_at <= ?", at).
		Where("EXISTS (SELECT 1 FROM lot WHERE lot.tender_id = tender.id AND lot.status = ?)", tender.StatusOpen).
		OrderExpr("deadline_at, id").Limit(int64(limit)).Scan(ctx, &ids)
	return ids, fail(err)
}
