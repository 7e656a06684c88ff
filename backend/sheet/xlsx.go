package sheet

import (
	"bytes"
	"io"

	"github.com/xuri/excelize/v2"

	"linli/backend/domain/fault"
	"linli/backend/domain/table"
)

// sheetName of the one sheet that Linli writes; the first sheet of a file is read whatever
// its name.
const sheetName = "Linli"

// unzipLimit refuses an archive that unpacks to far more than it weighs.
const unzipLimit = 512 << 20

func readXLSX(data []byte) (table.Table, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: unzipLimit, UnzipXMLSizeLimit: unzipLimit})
	if err != nil {
		return table.Table{}, broken(err)
	}
	defer func() { _ = f.Close() }()
	names := f.GetSheetList()
	if len(names) == 0 {
		return table.Table{}, fault.Malformed("sheet.empty", "the workbook has no sheet")
	}
	rows, err := f.Rows(names[0])
	if err != nil {
		return table.Table{}, broken(err)
	}
	defer func() { _ = rows.Close() }()
	return collect(rows)
}

func collect(rows *excelize.Rows) (table.Table, error) {
	var b builder
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return table.Table{}, broken(err)
		}
		if err := b.add(line, cells); err != nil {
			return table.Table{}, at(err, line)
		}
	}
	if err := rows.Error(); err != nil {
		return table.Table{}, broken(err)
	}
	return b.table, nil
}

func broken(err error) error {
	return fault.Wrap(fault.KindMalformed, "sheet.unreadable", "the workbook does not read", err).With("line", "")
}

// writeXLSX writes every cell as text: numbers above 2^53 would lose digits and codes their
// leading zeros.
func writeXLSX(w io.Writer, t table.Table) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	if err := f.SetSheetName("Sheet1", sheetName); err != nil {
		return fault.Internal("write XLSX", err)
	}
	s, err := f.NewStreamWriter(sheetName)
	if err != nil {
		return fault.Internal("write XLSX", err)
	}
	if err := fill(f, s, t); err != nil {
		return fault.Internal("write XLSX", err)
	}
	if err := f.Write(w); err != nil {
		return fault.Internal("write XLSX", err)
	}
	return nil
}

func fill(f *excelize.File, s *excelize.StreamWriter, t table.Table) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E6F0EE"}}})
	if err != nil {
		return err
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if len(t.Header) > 0 {
		if err := s.SetColWidth(1, len(t.Header), 18); err != nil {
			return err
		}
	}
	if err := s.SetRow("A1", cellsOf(t.Header), excelize.RowOpts{StyleID: bold}); err != nil {
		return err
	}
	for i, row := range t.Rows {
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := s.SetRow(at, cellsOf(row.Cells)); err != nil {
			return err
		}
	}
	return s.Flush()
}

func cellsOf(texts []string) []any {
	out := make([]any, len(texts))
	for i, s := range texts {
		out[i] = s
	}
	return out
}
