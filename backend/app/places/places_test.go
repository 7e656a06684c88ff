package places_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/places"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/domain/table"
	"linli/backend/testkit"
	"linli/backend/testkit/realdata"
)

const before = `code,name,level,parent,lng_gcj02,lat_gcj02
510100000000,成都市,2,510000000000,104.066794,30.572893
510108000000,成华区,3,510100000000,104.1,30.66
510108012000,保和街道,4,510108000000,104.15,30.63
510108012011,和美社区居委会,5,510108012000,104.155631,30.629358
510108012012,东虹社区居委会,5,510108012000,,
510108012013,胜利社区居委会,5,510108012000,,
`

const after = `code,name,level,parent
510100000000,成都市,2,510000000000
510108000000,成华区,3,510100000000
510108012000,保和街道办事处,4,510108000000
510108012021,和美社区居委会,5,510108012000
510108012012,东虹路社区居委会,5,510108012000
`

func list(text string) places.List {
	var t table.Table
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		cells := strings.Split(line, ",")
		if i == 0 {
			t.Header = cells
			continue
		}
		t.Rows = append(t.Rows, table.Row{Line: i + 1, Cells: cells})
	}
	return places.List{File: "list.csv", SHA256: fmt.Sprint(len(text)), Table: t}
}

func admin(k *testkit.Kit) access.Actor {
	return k.As(access.PlatformAdmin, k.Party(party.KindSite, "平台", k.World.City.ID))
}

func leaves(k *testkit.Kit) (n int64) {
	k.View(func(ctx context.Context, u *app.Unit) (err error) {
		n, _, err = u.Audits.Head(ctx)
		return err
	})
	return n
}

func TestImport_SecondTimeChangesNothing(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, who := t.Context(), admin(k)
		first, err := k.Services.Places.Import(ctx, who, k.Key(), list(before))
		if err != nil || first.Added != 1 || first.Corrected == 0 || first.ImportID == "" {
			t.Fatalf("%+v %v", first, err)
		}
		n := leaves(k)
		again, err := k.Services.Places.Import(ctx, who, k.Key(), list(before))
		if err != nil || again.ImportID != "" || again.Unchanged != 6 || leaves(k) != n {
			t.Fatalf("%+v %v, %d leaves", again, err, leaves(k)-n)
		}
	})
}

func TestImport_IdentityLastsAndHistoryIsKept(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, who, svc := t.Context(), admin(k), k.Services.Places
		if _, err := svc.Import(ctx, who, k.Key(), list(before)); err != nil {
			t.Fatal(err)
		}
		ended := named(t, k, "胜利社区")
		committee := k.Party(party.KindRC, "胜利社区居委会", ended.ID)
		l := list(after)
		l.From = "2026-02-01"
		report, err := svc.Import(ctx, who, k.Key(), l)
		if err != nil || report.Renamed != 1 || report.Recoded != 1 || report.Waiting != 1 || report.Attached != 1 {
			t.Fatalf("%+v %v", report, err)
		}
		d, err := svc.Detail(ctx, k.World.Neighbour.ID)
		if err != nil || d.Place.Name != "东虹路社区" || len(d.Ancestors) != 3 || d.Place.Version != 2 {
			t.Fatalf("%+v %v", d, err)
		}
		last := d.Periods[len(d.Periods)-1]
		if last.Name != "东虹路社区" || last.Listed != "东虹路社区居委会" || last.Until != nil || last.From != time.Date(2026, 1, 31, 16, 0, 0, 0, time.UTC) {
			t.Errorf("%+v", d.Periods)
		}
		gone, err := svc.Detail(ctx, ended.ID)
		if err != nil || gone.Place.Active || gone.Asked == nil || gone.Asked.Attached != 1 || gone.Periods[0].Until == nil {
			t.Fatalf("%+v %v", gone, err)
		}
		choose(t, k, who, *gone.Asked, committee)
	})
}

