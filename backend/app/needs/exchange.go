package needs

import (
	"context"
	"strconv"
	"strings"

	"linli/backend/app"
	"linli/backend/app/exchange"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/table"
	"linli/backend/domain/taxonomy"
)

// needRow is a need as one row of a file says it. Places and bodies stand as codes.
type needRow struct {
	code, placeCode, place, body, stage, outcome, opened string
	need                                                 need.Need
	households, voices                                   int
	lat, lng                                             float64
	has                                                  map[string]bool
}

func cell(key, zh, en, example string, get func(*needRow) string, set func(*needRow, string) error) table.Column[needRow] {
	return table.Column[needRow]{Key: key, ZH: zh, EN: en, Example: example, Get: get, Set: func(r *needRow, s string) error {
		if r.has == nil {
			r.has = map[string]bool{}
		}
		r.has[key] = true
		return set(r, s)
	}}
}

func word(key, zh, en, example string, of func(*needRow) *string) table.Column[needRow] {
	return cell(key, zh, en, example, func(r *needRow) string { return *of(r) }, func(r *needRow, s string) error { *of(r) = s; return nil })
}

// told is a column that a file carries out and that an import reads past: it moves by acts,
// not by lists.
func told(key, zh, en string, get func(*needRow) string) table.Column[needRow] {
	return cell(key, zh, en, "", get, func(*needRow, string) error { return nil })
}

func required(c table.Column[needRow]) table.Column[needRow] {
	c.Required = true
	return c
}

var urgencies = []string{string(need.UrgencyNormal), string(need.UrgencySoon), string(need.UrgencyUrgent)}

// needColumns are the columns of the need list, both ways.
var needColumns = table.Columns[needRow]{
	word("code", "编号", "Code", "", func(r *needRow) *string { return &r.code }),
	required(word("place_code", "社区代码", "Place code", "510108014012", func(r *needRow) *string { return &r.placeCode })),
	told("place", "社区（只导出）", "Place (export only)", func(r *needRow) string { return r.place }),
	required(cell("category", "类别", "Category", "elderly.visit", func(r *needRow) string { return r.need.Category }, func(r *needRow, s string) error {
		r.need.Category = s
		return taxonomy.Check(taxonomy.Code(s))
	})),
	required(word("title", "标题", "Title", "三楼以上的独居老人需要有人定期看望", func(r *needRow) *string { return &r.need.Title })),
	required(word("summary", "说明", "Summary", "七栋和九栋没有电梯，八位老人长期不下楼。", func(r *needRow) *string { return &r.need.Summary })),
	cell("beneficiaries", "受益人数(人)", "Beneficiaries", "8", func(r *needRow) string { return strconv.Itoa(r.need.Beneficiaries) }, func(r *needRow, s string) error {
		n, err := table.Whole(s, 0, need.MaxBeneficiaries)
		r.need.Beneficiaries = int(n)
		return err
	}),
	cell("estimate_yuan", "估算金额(元)", "Estimate (yuan)", "60000.00", estimateText, func(r *needRow, s string) (err error) {
		r.need.EstimateFen, err = money.ParseYuan(s)
		return err
	}),
	cell("urgency", "紧急程度", "Urgency", "normal", func(r *needRow) string { return string(r.need.Urgency) }, func(r *needRow, s string) error {
		u, err := table.OneOf(s, urgencies...)
		r.need.Urgency = need.Urgency(u)
		return err
	}),
	word("body", "负责单位", "Accountable body", "", func(r *needRow) *string { return &r.body }),
	cell("lat", "纬度", "Latitude", "", func(r *needRow) string { return degreeText(r.lat) }, func(r *needRow, s string) (err error) { r.lat, err = table.Degrees(s, 90); return err }),
	cell("lng", "经度", "Longitude", "", func(r *needRow) string { return degreeText(r.lng) }, func(r *needRow, s string) (err error) { r.lng, err = table.Degrees(s, 180); return err }),
	told("households", "附议户数（只导出）", "Households (export only)", func(r *needRow) string { return strconv.Itoa(r.households) }),
	told("voices", "诉求数（只导出）", "Voices (export only)", func(r *needRow) string { return strconv.Itoa(r.voices) }),
	told("stage", "阶段（只导出）", "Stage (export only)", func(r *needRow) string { return r.stage }),
	told("outcome", "结果（只导出）", "Outcome (export only)", func(r *needRow) string { return r.outcome }),
	told("opened_on", "提出日期（只导出）", "Opened on (export only)", func(r *needRow) string { return r.opened }),
}

