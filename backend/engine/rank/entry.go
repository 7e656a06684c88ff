package rank

import "math"

// entry is what a search reads of one supplier when it is asked for one category: one line of
// cache. A line missed costs more than all the arithmetic with it, so whatever the usual
// supplier has stands here and only the rest is looked up.
type entry struct {
	low, mid   uint64 // fen of the band's lower end and middle; below them, in 14 bits, points
	lat, lng   int32
	slot       int32
	owner      int32
	gradeUntil int32
	free       int32 // of the standing capacity
	total      int32
	period     int32 // the one period it has a capacity for
	freeThen   int32
	totalThen  int32
	radiusM    uint16 // of its one circle around home, the doubt of the centre included
	certs      uint16 // certificates it holds or held, by their numbers modulo 16
	level      uint8  // the grade
	tracks     uint8
	flags      uint8
}

// Points below an amount: of fit and track record beside the middle, of a grade that is valid
// beside the lower end.
const (
	pointBits = 14
	pointMask = 1<<pointBits - 1
)

func (e *entry) lowFen() int64 { return int64(e.low >> pointBits) }
func (e *entry) midFen() int64 { return int64(e.mid >> pointBits) }
func (e *entry) base() int32   { return int32(e.mid & pointMask) }
func (e *entry) grade() int32  { return int32(e.low & pointMask) }

// capacity finds what is free in a period, nothing where nobody has said; all of them are asked
// only for the rare supplier that has several periods.
func (e *entry) capacity(all []Capacity, period int32) (free, total int32) {
	if e.flags&manifold != 0 {
		c, _ := capacityIn(all, period)
		return c.Free, c.Total
	}
	free, total = e.free, e.total
	if e.period == period {
		free, total = e.freeThen, e.totalThen
	}
	return free, total
}

// What is known about an entry.
const (
	located  = 1 << iota // its home has a position
	unpriced             // it has not said what it charges
	stated               // it has a standing capacity
	periodic             // it has one for a period
	manifold             // for several
	ringed               // its circles are the one of radiusM
	selfish              // it must not work for itself, and for nobody else is that so
	enemies              // there are others it must not work for

	none = int32(-1)
)

// pool holds the entries of one category; the place of one that left is used again.
type pool struct {
	all   []entry
	spare []int32
}

func (p *pool) put(e entry) int32 {
	ref := takeSlot(&p.spare, len(p.all))
	if int(ref) == len(p.all) {
		p.all = append(p.all, entry{})
	}
	p.all[ref] = e
	return ref
}

func (p *pool) drop(ref int32) {
	p.all[ref] = entry{}
	p.spare = append(p.spare, ref)
}

// glance is sixteen bytes that bound a score from above: where the home is in steps of the
// grid, the key, and the price band on a logarithmic scale.
type glance struct {
	x, y     int16
	key      uint16
	low, mid uint16
	tracks   uint8
	ref      int32
}

// compareGlances orders lists: higher key first, then the entry, which keeps changes repeatable.
func compareGlances(a, b glance) int {
	if a.key != b.key {
		return int(b.key) - int(a.key)
	}
	return int(a.ref) - int(b.ref)
}

func placeKey(category, place int32) uint64 {
	return uint64(uint32(category))<<32 | uint64(uint32(place))
}

// cellKey is exact for coarse cells: their rows and columns fit 16 bits.
func cellKey(category int32, c cell) uint64 {
	return uint64(uint32(category))<<32 | uint64(uint16(c.row))<<16 | uint64(uint16(c.col))
}

// entryFor prepares a supplier for one category; the caller adds who it is. key bounds what it
// can score without distance and price.
func (ix *Index) entryFor(s *Supplier, category int32) (e entry, key int32) {
	w := &ix.weights
	o, fit, _ := ix.taxonomy.bestOffer(w, s.Offers, category)
	base := points(fit, w.Fit) + points(trackValue(w, s.Rating, s.Rated), w.Track)
	grade := points(gradeValue(s.Grade), w.Grade)
	e = entry{
		slot: none, low: uint64(o.Low)<<pointBits | uint64(grade), mid: uint64(o.mid())<<pointBits | uint64(base),
		lat: s.Home.Lat, lng: s.Home.Lng, gradeUntil: s.GradeUntil, level: uint8(s.Grade), tracks: s.Tracks, period: math.MinInt32,
	}
	slack := e.keep(s.Capacities)
	e.flags |= foes(s)
	e.ring(s)
	for i := range s.Qualifications {
		e.certs |= 1 << (s.Qualifications[i].Code & 15)
	}
	if s.Home.Known {
		e.flags |= located
	}
	if o.High == 0 {
		e.flags |= unpriced
	}
	return e, base + grade + points(slack, w.Slack)
}

// keep writes the usual capacities into the entry and gives the most that slack can be worth.
func (e *entry) keep(all []Capacity) (slack int32) {
	for _, c := range all {
		slack = max(slack, slackValue(c.Free, c.Total, 0))
		switch {
		case c.Period == 0 && e.flags&stated != 0, c.Period != 0 && e.flags&periodic != 0:
			e.flags |= manifold
		case c.Period == 0:
			e.free, e.total = c.Free, c.Total
			e.flags |= stated
		default:
			e.period, e.freeThen, e.totalThen = c.Period, c.Free, c.Total
			e.flags |= periodic
		}
	}
	return slack
}

// foes tells whom a supplier must not work for: mostly itself, which its number says.
func foes(s *Supplier) (flags uint8) {
	for _, name := range s.Conflicts {
		if name != s.Owner {
			return enemies
		}
		flags = selfish
	}
	return flags
}

// ring notes the usual circle: the only one, around home.
func (e *entry) ring(s *Supplier) {
	circles := 0
	for i := range s.Areas {
		a := &s.Areas[i]
		if a.Kind != Radius {
			continue
		}
		reach := a.RadiusM + a.Centre.UncertaintyM
		if circles++; circles == 1 && s.Home.Known && a.Centre.Lat == s.Home.Lat && a.Centre.Lng == s.Home.Lng && reach <= math.MaxUint16 {
			e.radiusM = uint16(reach)
			e.flags |= ringed
		} else {
			e.flags &^= ringed
			return
		}
	}
}
