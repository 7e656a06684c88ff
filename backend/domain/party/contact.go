package party

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"linli/backend/domain/fault"
)

const (
	mobileDigits = 11  // mainland mobile numbers (工信部 numbering plan)
	maxEmail     = 254 // RFC 5321 §4.5.3.1.3
	maxName      = 50  // characters; the longest minority names on ID cards fit
)

// NormalisePhone brings a mainland mobile number to its 11 digits: full-width digits,
// spaces, hyphens and +86 are accepted. Fault person.phone_invalid.
func NormalisePhone(text string) (string, error) {
	var b strings.Builder
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r >= '０' && r <= '９':
			b.WriteRune(r - '０' + '0')
		case r == ' ' || r == '-' || r == '\u3000' || r == '－':
		default:
			b.WriteRune(r)
		}
	}
	digits := strings.TrimPrefix(strings.TrimPrefix(b.String(), "+86"), "0086")
	if len(digits) != mobileDigits || digits[0] != '1' || digits[1] < '3' || !onlyDigits(digits) {
		return "", fault.Invalid("person.phone_invalid", "not a mainland mobile number").At("phone", "invalid", "11 digits beginning with 13 to 19")
	}
	return digits, nil
}

// NormaliseEmail trims and lower-cases an address; it accepts one "@" between a non-empty
// local part and a domain with a dot. Fault person.email_invalid.
func NormaliseEmail(text string) (string, error) {
	e := strings.ToLower(strings.TrimSpace(text))
	local, domain, ok := strings.Cut(e, "@")
	bad := !ok || local == "" || len(e) > maxEmail || strings.ContainsFunc(e, notInEmail) ||
		strings.Contains(domain, "@") || !strings.Contains(domain, ".") ||
		strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") || strings.Contains(domain, "..")
	if bad {
		return "", fault.Invalid("person.email_invalid", "not an e-mail address").At("email", "invalid", "write it like name@example.cn")
	}
	return e, nil
}

// NormaliseLogin reads what a person types to sign in: an e-mail address if there is an
// "@", else a phone number. What is neither is returned lower-case, so that a wrong login
// fails like a wrong password.
func NormaliseLogin(text string) string {
	if strings.ContainsRune(text, '@') {
		if e, err := NormaliseEmail(text); err == nil {
			return e
		}
	} else if p, err := NormalisePhone(text); err == nil {
		return p
	}
	return strings.ToLower(strings.TrimSpace(text))
}

// NormaliseName trims a person's name and collapses inner spaces. Fault person.name_invalid.
func NormaliseName(text string) (string, error) {
	n := strings.Join(strings.Fields(text), " ")
	if n == "" || utf8.RuneCountInString(n) > maxName || strings.ContainsFunc(n, notInName) {
		return "", fault.Invalid("person.name_invalid", "not a name").At("name", "invalid", "1 to 50 letters")
	}
	return n, nil
}

func onlyDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func notInEmail(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune("<>()[]\\,;:\"", r) || unicode.IsControl(r) || unicode.IsSpace(r)
}

func notInName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != ' ' && r != '·' && r != '\'' && r != '-' && r != '.' && r != '•' && !unicode.IsDigit(r)
}
