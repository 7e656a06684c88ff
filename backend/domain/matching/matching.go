// Package matching knows pairings of needs and projects with suppliers: the facts that enter,
// the ranking a person drew up, and the choice he made with his reason. A ranking recommends;
// it never awards.
package matching

import (
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// SubjectKind says what is to be served.
type SubjectKind string

// The two kinds.
const (
	SubjectNeed    SubjectKind = "need"
	SubjectProject SubjectKind = "project"
)

// Point is a position in WGS-84 millionths of a degree, with its doubt in metres.
type Point struct {
	LatE6, LngE6 int32
	UncertaintyM int32
}

// Subject is a need or project as the ranking sees it, in stable codes.
type Subject struct {
	Kind           SubjectKind
	ID             string
	Code           string
	Title          string
	Status         string
	Track          string // "G", "C", "F"; "" while undecided
	Category       string
	PlaceID        ident.PlaceID
	PlacePath      []ident.PlaceID // from the city down
	Point          *Point
	Units          int32
	CapFen         money.Fen // 0 when nobody named an amount
	MinGrade       int32
	Qualifications []string
	BuyerID        ident.PartyID
	StartsOn       calendar.Date // zero while unplanned
}

// Area is one piece of where a service is given.
type Area struct {
	Kind    string // "city", "place" or "radius"
	PlaceID ident.PlaceID
	Centre  *Point
	RadiusM int32
}

// Spot is a location where a service is given.
type Spot struct {
	ID    string
	Point Point
}

// Service is something a candidate offers, as the ranking sees it. The price band is that of
// one engagement or year, 0 when unsaid or said per visit or hour.
type Service struct {
	ID              ident.ServiceID
	Title           string
	Categories      []string
	Areas           []Area
	Spots           []Spot
	Capacities      []Capacity
	LowFen, HighFen money.Fen
}

// Capacity is what a service can take on in a period such as "2026Q2"; "" is the standing one.
type Capacity struct {
	Period      string
	Total, Free int32
}

// Qualification is a certificate and its days of validity; a zero Until never ends.
type Qualification struct {
	Code        string
	From, Until calendar.Date
}

// Candidate is a supplier as the ranking sees it, in stable codes.
type Candidate struct {
	ID             ident.OrganizationID
	Name           string
	Kind           string // type code of domain handbook §2
	Lists          []string
	Services       []Service
	Home           *Point // where the body is registered
	Grade          int32  // 1 … 5, 0 for none
	GradeUntil     calendar.Date
	Qualifications []Qualification
	RatingBP       int32 // mean rating, basis points of the best
	Rated          int32 // number of ratings
	Conflicts      []ident.PartyID
}

// Term is one addend of a score, as shown and stored.
type Term struct {
	Name      string
	Raw, Of   int64
	Value     int32
	Weight    int32
	Points    int32
	Estimated bool
	Unknown   bool
}

// Gate is the answer of one hard rule.
type Gate struct {
	Rule, Code, Remedy string
	Pass               bool
	Needed, Has        int64
	Items              []string
	Estimated          bool
}

// Line is one place of a ranking.
type Line struct {
	Rank           int
	OrganizationID ident.OrganizationID
	Name           string
	ServiceID      ident.ServiceID // the service that suits best
	Service        string          // its title
	Score          int32
	Gates          []Gate
	Terms          []Term
}

// ChoiceKind is what a person did with a recommendation.
type ChoiceKind string

// The choices. None of them is an award: the award follows procurement law.
const (
	ChoiceInvite    ChoiceKind = "invite"    // told of the opportunity
	ChoiceShortlist ChoiceKind = "shortlist" // kept in mind
	ChoiceSetAside  ChoiceKind = "set_aside" // not pursued, with the reason
)

// Choice is one decision about one supplier.
type Choice struct {
	OrganizationID ident.OrganizationID
	Kind           ChoiceKind
	Reason         string
	By             ident.PersonID
	At             time.Time
}

// Matching is a ranking as it was drawn up, with everything needed to compute it again.
type Matching struct {
	ID          ident.MatchingID
	SubjectKind SubjectKind
	SubjectID   string
	PlaceID     ident.PlaceID
	PartyID     ident.PartyID // whose people drew it up
	Weights     string        // code
	Engine      string        // version of the algorithm
	Taxonomy    string        // version of the category table
	Considered  int           // suppliers in the index at that moment
	Inputs      string        // canonical JSON
	InputsHash  string
	Lines       []Line
	Choices     []Choice
	DrawnBy     ident.PersonID
	DrawnAt     time.Time
	Version     int64
}

// maxChoices bounds the record of one ranking: ten suppliers, a few changes of mind each.
const maxChoices = 100

// Choose records a person's choice about a ranked supplier, with the reason. Faults:
// matching.not_ranked, matching.choice_unknown, matching.reason_required, matching.too_many.
func (m *Matching) Choose(c Choice) error {
	c.Reason = strings.TrimSpace(c.Reason)
	if c.Kind != ChoiceInvite && c.Kind != ChoiceShortlist && c.Kind != ChoiceSetAside {
		return fault.Invalid("matching.choice_unknown", "no choice "+string(c.Kind)).At("kind", "unknown", "invite, shortlist or set_aside")
	}
	if n := utf8.RuneCountInString(c.Reason); n == 0 || n > maxReason {
		return fault.Invalid("matching.reason_required", "a choice needs a reason").At("reason", "length", "1 to 500 characters")
	}
	if len(m.Choices) >= maxChoices {
		return fault.Conflict("matching.too_many", "this ranking has a hundred choices: draw up a new one")
	}
	for _, l := range m.Lines {
		if l.OrganizationID == c.OrganizationID {
			m.Choices = append(m.Choices, c)
			return nil
		}
	}
	return fault.Invalid("matching.not_ranked", "the supplier is not in this ranking").At("organizationId", "unknown", "one of the ranked suppliers")
}

// Latest gives the last choice about a supplier.
func (m *Matching) Latest(id ident.OrganizationID) (Choice, bool) {
	for i := len(m.Choices) - 1; i >= 0; i-- {
		if m.Choices[i].OrganizationID == id {
			return m.Choices[i], true
		}
	}
	return Choice{}, false
}

// Tracks lists on which tracks a type may be chosen (domain handbook §2).
func Tracks(kind string) []string {
	switch kind {
	case "PSI2", "SA", "SSO", "FDN", "RC", "VC", "ENT", "SE", "IND":
		return []string{"G", "C", "F"}
	case "PSI1", "MASS":
		return []string{"C", "F"} // may not bid for government purchases
	default:
		return nil // organs of the state, and bodies that are no suppliers
	}
}
