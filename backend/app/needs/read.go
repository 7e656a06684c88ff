package needs

import (
	"context"
	"maps"
	"slices"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/file"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/taxonomy"
)

// Names holds what the ids on a page are called.
type Names struct {
	Places  map[ident.PlaceID][]string // from the city down to the place
	Parties map[ident.PartyID]string
}

// Page is a piece of the public list; Next is where the following piece begins.
type Page struct {
	Lines []need.Line
	Names Names
	Next  *need.Cursor
}

// List shows needs to everybody. Categories in the query stand for their children, too.
func (s *Service) List(ctx context.Context, actor access.Actor, q need.Query) (Page, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Page, error) {
		if err := resolve(ctx, u, &q); err != nil {
			return Page{}, err
		}
		asked := q.Limit
		q.Limit++
		lines, err := u.Needs.List(ctx, q)
		if err != nil {
			return Page{}, err
		}
		page := Page{Lines: lines}
		if len(lines) > asked {
			page.Lines = lines[:asked]
			last := lines[asked-1]
			page.Next = &need.Cursor{At: last.OpenedAt, ID: last.ID, Number: int64(last.Households)}
			if q.Sort == need.SortNear {
				page.Next.Number = last.MetresAway
			}
		}
		page.Names, err = names(ctx, u, page.Lines)
		return page, err
	})
}

// resolve turns a place into its path and categories into all they contain. A query for
// one's own things needs somebody who is signed in.
func resolve(ctx context.Context, u *app.Unit, q *need.Query) error {
	if q.PlaceID != "" {
		p, err := u.Places.Place(ctx, q.PlaceID)
		if err != nil {
			return err
		}
		if p.Level != community.LevelCommunity {
			q.PlaceID, q.PlacePath = "", p.Path
		}
		if p.Level == community.LevelCity && p.ParentID == "" {
			q.PlacePath = ""
		}
	}
	var all []string
	for _, c := range q.Categories {
		inside := taxonomy.Expand(taxonomy.Code(c))
		if len(inside) == 0 {
			return taxonomy.Check(taxonomy.Code(c))
		}
		for _, code := range inside {
			all = append(all, string(code))
		}
	}
	q.Categories = all
	return nil
}

func names(ctx context.Context, u *app.Unit, lines []need.Line) (Names, error) {
	out := Names{Places: map[ident.PlaceID][]string{}, Parties: map[ident.PartyID]string{}}
	for _, l := range lines {
		out.Places[l.PlaceID] = nil
		if _, known := out.Parties[l.PartyID]; !known {
			name, err := partyName(ctx, u, l.PartyID)
			if err != nil {
				return out, err
			}
			out.Parties[l.PartyID] = name
		}
	}
	return out, chains(ctx, u, out.Places)
}

// chains fills in the names of places and of everything above them, in two questions however
// many places there are.
func chains(ctx context.Context, u *app.Unit, of map[ident.PlaceID][]string) error {
	own, err := u.Places.Named(ctx, slices.Collect(maps.Keys(of)))
	if err != nil {
		return err
	}
	above := map[ident.PlaceID]string{}
	for _, p := range own {
		for _, id := range onPath(p) {
			above[id] = ""
		}
	}
	all, err := u.Places.Named(ctx, slices.Collect(maps.Keys(above)))
	if err != nil {
		return err
	}
	for _, p := range all {
		above[p.ID] = p.Name
	}
	for _, p := range own {
		for _, id := range onPath(p) {
			of[p.ID] = append(of[p.ID], above[id])
		}
	}
	return nil
}

// onPath lists a place's ancestors from the city down, and the place itself.
func onPath(p community.Place) []ident.PlaceID {
	var ids []ident.PlaceID
	for _, part := range strings.Split(strings.Trim(p.Path, "/"), "/") {
		ids = append(ids, ident.PlaceID(part))
	}
	return ids
}

