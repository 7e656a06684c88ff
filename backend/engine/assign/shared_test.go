package assign

import (
	"os"
	"path/filepath"
	"strings"
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
	limit, err := time.ParseDuration(os.Getenv("LINLI_LIMIT"))
	if err != nil {
		limit = 5 * time.Second
	}
	for _, name := range strings.Split(names, ",") {
		p, err := instance.ReadFile(filepath.Join(shared, "plan", name+".txt.gz"), instance.Plan)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Solve(t.Context(), p, Options{TimeLimit: limit, Seed: 1, Threads: 1, Progress: func(s instance.Step) {
			t.Logf("%7.2f s  %.0f  %.0f  %.4f %%", s[0], s[1], s[2], 100*(s[1]-s[2])/s[1])
		}})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bound %d gap %.4f %% %s %+v", name, r.Objective, r.Bound, 100*r.Gap, r.Stopped, r.Seconds)
	}
}
