package rank

import (
	"fmt"
	"slices"
)

// Index holds the suppliers and needs of a city, arranged by category and scope, so that the
// best ten of thousands are found by looking at about a hundred. Reads may run beside each
// other; a change needs the Index to itself.
//
// Suppliers stand in lists per (category they may be asked for, place they serve) and, for
// circles, per (category, grid cell the circle touches). A list is sorted by the part of the
// score that depends on neither distance nor price; the search stops when that part plus the
// best possible rest cannot reach the answer any more (Fagin's threshold algorithm). Indexing
// by scope, not by place alone, matters: city-wide suppliers would force every search to the
// edge of the map.
type Index struct {
	weights  Weights
	taxonomy *Taxonomy

	suppliers  []Supplier
	facts      []supplierFacts
	supplierAt map[string]int32
	owners     map[string]int32 // numbers of owners; they are never taken back
	spare      []int32
	byPlace    map[placeKey][]entry
	byCell     map[cellKey][]entry
	wide       [][]region // per category: who works in the whole city, by home

	needs     []Need
	wants     []needFacts
	needAt    map[string]int32
	spareNeed []int32
	fields    []field // per category
	squares   map[cell]*square
	minDetour int32

	loading bool // lists are sorted once at the end
}

// region holds the city-wide suppliers of one category at home in one broad cell.
type region struct {
	home cell
	list []entry
}

type placeKey struct{ category, place int32 }

type cellKey struct {
	category int32
	cell     cell
}

// entry is one supplier in one list. key bounds what it can score without distance and price.
type entry struct {
	key, slot, base int32 // base: points of fit and track record
	low, mid        int64
	unpriced        bool
}

// supplierFacts are the numbers of a supplier that a search reads, side by side in memory.
type supplierFacts struct {
	lat, lng    int32
	grade       int32
	gradeUntil  int32
	gradePoints int32
	standing    Capacity
	hasStanding bool
	owner       int32
	located     bool
	tracks      uint8
	periods     []Capacity // all entries, when there are others than the standing one
}

// New makes an empty index. The weights must pass Check.
func New(w Weights, t *Taxonomy) (*Index, error) {
	if err := w.Check(); err != nil {
		return nil, err
	}
	return &Index{
		weights: w, taxonomy: t, minDetour: 5000,
		supplierAt: map[string]int32{}, owners: map[string]int32{}, byPlace: map[placeKey][]entry{}, byCell: map[cellKey][]entry{},
		needAt: map[string]int32{}, fields: make([]field, len(t.parent)), wide: make([][]region, len(t.parent)),
		squares: map[cell]*square{},
	}, nil
}

// Build makes an index of everything at once. The suppliers and needs are copied by value;
// their slices are shared and must not be changed afterwards.
func Build(w Weights, t *Taxonomy, suppliers []Supplier, needs []Need) (*Index, error) {
	ix, err := New(w, t)
	if err != nil {
		return nil, err
	}
	ix.loading = true
	for i := range suppliers {
		if err := ix.UpsertSupplier(suppliers[i]); err != nil {
			return nil, err
		}
	}
	for i := range needs {
		if err := ix.UpsertNeed(needs[i]); err != nil {
			return nil, err
		}
	}
	ix.loading = false
	for _, list := range ix.byPlace {
		slices.SortFunc(list, compareEntries)
	}
	for _, list := range ix.byCell {
		slices.SortFunc(list, compareEntries)
	}
	for _, regions := range ix.wide {
		for i := range regions {
			slices.SortFunc(regions[i].list, compareEntries)
		}
	}
	return ix, nil
}

// compareEntries orders lists: higher key first, then the slot, which keeps changes repeatable.
func compareEntries(a, b entry) int {
	if a.key != b.key {
		return int(b.key) - int(a.key)
	}
	return int(a.slot) - int(b.slot)
}

// Weights returns the weights the index was built with.
func (ix *Index) Weights() Weights { return ix.weights }

// Size tells how many services and needs the index holds.
func (ix *Index) Size() (suppliers, needs int) { return len(ix.supplierAt), len(ix.needAt) }

// Supplier returns what the index knows of a supplier.
func (ix *Index) Supplier(id string) (Supplier, bool) {
	slot, ok := ix.supplierAt[id]
	if !ok {
		return Supplier{}, false
	}
	return ix.suppliers[slot], true
}

// Need returns what the index knows of a need.
func (ix *Index) Need(id string) (Need, bool) {
	slot, ok := ix.needAt[id]
	if !ok {
		return Need{}, false
	}
	return ix.needs[slot], true
}

// UpsertSupplier adds a supplier or replaces the one with its id.
func (ix *Index) UpsertSupplier(s Supplier) error {
	if err := s.check(); err != nil {
		return err
	}
	if ix.loading {
		if _, twice := ix.supplierAt[s.ID]; twice {
			return fmt.Errorf("rank: supplier %s twice", s.ID)
		}
	}
	ix.RemoveSupplier(s.ID)
	slot := takeSlot(&ix.spare, len(ix.suppliers))
	if int(slot) == len(ix.suppliers) {
		ix.suppliers = append(ix.suppliers, Supplier{})
		ix.facts = append(ix.facts, supplierFacts{})
	}
	ix.suppliers[slot], ix.facts[slot] = s, ix.factsOf(&s)
	ix.facts[slot].owner = ix.ownerNumber(s.Owner)
	ix.supplierAt[s.ID] = slot
	ix.eachEntry(slot, listing{
		place:  func(k placeKey, e entry) { ix.byPlace[k] = ix.insert(ix.byPlace[k], e) },
		circle: func(k cellKey, e entry) { ix.byCell[k] = ix.insert(ix.byCell[k], e) },
		wide: func(k cellKey, e entry) {
			r := ix.regionOf(k)
			r.list = ix.insert(r.list, e)
		},
	})
	return nil
}

