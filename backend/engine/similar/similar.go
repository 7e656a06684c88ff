// Package similar finds texts that tell of the same matter: cosine similarity over TF-IDF
// weighted bigrams of Han characters (and whole words of other scripts). Pure: texts in,
// numbers out.
package similar

import (
	"math"
	"slices"
	"unicode"
)

// MaxRunes is how much of a text is looked at: the first words tell the matter, and a
// pasted novel must not cost more than a sentence.
const MaxRunes = 600

// Match is one text of the index that resembles the query. Score is the cosine, 0 to 1.
type Match struct {
	Position int // in the slice given to New
	Score    float64
}

// Index holds the weighted terms of a fixed set of texts. It is safe for concurrent reads.
type Index struct {
	size     int
	idf      map[string]float64
	postings map[string][]posting
	norms    []float64
}

type posting struct {
	position int
	weight   float64
}

// New builds the index. The texts themselves are the corpus that weighs the terms: what
// every text says ("希望", "社区") weighs next to nothing.
func New(texts []string) *Index {
	ix := &Index{size: len(texts), idf: map[string]float64{}, postings: map[string][]posting{}, norms: make([]float64, len(texts))}
	for i, text := range texts {
		for term, n := range count(text) {
			ix.postings[term] = append(ix.postings[term], posting{i, tf(n)})
		}
	}
	for term, list := range ix.postings {
		w := inverse(len(texts), len(list))
		ix.idf[term] = w
		for k := range list {
			list[k].weight *= w
			ix.norms[list[k].position] += list[k].weight * list[k].weight
		}
	}
	for i := range ix.norms {
		ix.norms[i] = math.Sqrt(ix.norms[i])
	}
	return ix
}

// Nearest returns at most k texts whose score is at least floor, best first; equal scores
// keep the order of New.
func (ix *Index) Nearest(query string, k int, floor float64) []Match {
	scores, length := map[int]float64{}, 0.0
	terms := count(query)
	for _, term := range sorted(terms) {
		w := tf(terms[term]) * ix.weight(term)
		length += w * w
		for _, p := range ix.postings[term] {
			scores[p.position] += w * p.weight
		}
	}
	var out []Match
	for i, dot := range scores {
		if s := cosine(dot, math.Sqrt(length), ix.norms[i]); s >= floor && s > 0 {
			out = append(out, Match{i, s})
		}
	}
	slices.SortFunc(out, better)
	return out[:min(k, len(out))]
}

func better(a, b Match) int {
	switch {
	case a.Score > b.Score:
		return -1
	case a.Score < b.Score:
		return 1
	default:
		return a.Position - b.Position
	}
}

func (ix *Index) weight(term string) float64 {
	if w, ok := ix.idf[term]; ok {
		return w
	}
	return inverse(ix.size, 0)
}

// sorted fixes the order of the float sums, so that one question always has one answer.
func sorted(terms map[string]int) []string {
	out := make([]string, 0, len(terms))
	for t := range terms {
		out = append(out, t)
	}
	slices.Sort(out)
	return out
}

func tf(n int) float64 { return 1 + math.Log(float64(n)) }

// inverse is the smoothed inverse document frequency; never zero, so that an index of one
// text still finds it.
func inverse(size, with int) float64 { return 1 + math.Log(float64(size+1)/float64(with+1)) }

func cosine(dot, a, b float64) float64 {
	if a == 0 || b == 0 {
		return 0
	}
	return min(1, dot/(a*b))
}

// count splits a text into bigrams of Han characters and lower-case words of other scripts.
func count(text string) map[string]int {
	terms := map[string]int{}
	var han, word []rune
	flush := func() {
		if len(han) == 1 {
			terms[string(han)]++
		}
		for i := 0; i+1 < len(han); i++ {
			terms[string(han[i:i+2])]++
		}
		if len(word) > 0 {
			terms[string(word)]++
		}
		han, word = han[:0], word[:0]
	}
	seen := 0
	for _, r := range text {
		if seen++; seen > MaxRunes {
			break
		}
		switch {
		case unicode.Is(unicode.Han, r):
			if len(word) > 0 {
				flush()
			}
			han = append(han, r)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if len(han) > 0 {
				flush()
			}
			word = append(word, unicode.ToLower(r))
		default:
			flush()
		}
	}
	flush()
	return terms
}
