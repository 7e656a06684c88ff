package boot

import (
	"context"
	"log/slog"
	"time"

	"linli/backend/jobs"
	"linli/backend/sqlstore"
)

// sweepAge is how long spent tokens, old failures and remembered answers are kept: longer
// than any client repeats a request.
const sweepAge = 7 * 24 * time.Hour

// connectJobs makes the queue and lets every event insert its job.
func connectJobs(db *sqlstore.DB, log *slog.Logger) (*jobs.Queue, error) {
	_, write := db.Handles()
	q, err := jobs.New(jobs.Options{Postgres: db.Postgres(), URL: db.URL(), Write: write, Log: log})
	if err != nil {
		return nil, err
	}
	db.SetEventHook(q.OnEvent)
	return q, nil
}

// Start begins to work on jobs; a process that only writes (seed, import) leaves them to
// the one that serves.
func (s *System) Start(ctx context.Context) error {
	return s.Jobs.Start(ctx, s.Services.Notices, s.periodic()...)
}

// cardInbox is how often messages of the card provider are worked off.
const cardInbox = 15 * time.Second

// periodic lists what comes round by the clock: one line per area.
func (s *System) periodic() []jobs.Periodic {
	return []jobs.Periodic{
		{Name: "card_inbox", Every: cardInbox, Run: func(ctx context.Context) error {
			_, err := s.Services.Funds.WorkOff(ctx)
			return err
		}},
		{Name: "sweep_sessions", Every: time.Hour, Run: func(ctx context.Context) error { return s.Services.Accounts.Sweep(ctx, sweepAge) }},
	}
}
