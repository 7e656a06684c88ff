package sqlstore

import (
	"context"
	"database/sql"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/app/oversight"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// figureQueries fill one number each; ? stands for the path of the place, followed by today
// where a query names it twice. Only what is public enters: opened bids, announced awards,
// published contracts.
type figureQuery struct {
	into  func(*oversight.Tallies) any
	query string
	today bool
}

const inPlace = "IN (SELECT id FROM place WHERE path LIKE ?)"

var figureQueries = []figureQuery{
	{into: func(t *oversight.Tallies) any { return &t.NeedsOpen }, query: "SELECT COUNT(*) FROM need WHERE stage <> 'closed' AND place_id " + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.NeedsClosed }, query: "SELECT COUNT(*) FROM need WHERE stage = 'closed' AND outcome <> 'duplicate' AND place_id " + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.NeedsMet }, query: "SELECT COUNT(*) FROM need WHERE stage = 'closed' AND outcome IN ('met', 'partly_met') AND place_id " + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.NeedsConfirmed }, query: "SELECT COUNT(*) FROM need WHERE stage = 'closed' AND confirmed_at IS NOT NULL AND place_id " + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.NeedsValid }, query: "SELECT COUNT(*) FROM need WHERE outcome NOT IN ('duplicate', 'withdrawn', 'not_ours') AND place_id " + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.NeedsAdopted }, query: `SELECT COUNT(*) FROM need WHERE (stage IN ('adopted', 'linked', 'in_delivery', 'delivered', 'confirmed')
		OR (stage = 'closed' AND outcome IN ('met', 'partly_met', 'unmet_no_resource'))) AND place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.Askers }, query: `SELECT COUNT(DISTINCT s.person_id) FROM need_support s JOIN need n ON n.id = s.need_id WHERE n.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.LotsJudged }, query: `SELECT COUNT(*) FROM award a JOIN tender t ON t.id = a.tender_id WHERE a.status = 'announced' AND t.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.BidsResponsive }, query: `SELECT COUNT(*) FROM bid b JOIN award a ON a.lot_id = b.lot_id JOIN tender t ON t.id = a.tender_id
		WHERE a.status = 'announced' AND b.status IN ('ranked', 'won', 'lost') AND t.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.AwardBudget }, query: `SELECT COALESCE(SUM(l.budget_fen), 0) FROM award a JOIN lot l ON l.id = a.lot_id JOIN tender t ON t.id = a.tender_id WHERE a.status = 'announced' AND t.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.AwardPrice }, query: `SELECT COALESCE(SUM(a.price_fen), 0) FROM award a JOIN tender t ON t.id = a.tender_id WHERE a.status = 'announced' AND t.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.ContractValue }, query: `SELECT COALESCE(SUM(original_fen + supplement_fen), 0) FROM contract WHERE published_at IS NOT NULL AND place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.SocialValue }, query: `SELECT COALESCE(SUM(c.original_fen + c.supplement_fen), 0) FROM contract c JOIN party p ON p.id = c.supplier_id
		WHERE c.published_at IS NOT NULL AND p.kind IN ('SA', 'SSO', 'FDN') AND c.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.PaymentsDue }, today: true, query: `SELECT COUNT(*) FROM payment WHERE status <> 'withdrawn' AND place_id ` + inPlace + ` AND (paid_on <> '' OR due_on < ?)`},
	{into: func(t *oversight.Tallies) any { return &t.PaymentsOnTime }, query: `SELECT COUNT(*) FROM payment WHERE status IN ('paid', 'reconciled') AND paid_on <= due_on AND place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.FirstDecided }, query: `SELECT COUNT(*) FROM acceptance a JOIN contract c ON c.id = a.contract_id WHERE a.round = 1 AND c.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.FirstAccepted }, query: `SELECT COUNT(*) FROM acceptance a JOIN contract c ON c.id = a.contract_id WHERE a.round = 1 AND a.result = 'accepted' AND c.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.Rated }, query: `SELECT COALESCE(SUM(a.rated), 0) FROM acceptance a JOIN contract c ON c.id = a.contract_id WHERE a.published_at IS NOT NULL AND c.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.Satisfied }, query: `SELECT COALESCE(SUM(a.satisfied), 0) FROM acceptance a JOIN contract c ON c.id = a.contract_id WHERE a.published_at IS NOT NULL AND c.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.Reinvested }, query: `SELECT COALESCE(SUM(e.amount_fen), 0) FROM fund_entry e JOIN fund f ON f.id = e.fund_id WHERE e.kind = 'pledge' AND f.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.LotsAwarded }, query: `SELECT COUNT(*) FROM award a JOIN tender t ON t.id = a.tender_id WHERE a.status = 'announced' AND t.place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.Challenges }, query: `SELECT COUNT(*) FROM challenge WHERE kind = 'challenge' AND place_id ` + inPlace},
	{into: func(t *oversight.Tallies) any { return &t.Upheld }, query: `SELECT COUNT(*) FROM challenge WHERE kind = 'challenge' AND outcome = 'upheld' AND place_id ` + inPlace},
}

// Tally reads the sums behind the public figures of a place in one snapshot.
func (d *DB) Tally(ctx context.Context, path string, today calendar.Date) (oversight.Tallies, error) {
	t := oversight.Tallies{Communities: map[ident.PlaceID][2]int{}}
	tx, err := d.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return t, fail(err)
	}
	defer func() { _ = tx.Rollback() }()
	like := path + "%"
	for _, q := range figureQueries {
		args := []any{like}
		if q.today {
			args = append(args, today.String())
		}
		var n int64
		if err := tx.NewRaw(q.query, args...).Scan(ctx, &n); err != nil {
			return t, fail(err)
		}
		switch into := q.into(&t).(type) {
		case *int64:
			*into = n
		case *money.Fen:
			*into = money.Fen(n)
		}
	}
	for _, part := range []func(context.Context, bun.Tx, string, *oversight.Tallies) error{closings, payDays, pledged, spreads} {
		if err := part(ctx, tx, like, &t); err != nil {
			return t, err
		}
	}
	return t, nil
}

func closings(ctx context.Context, tx bun.Tx, like string, t *oversight.Tallies) error {
	var rows []struct{ OpenedAt, ClosedAt time.Time }
	err := tx.NewRaw("SELECT opened_at, closed_at FROM need WHERE stage = 'closed' AND outcome <> 'duplicate' AND place_id "+inPlace, like).Scan(ctx, &rows)
	for _, r := range rows {
		t.DaysToClose = append(t.DaysToClose, int64(calendar.DaysBetween(calendar.DateOf(r.OpenedAt), calendar.DateOf(r.ClosedAt))))
	}
	return fail(err)
}

func payDays(ctx context.Context, tx bun.Tx, like string, t *oversight.Tallies) error {
	var rows []struct {
		RequestedAt time.Time
		PaidOn      string
	}
	err := tx.NewRaw("SELECT requested_at, paid_on FROM payment WHERE status IN ('paid', 'reconciled') AND place_id "+inPlace, like).Scan(ctx, &rows)
	for _, r := range rows {
		on, err := dateOf(r.PaidOn)
		if err != nil {
			return err
		}
		t.DaysToPay = append(t.DaysToPay, int64(calendar.DaysBetween(calendar.DateOf(r.RequestedAt), on)))
	}
	return fail(err)
}

// pledged adds up what is promised and known of pledges that are public.
func pledged(ctx context.Context, tx bun.Tx, like string, t *oversight.Tallies) error {
	var rows []pledgeRow
	err := tx.NewRaw(`SELECT p.* FROM pledge p JOIN fund f ON f.id = p.fund_id WHERE p.status IN ('accepted', 'fulfilled') AND f.place_id `+inPlace+`
		AND (p.project_id = '' OR p.project_id IN (SELECT id FROM project WHERE status IN ('contracted', 'delivering', 'accepted', 'evaluated', 'archived')))`, like).Scan(ctx, &rows)
	if err != nil {
		return fail(err)
	}
	for i := range rows {
		p, err := fromPledgeRow(&rows[i])
		if err != nil {
			return err
		}
		promised, _ := p.Totals()
		t.Pledged += promised
	}
	return nil
}

func spreads(ctx context.Context, tx bun.Tx, like string, t *oversight.Tallies) error {
	var rows []struct {
		PlaceID, Category string
		Open, Closed      int
	}
	err := tx.NewRaw(`SELECT place_id, category, SUM(CASE WHEN stage <> 'closed' THEN 1 ELSE 0 END) AS open,
		SUM(CASE WHEN stage = 'closed' THEN 1 ELSE 0 END) AS closed FROM need
		WHERE outcome <> 'duplicate' AND place_id `+inPlace+` GROUP BY place_id, category ORDER BY category`, like).Scan(ctx, &rows)
	for _, r := range rows {
		n := t.Communities[ident.PlaceID(r.PlaceID)]
		t.Communities[ident.PlaceID(r.PlaceID)] = [2]int{n[0] + r.Open, n[1] + r.Closed}
		if last := len(t.Categories) - 1; last >= 0 && t.Categories[last].Category == r.Category {
			t.Categories[last].Open += r.Open
			t.Categories[last].Closed += r.Closed
			continue
		}
		t.Categories = append(t.Categories, oversight.CategoryCount{Category: r.Category, Open: r.Open, Closed: r.Closed})
	}
	return fail(err)
}
