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

// PayeeInput asks for another account of the supplier.
type PayeeInput struct {
	ContractID ident.ContractID
	Change
	Payee contract.Payee
}

// AskPayee asks for payments to go to another account; it waits for the cooling period and the
// finance bureau's confirmation. Faults: contract.payee_pending, contract.terms_invalid,
// calendar.year_missing.
func (s *Service) AskPayee(ctx context.Context, actor access.Actor, in PayeeInput) (Done, error) {
	w := write{
		ID: in.ContractID, Change: in.Change, Action: "contract.ask_payee", Past: "contract.payee_asked",
		Permission: access.ContractPayee, Side: supplierSide, Input: in.Payee,
	}
	return s.onContract(ctx, actor, w, func(_ context.Context, u *app.Unit, c *contract.Contract) error {
		days, err := s.rules(u).Int("PAYEE_CHANGE_COOLING_DAYS")
		if err != nil {
			return err
		}
		usable, err := s.app.Calendar.AddWorkingDays(calendar.DateOf(u.Now), days)
		if err != nil {
			return err
		}
		return c.AskPayee(in.Payee, u.Actor.PersonID, u.Now, usable)
	})
}

// PayeeDecision confirms or refuses a changed account.
type PayeeDecision struct {
	ContractID ident.ContractID
	Change
	Confirm bool
	Reason  string
}

// DecidePayee confirms or refuses a changed account: the second person. Approvals of payments to
// the old account are void by their binding. Faults: contract.payee_none,
// contract.payee_cooling, contract.payee_same_person, contract.reason_required.
func (s *Service) DecidePayee(ctx context.Context, actor access.Actor, in PayeeDecision) (Done, error) {
	in.Reason = trimmed(in.Reason)
	if !in.Confirm && in.Reason == "" {
		return Done{}, fault.Invalid("contract.reason_required", "why the account is refused").At("reason", "required", "say why")
	}
	w := app.Write{Permission: access.PayeeConfirm, Name: "contract.decide_payee", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		c, err := s.visible(ctx, u, in.ContractID)
		if err != nil {
			return Done{}, err
		}
		place, err := u.Places.Place(ctx, c.PlaceID)
		if err != nil {
			return Done{}, err
		}
		if err := access.Allow(u.Actor, access.PayeeConfirm, access.Object{PlacePath: place.Path}); err != nil {
			return Done{}, err
		}
		if c.Version != in.Version {
			return Done{}, fault.Stale("record.stale", "the contract was changed by someone else").With("version", "")
		}
		before := *c
		past := "contract.payee_confirmed"
		if in.Confirm {
			err = c.ConfirmPayee(u.Actor.PersonID, u.Now)
		} else {
			past, err = "contract.payee_refused", c.RefusePayee()
		}
		if err != nil {
			return Done{}, err
		}
		if err := u.Contracts.Save(ctx, c); err != nil {
			return Done{}, err
		}
		if err := u.Record(ctx, audit.Entry{
			Action: "contract.decide_payee", Kind: "contract", ID: string(c.ID), PlaceID: c.PlaceID, ProjectID: c.ProjectID, Before: before, After: c, Reason: in.Reason,
		}); err != nil {
			return Done{}, err
		}
		return done(c), u.Emit(ctx, s.event(c, past, "contract", string(c.ID), map[string]string{"reason": in.Reason}))
	})
}
