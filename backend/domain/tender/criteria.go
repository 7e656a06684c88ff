package tender

import (
	"strconv"
	"strings"

	"linli/backend/domain/procedure"
)

// checkCriteria holds the scoring table of a lot to D-02, D-03 and §9.3: quantified grades that
// do not overlap, points that add up to 100 with the price, nothing scored that is a
// qualification, and none of the forbidden subjects.
func (l Lot) checkCriteria(path string) []Finding {
	var out []Finding
	var sum procedure.Points
	if len(l.Criteria) == 0 {
		return []Finding{{Rule: "D-02", Path: path + ".criteria", Code: "tender.finding.missing", Block: true}}
	}
	for i, c := range l.Criteria {
		at := path + ".criteria[" + strconv.Itoa(i) + "]"
		sum += c.Max
		text := c.Title + "\n" + c.Guidance
		for _, g := range c.Grades {
			text += "\n" + g.Text
		}
		out = append(out, inAny(text, at, scale, local, gift, votes, vague, rating)...)
		if !c.Quantified() {
			out = append(out, Finding{Rule: "D-02", Path: at + ".grades", Code: "tender.finding.grades", Block: true})
		}
		if l.qualifies(c.Title) {
			out = append(out, Finding{Rule: "D-02", Path: at + ".title", Code: "tender.finding.scored_qualification", Text: c.Title, Block: true})
		}
	}
	if sum+l.PriceWeight != 100*100 {
		out = append(out, Finding{Rule: "§6.1", Path: path + ".criteria", Code: "tender.finding.points", Block: true})
	}
	return out
}

// qualifies tells whether a title repeats a qualification, whatever the spacing or case.
func (l Lot) qualifies(title string) bool {
	fold := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	want := fold(title)
	for _, q := range l.Qualifications {
		if want != "" && (fold(q.Text) == want || strings.Contains(fold(q.Text), want)) {
			return true
		}
	}
	return false
}