// RemoveSupplier takes a supplier out; an unknown id changes nothing.
func (ix *Index) RemoveSupplier(id string) {
	slot, ok := ix.supplierAt[id]
	if !ok {
		return
	}
	ix.eachEntry(slot, listing{
		place:  func(k placeKey, e entry) { remove(ix.byPlace, k, e) },
		circle: func(k cellKey, e entry) { remove(ix.byCell, k, e) },
		wide: func(k cellKey, e entry) {
			r := ix.regionOf(k)
			r.list = removed(r.list, e)
		},
	})
	delete(ix.supplierAt, id)
	ix.suppliers[slot], ix.facts[slot] = Supplier{}, supplierFacts{}
	ix.spare = append(ix.spare, slot)
}

func (ix *Index) ownerNumber(owner string) int32 {
	n, ok := ix.owners[owner]
	if !ok {
		n = int32(len(ix.owners))
		ix.owners[owner] = n
	}
	return n
}

func takeSlot(spare *[]int32, next int) int32 {
	if n := len(*spare); n > 0 {
		slot := (*spare)[n-1]
		*spare = (*spare)[:n-1]
		return slot
	}
	return int32(next)
}

func (ix *Index) insert(list []entry, e entry) []entry {
	if ix.loading {
		return append(list, e)
	}
	at, _ := slices.BinarySearchFunc(list, e, compareEntries)
	return slices.Insert(list, at, e)
}

func remove[K comparable](lists map[K][]entry, k K, e entry) {
	if list := removed(lists[k], e); len(list) == 0 {
		delete(lists, k)
	} else {
		lists[k] = list
	}
}

func removed(list []entry, e entry) []entry {
	if at, found := slices.BinarySearchFunc(list, e, compareEntries); found {
		return slices.Delete(list, at, at+1)
	}
	return list
}

// regionOf finds or makes the list of a category's city-wide suppliers in a broad cell; a
// region that became empty stays, there are few.
func (ix *Index) regionOf(k cellKey) *region {
	regions := ix.wide[k.category]
	for i := range regions {
		if regions[i].home == k.cell {
			return &regions[i]
		}
	}
	ix.wide[k.category] = append(regions, region{home: k.cell})
	return &ix.wide[k.category][len(regions)]
}

func (ix *Index) factsOf(s *Supplier) supplierFacts {
	f := supplierFacts{
		lat: s.Home.Lat, lng: s.Home.Lng, located: s.Home.Known, tracks: s.Tracks,
		grade: s.Grade, gradeUntil: s.GradeUntil, gradePoints: points(gradeValue(s.Grade), ix.weights.Grade),
	}
	for _, c := range s.Capacities {
		if c.Period == 0 {
			f.standing, f.hasStanding = c, true
		} else {
			f.periods = s.Capacities
		}
	}
	return f
}

// listing is what to do with an entry in each kind of list.
type listing struct {
	place        func(placeKey, entry)
	circle, wide func(cellKey, entry)
}

// eachEntry walks the list entries of a supplier, each (list, entry) once. A supplier on an
// excluding register stands in no list.
func (ix *Index) eachEntry(slot int32, do listing) {
	s := &ix.suppliers[slot]
	if s.Lists != 0 {
		return
	}
	scopes := scopesOf(s)
	for _, c := range ix.servable(s) {
		e := ix.entryFor(slot, s, c)
		for _, p := range scopes.places {
			do.place(placeKey{c, p}, e)
		}
		for _, at := range scopes.cells {
			do.circle(cellKey{c, at}, e)
		}
		if scopes.wide {
			do.wide(cellKey{c, homeCell(&s.Home)}, e)
		}
	}
}

func homeCell(p *Point) cell {
	if !p.Known {
		return nowhere
	}
	return cellOf(p.Lat, p.Lng, broad)
}

type scopes struct {
	wide   bool
	places []int32
	cells  []cell
}

// scopesOf reduces areas to distinct places and cells; the whole city swallows the rest.
func scopesOf(s *Supplier) scopes {
	var out scopes
	for i := range s.Areas {
		switch a := &s.Areas[i]; a.Kind {
		case Everywhere:
			return scopes{wide: true}
		case Division:
			out.places = append(out.places, a.Place)
		case Radius:
			out.cells = append(out.cells, cellsWithin(&a.Centre, a.RadiusM+a.Centre.UncertaintyM, coarse)...)
		}
	}
	slices.Sort(out.places)
	out.places = slices.Compact(out.places)
	slices.SortFunc(out.cells, compareCells)
	out.cells = slices.Compact(out.cells)
	return out
}

// servable lists every category a supplier may be asked for, once, in order.
func (ix *Index) servable(s *Supplier) []int32 {
	var out []int32
	for _, o := range s.Offers {
		out = append(out, ix.taxonomy.reachable(o.Category)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (ix *Index) entryFor(slot int32, s *Supplier, category int32) entry {
	w := &ix.weights
	o, fit, _ := ix.taxonomy.bestOffer(w, s.Offers, category)
	base := points(fit, w.Fit) + points(trackValue(w, s.Rating, s.Rated), w.Track)
	slack := int32(0)
	for _, c := range s.Capacities {
		slack = max(slack, slackValue(c, 0))
	}
	key := base + points(gradeValue(s.Grade), w.Grade) + points(slack, w.Slack)
	return entry{key: key, slot: slot, base: base, low: o.Low, mid: o.mid(), unpriced: o.High == 0}
}
