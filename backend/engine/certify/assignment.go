package certify

import "linli/backend/engine/instance"

// used sums up what a plan takes from every row.
type used struct {
	load, money []int64 // by organisation
	paid        []int64 // by budget line
	unserved    []int64 // by group
	cost        int64
}

// assignment checks the rows of a plan that names one organisation for each need, and computes
// what it costs; false when it cannot be told.
func (out *Report) assignment(p *instance.Problem, r *instance.Result) (int64, bool) {
	if len(r.Assignment) != p.Needs() || len(r.Flow) > 0 {
		out.add(Shape, "", 0, "the assignment has %d entries and the flow %d: want one for each of the %d needs, and no flow",
			len(r.Assignment), len(r.Flow), p.Needs())
		return 0, false
	}
	u := &used{
		load: make([]int64, p.Organizations()), money: make([]int64, p.Organizations()),
		paid: make([]int64, len(p.Budget)), unserved: make([]int64, len(p.MaxUnserved)),
	}
	whole := true
	for i, j := range r.Assignment {
		if j == instance.None {
			whole = out.leave(p, u, i) && whole
		} else {
			whole = out.serve(p, u, i, j) && whole
		}
	}
	out.rows(p, u)
	return u.cost, whole
}

// leave counts a need that stays unserved.
func (out *Report) leave(p *instance.Problem, u *used, i int) bool {
	if p.MustServe(i) {
		out.add(Unserved, p.NeedName(i), 1, "%s must be served and is not", p.NeedName(i))
		return false
	}
	units := int64(p.Units[i])
	u.cost += units * p.Penalty[i]
	groups, n := p.Groups(i)
	for _, g := range groups[:n] {
		u.unserved[g] += units
	}
	return true
}

// serve counts a need that is served by an organisation it must be joined to.
func (out *Report) serve(p *instance.Problem, u *used, i int, j int32) bool {
	e := p.First[i]
	for e < p.First[i+1] && p.Org[e] != j {
		e++
	}
	if e == p.First[i+1] {
		out.add(Edge, p.NeedName(i), 0, "%s is given to organisation %d: the problem does not join them", p.NeedName(i), j)
		return false
	}
	u.load[j] += p.Weight(i, int(e))
	u.cost += p.EdgeCost(i, int(e))
	paid := p.EdgeMoney(i, int(e))
	u.money[j] += paid
	if p.Line != nil && p.Line[i] != instance.None {
		u.paid[p.Line[i]] += paid
	}
	return true
}

// rows compares what is used with what there is.
func (out *Report) rows(p *instance.Problem, u *used) {
	for j, has := range p.Capacity {
		if over := u.load[j] - has; over > 0 {
			out.add(Capacity, p.OrgName(j), over, "%s carries %d units, %d over its capacity of %d", p.OrgName(j), u.load[j], over, has)
		}
		if p.MoneyCap == nil || p.MoneyCap[j] == instance.None {
			continue
		}
		if over := u.money[j] - p.MoneyCap[j]; over > 0 {
			out.add(Money, p.OrgName(j), over, "%s earns %d thousandths, %d over its money cap of %d", p.OrgName(j), u.money[j], over, p.MoneyCap[j])
		}
	}
	for b, has := range p.Budget {
		if over := u.paid[b] - has; over > 0 {
			out.add(Budget, rowName("budget line", b), over, "budget line %d pays %d thousandths, %d over its budget of %d", b, u.paid[b], over, has)
		}
	}
	for g, most := range p.MaxUnserved {
		if over := u.unserved[g] - most; over > 0 {
			out.add(Floor, rowName("group", g), over, "group %d has %d units unserved, %d more than the %d it may", g, u.unserved[g], over, most)
		}
	}
}
