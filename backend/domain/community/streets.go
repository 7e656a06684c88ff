package community

import (
	"slices"
	"strings"

	"linli/backend/domain/geo"
	"linli/backend/domain/ident"
)

// vote lets the communities say where their street went: one vote for each name that stands
// once in the old and once in the new district.
func (m *matcher) vote(olds []*Place, news []*Division) {
	left, right := map[string][]*Place{}, map[string][]*Division{}
	for _, street := range olds {
		for _, c := range m.children[street.ID] {
			left[base(c)] = append(left[base(c)], c)
		}
	}
	for _, street := range news {
		for _, d := range m.under[street.Code] {
			right[d.base()] = append(right[d.base()], d)
		}
	}
	for name, ps := range left {
		if ds := right[name]; len(ps) == 1 && len(ds) == 1 {
			street := ps[0].ParentID
			if m.votes[street] == nil {
				m.votes[street] = map[string]int{}
			}
			m.votes[street][ds[0].Parent]++
		}
	}
}

// byVotes pairs a street with the new one that most of its communities went to, when most of
// that one's communities came from it: 锦官驿街道 is mostly 水井坊街道, but only if it is so.
func (m *matcher) byVotes(olds []*Place) {
	came := map[string]int{}
	for _, p := range olds {
		for code, n := range m.votes[p.ID] {
			came[code] += n
		}
	}
	for _, p := range olds {
		code, n, all := m.majority(p.ID)
		if d := m.divisions[code]; d != nil && m.free(p) && m.open(d) && n >= 2 && 2*n > all && 2*n > came[code] {
			m.pair(p, code, "children_followed")
		}
	}
}

// majority is the new street with most votes, how many, and how many voted.
func (m *matcher) majority(street ident.PlaceID) (code string, most, all int) {
	for c, n := range m.votes[street] {
		all += n
		if n > most || (n == most && c < code) {
			code, most = c, n
		}
	}
	return code, most, all
}

