package assign

import (
	"fmt"
	"math"

	"linli/backend/engine/instance"
)

// impossible looks for what no plan can meet: rows that contradict by counting alone, and a
// bound above the cost of every plan (the dual runs away).
func (s *planner) impossible() error {
	if s.m.must {
		return s.unservable()
	}
	for g := range s.m.MaxUnserved {
		if s.unreached(g) > s.m.MaxUnserved[g] {
			return s.short(g, s.served(g))
		}
	}
	if s.dual.bound <= s.m.ceiling() {
		return nil
	}
	if err := s.shortest(); err != nil {
		return err
	}
	g := s.dearest()
	return &InfeasibleError{Group: g, Proven: true, Reason: fmt.Sprintf("the floors cannot all be met together; group %d asks for most", g)}
}

// unreached counts the units of a group that no organisation could serve even alone.
func (s *planner) unreached(g int) (units int64) {
	for i := range s.m.needs {
		if s.m.counts(i, g) && !s.m.servable(i) {
			units += int64(s.m.Units[i])
		}
	}
	return units
}

func (m *model) counts(i, g int) bool { return m.rows[i][0] == int32(g) || m.rows[i][1] == int32(g) }

// servable says whether some edge fits into empty rows.
func (m *model) servable(i int) bool {
	for e := m.First[i]; e < m.First[i+1]; e++ {
		if m.Capacity[m.Org[e]] >= m.weight(i, e) && (m.line[i] == int32(m.lines) || m.Budget[m.line[i]] >= m.moneyOf(i, e)) {
			return true
		}
	}
	return false
}

// relaxSteps bring the bound on the served units of a group within a few units.
const relaxSteps = 150

// served bounds the units of a group that any plan can serve: the capacity bound of a problem
// in which nothing else counts.
func (s *planner) served(g int) int64 {
	m := s.m
	q := *m.Problem
	q.Cost, q.Penalty = make([]int32, m.Edges()), make([]int64, m.needs)
	q.MaxUnserved, q.Group, q.Weak = nil, nil, nil
	const worth = 1000
	var all int64
	for i := range m.needs {
		if m.counts(i, g) {
			q.Penalty[i] = worth
			all += int64(m.Units[i])
		}
	}
	relaxed := newModel(&q)
	d := newDual(relaxed, s.o.Threads)
	d.run(s.ctx, relaxSteps, 1)
	least := int64(math.Ceil(d.bound/worth - 1e-6))
	return all - max(least, s.unreached(g))
}

// shortest finds a group whose floor cannot be met even alone.
func (s *planner) shortest() error {
	for g, most := range s.m.MaxUnserved {
		if s.dual.best.floor[g] == 0 {
			continue
		}
		if reach := s.served(g); s.m.unitsOf(g)-reach > most {
			return s.short(g, reach)
		}
	}
	return nil
}

func (m *model) unitsOf(g int) (units int64) {
	for i := range m.needs {
		if m.counts(i, g) {
			units += int64(m.Units[i])
		}
	}
	return units
}

// dearest is the group with the highest price, or instance.None.
func (s *planner) dearest() int {
	g := instance.None
	for k := range s.m.MaxUnserved {
		if v := s.dual.best.floor[k]; v > 0 && (g == instance.None || v > s.dual.best.floor[g]) {
			g = k
		}
	}
	return g
}

func (s *planner) short(g int, reach int64) error {
	e := &InfeasibleError{Group: g, Needed: s.m.unitsOf(g) - s.m.MaxUnserved[g], Reachable: reach, Proven: true}
	e.Missing = e.Needed - e.Reachable
	e.Reason = fmt.Sprintf("the floor of group %d cannot be met: %d of its units must be served, at most %d can be; %d units of capacity or budget are missing", g, e.Needed, e.Reachable, e.Missing)
	return e
}

// unservable answers for problems in which every need must be served.
func (s *planner) unservable() error {
	m := s.m
	var least, room int64
	for j := range m.Capacity {
		room += m.Capacity[j]
	}
	for i := range m.needs {
		if !m.servable(i) {
			return &InfeasibleError{Group: instance.None, Needed: 1, Missing: 1, Proven: true, Reason: m.NeedName(i) + " must be served, but fits no organisation"}
		}
		weight := int64(math.MaxInt64)
		for e := m.First[i]; e < m.First[i+1]; e++ {
			weight = min(weight, m.weight(i, e))
		}
		least += weight
	}
	if least > room {
		return &InfeasibleError{
			Group: instance.None, Needed: least, Reachable: room, Missing: least - room, Proven: true,
			Reason: fmt.Sprintf("the needs take %d units of capacity at the least, all organisations together have %d: %d are missing", least, room, least-room),
		}
	}
	if s.dual.bound > m.ceiling() {
		return &InfeasibleError{Group: instance.None, Proven: true, Reason: "the capacities cannot carry all needs: their prices pass the cost of every plan"}
	}
	return nil
}
