package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/funds"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

const fundTag = "funds"

type fundActionView struct {
	Action    string `json:"action"`
	Permitted bool   `json:"permitted"`
	Code      string `json:"code,omitempty" doc:"Fault code that says why not."`
	Reason    bool   `json:"reason" doc:"The action wants a public reason."`
}

func toFundActions(all []funds.Action) []fundActionView {
	out := []fundActionView{}
	for _, a := range all {
		out = append(out, fundActionView(a))
	}
	return out
}

type fundView struct {
	ID              string           `json:"id"`
	Code            string           `json:"code" example:"JJ-2026-000001"`
	Name            string           `json:"name"`
	NameEN          string           `json:"nameEn"`
	Purpose         string           `json:"purpose"`
	PlaceID         string           `json:"placeId"`
	PlaceName       string           `json:"placeName"`
	KeeperID        string           `json:"keeperId"`
	KeeperName      string           `json:"keeperName"`
	Status          string           `json:"status" enum:"established,active,frozen,dissolved"`
	EstablishedAt   time.Time        `json:"establishedAt"`
	HeldFen         int64            `json:"heldFen" maximum:"9007199254740991"`
	RestrictedFen   int64            `json:"restrictedFen"`
	UnrestrictedFen int64            `json:"unrestrictedFen"`
	PledgedFen      int64            `json:"pledgedFen" doc:"Promised and known, of pledges that are public."`
	PledgesPaidFen  int64            `json:"pledgesPaidFen"`
	Insider         bool             `json:"insider" doc:"The reader also sees what is not public."`
	Version         int64            `json:"version"`
	Actions         []fundActionView `json:"actions"`
	Card            *fundCardView    `json:"card,omitempty" doc:"Whether donations by card are possible; on one fund only."`
}

func toFundView(v funds.FundView) fundView {
	f := v.Fund
	return fundView{
		ID: string(f.ID), Code: f.Code, Name: f.Name, NameEN: f.NameEN, Purpose: f.Purpose, PlaceID: string(f.PlaceID),
		PlaceName: v.PlaceName, KeeperID: string(f.PartyID), KeeperName: v.KeeperName, Status: f.Status, EstablishedAt: f.EstablishedAt,
		HeldFen: int64(v.RestrictedFen + v.UnrestrictedFen), RestrictedFen: int64(v.RestrictedFen), UnrestrictedFen: int64(v.UnrestrictedFen),
		PledgedFen: int64(v.PledgedFen), PledgesPaidFen: int64(v.PaidPledgesFen), Insider: v.Insider, Version: f.Version,
		Actions: toFundActions(v.Actions),
	}
}

type fundCardView struct {
	On   bool   `json:"on"`
	Code string `json:"code,omitempty" doc:"Fault code that says why cards are off." example:"card.off_by_rule"`
}

type fundOut struct {
	ETag string `header:"ETag"`
	Body fundView
}

type fundListIn struct {
	PageQuery
	PlacePath string `query:"placePath" maxLength:"400" doc:"Funds of places inside this path."`
	KeeperID  string `query:"keeperId" maxLength:"36"`
}

type fundListOut struct {
	Body struct {
		Items      []fundView `json:"items"`
		NextCursor string     `json:"nextCursor,omitempty"`
	}
}

type fundEstablishIn struct {
	WriteHeader
	Body struct {
		Name    string `json:"name" maxLength:"200"`
		NameEN  string `json:"nameEn" maxLength:"200"`
		Purpose string `json:"purpose" maxLength:"2000"`
		PlaceID string `json:"placeId" maxLength:"36"`
	}
}

type fundIDIn struct {
	ID string `path:"id" maxLength:"36"`
}

type fundChangeIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500" doc:"Public; required where the lifecycle says so."`
	}
}

func (in fundChangeIn) write(ctx context.Context) (funds.Write, error) {
	version, err := in.Version()
	return funds.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey, Version: version}, err
}

// fundsAPI holds what the operations of funds share.
type fundsAPI struct {
	s   *Server
	svc *funds.Service
}

