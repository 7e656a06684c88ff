package sqlstore_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

type needWorld struct {
	k      *testkit.Kit
	rc     *party.Party
	worker access.Actor
	n      int
}

func newNeedWorld(k *testkit.Kit) *needWorld {
	rc := k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID)
	return &needWorld{k: k, rc: rc, worker: k.As(access.CommunityWorker, rc)}
}

// need stores an open need; change adapts it before it is stored.
func (w *needWorld) need(change func(*need.Need)) *need.Need {
	w.k.T.Helper()
	w.n++
	var out *need.Need
	w.k.Update(func(ctx context.Context, u *app.Unit) error {
		n := need.Need{
			ID: ident.NeedID(u.NewID()), Code: fmt.Sprintf("XQ-2026-%06d", w.n), PlaceID: w.k.World.Community.ID, PartyID: w.rc.ID,
			Category: "elderly.visit", Title: "独居老人想有人看看", Summary: "每周上门一次",
			Point: &need.Point{LatE6: 30_630_000, LngE6: 104_120_000},
		}
		if change != nil {
			change(&n)
		}
		var err error
		if out, err = need.New(n, u.Now.Add(time.Duration(w.n)*time.Minute)); err != nil {
			return err
		}
		return u.Needs.InsertNeed(ctx, out)
	})
	return out
}

func (w *needWorld) voice(of *need.Need, author access.Actor) *need.Voice {
	w.k.T.Helper()
	var out *need.Voice
	w.k.Update(func(ctx context.Context, u *app.Unit) error {
		v, err := need.NewVoice(need.Voice{
			ID: ident.VoiceID(u.NewID()), Code: "SQ-" + u.NewID(), PlaceID: of.PlaceID, Category: of.Category, Words: "想有人看看老人",
			Public: "想有人看看老人", Channel: need.ChannelSelf, AuthorID: author.PersonID, PostedBy: author.PersonID,
			Answers: map[string]string{"floor": "3"}, Photos: []ident.FileID{"f1"}, Different: []ident.NeedID{of.ID},
			Point: &need.Point{LatE6: 1, LngE6: -2, UncertaintyM: 3}, Household: "h-" + need.Household(author.PersonID),
		}, u.Now)
		if err != nil {
			return err
		}
		if _, err := v.Gather(of, u.Now); err != nil {
			return err
		}
		out = v
		return u.Needs.InsertVoice(ctx, v)
	})
	return out
}

func TestNeeds_AggregatesComeBackExactly(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newNeedWorld(k)
		day := calendar.DateOf(testkit.Start)
		other := w.need(nil)
		n := w.need(func(n *need.Need) { n.EstimateFen, n.Beneficiaries = 12_345_678, 40 })
		at := n.OpenedAt.Add(3 * time.Microsecond)
		n.Stage, n.Outcome, n.MergedInto, n.Route, n.InProject = need.StageClosed, need.OutcomeDuplicate, other.ID, need.RouteSelf, true
		n.PublicUntil, n.DeliveredAt, n.ConfirmedAt, n.ClosedAt = &day, &at, &at, &at
		n.Screening = &need.Screening{Answers: []need.Answer{{Code: "debts"}}, Note: "无"}
		n.Deliberation = &need.Deliberation{HeldOn: day, Members: 21, Present: 14, Yes: 8, No: 6, Quorum: 14, Needed: 8, Rules: "CN#1"}
		k.Update(func(ctx context.Context, u *app.Unit) error { return u.Needs.SaveNeed(ctx, n) })
		v := w.voice(other, k.Resident())
		k.View(func(ctx context.Context, u *app.Unit) error {
			got, err := u.Needs.NeedByCode(ctx, n.Code)
			if err != nil || !reflect.DeepEqual(got, n) || got.Version != 2 {
				t.Errorf("%v\n got %+v\nwant %+v", err, got, n)
			}
			back, err := u.Needs.VoiceByCode(ctx, v.Code)
			if err != nil || !reflect.DeepEqual(back, v) {
				t.Errorf("%v\n got %+v\nwant %+v", err, back, v)
			}
			if _, err := u.Needs.Need(ctx, "nowhere"); fault.KindOf(err) != fault.KindNotFound {
				t.Errorf("unknown need: %v", err)
			}
			return nil
		})
	})
}

func TestNeeds_StaleSaveIsRefused(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newNeedWorld(k)
		n := w.need(nil)
		old := *n
		k.Update(func(ctx context.Context, u *app.Unit) error { return u.Needs.SaveNeed(ctx, n) })
		err := k.App.Store.Update(context.Background(), func(ctx context.Context, u *app.Unit) error { return u.Needs.SaveNeed(ctx, &old) })
		if fault.KindOf(err) != fault.KindStale {
			t.Fatal(err)
		}
	})
}

