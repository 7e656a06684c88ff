package funds

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
)

// RegisterInflow notes a line of the bank for a fund; a second person confirms it. For a
// payment on a pledge, donor, restriction and project follow from the pledge. Faults:
// donation.incomplete, fund.not_active, donation.line_taken, those of fund.Pledge.Receive.
func (s *Service) RegisterInflow(ctx context.Context, w Write, id ident.FundID, in fund.Inflow) (*fund.Donation, error) {
	input := struct {
		Fund   ident.FundID
		Inflow fund.Inflow
	}{id, in}
	return app.Do(ctx, s.app, w.Actor, w.to(access.FundManage, "registerInflow", input), func(ctx context.Context, u *app.Unit) (*fund.Donation, error) {
		f, err := fundFor(ctx, u, id, access.FundManage)
		if err != nil {
			return nil, err
		}
		return s.addInflow(ctx, u, f, in, fund.Register)
	})
}

// addInflow fills in what a pledge says, makes the donation and stores it.
func (s *Service) addInflow(ctx context.Context, u *app.Unit, f *fund.Fund, in fund.Inflow, make func(fund.Identity, fund.Inflow) (*fund.Donation, error)) (*fund.Donation, error) {
	if err := f.TakesMoney(); err != nil {
		return nil, err
	}
	in, err := fromPledge(ctx, u, f, in)
	if err != nil {
		return nil, err
	}
	code, err := u.NextCode(ctx, "JZ")
	if err != nil {
		return nil, err
	}
	d, err := make(fund.Identity{ID: ident.DonationID(u.NewID()), Code: code, FundID: f.ID, By: u.Actor.PersonID, Now: u.Now}, in)
	if err != nil {
		return nil, err
	}
	err = u.Funds.InsertDonation(ctx, d)
	if fault.Is(err, "record.duplicate") {
		return nil, fault.Conflict("donation.line_taken", "this line of the bank is registered").
			At("bankReference", "taken", "this line of the bank is registered already")
	}
	if err != nil {
		return nil, err
	}
	action := "register"
	if d.Method == fund.ByCard {
		action = "intend"
	}
	return d, note{kind: "donation", id: string(d.ID), action: action, fund: f, project: d.ProjectID, after: d}.write(ctx, u)
}

func fromPledge(ctx context.Context, u *app.Unit, f *fund.Fund, in fund.Inflow) (fund.Inflow, error) {
	if in.Kind != fund.KindPledge || in.PledgeID == "" {
		in.PledgeID, in.DueNumber = "", 0
		return in, nil
	}
	p, err := u.Funds.Pledge(ctx, in.PledgeID)
	if err != nil {
		return in, err
	}
	if p.FundID != f.ID {
		return in, fault.NotFound("record.not_found", "the pledge belongs to another fund")
	}
	if err := p.Clone().Receive(in.DueNumber, in.AmountFen); err != nil {
		return in, err
	}
	donor, err := u.People.Party(ctx, p.DonorID)
	if err != nil {
		return in, err
	}
	in.DonorPartyID, in.DonorPersonID, in.DonorName, in.Anonymous = p.DonorID, "", donor.Name, false
	in.Restricted, in.Purpose, in.ProjectID = p.Restricted, p.Purpose, p.ProjectID
	return in, nil
}

// ConfirmInflow says the money is on the account and enters it in the book. Faults:
// donation.two_persons, the machine's.
func (s *Service) ConfirmInflow(ctx context.Context, w Write, id ident.DonationID) (*fund.Donation, error) {
	return s.changeInflow(ctx, w, Change{ID: string(id), Action: "confirm"}, access.FundApprove, func(ctx context.Context, u *app.Unit, f *fund.Fund, d *fund.Donation) (lifecycle.Row, error) {
		row, err := d.Confirm(u.Actor.PersonID, u.Now)
		if err != nil {
			return row, err
		}
		if err := f.TakesMoney(); err != nil {
			return row, err
		}
		if err := receivePledge(ctx, u, f, d); err != nil {
			return row, err
		}
		through, err := bank(ctx, u, f)
		if err != nil {
			return row, err
		}
		return row, enter(ctx, u, f, line{
			key: "donation:" + string(d.ID) + ":received", kind: d.Kind, restricted: d.Restricted, amount: d.AmountFen, on: d.ReceivedOn,
			source: "donation", sourceID: string(d.ID), project: d.ProjectID, memo: d.Code + " " + d.BankReference, through: through,
		})
	})
}

