// Package figures adds up the public money of a place and a year, project by project.
package figures

import (
	"context"
	"sync"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/indicator"
)

// Limits: the earliest year that can hold a fact, and how many projects are added up (a city
// has some hundreds a year).
const (
	firstYear   = 2018
	maxProjects = 5_000
)

// freshFor is how long sums are answered from memory. The home page asks for them on every
// visit; the answer says when it was counted.
const freshFor = time.Minute

// maxKept bounds the memory: a city and its districts and streets fit.
const maxKept = 512

// Money is the answer for one place and year.
type Money struct {
	At       time.Time
	Place    *community.Place // nil for everywhere
	Period   indicator.Period
	Projects []indicator.ProjectMoney
	Total    indicator.ProjectMoney
}

type question struct {
	place ident.PlaceID
	year  int
}

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct {
	app  *app.App
	mu   sync.Mutex
	kept map[question]Money
}

// New binds the use cases to the application's ports.
func New(a *app.App) *Service { return &Service{app: a, kept: map[question]Money{}} }

// Read gives the money of a place ("" for everywhere) and a year (0 for this one), at most a
// minute old. Faults: record.not_found, figures.year_unknown.
func (s *Service) Read(ctx context.Context, actor access.Actor, place ident.PlaceID, year int) (Money, error) {
	now := s.app.Clock.Now()
	this := calendar.DateOf(now).Year
	if year == 0 {
		year = this
	}
	if year < firstYear || year > this {
		return Money{}, fault.Invalid("figures.year_unknown", "no figures for that year").At("year", "range", "from 2018 to this year")
	}
	q := question{place, year}
	if kept, ok := s.recall(q, now); ok {
		return kept, nil
	}
	out, err := app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Money, error) {
		return addUp(ctx, u, q)
	})
	if err == nil {
		s.keep(q, out)
	}
	return out, err
}

func (s *Service) recall(q question, now time.Time) (Money, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, ok := s.kept[q]
	age := now.Sub(kept.At)
	return kept, ok && age >= 0 && age < freshFor
}

func (s *Service) keep(q question, m Money) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= maxKept {
		clear(s.kept)
	}
	s.kept[q] = m
}

func addUp(ctx context.Context, u *app.Unit, q question) (Money, error) {
	out := Money{At: u.Now, Period: period(q.year, u.Now)}
	path := ""
	if q.place != "" {
		p, err := u.Places.Place(ctx, q.place)
		if err != nil {
			return out, err
		}
		out.Place, path = p, p.Path
	}
	var err error
	if out.Projects, err = u.Figures.Money(ctx, path, out.Period, maxProjects); err != nil {
		return out, err
	}
	out.Total, err = indicator.Total(out.Projects)
	return out, err
}

// period is a whole year, or the present one up to now.
func period(year int, now time.Time) indicator.Period {
	from := calendar.Date{Year: year, Month: time.January, Day: 1}
	until := from.AddDate(1, 0, 0).At(0, 0)
	if until.After(now) {
		until = now
	}
	return indicator.Period{Year: year, From: from.At(0, 0).UTC(), Until: until.UTC()}
}
