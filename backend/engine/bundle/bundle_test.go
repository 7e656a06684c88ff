package bundle

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// holds checks everything a result promises, from the needs alone.
func holds(t interface{ Fatalf(string, ...any) }, needs []Need, l Limits, r Result) {
	where := make([]int, len(needs))
	var bundled int64
	for _, p := range r.Projects {
		var money int64
		for _, i := range p.Needs {
			where[i]++
			money += needs[i].AmountFen
			if needs[i].Category != p.Category || !slices.Contains(p.Communities, needs[i].Community) {
				t.Fatalf("need %d is in a project of another category or community", i)
			}
		}
		if money != p.MoneyFen || money < l.MinFen || money > l.MaxFen {
			t.Fatalf("project has %d fen, said %d, limits %d to %d", money, p.MoneyFen, l.MinFen, l.MaxFen)
		}
		bundled += money
		most := l.RadiusM
		if l.WideRadiusM > 0 && l.Wide[p.Centre] {
			most = l.WideRadiusM
		}
		cx, cy := middle(needs, p.Category, p.Centre)
		for _, c := range p.Communities {
			x, y := middle(needs, p.Category, c)
			if d := math.Hypot(x-cx, y-cy); d > most+1e-6 || d > p.RadiusM+1e-6 {
				t.Fatalf("community %d is %.1f m from the centre, limit %.1f, said %.1f", c, d, most, p.RadiusM)
			}
		}
	}
	for _, i := range r.Single {
		where[i]++
	}
	for i, n := range where {
		if n != 1 {
			t.Fatalf("need %d is in %d places", i, n)
		}
	}
	if bundled != r.BundledFen || r.BundledFen > r.BoundFen || r.BoundFen > r.TotalFen {
		t.Fatalf("bundled %d (said %d), bound %d, total %d", bundled, r.BundledFen, r.BoundFen, r.TotalFen)
	}
}

func middle(needs []Need, category, community int) (x, y float64) {
	n := 0.0
	for _, d := range needs {
		if d.Category == category && d.Community == community {
			x, y, n = x+d.X, y+d.Y, n+1
		}
	}
	return x / n, y / n
}

func TestBundle_Properties(t *testing.T) {
	t.Parallel()
	need := rapid.Custom(func(t *rapid.T) Need {
		c := rapid.IntRange(0, 15).Draw(t, "community")
		return Need{Category: rapid.IntRange(0, 2).Draw(t, "category"), Community: c, X: float64(c%4) * 300, Y: float64(c/4)*400 + float64(c%3)*50,
			AmountFen: rapid.Int64Range(0, 700).Draw(t, "amount")}
	})
	rapid.Check(t, func(rt *rapid.T) {
		needs := rapid.SliceOfN(need, 0, 60).Draw(rt, "needs")
		least := rapid.Int64Range(1, 900).Draw(rt, "min")
		l := Limits{RadiusM: float64(rapid.IntRange(0, 900).Draw(rt, "radius")), MinFen: least, MaxFen: least + rapid.Int64Range(0, 2000).Draw(rt, "span")}
		if rapid.Bool().Draw(rt, "wide") {
			l.WideRadiusM, l.Wide = l.RadiusM*2, map[int]bool{1: true, 7: true}
		}
		r, err := Bundle(needs, l)
		if err != nil {
			rt.Fatal(err)
		}
		holds(rt, needs, l, r)
		connected(rt, needs, l, r)
		if again, _ := Bundle(needs, l); !reflect.DeepEqual(again, r) {
			rt.Fatal("two runs differ")
		}
	})
}

// connected walks the neighbour graph inside every project.
func connected(t *rapid.T, needs []Need, l Limits, r Result) {
	cells, _ := cellsOf(needs, l)
	for _, p := range r.Projects {
		from := slices.IndexFunc(cells, func(c cell) bool { return c.category == p.Category })
		to := from
		for to < len(cells) && cells[to].category == p.Category {
			to++
		}
		b := newBoard(cells[from:to], l)
		var own []int
		for i, c := range b.cells {
			if slices.Contains(p.Needs, first(c.needs)) {
				own = append(own, i)
			}
		}
		seen := []int{own[0]}
		for k := 0; k < len(seen); k++ {
			for _, j := range b.edges[seen[k]] {
				if slices.Contains(own, j) && !slices.Contains(seen, j) {
					seen = append(seen, j)
				}
			}
		}
		if len(seen) != len(own) {
			t.Fatalf("a project is in pieces: %d of %d cells hang together", len(seen), len(own))
		}
	}
}

