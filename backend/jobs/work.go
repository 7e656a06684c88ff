package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"linli/backend/app/notices"
	"linli/backend/domain/ident"
)

// Due is a digest that is ready to be mailed.
type Due = notices.Due

// deliverArgs names an event by its place in the outbox.
type deliverArgs struct {
	Seq int64 `json:"seq"`
}

// Kind is stored with the job.
func (deliverArgs) Kind() string { return "deliver_event" }

type deliverWorker struct {
	river.WorkerDefaults[deliverArgs]
	q *Queue
}

// Work makes the notices of the event, then one mail job each; a repeat finds both there.
func (w *deliverWorker) Work(ctx context.Context, job *river.Job[deliverArgs]) error {
	mails, err := w.q.notices.Deliver(ctx, job.Args.Seq)
	if err != nil {
		return fmt.Errorf("deliver event %d: %w", job.Args.Seq, err)
	}
	for _, id := range mails {
		if err := w.q.started(ctx, mailArgs{Notice: string(id)}); err != nil {
			return fmt.Errorf("job for mail of notice %s: %w", id, err)
		}
	}
	return nil
}

// mailArgs names a notice: neither address nor text is in the job.
type mailArgs struct {
	Notice string `json:"notice" river:"unique"`
}

// Kind is stored with the job.
func (mailArgs) Kind() string { return "mail_notice" }

// InsertOpts lets a notice have one mail job.
func (mailArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

type mailWorker struct {
	river.WorkerDefaults[mailArgs]
	q *Queue
}

// Work sends the mail unless it was sent.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[mailArgs]) error {
	return w.q.notices.Mail(ctx, ident.NoticeID(job.Args.Notice))
}

type digestArgs struct {
	Person string `json:"person" river:"unique"`
	Day    string `json:"day" river:"unique"`
}

// Kind is stored with the job.
func (digestArgs) Kind() string { return "mail_digest" }

// InsertOpts lets a reader have one digest job a day.
func (digestArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

type digestWorker struct {
	river.WorkerDefaults[digestArgs]
	q *Queue
}

// Work sends the digest unless it was sent.
func (w *digestWorker) Work(ctx context.Context, job *river.Job[digestArgs]) error {
	return w.q.notices.MailDigest(ctx, Due{PersonID: ident.PersonID(job.Args.Person), Day: job.Args.Day})
}

// digests prepares today's digests of all readers, batch by batch. It comes round every
// hour: the first run of a day does the work, the others find it done.
func (q *Queue) digests(ctx context.Context) error {
	after := ident.PersonID("")
	for {
		due, next, err := q.notices.PrepareDigests(ctx, after)
		if err != nil {
			return fmt.Errorf("prepare digests: %w", err)
		}
		for _, d := range due {
			if err := q.started(ctx, digestArgs{Person: string(d.PersonID), Day: d.Day}); err != nil {
				return fmt.Errorf("job for a digest: %w", err)
			}
		}
		if next == "" {
			return nil
		}
		after = next
	}
}

// tickArgs names periodic work.
type tickArgs struct {
	Name string `json:"name" river:"unique"`
}

// Kind is stored with the job.
func (tickArgs) Kind() string { return "periodic" }

type tickWorker struct {
	river.WorkerDefaults[tickArgs]
	q *Queue
}

// Work runs the named work; a name that this version does not know any more is dropped.
func (w *tickWorker) Work(ctx context.Context, job *river.Job[tickArgs]) error {
	for _, p := range w.q.periodic {
		if p.Name == job.Args.Name {
			return p.Run(ctx)
		}
	}
	return river.JobCancel(fmt.Errorf("nothing is called %s", job.Args.Name))
}

// waiting are the states in which a job of the same name makes another one needless (River
// requires these five).
var waiting = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
}

// ticks turns periodic work into River's; the elected process inserts a job each time, and
// none while the last one still waits.
func (q *Queue) ticks() []*river.PeriodicJob {
	var out []*river.PeriodicJob
	for _, p := range q.periodic {
		name := p.Name
		out = append(out, river.NewPeriodicJob(river.PeriodicInterval(max(p.Every, time.Second)), func() (river.JobArgs, *river.InsertOpts) {
			return tickArgs{Name: name}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: waiting}}
		}, &river.PeriodicJobOpts{RunOnStart: true}))
	}
	return out
}
