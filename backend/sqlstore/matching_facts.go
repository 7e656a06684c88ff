package sqlstore

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
	"linli/backend/domain/project"
	"linli/backend/domain/resource"
)

// Subjects and candidates are read straight from SQL to the shape the ranking wants: the index
// of a city is loaded in a second, not in a minute.

// The stages of a need and the states of a project in which suppliers may hear of it.
var (
	openStages = []string{
		need.StageOpen, need.StageOnAgenda, need.StageClassified, need.StageScreened,
		need.StageDeliberated, need.StagePublicised, need.StageAdopted,
	}
	openStates = []string{project.Budgeted, project.Planned, project.Sourcing}
)

type subjectRow struct {
	ID           string
	Code         string
	Title        string
	Status       string
	Track        string
	Category     string
	PlaceID      string
	Path         string
	LatE6        *int64 `bun:"lat_e6"`
	LngE6        *int64 `bun:"lng_e6"`
	UncertaintyM int    `bun:"uncertainty_m"`
	PlaceLat     float64
	PlaceLng     float64
	PlaceDoubtM  int `bun:"place_doubt_m"`
	CapFen       int64
	BuyerID      string
	Plan         string
	Open         bool
}

const needSubjects = `SELECT n.id, n.code, n.title, n.stage AS status, '' AS track, n.category, n.place_id, l.path,
	n.lat_e6, n.lng_e6, n.uncertainty_m, l.lat AS place_lat, l.lng AS place_lng, l.uncertainty_m AS place_doubt_m,
	n.estimate_fen AS cap_fen, n.party_id AS buyer_id, '' AS plan,
	(n.stage IN (?0) AND NOT n.in_project AND n.route <> 'self') AS open
	FROM need n JOIN place l ON l.id = n.place_id`

const projectSubjects = `SELECT p.id, p.code, p.title, p.status, p.track, p.category, p.place_id, l.path,
	CAST(NULL AS BIGINT) AS lat_e6, CAST(NULL AS BIGINT) AS lng_e6, 0 AS uncertainty_m,
	l.lat AS place_lat, l.lng AS place_lng, l.uncertainty_m AS place_doubt_m,
	(SELECT CAST(COALESCE(SUM(t.amount_fen), 0) AS BIGINT) FROM project_lot t WHERE t.project_id = p.id) AS cap_fen,
	p.party_id AS buyer_id, p.plan, (p.status IN (?0)) AS open
	FROM project p JOIN place l ON l.id = p.place_id`

func subjectsOf(kind matching.SubjectKind) (text string, open []string, err error) {
	switch kind {
	case matching.SubjectNeed:
		return needSubjects, openStages, nil
	case matching.SubjectProject:
		return projectSubjects, openStates, nil
	default:
		return "", nil, fault.Invalid("matching.subject_unknown", "no kind "+string(kind)).At("kind", "unknown", "need or project")
	}
}

func (s matchings) Subjects(ctx context.Context, kind matching.SubjectKind, after string, limit int) ([]matching.Subject, error) {
	text, open, err := subjectsOf(kind)
	if err != nil {
		return nil, err
	}
	// Joined to nothing, the stage hides its index: pages follow the ids, and SQLite would sort
	// all open needs anew for each.
	where := " WHERE n.id > ?1 AND (n.stage || '') IN (?0) AND NOT n.in_project AND n.route <> 'self' ORDER BY n.id LIMIT ?2"
	if kind == matching.SubjectProject {
		where = " WHERE p.id > ?1 AND p.status IN (?0) ORDER BY p.id LIMIT ?2"
	}
	var rows []subjectRow
	if err := s.db.NewRaw(text+where, bun.List(open), after, limit).Scan(ctx, &rows); err != nil {
		return nil, fail(err)
	}
	out := make([]matching.Subject, len(rows))
	for i := range rows {
		subject, err := rows[i].subject(kind)
		if err != nil {
			return nil, err
		}
		out[i] = *subject
	}
	return out, nil
}

func (s matchings) Subject(ctx context.Context, kind matching.SubjectKind, id string) (*matching.Subject, bool, error) {
	text, open, err := subjectsOf(kind)
	if err != nil {
		return nil, false, err
	}
	where := " WHERE n.id = ?1"
	if kind == matching.SubjectProject {
		where = " WHERE p.id = ?1"
	}
	var row subjectRow
	if err := s.db.NewRaw(text+where, bun.List(open), id).Scan(ctx, &row); err != nil {
		return nil, false, fail(err)
	}
	subject, err := row.subject(kind)
	return subject, row.Open, err
}

