package demo

import (
	"fmt"
	"slices"
	"time"

	"linli/backend/domain/calendar"
)

// moment is one thing that happens in the story.
type moment struct {
	at   time.Time
	name string
	do   func(*teller) error
}

// schedule gathers what happens, from many threads, and plays it in the order of time.
type schedule struct{ moments []moment }

// on adds something at a day and hour of 2026 in Shanghai.
func (s *schedule) on(month time.Month, day, hour, minute int, name string, do func(*teller) error) {
	s.moments = append(s.moments, moment{time.Date(2026, month, day, hour, minute, 0, 0, calendar.Loc), name, do})
}

// play moves the clock to each moment and lets it happen.
func (s *schedule) play(t *teller, progress func(string)) error {
	slices.SortStableFunc(s.moments, func(a, b moment) int { return a.at.Compare(b.at) })
	month := time.Month(0)
	for _, m := range s.moments {
		if m.at.Month() != month {
			month = m.at.Month()
			progress(m.at.Format("2006-01"))
		}
		if by := m.at.Sub(t.App.Clock.Now()); by > 0 {
			if err := t.App.Clock.Shift(t.ctx, by); err != nil {
				return err
			}
		}
		if err := m.do(t); err != nil {
			return fmt.Errorf("demonstration, %s, %s: %w", m.at.Format("2006-01-02 15:04"), m.name, err)
		}
	}
	return nil
}
