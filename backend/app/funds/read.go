package funds

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/party"
)

// FundView is a fund with what a reader needs beside it.
type FundView struct {
	Fund            fund.Fund
	KeeperName      string
	PlaceName       string
	RestrictedFen   money.Fen
	UnrestrictedFen money.Fen
	PledgedFen      money.Fen // promised and known, of pledges that are public
	PaidPledgesFen  money.Fen
	Insider         bool // the reader sees what is not public
	Actions         []Action
}

// List lists funds by code.
func (s *Service) List(ctx context.Context, a access.Actor, q fund.FundQuery) (Page[FundView], error) {
	return app.Look(ctx, s.app, a, access.Public, func(ctx context.Context, u *app.Unit) (Page[FundView], error) {
		all, err := u.Funds.Funds(ctx, q)
		if err != nil {
			return Page[FundView]{}, err
		}
		return pageOf(all, q.Limit, func(f *fund.Fund) string { return f.Code }, func(f *fund.Fund) (FundView, error) {
			return viewFund(ctx, u, f)
		})
	})
}

// Get loads one fund. Fault record.not_found.
func (s *Service) Get(ctx context.Context, a access.Actor, id ident.FundID) (FundView, error) {
	return app.Look(ctx, s.app, a, access.Public, func(ctx context.Context, u *app.Unit) (FundView, error) {
		f, err := u.Funds.Fund(ctx, id)
		if err != nil {
			return FundView{}, err
		}
		return viewFund(ctx, u, f)
	})
}

func viewFund(ctx context.Context, u *app.Unit, f *fund.Fund) (FundView, error) {
	v := FundView{Fund: *f, Insider: insider(u.Actor, f), Actions: fundActions(u.Actor, f)}
	keeper, err := u.People.Party(ctx, f.PartyID)
	if err != nil {
		return v, err
	}
	place, err := u.Places.Place(ctx, f.PlaceID)
	if err != nil {
		return v, err
	}
	v.KeeperName, v.PlaceName = keeper.Name, place.Name
	if v.RestrictedFen, err = u.Funds.Held(ctx, f.ID, true); err != nil {
		return v, err
	}
	if v.UnrestrictedFen, err = u.Funds.Held(ctx, f.ID, false); err != nil {
		return v, err
	}
	pledges, err := u.Funds.Pledges(ctx, fund.Query{FundID: f.ID})
	if err != nil {
		return v, err
	}
	for _, p := range pledges {
		known, err := awardKnown(ctx, u, p.ProjectID)
		if err != nil {
			return v, err
		}
		if !p.Hidden(known) {
			promised, paid := p.Totals()
			v.PledgedFen += promised
			v.PaidPledgesFen += paid
		}
	}
	return v, nil
}

// Page is a part of a list. Next is the cursor of the part after it; "" at the end. Items may
// be fewer than asked for when the reader may not see some.
type Page[T any] struct {
	Items []T
	Next  string
}

// pageOf converts what was loaded, leaves out what the reader may not see, and finds the
// cursor: the code of the last row loaded.
func pageOf[D, T any](all []D, limit int, code func(D) string, view func(D) (T, error)) (Page[T], error) {
	out := Page[T]{Items: []T{}}
	for _, d := range all {
		v, err := view(d)
		if fault.KindOf(err) == fault.KindNotFound {
			continue
		}
		if err != nil {
			return Page[T]{}, err
		}
		out.Items = append(out.Items, v)
	}
	if limit > 0 && len(all) == limit {
		out.Next = code(all[len(all)-1])
	}
	return out, nil
}

// PledgeView is a pledge with the names behind its identities.
type PledgeView struct {
	Pledge      fund.Pledge
	FundName    string
	DonorName   string
	ProjectCode string
	Hidden      bool // not public yet
	Overdue     bool
	Actions     []Action
}

