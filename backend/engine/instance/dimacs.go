package instance

import "math"

// readDIMACS reads a transportation problem in the DIMACS min format:
//
//	p min nodes arcs
//	n node supply                       the sources are needs; the one sink takes what all supply
//	a tail head low capacity cost
//
// Every other node is an organisation. Arcs go from a need to an organisation, from an
// organisation to the sink (its capacity; a cost there counts on the arcs that lead to it) and
// from a need to the sink (a unit that stays unserved, at its penalty), in any order. A need
// without the last, or with capacity 0 on it, must be served. c starts a comment.
func readDIMACS(l *lines) (*Problem, error) {
	r := &dimacsReader{lines: l}
	for {
		ok, err := l.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return r.finish()
		}
		if err := r.line(); err != nil {
			return nil, err
		}
	}
}

// atMost is the largest number that is read for the capacity of an arc: files write any large
// number for "no limit".
const atMost = 999_999_999_999_999_999

type dimacsReader struct {
	*lines
	p      *Problem
	arcs   int64
	supply []int64 // by node number, until the first arc
	role   []int32 // by node number: need i as i+1, organisation j as ^j, the sink 0
	sink   int64   // node number; 0 before it is known
	open   []bool  // by need: has an arc to the sink
	onward []bool  // by organisation: has an arc to the sink
	extra  []int64 // by organisation: the cost of that arc
	order  order
}

func (r *dimacsReader) line() error {
	kind := string(r.word())
	if kind == "c" || kind[0] == 'c' && r.p == nil {
		return nil
	}
	if r.p == nil && kind != "p" {
		return r.fault("want the line \"p min nodes arcs\" first")
	}
	var err error
	switch kind {
	case "p":
		err = r.head()
	case "n":
		err = r.node()
	case "a":
		err = r.arc()
	default:
		return r.fault("a line starts with %q: want p, n, a or c", clip([]byte(kind)))
	}
	if err != nil {
		return err
	}
	return r.done()
}

func (r *dimacsReader) head() error {
	if r.p != nil {
		return r.fault("a second line p")
	}
	if w := r.word(); string(w) != "min" {
		return r.fault("the problem is %q: want min", clip(w))
	}
	nodes, err := r.number("the number of nodes", 0, MaxSize)
	if err != nil {
		return err
	}
	if r.arcs, err = r.number("the number of arcs", 0, MaxEdges); err != nil {
		return err
	}
	r.p = &Problem{Format: DIMACS, Splittable: true, Arcs: []int32{}}
	r.supply = make([]int64, nodes+1)
	return nil
}

func (r *dimacsReader) nodeNumber(what string, nodes int) (int64, error) {
	v, err := r.number(what, 1, MaxSize)
	if err == nil && v > int64(nodes) {
		err = r.fault("%s is %d, but line p announced %d nodes, counted from 1", what, v, nodes)
	}
	return v, err
}

func (r *dimacsReader) node() error {
	if r.role != nil {
		return r.fault("a line n after the first arc: want all of them before")
	}
	node, err := r.nodeNumber("the node", len(r.supply)-1)
	if err != nil {
		return err
	}
	if r.supply[node] != 0 {
		return r.fault("node %d stands twice", node)
	}
	supply, err := r.number("the supply", -MaxAmount, MaxUnits)
	if err != nil {
		return err
	}
	if supply < 0 {
		if r.sink != 0 {
			return r.fault("node %d takes %d units and node %d takes some already: want one sink", node, -supply, r.sink)
		}
		r.sink = node
	}
	r.supply[node] = supply
	return nil
}

// roles tells needs from organisations, both in the order of their node numbers, once every
// supply is known.
func (r *dimacsReader) roles() error {
	p := r.p
	var sum int64
	for _, s := range r.supply {
		sum += s
	}
	if sum != 0 {
		return r.whole("the needs supply %d units and the sink takes %d: want the same, they differ by %d",
			sum-r.supply[r.sink], -r.supply[r.sink], max(sum, -sum))
	}
	r.role = make([]int32, len(r.supply))
	for node := int64(1); node < int64(len(r.supply)); node++ {
		switch s := r.supply[node]; {
		case s > 0:
			p.Units, p.NeedNode = append(p.Units, int32(s)), append(p.NeedNode, int32(node))
			r.role[node] = int32(len(p.Units))
		case node != r.sink:
			r.role[node] = ^int32(len(p.OrgNode))
			p.OrgNode = append(p.OrgNode, int32(node))
		}
	}
	r.supply = nil
	p.Penalty, p.Capacity = make([]int64, len(p.Units)), make([]int64, len(p.OrgNode))
	for i := range p.Penalty {
		p.Penalty[i] = None
	}
	p.First = make([]int32, len(p.Units)+1)
	r.order.first = p.First
	r.open, r.onward, r.extra = make([]bool, len(p.Units)), make([]bool, len(p.OrgNode)), make([]int64, len(p.OrgNode))
	return nil
}

// ends are the five numbers of an arc.
type ends struct{ tail, head, limit, cost int64 }

