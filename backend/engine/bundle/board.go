package bundle

import (
	"cmp"
	"math"
	"slices"
)

const free = -1

// board is the state of bundling the cells of one category.
type board struct {
	cells  []cell
	limits Limits
	near   [][]int // cells within the wider of both radii, itself left out
	edges  [][]int // neighbour graph
	owner  []int   // project of a cell, or free
	groups [][]int // cells of a project; nil when dissolved
	mark   []int   // scratch: last visit
	visit  int
}

func newBoard(cells []cell, l Limits) *board {
	b := &board{cells: cells, limits: l, owner: make([]int, len(cells)), mark: make([]int, len(cells))}
	for i := range b.owner {
		b.owner[i] = free
	}
	b.neighbours()
	return b
}

func (b *board) distance(i, j int) float64 {
	return length(b.cells[i].x-b.cells[j].x, b.cells[i].y-b.cells[j].y)
}

// length needs no care for extremes: positions are metres of a city.
func length(x, y float64) float64 { return math.Sqrt(x*x + y*y) }

// neighbours fills near by a grid, and edges by the rule of Gabriel and Sokal (1969): two cells
// are neighbours when no third lies inside the circle whose diameter is the line between them.
func (b *board) neighbours() {
	b.near, b.edges = make([][]int, len(b.cells)), make([][]int, len(b.cells))
	side := max(b.limits.RadiusM, b.limits.WideRadiusM, 1)
	grid := map[[2]int][]int{}
	at := func(c *cell) [2]int { return [2]int{int(math.Floor(c.x / side)), int(math.Floor(c.y / side))} }
	for i := range b.cells {
		k := at(&b.cells[i])
		grid[k] = append(grid[k], i)
	}
	for i := range b.cells {
		k := at(&b.cells[i])
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, j := range grid[[2]int{k[0] + dx, k[1] + dy}] {
					if j != i && b.distance(i, j) <= max(b.cells[i].radius, b.cells[j].radius) {
						b.near[i] = append(b.near[i], j)
					}
				}
			}
		}
		slices.Sort(b.near[i])
	}
	for i := range b.cells {
		for _, j := range b.near[i] {
			if j > i && b.gabriel(i, j) {
				b.edges[i], b.edges[j] = append(b.edges[i], j), append(b.edges[j], i)
			}
		}
	}
}

func (b *board) gabriel(i, j int) bool {
	x, y := (b.cells[i].x+b.cells[j].x)/2, (b.cells[i].y+b.cells[j].y)/2
	half := b.distance(i, j) / 2
	for _, k := range b.near[i] {
		if k != j && length(b.cells[k].x-x, b.cells[k].y-y) < half*(1-1e-9) {
			return false
		}
	}
	return true
}

func (b *board) money(group []int) (sum int64) {
	for _, i := range group {
		sum += b.cells[i].money
	}
	return sum
}

// centre finds the member from which the farthest other is nearest and within its radius.
func (b *board) centre(group []int) (best int, radius float64, ok bool) {
	radius = math.Inf(1)
	for _, c := range group {
		far := 0.0
		for _, i := range group {
			if far = max(far, b.distance(c, i)); far > b.cells[c].radius {
				break
			}
		}
		if far <= b.cells[c].radius && far < radius {
			best, radius, ok = c, far, true
		}
	}
	return best, radius, ok
}

// grow finds a set of free cells around a seed that reaches the least money: for every centre
// the seed can reach, cells are added along the neighbour graph, nearest to the seed first. The
// set with the least money wins, then the smallest radius.
func (b *board) grow(seed int) []int {
	var best []int
	var money int64
	radius := math.Inf(1)
	consider := func(c int) {
		set := b.around(c, seed)
		if set == nil {
			return
		}
		sum := b.money(set)
		_, r, ok := b.centre(set)
		if ok && (best == nil || sum < money || sum == money && r < radius) {
			best, money, radius = set, sum, r
		}
	}
	consider(seed)
	for _, c := range b.near[seed] {
		if b.owner[c] == free && b.distance(c, seed) <= b.cells[c].radius {
			consider(c)
		}
	}
	return best
}

// around adds free cells of the circle of c, reached from c, until the seed is in and the money
// suffices; nil when it never does.
func (b *board) around(c, seed int) []int {
	b.visit++
	set, sum, has := []int{c}, b.cells[c].money, c == seed
	b.mark[c] = b.visit
	var frontier []int
	push := func(from int) {
		for _, j := range b.edges[from] {
			if b.mark[j] != b.visit && b.owner[j] == free && b.distance(c, j) <= b.cells[c].radius {
				b.mark[j] = b.visit
				frontier = append(frontier, j)
			}
		}
	}
	push(c)
	for sum < b.limits.MinFen || !has {
		pick, way := -1, math.Inf(1)
		for k, j := range frontier {
			if sum+b.cells[j].money <= b.limits.MaxFen && b.distance(seed, j) < way {
				pick, way = k, b.distance(seed, j)
			}
		}
		if pick < 0 {
			return nil
		}
		j := frontier[pick]
		frontier = slices.Delete(frontier, pick, pick+1)
		set, sum, has = append(set, j), sum+b.cells[j].money, has || j == seed
		push(j)
	}
	return set
}

func (b *board) form(group []int) {
	for _, i := range group {
		b.owner[i] = len(b.groups)
	}
	b.groups = append(b.groups, group)
}

func (b *board) dissolve(p int) {
	for _, i := range b.groups[p] {
		b.owner[i] = free
	}
	b.groups[p] = nil
}

// potential is the money a cell's circle could still give.
func (b *board) potential(i int) int64 {
	sum := b.cells[i].money
	for _, j := range b.near[i] {
		if b.owner[j] == free {
			sum += b.cells[j].money
		}
	}
	return sum
}

// build forms projects among the given cells, those with the poorest surroundings first, then
// hands what is left to projects beside it.
func (b *board) build(cells []int) {
	order := slices.Clone(cells)
	rank := make(map[int]int64, len(cells))
	for _, i := range order {
		rank[i] = b.potential(i)
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Or(cmp.Compare(rank[x], rank[y]), cmp.Compare(x, y)) })
	b.buildInOrder(order)
}

func (b *board) buildInOrder(order []int) {
	for _, i := range order {
		if b.owner[i] != free {
			continue
		}
		if set := b.grow(i); set != nil {
			b.form(set)
		}
	}
	for again := true; again; {
		again = false
		for _, i := range order {
			again = b.attach(i) || again
		}
	}
}

// attach gives a free cell to the project beside it that grows least in radius.
func (b *board) attach(i int) bool {
	if b.owner[i] != free {
		return false
	}
	best, radius := -1, math.Inf(1)
	for _, j := range b.edges[i] {
		p := b.owner[j]
		if p == free || p == best || b.money(b.groups[p])+b.cells[i].money > b.limits.MaxFen {
			continue
		}
		if _, r, ok := b.centre(append(slices.Clip(b.groups[p]), i)); ok && (r < radius || r == radius && p < best) {
			best, radius = p, r
		}
	}
	if best < 0 {
		return false
	}
	b.owner[i] = best
	b.groups[best] = append(b.groups[best], i)
	return true
}

func (b *board) agglomerate() {
	all := make([]int, len(b.cells))
	for i := range all {
		all[i] = i
	}
	b.build(all)
}
