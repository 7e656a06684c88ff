package settlement

import (
	"context"
	"strconv"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// percent writes a share with one decimal.
func percent(share float64) string { return strconv.FormatFloat(share*100, 'f', 1, 64) + " %" }

// ListInput narrows the list of payments.
type ListInput struct {
	Statuses   []string
	ContractID ident.ContractID
	ProjectID  ident.ProjectID
	Overdue    bool
	Search     string
	Cursor     ident.PaymentID
	Limit      int
}

// Listed is one row of the list.
type Listed struct {
	Payment     *payment.Payment
	Title       string // of the contract
	Milestone   string
	OverdueDays int
	InterestFen money.Fen
}

// Page is one page of payments; Next is "" on the last.
type Page struct {
	Items []Listed
	Next  ident.PaymentID
}

// List reads the payments that concern the actor, newest first; the overdue ones by due date.
func (s *Service) List(ctx context.Context, actor access.Actor, in ListInput) (Page, error) {
	return app.Look(ctx, s.app, actor, access.PaymentRead, func(ctx context.Context, u *app.Unit) (Page, error) {
		f := payment.Filter{
			Statuses: in.Statuses, ContractID: in.ContractID, ProjectID: in.ProjectID, Search: in.Search, Before: in.Cursor, Limit: in.Limit + 1,
		}
		if in.Overdue {
			f.DueBefore, f.Limit, f.Before = calendar.DateOf(u.Now), maxOverdue, ""
			in.Limit = maxOverdue
		}
		all, err := u.Payments.List(ctx, scoped(u.Actor, f))
		if err != nil {
			return Page{}, err
		}
		var page Page
		if len(all) > in.Limit {
			all = all[:in.Limit]
			page.Next = all[in.Limit-1].ID
		}
		for _, p := range all {
			x, err := listed(ctx, u, p)
			if err != nil {
				return Page{}, err
			}
			page.Items = append(page.Items, x)
		}
		return page, nil
	})
}

// maxOverdue bounds the list of what is late: more is a matter for the audit, not for a page.
const maxOverdue = 100

// scoped narrows a filter to what the actor may see; "-" matches nothing.
func scoped(a access.Actor, f payment.Filter) payment.Filter {
	switch a.Role {
	case access.Auditor, access.AuditAdmin:
	case access.FinanceOfficer, access.FinanceApprover:
		if f.PlacePath = a.PlacePath; f.PlacePath == "" {
			f.PlacePath = "-"
		}
	default:
		if f.PartyID = a.PartyID; f.PartyID == "" {
			f.PartyID = "-"
		}
	}
	return f
}

func listed(ctx context.Context, u *app.Unit, p *payment.Payment) (Listed, error) {
	c, err := u.Contracts.Contract(ctx, p.ContractID)
	if err != nil {
		return Listed{}, err
	}
	m, err := u.Contracts.Milestone(ctx, p.MilestoneID)
	if err != nil {
		return Listed{}, err
	}
	today := calendar.DateOf(u.Now)
	x := Listed{Payment: p, Title: c.Title, Milestone: m.Title, OverdueDays: p.OverdueDays(today)}
	x.InterestFen, err = p.Interest(today)
	return x, err
}

// Due is an accepted milestone for which not everything was requested yet.
type Due struct {
	Contract  *contract.Contract
	Milestone *contract.Milestone
	LeftFen   money.Fen
	DueOn     calendar.Date
	Late      int // days
}

// Unrequested lists accepted deliveries of the actor's scope that nobody asked payment for.
func (s *Service) Unrequested(ctx context.Context, actor access.Actor) ([]Due, error) {
	return app.Look(ctx, s.app, actor, access.PaymentRead, func(ctx context.Context, u *app.Unit) ([]Due, error) {
		return s.unrequested(ctx, u)
	})
}

func (s *Service) unrequested(ctx context.Context, u *app.Unit) ([]Due, error) {
	scope := scoped(u.Actor, payment.Filter{})
	all, err := u.Contracts.Awaiting(ctx, contract.Filter{PartyID: scope.PartyID, PlacePath: scope.PlacePath, Limit: maxOverdue}, []string{contract.Payable})
	if err != nil {
		return nil, err
	}
	var out []Due
	for _, m := range all {
		x, err := s.dueOf(ctx, u, m)
		if err != nil {
			return nil, err
		}
		if x.LeftFen > 0 {
			out = append(out, x)
		}
	}
	return out, nil
}

func (s *Service) dueOf(ctx context.Context, u *app.Unit, m *contract.Milestone) (Due, error) {
	a, err := u.Contracts.Acceptance(ctx, m.AcceptanceID)
	if err != nil {
		return Due{}, err
	}
	c, err := u.Contracts.Contract(ctx, m.ContractID)
	if err != nil {
		return Due{}, err
	}
	requested, err := u.Payments.RequestedFen(ctx, a.ID)
	if err != nil {
		return Due{}, err
	}
	x := Due{Contract: c, Milestone: m, LeftFen: a.PayableFen - requested}
	if x.DueOn, err = payment.DueOn(s.app.Calendar, a.DueFrom, c.PaymentDays); err != nil {
		return Due{}, err
	}
	if today := calendar.DateOf(u.Now); today.After(x.DueOn) {
		x.Late = calendar.DaysBetween(x.DueOn, today)
	}
	return x, nil
}

// Todos lists what waits for the actor: payments to request, check, approve, execute, and
// statement lines to match.
func (s *Service) Todos(ctx context.Context, u *app.Unit, a access.Actor) ([]app.Todo, error) {
	if !access.Holds(a.Role, access.PaymentRead) || a.Role == access.Auditor || a.Role == access.AuditAdmin {
		return nil, nil
	}
	out, err := s.paymentTodos(ctx, u, a)
	if err != nil {
		return nil, err
	}
	if access.Holds(a.Role, access.PaymentRequest) {
		dues, err := s.unrequested(ctx, u)
		if err != nil {
			return nil, err
		}
		for _, d := range dues {
			out = append(out, app.Todo{
				Kind: "milestone", ID: string(d.Milestone.ID), Code: d.Contract.Code, Title: d.Contract.Title + " · " + d.Milestone.Title, Action: "request_payment",
				DueAt: endOf(d.DueOn), Link: "/work/payments/new?milestone=" + string(d.Milestone.ID),
			})
		}
	}
	if access.Holds(a.Role, access.StatementMatch) {
		lines, err := u.Payments.Lines(ctx, payment.LineFilter{PlacePath: a.PlacePath, State: payment.LineOpen, Limit: maxOverdue})
		if err != nil {
			return nil, err
		}
		if len(lines) > 0 {
			out = append(out, app.Todo{
				Kind: "statement", ID: lines[0].ID, Code: strconv.Itoa(len(lines)), Title: lines[0].Counterparty, Action: "match", Link: "/work/reconciliation",
			})
		}
	}
	return out, nil
}

// steps are the actions that are work, by the state of the payment.
var steps = map[string]string{
	payment.Requested: "verify_invoice", payment.InvoiceVerified: "approve", payment.Approved: "instruct",
	payment.Instructed: "confirm_paid", payment.Returned: "retry",
}

func (s *Service) paymentTodos(ctx context.Context, u *app.Unit, a access.Actor) ([]app.Todo, error) {
	states := []string{payment.Requested, payment.InvoiceVerified, payment.Approved, payment.Instructed, payment.Returned}
	all, err := u.Payments.List(ctx, scoped(a, payment.Filter{Statuses: states, Limit: maxOverdue}))
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	for _, p := range all {
		f, err := s.load(ctx, u, p.ID)
		if err != nil {
			return nil, err
		}
		for _, row := range payment.Machine.Actions(p.Status) {
			if row.Action == steps[p.Status] && s.may(ctx, u, f, row) == nil {
				out = append(out, app.Todo{
					Kind: "payment", ID: string(p.ID), Code: p.Code, Title: f.contract.Title + " " + p.AmountFen.String(), Action: row.Action,
					DueAt: endOf(p.DueOn), Link: "/work/payments/" + string(p.ID),
				})
			}
		}
	}
	return out, nil
}

func endOf(d calendar.Date) *time.Time {
	if d.IsZero() {
		return nil
	}
	end := d.End().Add(-time.Second)
	return &end
}

// LineView is a statement line with the payments it can only be.
type LineView struct {
	Line      *payment.Line
	Suggested []*payment.Payment
}

// Statement is one page of statement lines with what is on its way according to the ledger.
type Statement struct {
	Items       []LineView
	Next        string
	ClearingFen money.Fen // paid by our word and not on a statement yet
	Paid        []*payment.Payment
}

// Statement reads statement lines, newest first, and the payments that no line shows yet.
func (s *Service) Statement(ctx context.Context, actor access.Actor, state, cursor string, limit int) (Statement, error) {
	return app.Look(ctx, s.app, actor, access.StatementRead, func(ctx context.Context, u *app.Unit) (Statement, error) {
		var out Statement
		f := payment.LineFilter{State: state, Before: cursor, Limit: limit + 1}
		if f.PlacePath = scoped(u.Actor, payment.Filter{}).PlacePath; u.Actor.Role == access.Auditor || u.Actor.Role == access.AuditAdmin {
			f.PlacePath = ""
		}
		lines, err := u.Payments.Lines(ctx, f)
		if err != nil {
			return out, err
		}
		if out.Paid, err = u.Payments.List(ctx, scoped(u.Actor, payment.Filter{Statuses: []string{payment.Paid}})); err != nil {
			return out, err
		}
		for _, p := range out.Paid {
			out.ClearingFen += p.AmountFen
		}
		if len(lines) > limit {
			lines = lines[:limit]
			out.Next = lines[limit-1].ID
		}
		for _, l := range lines {
			out.Items = append(out.Items, LineView{Line: l, Suggested: suggested(l, out.Paid)})
		}
		return out, nil
	})
}

func suggested(l *payment.Line, paid []*payment.Payment) []*payment.Payment {
	if l.State != payment.LineOpen {
		return nil
	}
	ids := l.Suggest(paid)
	var out []*payment.Payment
	for _, p := range paid {
		for _, id := range ids {
			if p.ID == id {
				out = append(out, p)
			}
		}
	}
	return out
}
