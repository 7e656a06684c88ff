package community

import (
	"math"
	"slices"
	"strings"
	"time"

	"linli/backend/domain/geo"
	"linli/backend/domain/ident"
)

// Link is one edge of the crosswalk kept for good: what stood at From continues at To.
type Link struct {
	FromID, ToID ident.PlaceID
	Kind         string // "merged", "split"
	Reason       string
	From         time.Time // since when
}

// Changed is a place before and after.
type Changed struct{ Before, After Place }

// Plan is what applying a list writes. Everything stands in an order in which parents come
// before children.
type Plan struct {
	Insert  []Place
	Save    []Changed
	Open    []Period                    // new periods
	Close   map[ident.PlaceID]time.Time // running periods that end
	Links   []Link
	Rehome  []Rehoming
	Merged  []Link // certain successors: what stands at From moves to To now
	Changes ChangeSet
}

// Empty tells whether there is nothing to write.
func (p Plan) Empty() bool { return len(p.Insert) == 0 && len(p.Save) == 0 }

// Draw turns a change set into a plan. The places come in the order of Repository.All; ids
// come from the caller; from is the day since when the list holds.
func Draw(current []Place, set ChangeSet, from time.Time, newID func() string) Plan {
	d := &drawing{from: from, newID: newID, byCode: map[string]ident.PlaceID{}, now: map[ident.PlaceID]*Place{},
		listed: map[ident.PlaceID]string{}, children: map[ident.PlaceID][]ident.PlaceID{}}
	d.plan.Changes = set
	d.plan.Close = map[ident.PlaceID]time.Time{}
	for _, p := range current {
		c := p
		d.now[p.ID] = &c
	}
	d.identities(set)
	d.hang(set)
	d.locate()
	d.retire(set)
	d.rehangEnded(current)
	d.write(current)
	return d.plan
}

type drawing struct {
	plan     Plan
	from     time.Time
	newID    func() string
	byCode   map[string]ident.PlaceID // codes of the new list
	now      map[ident.PlaceID]*Place // the tree as it will be
	listed   map[ident.PlaceID]string
	order    []ident.PlaceID // of the new tree, parents first
	children map[ident.PlaceID][]ident.PlaceID
}

// identities gives every division its place: the one that goes on, or a new one.
func (d *drawing) identities(set ChangeSet) {
	for _, c := range set.Continued {
		d.byCode[c.Division.Code] = c.Place.ID
		d.listed[c.Place.ID] = c.Division.Listed
	}
	for _, a := range set.Added {
		id := ident.PlaceID(d.newID())
		d.byCode[a.Code] = id
		d.listed[id] = a.Listed
		d.now[id] = &Place{ID: id, Active: true, EffectiveFrom: d.from}
	}
}

// hang writes codes, names, parents and paths, level by level so that the parent's path is
// known.
func (d *drawing) hang(set ChangeSet) {
	all := slices.Clone(set.Added)
	for _, c := range set.Continued {
		all = append(all, c.Division)
	}
	slices.SortFunc(all, func(a, b Division) int {
		if a.Level != b.Level {
			return int(a.Level - b.Level)
		}
		return strings.Compare(a.Code, b.Code)
	})
	for _, x := range all {
		p := d.now[d.byCode[x.Code]]
		p.Level, p.Code, p.Name = x.Level, x.Code, x.Name
		p.ParentID, p.Path = "", "/"+string(p.ID)+"/"
		if parent := d.now[d.byCode[x.Parent]]; parent != nil && x.Level > LevelCity {
			p.ParentID, p.Path = parent.ID, parent.Path+string(p.ID)+"/"
			d.children[parent.ID] = append(d.children[parent.ID], p.ID)
		}
		if x.UrbanRural != "" {
			p.UrbanRural = x.UrbanRural
		}
		if x.Point != nil {
			p.Lat, p.Lng, p.UncertaintyM = x.Point.Lat, x.Point.Lng, 0
		}
		d.order = append(d.order, p.ID)
	}
}

// How far a place without a point of its own may be from where it is drawn, when nothing
// better is known: the reach of a typical street or town, district, city (metres).
var reachM = map[Level]int{LevelCommunity: 1_500, LevelStreet: 3_000, LevelDistrict: 20_000, LevelCity: 80_000}

