package settlement

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// Action is one thing that the table allows now: whether this actor may, and if not, the code of
// the reason.
type Action struct {
	Action    string
	Permitted bool
	Code      string
	Params    map[string]string
}

// The checks beside those of the invoice.
const (
	checkAccepted     = "within_accepted"
	checkBudget       = "budget_available"
	checkPayee        = "payee_unchanged"
	checkSatisfaction = "satisfaction"
	checkRework       = "first_pass"
)

// Check is one line of the list a person sees before deciding. Warning does not refuse.
type Check struct {
	payment.CheckResult
	Warning bool
}

// View is a payment with everything a person needs to decide.
type View struct {
	Payment        *payment.Payment
	Contract       *contract.Contract
	Milestone      *contract.Milestone
	Milestones     int
	Acceptance     *contract.Acceptance
	Invoices       []*payment.Invoice
	Approvals      []payment.Approval
	Checks         []Check
	PaidBeforeFen  money.Fen // of the contract, without this payment
	LeftAfterFen   money.Fen // of the contract, once this payment is made
	OverdueDays    int
	InterestFen    money.Fen
	DailyFen       money.Fen // interest of one day
	ApproveBy      calendar.Date
	Preview        []ledger.Statutory
	Journals       []ledger.Journal
	History        []audit.Record
	Actions        []Action
	ApprovalIsVoid bool
}

// Get reads a payment. Fault record.not_found for whom it does not concern.
func (s *Service) Get(ctx context.Context, actor access.Actor, id ident.PaymentID) (View, error) {
	return app.Look(ctx, s.app, actor, access.PaymentRead, func(ctx context.Context, u *app.Unit) (View, error) {
		f, err := s.load(ctx, u, id)
		if err != nil {
			return View{}, err
		}
		return s.view(ctx, u, f)
	})
}

// maxHistory is how many records a page shows.
const maxHistory = 50

func (s *Service) view(ctx context.Context, u *app.Unit, f file) (View, error) {
	v := View{Payment: f.Payment, Contract: f.contract, ApprovalIsVoid: f.ApprovedHash != "" && f.ApprovedHash != f.Binding()}
	milestones, err := u.Contracts.Milestones(ctx, f.ContractID)
	if err != nil {
		return v, err
	}
	v.Milestones = len(milestones)
	for _, m := range milestones {
		if m.ID == f.MilestoneID {
			v.Milestone = m
		}
	}
	if v.Acceptance, err = u.Contracts.Acceptance(ctx, f.AcceptanceID); err != nil {
		return v, err
	}
	if v.Invoices, err = u.Payments.Invoices(ctx, f.ID); err != nil {
		return v, err
	}
	if v.Approvals, err = u.Payments.Approvals(ctx, f.ID); err != nil {
		return v, err
	}
	if v.Journals, err = u.Ledger.Journals(ctx, ledger.JournalFilter{ObjectKind: "payment", ObjectID: string(f.ID)}); err != nil {
		return v, err
	}
	if v.History, err = u.Audits.Of(ctx, "payment", string(f.ID), maxHistory); err != nil {
		return v, err
	}
	if err := s.addMoney(ctx, u, f, &v); err != nil {
		return v, err
	}
	if v.Checks, err = s.checks(ctx, u, f, v); err != nil {
		return v, err
	}
	v.Actions = s.actions(ctx, u, f, v)
	return v, nil
}

// addMoney computes what follows from sums and the clock.
func (s *Service) addMoney(ctx context.Context, u *app.Unit, f file, v *View) error {
	today := calendar.DateOf(u.Now)
	done, err := u.Payments.List(ctx, payment.Filter{ContractID: f.ContractID, Statuses: []string{payment.Paid, payment.Reconciled}})
	if err != nil {
		return err
	}
	for _, p := range done {
		if p.ID != f.ID {
			v.PaidBeforeFen += p.AmountFen
		}
	}
	v.LeftAfterFen = f.contract.ValueFen() - v.PaidBeforeFen - f.AmountFen
	v.OverdueDays = f.OverdueDays(today)
	if v.InterestFen, err = f.Interest(today); err != nil {
		return err
	}
	if v.DailyFen, err = payment.Interest(f.AmountFen, f.DailyRate, 1); err != nil {
		return err
	}
	subject, err := subjectOf(ctx, u, f.contract)
	if err != nil {
		return err
	}
	v.Preview = ledger.StatutoryEntries(ledger.EntryPayment, f.AmountFen, subject)
	if f.VerifiedAt == nil {
		return nil
	}
	days, err := s.rules(u).Int("PAYMENT_APPROVE_WORKING_DAYS")
	if err != nil {
		return err
	}
	v.ApproveBy, err = s.app.Calendar.AddWorkingDays(calendar.DateOf(*f.VerifiedAt), days)
	return err
}

// subjectOf is the economy code of the first line that carries a contract.
func subjectOf(ctx context.Context, u *app.Unit, c *contract.Contract) (string, error) {
	if len(c.BudgetShares) == 0 {
		return "", nil
	}
	line, err := u.Projects.Line(ctx, c.BudgetShares[0].LineID)
	if err != nil {
		return "", err
	}
	return line.EconomyCode, nil
}

