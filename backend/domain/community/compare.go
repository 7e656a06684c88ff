package community

import (
	"slices"
	"strings"

	"linli/backend/domain/ident"
)

// ChangeKind says what a new list does to a place that goes on.
type ChangeKind string

// The kinds. A place may be renamed, recoded and moved at once.
const (
	Renamed   ChangeKind = "renamed"
	Recoded   ChangeKind = "recoded"
	Moved     ChangeKind = "moved"     // under another parent
	Corrected ChangeKind = "corrected" // point or urban-rural class
)

// Continued is a place that the new list names, perhaps differently. Reason says how it was
// recognised: "same_code", "same_name", "name_once_in_city", "neighbours_moved_too",
// "similar_name", "crosswalk", "children_followed".
type Continued struct {
	Place    Place
	Division Division
	Kinds    []ChangeKind // empty: unchanged
	Reason   string
}

// Ended is a place that the new list does not name. Certain with one successor means that
// what stands there may move without asking; otherwise a person chooses.
type Ended struct {
	Place   Place
	Into    []Candidate
	Certain bool
	Reason  string // "crosswalk", "only_successor", "children_followed", "no_successor", "several_candidates"
}

// Candidate is a place of the new list that may have taken over, with the reasons why, most
// telling first: "code_taken_over", "same_name_elsewhere", "similar_name", "near",
// "same_street".
type Candidate struct {
	Code   string
	Points int
	Why    []string
}

// Split is a place that goes on while new ones were cut from it.
type Split struct {
	Place Place
	Into  []string // codes of the new ones
}

// ChangeSet is what a list means for the places that are. Applying it twice changes nothing
// the second time.
type ChangeSet struct {
	Continued []Continued
	Added     []Division
	Ended     []Ended
	Splits    []Split
	Ignored   []Relation // crosswalk lines that name no place or division
}

// Changes counts what the set does; zero means that the list is already applied.
func (c ChangeSet) Changes() int {
	n := len(c.Added) + len(c.Ended) + len(c.Splits)
	for _, x := range c.Continued {
		if len(x.Kinds) > 0 {
			n++
		}
	}
	return n
}

// Compare reads a list against the places in force, from the city down. What a crosswalk
// says comes first; then code and name together, then names in the same parent, then names
// that cannot mean another place. Nothing is guessed: what stays unclear is Ended with
// candidates and waits for a person.
func Compare(current []Place, list List, crosswalk []Relation) ChangeSet {
	m := newMatcher(current, list)
	ignored := m.useCrosswalk(crosswalk)
	m.matchCities()
	m.matchDistricts()
	m.matchStreets()
	m.matchCommunities()
	set := ChangeSet{Ignored: ignored, Splits: m.splits()}
	for _, p := range m.olds {
		if code, on := m.to[p.ID]; on {
			d := *m.divisions[code]
			set.Continued = append(set.Continued, Continued{*p, d, m.kinds(*p, d), m.why[p.ID]})
		} else {
			set.Ended = append(set.Ended, m.end(p))
		}
	}
	for i := range list.Divisions {
		if _, taken := m.from[list.Divisions[i].Code]; !taken {
			set.Added = append(set.Added, list.Divisions[i])
		}
	}
	return set
}

type matcher struct {
	olds        []*Place
	places      map[ident.PlaceID]*Place
	children    map[ident.PlaceID][]*Place
	divisions   map[string]*Division
	under       map[string][]*Division
	to          map[ident.PlaceID]string
	from        map[string]ident.PlaceID
	why         map[ident.PlaceID]string
	merged      map[ident.PlaceID]string         // by crosswalk
	votes       map[ident.PlaceID]map[string]int // street → new street, by its communities
	cityOld     map[string]int                   // community base name → how many in the city
	cityNew     map[string]int
	elsewhere   map[ident.PlaceID]string // same name in the district, too weak to follow
	splitByFile map[ident.PlaceID][]string
}

func newMatcher(current []Place, list List) *matcher {
	m := &matcher{
		places: map[ident.PlaceID]*Place{}, children: map[ident.PlaceID][]*Place{}, divisions: map[string]*Division{},
		under: map[string][]*Division{}, to: map[ident.PlaceID]string{}, from: map[string]ident.PlaceID{},
		why: map[ident.PlaceID]string{}, merged: map[ident.PlaceID]string{}, votes: map[ident.PlaceID]map[string]int{},
		cityOld: map[string]int{}, cityNew: map[string]int{}, elsewhere: map[ident.PlaceID]string{}, splitByFile: map[ident.PlaceID][]string{},
	}
	for i := range current {
		if p := &current[i]; p.Active {
			m.olds = append(m.olds, p)
			m.places[p.ID] = p
			m.children[p.ParentID] = append(m.children[p.ParentID], p)
			if p.Level == LevelCommunity {
				m.cityOld[base(p)]++
			}
		}
	}
	slices.SortFunc(m.olds, func(a, b *Place) int { return strings.Compare(a.Code, b.Code) })
	for i := range list.Divisions {
		d := &list.Divisions[i]
		m.divisions[d.Code] = d
		m.under[d.Parent] = append(m.under[d.Parent], d)
		if d.Level == LevelCommunity {
			m.cityNew[d.base()]++
		}
	}
	return m
}