// RejectInflow sends a wrong registration back with a reason.
func (s *Service) RejectInflow(ctx context.Context, w Write, id ident.DonationID, reason string) (*fund.Donation, error) {
	return s.changeInflow(ctx, w, Change{ID: string(id), Action: "reject", Reason: reason}, access.FundApprove, func(_ context.Context, _ *app.Unit, _ *fund.Fund, d *fund.Donation) (lifecycle.Row, error) {
		return d.Reject(reason)
	})
}

// IssueReceipt notes the number of the donation receipt. Faults: donation.receipt_malformed,
// donation.receipt_not_due, donation.receipt_taken.
func (s *Service) IssueReceipt(ctx context.Context, w Write, id ident.DonationID, number string) (*fund.Donation, error) {
	c := Change{ID: string(id), Action: "issue_receipt", Reason: number}
	return s.changeInflow(ctx, w, c, access.FundManage, func(_ context.Context, u *app.Unit, _ *fund.Fund, d *fund.Donation) (lifecycle.Row, error) {
		return d.IssueReceipt(number, u.Now)
	})
}

type inflowChange func(ctx context.Context, u *app.Unit, f *fund.Fund, d *fund.Donation) (lifecycle.Row, error)

func (s *Service) changeInflow(ctx context.Context, w Write, c Change, perm access.Permission, do inflowChange) (*fund.Donation, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(perm, c.Action+"Inflow", c), func(ctx context.Context, u *app.Unit) (*fund.Donation, error) {
		d, f, err := donationFor(ctx, u, ident.DonationID(c.ID), perm)
		if err != nil {
			return nil, err
		}
		if err := stale(w.Version, d.Version); err != nil {
			return nil, err
		}
		before := d.Clone()
		if _, err := do(ctx, u, f, d); err != nil {
			return nil, err
		}
		err = u.Funds.SaveDonation(ctx, d)
		if fault.Is(err, "record.duplicate") {
			return nil, fault.Conflict("donation.receipt_taken", "the receipt number is used").At("receiptNumber", "taken", "this number is on another receipt")
		}
		if err != nil {
			return nil, err
		}
		n := note{kind: "donation", id: string(d.ID), action: c.Action, fund: f, project: d.ProjectID, before: before, after: d}
		switch c.Action {
		case "confirm":
			n.event, n.data = "received", map[string]string{"code": d.Code, "amount": d.AmountFen.String(), "donorId": string(d.DonorPartyID)}
		case "reject":
			n.reason = c.Reason
		}
		return d, n.write(ctx, u)
	})
}

// donationFor loads an inflow for the fund's people; to others it does not exist.
func donationFor(ctx context.Context, u *app.Unit, id ident.DonationID, perm access.Permission) (*fund.Donation, *fund.Fund, error) {
	d, err := u.Funds.Donation(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	f, err := u.Funds.Fund(ctx, d.FundID)
	if err != nil {
		return nil, nil, err
	}
	if !insider(u.Actor, f) && !giver(u.Actor, d) {
		return nil, nil, fault.NotFound("record.not_found", "the inflow is not the actor's")
	}
	return d, f, access.Allow(u.Actor, perm, access.Object{PartyID: f.PartyID})
}

// giver tells whether the actor is the donor.
func giver(a access.Actor, d *fund.Donation) bool {
	return !a.Anonymous() && (d.DonorPersonID == a.PersonID || (d.DonorPartyID != "" && d.DonorPartyID == a.PartyID))
}
