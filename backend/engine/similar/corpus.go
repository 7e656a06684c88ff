package similar

import (
	"math"
	"slices"
	"time"
)

// Text is one need. Only Words must be known; the rest sharpens where it is.
type Text struct {
	Words     string
	Category  string  // a code; equal roots (before the first dot) count as alike
	Community string  // a code
	Lat, Lng  float64 // degrees; used when Located
	Located   bool
	PostedAt  time.Time // zero: unknown
}

// Corpus holds a fixed set of texts ready to be compared. Its terms are weighed by how rare
// they are in this set. Safe for concurrent reads.
type Corpus struct {
	texts   []Text
	facts   []facts
	terms   []vector // terms, concepts among them
	means   []vector // concepts only
	chars   []vector // single Han characters
	thing   [][]int
	inChars map[uint32]int
	shows   []uint
	names   []string // of terms
	in      []int    // number of texts with the term
}

// vector is sparse, by ascending term, of length one.
type vector struct {
	term   []uint32
	weight []float32
}

// conceptShare says how much a concept weighs beside a bigram of the same rarity: a word of the
// lexicon is a surer sign than two neighbouring characters.
const conceptShare = 1.6

// NewCorpus reads the texts.
func NewCorpus(texts []Text) *Corpus {
	c := &Corpus{texts: texts, facts: make([]facts, len(texts)), terms: make([]vector, len(texts)), means: make([]vector, len(texts)), chars: make([]vector, len(texts)), thing: make([][]int, len(texts)), shows: make([]uint, len(texts))}
	numbers := map[string]uint32{}
	for i := range words.concepts {
		c.names = append(c.names, words.concepts[i].word)
		c.in = append(c.in, 0)
	}
	counts, inChars := make([][]int, len(texts)), map[uint32]int{}
	c.inChars = inChars
	read := make([][]rune, len(texts))
	for i, t := range texts {
		read[i] = plain(t.Words)
	}
	learned := learn(read)
	for i, rs := range read {
		d := cut(rs, learned)
		c.shows[i] = d.shows
		c.facts[i], c.thing[i] = d.facts, d.things
		c.terms[i].term, counts[i] = c.number(d, numbers)
		c.chars[i] = single(d.chars)
		for _, r := range c.chars[i].term {
			inChars[r]++
		}
	}
	for i := range texts {
		c.weigh(i, counts[i])
		v := &c.chars[i]
		for k, r := range v.term {
			v.weight[k] *= float32(c.rarity(inChars[r]))
		}
		v.unit()
	}
	return c
}

// number gives every term of a text its number; concepts come first.
func (c *Corpus) number(d document, numbers map[string]uint32) (terms []uint32, counts []int) {
	byTerm := make(map[uint32]int, len(d.terms)+len(d.means))
	for m, n := range d.means {
		byTerm[uint32(m)] = n //nolint:gosec // a few hundred concepts
	}
	for _, t := range sorted(d.terms) {
		n, ok := numbers[t]
		if !ok {
			n = uint32(len(c.names)) //nolint:gosec // fewer terms than memory
			numbers[t] = n
			c.names, c.in = append(c.names, t), append(c.in, 0)
		}
		byTerm[n] = d.terms[t]
	}
	for t := range byTerm {
		terms = append(terms, t)
	}
	slices.Sort(terms)
	for _, t := range terms {
		c.in[t]++
		counts = append(counts, byTerm[t])
	}
	return terms, counts
}

func (c *Corpus) weigh(i int, counts []int) {
	all, means := &c.terms[i], &c.means[i]
	all.weight = make([]float32, len(all.term))
	for k, t := range all.term {
		w := float32(tf(counts[k]) * c.rarity(c.in[t]))
		if int(t) < len(words.concepts) {
			means.term, means.weight = append(means.term, t), append(means.weight, w)
			w *= conceptShare
		}
		all.weight[k] = w
	}
	all.unit()
	means.unit()
}

// usual is the number of texts the weights were fitted on: in a set of any size, a word counts
// as it would among this many, so that points mean the same for ten texts and for a city's. Of
// fewer than leastSet texts nobody can tell what is common; they count as that many.
const (
	usual    = 600
	leastSet = 100
)

// rarity is the inverse document frequency of what so many texts of this set have.
func (c *Corpus) rarity(with int) float64 {
	share := float64(with) * usual / float64(max(leastSet, len(c.texts)))
	return 1 + math.Log((usual+1)/(share+1))
}

func (v *vector) unit() {
	sum := 0.0
	for _, w := range v.weight {
		sum += float64(w) * float64(w)
	}
	if sum == 0 {
		return
	}
	length := float32(math.Sqrt(sum))
	for k := range v.weight {
		v.weight[k] /= length
	}
}

// dot is the cosine of two vectors of length one; the sum runs in the order of the terms.
func dot(a, b vector) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a.term) && j < len(b.term); {
		switch {
		case a.term[i] < b.term[j]:
			i++
		case a.term[i] > b.term[j]:
			j++
		default:
			sum += float64(a.weight[i]) * float64(b.weight[j])
			i++
			j++
		}
	}
	return min(1, sum)
}

// single is the vector of characters before it is weighed.
func single(chars map[rune]int) vector {
	var v vector
	for r := range chars {
		v.term = append(v.term, uint32(r)) //nolint:gosec // runes are not negative
	}
	slices.Sort(v.term)
	for _, r := range v.term {
		v.weight = append(v.weight, float32(tf(chars[rune(r)]))) //nolint:gosec // was a rune
	}
	return v
}
