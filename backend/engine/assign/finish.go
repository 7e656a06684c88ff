package assign

import (
	"context"
	"errors"
	"fmt"
	"math"

	"linli/backend/engine/instance"
)

// finish writes the best plan with the exact bound.
func (s *planner) finish() (*instance.Result, error) {
	if !s.found {
		return nil, s.unfinished()
	}
	r := &instance.Result{Objective: s.plan.cost, Assignment: make([]int32, s.m.needs), Trace: s.trace}
	for i, e := range s.plan.edge {
		r.Assignment[i] = -1
		if e >= 0 {
			r.Assignment[i] = s.m.Org[e]
		}
	}
	r.Certificate, r.Bound = s.certificate()
	r.Bound = min(r.Bound, r.Objective)
	r.Gap = relative(r.Objective, r.Bound)
	r.Stopped = s.stopped(r)
	r.Trace = append(r.Trace, instance.Step{s.seconds(), float64(r.Objective), float64(r.Bound)})
	r.Seconds = instance.Seconds{First: s.first, Best: s.at, Total: s.seconds()}
	return r, nil
}

// relative is the gap as a share of the objective.
func relative(objective, bound int64) float64 {
	if objective == bound {
		return 0
	}
	return float64(objective-bound) / math.Max(1, math.Abs(float64(objective)))
}

func (s *planner) stopped(r *instance.Result) string {
	switch {
	case r.Objective == r.Bound:
		return "optimal"
	case s.ctx.Err() == nil:
		return "converged"
	case errors.Is(context.Cause(s.ctx), errTimeLimit):
		return "time"
	default:
		return "interrupted"
	}
}

// certificate takes whichever bound is better, computed in exact integers.
func (s *planner) certificate() (instance.Certificate, int64) {
	best, bound := s.capacityCertificate()
	if s.whole == nil || math.IsInf(s.whole.bound, -1) {
		return best, bound
	}
	w := s.whole.best
	c := instance.Certificate{
		Kind: instance.KnapsackKind, Need: w.need, Budget: w.budget[:s.m.lines], Floor: s.m.writtenFloor(w.floor[:s.m.groups]), Money: w.money,
	}
	if v := knapsackBound(s.m, w); v > bound {
		return c, v
	}
	return best, bound
}

// unfinished says why there is no plan: floors that were found to be out of reach after all, or
// too little time.
func (s *planner) unfinished() error {
	if err := s.impossible(); err != nil {
		return err
	}
	g := s.draft.worst()
	if s.m.must {
		g = instance.None
	}
	missing := s.draft.short
	if s.ctx.Err() != nil {
		return &UnfinishedError{Group: g, Excess: missing, Reason: fmt.Sprintf("stopped before a feasible plan was found: %d units too many are unserved%s", missing, ofGroup(g))}
	}
	return &InfeasibleError{
		Group: g, Missing: missing, Needed: s.needed(g), Reachable: s.needed(g) - missing,
		Reason: fmt.Sprintf("no feasible plan was found, and probably there is none: %d units more must be served%s", missing, ofGroup(g)),
	}
}

func ofGroup(g int) string {
	if g == instance.None {
		return ""
	}
	return fmt.Sprintf(", most of them in group %d", g)
}

// needed is how many units of a group must be served.
func (s *planner) needed(g int) int64 {
	if g == instance.None {
		return int64(s.m.needs)
	}
	return s.m.unitsOf(g) - s.m.MaxUnserved[g]
}
