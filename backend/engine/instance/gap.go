package instance

// readGAP reads OR-Library's generalised assignment format: agents m and jobs n, then m rows of
// n costs, m rows of n resources and m capacities, freely broken into lines. Organisations are
// the agents, needs the jobs; every job must be assigned.
func readGAP(l *lines) (*Problem, error) {
	t := &tokens{lines: l}
	m, err := t.number("the number of agents", 0, MaxSize)
	if err != nil {
		return nil, err
	}
	n, err := t.number("the number of jobs", 0, MaxSize)
	if err != nil {
		return nil, err
	}
	if m*n > MaxEdges {
		return nil, l.fault("%d agents × %d jobs: at most %d pairings can be read", m, n, MaxEdges)
	}
	cost, err := t.table("cost", m, n, -MaxCost)
	if err != nil {
		return nil, err
	}
	load, err := t.table("resource", m, n, 0)
	if err != nil {
		return nil, err
	}
	p := &Problem{Format: GAP, Whole: true, Capacity: []int64{}}
	for range m {
		c, err := t.number("a capacity", 0, MaxAmount)
		if err != nil {
			return nil, err
		}
		p.Capacity = append(p.Capacity, c)
	}
	p.complete(cost, load, int(m), int(n))
	return p, t.end()
}

// complete turns tables by agent into edges by job.
func (p *Problem) complete(cost, load []int32, m, n int) {
	p.Units, p.First = make([]int32, n), make([]int32, n+1)
	p.Org, p.Cost, p.Load = make([]int32, m*n), make([]int32, m*n), make([]int32, m*n)
	for i := range n {
		p.Units[i], p.First[i+1] = 1, int32((i+1)*m)
		for j := range m {
			e := i*m + j
			p.Org[e], p.Cost[e], p.Load[e] = int32(j), cost[j*n+i], load[j*n+i]
		}
	}
}

// tokens reads numbers without regard to lines.
type tokens struct{ *lines }

func (t *tokens) number(what string, low, high int64) (int64, error) {
	for len(t.rest) == 0 {
		ok, err := t.next()
		if err != nil {
			return 0, err
		}
		if !ok {
			return 0, t.fault("the file ends where %s was expected", what)
		}
	}
	return t.lines.number(what, low, high)
}

// table reads m rows of n numbers.
func (t *tokens) table(what string, m, n, low int64) ([]int32, error) {
	var out []int32
	for range m * n {
		v, err := t.number(what, low, MaxCost)
		if err != nil {
			return nil, err
		}
		out = append(room(out, m*n), int32(v))
	}
	return out, nil
}

// end refuses numbers after the last.
func (t *tokens) end() error {
	if len(t.rest) == 0 {
		ok, err := t.next()
		if err != nil || !ok {
			return err
		}
	}
	return t.fault("%q follows after the last capacity", clip(t.rest))
}
