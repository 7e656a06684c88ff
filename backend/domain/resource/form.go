package resource

import (
	"strconv"
	"unicode/utf8"

	"linli/backend/domain/fault"
)

// form gathers what is wrong with one input, so that a person mends it in one go.
type form struct {
	err    *fault.Error
	prefix string
}

func newForm(prefix string) *form {
	if prefix != "" {
		prefix += "."
	}
	return &form{err: fault.Invalid("resource.invalid", "the record does not hold"), prefix: prefix}
}

func (f *form) that(holds bool, path, code, message string) {
	if !holds {
		f.err = f.err.At(f.prefix+path, code, message)
	}
}

// line wants one line of at least some characters.
func (f *form) line(path, text string, least int) {
	n := utf8.RuneCountInString(text)
	f.that(n >= least, path, "required", "fill this in")
	f.that(n <= MaxLine, path, "length", "at most 200 characters")
}

func (f *form) fault() error {
	if len(f.err.Fields) == 0 {
		return nil
	}
	return f.err
}

func at(list string, i int, field string) string {
	path := list + "[" + strconv.Itoa(i) + "]"
	if field != "" {
		path += "." + field
	}
	return path
}
