package community

import (
	"linli/backend/domain/table"
)

// Relation is one line of a crosswalk: an official word on what became of a place, by its
// code before and after. It comes before everything that Compare could find out.
type Relation struct {
	Line     int
	From, To string // codes
	Kind     string // "same", "merged" (From ended), "split" (From goes on, To is new)
}

var crosswalkColumns = table.Columns[Relation]{
	{Key: "from_code", ZH: "原代码", EN: "Old code", Required: true, Example: "510115105265", Get: func(r *Relation) string { return r.From },
		Set: func(r *Relation, s string) error { r.From = s; return codeCell(s) }},
	{Key: "to_code", ZH: "新代码", EN: "New code", Required: true, Example: "510115105201", Get: func(r *Relation) string { return r.To },
		Set: func(r *Relation, s string) error { r.To = s; return codeCell(s) }},
	{Key: "relation", ZH: "关系", EN: "Relation", Required: true, Example: "merged", Get: func(r *Relation) string { return r.Kind },
		Set: func(r *Relation, s string) (err error) {
			words := map[string]string{"延续": "same", "并入": "merged", "拆分": "split"}
			if w, ok := words[s]; ok {
				s = w
			}
			r.Kind, err = table.OneOf(s, "same", "merged", "split")
			return err
		}},
}

func codeCell(s string) error {
	if len(s) != 12 || !digits(s) {
		return wrong("code", "division.code", "a code has 12 digits")
	}
	return nil
}

// ReadCrosswalk reads the lines of a crosswalk file; issues as in package table.
func ReadCrosswalk(t table.Table) ([]Relation, []table.Issue) {
	lines, issues := crosswalkColumns.Decode(t)
	out := make([]Relation, len(lines))
	for i, l := range lines {
		out[i] = l.Value
		out[i].Line = l.Number
	}
	return out, issues
}

// useCrosswalk pairs what the file names and returns the lines that name nothing here.
func (m *matcher) useCrosswalk(lines []Relation) []Relation {
	byCode := map[string]*Place{}
	for _, p := range m.olds {
		byCode[p.Code] = p
	}
	var ignored []Relation
	for _, r := range lines {
		p, d := byCode[r.From], m.divisions[r.To]
		if p == nil || d == nil || p.Level != d.Level || !m.free(p) || (r.Kind != "merged" && !m.open(d)) {
			ignored = append(ignored, r)
			continue
		}
		switch r.Kind {
		case "same":
			m.pair(p, d.Code, "crosswalk")
		case "merged":
			m.merged[p.ID] = d.Code
		case "split":
			m.splitByFile[p.ID] = append(m.splitByFile[p.ID], d.Code)
		}
	}
	return ignored
}
