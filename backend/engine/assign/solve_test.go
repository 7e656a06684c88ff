package assign

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"linli/backend/engine/instance"
)

// small draws a plan problem that can be enumerated; floors are loose enough to be met, or not
// present.
func small(r *rand.Rand) *instance.Problem {
	n, m, lines, groups := r.IntN(7), r.IntN(4), r.IntN(3), r.IntN(3)
	p := &instance.Problem{Format: instance.Plan, First: []int32{0}}
	for range lines {
		p.Budget = append(p.Budget, r.Int64N(8000))
	}
	for range groups {
		p.MaxUnserved = append(p.MaxUnserved, r.Int64N(20))
	}
	for range m {
		p.Capacity = append(p.Capacity, r.Int64N(8))
	}
	if r.IntN(3) == 0 {
		p.MoneyCap = make([]int64, m)
		for j := range p.MoneyCap {
			p.MoneyCap[j] = r.Int64N(8000) - 1
		}
	}
	for range n {
		p.Units = append(p.Units, 1+r.Int32N(4))
		p.Penalty = append(p.Penalty, r.Int64N(3000))
		p.Line = append(p.Line, r.Int32N(int32(lines)+1)-1)
		p.Group = append(p.Group, r.Int32N(int32(groups)+1)-1)
		p.Weak = append(p.Weak, groups > 0 && r.IntN(2) == 0)
		for j := range m {
			if r.IntN(3) > 0 {
				p.Org, p.Cost, p.Price = append(p.Org, int32(j)), append(p.Cost, r.Int32N(4000)-500), append(p.Price, r.Int32N(1200))
			}
		}
		p.First = append(p.First, int32(len(p.Org)))
	}
	return p
}

// value checks a plan row by row and returns its cost; false where a row is broken.
func value(p *instance.Problem, at []int32) (int64, bool) {
	load, paid, earned := make([]int64, p.Organizations()), make([]int64, len(p.Budget)), make([]int64, p.Organizations())
	unserved := make([]int64, len(p.MaxUnserved))
	var cost int64
	for i, j := range at {
		if j < 0 {
			cost += int64(p.Units[i]) * p.Penalty[i]
			g, n := p.Groups(i)
			for _, k := range g[:n] {
				unserved[k] += int64(p.Units[i])
			}
			continue
		}
		e := p.First[i]
		for ; e < p.First[i+1] && p.Org[e] != j; e++ {
		}
		if e == p.First[i+1] {
			return 0, false
		}
		cost += p.EdgeCost(i, int(e))
		load[j] += p.Weight(i, int(e))
		earned[j] += p.EdgeMoney(i, int(e))
		if p.Line != nil && p.Line[i] >= 0 {
			paid[p.Line[i]] += p.EdgeMoney(i, int(e))
		}
	}
	for j := range load {
		if load[j] > p.Capacity[j] || p.MoneyCap != nil && p.MoneyCap[j] >= 0 && earned[j] > p.MoneyCap[j] {
			return 0, false
		}
	}
	for b := range paid {
		if paid[b] > p.Budget[b] {
			return 0, false
		}
	}
	for g := range unserved {
		if unserved[g] > p.MaxUnserved[g] {
			return 0, false
		}
	}
	return cost, true
}

// optimum enumerates; false where nothing is feasible.
func optimum(p *instance.Problem) (best int64, feasible bool) {
	at := make([]int32, p.Needs())
	var walk func(i int)
	walk = func(i int) {
		if i == len(at) {
			if v, ok := value(p, at); ok && (!feasible || v < best) {
				best, feasible = v, true
			}
			return
		}
		at[i] = -1
		walk(i + 1)
		for e := p.First[i]; e < p.First[i+1]; e++ {
			at[i] = p.Org[e]
			walk(i + 1)
		}
	}
	walk(0)
	return best, feasible
}

func TestSolve_BoundOptimumObjective(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	solved, exact, refused := 0, 0, 0
	for round := range 150 {
		p := small(r)
		best, feasible := optimum(p)
		out, err := Solve(t.Context(), p, Options{Threads: 1 + round%2, Seed: uint64(round)})
		if !feasible {
			refused++
			if err == nil {
				t.Fatalf("round %d: a plan where there is none: %+v", round, out)
			}
			continue
		}
		if err != nil {
			t.Fatalf("round %d: optimum %d, but %v", round, best, err)
		}
		v, ok := value(p, out.Assignment)
		if !ok || v != out.Objective {
			t.Fatalf("round %d: says %d, costs %d (feasible: %v)", round, out.Objective, v, ok)
		}
		if out.Bound > best || best > out.Objective {
			t.Fatalf("round %d: bound %d, optimum %d, objective %d", round, out.Bound, best, out.Objective)
		}
		solved++
		if out.Objective == best {
			exact++
		}
	}
	t.Logf("%d solved, %d of them to the optimum, %d infeasible", solved, exact, refused)
	if exact*100 < solved*95 {
		t.Errorf("only %d of %d to the optimum", exact, solved)
	}
}

