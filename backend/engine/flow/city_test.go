package flow

import (
	"math"
	"math/rand/v2"
	"slices"

	"linli/backend/engine/instance"
)

// newCity is a transportation problem shaped like a city: people and organisations gather in
// districts, an organisation serves one of a dozen categories, every need knows the fifty
// organisations of its category that suit it best, and costs follow distance and quality.
func newCity(seed uint64, needs, orgs int, tight float64) *instance.Problem {
	const categories, candidates = 12, 50
	r := rand.New(rand.NewPCG(seed, 7))
	type spot struct{ x, y, quality float64 }
	var centres []spot
	for range 22 {
		centres = append(centres, spot{r.NormFloat64() * 15, r.NormFloat64() * 15, 0})
	}
	place := func() spot {
		c := centres[r.IntN(len(centres))]
		return spot{c.x + r.NormFloat64()*4, c.y + r.NormFloat64()*4, r.Float64() * 3000}
	}
	byCategory := make([][]int32, categories)
	at := make([]spot, orgs)
	for j := range orgs {
		at[j] = place()
		c := r.IntN(categories)
		byCategory[c] = append(byCategory[c], int32(j))
	}
	p := &instance.Problem{Format: instance.DIMACS, Splittable: true, First: []int32{0}, Capacity: make([]int64, orgs)}
	var demand int64
	type edge struct {
		org  int32
		cost int32
	}
	var all []edge
	for range needs {
		units := int32(1 + r.IntN(3))
		demand += int64(units)
		p.Units = append(p.Units, units)
		p.Penalty = append(p.Penalty, int64(15_000+r.IntN(10_000)))
		here := place()
		all = all[:0]
		for _, j := range byCategory[r.IntN(categories)] {
			km := math.Hypot(here.x-at[j].x, here.y-at[j].y)
			all = append(all, edge{j, int32(1000 + at[j].quality + 5000*(1-math.Exp(-km/3)) + float64(r.IntN(500)))})
		}
		slices.SortFunc(all, func(a, b edge) int { return int(a.cost - b.cost) })
		for _, e := range all[:min(candidates, len(all))] {
			p.Org, p.Cost = append(p.Org, e.org), append(p.Cost, e.cost)
		}
		p.First = append(p.First, int32(len(p.Org)))
	}
	share := make([]float64, orgs)
	var sum float64
	for j := range share {
		share[j] = math.Exp(r.NormFloat64())
		sum += share[j]
	}
	for j := range share {
		p.Capacity[j] = int64(math.Round(share[j] / sum * float64(demand) * tight))
	}
	for e := range p.Org {
		p.Arcs = append(p.Arcs, int32(e))
	}
	for j := range p.Capacity {
		p.Arcs = append(p.Arcs, ^int32(j))
	}
	for i := range p.Units {
		p.Arcs = append(p.Arcs, ^int32(orgs+i))
	}
	return p
}
