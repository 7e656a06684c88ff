package table

import (
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/fault"
)

// listSeparator joins several values in one cell; a full-width one is read too.
const listSeparator = ";"

// List splits a cell with several values: "a; b；c、d".
func List(cell string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '；' || r == '、' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// Join writes several values into one cell.
func Join[S ~string](values []S) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = string(v)
	}
	return strings.Join(parts, listSeparator+" ")
}

// Bool reads 是/否, yes/no, true/false, 1/0; fault table.not_yes_or_no.
func Bool(cell string) (bool, error) {
	switch strings.ToLower(cell) {
	case "是", "有", "yes", "y", "true", "1":
		return true, nil
	case "否", "无", "no", "n", "false", "0":
		return false, nil
	}
	return false, fault.Invalid("table.not_yes_or_no", "expected yes or no")
}

// YesNo writes a truth value; both languages read it back.
func YesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// Whole reads a whole number within bounds; thousands separators are ignored.
// Faults table.not_a_number, table.out_of_range.
func Whole(cell string, least, most int64) (int64, error) {
	n, err := strconv.ParseInt(strings.NewReplacer(",", "", "，", "", " ", "").Replace(cell), 10, 64)
	if err != nil {
		return 0, fault.Invalid("table.not_a_number", "expected a whole number")
	}
	if n < least || n > most {
		return 0, fault.Invalid("table.out_of_range", "number outside its range").
			With("least", strconv.FormatInt(least, 10)).With("most", strconv.FormatInt(most, 10))
	}
	return n, nil
}

// dateForms are the ways people and spreadsheet programs write a day.
var dateForms = []string{"2006-01-02", "2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "01-02-06", "20060102"}

// Day reads a day as text "2026-03-02"; fault table.not_a_date.
func Day(cell string) (string, error) {
	for _, form := range dateForms {
		if t, err := time.Parse(form, cell); err == nil {
			return t.Format("2006-01-02"), nil
		}
	}
	return "", fault.Invalid("table.not_a_date", "expected a date such as 2026-03-02")
}

// Degrees reads a latitude or longitude; fault table.not_a_number, table.out_of_range.
func Degrees(cell string, most float64) (float64, error) {
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil || v != v {
		return 0, fault.Invalid("table.not_a_number", "expected a number of degrees")
	}
	if v < -most || v > most {
		limit := strconv.FormatFloat(most, 'f', 0, 64)
		return 0, fault.Invalid("table.out_of_range", "degrees outside their range").With("least", "-"+limit).With("most", limit)
	}
	return v, nil
}

// OneOf reads one of a few words; fault table.not_listed.
func OneOf(cell string, words ...string) (string, error) {
	for _, w := range words {
		if strings.EqualFold(cell, w) {
			return w, nil
		}
	}
	return "", fault.Invalid("table.not_listed", "expected one of "+strings.Join(words, ", ")).With("words", strings.Join(words, ", "))
}
