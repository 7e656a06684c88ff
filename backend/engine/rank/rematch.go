package rank

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// Lists are the k best suppliers of every need of an index, kept up to date without computing
// all of them again. Reads may run beside each other; Renew needs the Lists to itself, and the
// Index unchanged meanwhile.
type Lists struct {
	ix    *Index
	k     int
	lines []match // k for each slot of a need
	count []uint8

	// What was true when the lines were written, because a slot may belong to another service
	// by now: the owner of each service, and the categories of each owner, a bit each, by their
	// numbers modulo 64.
	ownerOf []int32
	serves  []uint64
}

type match struct{ slot, score int32 }

// batch is how many needs a thread takes at a time.
const batch = 256

// RematchAll ranks the k best suppliers for every need, on so many threads. The answer does not
// depend on their number.
func (ix *Index) RematchAll(k, threads int) *Lists {
	l := &Lists{ix: ix, k: min(max(k, 0), MaxTop)}
	l.grow()
	needs := ix.needSlots()
	l.each(needs, threads, func(q *search, slot int32) { l.rank(q, slot) })
	l.remember()
	return l
}

// needSlots lists the needs so that neighbours in one category follow each other: what one
// search fetched from memory serves the next.
func (ix *Index) needSlots() []int32 {
	out := make([]int32, 0, len(ix.needAt))
	for _, slot := range ix.needAt {
		out = append(out, slot)
	}
	slices.SortFunc(out, func(a, b int32) int {
		m, n := &ix.needs[a], &ix.needs[b]
		x, y := cellOf(m.At.Lat, m.At.Lng, coarse), cellOf(n.At.Lat, n.At.Lng, coarse)
		return cmp.Or(cmp.Compare(m.Category, n.Category), compareCells(x, y), cmp.Compare(a, b))
	})
	return out
}

// each runs a step for all slots, a batch at a time on so many threads.
func (l *Lists) each(slots []int32, threads int, step func(q *search, slot int32)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(max(threads, 1), len(slots)/batch+1) {
		group.Go(func() {
			q := new(search)
			q.bind(l.ix)
			for {
				from := int(next.Add(batch)) - batch
				if from >= len(slots) {
					return
				}
				for _, slot := range slots[from:min(from+batch, len(slots))] {
					step(q, slot)
				}
			}
		})
	}
	group.Wait()
}

func (l *Lists) rank(q *search, slot int32) {
	q.run(&l.ix.needs[slot], l.k)
	l.write(slot, &q.top)
}

func (l *Lists) write(slot int32, t *top) {
	out := l.lines[int(slot)*l.k:]
	for i, line := range t.lines[:t.n] {
		out[i] = match{line.slot, line.score}
	}
	l.count[slot] = uint8(t.n)
}

func (l *Lists) grow() {
	if more := len(l.ix.needs) - len(l.count); more > 0 {
		l.count = append(l.count, make([]uint8, more)...)
		l.lines = append(l.lines, make([]match, more*l.k)...)
	}
}

// remember notes who owns and serves what now.
func (l *Lists) remember() {
	ix := l.ix
	l.ownerOf = slices.Grow(l.ownerOf[:0], len(ix.suppliers))[:len(ix.suppliers)]
	l.serves = slices.Grow(l.serves[:0], len(ix.owners))[:len(ix.owners)]
	clear(l.serves)
	for slot := range l.ownerOf {
		l.ownerOf[slot] = none
	}
	for c := range ix.pools {
		for i := range ix.pools[c].all {
			if e := &ix.pools[c].all[i]; e.tracks != 0 || e.flags != 0 {
				l.ownerOf[e.slot] = e.owner
				l.serves[e.owner] |= 1 << (c & 63)
			}
		}
	}
}

// Of appends the ranking of a need to a caller's buffer; ok false for one that the lists do not
// hold.
func (l *Lists) Of(out []Scored, need string) (lines []Scored, ok bool) {
	slot, ok := l.ix.needAt[need]
	if !ok || int(slot) >= len(l.count) {
		return out, false
	}
	for _, m := range l.lines[int(slot)*l.k:][:l.count[slot]] {
		s := &l.ix.suppliers[m.slot]
		out = append(out, Scored{ID: s.Owner, Via: s.ID, Score: m.score})
	}
	return out, true
}

