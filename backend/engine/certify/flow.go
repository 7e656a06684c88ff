package certify

import (
	"fmt"
	"slices"

	"linli/backend/engine/instance"
)

// flow checks a plan that may split needs, arc by arc and node by node, and computes what it
// costs; false when it cannot be told.
func (out *Report) flow(p *instance.Problem, r *instance.Result) (int64, bool) {
	if len(r.Flow) != len(p.Arcs) || len(r.Assignment) > 0 {
		out.add(Shape, "", 0, "the flow has %d entries and the assignment %d: want one for each of the %d arcs, and no assignment",
			len(r.Flow), len(r.Assignment), len(p.Arcs))
		return 0, false
	}
	need := &needs{first: p.First}
	left := make([]int64, p.Needs()) // units of the need that no arc has taken yet
	for i, units := range p.Units {
		left[i] = int64(units)
	}
	in, on := make([]int64, p.Organizations()), make([]int64, p.Organizations())
	var cost int64
	for k, f := range r.Flow {
		what, at, limit := arc(p, need, int(p.Arcs[k]))
		if f < 0 || f > limit {
			out.add(Arc, rowName("arc", k+1), max(-f, f-limit), "arc %d carries %d: want from 0 to %d", k+1, f, limit)
			return 0, false
		}
		switch what {
		case pairing:
			left[need.of(at)] -= f
			in[p.Org[at]] += f
			cost += f * int64(p.Cost[at])
		case onward:
			on[at] += f
		case direct:
			left[at] -= f
			if f > 0 {
				cost += f * p.Penalty[at]
			}
		}
	}
	for i, units := range left {
		if units != 0 {
			out.add(Flow, p.NeedName(i), max(units, -units), "%s supplies %d units and %d leave it", p.NeedName(i), p.Units[i], int64(p.Units[i])-units)
		}
	}
	for j := range in {
		if in[j] != on[j] {
			out.add(Flow, p.OrgName(j), max(in[j]-on[j], on[j]-in[j]), "%s receives %d units and passes on %d", p.OrgName(j), in[j], on[j])
		}
	}
	return cost, true
}

// Kinds of arcs.
const (
	pairing = iota // from a need to an organisation
	onward         // from an organisation to the sink
	direct         // from a need to the sink: unserved
)

// arc tells what an arc is, which edge, organisation or need it stands for, and what it may
// carry.
func arc(p *instance.Problem, need *needs, a int) (what, at int, limit int64) {
	if a >= 0 {
		return pairing, a, p.EdgeLimit(need.of(a), a)
	}
	if at = ^a; at < p.Organizations() {
		return onward, at, p.Capacity[at]
	}
	at -= p.Organizations()
	if p.MustServe(at) {
		return direct, at, 0
	}
	return direct, at, int64(p.Units[at])
}

// needs tells the need of an edge. Files name the edges of a need together, so the last answer
// is nearly always the next one.
type needs struct {
	first []int32
	last  int
}

func (n *needs) of(edge int) int {
	e := int32(edge)
	if e < n.first[n.last] || e >= n.first[n.last+1] {
		n.last, _ = slices.BinarySearch(n.first, e+1) // the first that starts after the edge
		n.last--
	}
	return n.last
}

func rowName(what string, i int) string { return fmt.Sprintf("%s %d", what, i) }
