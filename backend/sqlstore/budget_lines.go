package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/project"
)

type budgetLineRow struct {
	bun.BaseModel `bun:"table:budget_line"`
	ID            string `bun:",pk"`
	PartyID       string
	FiscalYear    int
	Source        string
	FunctionCode  string
	EconomyCode   string
	Title         string
	ApprovedFen   int64
	Reason        string
	RecordedBy    string
	RecordedAt    time.Time
	Version       int64
}

func (s projects) Line(ctx context.Context, id ident.BudgetLineID) (*project.Line, error) {
	row, err := get[budgetLineRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromLineRow(row), nil
}

func (s projects) InsertLine(ctx context.Context, l *project.Line) error {
	l.Version = 1
	return insert(ctx, s.db, toLineRow(l))
}

func (s projects) SaveLine(ctx context.Context, l *project.Line) error {
	row := toLineRow(l)
	err := save(ctx, s.db, row, &row.Version)
	l.Version = row.Version
	return err
}

func (s projects) Lines(ctx context.Context, q project.LineQuery) ([]project.Line, error) {
	sel := s.db.NewSelect().Model((*budgetLineRow)(nil)).OrderExpr("id DESC")
	if q.PartyID != "" {
		sel = sel.Where("party_id = ?", q.PartyID)
	}
	if q.PlacePath != "" {
		sel = sel.Where("party_id IN (SELECT y.id FROM party y JOIN place l ON l.id = y.place_id WHERE l.path LIKE ?)", inside(q.PlacePath))
	}
	if q.FiscalYear != 0 {
		sel = sel.Where("fiscal_year = ?", q.FiscalYear)
	}
	if q.After != "" {
		sel = sel.Where("id < ?", q.After)
	}
	if q.Limit > 0 {
		sel = sel.Limit(int64(q.Limit))
	}
	var rows []budgetLineRow
	if err := sel.Scan(ctx, &rows); err != nil {
		return nil, fail(err)
	}
	out := make([]project.Line, len(rows))
	for i := range rows {
		out[i] = *fromLineRow(&rows[i])
	}
	return out, nil
}

// buyerKinds are the types that spend on one of the three tracks (domain handbook §1).
var buyerKinds = []string{"GOV", "RC", "VC", "FDN"}

func (s projects) Buyers(ctx context.Context, placePath string, limit int) ([]project.Buyer, error) {
	var rows []project.Buyer
	err := s.db.NewRaw(`SELECT y.id, y.name, l.name AS place_name FROM party y JOIN place l ON l.id = y.place_id
		WHERE y.active AND y.kind IN (?) AND l.path LIKE ? ORDER BY y.id LIMIT ?`, bun.List(buyerKinds), inside(placePath), limit).Scan(ctx, &rows)
	return rows, fail(err)
}

// LockLine takes the row lock by a change that changes nothing.
func (s projects) LockLine(ctx context.Context, id ident.BudgetLineID) error {
	_, err := s.db.NewUpdate().Table("budget_line").Set("version = version").Where("id = ?", id).Exec(ctx)
	return fail(err)
}

func (s projects) Held(ctx context.Context, lines []ident.BudgetLineID) (map[ident.BudgetLineID]money.Fen, error) {
	out := map[ident.BudgetLineID]money.Fen{}
	if len(lines) == 0 {
		return out, nil
	}
	var rows []struct {
		LineID string
		Held   int64
	}
	err := s.db.NewRaw(`SELECT a.line_id, CAST(SUM(a.amount_fen) AS BIGINT) AS held FROM project_allocation a
		JOIN project p ON p.id = a.project_id WHERE p.status <> 'terminated' AND a.line_id IN (?) GROUP BY a.line_id`,
		bun.List(lines)).Scan(ctx, &rows)
	if err != nil {
		return nil, fail(err)
	}
	for _, r := range rows {
		out[ident.BudgetLineID(r.LineID)] = money.Fen(r.Held)
	}
	return out, nil
}

func (s projects) YearsPurchases(ctx context.Context, buyer ident.PartyID, fiscalYear int, without ident.ProjectID) ([]project.Purchase, error) {
	var rows []struct {
		budgetLineRow
		Category  string
		Method    string
		Approved  bool
		AmountFen int64
	}
	err := s.db.NewRaw(`SELECT l.fiscal_year, l.function_code, l.economy_code, p.category, p.method, p.approved, a.amount_fen
		FROM project_allocation a JOIN project p ON p.id = a.project_id JOIN budget_line l ON l.id = a.line_id
		WHERE p.party_id = ? AND l.fiscal_year = ? AND p.id <> ? AND p.planned_at IS NOT NULL AND p.status <> 'terminated'
		ORDER BY p.code, a.number`, buyer, fiscalYear, without).Scan(ctx, &rows)
	if err != nil {
		return nil, fail(err)
	}
	out := make([]project.Purchase, len(rows))
	for i := range rows {
		r := &rows[i]
		out[i] = project.Purchase{
			BudgetItem: fromLineRow(&r.budgetLineRow).Item(), Category: r.Category, Method: project.Method(r.Method),
			Approved: r.Approved, AmountFen: money.Fen(r.AmountFen),
		}
	}
	return out, nil
}

func toLineRow(l *project.Line) *budgetLineRow {
	return &budgetLineRow{
		ID: string(l.ID), PartyID: string(l.PartyID), FiscalYear: l.FiscalYear, Source: string(l.Source),
		FunctionCode: l.FunctionCode, EconomyCode: l.EconomyCode, Title: l.Title, ApprovedFen: int64(l.ApprovedFen),
		Reason: l.Reason, RecordedBy: string(l.RecordedBy), RecordedAt: l.RecordedAt, Version: l.Version,
	}
}

func fromLineRow(r *budgetLineRow) *project.Line {
	return &project.Line{
		ID: ident.BudgetLineID(r.ID), PartyID: ident.PartyID(r.PartyID), FiscalYear: r.FiscalYear, Source: project.Source(r.Source),
		FunctionCode: r.FunctionCode, EconomyCode: r.EconomyCode, Title: r.Title, ApprovedFen: money.Fen(r.ApprovedFen),
		Reason: r.Reason, RecordedBy: ident.PersonID(r.RecordedBy), RecordedAt: utc(r.RecordedAt), Version: r.Version,
	}
}