// Pledges lists the pledges the reader may see, by code.
func (s *Service) Pledges(ctx context.Context, a access.Actor, q fund.Query) (Page[PledgeView], error) {
	return app.Look(ctx, s.app, a, access.Public, func(ctx context.Context, u *app.Unit) (Page[PledgeView], error) {
		all, err := u.Funds.Pledges(ctx, q)
		if err != nil {
			return Page[PledgeView]{}, err
		}
		return pageOf(all, q.Limit, func(p *fund.Pledge) string { return p.Code }, func(p *fund.Pledge) (PledgeView, error) {
			return viewPledge(ctx, u, p)
		})
	})
}

// GetPledge loads one pledge; record.not_found while it is hidden from the reader.
func (s *Service) GetPledge(ctx context.Context, a access.Actor, id ident.PledgeID) (PledgeView, error) {
	return app.Look(ctx, s.app, a, access.Public, func(ctx context.Context, u *app.Unit) (PledgeView, error) {
		p, err := u.Funds.Pledge(ctx, id)
		if err != nil {
			return PledgeView{}, err
		}
		return viewPledge(ctx, u, p)
	})
}

func viewPledge(ctx context.Context, u *app.Unit, p *fund.Pledge) (PledgeView, error) {
	f, err := u.Funds.Fund(ctx, p.FundID)
	if err != nil {
		return PledgeView{}, err
	}
	if err := seePledge(ctx, u, p, f); err != nil {
		return PledgeView{}, err
	}
	donor, err := u.People.Party(ctx, p.DonorID)
	if err != nil {
		return PledgeView{}, err
	}
	v := PledgeView{
		Pledge: *p, FundName: f.Name, DonorName: donor.Name,
		Overdue: p.Overdue(calendar.DateOf(u.Now)), Actions: pledgeActions(u.Actor, f, p),
	}
	known := true
	if p.ProjectID != "" {
		pr, err := u.Projects.Project(ctx, p.ProjectID)
		if err != nil {
			return v, err
		}
		v.ProjectCode, known = pr.Code, awarded[pr.Status]
	}
	v.Hidden = p.Hidden(known)
	return v, nil
}

// DonationView is an inflow as its reader may see it.
type DonationView struct {
	Donation fund.Donation
	FundName string
	Actions  []Action
}

// Donations lists inflows of a fund for its own people and the auditor, by code. Fault
// access.forbidden.
func (s *Service) Donations(ctx context.Context, a access.Actor, q fund.Query) (Page[DonationView], error) {
	return app.Look(ctx, s.app, a, access.FundReadPrivate, func(ctx context.Context, u *app.Unit) (Page[DonationView], error) {
		f, err := fundFor(ctx, u, q.FundID, access.FundReadPrivate)
		if err != nil {
			return Page[DonationView]{}, err
		}
		all, err := u.Funds.Donations(ctx, q)
		if err != nil {
			return Page[DonationView]{}, err
		}
		return pageOf(all, q.Limit, func(d *fund.Donation) string { return d.Code }, func(d *fund.Donation) (DonationView, error) {
			return DonationView{Donation: *d, FundName: f.Name, Actions: donationActions(u.Actor, f, d)}, nil
		})
	})
}

// GetDonation loads one inflow for the fund's people and its donor; record.not_found to
// others.
func (s *Service) GetDonation(ctx context.Context, a access.Actor, id ident.DonationID) (DonationView, error) {
	return app.Look(ctx, s.app, a, access.SignedIn, func(ctx context.Context, u *app.Unit) (DonationView, error) {
		d, f, err := donationFor(ctx, u, id, access.SignedIn)
		if err != nil {
			return DonationView{}, err
		}
		return DonationView{Donation: *d, FundName: f.Name, Actions: donationActions(u.Actor, f, d)}, nil
	})
}

// GrantView is a grant with the names behind its identities.
type GrantView struct {
	Grant         fund.Grant
	FundName      string
	RecipientName string
	Actions       []Action
}

// Grants lists the grants the reader may see, by code.
func (s *Service) Grants(ctx context.Context, a access.Actor, q fund.Query) (Page[GrantView], error) {
	return app.Look(ctx, s.app, a, access.Public, func(ctx context.Context, u *app.Unit) (Page[GrantView], error) {
		all, err := u.Funds.Grants(ctx, q)
		if err != nil {
			return Page[GrantView]{}, err
		}
		return pageOf(all, q.Limit, func(g *fund.Grant) string { return g.Code }, func(g *fund.Grant) (GrantView, error) {
			return viewGrant(ctx, u, g.ID)
		})
	})
}

