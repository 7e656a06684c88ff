// Package overlap raises an alarm when two departments seem to pay for the same thing: one
// place and purpose, overlapping periods. Structured facts choose what is compared, words rank
// inside. A person decides whether it is the same, complementary or neither.
package overlap

import (
	"cmp"
	"math"
	"slices"

	"linli/backend/engine/similar"
)

// Project is one grant of money of one department.
type Project struct {
	Department   string
	Organisation string // who carries it out; "" is unknown
	Category     string
	X, Y         float64 // metres on a plane, the community's point
	Words        string  // title and purpose
	People       int     // how many it is for; 0 is unknown
	FromDay      int     // first day, counted from any fixed day
	ToDay        int     // last day
	AmountFen    int64
}

// Reason is one term of an alarm; Points are what it added or took.
type Reason struct {
	Code   string `json:"code"`
	Points int    `json:"points"`
	Value  int64  `json:"value,omitempty"` // permille, metres or days, by code
}

// Alarm is a pair that may be paid twice. MoneyFen is the lesser amount, taken by the share of
// its period that overlaps: what may have been paid twice.
type Alarm struct {
	A, B     int // positions, A before B
	Points   int
	Days     int // of overlap
	MoneyFen int64
	Reasons  []Reason
}

// Limits of what is compared at all.
type Limits struct {
	RadiusM float64 // between the communities' points
	Days    int     // least overlap
	Points  int     // least sum of an alarm
}

// Usual are limits for a city: neighbouring communities, two weeks, and the sum where F1 was best
// on 100,000 planted projects of seed 1; a smaller town, where less is alike by chance, does with
// less.
var Usual = Limits{RadiusM: 1500, Days: 14, Points: 1700}

// words are the points of the texts: purposes of grants are written by officials, with other
// habits than residents have, so the weights are others.
var words = similar.Weights{Meaning: 1200, SameThing: 1500, OtherThing: -4400, EachOwnThing: -1100, SamePlace: 2850, OtherPlace: -6000, UnlikePlace: -5000,
	OtherNumber: -6000, OtherUnit: -6000}

// wordsMost is what words can add at most; a pair that cannot reach the limit with it is not read.
const wordsMost = 6_000

// Points of the facts beside the words: fitted, as those of the words, by logistic regression on
// 25,000 planted projects of one seed and rounded; contradictions are hard rules set by hand.
const (
	base           = -10_050
	sameCarrier    = 2700
	amountClose    = 4550 // amounts alike from 95 %; less by the ratio, down to twice as many less than none
	peopleClose    = 2750 // as above
	peopleUnknown  = 450
	periodWhole    = 4350  // the shorter period lies wholly in the other
	farther        = -4700 // at the full radius
	partsDiffer    = -10_000
	mostComparison = 4000 // candidates of one project: a guard, not a limit in use
)

// Find compares projects of different departments, equal category, within the radius and with
// overlapping periods, and gives the alarms, most points first.
func Find(projects []Project, l Limits) []Alarm {
	texts := make([]similar.Text, len(projects))
	parts := make([]uint, len(projects))
	for i, p := range projects {
		texts[i].Words, parts[i] = p.Words, partOf(p.Words)
	}
	c := similar.NewCorpus(texts)
	var out []Alarm
	grid := newGrid(projects, l.RadiusM)
	for a := range projects {
		tried := 0
		grid.later(a, func(b int) {
			if tried++; tried > mostComparison {
				return
			}
			if x, ok := compare(c, projects, parts, a, b, l); ok {
				out = append(out, x)
			}
		})
	}
	slices.SortFunc(out, func(x, y Alarm) int {
		return cmp.Or(cmp.Compare(y.Points, x.Points), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out
}

func compare(c *similar.Corpus, projects []Project, parts []uint, a, b int, l Limits) (Alarm, bool) {
	x, y := &projects[a], &projects[b]
	days := min(x.ToDay, y.ToDay) - max(x.FromDay, y.FromDay) + 1
	far := math.Hypot(x.X-y.X, x.Y-y.Y)
	if x.Department == y.Department || days < l.Days || far > l.RadiusM {
		return Alarm{}, false
	}
	out := Alarm{A: a, B: b, Days: days}
	out.add("base", base, 0)
	out.add("amounts", closeness(x.AmountFen, y.AmountFen, amountClose), ratio(x.AmountFen, y.AmountFen))
	if x.People > 0 && y.People > 0 {
		out.add("people", closeness(int64(x.People), int64(y.People), peopleClose), ratio(int64(x.People), int64(y.People)))
	} else {
		out.add("people_unknown", peopleUnknown, 0)
	}
	if parts[a]&parts[b] == 0 {
		out.add("other_part", partsDiffer, 0)
	}
	if x.Organisation != "" && x.Organisation == y.Organisation {
		out.add("same_organisation", sameCarrier, 0)
	}
	shorter := min(x.ToDay-x.FromDay, y.ToDay-y.FromDay) + 1
	out.add("period", periodWhole*days/shorter, int64(days))
	if l.RadiusM > 0 {
		out.add("distance", int(farther*far/l.RadiusM), int64(far))
	}
	if out.Points+wordsMost < l.Points {
		return Alarm{}, false
	}
	for _, r := range c.Compare(a, b, words).Reasons {
		if r.Points != 0 {
			out.add(r.Code, r.Points, int64(r.Value))
		}
	}
	out.MoneyFen = min(share(x.AmountFen, days, x.ToDay-x.FromDay+1), share(y.AmountFen, days, y.ToDay-y.FromDay+1))
	return out, out.Points >= l.Points
}

func (a *Alarm) add(code string, points int, value int64) {
	a.Points += points
	a.Reasons = append(a.Reasons, Reason{code, points, value})
}

// share of an amount that falls on some of its days, rounded down; sums stay far from 64 bits.
func share(amount int64, days, of int) int64 {
	return amount/int64(of)*int64(days) + amount%int64(of)*int64(days)/int64(of)
}

// ratio of the lesser to the greater, permille.
func ratio(a, b int64) int64 {
	if max(a, b) <= 0 {
		return 0
	}
	return int64(math.Round(1000 * float64(min(a, b)) / float64(max(a, b))))
}

// closeness gives all points from 95 % on, none at 85 %, and twice as many less than none at
// 65 % and below.
func closeness(a, b int64, points int) int {
	return max(-2*points, min(points, points*(int(ratio(a, b))-850)/100))
}

// buckets of equal category in squares of the radius.
type grid struct {
	projects []Project
	side     float64
	cells    map[square][]int
}

type square struct {
	category string
	x, y     int
}

func newGrid(projects []Project, radius float64) grid {
	g := grid{projects, max(radius, 1), map[square][]int{}}
	for i := range projects {
		k := g.at(i)
		g.cells[k] = append(g.cells[k], i)
	}
	return g
}

func (g grid) at(i int) square {
	p := &g.projects[i]
	return square{p.Category, int(math.Floor(p.X / g.side)), int(math.Floor(p.Y / g.side))}
}

// later visits the projects after a in the squares around it.
func (g grid) later(a int, visit func(b int)) {
	k := g.at(a)
	for dx := -1; dx <= 1; dx++ {
		for dy := -1; dy <= 1; dy++ {
			list := g.cells[square{k.category, k.x + dx, k.y + dy}]
			from, _ := slices.BinarySearch(list, a+1)
			for _, b := range list[from:] {
				visit(b)
			}
		}
	}
}
