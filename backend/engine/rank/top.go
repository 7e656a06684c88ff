package rank

import "sync"

// Scored is one line of a ranking: an owner (or a need) and the service through which it
// scores best.
type Scored struct {
	ID    string
	Via   string
	Score int32
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

// line is a place of a ranking while it is being found: the slot says who, the group which of
// them count as one.
type line struct{ score, slot, group int32 }

// top keeps the best k groups seen so far, best first. Names are looked at only where scores
// are equal.
type top struct {
	k, n  int
	floor int32 // the score an outsider must reach to matter; below zero while there is room
	lines [MaxTop]line
	name  func(slot int32) (id, via string)

	// seen remembers the best score of every group in this round, so that the many services of
	// a long ranking need no search through it.
	seen  []uint64
	round uint32
}

// start empties the ranking for a new round; groups is the number of those that exist.
func (t *top) start(k, groups int) {
	t.k, t.n, t.floor = min(max(k, 0), MaxTop), 0, -1
	if t.k == 0 {
		t.floor = Whole + 1
	}
	if t.round++; t.round == 0 || len(t.seen) < groups {
		t.seen, t.round = make([]uint64, groups+groups/8), 1
	}
}

// offer takes a line in if it is among the best k, in place of a worse one of its group. The
// score reaches the floor.
func (t *top) offer(l line) {
	at := t.n
	if mark := &t.seen[l.group]; uint32(*mark>>32) == t.round {
		if l.score < int32(uint32(*mark)) {
			return
		}
		if at = t.find(l.group); at < t.n && !t.before(&l, &t.lines[at]) {
			return
		}
	}
	if at == t.n {
		if t.n == t.k {
			if at--; !t.before(&l, &t.lines[at]) {
				return
			}
		} else {
			t.n++
		}
	}
	t.seen[l.group] = uint64(t.round)<<32 | uint64(uint32(l.score))
	for ; at > 0 && t.before(&l, &t.lines[at-1]); at-- {
		t.lines[at] = t.lines[at-1]
	}
	t.lines[at] = l
	if t.n == t.k {
		t.floor = t.lines[t.k-1].score
	}
}

func (t *top) find(group int32) int {
	for i := range t.lines[:t.n] {
		if t.lines[i].group == group {
			return i
		}
	}
	return t.n
}

func (t *top) before(a, b *line) bool {
	if a.score != b.score {
		return a.score > b.score
	}
	return t.earlier(a.slot, b.slot)
}

func (t *top) earlier(a, b int32) bool {
	ida, viaa := t.name(a)
	idb, viab := t.name(b)
	if ida != idb {
		return ida < idb
	}
	return viaa < viab
}

// searches keeps the room of finished searches for the next.
var searches = sync.Pool{New: func() any { return new(search) }}
