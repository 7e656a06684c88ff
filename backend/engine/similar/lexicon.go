package similar

import (
	_ "embed" // the lexicon
	"slices"
	"strconv"
	"strings"
)

//go:embed lexicon.txt
var lexiconText string

type kind byte

const (
	filler kind = iota
	thing
	ill
	service
	who
	aspect
)

var kinds = map[string]kind{"filler": filler, "thing": thing, "ill": ill, "service": service, "who": who, "aspect": aspect}

// concept is what several words of the lexicon mean.
type concept struct {
	kind kind
	name string
	word string // as residents say it first
}

type phrase struct {
	runes   []rune
	concept int
}

// lexicon finds the longest known phrase at a position. Words that say nothing about the
// matter belong to a concept of the kind filler.
type lexicon struct {
	concepts []concept
	byFirst  map[rune][]phrase // longest first
}

var (
	words   = readLexicon(lexiconText, false)
	aspects = readLexicon(lexiconText, true)
)

func readLexicon(text string, ofAspects bool) *lexicon {
	l := &lexicon{byFirst: map[rune][]phrase{}}
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 3 || fields[0] == "#" || (fields[0] == "aspect") != ofAspects {
			continue
		}
		l.concepts = append(l.concepts, concept{kinds[fields[0]], fields[1], fields[2]})
		for _, w := range fields[2:] {
			rs := []rune(strings.ToLower(w))
			l.byFirst[rs[0]] = append(l.byFirst[rs[0]], phrase{rs, len(l.concepts) - 1})
		}
	}
	for _, list := range l.byFirst {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.runes) - len(a.runes) })
	}
	return l
}

// at gives the concept of the longest phrase that begins at i, and its length in runes.
func (l *lexicon) at(rs []rune, i int) (c, n int) {
	for _, p := range l.byFirst[rs[i]] {
		if i+len(p.runes) <= len(rs) && slices.Equal(rs[i:i+len(p.runes)], p.runes) {
			return p.concept, len(p.runes)
		}
	}
	return 0, 0
}

func itoa(n int) string { return strconv.Itoa(n) }

// aspectsOf is a set of bits, one for each aspect the text shows.
func aspectsOf(rs []rune) uint {
	var bits uint
	for i := range rs {
		if c, n := aspects.at(rs, i); n > 0 {
			bits |= 1 << c
		}
	}
	return bits
}
