package assign

import (
	"context"

	"linli/backend/engine/instance"
)

// A warm start goes on from an earlier plan: its multipliers are near the new ones, and whoever
// was promised an organisation should keep it unless that costs more than it is worth.
const (
	warmDualSteps  = 60
	warmWholeSteps = 80
	warmStep       = 0.02  // share of the cold first steps
	warmHot        = 0.003 // share of the scale
	strange        = 0.04  // of the scale: an earlier u that differs by more is that of another need
	keepWorth      = 0.004 // of the scale: what a kept assignment counts as in the search, not in the objective
)

// uncommitted marks needs without an earlier assignment to keep.
const uncommitted = -2

// warm says whether an earlier plan can be gone on from.
func (s *planner) warm() bool { return s.o.Warm != nil }

// startWarm does what the cold stages do, from the earlier multipliers.
func (s *planner) startWarm(ctx context.Context) {
	m, c := s.m, s.o.Warm.Certificate
	s.dual = newDual(m, s.o.Threads)
	at := s.dual.at
	read(at.budget[:m.lines], c.Budget)
	read(at.floor[:m.groups], c.Floor)
	read(at.money, c.Money)
	read(at.capacity, c.Capacity)
	if len(c.Need) == m.needs {
		s.worths(c.Need)
	}
	s.dual.run(ctx, warmDualSteps, warmStep)
	s.raise(s.dual.bound)
	s.whole = newWhole(m, s.o.Threads)
	s.whole.from(s.dual.best)
	if len(c.Need) == m.needs {
		s.whole.continueFrom(c)
	}
	s.whole.run(ctx, warmWholeSteps, warmStep*4)
	s.raise(float64(knapsackBound(m, s.whole.best)))
}

func read(into []float64, from []int64) {
	if len(from) != len(into) {
		return
	}
	for k, v := range from {
		into[k] = float64(v) / instance.Unit
	}
}

// worths sets the prices of capacities to what the break items of the knapsacks are worth.
func (s *planner) worths(need []int64) {
	tmp := newWhole(s.m, s.o.Threads)
	tmp.from(s.dual.at)
	copy(tmp.at.need, need)
	tmp.evaluate()
	for j, v := range tmp.worth {
		s.dual.at.capacity[j] = v / instance.Unit
	}
}

// continueFrom takes the earlier multipliers, where they still make sense for the need.
func (w *whole) continueFrom(c instance.Certificate) {
	if len(c.Budget) == w.m.lines && len(c.Floor) == w.m.groups {
		copy(w.at.budget, c.Budget)
		copy(w.at.floor, c.Floor)
	}
	if len(c.Money) == len(w.at.money) {
		copy(w.at.money, c.Money)
	}
	near := int64(strange * w.m.scale * instance.Unit)
	for i, u := range c.Need {
		if d := (u - w.at.need[i]) / int64(w.m.Units[i]); -near <= d && d <= near {
			w.at.need[i] = min(u, w.unserved(i))
		}
	}
}

// adopt serves every need as before where that is still possible, and fills up. Needs for which
// it is not are loose: the search begins there.
func (s *planner) adopt() {
	m := s.m
	s.draft = newDraft(m)
	s.rebuild()
	kept := make([]int32, m.needs)
	for i, j := range s.o.Warm.Assignment {
		kept[i] = -1
		if j < 0 {
			continue
		}
		for e := m.First[i]; e < m.First[i+1]; e++ {
			if m.Org[e] == j && s.draft.fits(i, e) {
				kept[i] = e
			}
		}
		if kept[i] < 0 {
			kept[i] = uncommitted
		} else {
			s.draft.serve(i, kept[i])
		}
	}
	for i := range kept {
		s.team.w.loose[i] = kept[i] < 0 && len(s.team.w.of(i)) > 0
	}
	s.team.keep(kept, keepWorth*m.scale)
	s.fillAll()
	s.keep()
}
