package instance

// readPlan reads the line format of a city plan. After the line
//
//	p plan needs orgs lines groups edges
//
// follow, in any order, one line for each need, edge, organisation, budget line and group, and
// where it has one the money cap of an organisation; ids count from 0, c starts a comment:
//
//	n id units penalty line group weak      line and group may be -1
//	e need org cost price_milli
//	o org capacity
//	b line budget_milli
//	g group max_unserved_units              the last group is that of the weak communities
//	m org cap_milli
func readPlan(l *lines) (*Problem, error) {
	r := &planReader{lines: l}
	for {
		ok, err := l.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return r.finish()
		}
		if err := r.line(); err != nil {
			return nil, err
		}
	}
}

type planReader struct {
	*lines
	p     *Problem
	edges int64
	order order
	seen  struct{ needs, orgs, lines, groups []bool }
}

func (r *planReader) line() error {
	kind := r.word()
	if string(kind) == "c" || kind[0] == 'c' && r.p == nil {
		return nil
	}
	if r.p == nil && string(kind) != "p" {
		return r.fault("want the line \"p plan needs orgs lines groups edges\" first")
	}
	var err error
	switch string(kind) {
	case "p":
		err = r.head()
	case "n":
		err = r.needLine()
	case "e":
		err = r.edgeLine()
	case "o":
		err = r.amount("organisation", r.p.Capacity, r.seen.orgs, "the capacity", MaxAmount)
	case "b":
		err = r.amount("budget line", r.p.Budget, r.seen.lines, "the budget", MaxAmount)
	case "g":
		err = r.amount("group", r.p.MaxUnserved, r.seen.groups, "the most unserved units", MaxAmount)
	case "m":
		err = r.moneyCap()
	default:
		return r.fault("a line starts with %q: want p, n, e, o, b, g, m or c", clip(kind))
	}
	if err != nil {
		return err
	}
	return r.done()
}

func (r *planReader) head() error {
	if r.p != nil {
		return r.fault("a second line p")
	}
	if w := r.word(); string(w) != "plan" {
		return r.fault("the format is %q: want plan", clip(w))
	}
	var n [5]int64
	for i, what := range []string{"the number of needs", "the number of organisations", "the number of budget lines", "the number of groups", "the number of edges"} {
		high := int64(MaxSize)
		if i == 4 {
			high = MaxEdges
		}
		var err error
		if n[i], err = r.number(what, 0, high); err != nil {
			return err
		}
	}
	r.edges = n[4]
	r.p = &Problem{
		Format: Plan, Units: make([]int32, n[0]), Penalty: make([]int64, n[0]), Line: make([]int32, n[0]), Group: make([]int32, n[0]),
		Weak: make([]bool, n[0]), First: make([]int32, n[0]+1), Capacity: make([]int64, n[1]), Budget: make([]int64, n[2]), MaxUnserved: make([]int64, n[3]),
		Org: []int32{}, Cost: []int32{}, Price: []int32{},
	}
	r.order.first = r.p.First
	r.seen.needs, r.seen.orgs = make([]bool, n[0]), make([]bool, n[1])
	r.seen.lines, r.seen.groups = make([]bool, n[2]), make([]bool, n[3])
	return nil
}

// id takes an id that may stand once.
func (r *planReader) id(what string, seen []bool) (int64, error) {
	id, err := r.reference(what, len(seen), 0)
	if err != nil {
		return 0, err
	}
	if seen[id] {
		return 0, r.fault("%s %d stands twice", what, id)
	}
	seen[id] = true
	return id, nil
}

// reference takes an id that must exist; low is -1 where there may be none.
func (r *planReader) reference(what string, count int, low int64) (int64, error) {
	id, err := r.number(what, low, MaxEdges)
	if err == nil && id >= int64(count) {
		err = r.fault("%s is %d, but line p announced %d, counted from 0", what, id, count)
	}
	return id, err
}

func (r *planReader) needLine() error {
	p := r.p
	id, err := r.id("need", r.seen.needs)
	if err != nil {
		return err
	}
	units, err := r.number("units", 1, MaxUnits)
	if err != nil {
		return err
	}
	penalty, err := r.number("the penalty", 0, MaxCost)
	if err != nil {
		return err
	}
	line, err := r.reference("the budget line", len(p.Budget), None)
	if err != nil {
		return err
	}
	group, err := r.reference("the group", len(p.MaxUnserved), None)
	if err != nil {
		return err
	}
	weak, err := r.number("weak", 0, 1)
	if err != nil {
		return err
	}
	if weak == 1 && len(p.MaxUnserved) == 0 {
		return r.fault("need %d is weak, but there is no group to count it in", id)
	}
	p.Units[id], p.Penalty[id], p.Line[id], p.Group[id], p.Weak[id] = int32(units), penalty, int32(line), int32(group), weak == 1
	return nil
}

func (r *planReader) edgeLine() error {
	p := r.p
	if int64(len(p.Org)) == r.edges {
		return r.fault("more edges than the %d that line p announced", r.edges)
	}
	need, err := r.reference("the need", len(p.Units), 0)
	if err != nil {
		return err
	}
	org, err := r.reference("the organisation", len(p.Capacity), 0)
	if err != nil {
		return err
	}
	cost, err := r.number("the cost", -MaxCost, MaxCost)
	if err != nil {
		return err
	}
	price, err := r.number("the price", 0, MaxCost)
	if err != nil {
		return err
	}
	p.Org = append(room(p.Org, r.edges), int32(org))
	p.Cost = append(room(p.Cost, r.edges), int32(cost))
	p.Price = append(room(p.Price, r.edges), int32(price))
	r.order.add(int32(need))
	return nil
}

// amount reads a line of an id and its amount.
func (r *planReader) amount(what string, into []int64, seen []bool, name string, high int64) error {
	id, err := r.id(what, seen)
	if err != nil {
		return err
	}
	into[id], err = r.number(name, 0, high)
	return err
}

func (r *planReader) moneyCap() error {
	p := r.p
	org, err := r.reference("organisation", len(p.Capacity), 0)
	if err != nil {
		return err
	}
	if p.MoneyCap == nil {
		p.MoneyCap = make([]int64, len(p.Capacity))
		for j := range p.MoneyCap {
			p.MoneyCap[j] = None
		}
	}
	if p.MoneyCap[org] != None {
		return r.fault("organisation %d has a money cap already", org)
	}
	p.MoneyCap[org], err = r.number("the money cap", 0, MaxAmount)
	return err
}

// finish looks for what is missing and arranges the edges by need.
func (r *planReader) finish() (*Problem, error) {
	if r.p == nil {
		return nil, r.whole("the file is empty: want the line \"p plan needs orgs lines groups edges\"")
	}
	if int64(len(r.p.Org)) != r.edges {
		return nil, r.whole("%d edges, but line p announced %d", len(r.p.Org), r.edges)
	}
	for _, s := range []struct {
		what string
		seen []bool
	}{{"need", r.seen.needs}, {"organisation", r.seen.orgs}, {"budget line", r.seen.lines}, {"group", r.seen.groups}} {
		for id, ok := range s.seen {
			if !ok {
				return nil, r.whole("%s %d is missing", s.what, id)
			}
		}
	}
	to := r.order.done()
	for _, values := range []*[]int32{&r.p.Org, &r.p.Cost, &r.p.Price} {
		move(values, to)
	}
	if i, j, found := twice(r.p); found {
		return nil, r.whole("need %d and organisation %d are joined by two edges", i, j)
	}
	return r.p, r.total(r.p)
}
