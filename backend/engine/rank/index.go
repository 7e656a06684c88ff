package rank

import (
	"fmt"
	"slices"
)

// Index holds the suppliers and needs of a city, arranged by category and scope, so that the
// best ten of thousands are found by looking at about a hundred. Reads may run beside each
// other; a change needs the Index to itself.
//
// What a search reads of a supplier stands once per category it may be asked for, in one line
// of cache (entry). The lists per (category, place it serves), per (category, grid cell its
// circle touches) and per category for those who serve the whole city hold sixteen bytes each
// (glance): enough to bound a score from above. A list is sorted by the part of the score that
// depends on neither distance nor price; the search stops when that part plus the best possible
// rest cannot reach the answer any more (Fagin's threshold algorithm). Indexing by scope, not by
// place alone, matters: city-wide suppliers would force every search to the edge of the map.
type Index struct {
	weights  Weights
	taxonomy *Taxonomy
	bounds   bounds

	suppliers  []Supplier
	refs       [][]int32 // per supplier: its entry in each category of servable
	supplierAt map[string]int32
	owners     map[string]int32 // numbers of owners; they are never taken back
	spare      []int32
	pools      []pool // per category
	byPlace    lists
	byCell     lists
	wide       [][]glance // per category: who works in the whole city

	needs     []Need
	wants     []needFacts
	needAt    map[string]int32
	spareNeed []int32
	fields    []field // per category
	squares   map[cell]*square
	minDetour int32

	loading bool // lists are sorted once at the end
}

// New makes an empty index. The weights must pass Check.
func New(w Weights, t *Taxonomy) (*Index, error) {
	if err := w.Check(); err != nil {
		return nil, err
	}
	return &Index{
		weights: w, taxonomy: t, minDetour: maxDetour, bounds: newBounds(&w),
		supplierAt: map[string]int32{}, owners: map[string]int32{}, byPlace: newLists(), byCell: newLists(),
		needAt: map[string]int32{}, fields: make([]field, len(t.parent)), wide: make([][]glance, len(t.parent)),
		pools: make([]pool, len(t.parent)), squares: map[cell]*square{},
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
	ix.bounds.settle(middle(suppliers))
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
	for _, lists := range []lists{ix.byPlace, ix.byCell} {
		for k, list := range lists.of {
			lists.of[k] = sorted(list)
		}
	}
	for c, list := range ix.wide {
		ix.wide[c] = sorted(list)
	}
	return ix, nil
}

// middle is the median position of those that have one: a single wrong coordinate must not
// move the grid to another continent.
func middle(suppliers []Supplier) *Point {
	var lats, lngs []int32
	for i := range suppliers {
		if h := &suppliers[i].Home; h.Known {
			lats, lngs = append(lats, h.Lat), append(lngs, h.Lng)
		}
	}
	if len(lats) == 0 {
		return &Point{}
	}
	slices.Sort(lats)
	slices.Sort(lngs)
	return &Point{Known: true, Lat: lats[len(lats)/2], Lng: lngs[len(lngs)/2]}
}

// sorted orders a list after loading and gives back the room it grew into.
func sorted(list []glance) []glance {
	slices.SortFunc(list, compareGlances)
	return slices.Clone(list)
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
		ix.refs = append(ix.refs, nil)
	}
	ix.bounds.settle(&s.Home)
	ix.suppliers[slot], ix.supplierAt[s.ID] = s, slot
	ix.refs[slot] = ix.enter(slot)
	ix.eachList(slot, ix.insert)
	return nil
}

// enter writes the entries of a supplier, one for each category it may be asked for.
func (ix *Index) enter(slot int32) []int32 {
	s := &ix.suppliers[slot]
	if s.Lists != 0 {
		return nil
	}
	categories := ix.servable(s)
	refs := make([]int32, len(categories))
	for i, c := range categories {
		e, _ := ix.entryFor(s, c)
		e.slot, e.owner = slot, ix.ownerNumber(s.Owner)
		refs[i] = ix.pools[c].put(e)
	}
	return refs
}

// RemoveSupplier takes a supplier out; an unknown id changes nothing.
func (ix *Index) RemoveSupplier(id string) {
	slot, ok := ix.supplierAt[id]
	if !ok {
		return
	}
	ix.eachList(slot, removed)
	s := &ix.suppliers[slot]
	if s.Lists == 0 {
		for i, c := range ix.servable(s) {
			ix.pools[c].drop(ix.refs[slot][i])
		}
	}
	delete(ix.supplierAt, id)
	ix.suppliers[slot], ix.refs[slot] = Supplier{}, nil
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

func (ix *Index) insert(list []glance, g glance) []glance {
	if ix.loading {
		return append(list, g)
	}
	at, _ := slices.BinarySearchFunc(list, g, compareGlances)
	return slices.Insert(list, at, g)
}

func removed(list []glance, g glance) []glance {
	if at, found := slices.BinarySearchFunc(list, g, compareGlances); found {
		return slices.Delete(list, at, at+1)
	}
	return list
}

// eachList changes every list a supplier stands in. A supplier on an excluding register stands
// in none.
func (ix *Index) eachList(slot int32, change func([]glance, glance) []glance) {
	s := &ix.suppliers[slot]
	if s.Lists != 0 {
		return
	}
	scopes := scopesOf(s)
	for i, c := range ix.servable(s) {
		ref := ix.refs[slot][i]
		e, key := ix.entryFor(s, c)
		g := ix.bounds.glance(&e, key, ref)
		for _, p := range scopes.places {
			ix.byPlace.change(placeKey(c, p), g, change)
		}
		for _, at := range scopes.cells {
			ix.byCell.change(cellKey(c, at), g, change)
		}
		if scopes.wide {
			ix.wide[c] = change(ix.wide[c], g)
		}
	}
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
