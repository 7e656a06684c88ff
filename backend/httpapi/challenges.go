package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/challenge"
	"linli/backend/domain/ident"
)

// ChallengeView is an inquiry or challenge as this reader may see it.
type ChallengeView struct {
	ID          string     `json:"id"`
	Code        string     `json:"code"`
	Kind        string     `json:"kind"`
	Subject     string     `json:"subject"`
	TenderID    string     `json:"tenderId"`
	LotID       string     `json:"lotId,omitempty"`
	SupplierID  string     `json:"supplierId,omitempty"`
	Title       string     `json:"title"`
	Text        string     `json:"text"`
	Status      string     `json:"status"`
	SubmittedAt time.Time  `json:"submittedAt"`
	AnswerBy    string     `json:"answerBy"`
	Answer      string     `json:"answer,omitempty"`
	Outcome     string     `json:"outcome,omitempty"`
	AnsweredAt  *time.Time `json:"answeredAt,omitempty"`
	ComplainBy  string     `json:"complainBy,omitempty"`
	Complaint   string     `json:"complaint,omitempty"`
	Decision    string     `json:"decision,omitempty"`
	Decided     string     `json:"decided,omitempty"`
	DecidedAt   *time.Time `json:"decidedAt,omitempty"`
	Version     int64      `json:"version"`
}

func toChallenge(c *challenge.Challenge) ChallengeView {
	return ChallengeView{
		ID: string(c.ID), Code: c.Code, Kind: c.Kind, Subject: c.Subject, TenderID: string(c.TenderID), LotID: string(c.LotID), SupplierID: string(c.SupplierID),
		Title: c.Title, Text: c.Text, Status: c.Status, SubmittedAt: c.SubmittedAt, AnswerBy: c.AnswerBy.String(), Answer: c.Answer, Outcome: c.Outcome,
		AnsweredAt: c.AnsweredAt, ComplainBy: day(c.ComplainBy), Complaint: c.Complaint, Decision: c.Decision, Decided: c.Decided, DecidedAt: c.DecidedAt, Version: c.Version,
	}
}

type challengeOut struct {
	ETag string `header:"ETag"`
	Body ChallengeView
}

func toChallengeOut(c *challenge.Challenge, err error) (*challengeOut, error) {
	if err != nil {
		return nil, err
	}
	return &challengeOut{ETag: etag(c.Version), Body: toChallenge(c)}, nil
}

type challengesOut struct {
	Body struct {
		Items []ChallengeView `json:"items"`
	}
}

type askIn struct {
	TenderPath
	WriteHeader
	Body struct {
		Kind    string `json:"kind" enum:"inquiry,challenge"`
		Subject string `json:"subject" enum:"documents,process,result"`
		LotID   string `json:"lotId,omitempty" maxLength:"36"`
		Title   string `json:"title" maxLength:"400"`
		Text    string `json:"text" maxLength:"40000"`
	}
}

type challengeMoveIn struct {
	TenderPath
	TenderWrite
	Body struct {
		Text    string `json:"text,omitempty" maxLength:"40000"`
		Outcome string `json:"outcome,omitempty" enum:"upheld,rejected,"`
	}
}

func registerChallenges(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/tenders/{id}/challenges", ID: "listChallenges", Permission: access.Public, Tag: "challenges",
		Summary: "Inquiries and challenges about a tender that one may see; the public sees answered inquiries without names",
	}, func(ctx context.Context, in *TenderPath) (*challengesOut, error) {
		all, err := svc.Remedies(ctx, actorOf(ctx), ident.TenderID(in.ID))
		if err != nil {
			return nil, err
		}
		out := &challengesOut{}
		out.Body.Items = []ChallengeView{}
		for _, c := range all {
			out.Body.Items = append(out.Body.Items, toChallenge(c))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/tenders/{id}/challenges", ID: "askChallenge", Permission: access.ChallengeAsk, Tag: "challenges", Status: http.StatusCreated,
		Summary: "File an inquiry 询问 or a challenge 质疑",
		Faults:  []string{"challenge.invalid", "challenge.window_over", "challenge.not_party", "challenge.too_early"},
	}, func(ctx context.Context, in *askIn) (*challengeOut, error) {
		b := in.Body
		if err := clean(b.Title, b.Text); err != nil {
			return nil, err
		}
		return toChallengeOut(svc.Ask(ctx, actorOf(ctx), in.IdempotencyKey, ident.TenderID(in.ID), procurement.Ask{Kind: b.Kind, Subject: b.Subject, LotID: ident.LotID(b.LotID), Title: b.Title, Text: b.Text}))
	})
	registerChallengeMoves(s, svc)
}

func registerChallengeMoves(s *Server, svc *procurement.Service) {
	wordless := func(do func(context.Context, access.Actor, procurement.Stamp, ident.ChallengeID) (*challenge.Challenge, error)) challengeMove {
		return func(ctx context.Context, a access.Actor, at procurement.Stamp, id ident.ChallengeID, _ procurement.Move) (*challenge.Challenge, error) {
			return do(ctx, a, at, id)
		}
	}
	for _, m := range []struct {
		verb, summary string
		permission    access.Permission
		do            challengeMove
	}{
		{"answer", "Answer an inquiry or a challenge", access.ChallengeAnswer, svc.Answer},
		{"complain", "Take an answered challenge to the finance bureau", access.ChallengeAsk, svc.Complain},
		{"accept", "Take a complaint up", access.ChallengeDecide, wordless(svc.AcceptComplaint)},
		{"decide", "Decide an accepted complaint", access.ChallengeDecide, svc.Decide},
		{"withdraw", "Take an inquiry, challenge or complaint back", access.ChallengeAsk, wordless(svc.WithdrawChallenge)},
	} {
		register(s, Op{
			Method: http.MethodPost, Path: "/challenges/{id}/" + m.verb, ID: m.verb + "Challenge", Permission: m.permission, Tag: "challenges", Summary: m.summary,
			Faults: []string{"challenge.transition_refused", "challenge.reason_required", "challenge.invalid", "challenge.window_over", "challenge.not_challenge", "record.stale"},
		}, func(ctx context.Context, in *challengeMoveIn) (*challengeOut, error) {
			at, err := in.stamp()
			if err != nil {
				return nil, err
			}
			if err := clean(in.Body.Text); err != nil {
				return nil, err
			}
			return toChallengeOut(m.do(ctx, actorOf(ctx), at, ident.ChallengeID(in.ID), procurement.Move{Text: in.Body.Text, Outcome: in.Body.Outcome}))
		})
	}
}

type challengeMove func(context.Context, access.Actor, procurement.Stamp, ident.ChallengeID, procurement.Move) (*challenge.Challenge, error)
