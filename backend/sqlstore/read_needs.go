package sqlstore

import (
	"context"
	"math"
	"slices"

	"github.com/uptrace/bun"

	"linli/backend/domain/geo"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

// nearCandidates bounds how many needs around a point are measured: the box shrinks to the
// newest of them, which nobody notices on a list of twenty.
const nearCandidates = 2000

type needLineRow struct {
	needRow    `bun:",extend"`
	Households int
	Voices     int
	Followers  int
}

// narrowNeeds applies the parts of a query that list, map and counts share.
func narrowNeeds(sel *bun.SelectQuery, q need.Query) *bun.SelectQuery {
	if q.PlaceID != "" {
		sel = sel.Where("need.place_id = ?", q.PlaceID)
	}
	if q.PlacePath != "" {
		sel = sel.Where("need.place_id IN (SELECT id FROM place WHERE path LIKE ?)", inside(q.PlacePath))
	}
	if len(q.Categories) > 0 {
		sel = sel.Where("need.category IN (?)", bun.List(q.Categories))
	}
	if len(q.Without) > 0 {
		sel = sel.Where("need.category NOT IN (?)", bun.List(q.Without))
	}
	if len(q.Stages) > 0 {
		sel = sel.Where("need.stage IN (?)", bun.List(q.Stages))
	}
	if len(q.Outcomes) > 0 {
		sel = sel.Where("need.outcome IN (?)", bun.List(q.Outcomes))
	}
	if q.Active {
		sel = sel.Where("need.stage <> ?", need.StageClosed)
	}
	if q.Follower != "" {
		sel = sel.Where("need.id IN (SELECT object_id FROM follow WHERE object_kind = 'need' AND person_id = ?)", q.Follower)
	}
	if q.Asker != "" {
		sel = sel.Where("need.id IN (SELECT need_id FROM need_support WHERE person_id = ?)", q.Asker)
	}
	if b := q.Box; b != nil {
		sel = sel.Where("need.lat_e6 BETWEEN ? AND ? AND need.lng_e6 BETWEEN ? AND ?", b.SouthE6, b.NorthE6, b.WestE6, b.EastE6)
	}
	return sel
}

func (s needs) lines(rows *[]needLineRow) *bun.SelectQuery {
	return s.db.NewSelect().Model(rows).ColumnExpr("need.*").
		ColumnExpr("c.households, c.voices, c.followers").Join("JOIN need_count AS c ON c.need_id = need.id")
}

func fromLineRows(rows []needLineRow) ([]need.Line, error) {
	var out []need.Line
	for _, r := range rows {
		n, err := fromNeedRow(r.needRow)
		if err != nil {
			return nil, err
		}
		out = append(out, need.Line{
			Need: *n, Counts: need.Counts{Households: r.Households, Voices: r.Voices, Followers: r.Followers}, MetresAway: -1,
		})
	}
	return out, nil
}

func (s needs) List(ctx context.Context, q need.Query) ([]need.Line, error) {
	if q.Sort == need.SortNear && q.NearE6 != nil {
		return s.near(ctx, q)
	}
	// The page is chosen by ids, from the indexes alone, and its rows are read afterwards: a
	// sort that carries whole rows of every match along is a hundred times slower.
	ids := searchNeed.filter(narrowNeeds(s.db.NewSelect().TableExpr("need").ColumnExpr("need.id"), q), "need.id", q.Words)
	order := "need.opened_at DESC, need.id DESC"
	c := q.After
	switch q.Sort {
	case need.SortSupported:
		ids = ids.Join("JOIN need_count AS c ON c.need_id = need.id")
		if c != nil {
			ids = ids.Where("(c.households < ? OR (c.households = ? AND need.id < ?))", c.Number, c.Number, c.ID)
		}
		order = "c.households DESC, need.id DESC"
	case need.SortWaiting:
		if c != nil {
			ids = ids.Where("(need.opened_at > ? OR (need.opened_at = ? AND need.id > ?))", c.At, c.At, c.ID)
		}
		ids = ids.Where("need.stage <> ?", need.StageClosed)
		order = "need.opened_at, need.id"
	default:
		if c != nil {
			ids = ids.Where("(need.opened_at < ? OR (need.opened_at = ? AND need.id < ?))", c.At, c.At, c.ID)
		}
	}
	return s.page(ctx, ids.OrderExpr(order).Limit(int64(q.Limit)), order)
}

// page reads the lines of the chosen ids in an order.
func (s needs) page(ctx context.Context, ids *bun.SelectQuery, order string) ([]need.Line, error) {
	var rows []needLineRow
	if err := s.lines(&rows).Where("need.id IN (?)", ids).OrderExpr(order).Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return fromLineRows(rows)
}

// near measures what the box holds and pages by distance, ties by id.
func (s needs) near(ctx context.Context, q need.Query) ([]need.Line, error) {
	const order = "need.opened_at DESC, need.id DESC"
	ids := searchNeed.filter(narrowNeeds(s.db.NewSelect().TableExpr("need").ColumnExpr("need.id"), q), "need.id", q.Words)
	lines, err := s.page(ctx, ids.Where("need.lat_e6 IS NOT NULL").OrderExpr(order).Limit(nearCandidates), order)
	if err != nil {
		return nil, err
	}
	here := degrees(q.NearE6[0], q.NearE6[1])
	for i := range lines {
		lines[i].MetresAway = int64(math.Round(geo.DistanceM(here, degrees(lines[i].Point.LatE6, lines[i].Point.LngE6))))
	}
	slices.SortFunc(lines, func(a, b need.Line) int { return farther(a.MetresAway, a.ID, b.MetresAway, b.ID) })
	if c := q.After; c != nil {
		lines = slices.DeleteFunc(lines, func(l need.Line) bool { return farther(l.MetresAway, l.ID, c.Number, c.ID) <= 0 })
	}
	return lines[:min(q.Limit, len(lines))], nil
}

func farther(a int64, aID ident.NeedID, b int64, bID ident.NeedID) int {
	switch {
	case a != b && a < b, a == b && aID < bID:
		return -1
	case a == b && aID == bID:
		return 0
	default:
		return 1
	}
}

func degrees(latE6, lngE6 int64) geo.Point {
	return geo.Point{Lat: float64(latE6) / 1e6, Lng: float64(lngE6) / 1e6}
}

// Tally reads the needs once, however many columns are asked for.
func (s needs) Tally(ctx context.Context, q need.Query, columns ...string) ([]map[string]int, error) {
	sel := s.db.NewSelect().TableExpr("need").ColumnExpr("COUNT(*) AS n")
	for _, c := range columns {
		sel = sel.ColumnExpr("?", bun.Ident("need."+c)).GroupExpr("?", bun.Ident("need."+c))
	}
	rows, err := searchNeed.filter(narrowNeeds(sel, q), "need.id", q.Words).Rows(ctx)
	if err != nil {
		return nil, fail(err)
	}
	defer func() { _ = rows.Close() }()
	out := make([]map[string]int, len(columns))
	values := make([]string, len(columns))
	var n int
	into := []any{&n}
	for i := range columns {
		out[i] = map[string]int{}
		into = append(into, &values[i])
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, fail(err)
		}
		for i, v := range values {
			out[i][v] += n
		}
	}
	return out, fail(rows.Err())
}

