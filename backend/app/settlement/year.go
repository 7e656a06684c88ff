package settlement

import (
	"context"
	"strconv"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
)

// YearInput is an official calendar in its YAML form.
type YearInput struct {
	YAML string
	Key  string `json:"-"`
}

// LoadYear stores the official calendar of a new year and uses it from now on; other processes
// find it when they first need it. A loaded year is never replaced: periods were counted with it.
// Faults: calendar.year_invalid, calendar.year_known, calendar.date_malformed.
func (s *Service) LoadYear(ctx context.Context, actor access.Actor, in YearInput) (int, error) {
	year, err := calendar.ParseYear([]byte(in.YAML))
	if err != nil {
		return 0, err
	}
	w := app.Write{Permission: access.CalendarLoad, Name: "calendar.load", Key: in.Key, Input: in}
	n, err := app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (int, error) {
		if s.app.Calendar.Has(year.Year) {
			return 0, fault.Conflict("calendar.year_known", "the calendar is loaded").With("year", strconv.Itoa(year.Year))
		}
		if err := u.Calendars.Insert(ctx, calendar.Loaded{Year: year, LoadedBy: u.Actor.PersonID, LoadedAt: u.Now}); err != nil {
			return 0, err
		}
		return year.Year, u.Record(ctx, audit.Entry{Action: "calendar.load", Kind: "calendar_year", ID: strconv.Itoa(year.Year), After: year})
	})
	if err != nil {
		return 0, err
	}
	if s.app.Calendar.Has(n) {
		return n, nil // a replay
	}
	return n, s.app.Calendar.Load(year)
}

// StoredYear finds a year that was loaded by this or another process.
func StoredYear(ctx context.Context, a *app.App, year int) (calendar.Year, bool) {
	var out calendar.Year
	found := false
	err := a.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		all, err := u.Calendars.Stored(ctx)
		for _, l := range all {
			if l.Year.Year == year {
				out, found = l.Year, true
			}
		}
		return err
	})
	return out, err == nil && found
}
