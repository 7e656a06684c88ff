// Package bigram cuts text into search tokens without a dictionary: every pair of
// neighbouring Han characters is a token, a Latin word or number is one. A word is found as
// a phrase of pairs, so that hits are exactly those of reading every text.
//
// An index stores Tokens of a text in order. A question is cut by Parse: all its phrases must
// occur. Both stores of Linli (FTS5 and tsvector) are fed by this package only, because
// their own parsers know no Chinese or depend on the locale of the server.
package bigram

import (
	"strings"
	"unicode"
)

// MaxRunes bounds what is indexed or asked of one text: tsvector positions end at 16,383.
const MaxRunes = 8000

// Phrase is a run of tokens that must follow each other. Prefix allows the last token to go
// on: for a single Han character and for Latin words, which people type half.
type Phrase struct {
	Tokens []string
	Prefix bool
}

// Tokens cuts a text for the index. A run of Han characters 停车场 gives 停车 车场 场: the
// last character stands alone, so that every character begins a token and phrases never
// cross from one run into the next.
func Tokens(text string) []string {
	var out []string
	eachRun(text, func(run []rune, han bool) {
		if !han {
			out = append(out, string(run))
			return
		}
		for i := range run {
			out = append(out, string(run[i:min(i+2, len(run))]))
		}
	})
	return out
}

// Parse cuts what somebody typed. Nothing searchable gives no phrase: the caller then does
// not filter.
func Parse(question string) []Phrase {
	var out []Phrase
	eachRun(question, func(run []rune, han bool) {
		switch {
		case !han:
			out = append(out, Phrase{[]string{string(run)}, true})
		case len(run) == 1:
			out = append(out, Phrase{[]string{string(run)}, true})
		default:
			var p Phrase
			for i := 0; i+1 < len(run); i++ {
				p.Tokens = append(p.Tokens, string(run[i:i+2]))
			}
			out = append(out, p)
		}
	})
	return out
}

func eachRun(text string, visit func(run []rune, han bool)) {
	var run []rune
	var han bool
	flush := func() {
		if len(run) > 0 {
			visit(run, han)
			run = nil
		}
	}
	n := 0
	for _, r := range text {
		if n++; n > MaxRunes {
			break
		}
		r = Fold(r)
		isHan := unicode.Is(unicode.Han, r)
		if !isHan && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			continue
		}
		if isHan != han {
			flush()
		}
		han = isHan
		run = append(run, r)
	}
	flush()
}

// Fold makes full-width and upper-case forms equal to plain ones.
func Fold(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= 0xFEE0
	}
	return unicode.ToLower(r)
}

// Normal is a text as the index reads it: folded, with everything that is no letter or digit
// turned into single spaces. Two texts of equal Normal are equal to a search.
func Normal(text string) string {
	var parts []string
	eachRun(text, func(run []rune, _ bool) { parts = append(parts, string(run)) })
	return strings.Join(parts, " ")
}
