package rank

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func mustBuild(t testing.TB, c *city) *Index {
	t.Helper()
	ix, err := Build(testWeights, c.taxonomy, c.suppliers, c.needs)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

func same(a, b []Scored) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].Via != b[i].Via || a[i].Score != b[i].Score {
			return false
		}
	}
	return true
}

func checkBoth(t interface{ Fatalf(string, ...any) }, ix *Index, n *Need, s []Supplier, k int) {
	got, err := ix.Suppliers(n, k)
	if want := bruteSuppliers(ix, n, k); err != nil || !same(got, want) {
		t.Fatalf("suppliers for %+v:\n got %v (%v)\nwant %v", n, got, err, want)
	}
	found, err := ix.Needs(s, k)
	if want := bruteNeeds(ix, s, k); err != nil || !same(found, want) {
		t.Fatalf("needs for %+v:\n got %v (%v)\nwant %v", s, found, err, want)
	}
}

func TestTop_EqualsLookingAtEverybody(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		c := newCity(seed, rapid.IntRange(0, 400).Draw(t, "suppliers"), rapid.IntRange(1, 600).Draw(t, "needs"))
		ix, err := Build(testWeights, c.taxonomy, c.suppliers, c.needs)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 2))
		k := rapid.IntRange(0, MaxTop).Draw(t, "k")
		for range 10 {
			n := c.need(r, 999_999)
			checkBoth(t, ix, &n, c.services(r), k)
		}
	})
}

// Any weights, and everything that lies at a border of what a search takes for granted.
func TestTop_EqualsLookingAtEverybodyInAnOddCity(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, 5))
		c := newCity(seed, rapid.SampledFrom([]int{0, 1, 2, 60, 300}).Draw(t, "suppliers"), rapid.IntRange(1, 300).Draw(t, "needs"))
		c.stir(r)
		ix, err := Build(anyWeights(r), c.taxonomy, c.suppliers, c.needs)
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			n, s := c.need(r, 999_999), c.services(r)
			c.stirNeed(r, &n)
			for i := range s {
				c.stirSupplier(r, &s[i])
				s[i].Owner = "newcomer"
			}
			checkBoth(t, ix, &n, s, rapid.IntRange(0, MaxTop).Draw(t, "k"))
		}
	})
}

// A bound that is too low would lose somebody without a trace: here it meets the true score.
func TestGlance_NeverPromisesLessThanTheScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, 6))
		c := newCity(seed, 40, 40)
		c.stir(r)
		ix, err := Build(anyWeights(r), c.taxonomy, c.suppliers, c.needs)
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.needs {
			q := new(search)
			q.bind(ix)
			for j := range c.suppliers {
				p := ix.Explain(&c.needs[i], &c.suppliers[j])
				if !p.Possible {
					continue
				}
				q.take(&c.needs[i], 1, nil)
				q.top.floor = p.Score
				e, key := ix.entryFor(&c.suppliers[j], c.needs[i].Category)
				if q.glanceAt([]glance{ix.bounds.glance(&e, key, 0)}) != 1 {
					t.Fatalf("a glance passes over a supplier that reaches the floor: %+v for %+v", c.suppliers[j], c.needs[i])
				}
			}
		}
	})
}

func TestPriceStep_NeverFalls(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(0, MaxAmount+1).Draw(t, "a"), rapid.Int64Range(0, MaxAmount+1).Draw(t, "b")
		if a <= b && priceStep(a) > priceStep(b) {
			t.Fatalf("%d has step %d, %d has %d", a, priceStep(a), b, priceStep(b))
		}
	})
}

func TestRoot_IsTheWholeSquareRoot(t *testing.T) {
	t.Parallel()
	for _, n := range []int64{0, 1, 2, 3, 4, 8, 9, 999_999_999_999, 1 << 50, 1<<50 - 1, (1<<26+1)*(1<<26+1) - 1} {
		if r := int64(root(n)); r*r > n || (r+1)*(r+1) <= n {
			t.Errorf("root(%d) = %d", n, r)
		}
	}
}

