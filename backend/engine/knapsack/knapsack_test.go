package knapsack

import (
	"math/rand/v2"
	"testing"
)

// byTable is the textbook recursion over all capacities.
func byTable(items []Item, capacity int64) int64 {
	best := make([]int64, capacity+1)
	for _, it := range items {
		for c := capacity; c >= it.Weight; c-- {
			best[c] = max(best[c], best[c-it.Weight]+it.Profit)
		}
	}
	return best[capacity]
}

func TestSolve_EqualsTheTable(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var s Solver
	for round := range 20_000 {
		n, heavy := r.IntN(30)*(1+round%5), 1+r.Int64N(60)
		items := make([]Item, n)
		var sum int64
		for k := range items {
			w := r.Int64N(heavy)
			p := r.Int64N(200) - 40
			if round%3 == 0 { // correlated
				p = w*10 + r.Int64N(5)
			}
			items[k] = Item{Profit: p, Weight: w, Key: int32(k)}
			sum += w
		}
		capacity := r.Int64N(sum + 2)
		want := byTable(items, capacity)
		s.Items = append(s.Items[:0], items...)
		got := s.Solve(capacity)
		var p, w int64
		seen := map[int32]bool{}
		for _, k := range s.Taken {
			if seen[k] {
				t.Fatalf("item %d twice", k)
			}
			seen[k] = true
			p += items[k].Profit
			w += items[k].Weight
		}
		if got != want || p != got || w > capacity {
			t.Fatalf("capacity %d of %v: %d (taken %d, weight %d), want %d", capacity, items, got, p, w, want)
		}
	}
}
