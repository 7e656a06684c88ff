package assign

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"linli/backend/engine/instance"
)

// planner is one run of Solve.
type planner struct {
	ctx     context.Context
	m       *model
	o       Options
	started time.Time

	dual  *dual
	whole *whole
	draft *draft
	team  *team

	plan  plan // best feasible one
	found bool
	bound float64 // best so far, cost units
	first float64 // seconds to the first feasible plan
	at    float64 // seconds to the best
	trace []instance.Step
}

func newPlanner(ctx context.Context, p *instance.Problem, o Options) *planner {
	return &planner{ctx: ctx, m: newModel(p), o: o, started: time.Now(), bound: math.Inf(-1)}
}

// Work until convergence, in steps.
const (
	earlySteps      = 80  // of the capacity bound, before the first plan
	dualSteps       = 320 // after it
	wholeSteps      = 120 // of the knapsack bound
	firstTries      = 20  // ruins a need in the first cycle of annealing; each next cycle is twice as long
	maxCycles       = 7
	patience        = 3      // cycles without much progress before giving up
	leastTries      = 50_000 // of the first cycle of a small problem,
	leastTriesANeed = 100    // and of a tiny one
	roundTries      = 40_000 // ruins between two looks at the clock
	enough          = 0.02   // a cycle that closes less than this share of the gap counts as none
	hot, cold       = 0.02, 0.0003
	minProgress     = 1e-4 // of the objective: smaller improvements are not reported one by one
)

func (s *planner) solve() (*instance.Result, error) {
	if s.warm() {
		s.startWarm(s.ctx)
		if err := s.impossible(); err != nil {
			return nil, err
		}
		s.adopt()
		s.improve(warmHot)
		return s.finish()
	}
	s.dual = newDual(s.m, s.o.Threads)
	s.dual.run(s.ctx, earlySteps, 1)
	s.raise(s.dual.bound)
	if err := s.impossible(); err != nil {
		return nil, err
	}
	s.build()
	s.dual.run(s.ctx, dualSteps, 0.5)
	s.raise(s.dual.bound)
	s.whole = newWhole(s.m, s.o.Threads)
	s.whole.from(s.dual.best)
	passes := 2
	if s.m.large() {
		passes = 1
	}
	for range passes {
		s.whole.run(s.ctx, wholeSteps, 1)
	}
	s.raise(float64(knapsackBound(s.m, s.whole.best)))
	s.rebuild()
	s.round()
	s.improve(hot)
	return s.finish()
}

// raise notes a better bound.
func (s *planner) raise(bound float64) {
	if bound > s.bound {
		s.bound = bound
		s.note()
	}
}

// note adds a step to the trace.
func (s *planner) note() {
	if !s.found {
		return
	}
	step := instance.Step{s.seconds(), float64(s.plan.cost), math.Ceil(s.bound - 1e-6)}
	s.trace = append(s.trace, step)
	if s.o.Progress != nil {
		s.o.Progress(step)
	}
}

func (s *planner) seconds() float64 { return time.Since(s.started).Seconds() }

// build makes the first plan along the prices of the capacity bound.
func (s *planner) build() {
	s.draft = newDraft(s.m)
	s.regroup(s.dual.best)
	s.fillAll()
	s.team.round(2*s.m.needs, hot/4*s.m.scale, cold*s.m.scale)
	s.keep()
}

// regroup makes wishes and workers for new prices.
func (s *planner) regroup(p *prices) {
	s.team = newTeam(s.draft, newWishes(s.m, p), p, s.o.Threads, s.o.Seed+1)
}

// fillAll inserts every need that is not served, with one worker that owns everything.
func (s *planner) fillAll() {
	p := newPrices(s.m)
	one := newTeam(s.draft, s.team.w, p, 1, s.o.Seed)
	one.deal()
	w := one.workers[0]
	order := make([]int32, s.m.needs)
	for i := range order {
		order[i] = int32(i)
	}
	w.fill(order)
	s.draft.cost, s.draft.short = w.cost, w.short
}

