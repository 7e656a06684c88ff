package rank

import (
	"fmt"
	"slices"
)

// field holds the needs of one category, in no particular order: all of them, and by place
// for suppliers bound to divisions.
type field struct {
	all     []int32
	places  map[int32][]int32
	unknown []int32 // needs without a position
	doubtM  int32   // the largest uncertainty of a position so far
}

// square holds the needs of one fine cell by category, for suppliers that search outward
// from home.
type square struct {
	byCategory [][]int32
}

// needFacts are the numbers of a need that a search reads, side by side in memory.
type needFacts struct {
	lat, lng int32
	units    int32
	period   int32
	day      int32
	minGrade int32
	detour   int32
	at       int32 // place in field.all
	capFen   int64
	groups   uint32
	equity   int32 // points, the same for every supplier
	track    uint8
	located  bool
}

// most is what the terms outside key, nearness and price can add to anybody's score.
func (n *needFacts) most(w *Weights) int32 { return w.Audience + n.equity }

// ringLimit is how many rings of fine cells are worth walking before a plain look at the
// whole category is cheaper: beyond about 13 km the rings are mostly empty.
const ringLimit = 12

// UpsertNeed adds a need or replaces the one with its id.
func (ix *Index) UpsertNeed(n Need) error {
	if err := n.check(); err != nil {
		return err
	}
	if n.Category < 0 || int(n.Category) >= len(ix.fields) {
		return fmt.Errorf("rank: need %s: no category %d", n.ID, n.Category)
	}
	ix.RemoveNeed(n.ID)
	slot := takeSlot(&ix.spareNeed, len(ix.needs))
	if int(slot) == len(ix.needs) {
		ix.needs = append(ix.needs, Need{})
		ix.wants = append(ix.wants, needFacts{})
	}
	f := &ix.fields[n.Category]
	ix.needs[slot], ix.needAt[n.ID] = n, slot
	ix.wants[slot] = ix.factsOfNeed(&n)
	ix.bounds.learn(n.DetourPermille)
	ix.wants[slot].at = int32(len(f.all))
	ix.minDetour = min(ix.minDetour, n.DetourPermille)
	f.add(slot, &n)
	if n.At.Known {
		sq := ix.squareAt(cellOf(n.At.Lat, n.At.Lng, fine))
		sq.byCategory[n.Category] = append(sq.byCategory[n.Category], slot)
	}
	return nil
}

func (ix *Index) squareAt(c cell) *square {
	sq := ix.squares[c]
	if sq == nil {
		sq = &square{byCategory: make([][]int32, len(ix.fields))}
		ix.squares[c] = sq
	}
	return sq
}

func (ix *Index) factsOfNeed(n *Need) needFacts {
	return needFacts{
		lat: n.At.Lat, lng: n.At.Lng, located: n.At.Known, units: n.Units, period: n.Period, day: n.Day,
		minGrade: n.MinGrade, detour: n.DetourPermille, capFen: n.CapFen, track: n.Track,
		groups: n.Groups, equity: points(n.Weakness, ix.weights.Equity),
	}
}

func (f *field) add(slot int32, n *Need) {
	if f.places == nil {
		f.places = map[int32][]int32{}
	}
	f.all = append(f.all, slot)
	for _, p := range n.Places {
		f.places[p] = append(f.places[p], slot)
	}
	if !n.At.Known {
		f.unknown = append(f.unknown, slot)
		return
	}
	f.doubtM = max(f.doubtM, n.At.UncertaintyM)
}

// RemoveNeed takes a need out; an unknown id changes nothing.
func (ix *Index) RemoveNeed(id string) {
	slot, ok := ix.needAt[id]
	if !ok {
		return
	}
	n := &ix.needs[slot]
	f := &ix.fields[n.Category]
	at, last := ix.wants[slot].at, f.all[len(f.all)-1]
	f.all[at] = last
	ix.wants[last].at = at
	f.all = f.all[:len(f.all)-1]
	for _, p := range n.Places {
		drop(f.places, p, slot)
	}
	if n.At.Known {
		sq := ix.squareAt(cellOf(n.At.Lat, n.At.Lng, fine))
		sq.byCategory[n.Category] = without(sq.byCategory[n.Category], slot)
	} else {
		f.unknown = without(f.unknown, slot)
	}
	delete(ix.needAt, id)
	ix.needs[slot], ix.wants[slot] = Need{}, needFacts{}
	ix.spareNeed = append(ix.spareNeed, slot)
}

