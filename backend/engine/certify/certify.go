// Package certify checks a plan without trusting who made it: feasibility row by row, the
// stated figures, and the bound, computed again in exact integers from the multipliers and the
// problem. It shares the reading of files with the solvers and nothing else.
package certify

import (
	"fmt"
	"math"
	"strings"

	"linli/backend/engine/instance"
)

// Rules that a plan can break, stable for machines.
const (
	Shape       = "shape"       // the answer does not have the form of the problem
	Edge        = "edge"        // served by an organisation the need is not joined to
	Unserved    = "unserved"    // left unserved though it must be served
	Capacity    = "capacity"    // an organisation carries more than it can
	Budget      = "budget"      // a line pays more than it has
	Floor       = "floor"       // a group has more units unserved than it may
	Money       = "money"       // an organisation earns more than its cap
	Arc         = "arc"         // an arc carries less than nothing or more than it can
	Flow        = "flow"        // what enters a node does not leave it
	Objective   = "objective"   // the stated objective is not the plan's
	Multipliers = "multipliers" // the certificate cannot be evaluated
	Bound       = "bound"       // the stated bound is not what the multipliers prove
	Gap         = "gap"         // the stated gap is not that of the figures, or optimality is claimed without proof
)

// Finding is one row that does not hold.
type Finding struct {
	Rule string `json:"rule"`
	Row  string `json:"row,omitempty"` // in the words of the file: "organisation 17"
	By   int64  `json:"by,omitempty"`  // by how much, in the unit of the row
	Text string `json:"text"`
}

func (f Finding) Error() string { return f.Text }

// Report is everything that is wrong with a plan; it is an error with a line for each finding.
type Report struct{ Findings []Finding }

// Unwrap gives the findings one by one.
func (r *Report) Unwrap() []error {
	all := make([]error, len(r.Findings))
	for i, f := range r.Findings {
		all[i] = f
	}
	return all
}

func (r *Report) Error() string {
	lines := make([]string, len(r.Findings))
	for i, f := range r.Findings {
		lines[i] = f.Text
	}
	return strings.Join(lines, "\n")
}

// Has tells that a rule is broken.
func (r *Report) Has(rule string) bool {
	for _, f := range r.Findings {
		if f.Rule == rule {
			return true
		}
	}
	return false
}

func (r *Report) add(rule, row string, by int64, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{Rule: rule, Row: row, By: by, Text: fmt.Sprintf(format, args...)})
}

// Check answers nil when the plan is feasible, its stated figures are its own, and the bound
// is exactly what its certificate proves; otherwise a *Report with every row that fails.
func Check(p *instance.Problem, r *instance.Result) error {
	out := &Report{}
	var objective int64
	var ok bool
	if p.Splittable {
		objective, ok = out.flow(p, r)
	} else {
		objective, ok = out.assignment(p, r)
	}
	if ok && objective != r.Objective {
		out.add(Objective, "", r.Objective-objective, "objective: %d is stated, the plan costs %d", r.Objective, objective)
	}
	if bound, ok := out.bound(p, &r.Certificate); ok && bound != r.Bound {
		out.add(Bound, "", r.Bound-bound, "bound: %d is stated, the multipliers prove %d", r.Bound, bound)
	}
	out.gap(r)
	if len(out.Findings) == 0 {
		return nil
	}
	return out
}

// tolerance is how far a gap may be from the quotient of the figures: it is written as a decimal.
const tolerance = 1e-9

// gap compares the stated fraction with the stated figures. An objective of 0 has none.
func (out *Report) gap(r *instance.Result) {
	want := 0.0
	if r.Objective != r.Bound {
		want = (float64(r.Objective) - float64(r.Bound)) / math.Abs(float64(r.Objective))
	}
	if r.Objective == 0 && r.Bound != 0 {
		want = -float64(r.Bound)
	}
	if !(math.Abs(r.Gap-want) <= tolerance) {
		out.add(Gap, "", 0, "gap: %v is stated, objective and bound are %v apart", r.Gap, want)
	}
	if r.Stopped == "optimal" && r.Objective != r.Bound {
		out.add(Gap, "", r.Objective-r.Bound, "optimality is claimed, but objective and bound differ by %d", r.Objective-r.Bound)
	}
}
