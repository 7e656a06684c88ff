package party

import (
	"strings"
	"unicode/utf8"
)

// MaskName keeps the first character: "张伟" becomes "张*", "Ann Lee" becomes "A*". The
// number of stars says nothing about the length of the name (domain handbook §11).
func MaskName(name string) string {
	r, size := utf8.DecodeRuneInString(strings.TrimSpace(name))
	if size == 0 {
		return ""
	}
	return string(r) + "*"
}

// MaskPhone keeps the first three and last four digits of a mainland mobile number,
// "138****5678"; of any other number it keeps only the last two.
func MaskPhone(phone string) string {
	if len(phone) == mobileDigits {
		return phone[:3] + "****" + phone[7:]
	}
	if len(phone) <= 2 {
		return strings.Repeat("*", len(phone))
	}
	return "****" + phone[len(phone)-2:]
}

// MaskEmail keeps the first character and the domain: "l***@example.cn".
func MaskEmail(email string) string {
	at := strings.LastIndexByte(email, '@')
	if at < 1 {
		return strings.Repeat("*", min(len(email), 4))
	}
	_, size := utf8.DecodeRuneInString(email)
	return email[:size] + "***" + email[at:]
}

// MaskIDNumber keeps the first and last four characters of an 18-character identity
// number, "5101**********0018"; anything else is hidden altogether.
func MaskIDNumber(id string) string {
	if len(id) != 18 {
		return strings.Repeat("*", min(utf8.RuneCountInString(id), 18))
	}
	return id[:4] + "**********" + id[14:]
}
