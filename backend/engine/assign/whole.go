package assign

import (
	"context"
	"math"

	"linli/backend/engine/instance"
	"linli/backend/engine/knapsack"
)

// multipliers are those of the knapsack bound, as they are written: whole thousandths.
type multipliers struct {
	need   []int64 // u
	budget []int64 // μ; one more, 0
	floor  []int64 // ν; one more, 0
	money  []int64 // κ; nil without caps
}

func (w *multipliers) copyFrom(o *multipliers) {
	copy(w.need, o.need)
	copy(w.budget, o.budget)
	copy(w.floor, o.floor)
	copy(w.money, o.money)
}

// whole raises the knapsack bound: "served once" is relaxed at u, every organisation picks the
// needs it would like best, exactly. Its arithmetic is that of the certificate, so the best
// multipliers need no rounding afterwards.
type whole struct {
	m       *model
	near    *catalogue // edges that may be picked near the prices of the capacity bound
	threads int
	at      *multipliers
	best    *multipliers
	bound   float64 // of best, in thousandths; the exact one is computed in the end

	byNeed, byLine, byGroup, byMoney *ascent

	offer   []offer // by need, at the present multipliers
	fares   []int32 // by need, price where it was picked last
	was     []int64 // by need, what leaving it unserved cost before the rows moved
	packers []*packer
	partial []float64
	worth   []float64 // by organisation: where its knapsack broke off last

	share  []float32 // by edge of an organisation: how often it was picked lately, ÷ dilute
	dilute float64
}

// offer is what a need tells the organisations: they look at it only where 1000·cost +
// fare·price ≤ most.
type offer struct{ most, fare int64 }

// packer is one thread's memory.
type packer struct {
	knapsack.Solver
	count  []int32 // by need: organisations that picked it
	picked []int32 // edges, by organisation
	paid   []int64 // by line
	earned []int64 // by organisation
}

func newWhole(m *model, threads int) *whole {
	w := &whole{
		m: m, threads: threads, bound: math.Inf(-1), at: newMultipliers(m), best: newMultipliers(m),
		byNeed: newAscent(m.needs), byLine: newAscent(m.lines), byGroup: newAscent(m.groups),
		offer: make([]offer, m.needs), fares: make([]int32, m.needs), was: make([]int64, m.needs),
		partial: make([]float64, (m.orgs+chunk-1)/chunk), worth: make([]float64, m.orgs), dilute: 1,
	}
	for range threads {
		w.packers = append(w.packers, &packer{count: make([]int32, m.needs), paid: make([]int64, m.lines+1)})
	}
	if m.MoneyCap != nil {
		w.byMoney = newAscent(m.orgs)
		for _, k := range w.packers {
			k.earned = make([]int64, m.orgs)
		}
	}
	return w
}

func newMultipliers(m *model) *multipliers {
	w := &multipliers{need: make([]int64, m.needs), budget: make([]int64, m.lines+1), floor: make([]int64, m.groups+1)}
	if m.MoneyCap != nil {
		w.money = make([]int64, m.orgs)
	}
	return w
}

func thousandths(v float64) int64 { return int64(math.Round(v * instance.Unit)) }

// from starts where the capacity bound ended: u is what the cheapest choice of each need costs
// at these prices, which alone makes the knapsack bound no worse.
func (w *whole) from(p *prices) {
	m := w.m
	for b := range m.Budget {
		w.at.budget[b] = thousandths(p.budget[b])
	}
	for g := range m.MaxUnserved {
		w.at.floor[g] = thousandths(p.floor[g])
	}
	for j := range w.at.money {
		w.at.money[j] = thousandths(p.money[j])
	}
	parallel(m.needs, w.threads, func(_, _, lo, hi int) {
		for i := lo; i < hi; i++ {
			best := w.unserved(i)
			for e := m.First[i]; e < m.First[i+1]; e++ {
				v := w.edge(i, e) + m.weight(i, e)*thousandths(p.capacity[m.Org[e]])
				if v < best {
					best = v
					w.fares[i] = m.price[e]
				}
			}
			w.at.need[i] = best
		}
	})
	reach := int64(nearby(m) * m.scale * instance.Unit)
	w.near = m.arrange(func(i int, e int32) bool {
		v := w.edge(i, e) + m.weight(i, e)*thousandths(p.capacity[m.Org[e]])
		return v-w.at.need[i] <= reach*int64(m.Units[i])
	})
	w.share = make([]float32, len(w.near.edge))
}

