package httpapi

import (
	"context"
	"net/http"

	"linli/backend/app/matching"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	domain "linli/backend/domain/matching"
)

const matchingTag = "matching"

// SubjectPath is embedded in the input of everything about one need or project to be matched.
type SubjectPath struct {
	Kind string `path:"kind" enum:"need,project"`
	ID   string `path:"id" maxLength:"36"`
}

type topIn struct {
	SubjectPath
	Limit int `query:"limit" minimum:"1" maximum:"50" default:"10"`
}

type pairingIn struct {
	SubjectPath
	OrganizationID string `path:"organizationId" maxLength:"36"`
}

type opportunitiesIn struct {
	Kind  string `query:"kind" enum:"need,project" default:"project"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"10"`
}

type keptIn struct {
	Kind string `query:"kind" enum:"need,project" required:"true"`
	ID   string `query:"id" maxLength:"36" required:"true"`
}

type keptOut struct {
	Body struct {
		Items []matchingView `json:"items"`
	}
}

type matchingIn struct {
	ID string `path:"id" maxLength:"36"`
}

type matchingOut struct {
	ETag string `header:"ETag"`
	Body matchingView
}

type drawIn struct {
	WriteHeader
	Body struct {
		Kind string `json:"kind" enum:"need,project"`
		ID   string `json:"id" maxLength:"36"`
	}
}

type chooseIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body struct {
		OrganizationID string `json:"organizationId" maxLength:"36"`
		Kind           string `json:"kind" maxLength:"20" example:"invite"`
		Reason         string `json:"reason" maxLength:"1000"`
	}
}

type drawnOut struct {
	ETag string `header:"ETag"`
	Body struct {
		ID      string `json:"id"`
		Version int64  `json:"version"`
	}
}

func toDrawnOut(d matching.Drawn, err error) (*drawnOut, error) {
	if err != nil {
		return nil, err
	}
	out := &drawnOut{ETag: etag(d.Version)}
	out.Body.ID, out.Body.Version = string(d.ID), d.Version
	return out, nil
}

type proofOut struct {
	Body struct {
		HashHolds bool       `json:"hashHolds" doc:"The stored inputs are those that were hashed."`
		SameOrder bool       `json:"sameOrder" doc:"They give the stored lines to the last point."`
		Lines     []LineView `json:"lines"`
	}
}

// registerMatching adds the pairings in both directions, the kept rankings and the weights.
func registerMatching(s *Server, svc *matching.Service) {
	registerPairings(s, svc)
	registerKept(s, svc)
	registerChoices(s, svc)
	registerWeights(s, svc)
}

func registerPairings(s *Server, svc *matching.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/matching/{kind}/{id}/suppliers", ID: "rankSuppliers", Permission: access.MatchingRead, Tag: matchingTag,
		Summary: "The best suppliers for a need or project, every point explained",
	}, func(ctx context.Context, in *topIn) (*rankingOut, error) {
		return toRankingOut(svc.Suppliers(ctx, actorOf(ctx), domain.SubjectKind(in.Kind), in.ID, in.Limit))
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/matching/{kind}/{id}/suppliers/{organizationId}", ID: "explainSupplier", Permission: access.MatchingRead, Tag: matchingTag,
		Summary: "Why this supplier, or why not: every gate and every point",
	}, func(ctx context.Context, in *pairingIn) (*pairingOut, error) {
		return toPairingOut(svc.WhyNot(ctx, actorOf(ctx), domain.SubjectKind(in.Kind), in.ID, organizationID(in.OrganizationID)))
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/opportunities", ID: "listOpportunities", Permission: access.OpportunityRead, Tag: matchingTag,
		Summary: "The best needs or projects for one's own organisation", Faults: []string{"matching.no_profile"},
	}, func(ctx context.Context, in *opportunitiesIn) (*opportunitiesOut, error) {
		return toOpportunitiesOut(svc.Opportunities(ctx, actorOf(ctx), domain.SubjectKind(in.Kind), in.Limit))
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/opportunities/{kind}/{id}", ID: "explainOpportunity", Permission: access.OpportunityRead, Tag: matchingTag,
		Summary: "How one's own organisation suits a need or project", Faults: []string{"matching.no_profile"},
	}, func(ctx context.Context, in *SubjectPath) (*pairingOut, error) {
		return toPairingOut(svc.Opportunity(ctx, actorOf(ctx), domain.SubjectKind(in.Kind), in.ID))
	})
}

