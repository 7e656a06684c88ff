package need

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Mark tells what is hidden in a text and where. Start and End are rune positions, the same
// before and after masking, because each hidden character becomes one asterisk.
type Mark struct {
	Kind       string
	Start, End int
}

// What is hidden in public words.
const (
	HiddenID      = "id_number"
	HiddenPhone   = "phone"
	HiddenAccount = "account"
	HiddenPlate   = "plate"
	HiddenEmail   = "email"
	HiddenName    = "name"
)

// kept is how many characters stay readable at either end, in the forms of the domain
// handbook §11: 5101**********0018, 138****5678, 张*. Every hidden thing is longer than that.
var kept = map[string][2]int{
	HiddenID: {4, 4}, HiddenPhone: {3, 4}, HiddenAccount: {0, 4},
	HiddenPlate: {2, 0}, HiddenEmail: {1, 0}, HiddenName: {1, 0},
}

var (
	emailForm = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9._%+\-]* ?@ ?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+`)
	plateForm = regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-Za-z][ .·•\-]?[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳]`)
)

// Mask hides every telephone, identity, account and plate number, e-mail address and known
// name in free text: all of them, not the first. Names are those the system knows. What
// masking leaves joined to something new is masked again, so masking twice changes nothing.
func Mask(text string, names []string) (string, []Mark) {
	runes := []rune(text)
	var marks []Mark
	for {
		found := find(runes, names)
		if len(found) == 0 {
			break
		}
		for _, m := range found {
			from, to := hidden(runes, m)
			for i := from; i < to; i++ {
				runes[i] = '*'
			}
		}
		marks = append(marks, found...)
	}
	slices.SortStableFunc(marks, func(a, b Mark) int { return a.Start - b.Start })
	return string(runes), marks
}

// hidden is the stretch of a mark that becomes asterisks: in numbers only figures are
// counted as kept, not what parts them.
func hidden(text []rune, m Mark) (from, to int) {
	k := kept[m.Kind]
	numeric := m.Kind == HiddenID || m.Kind == HiddenPhone || m.Kind == HiddenAccount
	counts := func(r rune) bool { return !numeric || figure(r) || r == 'x' || r == 'X' }
	folded := fold(text[m.Start:m.End])
	from, to = m.Start, m.End
	for n := 0; n < k[0]; from++ {
		if counts(folded[from-m.Start]) {
			n++
		}
	}
	for n := 0; n < k[1]; {
		to--
		if counts(folded[to-m.Start]) {
			n++
		}
	}
	return from, to
}

// find lists what is to hide, left to right, without overlaps: e-mail before numbers
// before plates before names.
func find(text []rune, names []string) []Mark {
	f := finder{folded: fold(text), taken: make([]bool, len(text))}
	f.expression(HiddenEmail, emailForm)
	f.expression(HiddenPlate, plateForm)
	f.numbers()
	for _, name := range names {
		f.name([]rune(name))
	}
	slices.SortFunc(f.marks, func(a, b Mark) int { return a.Start - b.Start })
	return f.marks
}

type finder struct {
	folded []rune
	taken  []bool
	marks  []Mark
}

func (f *finder) take(kind string, start, end int) {
	if end-start <= kept[kind][0]+kept[kind][1] || slices.Contains(f.taken[start:end], true) {
		return
	}
	for i := start; i < end; i++ {
		f.taken[i] = true
	}
	f.marks = append(f.marks, Mark{kind, start, end})
}

func (f *finder) expression(kind string, form *regexp.Regexp) {
	text := string(f.folded)
	for _, at := range form.FindAllStringIndex(text, -1) {
		start := utf8.RuneCountInString(text[:at[0]])
		f.take(kind, start, start+utf8.RuneCountInString(text[at[0]:at[1]]))
	}
}

// name hides all occurrences of one known name. A name of one character, or one that holds
// an asterisk, would hide half the language or nothing.
func (f *finder) name(name []rune) {
	if len(name) < 2 || slices.Contains(name, '*') {
		return
	}
	want := fold(name)
	for i := 0; i+len(want) <= len(f.folded); i++ {
		if slices.Equal(f.folded[i:i+len(want)], want) {
			f.take(HiddenName, i, i+len(want))
		}
	}
}

// piece is an unbroken row of figures.
type piece struct{ start, end int }

// maxGap is how many separators people put between the parts of one number.
const maxGap = 2

