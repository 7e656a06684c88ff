package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"linli/backend/app/funds"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
)

type pledgeDueView struct {
	Number      int    `json:"number"`
	Period      string `json:"period"`
	DueOn       string `json:"dueOn"`
	Declared    bool   `json:"declared" doc:"The amount is known."`
	TurnoverFen int64  `json:"turnoverFen"`
	AmountFen   int64  `json:"amountFen"`
	PaidFen     int64  `json:"paidFen"`
}

type pledgeView struct {
	ID          string           `json:"id"`
	Code        string           `json:"code"`
	FundID      string           `json:"fundId"`
	FundName    string           `json:"fundName"`
	DonorID     string           `json:"donorId"`
	DonorName   string           `json:"donorName"`
	ProjectID   string           `json:"projectId,omitempty"`
	ProjectCode string           `json:"projectCode,omitempty"`
	Origin      string           `json:"origin" enum:"charter,venue,free_will"`
	Basis       string           `json:"basis" enum:"amount,turnover"`
	AmountFen   int64            `json:"amountFen"`
	RateBP      int64            `json:"rateBp" doc:"Share of turnover in 1/10000."`
	Restricted  bool             `json:"restricted"`
	Purpose     string           `json:"purpose"`
	Status      string           `json:"status"`
	OfferedAt   time.Time        `json:"offeredAt"`
	PromisedFen int64            `json:"promisedFen"`
	PaidFen     int64            `json:"paidFen"`
	Hidden      bool             `json:"hidden" doc:"Not public yet: not accepted, or its project's award is not known."`
	Overdue     bool             `json:"overdue"`
	Dues        []pledgeDueView  `json:"dues"`
	Version     int64            `json:"version"`
	Actions     []fundActionView `json:"actions"`
}

func toPledgeView(v funds.PledgeView) pledgeView {
	p := v.Pledge
	promised, paid := p.Totals()
	out := pledgeView{
		ID: string(p.ID), Code: p.Code, FundID: string(p.FundID), FundName: v.FundName, DonorID: string(p.DonorID), DonorName: v.DonorName,
		ProjectID: string(p.ProjectID), ProjectCode: v.ProjectCode, Origin: p.Origin, Basis: p.Basis, AmountFen: int64(p.AmountFen),
		RateBP: p.RateBP, Restricted: p.Restricted, Purpose: p.Purpose, Status: p.Status, OfferedAt: p.OfferedAt,
		PromisedFen: int64(promised), PaidFen: int64(paid), Hidden: v.Hidden, Overdue: v.Overdue, Dues: []pledgeDueView{},
		Version: p.Version, Actions: toFundActions(v.Actions),
	}
	for _, d := range p.Dues {
		out.Dues = append(out.Dues, pledgeDueView{d.Number, d.Period, d.DueOn.String(), d.Declared, int64(d.TurnoverFen), int64(d.AmountFen), int64(d.PaidFen)})
	}
	return out
}

type pledgeOut struct {
	ETag string `header:"ETag"`
	Body pledgeView
}

type pledgeListOut struct {
	Body struct {
		Items      []pledgeView `json:"items"`
		NextCursor string       `json:"nextCursor,omitempty"`
	}
}

type pledgeListIn struct {
	PageQuery
	FundID    string `query:"fundId" maxLength:"36"`
	DonorID   string `query:"donorId" maxLength:"36"`
	ProjectID string `query:"projectId" maxLength:"36"`
}

type pledgeOfferIn struct {
	WriteHeader
	ID   string `path:"id" maxLength:"36" doc:"The fund."`
	Body struct {
		ProjectID  string `json:"projectId,omitempty" maxLength:"36" doc:"The project it concerns; the pledge stays hidden until that award is known."`
		Origin     string `json:"origin" enum:"charter,venue,free_will"`
		Basis      string `json:"basis" enum:"amount,turnover"`
		AmountFen  int64  `json:"amountFen,omitempty" minimum:"0" maximum:"9007199254740991"`
		RateBP     int64  `json:"rateBp,omitempty" minimum:"0" maximum:"10000"`
		Restricted bool   `json:"restricted,omitempty"`
		Purpose    string `json:"purpose,omitempty" maxLength:"2000"`
		Dues       []struct {
			Period    string `json:"period,omitempty" maxLength:"60"`
			DueOn     string `json:"dueOn" maxLength:"10" example:"2026-12-31"`
			AmountFen int64  `json:"amountFen,omitempty" minimum:"0" maximum:"9007199254740991"`
		} `json:"dues" maxItems:"24"`
	}
}

type pledgeDeclareIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Number      int   `json:"number" minimum:"1" maximum:"24"`
		TurnoverFen int64 `json:"turnoverFen" minimum:"0" maximum:"9007199254740991"`
	}
}

