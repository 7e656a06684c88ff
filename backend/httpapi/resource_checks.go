package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/resources"
	"linli/backend/domain/access"
	"linli/backend/domain/resource"
)

type mistakeView struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind" enum:"organization,service,resource"`
	SubjectID string     `json:"subjectId"`
	Text      string     `json:"text"`
	At        time.Time  `json:"at"`
	State     string     `json:"state" enum:"open,mended,dismissed"`
	Answer    string     `json:"answer"`
	AnswerAt  *time.Time `json:"answerAt,omitempty"`
	Version   int64      `json:"version"`
}

func toMistake(m resource.Mistake) mistakeView {
	return mistakeView{m.ID, m.Kind, m.SubjectID, m.Text, m.At, m.State, m.Answer, m.AnswerAt, m.Version}
}

func toMistakes(all []resource.Mistake) []mistakeView {
	out := []mistakeView{}
	for _, m := range all {
		out = append(out, toMistake(m))
	}
	return out
}

type checkIn struct {
	WriteHeader
	VersionHeader
	Body struct {
		Kind string `json:"kind" maxLength:"20" example:"service"`
		ID   string `json:"id" maxLength:"36"`
	}
}

type checkOut struct {
	Body struct {
		At time.Time `json:"at"`
	}
}

type mistakeIn struct {
	WriteHeader
	Body struct {
		Kind string `json:"kind" maxLength:"20" example:"service"`
		ID   string `json:"id" maxLength:"36"`
		Text string `json:"text" maxLength:"500"`
	}
}

type answerIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body struct {
		Reason string `json:"reason" maxLength:"500" doc:"What was done, or why the record is right; the reporter reads it."`
	}
}

type mistakeOut struct {
	ETag string `header:"ETag"`
	Body mistakeView
}

type mistakesIn struct {
	State string `query:"state" enum:",open,mended,dismissed" default:"open"`
}

type mistakesOut struct {
	Body struct {
		Items []mistakeView `json:"items"`
	}
}

func registerChecks(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/resource-checks", ID: "checkResource", Permission: access.ResourceCheck, Tag: "resources",
		Summary: "Say that you found a record true today",
		Faults:  []string{"record.not_found", "record.stale", "resource.own_check", "resource.withdrawn", "resource.kind_unknown"},
	}, func(ctx context.Context, in *checkIn) (*checkOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		c, err := svc.Check(ctx, actorOf(ctx), in.IdempotencyKey, resources.Subject{Kind: in.Body.Kind, ID: in.Body.ID}, version)
		if err != nil {
			return nil, err
		}
		out := &checkOut{}
		out.Body.At = c.At
		return out, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/resource-mistakes", ID: "reportMistake", Permission: access.Public, Tag: "resources", Status: http.StatusCreated,
		Summary: "Report that a record is wrong; no account is needed",
		Faults:  []string{"record.not_found", "resource.kind_unknown", "resource.invalid"},
	}, func(ctx context.Context, in *mistakeIn) (*mistakeOut, error) {
		if err := clean(in.Body.Text); err != nil {
			return nil, err
		}
		m, err := svc.ReportMistake(ctx, actorOf(ctx), in.IdempotencyKey, resources.Subject{Kind: in.Body.Kind, ID: in.Body.ID}, in.Body.Text)
		if err != nil {
			return nil, err
		}
		return &mistakeOut{etag(m.Version), toMistake(m)}, nil
	})
	registerMistakes(s, svc)
}

func registerMistakes(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/resource-mistakes", ID: "listMistakes", Permission: access.MistakeAnswer, Tag: "resources",
		Summary: "Reports about your own records, oldest first",
	}, func(ctx context.Context, in *mistakesIn) (*mistakesOut, error) {
		all, err := svc.Mistakes(ctx, actorOf(ctx), in.State)
		if err != nil {
			return nil, err
		}
		out := &mistakesOut{}
		out.Body.Items = toMistakes(all)
		return out, nil
	})
	summary := map[string]string{"mend": "Say that the record was mended", "dismiss": "Say why the record is right"}
	for _, verb := range resource.MistakeMachine.Verbs() {
		register(s, Op{
			Method: http.MethodPost, Path: "/resource-mistakes/{id}/" + verb, ID: verb + "Mistake", Permission: access.MistakeAnswer, Tag: "resources",
			Summary: summary[verb], Faults: []string{"record.not_found", "record.stale", "mistake.transition_refused", "mistake.reason_required"},
		}, func(ctx context.Context, in *answerIn) (*mistakeOut, error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			if err := clean(in.Body.Reason); err != nil {
				return nil, err
			}
			m, err := svc.AnswerMistake(ctx, actorOf(ctx), in.IdempotencyKey, in.ID, version, verb, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return &mistakeOut{etag(m.Version), toMistake(m)}, nil
		})
	}
}
