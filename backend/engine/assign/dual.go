package assign

import (
	"context"
	"math"
)

// dual raises the capacity bound over all multipliers at once.
type dual struct {
	m       *model
	threads int
	at      *prices // where the slope is taken
	best    *prices // multipliers of the best bound
	bound   float64 // of best, not rounded

	byOrg, byLine, byGroup, byMoney *ascent

	partial []float64    // bound by chunk
	tally   []*dualTally // by thread
}

// dualTally counts what the cheapest choices use of every row; whole numbers, so that the
// order of the threads does not matter.
type dualTally struct {
	load, paid, unserved, earned []int64
}

func newDual(m *model, threads int) *dual {
	d := &dual{
		m: m, threads: threads, at: newPrices(m), best: newPrices(m), bound: math.Inf(-1),
		byOrg: newAscent(m.orgs), byLine: newAscent(m.lines), byGroup: newAscent(m.groups),
		partial: make([]float64, (m.needs+chunk-1)/chunk),
	}
	if m.MoneyCap != nil {
		d.byMoney = newAscent(m.orgs)
	}
	for range threads {
		t := &dualTally{load: make([]int64, m.orgs), paid: make([]int64, m.lines+1), unserved: make([]int64, m.groups+1)}
		if m.MoneyCap != nil {
			t.earned = make([]int64, m.orgs)
		}
		d.tally = append(d.tally, t)
	}
	return d
}

// Steps of the ascent as shares of the model's scale: from .04 down to .0002 for λ; μ and ν
// start bolder, because they move many needs at once and are few.
const (
	orgStepFrom, orgStepTo = 0.04, 0.0002
	rowStepFrom, rowStepTo = 0.25, 0.0004
)

// run takes steps; the step sizes fall from share from (1: as above) geometrically.
func (d *dual) run(ctx context.Context, steps int, from float64) {
	for s := range steps {
		if ctx.Err() != nil {
			return
		}
		part := float64(s) / float64(steps)
		d.step(fall(orgStepFrom*from, orgStepTo, part)*d.m.scale, fall(rowStepFrom*from, rowStepTo, part)*d.m.scale)
	}
	d.evaluate()
}

func fall(from, to, part float64) float64 { return from * math.Pow(to/from, part) }

// evaluate computes the bound at the present multipliers and what the choices use.
func (d *dual) evaluate() {
	for _, t := range d.tally {
		clear(t.load)
		clear(t.paid)
		clear(t.unserved)
		clear(t.earned)
	}
	parallel(d.m.needs, d.threads, func(t, c, lo, hi int) { d.partial[c] = d.choose(d.tally[t], lo, hi) })
	bound := d.at.constant(d.m)
	for _, v := range d.partial {
		bound += v
	}
	first := d.tally[0]
	for _, t := range d.tally[1:] {
		add(first.load, t.load)
		add(first.paid, t.paid)
		add(first.unserved, t.unserved)
		add(first.earned, t.earned)
	}
	if bound > d.bound {
		d.bound = bound
		d.best.copyFrom(d.at)
	}
}

func add(to, from []int64) {
	for k, v := range from {
		to[k] += v
	}
}

// choose finds the cheapest edge of each need, or leaves it unserved.
func (d *dual) choose(t *dualTally, lo, hi int) (sum float64) {
	m, w := d.m, d.at
	for i := lo; i < hi; i++ {
		from, to := m.First[i], m.First[i+1]
		mu := w.budget[m.line[i]]
		best, chosen := w.unserved(m, i), int32(-1)
		orgs, costs, fares := m.Org[from:to], m.Cost[from:to], m.price[from:to]
		if m.Load != nil {
			best, chosen = cheapestLoad(w, best, orgs, costs, m.Load[from:to])
		} else if w.money == nil {
			for k, j := range orgs {
				if v := float64(costs[k]) + mu*float64(fares[k]) + w.capacity[j]; v < best {
					best, chosen = v, int32(k)
				}
			}
		} else {
			for k, j := range orgs {
				if v := float64(costs[k]) + (mu+w.money[j])*float64(fares[k]) + w.capacity[j]; v < best {
					best, chosen = v, int32(k)
				}
			}
		}
		units := int64(m.Units[i])
		sum += best * float64(units)
		if chosen < 0 {
			t.unserved[m.rows[i][0]] += units
			t.unserved[m.rows[i][1]] += units
			continue
		}
		t.load[orgs[chosen]] += m.weight(i, from+chosen)
		t.paid[m.line[i]] += units * int64(fares[chosen])
		if t.earned != nil {
			t.earned[orgs[chosen]] += units * int64(fares[chosen])
		}
	}
	return sum
}

// step evaluates and moves.
func (d *dual) step(org, row float64) {
	d.evaluate()
	m, w, t := d.m, d.at, d.tally[0]
	mf, sf := d.byOrg.begin()
	for j := range w.capacity {
		w.capacity[j] = max(0, w.capacity[j]+d.byOrg.move(j, float64(t.load[j]-m.Capacity[j]), org, mf, sf))
	}
	mf, sf = d.byLine.begin()
	for b := range m.Budget {
		w.budget[b] = max(0, w.budget[b]+d.byLine.move(b, float64(t.paid[b]-m.Budget[b]), row/m.fare, mf, sf))
	}
	mf, sf = d.byGroup.begin()
	for g := range m.movable() {
		w.floor[g] = max(0, w.floor[g]+d.byGroup.move(g, float64(t.unserved[g]-m.MaxUnserved[g]), row, mf, sf))
	}
	if w.money == nil {
		return
	}
	mf, sf = d.byMoney.begin()
	for j, most := range m.MoneyCap {
		if most >= 0 {
			w.money[j] = max(0, w.money[j]+d.byMoney.move(j, float64(t.earned[j]-most), org/m.fare, mf, sf))
		}
	}
}

// cheapestLoad chooses where every edge has a weight of its own and nothing is paid.
func cheapestLoad(w *prices, best float64, orgs, costs, loads []int32) (float64, int32) {
	chosen := int32(-1)
	for k, j := range orgs {
		if v := float64(costs[k]) + w.capacity[j]*float64(loads[k]); v < best {
			best, chosen = v, int32(k)
		}
	}
	return best, chosen
}
