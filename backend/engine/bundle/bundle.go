// Package bundle joins small needs of neighbouring communities into projects that can be bought
// as one: connected, within a walk of a centre, neither too small to be worth a purchase nor too
// large for a small organisation. Pure: numbers in, numbers out; the same input gives the same
// answer.
package bundle

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Need is one wish with money, of one category at one place. X and Y are metres on a plane.
type Need struct {
	Category  int
	Community int
	X, Y      float64
	AmountFen int64
}

// Limits of a project. A project's radius is the greatest straight distance from the point of
// its centre cell to the point of any of its cells; a cell is the needs of one category in one
// community, its point the mean of theirs.
type Limits struct {
	RadiusM float64
	MinFen  int64 // less is not worth a purchase of its own
	MaxFen  int64 // more is not for a small organisation
	// WideRadiusM is the radius of projects whose centre lies in one of the Wide communities
	// (the country, where neighbours are farther); 0 means RadiusM everywhere.
	WideRadiusM float64
	Wide        map[int]bool
}

// Project is a bundle: at least MinFen and at most MaxFen, connected, within the radius.
type Project struct {
	Category    int
	Needs       []int // positions, ascending
	Communities []int // ascending
	Centre      int   // community of the centre cell
	MoneyFen    int64
	RadiusM     float64 // farthest cell from the centre
	TravelM     float64 // sum of the straight ways from the centre to every other cell
}

// Result of bundling. Every need is in exactly one project or in Single.
type Result struct {
	Projects []Project
	Single   []int // needs that no project took, ascending
	TotalFen int64
	// BundledFen is the money in projects; BoundFen is the most that any bundling could reach:
	// the money of cells that have some connected set within the radius of some centre which
	// holds them and reaches MinFen. It leaves out that sets may not overlap, so it is seldom
	// reached.
	BundledFen, BoundFen int64
	Cells                int
}

// Faults of Bundle.
var (
	ErrLimits = errors.New("limits cannot be met")
	ErrNeed   = errors.New("a need cannot be read")
)

// MostFen is the largest amount of one need: sums of a city's needs stay within 64 bits.
const MostFen = 1 << 42

func (l Limits) check() error {
	switch {
	case !(l.RadiusM >= 0) || math.IsInf(l.RadiusM, 0) || !(l.WideRadiusM >= 0) || math.IsInf(l.WideRadiusM, 0):
		return fmt.Errorf("%w: the radius must be a number of metres, 0 or more", ErrLimits)
	case l.MinFen <= 0 || l.MaxFen < l.MinFen:
		return fmt.Errorf("%w: the least money must be above 0 and at most the greatest", ErrLimits)
	}
	return nil
}

func check(needs []Need) error {
	for i, n := range needs {
		switch {
		case n.AmountFen < 0 || n.AmountFen > MostFen:
			return fmt.Errorf("%w: amount of need %d is %d fen, expected 0 to %d", ErrNeed, i, n.AmountFen, int64(MostFen))
		case math.IsNaN(n.X) || math.IsNaN(n.Y) || math.Abs(n.X) > 1e8 || math.Abs(n.Y) > 1e8:
			return fmt.Errorf("%w: position of need %d", ErrNeed, i)
		}
	}
	return nil
}

// Bundle groups the needs. Errors: ErrLimits, ErrNeed.
func Bundle(needs []Need, l Limits) (Result, error) {
	if err := l.check(); err != nil {
		return Result{}, err
	}
	if err := check(needs); err != nil {
		return Result{}, err
	}
	cells, single := cellsOf(needs, l)
	r := Result{Single: single, Cells: len(cells)}
	for _, n := range needs {
		r.TotalFen += n.AmountFen
	}
	for from := 0; from < len(cells); {
		to := from
		for to < len(cells) && cells[to].category == cells[from].category {
			to++
		}
		b := newBoard(cells[from:to], l)
		b.agglomerate()
		b.improve()
		b.collect(&r)
		r.BoundFen += b.bound()
		from = to
	}
	slices.Sort(r.Single)
	return r, nil
}

// cell is what is moved: the needs of one category in one community, or a part of them.
type cell struct {
	category, community int
	x, y                float64
	money               int64
	needs               []int
	radius              float64 // allowed when it is the centre
}

// cellsOf groups needs by category and community. A cell above MaxFen is cut into parts of at
// most MaxFen, largest needs first; a need above MaxFen stays alone, as a purchase of its own.
func cellsOf(needs []Need, l Limits) (cells []cell, single []int) {
	order := make([]int, len(needs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := &needs[a], &needs[b]
		switch {
		case x.Category != y.Category:
			return x.Category - y.Category
		case x.Community != y.Community:
			return x.Community - y.Community
		}
		return a - b
	})
	for from := 0; from < len(order); {
		first := &needs[order[from]]
		to := from
		for to < len(order) && needs[order[to]].Category == first.Category && needs[order[to]].Community == first.Community {
			to++
		}
		parts, alone := partsOf(needs, order[from:to], l)
		cells, single = append(cells, parts...), append(single, alone...)
		from = to
	}
	return cells, single
}

func partsOf(needs []Need, group []int, l Limits) (parts []cell, alone []int) {
	whole := cell{category: needs[group[0]].Category, community: needs[group[0]].Community, radius: l.RadiusM}
	if l.WideRadiusM > 0 && l.Wide[whole.community] {
		whole.radius = l.WideRadiusM
	}
	var sum int64
	for _, i := range group {
		whole.x += needs[i].X / float64(len(group))
		whole.y += needs[i].Y / float64(len(group))
		sum += needs[i].AmountFen
	}
	if sum <= l.MaxFen {
		whole.money, whole.needs = sum, slices.Clone(group)
		return []cell{whole}, nil
	}
	byMoney := slices.Clone(group)
	slices.SortStableFunc(byMoney, func(a, b int) int {
		switch x, y := needs[a].AmountFen, needs[b].AmountFen; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return a - b
	})
	for _, i := range byMoney {
		amount := needs[i].AmountFen
		if amount > l.MaxFen {
			alone = append(alone, i)
			continue
		}
		k := slices.IndexFunc(parts, func(c cell) bool { return c.money+amount <= l.MaxFen })
		if k < 0 {
			part := whole
			parts, k = append(parts, part), len(parts)
		}
		parts[k].money += amount
		parts[k].needs = append(parts[k].needs, i)
	}
	return parts, alone
}
