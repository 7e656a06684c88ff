package assign

import (
	"slices"

	"linli/backend/engine/instance"
)

// draft is a plan while it is being improved: who serves whom, and what is left of every row.
// Capacities, budgets and money caps always hold; floors may be missed on the way.
type draft struct {
	m      *model
	edge   []int32 // by need: the edge that serves it, or -1
	left   []int64 // by organisation, weight
	budget []int64 // by line; the last never ends
	floor  []int64 // by group: units that may still go unserved; negative: missed by so much
	money  []int64 // by organisation; nil without caps
	cost   int64   // true objective
	short  int64   // units by which floors are missed, all together

	head       []int32 // by organisation, the first need it serves, or -1
	next, prev []int32 // by need, in the list of its organisation
}

const endless = int64(1) << 61

// newDraft serves nobody.
func newDraft(m *model) *draft {
	d := &draft{
		m: m, edge: make([]int32, m.needs), left: slices.Clone(m.Capacity),
		budget: append(slices.Clone(m.Budget), endless), floor: append(slices.Clone(m.MaxUnserved), endless),
		head: make([]int32, m.orgs), next: make([]int32, m.needs), prev: make([]int32, m.needs),
	}
	if m.MoneyCap != nil {
		d.money = slices.Clone(m.MoneyCap)
		for j, v := range d.money {
			if v == instance.None {
				d.money[j] = endless
			}
		}
	}
	for j := range d.head {
		d.head[j] = -1
	}
	for i := range d.edge {
		d.edge[i] = -1
		d.cost += m.penaltyOf(i)
		d.count(i, -int64(m.Units[i]))
	}
	return d
}

// penaltyOf is what leaving a need unserved costs, costOf what an edge costs.
func (m *model) penaltyOf(i int) int64 { return int64(m.Units[i]) * m.Penalty[i] }

func (m *model) costOf(i int, e int32) int64 { return int64(m.Units[i]) * int64(m.Cost[e]) }

func (m *model) moneyOf(i int, e int32) int64 { return int64(m.Units[i]) * int64(m.price[e]) }

// fits says whether an edge can serve a need that is unserved now.
func (d *draft) fits(i int, e int32) bool {
	m := d.m
	j := m.Org[e]
	if d.left[j] < m.weight(i, e) {
		return false
	}
	money := m.moneyOf(i, e)
	return d.budget[m.line[i]] >= money && (d.money == nil || d.money[j] >= money)
}

// serve takes an edge that fits for a need that is unserved.
func (d *draft) serve(i int, e int32) {
	m := d.m
	j, units, money := m.Org[e], int64(m.Units[i]), m.moneyOf(i, e)
	d.edge[i] = e
	d.left[j] -= m.weight(i, e)
	d.budget[m.line[i]] -= money
	if d.money != nil {
		d.money[j] -= money
	}
	d.count(i, units)
	d.cost += m.costOf(i, e) - m.penaltyOf(i)
	d.prev[i], d.next[i] = -1, d.head[j]
	if h := d.head[j]; h >= 0 {
		d.prev[h] = int32(i)
	}
	d.head[j] = int32(i)
}

// drop leaves a served need unserved.
func (d *draft) drop(i int) {
	m := d.m
	e := d.edge[i]
	j, units, money := m.Org[e], int64(m.Units[i]), m.moneyOf(i, e)
	d.edge[i] = -1
	d.left[j] += m.weight(i, e)
	d.budget[m.line[i]] += money
	if d.money != nil {
		d.money[j] += money
	}
	d.count(i, -units)
	d.cost += m.penaltyOf(i) - m.costOf(i, e)
	if p := d.prev[i]; p >= 0 {
		d.next[p] = d.next[i]
	} else {
		d.head[j] = d.next[i]
	}
	if n := d.next[i]; n >= 0 {
		d.prev[n] = d.prev[i]
	}
}

// count books units as served (or, negative, as unserved) in the groups of a need.
func (d *draft) count(i int, units int64) {
	for _, g := range d.m.rows[i] {
		v := d.floor[g]
		d.floor[g] = v + units
		d.short += max(0, -v-units) - max(0, -v)
	}
}

// worst is the group that misses its floor most, or instance.None.
func (d *draft) worst() int {
	worst := instance.None
	for g, v := range d.floor[:d.m.groups] {
		if v < 0 && (worst == instance.None || v < d.floor[worst]) {
			worst = g
		}
	}
	return worst
}

// plan is a finished assignment: by need the edge, or -1.
type plan struct {
	edge []int32
	cost int64
}

func (d *draft) copyTo(p *plan) {
	p.edge = append(p.edge[:0], d.edge...)
	p.cost = d.cost
}

// reset makes the draft equal to a plan.
func (d *draft) reset(p *plan) {
	for i, e := range p.edge {
		if d.edge[i] >= 0 && d.edge[i] != e {
			d.drop(i)
		}
	}
	for i, e := range p.edge {
		if d.edge[i] < 0 && e >= 0 {
			d.serve(i, e)
		}
	}
}

// newLedger counts cost, budgets and floors of a draft anew.
func newLedger(d *draft) *draft {
	m := d.m
	l := &draft{m: m, budget: append(slices.Clone(m.Budget), endless), floor: append(slices.Clone(m.MaxUnserved), endless)}
	for i, e := range d.edge {
		if e >= 0 {
			l.cost += m.costOf(i, e)
			l.budget[m.line[i]] -= m.moneyOf(i, e)
			continue
		}
		l.cost += m.penaltyOf(i)
		l.count(i, -int64(m.Units[i]))
	}
	return l
}
