package main

import (
	"fmt"

	"linli/backend/engine/overlap"
	"linli/backend/engine/overlap/planted"
)

// fundingCmd measures the alarm for money paid twice on planted duplicates.
type fundingCmd struct {
	Projects int     `default:"100000" help:"How many funded projects."`
	Share    float64 `default:"0.02" help:"Share of duplicates; as many look like duplicates and are none."`
	Seed     uint64  `default:"2" help:"One seed gives one set; the points were fitted on seed 1."`
	Points   int     `default:"1700" help:"Least sum of points of an alarm."`
}

// Run invents the projects, raises the alarms and compares them with what was planted; the
// reference raises one for every pair the structured facts let through.
func (c fundingCmd) Run() error {
	s := planted.New(c.Projects, c.Share, c.Seed)
	fmt.Printf("seed %d, %d projects, %d duplicates across departments, %d look alike and are none; %s\n", c.Seed, len(s.Projects), len(s.Duplicates), s.Hard, loadLine())
	before := cpuSeconds()
	tell := func(what string, alarms []overlap.Alarm) {
		hit := 0
		for _, a := range alarms {
			if s.Duplicates[[2]int{a.A, a.B}] {
				hit++
			}
		}
		fmt.Printf("%s: %.1f s CPU, %d alarms, %d right, F1 %.3f, precision %.3f, recall %.3f\n", what, cpuSeconds()-before, len(alarms), hit,
			2*float64(hit)/float64(max(1, len(alarms)+len(s.Duplicates))), float64(hit)/float64(max(1, len(alarms))), float64(hit)/float64(max(1, len(s.Duplicates))))
	}
	limits := overlap.Usual
	limits.Points = c.Points
	tell("alarm", overlap.Find(s.Projects, limits))
	before = cpuSeconds()
	tell("reference, same category, near, overlapping, amounts within a tenth", reference(s.Projects, overlap.Usual))
	return nil
}

// reference reads no words.
func reference(projects []overlap.Project, l overlap.Limits) (out []overlap.Alarm) {
	l.Points = -1 << 20
	bare := make([]overlap.Project, len(projects))
	copy(bare, projects)
	for i := range bare {
		bare[i].Words, bare[i].People = "", 0
	}
	for _, a := range overlap.Find(bare, l) {
		x, y := projects[a.A].AmountFen, projects[a.B].AmountFen
		if 10*min(x, y) >= 9*max(x, y) {
			out = append(out, a)
		}
	}
	return out
}
