package funds

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/lifecycle"
)

// Action is one row of a lifecycle as the actor sees it: offered, and if not permitted, why.
type Action struct {
	Action    string
	Permitted bool
	Code      string // fault code of the reason
	Reason    bool   // the action wants a public reason
}

// actionsFor joins the rows that leave a state with the actor's permission and with guards.
// What only payments or the provider move is not offered to anyone.
func actionsFor(a access.Actor, m lifecycle.Machine, state string, owner func(access.Permission) access.Object, guard func(action string) error) []Action {
	var out []Action
	for _, r := range m.Actions(state) {
		if r.Permission == access.CardProvider || r.Action == "fulfil" || r.Action == "reopen" || r.Action == "open" {
			continue
		}
		x := Action{Action: r.Action, Permitted: true, Reason: r.Reason}
		err := access.Allow(a, r.Permission, owner(r.Permission))
		if err == nil {
			err = guard(r.Action)
		}
		if err != nil {
			x.Permitted, x.Code = false, fault.CodeOf(err)
		}
		out = append(out, x)
	}
	return out
}

func fundActions(a access.Actor, f *fund.Fund) []Action {
	return actionsFor(a, fund.Machine, f.Status, keeper(f), func(action string) error {
		c := *f
		_, err := c.Fire(action, "?", a.PersonID)
		return err
	})
}

func pledgeActions(a access.Actor, f *fund.Fund, p *fund.Pledge) []Action {
	owner := func(perm access.Permission) access.Object {
		if perm == access.PledgeOffer {
			return access.Object{PartyID: p.DonorID}
		}
		return access.Object{PartyID: f.PartyID}
	}
	return actionsFor(a, fund.PledgeMachine, p.Status, owner, func(string) error { return nil })
}

func donationActions(a access.Actor, f *fund.Fund, d *fund.Donation) []Action {
	return actionsFor(a, d.Machine(), d.Status, keeper(f), func(action string) error {
		c := d.Clone()
		var err error
		switch action {
		case "confirm":
			_, err = c.Confirm(a.PersonID, c.RegisteredAt)
		case "issue_receipt":
			if c.Kind != fund.KindDonation && c.Kind != fund.KindPledge {
				err = fault.Conflict("donation.receipt_not_due", "no receipt for "+c.Kind)
			}
		}
		return err
	})
}

func grantActions(ctx context.Context, u *app.Unit, f *fund.Fund, g *fund.Grant) ([]Action, error) {
	held, err := u.Funds.Held(ctx, f.ID, g.Restricted)
	if err != nil {
		return nil, err
	}
	owner := func(perm access.Permission) access.Object {
		if perm == access.GrantReport && u.Actor.PartyID == g.RecipientID {
			return access.Object{PartyID: g.RecipientID}
		}
		return access.Object{PartyID: f.PartyID}
	}
	return actionsFor(u.Actor, fund.GrantMachine, g.Status, owner, func(action string) error {
		c := *g
		var err error
		switch action {
		case "review":
			_, err = c.Review(u.Actor.PersonID, u.Now)
		case "grant":
			_, err = c.Pay(u.Actor.PersonID, "?", held, u.Now)
		case "close":
			_, err = c.Close(u.Actor.PersonID, u.Now)
		}
		return err
	}), nil
}

func keeper(f *fund.Fund) func(access.Permission) access.Object {
	return func(access.Permission) access.Object { return access.Object{PartyID: f.PartyID} }
}