// nearby is how much worse than the best choice of its need an edge may be at the prices of the
// capacity bound, per unit and as a share of the scale, to be looked at in the knapsacks. The
// bound is computed over all edges in the end, so a narrow view costs strength, never truth;
// large problems can afford less, and their capacity bound is nearer.
func nearby(m *model) float64 {
	if m.large() {
		return 0.1
	}
	return 0.35
}

// unserved is q_i, edge is a_ij, both in thousandths.
func (w *whole) unserved(i int) int64 {
	g := w.m.rows[i]
	return int64(w.m.Units[i]) * (instance.Unit*w.m.Penalty[i] + w.at.floor[g[0]] + w.at.floor[g[1]])
}

func (w *whole) edge(i int, e int32) int64 {
	fare := w.at.budget[w.m.line[i]]
	if w.at.money != nil {
		fare += w.at.money[w.m.Org[e]]
	}
	return int64(w.m.Units[i]) * (instance.Unit*int64(w.m.Cost[e]) + fare*int64(w.m.price[e]))
}

// Steps of the knapsack stage as shares of the scale.
const (
	needStepFrom, needStepTo = 0.02, 0.0003
	wideStepFrom, wideStepTo = 0.01, 0.0001 // of μ and ν
)

// averaging is the weight of the newest picks in the shares.
const averaging = 0.1

// run takes steps whose sizes fall; from scales the first.
func (w *whole) run(ctx context.Context, steps int, from float64) {
	for s := range steps {
		if ctx.Err() != nil {
			return
		}
		part := float64(s) / float64(steps)
		w.evaluate()
		w.average()
		w.move(fall(needStepFrom*from, needStepTo, part)*w.m.scale*instance.Unit, fall(wideStepFrom*from, wideStepTo, part)*w.m.scale*instance.Unit)
	}
	w.evaluate()
}

