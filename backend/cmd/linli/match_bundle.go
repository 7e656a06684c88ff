package main

import (
	"fmt"
	"math"
	"os"

	"linli/backend/engine/bundle"
)

// MatchBundle proposes projects out of small needs of neighbouring communities.
type MatchBundle struct {
	Needs   string  `required:"" type:"existingfile" help:"CSV or XLSX with the columns id, category, community_code, lat, lng, amount_fen; may be gzip." placeholder:"FILE"`
	RadiusM float64 `required:"" name:"radius-m" help:"How far a community may be from the project's centre, in metres, straight." placeholder:"R"`
	Min     int64   `required:"" help:"Least money of a project, in fen." placeholder:"FEN"`
	Max     int64   `required:"" help:"Greatest money of a project, in fen." placeholder:"FEN"`
	JSON    bool    `help:"Print JSON."`
}

// bundleView is a proposed project with its evidence.
type bundleView struct {
	Category    string   `json:"category"`
	Centre      string   `json:"centre"`
	Communities []string `json:"communities"`
	Needs       []string `json:"needs"`
	MoneyFen    int64    `json:"moneyFen"`
	RadiusM     int64    `json:"radiusM"`
	WalkMinutes float64  `json:"walkMinutes"` // to the farthest community, 1.3 × straight at 80 m a minute
	TravelM     int64    `json:"travelM"`
}

// bundlesView is what a machine reads from bundling.
type bundlesView struct {
	Projects   []bundleView `json:"projects"`
	Single     []string     `json:"single"`
	TotalFen   int64        `json:"totalFen"`
	BundledFen int64        `json:"bundledFen"`
	BoundFen   int64        `json:"boundFen"`
}

// Run reads the needs, bundles them and prints every proposal.
func (c MatchBundle) Run() error {
	rows, err := readNeeds(c.Needs, "id", "category", "community_code", "lat", "lng", "amount_fen")
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %s needs read\n", c.Needs, grouped(int64(len(rows))))
	needs, categories, communities := plane(rows)
	for i, n := range needs {
		if n.AmountFen > bundle.MostFen {
			return badCell{c.Needs, rows[i].Line, "amount_fen", fmt.Sprintf("expected at most %d fen, found %d", int64(bundle.MostFen), n.AmountFen)}
		}
	}
	r, err := bundle.Bundle(needs, bundle.Limits{RadiusM: c.RadiusM, MinFen: c.Min, MaxFen: c.Max})
	if err != nil {
		return err
	}
	view := bundlesView{Projects: []bundleView{}, Single: []string{}, TotalFen: r.TotalFen, BundledFen: r.BundledFen, BoundFen: r.BoundFen}
	for _, p := range r.Projects {
		view.Projects = append(view.Projects, bundleOf(p, rows, categories, communities))
	}
	for _, i := range r.Single {
		view.Single = append(view.Single, rows[i].ID)
	}
	fmt.Fprintf(os.Stderr, "%s cells, %s projects, %s needs alone; %s of %s fen in projects (%.1f %%), at most %s could be\n",
		grouped(int64(r.Cells)), grouped(int64(len(r.Projects))), grouped(int64(len(r.Single))), grouped(r.BundledFen), grouped(r.TotalFen),
		100*float64(r.BundledFen)/float64(max(1, r.TotalFen)), grouped(r.BoundFen))
	if c.JSON {
		return printJSON(view)
	}
	for i, p := range view.Projects {
		fmt.Printf("%d  %s  %s fen  %d needs in %d communities  centre %s  radius %d m (%.1f min on foot)  %v\n",
			i+1, p.Category, grouped(p.MoneyFen), len(p.Needs), len(p.Communities), p.Centre, p.RadiusM, p.WalkMinutes, p.Needs)
	}
	return nil
}

func bundleOf(p bundle.Project, rows []needRow, categories, communities []string) bundleView {
	v := bundleView{Category: categories[p.Category], Centre: communities[p.Centre], MoneyFen: p.MoneyFen,
		RadiusM: int64(math.Round(p.RadiusM)), WalkMinutes: math.Round(p.RadiusM*1.3/80*10) / 10, TravelM: int64(math.Round(p.TravelM))}
	for _, i := range p.Needs {
		v.Needs = append(v.Needs, rows[i].ID)
	}
	for _, i := range p.Communities {
		v.Communities = append(v.Communities, communities[i])
	}
	return v
}

// plane numbers categories and communities and puts degrees on a plane of metres around the
// middle of the file, exact enough for the extent of a city.
func plane(rows []needRow) (needs []bundle.Need, categories, communities []string) {
	lat := 0.0
	for _, r := range rows {
		lat += r.Lat / float64(len(rows))
	}
	const perDegree = 111_195
	number := func(seen map[string]int, names *[]string, name string) int {
		n, ok := seen[name]
		if !ok {
			n = len(*names)
			seen[name], *names = n, append(*names, name)
		}
		return n
	}
	byCategory, byCommunity := map[string]int{}, map[string]int{}
	for _, r := range rows {
		needs = append(needs, bundle.Need{
			Category: number(byCategory, &categories, r.Category), Community: number(byCommunity, &communities, r.Community),
			X: r.Lng * perDegree * math.Cos(lat*math.Pi/180), Y: r.Lat * perDegree, AmountFen: r.AmountFen,
		})
	}
	return needs, categories, communities
}
