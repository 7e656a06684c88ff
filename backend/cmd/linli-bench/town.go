package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
)

// town is the city of an assignment problem: communities with positions in whole metres, so
// that the same seed gives the same city on every processor.
type town struct {
	communities []spot
	districts   int
}

type spot struct {
	x, y     int64
	district int32
}

// metres of a degree at the latitude of Chengdu.
const (
	metresLng = 95_900
	metresLat = 110_900
)

// readTown takes the communities of a list of divisions. One without a coordinate lies
// somewhere around its street, or around its district.
func readTown(file string, r *rand.Rand) (*town, error) {
	f, err := os.Open(file) // #nosec G304 -- the operator names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	t, at, district := &town{}, map[string]spot{}, map[string]int32{}
	for _, level := range []string{"2", "3", "4", "5"} {
		for _, row := range rows[1:] {
			if len(row) < 7 || row[2] != level {
				continue
			}
			s, known := parse(row[5], row[6])
			if !known {
				s = around(at[row[3]], map[string]int64{"3": 0, "4": 4000, "5": 1200}[level], r)
			}
			at[row[0]] = s
			if level != "5" || len(row[0]) < 6 {
				continue
			}
			d, seen := district[row[0][:6]]
			if !seen {
				d = int32(len(district))
				district[row[0][:6]] = d
			}
			s.district = d
			t.communities = append(t.communities, s)
		}
	}
	if t.districts = len(district); t.districts == 0 {
		return nil, fmt.Errorf("%s: no communities (level 5)", file)
	}
	return t, nil
}

func parse(lng, lat string) (spot, bool) {
	x, errX := strconv.ParseFloat(lng, 64)
	y, errY := strconv.ParseFloat(lat, 64)
	if errX != nil || errY != nil {
		return spot{}, false
	}
	return spot{x: int64(math.Round(x * metresLng)), y: int64(math.Round(y * metresLat))}, true
}

func around(s spot, radius int64, r *rand.Rand) spot {
	if radius == 0 {
		return s
	}
	s.x += r.Int64N(2*radius+1) - radius
	s.y += r.Int64N(2*radius+1) - radius
	return s
}

// plane is a town without a list: twenty square districts of 8 km, denser in the middle.
func plane(r *rand.Rand) *town {
	t := &town{districts: 20}
	for n := range 4000 {
		d := int64(n % t.districts)
		s := spot{x: d % 5 * 8000, y: d / 5 * 8000, district: int32(d)}
		s.x += (r.Int64N(8000) + r.Int64N(8000)) / 2
		s.y += (r.Int64N(8000) + r.Int64N(8000)) / 2
		t.communities = append(t.communities, s)
	}
	return t
}

// Of the invented needs: four categories, of which each district has a budget line.
const categories = 4

// demand is one invented need, offer one invented organisation.
type demand struct {
	spot
	units, penalty int64
	category       int32
	weak           bool
}

type offer struct {
	spot
	capacity int64
	price    int64 // thousandths per unit
	merit    int64 // what it scores whatever the distance
}

// citySize says what is invented.
type citySize struct {
	Seed          uint64  `default:"1" help:"The same seed gives the same city."`
	Needs         int     `default:"100000" help:"How many needs."`
	Organizations int     `default:"13000" help:"How many organisations."`
	Near          int     `default:"50" help:"How many organisations a need may choose from."`
	Ratio         float64 `default:"0.8" help:"Capacity of all organisations ÷ units of all needs."`
	Money         float64 `default:"0.7" help:"Budget of a line ÷ what serving all its needs would cost."`
	Floor         float64 `default:"0.4" help:"Share of every district's units that must be served."`
	Weak          float64 `default:"0.9" help:"Share of the weak communities' units that must be served."`
	Divisions     string  `type:"existingfile" help:"Places of the city: code, name, level, parent, urban_rural, lng, lat. Unless told, an invented plane." placeholder:"FILE"`
}

// invented is a whole problem before it is written.
type invented struct {
	citySize
	districts int
	needs     []demand
	offers    [categories][]int // organisations by category
	orgs      []offer
}

func (c citySize) invent() (*invented, error) {
	r := rand.New(rand.NewPCG(c.Seed, 0x11e1))
	t := plane(r)
	if c.Divisions != "" {
		var err error
		if t, err = readTown(c.Divisions, r); err != nil {
			return nil, err
		}
	}
	v := &invented{citySize: c, districts: t.districts}
	weak := make([]bool, len(t.communities))
	for k := range weak {
		weak[k] = r.IntN(4) == 0
	}
	var units int64
	for range c.Needs {
		k := r.IntN(len(t.communities))
		n := demand{spot: around(t.communities[k], 400, r), units: 1 + r.Int64N(3), penalty: 15_000 + r.Int64N(10_000), category: int32(r.IntN(categories)), weak: weak[k]}
		units += n.units
		v.needs = append(v.needs, n)
	}
	v.addOrganizations(t, units, r)
	return v, nil
}

func (v *invented) addOrganizations(t *town, units int64, r *rand.Rand) {
	var shares int64
	for j := range v.Organizations {
		k := r.IntN(len(t.communities))
		o := offer{spot: around(t.communities[k], 400, r), capacity: 10 + r.Int64N(91), price: 800 + r.Int64N(401), merit: r.Int64N(3500)}
		shares += o.capacity
		v.orgs = append(v.orgs, o)
		c := r.IntN(categories)
		v.offers[c] = append(v.offers[c], j)
	}
	total, given, share := int64(float64(units)*v.Ratio), int64(0), int64(0)
	for j := range v.orgs { // the rest of every division goes to the next, so that all is given
		share += v.orgs[j].capacity
		v.orgs[j].capacity = total*share/shares - given
		given += v.orgs[j].capacity
	}
}

// choice is one pairing.
type choice struct {
	org, cost int64
}

// near lists the cheapest organisations for a need, cheapest first.
func (v *invented) near(n *demand, buffer []choice) []choice {
	buffer = buffer[:0]
	worst := int64(math.MaxInt64) // no better than this has a chance
	for _, j := range v.offers[n.category] {
		o := &v.orgs[j]
		dx, dy := o.x-n.x, o.y-n.y
		metres := int64(math.Sqrt(float64(dx*dx + dy*dy)))
		// Walking 80 metres a minute costs nothing up to five minutes, then 60 points a minute.
		cost := 500 + o.merit + min(max(0, metres*13/800-5)*60, 6000)
		if metres > 30_000 || cost > worst {
			continue
		}
		if buffer = append(buffer, choice{int64(j), cost}); len(buffer) >= 4*v.Near {
			buffer = v.cheapest(buffer)
			worst = buffer[len(buffer)-1].cost
		}
	}
	return v.cheapest(buffer)
}

func (v *invented) cheapest(all []choice) []choice {
	slices.SortFunc(all, func(a, b choice) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.org, b.org)) })
	return all[:min(len(all), v.Near)]
}
