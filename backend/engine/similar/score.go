package similar

import (
	"math"
	"slices"
	"strings"
)

// Reason is one term of a comparison: Points are what it added to or took from the sum.
type Reason struct {
	Code   string   `json:"code"`
	Points int      `json:"points"`
	Words  []string `json:"words,omitempty"` // shared words, places, numbers, categories
	Value  int      `json:"value,omitempty"` // permille, metres or days, by code
}

// Pair is two texts that likely tell of the same matter. Similarity is in thousandths, from
// the sum of the points of its reasons by the logistic function.
type Pair struct {
	A, B       int // positions, A before B
	Similarity int
	Points     int
	Reasons    []Reason
}

// Weights are the points of every feature; see docs/matching.md. A sum of 0 is a similarity
// of one half, 1,000 points more multiply the odds by e.
type Weights struct {
	Base           int // before anything is known
	Meaning        int // full cosine of the lexicon's concepts
	Characters     int // full cosine of the single characters
	Shared         int // each ten nats of inverse frequency in shared characters, at most thirty
	SameThing      int // at least one thing of the lexicon in common
	Things         int // all things in common
	OtherThing     int // both name things, none in common
	EachOwnThing   int // each names a thing the other does not
	NoThing        int // the lexicon knows no thing of one of them: the characters decide
	NoThingChars   int // then Characters gain this
	NoThingShared  int // and Shared this
	SameAspect     int // both say that something is missing, broken, too dear …
	OtherAspect    int // one says missing, the other broken …
	SamePlace      int // a named street, estate or site in common
	OtherPlace     int // names of one class, none in common
	UnlikePlace    int // names of different classes only
	NoPlace        int // neither names a place
	OtherNumber    int // building or house numbers, none in common
	OtherUnit      int // entrance or phase numbers, none in common
	SameCategory   int
	OtherCategory  int
	SameCommunity  int
	OtherCommunity int // known, different, and no positions to tell how far
	Far            int // further apart than near
	PerMonth       int // each month between the dates after the first, at most twelve
}

// Standard are the weights in force. Those of words, things, aspects and names were fitted by
// logistic regression on the development texts of testdata/residents.csv, once with and once
// without the lexicon so that matters it does not know count too, and rounded; numbers
// that contradict each other are a hard rule; those of the columns, which that set does not
// have, were set by hand.
var Standard = Weights{Base: -7500, Meaning: 4450, Characters: 750, Shared: 2200, SameThing: 200, Things: 1700, OtherThing: -650, EachOwnThing: -700,
	NoThing: 450, NoThingChars: 1900, NoThingShared: 1050, SameAspect: 350, OtherAspect: -800,
	SamePlace: 3100, OtherPlace: -4500, UnlikePlace: -3000, NoPlace: 1050, OtherNumber: -6000, OtherUnit: -6000,
	SameCategory: 300, OtherCategory: -1000, SameCommunity: 500, OtherCommunity: -1500, Far: -6000, PerMonth: -150}

// Likely is the similarity from which a pair counts as likely the same, in thousandths.
const Likely = 500

// near is how far apart two located needs may be and still be one matter, in metres.
const near = 1500

// features of a pair, each said once; scored by Weights.
type features struct {
	words, meaning, chars int // permille
	shared                int // hundredths of a nat
	things, aspects       relation
	common                int // permille of the weight of things that both have
	extra                 bool
	place, number, unit   relation
	placeName             string
}

// mostShared bounds what shared characters can prove, in hundredths of a nat: long texts share
// many.
const mostShared = 3000

func (c *Corpus) features(a, b int) features {
	f := features{words: permille(dot(c.terms[a], c.terms[b])), meaning: permille(dot(c.means[a], c.means[b])),
		chars: permille(dot(c.chars[a], c.chars[b])), shared: min(mostShared, c.sharedChars(a, b))}
	f.things, f.common, f.extra = c.relateThings(c.thing[a], c.thing[b])
	f.aspects = relateBits(c.shows[a], c.shows[b])
	x, y := &c.facts[a], &c.facts[b]
	f.place, f.placeName = relatePlaces(x.places, y.places)
	f.number = either(relate(x.buildings, y.buildings), relate(x.houses, y.houses))
	f.unit = either(relate(x.units, y.units), relate(x.phases, y.phases))
	return f
}

// either joins two relations: a difference in one decides, else an agreement.
func either(r, s relation) relation {
	switch {
	case r == differ || s == differ:
		return differ
	case r == agree || s == agree:
		return agree
	}
	return unknown
}

// sharedChars sums how rare the characters are that both texts have.
func (c *Corpus) sharedChars(a, b int) int {
	sum := 0.0
	x, y := c.chars[a].term, c.chars[b].term
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			sum += c.rarity(c.inChars[x[i]]) - 1
			i++
			j++
		}
	}
	return int(math.Round(sum * 100))
}

func permille(v float64) int { return int(math.Round(v * 1000)) }

