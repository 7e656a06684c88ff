package settlement

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// Flow tells where a project's money went, for everybody. BudgetFen ≥ AwardedFen ≥ AcceptedFen ≥
// PaidFen; ReleasedFen went back to the budget, ReturnedFen into community funds.
type Flow struct {
	BudgetFen     money.Fen
	AwardedFen    money.Fen // contracts including supplements in force
	AcceptedFen   money.Fen
	RequestedFen  money.Fen
	PaidFen       money.Fen
	ReconciledFen money.Fen
	ReleasedFen   money.Fen
	ReturnedFen   money.Fen
	OverdueFen    money.Fen
	InterestFen   money.Fen
	LastPaidOn    calendar.Date
}

// MoneyFlow computes the figures of a project inside a unit. It is public: no names, no accounts.
func MoneyFlow(ctx context.Context, u *app.Unit, id ident.ProjectID) (Flow, error) {
	p, err := u.Projects.Project(ctx, id)
	if err != nil {
		return Flow{}, err
	}
	var f Flow
	if f.BudgetFen, err = p.BudgetFen(); err != nil {
		return f, err
	}
	contracts, err := u.Contracts.List(ctx, contract.Filter{ProjectID: id, Public: true})
	if err != nil {
		return f, err
	}
	for _, c := range contracts {
		if c.Status == contract.Rescinded {
			continue
		}
		x, err := spendingOf(ctx, u, c)
		if err != nil {
			return f, err
		}
		f.AwardedFen += c.ValueFen()
		f.AcceptedFen += x.accepted
		f.ReleasedFen += c.ValueFen() - x.committed
	}
	if err := addPayments(ctx, u, id, &f); err != nil {
		return f, err
	}
	entries, err := u.Funds.EntriesOfProject(ctx, id)
	for _, e := range entries {
		if e.AmountFen > 0 {
			f.ReturnedFen += e.AmountFen
		}
	}
	return f, err
}

// Flow reads the figures of a project, open to everybody. Fault record.not_found.
func (s *Service) Flow(ctx context.Context, actor access.Actor, id ident.ProjectID) (Flow, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Flow, error) {
		return MoneyFlow(ctx, u, id)
	})
}

func addPayments(ctx context.Context, u *app.Unit, id ident.ProjectID, f *Flow) error {
	all, err := u.Payments.List(ctx, payment.Filter{ProjectID: id})
	if err != nil {
		return err
	}
	today := calendar.DateOf(u.Now)
	for _, p := range all {
		if !p.Counts() {
			continue
		}
		f.RequestedFen += p.AmountFen
		if p.Done() {
			f.PaidFen += p.AmountFen
			if p.PaidOn.After(f.LastPaidOn) || f.LastPaidOn.IsZero() {
				f.LastPaidOn = p.PaidOn
			}
		} else if p.OverdueDays(today) > 0 {
			f.OverdueFen += p.AmountFen
		}
		if p.Status == payment.Reconciled {
			f.ReconciledFen += p.AmountFen
		}
		interest, err := p.Interest(today)
		if err != nil {
			return err
		}
		f.InterestFen += interest
	}
	return nil
}
