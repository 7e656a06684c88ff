package rank

import "slices"

// Scored is one line of a ranking: an owner (or a need) and the service through which it
// scores best.
type Scored struct {
	ID    string
	Via   string
	Score int32
	slot  int32 // of the service (or need) in the index
	group int32 // of those that count as one line
}

// before is the order of a ranking: higher score, then smaller id, then smaller service.
func (a *Scored) before(b *Scored) bool {
	if a.Score != b.Score {
		return a.Score > b.Score
	}
	if a.ID != b.ID {
		return a.ID < b.ID
	}
	return a.Via < b.Via
}

// top keeps the best k groups seen so far, best first.
type top struct {
	k     int
	lines []Scored
	room  [MaxTop]Scored
}

func newTop(k int) *top {
	t := &top{k: min(max(k, 0), MaxTop)}
	t.lines = t.room[:0]
	return t
}

// floor is the score an outsider must reach to matter; below zero while there is room.
func (t *top) floor() int32 {
	if len(t.lines) < t.k {
		return -1
	}
	if t.k == 0 {
		return Whole + 1
	}
	return t.lines[t.k-1].Score
}

// offer takes a line in if it is among the best k, in place of a worse one of its group.
func (t *top) offer(s Scored) {
	at := len(t.lines)
	for i := range t.lines {
		if t.lines[i].group == s.group {
			if !s.before(&t.lines[i]) {
				return
			}
			at = i
			break
		}
	}
	if at == len(t.lines) {
		if at == t.k {
			if at--; at < 0 || !s.before(&t.lines[at]) {
				return
			}
		} else {
			t.lines = t.lines[:at+1]
		}
	}
	for ; at > 0 && s.before(&t.lines[at-1]); at-- {
		t.lines[at] = t.lines[at-1]
	}
	t.lines[at] = s
}

func (t *top) result() []Scored { return slices.Clone(t.lines) }

// Suppliers ranks the k best owners for a need that the index need not hold; k above MaxTop
// counts as MaxTop.
func (ix *Index) Suppliers(n *Need, k int) ([]Scored, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	q := search{ix: ix, n: n, facts: factsOfNeed(n), t: newTop(k)}
	for _, p := range n.Places {
		q.scan(ix.byPlace[placeKey{n.Category, p}], Whole)
	}
	if n.At.Known {
		q.circles()
	}
	q.cityWide()
	return q.t.result(), nil
}

// search is a need on its way through the lists of suppliers.
type search struct {
	ix    *Index
	n     *Need
	facts needFacts
	t     *top
}

// circles looks at every coarse cell the need may lie in.
func (q *search) circles() {
	n := q.n
	if n.At.UncertaintyM == 0 {
		q.scan(q.ix.byCell[cellKey{n.Category, cellOf(n.At.Lat, n.At.Lng, coarse)}], Whole)
		return
	}
	from, to := squareAround(&n.At, n.At.UncertaintyM, coarse)
	for row := from.row; row <= to.row; row++ {
		for col := from.col; col <= to.col; col++ {
			q.scan(q.ix.byCell[cellKey{n.Category, cell{row, col}}], Whole)
		}
	}
}

// cityWide looks at suppliers of the whole city, those at home near the need first: whoever
// is far away must make up for it elsewhere, and few can.
func (q *search) cityWide() {
	if q.n.Category < 0 || int(q.n.Category) >= len(q.ix.wide) {
		return
	}
	regions := q.ix.wide[q.n.Category]
	own := cellOf(q.n.At.Lat, q.n.At.Lng, broad)
	for i := range regions {
		if q.n.At.Known && regions[i].home == own {
			q.scan(regions[i].list, Whole)
		}
	}
	for i := range regions {
		if !q.n.At.Known || regions[i].home != own {
			q.scan(regions[i].list, q.reachOf(regions[i].home))
		}
	}
}

// reachOf bounds the value of nearness for suppliers at home in a broad cell.
func (q *search) reachOf(home cell) int32 {
	if !q.n.At.Known || home == nowhere {
		return q.ix.weights.ReachUnknown
	}
	return reachValue(cellDistance(q.n.At.Lat, q.n.At.Lng, home, broad), q.n.DetourPermille)
}

// scan reads a list until nobody further down can reach the ranking; reach bounds what
// nearness can be worth to anybody in it.
func (q *search) scan(list []entry, reach int32) {
	ix := q.ix
	rest := points(reach, ix.weights.Reach) + ix.weights.Price
	floor := q.t.floor()
	for i := range list {
		e := &list[i]
		if e.key+rest < floor {
			return
		}
		f := &ix.facts[e.slot]
		score, ok := ix.weights.evaluate(e, f, &q.facts, floor)
		if ok && score >= floor && admits(q.n, &ix.suppliers[e.slot]) {
			s := &ix.suppliers[e.slot]
			q.t.offer(Scored{ID: s.Owner, Via: s.ID, Score: score, slot: e.slot, group: f.owner})
			floor = q.t.floor()
		}
	}
}

// evaluate scores an entry for a need from numbers alone; ok false when a gate refuses the
// pairing or when it could not reach the floor even next door.
func (w *Weights) evaluate(e *entry, f *supplierFacts, n *needFacts, floor int32) (int32, bool) {
	if f.tracks&(1<<n.track) == 0 || tooDear(n.capFen, e.low) {
		return 0, false
	}
	c, known := f.standing, f.hasStanding
	if f.periods != nil {
		c, known = capacityIn(f.periods, n.period)
	}
	if !known || c.Free <= 0 || c.Free < n.units {
		return 0, false
	}
	score := e.base + points(slackValue(c, n.units), w.Slack)
	switch {
	case n.day <= f.gradeUntil && f.grade >= n.minGrade:
		score += f.gradePoints
	case n.minGrade > 0:
		return 0, false
	}
	if score+w.Reach+w.Price < floor {
		return 0, false
	}
	if score += points(priceValue(w, n.capFen, e.mid, e.unpriced), w.Price); score+w.Reach < floor {
		return 0, false
	}
	if !n.located || !f.located {
		return score + points(w.ReachUnknown, w.Reach), true
	}
	return score + points(reachValue(metresAt(f.lat, f.lng, n.lat, n.lng), n.detour), w.Reach), true
}

// admits answers the gates that need more than the numbers of a list: the exact circle,
// certificates and conflicts. It runs only for those who would enter the ranking.
func admits(n *Need, s *Supplier) bool {
	for _, code := range n.Required {
		if !certified(s, code, n.Day) {
			return false
		}
	}
	return covered(s.Areas, n) && !conflicted(n, s)
}
