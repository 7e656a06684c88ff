package flow

import "linli/backend/engine/instance"

// refinement makes a flow optimal by cancelling negative cycles between organisations, and
// ends with prices that prove it. Its nodes are the organisations and one more, the sink, at
// which unserved units and free capacity lie. An arc j → k says that a unit of some need can
// move from j to k; its length is what that costs. With prices that no arc undercuts
// (price_j ≤ length + price_k) there is no negative cycle, and the flow is optimal (Klein 1967;
// the search for cycles is Bellman's and Ford's, started from the prices of the auction, which
// are nearly right).
type refinement struct {
	p        *instance.Problem
	cost     penalties
	price    []int64  // by organisation, the sink last
	held     [][]hold // by organisation
	load     []int64  // by organisation
	unserved []int32  // units by need
	carried  []int32  // by edge; nil where no edge has a limit of its own
	parent   []arc    // by node
	mark     []int32  // by node, for the search for cycles
	core     core
}

// core is the edges that can matter while prices move little: those whose cost and price come
// within a margin of what the need has. Nearly all passes look at these only.
type core struct {
	on    bool
	first []int32 // by need
	edge  []int32
	org   []int32
	cost  []int32
}

// margin of the core, in cost units: some times the last step of the auction. A wider core is
// slower, a narrower one is built again more often.
const margin = 40

// arc is how a node got its price: moving units of a need over an edge, or through the sink.
type arc struct {
	to   int32 // node, or none
	need int32 // whose units move; none between an organisation and the sink itself
	from int32 // edge they leave; none when they were unserved
	edge int32 // edge they take; none when they end unserved
}

const none = int32(-1)

// refine starts from where the auction stands; it takes over what the auction holds, which the
// next round clears.
func refine(a *auction) *refinement {
	p := a.p
	n := p.Organizations() + 1
	r := &refinement{
		p: p, cost: a.cost, price: make([]int64, n), held: a.kept, load: a.load,
		unserved: make([]int32, p.Needs()), carried: a.carried, parent: make([]arc, n), mark: make([]int32, n),
	}
	for j, v := range a.price {
		r.price[j] = (v + a.scale/2) / a.scale
	}
	for i := range r.unserved {
		r.unserved[i] = p.Units[i]
	}
	for j := range r.held {
		for _, h := range r.held[j] {
			r.unserved[h.need] -= h.units
		}
		r.merge(j)
	}
	return r
}

// merge puts units of one need over one edge together.
func (r *refinement) merge(j int) {
	out := r.held[j][:0]
	at := map[int32]int{}
	for _, h := range r.held[j] {
		if x, ok := at[h.edge]; ok {
			out[x].units += h.units
			continue
		}
		at[h.edge] = len(out)
		out = append(out, h)
	}
	r.held[j] = out
}

func (r *refinement) sink() int32 { return int32(len(r.price) - 1) }

// run cancels cycles until there is none; false when stop asked for an end before. It looks at
// the core until nothing changes there, then at all edges; if these change a price, the core is
// chosen again.
func (r *refinement) run(stop func() bool) bool {
	for {
		r.choose()
		r.forget()
		if !r.settle(stop) {
			return false
		}
		r.core.on = false
		if !r.step() {
			return true
		}
	}
}

// settle passes until no price changes.
func (r *refinement) settle(stop func() bool) bool {
	for r.step() {
		if stop() {
			return false
		}
	}
	return true
}

// step lowers prices once and cancels the cycles that this shows; false when nothing changed.
func (r *refinement) step() bool {
	changed := r.pass()
	if r.cancelAll() > 0 {
		r.forget()
	}
	return changed
}

func (r *refinement) forget() {
	for j := range r.parent {
		r.parent[j] = arc{to: none}
	}
}

// pass lowers every price that an arc undercuts, once.
func (r *refinement) pass() bool {
	changed := r.passSink()
	for j := range r.held {
		changed = r.passOrganization(int32(j)) || changed
	}
	return changed
}

func (r *refinement) passOrganization(j int32) bool {
	s := r.sink()
	best, by := r.price[j], arc{to: none}
	if r.load[j] < r.p.Capacity[j] && r.price[s] < best {
		best, by = r.price[s], arc{to: s, need: none, from: none, edge: none}
	}
	held := r.held[j]
	for x := range held {
		h := &held[x]
		base := int64(r.p.Cost[h.edge])
		if v := r.cost.of(int(h.need)) - base + r.price[s]; v < best {
			best, by = v, arc{to: s, need: h.need, from: h.edge, edge: none}
		}
		if e, v := r.cheapest(h.need, j, best+base); e >= 0 {
			best, by = v-base, arc{to: r.p.Org[e], need: h.need, from: h.edge, edge: e}
		}
	}
	if by.to == none {
		return false
	}
	r.price[j], r.parent[j] = best, by
	return true
}

