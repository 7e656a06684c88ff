// Package table turns lists of things into rows of text and back, with one definition of the
// columns for both ways: what was exported can be imported again. Files are another matter;
// package sheet reads and writes them.
package table

import (
	"strconv"
	"strings"

	"linli/backend/domain/fault"
)

// MaxIssues bounds a report: whoever sees five hundred wrong rows mends the file, not the rows.
const MaxIssues = 500

// Table is the content of a file: a header and the rows under it, as text.
type Table struct {
	Header []string
	Rows   []Row
}

// Row is one line of a file. Line counts from 1 and includes the header, as editors do.
type Row struct {
	Line  int
	Cells []string
}

// Issue says what is wrong with one cell, row or file. Code is a fault code with a title in
// both languages. A Warning does not keep the row out.
type Issue struct {
	Line    int               `json:"line"` // 0: the whole file
	Column  string            `json:"column"`
	Code    string            `json:"code"`
	Value   string            `json:"value"`
	Message string            `json:"message"` // English, for logs and the command line
	Params  map[string]string `json:"params,omitempty"`
	Warning bool              `json:"warning"`
}

// Of makes an issue from the error of reading a cell.
func Of(line int, column, value string, err error) Issue {
	issue := Issue{Line: line, Column: column, Value: clip(value), Code: fault.CodeOf(err), Message: err.Error()}
	if f, ok := fault.As(err); ok {
		issue.Message, issue.Params = f.Message, f.Params
	}
	return issue
}

// clip keeps a report readable when somebody puts a novel into a cell.
func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Fatal tells whether any issue keeps something out.
func Fatal(issues []Issue) bool {
	for _, i := range issues {
		if !i.Warning {
			return true
		}
	}
	return false
}

// Cell is what a row says in a column, for reports; other where the column is unknown or
// empty, so that the row can be recognised.
func (c Columns[T]) Cell(row *T, column, other string) string {
	for _, x := range c {
		if x.Key == column && x.Get(row) != "" {
			return x.Get(row)
		}
	}
	return other
}

// Column is one column of a list of T. Key is the stable header; ZH and EN are the headers
// people read; a file may use any of the three. Set is called for filled cells only.
type Column[T any] struct {
	Key, ZH, EN string
	Required    bool
	Example     string // shown in the template
	Get         func(*T) string
	Set         func(*T, string) error
}

// Columns are the columns of one list, in the order of the file.
type Columns[T any] []Column[T]

// Line is a value together with the line it came from.
type Line[T any] struct {
	Number int
	Value  T
}

// Header lists the headers in "zh", "en", or the stable keys for anything else.
func (c Columns[T]) Header(language string) []string {
	out := make([]string, len(c))
	for i, col := range c {
		switch language {
		case "zh":
			out[i] = col.ZH
		case "en":
			out[i] = col.EN
		default:
			out[i] = col.Key
		}
	}
	return out
}

// Encode writes items as a table.
func (c Columns[T]) Encode(items []T, language string) Table {
	t := Table{Header: c.Header(language)}
	for i := range items {
		row := Row{Line: i + 2, Cells: make([]string, len(c))}
		for j, col := range c {
			row.Cells[j] = col.Get(&items[i])
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Template is a table with one example row.
func (c Columns[T]) Template(language string) Table {
	row := Row{Line: 2, Cells: make([]string, len(c))}
	for i, col := range c {
		row.Cells[i] = col.Example
	}
	return Table{Header: c.Header(language), Rows: []Row{row}}
}

// Decode reads the rows it can and reports the others. Issues: table.column_unknown,
// table.column_twice, table.column_missing (whole file: nothing is read then),
// table.too_many_cells, table.required, and whatever Set answers.
func (c Columns[T]) Decode(t Table) ([]Line[T], []Issue) {
	at, issues := c.place(t.Header)
	if len(issues) > 0 {
		return nil, issues
	}
	var out []Line[T]
	for _, row := range t.Rows {
		value, wrong := c.decodeRow(row, at)
		if !Fatal(wrong) {
			out = append(out, Line[T]{row.Line, value})
		}
		issues = append(issues, wrong...)
	}
	return out, issues
}

// place finds which column each header names.
func (c Columns[T]) place(header []string) ([]int, []Issue) {
	at := make([]int, len(header))
	seen := map[int]bool{}
	var issues []Issue
	for i, h := range header {
		col := c.find(h)
		at[i] = col
		switch {
		case col < 0:
			issues = append(issues, Of(1, h, h, fault.Invalid("table.column_unknown", "unknown column "+h).With("column", h)))
		case seen[col]:
			issues = append(issues, Of(1, h, h, fault.Invalid("table.column_twice", "column stands twice: "+h).With("column", h)))
		}
		seen[col] = true
	}
	for i, col := range c {
		if col.Required && !seen[i] {
			issues = append(issues, Of(1, col.Key, "", fault.Invalid("table.column_missing", "missing column "+col.Key).With("column", col.Key)))
		}
	}
	return at, issues
}

func (c Columns[T]) find(header string) int {
	header = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(header), "*"))
	for i, col := range c {
		if strings.EqualFold(header, col.Key) || header == col.ZH || strings.EqualFold(header, col.EN) {
			return i
		}
	}
	return -1
}

func (c Columns[T]) decodeRow(row Row, at []int) (T, []Issue) {
	var value T
	var issues []Issue
	if len(row.Cells) > len(at) {
		err := fault.Invalid("table.too_many_cells", "the row has "+strconv.Itoa(len(row.Cells))+" cells, the header "+strconv.Itoa(len(at)))
		return value, []Issue{Of(row.Line, "", "", err)}
	}
	filled := make([]bool, len(c))
	for i, cell := range row.Cells {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		col := c[at[i]]
		filled[at[i]] = true
		if err := col.Set(&value, cell); err != nil {
			issues = append(issues, Of(row.Line, col.Key, cell, err))
		}
	}
	for i, col := range c {
		if col.Required && !filled[i] {
			issues = append(issues, Of(row.Line, col.Key, "", fault.Invalid("table.required", col.Key+" is empty")))
		}
	}
	return value, issues
}
