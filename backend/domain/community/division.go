package community

import (
	"math"
	"strconv"
	"strings"

	"linli/backend/domain/fault"
	"linli/backend/domain/geo"
	"linli/backend/domain/table"
)

// Division is one line of an official list, checked and ready to compare with the places.
type Division struct {
	Line       int
	Code       string
	Listed     string // the name as the list spells it
	Name       string // the name people use
	Level      Level
	Parent     string     // code of the parent
	UrbanRural string     // NBS three-digit class, "" when the list does not say
	Point      *geo.Point // WGS-84, nil when the list does not say
}

// List is a whole list of divisions, parents before children. It is taken as complete: a
// place that it does not name has ended.
type List struct{ Divisions []Division }

type rawDivision struct {
	code, name, level, parent, urban string
	gcjLat, gcjLng, lat, lng         float64
	hasGCJ, hasWGS                   [2]bool
}

func plain(set func(*rawDivision, string)) func(*rawDivision, string) error {
	return func(d *rawDivision, s string) error { set(d, s); return nil }
}

func none(*rawDivision) string { return "" }

// divisionColumns are the columns of a list of divisions. Coordinates may be given as
// GCJ-02, as Chinese map providers publish them, or as WGS-84.
var divisionColumns = table.Columns[rawDivision]{
	{Key: "code", ZH: "代码", EN: "Code", Required: true, Get: none, Set: plain(func(d *rawDivision, s string) { d.code = s })},
	{Key: "name", ZH: "名称", EN: "Name", Required: true, Get: none, Set: plain(func(d *rawDivision, s string) { d.name = s })},
	{Key: "level", ZH: "级别", EN: "Level", Required: true, Get: none, Set: plain(func(d *rawDivision, s string) { d.level = s })},
	{Key: "parent", ZH: "上级代码", EN: "Parent", Required: true, Get: none, Set: plain(func(d *rawDivision, s string) { d.parent = s })},
	{Key: "urban_rural", ZH: "城乡分类", EN: "Urban or rural", Get: none, Set: func(d *rawDivision, s string) error {
		if len(s) != 3 || !digits(s) {
			return fault.Invalid("division.urban_rural", "the class has three digits")
		}
		d.urban = s
		return nil
	}},
	{Key: "lng_gcj02", ZH: "经度GCJ02", EN: "Longitude GCJ-02", Get: none, Set: degrees(180, func(d *rawDivision, v float64) { d.gcjLng, d.hasGCJ[0] = v, true })},
	{Key: "lat_gcj02", ZH: "纬度GCJ02", EN: "Latitude GCJ-02", Get: none, Set: degrees(90, func(d *rawDivision, v float64) { d.gcjLat, d.hasGCJ[1] = v, true })},
	{Key: "lng", ZH: "经度", EN: "Longitude", Get: none, Set: degrees(180, func(d *rawDivision, v float64) { d.lng, d.hasWGS[0] = v, true })},
	{Key: "lat", ZH: "纬度", EN: "Latitude", Get: none, Set: degrees(90, func(d *rawDivision, v float64) { d.lat, d.hasWGS[1] = v, true })},
}

func degrees(most float64, keep func(*rawDivision, float64)) func(*rawDivision, string) error {
	return func(d *rawDivision, s string) error {
		v, err := table.Degrees(s, most)
		keep(d, v)
		return err
	}
}

// codeDigits is how many digits of a code say something at each level; the rest are zeros.
var codeDigits = map[Level]int{LevelCity: 4, LevelDistrict: 6, LevelStreet: 9, LevelCommunity: 12}

// maxNameRunes is longer than any name in the national list.
const maxNameRunes = 40

// ReadDivisions checks a list: 12-digit codes that fit their level, parents that exist one
// level above and share the front of the code, no code and no name twice under one parent.
// A row under a bad parent is bad too, so that what is returned always hangs together.
// Issues name line and reason: division.code, division.level, division.code_level,
// division.parent_missing, division.parent_level, division.parent_code,
// division.duplicate_code, division.duplicate_name, division.name, division.urban_rural,
// division.half_point, and those of package table.
func ReadDivisions(t table.Table) (List, []table.Issue) {
	lines, issues := divisionColumns.Decode(t)
	byLevel := map[Level][]Division{}
	for _, line := range lines {
		d, err := line.Value.check()
		if err != nil {
			issues = append(issues, table.Of(line.Number, column(err), line.Value.code, err))
			continue
		}
		d.Line = line.Number
		byLevel[d.Level] = append(byLevel[d.Level], d)
	}
	r := reader{byCode: map[string]Division{}, siblings: map[string]int{}, issues: issues}
	for _, level := range []Level{LevelCity, LevelDistrict, LevelStreet, LevelCommunity} {
		for _, d := range byLevel[level] {
			r.hang(d)
		}
	}
	return r.list, r.issues
}

