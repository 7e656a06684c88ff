package similar

import (
	"slices"
	"unicode"
)

// names are places that no ending tells, learned from the texts themselves: people put where
// they live between commas or in brackets ("…，汪家拐，…"), and others of the same set write
// the same name inside a sentence. Names with an ending are learned without it, too: 翠屏 for
// 翠屏小区.
type names map[rune][][]rune // by first character, longest first

// A learned name has two to five characters.
const leastName, mostName = 2, 5

// usualName: what stands alone more often, and in more than a hundredth of the texts, is a
// formula ("按季度拨付"), not a name.
const usualName = 20

func learn(texts [][]rune) names {
	seen, alone := map[string]bool{}, map[string]int{}
	for _, rs := range texts {
		segments(rs, func(seg []rune) {
			if likeName(seg) {
				alone[string(seg)]++
			}
		})
		for i := range rs {
			if end, p := endingAt(rs, i); p.name != "" && p.class != classSite && end-i <= 2 {
				if stem := rs[i-2 : i]; !known(stem) {
					seen[string(stem)] = true
				}
			}
		}
	}
	for s, n := range alone {
		if n <= max(usualName, len(texts)/100) {
			seen[s] = true
		}
	}
	out := names{}
	for s := range seen {
		rs := []rune(s)
		out[rs[0]] = append(out[rs[0]], rs)
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b []rune) int {
			if len(a) != len(b) {
				return len(b) - len(a)
			}
			return slices.Compare(a, b)
		})
	}
	return out
}

// segments calls visit for every run of Han characters between marks, the first one of a text
// left out when it is all there is.
func segments(rs []rune, visit func([]rune)) {
	start := 0
	for i := 0; i <= len(rs); i++ {
		if i < len(rs) && (unicode.Is(unicode.Han, rs[i])) {
			continue
		}
		whole := start == 0 && i == len(rs)
		bounded := i == len(rs) || !unicode.IsDigit(rs[i])
		if i > start && !whole && bounded && (start == 0 || !unicode.IsDigit(rs[start-1])) {
			visit(rs[start:i])
		}
		start = i + 1
	}
}

// likeName: short, no word of the lexicon in it, no character that joins words.
func likeName(seg []rune) bool {
	return len(seg) >= leastName && len(seg) <= mostName && !known(seg)
}

func known(seg []rune) bool {
	for i, r := range seg {
		if breakers[r] || notInNames[r] || notAlone[r] {
			return true
		}
		if _, n := words.at(seg, i); n > 0 {
			return true
		}
		if _, n := aspects.at(seg, i); n > 0 {
			return true
		}
	}
	return false
}

// notAlone are characters of everyday sentences; a segment with one of them is no name.
var notAlone = setOf("不没人说好多少什么怎为能会可以要吃睡听看叫打找走跑等问做弄用买卖天年月日时点分晚早今明昨现已经再还又才刚最更越且但因所如果或虽然当只其实总体是特非真实感觉谢请")

// find gives the end and text of the longest learned name at i.
func (n names) find(rs []rune, i int) (int, string) {
	for _, name := range n[rs[i]] {
		if i+len(name) <= len(rs) && slices.Equal(rs[i:i+len(name)], name) {
			return i + len(name), string(name)
		}
	}
	return i, ""
}
