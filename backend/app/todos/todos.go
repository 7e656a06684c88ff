// Package todos gathers what waits for a person from every area, and what he has done.
package todos

import (
	"context"
	"sort"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
)

// Limits of the two lists: a person with more to do than this needs a colleague, not a page.
const (
	maxWaiting = 500
	maxDone    = 100
)

// Source is an area that knows what waits for an actor.
type Source interface {
	Todos(ctx context.Context, u *app.Unit, actor access.Actor) ([]app.Todo, error)
}

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct {
	app     *app.App
	sources []Source
}

// New binds the use cases to the application's ports. Areas that are no Source are left out.
func New(a *app.App, areas ...any) *Service {
	s := &Service{app: a}
	for _, area := range areas {
		if source, ok := area.(Source); ok {
			s.sources = append(s.sources, source)
		}
	}
	return s
}

// Waiting lists what waits for the actor in the role in use: the earliest deadline first,
// what has none last. Fault access.sign_in_required.
func (s *Service) Waiting(ctx context.Context, actor access.Actor) ([]app.Todo, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) ([]app.Todo, error) {
		var all []app.Todo
		for _, source := range s.sources {
			some, err := source.Todos(ctx, u, actor)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		sort.SliceStable(all, func(i, j int) bool { return earlier(all[i], all[j]) })
		return all[:min(len(all), maxWaiting)], nil
	})
}

func earlier(a, b app.Todo) bool {
	switch {
	case a.DueAt == nil || b.DueAt == nil:
		return a.DueAt != nil
	default:
		return a.DueAt.Before(*b.DueAt)
	}
}

// Done lists the actor's own latest writes in the role in use, newest first.
// Fault access.sign_in_required.
func (s *Service) Done(ctx context.Context, actor access.Actor) ([]audit.Record, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) ([]audit.Record, error) {
		return u.Audits.By(ctx, actor.PersonID, string(actor.Role), maxDone)
	})
}
