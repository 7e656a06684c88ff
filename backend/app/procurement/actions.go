package procurement

import (
	"context"
	"slices"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/tender"
)

// The actions that are no rows of the machine: they prepare one.
const (
	actSave       = "save"
	actSubmit     = "submit"
	actDraw       = "draw_committee"
	actRefill     = "refill_committee"
	actInvite     = "invite_final"
	actOpenPrices = "open_prices"
	actResume     = "resume"
)

// Action is one thing that could be done next, and why this actor cannot when he cannot.
type Action struct {
	LotID     ident.LotID // "" for what concerns the documents of all lots
	Action    string
	Permitted bool
	Code      string            // fault code of the refusal
	Params    map[string]string // of the refusal's sentence
	Reason    bool              // a public reason is asked for
	Notice    bool
}

// automatic rows follow from other actions and are not offered.
var automatic = []string{tender.ActOpen, tender.ActReopen, tender.ActEvaluate, tender.ActContract, tender.ActComplete}

// ofDocuments are fired on all lots together.
var ofDocuments = []string{tender.ActDraft, tender.ActReview, tender.ActRevise, tender.ActPublish, tender.ActClarify, tender.ActClose}

// actions joins the rows that leave the present states with the actor's permissions, duties and
// the guards, so that a page can show a disabled button with its reason. People who may not
// read the case get none.
func (s *Service) actions(ctx context.Context, u *app.Unit, t *tender.Tender) ([]Action, error) {
	o, err := objectOf(ctx, u, t)
	if err != nil || access.Allow(u.Actor, access.TenderRead, o) != nil {
		return nil, err
	}
	var out []Action
	add := func(a Action, try func() error) {
		if err := try(); err != nil {
			a.Code = fault.CodeOf(err)
			if f, ok := fault.As(err); ok {
				a.Params = f.Params
			}
		}
		a.Permitted = a.Code == ""
		out = append(out, a)
	}
	seen := map[string]bool{}
	for i := range t.Lots {
		l := &t.Lots[i]
		for _, row := range tender.Machine.Actions(l.Status) {
			a, offered := offer(t, l, row)
			if !offered || seen[string(a.LotID)+a.Action] {
				continue
			}
			seen[string(a.LotID)+a.Action] = true
			add(a, func() error { return s.try(ctx, u, t, l, attempt{object: o, row: row}) })
		}
		for _, p := range preparing(t, l) {
			if seen[string(p.lot)+p.action] {
				continue
			}
			seen[string(p.lot)+p.action] = true
			add(Action{LotID: p.lot, Action: p.action}, func() error {
				return s.try(ctx, u, t, l, attempt{object: o, row: lifecycle.Row{Action: p.action, Permission: p.permission, Duty: p.duty}})
			})
		}
	}
	return out, nil
}

// offer turns a row into an action on the lot or on the documents; false for rows that nobody
// fires by hand or that lead elsewhere than where a lot was suspended.
func offer(t *tender.Tender, l *tender.Lot, row lifecycle.Row) (Action, bool) {
	if slices.Contains(automatic, row.Action) {
		return Action{}, false
	}
	a := Action{LotID: l.ID, Action: row.Action, Reason: row.Reason, Notice: row.Notice}
	if slices.Contains(ofDocuments, row.Action) {
		a.LotID = ""
	}
	if l.Status == tender.StatusSuspended && row.To != tender.StatusFailed && row.To != tender.StatusCancelled {
		a.Action = actResume
		return a, row.To == l.SuspendedFrom
	}
	return a, true
}

// preparation is an action that is no row of the machine.
type preparation struct {
	lot        ident.LotID
	action     string
	permission access.Permission
	duty       access.Duty
}

