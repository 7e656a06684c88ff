package payment

import (
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
)

// The states of a payment. Overdue is a fact of the clock and no state.
const (
	Requested       = "requested"
	InvoiceVerified = "invoice_verified"
	Approved        = "approved"
	Instructed      = "instructed"
	Paid            = "paid"
	Reconciled      = "reconciled"
	Disputed        = "disputed"
	Returned        = "returned"
	Withdrawn       = "withdrawn"
)

// Machine is the lifecycle of a payment. Requester, approver and executor are three persons.
var Machine = lifecycle.Machine{
	Name: "payment", Initial: Requested,
	States: []lifecycle.State{
		{Code: Requested, ZH: "待验票", EN: "Requested"},
		{Code: InvoiceVerified, ZH: "待审批", EN: "Invoice checked"},
		{Code: Approved, ZH: "审批通过", EN: "Approved"},
		{Code: Instructed, ZH: "已发支付指令", EN: "Instructed"},
		{Code: Paid, ZH: "已支付", EN: "Paid"},
		{Code: Reconciled, ZH: "已对账", EN: "Reconciled", Final: true},
		{Code: Disputed, ZH: "有争议", EN: "Disputed"},
		{Code: Returned, ZH: "退票", EN: "Returned by the bank"},
		{Code: Withdrawn, ZH: "已撤回", EN: "Withdrawn", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: Requested, Action: "verify_invoice", To: InvoiceVerified, Permission: access.PaymentVerify},
		{From: Requested, Action: "withdraw", To: Withdrawn, Permission: access.PaymentRequest, Reason: true},
		{From: Requested, Action: "dispute", To: Disputed, Permission: access.PaymentDispute, Reason: true},
		{From: InvoiceVerified, Action: "approve", To: Approved, Permission: access.PaymentApprove, Duty: access.DutyPayApprove},
		{From: InvoiceVerified, Action: "send_back", To: Requested, Permission: access.PaymentApprove, Duty: access.DutyPayApprove, Reason: true},
		{From: InvoiceVerified, Action: "dispute", To: Disputed, Permission: access.PaymentDispute, Reason: true},
		{From: Approved, Action: "instruct", To: Instructed, Permission: access.PaymentExecute, Duty: access.DutyPayExecute},
		{From: Approved, Action: "revoke", To: InvoiceVerified, Permission: access.PaymentApprove, Duty: access.DutyPayApprove, Reason: true},
		{From: Instructed, Action: "confirm_paid", To: Paid, Permission: access.PaymentExecute, Duty: access.DutyPayExecute, Notice: true},
		{From: Instructed, Action: "bounce", To: Returned, Permission: access.PaymentExecute, Duty: access.DutyPayExecute, Reason: true},
		{From: Paid, Action: "reconcile", To: Reconciled, Permission: access.PaymentSettle, Duty: access.DutyLedger},
		{From: Paid, Action: "bounce", To: Returned, Permission: access.PaymentExecute, Duty: access.DutyPayExecute, Reason: true},
		{From: Returned, Action: "retry", To: InvoiceVerified, Permission: access.PaymentVerify, Reason: true},
		{From: Disputed, Action: "resolve", To: Requested, Permission: access.PaymentDispute, Reason: true},
		{From: Disputed, Action: "withdraw", To: Withdrawn, Permission: access.PaymentRequest, Reason: true},
	},
}

func (p *Payment) move(action, reason string) error {
	row, err := Machine.Fire(p.Status, action, reason)
	if err != nil {
		return err
	}
	p.Status = row.To
	if reason != "" {
		p.StatusReason = reason
	}
	return nil
}

// VerifyInvoice stores that the invoice fits. Fault payment.transition_refused.
func (p *Payment) VerifyInvoice(by ident.PersonID, at time.Time) error {
	if err := p.move("verify_invoice", ""); err != nil {
		return err
	}
	p.VerifiedBy, p.VerifiedAt = by, &at
	return nil
}

// Approval is one person's consent to one binding. It is never changed: a later one follows.
type Approval struct {
	ID          string
	PaymentID   ident.PaymentID
	RequestedBy ident.PersonID
	ApproverID  ident.PersonID
	Approver    string
	Hash        string
	At          time.Time
}

// Approve binds a person's consent to payee, account, amount and milestone. Faults:
// payment.same_person, payment.transition_refused.
func (p *Payment) Approve(id string, by ident.PersonID, name string, at time.Time) (Approval, error) {
	if by == p.RequestedBy {
		return Approval{}, fault.Forbidden("payment.same_person", "who requested may not approve")
	}
	if err := p.move("approve", ""); err != nil {
		return Approval{}, err
	}
	p.ApprovedBy, p.ApprovedAt, p.ApprovedHash = by, &at, p.Binding()
	return Approval{ID: id, PaymentID: p.ID, RequestedBy: p.RequestedBy, ApproverID: by, Approver: name, Hash: p.ApprovedHash, At: at}, nil
}