type reader struct {
	list     List
	byCode   map[string]Division
	siblings map[string]int // parent and name → line
	issues   []table.Issue
}

func (r *reader) hang(d Division) {
	if err := r.fits(d); err != nil {
		r.issues = append(r.issues, table.Of(d.Line, column(err), d.Code, err))
		return
	}
	r.byCode[d.Code] = d
	r.siblings[d.Parent+d.Name] = d.Line
	r.list.Divisions = append(r.list.Divisions, d)
}

func (r *reader) fits(d Division) error {
	if other, twice := r.byCode[d.Code]; twice {
		return wrong("code", "division.duplicate_code", "code stands in line "+strconv.Itoa(other.Line)).With("line", strconv.Itoa(other.Line))
	}
	if line, twice := r.siblings[d.Parent+d.Name]; twice {
		return wrong("name", "division.duplicate_name", "name stands under the same parent in line "+strconv.Itoa(line)).With("line", strconv.Itoa(line))
	}
	if d.Level == LevelCity {
		return nil // the province above a city is not part of the tree
	}
	parent, ok := r.byCode[d.Parent]
	switch {
	case !ok:
		return wrong("parent", "division.parent_missing", "parent "+d.Parent+" is not in the list or is itself wrong").With("parent", d.Parent)
	case parent.Level != d.Level-1:
		return wrong("parent", "division.parent_level", "parent is not one level above").With("parent", d.Parent)
	case !strings.HasPrefix(d.Code, d.Parent[:codeDigits[parent.Level]]):
		return wrong("parent", "division.parent_code", "code does not begin like its parent's").With("parent", d.Parent)
	}
	return nil
}

func (d rawDivision) check() (Division, error) {
	out := Division{Code: d.code, Listed: d.name, Parent: d.parent, UrbanRural: d.urban}
	if len(d.code) != 12 || !digits(d.code) {
		return out, wrong("code", "division.code", "a code has 12 digits")
	}
	n, err := strconv.Atoi(d.level)
	if err != nil || codeDigits[Level(n)] == 0 {
		return out, wrong("level", "division.level", "level "+d.level+" is none of 2 to 5").With("level", d.level)
	}
	out.Level = Level(n)
	if len(d.parent) != 12 || !digits(d.parent) {
		return out, wrong("parent", "division.code", "a parent's code has 12 digits")
	}
	if strings.Trim(d.code[codeDigits[out.Level]:], "0") != "" {
		return out, wrong("code", "division.code_level", "the code has more digits than its level")
	}
	if r := []rune(d.name); len(r) > maxNameRunes || strings.ContainsFunc(d.name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return out, wrong("name", "division.name", "the name is too long or holds control characters")
	}
	out.Name = DisplayName(out.Level, d.name)
	return out, d.point(&out)
}

func (d rawDivision) point(out *Division) error {
	if d.hasGCJ[0] != d.hasGCJ[1] || d.hasWGS[0] != d.hasWGS[1] {
		return wrong("lat", "division.half_point", "a coordinate needs both numbers")
	}
	switch {
	case d.hasWGS[0]:
		out.Point = &geo.Point{Lat: d.lat, Lng: d.lng}
	case d.hasGCJ[0]:
		p := geo.FromGCJ02(geo.Point{Lat: d.gcjLat, Lng: d.gcjLng})
		out.Point = &p
	}
	if out.Point != nil {
		out.Point.Lat, out.Point.Lng = round(out.Point.Lat), round(out.Point.Lng)
	}
	return nil
}

// round keeps seven decimals, about a centimetre, so that a list read again gives equal points.
func round(degrees float64) float64 { return math.Round(degrees*1e7) / 1e7 }

// wrong is a fault that also names the column it is about.
func wrong(column, code, message string) *fault.Error {
	return fault.Invalid(code, message).At(column, code, message)
}

func column(err error) string {
	if f, ok := fault.As(err); ok && len(f.Fields) > 0 {
		return f.Fields[0].Path
	}
	return ""
}

func digits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}
