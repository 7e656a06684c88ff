package contracts

import (
	"context"

	"linli/backend/app"
	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/project"
)

// SignInput carries a person's consent to the text whose hash he was shown.
type SignInput struct {
	ContractID ident.ContractID
	Change
	TextHash string
}

// SignAsSupplier stores the supplier's signature. Faults: contract.sign_late,
// contract.text_changed, challenge.pauses_signing, contract.already_signed,
// contract.not_filled, contract.transition_refused.
func (s *Service) SignAsSupplier(ctx context.Context, actor access.Actor, in SignInput) (Done, error) {
	w := write{
		ID: in.ContractID, Change: in.Change, Action: "contract.sign_supplier", Past: "contract.signed_by_supplier",
		Permission: access.ContractSignSupplier, Side: supplierSide, Input: in.TextHash,
	}
	return s.onContract(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract) error {
		signature, err := s.consent(ctx, u, c, in.TextHash)
		if err != nil {
			return err
		}
		return c.SignAsSupplier(signature)
	})
}

// Sign stores the buyer's signature and concludes the contract; its price moves from the award
// to the contract in the ledger. Faults: contract.supplier_unsigned, contract.sign_late,
// contract.text_changed, challenge.pauses_signing, duty.incompatible,
// contract.transition_refused.
func (s *Service) Sign(ctx context.Context, actor access.Actor, in SignInput) (Done, error) {
	w := write{
		ID: in.ContractID, Change: in.Change, Action: "contract.sign", Past: "contract.signed",
		Permission: access.ContractSign, Side: buyerSide, Input: in.TextHash,
	}
	return s.onContract(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract) error {
		signature, err := s.consent(ctx, u, c, in.TextHash)
		if err != nil {
			return err
		}
		if err := c.Sign(signature); err != nil {
			return err
		}
		if err := u.TakeDuty(ctx, c.ProjectID, access.DutySign); err != nil {
			return err
		}
		d, err := s.deal(ctx, u, c, c.BudgetShares)
		if err != nil {
			return err
		}
		if _, err := post(ctx, u, d.Conclude()); err != nil {
			return err
		}
		return advanceProject(ctx, u, c.ProjectID, project.ActContract, project.Sourcing)
	})
}

// consent checks that the text signed is the text that stands, and that no challenge about the
// result pauses signing (domain handbook §5.6).
func (s *Service) consent(ctx context.Context, u *app.Unit, c *contract.Contract, hash string) (contract.Signature, error) {
	milestones, err := u.Contracts.Milestones(ctx, c.ID)
	if err != nil {
		return contract.Signature{}, err
	}
	if text := c.TextHash(milestones); hash != text {
		return contract.Signature{}, fault.Conflict("contract.text_changed", "the text is not the one that was shown")
	}
	if err := procurement.SigningPaused(ctx, u, c.TenderID); err != nil {
		return contract.Signature{}, err
	}
	return contract.Signature{PersonID: u.Actor.PersonID, Name: u.Actor.Name, At: u.Now, TextHash: hash}, nil
}
