package rank

import "math"

// Suppliers ranks the k best owners for a need that the index need not hold; k above MaxTop
// counts as MaxTop.
func (ix *Index) Suppliers(n *Need, k int) ([]Scored, error) {
	return ix.AppendSuppliers(nil, n, k)
}

// AppendSuppliers is Suppliers into a caller's buffer: with room for k it allocates nothing.
func (ix *Index) AppendSuppliers(out []Scored, n *Need, k int) ([]Scored, error) {
	if err := n.check(); err != nil {
		return out, err
	}
	q := searches.Get().(*search)
	defer searches.Put(q)
	q.bind(ix)
	q.run(n, k)
	for _, l := range q.top.lines[:q.top.n] {
		s := &ix.suppliers[l.slot]
		out = append(out, Scored{ID: s.Owner, Via: s.ID, Score: l.score})
	}
	return out, nil
}

// search is a need on its way through the lists of suppliers. It is used again for the next.
type search struct {
	ix    *Index
	n     *Need
	facts needFacts
	top   top

	pool     []entry
	x, y     int64
	within   []int64
	price    *[priceSteps]int32
	capStep  int64 // above it a lower end is over the amount
	capSlop  int32
	track    uint8
	rest     int32 // the most that everything outside the key can add, nearness and price apart
	restAll  int32 // and with them
	buyer    int32
	certs    uint16    // asked for, as entries hold them
	next     [32]int32 // a power of two, so that writing needs no check
	circular bool      // the list at hand holds circles: each is measured exactly
}

func (q *search) bind(ix *Index) {
	if q.ix != ix {
		q.ix = ix
		q.top = top{name: func(slot int32) (string, string) { return ix.suppliers[slot].Owner, ix.suppliers[slot].ID }}
	}
}

// run fills the top with the k best for a need.
func (q *search) run(n *Need, k int) {
	ix := q.ix
	q.top.start(k, len(ix.owners))
	if n.Category < 0 || int(n.Category) >= len(ix.pools) || len(ix.pools[n.Category].all) == 0 {
		return
	}
	q.n, q.facts, q.pool = n, ix.factsOfNeed(n), ix.pools[n.Category].all
	q.prepare()
	if n.At.Known {
		q.circular = true
		q.circles()
	}
	q.circular = false
	for _, p := range n.Places {
		q.look(&ix.byPlace, placeKey(n.Category, p))
	}
	q.scan(ix.wide[n.Category])
}

// prepare works out what the glances are compared with.
func (q *search) prepare() {
	ix, n := q.ix, q.n
	b, w := &ix.bounds, &ix.weights
	q.track = n.Track
	q.price, q.capStep = &b.price, int64(priceStep(n.CapFen))
	if n.CapFen == 0 {
		q.price, q.capStep = &b.flat, math.MaxUint16
	}
	q.capSlop = int32(q.capStep) + priceSlop
	q.rest = q.facts.most(w)
	switch {
	case !n.At.Known:
		q.within, q.x, q.y = b.near, 0, 0
		q.rest += points(w.ReachUnknown, w.Reach)
	case !b.inBelt(n.At.Lat):
		q.within, q.x, q.y = b.far, 0, 0
	default:
		x, y := b.at(n.At.Lat, n.At.Lng)
		q.within, q.x, q.y = b.within(n.DetourPermille, true), int64(x), int64(y)
	}
	q.restAll = q.rest + w.Price
	if n.At.Known {
		q.restAll += w.Reach
	}
	q.certs = 0
	for _, code := range n.Required {
		q.certs |= 1 << (code & 15)
	}
	q.buyer = none
	if n.Buyer != "" {
		if number, ok := ix.owners[n.Buyer]; ok {
			q.buyer = number
		}
	}
}

// circles looks at every coarse cell the need may lie in.
func (q *search) circles() {
	n := q.n
	if n.At.UncertaintyM == 0 {
		q.look(&q.ix.byCell, cellKey(n.Category, cellOf(n.At.Lat, n.At.Lng, coarse)))
		return
	}
	from, to := squareAround(&n.At, n.At.UncertaintyM, coarse)
	for row := from.row; row <= to.row; row++ {
		for col := from.col; col <= to.col; col++ {
			q.look(&q.ix.byCell, cellKey(n.Category, cell{row, col}))
		}
	}
}

// look scans the list of a key; for most keys the sieve knows that there is none.
func (q *search) look(lists *lists, key uint64) {
	if lists.may(key) {
		q.scan(lists.of[key])
	}
}

