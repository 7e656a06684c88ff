package httpapi

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
)

// Op describes one operation. Permission is required; Faults are the codes a caller can get
// beyond the general ones.
type Op struct {
	Method, Path, ID string // path below Prefix, "/needs/{id}/adopt"
	Permission       access.Permission
	Tag, Summary     string
	Description      string
	Faults           []string
	Status           int           // success status when not 200/204
	MaxBody          int64         // bytes; 0 means one megabyte
	Timeout          time.Duration // 0 means MaxRequestTime
	Cookie           bool          // authenticated by cookie: cross-site requests are refused
}

// register adds one operation: it attaches the actor's permission check, the headers a write
// needs, the time limit and the translation of faults, so that no operation can forget them.
func register[I, O any](s *Server, op Op, handler func(ctx context.Context, in *I) (*O, error)) {
	if !access.Known(op.Permission) {
		panic("operation " + op.ID + " names the unknown permission " + string(op.Permission))
	}
	s.routes = append(s.routes, op)
	limit := op.Timeout
	if limit == 0 || limit > MaxRequestTime {
		limit = MaxRequestTime
	}
	o := s.describe(op)
	o.Middlewares = huma.Middlewares{s.gate(op, reflect.TypeFor[I]())}
	huma.Register(s.api, o, func(ctx context.Context, in *I) (*O, error) {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		out, err := handler(ctx, in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return out, nil
	})
}

// gate stands before the input is even read: who may not enter learns nothing about it, and a
// write without its key or version is told so whatever else is wrong with it. The version seen
// goes with the request from here: it is part of what an idempotency key stands for.
func (s *Server) gate(op Op, input reflect.Type) func(huma.Context, func(huma.Context)) {
	_, keyed := input.FieldByName("IdempotencyKey")
	_, versioned := input.FieldByName("VersionHeader")
	_, sees := input.FieldByName("IfMatch")
	return func(ctx huma.Context, next func(huma.Context)) {
		err := s.admit(ctx.Context(), op)
		switch {
		case err != nil:
		case keyed && ctx.Header("Idempotency-Key") == "":
			err = fault.Malformed("idempotency.key_missing", op.ID+" without an idempotency key")
		case versioned && ctx.Header("If-Match") == "":
			err = fault.Malformed("request.version_missing", op.ID+" without If-Match")
		}
		if err == nil && sees {
			ctx = huma.WithContext(ctx, app.Seeing(ctx.Context(), seenOf(ctx.Header("If-Match"))))
		}
		if err == nil {
			next(ctx)
			return
		}
		p := s.problem(ctx.Context(), err)
		_ = huma.WriteErr(s.api, ctx, p.Status, p.Title, p) // fails only when the caller is gone
	}
}

// admit is the first net: does the acting role hold the route's permission at all?
func (s *Server) admit(ctx context.Context, op Op) error {
	r := requestOf(ctx)
	if r.authFault != nil && op.Permission != access.Public {
		return r.authFault
	}
	if op.Cookie && !r.sameSite {
		return fault.Forbidden("request.cross_site", "cookie operation called from another site")
	}
	if op.Permission == access.Public {
		return nil
	}
	if r.actor.Anonymous() {
		return fault.Unauthenticated("access.sign_in_required", "sign in for "+op.ID)
	}
	if !access.Holds(r.actor.Role, op.Permission) {
		return fault.Forbidden("access.forbidden", string(r.actor.Role)+" may not "+string(op.Permission)).
			With("permission", string(op.Permission))
	}
	return nil
}

func (s *Server) describe(op Op) huma.Operation {
	o := huma.Operation{
		Method: op.Method, Path: Prefix + op.Path, OperationID: op.ID, Summary: op.Summary,
		Tags: []string{op.Tag}, DefaultStatus: op.Status, MaxBodyBytes: op.MaxBody,
		BodyReadTimeout: MaxRequestTime, Errors: statuses(op),
		Extensions: map[string]any{"x-permission": string(op.Permission), "x-faults": op.Faults},
	}
	o.Description = op.Description
	if op.Permission != access.Public {
		o.Security = []map[string][]string{{"bearer": {}}}
	}
	return o
}

func statuses(op Op) []int {
	out := []int{http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if op.Permission != access.Public {
		out = append(out, http.StatusUnauthorized, http.StatusForbidden)
	}
	if strings.Contains(op.Path, "{") {
		out = append(out, http.StatusNotFound)
	}
	if op.Method != http.MethodGet {
		out = append(out, http.StatusConflict, http.StatusPreconditionFailed)
	}
	return out
}

// WriteHeader is embedded in the input of every write. It is exported because huma reads
// only exported embedded types: a lower-case one would silently never be filled.
type WriteHeader struct {
	IdempotencyKey string `header:"Idempotency-Key" maxLength:"128" doc:"Required. Repeating a request with the same key answers from the first one."`
}

// VersionHeader is embedded in the input of every change of a versioned record.
type VersionHeader struct {
	IfMatch string `header:"If-Match" maxLength:"32" doc:"Required. The ETag that the change is based on."`
}

// Version reads the version seen by the caller. Fault request.version_missing.
func (v VersionHeader) Version() (int64, error) {
	n := seenOf(v.IfMatch)
	if n < 1 {
		return 0, fault.Malformed("request.version_missing", "If-Match does not carry a version")
	}
	return n, nil
}

// seenOf reads an ETag; 0 when it carries no version.
func seenOf(ifMatch string) int64 {
	n, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(ifMatch, "W/"), `"`), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// etag writes a version as an ETag.
func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// PageQuery is embedded in the input of every list.
type PageQuery struct {
	Cursor string `query:"cursor" maxLength:"512" doc:"Where the last page ended; empty for the first page."`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}
