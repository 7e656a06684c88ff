package projects

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// committedOf reads from the ledger what contracts hold of a budget line: what was booked as
// approved less what is still free on its account; nothing while nothing is booked.
func committedOf(ctx context.Context, u *app.Unit, id ident.BudgetLineID) (money.Fen, error) {
	found, err := u.Ledger.Balances(ctx, ledger.AccountFilter{Kinds: []ledger.Kind{ledger.BudgetLine}, OwnerIDs: []string{string(id)}})
	if err != nil || len(found) == 0 {
		return 0, err
	}
	journals, err := u.Ledger.Journals(ctx, ledger.JournalFilter{ObjectKind: "budget_line", ObjectID: string(id), Kind: ledger.EntryBudget})
	if err != nil {
		return 0, err
	}
	account := found[0]
	committed := account.DebitFen - account.CreditFen
	for _, j := range journals {
		for _, p := range j.Postings {
			if p.AccountID == account.Account.ID {
				committed -= p.AmountFen // approvals are credits, negative
			}
		}
	}
	return committed, nil
}

// paidByLine spreads what was paid on a buyer's contracts over the budget lines that carry
// them, in their shares, so that the parts add up to the fen.
func paidByLine(ctx context.Context, u *app.Unit, buyer ident.PartyID) (map[ident.BudgetLineID]money.Fen, error) {
	all, err := u.Contracts.List(ctx, contract.Filter{PartyID: buyer})
	if err != nil {
		return nil, err
	}
	out := map[ident.BudgetLineID]money.Fen{}
	for _, c := range all {
		if len(c.BudgetShares) == 0 {
			continue
		}
		payments, err := u.Payments.List(ctx, payment.Filter{ContractID: c.ID, Statuses: []string{payment.Paid, payment.Reconciled}})
		if err != nil {
			return nil, err
		}
		var paid money.Fen
		weights := make([]int64, len(c.BudgetShares))
		for _, p := range payments {
			paid += p.AmountFen
		}
		for i, s := range c.BudgetShares {
			weights[i] = int64(s.AmountFen)
		}
		parts, err := money.Split(paid, weights)
		if err != nil {
			return nil, err
		}
		for i, s := range c.BudgetShares {
			out[s.LineID] += parts[i]
		}
	}
	return out, nil
}
