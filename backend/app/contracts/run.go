package contracts

import (
	"context"

	"linli/backend/app"
	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
	"linli/backend/domain/payment"
	"linli/backend/domain/project"
)

// MoveInput fires one of the plain actions of a contract.
type MoveInput struct {
	ContractID ident.ContractID
	Change
	Action       string
	Reason       string
	FilingNumber string // of "file"
}

// pasts names the event of each plain action.
var pasts = map[string]string{
	"publish": "published", "file": "filed", "start": "started", "complete": "completed", "close": "closed",
	"suspend": "suspended", "resume": "resumed", "terminate": "terminated", "rescind": "rescinded",
}

// Move publishes, files, starts, completes, closes, suspends, resumes, terminates or rescinds a
// contract. Ending one gives what it does not need back to the budget lines. Faults:
// contract.transition_refused, contract.reason_required, contract.filing_number,
// contract.not_begun, contract.milestones_open, contract.payments_open, access.forbidden,
// record.stale.
func (s *Service) Move(ctx context.Context, actor access.Actor, in MoveInput) (Done, error) {
	past, known := pasts[in.Action]
	if !known {
		return Done{}, fault.Invalid("contract.transition_refused", "no action "+in.Action).With("action", in.Action).With("state", "")
	}
	in.Reason = trimmed(in.Reason)
	w := write{
		ID: in.ContractID, Change: in.Change, Action: "contract." + in.Action, Past: "contract." + past,
		Permission: PermissionOf(in.Action), Side: buyerSide, Reason: in.Reason, Input: in.FilingNumber,
	}
	return s.onContract(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract) error {
		signed := c.SignedAt != nil
		if err := s.mayMove(ctx, u, c, in); err != nil {
			return err
		}
		if err := c.Move(in.Action, in.Reason, u.Now); err != nil {
			return err
		}
		return s.follow(ctx, u, c, in, signed)
	})
}

// PermissionOf is the permission of a plain action in the table of contracts.
func PermissionOf(action string) access.Permission {
	for _, r := range contract.Machine.Rows {
		if r.Action == action {
			return r.Permission
		}
	}
	return access.ContractInterrupt
}

// mayMove asks the guards of the plain actions.
func (s *Service) mayMove(ctx context.Context, u *app.Unit, c *contract.Contract, in MoveInput) error {
	switch in.Action {
	case "file":
		if trimmed(in.FilingNumber) == "" || len(in.FilingNumber) > 64 {
			return fault.Invalid("contract.filing_number", "the number of the filing").At("filingNumber", "required", "1 to 64 characters")
		}
		c.FilingNumber = trimmed(in.FilingNumber)
	case "start":
		if calendar.DateOf(u.Now).Before(c.TermFrom) {
			return fault.Conflict("contract.not_begun", "the term begins on "+c.TermFrom.String()).With("day", c.TermFrom.String())
		}
	case "complete":
		return s.allDelivered(ctx, u, c)
	case "close":
		return s.allReconciled(ctx, u, c)
	}
	return nil
}

// allDelivered refuses to complete while a milestone is neither settled nor dropped.
func (s *Service) allDelivered(ctx context.Context, u *app.Unit, c *contract.Contract) error {
	milestones, err := u.Contracts.Milestones(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, m := range milestones {
		if m.Status != contract.Settled && m.Status != contract.Dropped {
			return fault.Conflict("contract.milestones_open", m.Title+" is "+m.Status).With("milestone", m.Title)
		}
	}
	return nil
}

// allReconciled refuses to close while a payment is still on its way.
func (s *Service) allReconciled(ctx context.Context, u *app.Unit, c *contract.Contract) error {
	payments, err := u.Payments.List(ctx, payment.Filter{ContractID: c.ID})
	if err != nil {
		return err
	}
	for _, p := range payments {
		if p.Status != payment.Reconciled && p.Status != payment.Withdrawn {
			return fault.Conflict("contract.payments_open", p.Code+" is "+p.Status).With("payment", p.Code)
		}
	}
	return nil
}

// follow does what an action brings with it beyond the contract itself.
func (s *Service) follow(ctx context.Context, u *app.Unit, c *contract.Contract, in MoveInput, signed bool) error {
	switch in.Action {
	case "file":
		return procurement.CompleteContract(ctx, u, c.AwardID)
	case "start":
		if err := advanceProject(ctx, u, c.ProjectID, project.ActDeliver, project.Contracted); err != nil {
			return err
		}
		return advanceNeeds(ctx, u, c.ProjectID, need.ActStartDelivery, c.Code, need.StageLinked, need.StageAdopted)
	case "complete":
		if err := s.release(ctx, u, c, signed); err != nil {
			return err
		}
		return s.deliverNeeds(ctx, u, c)
	case "terminate", "rescind":
		return s.release(ctx, u, c, signed)
	}
	return nil
}

// deliverNeeds tells project and needs when the last contract of the project is performed.
func (s *Service) deliverNeeds(ctx context.Context, u *app.Unit, c *contract.Contract) error {
	all, err := u.Contracts.List(ctx, contract.Filter{ProjectID: c.ProjectID})
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.ID != c.ID && x.Status != contract.Completed && x.Status != contract.Closed && x.Status != contract.Rescinded && x.Status != contract.Terminated {
			return nil
		}
	}
	if err := advanceProject(ctx, u, c.ProjectID, project.ActAccept, project.Delivering); err != nil {
		return err
	}
	return advanceNeeds(ctx, u, c.ProjectID, need.ActDeliver, c.Code, need.StageInDelivery)
}

// release gives back what was contracted (or committed) and not accepted.
func (s *Service) release(ctx context.Context, u *app.Unit, c *contract.Contract, signed bool) error {
	rest := c.ValueFen()
	accepted, err := acceptedFen(ctx, u, c)
	if err != nil {
		return err
	}
	if rest -= accepted; rest <= 0 {
		return nil
	}
	d, err := s.deal(ctx, u, c, c.BudgetShares)
	if err != nil {
		return err
	}
	entry, err := d.Release(rest, signed)
	if err != nil {
		return err
	}
	_, err = post(ctx, u, entry)
	return err
}

func acceptedFen(ctx context.Context, u *app.Unit, c *contract.Contract) (money.Fen, error) {
	all, err := u.Contracts.Acceptances(ctx, c.ID)
	if err != nil {
		return 0, err
	}
	var sum money.Fen
	for _, a := range all {
		sum += a.PayableFen
	}
	return sum, nil
}
