package matching

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
	"linli/backend/domain/taxonomy"
	"linli/backend/engine/rank"
)

// EngineVersion names the algorithm in every stored ranking: a change that can change an order
// gets a new one.
const EngineVersion = "rank-1"

// walkDetour is how many metres one walks per 1,000 metres of straight line until there is a
// street network; data per district may replace it.
const walkDetour = 1300

// The tracks as the engine numbers them. A need that no project has taken up yet has no track:
// whoever may be chosen on any of them may be paired with it.
var trackNumbers = map[string]uint8{"G": 0, "C": 1, "F": 2, "": 3}

const undecided = uint8(3)

var listFlags = map[string]rank.Listing{
	"abnormal": rank.ListAbnormal, "dishonest": rank.ListDishonest, "suspended": rank.ListSuspended,
}

// codes turns stable codes into the engine's numbers. It only grows, and belongs to one index.
type codes struct {
	categories     map[string]int32
	taxonomy       *rank.Taxonomy
	places         map[ident.PlaceID]int32
	qualifications map[string]int32
	names          []string // of qualifications, by number
}

func newCodes() *codes {
	c := &codes{categories: map[string]int32{}, places: map[ident.PlaceID]int32{}, qualifications: map[string]int32{}}
	all := taxonomy.All()
	for i, category := range all {
		c.categories[string(category.Code)] = int32(i)
	}
	parents := make([]int32, len(all))
	for i, category := range all {
		parents[i] = -1
		if category.Parent != "" {
			parents[i] = c.categories[string(category.Parent)]
		}
	}
	c.taxonomy = rank.NewTaxonomy(parents)
	return c
}

// category is -1 for a code that is not in the table: it fits nothing.
func (c *codes) category(code string) int32 {
	if n, ok := c.categories[code]; ok {
		return n
	}
	return -1
}

func (c *codes) place(id ident.PlaceID) int32 {
	n, ok := c.places[id]
	if !ok {
		n = int32(len(c.places))
		c.places[id] = n
	}
	return n
}

func (c *codes) qualification(code string) int32 {
	n, ok := c.qualifications[code]
	if !ok {
		n = int32(len(c.names))
		c.qualifications[code] = n
		c.names = append(c.names, code)
	}
	return n
}

// quarter names the period of a day: "2026Q2".
func quarter(d calendar.Date) string {
	return strconv.Itoa(d.Year) + "Q" + strconv.Itoa((int(d.Month)+2)/3)
}

// period numbers a quarter; 0 is the standing capacity, -1 what cannot be read.
func period(name string) int32 {
	if name == "" {
		return 0
	}
	if len(name) != 6 || name[4] != 'Q' {
		return -1
	}
	year, err1 := strconv.Atoi(name[:4])
	q, err2 := strconv.Atoi(name[5:])
	if err1 != nil || err2 != nil {
		return -1
	}
	return int32(year*10 + q)
}

var epoch = calendar.Date{Year: 1970, Month: time.January, Day: 1}

// day numbers a day since 1970; open is what no date means.
func day(d calendar.Date, open int32) int32 {
	if d.IsZero() {
		return open
	}
	return int32(calendar.DaysBetween(epoch, d))
}

const (
	always = int32(-1 << 30)
	never  = int32(1 << 30)
)

func point(p *matching.Point) rank.Point {
	if p == nil {
		return rank.Point{}
	}
	return rank.Point{Known: true, Lat: p.LatE6, Lng: p.LngE6, UncertaintyM: p.UncertaintyM}
}

// need turns a subject into numbers, as things stand on a day.
func (c *codes) need(s *matching.Subject, today calendar.Date) rank.Need {
	on := s.StartsOn
	if on.IsZero() || on.Before(today) {
		on = today
	}
	track, ok := trackNumbers[s.Track]
	if !ok {
		track = undecided
	}
	n := rank.Need{
		ID: s.ID, Track: track, Category: c.category(s.Category), At: point(s.Point), DetourPermille: walkDetour,
		Units: max(1, s.Units), Period: period(quarter(on)), Day: day(on, always), CapFen: min(int64(s.CapFen), rank.MaxAmount),
		MinGrade: s.MinGrade, Buyer: string(s.BuyerID),
	}
	for _, id := range s.PlacePath {
		n.Places = append(n.Places, c.place(id))
	}
	for _, q := range s.Qualifications {
		n.Required = append(n.Required, c.qualification(q))
	}
	return n
}

// suppliers turns a candidate into the engine's numbers: one for each service at each of its
// locations, or at the body's own place when the service names none. A body never serves
// itself: it conflicts with the buyer of its own id.
func (c *codes) suppliers(s *matching.Candidate) []rank.Supplier {
	body := c.body(s)
	var out []rank.Supplier
	for i := range s.Services {
		out = append(out, c.service(body, s.Home, &s.Services[i])...)
	}
	return out
}

