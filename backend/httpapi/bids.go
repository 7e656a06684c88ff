package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
)

// maxBidBody holds three envelopes of two megabytes in base64.
const maxBidBody = 9 << 20

// EnvelopeBody is one sealed envelope on its way in.
type EnvelopeBody struct {
	Kind       string `json:"kind" enum:"qualification,technical,price,final"`
	CipherText []byte `json:"cipherText" doc:"The age file, base64."`
	Hash       string `json:"hash" pattern:"^[0-9a-f]{64}$" doc:"SHA-256 of the age file, as the sealing device computed it."`
}

type sealIn struct {
	LotPath
	WriteHeader
	Body struct {
		DocVersion int            `json:"docVersion" minimum:"0" doc:"Version of the documents that were read."`
		Envelopes  []EnvelopeBody `json:"envelopes" minItems:"1" maxItems:"4"`
	}
}

func (in *sealIn) submission(ctx context.Context) procurement.Submission {
	out := procurement.Submission{DocVersion: in.Body.DocVersion, ReceivedAt: receivedAt(ctx)}
	for _, e := range in.Body.Envelopes {
		out.Envelopes = append(out.Envelopes, procurement.Enveloped{Kind: procedure.EnvelopeKind(e.Kind), CipherText: e.CipherText, Hash: e.Hash})
	}
	return out
}

// EnvelopeReceipt is what a bidder keeps of one envelope: the hash can be checked on its device.
type EnvelopeReceipt struct {
	EnvelopeID string    `json:"envelopeId"`
	Kind       string    `json:"kind"`
	Number     int       `json:"number"`
	Hash       string    `json:"hash"`
	Size       int       `json:"size"`
	ReceivedAt time.Time `json:"receivedAt"`
	InForce    bool      `json:"inForce"`
}

// PriceReviewView is the review of an abnormally low or corrected price.
type PriceReviewView struct {
	BidID     string     `json:"bidId"`
	Triggers  []string   `json:"triggers"`
	ProofBy   time.Time  `json:"proofBy"`
	Proof     string     `json:"proof,omitempty"`
	ProvedAt  *time.Time `json:"provedAt,omitempty"`
	Accepted  *bool      `json:"accepted,omitempty"`
	Reason    string     `json:"reason,omitempty"`
	DecidedAt *time.Time `json:"decidedAt,omitempty"`
}

func toReview(r *evaluation.LowPriceReview) *PriceReviewView {
	if r == nil {
		return nil
	}
	return &PriceReviewView{
		BidID: string(r.BidID), Triggers: r.Triggers, ProofBy: r.ProofBy, Proof: r.Proof, ProvedAt: r.ProvedAt, Accepted: r.Accepted, Reason: r.Reason, DecidedAt: r.DecidedAt,
	}
}

// OwnScoreView is the committee's average for one criterion, hundredths of a point.
type OwnScoreView struct {
	Title   string `json:"title"`
	Average int64  `json:"average"`
	Max     int64  `json:"max"`
}

func toOwnScores(in []procurement.OwnScore) []OwnScoreView {
	out := []OwnScoreView{}
	for _, x := range in {
		out = append(out, OwnScoreView{Title: x.Title, Average: int64(x.Average), Max: int64(x.Max)})
	}
	return out
}

// RankingLine is one bid in a ranking; points are hundredths.
type RankingLine struct {
	BidID         string `json:"bidId"`
	Supplier      string `json:"supplier"`
	Rank          int    `json:"rank"`
	Technical     int64  `json:"technical"`
	PriceScore    int64  `json:"priceScore"`
	Total         int64  `json:"total"`
	FirstFen      int64  `json:"firstFen"`
	PriceFen      int64  `json:"priceFen"`
	DeductBp      int    `json:"deductBp"`
	EvaluationFen int64  `json:"evaluationFen"`
	SizeClass     string `json:"sizeClass"`
	TieBreak      string `json:"tieBreak,omitempty"`
	CloserLook    bool   `json:"closerLook"`
}

func toRankingLine(s *evaluation.Standing) *RankingLine {
	if s == nil {
		return nil
	}
	return &RankingLine{
		BidID: string(s.BidID), Supplier: s.Supplier, Rank: s.Rank, Technical: int64(s.Technical), PriceScore: int64(s.PriceScore), Total: int64(s.Total),
		FirstFen: int64(s.FirstPrice), PriceFen: int64(s.Price), DeductBp: s.DeductBp, EvaluationFen: int64(s.Evaluation), SizeClass: s.SizeClass,
		TieBreak: s.TieBreak, CloserLook: s.CloserLook,
	}
}

