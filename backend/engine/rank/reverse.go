package rank

import (
	"fmt"
	"slices"
)

// field holds the needs of one category: by place for suppliers bound to divisions, by fine
// cell for those who search outward from home.
type field struct {
	all     []int32 // in no particular order
	places  map[int32][]int32
	cells   map[cell][]int32
	unknown []int32 // needs without a position
	doubtM  int32   // the largest uncertainty of a position so far
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
	track    uint8
	located  bool
}

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
	ix.wants[slot] = factsOfNeed(&n)
	ix.wants[slot].at = int32(len(f.all))
	ix.minDetour = min(ix.minDetour, n.DetourPermille)
	f.add(slot, &n)
	return nil
}

func factsOfNeed(n *Need) needFacts {
	return needFacts{
		lat: n.At.Lat, lng: n.At.Lng, located: n.At.Known, units: n.Units, period: n.Period, day: n.Day,
		minGrade: n.MinGrade, detour: n.DetourPermille, capFen: n.CapFen, track: n.Track,
	}
}

func (f *field) add(slot int32, n *Need) {
	if f.places == nil {
		f.places, f.cells = map[int32][]int32{}, map[cell][]int32{}
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
	c := cellOf(n.At.Lat, n.At.Lng, fine)
	f.cells[c] = append(f.cells[c], slot)
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
		drop(f.cells, cellOf(n.At.Lat, n.At.Lng, fine), slot)
	} else {
		f.unknown = without(f.unknown, slot)
	}
	delete(ix.needAt, id)
	ix.needs[slot], ix.wants[slot] = Need{}, needFacts{}
	ix.spareNeed = append(ix.spareNeed, slot)
}

func drop[K comparable](lists map[K][]int32, k K, slot int32) {
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
	facts  supplierFacts
	offers []seekerOffer
	t      *top
}

type seekerOffer struct {
	entry
	category int32
}

// Needs ranks the k best needs for a supplier that the index need not hold; k above MaxTop
// counts as MaxTop.
func (ix *Index) Needs(s *Supplier, k int) ([]Scored, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	q := seeker{ix: ix, s: s, facts: ix.factsOf(s), t: newTop(k)}
	if s.Lists != 0 || k <= 0 {
		return nil, nil
	}
	for _, c := range ix.servable(s) {
		q.offers = append(q.offers, seekerOffer{entry: ix.entryFor(-1, s, c), category: c})
	}
	slices.SortStableFunc(q.offers, func(a, b seekerOffer) int { return int(b.key) - int(a.key) })
	q.search()
	return q.t.result(), nil
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
	if !q.facts.located {
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
	home := cellOf(q.facts.lat, q.facts.lng, fine)
	last := q.lastRing(home)
	for r := int32(0); r <= min(last, ringLimit); r++ {
		nearest := reachValue(ringDistance(q.facts.lat, q.facts.lng, home, r), q.ix.minDetour)
		alive := false
		for j := range q.offers {
			o := &q.offers[j]
			if !q.hopeful(o, nearest) {
				continue
			}
			alive = true
			q.ring(o, home, r, nearest)
		}
		if !alive {
			return
		}
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
	dlat, dlng := min(south, north), min(west, east)
	far := lat
	if far < 0 {
		far = -far
	}
	// Longitude is shortest towards the pole: take the cosine beyond the last row of the ring.
	cos := int64(cosine(min(far+(r+2)*fine, 89_000_000)))
	ns, ew := int64(dlat)*microMetres/1_000_000, int64(dlng)*cos>>16*microMetres/1_000_000
	return max(0, int32(min(ns, ew))-2)
}

func (q *seeker) hopeful(o *seekerOffer, reach int32) bool {
	w := &q.ix.weights
	return o.key+w.Price+points(reach, w.Reach) >= q.t.floor()
}

func (q *seeker) ring(o *seekerOffer, home cell, r, reach int32) {
	cells := q.ix.fields[o.category].cells
	if len(cells) == 0 {
		return
	}
	if r == 0 {
		q.look(o, cells[home], reach)
		return
	}
	for d := -r; d <= r; d++ {
		q.look(o, cells[cell{home.row - r, home.col + d}], reach)
		q.look(o, cells[cell{home.row + r, home.col + d}], reach)
	}
	for d := -r + 1; d < r; d++ {
		q.look(o, cells[cell{home.row + d, home.col - r}], reach)
		q.look(o, cells[cell{home.row + d, home.col + r}], reach)
	}
}

// sweep looks at every need of the categories that can still matter from ring r on.
func (q *seeker) sweep(r int32) {
	reach := int32(Whole)
	if r > 0 {
		home := cellOf(q.facts.lat, q.facts.lng, fine)
		reach = reachValue(ringDistance(q.facts.lat, q.facts.lng, home, r), q.ix.minDetour)
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
		score, ok := q.ix.weights.evaluate(&o.entry, &q.facts, &q.ix.wants[slot], floor)
		if ok && score >= floor && admits(&q.ix.needs[slot], q.s) {
			q.t.offer(q.ix.needs[slot].ID, score, slot)
		}
	}
}
