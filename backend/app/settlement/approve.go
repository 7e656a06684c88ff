package settlement

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// PaymentInput names a payment for an action that needs nothing more.
type PaymentInput struct {
	PaymentID ident.PaymentID
	Change
}

// VerifyInvoice checks the invoice against contract, amount and every other invoice on file.
// Faults: invoice.does_not_fit naming the first check that failed, invoice.missing,
// payment.transition_refused.
func (s *Service) VerifyInvoice(ctx context.Context, actor access.Actor, in PaymentInput) (Done, error) {
	w := write{ID: in.PaymentID, Change: in.Change, Action: "payment.verify_invoice", Past: "payment.invoice_verified", Permission: access.PaymentVerify}
	return s.onPayment(ctx, actor, w, func(ctx context.Context, u *app.Unit, f file) error {
		checks, err := s.invoiceChecks(ctx, u, f)
		if err != nil {
			return err
		}
		if len(checks) == 0 {
			return fault.Conflict("invoice.missing", "the payment has no invoice in force")
		}
		if err := payment.Refusal(checks); err != nil {
			return err
		}
		f.Payee = payeeOf(f.contract)
		return f.VerifyInvoice(u.Actor.PersonID, u.Now)
	})
}

// invoiceChecks lists the checks of the invoice in force; none when there is no invoice.
func (s *Service) invoiceChecks(ctx context.Context, u *app.Unit, f file) ([]payment.CheckResult, error) {
	v, found, err := u.Payments.InvoiceOf(ctx, f.ID)
	if err != nil || !found {
		return nil, err
	}
	other, used, err := u.Payments.InvoiceByNumber(ctx, v.Number)
	if err != nil {
		return nil, err
	}
	c := f.contract
	return v.Compare(payment.Expected{
		BuyerName: c.BuyerName, BuyerUSCC: c.BuyerUSCC, SellerName: c.SupplierName, SellerUSCC: c.SupplierUSCC,
		AmountFen: f.AmountFen, NotBefore: calendar.DateOf(*c.SignedAt), UsedElsewhere: used && other.PaymentID != f.ID,
	}), nil
}

// Approve binds the approver's consent to payee, account, amount and milestone. Faults:
// payment.same_person, payment.payee_changed, duty.incompatible, payment.transition_refused.
func (s *Service) Approve(ctx context.Context, actor access.Actor, in PaymentInput) (Done, error) {
	w := write{
		ID: in.PaymentID, Change: in.Change, Action: "payment.approve", Past: "payment.approved",
		Permission: access.PaymentApprove, Duties: []access.Duty{access.DutyPayApprove},
	}
	return s.onPayment(ctx, actor, w, func(ctx context.Context, u *app.Unit, f file) error {
		if err := samePayee(f); err != nil {
			return err
		}
		a, err := f.Approve(u.NewID(), u.Actor.PersonID, u.Actor.Name, u.Now)
		if err != nil {
			return err
		}
		if err := u.Payments.AddApproval(ctx, a); err != nil {
			return err
		}
		return u.Record(ctx, audit.Entry{Action: "approval.give", Kind: "approval", ID: a.ID, PlaceID: f.PlaceID, ProjectID: f.ProjectID, After: a})
	})
}

// samePayee refuses a payment whose account is no longer, or not yet, the contract's.
func samePayee(f file) error {
	if f.contract.PendingPayee != nil {
		return fault.Conflict("payment.payee_pending", "a change of the account waits for confirmation")
	}
	now := payeeOf(f.contract)
	if f.Payee.Number != now.Number || f.Payee.Holder != now.Holder || f.Payee.Bank != now.Bank {
		return fault.Conflict("payment.payee_changed", "the contract's account changed after the request")
	}
	return nil
}

// BackInput undoes a check or an approval, or takes a request back.
type BackInput struct {
	PaymentID ident.PaymentID
	Change
	Action string // send_back, revoke, retry, withdraw
	Reason string
}

var backs = map[string]struct {
	permission access.Permission
	duties     []access.Duty
	both       bool
	past       string
}{
	"send_back": {access.PaymentApprove, []access.Duty{access.DutyPayApprove}, false, "payment.sent_back"},
	"revoke":    {access.PaymentApprove, []access.Duty{access.DutyPayApprove}, false, "payment.approval_revoked"},
	"retry":     {access.PaymentVerify, nil, false, "payment.retried"},
	"withdraw":  {access.PaymentRequest, []access.Duty{access.DutyPayRequest}, true, "payment.withdrawn"},
}

// Back sends a payment back, revokes an approval, tries a returned payment again or withdraws a
// request; the account is read anew from the contract. Faults: payment.reason_required,
// payment.transition_refused, duty.incompatible, record.stale.
func (s *Service) Back(ctx context.Context, actor access.Actor, in BackInput) (Done, error) {
	back, known := backs[in.Action]
	if !known {
		return Done{}, fault.Invalid("payment.transition_refused", "no action "+in.Action).With("action", in.Action).With("state", "")
	}
	in.Reason = trimmed(in.Reason)
	w := write{
		ID: in.PaymentID, Change: in.Change, Action: "payment." + in.Action, Past: back.past, Permission: back.permission,
		Both: back.both, Duties: back.duties, Reason: in.Reason,
	}
	return s.onPayment(ctx, actor, w, func(_ context.Context, _ *app.Unit, f file) error {
		if err := f.Back(in.Action, in.Reason); err != nil {
			return err
		}
		f.Payee = payeeOf(f.contract)
		return nil
	})
}

// DisputeInput disputes a part of a payment, or ends a dispute with an agreed amount.
type DisputeInput struct {
	PaymentID ident.PaymentID
	Change
	AmountFen money.Fen
	Reason    string
}

// Dispute stops the disputed part; the rest may be requested at once. Faults:
// payment.amount_invalid, payment.reason_required, payment.transition_refused.
func (s *Service) Dispute(ctx context.Context, actor access.Actor, in DisputeInput) (Done, error) {
	return s.dispute(ctx, actor, in, "dispute", "payment.disputed", (*payment.Payment).Dispute)
}

// Resolve ends a dispute with the amount both agree on. Faults as Dispute.
func (s *Service) Resolve(ctx context.Context, actor access.Actor, in DisputeInput) (Done, error) {
	return s.dispute(ctx, actor, in, "resolve", "payment.dispute_resolved", (*payment.Payment).Resolve)
}

func (s *Service) dispute(ctx context.Context, actor access.Actor, in DisputeInput, action, past string, fn func(*payment.Payment, money.Fen, string) error) (Done, error) {
	in.Reason = trimmed(in.Reason)
	w := write{
		ID: in.PaymentID, Change: in.Change, Action: "payment." + action, Past: past, Permission: access.PaymentDispute,
		Reason: in.Reason, Input: in.AmountFen,
	}
	return s.onPayment(ctx, actor, w, func(_ context.Context, _ *app.Unit, f file) error {
		return fn(f.Payment, in.AmountFen, in.Reason)
	})
}