// LateView is a submission that came after its deadline.
type LateView struct {
	Kind       string    `json:"kind"`
	ReceivedAt time.Time `json:"receivedAt"`
	DeadlineAt time.Time `json:"deadlineAt"`
}

// OwnBidView is a supplier's own bid.
type OwnBidView struct {
	ID              string            `json:"id"`
	LotID           string            `json:"lotId"`
	TenderID        string            `json:"tenderId"`
	TenderCode      string            `json:"tenderCode"`
	Title           string            `json:"title"`
	LotStatus       string            `json:"lotStatus"`
	SupplierID      string            `json:"supplierId"`
	Supplier        string            `json:"supplier"`
	Status          string            `json:"status"`
	Reason          string            `json:"reason,omitempty"`
	Receipts        []EnvelopeReceipt `json:"receipts"`
	NeedsConfirming bool              `json:"needsConfirming"`
	DeadlineAt      *time.Time        `json:"deadlineAt,omitempty"`
	FinalDeadlineAt *time.Time        `json:"finalDeadlineAt,omitempty"`
	FinalAt         *time.Time        `json:"finalAt,omitempty"`
	Review          *PriceReviewView  `json:"review,omitempty"`
	Late            []LateView        `json:"late"`
	Standing        *RankingLine      `json:"standing,omitempty"`
	Scores          []OwnScoreView    `json:"scores"`
	Count           int               `json:"count,omitempty"`
	Winner          string            `json:"winner,omitempty"`
	WonFen          int64             `json:"wonFen,omitempty"`
	WonTotal        int64             `json:"wonTotal,omitempty"`
	Version         int64             `json:"version"`
}

func toReceipts(b *bid.Bid) []EnvelopeReceipt {
	out := []EnvelopeReceipt{}
	for _, e := range b.Envelopes {
		force := b.InForce(e.Kind)
		out = append(out, EnvelopeReceipt{
			EnvelopeID: string(e.ID), Kind: string(e.Kind), Number: e.Number, Hash: e.Hash, Size: e.Size, ReceivedAt: e.ReceivedAt, InForce: force != nil && force.ID == e.ID,
		})
	}
	return out
}

func toOwnBid(o *procurement.OwnBid) OwnBidView {
	b, t, l := o.Bid, o.Tender, o.Lot
	v := OwnBidView{
		ID: string(b.ID), LotID: string(b.LotID), TenderID: string(b.TenderID), TenderCode: t.Code, Title: t.Title, LotStatus: l.Status,
		SupplierID: string(b.SupplierID), Supplier: b.Supplier, Status: b.Status, Reason: b.Reason, Receipts: toReceipts(b),
		NeedsConfirming: b.NeedsConfirming(t.DocVersion), DeadlineAt: t.DeadlineAt, FinalDeadlineAt: l.FinalDeadlineAt, FinalAt: b.FinalAt,
		Review: toReview(o.Review), Late: []LateView{}, Standing: toRankingLine(o.Standing), Scores: toOwnScores(o.Scores), Count: o.Count,
		Winner: o.Winner, WonFen: o.WonFen, WonTotal: int64(o.WonTotal), Version: b.Version,
	}
	for _, r := range o.Refusals {
		v.Late = append(v.Late, LateView{Kind: r.Kind, ReceivedAt: r.ReceivedAt, DeadlineAt: r.DeadlineAt})
	}
	return v
}

// SealedView is the receipt of a submission.
type SealedView struct {
	ID       string            `json:"id"`
	Status   string            `json:"status"`
	Receipts []EnvelopeReceipt `json:"receipts"`
	Version  int64             `json:"version"`
}

type sealedOut struct {
	ETag string `header:"ETag"`
	Body SealedView
}

func toSealed(b *bid.Bid, err error) (*sealedOut, error) {
	if err != nil {
		return nil, err
	}
	return &sealedOut{ETag: etag(b.Version), Body: SealedView{ID: string(b.ID), Status: b.Status, Receipts: toReceipts(b), Version: b.Version}}, nil
}

type ownBidOut struct {
	ETag string `header:"ETag"`
	Body OwnBidView
}

type ownBidsIn struct {
	PageQuery
	LotID string `query:"lotId" maxLength:"36" doc:"Only the bid on this lot."`
}

type ownBidsOut struct {
	Body struct {
		Items      []OwnBidView `json:"items"`
		NextCursor string       `json:"nextCursor"`
	}
}

var sealFaults = []string{"bid.deadline_passed", "bid.not_open", "bid.envelopes", "bid.not_sealed", "bid.hash_differs", "bid.too_large", "bid.transition_refused"}

