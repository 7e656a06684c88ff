package rank

import (
	"fmt"
	"math/rand/v2"
)

// The city of tests and benchmarks: generated from a seed, shaped like Chengdu. Communities
// gather around the centre, categories have two levels, a third of the suppliers serves the
// whole city, a third one to three districts, a third a circle of one to five kilometres.
type city struct {
	taxonomy  *Taxonomy
	suppliers []Supplier
	needs     []Need
	seats     []seat
}

type seat struct {
	path []int32
	at   Point
}

const (
	cityRoots      = 11
	cityCategories = 55
	today          = int32(20514) // 2026-03-02
	thisQuarter    = int32(20261)
)

func newCity(seed uint64, suppliers, needs int) *city {
	r := rand.New(rand.NewPCG(seed, 1))
	parents := make([]int32, cityCategories)
	for i := range parents {
		parents[i] = int32(i % cityRoots)
		if i < cityRoots {
			parents[i] = -1
		}
	}
	c := &city{taxonomy: NewTaxonomy(parents)}
	c.settle(r)
	for i := range suppliers {
		c.suppliers = append(c.suppliers, c.supplier(r, i))
	}
	for i := range needs {
		c.needs = append(c.needs, c.need(r, i))
	}
	return c
}

// settle places 22 districts, 375 streets and 4,345 communities.
func (c *city) settle(r *rand.Rand) {
	type spot struct{ lat, lng float64 }
	var districts, streets []spot
	for range 22 {
		districts = append(districts, spot{30.66 + r.NormFloat64()*0.18, 104.06 + r.NormFloat64()*0.2})
	}
	for i := range 375 {
		d := districts[i%22]
		streets = append(streets, spot{d.lat + r.NormFloat64()*0.04, d.lng + r.NormFloat64()*0.04})
	}
	for i := range 4345 {
		s := streets[i%375]
		p := Point{Known: true, Lat: int32((s.lat + r.NormFloat64()*0.01) * 1e6), Lng: int32((s.lng + r.NormFloat64()*0.01) * 1e6)}
		if r.IntN(5) > 0 {
			p.UncertaintyM = int32(300 + r.IntN(1200))
		}
		c.seats = append(c.seats, seat{path: []int32{0, int32(1 + i%375%22), int32(100 + i%375), int32(1000 + i)}, at: p})
	}
}

func (c *city) supplier(r *rand.Rand, i int) Supplier {
	home := c.seats[r.IntN(len(c.seats))]
	s := Supplier{
		ID: fmt.Sprintf("s%05d", i), Owner: fmt.Sprintf("o%05d", i*2/3), Tracks: uint8(1 + r.IntN(7)), Home: home.at,
		Grade: int32(r.IntN(6)), GradeUntil: today + int32(r.IntN(1500)) - 150,
		Rating: int32(5000 + r.IntN(5001)), Rated: int32(r.IntN(40)),
	}
	s.Home.UncertaintyM = 0
	if r.IntN(50) == 0 {
		s.Lists = Listing(1 << r.IntN(3))
	}
	for range 1 + r.IntN(3) {
		low := int64(2+r.IntN(30)) * 1_000_000
		o := Offer{Category: int32(r.IntN(cityCategories)), Low: low, High: low + low/2}
		if r.IntN(10) == 0 {
			o.Low, o.High = 0, 0
		}
		s.Offers = append(s.Offers, o)
	}
	s.Areas = c.areas(r, home)
	total := int32(5 + r.IntN(60))
	s.Capacities = []Capacity{{Total: total, Free: int32(r.IntN(int(total) + 1))}}
	if r.IntN(3) == 0 {
		s.Capacities = append(s.Capacities, Capacity{Period: thisQuarter, Total: total, Free: int32(r.IntN(int(total) + 1))})
	}
	for range r.IntN(3) {
		s.Qualifications = append(s.Qualifications, Qualification{Code: int32(r.IntN(6)), From: today - 500, Until: today + int32(r.IntN(800)) - 100})
	}
	if r.IntN(40) == 0 {
		s.Conflicts = []string{fmt.Sprintf("b%02d", r.IntN(30))}
	}
	return s
}

// services are those of one owner that is not in the city yet.
func (c *city) services(r *rand.Rand) []Supplier {
	var out []Supplier
	for i := range 1 + r.IntN(3) {
		s := c.supplier(r, 99_990+i)
		s.Owner = "newcomer"
		out = append(out, s)
	}
	return out
}

func (c *city) areas(r *rand.Rand, home seat) []Area {
	switch r.IntN(3) {
	case 0:
		return []Area{{Kind: Everywhere}}
	case 1:
		out := []Area{{Kind: Division, Place: home.path[1]}}
		for range r.IntN(3) {
			out = append(out, Area{Kind: Division, Place: c.seats[r.IntN(len(c.seats))].path[1+r.IntN(3)]})
		}
		return out
	default:
		out := []Area{{Kind: Radius, Centre: home.at, RadiusM: int32(1000 + r.IntN(4000))}}
		if r.IntN(4) == 0 {
			out = append(out, Area{Kind: Division, Place: home.path[2]})
		}
		return out
	}
}

