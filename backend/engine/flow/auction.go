package flow

import "linli/backend/engine/instance"

// hold is some units of a need carried by an organisation over one edge.
type hold struct {
	bid   int64 // the price level at which they were taken; the refinement does not read it
	need  int32
	edge  int32
	units int32
}

// auction is the forward auction for similar objects (Bertsekas and Castañon 1989): needs bid
// for units of capacity, an organisation keeps its highest bids, and its price is the lowest
// bid it keeps once it is full. Prices are in 1/scale of a cost unit.
type auction struct {
	p       *instance.Problem
	cost    penalties
	scale   int64
	price   []int64  // by organisation
	floor   []int64  // by organisation: the price at the start of the round
	kept    [][]hold // by organisation: a heap, the lowest bid first
	load    []int64  // by organisation
	waiting []int32  // units by need that look for a place
	queue   ring
	carried []int32 // by edge; nil where no edge has a limit of its own
}

func newAuction(p *instance.Problem, cost penalties) *auction {
	a := &auction{
		p: p, cost: cost, scale: 1, price: make([]int64, p.Organizations()), floor: make([]int64, p.Organizations()),
		kept: make([][]hold, p.Organizations()), load: make([]int64, p.Organizations()), waiting: make([]int32, p.Needs()),
	}
	if p.Limit != nil {
		a.carried = make([]int32, p.Edges())
	}
	size := 1
	for size < p.Needs()+1 {
		size *= 2
	}
	a.queue.at = make([]int32, size)
	return a
}

// round lets every need bid again from the prices reached, until nobody waits. A smaller step
// gives better prices and more bids. False when stop asked for an end.
func (a *auction) round(step int64, stop func() bool) bool {
	a.clear()
	for i := range a.p.Units {
		a.waiting[i] = a.p.Units[i]
		a.queue.push(int32(i))
	}
	for n := 0; a.queue.n > 0; n++ {
		if n&1023 == 0 && stop() {
			return false
		}
		a.bid(a.queue.pop(), step)
	}
	return true
}

// rescale changes the unit of the prices.
func (a *auction) rescale(scale int64) {
	for j := range a.price {
		a.price[j] = a.price[j] * scale / a.scale
	}
	a.scale = scale
}

// lower lets every price fall by so much.
func (a *auction) lower(by int64) {
	for j := range a.price {
		a.price[j] = max(0, a.price[j]-by)
	}
}

func (a *auction) clear() {
	copy(a.floor, a.price)
	for j := range a.kept {
		a.kept[j], a.load[j] = a.kept[j][:0], 0
	}
	clear(a.carried)
}

// bid places the waiting units of a need: where it costs least, at the price at which the
// second best place would do as well, and a step more. Units stay unserved when that costs no
// more; prices only rise, so they would not come back in this round.
func (a *auction) bid(i int32, step int64) {
	for a.waiting[i] > 0 {
		e, best, second := a.look(i)
		unserved := a.cost.bid(int(i)) * a.scale
		if e < 0 || unserved <= best {
			a.waiting[i] = 0
			return
		}
		a.take(i, e, a.price[a.p.Org[e]]+min(second, unserved)-best+step)
	}
}

// look finds the best place of a need and the value of the second best.
func (a *auction) look(i int32) (edge int32, best, second int64) {
	edge, best, second = -1, far, far
	low, high := a.p.First[i], a.p.First[i+1]
	orgs, costs := a.p.Org[low:high], a.p.Cost[low:high]
	price, scale := a.price, a.scale
	for x, j := range orgs {
		v := int64(costs[x])*scale + price[j]
		if v >= second {
			continue
		}
		if a.carried != nil && a.carried[int(low)+x] >= a.p.Limit[int(low)+x] {
			continue
		}
		if a.p.Capacity[j] == 0 {
			continue
		}
		if v < best {
			edge, best, second = low+int32(x), v, best
		} else {
			second = v
		}
	}
	return edge, best, second
}

// take gives the waiting units to an organisation, which lets go of its lowest bids when it
// has more than it can carry.
func (a *auction) take(i, e int32, bid int64) {
	j := a.p.Org[e]
	units := a.waiting[i]
	if a.carried != nil {
		units = min(units, a.p.Limit[e]-a.carried[e])
		a.carried[e] += units
	}
	a.waiting[i] -= units
	a.kept[j] = push(a.kept[j], hold{bid: bid, need: i, edge: e, units: units})
	a.load[j] += int64(units)
	for over := a.load[j] - a.p.Capacity[j]; over > 0; over = a.load[j] - a.p.Capacity[j] {
		a.release(j, over)
	}
	if a.load[j] == a.p.Capacity[j] && len(a.kept[j]) > 0 {
		a.price[j] = max(a.floor[j], a.kept[j][0].bid)
	}
}

// release lets go of at most so many units of the lowest bid.
func (a *auction) release(j int32, over int64) {
	low := &a.kept[j][0]
	units := int32(min(over, int64(low.units)))
	i := low.need
	if a.waiting[i] == 0 && i != a.queue.last {
		a.queue.push(i)
	}
	a.waiting[i] += units
	a.load[j] -= int64(units)
	if a.carried != nil {
		a.carried[low.edge] -= units
	}
	if low.units -= units; low.units == 0 {
		a.kept[j] = pop(a.kept[j])
	}
}

// ring is a queue of needs, each in it at most once.
type ring struct {
	at   []int32
	head int
	n    int
	last int32 // the one that was handed out and is still bidding
}

func (q *ring) push(i int32) {
	q.at[(q.head+q.n)&(len(q.at)-1)] = i
	q.n++
}

func (q *ring) pop() int32 {
	q.last = q.at[q.head]
	q.head = (q.head + 1) & (len(q.at) - 1)
	q.n--
	return q.last
}

// push and pop keep a heap with the lowest bid first; equal bids leave in the order of needs,
// so that the result does not depend on the way of the heap.
func push(h []hold, x hold) []hold {
	h = append(h, x)
	at := len(h) - 1
	for at > 0 {
		up := (at - 1) / 2
		if !before(&h[at], &h[up]) {
			break
		}
		h[at], h[up] = h[up], h[at]
		at = up
	}
	return h
}

func pop(h []hold) []hold {
	last := len(h) - 1
	h[0] = h[last]
	h = h[:last]
	at := 0
	for {
		down := 2*at + 1
		if down >= last {
			return h
		}
		if down+1 < last && before(&h[down+1], &h[down]) {
			down++
		}
		if !before(&h[down], &h[at]) {
			return h
		}
		h[at], h[down] = h[down], h[at]
		at = down
	}
}

func before(a, b *hold) bool {
	if a.bid != b.bid {
		return a.bid < b.bid
	}
	return a.need > b.need
}