// locate imputes missing points: a street from its own communities, anything else from its
// parent, marked with how far off it may be.
func (d *drawing) locate() {
	for _, id := range slices.Backward(d.order) {
		if p := d.now[id]; !p.Located() && p.Level < LevelCommunity {
			d.fromChildren(p)
		}
	}
	for _, id := range d.order {
		p := d.now[id]
		parent := d.now[p.ParentID]
		if p.Located() || parent == nil || !parent.Located() {
			continue
		}
		p.Lat, p.Lng = parent.Lat, parent.Lng
		p.UncertaintyM = parent.UncertaintyM + d.reach(parent)
	}
}

func (d *drawing) fromChildren(p *Place) {
	var lat, lng float64
	n := 0.0
	for _, id := range d.children[p.ID] {
		if c := d.now[id]; c.Located() {
			lat, lng, n = lat+c.Lat, lng+c.Lng, n+1
		}
	}
	if n > 0 {
		p.Lat, p.Lng = round(lat/n), round(lng/n)
		p.UncertaintyM = d.reach(p)
	}
}

// reach is the distance from a place's point to its farthest child with a point of the list,
// at least a third of what is typical for the level.
func (d *drawing) reach(p *Place) int {
	far, known := 0.0, 0
	for _, id := range d.children[p.ID] {
		if c := d.now[id]; c.Located() && c.UncertaintyM == 0 {
			far = math.Max(far, geo.DistanceM(p.Point(), c.Point()))
			known++
		}
	}
	if known < 2 {
		return reachM[p.Level]
	}
	return max(int(math.Ceil(far)), reachM[p.Level]/3)
}

// retire ends places and says where their belongings go, or asks.
func (d *drawing) retire(set ChangeSet) {
	for _, e := range set.Ended {
		p := d.now[e.Place.ID]
		p.Active, p.EffectiveFrom = false, d.from
		if e.Certain && len(e.Into) == 1 {
			link := Link{p.ID, d.byCode[e.Into[0].Code], "merged", e.Reason, d.from}
			d.plan.Links = append(d.plan.Links, link)
			d.plan.Merged = append(d.plan.Merged, link)
			continue
		}
		d.plan.Rehome = append(d.plan.Rehome, d.ask(p.ID, "ended", e.Reason, e.Into))
	}
	for _, s := range set.Splits {
		candidates := []Candidate{}
		for _, code := range s.Into {
			d.plan.Links = append(d.plan.Links, Link{s.Place.ID, d.byCode[code], "split", "named_after", d.from})
			candidates = append(candidates, Candidate{code, 0, []string{"split_off"}})
		}
		d.plan.Rehome = append(d.plan.Rehome, d.ask(s.Place.ID, "split", "split_off", candidates))
	}
}

func (d *drawing) ask(id ident.PlaceID, kind, reason string, into []Candidate) Rehoming {
	r := Rehoming{ID: d.newID(), PlaceID: id, Kind: kind, Reason: reason, State: RehomingOpen, Since: d.from}
	for _, c := range into {
		r.Candidates = append(r.Candidates, Suggestion{PlaceID: d.byCode[c.Code], Points: c.Points, Why: c.Why})
	}
	return r
}

// rehangEnded keeps the paths of ended places under parents that moved, so that whoever
// answers for the parent still finds them.
func (d *drawing) rehangEnded(current []Place) {
	for _, c := range current { // parents come first: All orders by level
		p := d.now[c.ID]
		if parent := d.now[p.ParentID]; !p.Active && parent != nil {
			p.Path = parent.Path + string(p.ID) + "/"
		}
	}
}

// write compares the tree as it was with the tree as it will be.
func (d *drawing) write(current []Place) {
	for _, a := range d.order {
		if p := d.now[a]; p.Version == 0 {
			d.plan.Insert = append(d.plan.Insert, *p)
			d.open(p)
		}
	}
	for _, before := range current {
		after := d.now[before.ID]
		if *after == before {
			continue
		}
		if after.Code != before.Code || after.Name != before.Name || after.ParentID != before.ParentID || !after.Active {
			after.EffectiveFrom = d.from
			d.plan.Close[before.ID] = d.from
			if after.Active {
				d.open(after)
			}
		}
		d.plan.Save = append(d.plan.Save, Changed{before, *after})
	}
}

func (d *drawing) open(p *Place) {
	d.plan.Open = append(d.plan.Open, Period{ID: d.newID(), PlaceID: p.ID, Code: p.Code, Name: p.Name,
		Listed: d.listed[p.ID], ParentID: p.ParentID, From: d.from})
}