func (c *city) need(r *rand.Rand, i int) Need {
	home := c.seats[r.IntN(len(c.seats))]
	n := Need{
		ID: fmt.Sprintf("n%06d", i), Track: uint8(r.IntN(3)), Category: int32(r.IntN(cityCategories)),
		Places: home.path, At: home.at, DetourPermille: 1300, Units: int32(1 + r.IntN(4)),
		Period: thisQuarter + int32(r.IntN(2)), Day: today, CapFen: int64(r.IntN(40)) * 1_000_000,
		Buyer: fmt.Sprintf("b%02d", r.IntN(30)),
	}
	if r.IntN(30) == 0 {
		n.At = Point{}
	}
	if r.IntN(8) == 0 {
		n.MinGrade = int32(1 + r.IntN(4))
	}
	if r.IntN(8) == 0 {
		n.Required = []int32{int32(r.IntN(6))}
	}
	if r.IntN(20) == 0 {
		n.Excluded = []string{fmt.Sprintf("o%05d", r.IntN(200))}
	}
	return n
}

var testWeights = Weights{
	Version: "test", Fit: 2000, Reach: 2500, Slack: 1500, Grade: 1000, Track: 2000, Price: 1000,
	FitPerLevelUp: 2500, FitPerLevelDown: 4000, ReachUnknown: 2000, PriceFull: 3000, PriceUnknown: 5000,
	TrackMean: 8000, TrackShrink: 5,
}

// stir adds what no tidy city has: homes nobody knows or that lie on another continent,
// several periods, bodies that may not serve themselves, languages, weak communities, huge
// amounts and other detours.
func (c *city) stir(r *rand.Rand) {
	for i := range c.suppliers {
		c.stirSupplier(r, &c.suppliers[i])
	}
	for i := range c.needs {
		c.stirNeed(r, &c.needs[i])
	}
}

func (c *city) stirSupplier(r *rand.Rand, s *Supplier) {
	s.Groups = uint32(r.IntN(16))
	switch r.IntN(12) {
	case 0:
		s.Home = Point{}
	case 1:
		s.Home = Point{Known: true, Lat: int32(r.IntN(170_000_000) - 85_000_000), Lng: int32(r.IntN(360_000_000) - 180_000_000)}
	case 2:
		s.Capacities = append(s.Capacities, Capacity{Period: thisQuarter + 1, Total: 4, Free: int32(r.IntN(5))}, Capacity{Period: thisQuarter + 2, Total: 9, Free: 9})
	case 3:
		s.Conflicts = []string{s.Owner}
	case 4:
		s.Conflicts = []string{s.Owner, fmt.Sprintf("b%02d", r.IntN(30))}
	case 5:
		s.Areas = append(s.Areas, Area{Kind: Radius, Centre: c.seats[r.IntN(len(c.seats))].at, RadiusM: int32(r.IntN(MaxRadiusM))})
	case 6:
		s.Offers[0].Low, s.Offers[0].High = MaxAmount-1, MaxAmount
	case 7:
		s.Capacities = []Capacity{{Total: 2_000_000_000, Free: int32(r.IntN(2_000_000_000))}}
	}
}

func (c *city) stirNeed(r *rand.Rand, n *Need) {
	n.Groups, n.Weakness = uint32(r.IntN(8)), int32(r.IntN(Whole+1))
	switch r.IntN(12) {
	case 0:
		n.At = Point{Known: true, Lat: int32(r.IntN(170_000_000) - 85_000_000), Lng: int32(r.IntN(360_000_000) - 180_000_000), UncertaintyM: 500}
	case 1:
		n.Buyer = fmt.Sprintf("o%05d", r.IntN(200))
	case 2:
		n.CapFen = MaxAmount
	case 3:
		n.CapFen = int64(1 + r.IntN(200))
	case 4:
		n.DetourPermille = int32(1000 + r.IntN(4001))
	case 5:
		n.Required = []int32{int32(r.IntN(40)), int32(r.IntN(6))}
	}
}

// anyWeights are weights that pass Check, some terms often worth nothing.
func anyWeights(r *rand.Rand) Weights {
	w := testWeights
	w.FitPerLevelUp, w.FitPerLevelDown = int32(r.IntN(Whole+1)), int32(r.IntN(Whole+1))
	w.ReachUnknown, w.PriceUnknown, w.TrackMean = int32(r.IntN(Whole+1)), int32(r.IntN(Whole+1)), int32(r.IntN(Whole+1))
	w.PriceFull, w.TrackShrink = int32(1+r.IntN(Whole)), int32(1+r.IntN(50))
	left := int32(Whole)
	parts := []*int32{&w.Fit, &w.Reach, &w.Slack, &w.Grade, &w.Track, &w.Price, &w.Audience, &w.Equity}
	r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	for _, p := range parts[1:] {
		*p = 0
		if r.IntN(3) > 0 {
			*p = int32(r.IntN(int(left) + 1))
			left -= *p
		}
	}
	*parts[0] = left
	return w
}
