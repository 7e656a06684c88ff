package resource

import (
	"time"
	"unicode/utf8"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
	"linli/backend/domain/taxonomy"
)

// Item is a resource that is no service: a room, or hours that people give.
type Item struct {
	ID        ident.ResourceID
	Kind      ItemKind
	PartyID   ident.PartyID // who offers it
	Facts     ItemFacts
	State     string // of ItemMachine
	Checked   *Check
	UpdatedAt time.Time
	Version   int64
}

// ItemKind tells rooms from hours.
type ItemKind string

// The kinds.
const (
	Venue     ItemKind = "venue"
	Volunteer ItemKind = "volunteer"
)

// ItemFacts is what the owner says about it.
type ItemFacts struct {
	Title       string
	TitleEN     string
	Description string
	Categories  []taxonomy.Code
	PlaceID     ident.PlaceID
	Address     string
	Lat, Lng    float64 // WGS-84; both 0 when unknown
	Week        []Slot  // when it is open, or when hands are wanted
	Phone       string

	// a venue
	Persons  int // how many it holds
	AreaSqm  int
	HourFen  money.Fen // rent an hour; 0: free of charge
	Access   []AccessFact
	Booking  string // how to book, in words
	Features []string

	// volunteer hours
	Wanted int // people a shift
	From   *calendar.Date
	Until  *calendar.Date
	Skills []string
}

// NewItem offers a resource. Fault resource.invalid.
func NewItem(id ident.ResourceID, kind ItemKind, owner ident.PartyID, facts ItemFacts, now time.Time) (*Item, error) {
	i := &Item{ID: id, Kind: kind, PartyID: owner, State: ItemMachine.Initial}
	return i, i.Rewrite(facts, now)
}

// Rewrite replaces what the owner says. Faults resource.invalid, resource.withdrawn.
func (i *Item) Rewrite(facts ItemFacts, now time.Time) error {
	if i.State == StateWithdrawn {
		return withdrawn()
	}
	if err := facts.check(i.Kind); err != nil {
		return err
	}
	i.Facts, i.Checked, i.UpdatedAt = facts.tidy(), nil, now
	return nil
}

// Fire moves the item along. Faults resource.transition_refused, resource.reason_required.
func (i *Item) Fire(action, reason string, now time.Time) (lifecycle.Row, error) {
	row, err := ItemMachine.Fire(i.State, action, reason)
	if err == nil {
		i.State, i.UpdatedAt = row.To, now
	}
	return row, err
}

// Confirm notes that somebody found the record true. Fault resource.withdrawn.
func (i *Item) Confirm(c Check) error {
	if i.State == StateWithdrawn {
		return withdrawn()
	}
	i.Checked = &c
	return nil
}

func (x ItemFacts) check(kind ItemKind) error {
	f := newForm("facts")
	f.line("title", x.Title, 2)
	f.line("titleEN", x.TitleEN, 0)
	f.line("address", x.Address, 0)
	f.line("phone", x.Phone, 0)
	f.line("booking", x.Booking, 0)
	f.that(utf8.RuneCountInString(x.Description) <= MaxSummary, "description", "length", "at most 2000 characters")
	f.that(len(x.Categories) > 0 && len(x.Categories) <= MaxCategories, "categories", "length", "1 to 10 categories")
	for i, c := range x.Categories {
		f.that(taxonomy.Check(c) == nil, at("categories", i, ""), "unknown", "a known category")
	}
	f.that(x.PlaceID != "", "placeId", "required", "say in which community")
	f.that(x.Lat >= -90 && x.Lat <= 90 && x.Lng >= -180 && x.Lng <= 180, "lat", "range", "degrees")
	f.that(len(x.Features) <= MaxLanguages && len(x.Skills) <= MaxLanguages, "features", "length", "at most 20")
	checkSlots(f, "week", x.Week)
	switch kind {
	case Venue:
		f.that(x.Persons > 0 && x.Persons <= 100_000, "persons", "range", "1 to 100,000")
		f.that(x.AreaSqm >= 0 && x.AreaSqm <= 1_000_000, "areaSqm", "range", "0 to 1,000,000")
		f.that(x.HourFen >= 0, "hourFen", "range", "not negative")
		checkAccess(f, "access", x.Access)
	case Volunteer:
		f.that(x.Wanted > 0 && x.Wanted <= 10_000, "wanted", "range", "1 to 10,000")
		f.that(len(x.Week) > 0, "week", "required", "say when hands are wanted")
		f.that(x.From == nil || x.Until == nil || !x.Until.Before(*x.From), "until", "order", "not before it begins")
	default:
		return fault.Invalid("resource.invalid", "unknown kind "+string(kind)).At("kind", "unknown", "venue or volunteer")
	}
	return f.fault()
}

func (x ItemFacts) tidy() ItemFacts {
	x.Categories, x.Week, x.Access = orNil(x.Categories), orNil(x.Week), orNil(x.Access)
	x.Features, x.Skills = orNil(x.Features), orNil(x.Skills)
	return x
}
