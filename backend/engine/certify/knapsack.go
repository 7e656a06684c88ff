package certify

import "math"

// item is a need an organisation could serve: what it weighs, and what it saves.
type item struct{ weight, value int64 }

// knapsacks relaxes "every need is served once": every organisation takes what saves most
// within its capacity, exactly.
func (m *priced) knapsacks() string {
	for i := range m.Needs() {
		price := whole(at(m.Need, i))
		m.total.add(price)
		if open, may := m.unserved(i); may {
			if open.sub(price); open.negative() {
				m.total.add(open.wide)
			}
		}
	}
	items, ok := m.items()
	if !ok {
		return "the multipliers are beyond every price: a saving passes 63 bits"
	}
	for j, of := range items {
		best, ok := most(of, m.Problem.Capacity[j])
		if !ok {
			return "the knapsack of " + m.OrgName(j) + " is too large to be checked exactly"
		}
		m.total.sub(whole(best))
	}
	return ""
}

// items lists by organisation what would save something; what saves nothing is never taken.
func (m *priced) items() ([][]item, bool) {
	counts := make([]int, m.Organizations())
	all := make([][]item, m.Organizations())
	for _, count := range []bool{true, false} {
		for i := range m.Needs() {
			price := whole(at(m.Need, i))
			for e := m.First[i]; e < m.First[i+1]; e++ {
				s := m.served(i, e)
				if s.sub(price); !s.negative() {
					continue
				}
				value, ok := s.short()
				if !ok || value == math.MinInt64 {
					return nil, false
				}
				j := m.Org[e]
				if counts[j]++; !count {
					all[j] = append(all[j], item{m.Weight(i, int(e)), -value})
				}
			}
		}
		if count {
			for j, n := range counts {
				all[j] = make([]item, 0, n)
			}
		}
	}
	return all, true
}

// maxStates bounds the memory of one knapsack; units of a city are small, and so is the
// capacity of an organisation.
const maxStates = 1 << 22

// most is the largest value of items within a capacity. It keeps the states that no lighter one
// equals, by weight (Nemhauser and Ullmann 1969): never more than the capacity has units.
func most(items []item, capacity int64) (int64, bool) {
	var weight, value int64
	for _, x := range items {
		if value > math.MaxInt64-x.value {
			return 0, false
		}
		weight, value = weight+x.weight, value+x.value
	}
	if weight <= capacity {
		return value, true
	}
	states, next := []item{{0, 0}}, []item(nil)
	for _, x := range items {
		if x.weight > capacity {
			continue
		}
		next = with(states, x, capacity, next[:0])
		states, next = next, states
		if len(states) > maxStates {
			return 0, false
		}
	}
	return states[len(states)-1].value, true
}

// with merges the states with those that take one more item, both sorted by weight.
func with(states []item, x item, capacity int64, into []item) []item {
	a, b := 0, 0
	best := int64(-1)
	for a < len(states) || b < len(states) {
		var s item
		if b == len(states) || a < len(states) && states[a].weight <= states[b].weight+x.weight {
			s = states[a]
			a++
		} else {
			s = item{states[b].weight + x.weight, states[b].value + x.value}
			b++
			if s.weight > capacity {
				b = len(states)
				continue
			}
		}
		if s.value <= best {
			continue
		}
		best = s.value
		if n := len(into); n > 0 && into[n-1].weight == s.weight {
			into[n-1] = s
		} else {
			into = append(into, s)
		}
	}
	return into
}
