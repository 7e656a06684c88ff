package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/funds"
	"linli/backend/domain/access"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
)

type grantView struct {
	ID             string           `json:"id"`
	Code           string           `json:"code"`
	FundID         string           `json:"fundId"`
	FundName       string           `json:"fundName"`
	RecipientID    string           `json:"recipientId"`
	RecipientName  string           `json:"recipientName"`
	NeedID         string           `json:"needId,omitempty"`
	ProjectID      string           `json:"projectId,omitempty"`
	Title          string           `json:"title"`
	Purpose        string           `json:"purpose"`
	AmountFen      int64            `json:"amountFen"`
	Restricted     bool             `json:"restricted"`
	Related        bool             `json:"related" doc:"Recipient and fund are related parties."`
	Relation       string           `json:"relation"`
	Status         string           `json:"status"`
	ProposedAt     time.Time        `json:"proposedAt"`
	ReviewedAt     *time.Time       `json:"reviewedAt,omitempty"`
	PublicisedAt   *time.Time       `json:"publicisedAt,omitempty"`
	ObjectionUntil string           `json:"objectionUntil"`
	GrantedAt      *time.Time       `json:"grantedAt,omitempty"`
	Report         string           `json:"report"`
	SpentFen       int64            `json:"spentFen"`
	ReturnedFen    int64            `json:"returnedFen"`
	ReportedAt     *time.Time       `json:"reportedAt,omitempty"`
	ClosedAt       *time.Time       `json:"closedAt,omitempty"`
	Version        int64            `json:"version"`
	Actions        []fundActionView `json:"actions"`
}

func toGrantView(v funds.GrantView) grantView {
	g := v.Grant
	return grantView{
		ID: string(g.ID), Code: g.Code, FundID: string(g.FundID), FundName: v.FundName, RecipientID: string(g.RecipientID),
		RecipientName: v.RecipientName, NeedID: string(g.NeedID), ProjectID: string(g.ProjectID), Title: g.Title, Purpose: g.Purpose,
		AmountFen: int64(g.AmountFen), Restricted: g.Restricted, Related: g.Related, Relation: g.Relation, Status: g.Status,
		ProposedAt: g.ProposedAt, ReviewedAt: g.ReviewedAt, PublicisedAt: g.PublicisedAt, ObjectionUntil: g.ObjectionUntil.String(),
		GrantedAt: g.GrantedAt, Report: g.Report, SpentFen: int64(g.SpentFen), ReturnedFen: int64(g.ReturnedFen),
		ReportedAt: g.ReportedAt, ClosedAt: g.ClosedAt, Version: g.Version, Actions: toFundActions(v.Actions),
	}
}

type grantOut struct {
	ETag string `header:"ETag"`
	Body grantView
}

type grantListIn struct {
	PageQuery
	FundID      string `query:"fundId" maxLength:"36"`
	RecipientID string `query:"recipientId" maxLength:"36"`
}

type grantListOut struct {
	Body struct {
		Items      []grantView `json:"items"`
		NextCursor string      `json:"nextCursor,omitempty"`
	}
}

type proposeGrantIn struct {
	WriteHeader
	ID   string `path:"id" maxLength:"36" doc:"The fund."`
	Body struct {
		RecipientID string `json:"recipientId" maxLength:"36"`
		NeedID      string `json:"needId,omitempty" maxLength:"36"`
		ProjectID   string `json:"projectId,omitempty" maxLength:"36"`
		Title       string `json:"title" maxLength:"200"`
		Purpose     string `json:"purpose" maxLength:"2000"`
		AmountFen   int64  `json:"amountFen" minimum:"1" maximum:"9007199254740991"`
		Restricted  bool   `json:"restricted,omitempty" doc:"Taken from restricted money."`
		Related     bool   `json:"related,omitempty"`
		Relation    string `json:"relation,omitempty" maxLength:"2000"`
	}
}

type grantStepIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason        string `json:"reason,omitempty" maxLength:"500"`
		BankReference string `json:"bankReference,omitempty" maxLength:"200" doc:"For grant: the bank's number of the line."`
		Report        string `json:"report,omitempty" maxLength:"4000" doc:"For report."`
		SpentFen      int64  `json:"spentFen,omitempty" minimum:"0" maximum:"9007199254740991" doc:"For report."`
		ReturnedFen   int64  `json:"returnedFen,omitempty" minimum:"0" maximum:"9007199254740991" doc:"For report."`
	}
}

