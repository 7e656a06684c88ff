package similar

import "unicode"

// document is a text as the comparison reads it.
type document struct {
	terms  map[string]int // bigrams of Han characters, whole words of other scripts
	means  map[int]int    // concepts of the lexicon, by number
	things []int          // those that name what it is about, ascending
	chars  map[rune]int
	shows  uint // aspects, as bits
	facts  facts
}

// breakers are characters that join words and belong to no term.
var breakers = setOf("的了是在和也都就又吗呢吧啊嘛哦哈把被得着很还太")

// cut cuts a plain text into terms. Names of places and numbers are left out of the terms: they
// would make everything alike that lies in one street.
func cut(rs []rune, learned names) document {
	d := document{terms: map[string]int{}, means: map[int]int{}, chars: map[rune]int{}, shows: aspectsOf(rs)}
	var marked []bool
	d.facts, marked = factsOf(rs, learned)
	var han, word []rune
	flush := func() {
		for i := 0; i+1 < len(han); i++ {
			d.terms[string(han[i:i+2])]++
		}
		if len(word) > 0 {
			d.terms[string(word)]++
		}
		han, word = han[:0], word[:0]
	}
	for i := 0; i < len(rs); {
		if marked[i] {
			flush()
			i++
			continue
		}
		c, n := words.at(rs, i)
		switch {
		case n > 0 && words.concepts[c].kind == filler:
			flush()
			i += n
			continue
		case n > 0:
			d.means[c]++
			if words.concepts[c].kind == thing && d.means[c] == 1 {
				d.things = insert(d.things, c)
			}
		default:
			n = 1
		}
		for _, r := range rs[i : i+n] {
			switch {
			case breakers[r]:
				flush()
			case unicode.Is(unicode.Han, r):
				if len(word) > 0 {
					flush()
				}
				han = append(han, r)
				d.chars[r]++
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				if len(han) > 0 {
					flush()
				}
				word = append(word, r)
			default:
				flush()
			}
		}
		i += n
	}
	flush()
	return d
}

func insert(list []int, c int) []int {
	i := len(list)
	for i > 0 && list[i-1] > c {
		i--
	}
	list = append(list, 0)
	copy(list[i+1:], list[i:])
	list[i] = c
	return list
}
