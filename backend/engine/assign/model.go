package assign

import (
	"linli/backend/engine/instance"
)

// model is the problem arranged for scanning: the edges once more by organisation, and rows
// that a need may lack replaced by a last row without limit, so that loops need no branches.
type model struct {
	*instance.Problem
	needs, orgs, lines, groups int
	price                      []int32    // by edge, never nil
	line                       []int32    // by need, lines where there is none
	rows                       [][2]int32 // by need, its groups, padded with groups

	first []int32 // by organisation, orgs+1
	edge  []int32 // edges by organisation, ascending
	need  []int32 // their needs

	scale float64 // a typical difference in cost per unit: steps are measured by it
	fare  float64 // a typical price
}

func newModel(p *instance.Problem) *model {
	m := &model{
		Problem: p, needs: p.Needs(), orgs: p.Organizations(), lines: len(p.Budget), groups: len(p.MaxUnserved),
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
	m.byOrganization()
	m.measure()
	return m
}

// byOrganization sorts the edges by organisation, counting.
func (m *model) byOrganization() {
	m.first = make([]int32, m.orgs+1)
	for _, j := range m.Org {
		m.first[j+1]++
	}
	for j := range m.orgs {
		m.first[j+1] += m.first[j]
	}
	at := make([]int32, m.orgs)
	copy(at, m.first)
	m.edge, m.need = make([]int32, m.Edges()), make([]int32, m.Edges())
	for i := range m.needs {
		for e := m.First[i]; e < m.First[i+1]; e++ {
			k := at[m.Org[e]]
			m.edge[k], m.need[k] = e, int32(i)
			at[m.Org[e]]++
		}
	}
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
		regret += max(float64(m.Penalty[i])-float64(best), float64(worst)-float64(best))
	}
	m.scale, m.fare = 1, 1
	if counted > 0 {
		m.scale = max(1, regret/float64(counted))
		m.fare = max(1, fare/float64(m.Edges()))
	}
}
