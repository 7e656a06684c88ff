package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"syscall"

	"linli/backend/engine/bundle"
)

// bundleCmd measures bundling on invented needs at the communities of a list.
type bundleCmd struct {
	Divisions string  `required:"" type:"existingfile" help:"A list with code, name, level, parent, urban_rural, lng_gcj02, lat_gcj02." placeholder:"FILE"`
	Needs     int     `default:"100000" help:"How many needs."`
	Seed      uint64  `default:"1" help:"One seed gives one city."`
	RadiusM   float64 `name:"radius-m" default:"1200" help:"Radius in town, metres straight; 923 is a walk of 15 minutes."`
	Wide      float64 `default:"1" help:"Radius outside of town, as a multiple."`
	Min       int64   `default:"20000000" help:"Least money of a project, fen."`
	Max       int64   `default:"100000000" help:"Greatest money of a project, fen."`
}

// Run bundles, and beside it joins greedily as the reference.
func (c bundleCmd) Run() error {
	places, err := readCommunities(c.Divisions, c.Seed)
	if err != nil {
		return err
	}
	needs, wide := inventNeeds(places, c.Needs, c.Seed)
	l := bundle.Limits{RadiusM: c.RadiusM, MinFen: c.Min, MaxFen: c.Max, WideRadiusM: c.RadiusM * c.Wide, Wide: wide}
	fmt.Printf("seed %d, %d needs in %d communities (%d outside of town), 12 categories, R %.0f m in town, %.0f m outside, %d to %d fen; %s\n",
		c.Seed, c.Needs, len(places), len(wide), l.RadiusM, l.WideRadiusM, c.Min, c.Max, loadLine())
	before := cpuSeconds()
	r, err := bundle.Bundle(needs, l)
	if err != nil {
		return err
	}
	took := cpuSeconds() - before
	before = cpuSeconds()
	reference := greedily(needs, l)
	part := func(v int64) float64 { return 100 * float64(v) / float64(r.TotalFen) }
	fmt.Printf("bundling: %.2f s CPU, %d cells, %d projects, %.2f %% of the money in projects, upper bound %.2f %%, %.2f %% below it\n",
		took, r.Cells, len(r.Projects), part(r.BundledFen), part(r.BoundFen), 100*(1-float64(r.BundledFen)/float64(r.BoundFen)))
	fmt.Printf("reference, every community takes what lies within R, in order: %.2f s CPU, %.2f %%\n", cpuSeconds()-before, part(reference))
	return nil
}

type communityPoint struct {
	x, y  float64
	urban bool
}

// readCommunities places every community: at its own coordinate, else scattered around its
// street's, else its district's.
func readCommunities(path string, seed uint64) ([]communityPoint, error) {
	f, err := os.Open(path) // #nosec G304 -- the operator names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	in := csv.NewReader(f)
	r := rand.New(rand.NewPCG(seed, 2)) // #nosec G404 -- measuring
	known := map[string][2]float64{}
	var out []communityPoint
	for line := 0; ; line++ {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if line == 0 {
			if len(row) < 7 {
				return nil, fmt.Errorf("%s: expected seven columns", path)
			}
			continue
		}
		at, ok := degrees(row[5], row[6])
		urban := strings.HasPrefix(row[4], "11")
		if !ok {
			at, ok = known[row[3]]
			spread := 600.0
			if !urban {
				spread = 2000
			}
			at[0] += spread * r.NormFloat64()
			at[1] += spread * r.NormFloat64()
		}
		if ok && row[2] != "5" {
			known[row[0]] = at
		} else if ok {
			out = append(out, communityPoint{at[0], at[1], urban})
		}
	}
}

func degrees(lng, lat string) (at [2]float64, ok bool) {
	x, errX := strconv.ParseFloat(lng, 64)
	y, errY := strconv.ParseFloat(lat, 64)
	return [2]float64{x * 111_195 * math.Cos(30.66*math.Pi/180), y * 111_195}, errX == nil && errY == nil
}

// inventNeeds scatters needs evenly over communities and twelve categories; amounts are
// log-normal with a median of 40,000 yuan.
func inventNeeds(places []communityPoint, n int, seed uint64) ([]bundle.Need, map[int]bool) {
	r := rand.New(rand.NewPCG(seed, 3)) // #nosec G404 -- measuring
	needs, wide := make([]bundle.Need, n), map[int]bool{}
	for i, p := range places {
		if !p.urban {
			wide[i] = true
		}
	}
	for i := range needs {
		c := r.IntN(len(places))
		needs[i] = bundle.Need{Category: r.IntN(12), Community: c, X: places[c].x, Y: places[c].y, AmountFen: int64(4_000_000 * math.Exp(0.9*r.NormFloat64()))}
	}
	return needs, wide
}

// greedily is the reference: in the order of the list, every community takes the free money of
// its category within the radius as long as it fits, and keeps it when the least is reached.
func greedily(needs []bundle.Need, l bundle.Limits) (bundled int64) {
	type key struct{ category, community int }
	money, at := map[key]int64{}, map[int][2]float64{}
	most := 0
	for _, n := range needs {
		money[key{n.Category, n.Community}] += n.AmountFen
		at[n.Community] = [2]float64{n.X, n.Y}
		most = max(most, n.Community)
	}
	for category := range 12 {
		for c := 0; c <= most; c++ {
			if money[key{category, c}] == 0 {
				continue
			}
			radius := l.RadiusM
			if l.Wide[c] {
				radius = l.WideRadiusM
			}
			var sum int64
			var taken []key
			for d := 0; d <= most; d++ {
				k := key{category, d}
				if v := money[k]; v > 0 && sum+v <= l.MaxFen && math.Hypot(at[c][0]-at[d][0], at[c][1]-at[d][1]) <= radius {
					sum, taken = sum+v, append(taken, k)
				}
			}
			if sum < l.MinFen {
				continue
			}
			bundled += sum
			for _, k := range taken {
				delete(money, k)
			}
		}
	}
	return bundled
}

// cpuSeconds is the processor time of this process, user and system.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

func loadLine() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "load unknown"
	}
	return "load " + strings.Join(strings.Fields(string(data))[:3], " ")
}
