// Package community knows places: the division tree city, district, street or town,
// community, with identities of our own, their history, and what becomes of what stands at a
// place that a new list no longer names.
package community

import (
	"context"
	"time"

	"linli/backend/domain/ident"
)

// Repository stores places. Get faults record.not_found; Save faults record.stale; Insert
// faults record.duplicate.
type Repository interface {
	Place(ctx context.Context, id ident.PlaceID) (*Place, error)
	InsertPlace(ctx context.Context, p *Place) error
	SavePlace(ctx context.Context, p *Place) error

	// InsertPlaces and SavePlaces take a whole list at once; order parents before children.
	InsertPlaces(ctx context.Context, all []Place) error
	SavePlaces(ctx context.Context, all []Place) error
	// All lists every place, ended ones included, ordered by level and code: some thousands
	// for a city.
	All(ctx context.Context) ([]Place, error)
	// Named loads some places by id, in no order; unknown ids are left out.
	Named(ctx context.Context, ids []ident.PlaceID) ([]Place, error)
	// ByCode finds the place in force under a code; fault record.not_found.
	ByCode(ctx context.Context, code string) (*Place, error)
	// Children lists the places in force directly under a parent, by code; "" lists cities.
	Children(ctx context.Context, parent ident.PlaceID) ([]Place, error)
	// Find lists places in force by words of their name, code or path, nearest level first.
	Find(ctx context.Context, q Query) ([]Place, error)

	InsertPeriods(ctx context.Context, all []Period) error
	// ClosePeriods ends the running periods of some places.
	ClosePeriods(ctx context.Context, until map[ident.PlaceID]time.Time) error
	// Periods lists a place's history, oldest first.
	Periods(ctx context.Context, id ident.PlaceID) ([]Period, error)

	InsertLinks(ctx context.Context, all []Link) error
	// Links lists the crosswalk edges that begin or end at a place, oldest first.
	Links(ctx context.Context, id ident.PlaceID) ([]Link, error)

	Rehoming(ctx context.Context, id string) (*Rehoming, error)
	InsertRehomings(ctx context.Context, all []Rehoming) error
	SaveRehoming(ctx context.Context, r *Rehoming) error
	// Rehomings lists the queue: by state, inside a path, most attached first.
	Rehomings(ctx context.Context, q RehomingQuery) ([]Rehoming, error)

	// BodiesAt lists parties whose place is one of these, and memberships whose scope is.
	BodiesAt(ctx context.Context, ids []ident.PlaceID) ([]Body, error)

	// PutFact stores a dated figure; the same place, kind and day are replaced.
	PutFact(ctx context.Context, f Fact) error
	// Facts lists a place's figures, newest first.
	Facts(ctx context.Context, id ident.PlaceID) ([]Fact, error)

	InsertImport(ctx context.Context, i *Import) error
	Import(ctx context.Context, id string) (*Import, error)
	// Imports lists the lists that were applied, newest first.
	Imports(ctx context.Context, limit int) ([]Import, error)
}

// Body is somebody who belongs to a place: a party, or a membership scoped to it.
type Body struct {
	PlaceID      ident.PlaceID
	PartyID      ident.PartyID
	MembershipID ident.MembershipID // "" for the party itself
	Name         string             // of the party
}

// Query finds places. Empty fields do not filter; Limit is required.
type Query struct {
	Words string // parts of a name, or the beginning of a code
	Level Level
	Path  string // inside this path
	Ended bool   // ended places too
	Limit int
}

// RehomingQuery selects a page of the queue.
type RehomingQuery struct {
	State    string
	PlaceID  ident.PlaceID
	Path     string // the ended places' old path begins with this
	Attached bool   // only where something waits
	Offset   int
	Limit    int
}

// Import records that a list was applied: the act is audited, and the next list may not
// hold from an earlier day.
type Import struct {
	ID      string
	File    string // the name it was given under, without folders
	SHA256  string
	From    time.Time // since when the list holds
	At      time.Time
	Rows    int
	Added   int
	Changed int
	Ended   int
	Splits  int
	Moved   int // needs and bodies that followed a certain successor
	Waiting int // places in the queue
}