// cheapest is the edge of a need to another organisation that costs, with its price, least and
// less than a limit; none if there is none.
func (r *refinement) cheapest(i, not int32, limit int64) (int32, int64) {
	low, high := r.p.First[i], r.p.First[i+1]
	orgs, costs := r.p.Org, r.p.Cost
	if r.core.on {
		low, high = r.core.first[i], r.core.first[i+1]
		orgs, costs = r.core.org, r.core.cost
	}
	orgs, costs = orgs[low:high], costs[low:high]
	price := r.price
	found := none
	for x, k := range orgs {
		v := int64(costs[x]) + price[k]
		if v >= limit || k == not {
			continue
		}
		e := low + int32(x)
		if r.core.on {
			e = r.core.edge[e]
		}
		if r.p.Capacity[k] == 0 || r.carried != nil && r.carried[e] >= r.p.Limit[e] {
			continue
		}
		found, limit = e, v
	}
	return found, limit
}

// choose builds the core from the prices of now.
func (r *refinement) choose() {
	level := make([]int64, r.p.Needs())
	for i, units := range r.unserved {
		if level[i] = -far; units > 0 {
			level[i] = r.cost.of(i) + r.price[r.sink()]
		}
	}
	for j := range r.held {
		for x := range r.held[j] {
			h := &r.held[j][x]
			level[h.need] = max(level[h.need], int64(r.p.Cost[h.edge])+r.price[j])
		}
	}
	c := &r.core
	c.on, c.first = true, make([]int32, r.p.Needs()+1)
	c.edge, c.org, c.cost = c.edge[:0], c.org[:0], c.cost[:0]
	for i := range level {
		for e := r.p.First[i]; e < r.p.First[i+1]; e++ {
			if int64(r.p.Cost[e])+r.price[r.p.Org[e]] <= level[i]+margin {
				c.edge, c.org, c.cost = append(c.edge, e), append(c.org, r.p.Org[e]), append(c.cost, r.p.Cost[e])
			}
		}
		c.first[i+1] = int32(len(c.edge))
	}
}

func (r *refinement) passSink() bool {
	s := r.sink()
	best, by := r.price[s], arc{to: none}
	for j, load := range r.load {
		if load > 0 && r.price[j] < best {
			best, by = r.price[j], arc{to: int32(j), need: none, from: none, edge: none}
		}
	}
	for i, units := range r.unserved {
		if units == 0 {
			continue
		}
		penalty := r.cost.of(i)
		if e, v := r.cheapest(int32(i), none, best+penalty); e >= 0 {
			best, by = v-penalty, arc{to: r.p.Org[e], need: int32(i), from: none, edge: e}
		}
	}
	if by.to == none {
		return false
	}
	r.price[s], r.parent[s] = best, by
	return true
}

// cancelAll finds the cycles among the arcs by which nodes got their prices and sends as many
// units along each as it can carry. Returns how many there were.
func (r *refinement) cancelAll() int {
	clear(r.mark)
	found := 0
	for start := range r.parent {
		at := int32(start)
		for at != none && r.mark[at] == 0 {
			r.mark[at] = int32(start) + 1
			at = r.parent[at].to
		}
		if at != none && r.mark[at] == int32(start)+1 {
			r.cancel(at)
			found++
		}
	}
	return found
}

// cancel sends units around the cycle through a node.
func (r *refinement) cancel(start int32) {
	units := int32(1<<31 - 1)
	for at := start; ; {
		units = min(units, r.room(at))
		if at = r.parent[at].to; at == start {
			break
		}
	}
	for at := start; ; {
		next := r.parent[at].to
		r.move(at, units)
		r.parent[at].to = none // so that a later walk does not follow it again
		if at = next; at == start {
			return
		}
	}
}

// room is how many units can move along the arc of a node.
func (r *refinement) room(at int32) int32 {
	a := &r.parent[at]
	if a.need == none { // through the sink: capacity that is free, or taken
		if at == r.sink() {
			return int32(min(r.load[a.to], 1<<30))
		}
		return int32(min(r.p.Capacity[at]-r.load[at], 1<<30))
	}
	var room int32
	if a.from == none {
		room = r.unserved[a.need]
	} else {
		room = r.held[at][r.find(at, a.from)].units
	}
	if a.edge != none && r.carried != nil {
		room = min(room, r.p.Limit[a.edge]-r.carried[a.edge])
	}
	return room
}

func (r *refinement) find(j, edge int32) int {
	for x := range r.held[j] {
		if r.held[j][x].edge == edge {
			return x
		}
	}
	return -1
}

// move sends units along the arc of a node.
func (r *refinement) move(at, units int32) {
	a := &r.parent[at]
	if a.need == none {
		return // loads follow from the moves on both sides
	}
	if a.from == none {
		r.unserved[a.need] -= units
	} else {
		r.leave(at, a.from, units)
	}
	if a.edge == none {
		r.unserved[a.need] += units
		return
	}
	r.arrive(a.to, a.need, a.edge, units)
}

func (r *refinement) leave(j, edge, units int32) {
	held := r.held[j]
	x := r.find(j, edge)
	r.load[j] -= int64(units)
	if r.carried != nil {
		r.carried[edge] -= units
	}
	if held[x].units -= units; held[x].units == 0 {
		held[x] = held[len(held)-1]
		r.held[j] = held[:len(held)-1]
	}
}

func (r *refinement) arrive(j, need, edge, units int32) {
	r.load[j] += int64(units)
	if r.carried != nil {
		r.carried[edge] += units
	}
	if x := r.find(j, edge); x >= 0 {
		r.held[j][x].units += units
		return
	}
	r.held[j] = append(r.held[j], hold{need: need, edge: edge, units: units})
}
