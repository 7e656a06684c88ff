package httpapi

import (
	"context"
	"net/http"
	"strings"
	"time"

	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
)

type drawCommitteeIn struct {
	TenderPath
	TenderWrite
	Body struct {
		Size           int    `json:"size" minimum:"1" maximum:"11"`
		Representative string `json:"representative,omitempty" maxLength:"36" doc:"A person of the buyer; empty for experts only."`
	}
}

type declareIn struct {
	TenderPath
	WriteHeader
	Body struct {
		Declarations []DeclarationBody `json:"declarations" maxItems:"100"`
	}
}

// DeclarationBody is what a member says about one bidder.
type DeclarationBody struct {
	SupplierID string `json:"supplierId" maxLength:"36"`
	Conflict   bool   `json:"conflict"`
	Reason     string `json:"reason,omitempty" maxLength:"1000"`
}

type committeeOut struct {
	Body struct {
		Size    int   `json:"size"`
		Seated  int   `json:"seated"`
		Version int64 `json:"version"`
	}
}

func toCommitteeOut(c *evaluation.Committee, err error) (*committeeOut, error) {
	if err != nil {
		return nil, err
	}
	out := &committeeOut{}
	out.Body.Size, out.Body.Seated, out.Body.Version = c.Size, len(c.Active()), c.Version
	return out, nil
}

func registerCommittee(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/tenders/{id}/committee", ID: "drawCommittee", Permission: access.TenderCheck, Tag: "evaluation",
		Summary: "Draw the committee at random; the seed is recorded",
		Faults:  []string{"committee.too_early", "committee.composition", "committee.representative", "committee.pool_exhausted", "record.duplicate", "record.stale"},
	}, func(ctx context.Context, in *drawCommitteeIn) (*committeeOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		return toCommitteeOut(svc.DrawCommittee(ctx, actorOf(ctx), at, ident.TenderID(in.ID), procurement.Draw{Size: in.Body.Size, Representative: ident.PersonID(in.Body.Representative)}))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/tenders/{id}/committee/refill", ID: "refillCommittee", Permission: access.TenderCheck, Tag: "evaluation",
		Summary: "Fill the seats that recusals left empty, in the order of the same draw",
		Faults:  []string{"committee.too_early", "committee.full", "committee.pool_exhausted", "record.stale"},
	}, func(ctx context.Context, in *tenderMoveIn) (*committeeOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		return toCommitteeOut(svc.RefillCommittee(ctx, actorOf(ctx), at, ident.TenderID(in.ID)))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/tenders/{id}/committee/declare", ID: "declareConflicts", Permission: access.BidScore, Tag: "evaluation",
		Summary: "Declare on every bidder before any envelope is opened",
		Faults:  []string{"committee.too_early", "committee.not_member", "committee.declared", "committee.declaration_incomplete"},
	}, func(ctx context.Context, in *declareIn) (*committeeOut, error) {
		var said []evaluation.Declaration
		for _, d := range in.Body.Declarations {
			if err := clean(d.Reason); err != nil {
				return nil, err
			}
			said = append(said, evaluation.Declaration{SupplierID: ident.PartyID(d.SupplierID), Conflict: d.Conflict, Reason: strings.TrimSpace(d.Reason)})
		}
		return toCommitteeOut(svc.Declare(ctx, actorOf(ctx), in.IdempotencyKey, ident.TenderID(in.ID), said))
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/work/reviews", ID: "listReviews", Permission: access.BidScore, Tag: "evaluation",
		Summary: "The committees one serves on, with what waits",
	}, func(ctx context.Context, _ *struct{}) (*reviewsOut, error) {
		all, err := svc.Assignments(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &reviewsOut{}
		out.Body.Items = []ReviewLine{}
		for _, a := range all {
			x := ReviewLine{TenderID: string(a.Tender.ID), Code: a.Tender.Code, Title: a.Tender.Title, Status: a.Tender.Status(), Chair: a.Member.Chair, Step: a.Step, LotIDs: []string{}}
			for _, l := range a.Tender.Lots {
				x.LotIDs = append(x.LotIDs, string(l.ID))
			}
			out.Body.Items = append(out.Body.Items, x)
		}
		return out, nil
	})
}

// ReviewLine is one committee the reader serves on.
type ReviewLine struct {
	TenderID string   `json:"tenderId"`
	Code     string   `json:"code"`
	Title    string   `json:"title"`
	Status   string   `json:"status"`
	Chair    bool     `json:"chair"`
	Step     string   `json:"step" doc:"declare, wait, check_conformity, score, review_price, recused or done."`
	LotIDs   []string `json:"lotIds"`
}

