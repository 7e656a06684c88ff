package httpapi

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"

	"linli/backend/app/needs"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
)

const needTag = "needs"

// NeedFilter selects needs; list, map and counts share it.
type NeedFilter struct {
	PlaceID    string   `query:"placeId" maxLength:"36" doc:"A community, or any place it lies in."`
	Categories []string `query:"category" maxItems:"20" doc:"Taxonomy codes; a root stands for its children."`
	Stages     []string `query:"stage" maxItems:"13"`
	Outcomes   []string `query:"outcome" maxItems:"9"`
	Active     bool     `query:"active" doc:"Only what is neither closed nor merged."`
	Words      string   `query:"q" maxLength:"100" doc:"Words of the title, the summary or the code; all must occur."`
}

func (f NeedFilter) query() (need.Query, error) {
	q := need.Query{
		PlaceID: ident.PlaceID(f.PlaceID), Categories: f.Categories, Stages: f.Stages, Outcomes: f.Outcomes, Active: f.Active, Words: f.Words,
	}
	for _, s := range f.Stages {
		if !need.Machine.Has(s) {
			return q, fault.Invalid("need.query_invalid", "unknown stage").At("stage", "unknown", "a stage of the lifecycle")
		}
	}
	for _, o := range f.Outcomes {
		if !need.OutcomeMachine.Has(o) {
			return q, fault.Invalid("need.query_invalid", "unknown outcome").At("outcome", "unknown", "an outcome of the lifecycle")
		}
	}
	return q, clean(f.Words)
}

type needListIn struct {
	PageQuery
	NeedFilter
	Sort string  `query:"sort" enum:"newest,supported,waiting,near" default:"newest"`
	Lat  float64 `query:"lat" minimum:"-90" maximum:"90" doc:"WGS-84; with sort=near."`
	Lng  float64 `query:"lng" minimum:"-180" maximum:"180"`
	Mine string  `query:"mine" enum:"asked,followed" doc:"What I raised or supported, or what I follow; needs a sign-in."`
}

func (in *needListIn) query(a access.Actor) (need.Query, error) {
	q, err := in.NeedFilter.query()
	if err != nil {
		return q, err
	}
	q.Sort, q.Limit = need.Sort(in.Sort), in.Limit
	if q.Sort == need.SortNear {
		q.NearE6 = &[2]int64{e6(in.Lat), e6(in.Lng)}
		box := nearBox(q.NearE6)
		q.Box = &box
	}
	if in.Mine != "" && a.Anonymous() {
		return q, fault.Unauthenticated("access.sign_in_required", "sign in for your own needs")
	}
	switch in.Mine {
	case "asked":
		q.Asker = a.PersonID
	case "followed":
		q.Follower = a.PersonID
	}
	q.After, err = readNeedCursor(in.Cursor)
	return q, err
}

// nearE6 is how far "near me" looks: about ten kilometres.
const nearE6 = 100_000

func nearBox(p *[2]int64) need.Box {
	return need.Box{SouthE6: p[0] - nearE6, NorthE6: p[0] + nearE6, WestE6: p[1] - nearE6, EastE6: p[1] + nearE6}
}

func e6(degrees float64) int64 { return int64(degrees * 1e6) }

