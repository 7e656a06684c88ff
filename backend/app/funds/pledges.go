package funds

import (
	"context"
	"strconv"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Offer makes a free pledge of the actor's own organisation. Faults: pledge.incomplete,
// fund.not_active, record.not_found for an unknown fund or project.
func (s *Service) Offer(ctx context.Context, w Write, o fund.Offer) (*fund.Pledge, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(access.PledgeOffer, "offerPledge", o), func(ctx context.Context, u *app.Unit) (*fund.Pledge, error) {
		o.DonorID = u.Actor.PartyID
		code, err := u.NextCode(ctx, "RJ")
		if err != nil {
			return nil, err
		}
		p, err := fund.NewPledge(ident.PledgeID(u.NewID()), code, o, u.Actor.PersonID, u.Now)
		if err != nil {
			return nil, err
		}
		f, err := u.Funds.Fund(ctx, p.FundID)
		if err != nil {
			return nil, err
		}
		if err := f.TakesMoney(); err != nil {
			return nil, err
		}
		if _, err := awardKnown(ctx, u, p.ProjectID); err != nil {
			return nil, err
		}
		if err := u.Funds.InsertPledge(ctx, p); err != nil {
			return nil, err
		}
		return p, pledgeNote(f, p, nil, "offer", "").write(ctx, u)
	})
}

// pledgeNote announces nothing about a pledge that is still hidden: an event would reach
// people who must not be moved by it. The fund's people see it in their list.
func pledgeNote(f *fund.Fund, p, before *fund.Pledge, action, reason string) note {
	n := note{kind: "pledge", id: string(p.ID), action: action, fund: f, project: p.ProjectID, after: p, reason: reason}
	if before != nil {
		n.before = before
	}
	if p.ProjectID == "" && action != "offer" && action != "decline" && action != "withdraw" {
		n.event = past(action)
		n.data = map[string]string{"code": p.Code, "donorId": string(p.DonorID)}
	}
	return n
}

// ChangePledge fires accept, decline, withdraw or cancel. The donor withdraws, the fund
// decides the rest. Faults: the machine's, access.forbidden.
func (s *Service) ChangePledge(ctx context.Context, w Write, c Change) (*fund.Pledge, error) {
	row, err := pledgeAction(c.Action)
	if err != nil {
		return nil, err
	}
	return app.Do(ctx, s.app, w.Actor, w.to(row, "changePledge", c), func(ctx context.Context, u *app.Unit) (*fund.Pledge, error) {
		return changePledge(ctx, u, w.Version, ident.PledgeID(c.ID), row, c.Action, func(p *fund.Pledge) (string, error) {
			_, err := p.Fire(c.Action, c.Reason, u.Actor.PersonID)
			return c.Reason, err
		})
	})
}

// pledgeAction tells the permission of the actions people fire; fulfil and reopen follow from
// payments.
func pledgeAction(action string) (access.Permission, error) {
	if action != "fulfil" && action != "reopen" {
		for _, r := range fund.PledgeMachine.Rows {
			if r.Action == action {
				return r.Permission, nil
			}
		}
	}
	return "", fault.Conflict("pledge.transition_refused", "nobody fires "+action).With("action", action)
}

// DeclareTurnover states the turnover of a period of the actor's own pledge. Faults: those of
// fund.Pledge.Declare.
func (s *Service) DeclareTurnover(ctx context.Context, w Write, id ident.PledgeID, number int, turnover money.Fen) (*fund.Pledge, error) {
	input := struct {
		ID       ident.PledgeID
		Number   int
		Turnover money.Fen
	}{id, number, turnover}
	return app.Do(ctx, s.app, w.Actor, w.to(access.PledgeOffer, "declareTurnover", input), func(ctx context.Context, u *app.Unit) (*fund.Pledge, error) {
		return changePledge(ctx, u, w.Version, id, access.PledgeOffer, "declare", func(p *fund.Pledge) (string, error) {
			return "", p.Declare(number, turnover)
		})
	})
}

func changePledge(ctx context.Context, u *app.Unit, seen int64, id ident.PledgeID, perm access.Permission, action string, do func(*fund.Pledge) (string, error)) (*fund.Pledge, error) {
	p, f, err := pledgeFor(ctx, u, id, perm)
	if err != nil {
		return nil, err
	}
	if err := stale(seen, p.Version); err != nil {
		return nil, err
	}
	before := p.Clone()
	reason, err := do(p)
	if err != nil {
		return nil, err
	}
	if err := u.Funds.SavePledge(ctx, p); err != nil {
		return nil, err
	}
	return p, pledgeNote(f, p, before, action, reason).write(ctx, u)
}

// pledgeFor loads a pledge and asks whether the actor may do this: donors to their own,
// the fund's people to those of their fund. What the actor may not see is not found.
func pledgeFor(ctx context.Context, u *app.Unit, id ident.PledgeID, perm access.Permission) (*fund.Pledge, *fund.Fund, error) {
	p, err := u.Funds.Pledge(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	f, err := u.Funds.Fund(ctx, p.FundID)
	if err != nil {
		return nil, nil, err
	}
	if err := seePledge(ctx, u, p, f); err != nil {
		return nil, nil, err
	}
	owner := f.PartyID
	if perm == access.PledgeOffer {
		owner = p.DonorID
	}
	return p, f, access.Allow(u.Actor, perm, access.Object{PartyID: owner})
}

// seePledge answers not_found for a hidden pledge to everyone but donor, fund and auditor.
func seePledge(ctx context.Context, u *app.Unit, p *fund.Pledge, f *fund.Fund) error {
	known, err := awardKnown(ctx, u, p.ProjectID)
	if err != nil {
		return err
	}
	if !p.Hidden(known) || insider(u.Actor, f) || u.Actor.PartyID == p.DonorID {
		return nil
	}
	return fault.NotFound("record.not_found", "the pledge is hidden")
}

// insider tells whether the actor may see what is not public of a fund.
func insider(a access.Actor, f *fund.Fund) bool {
	return access.Allow(a, access.FundReadPrivate, access.Object{PartyID: f.PartyID}) == nil
}

// receivePledge books a payment on the promise it keeps and fulfils it with the last one.
func receivePledge(ctx context.Context, u *app.Unit, f *fund.Fund, d *fund.Donation) error {
	if d.PledgeID == "" {
		return nil
	}
	p, err := u.Funds.Pledge(ctx, d.PledgeID)
	if err != nil {
		return err
	}
	before := p.Clone()
	if err := p.Receive(d.DueNumber, d.AmountFen); err != nil {
		return err
	}
	action := "receive"
	if p.FullyPaid() {
		if _, err := p.Fire("fulfil", "", ""); err != nil {
			return err
		}
		action = "fulfil"
	}
	if err := u.Funds.SavePledge(ctx, p); err != nil {
		return err
	}
	n := pledgeNote(f, p, before, action, "")
	n.data = map[string]string{"code": p.Code, "donorId": string(p.DonorID), "due": strconv.Itoa(d.DueNumber)}
	return n.write(ctx, u)
}

// returnPledge opens the instalment again after a refund.
func returnPledge(ctx context.Context, u *app.Unit, f *fund.Fund, d *fund.Donation, amount money.Fen) error {
	if d.PledgeID == "" {
		return nil
	}
	p, err := u.Funds.Pledge(ctx, d.PledgeID)
	if err != nil {
		return err
	}
	before := p.Clone()
	if err := p.Return(d.DueNumber, amount); err != nil {
		return err
	}
	if err := u.Funds.SavePledge(ctx, p); err != nil {
		return err
	}
	return pledgeNote(f, p, before, "return", "").write(ctx, u)
}