func choose(t *testing.T, k *testkit.Kit, who access.Actor, asked community.Rehoming, committee *party.Party) {
	ctx, svc := t.Context(), k.Services.Places
	c := places.Choice{RehomingID: asked.ID, Version: asked.Version, TargetID: k.World.Community.ID}
	refused := func(want string, change func(*places.Choice)) {
		t.Helper()
		x := c
		x.Reason = "并入和美"
		change(&x)
		if _, err := svc.Choose(ctx, who, k.Key(), x); !fault.Is(err, want) {
			t.Errorf("want %s, got %v", want, err)
		}
	}
	refused("rehoming.reason_required", func(x *places.Choice) { x.Reason = "" })
	refused("record.stale", func(x *places.Choice) { x.Version++ })
	refused("places.target_same", func(x *places.Choice) { x.TargetID = asked.PlaceID })
	refused("places.target_ended", func(x *places.Choice) { x.TargetID = "nowhere" })
	refused("places.target_level", func(x *places.Choice) { x.TargetID = k.World.Street.ID })
	refused("record.not_found", func(x *places.Choice) { x.RehomingID = "nothing" })
	if p := partyOf(t, k, committee.ID); p.PlaceID != asked.PlaceID {
		t.Fatal("a refused choice moved something")
	}
	stranger := k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
	c.Reason = "三个院落并入和美社区"
	if _, err := svc.Choose(ctx, stranger, k.Key(), c); !fault.Is(err, "record.not_found") {
		t.Errorf("a neighbour's worker decided: %v", err)
	}
	key := k.Key()
	done, err := svc.Choose(ctx, who, key, c)
	if err != nil || done.State != community.RehomingSettled || done.ChosenID != k.World.Community.ID {
		t.Fatalf("%+v %v", done, err)
	}
	if p := partyOf(t, k, committee.ID); p.PlaceID != k.World.Community.ID {
		t.Errorf("the committee stayed at %s", p.PlaceID)
	}
	if again, err := svc.Choose(ctx, who, key, c); err != nil || again.Version != done.Version {
		t.Errorf("replay: %+v %v", again, err)
	}
	c.Version = done.Version
	if _, err := svc.Choose(ctx, who, k.Key(), c); !fault.Is(err, "rehoming.transition_refused") {
		t.Errorf("settled twice: %v", err)
	}
	d, err := svc.Detail(ctx, asked.PlaceID)
	if err != nil || len(d.Links) != 1 || d.Links[0].To.Name != "和美社区" || d.Links[0].Reason != "decided" || d.Asked != nil {
		t.Errorf("%+v %v", d.Links, err)
	}
}

func TestImport_RefusesBadRowsAndOlderLists(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx, who, svc := t.Context(), admin(k), k.Services.Places
	n := leaves(k)
	bad := before + "51010801201,短,5,510108012000,,\n510108012015,新社区居委会,5,510108012000,,\n"
	report, err := svc.Import(ctx, who, k.Key(), list(bad))
	if !fault.Is(err, "places.list_refused") || len(report.Issues) != 1 || report.Issues[0].Line != 8 || report.Issues[0].Code != "division.code" {
		t.Fatalf("%+v %v", report, err)
	}
	if leaves(k) != n {
		t.Error("a refused list left a record")
	}
	l := list(strings.ReplaceAll(bad, "510108012013,胜利社区居委会,5,510108012000,,\n", ""))
	l.SkipBad, l.From = true, "2026-01-01"
	report, err = svc.Import(ctx, who, k.Key(), l)
	if err != nil || report.Added != 1 || report.Waiting != 0 || len(report.Issues) != 1 {
		t.Errorf("%+v %v", report, err)
	}
	l = list(before)
	l.From = "2025-12-31"
	if _, err := svc.Import(ctx, who, k.Key(), l); !fault.Is(err, "places.list_older") {
		t.Errorf("%v", err)
	}
	l.From = "yesterday"
	if _, err := svc.Import(ctx, who, k.Key(), l); !fault.Is(err, "table.not_a_date") {
		t.Errorf("%v", err)
	}
	if _, err := svc.Import(ctx, who, k.Key(), list("code,name,level,parent\n")); !fault.Is(err, "places.list_empty") {
		t.Errorf("%v", err)
	}
	if _, err := svc.Import(ctx, k.Resident(), k.Key(), list(before)); !fault.Is(err, "access.forbidden") {
		t.Errorf("%v", err)
	}
}

