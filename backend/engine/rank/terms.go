package rank

import (
	"math"
	"math/bits"
	"slices"
)

// The terms of a score, in the order they are shown.
const (
	TermFit   = "fit"
	TermReach = "reach"
	TermSlack = "slack"
	TermGrade = "grade"
	TermTrack = "track"
	TermPrice = "price"

	TermAudience = "audience" // languages and groups of people
	TermEquity   = "equity"   // weak communities first
)

// Term is one addend of a score: Points = Value × Weight ÷ 10,000, rounded down. Raw and Of
// are what the value came from: metres on foot and minutes; free and total units; grade and 5;
// mean rating and number of ratings; expected price and cap in fen; levels apart and 0; languages
// and groups met and asked for; the community's weakness in basis points and 0.
type Term struct {
	Name      string
	Raw, Of   int64
	Value     int32
	Weight    int32
	Points    int32
	Estimated bool // a position is known only roughly, or not at all
	Unknown   bool // nobody has said; the neutral value of the weights stands in
}

func points(value, weight int32) int32 { return value * weight / Whole }

// terms explains a pairing that passed the gates. The points sum to the score.
func (ix *Index) terms(n *Need, s *Supplier) []Term {
	w := &ix.weights
	o, fit, _ := ix.taxonomy.bestOffer(w, s.Offers, n.Category)
	all := []Term{
		ix.fitTerm(n, o, fit), reachTerm(w, n, s), slackTerm(n, s),
		{Name: TermGrade, Raw: int64(gradeOn(s, n.Day)), Of: 5, Value: gradeValue(gradeOn(s, n.Day))},
		{Name: TermTrack, Raw: int64(s.Rating), Of: int64(s.Rated), Value: trackValue(w, s.Rating, s.Rated), Unknown: s.Rated == 0},
		{Name: TermPrice, Raw: expected(o), Of: n.CapFen, Value: priceValue(w, n.CapFen, o.mid(), o.High == 0), Unknown: n.CapFen == 0 || o.High == 0},
	}
	all = append(all, audienceTerm(n, s), Term{Name: TermEquity, Raw: int64(n.Weakness), Value: n.Weakness})
	for i, weight := range []int32{w.Fit, w.Reach, w.Slack, w.Grade, w.Track, w.Price, w.Audience, w.Equity} {
		all[i].Weight = weight
		all[i].Points = points(all[i].Value, weight)
	}
	return slices.DeleteFunc(all, func(t Term) bool { return t.Weight == 0 && isLater(t.Name) })
}

// isLater tells the terms that older weights do not know: worth nothing, they are not shown, so
// that an old explanation reads as it did.
func isLater(term string) bool { return term == TermAudience || term == TermEquity }

func audienceTerm(n *Need, s *Supplier) Term {
	met, asked := bits.OnesCount32(n.Groups&s.Groups), bits.OnesCount32(n.Groups)
	return Term{Name: TermAudience, Raw: int64(met), Of: int64(asked), Value: audienceValue(n.Groups, s.Groups)}
}

// audienceValue is the share of the languages and groups asked for that a supplier serves; full
// where nothing was asked for.
func audienceValue(asked, served uint32) int32 {
	if asked == 0 {
		return Whole
	}
	return int32(bits.OnesCount32(asked&served)) * Whole / int32(bits.OnesCount32(asked))
}

func (ix *Index) fitTerm(n *Need, o Offer, fit int32) Term {
	t := Term{Name: TermFit, Value: fit}
	if d, ok := ix.taxonomy.levels(n.Category, o.Category); ok {
		t.Raw = int64(d)
	} else if d, ok := ix.taxonomy.levels(o.Category, n.Category); ok {
		t.Raw = -int64(d)
	}
	return t
}

func reachTerm(w *Weights, n *Need, s *Supplier) Term {
	t := Term{Name: TermReach, Value: w.ReachUnknown, Unknown: true, Estimated: true}
	if n.At.Known && s.Home.Known {
		d := metres(&s.Home, &n.At)
		t = Term{Name: TermReach, Raw: int64(d), Of: int64(WalkMinutes(d, n.DetourPermille)), Value: reachValue(d, n.DetourPermille)}
		t.Estimated = n.At.UncertaintyM > 0 || s.Home.UncertaintyM > 0
	}
	return t
}

func slackTerm(n *Need, s *Supplier) Term {
	c, _ := capacityIn(s.Capacities, n.Period)
	return Term{Name: TermSlack, Raw: int64(c.Free), Of: int64(c.Total), Value: slackValue(c.Free, c.Total, n.Units)}
}

// slackValue is the share of the period's units that stays free after this need.
func slackValue(free, total, units int32) int32 {
	if total <= 0 || free <= units {
		return 0
	}
	if left := uint32(free - units); left <= math.MaxUint32/Whole {
		return int32(left * Whole / uint32(total)) // the short division, for everybody of earthly size
	}
	return int32(int64(free-units) * Whole / int64(total))
}

func gradeValue(grade int32) int32 { return grade * Whole / 5 }

// trackValue shrinks a supplier's mean rating towards the city's: with no ratings it is the
// mean of all, so that a newcomer is neither punished nor favoured.
func trackValue(w *Weights, rating, rated int32) int32 {
	n, k := int64(rated), int64(w.TrackShrink)
	return int32((n*int64(rating) + k*int64(w.TrackMean)) / (n + k))
}

func expected(o Offer) int64 {
	if o.High == 0 {
		return 0
	}
	return o.mid()
}

// priceValue grows with the share that the expected price stays under the cap and is full at
// PriceFull: a cheaper offer than that earns nothing more, so that nobody is ranked for
// underbidding.
func priceValue(w *Weights, capFen, mid int64, unpriced bool) int32 {
	if capFen == 0 || unpriced {
		return w.PriceUnknown
	}
	share := uint32(uint64(max(0, capFen-mid)) * Whole / uint64(capFen))
	return int32(min(Whole, share*Whole/uint32(w.PriceFull)))
}
