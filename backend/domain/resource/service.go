package resource

import (
	"slices"
	"time"
	"unicode/utf8"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
	"linli/backend/domain/taxonomy"
)

// Limits of one service.
const (
	MaxCategories = 10
	MaxAreas      = 200
	MaxCapacities = 24
	MaxRadiusM    = 60_000 // wider than the city is the city
)

// Service is something an organisation offers to do, kept apart from the organisation and
// from the locations where it is done (HSDS: organisation, service, location).
type Service struct {
	ID             ident.ServiceID
	OrganizationID ident.OrganizationID
	Offer          Offer
	State          string // of ServiceMachine
	Checked        *Check
	UpdatedAt      time.Time
	Version        int64
}

// Offer is what the owner says about a service.
type Offer struct {
	Title       string
	TitleEN     string
	Description string
	Bring       string // what to bring along
	Categories  []taxonomy.Code
	Areas       []Area
	LocationIDs []string // of the organisation's profile
	Capacities  []Capacity
	LowFen      money.Fen // price band per PriceUnit; both 0 when not said
	HighFen     money.Fen
	PriceUnit   PriceUnit
	Free        bool // costs the person nothing
	Languages   []string
}

// PriceUnit is what a price is for.
type PriceUnit string

// The units of prices.
const (
	PerProject PriceUnit = "project"
	PerYear    PriceUnit = "year"
	PerMonth   PriceUnit = "person_month"
	PerVisit   PriceUnit = "visit"
	PerHour    PriceUnit = "hour"
)

// PriceUnits lists them in the order forms show them.
var PriceUnits = []PriceUnit{PerProject, PerYear, PerMonth, PerVisit, PerHour}

// Area is one piece of where a service is given.
type Area struct {
	Kind     AreaKind
	PlaceID  ident.PlaceID // AreaPlace: this place and all below it
	Lat, Lng float64       // AreaRadius: around this point
	RadiusM  int
}

// AreaKind says how an area is drawn.
type AreaKind string

// The kinds of area.
const (
	AreaCity   AreaKind = "city"
	AreaPlace  AreaKind = "place"
	AreaRadius AreaKind = "radius"
)

// Capacity is how much a service can take on in a period, dated and without personal data
// (HSDS service_capacity). Period is "2026Q2", or "" for the standing capacity.
type Capacity struct {
	Period    string
	Unit      string // 户, 人次, 课时 …: what is counted
	Total     int
	Free      int
	State     CapacityState
	UpdatedOn calendar.Date
}

// CapacityState is the answer to "may I ask?" before any figure.
type CapacityState string

// The answers.
const (
	CapacityHas     CapacityState = "has"
	CapacityWaiting CapacityState = "waiting"
	CapacityNone    CapacityState = "none"
	CapacityAsk     CapacityState = "ask" // needs an assessment first
)

// The states of a service and of a resource.
const (
	StateDraft     = "draft"
	StateOffered   = "offered"
	StatePaused    = "paused"
	StateWithdrawn = "withdrawn"
)

// NewService drafts a service. Fault resource.invalid.
func NewService(id ident.ServiceID, owner ident.OrganizationID, o Offer, now time.Time) (*Service, error) {
	s := &Service{ID: id, OrganizationID: owner, State: ServiceMachine.Initial}
	return s, s.Rewrite(o, now)
}

// Rewrite replaces what the owner says; the service has to be checked again. Faults
// resource.invalid, resource.withdrawn.
func (s *Service) Rewrite(o Offer, now time.Time) error {
	if s.State == StateWithdrawn {
		return withdrawn()
	}
	if err := o.check(); err != nil {
		return err
	}
	s.Offer, s.Checked, s.UpdatedAt = o.tidy(), nil, now
	return nil
}

// Fire moves the service along. Faults service.transition_refused, service.reason_required.
func (s *Service) Fire(action, reason string, now time.Time) (lifecycle.Row, error) {
	row, err := ServiceMachine.Fire(s.State, action, reason)
	if err == nil {
		s.State, s.UpdatedAt = row.To, now
	}
	return row, err
}

