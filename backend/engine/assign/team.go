package assign

import "sync"

// team deals a draft out to workers and collects it again.
type team struct {
	d       *draft
	w       *wishes
	workers []*worker
	ofNeed  []uint8
	ofOrg   []uint8
	place   []int32 // by organisation: its place in a walk over neighbours
	turn    int
}

// newTeam makes workers for a draft.
func newTeam(d *draft, w *wishes, p *prices, threads int, seed uint64) *team {
	m := d.m
	t := &team{d: d, w: w, ofNeed: make([]uint8, m.needs), ofOrg: make([]uint8, m.orgs)}
	tight := make([]bool, m.lines+1)
	for b := range m.Budget {
		tight[b] = p.budget[b] > 0
	}
	var heavy float64 = 1
	for i := range m.needs {
		for e := m.First[i]; e < m.First[i+1]; e++ {
			heavy = max(heavy, float64(m.Cost[e])-float64(m.Penalty[i]))
		}
		heavy = max(heavy, float64(m.Penalty[i]))
	}
	for k := range min(threads, max(1, m.orgs/8)) {
		t.workers = append(t.workers, &worker{
			wishes: w, id: uint8(k), random: random(seed*0x9e3779b97f4a7c15 + uint64(k)*0xd1342543de82ef95 + 1),
			ofNeed: t.ofNeed, ofOrg: t.ofOrg, tight: tight, heavy: 4 * heavy,
		})
	}
	if len(t.workers) > 1 {
		t.walk()
	}
	return t
}

// keep makes the search pay for leaving earlier assignments.
func (t *team) keep(kept []int32, worth float64) {
	for _, w := range t.workers {
		w.kept, w.worth = kept, worth
	}
}

// walk numbers the organisations so that those who share needs are near each other: a breadth
// first search over first wishes.
func (t *team) walk() {
	m := t.d.m
	t.place = make([]int32, m.orgs)
	for j := range t.place {
		t.place[j] = -1
	}
	queue := make([]int32, 0, m.orgs)
	for start := range m.orgs {
		if t.place[start] >= 0 {
			continue
		}
		t.place[start] = int32(len(queue))
		queue = append(queue, int32(start))
		for at := len(queue) - 1; at < len(queue); at++ {
			for _, i := range t.w.fansOf(queue[at]) {
				for k, v := range t.w.of(int(i)) {
					if k < 3 && t.place[v.org] < 0 {
						t.place[v.org] = int32(len(queue))
						queue = append(queue, v.org)
					}
				}
			}
		}
	}
}

// deal gives every worker a stretch of the walk; where the stretches begin turns from round to
// round, so that no border stays.
func (t *team) deal() {
	n := len(t.workers)
	m := t.d.m
	t.turn++
	for j := range t.ofOrg {
		if n > 1 {
			shift := t.turn * m.orgs * 5 / (8 * n)
			t.ofOrg[j] = uint8((int(t.place[j]) + shift) % m.orgs * n / m.orgs)
		}
	}
	for _, w := range t.workers {
		w.draft = *t.d
		w.cost, w.short = 0, 0
		w.own, w.loosely = w.own[:0], w.loosely[:0]
	}
	for i := range t.ofNeed {
		k := uint8(0)
		if e := t.d.edge[i]; e >= 0 {
			k = t.ofOrg[m.Org[e]]
		} else if list := t.w.of(i); len(list) > 0 {
			k = t.ofOrg[list[t.turn%min(3, len(list))].org]
		} else {
			continue // nobody can serve it
		}
		t.ofNeed[i] = k
		t.workers[k].own = append(t.workers[k].own, int32(i))
		if t.w.loose[i] {
			t.workers[k].loosely = append(t.workers[k].loosely, int32(i))
		}
	}
	t.divide()
}

// divide shares what is left of budgets and floors by the number of needs a worker owns of each
// row; remainders go to the first.
func (t *team) divide() {
	m := t.d.m
	if len(t.workers) == 1 {
		w := t.workers[0]
		w.draft = *t.d
		return
	}
	lines, groups := make([][]int64, len(t.workers)), make([][]int64, len(t.workers))
	lineSum, groupSum := make([]int64, m.lines+1), make([]int64, m.groups+1)
	for k, w := range t.workers {
		lines[k], groups[k] = make([]int64, m.lines+1), make([]int64, m.groups+1)
		for _, i := range w.own {
			lines[k][m.line[i]]++
			lineSum[m.line[i]]++
			for _, g := range m.rows[i] {
				groups[k][g]++
				groupSum[g]++
			}
		}
	}
	for k, w := range t.workers {
		w.budget = shares(t.d.budget, lines, lineSum, k)
		w.floor = shares(t.d.floor, groups, groupSum, k)
	}
}

func shares(rest []int64, counts [][]int64, sums []int64, k int) []int64 {
	out := make([]int64, len(rest))
	for r, v := range rest {
		if r == len(rest)-1 { // the row without limit
			out[r] = endless
			continue
		}
		if sums[r] == 0 {
			continue
		}
		// every worker rounds towards less, so that the shares never sum to more than there is
		part := float64(counts[k][r]) / float64(sums[r])
		out[r] = floorDiv(int64(float64(v)*part*1024), 1024)
		if v >= 0 {
			out[r] = min(max(out[r]-1, 0), v)
		}
		if counts[k][r] == sums[r] {
			out[r] = v
		}
	}
	return out
}

// round lets every worker try for so many rounds, and collects.
func (t *team) round(tries int, from, to float64) {
	t.deal()
	if len(t.workers) == 1 {
		w := t.workers[0]
		w.work(tries, from, to)
		t.d.cost, t.d.short = w.cost, w.short
		return
	}
	var wait sync.WaitGroup
	for _, w := range t.workers {
		wait.Go(func() { w.work(tries/len(t.workers), from, to) })
	}
	wait.Wait()
	t.collect()
}

// collect adds up what the workers changed.
func (t *team) collect() {
	d := t.d
	fresh := newLedger(d)
	d.cost, d.budget, d.floor, d.short = fresh.cost, fresh.budget, fresh.floor, fresh.short
}
