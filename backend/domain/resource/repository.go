// Package resource knows the resource list 资源清单: what organisations say of themselves and
// the services they offer, venues, and hours that volunteers give.
package resource

import (
	"context"

	"linli/backend/domain/ident"
	"linli/backend/domain/taxonomy"
)

// Repository stores the resource list. Get faults record.not_found; Save faults record.stale;
// Insert faults record.duplicate.
type Repository interface {
	Organization(ctx context.Context, id ident.OrganizationID) (*Organization, error)
	InsertOrganization(ctx context.Context, o *Organization) error
	SaveOrganization(ctx context.Context, o *Organization) error
	// IndexOrganization refreshes the words an organisation is found by: its name and summary
	// and the titles of what it offers. Call it after saving any of them.
	IndexOrganization(ctx context.Context, id ident.OrganizationID) error
	// Organizations lists the directory, newest first.
	Organizations(ctx context.Context, q Query) ([]Listed, error)
	// PartyBy finds the party with a credit code, or of a kind and exact name where there is
	// no code; it need not stand in the list yet. Fault record.not_found.
	PartyBy(ctx context.Context, code, kind, name string) (ident.PartyID, error)

	Service(ctx context.Context, id ident.ServiceID) (*Service, error)
	InsertService(ctx context.Context, s *Service) error
	SaveService(ctx context.Context, s *Service) error
	// ServicesOf lists what some organisations offer, drafts and withdrawn ones included, by
	// organisation and id.
	ServicesOf(ctx context.Context, ids []ident.OrganizationID) ([]Service, error)
	// Services lists offered services, newest first.
	Services(ctx context.Context, q Query) ([]Service, error)

	Item(ctx context.Context, id ident.ResourceID) (*Item, error)
	InsertItem(ctx context.Context, i *Item) error
	SaveItem(ctx context.Context, i *Item) error
	// Items lists venues or volunteer hours, newest first.
	Items(ctx context.Context, q Query) ([]Item, error)

	Mistake(ctx context.Context, id string) (*Mistake, error)
	InsertMistake(ctx context.Context, m *Mistake) error
	SaveMistake(ctx context.Context, m *Mistake) error
	// Mistakes lists reports about a party's records in a state ("" for all), oldest first.
	Mistakes(ctx context.Context, owner ident.PartyID, state string, limit int) ([]Mistake, error)

	// Catalogue lists every organisation in force with its offered services: what ranking
	// chooses from. After is the last id seen ("" to begin); at most limit come back.
	Catalogue(ctx context.Context, after ident.OrganizationID, limit int) ([]Entry, error)
	// Load stores many organisations with their services at once, in bounded statements.
	Load(ctx context.Context, all []Loaded) error
}

// Query selects a page. Empty fields do not filter. Before is the cursor: only ids below it.
type Query struct {
	Words      string
	Kinds      []string // kinds of party
	Categories []taxonomy.Code
	Serves     *Spot         // given there
	PlacePath  string        // registered or standing inside
	PartyID    ident.PartyID // one owner
	ItemKind   ItemKind
	States     []string
	MinGrade   int
	FreeIn     string // a period: something is free then; "*" for any
	MaxFen     int64  // the lower price is at most this
	Persons    int    // a venue holds at least this many
	Access     []AccessCode
	Charity    bool
	Hub        bool
	Social     bool // certified social enterprises
	CheckedIn  bool // checked by somebody
	Before     string
	Limit      int
}

// Spot is where a service is wanted: a place with everything above it, and its point.
type Spot struct {
	Path     []ident.PlaceID
	Lat, Lng float64
	Known    bool // the point
}

// Named is what the party register says about an organisation.
type Named struct {
	Kind    string
	Name    string
	NameEN  string
	USCC    string
	PlaceID ident.PlaceID
	Active  bool
}

// Listed is one line of the directory.
type Listed struct {
	Named        Named
	Organization Organization
	Services     int // offered
	Categories   []taxonomy.Code
}

// Entry is an organisation as ranking sees it.
type Entry struct {
	Named        Named
	Organization Organization
	Services     []Service
}

// Loaded is one organisation of a bulk load. The party is stored by the caller.
type Loaded struct {
	Named        Named
	Organization Organization
	Services     []Service
}
