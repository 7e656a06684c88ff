// Package sheet reads and writes the files that lists travel in: CSV and XLSX. It knows
// files only; what a column means is said in package table. It is the only package that
// imports excelize.
package sheet

import (
	"bytes"
	"io"

	"linli/backend/domain/fault"
	"linli/backend/domain/table"
)

// Format of a file.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// Limits of one file: a city's organisations fit five times over; an archive that unpacks
// to more is refused before it fills the memory.
const (
	MaxBytes    = 64 << 20
	MaxRows     = 200_000
	MaxColumns  = 100
	MaxCellSize = 32_767 // runes; the limit of XLSX itself
)

// ContentType for a download.
func (f Format) ContentType() string {
	if f == XLSX {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// Read takes a whole file; the format is told by its first bytes, never by its name.
// Faults (malformed): sheet.too_large, sheet.too_many_rows, sheet.too_many_columns,
// sheet.cell_too_long, sheet.unreadable, sheet.encoding, sheet.empty.
func Read(r io.Reader) (table.Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return table.Table{}, fault.Wrap(fault.KindMalformed, "sheet.unreadable", "the file does not read", err)
	}
	if len(data) > MaxBytes {
		return table.Table{}, fault.Malformed("sheet.too_large", "the file is larger than the limit")
	}
	var t table.Table
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		t, err = readXLSX(data)
	} else {
		t, err = readCSV(data)
	}
	if err != nil {
		return table.Table{}, err
	}
	if len(t.Header) == 0 {
		return table.Table{}, fault.Malformed("sheet.empty", "the file has no header")
	}
	return t, nil
}

// Write writes a table in the format; fault sheet.unwritable (internal).
func Write(w io.Writer, f Format, t table.Table) error {
	if f == XLSX {
		return writeXLSX(w, t)
	}
	return writeCSV(w, t)
}

// builder collects rows under the limits.
type builder struct{ table table.Table }

func (b *builder) add(line int, cells []string) error {
	if len(cells) > MaxColumns {
		return fault.Malformed("sheet.too_many_columns", "more columns than the limit")
	}
	blank := true
	for i, c := range cells {
		if len(c) > MaxCellSize && len([]rune(c)) > MaxCellSize {
			return fault.Malformed("sheet.cell_too_long", "a cell is longer than the limit")
		}
		cells[i] = unguard(c)
		blank = blank && c == ""
	}
	if blank {
		return nil
	}
	if b.table.Header == nil {
		b.table.Header = cells
		return nil
	}
	if len(b.table.Rows) == MaxRows {
		return fault.Malformed("sheet.too_many_rows", "more rows than the limit")
	}
	b.table.Rows = append(b.table.Rows, table.Row{Line: line, Cells: cells})
	return nil
}