// evaluate lets every organisation pick, and keeps the multipliers when the bound is better.
func (w *whole) evaluate() {
	m := w.m
	for i := range w.offer {
		units := int64(m.Units[i])
		w.offer[i] = offer{most: floorDiv(w.at.need[i]-1, units), fare: w.at.budget[m.line[i]]}
	}
	for _, k := range w.packers {
		clear(k.count)
		clear(k.paid)
		clear(k.earned)
		k.picked = k.picked[:0]
	}
	parallel(m.orgs, w.threads, func(t, c, lo, hi int) {
		w.partial[c] = 0
		for j := lo; j < hi; j++ {
			w.partial[c] -= float64(w.pack(w.packers[t], j))
		}
	})
	bound := w.constant()
	for _, v := range w.partial {
		bound += v
	}
	first := w.packers[0]
	for _, k := range w.packers[1:] {
		for i, n := range k.count {
			first.count[i] += n
		}
		add(first.paid, k.paid)
		add(first.earned, k.earned)
	}
	if bound > w.bound {
		w.bound = bound
		w.best.copyFrom(w.at)
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// pack solves the knapsack of an organisation.
func (w *whole) pack(k *packer, j int) int64 {
	m, c := w.m, w.near
	own := int64(0)
	if w.at.money != nil {
		own = w.at.money[j]
	}
	k.Items = k.Items[:0]
	for pos := c.first[j]; pos < c.first[j+1]; pos++ {
		i, e := c.need[pos], c.edge[pos]
		o := w.offer[i]
		v := instance.Unit*int64(m.Cost[e]) + (o.fare+own)*int64(m.price[e])
		if v <= o.most {
			units := int64(m.Units[i])
			k.Items = append(k.Items, knapsack.Item{Profit: w.at.need[i] - units*v, Weight: m.weight(int(i), e), Key: pos})
		}
	}
	k.Worth = w.worth[j]
	value := k.Solve(m.Capacity[j])
	w.worth[j] = k.Worth
	for _, pos := range k.Taken {
		i, e := c.need[pos], c.edge[pos]
		money := int64(m.Units[i]) * int64(m.price[e])
		k.count[i]++
		k.paid[m.line[i]] += money
		if k.earned != nil {
			k.earned[j] += money
		}
		k.picked = append(k.picked, pos)
	}
	return value
}

// constant is what the organisations do not add to the bound.
func (w *whole) constant() (sum float64) {
	m := w.m
	for b, v := range m.Budget {
		sum -= float64(w.at.budget[b]) * float64(v)
	}
	for g, v := range m.MaxUnserved {
		sum -= float64(w.at.floor[g]) * float64(v)
	}
	for j, v := range w.at.money {
		if m.MoneyCap[j] >= 0 {
			sum -= float64(v) * float64(m.MoneyCap[j])
		}
	}
	for i, u := range w.at.need {
		sum += float64(min(u, w.unserved(i)))
	}
	return sum
}

// average mixes the newest picks into the shares (the volume algorithm of Barahona and Anbil
// 2000): edges that a good plan would use come out near 1.
func (w *whole) average() {
	w.dilute *= 1 - averaging
	gain := float32(averaging / w.dilute)
	for _, k := range w.packers {
		for _, pos := range k.picked {
			w.share[pos] += gain
		}
	}
	if w.dilute > 1e-6 {
		return
	}
	for pos := range w.share {
		w.share[pos] *= float32(w.dilute)
	}
	w.dilute = 1
}

// move steps along the slope. u follows the price of the edge that picked the need when μ
// moves, and never passes what leaving the need unserved costs: beyond, the bound only falls.
func (w *whole) move(need, wide float64) {
	m, t := w.m, w.packers[0]
	unserved := make([]int64, m.groups+1)
	for i := range w.at.need {
		if t.count[i] == 0 && w.at.need[i] >= w.unserved(i) {
			unserved[m.rows[i][0]] += int64(m.Units[i])
			unserved[m.rows[i][1]] += int64(m.Units[i])
		}
	}
	for _, k := range w.packers { // twice, so that the order of the threads does not matter
		for _, pos := range k.picked {
			w.fares[w.near.need[pos]] = 0
		}
	}
	for _, k := range w.packers {
		for _, pos := range k.picked {
			i := w.near.need[pos]
			w.fares[i] = max(w.fares[i], m.price[w.near.edge[pos]])
		}
	}
	mf, sf := w.byNeed.begin()
	for i := range w.was {
		w.was[i] = w.unserved(i)
	}
	shift := w.moveRows(wide, unserved)
	for i, u := range w.at.need {
		if u >= w.was[i] && t.count[i] == 0 {
			w.byNeed.move(i, 0, 0, mf, sf)
			w.at.need[i] = w.unserved(i)
			continue
		}
		g := 1 - float64(t.count[i])
		u += int64(math.Round(w.byNeed.move(i, g, need*float64(m.Units[i]), mf, sf)))
		u += int64(m.Units[i]) * shift[m.line[i]] * int64(w.fares[i])
		w.at.need[i] = min(u, w.unserved(i))
	}
}

// moveRows moves μ, ν and κ, and returns by how much each μ moved.
func (w *whole) moveRows(step float64, unserved []int64) []int64 {
	m, t := w.m, w.packers[0]
	shift := make([]int64, m.lines+1)
	mf, sf := w.byLine.begin()
	for b, most := range m.Budget {
		v := max(0, w.at.budget[b]+int64(math.Round(w.byLine.move(b, float64(t.paid[b]-most), step/m.fare, mf, sf))))
		shift[b] = v - w.at.budget[b]
		w.at.budget[b] = v
	}
	mf, sf = w.byGroup.begin()
	for g, most := range m.movable() {
		w.at.floor[g] = max(0, w.at.floor[g]+int64(math.Round(w.byGroup.move(g, float64(unserved[g]-most), step, mf, sf))))
	}
	if w.at.money == nil {
		return shift
	}
	mf, sf = w.byMoney.begin()
	for j, most := range m.MoneyCap {
		if most >= 0 {
			w.at.money[j] = max(0, w.at.money[j]+int64(math.Round(w.byMoney.move(j, float64(t.earned[j]-most), step/m.fare, mf, sf))))
		}
	}
	return shift
}