func TestSolve_SameSeedSamePlan(t *testing.T) {
	p := district(60, 12, 1)
	var before *instance.Result
	for range 2 {
		out, err := Solve(t.Context(), p, Options{Threads: 2, Seed: 5})
		if err != nil {
			t.Fatal(err)
		}
		if before != nil && (!slices.Equal(before.Assignment, out.Assignment) || before.Bound != out.Bound || !slices.Equal(before.Certificate.Need, out.Certificate.Need)) {
			t.Fatalf("two runs of one seed differ: %d and %d", before.Objective, out.Objective)
		}
		before = out
	}
	if before.Gap > 0.05 {
		t.Errorf("gap %.4f", before.Gap)
	}
}

func TestSolve_CancelledGivesTheBestSoFar(t *testing.T) {
	p := district(600, 90, 2)
	ctx, cancel := context.WithCancel(t.Context())
	steps := 0
	out, err := Solve(ctx, p, Options{Threads: 1, Progress: func(instance.Step) {
		if steps++; steps == 1 {
			cancel()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := value(p, out.Assignment); !ok || v != out.Objective || out.Bound > v || out.Stopped != "interrupted" {
		t.Fatalf("%+v", out)
	}
	cancelled, stop := context.WithCancel(t.Context())
	stop()
	if out, err = Solve(cancelled, p, Options{}); err != nil {
		var unfinished *UnfinishedError
		if !errors.As(err, &unfinished) {
			t.Fatal(err)
		}
	} else if out.Bound > out.Objective {
		t.Fatalf("%+v", out)
	}
}

func TestSolve_FloorsOutOfReachAreNamed(t *testing.T) {
	p := district(600, 90, 3)
	p.MaxUnserved[0] = 100 // of 1,200 units, while the capacity is for four of five
	_, err := Solve(t.Context(), p, Options{Threads: 2})
	var impossible *InfeasibleError
	if !errors.As(err, &impossible) {
		t.Fatal(err)
	}
	if impossible.Group != 0 || !impossible.Proven || impossible.Missing <= 0 || impossible.Reachable >= impossible.Needed {
		t.Fatalf("%+v", impossible)
	}
}

func TestSolve_OddInput(t *testing.T) {
	for name, p := range map[string]*instance.Problem{
		"nothing":          {Format: instance.Plan, First: []int32{0}, Penalty: []int64{}},
		"no organisations": {Format: instance.Plan, First: []int32{0, 0}, Units: []int32{2}, Penalty: []int64{7}},
		"capacity zero": {
			Format: instance.Plan, First: []int32{0, 1}, Units: []int32{2}, Penalty: []int64{7},
			Org: []int32{0}, Cost: []int32{1}, Price: []int32{0}, Capacity: []int64{0},
		},
		"costs at the limit": {
			Format: instance.Plan, First: []int32{0, 1}, Units: []int32{instance.MaxUnits}, Penalty: []int64{instance.MaxCost},
			Org: []int32{0}, Cost: []int32{-instance.MaxCost}, Price: []int32{0}, Capacity: []int64{instance.MaxUnits},
		},
	} {
		out, err := Solve(t.Context(), p, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		best, _ := optimum(p)
		if v, ok := value(p, out.Assignment); !ok || v != best || out.Objective != best || out.Bound != best {
			t.Errorf("%s: optimum %d, got %+v", name, best, out)
		}
	}
}

// changed draws a hundredth of the needs anew: other units, other penalties.
func changed(p *instance.Problem, seed uint64) (*instance.Problem, map[int]bool) {
	r := rand.New(rand.NewPCG(seed, 1))
	q := *p
	q.Units, q.Penalty = slices.Clone(p.Units), slices.Clone(p.Penalty)
	hit := map[int]bool{}
	for range max(1, p.Needs()/100) {
		i := r.IntN(p.Needs())
		hit[i] = true
		q.Units[i] = 1 + r.Int32N(3)
		q.Penalty[i] = 15_000 + r.Int64N(10_000)
	}
	return &q, hit
}

// unchangedShare is the share of the needs that kept their organisation, of those not hit.
func unchangedShare(a, b []int32, hit map[int]bool) float64 {
	same, all := 0, 0
	for i := range a {
		if !hit[i] {
			all++
			if a[i] == b[i] {
				same++
			}
		}
	}
	return float64(same) / float64(all)
}

func TestSolve_WarmStartKeepsWhatWasPromised(t *testing.T) {
	p := district(600, 90, 4)
	cold, err := Solve(t.Context(), p, Options{Threads: 2, TimeLimit: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	q, hit := changed(p, 5)
	out, err := Solve(t.Context(), q, Options{Threads: 2, Warm: cold, TimeLimit: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := value(q, out.Assignment); !ok || v != out.Objective || out.Bound > v {
		t.Fatalf("costs %d (feasible %v), says %d, bound %d", v, ok, out.Objective, out.Bound)
	}
	share := unchangedShare(cold.Assignment, out.Assignment, hit)
	t.Logf("cold gap %.4f %%, warm gap %.4f %%, unchanged %.2f %%", 100*cold.Gap, 100*out.Gap, 100*share)
	if share < 0.9 { // of 600 needs; a plan of 10,000 keeps 98 %
		t.Errorf("only %.2f %% of the other assignments are unchanged", 100*share)
	}
}
