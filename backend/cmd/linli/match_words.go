package main

import (
	"fmt"
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

// percent is the gap as a share of the objective, with the figures it comes from.
func percent(r *instance.Result) string {
	if r.Objective == r.Bound {
		return "0: proven optimum"
	}
	return fmt.Sprintf("%.4f %% of the objective (%s)", 100*r.Gap, grouped(r.Objective-r.Bound))
}