func TestTop_IntoABufferAllocatesNothing(t *testing.T) {
	c := newCity(9, 2000, 200)
	ix := mustBuild(t, c)
	out := make([]Scored, 0, MaxTop)
	i := 0
	if n := testing.AllocsPerRun(200, func() { out, _ = ix.AppendSuppliers(out[:0], &c.needs[i%len(c.needs)], 10); i++ }); n > 0.1 {
		t.Errorf("%v allocations for a question", n)
	}
}

func TestTop_EqualsLookingAtEverybodyAtCitySize(t *testing.T) {
	t.Parallel()
	c := newCity(7, 4000, 20_000)
	ix := mustBuild(t, c)
	for i := range 60 {
		checkBoth(t, ix, &c.needs[i], c.suppliers[i:i+1+i%3], 10)
	}
}

func TestIndex_ChangedOneByOneEqualsRebuilt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		c := newCity(seed, 150, 200)
		ix, err := Build(testWeights, c.taxonomy, c.suppliers, c.needs)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 3))
		suppliers, needs := map[string]Supplier{}, map[string]Need{}
		for _, s := range c.suppliers {
			suppliers[s.ID] = s
		}
		for _, n := range c.needs {
			needs[n.ID] = n
		}
		for range 200 {
			change(r, c, ix, suppliers, needs)
		}
		fresh, err := Build(testWeights, c.taxonomy, values(suppliers), values(needs))
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			n, s := c.need(r, 999_999), c.services(r)
			checkBoth(t, ix, &n, s, 10)
			a, _ := ix.Suppliers(&n, 10)
			b, _ := fresh.Suppliers(&n, 10)
			x, _ := ix.Needs(s, 10)
			y, _ := fresh.Needs(s, 10)
			if !same(a, b) || !same(x, y) {
				t.Fatalf("changed index answers otherwise than a rebuilt one")
			}
		}
	})
}

func change(r *rand.Rand, c *city, ix *Index, suppliers map[string]Supplier, needs map[string]Need) {
	switch r.IntN(4) {
	case 0:
		s := c.supplier(r, r.IntN(200))
		_ = ix.UpsertSupplier(s)
		suppliers[s.ID] = s
	case 1:
		id := fmt.Sprintf("s%05d", r.IntN(200))
		ix.RemoveSupplier(id)
		delete(suppliers, id)
	case 2:
		n := c.need(r, r.IntN(300))
		_ = ix.UpsertNeed(n)
		needs[n.ID] = n
	default:
		id := fmt.Sprintf("n%06d", r.IntN(300))
		ix.RemoveNeed(id)
		delete(needs, id)
	}
}

func values[K comparable, V any](m map[K]V) []V {
	var out []V
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

func TestExplain_PointsSumToScoreAndStayInRange(t *testing.T) {
	t.Parallel()
	c := newCity(3, 300, 300)
	ix := mustBuild(t, c)
	seen := 0
	for i := range c.needs {
		for j := range c.suppliers {
			p := ix.Explain(&c.needs[i], &c.suppliers[j])
			if !p.Possible {
				if p.Score != 0 || p.Terms != nil {
					t.Fatalf("a refused pairing has a score: %+v", p)
				}
				continue
			}
			seen++
			sum := int32(0)
			for _, term := range p.Terms {
				if term.Value < 0 || term.Value > Whole || term.Points < 0 || term.Points > term.Weight {
					t.Fatalf("term out of range: %+v", term)
				}
				sum += term.Points
			}
			if sum != p.Score || p.Score > Whole {
				t.Fatalf("points sum to %d, score %d", sum, p.Score)
			}
		}
	}
	if seen == 0 {
		t.Fatal("no pairing was possible: the test city is wrong")
	}
}

// Whatever makes a supplier better never lowers its score.
func TestScore_IsMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		c := newCity(seed, 60, 60)
		r := rand.New(rand.NewPCG(seed, 7))
		c.stir(r)
		ix, err := Build(anyWeights(r), c.taxonomy, c.suppliers, c.needs)
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.suppliers {
			for j := range c.needs {
				before := ix.Explain(&c.needs[j], &c.suppliers[i])
				for name, s := range improved(&c.suppliers[i], &c.needs[j]) {
					if after := ix.Explain(&c.needs[j], &s); before.Possible && (!after.Possible || after.Score < before.Score) {
						t.Fatalf("%s lowered the score from %d to %d", name, before.Score, after.Score)
					}
				}
			}
		}
	})
}

