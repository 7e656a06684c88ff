package filestore

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"linli/backend/domain/fault"
)

func open(t *testing.T) (*Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "files")
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, dir
}

func TestStore_RoundTripAndOnce(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	ctx := context.Background()
	first, err := s.Put(ctx, []byte("合同"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Put(ctx, []byte("合同"))
	if err != nil || first != second || len(first) != 64 {
		t.Fatalf("%v %s %s", err, first, second)
	}
	got, err := s.Get(ctx, first)
	if err != nil || string(got) != "合同" {
		t.Fatalf("%v %q", err, got)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(names) != 1 {
		t.Fatalf("%v %v", err, names)
	}
}

func TestStore_NoticesAChangedContent(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	ctx := context.Background()
	sum, err := s.Put(ctx, []byte("100 元"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, place(sum)), []byte("900 元"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(ctx, sum); !fault.Is(err, "file.content_changed") {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, place(sum))); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(ctx, sum); !fault.Is(err, "file.content_missing") {
		t.Fatal(err)
	}
}

func TestStore_NamesNothingButHashes(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "../secret", "/etc/passwd", strings.Repeat("g", 64), strings.Repeat("../", 22)[:64]} {
		if data, err := s.Get(context.Background(), name); err == nil {
			t.Errorf("%q gave %d bytes", name, len(data))
		}
	}
}

func TestStore_ManyWritersOfOneContent(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	data := bytes.Repeat([]byte("同一份"), 100_000)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, err := s.Put(context.Background(), data); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	names, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(names) != 1 {
		t.Fatalf("%v %v", err, names)
	}
}
