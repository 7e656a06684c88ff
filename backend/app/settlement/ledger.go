package settlement

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
	"linli/backend/domain/project"
)

// accounts narrows a filter of accounts to what the actor may see.
func accounts(a access.Actor, f ledger.AccountFilter) ledger.AccountFilter {
	scope := scoped(a, payment.Filter{})
	f.PartyID, f.PlacePath = scope.PartyID, scope.PlacePath
	return f
}

// Accounts reads the accounts of the actor's scope with their balances.
func (s *Service) Accounts(ctx context.Context, actor access.Actor, kinds []ledger.Kind, of ident.ProjectID) ([]ledger.Balance, error) {
	return app.Look(ctx, s.app, actor, access.LedgerRead, func(ctx context.Context, u *app.Unit) ([]ledger.Balance, error) {
		return u.Ledger.Balances(ctx, accounts(u.Actor, ledger.AccountFilter{Kinds: kinds, ProjectID: of}))
	})
}

// Entry is a journal with the names of its accounts and how a pending one ended.
type Entry struct {
	Journal    ledger.Journal
	Accounts   map[ident.AccountID]ledger.Account
	Resolution string // released, voided, or "" for one that is posted or still pending
	Statutory  []ledger.Statutory
}

// EntryPage is one page of journals, newest first; Next is "" on the last.
type EntryPage struct {
	Balance *ledger.Balance // of the account that was asked for
	Items   []Entry
	Next    ident.JournalID
}

// JournalsInput narrows the list of journals.
type JournalsInput struct {
	AccountID  ident.AccountID
	ProjectID  ident.ProjectID
	ContractID ident.ContractID
	ObjectKind string
	ObjectID   string
	Kind       string
	Cursor     ident.JournalID
	Limit      int
}

// Journals reads journals of the actor's scope: the lines that add up to a figure. Fault
// record.not_found for an account of others.
func (s *Service) Journals(ctx context.Context, actor access.Actor, in JournalsInput) (EntryPage, error) {
	return app.Look(ctx, s.app, actor, access.LedgerRead, func(ctx context.Context, u *app.Unit) (EntryPage, error) {
		var page EntryPage
		var err error
		if in.AccountID != "" {
			if page.Balance, err = s.account(ctx, u, in.AccountID); err != nil {
				return page, err
			}
		}
		scope := scoped(u.Actor, payment.Filter{})
		all, err := u.Ledger.Journals(ctx, ledger.JournalFilter{
			AccountID: in.AccountID, ProjectID: in.ProjectID, ContractID: in.ContractID, ObjectKind: in.ObjectKind, ObjectID: in.ObjectID, Kind: in.Kind,
			PartyID: scope.PartyID, PlacePath: scope.PlacePath, Before: in.Cursor, Limit: in.Limit + 1,
		})
		if err != nil {
			return page, err
		}
		if len(all) > in.Limit {
			all = all[:in.Limit]
			page.Next = all[in.Limit-1].ID
		}
		page.Items, err = s.entries(ctx, u, all)
		return page, err
	})
}

func (s *Service) account(ctx context.Context, u *app.Unit, id ident.AccountID) (*ledger.Balance, error) {
	a, err := u.Ledger.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	found, err := u.Ledger.Balances(ctx, accounts(u.Actor, ledger.AccountFilter{Kinds: []ledger.Kind{a.Kind}, OwnerIDs: []string{a.OwnerID}}))
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.NotFound("record.not_found", "account of others")
	}
	return &found[0], nil
}

// Journal reads one journal of the actor's scope. Fault record.not_found.
func (s *Service) Journal(ctx context.Context, actor access.Actor, id ident.JournalID) (Entry, error) {
	return app.Look(ctx, s.app, actor, access.LedgerRead, func(ctx context.Context, u *app.Unit) (Entry, error) {
		j, err := u.Ledger.Journal(ctx, id)
		if err != nil {
			return Entry{}, err
		}
		place := ""
		if j.PlaceID != "" {
			p, err := u.Places.Place(ctx, j.PlaceID)
			if err != nil {
				return Entry{}, err
			}
			place = p.Path
		}
		if access.Allow(u.Actor, access.LedgerRead, access.Object{PartyID: j.PartyID, PlacePath: place}) != nil {
			return Entry{}, fault.NotFound("record.not_found", "journal of others")
		}
		all, err := s.entries(ctx, u, []ledger.Journal{j})
		if err != nil {
			return Entry{}, err
		}
		return all[0], nil
	})
}

