// Package notices tells people what concerns them: in the app at once, by mail, and in one
// digest a day; and gathers what waits for them from every area.
package notices

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/notice"
)

// Sender sends one message now and tells whether that worked; the job that called it tries
// again later when it did not.
type Sender interface {
	Send(ctx context.Context, m notice.Message) error
}

// TodoSource is an area that knows what waits for an actor.
type TodoSource interface {
	Todos(ctx context.Context, u *app.Unit, actor access.Actor) ([]app.Todo, error)
}

// Deps is what this area needs from outside besides the application's ports.
type Deps struct {
	Sender Sender
	System func() time.Time // the machine's clock
}

// Service holds the use cases of this area. It is safe for concurrent use once wired.
type Service struct {
	app *app.App
	Deps
	sources []TodoSource
}

// New binds the use cases to the application's ports.
func New(a *app.App, d Deps) *Service { return &Service{app: a, Deps: d} }

// Gather adds the areas that know what waits; called once while wiring. What is no
// TodoSource is passed over.
func (s *Service) Gather(areas ...any) {
	for _, a := range areas {
		if t, ok := a.(TodoSource); ok {
			s.sources = append(s.sources, t)
		}
	}
}

// now is the system clock in the precision of the store.
func (s *Service) now() time.Time { return s.System().UTC().Truncate(time.Microsecond) }
