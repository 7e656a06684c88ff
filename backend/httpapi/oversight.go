package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/oversight"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
)

const oversightTag = "oversight"

// oversightAPI holds what the operations of oversight share.
type oversightAPI struct{ svc *oversight.Service }

func registerOversight(s *Server, svc *oversight.Service) {
	a := oversightAPI{svc}
	register(s, Op{
		Method: http.MethodGet, Path: "/threads/{code}", ID: "getThread", Permission: access.Public, Tag: oversightTag,
		Summary: "The thread of a need: from the voices to the fund, as far as it is public", Faults: []string{"record.not_found"},
	}, a.thread)
	register(s, Op{
		Method: http.MethodGet, Path: "/threads/{code}/proof", ID: "getThreadProof", Permission: access.Public, Tag: oversightTag,
		Summary: "The hashes of a thread's records, to keep and compare later", Faults: []string{"record.not_found"},
	}, a.proof)
	register(s, Op{
		Method: http.MethodGet, Path: "/figures", ID: "getFigures", Permission: access.Public, Tag: oversightTag,
		Summary: "Public numbers of a place with numerator and denominator", Faults: []string{"record.not_found"},
	}, a.figures)
	register(s, Op{
		Method: http.MethodGet, Path: "/audit/records", ID: "searchAudit", Permission: access.SignedIn, Tag: oversightTag,
		Summary: "Search the audit record: all of it for auditors, one's own for others", Faults: []string{"access.forbidden"},
	}, a.search)
	register(s, Op{
		Method: http.MethodGet, Path: "/audit/records/{seq}", ID: "getAuditRecord", Permission: access.SignedIn, Tag: oversightTag,
		Summary: "One audit record with the check of its hash, its link and the state it tells", Faults: []string{"record.not_found"},
	}, a.inspect)
	register(s, Op{
		Method: http.MethodGet, Path: "/audit/export", ID: "exportAudit", Permission: access.AuditExport, Tag: oversightTag,
		Summary: "What a search selects as a CSV or XLSX file", Faults: []string{"audit.export_too_large"},
	}, a.export)
	register(s, Op{
		Method: http.MethodGet, Path: "/audit/verification", ID: "verifyAudit", Permission: access.AuditRead, Tag: oversightTag,
		Summary: "Re-walk the record, compare every object with it and check the rules between tables",
	}, a.verify)
}

type threadIn struct {
	Code string `path:"code" maxLength:"20" example:"XQ-2026-000001"`
}

type threadView struct {
	Need         threadNeedView      `json:"need"`
	Stations     []threadStationView `json:"stations"`
	Quotes       []threadQuoteView   `json:"quotes"`
	Assisted     int                 `json:"assisted" doc:"Voices posted with a community worker's help."`
	Deliberation *threadVoteView     `json:"deliberation,omitempty"`
	Projects     []threadProjectView `json:"projects"`
	Grants       []threadGrantView   `json:"grants"`
	Money        threadMoneyView     `json:"money"`
	Proof        threadProofView     `json:"proof"`
	Remedy       struct {
		Kind   string `json:"kind" enum:"need,tender,award,delivery,closed"`
		Tender string `json:"tender,omitempty"`
		Until  string `json:"until,omitempty"`
	} `json:"remedy"`
	AsOf time.Time `json:"asOf"`
}

type threadOut struct{ Body threadView }

func (a oversightAPI) thread(ctx context.Context, in *threadIn) (*threadOut, error) {
	t, err := a.svc.Thread(ctx, actorOf(ctx), in.Code)
	if err != nil {
		return nil, err
	}
	return &threadOut{Body: toThreadView(t)}, nil
}