// Confirm notes that somebody found the record true on this day.
func (s *Service) Confirm(c Check) error {
	if s.State == StateWithdrawn {
		return withdrawn()
	}
	s.Checked = &c
	return nil
}

func withdrawn() error { return fault.Conflict("resource.withdrawn", "the record was withdrawn") }

func (o Offer) check() error {
	f := newForm("offer")
	f.line("title", o.Title, 2)
	f.line("titleEN", o.TitleEN, 0)
	f.that(utf8.RuneCountInString(o.Description) <= MaxSummary, "description", "length", "at most 2000 characters")
	f.line("bring", o.Bring, 0)
	f.that(len(o.Categories) > 0 && len(o.Categories) <= MaxCategories, "categories", "length", "1 to 10 categories")
	for i, c := range o.Categories {
		f.that(taxonomy.Check(c) == nil, at("categories", i, ""), "unknown", "a known category")
	}
	f.that(len(o.Areas) > 0 && len(o.Areas) <= MaxAreas, "areas", "length", "1 to 200 areas")
	for i, a := range o.Areas {
		f.that(a.holds(), at("areas", i, ""), "form", "the city, a place, or a point with a radius up to 60 km")
	}
	f.that(len(o.Capacities) <= MaxCapacities, "capacities", "length", "at most 24 periods")
	seen := map[string]bool{}
	for i, c := range o.Capacities {
		f.that(c.holds(), at("capacities", i, ""), "form", "a period such as 2026Q2, and no more free than there is")
		f.that(!seen[c.Period], at("capacities", i, "period"), "unique", "each period once")
		seen[c.Period] = true
	}
	f.that(o.LowFen >= 0 && o.HighFen >= o.LowFen, "highFen", "order", "not below the lower price")
	f.that(o.HighFen == 0 || slices.Contains(PriceUnits, o.PriceUnit), "priceUnit", "required", "say what the price is for")
	f.that(len(o.Languages) <= MaxLanguages, "languages", "length", "at most 20")
	f.that(len(o.LocationIDs) <= MaxLocations, "locationIds", "length", "at most 50")
	return f.fault()
}

func (a Area) holds() bool {
	switch a.Kind {
	case AreaCity:
		return a.PlaceID == "" && a.RadiusM == 0
	case AreaPlace:
		return a.PlaceID != "" && a.RadiusM == 0
	case AreaRadius:
		return a.RadiusM > 0 && a.RadiusM <= MaxRadiusM && (a.Lat != 0 || a.Lng != 0) && a.Lat >= -90 && a.Lat <= 90 && a.Lng >= -180 && a.Lng <= 180
	}
	return false
}

func (c Capacity) holds() bool {
	stateFits := c.State == CapacityHas || c.State == CapacityWaiting || c.State == CapacityNone || c.State == CapacityAsk
	const most = 10_000_000
	return stateFits && c.Total >= 0 && c.Total <= most && c.Free >= 0 && c.Free <= c.Total && PeriodValid(c.Period) &&
		utf8.RuneCountInString(c.Unit) <= 20 && !c.UpdatedOn.IsZero() && (c.State != CapacityNone || c.Free == 0)
}

// PeriodValid tells whether a text names a quarter, "2026Q2", or is empty.
func PeriodValid(p string) bool {
	return p == "" || (len(p) == 6 && p[:4] >= "2000" && p[:4] <= "2199" && p[4] == 'Q' && p[5] >= '1' && p[5] <= '4')
}

func (o Offer) tidy() Offer {
	o.Categories, o.Areas, o.LocationIDs = orNil(o.Categories), orNil(o.Areas), orNil(o.LocationIDs)
	o.Capacities, o.Languages = orNil(o.Capacities), orNil(o.Languages)
	return o
}

// CapacityIn is the capacity of a period: its own entry, else the standing one.
func (o Offer) CapacityIn(period string) (Capacity, bool) {
	var standing *Capacity
	for i, c := range o.Capacities {
		if c.Period == period {
			return c, true
		}
		if c.Period == "" {
			standing = &o.Capacities[i]
		}
	}
	if standing != nil {
		return *standing, true
	}
	return Capacity{}, false
}
