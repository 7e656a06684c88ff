package settlement

import (
	"context"

	"linli/backend/app"
	"linli/backend/app/files"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	docs "linli/backend/domain/file"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// RequestInput asks for the payment of an accepted milestone, or of a part of it, on an invoice.
type RequestInput struct {
	MilestoneID ident.MilestoneID
	AmountFen   money.Fen // 0: all that is left
	Invoice     payment.Invoice
	Key         string `json:"-"`
}

// Request asks for a payment. The account is the contract's; the due date follows from the
// delivery. Faults: payment.not_payable, payment.over_accepted, payment.amount_invalid,
// invoice.invalid, invoice.number_used, duty.incompatible, access.forbidden, record.not_found,
// calendar.year_missing.
func (s *Service) Request(ctx context.Context, actor access.Actor, in RequestInput) (Done, error) {
	w := app.Write{Permission: access.PaymentRequest, Name: "payment.request", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		m, f, err := s.payable(ctx, u, in.MilestoneID)
		if err != nil {
			return Done{}, err
		}
		if err := access.Allow(u.Actor, access.PaymentRequest, f.either(u.Actor)); err != nil {
			return Done{}, err
		}
		if err := s.fill(ctx, u, f, m, in.AmountFen); err != nil {
			return Done{}, err
		}
		if err := u.TakeDuty(ctx, f.ProjectID, access.DutyPayRequest); err != nil {
			return Done{}, err
		}
		if err := u.Payments.Create(ctx, f.Payment); err != nil {
			return Done{}, err
		}
		if err := addInvoice(ctx, u, f.Payment, in.Invoice); err != nil {
			return Done{}, err
		}
		return done(f.Payment), tell(ctx, u, f.Payment, write{Action: "payment.request", Past: "payment.requested"}, nil)
	})
}

// payable loads a milestone whose result is public, with an empty payment for it.
func (s *Service) payable(ctx context.Context, u *app.Unit, id ident.MilestoneID) (*contract.Milestone, file, error) {
	m, err := u.Contracts.Milestone(ctx, id)
	if err != nil {
		return nil, file{}, err
	}
	c, err := u.Contracts.Contract(ctx, m.ContractID)
	if err != nil {
		return nil, file{}, err
	}
	place, err := u.Places.Place(ctx, c.PlaceID)
	if err != nil {
		return nil, file{}, err
	}
	if c.PublishedAt == nil {
		return nil, file{}, fault.NotFound("record.not_found", "contract is not public yet")
	}
	f := file{contract: c, path: place.Path, Payment: &payment.Payment{
		ContractID: c.ID, ProjectID: c.ProjectID, MilestoneID: m.ID, AcceptanceID: m.AcceptanceID, PlaceID: c.PlaceID,
		BuyerID: c.BuyerID, SupplierID: c.SupplierID, SupplierName: c.SupplierName,
	}}
	return m, f, nil
}

// fill completes a new payment: amount within what is left, account, due date and rate.
func (s *Service) fill(ctx context.Context, u *app.Unit, f file, m *contract.Milestone, amount money.Fen) error {
	if m.Status != contract.Payable {
		return fault.Conflict("payment.not_payable", "the milestone is "+m.Status).With("state", m.Status)
	}
	a, err := u.Contracts.Acceptance(ctx, m.AcceptanceID)
	if err != nil {
		return err
	}
	requested, err := u.Payments.RequestedFen(ctx, a.ID)
	if err != nil {
		return err
	}
	room := payment.Room{PayableFen: a.PayableFen, RequestedFen: requested}
	if amount == 0 {
		amount = room.LeftFen()
	}
	if err := room.CheckAmount(amount); err != nil {
		return err
	}
	p := f.Payment
	if p.Code, err = u.NextCode(ctx, "FK"); err != nil {
		return err
	}
	if p.DueOn, err = payment.DueOn(s.app.Calendar, a.DueFrom, f.contract.PaymentDays); err != nil {
		return err
	}
	p.ID, p.AmountFen, p.Payee, p.DailyRate = ident.PaymentID(u.NewID()), amount, payeeOf(f.contract), f.contract.DailyInterest
	p.Status, p.RequestedBy, p.RequestedAt, p.RuleVersion = payment.Machine.Initial, u.Actor.PersonID, u.Now, s.rules(u).Version
	return nil
}

