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
	p := &Problem{
		Format: GAP, Whole: true, Units: make([]int32, n), First: make([]int32, n+1),
		Org: make([]int32, m*n), Cost: make([]int32, m*n), Load: make([]int32, m*n), Capacity: make([]int64, m),
	}
	for i := range n {
		p.Units[i], p.First[i+1] = 1, int32((i+1)*m)
		for j := range m {
			p.Org[i*m+j] = int32(j)
		}
	}
	if err := t.table(p.Cost, "cost", m, n, -MaxCost); err != nil {
		return nil, err
	}
	if err := t.table(p.Load, "resource", m, n, 0); err != nil {
		return nil, err
	}
	for j := range p.Capacity {
		if p.Capacity[j], err = t.number("a capacity", 0, MaxAmount); err != nil {
			return nil, err
		}
	}
	return p, t.end()
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

// table reads m rows of n numbers into edges that are kept by job.
func (t *tokens) table(into []int32, what string, m, n, low int64) error {
	for j := range m {
		for i := range n {
			v, err := t.number(what, low, MaxCost)
			if err != nil {
				return err
			}
			into[i*m+j] = int32(v)
		}
	}
	return nil
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
