package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"linli/backend/engine/assign"
	"linli/backend/engine/certify"
	"linli/backend/engine/flow"
	"linli/backend/engine/instance"
)

// MatchPlan plans a city from a file.
type MatchPlan struct {
	instanceFlags
	TimeLimit time.Duration `default:"60s" help:"Stop improving after so long; 0s: when nothing more is expected." placeholder:"DURATION"`
	Threads   int           `default:"0" help:"How many threads search; 0: one for each processor."`
	Seed      uint64        `default:"0" help:"Where no limit is hit, the same seed and number of threads give the same plan."`
	Warm      string        `type:"existingfile" help:"An earlier plan of the same needs and organisations, to change as little as pays; may be gzip." placeholder:"FILE"`
	JSON      bool          `help:"Print JSON, as linli match check reads it."`
}

// Run plans and prints the best plan found until the limit, the end of the search, or the first
// interrupt; the second interrupt ends the command at once. A plan that the independent checker
// refuses is never printed.
func (c MatchPlan) Run(ctx context.Context) error {
	debug.SetGCPercent(fewGrown)
	context.AfterFunc(ctx, func() { signal.Reset(os.Interrupt, syscall.SIGTERM) })
	p, err := c.read()
	if err != nil {
		return err
	}
	r, err := c.solve(ctx, p)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Instance, err)
	}
	r.Seconds.CPU = cpuSeconds()
	if err := certify.Check(p, r); err != nil {
		return fmt.Errorf("the checker refuses this plan, which is a fault of the solver: %w", err)
	}
	if c.JSON {
		return r.Write(os.Stdout)
	}
	printPlan(p, r)
	return nil
}

// fewGrown lets the heap grow by a fifth between collections: a problem is a few large arrays,
// collecting them is cheap, and doubling them is most of the memory of a city.
const fewGrown = 20

// solve asks the solver of the problem's kind. A transportation problem is solved to the same
// flow whatever seed, threads and earlier plan.
func (c MatchPlan) solve(ctx context.Context, p *instance.Problem) (*instance.Result, error) {
	if p.Splittable {
		return flow.Solve(ctx, p, flow.Options{TimeLimit: c.TimeLimit, Progress: progress()})
	}
	var warm *instance.Result
	if c.Warm != "" {
		var err error
		if warm, err = instance.ReadResultFile(c.Warm); err != nil {
			return nil, err
		}
	}
	return assign.Solve(ctx, p, assign.Options{TimeLimit: c.TimeLimit, Threads: c.Threads, Seed: c.Seed, Warm: warm, Progress: progress()})
}

// progressEvery keeps the progress readable: early steps come in milliseconds.
const progressEvery = 500 * time.Millisecond

// progress tells on standard error how the plan and the bound move.
func progress() func(instance.Step) {
	var mu sync.Mutex
	var last time.Time
	return func(s instance.Step) {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(last) < progressEvery {
			return
		}
		last = time.Now()
		r := instance.Result{Objective: int64(s[1]), Bound: int64(s[2])}
		r.Gap = share(r.Objective-r.Bound, r.Objective)
		fmt.Fprintf(os.Stderr, "%7.1f s   plan %s   bound %s   gap %s\n", s[0], grouped(r.Objective), grouped(r.Bound), percent(&r))
	}
}

// cpuSeconds is what all threads of this process have used.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// stops says in words why the search ended.
var stops = map[string]string{
	"optimal": "the optimum is proven", "converged": "nothing more is expected", "time": "the time limit", "interrupted": "an interrupt",
}

func printPlan(p *instance.Problem, r *instance.Result) {
	a := takeStock(p, r)
	fmt.Printf("served      %s of %s needs, %s of %s units\n", grouped(a.needs), grouped(int64(p.Needs())), grouped(a.units), grouped(a.allUnits))
	if a.saves {
		fmt.Printf("value       %s: what the served needs would cost unserved, less what serving them costs\n", grouped(a.value))
		fmt.Printf("unserved    %s needs, %s units\n", grouped(int64(p.Needs())-a.needs), grouped(a.allUnits-a.units))
	}
	fmt.Printf("objective   %s\n", grouped(r.Objective))
	fmt.Printf("bound       %s: no plan costs less (certificate: %s)\n", grouped(r.Bound), r.Certificate.Kind)
	fmt.Printf("gap         %s%s\n", percent(r), a.inNeeds(r))
	fmt.Printf("seconds     first plan %.2f, best %.2f, total %.2f, processor %.2f; ended by %s\n",
		r.Seconds.First, r.Seconds.Best, r.Seconds.Total, r.Seconds.CPU, stops[r.Stopped])
}