func registerKept(s *Server, svc *matching.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/matchings", ID: "drawUpMatching", Permission: access.MatchingChoose, Tag: matchingTag, Status: http.StatusCreated,
		Summary: "Keep the present ranking with everything it is computed from",
	}, func(ctx context.Context, in *drawIn) (*drawnOut, error) {
		if err := clean(in.Body.ID); err != nil {
			return nil, err
		}
		return toDrawnOut(svc.DrawUp(ctx, actorOf(ctx), matching.DrawInput{Kind: domain.SubjectKind(in.Body.Kind), ID: in.Body.ID, Key: in.IdempotencyKey}))
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/matchings", ID: "listMatchings", Permission: access.MatchingRead, Tag: matchingTag,
		Summary: "The kept rankings of a need or project, newest first",
	}, func(ctx context.Context, in *keptIn) (*keptOut, error) {
		list, err := svc.Kept(ctx, actorOf(ctx), domain.SubjectKind(in.Kind), in.ID)
		if err != nil {
			return nil, err
		}
		out := &keptOut{}
		out.Body.Items = []matchingView{}
		for _, k := range list {
			out.Body.Items = append(out.Body.Items, toMatchingView(k))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/matchings/{id}", ID: "readMatching", Permission: access.MatchingRead, Tag: matchingTag,
		Summary: "One kept ranking and the choices made from it",
	}, func(ctx context.Context, in *matchingIn) (*matchingOut, error) {
		k, err := svc.Matching(ctx, actorOf(ctx), ident.MatchingID(in.ID))
		if err != nil {
			return nil, err
		}
		return &matchingOut{ETag: etag(k.Version), Body: toMatchingView(k)}, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/matchings/{id}/recomputed", ID: "recomputeMatching", Permission: access.MatchingRead, Tag: matchingTag,
		Summary: "Compute a kept ranking again from its stored inputs",
	}, func(ctx context.Context, in *matchingIn) (*proofOut, error) {
		p, err := svc.Recompute(ctx, actorOf(ctx), ident.MatchingID(in.ID))
		if err != nil {
			return nil, err
		}
		out := &proofOut{}
		out.Body.HashHolds, out.Body.SameOrder, out.Body.Lines = p.HashHolds, p.SameOrder, toLineViews(p.Lines)
		return out, nil
	})
}

func registerChoices(s *Server, svc *matching.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/matchings/{id}/choices", ID: "chooseSupplier", Permission: access.MatchingChoose, Tag: matchingTag, Status: http.StatusCreated,
		Summary: "Record what is done with a recommendation, and why; never an award",
		Faults:  []string{"matching.choice_unknown", "matching.reason_required", "matching.not_ranked", "matching.too_many", "record.stale"},
	}, func(ctx context.Context, in *chooseIn) (*drawnOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		b := in.Body
		if err := clean(b.OrganizationID, b.Kind, b.Reason); err != nil {
			return nil, err
		}
		return toDrawnOut(svc.Choose(ctx, actorOf(ctx), matching.ChooseInput{
			ID: ident.MatchingID(in.ID), Version: version, OrganizationID: organizationID(b.OrganizationID),
			Kind: domain.ChoiceKind(b.Kind), Reason: b.Reason, Key: in.IdempotencyKey,
		}))
	})
}

type weightsListOut struct {
	Body struct {
		Items      []weightsView `json:"items"`
		MayPropose bool          `json:"mayPropose"`
	}
}

type proposeWeightsIn struct {
	WriteHeader
	Body struct {
		Values    valuesBody `json:"values"`
		Rationale string     `json:"rationale" maxLength:"4000"`
	}
}

type decideWeightsIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body struct {
		Reason string `json:"reason" maxLength:"1000"`
	}
}

type decidedOut struct {
	ETag string `header:"ETag"`
	Body struct {
		ID      string `json:"id"`
		Code    string `json:"code"`
		Version int64  `json:"version"`
	}
}

func toDecidedOut(d matching.DecidedWeights, err error) (*decidedOut, error) {
	if err != nil {
		return nil, err
	}
	out := &decidedOut{ETag: etag(d.Version)}
	out.Body.ID, out.Body.Code, out.Body.Version = string(d.ID), d.Code, d.Version
	return out, nil
}

func registerWeights(s *Server, svc *matching.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/matching-weights", ID: "listWeights", Permission: access.WeightsRead, Tag: matchingTag,
		Summary: "The sets of weights, newest first, and which one is in force",
	}, func(ctx context.Context, _ *struct{}) (*weightsListOut, error) {
		list, err := svc.Weights(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &weightsListOut{}
		out.Body.Items, out.Body.MayPropose = []weightsView{}, list.MayPropose
		for _, w := range list.Items {
			out.Body.Items = append(out.Body.Items, toWeightsView(w))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/matching-weights", ID: "proposeWeights", Permission: access.WeightsPropose, Tag: matchingTag, Status: http.StatusCreated,
		Summary: "Propose a set of weights for another person's decision", Faults: []string{"weights.invalid", "weights.sum"},
	}, func(ctx context.Context, in *proposeWeightsIn) (*decidedOut, error) {
		if err := clean(in.Body.Rationale); err != nil {
			return nil, err
		}
		return toDecidedOut(svc.ProposeWeights(ctx, actorOf(ctx), matching.ProposeWeightsInput{
			Values: domain.Values(in.Body.Values), Rationale: in.Body.Rationale, Key: in.IdempotencyKey,
		}))
	})
	for _, verb := range []string{"approve", "reject"} {
		register(s, Op{
			Method: http.MethodPost, Path: "/matching-weights/{id}/" + verb, ID: verb + "Weights", Permission: access.WeightsApprove, Tag: matchingTag,
			Summary: "Decide on a proposed set of weights: " + verb,
			Faults:  []string{"weights.same_person", "weights.reason_required", "weights.transition_refused", "weights.invalid", "record.stale"},
		}, func(ctx context.Context, in *decideWeightsIn) (*decidedOut, error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			if err := clean(in.Body.Reason); err != nil {
				return nil, err
			}
			return toDecidedOut(svc.DecideWeights(ctx, actorOf(ctx), matching.DecideWeightsInput{
				ID: ident.WeightsID(in.ID), Version: version, Action: verb, Reason: in.Body.Reason, Key: in.IdempotencyKey,
			}))
		})
	}
}