func TestNeeds_TheDatabaseHoldsBothAxesTogether(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newNeedWorld(k)
		n := w.need(nil)
		for _, set := range []string{
			"stage = 'closed'", "outcome = 'met'", "outcome = 'duplicate'", "stage = 'somewhere'", "merged_into = id",
			"estimate_fen = -1", "lat_e6 = NULL", "lat_e6 = 91000000",
		} {
			if _, err := k.DB.Bun().Exec("UPDATE need SET " + set + " WHERE id = '" + string(n.ID) + "'"); err == nil {
				t.Errorf("the database accepts %s", set)
			}
		}
	})
}

func TestNeeds_CountsOverTheFamily(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newNeedWorld(k)
		root, child, grandchild := w.need(nil), w.need(nil), w.need(nil)
		a, b := k.Resident(), k.Resident()
		support := func(n *need.Need, who access.Actor, home need.Household) bool {
			added := false
			k.Update(func(ctx context.Context, u *app.Unit) error {
				var err error
				added, err = u.Needs.AddSupport(ctx, need.Support{ID: u.NewID(), NeedID: n.ID, PersonID: who.PersonID, Household: home, At: u.Now})
				return err
			})
			return added
		}
		if !support(root, a, "h1") || support(root, a, "h1") {
			t.Error("a person supports a need once")
		}
		support(child, b, "h1")
		support(grandchild, b, "h2")
		w.voice(child, a)
		k.Update(func(ctx context.Context, u *app.Unit) error {
			for n, into := range map[*need.Need]*need.Need{grandchild: child, child: root} {
				if _, err := n.Merge(into, "同一件事", u.Now); err != nil && n != grandchild {
					return err
				}
			}
			child.Stage, child.Outcome, child.MergedInto, child.ClosedAt = need.StageClosed, need.OutcomeDuplicate, root.ID, &u.Now
			grandchild.Stage, grandchild.Outcome, grandchild.MergedInto, grandchild.ClosedAt = need.StageClosed, need.OutcomeDuplicate, child.ID, &u.Now
			if err := u.Needs.SaveNeed(ctx, child); err != nil {
				return err
			}
			if err := u.Needs.SaveNeed(ctx, grandchild); err != nil {
				return err
			}
			if err := u.Needs.Follow(ctx, grandchild.ID, a.PersonID, u.Now); err != nil {
				return err
			}
			if err := u.Needs.Follow(ctx, root.ID, a.PersonID, u.Now); err != nil {
				return err
			}
			c, err := u.Needs.Recount(ctx, root.ID)
			if want := (need.Counts{Households: 2, Voices: 1, Followers: 1}); err != nil || c != want {
				t.Errorf("%v %+v", err, c)
			}
			return err
		})
		k.View(func(ctx context.Context, u *app.Unit) error {
			fam, err := u.Needs.Family(ctx, root.ID)
			if err != nil || len(fam) != 3 || fam[0] != root.ID {
				t.Errorf("family %v %v", fam, err)
			}
			watchers, err := u.Needs.Watchers(ctx, root.ID, 10)
			if err != nil || len(watchers) != 2 {
				t.Errorf("watchers %v %v", watchers, err)
			}
			asked, err := u.Needs.Asked(ctx, fam, b.PersonID)
			if err != nil || !asked {
				t.Errorf("asked %v %v", asked, err)
			}
			counted, err := u.Needs.HouseholdCounted(ctx, fam, "h2")
			if err != nil || !counted {
				t.Errorf("household %v %v", counted, err)
			}
			voices, err := u.Needs.VoicesOf(ctx, fam)
			if err != nil || len(voices) != 1 {
				t.Errorf("voices %v %v", voices, err)
			}
			return nil
		})
	})
}

