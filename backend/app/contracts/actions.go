package contracts

import (
	"context"

	"linli/backend/app"
	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/lifecycle"
)

// Action is one thing that the table allows now: whether this actor may, and if not, the code of
// the reason.
type Action struct {
	Action    string
	Permitted bool
	Code      string
	Params    map[string]string
}

// allowed turns the answer of the guards into an action.
func allowed(action string, err error) Action {
	out := Action{Action: action, Permitted: err == nil}
	if f, ok := fault.As(err); ok {
		out.Code, out.Params = f.Code, f.Params
	} else if err != nil {
		out.Code = fault.CodeOf(err)
	}
	return out
}

// may asks permission and duty for a row on the side it belongs to.
func may(ctx context.Context, u *app.Unit, c *contract.Contract, row lifecycle.Row) error {
	object := access.Object{PartyID: c.BuyerID}
	if row.Permission == access.ContractSignSupplier || row.Permission == access.MilestoneDeliver {
		object.PartyID = c.SupplierID
	}
	if err := access.Allow(u.Actor, row.Permission, object); err != nil {
		return err
	}
	if row.Duty == "" {
		return nil
	}
	return u.MayTakeDuty(ctx, c.ProjectID, row.Duty)
}

func (s *Service) contractActions(ctx context.Context, u *app.Unit, c *contract.Contract) []Action {
	out := []Action{}
	for _, row := range contract.Machine.Actions(c.Status) {
		err := may(ctx, u, c, row)
		if err == nil {
			err = s.contractGuard(ctx, u, c, row.Action)
		}
		out = append(out, allowed(row.Action, err))
	}
	return out
}

// contractGuard dry-runs what would refuse an action for other reasons than who acts.
func (s *Service) contractGuard(ctx context.Context, u *app.Unit, c *contract.Contract, action string) error {
	trial := *c
	switch action {
	case "amend":
		if c.SupplierSignature != nil {
			return fault.Conflict("contract.not_draft", "terms are fixed once somebody signed")
		}
	case "sign_supplier":
		if err := procurement.SigningPaused(ctx, u, c.TenderID); err != nil {
			return err
		}
		return trial.SignAsSupplier(contract.Signature{PersonID: u.Actor.PersonID, At: u.Now})
	case "sign":
		if err := procurement.SigningPaused(ctx, u, c.TenderID); err != nil {
			return err
		}
		signature := contract.Signature{PersonID: u.Actor.PersonID, At: u.Now}
		if c.SupplierSignature != nil {
			signature.TextHash = c.SupplierSignature.TextHash
		}
		return trial.Sign(signature)
	case "start", "complete", "close":
		return s.mayMove(ctx, u, &trial, MoveInput{Action: action})
	}
	return nil
}

func (s *Service) milestoneActions(ctx context.Context, u *app.Unit, c *contract.Contract, m *contract.Milestone) []Action {
	out := []Action{}
	for _, row := range contract.MilestoneMachine.Actions(m.Status) {
		if row.Action == "settle" {
			continue // follows from reconciliation, nobody presses it
		}
		err := may(ctx, u, c, row)
		if err == nil {
			err = c.Running()
		}
		if err == nil {
			err = milestoneGuard(u, m, row.Action)
		}
		out = append(out, allowed(row.Action, err))
	}
	return out
}

func milestoneGuard(u *app.Unit, m *contract.Milestone, action string) error {
	trial := *m
	today := calendar.DateOf(u.Now)
	switch action {
	case "submit":
		return trial.Submit(today, u.Now, today)
	case "deem":
		_, err := trial.Deem(today)
		return err
	}
	return nil
}

func (s *Service) supplementActions(ctx context.Context, u *app.Unit, c *contract.Contract, x *contract.Supplement) []Action {
	out := []Action{}
	for _, row := range contract.SupplementMachine.Actions(x.Status) {
		err := may(ctx, u, c, row)
		if err == nil {
			trial, deal := *x, *c
			signature := contract.Signature{PersonID: u.Actor.PersonID, At: u.Now}
			switch row.Action {
			case "sign_supplier":
				err = trial.SignAsSupplier(signature)
			case "sign":
				err = trial.Sign(signature)
			case "apply":
				_, err = deal.Apply(&trial, u.Now, 1)
			}
		}
		out = append(out, allowed(row.Action, err))
	}
	return out
}
