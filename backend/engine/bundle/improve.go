package bundle

import (
	"cmp"
	"slices"
)

// rounds is how often the cells that are left are tried again: later rounds find what earlier
// ones opened; after three hardly anything moves.
const rounds = 3

// improve dissolves projects around every cell that is left and builds anew, in two orders; the
// better of before and after stays.
func (b *board) improve() {
	for range rounds {
		better := false
		for i := range b.cells {
			if b.owner[i] == free && b.cells[i].money > 0 {
				better = b.reseed(i) || better
			}
		}
		if !better {
			return
		}
	}
}

// reseed tries the seed with the projects beside it; it says whether more money is bundled.
func (b *board) reseed(seed int) bool {
	var ruined []int
	for _, j := range b.edges[seed] {
		if p := b.owner[j]; p != free && !slices.Contains(ruined, p) {
			ruined = append(ruined, p)
		}
	}
	if len(ruined) == 0 {
		return false
	}
	for k := range ruined {
		if b.try(seed, ruined[k:k+1]) {
			return true
		}
	}
	return len(ruined) > 1 && b.try(seed, ruined)
}

// try rebuilds the cells of some projects and the free cells beside the seed, from the seed
// outwards and by poverty, and takes everything back unless more money is bundled.
func (b *board) try(seed int, ruined []int) bool {
	before := make([][]int, len(ruined))
	var local []int
	var had int64
	for k, p := range ruined {
		before[k] = b.groups[p]
		had += b.money(before[k])
		local = append(local, before[k]...)
	}
	b.visit++
	for _, i := range append(slices.Clone(local), seed) {
		for _, j := range append(slices.Clip(b.edges[i]), i) {
			if b.owner[j] == free && b.mark[j] != b.visit {
				b.mark[j] = b.visit
				local = append(local, j)
			}
		}
	}
	for attempt := range 2 {
		for _, p := range ruined {
			b.dissolve(p)
		}
		first := len(b.groups)
		if attempt == 0 {
			order := slices.Clone(local)
			slices.SortFunc(order, func(x, y int) int {
				return cmp.Or(cmp.Compare(b.distance(seed, x), b.distance(seed, y)), cmp.Compare(x, y))
			})
			b.growAll(order)
		} else {
			slices.Sort(local)
			b.growAll(local)
		}
		if b.settle(local, first) > had {
			return true
		}
		for p := first; p < len(b.groups); p++ {
			b.dissolve(p)
		}
		b.groups = b.groups[:first]
		for k, p := range ruined {
			b.groups[p] = before[k]
			for _, i := range before[k] {
				b.owner[i] = p
			}
		}
	}
	return false
}

func (b *board) growAll(order []int) {
	for _, i := range order {
		if b.owner[i] == free {
			if set := b.grow(i); set != nil {
				b.form(set)
			}
		}
	}
}

// settle hands local cells to new projects and gives the money of these.
func (b *board) settle(local []int, first int) (sum int64) {
	for again := true; again; {
		again = false
		for _, i := range local {
			if b.owner[i] == free {
				again = b.attachTo(i, first) || again
			}
		}
	}
	for _, g := range b.groups[first:] {
		sum += b.money(g)
	}
	return sum
}

// attachTo is attach for projects formed since first only, so that taking back stays simple.
func (b *board) attachTo(i, first int) bool {
	for _, j := range b.edges[i] {
		p := b.owner[j]
		if p < first || b.money(b.groups[p])+b.cells[i].money > b.limits.MaxFen {
			continue
		}
		if _, _, ok := b.centre(append(slices.Clip(b.groups[p]), i)); ok {
			b.owner[i] = p
			b.groups[p] = append(b.groups[p], i)
			return true
		}
	}
	return false
}

// bound is the money of cells that some connected set of a centre's circle, the centre in it,
// could bring to the least money, whatever else happens.
func (b *board) bound() (sum int64) {
	able := make([]bool, len(b.cells))
	for c := range b.cells {
		reached, money := b.reach(c)
		if money >= b.limits.MinFen {
			for _, i := range reached {
				able[i] = true
			}
		}
	}
	for i, ok := range able {
		if ok {
			sum += b.cells[i].money
		}
	}
	return sum
}

func (b *board) reach(c int) (reached []int, money int64) {
	b.visit++
	reached = []int{c}
	b.mark[c] = b.visit
	for k := 0; k < len(reached); k++ {
		money += b.cells[reached[k]].money
		for _, j := range b.edges[reached[k]] {
			if b.mark[j] != b.visit && b.distance(c, j) <= b.cells[c].radius {
				b.mark[j] = b.visit
				reached = append(reached, j)
			}
		}
	}
	return reached, money
}

// collect writes projects and singles into the result.
func (b *board) collect(r *Result) {
	for _, g := range b.groups {
		if g == nil {
			continue
		}
		c, radius, _ := b.centre(g)
		p := Project{Category: b.cells[c].category, Centre: b.cells[c].community, MoneyFen: b.money(g), RadiusM: radius}
		for _, i := range g {
			p.Needs = append(p.Needs, b.cells[i].needs...)
			p.Communities = append(p.Communities, b.cells[i].community)
			p.TravelM += b.distance(c, i)
		}
		slices.Sort(p.Needs)
		slices.Sort(p.Communities)
		p.Communities = slices.Compact(p.Communities)
		r.BundledFen += p.MoneyFen
		r.Projects = append(r.Projects, p)
	}
	for i, c := range b.cells {
		if b.owner[i] == free {
			r.Single = append(r.Single, c.needs...)
		}
	}
}
