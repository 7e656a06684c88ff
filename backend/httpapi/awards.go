package httpapi

import (
	"context"
	"net/http"

	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/tender"
)

type lotMoveIn struct {
	LotPath
	TenderWrite
}

type lotReasonIn struct {
	LotPath
	TenderWrite
	Body struct {
		Reason string `json:"reason" maxLength:"6000"`
	}
}

type awardOut struct {
	ETag string `header:"ETag"`
	Body AwardView
}

func toAwardOut(a *tender.Award, err error) (*awardOut, error) {
	if err != nil {
		return nil, err
	}
	return &awardOut{ETag: etag(a.Version), Body: *toAward(a, "")}, nil
}

func registerAwards(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/nominate", ID: "nominateCandidates", Permission: access.TenderCheck, Tag: "awards",
		Summary: "Compute price scores, totals and ranks and name the candidates",
		Faults:  []string{"tender.transition_refused", "evaluation.prices_sealed", "evaluation.review_pending", "tender.too_few_suppliers", "record.stale"},
	}, func(ctx context.Context, in *lotMoveIn) (*evaluationDoneOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		e, err := svc.Nominate(ctx, actorOf(ctx), at, ident.LotID(in.LotID))
		if err != nil {
			return nil, err
		}
		return toEvaluationDone(e.Version, nil)
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/confirm", ID: "confirmAward", Permission: access.TenderConfirm, Tag: "awards",
		Summary: "Confirm the best candidate in the order of ranks", Faults: []string{"tender.transition_refused", "evaluation.no_candidate", "record.stale"},
	}, func(ctx context.Context, in *lotReasonIn) (*awardOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toAwardOut(svc.Confirm(ctx, actorOf(ctx), at, ident.LotID(in.LotID), in.Body.Reason))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/announce", ID: "announceAward", Permission: access.TenderConfirm, Tag: "awards",
		Summary: "Publish the result; losers see their own score and rank from now on", Faults: []string{"tender.transition_refused", "calendar.year_missing", "record.stale"},
	}, func(ctx context.Context, in *lotMoveIn) (*awardOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		return toAwardOut(svc.Announce(ctx, actorOf(ctx), at, ident.LotID(in.LotID)))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/next-candidate", ID: "nextCandidate", Permission: access.TenderConfirm, Tag: "awards",
		Summary: "Put a refused award aside and go back to the candidates", Faults: []string{"tender.transition_refused", "tender.reason_required", "record.stale"},
	}, func(ctx context.Context, in *lotReasonIn) (*movedOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toMoved(svc.NextCandidate(ctx, actorOf(ctx), at, ident.LotID(in.LotID), in.Body.Reason))
	})
}