func registerFunds(s *Server, svc *funds.Service) {
	a := fundsAPI{s, svc}
	register(s, Op{
		Method: http.MethodGet, Path: "/funds", ID: "listFunds", Permission: access.Public, Tag: fundTag,
		Summary: "Community funds with what they hold",
	}, a.list)
	register(s, Op{
		Method: http.MethodGet, Path: "/funds/{id}", ID: "getFund", Permission: access.Public, Tag: fundTag,
		Summary: "One community fund", Faults: []string{"record.not_found"},
	}, a.get)
	register(s, Op{
		Method: http.MethodPost, Path: "/funds", ID: "establishFund", Permission: access.FundManage, Tag: fundTag, Status: http.StatusCreated,
		Summary: "Establish the named fund of a community; a second person activates it",
		Faults:  []string{"fund.incomplete", "fund.keeper_not_foundation", "fund.place_not_community", "fund.exists"},
	}, a.establish)
	for _, action := range fund.Machine.Verbs() {
		register(s, Op{
			Method: http.MethodPost, Path: "/funds/{id}/" + action, ID: action + "Fund", Permission: access.FundApprove, Tag: fundTag,
			Summary: "Fund: " + action, Faults: []string{"fund.transition_refused", "fund.reason_required", "fund.two_persons", "fund.not_empty", "record.stale"},
		}, a.change(action))
	}
	register(s, Op{
		Method: http.MethodGet, Path: "/funds/{id}/statement", ID: "getFundStatement", Permission: access.Public, Tag: fundTag,
		Summary: "The public account of a fund over a period, with every line", Faults: []string{"record.not_found", "fund.period_invalid"},
	}, a.statement)
	registerPledges(s, svc)
	registerInflows(s, svc)
	registerGrants(s, svc)
	s.mountCardWebhook(svc)
}

