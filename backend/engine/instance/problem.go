// Package instance holds the assignment problems of a city plan and reads them from files.
// Who solves such a problem (assign, flow) and who checks a solution (certify) share this
// package and nothing else.
package instance

import "fmt"

// Format names the shape of a file.
type Format string

// The formats that can be read.
const (
	Plan   Format = "plan"   // city plan by lines: needs, edges, organisations, budget lines, groups
	GAP    Format = "gap"    // OR-Library generalised assignment, minimisation
	DIMACS Format = "dimacs" // DIMACS min, of a transportation problem
)

// None marks an absent budget line, group or money cap.
const None = -1

// Problem asks which need is served by which organisation, at least cost:
//
//	min Σ_e weight(e)·cost(e)·x_e + Σ_i units_i·penalty_i·z_i
//
// where every need is served by one organisation or unserved, no organisation carries more
// weight than its capacity, no budget line pays more than its budget, no group has more units
// unserved than it may, and no organisation earns more than its money cap. In a plan the
// weight of an edge is the units of its need, and cost and price are per unit; in a GAP
// problem costs are per edge (Whole) and weights differ by edge.
//
// The edges of need i are First[i] to First[i+1], in file order. Slices that a format does not
// know are nil.
type Problem struct {
	Format Format

	Units   []int32 // by need, ≥ 1
	Penalty []int64 // by need, cost of one unserved unit, or None where it must be served; nil: all must be
	Line    []int32 // by need, the budget line that pays, or None; nil without lines
	Group   []int32 // by need, the group it counts in, or None; nil without groups
	Weak    []bool  // by need: counts in the last group too

	First []int32 // by need, len(Units)+1
	Org   []int32 // by edge
	Cost  []int32 // by edge: per unit, or for the whole need where Whole
	Price []int32 // by edge: thousandths of a yuan per unit; nil where nothing is paid
	Load  []int32 // by edge, its weight; nil: the units of the need
	Limit []int32 // by edge, the most units it carries; nil: those of the need (Splittable only)

	Capacity    []int64 // by organisation
	MoneyCap    []int64 // by organisation, thousandths of a yuan, or None; nil without caps
	Budget      []int64 // by budget line, thousandths of a yuan
	MaxUnserved []int64 // by group, units

	Whole      bool    // costs are for the whole need, not per unit (GAP)
	Splittable bool    // a need may be served by several organisations (DIMACS)
	Arcs       []int32 // by arc of the file: edge e ≥ 0, or ^organisation, or ^(organisations+need); nil otherwise
	NeedNode   []int32 // by need, its node number (DIMACS); nil otherwise
	OrgNode    []int32 // by organisation, its node number (DIMACS); nil otherwise
}

// Limits of what is read. They keep every sum below 2⁶², multipliers in thousandths included.
const (
	MaxUnits  = 1_000_000
	MaxCost   = 1_000_000_000 // of a cost, a penalty or a price, either sign for costs
	MaxSize   = 20_000_000    // needs, organisations, lines, groups
	MaxEdges  = 100_000_000
	MaxAmount = 1_000_000_000_000_000 // of a capacity, a budget, a money cap
	MaxTotal  = 4_000_000_000_000_000 // of Σ units × the largest cost or penalty of a need
)

// Needs counts the needs.
func (p *Problem) Needs() int { return len(p.Units) }

// Organizations counts the organisations.
func (p *Problem) Organizations() int { return len(p.Capacity) }

// Edges counts the pairings that may be chosen.
func (p *Problem) Edges() int { return len(p.Org) }

// MustServe tells that a need may not stay unserved.
func (p *Problem) MustServe(need int) bool { return p.Penalty == nil || p.Penalty[need] == None }

// NeedName names a need as the file does.
func (p *Problem) NeedName(need int) string {
	if p.NeedNode != nil {
		return fmt.Sprintf("node %d", p.NeedNode[need])
	}
	if p.Format == GAP {
		return fmt.Sprintf("job %d", need)
	}
	return fmt.Sprintf("need %d", need)
}

// OrgName names an organisation as the file does.
func (p *Problem) OrgName(org int) string {
	if p.OrgNode != nil {
		return fmt.Sprintf("node %d", p.OrgNode[org])
	}
	if p.Format == GAP {
		return fmt.Sprintf("agent %d", org)
	}
	return fmt.Sprintf("organisation %d", org)
}

// Weight is what an edge of a need takes from the capacity of its organisation.
func (p *Problem) Weight(need, edge int) int64 {
	if p.Load != nil {
		return int64(p.Load[edge])
	}
	return int64(p.Units[need])
}

// EdgeCost is what serving the whole need by this edge costs.
func (p *Problem) EdgeCost(need, edge int) int64 {
	if p.Whole {
		return int64(p.Cost[edge])
	}
	return int64(p.Units[need]) * int64(p.Cost[edge])
}

// EdgeLimit is the most units an edge of a need carries.
func (p *Problem) EdgeLimit(need, edge int) int64 {
	if p.Limit != nil {
		return int64(p.Limit[edge])
	}
	return int64(p.Units[need])
}

// EdgeMoney is what serving the whole need by this edge takes from its budget line and counts
// towards the money cap, in thousandths of a yuan.
func (p *Problem) EdgeMoney(need, edge int) int64 {
	if p.Price == nil {
		return 0
	}
	return int64(p.Units[need]) * int64(p.Price[edge])
}

// Groups lists the groups a need counts in, without repetition: its own, and the last one for
// a weak community. The array avoids an allocation; n says how many hold.
func (p *Problem) Groups(need int) (groups [2]int32, n int) {
	if p.Group == nil {
		return groups, 0
	}
	if g := p.Group[need]; g != None {
		groups[0], n = g, 1
	}
	if last := int32(len(p.MaxUnserved) - 1); p.Weak[need] && (n == 0 || groups[0] != last) {
		groups[n] = last
		n++
	}
	return groups, n
}
