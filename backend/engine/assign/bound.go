package assign

import (
	"math/bits"

	"linli/backend/engine/instance"
	"linli/backend/engine/knapsack"
)

// wide is a signed sum of 128 bits: thousandths of the largest costs pass 64.
type wide struct{ hi, lo uint64 }

func (w *wide) add(v int64) {
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, uint64(v), 0)
	w.hi, _ = bits.Add64(w.hi, uint64(v>>63), carry)
}

// addProduct adds a·b; b ≥ 0.
func (w *wide) addProduct(a, b int64) {
	u := uint64(a)
	if a < 0 {
		u = -u
	}
	hi, lo := bits.Mul64(u, uint64(b))
	if a < 0 {
		var borrow uint64
		w.lo, borrow = bits.Sub64(w.lo, lo, 0)
		w.hi, _ = bits.Sub64(w.hi, hi, borrow)
		return
	}
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, lo, 0)
	w.hi, _ = bits.Add64(w.hi, hi, carry)
}

// ceil divides by instance.Unit, rounding up.
func (w *wide) ceil() int64 {
	negative := int64(w.hi) < 0
	hi, lo := w.hi, w.lo
	if negative {
		var borrow uint64
		lo, borrow = bits.Sub64(0, lo, 0)
		hi, _ = bits.Sub64(0, hi, borrow)
	}
	if hi >= instance.Unit { // out of every limit; nothing is known then
		return -1 << 62
	}
	q, rest := bits.Div64(hi, lo, instance.Unit)
	if negative {
		return -int64(q)
	}
	if rest > 0 {
		q++
	}
	return int64(q)
}

// rowSum starts a bound with K.
func rowSum(m *model, budget, floor, money []int64) (sum wide) {
	for b, v := range m.Budget {
		sum.addProduct(-budget[b], v)
	}
	for g, v := range m.MaxUnserved {
		sum.addProduct(-floor[g], v)
	}
	for j, v := range money {
		if m.MoneyCap[j] >= 0 {
			sum.addProduct(-v, m.MoneyCap[j])
		}
	}
	return sum
}

// knapsackBound computes the bound of written multipliers exactly.
func knapsackBound(m *model, w *multipliers) int64 {
	sum := rowSum(m, w.budget, w.floor, w.money)
	tmp := &whole{m: m, at: w}
	for i, u := range w.need {
		sum.add(u)
		sum.add(min(0, tmp.unserved(i)-u))
	}
	c := m.arrange(func(i int, e int32) bool { return w.need[i] > tmp.edge(i, e) })
	var k knapsack.Solver
	for j := range m.orgs {
		k.Items = k.Items[:0]
		for pos := c.first[j]; pos < c.first[j+1]; pos++ {
			i := c.need[pos]
			k.Items = append(k.Items, knapsack.Item{Profit: w.need[i] - tmp.edge(int(i), c.edge[pos]), Weight: m.weight(int(i), c.edge[pos]), Key: pos})
		}
		sum.add(-k.Solve(m.Capacity[j]))
	}
	return sum.ceil()
}

// capacityCertificate rounds the prices of the capacity bound and computes it exactly.
func (s *planner) capacityCertificate() (instance.Certificate, int64) {
	m, p := s.m, s.dual.best
	c := instance.Certificate{
		Kind: instance.CapacityKind, Capacity: rounded(p.capacity, m.orgs), Budget: rounded(p.budget, m.lines),
		Floor: m.writtenFloor(rounded(p.floor, m.groups)), Money: rounded(p.money, len(p.money)),
	}
	budget, floor := append(c.Budget, 0), append(rounded(p.floor, m.groups), 0)
	sum := rowSum(m, budget, floor, c.Money)
	for j, v := range m.Capacity {
		sum.addProduct(-c.Capacity[j], v)
	}
	tmp := &whole{m: m, at: &multipliers{budget: budget, floor: floor, money: c.Money}}
	for i := range m.needs {
		best := tmp.unserved(i)
		for e := m.First[i]; e < m.First[i+1]; e++ {
			best = min(best, tmp.edge(i, e)+m.weight(i, e)*c.Capacity[m.Org[e]])
		}
		sum.add(best)
	}
	return c, sum.ceil()
}

func rounded(p []float64, n int) []int64 {
	if p == nil {
		return nil
	}
	out := make([]int64, n, n+1)
	for k := range out {
		out[k] = thousandths(p[k])
	}
	return out
}
