package assign

import (
	"encoding/csv"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"linli/backend/engine/instance"
)

// published is the type and the optimum (or the best known bound and value) by instance.
type published struct {
	kind        string
	bound, best int64
}

func bestKnown(t *testing.T) map[string]published {
	t.Helper()
	f, err := os.Open(filepath.Join(shared, "gap", "best-known.csv"))
	if err != nil {
		t.Skipf("no published instances beside the project: this test checks nothing here (%v)", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]published{}
	for _, r := range rows[1:] {
		p := published{kind: r[1]}
		if p.bound, err = strconv.ParseInt(r[4], 10, 64); err != nil {
			t.Fatal(err)
		}
		p.best, _ = strconv.ParseInt(r[6], 10, 64)
		out[r[0]] = p
	}
	return out
}

// recipe draws types D and E of Chu and Beasley (1997), E as in Yagiura et al.
func recipe(kind byte, agents, jobs int, seed uint64) *instance.Problem {
	r := rand.New(rand.NewPCG(seed, uint64(kind)))
	p := &instance.Problem{Format: instance.GAP, Whole: true, First: []int32{0}, Units: make([]int32, jobs), Capacity: make([]int64, agents)}
	sum := make([]int64, agents)
	for i := range jobs {
		p.Units[i] = 1
		for j := range agents {
			a := 1 + r.Int32N(100)
			c := 111 - a + r.Int32N(21) - 10
			if kind == 'e' {
				a = int32(math.Max(1, math.Round(1-10*math.Log(1-r.Float64()))))
				c = int32(math.Round(1000/float64(a) - 10*r.Float64()))
			}
			p.Org, p.Cost, p.Load = append(p.Org, int32(j)), append(p.Cost, c), append(p.Load, a)
			sum[j] += int64(a)
		}
		p.First = append(p.First, int32(len(p.Org)))
	}
	for j, v := range sum {
		p.Capacity[j] = v * 8 / 10 / int64(agents)
	}
	return p
}

func TestSolve_NeverAboveAPublishedOptimum(t *testing.T) {
	exact, proven, all := 0, 0, 0
	for name, known := range bestKnown(t) {
		p, err := instance.ReadFile(filepath.Join(shared, "gap", name+".txt"), instance.GAP)
		if err != nil {
			t.Fatal(err)
		}
		if p.Edges() > 4000 && os.Getenv("LINLI_GAP") == "" {
			continue // takes longer
		}
		out, err := Solve(t.Context(), p, Options{Seed: 1, TimeLimit: 150 * time.Millisecond})
		var unfinished *UnfinishedError
		if errors.As(err, &unfinished) { // a slow machine; that plans are found is for the other tests
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		v, ok := value(p, out.Assignment)
		if !ok || v != out.Objective || out.Bound > known.best || v < known.bound {
			t.Errorf("%s: objective %d (costs %d, feasible %v), bound %d, published %d to %d", name, out.Objective, v, ok, out.Bound, known.bound, known.best)
		}
		all++
		if v == known.best {
			exact++
		}
		if out.Bound == v {
			proven++
		}
	}
	t.Logf("%d instances: %d at the published optimum, %d proven", all, exact, proven)
}

// TestReportGAP prints gaps for the instances named in LINLI_GAPS (comma separated: published
// names, or d-20-200 for a recipe) after LINLI_CPU.
func TestReportGAP(t *testing.T) {
	names := os.Getenv("LINLI_GAPS")
	if names == "" {
		t.Skip("LINLI_GAPS names no instances")
	}
	limit, _ := time.ParseDuration(os.Getenv("LINLI_CPU"))
	for _, name := range strings.Split(names, ",") {
		var p *instance.Problem
		if parts := strings.Split(name, "-"); len(parts) == 3 {
			agents, _ := strconv.Atoi(parts[1])
			jobs, _ := strconv.Atoi(parts[2])
			p = recipe(parts[0][0], agents, jobs, 1)
		} else {
			var err error
			if p, err = instance.ReadFile(filepath.Join(shared, "gap", name+".txt"), instance.GAP); err != nil {
				t.Fatal(err)
			}
		}
		start := processor()
		ctx, stop := afterCPU(t.Context(), limit)
		out, err := Solve(ctx, p, Options{Seed: 1, Threads: 1})
		stop()
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		t.Logf("%s: objective %d bound %d gap %.3f %% %s, %.2f s CPU, first %.2f s", name, out.Objective, out.Bound, 100*out.Gap, out.Stopped, (processor() - start).Seconds(), out.Seconds.First)
	}
}
