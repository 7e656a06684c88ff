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
	"linli/backend/domain/money"
)

// SupplementInput proposes a change of a contract.
type SupplementInput struct {
	ContractID ident.ContractID
	Change
	Kind        string
	Reason      string
	AmountFen   money.Fen
	Milestone   *contract.Plan
	TermUntil   calendar.Date
	EffectiveOn calendar.Date
}

// ProposeSupplement proposes a change; all supplements together stay within the share of the
// original amount that the rulebook allows. Faults: supplement.over_limit,
// supplement.invalid, supplement.contract_state, record.stale.
func (s *Service) ProposeSupplement(ctx context.Context, actor access.Actor, in SupplementInput) (Done, error) {
	w := app.Write{Permission: access.SupplementPropose, Name: "supplement.propose", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		c, err := s.permitted(ctx, u, in.ContractID, access.SupplementPropose, buyerSide)
		if err != nil {
			return Done{}, err
		}
		if c.Version != in.Version {
			return Done{}, fault.Stale("record.stale", "the contract was changed by someone else").With("version", "")
		}
		x, err := s.newSupplement(ctx, u, c, in)
		if err != nil {
			return Done{}, err
		}
		if err := u.Contracts.AddSupplement(ctx, x); err != nil {
			return Done{}, err
		}
		return s.tellSupplement(ctx, u, c, x, told{"supplement.propose", "supplement.proposed", "", nil})
	})
}

func (s *Service) newSupplement(ctx context.Context, u *app.Unit, c *contract.Contract, in SupplementInput) (*contract.Supplement, error) {
	earlier, err := s.supplements(ctx, u, c.ID)
	if err != nil {
		return nil, err
	}
	share, err := s.rules(u).Rat("SUPPLEMENT_SHARE_MAX")
	if err != nil {
		return nil, err
	}
	x := contract.Supplement{
		ID: ident.SupplementID(u.NewID()), ContractID: c.ID, ProjectID: c.ProjectID, Number: len(earlier) + 1, Kind: in.Kind, Reason: trimmed(in.Reason),
		AmountFen: in.AmountFen, Plan: in.Milestone, TermUntil: in.TermUntil, EffectiveOn: in.EffectiveOn,
		Status: contract.SupplementMachine.Initial, CreatedAt: u.Now, CreatedBy: u.Actor.PersonID,
	}
	return &x, c.CheckSupplement(x, earlier, share)
}

func (s *Service) supplements(ctx context.Context, u *app.Unit, id ident.ContractID) ([]contract.Supplement, error) {
	all, err := u.Contracts.Supplements(ctx, id)
	out := make([]contract.Supplement, len(all))
	for i, x := range all {
		out[i] = *x
	}
	return out, err
}

// told is what audit and outbox hear of one act on a supplement.
type told struct {
	action, past, reason string
	before               any
}

func (s *Service) tellSupplement(ctx context.Context, u *app.Unit, c *contract.Contract, x *contract.Supplement, t told) (Done, error) {
	err := u.Record(ctx, audit.Entry{
		Action: t.action, Kind: "supplement", ID: string(x.ID), PlaceID: c.PlaceID, ProjectID: c.ProjectID, Before: t.before, After: x,
		Reason: t.reason, RuleVersion: c.RuleVersion,
	})
	if err != nil {
		return Done{}, err
	}
	out := Done{ID: string(x.ID), Code: c.Code, Version: x.Version, Status: x.Status}
	return out, u.Emit(ctx, s.event(c, t.past, "supplement", string(x.ID), map[string]string{"reason": t.reason, "status": x.Status}))
}

// SupplementAct signs, withdraws or applies a supplement.
type SupplementAct struct {
	SupplementID ident.SupplementID
	Change
	Action string // sign_supplier, sign, withdraw, apply
	Reason string
}

var supplementActs = map[string]struct {
	permission access.Permission
	side       side
	past       string
}{
	"sign_supplier": {access.ContractSignSupplier, supplierSide, "supplement.signed_by_supplier"},
	"sign":          {access.ContractSign, buyerSide, "supplement.signed"},
	"withdraw":      {access.SupplementPropose, buyerSide, "supplement.withdrawn"},
	"apply":         {access.ContractRun, buyerSide, "supplement.applied"},
}

