package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/fault"
	"linli/backend/domain/table"
	"linli/backend/sheet"
)

// needRow is one line of a file of needs; cells that the file has no column for stay empty.
type needRow struct {
	Line                int
	ID, Words           string
	Category, Community string
	Lat, Lng            float64
	Located             bool
	PostedAt            time.Time
	AmountFen           int64
}

// badCell says where a file is wrong and what was expected there.
type badCell struct {
	file           string
	line           int
	column, reason string
}

func (b badCell) Error() string {
	if b.column == "" {
		return fmt.Sprintf("%s: line %d: %s", b.file, b.line, b.reason)
	}
	return fmt.Sprintf("%s: line %d, column %s: %s", b.file, b.line, b.column, b.reason)
}

// mostUnpacked bounds what a compressed file may grow to: twice the largest list that sheet takes.
const mostUnpacked = 2 * sheet.MaxBytes

// readNeeds reads a CSV (or XLSX) of needs, compressed by gzip or not. Columns may stand in
// any order; required ones must be there. It stops at the first wrong cell.
func readNeeds(path string, required ...string) ([]needRow, error) {
	data, err := os.ReadFile(path) // #nosec G304 -- the operator names the file
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		if data, err = unpack(data); err != nil {
			return nil, fmt.Errorf("%s: expected a whole gzip file: %w", path, err)
		}
	}
	t, err := sheet.Read(bytes.NewReader(data))
	if err != nil {
		return nil, unreadableNeeds(path, err)
	}
	at := map[string]int{}
	for i, name := range t.Header {
		at[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, name := range required {
		if _, ok := at[name]; !ok {
			return nil, badCell{path, 1, name, "expected a column of this name in the header; found " + strings.Join(t.Header, ", ")}
		}
	}
	return needRows(path, t, at, required)
}

func unpack(data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	data, err = io.ReadAll(io.LimitReader(z, mostUnpacked+1))
	if err == nil && len(data) > mostUnpacked {
		err = errors.New("it unpacks to more than the limit")
	}
	return data, err
}

func unreadableNeeds(path string, err error) error {
	if f, ok := fault.As(err); ok {
		line, _ := strconv.Atoi(f.Params["line"])
		return badCell{path, max(1, line), "", "expected CSV in UTF-8 or GB18030, or XLSX: " + f.Message}
	}
	return fmt.Errorf("%s: %w", path, err)
}

func needRows(path string, t table.Table, at map[string]int, required []string) ([]needRow, error) {
	rows := make([]needRow, 0, len(t.Rows))
	seen := map[string]int{}
	for _, r := range t.Rows {
		n, err := needOf(path, r, at, required)
		if err != nil {
			return nil, err
		}
		if first, ok := seen[n.ID]; ok {
			return nil, badCell{path, r.Line, "id", fmt.Sprintf("expected every id once; %q is in line %d already", n.ID, first)}
		}
		seen[n.ID] = r.Line
		rows = append(rows, n)
	}
	return rows, nil
}

func needOf(path string, r table.Row, at map[string]int, required []string) (needRow, error) {
	n := needRow{Line: r.Line}
	cell := func(name string) string {
		if i, ok := at[name]; ok && i < len(r.Cells) {
			return strings.TrimSpace(r.Cells[i])
		}
		return ""
	}
	for _, name := range required {
		if cell(name) == "" && name != "description" && name != "title" {
			return n, badCell{path, r.Line, name, "expected a value, found an empty cell"}
		}
	}
	n.ID, n.Category, n.Community = cell("id"), cell("category"), cell("community_code")
	n.Words = strings.TrimSpace(cell("title") + "\n" + cell("description"))
	if slices.Contains(required, "title") && n.Words == "" {
		return n, badCell{path, r.Line, "title", "expected words in title or description, found two empty cells"}
	}
	if err := n.place(path, cell("lat"), cell("lng")); err != nil {
		return n, err
	}
	if day := cell("posted_at"); day != "" {
		when, err := time.Parse(time.RFC3339, day)
		if err != nil {
			if when, err = time.Parse(time.DateOnly, day); err != nil {
				return n, badCell{path, r.Line, "posted_at", fmt.Sprintf("expected a time such as 2026-03-02T08:00:00Z or a day such as 2026-03-02, found %q", day)}
			}
		}
		n.PostedAt = when
	}
	if fen := cell("amount_fen"); fen != "" {
		v, err := strconv.ParseInt(fen, 10, 64)
		if err != nil || v < 0 {
			return n, badCell{path, r.Line, "amount_fen", fmt.Sprintf("expected whole fen, 0 or more, found %q", fen)}
		}
		n.AmountFen = v
	}
	return n, nil
}

func (n *needRow) place(path, lat, lng string) error {
	if lat == "" && lng == "" {
		return nil
	}
	var err error
	if n.Lat, err = strconv.ParseFloat(lat, 64); err != nil || !(n.Lat >= -90 && n.Lat <= 90) {
		return badCell{path, n.Line, "lat", fmt.Sprintf("expected degrees from -90 to 90, found %q", lat)}
	}
	if n.Lng, err = strconv.ParseFloat(lng, 64); err != nil || !(n.Lng >= -180 && n.Lng <= 180) {
		return badCell{path, n.Line, "lng", fmt.Sprintf("expected degrees from -180 to 180, found %q", lng)}
	}
	n.Located = true
	return nil
}
