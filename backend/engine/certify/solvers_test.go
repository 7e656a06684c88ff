package certify_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linli/backend/engine/assign"
	"linli/backend/engine/certify"
	"linli/backend/engine/flow"
	"linli/backend/engine/instance"
)

const shared = "../../../../shared/data"

// Whatever the solvers answer within a short time, on every published instance: the checker
// accepts it, and its bound does not pass the best value anybody knows.
func TestCheck_AcceptsTheSolversOnEveryPublishedInstance(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		pattern, folder string
		format          instance.Format
		column          int
		limit           time.Duration
	}{
		{"*.txt", "gap", instance.GAP, 6, 150 * time.Millisecond},
		{"*.min", "mcf", instance.DIMACS, 3, time.Minute},
		{"*.txt.gz", "plan", instance.Plan, 1, 1500 * time.Millisecond},
	} {
		files, _ := filepath.Glob(filepath.Join(shared, x.folder, x.pattern))
		if len(files) == 0 {
			t.Logf("no instances in %s: nothing is checked there", x.folder)
			continue
		}
		best := publishedValues(t, filepath.Join(shared, x.folder, "best-known.csv"), x.column)
		solved := 0
		for _, f := range files {
			p, err := instance.ReadFile(f, x.format)
			if err != nil {
				t.Fatal(err)
			}
			r, err := solve(p, x.limit)
			if err != nil {
				t.Logf("%s: %v", filepath.Base(f), err) // no plan in so short a time is an answer
				continue
			}
			solved++
			if err := certify.Check(p, r); err != nil {
				t.Errorf("%s: %v", f, err)
			}
			name := filepath.Base(f)
			known, ok := best[name]
			if !ok {
				known = best[strings.TrimSuffix(strings.TrimSuffix(name, ".txt"), ".min")]
			}
			if known == 0 || r.Bound > known {
				t.Errorf("%s: bound %d, best known %d", name, r.Bound, known)
			}
			mutate(t, name, p, r)
		}
		t.Logf("%s: %d of %d solved", x.folder, solved, len(files))
	}
}

func solve(p *instance.Problem, limit time.Duration) (*instance.Result, error) {
	if p.Splittable {
		return flow.Solve(context.Background(), p, flow.Options{TimeLimit: limit})
	}
	return assign.Solve(context.Background(), p, assign.Options{TimeLimit: limit, Threads: 1, Seed: 1})
}

// mutate spoils an accepted answer a little, each time in one way.
func mutate(t *testing.T, name string, p *instance.Problem, r *instance.Result) {
	t.Helper()
	for what, change := range map[string]func(*instance.Result){
		certify.Objective: func(r *instance.Result) { r.Objective-- },
		certify.Bound:     func(r *instance.Result) { r.Bound++ },
		certify.Gap:       func(r *instance.Result) { r.Gap += 1e-6 },
		certify.Shape: func(r *instance.Result) {
			if p.Splittable {
				r.Flow = append(r.Flow[:len(r.Flow):len(r.Flow)], 0)
			} else {
				r.Assignment = append(r.Assignment[:len(r.Assignment):len(r.Assignment)], 0)
			}
		},
	} {
		spoilt := *r
		change(&spoilt)
		rejected(t, name+", "+what, certify.Check(p, &spoilt), what, "")
	}
}
