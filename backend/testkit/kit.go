// Package testkit gives tests a whole application on a real database with a clock that
// stands still until it is moved.
package testkit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"linli/backend/app"
	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/httpapi"
	"linli/backend/logging"
	"linli/backend/sqlstore"
)

// PostgresEnv names the server that tests make their databases on. With LINLI_TEST_REQUIRE
// set, its absence fails the tests instead of skipping them.
const (
	PostgresEnv = "LINLI_TEST_POSTGRES_URL"
	RequireEnv  = "LINLI_TEST_REQUIRE"
)

// Start is the time every kit begins at: a working Monday.
var Start = time.Date(2026, 3, 2, 10, 0, 0, 0, calendar.Loc)

// Kit is one application for one test.
type Kit struct {
	*boot.System
	T       testing.TB
	World   World
	elapsed *atomic.Int64
	server  *httpapi.Server
	once    sync.Once

	sessions *httpapi.Server // authenticates by sessions: see Browser
	live     sync.Once
}

// New gives an application on a SQLite file.
func New(t testing.TB) *Kit { return onSQLite(t) }

// Both runs a test on SQLite and on PostgreSQL.
func Both(t *testing.T, fn func(t *testing.T, k *Kit)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		fn(t, onSQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		fn(t, onPostgres(t))
	})
}

var sqliteTemplate = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "linli-template-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "template.db")
	db, err := sqlstore.Open(context.Background(), sqlstore.Options{URL: path})
	if err != nil {
		return "", err
	}
	if _, err := db.Migrate(context.Background()); err != nil {
		return "", err
	}
	_, write := db.Handles()
	if _, err := write.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return "", err
	}
	return path, db.Close()
})

func onSQLite(t testing.TB) *Kit {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "linli.db")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

func onPostgres(t testing.TB) *Kit {
	t.Helper()
	return open(t, PostgresDatabase(t))
}

// PostgresDatabase makes a migrated database for one test and returns its address.
func PostgresDatabase(t testing.TB) string {
	t.Helper()
	base := RequirePostgres(t)
	template, err := postgresTemplate()
	if err != nil {
		t.Fatal(err)
	}
	return postgresFrom(t, base, template)
}

// RequirePostgres is the address of the server for tests; without one it skips, or fails where
// that is not allowed.
func RequirePostgres(t testing.TB) string {
	t.Helper()
	base := os.Getenv(PostgresEnv)
	switch {
	case base != "":
	case os.Getenv(RequireEnv) != "":
		t.Fatalf("%s is not set: PostgreSQL tests cannot run", PostgresEnv)
	default:
		t.Skipf("SKIPPED LOUDLY: %s is not set, nothing was tested on PostgreSQL", PostgresEnv)
	}
	return base
}

// PostgresCopy makes a database like the one of a URL, to which nobody may be connected, and
// drops it with the test.
func PostgresCopy(t testing.TB, of string) string {
	t.Helper()
	head, _, _ := strings.Cut(of, "?")
	return postgresFrom(t, of, head[strings.LastIndexByte(head, '/')+1:])
}

func postgresFrom(t testing.TB, url, template string) string {
	t.Helper()
	made, drop, err := copyDatabase(url, template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Log(err)
		}
	})
	return made
}

// PostgresKept makes a migrated database that outlives its test, as a template for others;
// whoever asked drops it when all tests have ended.
func PostgresKept() (url string, drop func() error, err error) {
	template, err := postgresTemplate()
	if err != nil {
		return "", nil, err
	}
	return copyDatabase(os.Getenv(PostgresEnv), template)
}

func copyDatabase(url, template string) (made string, drop func() error, err error) {
	name := "linli_t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	admin, err := sql.Open("pgx", os.Getenv(PostgresEnv))
	if err != nil {
		return "", nil, err
	}
	admin.SetMaxOpenConns(1)
	if _, err := admin.Exec("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY wal_log"); err != nil {
		return "", nil, errors.Join(err, admin.Close())
	}
	return withDatabase(url, name), func() error {
		_, err := admin.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
		return errors.Join(err, admin.Close())
	}, nil
}

func withDatabase(url, name string) string {
	head, query, _ := strings.Cut(url, "?")
	i := strings.LastIndexByte(head, '/')
	return head[:i+1] + name + "?" + query
}

