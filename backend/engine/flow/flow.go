// Package flow solves transportation problems: needs that may be split among organisations with
// capacities, at least cost, to the proven optimum. An auction with a shrinking step comes
// within a few parts in a hundred million; cancelling the negative cycles that are left does the
// rest and leaves the prices that prove it.
package flow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"linli/backend/engine/instance"
)

// Options bound the work; the zero value runs to the proven optimum. There is no seed and no
// number of threads: the answer depends on the problem alone.
type Options struct {
	TimeLimit time.Duration       // 0: none
	Progress  func(instance.Step) // called when the flow or the bound became better; may be nil
}

// InfeasibleError says why needs that must be served cannot all be.
type InfeasibleError struct {
	Problem       *instance.Problem
	Need          int   // one of them, in file order
	Needs         int   // how many compete for the same organisations
	Organizations int   // how many organisations they can reach
	Units         int64 // what those needs ask of them
	Capacity      int64 // what those organisations carry
}

func (e *InfeasibleError) Error() string {
	return fmt.Sprintf("%s cannot be served: %d needs ask for %d units of the %d organisations they reach, which carry %d: %d too few",
		e.Problem.NeedName(e.Need), e.Needs, e.Units, e.Organizations, e.Capacity, e.Units-e.Capacity)
}

// ErrNotSplittable refuses a problem in which a need must be served whole.
var ErrNotSplittable = errors.New("needs that must be served whole are no transportation problem")

// ErrUnfinished says that the time was over before the needs that must be served all were.
var ErrUnfinished = errors.New("stopped before a feasible flow was found")

const far = int64(1) << 62

// Solve finds the cheapest flow. When ctx ends or the time is over it answers with the flow and
// the bound it has. Faults: ErrNotSplittable, ErrUnfinished, *InfeasibleError.
func Solve(ctx context.Context, p *instance.Problem, o Options) (*instance.Result, error) {
	if !p.Splittable {
		return nil, ErrNotSplittable
	}
	s := &solver{p: p, o: o, start: time.Now(), cost: penaltiesOf(p)}
	s.stop = func() bool {
		return ctx.Err() != nil || o.TimeLimit > 0 && time.Since(s.start) > o.TimeLimit
	}
	s.out.Stopped = instance.StoppedOptimal
	if !s.run() {
		s.out.Stopped = instance.StoppedTime
		if ctx.Err() != nil {
			s.out.Stopped = instance.StoppedInterrupted
		}
	}
	return s.result()
}

// The auction's steps shrink by a factor of narrower, from a sixteenth of the largest cost to
// one cost unit; prices are kept in parts of a unit. Before a round every price falls by some
// steps of the last one, because a price that is too high and an organisation that is not full
// cannot both be right, and in a round prices only rise.
const (
	parts    = 4
	narrower = 5
	fall     = 8
)

type solver struct {
	p      *instance.Problem
	o      Options
	cost   penalties
	start  time.Time
	stop   func() bool
	best   answer
	last   *refinement // where the search ended
	prices []int64     // whole cost units by organisation, that gave out.Bound
	out    instance.Result
}

// run reaches the optimum, or false where it was stopped before.
func (s *solver) run() bool {
	a := newAuction(s.p, s.cost)
	a.rescale(parts)
	for step := max(1, s.cost.most/16); ; step = max(1, step/narrower) {
		finished := a.round(step*parts, s.stop)
		r := refine(a)
		s.look(r)
		if !finished {
			return false
		}
		if step == 1 {
			finished = r.run(s.stop)
			s.look(r)
			s.last = r
			return finished
		}
		a.lower(fall * step * parts)
	}
}

// look keeps a flow and the bound of its prices when they are better than what there was.
func (s *solver) look(r *refinement) {
	now := time.Since(s.start).Seconds()
	better := false
	prices := r.dual()
	if bound := lower(s.p, prices); s.prices == nil || bound > s.out.Bound {
		s.prices, s.out.Bound, better = prices, bound, true
	}
	if objective, served := r.objective(); served && (s.best.unserved == nil || objective < s.out.Objective) {
		if s.best.unserved == nil {
			s.out.Seconds.First = now
		}
		s.best = r.answer()
		s.out.Objective, s.out.Seconds.Best, better = objective, now, true
	}
	if !better || s.best.unserved == nil {
		return
	}
	step := instance.Step{now, float64(s.out.Objective), float64(s.out.Bound)}
	s.out.Trace = append(s.out.Trace, step)
	if s.o.Progress != nil {
		s.o.Progress(step)
	}
}

// result writes down the flow, arc by arc, and the certificate.
func (s *solver) result() (*instance.Result, error) {
	if s.best.unserved == nil {
		if s.out.Stopped == instance.StoppedOptimal {
			return nil, s.last.infeasible()
		}
		return nil, ErrUnfinished
	}
	out := &s.out
	out.Flow = s.best.flow(s.p)
	for j := range s.prices {
		s.prices[j] *= instance.Unit
	}
	out.Certificate = instance.Certificate{Kind: instance.CapacityKind, Capacity: s.prices}
	if out.Objective != out.Bound {
		out.Gap = float64(out.Objective-out.Bound) / float64(max(out.Objective, -out.Objective, 1))
	}
	out.Seconds.Total = time.Since(s.start).Seconds()
	return out, nil
}

// penalties are the costs of an unserved unit. One that must be served costs more than any
// detour through all organisations.
type penalties struct {
	p    *instance.Problem
	must int64
	most int64 // the largest cost of serving, or of not serving where that is allowed
}

func penaltiesOf(p *instance.Problem) penalties {
	c := penalties{p: p, most: 1}
	for _, v := range p.Cost {
		c.most = max(c.most, int64(v), -int64(v))
	}
	for _, v := range p.Penalty {
		c.most = max(c.most, v)
	}
	c.must = 2 * c.most * int64(p.Organizations()+2)
	return c
}

// bid is the penalty as the auction takes it: enough to outbid whoever has a choice. What is
// still unserved then is left to the refinement, because bidding up to the full penalty would
// take for ever where there is not enough for all.
func (c *penalties) bid(need int) int64 { return min(c.of(need), 4*c.most) }

func (c *penalties) of(need int) int64 {
	if c.p.MustServe(need) {
		return c.must
	}
	return c.p.Penalty[need]
}
