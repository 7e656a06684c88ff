package overlap_test

import (
	"reflect"
	"slices"
	"testing"

	"linli/backend/engine/overlap"
	"linli/backend/engine/overlap/planted"
)

func f1(s planted.Set, alarms []overlap.Alarm) (f, precision, recall float64) {
	hit := 0
	for _, a := range alarms {
		if s.Duplicates[[2]int{a.A, a.B}] {
			hit++
		}
	}
	return 2 * float64(hit) / float64(len(alarms)+len(s.Duplicates)), float64(hit) / float64(len(alarms)), float64(hit) / float64(len(s.Duplicates))
}

func TestFind_PlantedDuplicates(t *testing.T) {
	t.Parallel()
	for _, seed := range []uint64{2, 3} {
		s := planted.New(10_000, 0.02, seed)
		town := overlap.Usual
		town.Points = 0 // a tenth of a city: less is alike by chance
		f, p, r := f1(s, overlap.Find(s.Projects, town))
		t.Logf("seed %d: F1 %.3f, precision %.3f, recall %.3f of %d", seed, f, p, r, len(s.Duplicates))
		if f < 0.85 {
			t.Errorf("seed %d: F1 %.3f, was at least 0.85", seed, f)
		}
	}
}

func one() overlap.Project {
	return overlap.Project{Department: "民政局", Category: "elderly", Words: "锦绣苑独居老人定期探访", People: 60, FromDay: 0, ToDay: 99, AmountFen: 10_000_000}
}

func TestFind_GatesAndFigures(t *testing.T) {
	t.Parallel()
	a, b := one(), one()
	b.Department, b.Words, b.FromDay, b.ToDay, b.AmountFen = "卫健局", "空巢老年人上门看望（锦绣苑）", 50, 149, 9_000_000
	got := overlap.Find([]overlap.Project{a, b}, overlap.Usual)
	if len(got) != 1 || got[0].Days != 50 || got[0].MoneyFen != 4_500_000 {
		t.Fatalf("got %+v", got)
	}
	sum := 0
	for _, r := range got[0].Reasons {
		sum += r.Points
	}
	if sum != got[0].Points {
		t.Errorf("reasons sum to %d, not %d", sum, got[0].Points)
	}
	for name, change := range map[string]func(*overlap.Project){
		"same department": func(p *overlap.Project) { p.Department = a.Department },
		"consecutive":     func(p *overlap.Project) { p.FromDay, p.ToDay = 100, 199 },
		"far":             func(p *overlap.Project) { p.X = 5000 },
		"other category":  func(p *overlap.Project) { p.Category = "children" },
		"other site":      func(p *overlap.Project) { p.Words = "空巢老年人上门看望（青羊苑）" },
		"other part": func(p *overlap.Project) {
			a.Words = "锦绣苑独居老人定期探访人员岗位"
			p.Words = "锦绣苑探访用房装修"
		},
	} {
		x := b
		change(&x)
		if got := overlap.Find([]overlap.Project{a, x}, overlap.Usual); len(got) != 0 {
			t.Errorf("%s: alarm %+v", name, got)
		}
		a = one()
	}
}

func TestFind_IsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	s := planted.New(3000, 0.02, 9)
	first := overlap.Find(s.Projects, overlap.Usual)
	if !reflect.DeepEqual(first, overlap.Find(s.Projects, overlap.Usual)) || !reflect.DeepEqual(s, planted.New(3000, 0.02, 9)) {
		t.Fatal("two runs differ")
	}
	if !slices.IsSortedFunc(first, func(a, b overlap.Alarm) int { return b.Points - a.Points }) {
		t.Error("not in order")
	}
	if len(overlap.Find(nil, overlap.Usual)) != 0 {
		t.Error("alarm from nothing")
	}
}
