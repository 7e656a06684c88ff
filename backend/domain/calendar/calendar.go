// Package calendar counts days and working days in Asia/Shanghai by the official calendar of
// the State Council. Make-up weekends 调休上班日 are working days. Arithmetic that leaves the
// loaded years is a fault that names the missing year; an administrator loads each new one.
package calendar

import (
	"sort"
	"strconv"
	"sync"
	"time"

	"linli/backend/domain/fault"
)

// Loc is the time zone of every legal day: Asia/Shanghai, UTC+8 without daylight saving.
var Loc = time.FixedZone("Asia/Shanghai", 8*60*60)

// maxSpan bounds every count of days: no period in the rulebook is longer than a lifetime, and
// a loop over days must end.
const maxSpan = 40_000

// Calendar knows the days off and the working weekends of the loaded years. It is safe for
// concurrent use.
type Calendar struct {
	mu    sync.RWMutex
	years map[int]Year
	off   map[Date]bool
	work  map[Date]bool
	find  func(year int) (Year, bool)
}

// FindMissing sets where years are looked for that are not loaded: another process may have
// loaded one. Call it once, before the calendar is used.
func (c *Calendar) FindMissing(find func(year int) (Year, bool)) { c.find = find }

// New makes a calendar of the given years. Faults as Load.
func New(years ...Year) (*Calendar, error) {
	c := &Calendar{years: map[int]Year{}, off: map[Date]bool{}, work: map[Date]bool{}}
	for _, y := range years {
		if err := c.Load(y); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Load adds the official calendar of one year, or replaces it. Faults: calendar.year_invalid
// with the offending field.
func (c *Calendar) Load(y Year) error {
	if err := y.check(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	old := c.years[y.Year]
	for _, d := range old.Off {
		delete(c.off, d)
	}
	for _, d := range old.Working {
		delete(c.work, d)
	}
	c.years[y.Year] = y
	for _, d := range y.Off {
		c.off[d] = true
	}
	for _, d := range y.Working {
		c.work[d] = true
	}
	return nil
}

// Years lists what is loaded, oldest first.
func (c *Calendar) Years() []Year {
	c.mu.RLock()
	defer c.mu.RUnlock()
	out := make([]Year, 0, len(c.years))
	for _, y := range c.years {
		out = append(out, y)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Year < out[j].Year })
	return out
}

// Has tells whether a year is loaded.
func (c *Calendar) Has(year int) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	_, loaded := c.years[year]
	return loaded
}

// IsWorkingDay tells whether offices are open on a day. Fault calendar.year_missing.
func (c *Calendar) IsWorkingDay(d Date) (bool, error) {
	if !c.Has(d.Year) && c.find != nil {
		if y, found := c.find(d.Year); found {
			if err := c.Load(y); err != nil {
				return false, err
			}
		}
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	if _, loaded := c.years[d.Year]; !loaded {
		return false, fault.Conflict("calendar.year_missing", "the calendar of "+strconv.Itoa(d.Year)+" is not loaded").
			With("year", strconv.Itoa(d.Year))
	}
	if c.work[d] {
		return true, nil
	}
	weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	return !weekend && !c.off[d], nil
}

// AddWorkingDays counts n working days from d; d itself is not counted. A negative n counts
// backwards; n = 0 gives d. Faults calendar.year_missing, calendar.span.
func (c *Calendar) AddWorkingDays(d Date, n int) (Date, error) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	if n > maxSpan {
		return Date{}, tooLong()
	}
	for n > 0 {
		d = d.AddDate(0, 0, step)
		working, err := c.IsWorkingDay(d)
		if err != nil {
			return Date{}, err
		}
		if working {
			n--
		}
	}
	return d, nil
}

// AddDays counts n calendar days from d; d itself is not counted, and a last day that is not a
// working day rolls forward to the next working day. Faults calendar.year_missing, calendar.span.
func (c *Calendar) AddDays(d Date, n int) (Date, error) {
	if n < 0 || n > maxSpan {
		return Date{}, tooLong()
	}
	return c.RollForward(d.AddDate(0, 0, n))
}

// RollForward is d when it is a working day, else the next one. Fault calendar.year_missing.
func (c *Calendar) RollForward(d Date) (Date, error) {
	for {
		working, err := c.IsWorkingDay(d)
		if err != nil || working {
			return d, err
		}
		d = d.AddDate(0, 0, 1)
	}
}

// WorkingDaysBetween counts the working days after from up to and including to; negative when
// to lies earlier. It is the n for which AddWorkingDays(from, n) reaches the last working day up
// to to. Faults calendar.year_missing, calendar.span.
func (c *Calendar) WorkingDaysBetween(from, to Date) (int, error) {
	sign := 1
	if to.Before(from) {
		from, to, sign = to, from, -1
	}
	if DaysBetween(from, to) > maxSpan {
		return 0, tooLong()
	}
	n := 0
	for d := from.AddDate(0, 0, 1); !d.After(to); d = d.AddDate(0, 0, 1) {
		working, err := c.IsWorkingDay(d)
		if err != nil {
			return 0, err
		}
		if working {
			n++
		}
	}
	return sign * n, nil
}

func tooLong() error {
	return fault.Invalid("calendar.span", "a period must have between 0 and "+strconv.Itoa(maxSpan)+" days")
}
