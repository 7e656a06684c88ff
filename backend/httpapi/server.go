// Package httpapi is the HTTP edge: typed huma operations on Fiber. Only this file, the
// middleware and the static files know Fiber; handlers see contexts and structs.
package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"

	"linli/backend/app"
	"linli/backend/domain/access"
)

// Limits of the edge. What is stamped in time must have committed before a lot closes, so
// MaxRequestTime is also the pause between a deadline and its closing.
const (
	MaxRequestTime = 20 * time.Second
	maxBody        = 12 << 20 // one upload of ten megabytes and its envelope
	maxHeader      = 16 << 10
	idleTimeout    = 75 * time.Second
	Prefix         = "/api/v1"
)

// Authenticator turns a bearer token into the acting membership. Faults: session.expired,
// access.sign_in_required.
type Authenticator interface {
	Authenticate(ctx context.Context, bearer string) (access.Actor, error)
}

// Config is what the edge needs to know of the installation.
type Config struct {
	Version       string
	Demonstration bool
	TileURL       string                      // template of map tiles; empty for none
	TileOrigins   []string                    // extra image origins of the content security policy
	TrustProxy    bool                        // read the client's address from X-Forwarded-For
	Ready         func(context.Context) error // nil means always ready
	Web           Web
}

// Server carries what the operations share.
type Server struct {
	app     *app.App
	api     huma.API
	fiber   *fiber.App
	auth    Authenticator
	config  Config
	log     *slog.Logger
	titles  titles
	metrics *metrics
	routes  []Op
}

// New builds the server with every operation registered. It panics on an operation without
// a permission: a start that fails is better than an open door.
func New(a *app.App, auth Authenticator, services Services, c Config, log *slog.Logger) *Server {
	s := &Server{app: a, auth: auth, config: c, log: log, titles: loadTitles(), metrics: newMetrics()}
	s.fiber = fiber.New(fiber.Config{
		Immutable:             true, // otherwise kept strings change under us
		ReadBufferSize:        maxHeader,
		BodyLimit:             maxBody,
		ReadTimeout:           MaxRequestTime,
		WriteTimeout:          MaxRequestTime,
		IdleTimeout:           idleTimeout,
		DisableStartupMessage: true,
		ErrorHandler:          s.fiberError,
	})
	s.use()
	s.api = humafiber.NewV2(s.fiber, s.humaConfig())
	registerAll(s, services)
	s.mountPlain()
	s.mountWeb()
	return s
}

// setHumaGlobals sets what huma keeps in package variables, once: several servers may be
// built beside each other, and the one that serves a request is found by its context.
var setHumaGlobals = sync.OnceFunc(func() {
	huma.DefaultArrayNullable = false // lists are empty, never null: handlers make them so
	huma.NewError = newHumaError
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		if ctx == nil {
			return newHumaError(status, msg)
		}
		if r := requestOf(ctx.Context()); r.server != nil {
			return r.server.humaRefusal(r, status, msg, errs...)
		}
		return newHumaError(status, msg)
	}
})

func (s *Server) humaConfig() huma.Config {
	cfg := huma.DefaultConfig("Linli 邻里", s.config.Version)
	cfg.OpenAPIPath = Prefix + "/openapi"
	cfg.DocsPath = ""     // huma's page loads scripts from outside; ours is in the web app
	cfg.SchemasPath = ""  // one document is enough
	cfg.CreateHooks = nil // no $schema links in answers
	cfg.Info.Description = "Needs, purchases and payments of a neighbourhood, in the open."
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer": {Type: "http", Scheme: "bearer", BearerFormat: "JWT"},
	}
	setHumaGlobals()
	return cfg
}

// Listen serves until Shutdown.
func (s *Server) Listen(addr string) error {
	if err := s.fiber.Listen(addr); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// Shutdown stops taking requests and waits for the running ones.
func (s *Server) Shutdown(ctx context.Context) error { return s.fiber.ShutdownWithContext(ctx) }

// Fiber is the underlying application, for listeners and in-process tests.
func (s *Server) Fiber() *fiber.App { return s.fiber }

// OpenAPI is the description generated from the operations, as JSON.
func (s *Server) OpenAPI() ([]byte, error) { return s.api.OpenAPI().MarshalJSON() }

// Routes lists every operation, for documents and the walk of all routes as all roles.
func (s *Server) Routes() []Op { return append([]Op(nil), s.routes...) }

// Registry lets boot register the server's metrics beside others.
func (s *Server) Registry() *prometheus.Registry { return s.metrics.registry }
