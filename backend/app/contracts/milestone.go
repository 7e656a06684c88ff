package contracts

import (
	"context"

	"linli/backend/app"
	"linli/backend/app/files"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/file"
	"linli/backend/domain/ident"
)

// stepWrite describes one write on a milestone for the pipeline.
type stepWrite struct {
	ID         ident.MilestoneID
	Change     Change
	Action     string
	Past       string
	Permission access.Permission `json:"-"`
	Side       side              `json:"-"`
	Reason     string
	Input      any
}

// onMilestone runs one write on a milestone of a contract that is being performed. Faults besides
// those of fn: record.not_found, record.stale, access.forbidden, contract.not_active.
func (s *Service) onMilestone(ctx context.Context, actor access.Actor, w stepWrite, fn func(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone) error) (Done, error) {
	return app.Do(ctx, s.app, actor, app.Write{Permission: w.Permission, Name: w.Action, Key: w.Change.Key, Input: w}, func(ctx context.Context, u *app.Unit) (Done, error) {
		m, err := u.Contracts.Milestone(ctx, w.ID)
		if err != nil {
			return Done{}, err
		}
		c, err := s.permitted(ctx, u, m.ContractID, w.Permission, w.Side)
		if err != nil {
			return Done{}, err
		}
		if m.Version != w.Change.Version {
			return Done{}, fault.Stale("record.stale", "the milestone was changed by someone else").With("version", "")
		}
		if err := c.Running(); err != nil {
			return Done{}, err
		}
		before := *m
		if err := fn(ctx, u, c, m); err != nil {
			return Done{}, err
		}
		if err := u.Contracts.SaveMilestone(ctx, m); err != nil {
			return Done{}, err
		}
		if err := recordMilestone(ctx, u, c, w.Action, w.Reason, before, m); err != nil {
			return Done{}, err
		}
		out := Done{ID: string(m.ID), Code: c.Code, Version: m.Version, Status: m.Status}
		return out, u.Emit(ctx, s.event(c, w.Past, "milestone", string(m.ID), map[string]string{"milestone": m.Title, "reason": w.Reason, "status": m.Status}))
	})
}

// StepInput names a milestone and, where an action wants one, a reason.
type StepInput struct {
	MilestoneID ident.MilestoneID
	Change
	Reason string
}

// Start begins the work on a milestone. Faults: milestone.transition_refused.
func (s *Service) Start(ctx context.Context, actor access.Actor, in StepInput) (Done, error) {
	w := stepWrite{ID: in.MilestoneID, Change: in.Change, Action: "milestone.start", Past: "milestone.started", Permission: access.MilestoneDeliver, Side: supplierSide}
	return s.onMilestone(ctx, actor, w, func(_ context.Context, _ *app.Unit, _ *contract.Contract, m *contract.Milestone) error {
		return m.Start()
	})
}

// Rework goes back to work after a rejection. Faults: milestone.transition_refused.
func (s *Service) Rework(ctx context.Context, actor access.Actor, in StepInput) (Done, error) {
	w := stepWrite{ID: in.MilestoneID, Change: in.Change, Action: "milestone.rework", Past: "milestone.rework_started", Permission: access.MilestoneDeliver, Side: supplierSide}
	return s.onMilestone(ctx, actor, w, func(_ context.Context, _ *app.Unit, _ *contract.Contract, m *contract.Milestone) error {
		return m.StartRework()
	})
}

// Drop gives up a milestone that will not be performed. Faults: milestone.reason_required,
// milestone.transition_refused.
func (s *Service) Drop(ctx context.Context, actor access.Actor, in StepInput) (Done, error) {
	in.Reason = trimmed(in.Reason)
	w := stepWrite{
		ID: in.MilestoneID, Change: in.Change, Action: "milestone.drop", Past: "milestone.dropped",
		Permission: access.ContractInterrupt, Side: buyerSide, Reason: in.Reason,
	}
	return s.onMilestone(ctx, actor, w, func(_ context.Context, _ *app.Unit, _ *contract.Contract, m *contract.Milestone) error {
		return m.Drop(in.Reason)
	})
}

// EvidenceInput is one piece of evidence: a stored file, a counted record, or both.
type EvidenceInput struct {
	MilestoneID ident.MilestoneID
	Change
	FileID ident.FileID
	Title  string
	Note   string
	Count  int
}

// Attach adds evidence to a milestone in progress; the buyer may read the file from then on.
// Faults: milestone.evidence_full, milestone.evidence_invalid, milestone.file_not_own,
// milestone.transition_refused, record.not_found.
func (s *Service) Attach(ctx context.Context, actor access.Actor, in EvidenceInput) (Done, error) {
	w := stepWrite{
		ID: in.MilestoneID, Change: in.Change, Action: "milestone.attach", Past: "milestone.evidence_attached",
		Permission: access.MilestoneDeliver, Side: supplierSide, Input: in,
	}
	return s.onMilestone(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone) error {
		if err := m.Attach(contract.Evidence{
			FileID: in.FileID, Title: trimmed(in.Title), Note: trimmed(in.Note), Count: in.Count, At: u.Now, PersonID: u.Actor.PersonID,
		}); err != nil {
			return err
		}
		return s.share(ctx, u, c, m, in.FileID)
	})
}

// share hands a file of the actor's own body to the buyer.
func (s *Service) share(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone, id ident.FileID) error {
	if id == "" {
		return nil
	}
	f, err := u.Files.File(ctx, id)
	if err != nil {
		return err
	}
	if f.PartyID != u.Actor.PartyID {
		return fault.NotFound("record.not_found", "file of another body")
	}
	if err := u.Files.Attach(ctx, id, "milestone", string(m.ID)); err != nil {
		return err
	}
	if err := files.Widen(ctx, u, id, file.Case); err != nil {
		return err
	}
	return u.Files.Share(ctx, id, c.BuyerID)
}

// SubmitInput reports a delivery.
type SubmitInput struct {
	MilestoneID ident.MilestoneID
	Change
	DeliveredOn calendar.Date
}

// Submit reports a delivery; the inspection period of the contract starts. Faults:
// milestone.no_evidence, milestone.delivery_date, milestone.transition_refused,
// calendar.year_missing.
func (s *Service) Submit(ctx context.Context, actor access.Actor, in SubmitInput) (Done, error) {
	w := stepWrite{
		ID: in.MilestoneID, Change: in.Change, Action: "milestone.submit", Past: "milestone.submitted",
		Permission: access.MilestoneDeliver, Side: supplierSide, Input: in.DeliveredOn,
	}
	return s.onMilestone(ctx, actor, w, func(_ context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone) error {
		inspectBy, err := s.app.Calendar.AddDays(calendar.DateOf(u.Now), c.AcceptanceDays)
		if err != nil {
			return err
		}
		return m.Submit(in.DeliveredOn, u.Now, inspectBy)
	})
}
