// Package notices tells people what concerns them: in the app at once, by mail, and in one
// digest a day.
package notices

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/notice"
)

// Sender sends one message now and tells whether that worked; the job that called it tries
// again later when it did not.
type Sender interface {
	Send(ctx context.Context, m notice.Message) error
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
}

// New binds the use cases to the application's ports.
func New(a *app.App, d Deps) *Service { return &Service{app: a, Deps: d} }

// Gather adds the areas that know what waits; called once while wiring. What is no
// now is the system clock in the precision of the store.
func (s *Service) now() time.Time { return s.System().UTC().Truncate(time.Microsecond) }