func drop(lists map[int32][]int32, k, slot int32) {
	if list := without(lists[k], slot); len(list) == 0 {
		delete(lists, k)
	} else {
		lists[k] = list
	}
}

func without(list []int32, slot int32) []int32 {
	if at := slices.Index(list, slot); at >= 0 {
		list[at] = list[len(list)-1]
		return list[:len(list)-1]
	}
	return list
}

// seeker is a supplier on its way through the needs.
type seeker struct {
	ix     *Index
	s      *Supplier
	home   *Point
	offers []seekerOffer
	t      *best
}

type seekerOffer struct {
	entry
	key      int32
	category int32
}

// Needs ranks the k best needs for the services of one owner, which the index need not hold;
// each need is named once, with the service that suits it best. k above MaxTop counts as MaxTop.
func (ix *Index) Needs(services []Supplier, k int) ([]Scored, error) {
	t := best{k: min(max(k, 0), MaxTop)}
	for i := range services {
		s := &services[i]
		if err := s.check(); err != nil {
			return nil, err
		}
		if s.Lists != 0 || k <= 0 {
			continue
		}
		q := seeker{ix: ix, s: s, home: &s.Home, t: &t}
		for _, c := range ix.servable(s) {
			e, key := ix.entryFor(s, c)
			q.offers = append(q.offers, seekerOffer{entry: e, key: key, category: c})
		}
		if len(q.offers) == 0 {
			continue
		}
		slices.SortStableFunc(q.offers, func(a, b seekerOffer) int { return int(b.key - a.key) })
		q.search()
	}
	return t.lines, nil
}

// best keeps the k best needs for the services of an owner.
type best struct {
	k     int
	lines []Scored
	slots []int32
}

// floor is the score an outsider must reach to matter; below zero while there is room.
func (t *best) floor() int32 {
	if len(t.lines) < t.k {
		return -1
	}
	return t.lines[t.k-1].Score
}

// offer takes a need in if it is among the best k, in place of a worse line of its own.
func (t *best) offer(slot int32, s Scored) {
	at := slices.Index(t.slots, slot)
	switch {
	case at >= 0:
		if !s.before(&t.lines[at]) {
			return
		}
	case len(t.lines) < t.k:
		at = len(t.lines)
		t.lines, t.slots = append(t.lines, s), append(t.slots, slot)
	default:
		if at = t.k - 1; !s.before(&t.lines[at]) {
			return
		}
	}
	for ; at > 0 && s.before(&t.lines[at-1]); at-- {
		t.lines[at], t.slots[at] = t.lines[at-1], t.slots[at-1]
	}
	t.lines[at], t.slots[at] = s, slot
}

func (q *seeker) search() {
	outward := false
	for i := range q.s.Areas {
		a := &q.s.Areas[i]
		if a.Kind != Division {
			outward = true
			continue
		}
		for j := range q.offers {
			o := &q.offers[j]
			q.look(o, q.ix.fields[o.category].places[a.Place], Whole)
		}
	}
	if !outward {
		return
	}
	if !q.home.Known {
		q.sweep(0)
		return
	}
	for j := range q.offers {
		o := &q.offers[j]
		q.look(o, q.ix.fields[o.category].unknown, q.ix.weights.ReachUnknown)
	}
	q.rings()
}

