// Package assign solves the assignment problems of a city plan: which need is served by which
// organisation, under capacities, budget lines, service floors and money caps. Every plan comes
// with multipliers from which the bound can be computed again (instance.Certificate).
//
// The way: dual ascent on the prices of all rows (capacity bound), then the knapsack Lagrangian
// (Fisher 1981), which is tighter because it keeps needs whole; then a plan is built along the
// prices and improved by ruin and recreate (Schrimpf et al. 2000; Christiaens and Vanden Berghe
// 2020) under simulated annealing. All work is counted in steps; the clock only cuts, so equal
// seeds and threads give equal plans where no limit was hit.
package assign

import (
	"context"
	"runtime"
	"time"

	"linli/backend/engine/instance"
)

// Options say how long and how to search. The zero value is valid: no time limit, one thread
// for each processor, seed 0, a cold start.
type Options struct {
	TimeLimit time.Duration // 0: until nothing more is expected
	Threads   int           // 0: as many as processors
	Seed      uint64
	Warm      *instance.Result    // assignment and multipliers of an earlier plan of the same needs and organisations, or nil
	Progress  func(instance.Step) // called on the solving goroutine whenever the plan or the bound became better; may be nil
}

// maxThreads keeps the arrays per thread small against the problem.
const maxThreads = 16

// Solve improves a plan until ctx ends, the time limit passes or nothing more is expected. It
// never answers without a plan: what cannot be feasible is an *InfeasibleError, what was cut
// before the first feasible plan an *UnfinishedError, a problem of another kind (DIMACS) an
// error.
func Solve(ctx context.Context, p *instance.Problem, o Options) (*instance.Result, error) {
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	o.Threads = min(o.Threads, maxThreads)
	if err := acceptable(p, o.Warm); err != nil {
		return nil, err
	}
	ctx, cancel := limited(ctx, o.TimeLimit)
	defer cancel()
	return newPlanner(ctx, p, o).solve()
}

func limited(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, d, errTimeLimit)
}
