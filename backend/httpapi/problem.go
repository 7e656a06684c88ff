package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"linli/backend/domain/fault"
	"linli/frontend"
)

// Problem is an RFC 9457 problem: the one shape of every refusal.
type Problem struct {
	Type      string            `json:"type" doc:"A stable address made from the code." example:"/problems/record.stale"`
	Title     string            `json:"title" doc:"One sentence in the caller's language."`
	Status    int               `json:"status"`
	Code      string            `json:"code" doc:"The stable code of the refusal." example:"record.stale"`
	Params    map[string]string `json:"params,omitempty" doc:"Values the sentence speaks of."`
	Fields    []ProblemField    `json:"fields,omitempty" doc:"The inputs at fault."`
	RequestID string            `json:"requestId" doc:"Stands in the server's log too."`
}

// ProblemField names one input at fault by its JSON path. Values are never echoed.
type ProblemField struct {
	Path    string `json:"path"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (p *Problem) Error() string { return p.Code + ": " + p.Title }

// GetStatus and ContentType make a Problem an answer huma can write.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is always the problem media type.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statusOf = map[fault.Kind]int{
	fault.KindMalformed: http.StatusBadRequest, fault.KindInvalid: http.StatusUnprocessableEntity,
	fault.KindUnauthenticated: http.StatusUnauthorized, fault.KindForbidden: http.StatusForbidden,
	fault.KindNotFound: http.StatusNotFound, fault.KindConflict: http.StatusConflict,
	fault.KindStale: http.StatusPreconditionFailed, fault.KindRateLimited: http.StatusTooManyRequests,
	fault.KindUnavailable: http.StatusServiceUnavailable, fault.KindInternal: http.StatusInternalServerError,
}

// problem translates an error and logs what users are not shown: the only place that does.
func (s *Server) problem(ctx context.Context, err error) *Problem {
	r := requestOf(ctx)
	f, ok := fault.As(err)
	if !ok {
		var p *Problem
		if errors.As(err, &p) {
			return p
		}
		f = fault.Internal("not a fault", err)
		if errors.Is(err, context.DeadlineExceeded) {
			f = fault.Wrap(fault.KindUnavailable, "request.timeout", "time limit", err)
		}
	}
	level := slog.LevelInfo
	if f.Kind == fault.KindInternal || f.Kind == fault.KindUnavailable {
		level = slog.LevelError
	}
	s.log.Log(ctx, level, "refused", "request", r.id, "code", f.Code, "error", f.Error(), "person", r.actor.PersonID, "role", r.actor.Role)
	return s.describeFault(r, f)
}

func (s *Server) describeFault(r *request, f *fault.Error) *Problem {
	status, ok := statusOf[f.Kind]
	if !ok {
		status = http.StatusInternalServerError
	}
	p := &Problem{
		Type: "/problems/" + f.Code, Title: s.titles.of(r.language, f.Code, f.Params), Status: status,
		Code: f.Code, Params: f.Params, RequestID: r.id,
	}
	for _, x := range f.Fields {
		p.Fields = append(p.Fields, ProblemField(x))
	}
	return p
}

// newHumaError stands for problems made where no request is known (the description).
func newHumaError(status int, _ string, _ ...error) huma.StatusError {
	return &Problem{Status: status}
}

// humaRefusal turns huma's own refusals (validation, media types) into problems. Offending
// values are left out: they may be passwords.
func (s *Server) humaRefusal(r *request, status int, msg string, errs ...error) huma.StatusError {
	for _, e := range errs {
		var p *Problem
		if errors.As(e, &p) {
			return p
		}
	}
	f := codeForStatus(status)
	for _, e := range errs {
		var d huma.ErrorDetailer
		if errors.As(e, &d) {
			detail := d.ErrorDetail()
			if strings.HasPrefix(detail.Location, "path.") { // a mistyped address names nothing
				return s.describeFault(r, fault.NotFound("record.not_found", "no such address"))
			}
			f = f.At(strings.TrimPrefix(strings.TrimPrefix(detail.Location, "body."), "query."), "invalid", detail.Message)
		}
	}
	s.log.Info("refused", "request", r.id, "status", status, "message", msg)
	p := s.describeFault(r, f)
	p.Status = status
	return p
}

func codeForStatus(status int) *fault.Error {
	switch status {
	case http.StatusUnprocessableEntity:
		return fault.Invalid("request.invalid", "validation")
	case http.StatusNotFound:
		return fault.NotFound("request.not_found", "no route")
	case http.StatusMethodNotAllowed:
		return fault.Malformed("request.method_not_allowed", "method")
	case http.StatusRequestEntityTooLarge:
		return fault.Malformed("request.too_large", "body")
	case http.StatusRequestTimeout, http.StatusGatewayTimeout:
		return fault.New(fault.KindUnavailable, "request.timeout", "timeout")
	case http.StatusTooManyRequests:
		return fault.New(fault.KindRateLimited, "request.rate_limited", "rate")
	case http.StatusInternalServerError:
		return fault.Internal("huma", nil)
	default:
		return fault.Malformed("request.malformed", "malformed")
	}
}

// fiberError writes what never reached huma: unknown addresses, wrong methods, large bodies.
func (s *Server) fiberError(c *fiber.Ctx, err error) error {
	status := http.StatusInternalServerError
	var fe *fiber.Error
	if errors.As(err, &fe) {
		status = fe.Code
	} else {
		s.log.Error("unhandled", "error", err.Error(), "path", c.Path())
	}
	r := requestOf(c.UserContext())
	if r.id == "" {
		r.language = languageFrom(c.Get("Accept-Language"))
	}
	p := s.describeFault(r, codeForStatus(status))
	p.Status = status
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	c.Status(status).Set("Content-Type", "application/problem+json")
	return c.Send(body)
}

// titles are the sentences of every fault code, by language.
type titles map[string]map[string]string

func loadTitles() titles {
	out := titles{}
	for _, lang := range []string{"zh", "en"} {
		out[lang] = map[string]string{}
		names, _ := fs.Glob(frontend.Problems, "src/locales/"+lang+"/problems.*.json")
		for _, n := range names {
			text, err := fs.ReadFile(frontend.Problems, n)
			if err != nil {
				panic(err)
			}
			var part map[string]string
			if err := json.Unmarshal(text, &part); err != nil {
				panic(n + ": " + err.Error())
			}
			for code, title := range part {
				out[lang][code] = title
			}
		}
	}
	return out
}

func (t titles) of(lang, code string, params map[string]string) string {
	title, ok := t[lang][code]
	if !ok {
		return code
	}
	for k, v := range params {
		title = strings.ReplaceAll(title, "{{"+k+"}}", v)
	}
	return title
}