func improved(s *Supplier, n *Need) map[string]Supplier {
	out := map[string]Supplier{}
	grade := *s
	grade.Grade = min(5, s.Grade+1)
	out["a better grade"] = grade
	rating := *s
	rating.Rating = min(Whole, s.Rating+500)
	out["a better rating"] = rating
	capacity := *s
	capacity.Capacities = nil
	for _, c := range s.Capacities {
		capacity.Capacities = append(capacity.Capacities, Capacity{Period: c.Period, Total: c.Total, Free: min(c.Total, c.Free+1)})
	}
	out["more free capacity"] = capacity
	cheaper := *s
	cheaper.Offers = nil
	for _, o := range s.Offers {
		cheaper.Offers = append(cheaper.Offers, Offer{Category: o.Category, Low: o.Low * 9 / 10, High: o.High * 9 / 10})
	}
	out["a lower price"] = cheaper
	spoken := *s
	spoken.Groups = s.Groups | n.Groups
	out["every language asked for"] = spoken
	shorter := *s
	shorter.Lists = 0
	out["no register"] = shorter
	wider := *s
	wider.Areas = append(append([]Area(nil), s.Areas...), Area{Kind: Everywhere})
	out["a wider area"] = wider
	certified := *s
	certified.Qualifications = append([]Qualification(nil), s.Qualifications...)
	for _, code := range n.Required {
		certified.Qualifications = append(certified.Qualifications, Qualification{Code: code, From: 0, Until: 1 << 30})
	}
	out["every certificate"] = certified
	if s.Home.Known && n.At.Known {
		nearer := *s
		nearer.Home.Lat, nearer.Home.Lng = n.At.Lat, n.At.Lng
		out["next door"] = nearer
	}
	return out
}

func TestReach_FollowsTheWalkingBands(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ walk, want int32 }{{0, 10_000}, {400, 10_000}, {800, 8_500}, {1_200, 7_000}, {6_000, 2_575}, {40_001, 0}} {
		if got := reachValue(c.walk, 1000); got != c.want {
			t.Errorf("reach after %d m on foot = %d, want %d", c.walk, got, c.want)
		}
	}
	// 923 m straight are 1,200 m on foot at a detour of 1.3: fifteen minutes.
	if got := WalkMinutes(923, 1300); got != 15 {
		t.Errorf("923 m straight = %d minutes, want 15", got)
	}
}

func TestMetres_IsSymmetricAndCloseToTheSphere(t *testing.T) {
	t.Parallel()
	a, b := Point{Known: true, Lat: 30_657_000, Lng: 104_066_000}, Point{Known: true, Lat: 30_690_000, Lng: 104_120_000}
	if metres(&a, &b) != metres(&b, &a) {
		t.Error("distance depends on direction")
	}
	if d := metres(&a, &b); d < 6_336-10 || d > 6_336+10 { // haversine: 6,336 m
		t.Errorf("distance = %d m", d)
	}
}