func registerGrants(s *Server, svc *funds.Service) {
	a := fundsAPI{s, svc}
	register(s, Op{
		Method: http.MethodGet, Path: "/grants", ID: "listGrants", Permission: access.Public, Tag: fundTag,
		Summary: "Grants the reader may see: from their publicity on, and those of his own",
	}, a.listGrants)
	register(s, Op{
		Method: http.MethodGet, Path: "/grants/{id}", ID: "getGrant", Permission: access.Public, Tag: fundTag,
		Summary: "One grant", Faults: []string{"record.not_found"},
	}, a.getGrant)
	register(s, Op{
		Method: http.MethodPost, Path: "/funds/{id}/grants", ID: "proposeGrant", Permission: access.FundManage, Tag: fundTag, Status: http.StatusCreated,
		Summary: "Propose to give money of a fund; a second person reviews it",
		Faults:  []string{"grant.incomplete", "grant.recipient_is_donor", "fund.not_active", "record.not_found"},
	}, a.propose)
	steps := map[string]access.Permission{}
	for _, r := range fund.GrantMachine.Rows {
		steps[r.Action] = r.Permission
	}
	for _, action := range fund.GrantMachine.Verbs() {
		register(s, Op{
			Method: http.MethodPost, Path: "/grants/{id}/" + action, ID: action + "Grant", Permission: steps[action], Tag: fundTag,
			Summary: "Grant: " + action,
			Faults: []string{"grant.transition_refused", "grant.reason_required", "grant.two_persons", "grant.publicity_running", "grant.fund_short",
				"grant.report_sum", "grant.incomplete", "record.stale"},
		}, a.step(action))
	}
}

func (a fundsAPI) listGrants(ctx context.Context, in *grantListIn) (*grantListOut, error) {
	page, err := a.svc.Grants(ctx, actorOf(ctx), fund.Query{
		FundID: ident.FundID(in.FundID), PartyID: ident.PartyID(in.RecipientID), After: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &grantListOut{}
	out.Body.Items, out.Body.NextCursor = []grantView{}, page.Next
	for _, v := range page.Items {
		out.Body.Items = append(out.Body.Items, toGrantView(v))
	}
	return out, nil
}

func (a fundsAPI) getGrant(ctx context.Context, in *fundIDIn) (*grantOut, error) {
	return a.showGrant(ctx, ident.GrantID(in.ID))
}

func (a fundsAPI) showGrant(ctx context.Context, id ident.GrantID) (*grantOut, error) {
	v, err := a.svc.GetGrant(ctx, actorOf(ctx), id)
	if err != nil {
		return nil, err
	}
	return &grantOut{ETag: etag(v.Grant.Version), Body: toGrantView(v)}, nil
}

func (a fundsAPI) propose(ctx context.Context, in *proposeGrantIn) (*grantOut, error) {
	b := in.Body
	g, err := a.svc.ProposeGrant(ctx, funds.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, fund.Proposal{
		FundID: ident.FundID(in.ID), RecipientID: ident.PartyID(b.RecipientID), NeedID: ident.NeedID(b.NeedID), ProjectID: ident.ProjectID(b.ProjectID),
		Title: b.Title, Purpose: b.Purpose, AmountFen: fundFen(b.AmountFen), Restricted: b.Restricted, Related: b.Related, Relation: b.Relation,
	})
	if err != nil {
		return nil, err
	}
	return a.showGrant(ctx, g.ID)
}

func (a fundsAPI) step(action string) func(context.Context, *grantStepIn) (*grantOut, error) {
	return func(ctx context.Context, in *grantStepIn) (*grantOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		w := funds.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey, Version: version}
		g, err := a.svc.ChangeGrant(ctx, w, funds.GrantStep{
			ID: ident.GrantID(in.ID), Action: action, Reason: in.Body.Reason, BankReference: in.Body.BankReference, Report: in.Body.Report,
			SpentFen: fundFen(in.Body.SpentFen), ReturnedFen: fundFen(in.Body.ReturnedFen),
		})
		if err != nil {
			return nil, err
		}
		return a.showGrant(ctx, g.ID)
	}
}
