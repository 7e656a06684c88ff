package need

import (
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
)

// fire moves the stage, and with it the outcome when the row ends the need. Faults besides
// those of the guards: need.transition_refused, need.reason_required, need.reason_too_long.
func (n *Need) fire(action, outcomeAction, reason string, now time.Time) (lifecycle.Row, error) {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > MaxReason {
		return lifecycle.Row{}, fault.Invalid("need.reason_too_long", "reason is longer than 500 characters").
			At("reason", "length", "at most 500 characters")
	}
	row, err := Machine.Fire(n.Stage, action, reason)
	if err != nil {
		return row, err
	}
	outcome := n.Outcome
	if outcomeAction != "" {
		answer, err := OutcomeMachine.Fire(outcome, outcomeAction, reason)
		if err != nil {
			return row, err
		}
		outcome = answer.To
	}
	n.Stage, n.Outcome, n.StageAt = row.To, outcome, now
	if reason != "" {
		n.Reason = reason
	}
	if row.To == StageClosed {
		n.ClosedAt = &now
	}
	return row, nil
}

// PutOnAgenda brings the matter to the council. Fault need.support_short (with the number of
// households still missing) below the threshold of the rulebook.
func (n *Need) PutOnAgenda(households, threshold int, now time.Time) (lifecycle.Row, error) {
	if _, err := Machine.Fire(n.Stage, ActPutOnAgenda, ""); err != nil {
		return lifecycle.Row{}, err
	}
	if households < threshold {
		return lifecycle.Row{}, fault.Conflict("need.support_short", "too few households for the agenda").
			With("households", number(households)).With("threshold", number(threshold)).With("missing", number(threshold-households))
	}
	return n.fire(ActPutOnAgenda, "", "", now)
}

// Classify says who answers: government, market or the neighbours themselves. Fault
// need.route_unknown.
func (n *Need) Classify(route Route, reason string, now time.Time) (lifecycle.Row, error) {
	if route != RouteGov && route != RouteMarket && route != RouteSelf {
		return lifecycle.Row{}, fault.Invalid("need.route_unknown", "unknown route "+string(route)).
			At("route", "unknown", "gov, market or self")
	}
	row, err := n.fire(ActClassify, "", reason, now)
	if err == nil {
		n.Route, n.Screening, n.Deliberation, n.PublicUntil = route, nil, nil, nil
	}
	return row, err
}

// Screen passes the negative list of the need's track. Faults: need.screening_incomplete,
// need.on_negative_list naming the first line that applies.
func (n *Need) Screen(s Screening, now time.Time) (lifecycle.Row, error) {
	if err := s.check(n.Route); err != nil {
		return lifecycle.Row{}, err
	}
	row, err := n.fire(ActScreen, "", "", now)
	if err == nil {
		n.Screening = &s
	}
	return row, err
}

// Deliberate records the council's vote. Whether it passed decides what may follow.
func (n *Need) Deliberate(d Deliberation, now time.Time) (lifecycle.Row, error) {
	row, err := n.fire(ActDeliberate, "", "", now)
	if err == nil {
		n.Deliberation = &d
	}
	return row, err
}

// Publicise shows the decision for objections until the last day given. Fault
// need.not_passed when the council said no.
func (n *Need) Publicise(until calendar.Date, now time.Time) (lifecycle.Row, error) {
	if n.Stage == StageDeliberated && !n.Deliberation.Passed() {
		return lifecycle.Row{}, fault.Conflict("need.not_passed", "the council did not pass it")
	}
	row, err := n.fire(ActPublicise, "", "", now)
	if err == nil {
		n.PublicUntil = &until
	}
	return row, err
}

// Adopt follows when the publicity is over. Fault need.publicity_running names its last day.
func (n *Need) Adopt(now time.Time) (lifecycle.Row, error) {
	if n.Stage == StagePublicised && n.PublicUntil != nil && now.Before(n.PublicUntil.End()) {
		return lifecycle.Row{}, fault.Conflict("need.publicity_running", "publicity ends "+n.PublicUntil.String()).
			With("until", n.PublicUntil.String())
	}
	return n.fire(ActAdopt, "", "", now)
}

// End closes the need with an answer other than met: pass_on, withdraw, find_no_resource,
// find_infeasible, reject. Fault need.passed_by_council when a vote that passed would be
// rejected by staff.
func (n *Need) End(action, reason string, now time.Time) (lifecycle.Row, error) {
	if action == ActReject && n.Stage == StageDeliberated && n.Deliberation.Passed() {
		return lifecycle.Row{}, fault.Conflict("need.passed_by_council", "the council passed it; take it back to the council")
	}
	return n.fire(action, action, reason, now)
}

// Merge closes the need as a duplicate of another one in the same community. Its voices and
// supporters stay its own; counts are taken over the whole family. Faults: need.merge_self,
// need.merge_closed, need.merge_elsewhere.
func (n *Need) Merge(into *Need, reason string, now time.Time) (lifecycle.Row, error) {
	switch {
	case into.ID == n.ID:
		return lifecycle.Row{}, fault.Conflict("need.merge_self", "a need cannot be merged into itself")
	case !into.Active():
		return lifecycle.Row{}, fault.Conflict("need.merge_closed", "the other need is closed").With("code", into.Code)
	case into.PlaceID != n.PlaceID:
		return lifecycle.Row{}, fault.Conflict("need.merge_elsewhere", "the other need belongs to another community").With("code", into.Code)
	}
	row, err := n.fire(ActMerge, ActMerge, reason, now)
	if err == nil {
		n.MergedInto = into.ID
	}
	return row, err
}

