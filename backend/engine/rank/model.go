// Package rank answers two questions exactly and fast: which suppliers suit a need best, and
// which needs suit a supplier best. Numbers go in and numbers come out: it knows no database,
// no language and no law beyond the gates a caller fills in.
//
// A pairing first passes hard gates; then whole points add up to its score, so that a citizen
// can check the sum by hand. Equal scores are ordered by id. The same input gives the same
// order on every machine: positions, prices and points are integers throughout.
package rank

import (
	"errors"
	"fmt"
)

// Whole is one hundred per cent in basis points: the range of a term's value and the sum of
// the weights.
const Whole = 10_000

// Limits keep every product inside 64 bits and every answer small.
const (
	MaxAmount  = 900_000_000_000_000 // fen; × Whole still fits an int64
	MaxTop     = 50                  // a ranking longer than this is a list, not a recommendation
	MaxRadiusM = 60_000              // a service area wider than a city is city-wide
)

// Weights say what a full term is worth, and the constants of the terms. They are data: a
// version is proposed by one person and approved by another, and stored with every ranking.
type Weights struct {
	Version string

	// What a term is worth at its best; the eight sum to Whole. Sets older than the last two
	// give them nothing.
	Fit, Reach, Slack, Grade, Track, Price, Audience, Equity int32

	FitPerLevelUp   int32 // value lost per level when the supplier lists a broader category
	FitPerLevelDown int32 // value lost per level when it lists a narrower one
	ReachUnknown    int32 // value of a distance nobody knows
	PriceFull       int32 // share under the cap at which the price term is full, basis points
	PriceUnknown    int32 // value of a price nobody knows
	TrackMean       int32 // mean rating of the city, basis points of the best rating
	TrackShrink     int32 // number of ratings at which a supplier's own record counts half
}

// Check refuses weights that do not sum to Whole or leave the range of a value.
func (w Weights) Check() error {
	sum := int64(0)
	for _, part := range []int32{w.Fit, w.Reach, w.Slack, w.Grade, w.Track, w.Price, w.Audience, w.Equity} {
		if part < 0 {
			return errors.New("rank: a weight is negative")
		}
		sum += int64(part)
	}
	if sum != Whole {
		return fmt.Errorf("rank: weights sum to %d, want %d", sum, Whole)
	}
	for _, v := range []int32{w.FitPerLevelUp, w.FitPerLevelDown, w.ReachUnknown, w.PriceUnknown, w.TrackMean} {
		if v < 0 || v > Whole {
			return errors.New("rank: a value lies outside 0 … 10,000")
		}
	}
	if w.PriceFull < 1 || w.PriceFull > Whole || w.TrackShrink < 1 || w.TrackShrink > 10_000 {
		return errors.New("rank: price saturation or shrinkage out of range")
	}
	return nil
}

// Point is a position in WGS-84 micro-degrees. UncertaintyM is 0 for a surveyed point and the
// size of the surrounding place for an imputed one.
type Point struct {
	Known        bool
	Lat, Lng     int32
	UncertaintyM int32
}

// AreaKind says how a service area is drawn.
type AreaKind uint8

// The three kinds of area.
const (
	Everywhere AreaKind = iota // the whole city
	Division                   // a place of the division tree and all below it
	Radius                     // a circle
)

// Area is one piece of where a supplier works.
type Area struct {
	Kind    AreaKind
	Place   int32 // Division
	Centre  Point // Radius
	RadiusM int32 // Radius
}

// Offer is one category a supplier serves and what one engagement costs there, in fen; both
// prices 0 when it has not said.
type Offer struct {
	Category  int32
	Low, High int64
}

// Capacity is what a supplier can take on in a period, in its units. Period 0 is the standing
// capacity: it holds for every period without an entry of its own.
type Capacity struct {
	Period      int32
	Total, Free int32
}

// Qualification is a certificate and the days (since 1970) it is valid on, both included.
type Qualification struct {
	Code        int32
	From, Until int32
}

// Listing is a set of registers a supplier stands on.
type Listing uint8

// The registers that exclude.
const (
	ListAbnormal  Listing = 1 << iota // 活动异常名录
	ListDishonest                     // 严重违法失信名单
	ListSuspended                     // suspended on this platform
)

// Supplier is one service of an organisation, at one of its locations, as the ranking sees it:
// area, capacity and price belong to the service, the rest to its Owner. A ranking names every
// owner once, with the service that suits best. Tracks has bit t set when the owner's type may
// be chosen on track t. Rating is the mean of Rated ratings in basis points.
type Supplier struct {
	ID             string
	Owner          string
	Tracks         uint8
	Lists          Listing
	Offers         []Offer
	Areas          []Area
	Home           Point
	Grade          int32 // 0 … 5
	GradeUntil     int32 // last day the grade is valid on
	Qualifications []Qualification
	Capacities     []Capacity
	Rating, Rated  int32
	Conflicts      []string // buyers it must not work for
	Groups         uint32   // languages spoken and groups of people it is made for, a bit each
}

// Need is what is asked for: a need, or a project that bundles several. Places lists the
// division path from the city down. CapFen is 0 when nobody has named an amount.
type Need struct {
	ID             string
	Track          uint8
	Category       int32
	Places         []int32
	At             Point
	DetourPermille int32 // walked metres per 1,000 metres of straight line
	Units          int32
	Period         int32
	Day            int32 // the day certificates must be valid on
	CapFen         int64
	MinGrade       int32
	Required       []int32 // qualification codes
	Buyer          string
	Excluded       []string // owners with a recorded conflict
	Groups         uint32   // languages and groups of people it is for
	Weakness       int32    // published weakness of the community, 0 … Whole
}

func (s *Supplier) check() error {
	if s.ID == "" || s.Owner == "" {
		return errors.New("rank: supplier without an id or an owner")
	}
	for _, o := range s.Offers {
		if o.Low < 0 || o.High < o.Low || o.High > MaxAmount {
			return fmt.Errorf("rank: supplier %s: price band out of range", s.ID)
		}
	}
	for _, c := range s.Capacities {
		if c.Total < 0 || c.Free < 0 || c.Free > c.Total {
			return fmt.Errorf("rank: supplier %s: capacity out of range", s.ID)
		}
	}
	for _, a := range s.Areas {
		if a.Kind == Radius && (a.RadiusM < 0 || a.RadiusM > MaxRadiusM || !a.Centre.Known) {
			return fmt.Errorf("rank: supplier %s: radius out of range", s.ID)
		}
	}
	if s.Grade < 0 || s.Grade > 5 || s.Rating < 0 || s.Rating > Whole || s.Rated < 0 {
		return fmt.Errorf("rank: supplier %s: grade or rating out of range", s.ID)
	}
	return nil
}

func (n *Need) check() error {
	if n.ID == "" {
		return errors.New("rank: need without an id")
	}
	if n.CapFen < 0 || n.CapFen > MaxAmount || n.Units < 0 || n.Track > 7 {
		return fmt.Errorf("rank: need %s: amount, units or track out of range", n.ID)
	}
	if n.Weakness < 0 || n.Weakness > Whole {
		return fmt.Errorf("rank: need %s: weakness out of range", n.ID)
	}
	if n.DetourPermille < 1000 || n.DetourPermille > maxDetour {
		return fmt.Errorf("rank: need %s: detour factor out of range", n.ID)
	}
	return nil
}