// postgresTemplate migrates one database per schema and server; its name carries the hash
// of the migrations so that a changed schema makes a new one.
var postgresTemplate = sync.OnceValues(func() (string, error) {
	ctx := context.Background()
	base := os.Getenv(PostgresEnv)
	sum, err := sqlstore.SchemaSum()
	if err != nil {
		return "", err
	}
	name := "linli_template_" + sum[:16]
	admin, err := sql.Open("pgx", base)
	if err != nil {
		return "", err
	}
	defer func() { _ = admin.Close() }()
	conn, err := admin.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(4711)"); err != nil {
		return "", err
	}
	var ready bool
	if err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = '"+name+"' AND datistemplate)").Scan(&ready); err != nil || ready {
		return name, err
	}
	if _, err := conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+name); err != nil {
		return "", err
	}
	if _, err := conn.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	db, err := sqlstore.Open(ctx, sqlstore.Options{URL: withDatabase(base, name)})
	if err != nil {
		return "", err
	}
	if _, err := db.Migrate(ctx); err != nil {
		return "", err
	}
	if err := db.Close(); err != nil {
		return "", err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+name+" IS_TEMPLATE true")
	return name, err
})

func open(t testing.TB, url string) *Kit {
	t.Helper()
	elapsed := &atomic.Int64{}
	db, err := sqlstore.Open(context.Background(), sqlstore.Options{URL: url, SystemNow: func() time.Time {
		return Start.Add(time.Duration(elapsed.Load()))
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	cfg := settings(t)
	s, err := boot.Wire(db, cfg, logging.Discard())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Courier.Close)
	k := &Kit{System: s, T: t, elapsed: elapsed}
	k.World = newWorld(k)
	return k
}

func settings(t testing.TB) boot.Config {
	return boot.Config{
		Store: config.Store{DataDir: t.TempDir()},
		Site:  config.Site{Jurisdiction: "CN", Demonstration: true, PublicURL: "http://linli.test"},
	}
}

// Advance moves the clock.
func (k *Kit) Advance(by time.Duration) { k.elapsed.Add(int64(by)) }

// AdvanceTo moves the clock to an instant that must not lie behind.
func (k *Kit) AdvanceTo(at time.Time) {
	k.T.Helper()
	by := at.Sub(k.App.Clock.Now())
	if by < 0 {
		k.T.Fatalf("the clock does not run backwards (to %s)", at)
	}
	k.Advance(by)
}

// Key returns a fresh idempotency key.
func (k *Kit) Key() string { return uuid.NewString() }

// Update runs a write outside any use case, to arrange a test.
func (k *Kit) Update(fn func(ctx context.Context, u *app.Unit) error) {
	k.T.Helper()
	if err := k.App.Store.Update(context.Background(), fn); err != nil {
		k.T.Fatal(err)
	}
}

// View reads outside any use case, to look at what a test did.
func (k *Kit) View(fn func(ctx context.Context, u *app.Unit) error) {
	k.T.Helper()
	if err := k.App.Store.View(context.Background(), fn); err != nil {
		k.T.Fatal(err)
	}
}

// Server gives the HTTP edge in this process. Its bearer tokens are membership ids: see As.
func (k *Kit) Server() *httpapi.Server {
	k.once.Do(func() { k.server = k.Serve(settings(k.T), trusting{k.App}) })
	return k.server
}

// Call sends one request as an actor (the zero actor is the public) and returns status,
// headers and body. headers come in pairs.
func (k *Kit) Call(as access.Actor, method, path, body string, headers ...string) (*http.Response, string) {
	k.T.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if !as.Anonymous() {
		req.Header.Set("Authorization", "Bearer "+string(as.MembershipID))
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := k.Server().Fiber().Test(req, -1)
	if err != nil {
		k.T.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		k.T.Fatal(err)
	}
	return res, string(text)
}

// trusting accepts a membership id as a token: route tests are not about signing in.
type trusting struct{ app *app.App }

// Authenticate finds the membership by its id.
func (a trusting) Authenticate(ctx context.Context, bearer string) (access.Actor, error) {
	var actor access.Actor
	err := a.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		m, err := u.People.Membership(ctx, ident.MembershipID(bearer))
		if err != nil {
			return fmt.Errorf("token of a test: %w", err)
		}
		actor, err = u.Core.LiveActor(ctx, access.Actor{PersonID: m.PersonID, MembershipID: m.ID})
		return err
	})
	return actor, err
}
