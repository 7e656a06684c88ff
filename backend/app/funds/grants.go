package funds

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
)

// ProposeGrant proposes to give money of a fund. Faults: grant.incomplete,
// grant.recipient_is_donor, fund.not_active.
func (s *Service) ProposeGrant(ctx context.Context, w Write, p fund.Proposal) (*fund.Grant, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(access.FundManage, "proposeGrant", p), func(ctx context.Context, u *app.Unit) (*fund.Grant, error) {
		f, err := fundFor(ctx, u, p.FundID, access.FundManage)
		if err != nil {
			return nil, err
		}
		if err := f.TakesMoney(); err != nil {
			return nil, err
		}
		if err := checkRecipient(ctx, u, &p); err != nil {
			return nil, err
		}
		code, err := u.NextCode(ctx, "ZZ")
		if err != nil {
			return nil, err
		}
		g, err := fund.Propose(ident.GrantID(u.NewID()), code, p, u.Actor.PersonID, u.Now)
		if err != nil {
			return nil, err
		}
		if err := u.Funds.InsertGrant(ctx, g); err != nil {
			return nil, err
		}
		return g, note{kind: "grant", id: string(g.ID), action: "propose", fund: f, project: g.ProjectID, after: g}.write(ctx, u)
	})
}

func checkRecipient(ctx context.Context, u *app.Unit, p *fund.Proposal) error {
	if p.RecipientID == "" {
		return nil // the domain names the missing field
	}
	_, err := u.People.Party(ctx, p.RecipientID)
	if fault.KindOf(err) == fault.KindNotFound {
		return fault.Invalid("grant.incomplete", "unknown recipient").At("recipientId", "unknown", "choose an organisation")
	}
	if err != nil {
		return err
	}
	if p.ProjectID != "" {
		if _, err := u.Projects.Project(ctx, p.ProjectID); err != nil {
			return err
		}
	}
	p.RecipientIsDonor, err = u.Funds.HasDonated(ctx, p.FundID, p.RecipientID)
	return err
}

// GrantStep is one step of a grant and what it needs.
type GrantStep struct {
	ID            ident.GrantID
	Action        string // review, reject, publicise, grant, report, close
	Reason        string
	BankReference string
	Report        string
	SpentFen      money.Fen
	ReturnedFen   money.Fen
}

// ChangeGrant takes one step. Faults: those of the step's method on fund.Grant, and
// ledger.insufficient when the ledger holds less than the book.
func (s *Service) ChangeGrant(ctx context.Context, w Write, step GrantStep) (*fund.Grant, error) {
	perm, err := grantPermission(step.Action)
	if err != nil {
		return nil, err
	}
	return app.Do(ctx, s.app, w.Actor, w.to(perm, "changeGrant", step), func(ctx context.Context, u *app.Unit) (*fund.Grant, error) {
		g, f, err := grantFor(ctx, u, step.ID, perm)
		if err != nil {
			return nil, err
		}
		if err := stale(w.Version, g.Version); err != nil {
			return nil, err
		}
		before := *g
		row, version, err := s.takeStep(ctx, u, f, g, step)
		if err != nil {
			return nil, err
		}
		if err := u.Funds.SaveGrant(ctx, g); err != nil {
			return nil, err
		}
		n := note{
			kind: "grant", id: string(g.ID), action: step.Action, fund: f, project: g.ProjectID, before: before, after: g,
			reason: step.Reason, rules: version, data: map[string]string{"code": g.Code, "title": g.Title, "recipientId": string(g.RecipientID)},
		}
		if row.Notice || step.Action == "grant" {
			n.event = past(step.Action)
		}
		return g, n.write(ctx, u)
	})
}

func grantPermission(action string) (access.Permission, error) {
	for _, r := range fund.GrantMachine.Rows {
		if r.Action == action {
			return r.Permission, nil
		}
	}
	return "", fault.Conflict("grant.transition_refused", "no action "+action).With("action", action)
}

