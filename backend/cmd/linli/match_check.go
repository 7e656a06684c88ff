package main

import (
	"errors"
	"fmt"
	"os"

	"linli/backend/engine/certify"
	"linli/backend/engine/instance"
)

// instanceFlags name the file of an assignment problem.
type instanceFlags struct {
	Instance string `required:"" type:"existingfile" help:"The problem; may be gzip." placeholder:"FILE"`
	Format   string `enum:",plan,gap,dimacs" default:"" help:"How the problem is written: plan (city plan by lines), gap (OR-Library generalised assignment, minimisation) or dimacs (min, a transportation problem). Unless told, the first lines tell." placeholder:"FORMAT"`
}

// read reads the problem and says how large it is on standard error.
func (f instanceFlags) read() (*instance.Problem, error) {
	p, err := instance.ReadFile(f.Instance, instance.Format(f.Format))
	if err == nil {
		fmt.Fprintf(os.Stderr, "%s: %s, %s needs, %s organisations, %s pairings, %d budget lines, %d groups\n", f.Instance, p.Format,
			grouped(int64(p.Needs())), grouped(int64(p.Organizations())), grouped(int64(p.Edges())), len(p.Budget), len(p.MaxUnserved))
	}
	return p, err
}

// MatchCheck is the independent checker.
type MatchCheck struct {
	instanceFlags
	Plan string `required:"" type:"existingfile" help:"What linli match plan --json printed; may be gzip." placeholder:"FILE"`
	JSON bool   `help:"Print JSON."`
}

// checkView is what a machine reads from a check.
type checkView struct {
	Holds     bool              `json:"holds"`
	Findings  []certify.Finding `json:"findings"`
	Objective int64             `json:"objective"`
	Bound     int64             `json:"bound"`
	Gap       float64           `json:"gap"`
	Kind      string            `json:"kind"`
}

// Run checks the plan and prints what holds, or every row that does not.
func (c MatchCheck) Run() error {
	p, err := c.read()
	if err != nil {
		return err
	}
	r, err := instance.ReadResultFile(c.Plan)
	if err != nil {
		return err
	}
	err = certify.Check(p, r)
	var report *certify.Report
	if err != nil && !errors.As(err, &report) {
		return err
	}
	if c.JSON {
		view := checkView{Holds: err == nil, Findings: []certify.Finding{}, Objective: r.Objective, Bound: r.Bound, Gap: r.Gap, Kind: r.Certificate.Kind}
		if report != nil {
			view.Findings = report.Findings
		}
		if err := printJSON(view); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	if !c.JSON {
		printChecked(p, r)
	}
	return nil
}

func printChecked(p *instance.Problem, r *instance.Result) {
	fmt.Println("holds       every row of the problem, and every stated figure")
	if p.Splittable {
		fmt.Printf("flow        %s arcs within their limits; nothing lost at %s nodes\n", grouped(int64(len(p.Arcs))), grouped(int64(p.Needs()+p.Organizations())))
	} else {
		fmt.Printf("served      %s of %s needs, each once, over a pairing of the problem\n", grouped(int64(servedNeeds(r))), grouped(int64(p.Needs())))
		fmt.Printf("rows        %s capacities, %d budget lines, %d floors, %d money caps\n", grouped(int64(p.Organizations())), len(p.Budget), len(p.MaxUnserved), caps(p))
	}
	fmt.Printf("objective   %s\n", grouped(r.Objective))
	fmt.Printf("bound       %s, computed again from the multipliers (%s)\n", grouped(r.Bound), r.Certificate.Kind)
	fmt.Printf("gap         %s\n", percent(r))
}

func caps(p *instance.Problem) (n int) {
	for _, c := range p.MoneyCap {
		if c != instance.None {
			n++
		}
	}
	return n
}

func servedNeeds(r *instance.Result) (n int) {
	for _, j := range r.Assignment {
		if j != instance.None {
			n++
		}
	}
	return n
}
