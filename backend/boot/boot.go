// Package boot is the one place that knows everybody: it wires store, use cases, edge and
// jobs together.
package boot

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"linli/backend/app"
	"linli/backend/app/accounts"
	"linli/backend/app/contracts"
	"linli/backend/app/figures"
	"linli/backend/app/files"
	"linli/backend/app/funds"
	"linli/backend/app/matching"
	"linli/backend/app/needs"
	"linli/backend/app/notices"
	"linli/backend/app/oversight"
	"linli/backend/app/places"
	"linli/backend/app/procurement"
	"linli/backend/app/projects"
	"linli/backend/app/resources"
	"linli/backend/app/settlement"
	"linli/backend/app/todos"
	"linli/backend/config"
	"linli/backend/domain/calendar"
	"linli/backend/domain/rulebook"
	"linli/backend/filestore"
	"linli/backend/httpapi"
	"linli/backend/jobs"
	"linli/backend/mail"
	"linli/backend/seal"
	"linli/backend/sqlstore"
	"linli/frontend"
)

// Version is stamped by the linker.
var Version = "0.1.0"

// Config is what boot needs of the configuration.
type Config struct {
	Store  config.Store
	Site   config.Site
	Server config.Server
	Mail   config.Mail
	Cards  config.Cards
}

// System is a wired process.
type System struct {
	DB       *sqlstore.DB
	App      *app.App
	Services httpapi.Services
	Server   *httpapi.Server
	Log      *slog.Logger
	Courier  *mail.Queue
	Jobs     *jobs.Queue
}

// OpenStore opens the database alone, for commands that need no more.
func OpenStore(ctx context.Context, c config.Store, readOnly bool) (*sqlstore.DB, error) {
	if c.Database == "" {
		if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
			return nil, err
		}
	}
	return sqlstore.Open(ctx, sqlstore.Options{URL: c.DatabaseURL(), ReadOnly: readOnly})
}

// Open opens and migrates the store and wires everything over it. Close ends it.
func Open(ctx context.Context, c Config, log *slog.Logger) (*System, error) {
	db, err := OpenStore(ctx, c.Store, false)
	if err != nil {
		return nil, err
	}
	names, err := db.Migrate(ctx)
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	if len(names) > 0 {
		log.Info("migrated", "migrations", names)
	}
	s, err := Wire(db, c, log)
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return s, nil
}

// Wire builds use cases and edge over an open store; tests call it with their own.
func Wire(db *sqlstore.DB, c Config, log *slog.Logger) (*System, error) {
	rules, err := rulebook.Official()
	if err != nil {
		return nil, err
	}
	days, err := calendar.Official()
	if err != nil {
		return nil, err
	}
	a := &app.App{
		Store: db, Clock: db.Clock(), IDs: sqlstore.UUIDv7{},
		Rules: rules, Calendar: days,
		Settings: app.Settings{Jurisdiction: c.Site.Jurisdiction, Demonstration: c.Site.Demonstration, PublicURL: c.Site.PublicURL},
	}
	days.FindMissing(func(year int) (calendar.Year, bool) { return settlement.StoredYear(context.Background(), a, year) })
	courier, err := newCourier(c.Mail, c.Site.Demonstration, log)
	if err != nil {
		return nil, err
	}
	people, err := accountDeps(db, c, courier, log)
	if err != nil {
		return nil, err
	}
	contents, err := filestore.Open(filepath.Join(c.Store.DataDir, "files"))
	if err != nil {
		return nil, err
	}
	v := httpapi.Services{
		Accounts:    accounts.New(a, people),
		Contracts:   contracts.New(a),
		Figures:     figures.New(a),
		Files:       files.New(a, contents),
		Funds:       funds.New(a),
		Matching:    matching.New(a),
		Needs:       needs.New(a),
		Notices:     notices.New(a, notices.Deps{Sender: courier, System: db.Clock().System}),
		Oversight:   oversight.New(a),
		Places:      places.New(a, needs.Homes{}),
		Procurement: procurement.New(a, seal.Vault{}),
		Projects:    projects.New(a),
		Resources:   resources.New(a),
		Settlement:  settlement.New(a),
	}
	v.Oversight.ReadFiguresFrom(db)
	if err := connectCards(v.Funds, db, c.Cards, log); err != nil {
		return nil, err
	}
	v.Todos = todos.New(a, v.Accounts, v.Needs, v.Resources, v.Projects, v.Matching, v.Procurement, v.Contracts,
		v.Settlement, v.Funds, v.Places, v.Oversight)
	queue, err := connectJobs(db, log)
	if err != nil {
		return nil, err
	}
	return &System{DB: db, App: a, Services: v, Log: log, Courier: courier, Jobs: queue}, nil
}

// Serve builds the HTTP edge of a wired system. auth may differ in tests; nil means the
// sessions of accounts.
func (s *System) Serve(c Config, auth httpapi.Authenticator) *httpapi.Server {
	if auth == nil {
		auth = s.Services.Accounts
	}
	web, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	s.Server = httpapi.New(s.App, auth, s.Services, httpapi.Config{
		Version: Version, Demonstration: c.Site.Demonstration, TileURL: c.Server.TileURL, TileOrigins: c.Server.Origins(),
		TrustProxy: c.Server.TrustProxy, Ready: s.DB.Ping, Web: httpapi.Web{FS: web},
	}, s.Log)
	return s.Server
}

// Close lets running jobs finish, sends what was accepted and releases the store.
func (s *System) Close() error {
	s.Jobs.Stop()
	s.Courier.Close()
	return s.DB.Close()
}
