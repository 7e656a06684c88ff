package calendar

import (
	"bytes"
	"embed"
	"io/fs"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"

	"linli/backend/domain/fault"
)

// Year is the official calendar of one year: the days off that are announced (weekends inside a
// holiday may be listed or not) and the weekend days that are worked instead.
type Year struct {
	Year    int    `yaml:"year"`
	Source  string `yaml:"source"`
	Off     []Date `yaml:"-"`
	Working []Date `yaml:"-"`
}

//go:embed data/*.yaml
var data embed.FS

// Official is the calendar of the years that come with this version. Faults as Load; a broken
// file stops the start.
func Official() (*Calendar, error) {
	names, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		return nil, fault.Internal("listing the embedded calendars", err)
	}
	var years []Year
	for _, name := range names {
		text, err := data.ReadFile(name)
		if err != nil {
			return nil, fault.Internal("reading "+name, err)
		}
		y, err := ParseYear(text)
		if err != nil {
			return nil, err
		}
		years = append(years, y)
	}
	return New(years...)
}

// yearFile is how a year is written: spans as "2026-02-15..2026-02-23" or single days.
type yearFile struct {
	Year    int      `yaml:"year"`
	Source  string   `yaml:"source"`
	Off     []string `yaml:"off"`
	Working []string `yaml:"working"`
}

// ParseYear reads the YAML form of a year. Faults: calendar.year_invalid, calendar.date_malformed.
func ParseYear(text []byte) (Year, error) {
	var f yearFile
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil {
		return Year{}, fault.Wrap(fault.KindInvalid, "calendar.year_invalid", "the calendar file does not read", err)
	}
	y := Year{Year: f.Year, Source: f.Source}
	var err error
	if y.Off, err = spans(f.Off); err != nil {
		return Year{}, err
	}
	if y.Working, err = spans(f.Working); err != nil {
		return Year{}, err
	}
	return y, y.check()
}

func spans(all []string) ([]Date, error) {
	var out []Date
	for _, s := range all {
		first, last, isSpan := bytes.Cut([]byte(s), []byte(".."))
		if !isSpan {
			last = first
		}
		from, err := ParseDate(string(first))
		if err != nil {
			return nil, err
		}
		to, err := ParseDate(string(last))
		if err != nil {
			return nil, err
		}
		if to.Before(from) || DaysBetween(from, to) > 31 {
			return nil, fault.Invalid("calendar.year_invalid", "a holiday runs at most a month: "+s)
		}
		for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
			out = append(out, d)
		}
	}
	return out, nil
}

func (y Year) check() error {
	bad := fault.Invalid("calendar.year_invalid", "the calendar of "+strconv.Itoa(y.Year)+" cannot be used")
	if y.Year < 2000 || y.Year > 2200 {
		return bad.At("year", "range", "between 2000 and 2200")
	}
	if y.Source == "" {
		return bad.At("source", "required", "name the official notice")
	}
	if len(y.Off) == 0 {
		return bad.At("off", "required", "an official year has days off")
	}
	seen := map[Date]bool{}
	for i, d := range y.Off {
		if d.Year != y.Year || seen[d] {
			return bad.At("off["+strconv.Itoa(i)+"]", "day", d.String()+" is of another year or listed twice")
		}
		seen[d] = true
	}
	for i, d := range y.Working {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if d.Year != y.Year || seen[d] || !weekend {
			return bad.At("working["+strconv.Itoa(i)+"]", "day", d.String()+" is not a weekend day of the year, or listed twice")
		}
		seen[d] = true
	}
	return nil
}