// scan reads a list until nobody further down can reach the ranking. Most are passed over at a
// glance: another track, too dear, or too far away for what they would need of nearness. The
// glances of a stretch are judged without a branch, because a processor cannot guess them and a
// wrong guess costs more than the whole judgement.
func (q *search) scan(list []glance) {
	for len(list) > 0 {
		if q.top.floor-int32(list[0].key) > q.restAll {
			return
		}
		stretch := min(len(list), ahead)
		q.weighAll(q.glanceAt(list[:stretch]))
		list = list[stretch:]
	}
}

// ahead is how many glances are judged before those that remain are weighed: their waits for
// memory overlap, and the floor is only that much behind.
const ahead = 24

// glanceAt fills next with the entries worth weighing and tells how many they are.
func (q *search) glanceAt(list []glance) int {
	within, price, track := q.within, q.price, q.track
	worst := int32(len(within) - 1)
	floor, slop, dear := q.top.floor-q.rest, q.capSlop, q.capStep
	x, y := q.x, q.y
	waiting := 0
	for i := range list {
		g := &list[i]
		lack := floor - int32(g.key) - price[min(max(slop-int32(g.mid), 0), priceSteps-1)]
		dx, dy := int64(g.x)-x, int64(g.y)-y
		near := ^uint64(within[min(max(lack, 0), worst)]-(dx*dx+dy*dy)) >> 63
		cheap := ^uint64(dear-int64(g.low)) >> 63
		q.next[waiting&31] = g.ref
		waiting += int(near & cheap & uint64(g.tracks>>track&1))
	}
	return waiting
}

// weighAll scores those that wait and offers them to the ranking.
func (q *search) weighAll(waiting int) {
	touched := uint8(1)
	for _, ref := range q.next[:waiting] {
		touched |= q.pool[ref].tracks
	}
	if touched == 0 {
		return // never: but what was fetched must be seen to be used
	}
	for _, ref := range q.next[:waiting] {
		q.weigh(&q.pool[ref])
	}
}

// weigh scores one supplier and offers it to the ranking.
func (q *search) weigh(e *entry) {
	var all []Capacity
	if e.flags&manifold != 0 {
		all = q.ix.suppliers[e.slot].Capacities
	}
	var groups uint32
	if q.ix.weights.Audience > 0 {
		groups = q.ix.suppliers[e.slot].Groups
	}
	score, ok := q.ix.weights.evaluate(e, offered{all, groups}, &q.facts)
	if !ok || score < q.top.floor || q.refuses(e) {
		return
	}
	q.top.offer(line{score: score, slot: e.slot, group: e.owner})
}

// refuses answers the gates outside the score: the exact circle, certificates and conflicts. The
// supplier itself is looked at only where the entry cannot tell.
func (q *search) refuses(e *entry) bool {
	if e.certs&q.certs != q.certs || (e.flags&selfish != 0 && e.owner == q.buyer) {
		return true
	}
	unclear := q.certs != 0 || len(q.n.Excluded) > 0 || (e.flags&enemies != 0 && q.n.Buyer != "")
	if q.circular {
		if unclear = unclear || e.flags&ringed == 0; !unclear {
			return int64(metresAt(e.lat, e.lng, q.facts.lat, q.facts.lng))-int64(q.n.At.UncertaintyM) > int64(e.radiusM)
		}
	}
	return unclear && !admits(q.n, &q.ix.suppliers[e.slot])
}

// offered is what of a supplier does not fit an entry and is seldom needed.
type offered struct {
	all    []Capacity
	groups uint32
}

// evaluate scores an entry for a need from numbers alone; ok false when a gate refuses the
// pairing.
func (w *Weights) evaluate(e *entry, o offered, n *needFacts) (int32, bool) {
	free, total := e.capacity(o.all, n.period)
	if e.tracks&(1<<n.track) == 0 || tooDear(n.capFen, e.lowFen()) || free <= 0 || free < n.units {
		return 0, false
	}
	score := e.base() + points(slackValue(free, total, n.units), w.Slack) + n.equity
	switch {
	case n.day <= e.gradeUntil && int32(e.level) >= n.minGrade:
		score += e.grade()
	case n.minGrade > 0:
		return 0, false
	}
	if w.Audience > 0 {
		score += points(audienceValue(n.groups, o.groups), w.Audience)
	}
	score += points(priceValue(w, n.capFen, e.midFen(), e.flags&unpriced != 0), w.Price)
	if !n.located || e.flags&located == 0 {
		return score + points(w.ReachUnknown, w.Reach), true
	}
	return score + points(reachValue(metresAt(e.lat, e.lng, n.lat, n.lng), n.detour), w.Reach), true
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
