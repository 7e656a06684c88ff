// Package filestore keeps the contents of uploads in a folder, each under the SHA-256 of
// its bytes: the same content is stored once, and a changed one is noticed when it is read.
package filestore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"linli/backend/domain/fault"
)

// Store is a folder that nothing outside of can be named through. It is safe for several
// processes on one file system: a content is written aside and renamed into place.
type Store struct{ root *os.Root }

// Open makes the folder when it is not there. Fault file.store_unavailable.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unavailable("make the folder of files", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, unavailable("open the folder of files", err)
	}
	return &Store{root}, nil
}

// Close releases the folder.
func (s *Store) Close() error { return s.root.Close() }

// Put stores the bytes and returns their SHA-256 in lower-case hex. Storing the same bytes
// again changes nothing. Fault file.store_unavailable.
func (s *Store) Put(_ context.Context, data []byte) (string, error) {
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:])
	path := place(name)
	if info, err := s.root.Stat(path); err == nil && info.Size() == int64(len(data)) {
		return name, nil
	}
	if err := s.root.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", unavailable("make a folder", err)
	}
	if err := s.write(path, data); err != nil {
		return "", unavailable("write a file", err)
	}
	return name, nil
}

// write puts the bytes beside the final name, forces them to the disk, and renames: a kill
// in between leaves no half content under a hash.
func (s *Store) write(path string, data []byte) error {
	aside, err := os.CreateTemp(filepath.Join(s.root.Name(), filepath.Dir(path)), "put-*")
	if err != nil {
		return err
	}
	temp := filepath.Join(filepath.Dir(path), filepath.Base(aside.Name()))
	_, err = aside.Write(data)
	if err == nil {
		err = aside.Sync()
	}
	if err = errors.Join(err, aside.Close()); err == nil {
		err = s.root.Rename(temp, path)
	}
	if err != nil {
		return errors.Join(err, s.root.Remove(temp))
	}
	return nil
}

// Get reads a content and checks it against its name. Faults: file.content_missing,
// file.content_changed, file.store_unavailable.
func (s *Store) Get(_ context.Context, sum string) ([]byte, error) {
	if len(sum) != 2*sha256.Size || strings.Trim(sum, "0123456789abcdef") != "" {
		return nil, fault.Internal("not a content hash", nil)
	}
	data, err := s.root.ReadFile(place(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(fault.KindUnavailable, "file.content_missing", "content "+sum+" is not in the store", err)
	}
	if err != nil {
		return nil, unavailable("read a file", err)
	}
	if got := sha256.Sum256(data); !bytes.Equal(got[:], mustHex(sum)) {
		return nil, fault.New(fault.KindUnavailable, "file.content_changed", "content "+sum+" was changed on disk")
	}
	return data, nil
}

// place spreads contents over 256 folders, so that none grows beyond what tools can list.
func place(sum string) string { return filepath.Join(sum[:2], sum) }

func mustHex(sum string) []byte {
	b, err := hex.DecodeString(sum)
	if err != nil {
		return nil
	}
	return b
}

func unavailable(doing string, err error) error {
	return fault.Wrap(fault.KindUnavailable, "file.store_unavailable", doing, err)
}
