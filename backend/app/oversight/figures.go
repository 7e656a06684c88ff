package oversight

import (
	"context"
	"sort"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// figuresVersion names the formulas; it moves with any change of one of them, so that figures
// of different days can be told apart.
const figuresVersion = "2026-03"

// Figure is one public number with everything a doubter asks for: its formula stands in the
// web app under Key, here are numerator, denominator and sample.
type Figure struct {
	Key         string
	Unit        string // "count", "days", "share", "fen", "mean"
	Value       float64
	Known       bool // false: nothing to divide by
	Numerator   int64
	Denominator int64
	Low, High   float64 // 95 % interval of a share of answers; both 0 when it has none
}

// Figures is the public page of numbers of a place.
type Figures struct {
	Place      PlaceName
	AsOf       time.Time
	Version    string
	Items      []Figure
	Categories []CategoryCount
	Places     []PlaceCount
}

// CategoryCount counts needs of one category; PlaceCount those inside one place.
type CategoryCount struct {
	Category     string
	Open, Closed int
}

// PlaceCount counts needs inside one place a level below the page's place.
type PlaceCount struct {
	ID           ident.PlaceID
	Name         string
	Open, Closed int
}

// Tallies are the sums a store reads in one snapshot; the formulas are applied here.
type Tallies struct {
	NeedsOpen, NeedsClosed, NeedsMet, NeedsConfirmed int64
	NeedsAdopted, NeedsValid                         int64
	DaysToClose                                      []int64 // of closed needs, by day
	Askers                                           int64   // distinct people who asked or supported
	BidsResponsive, LotsJudged                       int64
	AwardBudget, AwardPrice                          money.Fen
	ContractValue, SocialValue                       money.Fen
	PaymentsDue, PaymentsOnTime                      int64
	DaysToPay                                        []int64 // from request to payment
	FirstDecided, FirstAccepted                      int64
	Rated, Satisfied                                 int64
	Pledged, Reinvested                              money.Fen
	LotsAwarded, Challenges, Upheld                  int64
	Categories                                       []CategoryCount
	Communities                                      map[ident.PlaceID][2]int // open, closed
}

// Tallier reads the sums of a place; a store is one.
type Tallier interface {
	Tally(ctx context.Context, placePath string, today calendar.Date) (Tallies, error)
}

// ReadFiguresFrom connects the store that adds up; called once while wiring.
func (s *Service) ReadFiguresFrom(t Tallier) { s.tallier = t }

// Figures computes the public numbers of a place; "" means the whole city. Fault
// record.not_found.
func (s *Service) Figures(ctx context.Context, place ident.PlaceID) (Figures, error) {
	out := Figures{AsOf: s.app.Clock.Now(), Version: figuresVersion}
	at, children, err := s.scope(ctx, place)
	if err != nil {
		return Figures{}, err
	}
	out.Place = PlaceName{at.ID, at.Name}
	t, err := s.tallier.Tally(ctx, at.Path, calendar.DateOf(out.AsOf))
	if err != nil {
		return Figures{}, err
	}
	out.Items, out.Categories = t.figures(), t.Categories
	out.Places = spread(t.Communities, children)
	return out, nil
}

// child is a place below the page's place and the communities inside it.
type child struct {
	place  PlaceName
	inside map[ident.PlaceID]bool
}

// scope finds the place of the page and the places below it with their communities.
func (s *Service) scope(ctx context.Context, id ident.PlaceID) (community.Place, []child, error) {
	all, err := s.allPlaces(ctx)
	if err != nil {
		return community.Place{}, nil, err
	}
	at := community.Place{Path: "/"}
	for _, p := range all {
		if p.ID == id || (id == "" && p.Level == community.LevelCity) {
			at = p
		}
	}
	if id != "" && at.ID == "" {
		return at, nil, fault.NotFound("record.not_found", "no place "+string(id))
	}
	var out []child
	index := map[ident.PlaceID]int{}
	parents := map[ident.PlaceID]ident.PlaceID{}
	for _, p := range all {
		parents[p.ID] = p.ParentID
		if p.ParentID == at.ID && at.ID != "" {
			index[p.ID] = len(out)
			out = append(out, child{PlaceName{p.ID, p.Name}, map[ident.PlaceID]bool{}})
		}
	}
	for _, p := range all {
		for up := p.ID; up != ""; up = parents[up] {
			if i, ok := index[up]; ok {
				out[i].inside[p.ID] = true
				break
			}
		}
	}
	return at, out, nil
}

func spread(counts map[ident.PlaceID][2]int, children []child) []PlaceCount {
	var out []PlaceCount
	for _, c := range children {
		p := PlaceCount{ID: c.place.ID, Name: c.place.Name}
		for id, n := range counts {
			if c.inside[id] {
				p.Open += n[0]
				p.Closed += n[1]
			}
		}
		if p.Open+p.Closed > 0 {
			out = append(out, p)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Open+out[i].Closed > out[j].Open+out[j].Closed })
	return out
}

// figures applies the formulas of domain handbook §10, in the order the page shows them.
func (t Tallies) figures() []Figure {
	satisfied := contract.SatisfactionOf(int(t.Satisfied), int(t.Rated))
	answer := share("satisfaction", t.Satisfied, t.Rated)
	answer.Low, answer.High = satisfied.Low, satisfied.High
	return []Figure{
		count("needs_open", t.NeedsOpen),
		count("needs_closed", t.NeedsClosed),
		share("needs_met", t.NeedsMet, t.NeedsClosed),
		share("needs_confirmed", t.NeedsConfirmed, t.NeedsClosed),
		median("days_to_close", t.DaysToClose),
		share("conversion", t.NeedsAdopted, t.NeedsValid),
		count("askers", t.Askers),
		mean("competition", t.BidsResponsive, t.LotsJudged),
		share("saving", int64(t.AwardBudget-t.AwardPrice), int64(t.AwardBudget)),
		share("social_share", int64(t.SocialValue), int64(t.ContractValue)),
		share("on_time_payment", t.PaymentsOnTime, t.PaymentsDue),
		median("days_to_pay", t.DaysToPay),
		share("first_pass", t.FirstAccepted, t.FirstDecided),
		answer,
		share("reinvestment", int64(t.Reinvested), int64(t.Pledged)),
		share("challenge_rate", t.Challenges, t.LotsAwarded),
		share("upheld_rate", t.Upheld, t.Challenges),
	}
}

func count(key string, n int64) Figure {
	return Figure{Key: key, Unit: "count", Value: float64(n), Known: true, Numerator: n}
}

func share(key string, num, den int64) Figure {
	f := Figure{Key: key, Unit: "share", Numerator: num, Denominator: den, Known: den > 0}
	if f.Known {
		f.Value = float64(num) / float64(den)
	}
	return f
}

func mean(key string, num, den int64) Figure {
	f := share(key, num, den)
	f.Unit = "mean"
	return f
}

// median is the middle value, the mean of the two middle ones for an even sample.
func median(key string, days []int64) Figure {
	f := Figure{Key: key, Unit: "days", Denominator: int64(len(days)), Known: len(days) > 0}
	if !f.Known {
		return f
	}
	sort.Slice(days, func(i, j int) bool { return days[i] < days[j] })
	mid := len(days) / 2
	f.Value = float64(days[mid])
	if len(days)%2 == 0 {
		f.Value = float64(days[mid-1]+days[mid]) / 2
	}
	return f
}
