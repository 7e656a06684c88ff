package need

import (
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Limits of what is written. A title fits one line of a list on a phone; a summary one screen.
const (
	MaxTitle         = 60
	MaxSummary       = 1000
	MaxReason        = 500
	MaxBeneficiaries = 30_000_000 // the whole city
	MaxVoices        = 2000       // of one need, merged ones included
)

// Need is one matter that one or more voices raise: it belongs to one community and one
// accountable body, and moves on two axes, stage (workflow) and outcome (answer).
type Need struct {
	ID            ident.NeedID
	Code          string // XQ-2026-000123
	PlaceID       ident.PlaceID
	PartyID       ident.PartyID // the accountable body
	Category      string        // taxonomy code
	Title         string        // in the neighbours' words
	Summary       string
	Beneficiaries int       // people who would gain; 0 when nobody counted
	EstimateFen   money.Fen // rough cost; 0 when nobody estimated
	Urgency       Urgency
	Point         *Point
	Stage         string // State… of Machine
	Outcome       string // Outcome… of OutcomeMachine
	Reason        string // the last public reason
	Route         Route  // set by classify
	InProject     bool   // a project carries it: projects and contracts move it on
	MergedInto    ident.NeedID
	Screening     *Screening
	Deliberation  *Deliberation
	PublicUntil   *calendar.Date // last day of the publicity before adoption
	OpenedAt      time.Time
	StageAt       time.Time  // when the present stage began
	DeliveredAt   *time.Time // last delivery; silence does not accept
	ConfirmedAt   *time.Time // when somebody who asked confirmed
	ClosedAt      *time.Time
	Version       int64
}

// Urgency is how soon the matter bites.
type Urgency string

// The urgencies.
const (
	UrgencyNormal Urgency = "normal"
	UrgencySoon   Urgency = "soon"   // weeks matter
	UrgencyUrgent Urgency = "urgent" // days matter
)

// Route is who answers a need 归类.
type Route string

// The routes.
const (
	RouteGov    Route = "gov"    // 政府
	RouteMarket Route = "market" // 市场
	RouteSelf   Route = "self"   // 自治
)

// Point is where a matter is, WGS-84 in millionths of a degree. UncertaintyM is 0 for a
// spot somebody chose and larger for a place that stands for it.
type Point struct {
	LatE6, LngE6 int64
	UncertaintyM int
}

// Valid tells whether the point lies on Earth.
func (p Point) Valid() bool {
	return p.LatE6 >= -90e6 && p.LatE6 <= 90e6 && p.LngE6 >= -180e6 && p.LngE6 <= 180e6 && p.UncertaintyM >= 0
}

// New opens a need. Faults: need.invalid with the offending fields.
func New(n Need, now time.Time) (*Need, error) {
	n.Stage, n.Outcome = Machine.Initial, OutcomeMachine.Initial
	n.OpenedAt, n.StageAt = now, now
	n.Title, n.Summary = strings.TrimSpace(n.Title), strings.TrimSpace(n.Summary)
	if n.Urgency == "" {
		n.Urgency = UrgencyNormal
	}
	if err := n.check(); err != nil {
		return nil, err
	}
	return &n, nil
}

func (n *Need) check() error {
	bad := fault.Invalid("need.invalid", "need "+n.Code+" does not hold")
	fields := len(bad.Fields)
	if l := utf8.RuneCountInString(n.Title); l == 0 || l > MaxTitle {
		bad = bad.At("title", "length", "1 to 60 characters")
	}
	if l := utf8.RuneCountInString(n.Summary); l == 0 || l > MaxSummary {
		bad = bad.At("summary", "length", "1 to 1000 characters")
	}
	if n.Category == "" {
		bad = bad.At("category", "required", "choose a category")
	}
	if n.PlaceID == "" {
		bad = bad.At("placeId", "required", "a need belongs to one community")
	}
	if n.PartyID == "" {
		bad = bad.At("partyId", "required", "a need has one accountable body")
	}
	if n.Beneficiaries < 0 || n.Beneficiaries > MaxBeneficiaries {
		bad = bad.At("beneficiaries", "range", "0 to 30,000,000")
	}
	if n.EstimateFen < 0 {
		bad = bad.At("estimateFen", "range", "not negative")
	}
	if n.Urgency != UrgencyNormal && n.Urgency != UrgencySoon && n.Urgency != UrgencyUrgent {
		bad = bad.At("urgency", "unknown", "normal, soon or urgent")
	}
	if n.Point != nil && !n.Point.Valid() {
		bad = bad.At("point", "range", "latitude and longitude in degrees")
	}
	if len(bad.Fields) > fields {
		return bad
	}
	return nil
}

// Active tells whether the need still asks for something: neither closed nor merged.
func (n *Need) Active() bool { return n.Stage != StageClosed }

// Confirmed tells whether somebody who asked has confirmed the last delivery. Delivered is
// not accepted, and closed is not confirmed.
func (n *Need) Confirmed() bool { return n.ConfirmedAt != nil }
