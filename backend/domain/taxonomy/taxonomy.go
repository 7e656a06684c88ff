// Package taxonomy is the one list of categories that needs, services and projects share.
// Rules bind to codes, never to labels: a label may be reworded, a code stays for good.
// The table starts from the city's own vocabulary and is compiled in, so that every process
// of one version agrees on it.
package taxonomy

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"

	"linli/backend/domain/fault"
)

// Version names the edition of the table; decisions that used a category store it.
const Version = "2026-01"

// Code names a category: a root such as "elderly" or a child such as "elderly.meals".
type Code string

// Kind tells which of the two queues a category belongs to: they share one intake and have
// clocks of their own.
type Kind string

// The kinds.
const (
	Service Kind = "service" // somebody wants something done
	Hazard  Kind = "hazard"  // something is dangerous as it is
)

// Category is one line of the table.
type Category struct {
	Code      Code
	Parent    Code // "" for a root
	ZH, EN    string
	Kind      Kind
	Emergency bool     // the intake shows Call before anything else
	Sensitive bool     // maps show it at community level only, with k ≥ 10 (PIPL: health, minors, hardship)
	Call      []string // telephone numbers to name, most urgent first
	Keywords  []string // words people use for it, for the search at intake
}

//go:embed categories.csv
var source string

var (
	table = mustParse(source)
	byID  = index(table)
)

// All lists every category in the order of the table: a root, then its children.
func All() []Category { return slices.Clone(table) }

// Roots lists the categories without a parent, in the order of the table.
func Roots() []Category { return where(func(c Category) bool { return c.Parent == "" }) }

// Children lists the categories directly under a root.
func Children(parent Code) []Category {
	return where(func(c Category) bool { return c.Parent == parent && parent != "" })
}

// Find looks a code up.
func Find(code Code) (Category, bool) {
	i, ok := byID[code]
	if !ok {
		return Category{}, false
	}
	return table[i], true
}

// Check refuses a code that is not in the table: fault taxonomy.unknown (invalid), naming it.
func Check(code Code) error {
	if _, ok := byID[code]; ok {
		return nil
	}
	return fault.Invalid("taxonomy.unknown", "no category "+string(code)).With("category", string(code))
}

// Within tells whether a category is the other or lies under it.
func Within(code, ancestor Code) bool {
	return code == ancestor || strings.HasPrefix(string(code), string(ancestor)+".")
}

// Root is the top category a code belongs to: "elderly" for "elderly.meals".
func (c Code) Root() Code {
	root, _, _ := strings.Cut(string(c), ".")
	return Code(root)
}

// Expand lists a category and everything under it: what a filter by this category matches.
// Empty for an unknown code.
func Expand(code Code) []Code {
	var out []Code
	for _, c := range table {
		if Within(c.Code, code) {
			out = append(out, c.Code)
		}
	}
	return out
}

// Codes lists all codes in the order of the table.
func Codes() []Code {
	out := make([]Code, len(table))
	for i, c := range table {
		out[i] = c.Code
	}
	return out
}

// Name is the label in "zh" or "en"; any other language reads English.
func (c Category) Name(language string) string {
	if language == "zh" {
		return c.ZH
	}
	return c.EN
}

// maxHits bounds a search: the intake shows one screen of suggestions.
const maxHits = 8

// Search suggests categories for a few words in either language, best first: a keyword or
// label that the text contains counts more the longer it is. Ties keep the order of the table.
func Search(text string) []Category {
	text = strings.ToLower(strings.TrimSpace(text))
	type hit struct{ at, points int }
	var hits []hit
	for i, c := range table {
		if p := points(c, text); p > 0 {
			hits = append(hits, hit{i, p})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.points - a.points })
	var out []Category
	for _, h := range hits[:min(len(hits), maxHits)] {
		out = append(out, table[h.at])
	}
	return out
}

func points(c Category, text string) int {
	if text == "" {
		return 0
	}
	total := 0
	for _, word := range append([]string{c.ZH, c.EN}, c.Keywords...) {
		word = strings.ToLower(word)
		switch {
		case strings.Contains(text, word):
			total += 2 * len([]rune(word))
		case strings.Contains(word, text):
			total += len([]rune(text))
		}
	}
	if total > 0 && c.Parent != "" {
		total++ // prefer the narrower category: its own questions fit better
	}
	return total
}

func where(keep func(Category) bool) []Category {
	var out []Category
	for _, c := range table {
		if keep(c) {
			out = append(out, c)
		}
	}
	return out
}

func index(all []Category) map[Code]int {
	m := make(map[Code]int, len(all))
	for i, c := range all {
		m[c.Code] = i
	}
	return m
}

// mustParse panics at start: the table is part of the program, a test reads it first.
func mustParse(text string) []Category {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic("taxonomy: " + err.Error())
	}
	var out []Category
	for _, r := range rows[1:] {
		c := Category{Code: Code(r[0]), ZH: r[1], EN: r[2], Kind: Kind(r[3]), Emergency: r[4] == "yes",
			Sensitive: r[5] == "yes", Call: strings.Fields(r[6]), Keywords: strings.Fields(r[7])}
		if root := c.Code.Root(); root != c.Code {
			c.Parent = root
		}
		out = append(out, c)
	}
	return out
}
