package tender

import (
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/procedure"
)

// CloseWait is how long closing waits after the deadline: longer than any request may take, so
// that every bid stamped in time has been committed or refused before the lot closes. The HTTP
// edge bounds a request well below it.
const CloseWait = 60 * time.Second

// EarliestPublication is the first day a purchase may start after its notice of intention
// (G-02). Fault calendar.year_missing.
func EarliestPublication(i Intention, terms procedure.Terms, cal *calendar.Calendar) (calendar.Date, error) {
	day := calendar.DateOf(i.AnnouncedAt)
	if i.Urgent != "" {
		return day, nil
	}
	return cal.AddDays(day, terms.IntentionDays)
}

// EarliestDeadline is the first day on which responses may end when the documents are issued
// on a day: the response period and the period documents must be on offer (D-01), whichever is
// later. Fault calendar.year_missing.
func EarliestDeadline(issued calendar.Date, terms procedure.Terms, cal *calendar.Calendar) (calendar.Date, error) {
	response, err := cal.AddDays(issued, terms.ResponseDays)
	if err != nil {
		return calendar.Date{}, err
	}
	offer, err := cal.AddWorkingDays(issued, terms.DocumentWorkingDays)
	if err != nil {
		return calendar.Date{}, err
	}
	if offer.After(response) {
		return offer, nil
	}
	return response, nil
}

// CheckDeadline holds a deadline to the response period and to working days. Faults:
// tender.deadline_too_early, tender.deadline_on_day_off, calendar.year_missing.
func CheckDeadline(issued calendar.Date, deadline time.Time, terms procedure.Terms, cal *calendar.Calendar) error {
	day := calendar.DateOf(deadline)
	working, err := cal.IsWorkingDay(day)
	if err != nil {
		return err
	}
	if !working {
		return fault.Invalid("tender.deadline_on_day_off", day.String()+" is no working day").
			With("date", day.String()).At("deadlineAt", "day_off", "choose a working day")
	}
	earliest, err := EarliestDeadline(issued, terms, cal)
	if err != nil {
		return err
	}
	if day.Before(earliest) {
		return fault.Invalid("tender.deadline_too_early", "deadline before "+earliest.String()).
			With("earliest", earliest.String()).At("deadlineAt", "too_early", "not before "+earliest.String())
	}
	return nil
}

// AfterClarification is the first day on which responses may end after a clarification that
// affects bids was published on a day (D-01, EX-8); the deadline stays when it is late enough.
func AfterClarification(published calendar.Date, terms procedure.Terms, cal *calendar.Calendar) (calendar.Date, error) {
	return cal.AddDays(published, terms.ClarifyDays)
}

// MoveDeadline gives the deadline in force after a clarification that affects bids: unchanged
// when it is late enough, else the same time of day on the first day that is. A wished later
// deadline must be on a working day. Faults: tender.deadline_too_early,
// tender.deadline_on_day_off, calendar.year_missing.
func (t *Tender) MoveDeadline(now time.Time, wished *time.Time, cal *calendar.Calendar) (time.Time, error) {
	earliest, err := AfterClarification(calendar.DateOf(now), t.Procedure.Terms, cal)
	if err != nil {
		return time.Time{}, err
	}
	old := *t.DeadlineAt
	if wished == nil {
		if !calendar.DateOf(old).Before(earliest) {
			return old, nil
		}
		local := old.In(calendar.Loc)
		return earliest.At(local.Hour(), local.Minute()), nil
	}
	day := calendar.DateOf(*wished)
	if working, err := cal.IsWorkingDay(day); err != nil || !working {
		if err != nil {
			return time.Time{}, err
		}
		return time.Time{}, fault.Invalid("tender.deadline_on_day_off", day.String()+" is no working day").With("date", day.String()).
			At("deadlineAt", "day_off", "choose a working day")
	}
	if day.Before(earliest) || wished.Before(old) {
		return time.Time{}, fault.Invalid("tender.deadline_too_early", "deadline before "+earliest.String()).With("earliest", earliest.String()).
			At("deadlineAt", "too_early", "a correction only moves the deadline back")
	}
	return wished.UTC(), nil
}

// OnTime tells whether something stamped at an instant is in time: on the boundary it is.
// Stamps are truncated to the millisecond (domain handbook §3).
func OnTime(receivedAt, deadline time.Time) bool {
	return !receivedAt.Truncate(time.Millisecond).After(deadline)
}

// CheckClose guards closing. Fault tender.close_too_early with the instant from which it may be
// done.
func CheckClose(now, deadline time.Time) error {
	if from := deadline.Add(CloseWait); now.Before(from) {
		return fault.Conflict("tender.close_too_early", "closing waits until "+from.Format(time.RFC3339)).
			With("from", from.In(calendar.Loc).Format("2006-01-02 15:04:05"))
	}
	return nil
}

// AfterEvaluation are the dates that follow the end of the evaluation (A-01, EX-9).
type AfterEvaluation struct {
	ReportBy, ConfirmBy, AnnounceBy calendar.Date
}

// DatesAfterEvaluation counts each period from the end of the one before.
func DatesAfterEvaluation(ended calendar.Date, terms procedure.Terms, cal *calendar.Calendar) (AfterEvaluation, error) {
	var out AfterEvaluation
	var err error
	if out.ReportBy, err = cal.AddWorkingDays(ended, terms.ReportWorkingDays); err != nil {
		return out, err
	}
	if out.ConfirmBy, err = cal.AddWorkingDays(out.ReportBy, terms.ConfirmWorkingDays); err != nil {
		return out, err
	}
	out.AnnounceBy, err = cal.AddWorkingDays(out.ConfirmBy, terms.AnnounceWorkingDays)
	return out, err
}

// AfterResult are the dates that follow the announcement of a result (A-01, A-02, §5.6).
type AfterResult struct {
	NoticeEnds, ChallengeBy, SignBy calendar.Date
}

// DatesAfterResult counts the announcement period, the challenge window after it and the
// signing period from the award notice (EX-5, EX-6, EX-10).
func DatesAfterResult(announced calendar.Date, terms procedure.Terms, cal *calendar.Calendar) (AfterResult, error) {
	var out AfterResult
	var err error
	if out.NoticeEnds, err = cal.AddWorkingDays(announced, terms.NoticeWorkingDays); err != nil {
		return out, err
	}
	if out.ChallengeBy, err = cal.AddWorkingDays(out.NoticeEnds, terms.ChallengeWorkingDays); err != nil {
		return out, err
	}
	out.SignBy, err = cal.AddDays(announced, terms.SignDays)
	return out, err
}

// AfterSigning are the dates that follow the signing of the contract (EX-10).
type AfterSigning struct {
	PublishBy, FileBy calendar.Date
}

// DatesAfterSigning counts both periods from the day of signing.
func DatesAfterSigning(signed calendar.Date, terms procedure.Terms, cal *calendar.Calendar) (AfterSigning, error) {
	var out AfterSigning
	var err error
	if out.PublishBy, err = cal.AddWorkingDays(signed, terms.PublishWorkingDays); err != nil {
		return out, err
	}
	out.FileBy, err = cal.AddWorkingDays(signed, terms.FileWorkingDays)
	return out, err
}
