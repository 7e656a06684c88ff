package contracts

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Inspect begins an inspection. Who signed the contract may not. Faults: duty.incompatible,
// milestone.transition_refused.
func (s *Service) Inspect(ctx context.Context, actor access.Actor, in StepInput) (Done, error) {
	w := stepWrite{ID: in.MilestoneID, Change: in.Change, Action: "milestone.inspect", Past: "milestone.inspection_started", Permission: access.MilestoneInspect, Side: buyerSide}
	return s.onMilestone(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone) error {
		if err := u.TakeDuty(ctx, c.ProjectID, access.DutyAccept); err != nil {
			return err
		}
		return m.Inspect(u.Actor.PersonID)
	})
}

// Return sends an incomplete delivery back before it is inspected. Faults: duty.incompatible,
// milestone.reason_required, milestone.transition_refused.
func (s *Service) Return(ctx context.Context, actor access.Actor, in StepInput) (Done, error) {
	in.Reason = trimmed(in.Reason)
	w := stepWrite{
		ID: in.MilestoneID, Change: in.Change, Action: "milestone.return", Past: "milestone.returned",
		Permission: access.MilestoneInspect, Side: buyerSide, Reason: in.Reason,
	}
	return s.onMilestone(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone) error {
		if err := u.TakeDuty(ctx, c.ProjectID, access.DutyAccept); err != nil {
			return err
		}
		return m.Return(in.Reason)
	})
}

// DecideInput is the verdict on an inspection, item by item.
type DecideInput struct {
	MilestoneID ident.MilestoneID
	Change
	Verdict      string // accept, accept_partly, reject
	Findings     []contract.Finding
	UsersOpinion string // the buyer's summary of what the people served say
	Reason       string
}

// verdicts names result and event of each verdict.
var verdicts = map[string]struct{ result, past string }{
	"accept":        {contract.Accepted, "milestone.accepted"},
	"accept_partly": {contract.PartiallyAccepted, "milestone.partially_accepted"},
	"reject":        {contract.Rejected, "milestone.rejected"},
}

// Decide closes an inspection: what is payable follows from the findings and is owed from now on.
// The people served were asked: their figures at this moment enter the record, and without any
// the buyer says what was done to ask. Faults: acceptance.does_not_fit,
// acceptance.finding_invalid, acceptance.opinion_missing, acceptance.over_contract,
// milestone.reason_required, duty.incompatible, milestone.transition_refused.
func (s *Service) Decide(ctx context.Context, actor access.Actor, in DecideInput) (Done, error) {
	verdict, known := verdicts[in.Verdict]
	if !known {
		return Done{}, fault.Invalid("acceptance.verdict_unknown", "no verdict "+in.Verdict).At("verdict", "unknown", "accept, accept_partly or reject")
	}
	in.Reason, in.UsersOpinion = trimmed(in.Reason), trimmed(in.UsersOpinion)
	w := stepWrite{
		ID: in.MilestoneID, Change: in.Change, Action: "milestone." + in.Verdict, Past: verdict.past,
		Permission: access.MilestoneInspect, Side: buyerSide, Reason: in.Reason, Input: in,
	}
	return s.onMilestone(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone) error {
		if err := u.TakeDuty(ctx, c.ProjectID, access.DutyAccept); err != nil {
			return err
		}
		round := m.Rework + 1
		assessed, err := m.Assess(in.Findings)
		if err != nil {
			return err
		}
		payable, err := m.Decide(in.Verdict, in.Reason, assessed)
		if err != nil {
			return err
		}
		a := &contract.Acceptance{
			Round: round, Findings: assessed.Findings, Result: verdict.result, PayableFen: payable, UsersOpinion: in.UsersOpinion,
			InspectorID: u.Actor.PersonID, Inspector: u.Actor.Name, Reason: in.Reason,
		}
		return s.conclude(ctx, u, c, m, a)
	})
}