func TestCount_KeepsDatedFigures(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc := t.Context(), k.Services.Places
		worker := k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
		c := places.Count{PlaceID: k.World.Community.ID, Kind: community.Households, Value: 836, AsOf: "2026-01-31", Source: "网格台账"}
		if _, err := svc.Count(ctx, worker, k.Key(), c); err != nil {
			t.Fatal(err)
		}
		c.Value = 840
		if _, err := svc.Count(ctx, worker, k.Key(), c); err != nil {
			t.Fatal(err)
		}
		for want, change := range map[string]func(*places.Count){
			"places.date_future":   func(x *places.Count) { x.AsOf = "2026-03-03" },
			"table.not_a_date":     func(x *places.Count) { x.AsOf = "2026-13-03" },
			"access.forbidden":     func(x *places.Count) { x.PlaceID = k.World.Neighbour.ID },
			"record.not_found":     func(x *places.Count) { x.PlaceID = "nowhere" },
			"places.not_community": nil,
		} {
			x := c
			if change == nil {
				street := k.As(access.CommunityWorker, k.Party(party.KindGOV, "街道", k.World.Street.ID))
				x.PlaceID = k.World.Street.ID
				if _, err := svc.Count(ctx, street, k.Key(), x); !fault.Is(err, want) {
					t.Errorf("%s: %v", want, err)
				}
				continue
			}
			change(&x)
			if _, err := svc.Count(ctx, worker, k.Key(), x); !fault.Is(err, want) {
				t.Errorf("%s: %v", want, err)
			}
		}
		d, err := svc.Detail(ctx, k.World.Community.ID)
		if err != nil || len(d.Facts) != 1 || d.Facts[0].Value != 840 {
			t.Errorf("%+v %v", d.Facts, err)
		}
	})
}

func TestRealLists_AllOfChengduImportsAndReimports(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc := t.Context(), k.Services.Places
		first := places.List{File: "chengdu-divisions-2016.csv", SHA256: "2016", Table: realdata.Table(t, "chengdu-divisions-2016.csv")}
		report, err := svc.ImportHere(ctx, first, false)
		if err != nil || report.Added < 4700 {
			t.Fatalf("%+v %v", report, err)
		}
		second := places.List{File: "chengdu-divisions-2021.csv", SHA256: "2021", From: "2021-01-01", Table: realdata.Table(t, "chengdu-divisions-2021.csv")}
		report, err = svc.ImportHere(ctx, second, false)
		if err != nil || report.Waiting+report.Merged < 1500 {
			t.Fatalf("%+v %v", report, err)
		}
		n := leaves(k)
		again, err := svc.ImportHere(ctx, second, false)
		if err != nil || again.ImportID != "" || leaves(k) != n {
			t.Errorf("%+v %v", again, err)
		}
		chain(t, k)
		found, err := svc.Find(ctx, community.Query{Words: "花照", Limit: 10}, "")
		if err != nil || len(found) != 1 || found[0].Name != "花照壁社区" || found[0].Within != "金牛区 营门口街道" {
			t.Errorf("%+v %v", found, err)
		}
		if found, err = svc.Find(ctx, community.Query{Words: "51010603", Level: community.LevelCommunity, Limit: 100}, ""); err != nil || len(found) < 5 {
			t.Errorf("%d by code, %v", len(found), err)
		}
	})
}

func chain(t *testing.T, k *testkit.Kit) {
	t.Helper()
	var v audit.Verifier
	k.View(func(ctx context.Context, u *app.Unit) error {
		if err := u.Audits.Walk(ctx, 1, func(r audit.Record) error {
			if b := v.Check(r); b != nil {
				return fmt.Errorf("%+v", b)
			}
			return nil
		}); err != nil {
			return err
		}
		all, err := u.Places.All(ctx)
		if err != nil {
			return err
		}
		for _, p := range all[:50] {
			records, err := u.Audits.Of(ctx, "place", string(p.ID), 10)
			if err != nil {
				return err
			}
			if len(records) == 0 {
				continue // the kit's own places
			}
			if hash, _ := audit.StateHash(p); hash != records[len(records)-1].AfterHash {
				return fmt.Errorf("%s is not what its last leaf says", p.Name)
			}
		}
		return nil
	})
}

func named(t *testing.T, k *testkit.Kit, name string) (out community.Place) {
	t.Helper()
	k.View(func(ctx context.Context, u *app.Unit) error {
		all, err := u.Places.All(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(p community.Place) bool { return p.Name == name })
		if i < 0 {
			return fmt.Errorf("no %s", name)
		}
		out = all[i]
		return nil
	})
	return out
}

func partyOf(t *testing.T, k *testkit.Kit, id ident.PartyID) (out party.Party) {
	t.Helper()
	k.View(func(ctx context.Context, u *app.Unit) error {
		p, err := u.People.Party(ctx, id)
		if err == nil {
			out = *p
		}
		return err
	})
	return out
}
