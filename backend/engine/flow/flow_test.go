package flow

import (
	"context"
	"encoding/csv"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"
	"time"

	"linli/backend/engine/certify"
	"linli/backend/engine/instance"
)

const shared = "../../../../shared/data/mcf"

// solve answers with a result that the independent checker has accepted.
func solve(t *testing.T, p *instance.Problem) *instance.Result {
	t.Helper()
	got, err := Solve(context.Background(), p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := certify.Check(p, got); err != nil {
		t.Fatal(err)
	}
	if got.Objective != got.Bound || got.Stopped != instance.StoppedOptimal {
		t.Fatalf("objective %d, bound %d, stopped %s: want the proven optimum", got.Objective, got.Bound, got.Stopped)
	}
	return got
}

func TestSolve_StoredOptimum(t *testing.T) {
	f, err := os.Open(filepath.Join(shared, "best-known.csv"))
	if err != nil {
		t.Skipf("no instances in %s: this test checks nothing here", shared)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		want, _ := strconv.ParseInt(row[3], 10, 64)
		p, err := instance.ReadFile(filepath.Join(shared, row[0]), instance.DIMACS)
		if err != nil {
			t.Fatal(err)
		}
		if got := solve(t, p); got.Objective != want {
			t.Errorf("%s: %d, want %d", row[0], got.Objective, want)
		}
	}
}

// small is a problem of a few needs with everything that may occur: limits, needs that must be
// served, needs without edges, capacities of zero, negative costs.
func small(r *rand.Rand) *instance.Problem {
	needs, orgs := r.IntN(7), 1+r.IntN(4)
	p := &instance.Problem{
		Format: instance.DIMACS, Splittable: true, First: []int32{0}, Units: []int32{}, Penalty: []int64{},
		Capacity: make([]int64, orgs), Limit: []int32{},
	}
	for j := range orgs {
		p.Capacity[j] = int64(r.IntN(5))
	}
	for range needs {
		units := int32(1 + r.IntN(3))
		p.Units = append(p.Units, units)
		penalty := int64(r.IntN(60))
		if r.IntN(4) == 0 {
			penalty = instance.None
		}
		p.Penalty = append(p.Penalty, penalty)
		for j := range orgs {
			if r.IntN(3) > 0 {
				p.Org, p.Cost = append(p.Org, int32(j)), append(p.Cost, int32(r.IntN(60)-10))
				p.Limit = append(p.Limit, min(units, int32(1+r.IntN(3))))
			}
		}
		p.First = append(p.First, int32(len(p.Org)))
	}
	for e := range p.Org {
		p.Arcs = append(p.Arcs, int32(e))
	}
	for j := range orgs {
		p.Arcs = append(p.Arcs, ^int32(j))
	}
	for i := range needs {
		p.Arcs = append(p.Arcs, ^int32(orgs+i))
	}
	if r.IntN(2) == 0 {
		p.Limit = nil
	}
	return p
}

// cheapest tries every flow; false when there is none.
func cheapest(p *instance.Problem, i int, left int32, e int32, load []int64) (int64, bool) {
	if i == p.Needs() {
		return 0, true
	}
	if e == p.First[i+1] {
		if left > 0 && p.MustServe(i) {
			return 0, false
		}
		var next int32
		if i+1 < p.Needs() {
			next = p.Units[i+1]
		}
		rest, ok := cheapest(p, i+1, next, e, load)
		if left > 0 {
			rest += int64(left) * p.Penalty[i]
		}
		return rest, ok
	}
	best, found := int64(0), false
	j := p.Org[e]
	for u := int64(0); u <= min(int64(left), p.EdgeLimit(i, int(e)), p.Capacity[j]-load[j]); u++ {
		load[j] += u
		if v, ok := cheapest(p, i, left-int32(u), e+1, load); ok && (!found || v+u*int64(p.Cost[e]) < best) {
			best, found = v+u*int64(p.Cost[e]), true
		}
		load[j] -= u
	}
	return best, found
}

func TestSolve_EqualsTryingEverything(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	feasible := 0
	for n := range 3000 {
		p := small(r)
		var first int32
		if p.Needs() > 0 {
			first = p.Units[0]
		}
		want, ok := cheapest(p, 0, first, 0, make([]int64, p.Organizations()))
		if !ok {
			_, err := Solve(context.Background(), p, Options{})
			var no *InfeasibleError
			if !errors.As(err, &no) || no.Units <= no.Capacity {
				t.Fatalf("problem %d cannot be met; answer %v", n, err)
			}
			continue
		}
		feasible++
		if got := solve(t, p); got.Objective != want {
			t.Fatalf("problem %d: %d, want %d", n, got.Objective, want)
		}
	}
	if feasible < 500 || feasible > 2800 {
		t.Fatalf("%d of 3000 problems were feasible: want both kinds", feasible)
	}
}

func TestSolve_CostsAtTheLimit(t *testing.T) {
	p := newCity(3, 300, 60, 0.9)
	for e := range p.Cost {
		p.Cost[e] = instance.MaxCost - p.Cost[e]
	}
	for i := range p.Penalty {
		p.Penalty[i] = instance.MaxCost
	}
	solve(t, p)
}

func TestSolve_SameProblemSameAnswer(t *testing.T) {
	p := newCity(4, 2000, 300, 0.8)
	a, b := solve(t, p), solve(t, p)
	if !reflect.DeepEqual(a.Flow, b.Flow) || !reflect.DeepEqual(a.Certificate, b.Certificate) {
		t.Fatal("two runs differ")
	}
}

func TestSolve_StoppedEarlyIsStillCertified(t *testing.T) {
	p := newCity(5, 3000, 400, 0.8)
	for _, limit := range []time.Duration{time.Nanosecond, time.Millisecond, 5 * time.Millisecond} {
		got, err := Solve(context.Background(), p, Options{TimeLimit: limit})
		if err != nil {
			t.Fatal(err)
		}
		if err := certify.Check(p, got); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSolve_WholeNeedsAreRefused(t *testing.T) {
	if _, err := Solve(context.Background(), &instance.Problem{}, Options{}); !errors.Is(err, ErrNotSplittable) {
		t.Fatal(err)
	}
}

// BenchmarkSolve is the city of 100,000 needs and 13,000 organisations, to the proven optimum.
func BenchmarkSolve(b *testing.B) {
	for _, tight := range []float64{0.8, 1.2} {
		b.Run(strconv.FormatFloat(tight, 'g', 2, 64), func(b *testing.B) {
			p := newCity(1, 100_000, 13_000, tight)
			for b.Loop() {
				if _, err := Solve(context.Background(), p, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