func TestNeeds_ListFiltersAndPages(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newNeedWorld(k)
		lamp := w.need(func(n *need.Need) { n.Title, n.Category = "楼道没有路灯", "safety.lighting" })
		var all []*need.Need
		for i := range 5 {
			all = append(all, w.need(func(n *need.Need) { n.Point.LatE6 += int64(i) * 1000 }))
		}
		far := w.need(func(n *need.Need) { n.PlaceID = k.World.Neighbour.ID })
		k.Update(func(ctx context.Context, u *app.Unit) error {
			for i, n := range all[:3] {
				for j := range i + 1 {
					if _, err := u.Needs.AddSupport(ctx, need.Support{ID: u.NewID(), NeedID: n.ID, PersonID: w.worker.PersonID, Household: need.Household(fmt.Sprint(j)), At: u.Now}); err != nil {
						return err
					}
				}
				if _, err := u.Needs.Recount(ctx, n.ID); err != nil {
					return err
				}
			}
			return nil
		})
		walk := func(q need.Query) []ident.NeedID {
			q.Limit = 2
			var ids []ident.NeedID
			k.View(func(ctx context.Context, u *app.Unit) error {
				for {
					page, err := u.Needs.List(ctx, q)
					if err != nil {
						return err
					}
					for _, l := range page {
						ids = append(ids, l.ID)
					}
					if len(page) < q.Limit {
						return nil
					}
					last := page[len(page)-1]
					q.After = &need.Cursor{At: last.OpenedAt, ID: last.ID, Number: int64(last.Households)}
					if q.Sort == need.SortNear {
						q.After.Number = last.MetresAway
					}
				}
			})
			return ids
		}
		check := func(what string, got []ident.NeedID, want ...*need.Need) {
			t.Helper()
			var ids []ident.NeedID
			for _, n := range want {
				ids = append(ids, n.ID)
			}
			if !reflect.DeepEqual(got, ids) {
				t.Errorf("%s: got %v, want %v", what, got, ids)
			}
		}
		community := k.World.Community.Path
		check("newest", walk(need.Query{}), far, all[4], all[3], all[2], all[1], all[0], lamp)
		check("waiting", walk(need.Query{Sort: need.SortWaiting, PlaceID: k.World.Community.ID}), lamp, all[0], all[1], all[2], all[3], all[4])
		check("place", walk(need.Query{PlacePath: k.World.Neighbour.Path}), far)
		check("words", walk(need.Query{Words: "路灯"}), lamp)
		check("category", walk(need.Query{Categories: []string{"safety", "safety.lighting"}, PlacePath: community}), lamp)
		check("near", walk(need.Query{Sort: need.SortNear, NearE6: &[2]int64{30_634_000, 104_120_000}, Categories: []string{"elderly.visit"}, PlacePath: community}),
			all[4], all[3], all[2], all[1], all[0])
		got := walk(need.Query{Sort: need.SortSupported, PlacePath: community})
		if len(got) != 6 {
			t.Errorf("supported: %v", got)
		}
		k.View(func(ctx context.Context, u *app.Unit) error {
			tally, err := u.Needs.Tally(ctx, need.Query{PlacePath: community}, "category", "stage")
			if err != nil || tally[0]["elderly.visit"] != 5 || tally[0]["safety.lighting"] != 1 || tally[1][need.StageOpen] != 6 {
				t.Errorf("tally %v %v", tally, err)
			}
			clusters, err := u.Needs.Clusters(ctx, need.Query{PlacePath: community}, 100_000, 50)
			if err != nil || len(clusters) != 1 || clusters[0].Count != 6 || clusters[0].Only != nil {
				t.Errorf("one cluster: %+v %v", clusters, err)
			}
			clusters, err = u.Needs.Clusters(ctx, need.Query{PlacePath: community, Words: "路灯"}, 1000, 50)
			if err != nil || len(clusters) != 1 || clusters[0].Only == nil || clusters[0].Only.ID != lamp.ID {
				t.Errorf("single: %+v %v", clusters, err)
			}
			some, err := u.Needs.Candidates(ctx, k.World.Community.ID, "elderly", nil, 3)
			if err != nil || len(some) != 3 || some[0].ID != all[4].ID {
				t.Errorf("candidates %v %v", some, err)
			}
			return nil
		})
	})
}

func TestNeeds_SaltAndNames(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		fresh := "0123456789abcdef0123456789abcdef"
		k.Update(func(ctx context.Context, u *app.Unit) error {
			first, err := u.Needs.Salt(ctx, k.World.Community.ID, fresh)
			if err != nil {
				return err
			}
			second, err := u.Needs.Salt(ctx, k.World.Community.ID, "another"+fresh)
			if err != nil || first != fresh || second != fresh {
				t.Errorf("%s %s %v", first, second, err)
			}
			if err := u.People.InsertPerson(ctx, &party.Person{ID: "p-wang", Name: "王芳", Language: "zh", CreatedAt: u.Now}); err != nil {
				return err
			}
			return u.People.InsertPerson(ctx, &party.Person{ID: "p-zhang", Name: "张建国", Language: "zh", CreatedAt: u.Now})
		})
		k.View(func(ctx context.Context, u *app.Unit) error {
			names, err := u.Needs.KnownNames(ctx, []string{"建国", "张建国", "国说", "王芳"}, k.World.Community.ID)
			if err != nil || !reflect.DeepEqual(names, []string{"张建国"}) {
				t.Errorf("%v %v", names, err)
			}
			return nil
		})
	})
}
