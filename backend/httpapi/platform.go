package httpapi

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"linli/backend/app"
	"linli/backend/domain/access"
)

type lifecycleRow struct {
	From       string `json:"from"`
	Action     string `json:"action"`
	To         string `json:"to"`
	Permission string `json:"permission"`
	Duty       string `json:"duty,omitempty"`
	Reason     bool   `json:"reason"`
	Notice     bool   `json:"notice"`
}

type lifecycleState struct {
	Code  string `json:"code"`
	ZH    string `json:"zh"`
	EN    string `json:"en"`
	Final bool   `json:"final"`
}

type lifecycleView struct {
	Name    string           `json:"name"`
	Initial string           `json:"initial"`
	States  []lifecycleState `json:"states"`
	Rows    []lifecycleRow   `json:"rows"`
}

type lifecyclesOut struct {
	Body struct {
		Items []lifecycleView `json:"items"`
	}
}

// registerPlatform adds what belongs to no area: the lifecycle tables.
func registerPlatform(s *Server) {
	register(s, Op{
		Method: http.MethodGet, Path: "/lifecycles", ID: "listLifecycles", Permission: access.Public,
		Tag: "platform", Summary: "The lifecycle tables: every state and every action that leads from one to the next",
	}, func(context.Context, *struct{}) (*lifecyclesOut, error) { return lifecycleViews(), nil })
}

func lifecycleViews() *lifecyclesOut {
	out := &lifecyclesOut{}
	out.Body.Items = []lifecycleView{}
	for _, m := range app.Lifecycles() {
		v := lifecycleView{Name: m.Name, Initial: m.Initial}
		for _, st := range m.States {
			v.States = append(v.States, lifecycleState(st))
		}
		for _, r := range m.Rows {
			v.Rows = append(v.Rows, lifecycleRow{
				From: r.From, Action: r.Action, To: r.To, Permission: string(r.Permission),
				Duty: string(r.Duty), Reason: r.Reason, Notice: r.Notice,
			})
		}
		out.Body.Items = append(out.Body.Items, v)
	}
	return out
}

// mountPlain adds the addresses for operators: health, readiness, metrics.
func (s *Server) mountPlain() {
	s.fiber.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	s.fiber.Get("/readyz", func(c *fiber.Ctx) error {
		if s.config.Ready != nil {
			if err := s.config.Ready(c.UserContext()); err != nil {
				s.log.Error("not ready", "error", err.Error())
				return c.Status(http.StatusServiceUnavailable).SendString("not ready\n")
			}
		}
		return c.SendString("ready\n")
	})
	s.fiber.Get("/metrics", adaptor.HTTPHandler(promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})))
}
