package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/todos"
	"linli/backend/domain/access"
)

type todoView struct {
	Kind   string     `json:"kind" doc:"Name of the lifecycle." example:"payment"`
	ID     string     `json:"id"`
	Code   string     `json:"code" example:"FK-2026-000391"`
	Title  string     `json:"title"`
	Action string     `json:"action" doc:"The verb that is due." example:"approve"`
	DueAt  *time.Time `json:"dueAt,omitempty" doc:"When the rules want it done; absent when they do not say."`
	Link   string     `json:"link" doc:"Path in the web app."`
}

type todosOut struct {
	Body struct {
		Items []todoView `json:"items"`
	}
}

type writeView struct {
	Seq    int64     `json:"seq" doc:"Number of the audit record."`
	At     time.Time `json:"at"`
	Action string    `json:"action" example:"payment.approve"`
	Kind   string    `json:"kind"`
	ID     string    `json:"id"`
}

type writesOut struct {
	Body struct {
		Items []writeView `json:"items"`
	}
}

// registerTodos adds a person's two lists: what waits, and what he did.
func registerTodos(s *Server, svc *todos.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/todos", ID: "listTodos", Permission: access.SignedIn, Tag: "todos",
		Summary: "What waits for me in the role in use, the earliest deadline first", Faults: []string{"access.sign_in_required"},
	}, func(ctx context.Context, _ *struct{}) (*todosOut, error) {
		list, err := svc.Waiting(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &todosOut{}
		out.Body.Items = []todoView{}
		for _, x := range list {
			out.Body.Items = append(out.Body.Items, todoView(x))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/todos/done", ID: "listDone", Permission: access.SignedIn, Tag: "todos",
		Summary: "My own latest writes in the role in use, newest first", Faults: []string{"access.sign_in_required"},
	}, func(ctx context.Context, _ *struct{}) (*writesOut, error) {
		list, err := svc.Done(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &writesOut{}
		out.Body.Items = []writeView{}
		for _, r := range list {
			out.Body.Items = append(out.Body.Items, writeView{Seq: r.Seq, At: r.At, Action: r.Action, Kind: r.Kind, ID: r.ID})
		}
		return out, nil
	})
}
