package funds

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fund"
)

// Todos lists what waits for the actor: registered inflows to confirm, grants to decide,
// offers to answer, instalments to declare or pay.
func (s *Service) Todos(ctx context.Context, u *app.Unit, a access.Actor) ([]app.Todo, error) {
	switch a.Role {
	case access.FundManager, access.FundApprover:
		return keeperTodos(ctx, u, a)
	case access.SupplierAdmin, access.SupplierAgent:
		return donorTodos(ctx, u, a)
	default:
		return nil, nil
	}
}

func keeperTodos(ctx context.Context, u *app.Unit, a access.Actor) ([]app.Todo, error) {
	all, err := u.Funds.Funds(ctx, fund.FundQuery{PartyID: a.PartyID})
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	for _, f := range all {
		link := "/work/funds/" + string(f.ID)
		for _, x := range fundActions(a, f) {
			if x.Permitted && x.Action == "activate" {
				out = append(out, app.Todo{Kind: "fund", ID: string(f.ID), Code: f.Code, Title: f.Name, Action: x.Action, Link: link})
			}
		}
		if out, err = fundTodos(ctx, u, a, f, out, link); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func fundTodos(ctx context.Context, u *app.Unit, a access.Actor, f *fund.Fund, out []app.Todo, link string) ([]app.Todo, error) {
	inflows, err := u.Funds.Donations(ctx, fund.Query{FundID: f.ID, Statuses: []string{fund.Registered, fund.Received}})
	if err != nil {
		return nil, err
	}
	for _, d := range inflows {
		out = appendTodo(out, "donation", string(d.ID), d.Code, d.DonorName, link+"?tab=inflows", donationActions(a, f, d))
	}
	pledges, err := u.Funds.Pledges(ctx, fund.Query{FundID: f.ID, Statuses: []string{fund.Offered}})
	if err != nil {
		return nil, err
	}
	for _, p := range pledges {
		out = appendTodo(out, "pledge", string(p.ID), p.Code, f.Name, link+"?tab=pledges", pledgeActions(a, f, p))
	}
	grants, err := u.Funds.Grants(ctx, fund.Query{FundID: f.ID, Statuses: []string{fund.GrantProposed, fund.GrantReviewed, fund.GrantPublicised, fund.GrantReported}})
	if err != nil {
		return nil, err
	}
	for _, g := range grants {
		actions, err := grantActions(ctx, u, f, g)
		if err != nil {
			return nil, err
		}
		out = appendTodo(out, "grant", string(g.ID), g.Code, g.Title, link+"?tab=grants", actions)
	}
	return out, nil
}

// appendTodo adds the first permitted action that moves things forward.
func appendTodo(out []app.Todo, kind, id, code, title, link string, actions []Action) []app.Todo {
	for _, x := range actions {
		if x.Permitted && !x.Reason {
			return append(out, app.Todo{Kind: kind, ID: id, Code: code, Title: title, Action: x.Action, Link: link})
		}
	}
	return out
}

func donorTodos(ctx context.Context, u *app.Unit, a access.Actor) ([]app.Todo, error) {
	pledges, err := u.Funds.Pledges(ctx, fund.Query{PartyID: a.PartyID, Statuses: []string{fund.Accepted}})
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	soon := calendar.DateOf(u.Now).AddDate(0, 2, 0)
	for _, p := range pledges {
		f, err := u.Funds.Fund(ctx, p.FundID)
		if err != nil {
			return nil, err
		}
		for _, d := range p.Dues {
			action := "pay"
			if !d.Declared {
				action = "declare"
			}
			if (d.Declared && d.PaidFen >= d.AmountFen) || d.DueOn.After(soon) {
				continue
			}
			due := d.DueOn.End().Add(-time.Second)
			out = append(out, app.Todo{
				Kind: "pledge", ID: string(p.ID), Code: p.Code, Title: f.Name, Action: action, DueAt: &due, Link: "/work/pledges/" + string(p.ID),
			})
		}
	}
	return out, nil
}