// rebuild takes the better prices of the knapsack bound for the guides: what the break item of
// each knapsack is worth is the price of its capacity.
func (s *planner) rebuild() {
	p := newPrices(s.m)
	for j := range p.capacity {
		p.capacity[j] = s.whole.worth[j] / instance.Unit
	}
	for b := range s.m.Budget {
		p.budget[b] = float64(s.whole.best.budget[b]) / instance.Unit
	}
	for g := range s.m.MaxUnserved {
		p.floor[g] = float64(s.whole.best.floor[g]) / instance.Unit
	}
	for j := range p.money {
		p.money[j] = float64(s.whole.best.money[j]) / instance.Unit
	}
	s.regroup(p)
}

// settled is the share from which the average of the picks is believed.
const settled = 0.9

// round turns the average picks of the knapsack bound into a plan: surest edges first, then the
// rest by guide.
func (s *planner) round() {
	m, w := s.m, s.whole
	type pick struct {
		share      float32
		need, edge int32
	}
	best := make([]pick, m.needs)
	for pos, e := range w.near.edge {
		i := w.near.need[pos]
		if v := w.share[pos] * float32(w.dilute); v > best[i].share || v == best[i].share && v > 0 && e < best[i].edge {
			best[i] = pick{v, i, e}
		}
	}
	for i, b := range best {
		s.team.w.loose[i] = b.share < settled && (b.share > 1-settled || w.best.need[i] < w.unserved(i))
	}
	slices.SortFunc(best, func(a, b pick) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.need, b.need))
	})
	d := newDraft(m)
	for _, b := range best {
		if b.share > 0.5 && d.fits(int(b.need), b.edge) {
			d.serve(int(b.need), b.edge)
		}
	}
	*s.draft = *d
	s.fillAll()
	s.keep()
}

// improve anneals in cycles, each twice as long as the one before, so that wherever time runs
// out a finished cycle is not far behind.
func (s *planner) improve(hot float64) {
	tries := max(firstTries*s.m.needs, min(leastTries, leastTriesANeed*s.m.needs))
	from := hot * s.m.scale
	still := 0
	for cycle := 0; cycle < maxCycles && s.ctx.Err() == nil && !s.optimal(); cycle++ {
		before := float64(s.plan.cost)
		if s.found && cycle > 0 {
			s.draft.reset(&s.plan)
			l := newLedger(s.draft)
			s.draft.cost, s.draft.short = l.cost, l.short
		}
		s.anneal(tries, from, cold*s.m.scale)
		if gap := float64(s.plan.cost) - s.bound; !s.found || before-float64(s.plan.cost) < enough*gap {
			if still++; still == patience {
				return
			}
		} else {
			still = 0
		}
		tries *= 2
	}
}

// anneal cools the draft down once.
func (s *planner) anneal(tries int, from, to float64) {
	batch := min(tries, max(roundTries, s.m.needs))
	rounds := max(1, (tries+batch-1)/batch)
	cool := math.Pow(to/from, 1/float64(rounds))
	for range rounds {
		if s.ctx.Err() != nil || s.optimal() {
			return
		}
		s.team.round(batch, from, from*cool)
		s.keep()
		from *= cool
	}
}

func (s *planner) optimal() bool {
	return s.found && float64(s.plan.cost) <= math.Ceil(s.bound-1e-6)
}

// keep stores the draft when it is feasible and the best so far.
func (s *planner) keep() {
	if s.draft.short > 0 || s.found && s.draft.cost >= s.plan.cost {
		return
	}
	before := s.plan.cost
	s.draft.copyTo(&s.plan)
	s.at = s.seconds()
	if !s.found {
		s.found = true
		s.first = s.at
		s.note()
	} else if float64(before-s.plan.cost) > minProgress*math.Abs(float64(before)) {
		s.note()
	}
}
