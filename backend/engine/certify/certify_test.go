package certify_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"linli/backend/engine/certify"
	"linli/backend/engine/instance"
)

// Three needs, two organisations, one line, two groups (the last for the weak), one money cap.
// The plan serves need 0 by organisation 0 and need 2 by organisation 1, every row to its limit.
const smallPlan = `p plan 3 2 1 2 5
n 0 2 100 0 0 0
n 1 1 50 0 0 1
n 2 3 80 0 -1 1
e 0 0 5 1000
e 0 1 7 900
e 1 1 9 10
e 2 0 4 700
e 2 1 6 500
o 0 2
o 1 3
b 0 3500
g 0 1
g 1 1
m 1 1500
`

const smallMin = `p min 5 7
n 1 3
n 4 2
n 5 -5
a 1 2 0 3 10
a 2 5 0 4 1
a 1 5 0 99 40
a 4 3 0 2 7
a 1 3 0 1 9
a 3 5 0 2 0
a 4 2 0 2 8
`

func read(t testing.TB, text string, format instance.Format) *instance.Problem {
	t.Helper()
	p, err := instance.Read(strings.NewReader(text), "f", format)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// states fills in the bound the certificate proves, as the checker says it.
func states(t testing.TB, p *instance.Problem, r *instance.Result) *instance.Result {
	t.Helper()
	r.Bound = bound(t, p, r.Certificate)
	r.Gap = gap(r.Objective, r.Bound)
	return r
}

func gap(objective, bound int64) float64 {
	if objective == bound {
		return 0
	}
	return float64(objective-bound) / math.Abs(float64(objective))
}

func goodPlan(t testing.TB, kind string) (*instance.Problem, *instance.Result) {
	p := read(t, smallPlan, instance.Plan)
	c := instance.Certificate{Kind: kind, Budget: []int64{2}, Floor: []int64{1500, 40}, Money: []int64{0, 3}}
	if kind == instance.CapacityKind {
		c.Capacity = []int64{1000, 2500}
	} else {
		c.Need = []int64{14001, 40000, -5}
	}
	return p, states(t, p, &instance.Result{Objective: 2*5 + 50 + 3*6, Assignment: []int32{0, -1, 1}, Certificate: c})
}

func goodFlow(t testing.TB) (*instance.Problem, *instance.Result) {
	p := read(t, smallMin, instance.DIMACS)
	r := &instance.Result{Objective: 2*11 + 9 + 7 + 9, Flow: []int64{2, 3, 0, 1, 1, 2, 1}, Certificate: instance.Certificate{Kind: instance.CapacityKind, Capacity: []int64{0, 2000}}}
	return p, states(t, p, r)
}

func TestCheck_AcceptsWhatHolds(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{instance.CapacityKind, instance.KnapsackKind} {
		if err := certify.Check(goodPlan(t, kind)); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if err := certify.Check(goodFlow(t)); err != nil {
		t.Error(err)
	}
}

// The bound of the flow by hand: λ = 2 on node 3. Node 1 (3 units): 11 through node 2 against
// 9 + 2 through node 3, 40 unserved: 33. Node 4 (2 units): 7 + 2 or 9: 18. Less 2 · 2: 47.
func TestCheck_FlowBoundByHand(t *testing.T) {
	t.Parallel()
	if _, r := goodFlow(t); r.Bound != 47 || r.Objective != 47 {
		t.Errorf("objective %d, bound %d, want 47", r.Objective, r.Bound)
	}
}

func TestCheck_RejectsEveryMutantForItsReason(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		rule, text string
		change     func(p *instance.Problem, r *instance.Result)
	}{
		"one unit over capacity":     {certify.Capacity, "organisation 1 carries 3 units, 1 over its capacity of 2", func(p *instance.Problem, _ *instance.Result) { p.Capacity[1]-- }},
		"one thousandth over a line": {certify.Budget, "budget line 0 pays 3500 thousandths, 1 over its budget of 3499", func(p *instance.Problem, _ *instance.Result) { p.Budget[0]-- }},
		"a broken floor":             {certify.Floor, "group 1 has 1 units unserved, 1 more than the 0 it may", func(p *instance.Problem, _ *instance.Result) { p.MaxUnserved[1]-- }},
		"over a money cap":           {certify.Money, "organisation 1 earns 1500 thousandths, 1 over its money cap of 1499", func(p *instance.Problem, _ *instance.Result) { p.MoneyCap[1]-- }},
		"an edge that is not there":  {certify.Edge, "need 1 is given to organisation 0", func(_ *instance.Problem, r *instance.Result) { r.Assignment[1] = 0 }},
		"nobody of that number":      {certify.Edge, "need 1 is given to organisation 7", func(_ *instance.Problem, r *instance.Result) { r.Assignment[1] = 7 }},
		"a negative organisation":    {certify.Edge, "need 1 is given to organisation -2", func(_ *instance.Problem, r *instance.Result) { r.Assignment[1] = -2 }},
		"a need served twice":        {certify.Shape, "the assignment has 4 entries", func(_ *instance.Problem, r *instance.Result) { r.Assignment = append(r.Assignment, 1) }},
		"a need forgotten":           {certify.Shape, "the assignment has 2 entries", func(_ *instance.Problem, r *instance.Result) { r.Assignment = r.Assignment[:2] }},
		"a flow of a plan":           {certify.Shape, "and no flow", func(_ *instance.Problem, r *instance.Result) { r.Flow = []int64{1} }},
		"an objective one too high":  {certify.Objective, "objective: 79 is stated, the plan costs 78", func(_ *instance.Problem, r *instance.Result) { r.Objective++ }},
		"an objective one too low":   {certify.Objective, "objective: 77 is stated, the plan costs 78", func(_ *instance.Problem, r *instance.Result) { r.Objective-- }},
		"a bound one too high":       {certify.Bound, "is stated, the multipliers prove", func(_ *instance.Problem, r *instance.Result) { r.Bound++; r.Gap = gap(r.Objective, r.Bound) }},
		"a bound one too low":        {certify.Bound, "is stated, the multipliers prove", func(_ *instance.Problem, r *instance.Result) { r.Bound--; r.Gap = gap(r.Objective, r.Bound) }},
		"a smaller gap":              {certify.Gap, "gap: ", func(_ *instance.Problem, r *instance.Result) { r.Gap -= 1e-6 }},
		"a gap that is no number":    {certify.Gap, "gap: NaN is stated", func(_ *instance.Problem, r *instance.Result) { r.Gap = math.NaN() }},
		"optimality not proven":      {certify.Gap, "optimality is claimed", func(_ *instance.Problem, r *instance.Result) { r.Stopped = "optimal" }},
		"a negative multiplier":      {certify.Multipliers, "the budget multiplier of budget line 0 is -1", func(_ *instance.Problem, r *instance.Result) { r.Certificate.Budget[0] = -1 }},
		"multipliers too few":        {certify.Multipliers, "1 floor multipliers: want one for each of 2 rows", func(_ *instance.Problem, r *instance.Result) { r.Certificate.Floor = r.Certificate.Floor[:1] }},
		"multipliers too many":       {certify.Multipliers, "3 money multipliers", func(_ *instance.Problem, r *instance.Result) { r.Certificate.Money = []int64{0, 1, 0} }},
		"a price on no cap":          {certify.Multipliers, "organisation 0 has a money multiplier of 1 and no money cap", func(_ *instance.Problem, r *instance.Result) { r.Certificate.Money[0] = 1 }},
		"an unknown kind":            {certify.Multipliers, `kind "trust"`, func(_ *instance.Problem, r *instance.Result) { r.Certificate = instance.Certificate{Kind: "trust"} }},
		"no certificate":             {certify.Multipliers, `kind ""`, func(_ *instance.Problem, r *instance.Result) { r.Certificate = instance.Certificate{} }},
		"multipliers of both kinds": {certify.Multipliers, "not both", func(_ *instance.Problem, r *instance.Result) {
			r.Certificate.Capacity, r.Certificate.Need = []int64{1, 1}, []int64{1, 1, 1}
		}},
		"multipliers beyond prices": {certify.Multipliers, "beyond every price", func(p *instance.Problem, r *instance.Result) {
			p.MaxUnserved[0], r.Certificate.Floor[0] = 1<<40, math.MaxInt64
		}},
		"other multipliers": {certify.Bound, "the multipliers prove", func(_ *instance.Problem, r *instance.Result) { r.Certificate.Floor[0] += 1000000 }},
	} {
		for _, kind := range []string{instance.CapacityKind, instance.KnapsackKind} {
			p, r := goodPlan(t, kind)
			x.change(p, r)
			rejected(t, kind+", "+name, certify.Check(p, r), x.rule, x.text)
		}
	}
}

func rejected(t *testing.T, name string, err error, rule, text string) {
	t.Helper()
	var report *certify.Report
	if !errors.As(err, &report) || !report.Has(rule) || !strings.Contains(err.Error(), text) {
		t.Errorf("%s: %v, want %s: %s", name, err, rule, text)
	}
}

func TestCheck_RejectsEveryMutantOfAFlow(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		rule, text string
		change     func(r *instance.Result)
	}{
		"more than the arc carries":  {certify.Arc, "arc 5 carries 2: want from 0 to 1", func(r *instance.Result) { r.Flow[0], r.Flow[4] = 1, 2 }},
		"less than nothing":          {certify.Arc, "arc 3 carries -1", func(r *instance.Result) { r.Flow[2], r.Flow[0] = -1, 3 }},
		"over capacity":              {certify.Arc, "arc 6 carries 3: want from 0 to 2", func(r *instance.Result) { r.Flow[3], r.Flow[6], r.Flow[5], r.Flow[1] = 2, 0, 3, 2 }},
		"served twice":               {certify.Flow, "node 4 supplies 2 units and 3 leave it", func(r *instance.Result) { r.Flow[6]++; r.Flow[1]++ }},
		"not all served":             {certify.Flow, "node 4 supplies 2 units and 1 leave it", func(r *instance.Result) { r.Flow[6]--; r.Flow[1]-- }},
		"lost on the way":            {certify.Flow, "node 2 receives 3 units and passes on 2", func(r *instance.Result) { r.Flow[1]-- }},
		"objective":                  {certify.Objective, "objective: 48 is stated", func(r *instance.Result) { r.Objective++ }},
		"bound":                      {certify.Bound, "bound: 48 is stated", func(r *instance.Result) { r.Bound++ }},
		"short flow":                 {certify.Shape, "the flow has 6 entries", func(r *instance.Result) { r.Flow = r.Flow[:6] }},
		"kind of whole needs":        {certify.Multipliers, "want capacity", func(r *instance.Result) { r.Certificate = instance.Certificate{Kind: instance.KnapsackKind} }},
		"multipliers of other nodes": {certify.Multipliers, "3 capacity multipliers", func(r *instance.Result) { r.Certificate.Capacity = []int64{1, 2, 3} }},
		"multipliers beyond prices": {certify.Multipliers, "beyond every price", func(r *instance.Result) {
			r.Certificate.Capacity = []int64{math.MaxInt64, math.MaxInt64}
		}},
	} {
		p, r := goodFlow(t)
		x.change(r)
		rejected(t, name, certify.Check(p, r), x.rule, x.text)
	}
}

