package instance

// order arranges edges by need as they are read. Files that list them by need, as they are
// usually written, cost nothing; only for others the need of every edge is kept.
type order struct {
	first []int32 // by need, one further: how many edges; after done, where they begin
	need  []int32 // by edge, kept since the first edge that came out of order
	last  int32
	edges int32
}

// add counts an edge of need i.
func (o *order) add(i int32) {
	if o.need == nil && i < o.last {
		o.need = make([]int32, 0, 2*o.edges)
		for of, n := range o.first[1:] {
			for range n {
				o.need = append(o.need, int32(of))
			}
		}
	}
	if o.need != nil {
		o.need = append(o.need, i)
	}
	o.last = max(o.last, i)
	o.first[i+1]++
	o.edges++
}

// done tells where each edge goes; nil when all stay where they are.
func (o *order) done() (to []int32) {
	for i := 1; i < len(o.first); i++ {
		o.first[i] += o.first[i-1]
	}
	if o.need == nil {
		return nil
	}
	at := make([]int32, len(o.first))
	copy(at, o.first)
	to = o.need
	for e, i := range o.need {
		to[e] = at[i]
		at[i]++
	}
	o.need = nil
	return to
}

// move puts the values of edges where order.done tells.
func move(values *[]int32, to []int32) {
	if to == nil || *values == nil {
		return
	}
	moved := make([]int32, len(to))
	for e, v := range *values {
		moved[to[e]] = v
	}
	*values = moved
}

// room makes place for one more value. The announced number of values is only believed, and
// reserved at once, when a good part of them has come: a line of twenty bytes shall not take a
// gigabyte.
func room(s []int32, announced int64) []int32 {
	if len(s) < cap(s) {
		return s
	}
	grown := make([]int32, len(s), min(announced, max(1<<12, 16*int64(len(s)))))
	copy(grown, s)
	return grown
}

// twice finds two edges between the same need and organisation: a plan names the organisation,
// so which of the two was meant could not be told.
func twice(p *Problem) (need, org int, found bool) {
	last := make([]int32, len(p.Capacity))
	for i := range p.Units {
		for e := p.First[i]; e < p.First[i+1]; e++ {
			if last[p.Org[e]] == int32(i)+1 {
				return i, int(p.Org[e]), true
			}
			last[p.Org[e]] = int32(i) + 1
		}
	}
	return 0, 0, false
}

// total refuses values whose sum could pass what is computed with.
func (l *lines) total(p *Problem) error {
	var sum int64
	for i := range p.Units {
		var most int64
		if p.Penalty != nil {
			most = max(0, p.Penalty[i])
		}
		for e := p.First[i]; e < p.First[i+1]; e++ {
			most = max(most, int64(p.Cost[e]), -int64(p.Cost[e]))
			if p.Price != nil {
				most = max(most, int64(p.Price[e]))
			}
		}
		if sum += int64(p.Units[i]) * most; sum > MaxTotal {
			return l.whole("units × the largest cost, penalty or price of each need sum to more than %d", int64(MaxTotal))
		}
	}
	return nil
}
