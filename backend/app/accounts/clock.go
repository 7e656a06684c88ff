package accounts

import (
	"context"
	"strconv"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
)

// maxAdvance bounds one step of the business clock, in days: a slip of the finger must not
// carry a demonstration past every deadline it has.
const maxAdvance = 400

// Advance is what is handed in to move the business clock of a demonstration.
type Advance struct {
	By  time.Duration
	Key string `json:"-"`
}

// AdvanceClock moves the business clock of a demonstration forward for every process and
// tells the new time. A repeated request moves it once. Faults: clock.production_refuses,
// clock.backwards, clock.too_far, access.forbidden.
func (s *Service) AdvanceClock(ctx context.Context, actor access.Actor, in Advance) (time.Time, error) {
	switch {
	case !s.app.Settings.Demonstration:
		return time.Time{}, fault.Conflict("clock.production_refuses", "not a demonstration")
	case in.By <= 0:
		return time.Time{}, fault.Invalid("clock.backwards", "the clock only moves forward").At("by", "invalid", "choose a later time")
	case in.By > maxAdvance*24*time.Hour:
		return time.Time{}, fault.Invalid("clock.too_far", "more than the largest step").With("days", strconv.Itoa(maxAdvance)).At("by", "invalid", "move in smaller steps")
	}
	fresh := false
	w := app.Write{Permission: access.ClockAdvance, Name: "clock.advance", Key: in.Key, Input: in}
	_, err := app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		fresh = true
		return Done{OK: true}, u.Record(ctx, audit.Entry{Action: "clock.advance", Kind: "clock", ID: "business", Reason: in.By.String()})
	})
	if err != nil {
		return time.Time{}, err
	}
	if fresh {
		if err := s.app.Clock.Shift(ctx, in.By); err != nil {
			return time.Time{}, err
		}
	}
	return s.app.Clock.Now(), nil
}

// Sweep deletes spent tokens, old failures, codes and remembered answers.
func (s *Service) Sweep(ctx context.Context, age time.Duration) error {
	return s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		_, err := u.People.Sweep(ctx, s.now().Add(-age))
		return err
	})
}
