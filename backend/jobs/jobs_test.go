package jobs_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/event"
	"linli/backend/domain/ident"
	"linli/backend/jobs"
	"linli/backend/logging"
	"linli/backend/testkit"
)

// handlers counts what reaches them.
type handlers struct {
	mu        sync.Mutex
	delivered map[int64]int
	mailed    map[ident.NoticeID]int
	changed   chan struct{}
}

func newHandlers() *handlers {
	return &handlers{delivered: map[int64]int{}, mailed: map[ident.NoticeID]int{}, changed: make(chan struct{}, 1000)}
}

func (h *handlers) Deliver(_ context.Context, seq int64) ([]ident.NoticeID, error) {
	h.mu.Lock()
	h.delivered[seq]++
	h.mu.Unlock()
	return []ident.NoticeID{"notice-of-all"}, nil
}

func (h *handlers) Mail(_ context.Context, id ident.NoticeID) error {
	h.mu.Lock()
	h.mailed[id]++
	h.mu.Unlock()
	h.changed <- struct{}{}
	return nil
}

func (h *handlers) PrepareDigests(context.Context, ident.PersonID) ([]jobs.Due, ident.PersonID, error) {
	return nil, "", nil
}

func (h *handlers) MailDigest(context.Context, jobs.Due) error { return nil }

func emit(t *testing.T, k *testkit.Kit, n int) {
	t.Helper()
	for range n {
		k.Update(func(ctx context.Context, u *app.Unit) error {
			u.Actor = access.Actor{PersonID: "p"}
			return u.Emit(ctx, event.Event{Kind: "need.adopted", ObjectKind: "need", ObjectID: "n"})
		})
	}
}

// settled waits until no job is left to work on, at most ten seconds.
func settled(t *testing.T, k *testkit.Kit) {
	t.Helper()
	read, _ := k.DB.Handles()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		var n int
		if err := read.QueryRowContext(ctx, "SELECT count(*) FROM river_job WHERE kind <> 'periodic' AND state <> 'completed'").Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("%d jobs were not worked on", n)
		}
	}
}

func TestQueue_TwoProcessesDeliverEveryEventAndMailOnce(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		h := newHandlers()
		_, write := k.DB.Handles()
		start := func() *jobs.Queue {
			q, err := jobs.New(jobs.Options{Postgres: k.DB.Postgres(), URL: k.DB.URL(), Write: write, Log: logging.Discard()})
			if err != nil {
				t.Fatal(err)
			}
			if err := q.Start(t.Context(), h); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(q.Stop)
			return q
		}
		start()
		if k.DB.Postgres() {
			start()
		}
		emit(t, k, 20)
		settled(t, k)
		h.mu.Lock()
		defer h.mu.Unlock()
		if len(h.delivered) != 20 || h.mailed["notice-of-all"] != 1 {
			t.Errorf("%d delivered, mails %v", len(h.delivered), h.mailed)
		}
		for seq, n := range h.delivered {
			if n != 1 {
				t.Errorf("event %d was delivered %d times", seq, n)
			}
		}
	})
}

func TestQueue_RolledBackWriteLeavesNoJob(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		emit(t, k, 1)
		_ = k.App.Store.Update(t.Context(), func(ctx context.Context, u *app.Unit) error {
			_ = u.Emit(ctx, event.Event{Kind: "need.adopted", ObjectKind: "need", ObjectID: "n"})
			if err := u.Flush(ctx); err != nil {
				t.Fatal(err)
			}
			return context.Canceled
		})
		read, _ := k.DB.Handles()
		var n int
		if err := read.QueryRow("SELECT count(*) FROM river_job").Scan(&n); err != nil || n != 1 {
			t.Errorf("%d jobs, %v", n, err)
		}
	})
}

func TestQueue_PeriodicWorkRunsInOneProcess(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		_, write := k.DB.Handles()
		ran := make(chan struct{}, 100)
		q, err := jobs.New(jobs.Options{Postgres: k.DB.Postgres(), URL: k.DB.URL(), Write: write, Log: logging.Discard()})
		if err != nil {
			t.Fatal(err)
		}
		if err := q.Start(t.Context(), newHandlers(), jobs.Periodic{Name: "round", Every: time.Hour, Run: func(context.Context) error {
			ran <- struct{}{}
			return nil
		}}); err != nil {
			t.Fatal(err)
		}
		defer q.Stop()
		select {
		case <-ran:
		case <-time.After(15 * time.Second):
			t.Fatal("periodic work never ran")
		}
	})
}
