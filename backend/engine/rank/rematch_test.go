package rank

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func sameLists(t interface{ Fatalf(string, ...any) }, got, want *Lists, needs map[string]int32) {
	for id := range needs {
		a, _ := got.Of(nil, id)
		b, _ := want.Of(nil, id)
		if !slices.Equal(a, b) {
			t.Fatalf("need %s:\n got %v\nwant %v", id, a, b)
		}
	}
}

func TestRematch_EqualsAskingForEveryNeed(t *testing.T) {
	t.Parallel()
	c := newCity(11, 600, 2000)
	ix := mustBuild(t, c)
	one, two := ix.RematchAll(MaxTop, 1), ix.RematchAll(MaxTop, 3)
	sameLists(t, two, one, ix.needAt)
	for i := range c.needs {
		want, _ := ix.Suppliers(&c.needs[i], MaxTop)
		if got, ok := one.Of(nil, c.needs[i].ID); !ok || !slices.Equal(got, want) {
			t.Fatalf("need %d: got %v want %v", i, got, want)
		}
	}
	if _, ok := one.Of(nil, "nobody"); ok {
		t.Error("a need that does not exist has a list")
	}
}

func TestRenew_EqualsRankingEverythingAnew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		c := newCity(seed, rapid.IntRange(0, 200).Draw(t, "suppliers"), 150)
		ix, err := Build(testWeights, c.taxonomy, c.suppliers, c.needs)
		if err != nil {
			t.Fatal(err)
		}
		k := rapid.SampledFrom([]int{0, 1, 3, 10, MaxTop}).Draw(t, "k")
		lists := ix.RematchAll(k, 1)
		r := rand.New(rand.NewPCG(seed, 4))
		for range 6 {
			owners, needs := changeSome(r, c, ix)
			lists.Renew(owners, needs, 1+r.IntN(2))
			sameLists(t, lists, ix.RematchAll(k, 1), ix.needAt)
		}
	})
}

// changeSome changes up to four services and needs and names what it touched.
func changeSome(r *rand.Rand, c *city, ix *Index) (owners, needs []string) {
	for range r.IntN(5) {
		s := c.supplier(r, r.IntN(220))
		owners = append(owners, s.Owner)
		if r.IntN(3) == 0 {
			ix.RemoveSupplier(s.ID)
		} else {
			_ = ix.UpsertSupplier(s)
		}
	}
	for range r.IntN(5) {
		n := c.need(r, r.IntN(200))
		needs = append(needs, n.ID)
		if r.IntN(3) == 0 {
			ix.RemoveNeed(n.ID)
		} else {
			_ = ix.UpsertNeed(n)
		}
	}
	return owners, needs
}

func BenchmarkRematchAll50(b *testing.B) {
	ix := benchIndex()
	for _, threads := range []int{1, 2} {
		b.Run([]string{"", "one thread", "two threads"}[threads], func(b *testing.B) {
			measure(b, func(int) { ix.RematchAll(MaxTop, threads) })
		})
	}
}

// BenchmarkRenew times one organisation that raises its capacity, with the change of the index.
func BenchmarkRenew_OneOrganisation(b *testing.B) {
	c := benchCity()
	ix := mustBuild(b, c)
	lists := ix.RematchAll(MaxTop, runtime.NumCPU())
	measure(b, func(i int) {
		s := c.suppliers[i*7%len(c.suppliers)]
		s.Rating = int32(5000 + i*13%5000)
		_ = ix.UpsertSupplier(s)
		lists.Renew([]string{s.Owner}, nil, 1)
	})
}

// BenchmarkRenew_HundredNeeds times a hundred needs that change their amount.
func BenchmarkRenew_HundredNeeds(b *testing.B) {
	c := benchCity()
	ix := mustBuild(b, c)
	lists := ix.RematchAll(MaxTop, runtime.NumCPU())
	ids := make([]string, 100)
	measure(b, func(i int) {
		for j := range ids {
			n := c.needs[(i*100+j)*31%len(c.needs)]
			n.CapFen += int64(i%2) * 1000
			ids[j] = n.ID
			_ = ix.UpsertNeed(n)
		}
		lists.Renew(nil, ids, 1)
	})
}
