// Package jobs runs what follows from a write and what comes round by the clock, on River.
// A job is inserted in the transaction of the change it follows from, so that neither can
// exist without the other; it may run more than once, so every handler tolerates repeats.
//
// On PostgreSQL any number of processes share the work: one of them, elected, inserts the
// periodic jobs. On SQLite there is one process, and River polls.
package jobs

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"linli/backend/domain/event"
	"linli/backend/domain/ident"
)

const (
	maxAttempts  = 12          // with River's delays of n⁴ seconds the last is a day later
	jobTimeout   = time.Minute // one job; none of ours does more than one batch
	pollSQLite   = 500 * time.Millisecond
	workers      = 16               // at once in this process; River fetches that many in one go
	poolConns    = 6                // River's own pool on PostgreSQL: workers, listener, leader
	keepFinished = 24 * time.Hour   // finished jobs stay for questions
	stopPatience = 15 * time.Second // running jobs may finish when the process ends
)

// Notices is what the handlers of events call.
type Notices interface {
	Deliver(ctx context.Context, seq int64) ([]ident.NoticeID, error)
	Mail(ctx context.Context, id ident.NoticeID) error
	PrepareDigests(ctx context.Context, after ident.PersonID) ([]Due, ident.PersonID, error)
	MailDigest(ctx context.Context, d Due) error
}

// Periodic is work that comes round: it must be quick when there is nothing to do.
type Periodic struct {
	Name  string        // stable: the job carries it
	Every time.Duration // at least a second
	Run   func(ctx context.Context) error
}

// Options say where the queue lives.
type Options struct {
	Postgres bool
	URL      string  // of PostgreSQL
	Write    *sql.DB // the store's write handle; River shares it on SQLite
	Log      *slog.Logger
}

// Queue inserts jobs and, once started, works on them.
type Queue struct {
	options  Options
	insert   func(ctx context.Context, tx *sql.Tx, args river.JobArgs) error
	notices  Notices
	periodic []Periodic
	pool     *pgxpool.Pool
	stop     func(ctx context.Context) error
	started  func(ctx context.Context, args river.JobArgs) error // insert outside a transaction
}

// New prepares a queue that inserts; nothing runs before Start.
func New(o Options) (*Queue, error) {
	q := &Queue{options: o}
	config := &river.Config{Logger: quiet(o.Log)}
	if o.Postgres {
		c, err := river.NewClient(riverdatabasesql.New(o.Write), config)
		if err != nil {
			return nil, err
		}
		q.insert = inserter(c)
		return q, nil
	}
	c, err := river.NewClient(riversqlite.New(o.Write), config)
	if err != nil {
		return nil, err
	}
	q.insert = inserter(c)
	return q, nil
}

func inserter(c *river.Client[*sql.Tx]) func(context.Context, *sql.Tx, river.JobArgs) error {
	return func(ctx context.Context, tx *sql.Tx, args river.JobArgs) error {
		_, err := c.InsertTx(ctx, tx, args, nil)
		return err
	}
}

// OnEvent inserts the job that delivers an event, in the event's own transaction.
func (q *Queue) OnEvent(ctx context.Context, tx *sql.Tx, e event.Event) error {
	return q.insert(ctx, tx, deliverArgs{Seq: e.Seq})
}

// Start begins to work. It is called once.
func (q *Queue) Start(ctx context.Context, n Notices, periodic ...Periodic) error {
	q.notices = n
	q.periodic = append(periodic, Periodic{Name: "daily_digest", Every: time.Hour, Run: q.digests})
	if !q.options.Postgres {
		return begin(ctx, q, riversqlite.New(q.options.Write), pollSQLite)
	}
	cfg, err := pgxpool.ParseConfig(q.options.URL)
	if err != nil {
		return errors.New("the address of PostgreSQL does not parse")
	}
	cfg.MaxConns = poolConns
	cfg.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	if q.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return err
	}
	return begin(ctx, q, riverpgxv5.New(q.pool), 0)
}

func begin[T any](ctx context.Context, q *Queue, driver riverdriver.Driver[T], poll time.Duration) error {
	bundle := river.NewWorkers()
	river.AddWorker(bundle, &deliverWorker{q: q})
	river.AddWorker(bundle, &mailWorker{q: q})
	river.AddWorker(bundle, &digestWorker{q: q})
	river.AddWorker(bundle, &tickWorker{q: q})
	c, err := river.NewClient(driver, &river.Config{
		Workers: bundle, Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		FetchPollInterval: poll, MaxAttempts: maxAttempts, JobTimeout: jobTimeout, PeriodicJobs: q.ticks(),
		CompletedJobRetentionPeriod: keepFinished, Logger: quiet(q.options.Log),
	})
	if err != nil {
		return err
	}
	q.started = func(ctx context.Context, args river.JobArgs) error {
		_, err := c.Insert(ctx, args, nil)
		return err
	}
	q.stop = c.Stop
	return c.Start(context.WithoutCancel(ctx))
}

// Stop waits for running jobs, then gives up on them: they run again elsewhere.
func (q *Queue) Stop() {
	if q.stop != nil {
		ctx, cancel := context.WithTimeout(context.Background(), stopPatience)
		defer cancel()
		if err := q.stop(ctx); err != nil {
			q.options.Log.Warn("jobs were still running", "error", err.Error())
		}
	}
	if q.pool != nil {
		q.pool.Close()
	}
}

// quiet lets River speak only of what somebody must act on.
func quiet(log *slog.Logger) *slog.Logger {
	return slog.New(levelled{log.Handler()})
}

type levelled struct{ slog.Handler }

// Enabled drops everything below warnings.
func (h levelled) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && h.Handler.Enabled(ctx, l)
}

// WithAttrs keeps the threshold on derived loggers.
func (h levelled) WithAttrs(a []slog.Attr) slog.Handler { return levelled{h.Handler.WithAttrs(a)} }

// WithGroup keeps the threshold on derived loggers.
func (h levelled) WithGroup(g string) slog.Handler { return levelled{h.Handler.WithGroup(g)} }
