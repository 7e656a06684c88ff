package demo

import (
	"context"
	"strconv"
	"time"

	placesapp "linli/backend/app/places"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/party"
	"linli/backend/domain/table"
)

// prologue is what stands before the story begins.
var prologue = []step{
	{"places as listed in 2016", func(t *teller) error { return t.loadPlaces(2016) }},
	{"bodies and people", tellCast},
	{"organisations and what they offer", tellSupplies},
	{"rooms and helping hands", tellRooms},
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
var since = map[int]string{2016: "2016-07-31", 2021: "2026-09-20"}

// scheduleMerger applies the later list with needs in place: 致强社区 appears, 花照 and 红旗村
// are no longer named, and what stood there follows or waits in the queue with a reason.
func scheduleMerger(s *schedule) {
	s.on(time.September, 20, 10, 0, "places as listed in 2021", func(t *teller) error { return t.loadPlaces(2021) })
	s.on(time.September, 20, 11, 0, "a new community", func(t *teller) error {
		return t.App.Store.Update(t.ctx, func(ctx context.Context, u *app.Unit) error {
			for _, b := range newBodies {
				if err := t.found(ctx, u, b); err != nil {
					return err
				}
			}
			for _, m := range newMembers {
				if err := t.enrol(ctx, u, m, t.hash); err != nil {
					return err
				}
			}
			return nil
		})
	})
	s.on(time.September, 20, 19, 30, "a voice of the new community", func(t *teller) error {
		return t.speak(wish{key: "lights", community: "致强社区", category: "safety.lighting", residents: "resident.zhiqiang", where: "青龙街背街", affected: 200,
			words: []string{"背街的路灯坏了一个多月，晚上黑得很，孩子下晚自习不安全。"}})
	})
	s.on(time.September, 21, 10, 0, "today", func(*teller) error { return nil })
}

var newBodies = []body{
	{party.KindRC, "致强社区居民委员会", "Zhiqiang residents' committee", "致强社区", ""},
	{party.KindRes, "致强社区居民", "Residents of Zhiqiang", "致强社区", ""},
}

var newMembers = []member{
	{"冯致", "community.zhiqiang", "致强社区居民委员会", access.CommunityWorker},
	{"柳青", "council.zhiqiang", "致强社区居民委员会", access.Council},
	{"强妹", "resident.zhiqiang", "致强社区居民", access.Resident},
}