// ActOnSupplement signs, withdraws or applies a supplement; applying takes its amount from the
// budget lines and adds its milestone. Faults: supplement.supplier_unsigned,
// supplement.already_signed, supplement.same_signer, supplement.not_yet,
// supplement.reason_required, supplement.transition_refused, contract.budget_short,
// duty.incompatible, record.stale.
func (s *Service) ActOnSupplement(ctx context.Context, actor access.Actor, in SupplementAct) (Done, error) {
	act, known := supplementActs[in.Action]
	if !known {
		return Done{}, fault.Invalid("supplement.transition_refused", "no action "+in.Action).With("action", in.Action).With("state", "")
	}
	in.Reason = trimmed(in.Reason)
	w := app.Write{Permission: act.permission, Name: "supplement." + in.Action, Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		x, err := u.Contracts.Supplement(ctx, in.SupplementID)
		if err != nil {
			return Done{}, err
		}
		c, err := s.permitted(ctx, u, x.ContractID, act.permission, act.side)
		if err != nil {
			return Done{}, err
		}
		if x.Version != in.Version {
			return Done{}, fault.Stale("record.stale", "the supplement was changed by someone else").With("version", "")
		}
		before := *x
		if err := s.act(ctx, u, c, x, in); err != nil {
			return Done{}, err
		}
		if err := u.Contracts.SaveSupplement(ctx, x); err != nil {
			return Done{}, err
		}
		return s.tellSupplement(ctx, u, c, x, told{"supplement." + in.Action, act.past, in.Reason, before})
	})
}

func (s *Service) act(ctx context.Context, u *app.Unit, c *contract.Contract, x *contract.Supplement, in SupplementAct) error {
	signature := contract.Signature{PersonID: u.Actor.PersonID, Name: u.Actor.Name, At: u.Now}
	switch in.Action {
	case "sign_supplier":
		return x.SignAsSupplier(signature)
	case "sign":
		if err := u.TakeDuty(ctx, c.ProjectID, access.DutySign); err != nil {
			return err
		}
		return x.Sign(signature)
	case "withdraw":
		return x.Withdraw(in.Reason)
	default:
		return s.apply(ctx, u, c, x)
	}
}

func (s *Service) apply(ctx context.Context, u *app.Unit, c *contract.Contract, x *contract.Supplement) error {
	milestones, err := u.Contracts.Milestones(ctx, c.ID)
	if err != nil {
		return err
	}
	before := *c
	m, err := c.Apply(x, u.Now, len(milestones)+1)
	if err != nil {
		return err
	}
	if err := s.fundSupplement(ctx, u, c, x); err != nil {
		return err
	}
	if err := u.Contracts.Save(ctx, c); err != nil {
		return err
	}
	if err := s.tell(ctx, u, c, write{Action: "contract.supplement", Past: "contract.supplemented", Reason: x.Reason}, before); err != nil || m == nil {
		return err
	}
	m.ID = ident.MilestoneID(u.NewID())
	if err := u.Contracts.AddMilestone(ctx, m); err != nil {
		return err
	}
	return recordMilestone(ctx, u, c, "milestone.add", x.Reason, nil, m)
}

// fundSupplement takes the amount from the project's lines and keeps what each carries.
func (s *Service) fundSupplement(ctx context.Context, u *app.Unit, c *contract.Contract, x *contract.Supplement) error {
	if x.AmountFen == 0 {
		return nil
	}
	more, err := s.carry(ctx, u, c.ProjectID, x.AmountFen)
	if err != nil {
		return err
	}
	d, err := s.deal(ctx, u, c, more)
	if err != nil {
		return err
	}
	for _, share := range d.Shares {
		if err := bookBudget(ctx, u, d, share); err != nil {
			return err
		}
	}
	if _, err := post(ctx, u, d.Supplement(x.ID)); err != nil {
		return err
	}
	c.BudgetShares = merge(c.BudgetShares, more)
	return nil
}

func merge(have, more []contract.BudgetShare) []contract.BudgetShare {
	out := append([]contract.BudgetShare(nil), have...)
	for _, x := range more {
		found := false
		for i := range out {
			if out[i].LineID == x.LineID {
				out[i].AmountFen += x.AmountFen
				found = true
			}
		}
		if !found {
			out = append(out, x)
		}
	}
	return out
}

// SupplementPermission is the permission of an action on supplements.
func SupplementPermission(action string) access.Permission { return supplementActs[action].permission }