func (r *subjectRow) subject(kind matching.SubjectKind) (*matching.Subject, error) {
	out := &matching.Subject{
		Kind: kind, ID: r.ID, Code: r.Code, Title: r.Title, Status: r.Status, Track: r.Track, Category: r.Category,
		PlaceID: ident.PlaceID(r.PlaceID), Units: 1, CapFen: money.Fen(r.CapFen), BuyerID: ident.PartyID(r.BuyerID),
		Point: placePoint(r.PlaceLat, r.PlaceLng, r.PlaceDoubtM),
	}
	for _, id := range strings.Split(strings.Trim(r.Path, "/"), "/") {
		out.PlacePath = append(out.PlacePath, ident.PlaceID(id))
	}
	if r.LatE6 != nil && r.LngE6 != nil {
		out.Point = &matching.Point{LatE6: int32(*r.LatE6), LngE6: int32(*r.LngE6), UncertaintyM: int32(r.UncertaintyM)}
	}
	var plan project.Plan
	if err := fromJSON(r.Plan, &plan); err != nil {
		return nil, err
	}
	out.MinGrade, out.Qualifications, out.StartsOn = int32(plan.MinAssessment), plan.Qualifications, plan.StartsOn
	return out, nil
}

// placePoint is where a place stands on the map; nil while nobody has surveyed or imputed it.
func placePoint(lat, lng float64, doubtM int) *matching.Point {
	if lat == 0 && lng == 0 {
		return nil
	}
	return &matching.Point{LatE6: e6(lat), LngE6: e6(lng), UncertaintyM: int32(doubtM)}
}

func e6(degrees float64) int32 {
	if degrees < 0 {
		return int32(degrees*1e6 - 0.5)
	}
	return int32(degrees*1e6 + 0.5)
}

type candidateRow struct {
	ID       string
	Name     string
	Kind     string
	Active   bool
	Lat      *float64
	Lng      *float64
	DoubtM   *int `bun:"doubt_m"`
	Register string
	Profile  string
}

const candidateRows = `SELECT y.id, y.name, y.kind, y.active, l.lat, l.lng, l.uncertainty_m AS doubt_m, o.register, o.profile
	FROM organization o JOIN party y ON y.id = o.id LEFT JOIN place l ON l.id = y.place_id`

func (s matchings) Candidates(ctx context.Context, after ident.OrganizationID, limit int) ([]matching.Candidate, error) {
	var rows []candidateRow
	err := s.db.NewRaw(candidateRows+" WHERE y.active AND o.id > ? ORDER BY o.id LIMIT ?", after, limit).Scan(ctx, &rows)
	if err != nil {
		return nil, fail(err)
	}
	return s.candidates(ctx, rows)
}

func (s matchings) Candidate(ctx context.Context, id ident.OrganizationID) (*matching.Candidate, bool, error) {
	var row candidateRow
	if err := s.db.NewRaw(candidateRows+" WHERE o.id = ?", id).Scan(ctx, &row); err != nil {
		return nil, false, fail(err)
	}
	out, err := s.candidates(ctx, []candidateRow{row})
	if err != nil {
		return nil, false, err
	}
	return &out[0], row.Active, nil
}

func (s matchings) candidates(ctx context.Context, rows []candidateRow) ([]matching.Candidate, error) {
	out := make([]matching.Candidate, len(rows))
	at := map[string]int{}
	ids := make([]string, len(rows))
	profiles := make([]resource.Profile, len(rows))
	for i := range rows {
		c, err := rows[i].candidate(&profiles[i])
		if err != nil {
			return nil, err
		}
		out[i], ids[i], at[rows[i].ID] = *c, rows[i].ID, i
	}
	if len(rows) == 0 {
		return out, nil
	}
	// The state is looked at here: asked for it, SQLite walks every service that is offered to
	// find those of one organisation.
	var services []struct{ ID, OrganizationID, Offer, State string }
	err := s.db.NewRaw("SELECT id, organization_id, offer, state FROM service WHERE organization_id IN (?) ORDER BY organization_id, id",
		bun.List(ids)).Scan(ctx, &services)
	if err != nil {
		return nil, fail(err)
	}
	for _, r := range services {
		if r.State != resource.StateOffered {
			continue
		}
		var o resource.Offer
		if err := fromJSON(r.Offer, &o); err != nil {
			return nil, err
		}
		i := at[r.OrganizationID]
		out[i].Services = append(out[i].Services, serviceFacts(ident.ServiceID(r.ID), o, &profiles[i]))
	}
	return out, s.rate(ctx, ids, func(id string) *matching.Candidate { return &out[at[id]] })
}

