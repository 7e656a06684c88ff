// Package need knows the need list 需求清单: voices 诉求 in residents' own words, and the
// needs that gather them. A need moves on two axes, stage and outcome; who asked confirms.
package need

import (
	"context"
	"time"

	"linli/backend/domain/ident"
)

// Repository stores voices, needs and what hangs on them. Loading faults record.not_found;
// Insert record.duplicate; Save record.stale.
type Repository interface {
	Need(ctx context.Context, id ident.NeedID) (*Need, error)
	NeedByCode(ctx context.Context, code string) (*Need, error)
	InsertNeed(ctx context.Context, n *Need) error
	SaveNeed(ctx context.Context, n *Need) error
	// Load stores many new needs at once, in bounded statements; nobody supports them yet.
	Load(ctx context.Context, all []Need) error
	// Family lists the need and all needs merged into it, the need first.
	Family(ctx context.Context, id ident.NeedID) ([]ident.NeedID, error)

	Voice(ctx context.Context, id ident.VoiceID) (*Voice, error)
	VoiceByCode(ctx context.Context, code string) (*Voice, error)
	InsertVoice(ctx context.Context, v *Voice) error
	SaveVoice(ctx context.Context, v *Voice) error
	// VoicesOf lists the voices of several needs, oldest first, at most MaxVoices.
	VoicesOf(ctx context.Context, needs []ident.NeedID) ([]Voice, error)
	Voices(ctx context.Context, q VoiceQuery) ([]Voice, error)

	// AddSupport stores a support; false when this person already supports this need.
	AddSupport(ctx context.Context, s Support) (bool, error)
	// DropSupport takes a person's own support back; false when there was none.
	DropSupport(ctx context.Context, n ident.NeedID, p ident.PersonID) (bool, error)
	// DropVoiceSupport removes what a voice brought when it leaves its need.
	DropVoiceSupport(ctx context.Context, v ident.VoiceID) error
	// Asked tells whether a person raised or supported a need of the family.
	Asked(ctx context.Context, family []ident.NeedID, p ident.PersonID) (bool, error)
	// HouseholdCounted tells whether a household already stands behind the family.
	HouseholdCounted(ctx context.Context, family []ident.NeedID, h Household) (bool, error)
	// Follow and Unfollow are idempotent.
	Follow(ctx context.Context, n ident.NeedID, p ident.PersonID, at time.Time) error
	Unfollow(ctx context.Context, n ident.NeedID, p ident.PersonID) error
	Follows(ctx context.Context, family []ident.NeedID, p ident.PersonID) (bool, error)
	// Watchers lists who is told about a need: authors, supporters and followers of the
	// need and all needs merged into it, each once, at most the limit.
	Watchers(ctx context.Context, n ident.NeedID, limit int) ([]ident.PersonID, error)
	// Recount computes the counts of a need over its family and keeps them for lists. It
	// orders itself after other changes of the same need.
	Recount(ctx context.Context, n ident.NeedID) (Counts, error)
	Counts(ctx context.Context, needs []ident.NeedID) (map[ident.NeedID]Counts, error)

	AddStep(ctx context.Context, s Step) error
	Steps(ctx context.Context, needs []ident.NeedID) ([]Step, error)

	List(ctx context.Context, q Query) ([]Line, error)
	// Tally counts needs by each of some columns: "stage", "outcome", "category" or
	// "place_id".
	Tally(ctx context.Context, q Query, columns ...string) ([]map[string]int, error)
	// Clusters groups needs on a grid of so many microdegrees.
	Clusters(ctx context.Context, q Query, cellE6 int64, limit int) ([]Cluster, error)
	// Candidates are needs that may tell of the same matter, newest first.
	Candidates(ctx context.Context, place ident.PlaceID, category string, near *Box, limit int) ([]Line, error)

	// StandingAt lists the needs and waiting voices that belong to any of the places.
	StandingAt(ctx context.Context, places []ident.PlaceID) ([]Standing, error)
	// Salt gives the community's salt, storing the fresh one when it has none yet.
	Salt(ctx context.Context, place ident.PlaceID, fresh string) (string, error)
	// KnownNames finds which of these strings are names of people in the system. Names of two
	// characters are looked for among the people of the place only: elsewhere they are words
	// more often than names.
	KnownNames(ctx context.Context, candidates []string, place ident.PlaceID) ([]string, error)

	InsertAssist(ctx context.Context, a *Assist) error
	Assist(ctx context.Context, id string) (*Assist, error)
	SaveAssist(ctx context.Context, a *Assist) error
	// RunningAssist finds a worker's sitting that has not ended; record.not_found.
	RunningAssist(ctx context.Context, worker ident.PersonID, now time.Time) (*Assist, error)
}

// Sort orders a list of needs.
type Sort string

// The orders.
const (
	SortNewest    Sort = "newest"
	SortSupported Sort = "supported"
	SortWaiting   Sort = "waiting" // longest since it was opened, closed ones left out
	SortNear      Sort = "near"
)

// Query selects needs; empty fields do not narrow. One query feeds list, map and counts.
type Query struct {
	PlacePath  string
	PlaceID    ident.PlaceID
	Categories []string
	Without    []string // categories to leave out
	Stages     []string
	Outcomes   []string
	Active     bool // neither closed nor merged
	Words      string
	Follower   ident.PersonID
	Asker      ident.PersonID
	Box        *Box
	NearE6     *[2]int64 // latitude, longitude
	Sort       Sort
	After      *Cursor
	Limit      int
}

// Cursor is the last line of the page before. Number is the support or the distance.
type Cursor struct {
	At     time.Time
	Number int64
	ID     ident.NeedID
}

// Box bounds latitudes and longitudes in microdegrees.
type Box struct{ SouthE6, WestE6, NorthE6, EastE6 int64 }

// Line is a need in a list. MetresAway is -1 unless the query says near what.
type Line struct {
	Need
	Counts
	MetresAway int64
}

// Cluster is some needs of one grid cell: their middle, and the need itself when it is one.
type Cluster struct {
	LatE6, LngE6 int64
	Count        int
	Only         *Line
}

// VoiceQuery selects voices, newest first.
type VoiceQuery struct {
	PlacePath string
	PlaceID   ident.PlaceID
	Author    ident.PersonID // also those posted by him for a nameless resident
	Statuses  []string
	Category  string
	Before    *Cursor
	Limit     int
}

// Standing is a need or a voice that belongs to a place, for re-homing.
type Standing struct {
	PlaceID     ident.PlaceID
	Kind        string // "need" or "voice"
	ID          string
	Code, Title string
}
