package resource

import (
	"time"

	"linli/backend/domain/calendar"
)

// MaxSlots bounds a week: four stretches a day.
const MaxSlots = 28

// Slot is a stretch of the week in which something is open or somebody is there.
type Slot struct {
	Weekday int    // 1 Monday … 7 Sunday
	From    string // "09:00"
	Until   string // "17:30", after From, at most "24:00"
}

func checkSlots(f *form, path string, all []Slot) {
	f.that(len(all) <= MaxSlots, path, "length", "at most 28 stretches")
	for i, s := range all {
		from, ok1 := minutes(s.From)
		until, ok2 := minutes(s.Until)
		f.that(s.Weekday >= 1 && s.Weekday <= 7, path+at("", i, "weekday"), "range", "1 Monday to 7 Sunday")
		f.that(ok1 && ok2 && from < until, path+at("", i, "until"), "order", "from 00:00 to 24:00, the end after the beginning")
	}
}

func minutes(clock string) (int, bool) {
	if len(clock) != 5 || clock[2] != ':' {
		return 0, false
	}
	for _, i := range []int{0, 1, 3, 4} {
		if clock[i] < '0' || clock[i] > '9' {
			return 0, false
		}
	}
	h, m := int(clock[0]-'0')*10+int(clock[1]-'0'), int(clock[3]-'0')*10+int(clock[4]-'0')
	return h*60 + m, m < 60 && (h < 24 || (h == 24 && m == 0))
}

// OpenAt tells whether a week of slots is open at an instant, until when, and if not, whether
// it opens again within seven days. Public holidays count like their weekday: who closes then
// says so in words.
func OpenAt(week []Slot, now time.Time) (open bool, change time.Time, known bool) {
	local := now.In(calendar.Loc)
	today := calendar.DateOf(now)
	minute := local.Hour()*60 + local.Minute()
	best := -1
	for _, s := range week {
		from, _ := minutes(s.From)
		until, _ := minutes(s.Until)
		away := (s.Weekday - isoWeekday(local) + 7) % 7
		if away == 0 && from <= minute && minute < until {
			return true, instant(today, until), true
		}
		opens := away*24*60 + from
		if opens <= minute {
			opens += 7 * 24 * 60
		}
		if best < 0 || opens < best {
			best = opens
		}
	}
	if best < 0 {
		return false, time.Time{}, false
	}
	return false, instant(today, best), true
}

func isoWeekday(t time.Time) int {
	if d := int(t.Weekday()); d > 0 {
		return d
	}
	return 7
}

func instant(day calendar.Date, minutes int) time.Time {
	return day.At(0, 0).Add(time.Duration(minutes) * time.Minute)
}
