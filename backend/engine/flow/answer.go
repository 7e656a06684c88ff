package flow

import (
	"cmp"
	"slices"

	"linli/backend/engine/instance"
)

// objective is the cost of the flow; false when a need that must be served is not.
func (r *refinement) objective() (int64, bool) {
	var sum int64
	for j := range r.held {
		for _, h := range r.held[j] {
			sum += int64(h.units) * int64(r.p.Cost[h.edge])
		}
	}
	served := true
	for i, units := range r.unserved {
		if units == 0 {
			continue
		}
		if r.p.MustServe(i) {
			served = false
			continue
		}
		sum += int64(units) * r.p.Penalty[i]
	}
	return sum, served
}

// dual turns prices into multipliers of the capacities: measured from the sink's, never below
// zero, and zero for an organisation that carries nothing, which no arc keeps up. Where there is
// no capacity at all a high one costs nothing and keeps everybody away.
func (r *refinement) dual() []int64 {
	out := make([]int64, len(r.held))
	var most int64
	for j := range out {
		if r.load[j] > 0 {
			out[j] = min(max(0, r.price[j]-r.price[r.sink()]), highest)
			most = max(most, out[j])
		}
	}
	for j, capacity := range r.p.Capacity {
		if capacity == 0 {
			out[j] = min(most+2*r.cost.most, highest)
		}
	}
	return out
}

// highest keeps a multiplier in thousandths, added to a cost, below 2⁶³.
const highest = int64(9_000_000_000_000_000)

// lower computes the bound that multipliers in whole cost units prove: every need fills its
// cheapest arcs.
func lower(p *instance.Problem, prices []int64) int64 {
	var sum int64
	for j, v := range prices {
		sum -= v * p.Capacity[j]
	}
	var offers offerList
	for i, units := range p.Units {
		if p.Limit != nil {
			sum += offers.fill(p, i, prices)
			continue
		}
		least := far
		if !p.MustServe(i) {
			least = p.Penalty[i]
		}
		for e := p.First[i]; e < p.First[i+1]; e++ {
			least = min(least, int64(p.Cost[e])+prices[p.Org[e]])
		}
		if least == far {
			return -far // nobody may serve it and it must be: no bound, no plan
		}
		sum += int64(units) * least
	}
	return sum
}

type offerList []struct{ price, units int64 }

func (l *offerList) fill(p *instance.Problem, i int, prices []int64) int64 {
	left, sum := int64(p.Units[i]), int64(0)
	*l = (*l)[:0]
	if !p.MustServe(i) {
		*l = append(*l, struct{ price, units int64 }{p.Penalty[i], left})
	}
	for e := p.First[i]; e < p.First[i+1]; e++ {
		*l = append(*l, struct{ price, units int64 }{int64(p.Cost[e]) + prices[p.Org[e]], p.EdgeLimit(i, int(e))})
	}
	slices.SortFunc(*l, func(a, b struct{ price, units int64 }) int { return cmp.Compare(a.price, b.price) })
	for _, o := range *l {
		take := min(left, o.units)
		sum += take * o.price
		left -= take
	}
	return sum
}

// answer is a flow by itself.
type answer struct {
	held     []hold
	load     []int64
	unserved []int32
}

func (r *refinement) answer() answer {
	out := answer{load: slices.Clone(r.load), unserved: slices.Clone(r.unserved)}
	for j := range r.held {
		out.held = append(out.held, r.held[j]...)
	}
	return out
}

// flow lists the units on every arc of the file. Few arcs carry any: a map of those costs less
// than a number for each.
func (a *answer) flow(p *instance.Problem) []int64 {
	on := make(map[int32]int64, len(a.held))
	for _, h := range a.held {
		on[h.edge] += int64(h.units)
	}
	out := make([]int64, len(p.Arcs))
	for k, arc := range p.Arcs {
		switch {
		case arc >= 0:
			out[k] = on[arc]
		case int(^arc) < p.Organizations():
			out[k] = a.load[^arc]
		default:
			out[k] = int64(a.unserved[int(^arc)-p.Organizations()])
		}
	}
	return out
}

// infeasible looks for what is too small: the organisations that an unserved need reaches, by
// itself or by making others move, are all full.
func (r *refinement) infeasible() *InfeasibleError {
	p := r.p
	e := &InfeasibleError{Problem: p, Need: -1}
	seenOrg, seenNeed := make([]bool, p.Organizations()), make([]bool, p.Needs())
	var queue []int32
	meet := func(i int32) {
		if !seenNeed[i] {
			seenNeed[i] = true
			queue = append(queue, i)
		}
	}
	for i, units := range r.unserved {
		if units > 0 && p.MustServe(i) {
			e.Need = i
			meet(int32(i))
			break
		}
	}
	reach := func(j int32) {
		if !seenOrg[j] {
			seenOrg[j] = true
			e.Organizations++
			e.Capacity += p.Capacity[j]
			for _, h := range r.held[j] {
				meet(h.need)
			}
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		i := queue[0]
		e.Needs++
		e.Units += int64(p.Units[i])
		for edge := p.First[i]; edge < p.First[i+1]; edge++ {
			if r.carried != nil && r.carried[edge] >= p.Limit[edge] {
				continue // full for this need itself, whoever else is there
			}
			reach(p.Org[edge])
		}
	}
	for i, seen := range seenNeed {
		for edge := p.First[i]; seen && edge < p.First[i+1]; edge++ {
			if !seenOrg[p.Org[edge]] { // what it does carry elsewhere is not asked of these
				e.Units -= p.EdgeLimit(i, int(edge))
			}
		}
	}
	return e
}