// placeNames names a place and everything above it, the city first; nil for no such place.
func placeNames(ctx context.Context, u *app.Unit, id ident.PlaceID) ([]string, error) {
	of := map[ident.PlaceID][]string{id: nil}
	err := chains(ctx, u, of)
	return of[id], err
}

func partyName(ctx context.Context, u *app.Unit, id ident.PartyID) (string, error) {
	if id == "" {
		return "", nil
	}
	p, err := u.People.Party(ctx, id)
	if fault.KindOf(err) == fault.KindNotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return p.Name, nil
}

// Totals counts needs by stage, outcome and category under the same filters as the list.
type Totals struct{ Stages, Outcomes, Categories map[string]int }

// Count counts what a query selects.
func (s *Service) Count(ctx context.Context, actor access.Actor, q need.Query) (Totals, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Totals, error) {
		var t Totals
		if err := resolve(ctx, u, &q); err != nil {
			return t, err
		}
		counts, err := u.Needs.Tally(ctx, q, "stage", "outcome", "category")
		if err != nil {
			return t, err
		}
		return Totals{Stages: counts[0], Outcomes: counts[1], Categories: counts[2]}, nil
	})
}

// maxClusters bounds what a map draws; beyond it circles cover each other.
const maxClusters = 300

// Map groups needs for a zoom level of the web map. Needs of sensitive categories are shown
// at the middle of their community only, and only when there are enough of them.
func (s *Service) Map(ctx context.Context, actor access.Actor, q need.Query, zoom int) ([]need.Cluster, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) ([]need.Cluster, error) {
		if err := resolve(ctx, u, &q); err != nil {
			return nil, err
		}
		var sensitive []string
		for _, c := range taxonomy.All() {
			if c.Sensitive {
				sensitive = append(sensitive, string(c.Code))
			}
		}
		open := q
		open.Without = sensitive
		out, err := u.Needs.Clusters(ctx, open, max(100, int64(360e6)>>(zoom+2)), maxClusters)
		if err != nil {
			return nil, err
		}
		some, err := s.discreet(ctx, u, q, sensitive)
		return append(out, some...), err
	})
}

// discreet counts sensitive needs by community and leaves out small numbers.
func (s *Service) discreet(ctx context.Context, u *app.Unit, q need.Query, sensitive []string) ([]need.Cluster, error) {
	if len(q.Categories) > 0 {
		sensitive = slices.DeleteFunc(sensitive, func(c string) bool { return !slices.Contains(q.Categories, c) })
	}
	if len(sensitive) == 0 {
		return nil, nil
	}
	q.Categories = sensitive
	counts, err := u.Needs.Tally(ctx, q, "place_id")
	if err != nil {
		return nil, err
	}
	least, err := s.rules(u).Int("MAP_MIN_COUNT")
	if err != nil {
		return nil, err
	}
	var out []need.Cluster
	for id, n := range counts[0] {
		if n < least {
			continue
		}
		p, err := u.Places.Place(ctx, ident.PlaceID(id))
		if err != nil {
			return nil, err
		}
		out = append(out, need.Cluster{LatE6: int64(p.Lat * 1e6), LngE6: int64(p.Lng * 1e6), Count: n})
	}
	slices.SortFunc(out, func(a, b need.Cluster) int { return b.Count - a.Count })
	return out, nil
}

// PublicVoice is a voice as everybody reads it: masked words, no author, no home.
type PublicVoice struct {
	Voice  need.Voice
	Photos []file.File
}

// Detail is everything the page of a need shows.
type Detail struct {
	Need    need.Need
	Place   []string // names from the city down
	Body    string   // the accountable body
	Voices  []PublicVoice
	Steps   []need.Step
	Offices map[ident.PartyID]string // names of the offices in the steps
	Agenda  *Agenda                  // while it gathers support
	Into    string                   // code of the need it was merged into
	Merged  []string                 // codes of needs merged into it
	Mine    Standing
	Actions []Action
}