// Renew brings the lists up to date after the index has changed: the services of the owners
// named, and the needs named, are what they are now, and nothing else differs. Only rankings in
// which a changed owner stood, or could stand now, are looked at.
func (l *Lists) Renew(owners, needs []string, threads int) {
	l.grow()
	r := renewal{l: l, stale: make([]bool, len(l.ix.owners)), asked: make([]bool, len(l.ix.needs))}
	var again []int32
	for _, id := range needs {
		if slot, ok := l.ix.needAt[id]; ok && !r.asked[slot] {
			r.asked[slot] = true
			again = append(again, slot)
		}
	}
	l.each(again, threads, func(q *search, slot int32) { l.rank(q, slot) })
	categories := r.gather(owners)
	var slots []int32
	for c := range l.ix.fields {
		if categories>>(c&63)&1 == 0 {
			continue
		}
		for _, slot := range l.ix.fields[c].all {
			if !r.asked[slot] {
				slots = append(slots, slot)
			}
		}
	}
	if len(slots) > 0 {
		l.each(slots, threads, r.renew)
	}
	if len(owners) > 0 {
		l.remember()
	}
}

// renewal is what a change of owners means for the other needs.
type renewal struct {
	l     *Lists
	stale []bool // by number of the owner
	asked []bool // needs that were ranked anew
	fresh [][]int32
}

// gather finds the entries that the changed owners have now, by category, and tells which
// categories they serve or served.
func (r *renewal) gather(owners []string) (categories uint64) {
	ix := r.l.ix
	for _, owner := range owners {
		if number, ok := ix.owners[owner]; ok {
			r.stale[number] = true
			if int(number) < len(r.l.serves) {
				categories |= r.l.serves[number]
			}
		}
	}
	r.fresh = make([][]int32, len(ix.pools))
	for c := range ix.pools {
		for ref := range ix.pools[c].all {
			if e := &ix.pools[c].all[ref]; (e.tracks != 0 || e.flags != 0) && r.stale[e.owner] {
				r.fresh[c] = append(r.fresh[c], int32(ref))
				categories |= 1 << (c & 63)
			}
		}
	}
	return categories
}

// renew puts one need's ranking right. The lines of owners that did not change are taken over,
// those of the others weighed again; when the ranking was full and one of them fell below what
// it held, somebody it does not know may follow, and it is searched anew.
func (r *renewal) renew(q *search, slot int32) {
	l, ix := r.l, r.l.ix
	n := &ix.needs[slot]
	old := l.lines[int(slot)*l.k:][:l.count[slot]]
	stood := r.stood(old)
	fresh := r.fresh[n.Category]
	if !stood && len(fresh) == 0 {
		return
	}
	last, full := match{}, len(old) == l.k
	if full && l.k > 0 {
		last = old[l.k-1]
	}
	q.take(n, l.k, l.keep(old, r.stale))
	for _, ref := range fresh {
		if e := &q.pool[ref]; covered(ix.suppliers[e.slot].Areas, n) {
			q.weigh(e)
		}
	}
	if stood && full && (q.top.n < l.k || r.below(q, last)) {
		l.rank(q, slot)
		return
	}
	l.write(slot, &q.top)
}

// stood tells whether a changed owner stands in a ranking.
func (r *renewal) stood(lines []match) bool {
	for i := range lines {
		if number := r.l.ownerOf[lines[i].slot]; number < 0 || r.stale[number] {
			return true
		}
	}
	return false
}

// keep gives the lines of the owners that did not change.
func (l *Lists) keep(old []match, stale []bool) []line {
	out := make([]line, 0, MaxTop)
	for _, m := range old {
		if number := l.ownerOf[m.slot]; number >= 0 && !stale[number] {
			out = append(out, line{score: m.score, slot: m.slot, group: number})
		}
	}
	return out
}

// below tells whether the renewed ranking ends below where the old one ended: then one whom the
// old ranking had no room for may belong in between.
func (r *renewal) below(q *search, last match) bool {
	end := &q.top.lines[q.top.n-1]
	if end.score != last.score {
		return end.score < last.score
	}
	return end.slot != last.slot
}

// take prepares a search whose ranking already holds some lines.
func (q *search) take(n *Need, k int, lines []line) {
	q.top.start(k, len(q.ix.owners))
	q.n, q.facts, q.pool = n, q.ix.factsOfNeed(n), q.ix.pools[n.Category].all
	q.prepare()
	q.circular = false
	for _, l := range lines {
		q.top.offer(l)
	}
}