// numbers looks at rows of figures: first an area code with its number, then each row
// alone, then rows that only separators part, so that "138 0013 8000" is found and
// "3-2-501 13800138000" keeps its door.
func (f *finder) numbers() {
	pieces := f.pieces()
	for i := 0; i+1 < len(pieces); i++ {
		if area := f.figures(pieces[i : i+1]); len(area) <= 4 && area[0] == '0' && f.chain(pieces, i) > i {
			f.try(pieces[i : i+2])
		}
	}
	for i := range pieces {
		f.try(pieces[i : i+1])
	}
	for i := range pieces {
		for j := f.chain(pieces, i); j > i; j-- {
			f.try(pieces[i : j+1])
		}
	}
}

// try takes pieces that together are one number. A country code before a mobile number is
// no part of what is kept.
func (f *finder) try(pieces []piece) {
	n, start, end := f.figures(pieces), pieces[0].start, pieces[len(pieces)-1].end
	kind := classify(n, len(pieces) == 1, f.after(end))
	if kind == "" {
		return
	}
	if kind == HiddenPhone && !mobile(n) && mobile(country(n)) {
		for extra := len(n) - len(country(n)); extra > 0 || !figure(f.folded[start]); start++ {
			if figure(f.folded[start]) {
				extra--
			}
		}
	}
	f.take(kind, start, end)
}

func (f *finder) pieces() []piece {
	var out []piece
	for i := 0; i < len(f.folded); i++ {
		if !figure(f.folded[i]) || f.taken[i] {
			continue
		}
		start := i
		for i < len(f.folded) && figure(f.folded[i]) && !f.taken[i] {
			i++
		}
		if i < len(f.folded) && (f.folded[i] == 'x' || f.folded[i] == 'X') && i-start <= 17 {
			i++
		}
		out = append(out, piece{start, i})
	}
	return out
}

// maxChain bounds how many rows are tried as one number: an account is written in at most
// nineteen single figures.
const maxChain = 20

// chain is the last piece that only separators part from piece i.
func (f *finder) chain(pieces []piece, i int) int {
	j := i
	for j+1 < len(pieces) && j-i < maxChain && f.joined(pieces[j].end, pieces[j+1].start) {
		j++
	}
	return j
}

func (f *finder) joined(from, to int) bool {
	if to-from > maxGap {
		return false
	}
	for _, r := range f.folded[from:to] {
		if !strings.ContainsRune(" .·•-_()", r) {
			return false
		}
	}
	return true
}

func (f *finder) figures(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(string(f.folded[p.start:p.end]))
	}
	return b.String()
}

func (f *finder) after(end int) rune {
	if end < len(f.folded) {
		return f.folded[end]
	}
	return 0
}

// classify names what a number is, "" for none. Alone marks an unbroken row: only such a
// row is taken for an account of unusual length or a local telephone number.
func classify(n string, alone bool, next rune) string {
	switch {
	case mobile(n) || mobile(country(n)):
		return HiddenPhone
	case len(n) == 18 && n[0] != '0' && strings.Trim(n[:17], "0123456789") == "":
		return HiddenID
	case strings.ContainsAny(n, "xX"):
		return ""
	case n[0] == '0' && len(n) >= 10 && len(n) <= 12:
		return HiddenPhone
	case alone && len(n) >= 12, len(n) >= 15 && len(n) <= 19:
		return HiddenAccount
	case alone && local(n, next):
		return HiddenPhone
	default:
		return ""
	}
}

// country drops the country code 86, with or without 00 before it.
func country(n string) string { return strings.TrimPrefix(strings.TrimPrefix(n, "00"), "86") }

func mobile(n string) bool { return len(n) == 11 && n[0] == '1' && n[1] >= '3' && n[1] <= '9' }

// local is an eight-figure telephone number; a date of this or the last century and an
// amount are none.
func local(n string, next rune) bool {
	date := strings.HasPrefix(n, "20") || strings.HasPrefix(n, "19")
	return len(n) == 8 && n[0] >= '2' && n[0] <= '8' && !date && next != '元'
}

func figure(r rune) bool { return r >= '0' && r <= '9' }

// fold makes full-width and Chinese numerals plain, one rune for one rune.
func fold(text []rune) []rune {
	out := make([]rune, len(text))
	for i, r := range text {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '　':
			r = ' '
		case r == '〇' || r == '零':
			r = '0'
		case r == '幺':
			r = '1'
		}
		if at := strings.IndexRune("一二三四五六七八九", r); at >= 0 {
			r = rune('1' + at/len("一"))
		}
		out[i] = r
	}
	return out
}

// MaskNumbers is Mask without names, for short public reasons.
func MaskNumbers(text string) string {
	out, _ := Mask(text, nil)
	return out
}