func (r *dimacsReader) arc() error {
	if r.role == nil {
		if err := r.roles(); err != nil {
			return err
		}
	}
	if int64(len(r.p.Arcs)) == r.arcs {
		return r.fault("more arcs than the %d that line p announced", r.arcs)
	}
	a, err := r.ends()
	if err != nil {
		return err
	}
	switch from, to := r.role[a.tail], r.role[a.head]; {
	case a.tail == r.sink:
		return r.fault("only transportation problems: nothing leaves the sink, node %d", a.tail)
	case to > 0:
		return r.fault("only transportation problems: node %d supplies units itself and receives from node %d", a.head, a.tail)
	case from > 0 && a.head == r.sink:
		return r.direct(from-1, a)
	case from > 0:
		return r.pairing(from-1, ^to, a)
	case a.head != r.sink:
		return r.fault("only transportation problems: node %d receives from an organisation, node %d", a.head, a.tail)
	default:
		return r.capacity(^from, a)
	}
}

func (r *dimacsReader) ends() (a ends, err error) {
	nodes := len(r.role) - 1
	if a.tail, err = r.nodeNumber("the tail", nodes); err != nil {
		return a, err
	}
	if a.head, err = r.nodeNumber("the head", nodes); err != nil {
		return a, err
	}
	low, err := r.number("the lower bound", -atMost, atMost)
	if err != nil {
		return a, err
	}
	if low != 0 {
		return a, r.fault("the lower bound is %d: want 0", low)
	}
	if a.limit, err = r.number("the capacity", 0, atMost); err != nil {
		return a, err
	}
	a.cost, err = r.number("the cost", -MaxCost, MaxCost)
	return a, err
}

// direct is the arc of units that stay unserved.
func (r *dimacsReader) direct(need int32, a ends) error {
	p := r.p
	switch units := int64(p.Units[need]); {
	case r.open[need]:
		return r.fault("a second arc from node %d to the sink", a.tail)
	case a.limit > 0 && a.limit < units:
		return r.fault("the capacity is %d: node %d supplies %d units, want 0 or at least as many", a.limit, a.tail, units)
	case a.cost < 0:
		return r.fault("the cost is %d: want 0 or more for units that stay unserved", a.cost)
	}
	r.open[need] = true
	if a.limit > 0 {
		p.Penalty[need] = a.cost
	}
	p.Arcs = append(room(p.Arcs, r.arcs), ^(int32(len(p.Capacity)) + need))
	return nil
}

// capacity is the arc from an organisation to the sink.
func (r *dimacsReader) capacity(org int32, a ends) error {
	if r.onward[org] {
		return r.fault("a second arc from node %d to the sink", a.tail)
	}
	r.onward[org], r.extra[org] = true, a.cost
	r.p.Capacity[org] = min(a.limit, MaxAmount)
	r.p.Arcs = append(room(r.p.Arcs, r.arcs), ^org)
	return nil
}

// pairing is the arc from a need to an organisation.
func (r *dimacsReader) pairing(need, org int32, a ends) error {
	p := r.p
	if limited := a.limit < int64(p.Units[need]); limited || p.Limit != nil {
		for len(p.Limit) < len(p.Org) {
			p.Limit = append(room(p.Limit, r.arcs), math.MaxInt32)
		}
		p.Limit = append(room(p.Limit, r.arcs), int32(min(a.limit, math.MaxInt32)))
	}
	p.Arcs = append(room(p.Arcs, r.arcs), int32(len(p.Org)))
	p.Org = append(room(p.Org, r.arcs), org)
	p.Cost = append(room(p.Cost, r.arcs), int32(a.cost))
	r.order.add(need)
	return nil
}

// finish arranges the edges by need and looks for what cannot be told apart or computed with.
func (r *dimacsReader) finish() (*Problem, error) {
	p := r.p
	if p == nil {
		return nil, r.whole("the file is empty: want the line \"p min nodes arcs\"")
	}
	if int64(len(p.Arcs)) != r.arcs {
		return nil, r.whole("%d arcs, but line p announced %d", len(p.Arcs), r.arcs)
	}
	if r.role == nil {
		if err := r.roles(); err != nil {
			return nil, err
		}
	}
	if err := r.fold(); err != nil {
		return nil, err
	}
	to := r.order.done()
	for _, values := range []*[]int32{&p.Org, &p.Cost, &p.Limit} {
		move(values, to)
	}
	for k, e := range p.Arcs {
		if e >= 0 && to != nil {
			p.Arcs[k] = to[e]
		}
	}
	if i, j, found := twice(p); found {
		return nil, r.whole("two arcs from node %d to node %d", p.NeedNode[i], p.OrgNode[j])
	}
	r.settle()
	return p, r.total(p)
}

// fold adds the cost of an organisation's arc to the sink to every arc that leads to it.
func (r *dimacsReader) fold() error {
	p := r.p
	for e, j := range p.Org {
		if r.extra[j] == 0 {
			continue
		}
		cost := int64(p.Cost[e]) + r.extra[j]
		if cost < -MaxCost || cost > MaxCost {
			return r.whole("an arc to node %d and the arc from there to the sink cost %d together: want at most %d", p.OrgNode[j], cost, MaxCost)
		}
		p.Cost[e] = int32(cost)
	}
	return nil
}

// settle drops what does not bind: limits above the units of their need, and penalties where
// every need must be served.
func (r *dimacsReader) settle() {
	p := r.p
	forced := true
	for i, units := range p.Units {
		forced = forced && p.Penalty[i] == None
		if p.Limit != nil {
			for e := p.First[i]; e < p.First[i+1]; e++ {
				p.Limit[e] = min(p.Limit[e], units)
			}
		}
	}
	if forced {
		p.Penalty = nil
	}
}
