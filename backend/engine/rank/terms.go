package rank

// The terms of a score, in the order they are shown.
const (
	TermFit   = "fit"
	TermReach = "reach"
	TermSlack = "slack"
	TermGrade = "grade"
	TermTrack = "track"
	TermPrice = "price"
)

// Term is one addend of a score: Points = Value × Weight ÷ 10,000, rounded down. Raw and Of
// are what the value came from: metres on foot and minutes; free and total units; grade and 5;
// mean rating and number of ratings; expected price and cap in fen; levels apart and 0.
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
	for i, weight := range []int32{w.Fit, w.Reach, w.Slack, w.Grade, w.Track, w.Price} {
		all[i].Weight = weight
		all[i].Points = points(all[i].Value, weight)
	}
	return all
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
	return Term{Name: TermSlack, Raw: int64(c.Free), Of: int64(c.Total), Value: slackValue(c, n.Units)}
}

// slackValue is the share of the period's units that stays free after this need.
func slackValue(c Capacity, units int32) int32 {
	if c.Total <= 0 || c.Free <= units {
		return 0
	}
	return int32(int64(c.Free-units) * Whole / int64(c.Total))
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
	under := capFen - mid
	if under <= 0 {
		return 0
	}
	share := under * Whole / capFen
	return int32(min(Whole, share*Whole/int64(w.PriceFull)))
}