// rate adds what the people served said of the deliveries that were decided: the share of them
// who were satisfied, and how many there were.
func (s matchings) rate(ctx context.Context, ids []string, of func(id string) *matching.Candidate) error {
	var rows []struct {
		SupplierID       string
		Rated, Satisfied int64
	}
	err := s.db.NewRaw(`SELECT c.supplier_id, CAST(SUM(a.rated) AS BIGINT) AS rated, CAST(SUM(a.satisfied) AS BIGINT) AS satisfied
		FROM contract c JOIN acceptance a ON a.contract_id = c.id WHERE c.supplier_id IN (?) AND a.rated > 0 GROUP BY c.supplier_id`,
		bun.List(ids)).Scan(ctx, &rows)
	for _, r := range rows {
		c := of(r.SupplierID)
		c.Rated, c.RatingBP = int32(min(r.Rated, maxRated)), int32(r.Satisfied*matching.Whole/r.Rated)
	}
	return fail(err)
}

// maxRated is when one more opinion changes nothing any more.
const maxRated = 1_000_000

func (r *candidateRow) candidate(profile *resource.Profile) (*matching.Candidate, error) {
	var register resource.Register
	if err := fromJSON(r.Register, &register); err != nil {
		return nil, err
	}
	if err := fromJSON(r.Profile, profile); err != nil {
		return nil, err
	}
	c := &matching.Candidate{ID: ident.OrganizationID(r.ID), Name: r.Name, Kind: r.Kind, Grade: int32(register.Grade), GradeUntil: date(register.GradeUntil)}
	if r.Lat != nil && r.Lng != nil && r.DoubtM != nil {
		c.Home = placePoint(*r.Lat, *r.Lng, *r.DoubtM)
	}
	if register.Listing != resource.NotListed {
		c.Lists = append(c.Lists, string(register.Listing))
	}
	for _, q := range profile.Qualifications {
		c.Qualifications = append(c.Qualifications, matching.Qualification{Code: q.Code, From: date(q.From), Until: date(q.Until)})
	}
	return c, nil
}

func date(d *calendar.Date) calendar.Date {
	if d == nil {
		return calendar.Date{}
	}
	return *d
}

func serviceFacts(id ident.ServiceID, o resource.Offer, p *resource.Profile) matching.Service {
	out := matching.Service{ID: id, Title: o.Title}
	for _, c := range o.Categories {
		out.Categories = append(out.Categories, string(c))
	}
	for _, a := range o.Areas {
		area := matching.Area{Kind: string(a.Kind), PlaceID: a.PlaceID, RadiusM: int32(a.RadiusM)}
		if a.Kind == resource.AreaRadius {
			area.Centre = &matching.Point{LatE6: e6(a.Lat), LngE6: e6(a.Lng)}
		}
		out.Areas = append(out.Areas, area)
	}
	for _, name := range o.LocationIDs {
		if l, ok := p.Location(name); ok && (l.Lat != 0 || l.Lng != 0) {
			out.Spots = append(out.Spots, matching.Spot{ID: l.ID, Point: matching.Point{LatE6: e6(l.Lat), LngE6: e6(l.Lng)}})
		}
	}
	for _, c := range o.Capacities {
		free := int32(c.Free)
		if c.State == resource.CapacityNone || c.State == resource.CapacityWaiting {
			free = 0
		}
		out.Capacities = append(out.Capacities, matching.Capacity{Period: c.Period, Total: int32(c.Total), Free: free})
	}
	if o.PriceUnit == resource.PerProject || o.PriceUnit == resource.PerYear {
		out.LowFen, out.HighFen = o.LowFen, o.HighFen // a price per visit or hour says nothing about the whole
	}
	return out
}
