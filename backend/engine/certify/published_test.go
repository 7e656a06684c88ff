package certify_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"
)

// publishedValues reads a column of a table of best known values.
func publishedValues(t *testing.T, file string, column int) map[string]int64 {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int64{}
	for _, row := range rows[1:] {
		v, err := strconv.ParseInt(row[column], 10, 64)
		if err != nil {
			t.Fatalf("%s: %q", file, row)
		}
		out[row[0]] = v
	}
	return out
}
