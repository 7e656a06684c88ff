package certify

import (
	"cmp"
	"slices"

	"linli/backend/engine/instance"
)

// bound computes what the multipliers prove; false, with a finding, when they prove nothing.
//
// Whoever multiplies a row Σ ≤ B by a number ≥ 0 and adds it to the cost makes no plan that
// keeps the row dearer; the least of the sum, looked for without those rows, is therefore below
// every plan.
func (out *Report) bound(p *instance.Problem, c *instance.Certificate) (int64, bool) {
	if !out.multipliers(p, c) {
		return 0, false
	}
	m := &priced{Problem: p, Certificate: c}
	m.constant()
	var row string
	switch {
	case c.Kind == instance.CapacityKind && p.Splittable:
		row = m.split()
	case c.Kind == instance.CapacityKind:
		row = m.capacity()
	case c.Kind == instance.KnapsackKind && !p.Splittable:
		row = m.knapsacks()
	default:
		out.add(Multipliers, "", 0, "a certificate of kind %q does not fit this problem: want capacity%s", c.Kind, orKnapsack(p))
		return 0, false
	}
	if row != "" {
		out.add(Multipliers, "", 0, "%s", row)
		return 0, false
	}
	bound, ok := m.total.ceiling(instance.Unit)
	if !ok {
		out.add(Multipliers, "", 0, "the multipliers are beyond every price: the bound passes 63 bits")
	}
	return bound, ok
}

func orKnapsack(p *instance.Problem) string {
	if p.Splittable {
		return ""
	}
	return " or knapsack"
}

// multipliers checks that every row has one, or none has, and that their signs are right.
func (out *Report) multipliers(p *instance.Problem, c *instance.Certificate) bool {
	before := len(out.Findings)
	for _, m := range []struct {
		name   string
		values []int64
		rows   int
		what   string
		free   bool
	}{
		{"capacity", c.Capacity, p.Organizations(), "organisation", false},
		{"need", c.Need, p.Needs(), "need", true},
		{"budget", c.Budget, len(p.Budget), "budget line", false},
		{"floor", c.Floor, len(p.MaxUnserved), "group", false},
		{"money", c.Money, p.Organizations(), "organisation", false},
	} {
		if len(m.values) != 0 && len(m.values) != m.rows {
			out.add(Multipliers, m.name, int64(len(m.values)-m.rows), "%d %s multipliers: want one for each of %d rows, or none", len(m.values), m.name, m.rows)
		}
		for i, v := range m.values {
			if v < 0 && !m.free {
				out.add(Multipliers, rowName(m.what, i), -v, "the %s multiplier of %s %d is %d: want 0 or more", m.name, m.what, i, v)
			}
		}
	}
	if c.Kind == instance.KnapsackKind && len(c.Capacity) > 0 || c.Kind == instance.CapacityKind && len(c.Need) > 0 {
		out.add(Multipliers, "", 0, "a certificate of kind %q has multipliers of capacity or of needs, not both", c.Kind)
	}
	for j, v := range c.Money {
		if v > 0 && j < p.Organizations() && (p.MoneyCap == nil || p.MoneyCap[j] == instance.None) {
			out.add(Multipliers, rowName("organisation", j), v, "organisation %d has a money multiplier of %d and no money cap", j, v)
		}
	}
	return len(out.Findings) == before
}

// priced is a problem whose relaxed rows have become prices, all in 1/Unit of a cost unit.
type priced struct {
	*instance.Problem
	*instance.Certificate
	total sum
}

func at(values []int64, i int) int64 {
	if len(values) == 0 {
		return 0
	}
	return values[i]
}

// constant subtracts what the rows allow, at their prices.
func (m *priced) constant() {
	for b, has := range m.Problem.Budget {
		m.total.sub(product(at(m.Certificate.Budget, b), has))
	}
	for g, most := range m.MaxUnserved {
		m.total.sub(product(at(m.Certificate.Floor, g), most))
	}
	for j, most := range m.MoneyCap {
		if most != instance.None {
			m.total.sub(product(at(m.Certificate.Money, j), most))
		}
	}
}

// served is what serving need i by edge e costs, money priced.
func (m *priced) served(i int, e int32) sum {
	s := sum{wide: whole(m.EdgeCost(i, int(e)) * instance.Unit)}
	if money := m.EdgeMoney(i, int(e)); money != 0 {
		if m.Line[i] != instance.None {
			s.add(product(money, at(m.Certificate.Budget, int(m.Line[i]))))
		}
		s.add(product(money, at(m.Certificate.Money, int(m.Org[e]))))
	}
	return s
}

// unserved is what leaving need i unserved costs, floors priced; false when it may not be.
func (m *priced) unserved(i int) (sum, bool) {
	if m.MustServe(i) {
		return sum{}, false
	}
	units := int64(m.Units[i])
	s := sum{wide: whole(units * m.Penalty[i] * instance.Unit)}
	groups, n := m.Groups(i)
	for _, g := range groups[:n] {
		s.add(product(units, at(m.Certificate.Floor, int(g))))
	}
	return s, true
}

// capacity relaxes the capacities: every need takes what is cheapest for itself.
func (m *priced) capacity() string {
	for j, has := range m.Problem.Capacity {
		m.total.sub(product(at(m.Certificate.Capacity, j), has))
	}
	for i := range m.Needs() {
		least, found := m.unserved(i)
		for e := m.First[i]; e < m.First[i+1]; e++ {
			s := m.served(i, e)
			s.add(product(at(m.Certificate.Capacity, int(m.Org[e])), m.Weight(i, int(e))))
			if !found || s.less(least.wide) {
				least, found = s, true
			}
		}
		if !found {
			return m.NeedName(i) + " must be served and is joined to nobody: there is no plan"
		}
		m.total.add(least.wide)
	}
	return ""
}

// split relaxes the capacities where needs may be split: every need fills its cheapest arcs.
func (m *priced) split() string {
	for j, has := range m.Problem.Capacity {
		m.total.sub(product(at(m.Certificate.Capacity, j), has))
	}
	type offer struct{ price, units int64 }
	var offers []offer
	for i := range m.Needs() {
		left := int64(m.Units[i])
		offers = offers[:0]
		if !m.MustServe(i) {
			offers = append(offers, offer{m.Penalty[i] * instance.Unit, left})
		}
		for e := m.First[i]; e < m.First[i+1]; e++ {
			price := sum{wide: whole(int64(m.Cost[e]) * instance.Unit)}
			price.add(whole(at(m.Certificate.Capacity, int(m.Org[e]))))
			short, ok := price.short()
			if !ok {
				return "the multipliers are beyond every price: a cost passes 63 bits"
			}
			offers = append(offers, offer{short, m.EdgeLimit(i, int(e))})
		}
		slices.SortFunc(offers, func(a, b offer) int { return cmp.Compare(a.price, b.price) })
		for _, o := range offers {
			take := min(left, o.units)
			m.total.add(product(o.price, take))
			left -= take
		}
		if left > 0 {
			return m.NeedName(i) + " must be served and its arcs cannot carry its units: there is no plan"
		}
	}
	return ""
}