// takeStep does what belongs to the action and tells the rule version that was used.
func (s *Service) takeStep(ctx context.Context, u *app.Unit, f *fund.Fund, g *fund.Grant, step GrantStep) (row lifecycle.Row, version string, err error) {
	switch step.Action {
	case "review":
		row, err = g.Review(u.Actor.PersonID, u.Now)
	case "reject":
		row, err = g.Reject(step.Reason)
	case "publicise":
		return s.publicise(u, g)
	case "grant":
		row, err = pay(ctx, u, f, g, step.BankReference)
	case "report":
		row, err = g.ReportUse(step.Report, step.SpentFen, step.ReturnedFen, u.Now)
	case "close":
		row, err = closeGrant(ctx, u, f, g)
	default:
		err = fault.Internal("grant action "+step.Action+" has no step", nil)
	}
	return row, "", err
}

func (s *Service) publicise(u *app.Unit, g *fund.Grant) (lifecycle.Row, string, error) {
	rules := s.rules(u)
	days, err := rules.Int("GRANT_PUBLICITY_DAYS")
	if err != nil {
		return lifecycle.Row{}, "", err
	}
	until, err := s.app.Calendar.AddDays(calendar.DateOf(u.Now), days)
	if err != nil {
		return lifecycle.Row{}, "", err
	}
	row, err := g.Publicise(until, u.Now)
	return row, rules.Version, err
}

func pay(ctx context.Context, u *app.Unit, f *fund.Fund, g *fund.Grant, reference string) (lifecycle.Row, error) {
	if err := f.TakesMoney(); err != nil {
		return lifecycle.Row{}, err
	}
	held, err := u.Funds.Held(ctx, f.ID, g.Restricted)
	if err != nil {
		return lifecycle.Row{}, err
	}
	row, err := g.Pay(u.Actor.PersonID, reference, held, u.Now)
	if err != nil {
		return row, err
	}
	through, err := bank(ctx, u, f)
	if err != nil {
		return row, err
	}
	return row, enter(ctx, u, f, line{
		key: "grant:" + string(g.ID) + ":granted", kind: fund.KindGrantOut, restricted: g.Restricted, amount: -g.AmountFen,
		on: calendar.DateOf(u.Now), source: "grant", sourceID: string(g.ID), project: g.ProjectID, memo: g.Code + " " + g.BankReference, through: through,
	})
}

// closeGrant books what was returned; a fund that is frozen meanwhile still gets its money.
func closeGrant(ctx context.Context, u *app.Unit, f *fund.Fund, g *fund.Grant) (lifecycle.Row, error) {
	row, err := g.Close(u.Actor.PersonID, u.Now)
	if err != nil || g.ReturnedFen == 0 {
		return row, err
	}
	through, err := bank(ctx, u, f)
	if err != nil {
		return row, err
	}
	return row, enter(ctx, u, f, line{
		key: "grant:" + string(g.ID) + ":returned", kind: fund.KindGrantReturn, restricted: g.Restricted, amount: g.ReturnedFen,
		on: calendar.DateOf(u.Now), source: "grant", sourceID: string(g.ID), project: g.ProjectID, memo: g.Code, through: through,
	})
}

// grantFor loads a grant; before its publicity it does not exist for outsiders but the
// recipient.
func grantFor(ctx context.Context, u *app.Unit, id ident.GrantID, perm access.Permission) (*fund.Grant, *fund.Fund, error) {
	g, err := u.Funds.Grant(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	f, err := u.Funds.Fund(ctx, g.FundID)
	if err != nil {
		return nil, nil, err
	}
	if !g.Public() && !insider(u.Actor, f) && u.Actor.PartyID != g.RecipientID {
		return nil, nil, fault.NotFound("record.not_found", "the grant is not public")
	}
	owner := f.PartyID
	if perm == access.GrantReport && u.Actor.PartyID == g.RecipientID {
		owner = g.RecipientID
	}
	return g, f, access.Allow(u.Actor, perm, access.Object{PartyID: owner})
}
