package sqlstore

import (
	"context"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/indicator"
	"linli/backend/domain/money"
)

type figures struct{ db bun.IDB }

func newFigures(db bun.IDB) indicator.Repository { return figures{db: db} }

type projectMoneyRow struct {
	ID          string
	Code        string
	Title       string
	Status      string
	BudgetFen   int64
	AwardedFen  int64
	AcceptedFen int64
	PaidFen     int64
	ReturnedFen int64
}

func (f figures) Money(ctx context.Context, path string, p indicator.Period, limit int) ([]indicator.ProjectMoney, error) {
	var rows []projectMoneyRow
	err := f.db.NewRaw(`SELECT * FROM (SELECT pr.id, pr.code, pr.title, pr.status,
		(SELECT CAST(COALESCE(SUM(a.amount_fen), 0) AS BIGINT) FROM project_allocation a JOIN budget_line b ON b.id = a.line_id
			WHERE a.project_id = pr.id AND b.fiscal_year = ?) AS budget_fen,
		(SELECT CAST(COALESCE(SUM(w.price_fen), 0) AS BIGINT) FROM award w
			WHERE w.project_id = pr.id AND w.status = 'announced' AND w.announced_at >= ? AND w.announced_at < ?) AS awarded_fen,
		(SELECT CAST(COALESCE(SUM(c.payable_fen), 0) AS BIGINT) FROM acceptance c
			WHERE c.project_id = pr.id AND c.decided_at >= ? AND c.decided_at < ?) AS accepted_fen,
		(SELECT CAST(COALESCE(SUM(y.amount_fen), 0) AS BIGINT) FROM payment y
			WHERE y.project_id = pr.id AND y.status IN ('paid', 'reconciled') AND y.paid_at >= ? AND y.paid_at < ?) AS paid_fen,
		(SELECT CAST(COALESCE(SUM(d.amount_fen - d.refunded_fen), 0) AS BIGINT) FROM donation d
			WHERE d.project_id = pr.id AND d.kind = 'pledge' AND d.status IN ('received', 'receipted')
			AND d.confirmed_at >= ? AND d.confirmed_at < ?) AS returned_fen
		FROM project pr JOIN place p ON p.id = pr.place_id WHERE p.path LIKE ? AND pr.budgeted_at IS NOT NULL) AS lines
		WHERE budget_fen > 0 OR awarded_fen > 0 OR accepted_fen > 0 OR paid_fen > 0 OR returned_fen > 0
		ORDER BY paid_fen DESC, budget_fen DESC, code LIMIT ?`,
		p.Year, p.From, p.Until, p.From, p.Until, p.From, p.Until, p.From, p.Until, inside(path), limit).Scan(ctx, &rows)
	if err != nil {
		return nil, fail(err)
	}
	out := make([]indicator.ProjectMoney, 0, len(rows))
	for _, r := range rows {
		out = append(out, indicator.ProjectMoney{
			ProjectID: ident.ProjectID(r.ID), Code: r.Code, Title: r.Title, Status: r.Status, BudgetFen: money.Fen(r.BudgetFen),
			AwardedFen: money.Fen(r.AwardedFen), AcceptedFen: money.Fen(r.AcceptedFen), PaidFen: money.Fen(r.PaidFen), ReturnedFen: money.Fen(r.ReturnedFen),
		})
	}
	return out, nil
}