// checks lists what speaks for and against paying.
func (s *Service) checks(ctx context.Context, u *app.Unit, f file, v View) ([]Check, error) {
	requested, err := u.Payments.RequestedFen(ctx, f.AcceptanceID)
	if err != nil {
		return nil, err
	}
	out := []Check{{CheckResult: payment.CheckResult{
		Code: checkAccepted, Passed: requested <= v.Acceptance.PayableFen, Found: requested.String(), Wanted: v.Acceptance.PayableFen.String(),
	}}}
	invoice, err := s.invoiceChecks(ctx, u, f)
	if err != nil {
		return nil, err
	}
	for _, c := range invoice {
		out = append(out, Check{CheckResult: c})
	}
	owed, err := u.Ledger.Balances(ctx, ledger.AccountFilter{Kinds: []ledger.Kind{ledger.Payable}, OwnerIDs: []string{string(f.ContractID)}})
	if err != nil {
		return nil, err
	}
	var available money.Fen
	for _, b := range owed {
		available += b.AvailableFen()
	}
	budget := f.Status == payment.Instructed || f.Done() || available >= f.AmountFen
	out = append(out, Check{CheckResult: payment.CheckResult{Code: checkBudget, Passed: budget, Found: available.String(), Wanted: f.AmountFen.String()}})
	stable, err := s.payeeCheck(u, f)
	if err != nil {
		return nil, err
	}
	out = append(out, stable)
	return s.qualityChecks(u, v, out)
}

// payeeCheck tells whether the account is the contract's and has been for the days the rulebook
// wants; a recent change is a warning, another account refuses.
func (s *Service) payeeCheck(u *app.Unit, f file) (Check, error) {
	days, err := s.rules(u).Int("PAYEE_UNCHANGED_DAYS")
	if err != nil {
		return Check{}, err
	}
	same := f.Done() || samePayee(f) == nil
	since := calendar.DateOf(f.Payee.ChangedAt)
	old := calendar.DaysBetween(since, calendar.DateOf(u.Now)) >= days || (f.contract.SignedAt != nil && !f.Payee.ChangedAt.After(*f.contract.SignedAt))
	return Check{CheckResult: payment.CheckResult{Code: checkPayee, Passed: same && old, Found: since.String()}, Warning: same}, nil
}

func (s *Service) qualityChecks(u *app.Unit, v View, out []Check) ([]Check, error) {
	least, err := s.rules(u).Rat("SATISFACTION_WARN_BELOW")
	if err != nil {
		return nil, err
	}
	wanted, _ := least.Float64()
	share := contract.SatisfactionOf(v.Acceptance.Satisfied, v.Acceptance.Rated)
	if share.Rated > 0 {
		out = append(out, Check{CheckResult: payment.CheckResult{
			Code: checkSatisfaction, Passed: share.Share >= wanted, Found: percent(share.Share), Wanted: percent(wanted),
		}, Warning: true})
	}
	if v.Milestone != nil {
		out = append(out, Check{CheckResult: payment.CheckResult{Code: checkRework, Passed: v.Milestone.Rework == 0}, Warning: true})
	}
	return out, nil
}

func (s *Service) actions(ctx context.Context, u *app.Unit, f file, v View) []Action {
	out := []Action{}
	for _, row := range payment.Machine.Actions(f.Status) {
		if row.Action == "reconcile" {
			continue // done by matching a statement line
		}
		err := s.may(ctx, u, f, row)
		if err == nil {
			err = s.guard(f, v, row.Action, u)
		}
		a := Action{Action: row.Action, Permitted: err == nil}
		if x, ok := fault.As(err); ok {
			a.Code, a.Params = x.Code, x.Params
		}
		out = append(out, a)
	}
	return out
}

func (s *Service) may(ctx context.Context, u *app.Unit, f file, row lifecycle.Row) error {
	object := f.object()
	if row.Permission == access.PaymentRequest {
		object = f.either(u.Actor)
	}
	if err := access.Allow(u.Actor, row.Permission, object); err != nil {
		return err
	}
	if row.Duty == "" {
		return nil
	}
	return u.MayTakeDuty(ctx, f.ProjectID, row.Duty)
}

// guard dry-runs what would refuse an action for other reasons than who acts.
func (s *Service) guard(f file, v View, action string, u *app.Unit) error {
	trial := *f.Payment
	switch action {
	case "verify_invoice":
		var invoice []payment.CheckResult
		for _, c := range v.Checks {
			if !c.Warning && c.Code != checkAccepted && c.Code != checkBudget {
				invoice = append(invoice, c.CheckResult)
			}
		}
		if len(invoice) == 0 {
			return fault.Conflict("invoice.missing", "the payment has no invoice in force")
		}
		return payment.Refusal(invoice)
	case "approve":
		if err := samePayee(f); err != nil {
			return err
		}
		_, err := trial.Approve("", u.Actor.PersonID, "", u.Now)
		return err
	case "instruct":
		if err := samePayee(f); err != nil {
			return err
		}
		return trial.Instruct(u.Actor.PersonID, payment.BankTransfer, u.Now)
	}
	return nil
}
