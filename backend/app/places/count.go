package places

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
)

// Count states how many households or people a community has on a day; the rules of
// deliberation divide by it (domain handbook §6.8). The same day is replaced, other days
// stay. Faults: record.not_found, places.not_community, places.date_future,
// table.not_a_date, access.forbidden.
func (s *Service) Count(ctx context.Context, actor access.Actor, key string, c Count) (community.Fact, error) {
	w := app.Write{Permission: access.PlaceCount, Name: "countPlace", Key: key, Input: c}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (community.Fact, error) {
		f := community.Fact{PlaceID: c.PlaceID, Kind: c.Kind, AsOf: c.AsOf, Value: c.Value, Source: c.Source}
		p, err := u.Places.Place(ctx, c.PlaceID)
		if err != nil {
			return f, err
		}
		if err := access.Allow(u.Actor, access.PlaceCount, access.Object{PlacePath: p.Path}); err != nil {
			return f, err
		}
		if p.Level != community.LevelCommunity || !p.Active {
			return f, notCommunity()
		}
		d, err := calendar.ParseDate(c.AsOf)
		if err != nil {
			return f, fault.Invalid("table.not_a_date", "no date").At("asOf", "table.not_a_date", c.AsOf)
		}
		if d.After(calendar.DateOf(u.Now)) {
			return f, fault.Invalid("places.date_future", "the day has not come").At("asOf", "places.date_future", c.AsOf)
		}
		if err := u.Places.PutFact(ctx, f); err != nil {
			return f, err
		}
		return f, u.Record(ctx, audit.Entry{Action: "place.count", Kind: "place_fact", ID: string(c.PlaceID) + "/" + string(c.Kind) + "/" + c.AsOf,
			PlaceID: c.PlaceID, After: f})
	})
}

// day writes the Shanghai date of an instant.
func day(t time.Time) string { return calendar.DateOf(t).String() }
