package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"time"

	"linli/backend/engine/instance"
)

// peerOf is the command of a peer for a problem, with its arguments; nil where none is
// installed. LEMON's dimacs-solver answers transportation problems with its network simplex,
// CBC generalised assignment as an integer program.
func peerOf(p *instance.Problem, file string, limit time.Duration) ([]string, error) {
	if p.Format == instance.DIMACS {
		if path, err := exec.LookPath("dimacs-solver"); err == nil {
			return []string{path, "-long", file, os.DevNull}, nil
		}
		return nil, nil
	}
	path, err := exec.LookPath("cbc")
	if err != nil || p.Format != instance.GAP {
		return nil, nil //nolint:nilerr // not installed is no fault
	}
	program := file + ".lp"
	if err := writeLP(p, program); err != nil {
		return nil, err
	}
	return []string{path, program, "-threads", "0", "-seconds", strconv.Itoa(int(limit.Seconds())), "-solve", "-quit"}, nil
}

// objectives are how the peers say their answer.
var objectives = regexp.MustCompile(`(?m)^(?:Min flow cost|Objective value): +(-?[0-9.]+)`)

func peerObjective(out string) string {
	if m := objectives.FindStringSubmatch(out); m != nil {
		return m[1]
	}
	return "none"
}

// writeLP writes a generalised assignment problem as an integer program.
func writeLP(p *instance.Problem, file string) error {
	f, err := os.Create(file) // #nosec G304 -- beside the instance the operator named
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "Minimize\n obj:")
	each(p, func(i, e int) { fmt.Fprintf(w, " %+d x%d_%d\n", p.Cost[e], i, p.Org[e]) })
	fmt.Fprintln(w, "Subject To")
	for i := range p.Needs() {
		fmt.Fprintf(w, " s%d:", i)
		for e := p.First[i]; e < p.First[i+1]; e++ {
			fmt.Fprintf(w, " + x%d_%d\n", i, p.Org[e])
		}
		fmt.Fprintln(w, " = 1")
	}
	rows := make([][]int, p.Organizations())
	each(p, func(i, e int) { rows[p.Org[e]] = append(rows[p.Org[e]], i, e) })
	for j, row := range rows {
		fmt.Fprintf(w, " c%d:", j)
		for k := 0; k < len(row); k += 2 {
			fmt.Fprintf(w, " %+d x%d_%d\n", p.Weight(row[k], row[k+1]), row[k], j)
		}
		fmt.Fprintf(w, " <= %d\n", p.Capacity[j])
	}
	fmt.Fprintln(w, "Binaries")
	each(p, func(i, e int) { fmt.Fprintf(w, " x%d_%d\n", i, p.Org[e]) })
	fmt.Fprintln(w, "End")
	return w.Flush()
}

func each(p *instance.Problem, with func(i, e int)) {
	for i := range p.Needs() {
		for e := int(p.First[i]); e < int(p.First[i+1]); e++ {
			with(i, e)
		}
	}
}
