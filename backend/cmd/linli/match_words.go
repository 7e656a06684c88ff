package main

import (
	"fmt"
	"math"
	"strconv"

	"linli/backend/engine/instance"
)

// grouped writes a number with a comma every three digits.
func grouped(v int64) string {
	digits := strconv.FormatInt(v, 10)
	sign := ""
	if v < 0 {
		sign, digits = "-", digits[1:]
	}
	for n := len(digits) - 3; n > 0; n -= 3 {
		digits = digits[:n] + "," + digits[n:]
	}
	return sign + digits
}

// percent is the gap as a share of the objective, with the figure it comes from.
func percent(r *instance.Result) string {
	if r.Objective == r.Bound {
		return "0: proven optimum"
	}
	return fmt.Sprintf("%.4f %% of the objective (%s)", 100*r.Gap, grouped(r.Objective-r.Bound))
}

func share(part, of int64) float64 {
	if part == 0 {
		return 0
	}
	return float64(part) / math.Max(1, math.Abs(float64(of)))
}

// stock is what a plan does, for people.
type stock struct {
	needs           int64 // served whole
	units, allUnits int64
	value           int64 // penalties avoided less costs
	saves           bool  // leaving a need unserved has a price
}

func takeStock(p *instance.Problem, r *instance.Result) stock {
	a := stock{saves: p.Penalty != nil}
	left := make([]int64, p.Needs())
	for i, u := range p.Units {
		a.allUnits += int64(u)
		if len(r.Assignment) > 0 && r.Assignment[i] == instance.None {
			left[i] = int64(u)
		}
	}
	for k, f := range r.Flow {
		if at := ^p.Arcs[k]; p.Arcs[k] < 0 && int(at) >= p.Organizations() {
			left[int(at)-p.Organizations()] = f
		}
	}
	a.value = -r.Objective
	for i, l := range left {
		a.units += int64(p.Units[i]) - l
		if l == 0 {
			a.needs++
		}
		if !p.MustServe(i) {
			a.value += int64(p.Units[i]) * p.Penalty[i]
		}
	}
	return a
}

// inNeeds tells the gap in served needs, because a share depends on the size of the penalties.
func (a stock) inNeeds(r *instance.Result) string {
	if !a.saves || a.needs == 0 || a.value <= 0 || r.Objective == r.Bound {
		return ""
	}
	return fmt.Sprintf(", the worth of %.1f served needs", float64(r.Objective-r.Bound)/(float64(a.value)/float64(a.needs)))
}