// writeNeedCursor hides where the next page begins from callers, who should not build it.
func writeNeedCursor(c *need.Cursor) string {
	if c == nil {
		return ""
	}
	text, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// readNeedCursor faults need.cursor_invalid.
func readNeedCursor(text string) (*need.Cursor, error) {
	if text == "" {
		return nil, nil
	}
	var c need.Cursor
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil || clean(string(c.ID)) != nil {
		return nil, fault.Malformed("need.cursor_invalid", "cursor does not read")
	}
	c.At = c.At.UTC()
	return &c, nil
}

type needListOut struct {
	Body struct {
		Items      []needLineView `json:"items"`
		NextCursor string         `json:"nextCursor,omitempty"`
	}
}

type needCountsOut struct {
	Body struct {
		Stages     map[string]int `json:"stages"`
		Outcomes   map[string]int `json:"outcomes"`
		Categories map[string]int `json:"categories"`
	}
}

type needCountsIn struct{ NeedFilter }

type needMapIn struct {
	NeedFilter
	South float64 `query:"south" required:"true" minimum:"-90" maximum:"90"`
	West  float64 `query:"west" required:"true" minimum:"-180" maximum:"180"`
	North float64 `query:"north" required:"true" minimum:"-90" maximum:"90"`
	East  float64 `query:"east" required:"true" minimum:"-180" maximum:"180"`
	Zoom  int     `query:"zoom" required:"true" minimum:"3" maximum:"19" doc:"Zoom level of the web map; sets the size of the clusters."`
}

type needMapOut struct {
	Body struct {
		Items []needClusterView `json:"items"`
	}
}

type needIn struct {
	ID string `path:"id" maxLength:"36" doc:"Identity or code, such as XQ-2026-000123."`
}

type needOut struct {
	ETag string `header:"ETag"`
	Body needDetailView
}

type similarIn struct {
	Body struct {
		PlaceID  string     `json:"placeId" maxLength:"36"`
		Category string     `json:"category" maxLength:"60"`
		Words    string     `json:"words" minLength:"2" maxLength:"2000"`
		Point    *pointView `json:"point,omitempty"`
	}
}

type similarOut struct {
	Body struct {
		Items []needAlikeView `json:"items"`
	}
}

type exclusionsIn struct {
	Route string `query:"route" required:"true" enum:"gov,market,self"`
}

type exclusionsOut struct {
	Body struct {
		Items []exclusionView `json:"items"`
	}
}

type needOpenIn struct {
	WriteHeader
	Body struct {
		Voices []struct {
			ID      string `json:"id" maxLength:"36"`
			Version int64  `json:"version" minimum:"1"`
		} `json:"voices" minItems:"1" maxItems:"200"`
		Category      string     `json:"category" maxLength:"60"`
		Title         string     `json:"title" minLength:"1" maxLength:"60"`
		Summary       string     `json:"summary" minLength:"1" maxLength:"1000"`
		Beneficiaries int        `json:"beneficiaries,omitempty" minimum:"0" maximum:"30000000"`
		EstimateFen   int64      `json:"estimateFen,omitempty" minimum:"0" maximum:"9007199254740991"`
		Urgency       string     `json:"urgency,omitempty" enum:"normal,soon,urgent" default:"normal"`
		Point         *pointView `json:"point,omitempty"`
		PartyID       string     `json:"partyId,omitempty" maxLength:"36" doc:"The accountable body; empty for the worker's own."`
	}
}

type needCreatedOut struct {
	ETag string `header:"ETag"`
	Body NeedView
}

// needsAPI holds what the operations on needs and voices share.
type needsAPI struct{ svc *needs.Service }

func registerNeeds(s *Server, svc *needs.Service) {
	a := needsAPI{svc}
	read := func(path, id, summary string, faults ...string) Op {
		return Op{Method: http.MethodGet, Path: path, ID: id, Permission: access.Public, Tag: needTag, Summary: summary, Faults: faults}
	}
	register(s, read("/needs", "listNeeds", "The public list of needs", "need.query_invalid", "need.cursor_invalid", "taxonomy.unknown", "record.not_found"), a.list)
	register(s, read("/needs/counts", "countNeeds", "How many needs a filter selects, by stage, outcome and category", "need.query_invalid"), a.counts)
	register(s, read("/needs/map", "mapNeeds", "Needs grouped for a map; sensitive ones at community level only", "need.query_invalid"), a.clusters)
	register(s, read("/needs/exclusions", "listExclusions", "The negative list that a route is checked against"), a.exclusions)
	register(s, read("/needs/{id}", "getNeed", "One need with its voices, its history and what may be done now", "record.not_found"), a.get)
	similar := read("/needs/similar", "findSimilarNeeds", "Needs that likely tell of the same matter", "taxonomy.unknown")
	similar.Method, similar.Status = http.MethodPost, http.StatusOK
	register(s, similar, a.similar)
	register(s, Op{
		Method: http.MethodPost, Path: "/needs", ID: "openNeed", Permission: access.NeedGather, Tag: needTag, Status: http.StatusCreated,
		Summary: "Gather waiting voices into a new need",
		Faults:  []string{"need.voices_missing", "need.invalid", "need.gather_elsewhere", "need.party_not_public", "taxonomy.unknown", "voice.transition_refused", "record.stale", "record.not_found"},
	}, a.open)
	registerNeedActs(s, a)
	registerVoices(s, a)
	registerAssists(s, a)
}

func (a needsAPI) list(ctx context.Context, in *needListIn) (*needListOut, error) {
	q, err := in.query(actorOf(ctx))
	if err != nil {
		return nil, err
	}
	page, err := a.svc.List(ctx, actorOf(ctx), q)
	if err != nil {
		return nil, err
	}
	out := &needListOut{}
	out.Body.Items = toNeedLines(page.Lines, page.Names)
	out.Body.NextCursor = writeNeedCursor(page.Next)
	return out, nil
}

func (a needsAPI) counts(ctx context.Context, in *needCountsIn) (*needCountsOut, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	t, err := a.svc.Count(ctx, actorOf(ctx), q)
	if err != nil {
		return nil, err
	}
	out := &needCountsOut{}
	out.Body.Stages, out.Body.Outcomes, out.Body.Categories = t.Stages, t.Outcomes, t.Categories
	return out, nil
}

func (a needsAPI) clusters(ctx context.Context, in *needMapIn) (*needMapOut, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	q.Box = &need.Box{SouthE6: e6(in.South), WestE6: e6(in.West), NorthE6: e6(in.North), EastE6: e6(in.East)}
	clusters, err := a.svc.Map(ctx, actorOf(ctx), q, in.Zoom)
	if err != nil {
		return nil, err
	}
	out := &needMapOut{}
	out.Body.Items = toClusters(clusters)
	return out, nil
}

func (a needsAPI) exclusions(_ context.Context, in *exclusionsIn) (*exclusionsOut, error) {
	out := &exclusionsOut{}
	for _, e := range need.Exclusions(need.Route(in.Route)) {
		out.Body.Items = append(out.Body.Items, exclusionView(e))
	}
	return out, nil
}

func (a needsAPI) get(ctx context.Context, in *needIn) (*needOut, error) {
	d, err := a.svc.Detail(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &needOut{etag(d.Need.Version), toNeedDetail(d)}, nil
}

func (a needsAPI) similar(ctx context.Context, in *similarIn) (*similarOut, error) {
	b := in.Body
	if err := clean(b.Words); err != nil {
		return nil, err
	}
	all, err := a.svc.Similar(ctx, actorOf(ctx), needs.SimilarTo{PlaceID: ident.PlaceID(b.PlaceID), Category: b.Category, Words: b.Words, Point: fromPointView(b.Point)})
	if err != nil {
		return nil, err
	}
	out := &similarOut{}
	out.Body.Items = []needAlikeView{}
	for _, x := range all {
		out.Body.Items = append(out.Body.Items, needAlikeView{toNeedView(x.Need), toCounts(x.Counts), int(x.Score * 100)})
	}
	return out, nil
}

func (a needsAPI) open(ctx context.Context, in *needOpenIn) (*needCreatedOut, error) {
	b := in.Body
	if err := clean(b.Title, b.Summary); err != nil {
		return nil, err
	}
	o := needs.Opening{
		Category: b.Category, Title: b.Title, Summary: b.Summary, Beneficiaries: b.Beneficiaries, EstimateFen: money.Fen(b.EstimateFen),
		Urgency: need.Urgency(b.Urgency), Point: fromPointView(b.Point), PartyID: ident.PartyID(b.PartyID),
	}
	for _, v := range b.Voices {
		o.Voices = append(o.Voices, needs.Gathered{VoiceID: ident.VoiceID(v.ID), Version: v.Version})
	}
	n, err := a.svc.OpenNeed(ctx, needs.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, o)
	if err != nil {
		return nil, err
	}
	return &needCreatedOut{etag(n.Version), toNeedView(n)}, nil
}