// Detail shows a need by its code or id. Fault record.not_found.
func (s *Service) Detail(ctx context.Context, actor access.Actor, key string) (Detail, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Detail, error) {
		n, err := find(ctx, u, key)
		if err != nil {
			return Detail{}, err
		}
		return s.detail(ctx, u, n)
	})
}

func find(ctx context.Context, u *app.Unit, key string) (*need.Need, error) {
	if strings.HasPrefix(key, needCode+"-") {
		return u.Needs.NeedByCode(ctx, key)
	}
	return u.Needs.Need(ctx, ident.NeedID(key))
}

func (s *Service) detail(ctx context.Context, u *app.Unit, n *need.Need) (Detail, error) {
	d := Detail{Need: *n, Offices: map[ident.PartyID]string{}}
	family, err := u.Needs.Family(ctx, n.ID)
	if err != nil {
		return d, err
	}
	if d.Place, err = placeNames(ctx, u, n.PlaceID); err != nil {
		return d, err
	}
	if d.Body, err = partyName(ctx, u, n.PartyID); err != nil {
		return d, err
	}
	if d.Steps, err = u.Needs.Steps(ctx, []ident.NeedID{n.ID}); err != nil {
		return d, err
	}
	for _, st := range d.Steps {
		if d.Offices[st.PartyID], err = partyName(ctx, u, st.PartyID); err != nil {
			return d, err
		}
	}
	if d.Voices, err = publicVoices(ctx, u, family); err != nil {
		return d, err
	}
	if err := s.relatives(ctx, u, &d, family); err != nil {
		return d, err
	}
	counts, err := u.Needs.Counts(ctx, []ident.NeedID{n.ID})
	if err != nil {
		return d, err
	}
	if d.Mine, err = standing(ctx, u, n.ID, family, counts[n.ID]); err != nil {
		return d, err
	}
	d.Actions, err = s.actions(ctx, u, n, d.Mine.Supported)
	return d, err
}

// relatives names the merged needs and how far the agenda is.
func (s *Service) relatives(ctx context.Context, u *app.Unit, d *Detail, family []ident.NeedID) error {
	if d.Need.MergedInto != "" {
		into, err := u.Needs.Need(ctx, d.Need.MergedInto)
		if err != nil {
			return err
		}
		d.Into = into.Code
	}
	for _, id := range family[1:] {
		child, err := u.Needs.Need(ctx, id)
		if err != nil {
			return err
		}
		d.Merged = append(d.Merged, child.Code)
	}
	if d.Need.Stage != need.StageOpen {
		return nil
	}
	a, err := s.agenda(ctx, u, &d.Need)
	if fault.Is(err, "need.households_unknown") {
		return nil
	}
	d.Agenda = &a
	return err
}

// publicVoices blanks what is not for everybody.
func publicVoices(ctx context.Context, u *app.Unit, family []ident.NeedID) ([]PublicVoice, error) {
	voices, err := u.Needs.VoicesOf(ctx, family)
	if err != nil {
		return nil, err
	}
	var out []PublicVoice
	for _, v := range voices {
		if !v.Seen() {
			continue
		}
		p, err := publicVoice(ctx, u, v)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func publicVoice(ctx context.Context, u *app.Unit, v need.Voice) (PublicVoice, error) {
	p := PublicVoice{Voice: need.Voice{
		ID: v.ID, Code: v.Code, PlaceID: v.PlaceID, Category: v.Category, Public: v.Public, Private: v.Private, Affected: v.Affected,
		Urgency: v.Urgency, Channel: v.Channel, Status: v.Status, NeedID: v.NeedID, Reason: v.Reason, PostedAt: v.PostedAt, StatusAt: v.StatusAt, Version: v.Version,
	}}
	if v.Private {
		p.Voice.Public = ""
		return p, nil
	}
	for _, id := range v.Photos {
		f, err := u.Files.File(ctx, id)
		if err != nil {
			return p, err
		}
		if f.Visibility == file.Public {
			p.Photos = append(p.Photos, *f)
		}
	}
	return p, nil
}
