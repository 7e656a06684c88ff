package similar

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Search says which pairs are wanted.
type Search struct {
	Weights   Weights
	Threshold int            // least similarity, thousandths
	Every     bool           // compare every pair: the reference, slow beyond some thousands
	Progress  func(done int) // called now and then from one goroutine at a time; may be nil
}

// Blocking: a pair is compared when the words both have, those left out that more than a
// hundredth of the texts have (never fewer than rareLeast), give a cosine of at least rareFloor.
const (
	rareShare = 100
	rareLeast = 60
	rareFloor = 0.05
)

// chunk is how many texts a worker takes at once.
const chunk = 256

// Pairs finds the pairs of the corpus that reach the threshold, by position. The answer does
// not depend on the number of processors. A cancelled context ends with its error.
func (c *Corpus) Pairs(ctx context.Context, s Search) ([]Pair, error) {
	post := c.postings(s.Every)
	found := make([][]Pair, (len(c.texts)+chunk-1)/chunk)
	var next, done atomic.Int64
	var turn sync.Mutex
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), max(1, len(found))) {
		all.Go(func() {
			scratch := make([]float32, len(c.texts))
			for {
				k := int(next.Add(1)) - 1
				if k >= len(found) || ctx.Err() != nil {
					return
				}
				from, to := k*chunk, min(len(c.texts), (k+1)*chunk)
				for a := from; a < to; a++ {
					found[k] = c.partners(a, post, s, scratch, found[k])
				}
				n := int(done.Add(int64(to - from)))
				if s.Progress != nil {
					turn.Lock()
					s.Progress(n)
					turn.Unlock()
				}
			}
		})
	}
	all.Wait()
	return slices.Concat(found...), ctx.Err()
}

type listed struct {
	text   int32
	weight float32
}

func (c *Corpus) postings(every bool) [][]listed {
	if every {
		return nil
	}
	most := max(rareLeast, len(c.texts)/rareShare)
	post := make([][]listed, len(c.names))
	for t, n := range c.in {
		if n > 1 && n <= most {
			post[t] = make([]listed, 0, n)
		}
	}
	for i := range c.texts {
		v := &c.terms[i]
		for k, t := range v.term {
			if cap(post[t]) > 0 {
				post[t] = append(post[t], listed{int32(i), v.weight[k]}) //nolint:gosec // fewer texts than 2^31
			}
		}
	}
	return post
}

// partners adds the pairs of text a with later texts.
func (c *Corpus) partners(a int, post [][]listed, s Search, scratch []float32, out []Pair) []Pair {
	if s.Every {
		for b := a + 1; b < len(c.texts); b++ {
			out = c.take(a, b, s, out)
		}
		return out
	}
	var touched []int32
	v := &c.terms[a]
	for k, t := range v.term {
		list := post[t]
		at, _ := slices.BinarySearchFunc(list, int32(a+1), func(l listed, want int32) int { return int(l.text - want) }) //nolint:gosec // as above
		for _, l := range list[at:] {
			if scratch[l.text] == 0 {
				touched = append(touched, l.text)
			}
			scratch[l.text] += v.weight[k] * l.weight
		}
	}
	n := 0
	for _, b := range touched {
		if scratch[b] >= rareFloor {
			touched[n] = b
			n++
		}
		scratch[b] = 0
	}
	slices.Sort(touched[:n])
	for _, b := range touched[:n] {
		out = c.take(a, int(b), s, out)
	}
	return out
}

func (c *Corpus) take(a, b int, s Search, out []Pair) []Pair {
	x, y := &c.texts[a], &c.texts[b]
	if x.Located && y.Located && s.Weights.Far <= -6000 && Metres(x.Lat, x.Lng, y.Lat, y.Lng) > near {
		return out // no other weight outweighs it
	}
	if c.hopeless(a, b, s) {
		return out
	}
	if p := c.score(a, b, s.Weights); p.Similarity >= s.Threshold {
		p.explain(c)
		out = append(out, p)
	}
	return out
}

// hopeless rejects the bulk of the candidates before anything dear is computed: numbers that
// contradict each other cannot be outweighed below certainty.
func (c *Corpus) hopeless(a, b int, s Search) bool {
	x, y := &c.facts[a], &c.facts[b]
	return s.Weights.OtherNumber <= -6000 && s.Threshold >= Likely &&
		(relate(x.buildings, y.buildings) == differ || relate(x.houses, y.houses) == differ)
}

// mostWords is how many shared words a reason names.
const mostWords = 6

// explain adds the words both texts have, the rarest first, to the reason "meaning".
func (p *Pair) explain(c *Corpus) {
	a, b := c.terms[p.A].term, c.terms[p.B].term
	var both []uint32
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both = append(both, a[i])
			i++
			j++
		}
	}
	slices.SortStableFunc(both, func(x, y uint32) int { return c.in[x] - c.in[y] })
	for i := range p.Reasons {
		if p.Reasons[i].Code != "characters" {
			continue
		}
		for _, t := range both[:min(len(both), mostWords)] {
			p.Reasons[i].Words = append(p.Reasons[i].Words, c.names[t])
		}
	}
}

// BestFirst gives the pairs by falling points, equal ones by position.
func BestFirst(pairs []Pair) []Pair {
	order := slices.Clone(pairs)
	slices.SortFunc(order, func(x, y Pair) int {
		if x.Points != y.Points {
			return y.Points - x.Points
		}
		if x.Similarity != y.Similarity {
			return y.Similarity - x.Similarity
		}
		if x.A != y.A {
			return x.A - y.A
		}
		return x.B - y.B
	})
	return order
}

// Clusters joins pairs by single link, the most similar first, with a guard against chains:
// two clusters are joined only when at least half of all pairs between them were found. Every
// cluster lists positions ascending; clusters are ordered by their first.
func Clusters(pairs []Pair) [][]int {
	order := BestFirst(pairs)
	home, members, linked := map[int]int{}, map[int][]int{}, map[[2]int]bool{}
	for _, p := range order {
		linked[[2]int{p.A, p.B}] = true
		for _, t := range []int{p.A, p.B} {
			if _, ok := home[t]; !ok {
				home[t], members[t] = t, []int{t}
			}
		}
	}
	for _, p := range order {
		x, y := home[p.A], home[p.B]
		if x == y || 2*between(members[x], members[y], linked) < len(members[x])*len(members[y]) {
			continue
		}
		for _, t := range members[y] {
			home[t] = x
		}
		members[x] = append(members[x], members[y]...)
		delete(members, y)
	}
	var out [][]int
	for _, m := range members {
		if len(m) > 1 {
			slices.Sort(m)
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

func between(xs, ys []int, linked map[[2]int]bool) int {
	n := 0
	for _, x := range xs {
		for _, y := range ys {
			if linked[[2]int{min(x, y), max(x, y)}] {
				n++
			}
		}
	}
	return n
}
