package main

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
)

// sink writes an instance to a file and hashes its text; gzip where the name says so.
type sink struct {
	*bufio.Writer
	sum   hash.Hash
	close []io.Closer
}

func newSink(file string) (*sink, error) {
	f, err := os.Create(file) // #nosec G304 -- the operator names the file
	if err != nil {
		return nil, err
	}
	s := &sink{sum: sha256.New(), close: []io.Closer{f}}
	var to io.Writer = f
	if strings.HasSuffix(file, ".gz") {
		z := gzip.NewWriter(f)
		to, s.close = z, []io.Closer{z, f}
	}
	s.Writer = bufio.NewWriterSize(io.MultiWriter(to, s.sum), 1<<20)
	return s, nil
}

// done closes the file and gives the SHA-256 of its text.
func (s *sink) done() (string, error) {
	err := s.Flush()
	for _, c := range s.close {
		if e := c.Close(); err == nil {
			err = e
		}
	}
	return hex.EncodeToString(s.sum.Sum(nil)), err
}

// instanceFile writes one instance and prints what it is.
func instanceFile(file, what string, write func(*sink)) error {
	s, err := newSink(file)
	if err != nil {
		return err
	}
	write(s)
	sum, err := s.done()
	if err != nil {
		return err
	}
	_, err = fmt.Printf("%s: %s, sha256 %s\n", file, what, sum)
	return err
}
