package contract

import (
	"math/big"
	"strings"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// The kinds of supplement. Prices and other terms stay as they are.
const (
	MoreOfTheSame = "more_of_the_same" // 追加同类服务
	LongerTerm    = "longer_term"      // 延长期限
)

// Supplement is a change of a contract as an object of its own: a typed reason, both signatures,
// applied once, then immutable.
type Supplement struct {
	ID                ident.SupplementID
	Version           int64
	ContractID        ident.ContractID
	ProjectID         ident.ProjectID
	Number            int
	Kind              string
	Reason            string
	AmountFen         money.Fen // more_of_the_same: what is added, all of it on Plan
	Plan              *Plan     // more_of_the_same: the milestone that carries it
	TermUntil         calendar.Date
	EffectiveOn       calendar.Date
	Status            string
	StatusReason      string
	SupplierSignature *Signature
	BuyerSignature    *Signature
	AppliedAt         *time.Time
	CreatedAt         time.Time
	CreatedBy         ident.PersonID
}

// CheckSupplement tells whether a supplement may be proposed beside the earlier ones. The sum of
// all supplements that are not withdrawn may not exceed share × the original amount (A-03, EX-12);
// dates strictly increase. Faults: supplement.over_limit naming what is left, supplement.invalid.
func (c *Contract) CheckSupplement(s Supplement, earlier []Supplement, share *big.Rat) error {
	if c.Status != Active && c.Status != Filed {
		return fault.Conflict("supplement.contract_state", "the contract is "+c.Status).With("state", c.Status)
	}
	bad := fault.Invalid("supplement.invalid", "the supplement does not hold")
	if strings.TrimSpace(s.Reason) == "" {
		bad = bad.At("reason", "required", "why the contract changes")
	}
	after := calendar.DateOf(*c.SignedAt)
	used := money.Fen(0)
	for _, e := range earlier {
		if e.Status == Withdrawn || e.ID == s.ID {
			continue
		}
		used += e.AmountFen
		if e.EffectiveOn.After(after) {
			after = e.EffectiveOn
		}
	}
	if !s.EffectiveOn.After(after) {
		bad = bad.At("effectiveOn", "order", "later than "+after.String())
	}
	bad = c.checkKind(bad, s)
	if len(bad.Fields) > 0 {
		return bad
	}
	limit := new(big.Rat).Mul(share, big.NewRat(int64(c.OriginalFen), 1))
	if new(big.Rat).SetInt64(int64(used+s.AmountFen)).Cmp(limit) > 0 {
		left := new(big.Int).Div(limit.Num(), limit.Denom()).Int64() - int64(used)
		return fault.Conflict("supplement.over_limit", "supplements may add at most "+money.Fen(left).String()+" more").
			With("left", money.Fen(left).String()).With("asked", s.AmountFen.String())
	}
	return nil
}

func (c *Contract) checkKind(bad *fault.Error, s Supplement) *fault.Error {
	switch s.Kind {
	case MoreOfTheSame:
		if s.AmountFen <= 0 || s.Plan == nil || s.Plan.AmountFen != s.AmountFen {
			return bad.At("amountFen", "positive", "an amount above zero, all of it on the milestone")
		}
		until := c.TermUntil
		if s.TermUntil.After(until) {
			until = s.TermUntil
		}
		return checkPlan(bad, "milestone.", *s.Plan, Terms{TermFrom: c.TermFrom, TermUntil: until})
	case LongerTerm:
		if s.AmountFen != 0 || s.Plan != nil {
			bad = bad.At("amountFen", "zero", "a longer term adds no money")
		}
		if !s.TermUntil.After(c.TermUntil) {
			bad = bad.At("termUntil", "order", "later than "+c.TermUntil.String())
		}
		return bad
	default:
		return bad.At("kind", "unknown", "more_of_the_same or longer_term")
	}
}

// SignAsSupplier stores the supplier's consent. Faults: supplement.already_signed,
// supplement.transition_refused.
func (s *Supplement) SignAsSupplier(sig Signature) error {
	if _, err := SupplementMachine.Fire(s.Status, "sign_supplier", ""); err != nil {
		return err
	}
	if s.SupplierSignature != nil {
		return fault.Conflict("supplement.already_signed", "the supplier has signed")
	}
	s.SupplierSignature = &sig
	return nil
}

// Sign stores the buyer's consent. Faults: supplement.supplier_unsigned, supplement.same_signer,
// supplement.transition_refused.
func (s *Supplement) Sign(sig Signature) error {
	row, err := SupplementMachine.Fire(s.Status, "sign", "")
	if err != nil {
		return err
	}
	if s.SupplierSignature == nil {
		return fault.Conflict("supplement.supplier_unsigned", "the supplier signs first")
	}
	if s.SupplierSignature.PersonID == sig.PersonID {
		return fault.Conflict("supplement.same_signer", "one person cannot sign for both")
	}
	s.BuyerSignature, s.Status = &sig, row.To
	return nil
}

// Withdraw gives a proposal up. Faults: supplement.reason_required, supplement.transition_refused.
func (s *Supplement) Withdraw(reason string) error {
	row, err := SupplementMachine.Fire(s.Status, "withdraw", reason)
	if err != nil {
		return err
	}
	s.Status, s.StatusReason = row.To, reason
	return nil
}

// Apply puts a signed supplement in force on its contract, once; the milestone it adds, if any,
// is returned without identity. Faults: supplement.not_yet naming the day,
// supplement.transition_refused.
func (c *Contract) Apply(s *Supplement, at time.Time, number int) (*Milestone, error) {
	row, err := SupplementMachine.Fire(s.Status, "apply", "")
	if err != nil {
		return nil, err
	}
	if calendar.DateOf(at).Before(s.EffectiveOn) {
		return nil, fault.Conflict("supplement.not_yet", "in force from "+s.EffectiveOn.String()).With("day", s.EffectiveOn.String())
	}
	if c.SupplementFen, err = money.Add(c.SupplementFen, s.AmountFen); err != nil {
		return nil, err
	}
	if s.TermUntil.After(c.TermUntil) {
		c.TermUntil = s.TermUntil
	}
	s.Status, s.AppliedAt = row.To, &at
	if s.Plan == nil {
		return nil, nil
	}
	m := s.Plan.Milestone(c, number)
	m.SupplementID = s.ID
	return &m, nil
}

// Milestone makes the scheduled milestone of a plan, without identity.
func (p Plan) Milestone(c *Contract, number int) Milestone {
	return Milestone{
		ContractID: c.ID, ProjectID: c.ProjectID, Number: number, Title: p.Title, DueOn: p.DueOn,
		AmountFen: p.AmountFen, Items: p.Items, Status: Scheduled,
	}
}
