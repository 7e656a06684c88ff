package rank

// Taxonomy is a tree of categories: the parent of each category by its number, -1 for a root.
type Taxonomy struct {
	parent   []int32
	children [][]int32
}

// maxDepth stops a walk up a tree that turns out to be a ring.
const maxDepth = 8

// NewTaxonomy takes the parent of every category; an unknown parent makes a root.
func NewTaxonomy(parents []int32) *Taxonomy {
	t := &Taxonomy{parent: append([]int32(nil), parents...), children: make([][]int32, len(parents))}
	for c, p := range t.parent {
		if p < 0 || int(p) >= len(parents) || int(p) == c {
			t.parent[c] = -1
			continue
		}
		t.children[p] = append(t.children[p], int32(c))
	}
	return t
}

// levels tells how many levels up from a category an ancestor stands; ok false when it is none.
func (t *Taxonomy) levels(category, ancestor int32) (int32, bool) {
	if category < 0 || int(category) >= len(t.parent) {
		return 0, false
	}
	for d := int32(0); d < maxDepth && category >= 0; d++ {
		if category == ancestor {
			return d, true
		}
		category = t.parent[category]
	}
	return 0, false
}

// fit is the value of a supplier that lists one category for a need of another: full for the
// same, less per level for a broader or narrower one, none for a mere relative.
func (t *Taxonomy) fit(w *Weights, need, listed int32) (int32, bool) {
	if d, ok := t.levels(need, listed); ok {
		return max(0, Whole-d*w.FitPerLevelUp), true
	}
	if d, ok := t.levels(listed, need); ok {
		return max(0, Whole-d*w.FitPerLevelDown), true
	}
	return 0, false
}

// bestOffer picks the offer that fits a need's category best; equal fits go to the cheaper,
// then to the one listed first.
func (t *Taxonomy) bestOffer(w *Weights, offers []Offer, need int32) (Offer, int32, bool) {
	best, value, found := Offer{}, int32(-1), false
	for _, o := range offers {
		v, ok := t.fit(w, need, o.Category)
		if !ok || v < value || (v == value && o.mid() >= best.mid()) {
			continue
		}
		best, value, found = o, v, true
	}
	return best, value, found
}

// mid is the expected price; an unknown one sorts last.
func (o Offer) mid() int64 {
	if o.High == 0 {
		return MaxAmount + 1
	}
	return (o.Low + o.High) / 2
}

// reachable lists every category a supplier may be asked for because of one it lists: the
// category, all below it and all above it.
func (t *Taxonomy) reachable(listed int32) []int32 {
	if listed < 0 || int(listed) >= len(t.parent) {
		return nil
	}
	out := t.below(nil, listed, 0)
	for c, d := t.parent[listed], 0; c >= 0 && d < maxDepth; c, d = t.parent[c], d+1 {
		out = append(out, c)
	}
	return out
}

func (t *Taxonomy) below(out []int32, c int32, depth int) []int32 {
	if depth >= maxDepth {
		return out
	}
	out = append(out, c)
	for _, child := range t.children[c] {
		out = t.below(out, child, depth+1)
	}
	return out
}
