package settlement

import (
	"context"
	"strconv"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
)

// paying are the duties of whoever moves money: he may not keep the ledger of the same project.
var paying = []access.Duty{access.DutyPayExecute, access.DutyCashier}

// InstructInput tells the bank to pay.
type InstructInput struct {
	PaymentID ident.PaymentID
	Change
	Method string
}

// Instruct holds the amount and gives the instruction. Faults: payment.approval_void,
// payment.payee_changed, payment.payee_pending, payment.same_person, payment.method_unknown,
// duty.incompatible, ledger.insufficient, payment.transition_refused.
func (s *Service) Instruct(ctx context.Context, actor access.Actor, in InstructInput) (Done, error) {
	w := write{
		ID: in.PaymentID, Change: in.Change, Action: "payment.instruct", Past: "payment.instructed",
		Permission: access.PaymentExecute, Duties: paying, Input: in.Method,
	}
	return s.onPayment(ctx, actor, w, func(ctx context.Context, u *app.Unit, f file) error {
		if err := f.Instruct(u.Actor.PersonID, in.Method, u.Now); err != nil {
			return err
		}
		if err := samePayee(f); err != nil {
			return err
		}
		hold, err := post(ctx, u, f.deal().Pay(attempt("hold", f), ledger.EntryHold, f.ID, f.Code, f.AmountFen))
		if err != nil {
			return err
		}
		f.HoldID = hold.ID
		return nil
	})
}

func attempt(kind string, f file) string {
	return kind + ":" + string(f.ID) + ":" + strconv.Itoa(f.Attempts)
}

// PaidInput is the bank's word that it has paid.
type PaidInput struct {
	PaymentID ident.PaymentID
	Change
	VoucherNumber string
	PaidOn        calendar.Date
}

// ConfirmPaid stores the voucher and turns the hold into a payment. Faults:
// payment.voucher_missing, payment.voucher_used, payment.paid_on_invalid, duty.incompatible,
// payment.transition_refused.
func (s *Service) ConfirmPaid(ctx context.Context, actor access.Actor, in PaidInput) (Done, error) {
	in.VoucherNumber = trimmed(in.VoucherNumber)
	w := write{
		ID: in.PaymentID, Change: in.Change, Action: "payment.confirm_paid", Past: "payment.paid",
		Permission: access.PaymentExecute, Duties: paying, Input: in,
	}
	return s.onPayment(ctx, actor, w, func(ctx context.Context, u *app.Unit, f file) error {
		if err := f.ConfirmPaid(in.VoucherNumber, in.PaidOn, u.Now); err != nil {
			return err
		}
		entry := f.deal().Pay(attempt("payment", f), ledger.EntryPayment, f.ID, f.Code, f.AmountFen)
		entry.EffectiveOn, entry.Releases = in.PaidOn, f.HoldID
		_, err := post(ctx, u, entry)
		return err
	})
}

// BounceInput is the bank's word that the money came back.
type BounceInput struct {
	PaymentID ident.PaymentID
	Change
	Reason string
}

// Bounce stores that the bank returned the money: the hold is given up, or the payment undone by
// another journal. Faults: payment.reason_required, duty.incompatible,
// payment.transition_refused.
func (s *Service) Bounce(ctx context.Context, actor access.Actor, in BounceInput) (Done, error) {
	in.Reason = trimmed(in.Reason)
	w := write{
		ID: in.PaymentID, Change: in.Change, Action: "payment.bounce", Past: "payment.returned",
		Permission: access.PaymentExecute, Duties: paying, Reason: in.Reason,
	}
	return s.onPayment(ctx, actor, w, func(ctx context.Context, u *app.Unit, f file) error {
		paid := f.PaidAt != nil
		if err := f.Bounce(in.Reason); err != nil {
			return err
		}
		if !paid {
			return ledger.Void(ctx, u.Ledger, f.HoldID, u.Now)
		}
		booked, _, err := u.Ledger.JournalByKey(ctx, attempt("payment", f))
		if err != nil {
			return err
		}
		j, err := ledger.Reverse(ctx, u, u.Ledger, ledger.Reversal{JournalID: booked.ID, PersonID: u.Actor.PersonID, At: u.Now, Memo: in.Reason})
		if err != nil {
			return err
		}
		return recordJournal(ctx, u, j)
	})
}
