package assign

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"linli/backend/engine/instance"
)

// district draws a problem of the structure of the shared plans: needs and organisations on a
// plane in five categories, the nearest organisations of the category as candidates, a budget
// line for each district and quarter of its needs, one floor a district and one for weak needs.
func district(needs, orgs int, seed uint64) *instance.Problem {
	return city(needs, orgs, 20, 0.8, 0.7, seed)
}

// city takes capacity ÷ demand and the money of a line as a share of its demand.
func city(needs, orgs, candidates int, capacity, money float64, seed uint64) *instance.Problem {
	r := rand.New(rand.NewPCG(seed, 99))
	const categories = 5
	districts := min(20, max(1, needs/500))
	side := int(math.Ceil(math.Sqrt(float64(districts))))
	p := &instance.Problem{
		Format: instance.Plan, First: []int32{0}, Capacity: make([]int64, orgs),
		Budget: make([]int64, 4*districts), MaxUnserved: make([]int64, districts+1),
	}
	type org struct {
		x, y  float64
		price int32
	}
	x, y, of := make([]org, orgs), make([]float64, orgs), make([][]int, categories)
	for j := range x {
		x[j] = org{r.Float64(), r.Float64(), 800 + r.Int32N(401)}
		k := r.IntN(categories)
		of[k] = append(of[k], j)
		y[j] = math.Exp(r.NormFloat64() * 0.6)
	}
	demand := 0
	groupUnits := make([]int64, districts+1)
	type near struct {
		j    int
		cost int32
	}
	var row []near
	far := math.Sqrt(8 * float64(candidates) * categories / math.Pi / float64(orgs))
	for range needs {
		nx, ny, units := r.Float64(), r.Float64(), 1+r.Int32N(3)
		category := r.IntN(categories)
		d := min(districts-1, int(nx*float64(side))*side+int(ny*float64(side)))
		weak := r.IntN(4) == 0
		row = row[:0]
		for _, j := range of[category] {
			away := math.Hypot(nx-x[j].x, ny-x[j].y)
			if away > far {
				continue
			}
			minutes := away * 600
			reach := 0.7 * math.Exp(-max(0, minutes-15)/60)
			row = append(row, near{j, int32(10_000 - 5000*reach - 2500*r.Float64())})
		}
		slices.SortFunc(row, func(a, b near) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.j, b.j)) })
		for _, c := range row[:min(len(row), 1+r.IntN(2*candidates-1))] {
			p.Org, p.Cost, p.Price = append(p.Org, int32(c.j)), append(p.Cost, c.cost), append(p.Price, x[c.j].price)
		}
		p.First = append(p.First, int32(len(p.Org)))
		line := int32(4*d + r.IntN(4))
		p.Units, p.Penalty = append(p.Units, units), append(p.Penalty, 15_000+r.Int64N(10_000))
		p.Line, p.Group, p.Weak = append(p.Line, line), append(p.Group, int32(d)), append(p.Weak, weak)
		p.Budget[line] += int64(1000 * money * float64(units))
		demand += int(units)
		groupUnits[d] += int64(units)
		if weak {
			groupUnits[districts] += int64(units)
		}
	}
	for g, v := range groupUnits {
		p.MaxUnserved[g] = v * 55 / 100
	}
	sum := 0.0
	for _, v := range y {
		sum += v
	}
	for j, v := range y {
		p.Capacity[j] = int64(math.Round(v / sum * capacity * float64(demand)))
	}
	return p
}
