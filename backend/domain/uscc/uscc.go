// Package uscc reads the unified social credit code 统一社会信用代码 of an organisation
// (GB 32100-2015): 18 characters, of which the last checks the others.
package uscc

import (
	"strings"

	"linli/backend/domain/fault"
)

// alphabet is the 31 characters of the code in the order of their values; I, O, S, V and Z
// are left out because they read like digits.
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// weights of characters 1 to 17: powers of 3 modulo 31.
var weights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// organisationWeights of characters 9 to 16 (GB 11714).
var organisationWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// length of every code.
const length = 18

// prefixes are the registry and type characters of the organisation types that Linli knows
// (domain handbook §2). Without this list a string of zeros would pass its own check.
var prefixes = map[string]bool{
	"11": true, // 国家机关
	"12": true, // 事业单位
	"13": true, // 群团组织
	"51": true, // 社会团体
	"52": true, // 社会服务机构
	"53": true, // 基金会
	"54": true, // 居委会
	"55": true, // 村委会
	"91": true, // 企业
	"92": true, // 个体工商户
	"93": true, // 农民专业合作社
}

// Code is a valid, normalised code.
type Code string

// Prefix is the registry and type of the holder, such as "52".
func (c Code) Prefix() string {
	if len(c) < 2 {
		return ""
	}
	return string(c[:2])
}

// Warning is a doubt that does not refuse a code: real registers hold such codes.
type Warning string

// OrganisationCheck warns that character 17 does not check characters 9 to 16 (GB 11714).
const OrganisationCheck Warning = "uscc.organisation_check"

// Normalise trims, removes spaces and hyphens, folds full-width characters and upper-cases.
// It never repairs: a letter O stays a letter O and is refused.
func Normalise(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // full-width forms lie 0xFEE0 above ASCII
			r -= 0xFEE0
		}
		switch {
		case r == ' ' || r == '\u3000' || r == '\u00a0' || r == '\t' || r == '-' || r == '–' || r == '—' || r == '\ufeff':
			return -1
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, strings.TrimSpace(text))
}

// Parse normalises and validates. Faults (all invalid): uscc.length, uscc.character,
// uscc.prefix, uscc.check.
func Parse(text string) (Code, []Warning, error) {
	s := Normalise(text)
	if n := len([]rune(s)); n != length {
		return "", nil, fault.Invalid("uscc.length", "a code has 18 characters")
	}
	values, err := read(s)
	if err != nil {
		return "", nil, err
	}
	if !prefixes[s[:2]] {
		return "", nil, fault.Invalid("uscc.prefix", "no organisation type begins with "+s[:2]).With("prefix", s[:2])
	}
	if checkIndex(values) != values[17] {
		return "", nil, fault.Invalid("uscc.check", "the last character does not check the others")
	}
	if organisationCheck(values) != s[16] {
		return Code(s), []Warning{OrganisationCheck}, nil
	}
	return Code(s), nil, nil
}

// Complete returns the 17 given characters with the check character added; generators of
// invented organisations use it. Fault uscc.character or uscc.length.
func Complete(first17 string) (Code, error) {
	if len(first17) != length-1 {
		return "", fault.Invalid("uscc.length", "17 characters are needed to add the check")
	}
	values, err := read(first17)
	if err != nil {
		return "", err
	}
	return Code(first17 + string(alphabet[checkIndex(values)])), nil
}

// OrganisationCode returns the nine characters of an organisation code (GB 11714) whose
// first eight are given: characters 9 to 17 of the whole. Fault uscc.character or uscc.length.
func OrganisationCode(first8 string) (string, error) {
	if len(first8) != 8 {
		return "", fault.Invalid("uscc.length", "8 characters are needed to add the check")
	}
	values, err := read(first8)
	if err != nil {
		return "", err
	}
	var all [length]int
	copy(all[8:], values[:8])
	return first8 + string(organisationCheck(all)), nil
}

func read(s string) ([length]int, error) {
	var values [length]int
	i := 0
	for _, r := range s {
		v := strings.IndexRune(alphabet, r)
		if v < 0 {
			return values, fault.Invalid("uscc.character", "not a character of the code: "+string(r)).With("character", string(r))
		}
		values[i] = v
		i++
	}
	return values, nil
}

func checkIndex(values [length]int) int {
	sum := 0
	for i, w := range weights {
		sum += w * values[i]
	}
	return (31 - sum%31) % 31
}

// organisationCheck works on GB 11714's own values: A is 10 and so on over the whole Latin
// alphabet, not over the 31 characters of GB 32100.
func organisationCheck(values [length]int) byte {
	sum := 0
	for i, w := range organisationWeights {
		c := alphabet[values[8+i]]
		v := int(c - '0')
		if c >= 'A' {
			v = int(c-'A') + 10
		}
		sum += w * v
	}
	switch n := 11 - sum%11; n {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + n)
	}
}