// GetGrant loads one grant; record.not_found before its publicity to outsiders.
func (s *Service) GetGrant(ctx context.Context, a access.Actor, id ident.GrantID) (GrantView, error) {
	return app.Look(ctx, s.app, a, access.Public, func(ctx context.Context, u *app.Unit) (GrantView, error) {
		return viewGrant(ctx, u, id)
	})
}

func viewGrant(ctx context.Context, u *app.Unit, id ident.GrantID) (GrantView, error) {
	g, f, err := grantFor(ctx, u, id, access.Public)
	if err != nil {
		return GrantView{}, err
	}
	to, err := u.People.Party(ctx, g.RecipientID)
	if err != nil {
		return GrantView{}, err
	}
	actions, err := grantActions(ctx, u, f, g)
	return GrantView{Grant: *g, FundName: f.Name, RecipientName: to.Name, Actions: actions}, err
}

// StatementLine is one entry with what it is about, for the drill-down of a statement.
type StatementLine struct {
	Entry     fund.Entry
	Code      string // of the inflow or grant
	PartyName string // donor or recipient; "" when anonymous
	Words     string // purpose or title
	Receipt   string
	PledgeID  ident.PledgeID
}

// StatementView is the public account of a fund with its lines.
type StatementView struct {
	Fund      fund.Fund
	Statement fund.Statement
	Lines     []StatementLine
}

// Statement adds up a fund over a period, both days included, and lists its lines. Faults:
// fund.period_invalid.
func (s *Service) Statement(ctx context.Context, a access.Actor, id ident.FundID, from, to calendar.Date) (StatementView, error) {
	return app.Look(ctx, s.app, a, access.Public, func(ctx context.Context, u *app.Unit) (StatementView, error) {
		if to.IsZero() {
			to = calendar.DateOf(u.Now)
		}
		if from.IsZero() {
			from = calendar.Date{Year: to.Year, Month: time.January, Day: 1}
		}
		if to.Before(from) {
			return StatementView{}, fault.Invalid("fund.period_invalid", "the period ends before it begins").At("to", "order", "choose a later day")
		}
		f, err := u.Funds.Fund(ctx, id)
		if err != nil {
			return StatementView{}, err
		}
		entries, err := u.Funds.Entries(ctx, id)
		if err != nil {
			return StatementView{}, err
		}
		st, err := fund.StatementOf(entries, from, to)
		if err != nil {
			return StatementView{}, err
		}
		v := StatementView{Fund: *f, Statement: st}
		for _, e := range entries {
			if e.On.Before(from) || e.On.After(to) {
				continue
			}
			l, err := lineOf(ctx, u, e)
			if err != nil {
				return StatementView{}, err
			}
			v.Lines = append(v.Lines, l)
		}
		return v, nil
	})
}

func lineOf(ctx context.Context, u *app.Unit, e fund.Entry) (StatementLine, error) {
	l := StatementLine{Entry: e}
	if e.SourceKind == "grant" {
		g, err := u.Funds.Grant(ctx, ident.GrantID(e.SourceID))
		if err != nil {
			return l, err
		}
		to, err := u.People.Party(ctx, g.RecipientID)
		if err != nil {
			return l, err
		}
		l.Code, l.PartyName, l.Words = g.Code, to.Name, g.Title
		return l, nil
	}
	d, err := u.Funds.Donation(ctx, ident.DonationID(e.SourceID))
	if err != nil {
		return l, err
	}
	l.Code, l.PartyName, l.Words, l.Receipt, l.PledgeID = d.Code, d.PublicName(), d.Purpose, d.ReceiptNumber, d.PledgeID
	if d.DonorPersonID != "" {
		l.PartyName = party.MaskName(l.PartyName)
	}
	return l, nil
}
