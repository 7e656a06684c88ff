package assign

import (
	"math"
	"sync"
	"sync/atomic"
)

// prices are the multipliers of the rows, in cost units per unit of the row.
type prices struct {
	capacity []float64 // λ by organisation, per unit of weight
	budget   []float64 // μ by line, per thousandth of a yuan; one more, 0, for needs without a line
	floor    []float64 // ν by group, per unit; one more, 0
	money    []float64 // κ by organisation; nil without caps
}

func newPrices(m *model) *prices {
	w := &prices{
		capacity: make([]float64, m.orgs),
		budget:   make([]float64, m.lines+1),
		floor:    make([]float64, m.groups+1),
	}
	if m.MoneyCap != nil {
		w.money = make([]float64, m.orgs)
	}
	return w
}

func (w *prices) copyFrom(o *prices) {
	copy(w.capacity, o.capacity)
	copy(w.budget, o.budget)
	copy(w.floor, o.floor)
	copy(w.money, o.money)
}

// constant is K − Σ λC, the part of the capacity bound that no need adds to.
func (w *prices) constant(m *model) float64 {
	var k float64
	for j, v := range w.capacity {
		k -= v * float64(m.Capacity[j])
	}
	return k + w.rowConstant(m)
}

// rowConstant is K.
func (w *prices) rowConstant(m *model) float64 {
	var k float64
	for b, v := range m.Budget {
		k -= w.budget[b] * float64(v)
	}
	for g, v := range m.MaxUnserved {
		k -= w.floor[g] * float64(v)
	}
	for j := range w.money {
		if m.MoneyCap[j] >= 0 {
			k -= w.money[j] * float64(m.MoneyCap[j])
		}
	}
	return k
}

// unserved is q_i per unit.
func (w *prices) unserved(m *model, i int) float64 {
	g := m.rows[i]
	return float64(m.Penalty[i]) + w.floor[g[0]] + w.floor[g[1]]
}

// ascent moves one family of multipliers along a noisy slope: every coordinate has its own
// step from the mean of its slopes and of their squares (Kingma and Ba 2015), so that a crowded
// organisation and a quiet one both move at their own pace.
type ascent struct {
	mean, square []float64
	steps        int
}

func newAscent(n int) *ascent {
	return &ascent{mean: make([]float64, n), square: make([]float64, n)}
}

// The memory of the slopes: about 5 steps for the mean, 20 for the squares.
const (
	meanMemory   = 0.8
	squareMemory = 0.95
)

// begin counts a step and returns the corrections for the short memory at the start.
func (a *ascent) begin() (meanFix, squareFix float64) {
	a.steps++
	return 1 / (1 - math.Pow(meanMemory, float64(a.steps))), 1 / (1 - math.Pow(squareMemory, float64(a.steps)))
}

// move returns how far coordinate k goes for slope g.
func (a *ascent) move(k int, g, step, meanFix, squareFix float64) float64 {
	a.mean[k] = meanMemory*a.mean[k] + (1-meanMemory)*g
	a.square[k] = squareMemory*a.square[k] + (1-squareMemory)*g*g
	return step * a.mean[k] * meanFix / (math.Sqrt(a.square[k]*squareFix) + 1e-9)
}

// chunk is how many needs or organisations are taken at a time: sums are formed chunk by chunk
// in a fixed order, so that they do not depend on the number of threads.
const chunk = 256

// parallel runs f over the chunks of n on the given threads.
func parallel(n, threads int, f func(thread, c, lo, hi int)) {
	chunks := (n + chunk - 1) / chunk
	threads = min(threads, chunks)
	if threads <= 1 {
		for c := range chunks {
			f(0, c, c*chunk, min(n, (c+1)*chunk))
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for t := range threads {
		wait.Go(func() {
			for c := int(next.Add(1)) - 1; c < chunks; c = int(next.Add(1)) - 1 {
				f(t, c, c*chunk, min(n, (c+1)*chunk))
			}
		})
	}
	wait.Wait()
}