// Clusters shifts coordinates to be positive before it divides, because both databases cut
// towards zero.
func (s needs) Clusters(ctx context.Context, q need.Query, cellE6 int64, limit int) ([]need.Cluster, error) {
	var rows []struct {
		Lat, Lng int64
		N        int
		Some     string
	}
	sel := s.db.NewSelect().TableExpr("need").
		ColumnExpr("CAST(AVG(need.lat_e6) AS BIGINT) AS lat, CAST(AVG(need.lng_e6) AS BIGINT) AS lng, COUNT(*) AS n, MIN(need.id) AS some").
		Where("need.lat_e6 IS NOT NULL")
	sel = searchNeed.filter(narrowNeeds(sel, q), "need.id", q.Words)
	err := sel.GroupExpr("(need.lat_e6 + 90000000) / ?, (need.lng_e6 + 180000000) / ?", cellE6, cellE6).
		OrderExpr("COUNT(*) DESC, MIN(need.id)").Limit(int64(limit)).Scan(ctx, &rows)
	if err != nil {
		return nil, fail(err)
	}
	single := map[ident.NeedID]int{}
	out := make([]need.Cluster, len(rows))
	for i, r := range rows {
		out[i] = need.Cluster{LatE6: r.Lat, LngE6: r.Lng, Count: r.N}
		if r.N == 1 {
			single[ident.NeedID(r.Some)] = i
		}
	}
	return out, s.singles(ctx, out, single)
}

// singles loads the needs that stand alone in their cell.
func (s needs) singles(ctx context.Context, out []need.Cluster, at map[ident.NeedID]int) error {
	if len(at) == 0 {
		return nil
	}
	ids := make([]ident.NeedID, 0, len(at))
	for id := range at {
		ids = append(ids, id)
	}
	var rows []needLineRow
	if err := s.lines(&rows).Where("need.id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return fail(err)
	}
	lines, err := fromLineRows(rows)
	for i := range lines {
		out[at[lines[i].ID]].Only = &lines[i]
	}
	return err
}

func (s needs) Candidates(ctx context.Context, place ident.PlaceID, category string, near *need.Box, limit int) ([]need.Line, error) {
	var rows []needLineRow
	sel := s.lines(&rows).Where("(need.category = ? OR need.category LIKE ?)", category, category+".%").
		Where("need.merged_into IS NULL AND need.outcome NOT IN ('withdrawn', 'duplicate')")
	if near != nil {
		sel = sel.Where("(need.place_id = ? OR (need.lat_e6 BETWEEN ? AND ? AND need.lng_e6 BETWEEN ? AND ?))",
			place, near.SouthE6, near.NorthE6, near.WestE6, near.EastE6)
	} else {
		sel = sel.Where("need.place_id = ?", place)
	}
	if err := sel.OrderExpr("need.opened_at DESC, need.id DESC").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return fromLineRows(rows)
}

func (s needs) StandingAt(ctx context.Context, places []ident.PlaceID) ([]need.Standing, error) {
	if len(places) == 0 {
		return nil, nil
	}
	var out []need.Standing
	err := s.db.NewRaw(`SELECT place_id, 'need' AS kind, id, code, title FROM need WHERE place_id IN (?)
		UNION ALL SELECT place_id, 'voice', id, code, '' FROM voice WHERE place_id IN (?) AND status <> 'withdrawn'
		ORDER BY 2, 3`, bun.List(places), bun.List(places)).Scan(ctx, &out)
	return out, fail(err)
}