func registerPledges(s *Server, svc *funds.Service) {
	a := fundsAPI{s, svc}
	register(s, Op{
		Method: http.MethodGet, Path: "/pledges", ID: "listPledges", Permission: access.Public, Tag: fundTag,
		Summary: "Free pledges the reader may see: accepted ones, and those of his own",
	}, a.listPledges)
	register(s, Op{
		Method: http.MethodGet, Path: "/pledges/{id}", ID: "getPledge", Permission: access.Public, Tag: fundTag,
		Summary: "One pledge with its instalments", Faults: []string{"record.not_found"},
	}, a.getPledge)
	register(s, Op{
		Method: http.MethodPost, Path: "/funds/{id}/pledges", ID: "offerPledge", Permission: access.PledgeOffer, Tag: fundTag, Status: http.StatusCreated,
		Summary:     "Offer a free pledge to a fund",
		Description: "A pledge is never part of a tender: it is no condition, no score and no clause, and committees do not see it.",
		Faults:      []string{"pledge.incomplete", "fund.not_active", "record.not_found", "calendar.date_malformed"},
	}, a.offer)
	register(s, Op{
		Method: http.MethodPost, Path: "/pledges/{id}/declare", ID: "declareTurnover", Permission: access.PledgeOffer, Tag: fundTag,
		Summary: "Declare the turnover of a period; the instalment follows from it",
		Faults:  []string{"pledge.not_accepted", "pledge.due_unknown", "pledge.not_by_turnover", "pledge.already_paid", "record.stale"},
	}, a.declare)
	for _, x := range []struct {
		action string
		perm   access.Permission
	}{{"accept", access.FundManage}, {"decline", access.FundManage}, {"withdraw", access.PledgeOffer}, {"cancel", access.FundApprove}} {
		register(s, Op{
			Method: http.MethodPost, Path: "/pledges/{id}/" + x.action, ID: x.action + "Pledge", Permission: x.perm, Tag: fundTag,
			Summary: "Pledge: " + x.action, Faults: []string{"pledge.transition_refused", "pledge.reason_required", "record.stale"},
		}, a.changePledge(x.action))
	}
}

func (a fundsAPI) listPledges(ctx context.Context, in *pledgeListIn) (*pledgeListOut, error) {
	page, err := a.svc.Pledges(ctx, actorOf(ctx), fund.Query{
		FundID: ident.FundID(in.FundID), PartyID: ident.PartyID(in.DonorID), ProjectID: ident.ProjectID(in.ProjectID), After: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &pledgeListOut{}
	out.Body.Items, out.Body.NextCursor = []pledgeView{}, page.Next
	for _, v := range page.Items {
		out.Body.Items = append(out.Body.Items, toPledgeView(v))
	}
	return out, nil
}

func (a fundsAPI) getPledge(ctx context.Context, in *fundIDIn) (*pledgeOut, error) {
	return a.showPledge(ctx, ident.PledgeID(in.ID))
}

func (a fundsAPI) showPledge(ctx context.Context, id ident.PledgeID) (*pledgeOut, error) {
	v, err := a.svc.GetPledge(ctx, actorOf(ctx), id)
	if err != nil {
		return nil, err
	}
	return &pledgeOut{ETag: etag(v.Pledge.Version), Body: toPledgeView(v)}, nil
}

func (a fundsAPI) offer(ctx context.Context, in *pledgeOfferIn) (*pledgeOut, error) {
	b := in.Body
	o := fund.Offer{
		FundID: ident.FundID(in.ID), ProjectID: ident.ProjectID(b.ProjectID), Origin: b.Origin, Basis: b.Basis,
		AmountFen: fundFen(b.AmountFen), RateBP: b.RateBP, Restricted: b.Restricted, Purpose: b.Purpose,
	}
	for i, d := range b.Dues {
		on, err := calendar.ParseDate(d.DueOn)
		if err != nil {
			f, _ := fault.As(err)
			return nil, f.At("dues["+strconv.Itoa(i)+"].dueOn", "malformed", "a day such as 2026-12-31")
		}
		o.Dues = append(o.Dues, fund.Due{Period: d.Period, DueOn: on, AmountFen: fundFen(d.AmountFen)})
	}
	p, err := a.svc.Offer(ctx, funds.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, o)
	if err != nil {
		return nil, err
	}
	return a.showPledge(ctx, p.ID)
}

func (a fundsAPI) declare(ctx context.Context, in *pledgeDeclareIn) (*pledgeOut, error) {
	version, err := in.Version()
	if err != nil {
		return nil, err
	}
	w := funds.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey, Version: version}
	p, err := a.svc.DeclareTurnover(ctx, w, ident.PledgeID(in.ID), in.Body.Number, fundFen(in.Body.TurnoverFen))
	if err != nil {
		return nil, err
	}
	return a.showPledge(ctx, p.ID)
}

func (a fundsAPI) changePledge(action string) func(context.Context, *fundChangeIn) (*pledgeOut, error) {
	return func(ctx context.Context, in *fundChangeIn) (*pledgeOut, error) {
		w, err := in.write(ctx)
		if err != nil {
			return nil, err
		}
		p, err := a.svc.ChangePledge(ctx, w, funds.Change{ID: in.ID, Action: action, Reason: in.Body.Reason})
		if err != nil {
			return nil, err
		}
		return a.showPledge(ctx, p.ID)
	}
}
