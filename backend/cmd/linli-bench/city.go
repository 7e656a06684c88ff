package main

import "fmt"

// cityCmd writes the assignment problem of an invented city: as a plan with budgets by district
// and category and floors by district and for weak communities, or as a transportation problem
// with the same needs, organisations and pairings.
type cityCmd struct {
	citySize
	As  string `enum:"plan,dimacs" default:"plan" help:"plan or dimacs."`
	Out string `required:"" help:"The file; gzip when it ends in .gz." placeholder:"FILE"`
}

// Run writes the file and prints its hash.
func (c cityCmd) Run() error {
	v, err := c.invent()
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%s, seed %d, %d needs, %d organisations, capacity %.2f, money %.2f", c.As, c.Seed, c.Needs, c.Organizations, c.Ratio, c.Money)
	return instanceFile(c.Out, what, func(s *sink) {
		if c.As == "dimacs" {
			v.writeDIMACS(s)
		} else {
			v.writePlan(s)
		}
	})
}

// every calls with the pairings of each need.
func (v *invented) every(with func(i int, n *demand, near []choice)) {
	var buffer []choice
	for i := range v.needs {
		buffer = v.near(&v.needs[i], buffer)
		with(i, &v.needs[i], buffer)
	}
}

func (v *invented) writePlan(s *sink) {
	lines, groups := v.districts*categories, v.districts+1
	wanted, units := make([]float64, lines), make([]int64, groups)
	edges := 0
	v.every(func(_ int, n *demand, near []choice) {
		edges += len(near)
		var price int64
		for _, c := range near {
			price += v.orgs[c.org].price
		}
		if len(near) > 0 {
			wanted[v.line(n)] += float64(n.units*price) / float64(len(near))
		}
		units[n.district] += n.units
		if n.weak {
			units[groups-1] += n.units
		}
	})
	fmt.Fprintf(s, "c invented city, seed %d; the line p explains itself: needs organisations lines groups edges\np plan %d %d %d %d %d\n",
		v.Seed, len(v.needs), len(v.orgs), lines, groups, edges)
	for i, n := range v.needs {
		weak := 0
		if n.weak {
			weak = 1
		}
		fmt.Fprintf(s, "n %d %d %d %d %d %d\n", i, n.units, n.penalty, v.line(&n), n.district, weak)
	}
	v.every(func(i int, _ *demand, near []choice) {
		for _, c := range near {
			fmt.Fprintf(s, "e %d %d %d %d\n", i, c.org, c.cost, v.orgs[c.org].price)
		}
	})
	for j, o := range v.orgs {
		fmt.Fprintf(s, "o %d %d\n", j, o.capacity)
	}
	for b, w := range wanted {
		fmt.Fprintf(s, "b %d %d\n", b, int64(w*v.Money))
	}
	for g, u := range units {
		served := v.Floor
		if g == groups-1 {
			served = v.Weak
		}
		fmt.Fprintf(s, "g %d %d\n", g, u-int64(float64(u)*served))
	}
}

func (v *invented) line(n *demand) int32 { return n.district*categories + n.category }

func (v *invented) writeDIMACS(s *sink) {
	sink := len(v.needs) + len(v.orgs) + 1
	var units int64
	arcs := len(v.needs) + len(v.orgs)
	v.every(func(_ int, n *demand, near []choice) {
		arcs += len(near)
		units += n.units
	})
	fmt.Fprintf(s, "c invented city, seed %d; needs first, then organisations, then the sink\np min %d %d\n", v.Seed, sink, arcs)
	for i, n := range v.needs {
		fmt.Fprintf(s, "n %d %d\n", i+1, n.units)
	}
	if units > 0 {
		fmt.Fprintf(s, "n %d %d\n", sink, -units)
	}
	v.every(func(i int, n *demand, near []choice) {
		for _, c := range near {
			fmt.Fprintf(s, "a %d %d 0 %d %d\n", i+1, int64(len(v.needs))+c.org+1, n.units, c.cost)
		}
		fmt.Fprintf(s, "a %d %d 0 %d %d\n", i+1, sink, n.units, n.penalty)
	})
	for j, o := range v.orgs {
		fmt.Fprintf(s, "a %d %d 0 %d 0\n", len(v.needs)+j+1, sink, o.capacity)
	}
}
