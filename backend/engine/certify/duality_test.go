package certify_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"linli/backend/engine/certify"
	"linli/backend/engine/instance"
)

var proven = regexp.MustCompile(`the multipliers prove (-?\d+)`)

// bound asks the checker what a certificate proves, by stating what it cannot be.
func bound(t testing.TB, p *instance.Problem, c instance.Certificate) int64 {
	t.Helper()
	for _, wrong := range []int64{1 << 62, -(1 << 62)} {
		var report *certify.Report
		if !errors.As(certify.Check(p, &instance.Result{Bound: wrong, Certificate: c}), &report) {
			t.Fatal("accepted without a plan")
		}
		for _, f := range report.Findings {
			if f.Rule == certify.Multipliers {
				t.Fatal(f.Text)
			}
			if m := proven.FindStringSubmatch(f.Text); m != nil {
				v, _ := strconv.ParseInt(m[1], 10, 64)
				return v
			}
		}
	}
	t.Fatal("no bound")
	return 0
}

// small is a random problem with all kinds of rows, or one of whole jobs.
func small(r *rand.Rand) *instance.Problem {
	needs, orgs, lines, groups := 1+r.IntN(5), 1+r.IntN(3), 1+r.IntN(2), 1+r.IntN(3)
	gap := r.IntN(4) == 0
	p := &instance.Problem{Format: instance.Plan, First: []int32{0}, Cost: []int32{}, Org: []int32{}}
	for range orgs {
		p.Capacity = append(p.Capacity, int64(r.IntN(7)))
		p.MoneyCap = append(p.MoneyCap, int64(r.IntN(30)-1))
	}
	for range needs {
		p.Units = append(p.Units, int32(1+r.IntN(3)))
		p.Penalty = append(p.Penalty, int64(r.IntN(60)))
		p.Line, p.Group, p.Weak = append(p.Line, int32(r.IntN(lines+1)-1)), append(p.Group, int32(r.IntN(groups+1)-1)), append(p.Weak, r.IntN(3) == 0)
		for j := range orgs {
			if gap || r.IntN(4) > 0 {
				p.Org, p.Cost = append(p.Org, int32(j)), append(p.Cost, int32(r.IntN(50)-10))
				p.Price, p.Load = append(p.Price, int32(r.IntN(9))), append(p.Load, int32(r.IntN(4)))
			}
		}
		p.First = append(p.First, int32(len(p.Org)))
	}
	if gap {
		p.Format, p.Whole, p.Penalty, p.Line, p.Group, p.Weak, p.Price, p.MoneyCap = instance.GAP, true, nil, nil, nil, nil, nil, nil
		return p
	}
	p.Load = nil
	for range lines {
		p.Budget = append(p.Budget, int64(r.IntN(40)))
	}
	for range groups {
		p.MaxUnserved = append(p.MaxUnserved, int64(r.IntN(8)))
	}
	return p
}

func prices(r *rand.Rand, rows, most int) (out []int64) {
	if r.IntN(5) == 0 {
		return nil
	}
	for range rows {
		out = append(out, int64(r.IntN(most)*r.IntN(2)))
	}
	return out
}

func certificate(r *rand.Rand, p *instance.Problem) instance.Certificate {
	c := instance.Certificate{Kind: instance.CapacityKind}
	c.Budget, c.Floor = prices(r, len(p.Budget), 9000), prices(r, len(p.MaxUnserved), 50_000)
	if p.MoneyCap != nil {
		c.Money = prices(r, len(p.MoneyCap), 5000)
		for j := range c.Money {
			if p.MoneyCap[j] == instance.None {
				c.Money[j] = 0
			}
		}
	}
	if r.IntN(2) == 0 {
		c.Kind, c.Need = instance.KnapsackKind, prices(r, p.Needs(), 100_000)
		for i := range c.Need {
			c.Need[i] -= int64(r.IntN(20_000))
		}
	} else {
		c.Capacity = prices(r, p.Organizations(), 30_000)
	}
	return c
}

// plans tries every assignment of a small problem.
func plans(p *instance.Problem, try func([]int32)) {
	x := make([]int32, p.Needs())
	var next func(i int)
	next = func(i int) {
		if i == len(x) {
			try(x)
			return
		}
		if x[i] = -1; !p.MustServe(i) {
			next(i + 1)
		}
		for e := p.First[i]; e < p.First[i+1]; e++ {
			x[i] = p.Org[e]
			next(i + 1)
		}
	}
	next(0)
}

// Weak duality: whatever the multipliers, no feasible plan costs less than the bound; and the
// bound is the formula of the package instance, computed the slow way.
func TestBound_NeverPassesTheOptimum(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 7))
	feasible := 0
	for n := range 4000 {
		p := small(r)
		c := certificate(r, p)
		reachable := true
		for i := range p.Needs() {
			reachable = reachable && (!p.MustServe(i) || p.First[i] < p.First[i+1])
		}
		if !reachable {
			continue
		}
		proves := bound(t, p, c)
		if want := slowly(p, c); proves != want {
			t.Fatalf("%d: the checker proves %d, the formula %d\n%+v\n%+v", n, proves, want, *p, c)
		}
		plans(p, func(x []int32) {
			cost, ok := costs(p, x)
			if !ok {
				return
			}
			feasible++
			if proves > cost {
				t.Fatalf("%d: bound %d, but the plan %v costs %d\n%+v\n%+v", n, proves, x, cost, *p, c)
			}
			if feasible%50 == 0 {
				if err := certify.Check(p, &instance.Result{Objective: cost, Bound: proves, Gap: gapOf(cost, proves), Assignment: x, Certificate: c}); err != nil {
					t.Fatalf("%d: %v", n, err)
				}
			}
		})
	}
	if feasible < 10_000 {
		t.Fatalf("only %d feasible plans were compared", feasible)
	}
}

