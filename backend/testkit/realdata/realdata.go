// Package realdata finds the files of real input that lie beside the repository. They are
// not part of it, so tests that need them skip loudly where they are absent.
package realdata

import (
	"os"
	"path/filepath"
	"testing"

	"linli/backend/domain/table"
	"linli/backend/sheet"
)

// Path returns a file below ../shared/data as seen from the repository, or from any folder
// above the working directory.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		path := filepath.Join(dir, "shared", "data", name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skipf("SKIPPED LOUDLY: shared/data/%s is not beside the repository, nothing was tested on real input", name)
		}
		dir = up
	}
}

// Table reads a file of real input.
func Table(t testing.TB, name string) table.Table {
	t.Helper()
	f, err := os.Open(Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	got, err := sheet.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return got
}
