package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
)

type calendars struct{ db bun.IDB }

func newCalendars(db bun.IDB) calendar.Repository { return calendars{db} }

type yearRow struct {
	bun.BaseModel `bun:"table:official_year"`
	Year          int `bun:",pk"`
	Source        string
	DaysOff       string
	Working       string
	LoadedBy      string
	LoadedAt      time.Time
	Version       int64
}

func (s calendars) Insert(ctx context.Context, l calendar.Loaded) error {
	return insert(ctx, s.db, &yearRow{
		Year: l.Year.Year, Source: l.Year.Source, DaysOff: packed(l.Year.Off), Working: packed(l.Year.Working),
		LoadedBy: string(l.LoadedBy), LoadedAt: l.LoadedAt, Version: 1,
	})
}

func (s calendars) Stored(ctx context.Context) ([]calendar.Loaded, error) {
	rows, err := list[yearRow](ctx, s.db, 0, "year", "1 = 1")
	if err != nil {
		return nil, err
	}
	out := make([]calendar.Loaded, len(rows))
	for i, r := range rows {
		y := calendar.Year{Year: r.Year, Source: r.Source}
		if err := unpacked(r.DaysOff, &y.Off); err != nil {
			return nil, err
		}
		if err := unpacked(r.Working, &y.Working); err != nil {
			return nil, err
		}
		out[i] = calendar.Loaded{Year: y, LoadedBy: ident.PersonID(r.LoadedBy), LoadedAt: utc(r.LoadedAt)}
	}
	return out, nil
}