func (s *Service) entries(ctx context.Context, u *app.Unit, journals []ledger.Journal) ([]Entry, error) {
	var pending []ident.JournalID
	for _, j := range journals {
		if j.State == ledger.Pending {
			pending = append(pending, j.ID)
		}
	}
	ended, err := u.Ledger.Resolutions(ctx, pending)
	if err != nil {
		return nil, err
	}
	known := map[ident.AccountID]ledger.Account{}
	subjects := map[ident.ContractID]string{}
	out := make([]Entry, len(journals))
	for i, j := range journals {
		out[i] = Entry{Journal: j, Accounts: map[ident.AccountID]ledger.Account{}, Resolution: ended[j.ID]}
		for _, p := range j.Postings {
			a, seen := known[p.AccountID]
			if !seen {
				if a, err = u.Ledger.Account(ctx, p.AccountID); err != nil {
					return nil, err
				}
				known[p.AccountID] = a
			}
			out[i].Accounts[p.AccountID] = a
		}
		if j.State != ledger.Posted {
			continue
		}
		if out[i].Statutory, err = statutory(ctx, u, j, subjects); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// statutory derives what a journal means in the two parallel ledgers; a reversal means the
// mirror of what it undoes and is shown with the journal it names.
func statutory(ctx context.Context, u *app.Unit, j ledger.Journal, subjects map[ident.ContractID]string) ([]ledger.Statutory, error) {
	if j.ContractID == "" || ledger.StatutoryEntries(j.Kind, 1, "") == nil {
		return nil, nil
	}
	subject, known := subjects[j.ContractID]
	if !known {
		c, err := u.Contracts.Contract(ctx, j.ContractID)
		if err != nil {
			return nil, err
		}
		if subject, err = subjectOf(ctx, u, c); err != nil {
			return nil, err
		}
		subjects[j.ContractID] = subject
	}
	return ledger.StatutoryEntries(j.Kind, j.Total(), subject), nil
}

// LineExecution tells how far a budget line is executed. FreeFen + CommittedFen = ApprovedFen;
// AcceptedFen and PaidFen are parts of CommittedFen.
type LineExecution struct {
	Line         project.Line
	PartyName    string          // whose money it is
	AccountID    ident.AccountID // "" while nothing was booked
	ApprovedFen  money.Fen
	CommittedFen money.Fen
	AcceptedFen  money.Fen
	PaidFen      money.Fen
	FreeFen      money.Fen
}

// Execution reads the budget execution of a fiscal year in the actor's scope.
func (s *Service) Execution(ctx context.Context, actor access.Actor, year int) ([]LineExecution, error) {
	return app.Look(ctx, s.app, actor, access.LedgerRead, func(ctx context.Context, u *app.Unit) ([]LineExecution, error) {
		scope := scoped(u.Actor, payment.Filter{})
		lines, err := u.Projects.Lines(ctx, project.LineQuery{FiscalYear: year, PartyID: scope.PartyID, PlacePath: scope.PlacePath, Limit: maxExecution})
		if err != nil {
			return nil, err
		}
		spent, err := spentByLine(ctx, u, contract.Filter{PartyID: scope.PartyID, PlacePath: scope.PlacePath})
		if err != nil {
			return nil, err
		}
		out := make([]LineExecution, len(lines))
		names := map[ident.PartyID]string{}
		for i, l := range lines {
			if out[i], err = execution(ctx, u, l, spent[l.ID]); err != nil {
				return nil, err
			}
			if _, known := names[l.PartyID]; !known {
				owner, err := u.People.Party(ctx, l.PartyID)
				if err != nil {
					return nil, err
				}
				names[l.PartyID] = owner.Name
			}
			out[i].PartyName = names[l.PartyID]
		}
		return out, nil
	})
}

// maxExecution bounds the budget table of one year.
const maxExecution = 500

func execution(ctx context.Context, u *app.Unit, l project.Line, spent spending) (LineExecution, error) {
	x := LineExecution{Line: l, ApprovedFen: l.ApprovedFen, FreeFen: l.ApprovedFen, AcceptedFen: spent.accepted, PaidFen: spent.paid}
	found, err := u.Ledger.Balances(ctx, ledger.AccountFilter{Kinds: []ledger.Kind{ledger.BudgetLine}, OwnerIDs: []string{string(l.ID)}})
	if err != nil || len(found) == 0 {
		return x, err
	}
	b := found[0]
	x.AccountID = b.Account.ID
	x.CommittedFen = spent.committed
	x.FreeFen = l.ApprovedFen - x.CommittedFen
	return x, nil
}

// spending is what contracts make of one line.
type spending struct{ committed, accepted, paid money.Fen }

// spentByLine spreads what contracts hold, accepted and paid over the lines that carry them, in
// their shares, so that the parts add up to the fen.
func spentByLine(ctx context.Context, u *app.Unit, f contract.Filter) (map[ident.BudgetLineID]spending, error) {
	all, err := u.Contracts.List(ctx, f)
	if err != nil {
		return nil, err
	}
	out := map[ident.BudgetLineID]spending{}
	for _, c := range all {
		if c.Status == contract.Rescinded || len(c.BudgetShares) == 0 {
			continue
		}
		x, err := spendingOf(ctx, u, c)
		if err != nil {
			return nil, err
		}
		if err := spread(out, c, x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// spendingOf sums one contract; what was released is no longer committed.
func spendingOf(ctx context.Context, u *app.Unit, c *contract.Contract) (spending, error) {
	x := spending{committed: c.ValueFen()}
	acceptances, err := u.Contracts.Acceptances(ctx, c.ID)
	if err != nil {
		return x, err
	}
	for _, a := range acceptances {
		x.accepted += a.PayableFen
	}
	if c.Status == contract.Completed || c.Status == contract.Closed || c.Status == contract.Terminated {
		x.committed = x.accepted
	}
	payments, err := u.Payments.List(ctx, payment.Filter{ContractID: c.ID, Statuses: []string{payment.Paid, payment.Reconciled}})
	for _, p := range payments {
		x.paid += p.AmountFen
	}
	return x, err
}

func spread(into map[ident.BudgetLineID]spending, c *contract.Contract, x spending) error {
	weights := make([]int64, len(c.BudgetShares))
	for i, s := range c.BudgetShares {
		weights[i] = int64(s.AmountFen)
	}
	released, err := money.Split(c.ValueFen()-x.committed, weights)
	if err != nil {
		return err
	}
	accepted, err := money.Split(x.accepted, weights)
	if err != nil {
		return err
	}
	paid, err := money.Split(x.paid, weights)
	if err != nil {
		return err
	}
	for i, s := range c.BudgetShares {
		line := into[s.LineID]
		line.committed += s.AmountFen - released[i]
		line.accepted += accepted[i]
		line.paid += paid[i]
		into[s.LineID] = line
	}
	return nil
}
