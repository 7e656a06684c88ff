package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/needs"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

type assistView struct {
	ID        string     `json:"id"`
	PlaceID   string     `json:"placeId"`
	Known     bool       `json:"known" doc:"The resident has an account."`
	Nameless  string     `json:"nameless,omitempty"`
	Channel   string     `json:"channel" enum:"assisted,paper,door"`
	StartedAt time.Time  `json:"startedAt"`
	EndsAt    time.Time  `json:"endsAt"`
	EndedAt   *time.Time `json:"endedAt,omitempty"`
}

type assistOut struct {
	Body assistView
}

func toAssist(a need.Assist, err error) (*assistOut, error) {
	if err != nil {
		return nil, err
	}
	return &assistOut{assistView{a.ID, string(a.PlaceID), a.PersonID != "", a.Nameless, string(a.Channel), a.StartedAt, a.EndsAt, a.EndedAt}}, nil
}

type currentAssistOut struct {
	Body struct {
		Assist *assistView `json:"assist,omitempty" doc:"Absent when none runs."`
	}
}

type assistStartIn struct {
	WriteHeader
	Body struct {
		PlaceID  string `json:"placeId" maxLength:"36"`
		Phone    string `json:"phone,omitempty" maxLength:"30" doc:"Of a resident with an account."`
		Nameless string `json:"nameless,omitempty" maxLength:"60" doc:"Who it is, when there is no account."`
		Channel  string `json:"channel" enum:"assisted,paper,door"`
	}
}

type assistEndIn struct {
	WriteHeader
	ID string `path:"id" maxLength:"36"`
}

func registerAssists(s *Server, a needsAPI) {
	register(s, Op{
		Method: http.MethodPost, Path: "/assists", ID: "startAssist", Permission: access.NeedAssist, Tag: voiceTag, Status: http.StatusCreated,
		Summary: "Begin half an hour of writing for a resident", Faults: []string{"assist.invalid", "assist.running", "need.place_not_community", "record.not_found"},
	}, a.startAssist)
	register(s, Op{
		Method: http.MethodGet, Path: "/assists/current", ID: "currentAssist", Permission: access.NeedAssist, Tag: voiceTag,
		Summary: "The assisted half hour that runs now",
	}, a.currentAssist)
	register(s, Op{
		Method: http.MethodPost, Path: "/assists/{id}/end", ID: "endAssist", Permission: access.NeedAssist, Tag: voiceTag,
		Summary: "End an assisted half hour", Faults: []string{"assist.over", "assist.not_yours", "record.not_found"},
	}, a.endAssist)
}

func (a needsAPI) startAssist(ctx context.Context, in *assistStartIn) (*assistOut, error) {
	b := in.Body
	if err := clean(b.Nameless, b.Phone); err != nil {
		return nil, err
	}
	return toAssist(a.svc.StartAssist(ctx, needs.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey},
		needs.Assisting{PlaceID: ident.PlaceID(b.PlaceID), Phone: b.Phone, Nameless: b.Nameless, Channel: need.Channel(b.Channel)}))
}

func (a needsAPI) currentAssist(ctx context.Context, _ *struct{}) (*currentAssistOut, error) {
	out := &currentAssistOut{}
	current, err := a.svc.CurrentAssist(ctx, actorOf(ctx))
	if err != nil || current.ID == "" {
		return out, err
	}
	view, err := toAssist(current, nil)
	if err != nil {
		return nil, err
	}
	out.Body.Assist = &view.Body
	return out, nil
}

func (a needsAPI) endAssist(ctx context.Context, in *assistEndIn) (*assistOut, error) {
	return toAssist(a.svc.EndAssist(ctx, needs.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, in.ID))
}
