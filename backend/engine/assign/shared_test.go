package assign

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"linli/backend/engine/instance"
)

const shared = "../../../../shared/data"

// TestReport prints gaps over time for the files named in LINLI_ASSIGN (comma separated, of
// the plan folder, without ending); without it there is nothing to do.
func TestReport(t *testing.T) {
	names := os.Getenv("LINLI_ASSIGN")
	if names == "" {
		t.Skip("LINLI_ASSIGN names no instances")
	}
	limit, err := time.ParseDuration(os.Getenv("LINLI_CPU"))
	if err != nil {
		limit = 5 * time.Second
	}
	threads, _ := strconv.Atoi(os.Getenv("LINLI_THREADS"))
	for _, name := range strings.Split(names, ",") {
		p := named(t, name)
		runtime.GC()
		start := processor()
		ctx, stop := afterCPU(t.Context(), limit)
		r, err := Solve(ctx, p, Options{Seed: 1, Threads: threads, Progress: func(s instance.Step) {
			t.Logf("%7.2f s CPU %7.2f s  %.0f  %.0f  %.4f %%", (processor() - start).Seconds(), s[0], s[1], s[2], 100*(s[1]-s[2])/s[1])
		}})
		if err != nil {
			t.Fatal(err)
		}
		stop()
		t.Logf("%s: %d bound %d gap %.4f %% %s %+v", name, r.Objective, r.Bound, 100*r.Gap, r.Stopped, r.Seconds)
	}
}

// named reads a shared plan, or draws a city: tight (capacity binds) or bound (budgets bind).
func named(t *testing.T, name string) *instance.Problem {
	switch name {
	case "tight":
		return city(100_000, 13_000, 50, 0.8, 0.75, 1)
	case "bound":
		return city(100_000, 13_000, 50, 1.2, 0.75, 2)
	}
	p, err := instance.ReadFile(filepath.Join(shared, "plan", name+".txt.gz"), instance.Plan)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// processor is the CPU time of the process.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// afterCPU ends a context after so much CPU time, because the clock on the wall says little on
// a machine that is shared.
func afterCPU(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	end := processor() + limit
	go func() {
		for ctx.Err() == nil && processor() < end {
			time.Sleep(20 * time.Millisecond)
		}
		cancel()
	}()
	return ctx, cancel
}

// TestReportWarm prints how a re-plan after a change of 1 % compares with a cold start, for the
// plans named in LINLI_WARM.
func TestReportWarm(t *testing.T) {
	names := os.Getenv("LINLI_WARM")
	if names == "" {
		t.Skip("LINLI_WARM names no instances")
	}
	limit, _ := time.ParseDuration(os.Getenv("LINLI_CPU"))
	for _, name := range strings.Split(names, ",") {
		p := named(t, name)
		ctx, stop := afterCPU(t.Context(), limit)
		first, err := Solve(ctx, p, Options{Seed: 1, Threads: 1})
		stop()
		if err != nil {
			t.Fatal(err)
		}
		q, hit := changed(p, 9)
		for _, o := range []struct {
			warm  *instance.Result
			limit time.Duration
		}{{nil, limit}, {first, limit / 5}, {first, limit / 10}} {
			ctx, stop = afterCPU(t.Context(), o.limit)
			out, err := Solve(ctx, q, Options{Seed: 2, Threads: 1, Warm: o.warm})
			stop()
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: warm %v, %v CPU: %d, bound %d, gap %.4f %%, unchanged %.2f %%", name, o.warm != nil, o.limit, out.Objective, out.Bound, 100*out.Gap, 100*unchangedShare(first.Assignment, out.Assignment, hit))
		}
	}
}
