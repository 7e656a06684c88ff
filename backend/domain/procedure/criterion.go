package procedure

import "strings"

// MaxGrades bounds the grades of one criterion.
const MaxGrades = 6

// MaxEnvelopeBytes bounds the plaintext of one envelope, attachments included.
const MaxEnvelopeBytes = 2 << 20

// Points counts scores in hundredths of a point, so that sums are exact (domain handbook §3).
type Points int64

// Criterion is one scored item. Objective items must be scored the same by every member (E-04).
type Criterion struct {
	ID        string
	Title     string
	Guidance  string
	Objective bool
	Max       Points
	Grades    []Grade
}

// Grade is one quantified step of a criterion: a score lies in Min..Max of exactly one grade.
type Grade struct {
	Text     string
	Min, Max Points
}

// Condition is one requirement that is met or not.
type Condition struct {
	ID   string
	Text string
}

// LowPrice are the percentages that trigger the review of an abnormally low price (§6.3).
type LowPrice struct {
	MeanPct, SecondPct, CeilingPct int
}

// Quantified tells whether the grades are at least two, descending or ascending without overlap,
// inside 0..Max and reaching Max. An objective item has one value per grade.
func (c Criterion) Quantified() bool {
	if len(c.Grades) < 2 || len(c.Grades) > MaxGrades || c.Max <= 0 || strings.TrimSpace(c.Title) == "" {
		return false
	}
	top := false
	for i, g := range c.Grades {
		if g.Min < 0 || g.Max > c.Max || g.Min > g.Max || strings.TrimSpace(g.Text) == "" {
			return false
		}
		if c.Objective && g.Min != g.Max {
			return false
		}
		for _, o := range c.Grades[:i] {
			if g.Min <= o.Max && o.Min <= g.Max {
				return false
			}
		}
		top = top || g.Max == c.Max
	}
	return top
}

// GradeOf finds the grade a score lies in; false when it lies in none.
func (c Criterion) GradeOf(score Points) (Grade, bool) {
	for _, g := range c.Grades {
		if score >= g.Min && score <= g.Max {
			return g, true
		}
	}
	return Grade{}, false
}

// Check holds the percentages to the rules in force: each may be raised by the documents, up to
// the common limit, and never lowered.
func (p LowPrice) Check(t Terms) bool {
	least := []int{t.LowMeanPct, t.LowSecondPct, t.LowCeilingPct}
	for i, v := range []int{p.MeanPct, p.SecondPct, p.CeilingPct} {
		if v < least[i] || v > t.LowPctMax {
			return false
		}
	}
	return true
}
