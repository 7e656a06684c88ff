package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"linli/backend/domain/fault"
	"linli/backend/domain/table"
)

const byteOrderMark = "\ufeff"

func readCSV(data []byte) (table.Table, error) {
	data, err := toUTF8(data)
	if err != nil {
		return table.Table{}, err
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1 // a short or long row is reported, not fatal
	var b builder
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return b.table, nil
		}
		if err != nil {
			return table.Table{}, unreadable(err)
		}
		line, _ := r.FieldPos(0)
		if err := b.add(line, cells); err != nil {
			return table.Table{}, at(err, line)
		}
	}
}

// toUTF8 strips the byte order mark and reads GB18030, which Chinese office programs still
// save CSV files in, when the bytes are no UTF-8.
func toUTF8(data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if utf8.Valid(data) {
		if bytes.IndexByte(data, 0) >= 0 {
			return nil, fault.Malformed("sheet.encoding", "the file holds NUL bytes")
		}
		return data, nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) || bytes.IndexByte(out, 0) >= 0 {
		return nil, fault.Malformed("sheet.encoding", "the text is neither UTF-8 nor GB18030")
	}
	return out, nil
}

func unreadable(err error) error {
	f := fault.Wrap(fault.KindMalformed, "sheet.unreadable", "the CSV does not read", err)
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return f.With("line", strconv.Itoa(parse.Line))
	}
	return f.With("line", "")
}

func at(err error, line int) error {
	if f, ok := fault.As(err); ok {
		return f.With("line", strconv.Itoa(line))
	}
	return err
}

func writeCSV(w io.Writer, t table.Table) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil { // without it Excel reads UTF-8 as GBK
		return fault.Internal("write CSV", err)
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	rows := append([]table.Row{{Cells: t.Header}}, t.Rows...)
	for _, row := range rows {
		cells := make([]string, len(row.Cells))
		for i, cell := range row.Cells {
			cells[i] = guard(cell)
		}
		if err := c.Write(cells); err != nil {
			return fault.Internal("write CSV", err)
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fault.Internal("write CSV", err)
	}
	return nil
}

// guard keeps a spreadsheet program from running a cell that somebody typed as a formula;
// unguard takes the apostrophe off again when the file comes back.
func guard(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r'", rune(cell[0])) && !plainNumber(cell) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@\t\r'", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

func plainNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}
