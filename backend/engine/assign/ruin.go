package assign

import (
	"cmp"
	"math"
	"slices"
)

// worker ruins and recreates the part of a plan that it owns: needs and organisations are dealt
// out to the workers before each round, and with them shares of what is left of budgets and
// floors. So workers never wait for one another.
type worker struct {
	draft // shared lists; own budget, floor, cost and short
	*wishes
	id      uint8
	random  random
	own     []int32 // needs
	loosely []int32 // those of them that are loose
	ofNeed  []uint8 // owner by need, shared
	ofOrg   []uint8 // owner by organisation, shared
	tight   []bool  // by line: money is scarce, shared
	heavy   float64 // what a unit of a missed floor counts as

	kept  []int32 // by need, the edge of the earlier plan; nil without one
	worth float64 // what one counts as

	ruined []int32
	before []int32   // edges they had
	order  []float32 // keys for sorting
}

// Sizes of a ruin: enough to let two or three organisations trade, few enough to be quick.
const (
	maxRuin     = 16
	maxStrings  = 3 // organisations emptied
	maxOfString = 6 // needs taken from one
)

// work does rounds at falling temperatures.
func (w *worker) work(rounds int, from, to float64) {
	if len(w.own) == 0 {
		return
	}
	cool := math.Pow(to/from, 1/float64(rounds))
	for range rounds {
		w.try(from)
		from *= cool
	}
}

// try ruins, recreates, and takes the ruin back when the result is too bad.
func (w *worker) try(temperature float64) {
	w.ruined, w.before = w.ruined[:0], w.before[:0]
	cost, short := w.cost, w.short
	from := w.own
	if len(w.loosely) > 0 && w.random.next()&7 != 0 {
		from = w.loosely
	}
	seed := int(from[w.random.below(len(from))])
	if w.tight[w.m.line[seed]] && w.random.next()&1 == 0 {
		w.ruinLine(seed)
	} else {
		w.ruinOrgs(seed)
	}
	w.recreate()
	worse := float64(w.cost-cost) + w.heavy*float64(w.short-short)
	if w.kept != nil {
		worse += w.worth * float64(w.givenUp())
	}
	if worse <= 0 || worse <= -temperature*math.Log(w.random.unit()) {
		return
	}
	for _, i := range w.ruined {
		if w.edge[i] >= 0 {
			w.drop(int(i))
		}
	}
	for k, i := range w.ruined {
		if w.before[k] >= 0 {
			w.serve(int(i), w.before[k])
		}
	}
}

// givenUp counts the earlier assignments that this ruin gave up, less those it took up again.
func (w *worker) givenUp() (n int) {
	for k, i := range w.ruined {
		if w.kept[i] == w.before[k] {
			n++
		}
		if w.kept[i] == w.edge[i] {
			n--
		}
	}
	return n
}

// take adds a need to the ruin, once.
func (w *worker) take(i int32) {
	if w.ofNeed[i] != w.id || len(w.ruined) == maxRuin || slices.Contains(w.ruined, i) {
		return
	}
	w.ruined = append(w.ruined, i)
	w.before = append(w.before, w.edge[i])
	if w.edge[i] >= 0 {
		w.drop(int(i))
	}
}

// ruinOrgs empties organisations that the seed wishes for and lets other fans compete.
func (w *worker) ruinOrgs(seed int) {
	w.take(int32(seed))
	strings := 1 + w.random.below(maxStrings)
	at := seed
	for range strings {
		list := w.of(at)
		if len(list) == 0 {
			return
		}
		j := list[w.random.below(min(len(list), 5))].org
		if w.ofOrg[j] != w.id {
			continue
		}
		n := 1 + w.random.below(maxOfString)
		for i := w.head[j]; i >= 0 && n > 0; n-- {
			next := w.next[i]
			w.take(i)
			i = next
		}
		fans := w.fansOf(j)
		for range 1 + w.random.below(3) {
			w.take(fans[w.random.below(len(fans))])
		}
		at = int(w.ruined[w.random.below(len(w.ruined))])
	}
}

// ruinLine takes needs of one budget line, served and unserved.
func (w *worker) ruinLine(seed int) {
	w.take(int32(seed))
	members := w.membersOf(w.m.line[seed])
	for range 2 + w.random.below(8) {
		w.take(members[w.random.below(len(members))])
	}
}

// recreate serves the ruined needs again, in an order drawn anew each time.
func (w *worker) recreate() {
	w.order = w.order[:0]
	mode := w.random.below(4)
	for _, i := range w.ruined {
		noise := float32(w.random.unit())
		list := w.of(int(i))
		switch {
		case len(list) == 0 || mode == 0:
			w.order = append(w.order, noise)
		case mode == 1:
			w.order = append(w.order, -float32(w.m.Units[i])-noise)
		default:
			surplus := w.leave[i] - list[0].guide
			w.order = append(w.order, -surplus*(0.8+0.4*noise))
		}
	}
	w.sortRuined()
	over := false
	for _, i := range w.ruined {
		over = !w.insert(int(i)) || over
	}
	if !over {
		return
	}
	for _, i := range w.ruined {
		if w.edge[i] < 0 {
			w.squeeze(int(i))
		}
	}
}

// sortRuined sorts ruined and before by order; they are few.
func (w *worker) sortRuined() {
	for a := 1; a < len(w.ruined); a++ {
		for b := a; b > 0 && w.order[b] < w.order[b-1]; b-- {
			w.order[b], w.order[b-1] = w.order[b-1], w.order[b]
			w.ruined[b], w.ruined[b-1] = w.ruined[b-1], w.ruined[b]
			w.before[b], w.before[b-1] = w.before[b-1], w.before[b]
		}
	}
}

// insert serves a need by its best wish that fits, now and then overlooking one; needs that
// the prices would rather leave wait.
func (w *worker) insert(i int) bool {
	dice := w.random.next()
	for _, v := range w.of(i) {
		if v.guide >= w.leave[i] {
			return false
		}
		blink := dice&15 == 0
		dice = dice>>4 | dice<<60
		if !blink && w.ofOrg[v.org] == w.id && w.fits(i, v.edge) {
			w.serve(i, v.edge)
			return true
		}
	}
	return false
}

// squeeze serves a need where anything fits that is better than leaving it.
func (w *worker) squeeze(i int) {
	g := w.m.rows[i]
	needed := w.floor[g[0]] < 0 || w.floor[g[1]] < 0
	penalty := w.m.Penalty[i]
	for _, v := range w.of(i) {
		if (needed || int64(w.m.Cost[v.edge]) < penalty) && w.ofOrg[v.org] == w.id && w.fits(i, v.edge) {
			w.serve(i, v.edge)
			return
		}
	}
}

// fill makes a first plan: needs in the order of what serving them saves, by the prices.
func (w *worker) fill(order []int32) {
	key := func(i int32) float32 {
		list := w.of(int(i))
		if len(list) == 0 {
			return 0
		}
		return (list[0].guide - w.leave[i]) / float32(w.m.Units[i])
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a, b)) })
	for _, i := range order {
		if w.edge[i] < 0 && !w.insert(int(i)) {
			w.squeeze(int(i))
		}
	}
}
