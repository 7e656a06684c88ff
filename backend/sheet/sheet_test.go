package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"linli/backend/domain/fault"
	"linli/backend/domain/table"
)

var sample = table.Table{
	Header: []string{"code", "name"},
	Rows: []table.Row{
		{Line: 2, Cells: []string{"510105005004", "宽巷子社区"}},
		{Line: 3, Cells: []string{"007", "=1+1, \"quoted\"\nsecond line"}},
		{Line: 5, Cells: []string{"-12.50", "'already"}},
	},
}

func TestWrite_ReadsBackTheSame(t *testing.T) {
	t.Parallel()
	for _, f := range []Format{CSV, XLSX} {
		var file bytes.Buffer
		if err := Write(&file, f, sample); err != nil {
			t.Fatal(err)
		}
		got, err := Read(&file)
		if err != nil || !slices.Equal(got.Header, sample.Header) || len(got.Rows) != 3 {
			t.Fatalf("%s: %+v %v", f, got, err)
		}
		for i, row := range got.Rows {
			if !slices.Equal(row.Cells, sample.Rows[i].Cells) {
				t.Errorf("%s row %d: %q", f, i, row.Cells)
			}
		}
	}
}

func TestCSV_CellsSurviveTheGuardAgainstFormulas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOfN(rapid.SampledFrom([]rune("=+-@'ab1, \"\t停")), 1, 6, -1).Draw(t, "cell")
		if got := unguard(guard(cell)); got != cell {
			t.Fatalf("%q came back as %q", cell, got)
		}
		if g := guard(cell); strings.ContainsRune("=+@", rune(g[0])) && !plainNumber(g) {
			t.Fatalf("%q would run as a formula", g)
		}
	})
}

func TestRead_ByteOrderMarkBlankLinesAndGB18030(t *testing.T) {
	t.Parallel()
	text := "code,name\r\n\r\n1,宽巷子\r\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"plain": text, "mark": "\ufeff" + text, "gb18030": gb} {
		got, err := Read(strings.NewReader(data))
		if err != nil || got.Header[0] != "code" || len(got.Rows) != 1 || got.Rows[0].Cells[1] != "宽巷子" || got.Rows[0].Line != 3 {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

func TestRead_LineNumbersCountLinesNotRecords(t *testing.T) {
	t.Parallel()
	got, err := Read(strings.NewReader("a,b\n\"one\ntwo\",x\n3,y\n"))
	if err != nil || got.Rows[0].Line != 2 || got.Rows[1].Line != 4 {
		t.Fatalf("%+v %v", got, err)
	}
}

func TestRead_Refuses(t *testing.T) {
	t.Parallel()
	for data, code := range map[string]string{
		"":                                  "sheet.empty",
		"\n\n":                              "sheet.empty",
		"a,b\n\"open":                       "sheet.unreadable",
		"a,b\n1,\x00":                       "sheet.encoding",
		"a,b\n1,\xff\xff\xff":               "sheet.encoding",
		"PK\x03\x04 is no archive":          "sheet.unreadable",
		strings.Repeat("a,", MaxColumns+1):  "sheet.too_many_columns",
		"a\n" + strings.Repeat("字", 40_000): "sheet.cell_too_long",
	} {
		if _, err := Read(strings.NewReader(data)); !fault.Is(err, code) || fault.KindOf(err) != fault.KindMalformed {
			t.Errorf("%.20q: want %s, got %v", data, code, err)
		}
	}
}

func TestRead_RowLimit(t *testing.T) {
	t.Parallel()
	data := "a\n" + strings.Repeat("1\n", MaxRows)
	if got, err := Read(strings.NewReader(data)); err != nil || len(got.Rows) != MaxRows {
		t.Fatalf("the limit itself: %d %v", len(got.Rows), err)
	}
	_, err := Read(strings.NewReader(data + "1\n"))
	if f, _ := fault.As(err); f == nil || f.Code != "sheet.too_many_rows" || f.Params["line"] != fmt.Sprint(MaxRows+2) {
		t.Fatalf("%v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("\ufeffa;b\n\"x"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Read(bytes.NewReader(data))
		if err != nil && fault.KindOf(err) != fault.KindMalformed {
			t.Fatalf("%v", err)
		}
		if err == nil && len(got.Header) == 0 {
			t.Fatal("no header")
		}
	})
}