// relateThings compares what two texts are about: whether they share a thing, how much of the
// weight of all their things is shared, and whether each has a thing the other lacks.
func (c *Corpus) relateThings(a, b []int) (r relation, common int, extra bool) {
	if len(a) == 0 || len(b) == 0 {
		return unknown, 0, false
	}
	both, either, own := 0.0, 0.0, 0
	for _, x := range a {
		w := c.rarity(c.in[x])
		either += w
		if slices.Contains(b, x) {
			both += w
		} else {
			own |= 1
		}
	}
	for _, y := range b {
		if !slices.Contains(a, y) {
			either += c.rarity(c.in[y])
			own |= 2
		}
	}
	if both == 0 {
		return differ, 0, true
	}
	return agree, permille(both / either), own == 3
}

func relateBits(a, b uint) relation {
	switch {
	case a == 0 || b == 0:
		return unknown
	case a&b != 0:
		return agree
	}
	return differ
}

// score sums the points of a pair.
func (c *Corpus) score(a, b int, w Weights) Pair {
	f := c.features(a, b)
	p := Pair{A: a, B: b}
	p.tell(Reason{Code: "base", Points: w.Base})
	chars, shared := w.Characters, w.Shared
	if f.things == unknown {
		p.add(Reason{Code: "no_thing", Points: w.NoThing})
		chars, shared = chars+w.NoThingChars, shared+w.NoThingShared
	}
	p.add(Reason{Code: "meaning", Points: w.Meaning * f.meaning / 1000, Value: f.meaning})
	p.add(Reason{Code: "characters", Points: chars*f.chars/1000 + shared*f.shared/1000, Value: f.chars})
	p.choose(f.things, Reason{Code: "same_thing", Points: w.SameThing + w.Things*f.common/1000, Value: f.common}, Reason{Code: "other_thing", Points: w.OtherThing})
	if f.extra {
		p.add(Reason{Code: "each_own_thing", Points: w.EachOwnThing})
	}
	p.choose(f.aspects, Reason{Code: "same_aspect", Points: w.SameAspect}, Reason{Code: "other_aspect", Points: w.OtherAspect})
	p.choose(f.place, Reason{Code: "same_place", Points: w.SamePlace, Words: []string{f.placeName}}, Reason{Code: "other_place", Points: w.OtherPlace})
	if f.place == unlike {
		p.add(Reason{Code: "unlike_place", Points: w.UnlikePlace})
	}
	if len(c.facts[a].places)+len(c.facts[b].places) == 0 {
		p.add(Reason{Code: "no_place", Points: w.NoPlace})
	}
	p.choose(f.number, Reason{}, Reason{Code: "other_number", Points: w.OtherNumber})
	p.choose(f.unit, Reason{}, Reason{Code: "other_unit", Points: w.OtherUnit})
	c.columns(&p, w)
	p.Similarity = logistic(p.Points)
	return p
}

// Compare gives the points of two texts with all reasons, whatever they sum to. A must be a
// position before B.
func (c *Corpus) Compare(a, b int, w Weights) Pair { return c.score(a, b, w) }

// columns adds what is known beside the words.
func (c *Corpus) columns(p *Pair, w Weights) {
	a, b := &c.texts[p.A], &c.texts[p.B]
	if a.Category != "" && b.Category != "" {
		if root(a.Category) == root(b.Category) {
			p.add(Reason{Code: "same_category", Points: w.SameCategory, Words: []string{root(a.Category)}})
		} else {
			p.add(Reason{Code: "other_category", Points: w.OtherCategory, Words: []string{a.Category, b.Category}})
		}
	}
	if a.Community != "" && b.Community != "" {
		if a.Community == b.Community {
			p.add(Reason{Code: "same_community", Points: w.SameCommunity, Words: []string{a.Community}})
		} else if !a.Located || !b.Located {
			p.add(Reason{Code: "other_community", Points: w.OtherCommunity, Words: []string{a.Community, b.Community}})
		}
	}
	if a.Located && b.Located {
		far := Metres(a.Lat, a.Lng, b.Lat, b.Lng)
		r := Reason{Code: "distance", Value: far}
		if far > near {
			r.Points = w.Far
		}
		p.tell(r)
	}
	if !a.PostedAt.IsZero() && !b.PostedAt.IsZero() {
		days := int(math.Abs(a.PostedAt.Sub(b.PostedAt).Hours()) / 24)
		p.tell(Reason{Code: "days_apart", Value: days, Points: w.PerMonth * min(12, max(0, days/30-1))})
	}
}

func root(category string) string {
	head, _, _ := strings.Cut(category, ".")
	return head
}

func (p *Pair) add(r Reason) {
	if r.Code != "" && r.Points != 0 {
		p.tell(r)
	}
}

func (p *Pair) tell(r Reason) {
	p.Points += r.Points
	p.Reasons = append(p.Reasons, r)
}

func (p *Pair) choose(r relation, same, other Reason) {
	switch r {
	case agree:
		p.add(same)
	case differ:
		p.add(other)
	case unknown, unlike:
	}
}

// logistic turns points into thousandths: 1000 / (1 + e^(−points/1000)).
func logistic(points int) int {
	return int(math.Round(1000 / (1 + math.Exp(-float64(points)/1000))))
}

// Metres is the straight distance of two points in degrees, for the extent of a city.
func Metres(lat1, lng1, lat2, lng2 float64) int {
	const perDegree = 111_195
	dy := (lat1 - lat2) * perDegree
	dx := (lng1 - lng2) * perDegree * math.Cos((lat1+lat2)/2*math.Pi/180)
	return int(math.Round(math.Hypot(dx, dy)))
}