// body is what all services of a candidate share.
func (c *codes) body(s *matching.Candidate) rank.Supplier {
	body := rank.Supplier{
		Owner: string(s.ID), Grade: s.Grade, GradeUntil: day(s.GradeUntil, never),
		Rating: s.RatingBP, Rated: s.Rated, Conflicts: []string{string(s.ID)},
	}
	for _, track := range matching.Tracks(s.Kind) {
		body.Tracks |= 1<<trackNumbers[track] | 1<<undecided
	}
	for _, l := range s.Lists {
		body.Lists |= listFlags[l]
	}
	for _, q := range s.Qualifications {
		body.Qualifications = append(body.Qualifications, rank.Qualification{Code: c.qualification(q.Code), From: day(q.From, always), Until: day(q.Until, never)})
	}
	for _, id := range s.Conflicts {
		body.Conflicts = append(body.Conflicts, string(id))
	}
	return body
}

// between separates the service from the location in the engine's ids.
const between = "/"

func (c *codes) service(body rank.Supplier, home *matching.Point, s *matching.Service) []rank.Supplier {
	for _, category := range s.Categories {
		body.Offers = append(body.Offers, rank.Offer{
			Category: c.category(category), Low: min(int64(s.LowFen), rank.MaxAmount), High: min(int64(s.HighFen), rank.MaxAmount),
		})
	}
	for _, a := range s.Areas {
		body.Areas = append(body.Areas, c.area(a))
	}
	for _, k := range s.Capacities {
		if p := period(k.Period); p >= 0 {
			body.Capacities = append(body.Capacities, rank.Capacity{Period: p, Total: k.Total, Free: k.Free})
		}
	}
	if len(s.Spots) == 0 {
		body.ID, body.Home = string(s.ID)+between, point(home)
		return []rank.Supplier{body}
	}
	var out []rank.Supplier
	for i := range s.Spots {
		body.ID, body.Home = string(s.ID)+between+s.Spots[i].ID, point(&s.Spots[i].Point)
		out = append(out, body)
	}
	return out
}

// serviceOf reads the service back from the engine's id.
func serviceOf(id string) ident.ServiceID {
	service, _, _ := strings.Cut(id, between)
	return ident.ServiceID(service)
}

func (c *codes) area(a matching.Area) rank.Area {
	switch {
	case a.Kind == "place":
		return rank.Area{Kind: rank.Division, Place: c.place(a.PlaceID)}
	case a.Kind == "radius" && a.Centre != nil:
		return rank.Area{Kind: rank.Radius, Centre: point(a.Centre), RadiusM: min(a.RadiusM, rank.MaxRadiusM)}
	case a.Kind == "city":
		return rank.Area{Kind: rank.Everywhere}
	default:
		return rank.Area{Kind: rank.Division, Place: -1} // nowhere
	}
}

// weights turns a set into the engine's.
func weights(w matching.Weights) rank.Weights {
	v := w.Values
	return rank.Weights{
		Version: w.Code, Fit: v.Fit, Reach: v.Reach, Slack: v.Slack, Grade: v.Grade, Track: v.Track, Price: v.Price,
		FitPerLevelUp: v.FitPerLevelUp, FitPerLevelDown: v.FitPerLevelDown, ReachUnknown: v.ReachUnknown,
		PriceFull: v.PriceFull, PriceUnknown: v.PriceUnknown, TrackMean: v.TrackMean, TrackShrink: v.TrackShrink,
	}
}

// line turns a pairing into what is shown and stored.
func (c *codes) line(p rank.Pairing, owner *matching.Candidate, position int) matching.Line {
	l := matching.Line{Rank: position, OrganizationID: owner.ID, Name: owner.Name, ServiceID: serviceOf(p.SupplierID), Score: p.Score}
	for i := range owner.Services {
		if owner.Services[i].ID == l.ServiceID {
			l.Service = owner.Services[i].Title
		}
	}
	for _, g := range p.Gates {
		gate := matching.Gate{Rule: g.Rule, Code: g.Code, Remedy: g.Remedy, Pass: g.Pass, Needed: g.Needed, Has: g.Has, Estimated: g.Estimated}
		for _, q := range g.Items {
			gate.Items = append(gate.Items, c.names[q])
		}
		l.Gates = append(l.Gates, gate)
	}
	for _, t := range p.Terms {
		l.Terms = append(l.Terms, matching.Term(t))
	}
	return l
}

// clone copies what grows.
func (c *codes) clone() *codes {
	return &codes{
		categories: c.categories, taxonomy: c.taxonomy, places: maps.Clone(c.places),
		qualifications: maps.Clone(c.qualifications), names: slices.Clone(c.names),
	}
}
