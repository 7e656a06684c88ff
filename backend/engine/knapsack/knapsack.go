// Package knapsack solves the 0-1 knapsack problem exactly. It widens a core around the break
// item, keeps only states that no lighter state beats, and drops what a linear bound excludes
// (Pisinger 1997, "A minimal algorithm for the 0-1 knapsack problem"): for the knapsacks of a
// Lagrangian, most of whose items are clearly in or clearly out, that is little more than
// sorting them.
package knapsack

import (
	"cmp"
	"math"
	"slices"
)

// Item is something that may be packed.
type Item struct {
	Profit int64
	Weight int64 // ≥ 0
	Key    int32 // the caller's name of the item
}

// Solver keeps the memory between calls. It is not safe for concurrent use.
type Solver struct {
	Items []Item  // what may be packed; Solve sorts and cuts it
	Taken []int32 // keys of an optimal packing, after Solve

	states, next []state
	trail        []change
	flipped      []bool
	best         int64
	bestTrail    int32
	lo, hi       int // items[lo:hi] is the core
	capacity     int64
}

// state is a packing that differs from the break solution inside the core only.
type state struct {
	profit, weight int64
	trail          int32
}

// change is one step of a state away from the break solution.
type change struct{ parent, item int32 }

// Solve finds the largest profit of items that weigh at most the capacity, and fills Taken.
// Ties are broken in a fixed way.
func (s *Solver) Solve(capacity int64) int64 {
	s.Taken = s.Taken[:0]
	total, weight := s.keepUseful(capacity)
	if weight <= capacity {
		for _, it := range s.Items {
			s.Taken = append(s.Taken, it.Key)
		}
		return total
	}
	slices.SortFunc(s.Items, func(a, b Item) int {
		// a float quotient errs in the order of near ties only, which costs speed, not exactness
		if c := cmp.Compare(float64(b.Profit)*float64(a.Weight), float64(a.Profit)*float64(b.Weight)); c != 0 {
			return c
		}
		return cmp.Compare(a.Key, b.Key)
	})
	s.capacity = capacity
	s.start()
	s.widen()
	return s.best
}

// keepUseful drops items without profit and items heavier than the capacity.
func (s *Solver) keepUseful(capacity int64) (profit, weight int64) {
	k := 0
	for _, it := range s.Items {
		if it.Profit > 0 && it.Weight <= capacity {
			s.Items[k] = it
			k++
			profit += it.Profit
			weight += it.Weight
		}
	}
	s.Items = s.Items[:k]
	return profit, weight
}

// start takes the items in the order of their worth while they fit; where the first does not,
// is the break item. A greedy filling gives the first solution.
func (s *Solver) start() {
	var p, w int64
	b := 0
	for ; w+s.Items[b].Weight <= s.capacity; b++ {
		p += s.Items[b].Profit
		w += s.Items[b].Weight
	}
	s.lo, s.hi = b, b
	s.trail = s.trail[:0]
	s.states = append(s.states[:0], state{profit: p, weight: w, trail: -1})
	s.best, s.bestTrail = p, -1
}

// widen adds the next item on either side of the core until no state can lead to more.
func (s *Solver) widen() {
	b := s.hi
	for len(s.states) > 0 && (s.lo > 0 || s.hi < len(s.Items)) {
		if s.hi < len(s.Items) {
			s.extend(s.hi, 1)
			s.hi++
			s.prune()
		}
		if len(s.states) > 0 && s.lo > 0 {
			s.lo--
			s.extend(s.lo, -1)
			s.prune()
		}
	}
	s.collect(b)
}

// extend merges the states with their copies that have the item added (sign 1) or taken out
// (−1), both lists ascending in weight, and keeps only states that no lighter one equals.
func (s *Solver) extend(item int, sign int64) {
	it := s.Items[item]
	dp, dw := sign*it.Profit, sign*it.Weight
	old := s.states
	out := s.next[:0]
	a, b := 0, 0
	keep := func(x state) bool {
		k := len(out)
		if k > 0 && out[k-1].profit >= x.profit {
			return false
		}
		if k > 0 && out[k-1].weight == x.weight {
			out[k-1] = x
		} else {
			out = append(out, x)
		}
		return true
	}
	for a < len(old) || b < len(old) {
		if b >= len(old) || a < len(old) && old[a].weight <= old[b].weight+dw {
			keep(old[a])
			a++
			continue
		}
		if x := (state{old[b].profit + dp, old[b].weight + dw, int32(len(s.trail))}); keep(x) {
			s.trail = append(s.trail, change{old[b].trail, int32(item)})
			if x.weight <= s.capacity && x.profit > s.best {
				s.best, s.bestTrail = x.profit, x.trail
			}
		}
		b++
	}
	s.states, s.next = out, old
}

// prune drops the states whose linear bound does not pass the best packing: a light state is
// filled at the worth of the next item to add, a heavy one relieved at that of the next to take
// out.
func (s *Solver) prune() {
	fill, relieve := 0.0, math.Inf(1)
	if s.hi < len(s.Items) {
		fill = worth(s.Items[s.hi])
	}
	if s.lo > 0 {
		relieve = worth(s.Items[s.lo-1])
	}
	k := 0
	for _, x := range s.states {
		room := float64(s.capacity - x.weight)
		bound := float64(x.profit)
		if room > 0 {
			bound += room * fill
		} else if room < 0 {
			bound += room * relieve
		}
		if bound+1e-14*math.Abs(bound) >= float64(s.best)+1 {
			s.states[k] = x
			k++
		}
	}
	s.states = s.states[:k]
}

func worth(it Item) float64 {
	if it.Weight == 0 {
		return math.Inf(1)
	}
	return float64(it.Profit) / float64(it.Weight)
}

// collect walks the changes of the best state back.
func (s *Solver) collect(breakItem int) {
	s.flipped = append(s.flipped[:0], make([]bool, len(s.Items))...)
	for t := s.bestTrail; t >= 0; t = s.trail[t].parent {
		s.flipped[s.trail[t].item] = true
	}
	for k := range s.Items {
		if (k < breakItem) != s.flipped[k] {
			s.Taken = append(s.Taken, s.Items[k].Key)
		}
	}
}