// successors lists the new streets that a street's communities went to, itself first.
func (m *matcher) successors(street ident.PlaceID) []string {
	var out []string
	if code, on := m.to[street]; on {
		out = append(out, code)
	}
	if code, gone := m.merged[street]; gone {
		out = append(out, code)
	}
	others := []string{}
	for code := range m.votes[street] {
		if !slices.Contains(out, code) {
			others = append(others, code)
		}
	}
	slices.SortFunc(others, func(a, b string) int {
		if d := m.votes[street][b] - m.votes[street][a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return append(out, others...)
}

func (m *matcher) matchCommunities() {
	for _, street := range m.streets() {
		if code, on := m.to[street.ID]; on {
			m.byCodeAndName(m.children[street.ID], m.under[code])
			m.byName(m.children[street.ID], m.under[code])
		}
	}
	for _, district := range m.level(LevelDistrict) {
		m.acrossStreets(district)
	}
	for _, street := range m.streets() {
		m.bySimilarName(street)
	}
}

func (m *matcher) streets() []*Place {
	var out []*Place
	for _, p := range m.olds {
		if p.Level == LevelStreet {
			out = append(out, p)
		}
	}
	return out
}

// acrossStreets follows a name that left its street: only when the name stands once in the
// whole city on both lists, or another community of its street went to the same new one.
func (m *matcher) acrossStreets(district *Place) {
	left, right := map[string][]*Place{}, map[string][]*Division{}
	for _, street := range m.children[district.ID] {
		for _, c := range m.children[street.ID] {
			if m.free(c) {
				left[base(c)] = append(left[base(c)], c)
			}
		}
	}
	for _, street := range m.under[m.to[district.ID]] {
		for _, d := range m.under[street.Code] {
			if m.open(d) {
				right[d.base()] = append(right[d.base()], d)
			}
		}
	}
	for name, ps := range left {
		if ds := right[name]; len(ps) == 1 && len(ds) == 1 {
			m.follow(ps[0], ds[0], name)
		}
	}
}

func (m *matcher) follow(p *Place, d *Division, name string) {
	switch {
	case m.cityOld[name] == 1 && m.cityNew[name] == 1:
		m.pair(p, d.Code, "name_once_in_city")
	case m.votes[p.ParentID][d.Parent] >= 2 || m.to[p.ParentID] == d.Parent:
		m.pair(p, d.Code, "neighbours_moved_too")
	default:
		m.elsewhere[p.ID] = d.Code
	}
}

// bySimilarName pairs 花照社区 with 花照壁社区: alike, in a street that took over theirs, and
// neither is alike to anybody else that is still free.
func (m *matcher) bySimilarName(street *Place) {
	var news []*Division
	for _, code := range m.successors(street.ID) {
		for _, d := range m.under[code] {
			if m.open(d) {
				news = append(news, d)
			}
		}
	}
	likes := map[*Place][]*Division{}
	liked := map[string]int{}
	for _, p := range m.children[street.ID] {
		for _, d := range news {
			if m.free(p) && m.elsewhere[p.ID] == "" && alike(base(p), d.base()) {
				likes[p] = append(likes[p], d)
				liked[d.Code]++
			}
		}
	}
	for p, ds := range likes {
		if len(ds) == 1 && liked[ds[0].Code] == 1 {
			m.pair(p, ds[0].Code, "similar_name")
		}
	}
}

// maxCandidates keeps a choice on one screen; any other place can be searched for.
const maxCandidates = 8

// childrenShare of the voting communities must have gone one way before what stands at an
// abolished street follows them unasked.
const childrenShareNumerator, childrenShareDenominator = 2, 3

func (m *matcher) end(p *Place) Ended {
	if code, ok := m.merged[p.ID]; ok {
		return Ended{*p, []Candidate{{Code: code, Points: 100, Why: []string{"crosswalk"}}}, true, "crosswalk"}
	}
	if p.Level == LevelStreet {
		return m.endStreet(p)
	}
	var all []Candidate
	streets := m.successors(p.ParentID)
	for _, street := range streets {
		for _, d := range m.under[street] {
			all = append(all, m.candidate(p, d))
		}
	}
	if code := m.elsewhere[p.ID]; code != "" && !slices.ContainsFunc(all, func(c Candidate) bool { return c.Code == code }) {
		all = append(all, m.candidate(p, m.divisions[code]))
	}
	switch {
	case len(all) == 0:
		return Ended{Place: *p, Reason: "no_successor"}
	case len(all) == 1 && len(streets) == 1:
		return Ended{*p, all, true, "only_successor"}
	}
	return Ended{*p, best(all), false, "several_candidates"}
}

func (m *matcher) endStreet(p *Place) Ended {
	code, n, all := m.majority(p.ID)
	if code == "" {
		return Ended{Place: *p, Reason: "no_successor"}
	}
	into := make([]Candidate, 0, len(m.votes[p.ID]))
	for c, v := range m.votes[p.ID] {
		into = append(into, Candidate{Code: c, Points: 100 * v / all, Why: []string{"children_followed"}})
	}
	if n >= 2 && childrenShareDenominator*n >= childrenShareNumerator*all {
		return Ended{*p, best(into)[:1], true, "children_followed"}
	}
	return Ended{*p, best(into), false, "several_candidates"}
}

// Points that order candidates. They decide nothing: a person does.
const (
	pointsCode      = 60
	pointsElsewhere = 50
	pointsSimilar   = 40
	pointsNear      = 30
	pointsCommon    = 5
	nearM           = 1500
)

func (m *matcher) candidate(p *Place, d *Division) Candidate {
	c := Candidate{Code: d.Code}
	add := func(points int, why string) {
		c.Points += points
		c.Why = append(c.Why, why)
	}
	if p.Code == d.Code {
		add(pointsCode, "code_taken_over")
	}
	if m.elsewhere[p.ID] == d.Code {
		add(pointsElsewhere, "same_name_elsewhere")
	}
	if alike(base(p), d.base()) {
		add(pointsSimilar, "similar_name")
	}
	if m.near(p, d) {
		add(pointsNear, "near")
	}
	c.Points += pointsCommon * common(base(p), d.base())
	if len(c.Why) == 0 {
		c.Why = []string{"same_street"}
	}
	return c
}

// near compares surveyed points only: imputed ones say where the street is.
func (m *matcher) near(p *Place, d *Division) bool {
	q := m.places[m.from[d.Code]]
	if q == nil || !p.Located() || !q.Located() || p.UncertaintyM > 0 || q.UncertaintyM > 0 {
		return false
	}
	return geo.DistanceM(p.Point(), q.Point()) <= nearM
}

func best(all []Candidate) []Candidate {
	slices.SortFunc(all, func(a, b Candidate) int {
		if a.Points != b.Points {
			return b.Points - a.Points
		}
		return strings.Compare(a.Code, b.Code)
	})
	return all[:min(len(all), maxCandidates)]
}

// splitMarks are what a part of a split community adds to the name of the whole.
const splitMarks = "一二三四五六七八九十东南西北中上下新"

// splits finds new communities named after one that goes on beside them.
func (m *matcher) splits() []Split {
	var out []Split
	for _, p := range m.olds {
		code, on := m.to[p.ID]
		if !on || p.Level != LevelCommunity {
			continue
		}
		into := slices.Clone(m.splitByFile[p.ID])
		for _, d := range m.under[m.divisions[code].Parent] {
			if m.open(d) && partOf(d.base(), base(p)) && !slices.Contains(into, d.Code) {
				into = append(into, d.Code)
			}
		}
		if len(into) > 0 {
			out = append(out, Split{*p, into})
		}
	}
	return out
}

func partOf(part, whole string) bool {
	rest, cut := strings.CutPrefix(part, whole)
	return cut && len([]rune(whole)) >= 2 && len([]rune(rest)) == 1 && strings.Contains(splitMarks, rest)
}
