package assign

import (
	"cmp"
	"slices"
)

// wish is an edge with its guide: cost with the prices of all rows. Guides order the search;
// whether a change is good is decided on true costs.
type wish struct {
	edge  int32
	org   int32
	guide float32
}

// wishes are the edges that a good plan may use: the cheapest of each need by guide, and the
// other way round the needs that wish for an organisation.
type wishes struct {
	first []int32   // by need
	list  []wish    // ascending guide
	leave []float32 // by need: the guide of leaving it unserved
	loose []bool    // by need: the average of the bound's picks does not settle it

	fanFirst  []int32 // by organisation
	fans      []int32 // needs
	lineFirst []int32 // by line
	members   []int32 // needs
}

// maxWishes is how many edges of a need are searched: a limit on memory and time. A plan that
// needs a later edge is not found, but the bound counts all of them.
const maxWishes = 16

// newWishes computes guides from multipliers: u_i − (its guide) tells how far an edge is from
// being chosen.
func newWishes(m *model, p *prices) *wishes {
	w := &wishes{first: make([]int32, m.needs+1), leave: make([]float32, m.needs), loose: make([]bool, m.needs)}
	total := 0
	for i := range m.needs {
		total += min(maxWishes, int(m.First[i+1]-m.First[i]))
	}
	w.list = make([]wish, 0, total)
	var row []wish
	for i := range m.needs {
		row = row[:0]
		units := float64(m.Units[i])
		for e := m.First[i]; e < m.First[i+1]; e++ {
			j := m.Org[e]
			if m.Capacity[j] < m.weight(i, e) {
				continue
			}
			v := float64(m.Cost[e]) + p.budget[m.line[i]]*float64(m.price[e]) + p.capacity[j]*float64(m.weight(i, e))/units
			if p.money != nil {
				v += p.money[j] * float64(m.price[e])
			}
			row = append(row, wish{edge: e, org: j, guide: float32(v * units)})
		}
		slices.SortFunc(row, func(a, b wish) int {
			return cmp.Or(cmp.Compare(a.guide, b.guide), cmp.Compare(a.edge, b.edge))
		})
		w.list = append(w.list, row[:min(len(row), maxWishes)]...)
		w.first[i+1] = int32(len(w.list))
		w.leave[i] = float32(p.unserved(m, i) * units)
	}
	w.reverse(m)
	return w
}

// reverse lists the fans of every organisation and the members of every line, counting.
func (w *wishes) reverse(m *model) {
	w.fanFirst, w.lineFirst = make([]int32, m.orgs+1), make([]int32, m.lines+2)
	for _, v := range w.list {
		w.fanFirst[v.org+1]++
	}
	for i := range m.needs {
		w.lineFirst[m.line[i]+1]++
	}
	accumulate(w.fanFirst)
	accumulate(w.lineFirst)
	w.fans, w.members = make([]int32, len(w.list)), make([]int32, m.needs)
	fan, line := slices.Clone(w.fanFirst), slices.Clone(w.lineFirst)
	for i := range m.needs {
		for _, v := range w.of(i) {
			w.fans[fan[v.org]] = int32(i)
			fan[v.org]++
		}
		w.members[line[m.line[i]]] = int32(i)
		line[m.line[i]]++
	}
}

func accumulate(counts []int32) {
	for k := 1; k < len(counts); k++ {
		counts[k] += counts[k-1]
	}
}

func (w *wishes) of(i int) []wish { return w.list[w.first[i]:w.first[i+1]] }

func (w *wishes) fansOf(j int32) []int32 { return w.fans[w.fanFirst[j]:w.fanFirst[j+1]] }

func (w *wishes) membersOf(b int32) []int32 { return w.members[w.lineFirst[b]:w.lineFirst[b+1]] }