func estimateText(r *needRow) string {
	if r.need.EstimateFen == 0 {
		return ""
	}
	return strings.ReplaceAll(r.need.EstimateFen.String(), ",", "")
}

func degreeText(v float64) string {
	if v == 0 {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// ImportNeeds takes in needs that were gathered elsewhere, on paper or in another system. A
// row with a code corrects the wording and figures of that need; one without opens a need,
// unless its community has one of the same title and category. Stages move by acts only.
func (s *Service) ImportNeeds(ctx context.Context, w Write, in exchange.Importing) (exchange.Outcome, error) {
	jobs, issues := needJobs(in.Table)
	return s.needRunner(in).AsActor(ctx, w.Actor, w.Key, jobs, issues)
}

// ImportNeedsHere is ImportNeeds for the command line.
func (s *Service) ImportNeedsHere(ctx context.Context, in exchange.Importing) (exchange.Outcome, error) {
	jobs, issues := needJobs(in.Table)
	return s.needRunner(in).AsOperator(ctx, jobs, issues)
}

func (s *Service) needRunner(in exchange.Importing) exchange.Runner {
	return exchange.Runner{App: s.app, Name: "importNeeds", Permission: access.ListImport, In: in}
}

func needJobs(t table.Table) ([]exchange.Job, []table.Issue) {
	lines, issues := needColumns.Decode(t)
	jobs := make([]exchange.Job, len(lines))
	for i, l := range lines {
		jobs[i] = &needJob{line: l.Number, row: l.Value}
	}
	return jobs, issues
}

type needJob struct {
	line   int
	row    needRow
	before *need.Need // nil: new
	after  need.Need
}

// Issue names the row.
func (j *needJob) Issue(err error) table.Issue {
	column := ""
	if f, ok := fault.As(err); ok && len(f.Fields) > 0 {
		column = f.Fields[0].Path
	}
	return table.Of(j.line, column, needColumns.Cell(&j.row, column, j.row.need.Title), err)
}

// Prepare decides what the row would do.
func (j *needJob) Prepare(ctx context.Context, u *app.Unit) (exchange.Verdict, error) {
	place, err := u.Places.ByCode(ctx, j.row.placeCode)
	if err != nil {
		return exchange.Unchanged, fault.Invalid("exchange.place_unknown", "no place in force has this code").With("code", j.row.placeCode).At("place_code", "unknown", j.row.placeCode)
	}
	if !u.Actor.Anonymous() { // the command line answers to whoever holds the machine
		if err := access.Allow(u.Actor, access.ListImport, access.Object{PlacePath: place.Path}); err != nil {
			return exchange.Unchanged, err
		}
	}
	if err := j.find(ctx, u, place.ID); err != nil {
		return exchange.Unchanged, err
	}
	if j.before == nil {
		return exchange.Created, j.open(ctx, u, place.ID)
	}
	return j.correct()
}

// find looks for the need the row is about.
func (j *needJob) find(ctx context.Context, u *app.Unit, place ident.PlaceID) error {
	j.before = nil
	if j.row.code != "" {
		n, err := u.Needs.NeedByCode(ctx, j.row.code)
		if fault.KindOf(err) == fault.KindNotFound {
			return fault.Invalid("exchange.code_unknown", "no need has this code").With("value", j.row.code).At("code", "unknown", j.row.code)
		}
		if err == nil && (n.PlaceID != place || n.Category != j.row.need.Category) {
			return fault.Invalid("exchange.read_only", "place and category of a need do not change by list").With("column", "place_code, category").At("place_code", "read_only", j.row.placeCode)
		}
		j.before = n
		return err
	}
	const most = 200 // open needs of one category in one community
	alike, err := u.Needs.Candidates(ctx, place, j.row.need.Category, nil, most)
	for i := range alike {
		if alike[i].PlaceID == place && alike[i].Title == j.row.need.Title {
			j.before = &alike[i].Need
		}
	}
	return err
}

func (j *needJob) open(ctx context.Context, u *app.Unit, place ident.PlaceID) error {
	n := j.row.need
	n.PlaceID = place
	if j.row.has["lat"] && j.row.has["lng"] {
		n.Point = &need.Point{LatE6: int64(j.row.lat * 1e6), LngE6: int64(j.row.lng * 1e6)}
	} else if p, err := pointOf(ctx, u, n.Category, &need.Voice{PlaceID: place}); err == nil {
		n.Point = p
	}
	var err error
	if n.PartyID, err = j.bodyFor(ctx, u, place); err != nil {
		return err
	}
	if n.Title, _, err = mask(ctx, u, place, n.Title); err != nil {
		return err
	}
	if n.Summary, _, err = mask(ctx, u, place, n.Summary); err != nil {
		return err
	}
	opened, err := need.New(n, u.Now)
	if err == nil {
		j.after = *opened
	}
	return err
}

// bodyFor is the body the row names by credit code or name, else the community's committee,
// else whoever imports.
func (j *needJob) bodyFor(ctx context.Context, u *app.Unit, place ident.PlaceID) (ident.PartyID, error) {
	unknown := fault.Invalid("exchange.party_unknown", "no accountable body").With("value", j.row.body).At("body", "unknown", j.row.body)
	if j.row.body == "" {
		id, err := bodyOf(ctx, u, place)
		if err == nil && id == "" {
			id = u.Actor.PartyID
		}
		if err == nil && id == "" {
			return "", unknown
		}
		return id, err
	}
	id, err := u.Resources.PartyBy(ctx, j.row.body, "", "")
	if fault.KindOf(err) == fault.KindNotFound {
		id, err = bodyNamed(ctx, u, place, j.row.body)
	}
	if err == nil && id == "" {
		return "", unknown
	}
	if err != nil {
		return "", err
	}
	return id, answers(ctx, u, id)
}

// bodyNamed finds a body that may answer for needs by its name: the one at the place, else the
// only one that is called so; empty when there is none or several.
func bodyNamed(ctx context.Context, u *app.Unit, place ident.PlaceID, name string) (ident.PartyID, error) {
	const most = 100 // bodies whose names contain this one
	var called []ident.PartyID
	for _, kind := range []party.Kind{party.KindRC, party.KindVC, party.KindGOV} {
		if here, err := u.People.PartyOfKindAt(ctx, kind, place); err == nil && here.Name == name {
			return here.ID, nil
		}
		some, err := u.People.Parties(ctx, party.PartyFilter{Kind: kind, Text: name, Limit: most})
		if err != nil {
			return "", err
		}
		for _, p := range some {
			if p.Name == name && p.PlaceID == place {
				return p.ID, nil
			}
			if p.Name == name {
				called = append(called, p.ID)
			}
		}
	}
	if len(called) != 1 {
		return "", nil
	}
	return called[0], nil
}

// correct applies the row's wording to the stored need.
func (j *needJob) correct() (exchange.Verdict, error) {
	j.after = *j.before
	w := need.Wording{Title: j.row.need.Title, Summary: j.row.need.Summary, Beneficiaries: j.before.Beneficiaries, EstimateFen: j.before.EstimateFen}
	if j.row.has["beneficiaries"] {
		w.Beneficiaries = j.row.need.Beneficiaries
	}
	if j.row.has["estimate_yuan"] {
		w.EstimateFen = j.row.need.EstimateFen
	}
	b := j.before
	if w.Title == b.Title && w.Summary == b.Summary && w.Beneficiaries == b.Beneficiaries && w.EstimateFen == b.EstimateFen {
		return exchange.Unchanged, nil
	}
	if !j.before.Active() {
		return exchange.Unchanged, fault.Conflict("need.closed", "the need is closed")
	}
	return exchange.Updated, j.after.Retitle(w)
}

// Write stores the need and tells of it.
func (j *needJob) Write(ctx context.Context, u *app.Unit) error {
	if j.before != nil {
		if err := u.Needs.SaveNeed(ctx, &j.after); err != nil {
			return err
		}
		return noteNeed(ctx, u, *j.before, &j.after, lifecycle.Row{Action: "edit"}, "批量导入更正", "")
	}
	j.after.ID = ident.NeedID(u.NewID())
	var err error
	if j.after.Code, err = u.NextCode(ctx, needCode); err != nil {
		return err
	}
	if err := u.Needs.InsertNeed(ctx, &j.after); err != nil {
		return err
	}
	return noteNeed(ctx, u, nil, &j.after, lifecycle.Row{Action: "open"}, "", "")
}

// maxExported bounds one file: more than a city's open needs.
const maxExported = 200_000

// ExportNeeds writes the needs a query selects as a table in the language of the headers.
func (s *Service) ExportNeeds(ctx context.Context, q need.Query, language string) (table.Table, error) {
	return app.Look(ctx, s.app, access.Actor{}, access.Public, func(ctx context.Context, u *app.Unit) (table.Table, error) {
		if err := resolve(ctx, u, &q); err != nil {
			return table.Table{}, err
		}
		places, bodies := map[ident.PlaceID][2]string{}, map[ident.PartyID]string{}
		var rows []needRow
		const page = 500
		for q.Limit, q.Sort = page, need.SortNewest; len(rows) < maxExported; {
			lines, err := u.Needs.List(ctx, q)
			if err != nil {
				return table.Table{}, err
			}
			for _, l := range lines {
				row, err := rowOf(ctx, u, l, places, bodies)
				if err != nil {
					return table.Table{}, err
				}
				rows = append(rows, row)
				q.After = &need.Cursor{At: l.OpenedAt, ID: l.ID, Number: int64(l.Households)}
			}
			if len(lines) < page {
				break
			}
		}
		return needColumns.Encode(rows, language), nil
	})
}

// rowOf writes a need as a row; places and bodies are remembered from row to row. A point of
// a sensitive category stays inside.
func rowOf(ctx context.Context, u *app.Unit, l need.Line, places map[ident.PlaceID][2]string, bodies map[ident.PartyID]string) (needRow, error) {
	r := needRow{code: l.Code, need: l.Need, stage: l.Stage, outcome: l.Outcome, opened: calendar.DateOf(l.OpenedAt).String(), households: l.Households, voices: l.Voices}
	if _, known := places[l.PlaceID]; !known {
		p, err := u.Places.Place(ctx, l.PlaceID)
		if err != nil {
			return r, err
		}
		places[l.PlaceID] = [2]string{p.Code, p.Name}
	}
	if _, known := bodies[l.PartyID]; !known {
		p, err := u.People.Party(ctx, l.PartyID)
		if err != nil {
			return r, err
		}
		bodies[l.PartyID] = p.Name
	}
	r.placeCode, r.place, r.body = places[l.PlaceID][0], places[l.PlaceID][1], bodies[l.PartyID]
	if c, _ := taxonomy.Find(taxonomy.Code(l.Category)); l.Point != nil && !c.Sensitive && l.Point.UncertaintyM == 0 {
		r.lat, r.lng = float64(l.Point.LatE6)/1e6, float64(l.Point.LngE6)/1e6
	}
	return r, nil
}

// NeedTemplate is an empty file with one example row.
func NeedTemplate(language string) table.Table { return needColumns.Template(language) }
