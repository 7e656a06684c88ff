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
	worth  float64
}

// Solver keeps the memory between calls. It is not safe for concurrent use.
type Solver struct {
	Items []Item  // what may be packed; Solve reorders and cuts it
	Taken []int32 // keys of an optimal packing, after Solve
	Worth float64 // profit per weight where the packing breaks off; before Solve a guess of it, or 0

	states, next []state
	trail        []change
	flipped      []bool
	best         int64
	bestTrail    int32
	lo, hi       int // items[lo:hi] is the core
	above, below []span
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
		s.Worth = 0
		return total
	}
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
			it.worth = worth(it)
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
// is the break item. Only as much is sorted as this takes: parts that lie wholly above or below
// are noted and sorted when the core reaches them (Balas and Zemel 1980).
func (s *Solver) start() {
	s.above, s.below = s.above[:0], s.below[:0]
	var p, w int64
	lo, hi := 0, len(s.Items)
	for pivot := s.Worth; hi-lo > few; pivot = 0 {
		if pivot <= 0 {
			var ok bool
			if pivot, ok = s.middle(lo, hi); !ok {
				break
			}
		}
		cut := s.partition(lo, hi, pivot)
		if cut == lo || cut == hi {
			continue // the guess was no use as a pivot
		}
		var dp, dw int64
		for _, it := range s.Items[lo:cut] {
			dp += it.Profit
			dw += it.Weight
		}
		if w+dw <= s.capacity {
			s.above = append(s.above, span{lo, cut})
			p, w, lo = p+dp, w+dw, cut
		} else {
			s.below = append(s.below, span{cut, hi})
			hi = cut
		}
	}
	s.sort(lo, hi)
	b := lo
	for ; b < hi && w+s.Items[b].Weight <= s.capacity; b++ {
		p += s.Items[b].Profit
		w += s.Items[b].Weight
	}
	s.above = append(s.above, span{lo, b})
	s.below = append(s.below, span{b, hi})
	s.lo, s.hi = b, b
	s.Worth = s.Items[min(b, len(s.Items)-1)].worth
	s.trail = s.trail[:0]
	s.states = append(s.states[:0], state{profit: p, weight: w, trail: -1})
	s.best, s.bestTrail = p, -1
}

// span is a part of the items, sorted or not, whose worth lies between that of its neighbours.
type span struct{ lo, hi int }

// few items are sorted at once.
const few = 12

// middle is a pivot that leaves something above it and something not: the median worth of three
// items where it does, else the least worth of all. False where all are worth the same.
func (s *Solver) middle(lo, hi int) (pivot float64, ok bool) {
	a, b, c := s.Items[lo].worth, s.Items[(lo+hi)/2].worth, s.Items[hi-1].worth
	if mid := max(min(a, b), min(max(a, b), c)); mid < max(a, b, c) {
		return mid, true
	}
	least, most := a, a
	for _, it := range s.Items[lo:hi] {
		least, most = min(least, it.worth), max(most, it.worth)
	}
	return least, least < most
}

// partition puts the items worth more than the pivot first and returns where they end.
func (s *Solver) partition(lo, hi int, pivot float64) int {
	items := s.Items
	for lo < hi {
		if items[lo].worth > pivot {
			lo++
		} else {
			hi--
			items[lo], items[hi] = items[hi], items[lo]
		}
	}
	return lo
}

// sort arranges items by falling worth; it is quick where few are out of order.
func (s *Solver) sort(lo, hi int) {
	if hi-lo > 3*few {
		if pivot, ok := s.middle(lo, hi); ok {
			cut := s.partition(lo, hi, pivot)
			s.sort(lo, cut)
			s.sort(cut, hi)
			return
		}
		slices.SortFunc(s.Items[lo:hi], func(a, b Item) int { return cmp.Compare(a.Key, b.Key) }) // all worth the same
		return
	}
	items := s.Items
	for a := lo + 1; a < hi; a++ {
		it := items[a]
		b := a
		for ; b > lo && before(it, items[b-1]); b-- {
			items[b] = items[b-1]
		}
		items[b] = it
	}
}

func before(a, b Item) bool { return a.worth > b.worth || a.worth == b.worth && a.Key < b.Key }

// reach sorts the next part on either side once the core has come to its end.
func (s *Solver) reach() {
	for n := len(s.below); n > 0 && s.hi == s.below[n-1].hi; n-- {
		s.below = s.below[:n-1]
		if n > 1 {
			s.sort(s.below[n-2].lo, s.below[n-2].hi)
		}
	}
	for n := len(s.above); n > 0 && s.lo == s.above[n-1].lo; n-- {
		s.above = s.above[:n-1]
		if n > 1 {
			s.sort(s.above[n-2].lo, s.above[n-2].hi)
		}
	}
}

// widen adds the next item on either side of the core until no state can lead to more.
func (s *Solver) widen() {
	b := s.hi
	s.reach()
	for len(s.states) > 0 && (s.lo > 0 || s.hi < len(s.Items)) {
		if s.hi < len(s.Items) {
			s.extend(s.hi, 1)
			s.hi++
			s.reach()
			s.prune()
		}
		if len(s.states) > 0 && s.lo > 0 {
			s.lo--
			s.extend(s.lo, -1)
			s.reach()
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
		fill = s.Items[s.hi].worth
	}
	if s.lo > 0 {
		relieve = s.Items[s.lo-1].worth
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
