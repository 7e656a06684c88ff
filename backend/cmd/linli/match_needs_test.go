package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func needsFile(t *testing.T, content string, packed bool) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "needs.csv")
	data := []byte(content)
	if packed {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		data = b.Bytes()
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadNeeds_TakesPlainAndPackedFiles(t *testing.T) {
	t.Parallel()
	const content = "title,id,description,lat,lng,posted_at,amount_fen\n电梯坏了,1,三栋,30.6,104.1,2026-03-02,500\n\"两行\n标题\",2,,,,2026-03-02T08:00:00Z,\n"
	for _, packed := range []bool{false, true} {
		rows, err := readNeeds(needsFile(t, content, packed), "id", "title", "description")
		if err != nil || len(rows) != 2 {
			t.Fatal(rows, err)
		}
		if r := rows[0]; r.ID != "1" || r.Words != "电梯坏了\n三栋" || !r.Located || r.AmountFen != 500 || r.PostedAt.Day() != 2 {
			t.Errorf("%+v", r)
		}
		if r := rows[1]; r.Located || r.Line != 3 || r.PostedAt.Hour() != 8 {
			t.Errorf("%+v", r)
		}
	}
}

func TestReadNeeds_SaysWhereAFileIsWrongAndWhatWasExpected(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"":                                               "no header",
		"id,title\n1,x\n":                                "line 1, column description: expected a column",
		"id,title,description\n,x,\n":                    "line 2, column id: expected a value",
		"id,title,description\n1,,\n":                    "line 2, column title: expected words",
		"id,title,description\n1,x,\n1,y,\n":             "line 3, column id: expected every id once; \"1\" is in line 2",
		"id,title,description,lat,lng\n1,x,,1,":          "line 2, column lng: expected degrees",
		"id,title,description,lat,lng\n1,x,,NaN,2":       "line 2, column lat: expected degrees",
		"id,title,description,posted_at\n1,x,,yesterday": "line 2, column posted_at: expected a time",
		"id,title,description,amount_fen\n1,x,,-1":       "line 2, column amount_fen: expected whole fen",
		"id,title,description\n1,\"x,\n":                 "expected CSV",
	} {
		_, err := readNeeds(needsFile(t, content, false), "id", "title", "description")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", content, err, want)
		}
	}
	if _, err := readNeeds(needsFile(t, "\x1f\x8bbroken", false), "id"); err == nil || !strings.Contains(err.Error(), "gzip") {
		t.Errorf("broken gzip: %v", err)
	}
}