// Advance moves the need along with its project: link, unlink, start_delivery,
// suspend_delivery, deliver. Fault need.project_required when a need that government
// answers would be delivered without a project.
func (n *Need) Advance(action, reason string, now time.Time) (lifecycle.Row, error) {
	if action == ActStartDelivery && n.Stage == StageAdopted && n.Route == RouteGov {
		return lifecycle.Row{}, fault.Conflict("need.project_required", "a need that government answers is delivered through a project")
	}
	row, err := n.fire(action, "", reason, now)
	if err != nil {
		return row, err
	}
	switch action {
	case ActLink:
		n.InProject = true
	case ActUnlink:
		n.InProject = false
	case ActDeliver:
		n.DeliveredAt, n.ConfirmedAt = &now, nil
	}
	return row, nil
}

// StepBack sends the need back with a reason: take_off_agenda, redeliberate (a new vote),
// object (an objection held).
func (n *Need) StepBack(action, reason string, now time.Time) (lifecycle.Row, error) {
	if action != ActTakeOffAgenda && action != ActRedeliberate && action != ActObject {
		return lifecycle.Row{}, fault.Internal("need stepped back with "+action, nil)
	}
	return n.fire(action, "", reason, now)
}

// Confirm is said by somebody who asked. Every further confirmation is recorded, too.
func (n *Need) Confirm(now time.Time) (lifecycle.Row, error) {
	row, err := n.fire(ActConfirm, "", "", now)
	if err == nil && n.ConfirmedAt == nil {
		n.ConfirmedAt = &now
	}
	return row, err
}

// Close ends a delivered need as met or partly met. Before anybody confirmed, it waits the
// days given since the delivery: silence is not acceptance, but it ends. Faults:
// need.outcome_unknown, need.confirmation_pending naming the first day it may be closed.
func (n *Need) Close(outcome, reason string, waitDays int, now time.Time) (lifecycle.Row, error) {
	action := map[string]string{OutcomeMet: ActMeet, OutcomePartlyMet: ActPartlyMeet}[outcome]
	if action == "" {
		return lifecycle.Row{}, fault.Invalid("need.outcome_unknown", "cannot close as "+outcome).
			At("outcome", "unknown", "met or partly_met")
	}
	if n.Stage == StageDelivered && n.DeliveredAt != nil {
		from := calendar.DateOf(*n.DeliveredAt).AddDate(0, 0, waitDays+1)
		if calendar.DateOf(now).Before(from) {
			return lifecycle.Row{}, fault.Conflict("need.confirmation_pending", "residents may confirm until "+from.String()).
				With("from", from.String())
		}
	}
	return n.fire(ActClose, action, reason, now)
}

// Reopen takes an answer back, with a reason. A duplicate stands on its own again.
func (n *Need) Reopen(reason string, now time.Time) (lifecycle.Row, error) {
	takeBack := ""
	if n.Outcome != OutcomeNone {
		takeBack = ActReopen
	}
	row, err := n.fire(ActReopen, takeBack, reason, now)
	if err == nil {
		n.MergedInto, n.ClosedAt, n.ConfirmedAt = ident.NeedID(""), nil, nil
	}
	return row, err
}

// Resume sends a reopened need back to delivery. Fault need.nothing_to_resume when it was
// never delivered.
func (n *Need) Resume(reason string, now time.Time) (lifecycle.Row, error) {
	if n.Stage == StageReopened && n.DeliveredAt == nil {
		return lifecycle.Row{}, fault.Conflict("need.nothing_to_resume", "the need was never delivered")
	}
	return n.fire(ActResume, "", reason, now)
}

// Restart sends a reopened need back to the beginning: what was decided is decided anew.
func (n *Need) Restart(reason string, now time.Time) (lifecycle.Row, error) {
	row, err := n.fire(ActRestart, "", reason, now)
	if err == nil {
		n.Route, n.Screening, n.Deliberation, n.PublicUntil, n.DeliveredAt, n.InProject = "", nil, nil, nil, nil, false
	}
	return row, err
}

// Wording is what a community worker writes over the voices.
type Wording struct {
	Title, Summary string
	Beneficiaries  int
	EstimateFen    money.Fen
}

// Retitle corrects the wording. Fault need.invalid.
func (n *Need) Retitle(w Wording) error {
	c := *n
	c.Title, c.Summary = strings.TrimSpace(w.Title), strings.TrimSpace(w.Summary)
	c.Beneficiaries, c.EstimateFen = w.Beneficiaries, w.EstimateFen
	if err := c.check(); err != nil {
		return err
	}
	*n = c
	return nil
}

// Rehome gives the need to another community, because its own was merged, split or renamed,
// and with it the body that now answers.
func (n *Need) Rehome(place ident.PlaceID, body ident.PartyID) {
	n.PlaceID = place
	if body != "" {
		n.PartyID = body
	}
}
