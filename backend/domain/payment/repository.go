package payment

import (
	"context"

	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Repository stores payments, invoices, approvals and bank statement lines. Saving checks the
// version seen and counts it up; fault record.stale when somebody else was first.
type Repository interface {
	// Create stores a new payment. Fault payment.over_accepted when the requested sum would exceed
	// what was accepted.
	Create(ctx context.Context, p *Payment) error
	// Save stores a changed payment.
	Save(ctx context.Context, p *Payment) error
	// Payment loads by identity; fault record.not_found.
	Payment(ctx context.Context, id ident.PaymentID) (*Payment, error)
	// List lists payments, newest first.
	List(ctx context.Context, f Filter) ([]*Payment, error)
	// RequestedFen sums the payments of an acceptance that are not withdrawn.
	RequestedFen(ctx context.Context, id ident.AcceptanceID) (money.Fen, error)

	// AddInvoice stores an invoice. Fault invoice.number_used when the number is on file.
	AddInvoice(ctx context.Context, v *Invoice) error
	// SaveInvoice stores that it was replaced.
	SaveInvoice(ctx context.Context, v *Invoice) error
	// InvoiceOf finds the invoice a payment rests on.
	InvoiceOf(ctx context.Context, id ident.PaymentID) (*Invoice, bool, error)
	// InvoiceByNumber finds the invoice on file with a number.
	InvoiceByNumber(ctx context.Context, number string) (*Invoice, bool, error)
	// Invoices lists every invoice of a payment, the latest last.
	Invoices(ctx context.Context, id ident.PaymentID) ([]*Invoice, error)

	// AddApproval stores a consent; it is never changed. Fault record.constraint when the requester consents.
	AddApproval(ctx context.Context, a Approval) error
	// Approvals lists those of a payment in order.
	Approvals(ctx context.Context, id ident.PaymentID) ([]Approval, error)

	// AddLine stores a statement line. Fault record.duplicate when the account has it already.
	AddLine(ctx context.Context, l *Line) error
	// LineKnown tells whether an account has a line with the bank's reference.
	LineKnown(ctx context.Context, account, sequence string) (bool, error)
	// SaveLine stores a decided line.
	SaveLine(ctx context.Context, l *Line) error
	// Line loads by identity; fault record.not_found.
	Line(ctx context.Context, id string) (*Line, error)
	// Lines lists statement lines, newest first.
	Lines(ctx context.Context, f LineFilter) ([]*Line, error)
}

// Filter narrows a list of payments; empty fields do not.
type Filter struct {
	ContractID   ident.ContractID
	ProjectID    ident.ProjectID
	MilestoneID  ident.MilestoneID
	AcceptanceID ident.AcceptanceID
	PartyID      ident.PartyID // as buyer or supplier
	PlacePath    string
	Statuses     []string
	DueBefore    calendar.Date // due before this day and not yet paid
	Search       string
	Before       ident.PaymentID // cursor
	Limit        int
}

// LineFilter narrows a list of statement lines; empty fields do not.
type LineFilter struct {
	PartyID   ident.PartyID
	PlacePath string // lines of bodies inside
	State     string
	Before    string // cursor
	Limit     int
}