// Every row that fails is told, not only the first.
func TestCheck_TellsEveryReason(t *testing.T) {
	t.Parallel()
	p, r := goodPlan(t, instance.CapacityKind)
	p.Capacity[0], p.Capacity[1], p.Budget[0] = 0, 1, 100
	r.Objective, r.Certificate.Budget[0] = 5, -9
	var report *certify.Report
	if !errors.As(certify.Check(p, r), &report) {
		t.Fatal("accepted")
	}
	var got []string
	for _, f := range report.Findings {
		got = append(got, f.Rule)
	}
	want := []string{certify.Capacity, certify.Capacity, certify.Budget, certify.Objective, certify.Multipliers, certify.Gap}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if f := report.Findings[2]; f.Row != "budget line 0" || f.By != 3400 {
		t.Errorf("%+v", f)
	}
}

func TestCheck_NothingToPlan(t *testing.T) {
	t.Parallel()
	for format, text := range map[instance.Format]string{instance.Plan: "p plan 0 0 0 0 0", instance.GAP: "0 0", instance.DIMACS: "p min 0 0"} {
		if err := certify.Check(read(t, text, format), &instance.Result{Certificate: instance.Certificate{Kind: instance.CapacityKind}}); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestCheck_AJobNobodyCanDoHasNoPlan(t *testing.T) {
	t.Parallel()
	p := read(t, "p min 3 1\nn 1 2\nn 3 -2\na 1 2 0 1 5", instance.DIMACS)
	err := certify.Check(p, &instance.Result{Flow: []int64{1}, Certificate: instance.Certificate{Kind: instance.CapacityKind}})
	rejected(t, "unreachable", err, certify.Multipliers, "node 1 must be served and its arcs cannot carry its units: there is no plan")
}
