package figures_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/figures"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/party"
	"linli/backend/domain/project"
	"linli/backend/testkit"
)

type world struct {
	k     *testkit.Kit
	buyer *party.Party
	maker access.Actor
	made  int
}

func newWorld(k *testkit.Kit) *world {
	buyer := k.Buyer()
	return &world{k: k, buyer: buyer, maker: k.As(access.BuyerMaker, buyer)}
}

// project stores a project that holds an amount of a budget line of a year; 0 holds none.
func (w *world) project(place ident.PlaceID, year int, held money.Fen) *project.Project {
	w.k.T.Helper()
	w.made++
	var out *project.Project
	w.k.Update(func(ctx context.Context, u *app.Unit) error {
		p := &project.Project{
			ID: ident.ProjectID(u.NewID()), Code: fmt.Sprintf("XM-2026-%06d", w.made), Title: "上门探访", Track: project.TrackGovernment,
			PartyID: w.buyer.ID, PlaceID: place, Category: "elderly", Status: project.Proposed,
			Lots:       []project.Lot{{ID: ident.LotID(u.NewID()), Number: 1, Title: "探访", AmountFen: 100}},
			ProposedBy: w.maker.PersonID, ProposedAt: u.Now,
		}
		if held > 0 {
			l := &project.Line{
				ID: ident.BudgetLineID(u.NewID()), PartyID: w.buyer.ID, FiscalYear: year, Source: project.SourceGeneral, Title: "购买服务",
				FunctionCode: "2082001", EconomyCode: "30227", ApprovedFen: held, RecordedBy: w.maker.PersonID, RecordedAt: u.Now,
			}
			if err := u.Projects.InsertLine(ctx, l); err != nil {
				return err
			}
			at := u.Now
			p.Status, p.BudgetedAt, p.Budget = project.Budgeted, &at, []project.Allocation{{LineID: l.ID, AmountFen: held}}
		}
		out = p
		return u.Projects.InsertProject(ctx, p)
	})
	return out
}

func read(t *testing.T, s *figures.Service, place ident.PlaceID, year int) figures.Money {
	t.Helper()
	m, err := s.Read(context.Background(), access.Actor{}, place, year)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRead_SumsAreTheSumsOfTheirLines(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newWorld(k)
		here, there := k.World.Community.ID, k.World.Neighbour.ID
		large := w.project(here, 2026, 500)
		w.project(there, 2026, 30)
		w.project(here, 2025, 7)
		w.project(here, 2026, 0) // proposed: no budget, not counted

		all := read(t, figures.New(k.App), "", 0)
		if len(all.Projects) != 2 || all.Projects[0].ProjectID != large.ID || all.Total.BudgetFen != 530 {
			t.Errorf("everywhere: %d lines, %+v", len(all.Projects), all.Total)
		}
		if all.Total.AwardedFen != 0 || all.Total.PaidFen != 0 || all.Total.ReturnedFen != 0 {
			t.Errorf("money out of nothing: %+v", all.Total)
		}
		if m := read(t, figures.New(k.App), there, 0); m.Total.BudgetFen != 30 || m.Place.Name != k.World.Neighbour.Name {
			t.Errorf("one community: %+v", m.Total)
		}
		if m := read(t, figures.New(k.App), k.World.Street.ID, 2025); m.Total.BudgetFen != 7 {
			t.Errorf("last year in the street: %+v", m.Total)
		}
	})
}

func TestRead_IsAtMostAMinuteOld(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	w, s := newWorld(k), figures.New(k.App)
	if m := read(t, s, "", 0); m.Total.BudgetFen != 0 {
		t.Fatalf("%+v", m.Total)
	}
	w.project(k.World.Community.ID, 2026, 9)
	if m := read(t, s, "", 0); m.Total.BudgetFen != 0 {
		t.Errorf("counted again within the minute: %+v", m.Total)
	}
	k.Advance(time.Minute)
	if m := read(t, s, "", 0); m.Total.BudgetFen != 9 {
		t.Errorf("older than a minute: %+v", m.Total)
	}
}

func TestRead_RefusesUnknownPlacesAndYears(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := figures.New(k.App)
	for _, year := range []int{2017, 2027, -1} {
		if _, err := s.Read(context.Background(), access.Actor{}, "", year); !fault.Is(err, "figures.year_unknown") {
			t.Errorf("year %d: %v", year, err)
		}
	}
	if _, err := s.Read(context.Background(), access.Actor{}, "nowhere", 0); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("place: %v", err)
	}
}