func base(p *Place) string       { return BaseName(p.Level, p.Name) }
func (d *Division) base() string { return BaseName(d.Level, d.Name) }

func (m *matcher) pair(p *Place, code, why string) {
	m.to[p.ID], m.from[code], m.why[p.ID] = code, p.ID, why
}

func (m *matcher) free(p *Place) bool {
	_, on := m.to[p.ID]
	_, gone := m.merged[p.ID]
	return !on && !gone
}

func (m *matcher) open(d *Division) bool {
	_, taken := m.from[d.Code]
	return !taken
}

func (m *matcher) matchCities() {
	for _, p := range m.olds {
		if d := m.divisions[p.Code]; p.Level == LevelCity && d != nil && d.Level == LevelCity && m.free(p) {
			m.pair(p, d.Code, "same_code")
		}
	}
}

// matchDistricts and matchStreets go parent by parent: names repeat across a province, not
// under one parent.
func (m *matcher) matchDistricts() {
	for _, city := range m.level(LevelCity) {
		olds, news := m.children[city.ID], m.under[m.to[city.ID]]
		m.byCodeAndName(olds, news)
		m.byName(olds, news)
		m.byChildren(olds, news)
	}
}

func (m *matcher) matchStreets() {
	for _, district := range m.level(LevelDistrict) {
		olds, news := m.children[district.ID], m.under[m.to[district.ID]]
		m.byCodeAndName(olds, news)
		m.byName(olds, news)
		m.vote(olds, news)
		m.byVotes(olds)
	}
}

// level lists the places of a level that go on.
func (m *matcher) level(l Level) []*Place {
	var out []*Place
	for _, p := range m.olds {
		if _, on := m.to[p.ID]; on && p.Level == l {
			out = append(out, p)
		}
	}
	return out
}

func (m *matcher) byCodeAndName(olds []*Place, news []*Division) {
	inside := map[string]bool{}
	for _, d := range news {
		inside[d.Code] = true
	}
	for _, p := range olds {
		if d := m.divisions[p.Code]; d != nil && inside[d.Code] && m.free(p) && m.open(d) && base(p) == d.base() {
			m.pair(p, d.Code, "same_code")
		}
	}
}

// byName pairs names that stand once on both sides: first as they are, so that 龙王村 does not
// become 龙王社区 where both exist, then by base.
func (m *matcher) byName(olds []*Place, news []*Division) {
	m.byKey(olds, news, func(p *Place) string { return p.Name }, func(d *Division) string { return d.Name })
	m.byKey(olds, news, base, (*Division).base)
}

func (m *matcher) byKey(olds []*Place, news []*Division, ofOld func(*Place) string, ofNew func(*Division) string) {
	left, right := map[string][]*Place{}, map[string][]*Division{}
	for _, p := range olds {
		if m.free(p) {
			left[ofOld(p)] = append(left[ofOld(p)], p)
		}
	}
	for _, d := range news {
		if m.open(d) {
			right[ofNew(d)] = append(right[ofNew(d)], d)
		}
	}
	for name, ps := range left {
		if ds := right[name]; len(ps) == 1 && len(ds) == 1 {
			m.pair(ps[0], ds[0].Code, "same_name")
		}
	}
}

// byChildren recognises a district by its streets: 郫县 became 郫都区 under another code, with
// the towns it had.
func (m *matcher) byChildren(olds []*Place, news []*Division) {
	for _, p := range olds {
		if !m.free(p) {
			continue
		}
		best, most := "", 0
		for _, d := range news {
			if n := shared(m.children[p.ID], m.under[d.Code]); m.open(d) && n > most {
				best, most = d.Code, n
			}
		}
		if best != "" && 2*most >= len(m.under[best]) {
			m.pair(p, best, "children_followed")
		}
	}
}

func shared(olds []*Place, news []*Division) int {
	names := map[string]bool{}
	for _, p := range olds {
		names[base(p)] = true
	}
	n := 0
	for _, d := range news {
		if names[d.base()] {
			n++
		}
	}
	return n
}

// kinds tells what differs between a place and the division it goes on as.
func (m *matcher) kinds(p Place, d Division) []ChangeKind {
	var out []ChangeKind
	if p.Name != d.Name {
		out = append(out, Renamed)
	}
	if p.Code != d.Code {
		out = append(out, Recoded)
	}
	if parent := m.places[p.ParentID]; d.Level > LevelCity && (parent == nil || m.to[parent.ID] != d.Parent) {
		out = append(out, Moved)
	}
	pointChanged := d.Point != nil && (p.UncertaintyM != 0 || p.Lat != d.Point.Lat || p.Lng != d.Point.Lng)
	if pointChanged || (d.UrbanRural != "" && d.UrbanRural != p.UrbanRural) {
		out = append(out, Corrected)
	}
	return out
}