func toThreadView(t oversight.Thread) threadView {
	n := t.Need
	v := threadView{
		Need: threadNeedView{
			ID: string(n.ID), Code: n.Code, Title: n.Title, Summary: n.Summary, Category: n.Category, Stage: n.Stage, Outcome: n.Outcome,
			Reason: n.Reason, Route: n.Route, Body: n.Body, Places: []threadPlaceView{}, Households: n.Households, Voices: n.Voices,
			Followers: n.Followers, Merged: n.Merged, Beneficiaries: n.Beneficiaries, EstimateFen: int64(n.EstimateFen),
			OpenedAt: n.OpenedAt, ClosedAt: n.ClosedAt, MergedInto: n.MergedInto,
		},
		Stations: toStationViews(t.Stations, t.AsOf), Quotes: []threadQuoteView{}, Assisted: t.Voices.Assisted,
		Deliberation: toVoteView(t.Deliberation, t.PublicUntil), Projects: []threadProjectView{}, Grants: []threadGrantView{},
		Money: toThreadMoney(t.Money), AsOf: t.AsOf,
		Proof: threadProofView{t.Proof.Records, t.Proof.Documents, t.Proof.Fingerprint, t.Proof.Head, t.Proof.HeadSeq},
	}
	for _, p := range n.Places {
		v.Need.Places = append(v.Need.Places, threadPlaceView{string(p.ID), p.Name})
	}
	for _, q := range t.Voices.Quotes {
		v.Quotes = append(v.Quotes, threadQuoteView(q))
	}
	for _, p := range t.Projects {
		v.Projects = append(v.Projects, toThreadProject(p))
	}
	for _, g := range t.Grants {
		v.Grants = append(v.Grants, threadGrantView{string(g.FundID), g.Fund, g.Code, g.Title, g.Recipient, int64(g.AmountFen), g.Status})
	}
	v.Remedy.Kind, v.Remedy.Tender, v.Remedy.Until = t.Remedy.Kind, t.Remedy.Tender, threadDay(t.Remedy.Until)
	return v
}

type proofLeafView struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

func (a oversightAPI) proof(ctx context.Context, in *threadIn) (*threadProofOut, error) {
	t, err := a.svc.Thread(ctx, actorOf(ctx), in.Code)
	if err != nil {
		return nil, err
	}
	out := &threadProofOut{}
	b := &out.Body
	b.Code, b.AsOf, b.Fingerprint, b.Head, b.HeadSeq = in.Code, t.AsOf, t.Proof.Fingerprint, t.Proof.Head, t.Proof.HeadSeq
	b.Method = "RFC 6962 Merkle tree over the leaf hashes below, in this order; each leaf hash is SHA-256(0x00 || text of the record)"
	b.Leaves = []proofLeafView{}
	for _, l := range t.Proof.Leaves {
		b.Leaves = append(b.Leaves, proofLeafView(l))
	}
	return out, nil
}

type threadProofOut struct {
	Body struct {
		Code        string          `json:"code"`
		AsOf        time.Time       `json:"asOf"`
		Method      string          `json:"method"`
		Fingerprint string          `json:"fingerprint"`
		Head        string          `json:"head"`
		HeadSeq     int64           `json:"headSeq"`
		Leaves      []proofLeafView `json:"leaves"`
	}
}

type figuresIn struct {
	PlaceID string `query:"placeId" maxLength:"36" doc:"Empty: the whole city."`
}

type figureView struct {
	Key         string  `json:"key"`
	Unit        string  `json:"unit" enum:"count,days,share,mean"`
	Value       float64 `json:"value"`
	Known       bool    `json:"known" doc:"False: nothing to divide by yet."`
	Numerator   int64   `json:"numerator"`
	Denominator int64   `json:"denominator" doc:"For medians: the size of the sample."`
	Low         float64 `json:"low" doc:"95 % interval of a share of answers."`
	High        float64 `json:"high"`
}

type figureCountView struct {
	ID     string `json:"id" doc:"Category code or place id."`
	Name   string `json:"name" doc:"Empty for categories: the web app has the words."`
	Open   int    `json:"open"`
	Closed int    `json:"closed"`
}

type figuresOut struct {
	Body struct {
		PlaceID    string            `json:"placeId"`
		PlaceName  string            `json:"placeName"`
		AsOf       time.Time         `json:"asOf"`
		Version    string            `json:"version" doc:"Of the formulas."`
		Items      []figureView      `json:"items"`
		Categories []figureCountView `json:"categories"`
		Places     []figureCountView `json:"places"`
	}
}

func (a oversightAPI) figures(ctx context.Context, in *figuresIn) (*figuresOut, error) {
	f, err := a.svc.Figures(ctx, ident.PlaceID(in.PlaceID))
	if err != nil {
		return nil, err
	}
	out := &figuresOut{}
	b := &out.Body
	b.PlaceID, b.PlaceName, b.AsOf, b.Version = string(f.Place.ID), f.Place.Name, f.AsOf, f.Version
	b.Items, b.Categories, b.Places = []figureView{}, []figureCountView{}, []figureCountView{}
	for _, x := range f.Items {
		b.Items = append(b.Items, figureView(x))
	}
	for _, c := range f.Categories {
		b.Categories = append(b.Categories, figureCountView{ID: c.Category, Open: c.Open, Closed: c.Closed})
	}
	for _, p := range f.Places {
		b.Places = append(b.Places, figureCountView{ID: string(p.ID), Name: p.Name, Open: p.Open, Closed: p.Closed})
	}
	return out, nil
}