type reviewsOut struct {
	Body struct {
		Items []ReviewLine `json:"items"`
	}
}

type verdictsIn struct {
	LotPath
	TenderWrite
	Body struct {
		Verdicts []VerdictBody `json:"verdicts" maxItems:"200"`
	}
}

// VerdictBody is pass or fail of one bid.
type VerdictBody struct {
	BidID  string `json:"bidId" maxLength:"36"`
	Passed bool   `json:"passed"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

func (in *verdictsIn) verdicts() ([]procurement.Verdict, error) {
	var out []procurement.Verdict
	for _, v := range in.Body.Verdicts {
		if err := clean(v.Reason); err != nil {
			return nil, err
		}
		out = append(out, procurement.Verdict{BidID: ident.BidID(v.BidID), Passed: v.Passed, Reason: v.Reason})
	}
	return out, nil
}

type scoresIn struct {
	LotPath
	BidPath
	WriteHeader
	IfMatch string `header:"If-Match" maxLength:"32" doc:"The ETag of the sheet; absent for its first save."`
	Body    struct {
		Scores []ScoreBody `json:"scores" maxItems:"30"`
	}
}

// ScoreBody is the points for one criterion, hundredths.
type ScoreBody struct {
	CriterionID string `json:"criterionId" maxLength:"36"`
	Points      int64  `json:"points" minimum:"0" maximum:"10000"`
	Reason      string `json:"reason,omitempty" maxLength:"1000"`
}

// SheetView is one scoresheet.
type SheetView struct {
	BidID    string      `json:"bidId"`
	Scores   []ScoreBody `json:"scores"`
	Total    int64       `json:"total"`
	Missing  int         `json:"missing"`
	SignedAt *time.Time  `json:"signedAt,omitempty"`
	Version  int64       `json:"version"`
}

type sheetOut struct {
	ETag string `header:"ETag"`
	Body SheetView
}

func toSheet(x *evaluation.Scoresheet, criteria int) *SheetView {
	if x == nil {
		return nil
	}
	v := &SheetView{BidID: string(x.BidID), Scores: []ScoreBody{}, Total: int64(x.Total()), Missing: criteria - len(x.Scores), SignedAt: x.SignedAt, Version: x.Version}
	for _, s := range x.Scores {
		v.Scores = append(v.Scores, ScoreBody{CriterionID: s.CriterionID, Points: int64(s.Points), Reason: s.Reason})
	}
	return v
}

type sheetsOut struct {
	Body struct {
		Signed int `json:"signed"`
	}
}

func toSheets(all []*evaluation.Scoresheet, err error) (*sheetsOut, error) {
	if err != nil {
		return nil, err
	}
	out := &sheetsOut{}
	out.Body.Signed = len(all)
	return out, nil
}

type deemIn struct {
	LotPath
	WriteHeader
	Body struct {
		MemberID string `json:"memberId" maxLength:"36"`
		Reason   string `json:"reason" maxLength:"2000"`
	}
}

var verdictFaults = []string{"tender.transition_refused", "evaluation.verdict_missing", "evaluation.reason_missing", "record.stale"}

func registerEvaluation(s *Server, svc *procurement.Service) {
	registerBidChecks(s, svc)
	registerScoring(s, svc)
	registerPrices(s, svc)
	registerWorkbench(s, svc)
}

func registerBidChecks(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/qualification", ID: "checkQualification", Permission: access.TenderCheck, Tag: "evaluation",
		Summary: "Record who may take part", Faults: append([]string{"evaluation.linked_bidders", "evaluation.declarations_missing"}, verdictFaults...),
	}, func(ctx context.Context, in *verdictsIn) (*evaluationDoneOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		v, err := in.verdicts()
		if err != nil {
			return nil, err
		}
		e, err := svc.CheckQualification(ctx, actorOf(ctx), at, ident.LotID(in.LotID), v)
		if err != nil {
			return nil, err
		}
		return toEvaluationDone(e.Version, nil)
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/conformity", ID: "checkConformity", Permission: access.BidScore, Tag: "evaluation",
		Summary: "Record which bids answer the requirements; the chair does, for the committee", Faults: append([]string{"committee.not_chair"}, verdictFaults...),
	}, func(ctx context.Context, in *verdictsIn) (*evaluationDoneOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		v, err := in.verdicts()
		if err != nil {
			return nil, err
		}
		e, err := svc.CheckConformity(ctx, actorOf(ctx), at, ident.LotID(in.LotID), v)
		if err != nil {
			return nil, err
		}
		return toEvaluationDone(e.Version, nil)
	})
}

func registerScoring(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodPut, Path: "/lots/{lotId}/sheets/{bidId}", ID: "putScores", Permission: access.BidScore, Tag: "evaluation",
		Summary: "Save one's own scores for a bid; they may be incomplete",
		Faults: []string{"tender.not_evaluating", "evaluation.bid_unknown", "scoresheet.signed", "scoresheet.criterion_unknown", "scoresheet.out_of_range",
			"scoresheet.reason_too_long", "record.stale", "record.duplicate"},
	}, func(ctx context.Context, in *scoresIn) (*sheetOut, error) {
		x := procurement.ScoresIn{BidID: ident.BidID(in.BidID), Seen: seenOf(in.IfMatch)}
		for _, b := range in.Body.Scores {
			if err := clean(b.Reason, b.CriterionID); err != nil {
				return nil, err
			}
			x.Scores = append(x.Scores, evaluation.Score{CriterionID: b.CriterionID, Points: procedure.Points(b.Points), Reason: b.Reason})
		}
		sheet, err := svc.PutScores(ctx, actorOf(ctx), in.IdempotencyKey, ident.LotID(in.LotID), x)
		if err != nil {
			return nil, err
		}
		return &sheetOut{ETag: etag(sheet.Version), Body: *toSheet(sheet, len(sheet.Scores))}, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/sheets/sign", ID: "signSheets", Permission: access.BidScore, Tag: "evaluation",
		Summary: "Sign and lock all one's sheets of a lot",
		Faults:  []string{"tender.not_evaluating", "scoresheet.incomplete", "scoresheet.signed", "scoresheet.objective_pending", "scoresheet.objective_unequal"},
	}, func(ctx context.Context, in *lotWriteIn) (*sheetsOut, error) {
		return toSheets(svc.SignSheets(ctx, actorOf(ctx), in.IdempotencyKey, ident.LotID(in.LotID)))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/sheets/deem", ID: "deemSigned", Permission: access.BidScore, Tag: "evaluation",
		Summary: "Record that a member refused to sign without reasons and counts as agreeing",
		Faults:  []string{"committee.not_chair", "committee.not_member", "evaluation.reason_missing", "scoresheet.incomplete", "scoresheet.signed"},
	}, func(ctx context.Context, in *deemIn) (*sheetsOut, error) {
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toSheets(svc.DeemSigned(ctx, actorOf(ctx), in.IdempotencyKey, ident.LotID(in.LotID), procurement.Deem{MemberID: ident.PersonID(in.Body.MemberID), Reason: in.Body.Reason}))
	})
}

type inviteFinalIn struct {
	LotPath
	TenderWrite
	Body struct {
		DeadlineAt time.Time `json:"deadlineAt"`
	}
}

type rulingIn struct {
	LotPath
	WriteHeader
	Body struct {
		BidID  string `json:"bidId" maxLength:"36"`
		Accept bool   `json:"accept"`
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func registerPrices(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/invite-final", ID: "inviteFinal", Permission: access.TenderCheck, Tag: "evaluation",
		Summary: "Invite final offers, once every scoresheet is signed",
		Faults:  []string{"tender.not_evaluating", "evaluation.sheets_open", "tender.too_few_suppliers", "bid.final_invited", "bid.final_round_short", "record.stale"},
	}, func(ctx context.Context, in *inviteFinalIn) (*movedOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		return toMoved(svc.InviteFinal(ctx, actorOf(ctx), at, ident.LotID(in.LotID), in.Body.DeadlineAt))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/prices/decide", ID: "decidePrice", Permission: access.BidScore, Tag: "evaluation",
		Summary: "Record what the committee decided about a questioned price",
		Faults: []string{"committee.not_chair", "evaluation.reason_missing", "evaluation.review_unknown", "evaluation.review_over", "evaluation.proof_missing",
			"evaluation.proof_pending"},
	}, func(ctx context.Context, in *rulingIn) (*evaluationDoneOut, error) {
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		e, err := svc.DecidePrice(ctx, actorOf(ctx), in.IdempotencyKey, ident.LotID(in.LotID), procurement.Ruling{BidID: ident.BidID(in.Body.BidID), Accept: in.Body.Accept, Reason: in.Body.Reason})
		if err != nil {
			return nil, err
		}
		return toEvaluationDone(e.Version, nil)
	})
}
