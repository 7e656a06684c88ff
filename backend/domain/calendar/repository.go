package calendar

import (
	"context"
	"time"

	"linli/backend/domain/ident"
)

// Loaded is a year that an administrator loaded, with who did and when.
type Loaded struct {
	Year     Year
	LoadedBy ident.PersonID
	LoadedAt time.Time
}

// Repository stores the years that do not come with the program.
type Repository interface {
	// Insert stores a year; fault record.duplicate when it is stored already.
	Insert(ctx context.Context, l Loaded) error
	// Stored lists the stored years, oldest first.
	Stored(ctx context.Context) ([]Loaded, error)
}