func preparing(t *tender.Tender, l *tender.Lot) []preparation {
	switch l.Status {
	case tender.StatusDrafting:
		return []preparation{{action: actSave, permission: access.TenderDraft, duty: access.DutyDocDraft}, {action: actSubmit, permission: access.TenderDraft}}
	case tender.StatusClosed:
		return []preparation{{action: actDraw, permission: access.TenderCheck}, {action: actRefill, permission: access.TenderCheck}}
	case tender.StatusEvaluation:
		if l.FinalDeadlineAt == nil {
			return []preparation{{lot: l.ID, action: actInvite, permission: access.TenderCheck}}
		}
		if l.PriceOpenedAt == nil {
			return []preparation{{lot: l.ID, action: actOpenPrices, permission: access.TenderOpen, duty: access.DutyOpen}}
		}
	}
	return nil
}

// attempt is an action tried without doing it.
type attempt struct {
	object access.Object
	row    lifecycle.Row
}

// try asks permission, duty and guard in the order in which the use case would.
func (s *Service) try(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, a attempt) error {
	if a.row.Permission == access.BidScore {
		c, err := u.Evaluations.Committee(ctx, t.ID)
		if err != nil || !c.Serves(u.Actor.PersonID) {
			return fault.Forbidden("committee.not_member", "the committee does this")
		}
		return chair(c, u.Actor.PersonID)
	}
	if err := access.Allow(u.Actor, a.row.Permission, a.object); err != nil {
		return err
	}
	if err := u.MayTakeDuty(ctx, t.ProjectID, a.row.Duty); err != nil {
		return err
	}
	return s.guard(ctx, u, t, l, a.row.Action)
}

// guard runs the named guard of an action without changing anything.
func (s *Service) guard(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, action string) error {
	switch action {
	case actSubmit:
		if t.SubmittedAt != nil {
			return fault.Conflict("tender.submitted", "documents are with the reviewer")
		}
		return complete(t)
	case tender.ActReview:
		return s.guardReview(t)
	case tender.ActPublish:
		return s.guardPublish(u, t)
	case tender.ActClarify:
		if !tender.OnTime(u.Now, *t.DeadlineAt) {
			return fault.Conflict("tender.deadline_passed", "no correction after the deadline")
		}
		return nil
	case tender.ActClose:
		return tender.CheckClose(u.Now, *t.DeadlineAt)
	case actDraw, actRefill, tender.ActUnseal:
		return s.guardCommittee(ctx, u, t, l, action)
	case actInvite:
		return s.guardInvite(ctx, u, t, l)
	case actOpenPrices:
		if !t.OfficerOf(u.Actor.PersonID) {
			return fault.Forbidden("opening.not_officer", "not a named opening officer of this tender")
		}
		return s.due(u, t, l, ceremonyPrice)
	case tender.ActNominate:
		_, err := s.guardNominate(ctx, u, t, l)
		return err
	default:
		return nil
	}
}

// guardCommittee guards drawing, refilling and the first ceremony.
func (s *Service) guardCommittee(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, action string) error {
	c, err := u.Evaluations.Committee(ctx, t.ID)
	missing := fault.Is(err, "record.not_found")
	if err != nil && !missing {
		return err
	}
	switch action {
	case actDraw:
		if !missing {
			return fault.Conflict("committee.drawn", "committee was drawn")
		}
		return nil
	case actRefill:
		if missing {
			return fault.Conflict("committee.incomplete", "no committee was drawn")
		}
		if len(c.Active()) == c.Size {
			return fault.Conflict("committee.full", "no seat is empty")
		}
		return nil
	}
	all, err := u.Bids.BidsOfLot(ctx, l.ID)
	if err != nil {
		return err
	}
	if err := evaluation.CheckSuppliers(len(inStatus(all, bid.StatusSealed)), t.Procedure.Terms); err != nil {
		return err
	}
	if err := s.ready(ctx, u, t); err != nil {
		return err
	}
	if !t.OfficerOf(u.Actor.PersonID) {
		return fault.Forbidden("opening.not_officer", "not a named opening officer of this tender")
	}
	return nil
}
