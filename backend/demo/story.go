package demo

import (
	"context"
	"strconv"

	placesapp "linli/backend/app/places"

	"linli/backend/app"
	"linli/backend/domain/fault"
	"linli/backend/domain/table"
)

// prologue is what stands before the story begins.
var prologue = []step{
	{"places as listed in 2016", func(t *teller) error { return t.loadPlaces(2016) }},
	{"bodies and people", tellCast},
	{"organisations and what they offer", tellSupplies},
	{"households and neighbours", tellHouseholds},
	{"budgets and opening keys", tellBudgets},
}

// importPlaces applies one list as the operator of the server does, and remembers places by
// the names the story uses.
func (t *teller) importPlaces(list table.Table, year int) error {
	report, err := t.Services.Places.ImportHere(t.ctx, placesapp.List{
		File: "places-" + strconv.Itoa(year) + ".txt", Table: list, From: since[year],
	}, false)
	if err != nil {
		return err
	}
	if table.Fatal(report.Issues) {
		return fault.Internal("list of "+strconv.Itoa(year)+": "+report.Issues[0].Message, nil)
	}
	return t.App.Store.View(t.ctx, func(ctx context.Context, u *app.Unit) error {
		all, err := u.Places.All(ctx)
		for _, p := range all {
			if p.Active {
				t.places[p.Name] = p
			}
		}
		return err
	})
}

// since when each list holds, as far as the story is concerned.
var since = map[int]string{2016: "2016-07-31", 2021: "2026-06-01"}
