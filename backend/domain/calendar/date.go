package calendar

import (
	"time"

	"linli/backend/domain/fault"
)

// Date is one legal day in Asia/Shanghai. The zero Date means "no date"; its text form is "".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

const layout = "2006-01-02"

// NewDate builds a date from its parts; fault calendar.date_malformed when there is no such
// day, such as 31 April.
func NewDate(year int, month time.Month, day int) (Date, error) {
	d := Date{year, month, day}
	if DateOf(d.midnight()) != d {
		return Date{}, malformed()
	}
	return d, nil
}

// DateOf is the day in Asia/Shanghai on which an instant falls; the zero Date for the zero time.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.In(Loc).Date()
	return Date{y, m, d}
}

// ParseDate reads "2026-03-02"; "" gives the zero Date. Fault calendar.date_malformed.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.ParseInLocation(layout, s, Loc)
	if err != nil {
		return Date{}, malformed()
	}
	return DateOf(t), nil
}

func malformed() error {
	return fault.Invalid("calendar.date_malformed", "not a day of the form 2026-03-02")
}

// At is an instant on this day by the clock in Asia/Shanghai.
func (d Date) At(hour, minute int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, Loc).UTC()
}

// End is the first instant after this day: a fact is within the day iff it is before End.
func (d Date) End() time.Time { return d.AddDate(0, 0, 1).At(0, 0) }

func (d Date) midnight() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Loc) }

// AddDate adds years, months and days by the plain Gregorian calendar, without looking at
// working days. It never needs a loaded calendar.
func (d Date) AddDate(years, months, days int) Date {
	return DateOf(time.Date(d.Year+years, d.Month+time.Month(months), d.Day+days, 0, 0, 0, 0, Loc))
}

// DaysBetween counts calendar days from one date to another; negative when to lies earlier.
func DaysBetween(from, to Date) int {
	return int(to.midnight().Sub(from.midnight()) / (24 * time.Hour))
}

// Before tells whether d lies before o.
func (d Date) Before(o Date) bool { return d.midnight().Before(o.midnight()) }

// After tells whether d lies after o.
func (d Date) After(o Date) bool { return o.Before(d) }

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// String is the text form, "2026-03-02"; "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.midnight().Format(layout)
}

// MarshalText gives the text form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the text form. Fault calendar.date_malformed.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