func (a fundsAPI) list(ctx context.Context, in *fundListIn) (*fundListOut, error) {
	page, err := a.svc.List(ctx, actorOf(ctx), fund.FundQuery{
		PartyID: ident.PartyID(in.KeeperID), PlacePath: in.PlacePath, After: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &fundListOut{}
	out.Body.Items, out.Body.NextCursor = []fundView{}, page.Next
	for _, v := range page.Items {
		out.Body.Items = append(out.Body.Items, toFundView(v))
	}
	return out, nil
}

func (a fundsAPI) get(ctx context.Context, in *fundIDIn) (*fundOut, error) {
	return a.show(ctx, ident.FundID(in.ID))
}

func (a fundsAPI) show(ctx context.Context, id ident.FundID) (*fundOut, error) {
	v, err := a.svc.Get(ctx, actorOf(ctx), id)
	if err != nil {
		return nil, err
	}
	card, err := a.svc.CardState(ctx)
	if err != nil {
		return nil, err
	}
	out := &fundOut{ETag: etag(v.Fund.Version), Body: toFundView(v)}
	out.Body.Card = &fundCardView{On: card.On, Code: card.Code}
	return out, nil
}

func (a fundsAPI) establish(ctx context.Context, in *fundEstablishIn) (*fundOut, error) {
	f, err := a.svc.Establish(ctx, funds.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, fund.Draft{
		Name: in.Body.Name, NameEN: in.Body.NameEN, Purpose: in.Body.Purpose, PlaceID: ident.PlaceID(in.Body.PlaceID),
	})
	if err != nil {
		return nil, err
	}
	return a.show(ctx, f.ID)
}

func (a fundsAPI) change(action string) func(context.Context, *fundChangeIn) (*fundOut, error) {
	return func(ctx context.Context, in *fundChangeIn) (*fundOut, error) {
		w, err := in.write(ctx)
		if err != nil {
			return nil, err
		}
		f, err := a.svc.ChangeFund(ctx, w, funds.Change{ID: in.ID, Action: action, Reason: in.Body.Reason})
		if err != nil {
			return nil, err
		}
		return a.show(ctx, f.ID)
	}
}

type fundStatementIn struct {
	ID   string `path:"id" maxLength:"36"`
	From string `query:"from" maxLength:"10" doc:"First day; empty: 1 January of the last day's year." example:"2026-01-01"`
	To   string `query:"to" maxLength:"10" doc:"Last day; empty: today."`
}

type fundPotView struct {
	OpeningFen int64 `json:"openingFen"`
	InFen      int64 `json:"inFen"`
	OutFen     int64 `json:"outFen"`
	ClosingFen int64 `json:"closingFen"`
}

type fundSumView struct {
	Kind      string `json:"kind"`
	Count     int    `json:"count"`
	AmountFen int64  `json:"amountFen"`
}

type fundLineView struct {
	ID         string `json:"id"`
	On         string `json:"on"`
	Kind       string `json:"kind"`
	AmountFen  int64  `json:"amountFen" doc:"Positive in, negative out."`
	Restricted bool   `json:"restricted"`
	Code       string `json:"code"`
	PartyName  string `json:"partyName" doc:"Donor or recipient; empty when anonymous."`
	Words      string `json:"words"`
	Receipt    string `json:"receipt,omitempty" doc:"Number of the donation receipt."`
	SourceKind string `json:"sourceKind"`
	SourceID   string `json:"sourceId"`
	PledgeID   string `json:"pledgeId,omitempty"`
	ProjectID  string `json:"projectId,omitempty"`
	JournalID  string `json:"journalId"`
}

type fundStatementOut struct {
	Body struct {
		FundID       string         `json:"fundId"`
		FundName     string         `json:"fundName"`
		From         string         `json:"from"`
		To           string         `json:"to"`
		Whole        fundPotView    `json:"whole"`
		Restricted   fundPotView    `json:"restricted"`
		Unrestricted fundPotView    `json:"unrestricted"`
		Inflows      []fundSumView  `json:"inflows"`
		Outflows     []fundSumView  `json:"outflows"`
		Lines        []fundLineView `json:"lines"`
	}
}

func (a fundsAPI) statement(ctx context.Context, in *fundStatementIn) (*fundStatementOut, error) {
	from, err := calendar.ParseDate(in.From)
	if err != nil {
		return nil, err
	}
	to, err := calendar.ParseDate(in.To)
	if err != nil {
		return nil, err
	}
	v, err := a.svc.Statement(ctx, actorOf(ctx), ident.FundID(in.ID), from, to)
	if err != nil {
		return nil, err
	}
	out := &fundStatementOut{}
	b, st := &out.Body, v.Statement
	b.FundID, b.FundName, b.From, b.To = string(v.Fund.ID), v.Fund.Name, st.From.String(), st.To.String()
	b.Whole, b.Restricted, b.Unrestricted = toFundPot(st.Whole), toFundPot(st.Restricted), toFundPot(st.Unrestricted)
	b.Inflows, b.Outflows = toFundSums(st.Inflows), toFundSums(st.Outflows)
	b.Lines = []fundLineView{}
	for _, l := range v.Lines {
		e := l.Entry
		b.Lines = append(b.Lines, fundLineView{
			ID: string(e.ID), On: e.On.String(), Kind: e.Kind, AmountFen: int64(e.AmountFen), Restricted: e.Restricted, Code: l.Code,
			PartyName: l.PartyName, Words: l.Words, Receipt: l.Receipt, SourceKind: e.SourceKind, SourceID: e.SourceID,
			PledgeID: string(l.PledgeID), ProjectID: string(e.ProjectID), JournalID: string(e.JournalID),
		})
	}
	return out, nil
}

func toFundPot(p fund.Pot) fundPotView {
	return fundPotView{int64(p.OpeningFen), int64(p.InFen), int64(p.OutFen), int64(p.ClosingFen)}
}

func toFundSums(all []fund.Line) []fundSumView {
	out := []fundSumView{}
	for _, l := range all {
		out = append(out, fundSumView{l.Kind, l.Count, int64(l.AmountFen)})
	}
	return out
}

func fundFen(v int64) money.Fen { return money.Fen(v) }