func gapOf(objective, bound int64) float64 {
	if objective == 0 {
		return -float64(bound)
	}
	return gap(objective, bound)
}

// costs says what a plan costs and whether it keeps every row; written apart from the checker.
func costs(p *instance.Problem, x []int32) (cost int64, ok bool) {
	left := map[string]int64{}
	for j, c := range p.Capacity {
		left[fmt.Sprint("o", j)] = c
		if left[fmt.Sprint("m", j)] = 1 << 40; p.MoneyCap != nil && p.MoneyCap[j] >= 0 {
			left[fmt.Sprint("m", j)] = p.MoneyCap[j]
		}
	}
	for b, v := range p.Budget {
		left[fmt.Sprint("b", b)] = v
	}
	for g, v := range p.MaxUnserved {
		left[fmt.Sprint("g", g)] = v
	}
	for i, j := range x {
		if j < 0 {
			cost += int64(p.Units[i]) * p.Penalty[i]
			groups, n := p.Groups(i)
			for _, g := range groups[:n] {
				left[fmt.Sprint("g", g)] -= int64(p.Units[i])
			}
			continue
		}
		for e := int(p.First[i]); e < int(p.First[i+1]); e++ {
			if p.Org[e] != j {
				continue
			}
			cost += p.EdgeCost(i, e)
			left[fmt.Sprint("o", j)] -= p.Weight(i, e)
			left[fmt.Sprint("m", j)] -= p.EdgeMoney(i, e)
			if p.Line != nil {
				left[fmt.Sprint("b", p.Line[i])] -= p.EdgeMoney(i, e)
			}
		}
	}
	delete(left, "b-1")
	for _, v := range left {
		if v < 0 {
			return 0, false
		}
	}
	return cost, true
}

// slowly is the formula with big integers and every subset tried.
func slowly(p *instance.Problem, c instance.Certificate) int64 {
	at := func(s []int64, i int32) int64 {
		if i < 0 || len(s) == 0 {
			return 0
		}
		return s[i]
	}
	total := new(big.Int)
	add := func(v int64) { total.Add(total, big.NewInt(v)) }
	for b, v := range p.Budget {
		add(-v * at(c.Budget, int32(b)))
	}
	for g, v := range p.MaxUnserved {
		add(-v * at(c.Floor, int32(g)))
	}
	for j, v := range p.Capacity {
		add(-v * at(c.Capacity, int32(j)))
		if p.MoneyCap != nil && p.MoneyCap[j] >= 0 {
			add(-p.MoneyCap[j] * at(c.Money, int32(j)))
		}
	}
	served := func(i, e int) int64 {
		line := int32(-1)
		if p.Line != nil {
			line = p.Line[i]
		}
		return p.EdgeCost(i, e)*instance.Unit + p.EdgeMoney(i, e)*(at(c.Budget, line)+at(c.Money, p.Org[e])) + p.Weight(i, e)*at(c.Capacity, p.Org[e])
	}
	byOrg := make([][][2]int64, p.Organizations())
	for i := range p.Needs() {
		u := at(c.Need, int32(i))
		least := int64(1) << 60
		if !p.MustServe(i) {
			groups, n := p.Groups(i)
			least = p.Penalty[i] * instance.Unit
			for _, g := range groups[:n] {
				least += at(c.Floor, g)
			}
			least *= int64(p.Units[i])
		}
		if c.Kind == instance.KnapsackKind {
			add(u + min(0, least-u))
		}
		for e := int(p.First[i]); e < int(p.First[i+1]); e++ {
			least = min(least, served(i, e))
			byOrg[p.Org[e]] = append(byOrg[p.Org[e]], [2]int64{p.Weight(i, e), served(i, e) - u})
		}
		if c.Kind == instance.CapacityKind {
			add(least)
		}
	}
	for j, items := range byOrg {
		if c.Kind == instance.KnapsackKind {
			add(subset(items, p.Capacity[j]))
		}
	}
	n := new(big.Rat).SetFrac(total, big.NewInt(instance.Unit))
	q := new(big.Int).Div(n.Num(), n.Denom())
	if !n.IsInt() {
		q.Add(q, big.NewInt(1))
	}
	return q.Int64()
}

func subset(items [][2]int64, capacity int64) (least int64) {
	for s := range 1 << len(items) {
		var weight, value int64
		for k, x := range items {
			if s>>k&1 == 1 {
				weight, value = weight+x[0], value+x[1]
			}
		}
		if weight <= capacity {
			least = min(least, value)
		}
	}
	return least
}

// Published optima: no multipliers prove more. With λ = 0 every instance has a bound.
func TestBound_NeverPassesAPublishedOptimum(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../../../shared/data/gap/*.txt")
	if len(files) == 0 {
		t.Skip("no instances beside the project")
	}
	best := publishedValues(t, "../../../../shared/data/gap/best-known.csv", 6)
	r := rand.New(rand.NewPCG(1, 2))
	for _, f := range files {
		p, err := instance.ReadFile(f, instance.GAP)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(f)
		c := instance.Certificate{Kind: instance.KnapsackKind}
		for range p.Needs() {
			c.Need = append(c.Need, int64(8000+r.IntN(20_000)))
		}
		for _, c := range []instance.Certificate{{Kind: instance.CapacityKind}, c} {
			if b := bound(t, p, c); b > best[name[:len(name)-4]] {
				t.Errorf("%s: %s proves %d, the best known is %d", name, c.Kind, b, best[name[:len(name)-4]])
			}
		}
	}
}