func registerBids(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/bid", ID: "sealBid", Permission: access.BidSubmit, Tag: "bids", MaxBody: maxBidBody,
		Summary: "Submit sealed envelopes for a lot, or replace them until the deadline",
		Faults:  append([]string{"bid.party_barred", "bid.reserved", "bid.own_purchase", "bid.documents_moved"}, sealFaults...),
	}, func(ctx context.Context, in *sealIn) (*sealedOut, error) {
		return toSealed(svc.SealBid(ctx, actorOf(ctx), in.IdempotencyKey, ident.LotID(in.LotID), in.submission(ctx)))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/final-offer", ID: "offerFinal", Permission: access.BidSubmit, Tag: "bids", MaxBody: maxBidBody,
		Summary: "Submit a sealed final offer, or replace it until the round ends", Faults: append([]string{"bid.final_not_invited"}, sealFaults...),
	}, func(ctx context.Context, in *sealIn) (*sealedOut, error) {
		return toSealed(svc.OfferFinal(ctx, actorOf(ctx), in.IdempotencyKey, ident.LotID(in.LotID), in.submission(ctx)))
	})
	alter := func(verb, id, summary string, do func(context.Context, access.Actor, string, ident.LotID, time.Time) (*bid.Bid, error)) {
		register(s, Op{
			Method: http.MethodPost, Path: "/lots/{lotId}/bid/" + verb, ID: id, Permission: access.BidSubmit, Tag: "bids", Summary: summary,
			Faults: []string{"bid.deadline_passed", "bid.not_open", "bid.transition_refused"},
		}, func(ctx context.Context, in *lotWriteIn) (*sealedOut, error) {
			return toSealed(do(ctx, actorOf(ctx), in.IdempotencyKey, ident.LotID(in.LotID), receivedAt(ctx)))
		})
	}
	alter("withdraw", "withdrawBid", "Take one's bid back before the deadline; its envelopes stay sealed on file", svc.Withdraw)
	alter("reconfirm", "reconfirmBid", "Confirm one's bid again after a correction of the documents", svc.Reconfirm)
	registerOwnBids(s, svc)
}

type lotWriteIn struct {
	LotPath
	WriteHeader
}

type proveIn struct {
	BidPath
	WriteHeader
	Body struct {
		Text string `json:"text" maxLength:"60000"`
	}
}

// BidPath is embedded in the input of everything about one bid.
type BidPath struct {
	BidID string `path:"bidId" maxLength:"36"`
}

type evaluationDoneOut struct {
	Body struct {
		Version int64 `json:"version"`
	}
}

func toEvaluationDone(version int64, err error) (*evaluationDoneOut, error) {
	if err != nil {
		return nil, err
	}
	out := &evaluationDoneOut{}
	out.Body.Version = version
	return out, nil
}

func registerOwnBids(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/lots/{lotId}/bid", ID: "readOwnBid", Permission: access.BidRead, Tag: "bids",
		Summary: "One's own bid on a lot: receipts, what is due, and after the announcement score and rank",
	}, func(ctx context.Context, in *LotPath) (*ownBidOut, error) {
		o, err := svc.Own(ctx, actorOf(ctx), ident.LotID(in.LotID))
		if err != nil {
			return nil, err
		}
		return &ownBidOut{ETag: etag(o.Bid.Version), Body: toOwnBid(o)}, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/bids", ID: "listOwnBids", Permission: access.BidRead, Tag: "bids", Summary: "One's own bids, newest first",
	}, func(ctx context.Context, in *ownBidsIn) (*ownBidsOut, error) {
		if err := clean(in.Cursor); err != nil {
			return nil, err
		}
		all, err := svc.OwnBids(ctx, actorOf(ctx), procurement.BidFilter{LotID: ident.LotID(in.LotID), Before: in.Cursor, Limit: in.Limit + 1})
		if err != nil {
			return nil, err
		}
		out := &ownBidsOut{}
		out.Body.Items = []OwnBidView{}
		for i, o := range all {
			if i == in.Limit {
				out.Body.NextCursor = string(all[i-1].Bid.ID)
				break
			}
			out.Body.Items = append(out.Body.Items, toOwnBid(o))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/bids/{bidId}/prove-cost", ID: "proveCost", Permission: access.BidSubmit, Tag: "bids",
		Summary: "Explain the cost behind a price that is under review",
		Faults:  []string{"evaluation.review_unknown", "evaluation.review_over", "evaluation.proof_length"},
	}, func(ctx context.Context, in *proveIn) (*evaluationDoneOut, error) {
		if err := clean(in.Body.Text); err != nil {
			return nil, err
		}
		e, err := svc.ProveCost(ctx, actorOf(ctx), in.IdempotencyKey, ident.BidID(in.BidID), in.Body.Text)
		if err != nil {
			return nil, err
		}
		return toEvaluationDone(e.Version, nil)
	})
}