func first(s []int) int {
	if len(s) == 0 {
		return -1
	}
	return s[0]
}

func TestBundle_FindsTheOnlyWay(t *testing.T) {
	t.Parallel()
	var needs []Need // six communities in a row; only pairs reach the least money
	for c := range 6 {
		needs = append(needs, Need{Community: c, X: float64(c) * 500, AmountFen: 60})
	}
	l := Limits{RadiusM: 600, MinFen: 100, MaxFen: 130}
	r, err := Bundle(needs, l)
	if err != nil || r.BundledFen != 360 || len(r.Projects) != 3 || r.BoundFen != 360 {
		t.Fatalf("%+v %v", r, err)
	}
	holds(t, needs, l, r)
}

func TestBundle_OddInput(t *testing.T) {
	t.Parallel()
	l := Limits{RadiusM: 100, MinFen: 100, MaxFen: 200}
	r, err := Bundle([]Need{{AmountFen: 500}, {AmountFen: 120}, {AmountFen: 120}, {AmountFen: 0}}, l)
	if err != nil || r.BundledFen != 240 || !reflect.DeepEqual(r.Single, []int{0}) {
		t.Errorf("above the greatest: %+v %v", r, err)
	}
	if r, err := Bundle(nil, l); err != nil || len(r.Projects)+len(r.Single) != 0 {
		t.Errorf("nothing: %+v %v", r, err)
	}
	for _, bad := range []Limits{{RadiusM: -1, MinFen: 1, MaxFen: 2}, {RadiusM: math.NaN(), MinFen: 1, MaxFen: 2}, {RadiusM: 1, MinFen: 2, MaxFen: 1}, {RadiusM: 1}} {
		if _, err := Bundle(nil, bad); !errors.Is(err, ErrLimits) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	for _, bad := range []Need{{AmountFen: -1}, {AmountFen: MostFen + 1}, {X: math.NaN()}, {Y: math.Inf(1)}} {
		if _, err := Bundle([]Need{bad}, l); !errors.Is(err, ErrNeed) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// invented is a city for measuring: communities in towns of falling density, amounts log-normal.
func invented(n, communities int, seed uint64) []Need {
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // not for secrets
	type point struct{ x, y float64 }
	at := make([]point, communities)
	for i := range at {
		out := 14_000 * math.Abs(r.NormFloat64())
		turn := 2 * math.Pi * r.Float64()
		at[i] = point{out * math.Cos(turn), out * math.Sin(turn)}
	}
	needs := make([]Need, n)
	for i := range needs {
		c := r.IntN(communities)
		needs[i] = Need{Category: r.IntN(12), Community: c, X: at[c].x, Y: at[c].y, AmountFen: int64(4_000_000 * math.Exp(0.9*r.NormFloat64()))}
	}
	return needs
}

func TestBundle_City(t *testing.T) {
	t.Parallel()
	needs := invented(20_000, 900, 3)
	l := Limits{RadiusM: 1200, MinFen: 20_000_000, MaxFen: 100_000_000}
	r, err := Bundle(needs, l)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, needs, l, r)
	t.Logf("%d cells, %d projects, %.1f %% of the money, bound %.1f %%", r.Cells, len(r.Projects), 100*float64(r.BundledFen)/float64(r.TotalFen), 100*float64(r.BoundFen)/float64(r.TotalFen))
}

func BenchmarkBundle_100000(b *testing.B) {
	needs := invented(100_000, 4345, 3)
	l := Limits{RadiusM: 1200, MinFen: 20_000_000, MaxFen: 100_000_000}
	var r Result
	for b.Loop() {
		r, _ = Bundle(needs, l)
	}
	b.ReportMetric(100*float64(r.BundledFen)/float64(r.TotalFen), "%bundled")
	b.ReportMetric(100*float64(r.BoundFen)/float64(r.TotalFen), "%bound")
	b.ReportMetric(float64(r.Cells), "cells")
	b.ReportMetric(float64(len(r.Projects)), "projects")
}
