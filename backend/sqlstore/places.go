package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/bigram"
	"linli/backend/domain/community"
	"linli/backend/domain/ident"
)

// placeBatch bounds one statement of a list.
const placeBatch = 500

type placeRow struct {
	bun.BaseModel `bun:"table:place"`
	ID            string `bun:",pk"`
	Level         int
	Code          string
	Name          string
	ParentID      *string
	Path          string
	UrbanRural    string
	Lat           float64
	Lng           float64
	UncertaintyM  int `bun:"uncertainty_m"`
	Active        bool
	EffectiveFrom time.Time
	Version       int64
}

type places struct{ db bun.IDB }

func newPlaces(db bun.IDB) community.Repository { return places{db} }

func fromPlaceRow(r placeRow) community.Place {
	return community.Place{
		ID: ident.PlaceID(r.ID), Level: community.Level(r.Level), Code: r.Code, Name: r.Name,
		ParentID: ident.PlaceID(text(r.ParentID)), Path: r.Path, UrbanRural: r.UrbanRural, Lat: r.Lat, Lng: r.Lng,
		UncertaintyM: r.UncertaintyM, Active: r.Active, EffectiveFrom: utc(r.EffectiveFrom), Version: r.Version,
	}
}

func fromPlaceRows(rows []placeRow, err error) ([]community.Place, error) {
	if err != nil {
		return nil, err
	}
	out := make([]community.Place, len(rows))
	for i, r := range rows {
		out[i] = fromPlaceRow(r)
	}
	return out, nil
}

func toPlaceRow(p *community.Place) *placeRow {
	return &placeRow{
		ID: string(p.ID), Level: int(p.Level), Code: p.Code, Name: p.Name, ParentID: null(string(p.ParentID)),
		Path: p.Path, UrbanRural: p.UrbanRural, Lat: p.Lat, Lng: p.Lng, UncertaintyM: p.UncertaintyM,
		Active: p.Active, EffectiveFrom: p.EffectiveFrom, Version: p.Version,
	}
}

func (s places) Place(ctx context.Context, id ident.PlaceID) (*community.Place, error) {
	return s.one(ctx, "id = ?", id)
}

func (s places) ByCode(ctx context.Context, code string) (*community.Place, error) {
	return s.one(ctx, "code = ? AND active", code)
}

func (s places) one(ctx context.Context, where string, args ...any) (*community.Place, error) {
	r, err := get[placeRow](ctx, s.db, where, args...)
	if err != nil {
		return nil, err
	}
	p := fromPlaceRow(*r)
	return &p, nil
}

func (s places) InsertPlace(ctx context.Context, p *community.Place) error {
	p.Version = 1
	if err := insert(ctx, s.db, toPlaceRow(p)); err != nil {
		return err
	}
	return searchPlace.put(ctx, s.db, string(p.ID), p.Name)
}

func (s places) SavePlace(ctx context.Context, p *community.Place) error {
	r := toPlaceRow(p)
	if err := save(ctx, s.db, r, &r.Version); err != nil {
		return err
	}
	p.Version = r.Version
	return searchPlace.put(ctx, s.db, string(p.ID), p.Name)
}

func (s places) InsertPlaces(ctx context.Context, all []community.Place) error {
	rows := make([]placeRow, len(all))
	words := make([]searchEntry, len(all))
	for i := range all {
		all[i].Version = 1
		rows[i] = *toPlaceRow(&all[i])
		words[i] = searchEntry{string(all[i].ID), all[i].Name}
	}
	if err := insertAll(ctx, s.db, rows, placeBatch); err != nil {
		return err
	}
	return searchPlace.putAll(ctx, s.db, words)
}

func (s places) SavePlaces(ctx context.Context, all []community.Place) error {
	words := make([]searchEntry, len(all))
	for i := range all {
		r := toPlaceRow(&all[i])
		if err := save(ctx, s.db, r, &r.Version); err != nil {
			return err
		}
		all[i].Version = r.Version
		words[i] = searchEntry{string(all[i].ID), all[i].Name}
	}
	return searchPlace.putAll(ctx, s.db, words)
}

func (s places) All(ctx context.Context) ([]community.Place, error) {
	return fromPlaceRows(list[placeRow](ctx, s.db, 0, "level, code, id", "TRUE"))
}

