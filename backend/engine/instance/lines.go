package instance

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
)

// Fault is malformed input: where, and what was expected.
type Fault struct {
	File string
	Line int // from 1; 0 when the file as a whole is meant
	Want string
}

func (f *Fault) Error() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Want)
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Want)
}

// ReadFile reads a problem from a file, which may be gzip whatever its name. Malformed input is
// answered with a *Fault.
func ReadFile(name string, format Format) (*Problem, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f, name, format)
}

// Read reads a problem; name is what faults call it. Without a format the first lines tell it.
func Read(r io.Reader, name string, format Format) (*Problem, error) {
	b, err := plain(r, name)
	if err != nil {
		return nil, err
	}
	if format == "" {
		format = guess(b)
	}
	l := &lines{file: name, r: b}
	switch format {
	case Plan:
		return readPlan(l)
	case GAP:
		return readGAP(l)
	case DIMACS:
		return readDIMACS(l)
	default:
		return nil, &Fault{File: name, Want: fmt.Sprintf("unknown format %q: want plan, gap or dimacs", format)}
	}
}

const buffer = 1 << 16

// plain takes off gzip where there is some.
func plain(r io.Reader, name string) (*bufio.Reader, error) {
	b := bufio.NewReaderSize(r, buffer)
	if head, err := b.Peek(2); err != nil || head[0] != 0x1f || head[1] != 0x8b {
		return b, nil //nolint:nilerr // a file shorter than two bytes is read as it is
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		return nil, &Fault{File: name, Want: "gzip data is damaged: " + err.Error()}
	}
	return bufio.NewReaderSize(z, buffer), nil
}

// guess tells the format by the first line that is no comment: only two of them begin with p.
func guess(b *bufio.Reader) Format {
	head, _ := b.Peek(buffer)
	for line := range bytes.Lines(head) {
		l := lines{rest: trim(line)}
		if len(l.rest) == 0 || l.rest[0] == 'c' {
			continue
		}
		if string(l.word()) != "p" {
			return GAP
		}
		if string(l.word()) == "min" {
			return DIMACS
		}
		break
	}
	return Plan
}

// lines hands out a file line by line, and the fields of a line one by one.
type lines struct {
	file string
	r    *bufio.Reader
	n    int
	long []byte // a line longer than the buffer
	rest []byte // what is not read of the line
}

// next goes to the next line that is not empty; false at the end.
func (l *lines) next() (bool, error) {
	for {
		line, err := l.r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			l.long = append(l.long[:0], line...)
			for errors.Is(err, bufio.ErrBufferFull) {
				line, err = l.r.ReadSlice('\n')
				l.long = append(l.long, line...)
			}
			line = l.long
		}
		if err != nil && err != io.EOF {
			return false, &Fault{File: l.file, Line: l.n + 1, Want: "cannot be read: " + err.Error()}
		}
		l.n++
		l.rest = trim(line)
		if len(l.rest) > 0 {
			return true, nil
		}
		if err == io.EOF {
			return false, nil
		}
	}
}

// trim cuts the bytes that separate words, control characters included, from both ends.
func trim(line []byte) []byte {
	for len(line) > 0 && line[0] <= ' ' {
		line = line[1:]
	}
	for len(line) > 0 && line[len(line)-1] <= ' ' {
		line = line[:len(line)-1]
	}
	return line
}

func (l *lines) fault(format string, args ...any) error {
	return &Fault{File: l.file, Line: l.n, Want: fmt.Sprintf(format, args...)}
}

func (l *lines) whole(format string, args ...any) error {
	return &Fault{File: l.file, Want: fmt.Sprintf(format, args...)}
}

// word takes the next field of the line; empty at its end.
func (l *lines) word() []byte {
	i := 0
	for i < len(l.rest) && l.rest[i] > ' ' {
		i++
	}
	w := l.rest[:i]
	for i < len(l.rest) && l.rest[i] <= ' ' {
		i++
	}
	l.rest = l.rest[i:]
	return w
}

// number takes a whole number between two limits; what names it in the fault.
func (l *lines) number(what string, low, high int64) (int64, error) {
	w := l.word()
	if len(w) == 0 {
		return 0, l.fault("%s is missing: want a whole number", what)
	}
	v, ok := atoi(w)
	if !ok {
		return 0, l.fault("%s is %q: want a whole number from %d to %d", what, clip(w), low, high)
	}
	if v < low || v > high {
		return 0, l.fault("%s is %d: want a whole number from %d to %d", what, v, low, high)
	}
	return v, nil
}

// done refuses what is left on the line.
func (l *lines) done() error {
	if len(l.rest) > 0 {
		return l.fault("%q is too much on this line", clip(l.rest))
	}
	return nil
}

func clip(w []byte) string {
	if len(w) > 40 {
		return string(w[:40]) + "…"
	}
	return string(w)
}

// atoi reads a decimal number of at most 18 digits; a longer one is out of every limit and
// false like anything that is no number.
func atoi(w []byte) (int64, bool) {
	negative := w[0] == '-'
	if negative || w[0] == '+' {
		w = w[1:]
	}
	if len(w) == 0 || len(w) > 18 {
		return 0, false
	}
	var v int64
	for _, c := range w {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	if negative {
		v = -v
	}
	return v, true
}
