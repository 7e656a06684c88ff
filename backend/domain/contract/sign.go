package contract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// SignAsSupplier stores the supplier's consent. Faults: contract.already_signed,
// contract.sign_late, contract.not_filled, contract.transition_refused.
func (c *Contract) SignAsSupplier(s Signature) error {
	if _, err := Machine.Fire(c.Status, "sign_supplier", ""); err != nil {
		return err
	}
	if c.SupplierSignature != nil {
		return fault.Conflict("contract.already_signed", "the supplier has signed")
	}
	if err := c.maySign(s.At); err != nil {
		return err
	}
	c.SupplierSignature = &s
	return nil
}

// Sign stores the buyer's consent and concludes the contract. Faults: contract.supplier_unsigned,
// contract.text_changed when the two did not sign the same text, contract.sign_late,
// contract.transition_refused.
func (c *Contract) Sign(s Signature) error {
	row, err := Machine.Fire(c.Status, "sign", "")
	if err != nil {
		return err
	}
	if c.SupplierSignature == nil {
		return fault.Conflict("contract.supplier_unsigned", "the supplier signs first")
	}
	if c.SupplierSignature.TextHash != s.TextHash {
		return fault.Conflict("contract.text_changed", "the supplier signed another text")
	}
	if c.SupplierSignature.PersonID == s.PersonID {
		return fault.Conflict("contract.same_signer", "one person cannot sign for both")
	}
	if err := c.maySign(s.At); err != nil {
		return err
	}
	c.BuyerSignature, c.SignedAt, c.Status = &s, &s.At, row.To
	return nil
}

func (c *Contract) maySign(at time.Time) error {
	if c.Payee.Number == "" {
		return fault.Conflict("contract.not_filled", "the terms are not filled in")
	}
	if calendar.DateOf(at).After(c.SignBy) {
		return fault.Conflict("contract.sign_late", "the last day to sign was "+c.SignBy.String()).With("day", c.SignBy.String())
	}
	return nil
}

// Move fires one of the plain actions of the machine and stamps its time.
func (c *Contract) Move(action, reason string, at time.Time) error {
	row, err := Machine.Fire(c.Status, action, reason)
	if err != nil {
		return err
	}
	switch action {
	case "publish":
		c.PublishedAt = &at
	case "file":
		c.FiledAt = &at
	case "complete":
		c.CompletedAt = &at
	case "close":
		c.ClosedAt = &at
	case "start", "suspend", "resume", "terminate", "rescind":
	default:
		return fault.Internal("contract action "+action+" has its own function", nil)
	}
	c.Status = row.To
	if reason != "" {
		c.StatusReason = reason
	}
	return nil
}

// Running tells whether deliveries and payments may go on.
func (c *Contract) Running() error {
	if c.Status != Active {
		return fault.Conflict("contract.not_active", "the contract is "+c.Status).With("state", c.Status)
	}
	return nil
}

// AskPayee proposes another account of the supplier. It may be used from a day after the cooling
// period on, when a second person has confirmed it. Faults: contract.terms_invalid,
// contract.payee_pending.
func (c *Contract) AskPayee(p Payee, by ident.PersonID, at time.Time, usable calendar.Date) error {
	if c.PendingPayee != nil {
		return fault.Conflict("contract.payee_pending", "an earlier change is waiting")
	}
	bad := checkPayee(fault.Invalid("contract.terms_invalid", "the account does not hold"), p)
	if len(bad.Fields) > 0 {
		return bad
	}
	p.ChangedAt = at
	c.PendingPayee = &PayeeChange{Payee: p, RequestedBy: by, RequestedAt: at, UsableFrom: usable}
	return nil
}

// ConfirmPayee puts the new account in force. Faults: contract.payee_none,
// contract.payee_cooling naming the day, contract.payee_same_person.
func (c *Contract) ConfirmPayee(by ident.PersonID, at time.Time) error {
	change := c.PendingPayee
	switch {
	case change == nil:
		return fault.Conflict("contract.payee_none", "no change is waiting")
	case change.RequestedBy == by:
		return fault.Conflict("contract.payee_same_person", "who asked may not confirm")
	case calendar.DateOf(at).Before(change.UsableFrom):
		return fault.Conflict("contract.payee_cooling", "not before "+change.UsableFrom.String()).With("day", change.UsableFrom.String())
	}
	c.Payee, c.PendingPayee = change.Payee, nil
	return nil
}

// RefusePayee drops a proposed account. Fault contract.payee_none.
func (c *Contract) RefusePayee() error {
	if c.PendingPayee == nil {
		return fault.Conflict("contract.payee_none", "no change is waiting")
	}
	c.PendingPayee = nil
	return nil
}

// TextHash is the SHA-256 of what both sides sign: parties, price, terms and every milestone.
func (c *Contract) TextHash(milestones []*Milestone) string {
	plans := make([]Plan, len(milestones))
	for i, m := range milestones {
		plans[i] = Plan{Title: m.Title, DueOn: m.DueOn, AmountFen: m.AmountFen, Items: m.Items}
	}
	text, err := json.Marshal(struct {
		Code, Title, Buyer, Supplier string
		OriginalFen                  money.Fen
		TermFrom, TermUntil          calendar.Date
		AcceptanceDays, PaymentDays  int
		DailyInterest                string
		Payee                        Payee
		Milestones                   []Plan
	}{
		c.Code, c.Title, string(c.BuyerID), string(c.SupplierID), c.OriginalFen, c.TermFrom, c.TermUntil,
		c.AcceptanceDays, c.PaymentDays, c.DailyInterest, c.Payee, plans,
	})
	if err != nil {
		return "" // plain data always marshals
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
