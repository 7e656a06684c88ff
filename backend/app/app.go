// Package app holds the use cases: who may do it, what is loaded, what is decided, what is
// saved. It knows ports, not adapters.
package app

import (
	"context"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/rulebook"
)

// App is what every use case needs from the outside.
type App struct {
	Store    Store
	Clock    Clock
	IDs      ident.Generator
	Rules    *rulebook.Book
	Calendar *calendar.Calendar
	Settings Settings
}

// Settings are the choices of an installation that use cases read.
type Settings struct {
	Jurisdiction  string // rule jurisdiction, "CN"
	Demonstration bool   // marks every page; allows the clock to be moved
	PublicURL     string // how links in mail begin, without a trailing slash
}

// Clock tells the business time. It may be ahead of or behind the machine's clock in tests and
// demonstrations; it never runs backwards for anyone.
type Clock interface {
	// Now is the business time in UTC, truncated to microseconds. It is cheap: the shift is
	// refreshed from the database at most once a second.
	Now() time.Time
	// Shift moves the business clock forward for every process. Faults: clock.production_refuses,
	// clock.backwards.
	Shift(ctx context.Context, by time.Duration) error
}

// Todo is one line of a person's 待办 list.
type Todo struct {
	Kind   string     // lifecycle name: "tender", "payment" …
	ID     string     // the object
	Code   string     // its human code
	Title  string     // in the words of whoever named it
	Action string     // the verb that is due
	DueAt  *time.Time // when the rules want it done; nil when they do not say
	Link   string     // path in the web app
}
