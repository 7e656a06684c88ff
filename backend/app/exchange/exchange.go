// Package exchange takes lists in from files: what every list has in common. A list says how
// one record of a file is compared and stored; this package previews, writes in chunks, and
// reports every row that was kept out.
package exchange

import (
	"cmp"
	"context"
	"slices"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/table"
)

// Outcome says what a file did, or would do.
type Outcome struct {
	DryRun    bool          `json:"dryRun"`
	Rows      int           `json:"rows"`
	Created   int           `json:"created"`
	Updated   int           `json:"updated"`
	Unchanged int           `json:"unchanged"`
	Refused   int           `json:"refused"` // rows that were kept out
	Issues    []table.Issue `json:"issues"`
}

// Importing is one file on its way in. Of a file with bad rows the good ones are taken: each
// row stands for itself, and the report names the others.
type Importing struct {
	Table  table.Table
	SHA256 string // of the file, so that a key is not used for another one
	DryRun bool
}

// chunk is how many records one transaction takes: short enough to let others write between.
const chunk = 200

// Job is one record of a file, ready to be stored. It is decided again inside the
// transaction that stores it.
type Job interface {
	// Prepare compares with what is stored; it answers created, updated or unchanged and
	// changes nothing. Its faults become issues of the row.
	Prepare(ctx context.Context, u *app.Unit) (Verdict, error)
	// Write stores and records it.
	Write(ctx context.Context, u *app.Unit) error
	// Issue names the row that a fault is about.
	Issue(err error) table.Issue
}

// Verdict is what a record of a file would do.
type Verdict int

// The verdicts.
const (
	Unchanged Verdict = iota
	Created
	Updated
)

// Runner takes jobs through both phases: what would happen, and then in chunks what does.
type Runner struct {
	App        *app.App
	Name       string // of the operation, for the idempotency record
	Permission access.Permission
	In         Importing
}

// AsActor previews and, unless it is a dry run, writes as a signed-in actor. The first chunk
// carries the caller's key and remembers the outcome; later ones need no key, because a row
// that is stored already changes nothing: a request repeated after a break goes on.
func (r Runner) AsActor(ctx context.Context, actor access.Actor, key string, jobs []Job, issues []table.Issue) (Outcome, error) {
	var out Outcome
	var todo []Job
	used := false
	_, err := app.Look(ctx, r.App, actor, r.Permission, func(ctx context.Context, u *app.Unit) (int, error) {
		var err error
		if _, used, err = u.Core.Replay(ctx, actor.PersonID, key); err != nil {
			return 0, err
		}
		out, todo, err = r.preview(ctx, u, jobs, issues)
		return 0, err
	})
	if err != nil || r.In.DryRun || (len(todo) == 0 && !used) {
		return out, err
	}
	some := todo[:min(len(todo), chunk)]
	w := app.Write{Permission: r.Permission, Name: r.Name, Key: key, Input: r.In.SHA256}
	out, err = app.Do(ctx, r.App, actor, w, func(ctx context.Context, u *app.Unit) (Outcome, error) { return out, writeAll(ctx, u, some) })
	if err != nil || used {
		some = nil
	}
	if err != nil {
		return out, err
	}
	return out, r.rest(ctx, actor, todo[len(some):])
}

// rest writes what the first chunk did not.
func (r Runner) rest(ctx context.Context, actor access.Actor, todo []Job) error {
	for len(todo) > 0 {
		some := todo[:min(len(todo), chunk)]
		w := app.Write{Permission: r.Permission, Name: r.Name, Key: r.App.IDs.New(), Input: r.In.SHA256}
		if _, err := app.Do(ctx, r.App, actor, w, func(ctx context.Context, u *app.Unit) (int, error) { return 0, writeAll(ctx, u, some) }); err != nil {
			return err
		}
		todo = todo[len(some):]
	}
	return nil
}

// AsOperator previews and writes for whoever holds the server's machine: there is no
// session, and the record names the command line.
func (r Runner) AsOperator(ctx context.Context, jobs []Job, issues []table.Issue) (Outcome, error) {
	var out Outcome
	var todo []Job
	err := r.App.Store.View(ctx, func(ctx context.Context, u *app.Unit) (err error) {
		u.Actor = Operator
		out, todo, err = r.preview(ctx, u, jobs, issues)
		return err
	})
	for err == nil && !r.In.DryRun && len(todo) > 0 {
		some := todo[:min(len(todo), chunk)]
		err = r.App.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
			u.Actor = Operator
			return writeAll(ctx, u, some)
		})
		todo = todo[len(some):]
	}
	return out, err
}

// Operator is who the record names when a command runs on the server's own machine.
var Operator = access.Actor{Role: access.PlatformAdmin, Name: "command line"}

// preview sorts jobs by what they would do.
func (r Runner) preview(ctx context.Context, u *app.Unit, jobs []Job, issues []table.Issue) (Outcome, []Job, error) {
	out := Outcome{DryRun: r.In.DryRun, Rows: len(r.In.Table.Rows), Issues: issues, Refused: refusedRows(issues)}
	var todo []Job
	for _, j := range jobs {
		v, err := j.Prepare(ctx, u)
		switch {
		case err != nil && fault.KindOf(err) == fault.KindInternal:
			return out, nil, err
		case err != nil:
			out.Issues = append(out.Issues, j.Issue(err))
			out.Refused++
		case v == Created:
			out.Created++
		case v == Updated:
			out.Updated++
		default:
			out.Unchanged++
		}
		if err == nil && v != Unchanged {
			todo = append(todo, j)
		}
	}
	slices.SortStableFunc(out.Issues, func(a, b table.Issue) int { return cmp.Compare(a.Line, b.Line) })
	out.Issues = append([]table.Issue{}, out.Issues[:min(len(out.Issues), table.MaxIssues)]...)
	return out, todo, nil
}

func refusedRows(issues []table.Issue) int {
	lines := map[int]bool{}
	for _, i := range issues {
		if !i.Warning {
			lines[i.Line] = true
		}
	}
	return len(lines)
}

func writeAll(ctx context.Context, u *app.Unit, some []Job) error {
	for _, j := range some {
		v, err := j.Prepare(ctx, u)
		if err != nil {
			return err
		}
		if v == Unchanged {
			continue
		}
		if err := j.Write(ctx, u); err != nil {
			return err
		}
	}
	return nil
}