// Back undoes a check or an approval: send_back, revoke, retry, dispute, resolve, withdraw. Faults:
// payment.reason_required, payment.transition_refused.
func (p *Payment) Back(action, reason string) error {
	switch action {
	case "send_back", "revoke", "retry", "dispute", "resolve", "withdraw":
	default:
		return fault.Internal("payment action "+action+" has its own function", nil)
	}
	if err := p.move(action, reason); err != nil {
		return err
	}
	p.ApprovedBy, p.ApprovedAt, p.ApprovedHash = "", nil, ""
	p.InstructedBy, p.InstructedAt, p.Method, p.HoldID = "", nil, "", ""
	if p.Status == Requested {
		p.VerifiedBy, p.VerifiedAt = "", nil
	}
	return nil
}

// Instruct tells the bank to pay. The approval must still bind what is paid. Faults:
// payment.approval_void, payment.same_person, payment.method_unknown, payment.transition_refused.
func (p *Payment) Instruct(by ident.PersonID, method string, at time.Time) error {
	if method != TreasuryCentral && method != BankTransfer {
		return fault.Invalid("payment.method_unknown", "no method "+method).At("method", "unknown", "treasury_central or bank_transfer")
	}
	if p.Status == Approved && p.ApprovedHash != p.Binding() {
		return fault.Conflict("payment.approval_void", "payee, account, amount or milestone changed after the approval")
	}
	if by == p.ApprovedBy || by == p.RequestedBy {
		return fault.Forbidden("payment.same_person", "who pays may neither have requested nor approved")
	}
	if err := p.move("instruct", ""); err != nil {
		return err
	}
	p.InstructedBy, p.InstructedAt, p.Method = by, &at, method
	p.Attempts++
	return nil
}

// maxVoucher bounds a voucher number, in bytes.
const maxVoucher = 64

// ConfirmPaid stores the bank's voucher. Faults: payment.voucher_missing, payment.paid_on_invalid,
// payment.transition_refused.
func (p *Payment) ConfirmPaid(voucher string, on calendar.Date, at time.Time) error {
	if voucher == "" || len(voucher) > maxVoucher {
		return fault.Invalid("payment.voucher_missing", "the bank's voucher number").At("voucherNumber", "required", "1 to 64 characters")
	}
	if on.IsZero() || on.After(calendar.DateOf(at)) || (p.InstructedAt != nil && on.Before(calendar.DateOf(*p.InstructedAt))) {
		return fault.Invalid("payment.paid_on_invalid", "paid between the instruction and today").
			At("paidOn", "range", "between the instruction and today")
	}
	if err := p.move("confirm_paid", ""); err != nil {
		return err
	}
	p.VoucherNumber, p.PaidOn, p.PaidAt = voucher, on, &at
	return nil
}

// Bounce stores that the bank sent the money back. Faults: payment.reason_required,
// payment.transition_refused.
func (p *Payment) Bounce(reason string) error {
	if err := p.move("bounce", reason); err != nil {
		return err
	}
	p.PaidOn, p.PaidAt, p.VoucherNumber = calendar.Date{}, nil, ""
	return nil
}

// Reconcile stores that the bank statement shows the payment. Fault payment.transition_refused.
func (p *Payment) Reconcile(by ident.PersonID, at time.Time) error {
	if err := p.move("reconcile", ""); err != nil {
		return err
	}
	p.ReconciledBy, p.ReconciledAt = by, &at
	return nil
}

// Counts tells whether a payment uses up what was accepted.
func (p *Payment) Counts() bool { return p.Status != Withdrawn }

// Dispute keeps only the disputed part of a payment and stops it; the rest of what was accepted may
// be requested at once, because the undisputed part is paid. Faults:
// payment.amount_invalid, payment.reason_required, payment.transition_refused.
func (p *Payment) Dispute(disputed money.Fen, reason string) error {
	if disputed <= 0 || disputed > p.AmountFen {
		return fault.Invalid("payment.amount_invalid", "between a fen and the amount").At("amountFen", "range", "at most "+p.AmountFen.String())
	}
	if err := p.Back("dispute", reason); err != nil {
		return err
	}
	p.AmountFen = disputed
	return nil
}

// Resolve ends a dispute with the amount both sides agree on; it needs an invoice of that amount.
// Faults: payment.amount_invalid, payment.reason_required, payment.transition_refused.
func (p *Payment) Resolve(agreed money.Fen, reason string) error {
	if agreed <= 0 || agreed > p.AmountFen {
		return fault.Invalid("payment.amount_invalid", "between a fen and the disputed amount").At("amountFen", "range", "at most "+p.AmountFen.String())
	}
	if err := p.Back("resolve", reason); err != nil {
		return err
	}
	p.AmountFen = agreed
	return nil
}

// Done tells whether the money has left.
func (p *Payment) Done() bool { return p.Status == Paid || p.Status == Reconciled }