// maxSummary bounds the summary of the people's opinion, in bytes.
const maxSummary = 4000

// conclude stores an acceptance record and books what it made payable.
func (s *Service) conclude(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone, a *contract.Acceptance) error {
	var err error
	if a.Satisfied, a.Rated, err = u.Contracts.CountOpinions(ctx, m.ID, a.Round); err != nil {
		return err
	}
	if len(a.UsersOpinion) > maxSummary || (a.Rated == 0 && a.UsersOpinion == "" && !a.Deemed) {
		return fault.Invalid("acceptance.opinion_missing", "the people served take part in the acceptance").
			At("usersOpinion", "required", "nobody has rated yet: say how they were asked and what they said")
	}
	if a.Code, err = u.NextCode(ctx, "YS"); err != nil {
		return err
	}
	a.ID, a.MilestoneID, a.ContractID, a.ProjectID = ident.AcceptanceID(u.NewID()), m.ID, c.ID, c.ProjectID
	a.DecidedAt, a.RuleVersion = u.Now, s.rules(u).Version
	a.DueFrom = m.DueFrom(calendar.DateOf(u.Now), false)
	if err := u.Contracts.AddAcceptance(ctx, a); err != nil {
		return err
	}
	m.AcceptanceID = a.ID
	if err := s.recordAcceptance(ctx, u, c, "acceptance.decide", nil, a); err != nil || a.PayableFen == 0 {
		return err
	}
	d, err := s.deal(ctx, u, c, nil)
	if err != nil {
		return err
	}
	_, err = post(ctx, u, d.Accept(a.ID, a.Code, a.PayableFen))
	return err
}

func (s *Service) recordAcceptance(ctx context.Context, u *app.Unit, c *contract.Contract, action string, before any, a *contract.Acceptance) error {
	return u.Record(ctx, audit.Entry{
		Action: action, Kind: "acceptance", ID: string(a.ID), PlaceID: c.PlaceID, ProjectID: c.ProjectID,
		Before: before, After: a, Reason: a.Reason, RuleVersion: a.RuleVersion,
	})
}

// Deem lets the supplier state that the buyer was silent past the inspection period. Faults:
// milestone.inspection_open, milestone.transition_refused.
func (s *Service) Deem(ctx context.Context, actor access.Actor, in StepInput) (Done, error) {
	w := stepWrite{ID: in.MilestoneID, Change: in.Change, Action: "milestone.deem", Past: "milestone.deemed_accepted", Permission: access.MilestoneDeliver, Side: supplierSide}
	return s.onMilestone(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone) error {
		round := m.Rework + 1
		assessed, err := m.Deem(calendar.DateOf(u.Now))
		if err != nil {
			return err
		}
		return s.conclude(ctx, u, c, m, &contract.Acceptance{
			Round: round, Findings: assessed.Findings, Result: contract.Accepted, PayableFen: assessed.PayableFen, Deemed: true,
		})
	})
}

// PublishAcceptance makes the latest result public; its amount may be requested from then on.
// Faults: acceptance.published, milestone.transition_refused.
func (s *Service) PublishAcceptance(ctx context.Context, actor access.Actor, in StepInput) (Done, error) {
	w := stepWrite{ID: in.MilestoneID, Change: in.Change, Action: "milestone.publish", Past: "milestone.acceptance_published", Permission: access.MilestoneInspect, Side: buyerSide}
	return s.onMilestone(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone) error {
		if err := m.PublishAcceptance(); err != nil {
			return err
		}
		a, err := u.Contracts.Acceptance(ctx, m.AcceptanceID)
		if err != nil {
			return err
		}
		before := *a
		if err := a.Publish(u.Now); err != nil {
			return err
		}
		if err := u.Contracts.SaveAcceptance(ctx, a); err != nil {
			return err
		}
		return s.recordAcceptance(ctx, u, c, "acceptance.publish", before, a)
	})
}
