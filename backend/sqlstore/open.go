// Package sqlstore keeps everything in PostgreSQL or SQLite through Bun. It is the only
// package that imports Bun; what differs between the two databases is in dialect.go.
package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // registers the driver "sqlite"

	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Pool limits. SQLite has one writer by nature; more PostgreSQL connections than this only
// queue inside the server on the machines Linli is meant for.
const (
	sqliteReaders   = 8
	postgresMaxOpen = 24
	postgresMaxIdle = 12
	connMaxIdle     = 5 * time.Minute
)

// EventHook is called inside the writing transaction for every event, to insert the job
// that delivers it. It may be nil.
type EventHook func(ctx context.Context, tx *sql.Tx, e event.Event) error

// Options say how to open a store.
type Options struct {
	URL       string           // "postgres://…", or the path of a SQLite file (optionally "sqlite:")
	ReadOnly  bool             // open beside a running server; Update is refused
	IDs       ident.Generator  // nil: random UUIDv7
	SystemNow func() time.Time // nil: the machine's clock
	OnEvent   EventHook
}

// DB is a store on one database.
type DB struct {
	read, write *bun.DB
	dialect     dialect
	lock        *os.File
	ids         ident.Generator
	clock       *Clock
	onEvent     EventHook
	readOnly    bool
	url         string
}

// Open connects; it does not migrate. Faults: store.locked when another process writes the
// same SQLite file, store.unavailable when the database does not answer.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.IDs == nil {
		o.IDs = UUIDv7{}
	}
	var d *DB
	var err error
	if strings.HasPrefix(o.URL, "postgres://") || strings.HasPrefix(o.URL, "postgresql://") {
		d, err = openPostgres(o)
	} else {
		d, err = openSQLite(o)
	}
	if err != nil {
		return nil, err
	}
	if err := d.read.PingContext(ctx); err != nil {
		_ = d.Close()
		return nil, fault.Wrap(fault.KindUnavailable, "store.unavailable", "database does not answer", err)
	}
	d.ids, d.onEvent, d.readOnly, d.url = o.IDs, o.OnEvent, o.ReadOnly, o.URL
	d.clock = newClock(d, o.SystemNow)
	return d, nil
}

func openPostgres(o Options) (*DB, error) {
	cfg, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return nil, fault.Wrap(fault.KindInvalid, "store.unavailable", "database address does not parse", errors.New("invalid PostgreSQL address"))
	}
	// Bun writes literals itself; pgx's statement cache would only grow.
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	cfg.RuntimeParams["timezone"] = "UTC"
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(postgresMaxOpen)
	pool.SetMaxIdleConns(postgresMaxIdle)
	pool.SetConnMaxIdleTime(connMaxIdle)
	db := bun.NewDB(pool, pgdialect.New())
	return &DB{read: db, write: db, dialect: postgres}, nil
}

func openSQLite(o Options) (*DB, error) {
	path := strings.TrimPrefix(o.URL, "sqlite:")
	var lock *os.File
	if !o.ReadOnly {
		var err error
		if lock, err = lockFile(path + ".lock"); err != nil {
			return nil, err
		}
	}
	const shared = "&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=journal_mode(WAL)&_pragma=cache_size(-65536)"
	write, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate"+shared)
	if err != nil {
		return nil, fault.Wrap(fault.KindUnavailable, "store.unavailable", "cannot open "+path, err)
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite", "file:"+path+"?_pragma=query_only(1)"+shared)
	if err != nil {
		return nil, fault.Wrap(fault.KindUnavailable, "store.unavailable", "cannot open "+path, err)
	}
	read.SetMaxOpenConns(sqliteReaders)
	read.SetMaxIdleConns(sqliteReaders)
	// The write handle creates the file before readers, which may not, look for it.
	if !o.ReadOnly {
		if err := write.Ping(); err != nil {
			return nil, fault.Wrap(fault.KindUnavailable, "store.unavailable", "cannot open "+path, err)
		}
	}
	return &DB{
		read:    bun.NewDB(read, sqlitedialect.New()),
		write:   bun.NewDB(write, sqlitedialect.New()),
		dialect: sqlite, lock: lock,
	}, nil
}

// lockFile takes the writer's lock for the life of the process; the kernel releases it even
// after a kill.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fault.Wrap(fault.KindUnavailable, "store.unavailable", "cannot open the lock file "+path, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fault.Wrap(fault.KindUnavailable, "store.locked",
			"another process is writing this SQLite file; stop it, or use PostgreSQL for several processes", err)
	}
	return f, nil
}

// Close releases connections and the writer's lock.
func (d *DB) Close() error {
	err := d.read.Close()
	if d.write != d.read {
		err = errors.Join(err, d.write.Close())
	}
	if d.lock != nil {
		err = errors.Join(err, d.lock.Close())
	}
	return err
}

// Handles gives the raw pools to adapters that bring their own SQL (the job queue, tests).
func (d *DB) Handles() (read, write *sql.DB) { return d.read.DB, d.write.DB }

// Bun gives the write handle to tests that break things on purpose.
func (d *DB) Bun() *bun.DB { return d.write }

// Postgres tells whether the database is PostgreSQL.
func (d *DB) Postgres() bool { return d.dialect.name == postgres.name }

// URL is where the store was opened.
func (d *DB) URL() string { return d.url }

// Clock is the business clock that lives in this database.
func (d *DB) Clock() *Clock { return d.clock }

// SetEventHook is called once at start, before the first write: the job queue needs the
// open database, and the database the queue's hook.
func (d *DB) SetEventHook(h EventHook) { d.onEvent = h }

// Ping answers whether the database can be reached.
func (d *DB) Ping(ctx context.Context) error { return fail(d.read.PingContext(ctx)) }