// rings walks outward from home, all categories together, until nothing farther away can
// reach the ranking or the supplier's circles end.
func (q *seeker) rings() {
	home := cellOf(q.home.Lat, q.home.Lng, fine)
	last := q.lastRing(home)
	for r := int32(0); r <= min(last, ringLimit); r++ {
		nearest := reachValue(ringDistance(q.home.Lat, q.home.Lng, home, r), q.ix.minDetour)
		if !q.hopeful(&q.offers[0], nearest) {
			return
		}
		q.ring(home, r, nearest)
	}
	if last > ringLimit {
		q.sweep(ringLimit + 1)
	}
}

// lastRing is the outermost ring that the supplier's circles touch, a need's uncertainty
// included; beyond every limit for one that serves the whole city.
func (q *seeker) lastRing(home cell) int32 {
	last := int32(0)
	for i := range q.s.Areas {
		a := &q.s.Areas[i]
		if a.Kind == Everywhere {
			return ringLimit + 1
		}
		if a.Kind != Radius {
			continue
		}
		for j := range q.offers {
			dlat, dlng := spread(a.Centre.Lat, a.RadiusM+a.Centre.UncertaintyM+q.ix.fields[q.offers[j].category].doubtM+2)
			from := cellOf(a.Centre.Lat-dlat, a.Centre.Lng-dlng, fine)
			to := cellOf(a.Centre.Lat+dlat, a.Centre.Lng+dlng, fine)
			last = max(last, home.row-from.row, to.row-home.row, home.col-from.col, to.col-home.col)
		}
	}
	return last
}

// ringDistance is a lower bound of the distance from a point to the cells of ring r.
func ringDistance(lat, lng int32, home cell, r int32) int32 {
	if r == 0 {
		return 0
	}
	inner := r - 1
	south, north := lat-(home.row-inner)*fine, (home.row+inner+1)*fine-lat
	west, east := lng-(home.col-inner)*fine, (home.col+inner+1)*fine-lng
	return min(boundMetres(lat, min(south, north), 0), boundMetres(lat, (r+1)*fine, min(west, east)))
}

func (q *seeker) hopeful(o *seekerOffer, reach int32) bool {
	w := &q.ix.weights
	return o.key+w.Price+w.Audience+w.Equity+points(reach, w.Reach) >= q.t.floor()
}

func (q *seeker) ring(home cell, r, reach int32) {
	if r == 0 {
		q.square(home, reach)
		return
	}
	for d := -r; d <= r; d++ {
		q.square(cell{home.row - r, home.col + d}, reach)
		q.square(cell{home.row + r, home.col + d}, reach)
	}
	for d := -r + 1; d < r; d++ {
		q.square(cell{home.row + d, home.col - r}, reach)
		q.square(cell{home.row + d, home.col + r}, reach)
	}
}

func (q *seeker) square(c cell, reach int32) {
	sq := q.ix.squares[c]
	if sq == nil {
		return
	}
	for j := range q.offers {
		o := &q.offers[j]
		if !q.hopeful(o, reach) {
			return // offers are sorted: the rest is worse
		}
		q.look(o, sq.byCategory[o.category], reach)
	}
}

// sweep looks at every need of the categories that can still matter from ring r on.
func (q *seeker) sweep(r int32) {
	reach := int32(Whole)
	if r > 0 {
		home := cellOf(q.home.Lat, q.home.Lng, fine)
		reach = reachValue(ringDistance(q.home.Lat, q.home.Lng, home, r), q.ix.minDetour)
	}
	for j := range q.offers {
		if o := &q.offers[j]; q.hopeful(o, reach) {
			q.look(o, q.ix.fields[o.category].all, reach)
		}
	}
}

// look offers every need of a list that passes the gates.
func (q *seeker) look(o *seekerOffer, list []int32, reach int32) {
	if len(list) == 0 || !q.hopeful(o, reach) {
		return
	}
	for _, slot := range list {
		floor := q.t.floor()
		score, ok := q.ix.weights.evaluate(&o.entry, offered{q.s.Capacities, q.s.Groups}, &q.ix.wants[slot])
		if ok && score >= floor && admits(&q.ix.needs[slot], q.s) {
			q.t.offer(slot, Scored{ID: q.ix.needs[slot].ID, Via: q.s.ID, Score: score})
		}
	}
}