func payeeOf(c *contract.Contract) payment.Payee {
	return payment.Payee{Holder: c.Payee.Holder, Bank: c.Payee.Bank, Number: c.Payee.Number, ChangedAt: c.Payee.ChangedAt}
}

// addInvoice records the invoice a payment rests on.
func addInvoice(ctx context.Context, u *app.Unit, p *payment.Payment, v payment.Invoice) error {
	if err := v.Check(calendar.DateOf(u.Now)); err != nil {
		return err
	}
	v.ID, v.PaymentID, v.RecordedAt, v.RecordedBy = ident.InvoiceID(u.NewID()), p.ID, u.Now, u.Actor.PersonID
	v.Replaced, v.Version = false, 0
	if v.FileID != "" {
		if err := shareFile(ctx, u, p, v.FileID); err != nil {
			return err
		}
	}
	if err := u.Payments.AddInvoice(ctx, &v); err != nil {
		return err
	}
	return u.Record(ctx, audit.Entry{Action: "invoice.record", Kind: "invoice", ID: string(v.ID), PlaceID: p.PlaceID, ProjectID: p.ProjectID, After: v})
}

// shareFile hands the picture or XML of an invoice to the other side.
func shareFile(ctx context.Context, u *app.Unit, p *payment.Payment, id ident.FileID) error {
	x, err := u.Files.File(ctx, id)
	if err != nil {
		return err
	}
	if x.PartyID != u.Actor.PartyID {
		return fault.NotFound("record.not_found", "file of another body")
	}
	if err := u.Files.Attach(ctx, id, "payment", string(p.ID)); err != nil {
		return err
	}
	if err := files.Widen(ctx, u, id, docs.Case); err != nil {
		return err
	}
	for _, party := range []ident.PartyID{p.BuyerID, p.SupplierID} {
		if err := u.Files.Share(ctx, id, party); err != nil {
			return err
		}
	}
	return nil
}

// InvoiceInput replaces the invoice of a payment that is back at its requester.
type InvoiceInput struct {
	PaymentID ident.PaymentID
	Change
	Invoice payment.Invoice
}

// ReplaceInvoice records another invoice; the earlier one stays on file and its number used.
// Faults: payment.invoice_fixed, invoice.invalid, invoice.number_used, record.stale.
func (s *Service) ReplaceInvoice(ctx context.Context, actor access.Actor, in InvoiceInput) (Done, error) {
	w := write{
		ID: in.PaymentID, Change: in.Change, Action: "payment.replace_invoice", Past: "payment.invoice_replaced",
		Permission: access.PaymentRequest, Both: true, Duties: []access.Duty{access.DutyPayRequest}, Input: in.Invoice,
	}
	return s.onPayment(ctx, actor, w, func(ctx context.Context, u *app.Unit, f file) error {
		if f.Status != payment.Requested {
			return fault.Conflict("payment.invoice_fixed", "the payment is "+f.Status).With("state", f.Status)
		}
		old, found, err := u.Payments.InvoiceOf(ctx, f.ID)
		if err != nil {
			return err
		}
		if found {
			before := *old
			old.Replaced = true
			if err := u.Payments.SaveInvoice(ctx, old); err != nil {
				return err
			}
			if err := u.Record(ctx, audit.Entry{
				Action: "invoice.replace", Kind: "invoice", ID: string(old.ID), PlaceID: f.PlaceID, ProjectID: f.ProjectID, Before: before, After: old,
			}); err != nil {
				return err
			}
		}
		return addInvoice(ctx, u, f.Payment, in.Invoice)
	})
}