func TestCircle_PassesWhenTheNeedMayLieInside(t *testing.T) {
	t.Parallel()
	c := newCity(1, 1, 1)
	s := Supplier{ID: "s", Owner: "o", Tracks: 1, Offers: []Offer{{Category: 12}}, Capacities: []Capacity{{Total: 2, Free: 2}},
		Areas: []Area{{Kind: Radius, RadiusM: 1000, Centre: Point{Known: true, Lat: 30_660_000, Lng: 104_060_000}}}}
	n := Need{ID: "n", Category: 12, DetourPermille: 1300, Units: 1, At: Point{Known: true, Lat: 30_673_500, Lng: 104_060_000}}
	ix, err := Build(testWeights, c.taxonomy, []Supplier{s}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p := ix.Explain(&n, &s); p.Possible || p.Gates[3].Remedy != "area.extend_radius" || p.Gates[3].Needed != 1501 {
		t.Errorf("1,501 m away with a radius of 1,000: %+v", p.Gates[3])
	}
	n.At.UncertaintyM = 600
	p := ix.Explain(&n, &s)
	if !p.Possible || !p.Gates[3].Estimated {
		t.Errorf("1,501 m ± 600 with a radius of 1,000 must pass as estimated: %+v", p.Gates[3])
	}
	if got, _ := ix.Suppliers(&n, 10); len(got) != 1 {
		t.Errorf("the index does not find it: %v", got)
	}
}

func TestGates_EachRefusalSaysWhyAndWhatWouldHelp(t *testing.T) {
	t.Parallel()
	ix, err := New(testWeights, NewTaxonomy([]int32{-1, 0, -1}))
	if err != nil {
		t.Fatal(err)
	}
	need := Need{ID: "n", Category: 1, Places: []int32{1, 2}, DetourPermille: 1300, Units: 3, Period: 20261, Day: 100,
		CapFen: 1000, MinGrade: 3, Required: []int32{7}, Buyer: "b"}
	good := Supplier{ID: "s", Owner: "o", Tracks: 1, Offers: []Offer{{Category: 1, Low: 900, High: 1000}}, Areas: []Area{{Kind: Division, Place: 2}},
		Grade: 3, GradeUntil: 100, Qualifications: []Qualification{{7, 0, 100}}, Capacities: []Capacity{{20261, 5, 3}}}
	if p := ix.Explain(&need, &good); !p.Possible {
		t.Fatalf("boundaries are included: %+v", p.Gates)
	}
	for _, c := range []struct {
		code, remedy string
		spoil        func(*Supplier, *Need)
	}{
		{"type.may_not_bid", "type.other_track", func(s *Supplier, _ *Need) { s.Tracks = 2 }},
		{"list.abnormal", "list.removal", func(s *Supplier, _ *Need) { s.Lists = ListAbnormal }},
		{"list.dishonest", "list.removal", func(s *Supplier, _ *Need) { s.Lists = ListDishonest }},
		{"list.suspended", "list.end_of_suspension", func(s *Supplier, _ *Need) { s.Lists = ListSuspended }},
		{"category.not_served", "category.list_category", func(s *Supplier, _ *Need) { s.Offers[0].Category = 2 }},
		{"area.outside", "area.extend_area", func(s *Supplier, _ *Need) { s.Areas[0].Place = 3 }},
		{"grade.too_low", "grade.reassess", func(s *Supplier, _ *Need) { s.Grade = 2 }},
		{"grade.expired", "grade.renew", func(s *Supplier, _ *Need) { s.GradeUntil = 99 }},
		{"qualification.missing", "qualification.obtain", func(s *Supplier, _ *Need) { s.Qualifications = nil }},
		{"qualification.expired", "qualification.renew", func(s *Supplier, _ *Need) { s.Qualifications[0].Until = 99 }},
		{"capacity.not_enough", "capacity.free_units", func(s *Supplier, _ *Need) { s.Capacities[0].Free = 2 }},
		{"capacity.unknown", "capacity.state_capacity", func(s *Supplier, _ *Need) { s.Capacities = nil }},
		{"price.over_cap", "price.lower_price", func(s *Supplier, _ *Need) { s.Offers[0].Low, s.Offers[0].High = 1001, 1001 }},
		{"conflict.with_buyer", "conflict.other_buyer", func(s *Supplier, _ *Need) { s.Conflicts = []string{"b"} }},
		{"conflict.recorded", "conflict.clear_record", func(_ *Supplier, n *Need) { n.Excluded = []string{"o"} }},
	} {
		t.Run(c.code, func(t *testing.T) {
			t.Parallel()
			s, n := good, need
			s.Offers, s.Areas = append([]Offer(nil), good.Offers...), append([]Area(nil), good.Areas...)
			s.Qualifications, s.Capacities = append([]Qualification(nil), good.Qualifications...), append([]Capacity(nil), good.Capacities...)
			c.spoil(&s, &n)
			p := ix.Explain(&n, &s)
			var refused []Gate
			for _, g := range p.Gates {
				if !g.Pass {
					refused = append(refused, g)
				}
			}
			if p.Possible || len(refused) != 1 || refused[0].Code != c.code || refused[0].Remedy != c.remedy {
				t.Errorf("gates = %+v", refused)
			}
		})
	}
}

func TestTies_AreOrderedById(t *testing.T) {
	t.Parallel()
	c := newCity(5, 1, 1)
	var twins []Supplier
	for _, id := range []string{"c", "a", "d", "b"} {
		s := c.suppliers[0]
		s.ID, s.Owner, s.Lists, s.Tracks, s.Areas, s.Conflicts = "x"+id, id, 0, 7, []Area{{Kind: Everywhere}}, nil
		s.Capacities = []Capacity{{Total: 9, Free: 9}}
		twins = append(twins, s)
	}
	ix, err := Build(testWeights, c.taxonomy, twins, nil)
	if err != nil {
		t.Fatal(err)
	}
	n := Need{ID: "n", Category: twins[0].Offers[0].Category, DetourPermille: 1300, Units: 1, Day: today}
	got, _ := ix.Suppliers(&n, 3)
	if len(got) != 3 || got[0].ID != "a" || got[1].ID != "b" || got[2].ID != "c" {
		t.Errorf("order = %v", got)
	}
}

func TestWeights_MustSumToWhole(t *testing.T) {
	t.Parallel()
	bad := testWeights
	bad.Fit++
	if bad.Check() == nil {
		t.Error("10,001 points were accepted")
	}
	bad = testWeights
	bad.Fit, bad.Reach = -1, 4501
	if bad.Check() == nil {
		t.Error("a negative weight was accepted")
	}
	if _, err := New(bad, NewTaxonomy(nil)); err == nil {
		t.Error("an index was built with weights that are refused")
	}
}

func TestVersus_NamesTheLargestLossFirst(t *testing.T) {
	t.Parallel()
	low := Pairing{Terms: []Term{{Name: TermFit, Points: 10}, {Name: TermReach, Points: 5}, {Name: TermSlack, Points: 9}}}
	high := Pairing{Terms: []Term{{Name: TermFit, Points: 12}, {Name: TermReach, Points: 50}, {Name: TermSlack, Points: 3}}}
	if got := Versus(low, high); len(got) != 2 || got[0] != (Loss{TermReach, 45}) || got[1] != (Loss{TermFit, 2}) {
		t.Errorf("losses = %v", got)
	}
}

func TestRanking_NamesEveryOwnerOnceWithItsBestService(t *testing.T) {
	t.Parallel()
	near, far := Point{Known: true, Lat: 30_660_000, Lng: 104_060_000}, Point{Known: true, Lat: 30_760_000, Lng: 104_060_000}
	service := func(id, owner string, at Point) Supplier {
		return Supplier{ID: id, Owner: owner, Tracks: 1, Offers: []Offer{{Category: 1}}, Home: at,
			Areas: []Area{{Kind: Everywhere}}, Capacities: []Capacity{{Total: 2, Free: 2}}}
	}
	ix, err := Build(testWeights, NewTaxonomy([]int32{-1, 0}), []Supplier{
		service("a1", "a", far), service("a2", "a", near), service("b1", "b", far), service("b2", "b", far),
	}, []Need{{ID: "n", Category: 1, DetourPermille: 1300, Units: 1, At: near}})
	if err != nil {
		t.Fatal(err)
	}
	n, _ := ix.Need("n")
	got, _ := ix.Suppliers(&n, 10)
	if len(got) != 2 || got[0].ID != "a" || got[0].Via != "a2" || got[1].ID != "b" || got[1].Via != "b1" {
		t.Errorf("ranking = %+v", got)
	}
	a1, _ := ix.Supplier("a1")
	a2, _ := ix.Supplier("a2")
	found, _ := ix.Needs([]Supplier{a1, a2}, 10)
	if len(found) != 1 || found[0].Via != "a2" {
		t.Errorf("opportunities = %+v", found)
	}
}
