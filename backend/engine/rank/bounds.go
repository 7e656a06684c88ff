package rank

import (
	"math"
	"math/bits"
)

// bounds answers, from a glance, what a supplier could score at best. Everything in here errs
// upwards only: what a bound lets through is weighed exactly, so rounding in a bound costs time
// and never changes an order.
type bounds struct {
	weights *Weights
	set     bool  // the origin of the grid is chosen
	lat0    int32 // origin
	lng0    int32
	cos     int64 // of the latitude, the smallest within belt of the origin, in 1/65,536

	price [priceSteps]int32 // by the distance of the band's middle from the amount, in steps of a logarithm
	flat  [priceSteps]int32 // where nobody named an amount
	spans []span            // per detour factor
	near  []int64           // nobody is near: the need has no position
	far   []int64           // everybody may be: the need lies outside the belt
}

const (
	step       = 9         // a grid step is 512 micro-degrees, about 57 m
	belt       = 1_500_000 // micro-degrees of latitude around the origin
	maxDetour  = 5000
	maxSpans   = 64 // detour factors with a table of their own: districts, not addresses
	octave     = 64 // steps of the price scale per doubling
	priceSteps = 128
	priceSlop  = 3 // steps by which the scale may err
)

// span holds for one detour factor the squared grid distance within which a home can be worth a
// number of points of nearness: everywhere for none, nowhere for more than there are.
type span struct {
	detour int32
	within []int64
}

func newBounds(w *Weights) bounds {
	b := bounds{weights: w, near: make([]int64, w.Reach+2), far: make([]int64, w.Reach+2)}
	for i := range b.near {
		b.near[i], b.far[i] = -1, math.MaxInt64
	}
	b.near[0], b.far[w.Reach+1] = math.MaxInt64, -1
	for i := range b.price {
		under := 1 - math.Exp2(-float64(i)/octave)
		value := math.Ceil(under*Whole*Whole/float64(w.PriceFull)) + 2
		b.price[i] = points(int32(min(Whole, value)), w.Price) + 1
		b.flat[i] = points(w.PriceUnknown, w.Price)
	}
	b.price[priceSteps-1] = w.Price
	b.spans = append(b.spans, b.spanOf(1000))
	return b
}

// settle chooses the origin when the first position becomes known.
func (b *bounds) settle(p *Point) {
	if b.set || !p.Known {
		return
	}
	b.set, b.lat0, b.lng0 = true, p.Lat, p.Lng
	b.cos = int64(cosine(int32(min(int64(max(p.Lat, -p.Lat))+belt+20_000, 89_990_000))))
}

// inBelt tells whether the grid does not stretch a position's distances.
func (b *bounds) inBelt(lat int32) bool {
	return b.set && max(lat-b.lat0, b.lat0-lat) <= belt && max(lat, -lat) < 89_000_000
}

// at is the grid position; what lies beyond the grid stands at its edge, which brings it nearer.
func (b *bounds) at(lat, lng int32) (x, y int16) {
	dx := (int64(lng) - int64(b.lng0)) * b.cos >> 16 >> step
	dy := (int64(lat) - int64(b.lat0)) >> step
	return edge(dx), edge(dy)
}

func edge(d int64) int16 { return int16(min(max(d, math.MinInt16), math.MaxInt16)) }

// glance makes the short form of an entry. One without a position, or outside the belt, carries
// the best that nearness can be worth to it in its key and stands at the edge.
func (b *bounds) glance(e *entry, key, ref int32) glance {
	g := glance{x: math.MinInt16, y: math.MinInt16, key: uint16(key), low: priceStep(e.lowFen()), tracks: e.tracks, ref: ref}
	switch {
	case e.flags&located == 0:
		g.key += uint16(points(b.weights.ReachUnknown, b.weights.Reach))
	case !b.inBelt(e.lat):
		g.key += uint16(b.weights.Reach)
	default:
		g.x, g.y = b.at(e.lat, e.lng)
	}
	if e.flags&unpriced == 0 {
		g.mid = priceStep(e.midFen())
	}
	return g
}

// spanOf computes the table of a detour factor: two metres and the diagonal of a grid step are
// given away.
func (b *bounds) spanOf(detour int32) span {
	s := span{detour: detour, within: make([]int64, b.weights.Reach+2)}
	reach := int32(1)
	s.within[0] = math.MaxInt64
	far := int32(int64(reachLimitM) * 1000 / int64(detour))
	for d := far; d >= 0; d-- {
		worth := points(reachValue(d, detour), b.weights.Reach)
		for ; reach <= worth; reach++ {
			steps := float64(d+3)/(microMetres*512/1e6) + math.Sqrt2
			s.within[reach] = int64(math.Ceil(steps*steps)) + 1
		}
	}
	for ; reach < int32(len(s.within)); reach++ {
		s.within[reach] = -1
	}
	return s
}

// learn makes the table of a detour factor that needs of the index use.
func (b *bounds) learn(detour int32) {
	if len(b.spans) < maxSpans && b.within(detour, false) == nil {
		b.spans = append(b.spans, b.spanOf(detour))
	}
}

// within finds the table of a detour factor; a shorter walk bounds any.
func (b *bounds) within(detour int32, any bool) []int64 {
	for i := range b.spans {
		if b.spans[i].detour == detour {
			return b.spans[i].within
		}
	}
	if any {
		return b.spans[0].within
	}
	return nil
}

// logSteps is the logarithm of 1 + i/64 in steps, rounded down.
var logSteps = func() (t [octave]uint16) {
	for i := range t {
		t[i] = uint16(octave * math.Log2(1+float64(i)/octave))
	}
	return t
}()

// priceStep is a logarithm that never falls when the amount rises; 0 for nothing.
func priceStep(fen int64) uint16 {
	if fen <= 0 {
		return 0
	}
	l := bits.Len64(uint64(fen)) - 1
	return 1 + uint16(l*octave) + logSteps[uint64(fen)<<(63-l)>>57&(octave-1)]
}