func (s places) Named(ctx context.Context, ids []ident.PlaceID) ([]community.Place, error) {
	var out []community.Place
	for len(ids) > 0 {
		n := min(len(ids), placeBatch)
		some, err := fromPlaceRows(list[placeRow](ctx, s.db, 0, "", "id IN (?)", bun.List(ids[:n])))
		if err != nil {
			return nil, err
		}
		out, ids = append(out, some...), ids[n:]
	}
	return out, nil
}

func (s places) Children(ctx context.Context, parent ident.PlaceID) ([]community.Place, error) {
	if parent == "" {
		return fromPlaceRows(list[placeRow](ctx, s.db, 0, "code", "parent_id IS NULL AND active"))
	}
	return fromPlaceRows(list[placeRow](ctx, s.db, 0, "code", "parent_id = ? AND active", parent))
}

func (s places) Find(ctx context.Context, f community.Query) ([]community.Place, error) {
	var rows []placeRow
	q := s.db.NewSelect().Model(&rows).Limit(int64(f.Limit)).OrderExpr("level, code, id")
	if !f.Ended {
		q = q.Where("active")
	}
	if f.Level != 0 {
		q = q.Where("level = ?", int(f.Level))
	}
	if f.Path != "" {
		q = q.Where("path >= ? AND path < ?", f.Path, afterPrefix(f.Path))
	}
	if code := leadingDigits(f.Words); len(code) >= 4 {
		q = q.Where("code >= ? AND code < ?", code, afterPrefix(code))
	} else if len(bigram.Parse(f.Words)) > 0 {
		q = searchPlace.filter(q, "place_row.id", f.Words)
	}
	return fromPlaceRows(rows, fail(q.Scan(ctx)))
}

// leadingDigits is the question when it is nothing but digits: part of a code.
func leadingDigits(words string) string {
	for _, r := range words {
		if r < '0' || r > '9' {
			return ""
		}
	}
	return words
}

// afterPrefix is the least text that no longer begins with the prefix; ids, paths and codes
// are ASCII.
func afterPrefix(prefix string) string {
	last := len(prefix) - 1
	return prefix[:last] + string(prefix[last]+1)
}

type placePeriodRow struct {
	bun.BaseModel `bun:"table:place_period"`
	ID            string `bun:",pk"`
	PlaceID       string
	Code          string
	Name          string
	Listed        string
	ParentID      *string
	FromAt        time.Time
	UntilAt       *time.Time
}

func (s places) InsertPeriods(ctx context.Context, all []community.Period) error {
	rows := make([]placePeriodRow, len(all))
	for i, p := range all {
		rows[i] = placePeriodRow{ID: p.ID, PlaceID: string(p.PlaceID), Code: p.Code, Name: p.Name, Listed: p.Listed,
			ParentID: null(string(p.ParentID)), FromAt: p.From, UntilAt: p.Until}
	}
	return insertAll(ctx, s.db, rows, placeBatch)
}

func (s places) ClosePeriods(ctx context.Context, until map[ident.PlaceID]time.Time) error {
	byDay := map[time.Time][]string{}
	for id, at := range until {
		byDay[at] = append(byDay[at], string(id))
	}
	for at, ids := range byDay {
		for len(ids) > 0 {
			n := min(len(ids), placeBatch)
			_, err := s.db.NewUpdate().Model((*placePeriodRow)(nil)).Set("until_at = ?", at).
				Where("until_at IS NULL AND place_id IN (?)", bun.List(ids[:n])).Exec(ctx)
			if err != nil {
				return fail(err)
			}
			ids = ids[n:]
		}
	}
	return nil
}

func (s places) Periods(ctx context.Context, id ident.PlaceID) ([]community.Period, error) {
	rows, err := list[placePeriodRow](ctx, s.db, 0, "from_at, id", "place_id = ?", id)
	if err != nil {
		return nil, err
	}
	out := make([]community.Period, len(rows))
	for i, r := range rows {
		out[i] = community.Period{ID: r.ID, PlaceID: ident.PlaceID(r.PlaceID), Code: r.Code, Name: r.Name, Listed: r.Listed,
			ParentID: ident.PlaceID(text(r.ParentID)), From: utc(r.FromAt), Until: utcp(r.UntilAt)}
	}
	return out, nil
}

// insertAll stores rows in statements of a bounded size.
func insertAll[R any](ctx context.Context, db bun.IDB, rows []R, batch int) error {
	for len(rows) > 0 {
		n := min(len(rows), batch)
		some := rows[:n]
		if err := insert(ctx, db, &some); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
