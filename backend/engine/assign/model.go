package assign

import (
	"math"

	"linli/backend/engine/instance"
)

// model is the problem arranged for scanning: the edges once more by organisation, and rows
// that a need may lack replaced by a last row without limit, so that loops need no branches.
type model struct {
	*instance.Problem
	must                       bool // every need must be served
	needs, orgs, lines, groups int
	price                      []int32    // by edge, never nil
	line                       []int32    // by need, lines where there is none
	rows                       [][2]int32 // by need, its groups, padded with groups

	scale float64 // a typical difference in cost per unit: steps are measured by it
	fare  float64 // a typical price
}

func newModel(p *instance.Problem) *model {
	must := p.Penalty == nil
	if must {
		p = mustServe(p)
	}
	m := &model{
		Problem: p, must: must, needs: p.Needs(), orgs: p.Organizations(), lines: len(p.Budget), groups: len(p.MaxUnserved),
		price: p.Price, line: make([]int32, p.Needs()), rows: make([][2]int32, p.Needs()),
	}
	if m.price == nil {
		m.price = make([]int32, p.Edges())
	}
	for i := range m.needs {
		m.line[i] = int32(m.lines)
		if p.Line != nil && p.Line[i] != instance.None {
			m.line[i] = p.Line[i]
		}
		g, n := p.Groups(i)
		for k := n; k < len(g); k++ {
			g[k] = int32(m.groups)
		}
		m.rows[i] = g
	}
	m.measure()
	return m
}

// catalogue lists edges by organisation.
type catalogue struct {
	first []int32 // by organisation, orgs+1
	edge  []int32 // ascending within an organisation
	need  []int32
}

// arrange lists the edges that keep accepts by organisation. keep is called twice for each edge
// and marks the edges of one need at a time.
func (m *model) arrange(keep func(i int, e int32) bool) *catalogue {
	c := &catalogue{first: make([]int32, m.orgs+1)}
	for i := range m.needs {
		for e := m.First[i]; e < m.First[i+1]; e++ {
			if keep(i, e) {
				c.first[m.Org[e]+1]++
			}
		}
	}
	accumulate(c.first)
	at := make([]int32, m.orgs)
	copy(at, c.first)
	c.edge, c.need = make([]int32, c.first[m.orgs]), make([]int32, c.first[m.orgs])
	for i := range m.needs {
		for e := m.First[i]; e < m.First[i+1]; e++ {
			if keep(i, e) {
				k := at[m.Org[e]]
				c.edge[k], c.need[k] = e, int32(i)
				at[m.Org[e]]++
			}
		}
	}
	return c
}

// measure takes the mean regret of a need per unit, and the mean price.
func (m *model) measure() {
	var regret, fare float64
	counted := 0
	for i := range m.needs {
		lo, hi := m.First[i], m.First[i+1]
		if lo == hi {
			continue
		}
		best, worst := m.Cost[lo], m.Cost[lo]
		for e := lo; e < hi; e++ {
			best, worst = min(best, m.Cost[e]), max(worst, m.Cost[e])
			fare += float64(m.price[e])
		}
		counted++
		if m.must {
			regret += float64(worst) - float64(best)
		} else {
			regret += max(float64(m.Penalty[i]), float64(worst)) - float64(best)
		}
	}
	m.scale, m.fare = 1, 1
	if counted > 0 {
		m.scale = max(1, regret/float64(counted))
		m.fare = max(1, fare/float64(m.Edges()))
	}
}

// large problems spend their time on the plan rather than on the last hundredth of the bound.
func (m *model) large() bool { return m.Edges() > 1_000_000 }

// mustServe writes a problem without penalties as one with a penalty beyond every difference in
// cost and a floor under all needs. A bound that takes the penalty for finite is valid for the
// problem that does not allow it.
func mustServe(p *instance.Problem) *instance.Problem {
	q := *p
	n := p.Needs()
	q.Units, q.Penalty, q.Group, q.Weak = make([]int32, n), make([]int64, n), make([]int32, n), make([]bool, n)
	q.MaxUnserved = []int64{0}
	var least, most int64
	for _, c := range p.Cost {
		least, most = min(least, int64(c)), max(most, int64(c))
	}
	for i := range n {
		q.Units[i], q.Penalty[i] = 1, most+10*(most-least+1)
	}
	if p.Load == nil {
		q.Load = make([]int32, p.Edges())
		for i := range n {
			for e := p.First[i]; e < p.First[i+1]; e++ {
				q.Load[e] = p.Units[i]
			}
		}
	}
	return &q
}

// weight is what an edge takes from the capacity of its organisation.
func (m *model) weight(i int, e int32) int64 {
	if m.Load != nil {
		return int64(m.Load[e])
	}
	return int64(m.Units[i])
}

// movable are the floors that have a multiplier: the one that stands for "must be served" has
// none, because the penalty does its work.
func (m *model) movable() []int64 {
	if m.must {
		return nil
	}
	return m.MaxUnserved
}

// writtenFloor leaves out the floor that is not of the problem.
func (m *model) writtenFloor(floor []int64) []int64 {
	if m.must {
		return nil
	}
	return floor
}

// ceiling is what no feasible plan can cost more than.
func (m *model) ceiling() (sum float64) {
	for i := range m.needs {
		most := float64(m.Penalty[i])
		if m.must {
			most = math.Inf(-1)
		}
		for e := m.First[i]; e < m.First[i+1]; e++ {
			most = max(most, float64(m.Cost[e]))
		}
		sum += most * float64(m.Units[i])
	}
	return sum
}
