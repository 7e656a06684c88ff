package projects

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"linli/backend/app"
	"linli/backend/app/exchange"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/project"
	"linli/backend/domain/table"
	"linli/backend/domain/taxonomy"
)

// projectRow is a project as one row of a file says it: places and needs stand as codes.
type projectRow struct {
	code, placeCode, place, buyer, status, budget, proposed string
	needs                                                   []string
	in                                                      project.Proposal
}

func cell(key, zh, en, example string, get func(*projectRow) string, set func(*projectRow, string) error) table.Column[projectRow] {
	return table.Column[projectRow]{Key: key, ZH: zh, EN: en, Example: example, Get: get, Set: set}
}

func word(key, zh, en, example string, of func(*projectRow) *string) table.Column[projectRow] {
	return cell(key, zh, en, example, func(r *projectRow) string { return *of(r) }, func(r *projectRow, s string) error { *of(r) = s; return nil })
}

// told is a column that a file carries out and that an import reads past.
func told(key, zh, en string, of func(*projectRow) *string) table.Column[projectRow] {
	return cell(key, zh, en, "", func(r *projectRow) string { return *of(r) }, func(*projectRow, string) error { return nil })
}

func required(c table.Column[projectRow]) table.Column[projectRow] {
	c.Required = true
	return c
}

// projectColumns are the columns of the project list, both ways. Money and status move by
// acts only: a file brings proposals.
var projectColumns = table.Columns[projectRow]{
	word("code", "编号", "Code", "", func(r *projectRow) *string { return &r.code }),
	required(word("title", "标题", "Title", "独居老人居家探访服务", func(r *projectRow) *string { return &r.in.Title })),
	required(word("summary", "说明", "Summary", "为八位独居老人每周上门探访两次。", func(r *projectRow) *string { return &r.in.Summary })),
	required(cell("track", "轨道", "Track", "G", func(r *projectRow) string { return string(r.in.Track) }, func(r *projectRow, s string) error {
		t, err := table.OneOf(s, "G", "C", "F")
		r.in.Track = project.Track(t)
		return err
	})),
	required(word("place_code", "所在地代码", "Place code", "510108014000", func(r *projectRow) *string { return &r.placeCode })),
	told("place", "所在地（只导出）", "Place (export only)", func(r *projectRow) *string { return &r.place }),
	required(cell("category", "类别", "Category", "elderly.visit", func(r *projectRow) string { return string(r.in.Category) }, func(r *projectRow, s string) error {
		r.in.Category = taxonomy.Code(s)
		return taxonomy.Check(r.in.Category)
	})),
	cell("beneficiaries", "受益人数(人)", "Beneficiaries", "8", func(r *projectRow) string { return strconv.Itoa(r.in.Beneficiaries) }, func(r *projectRow, s string) error {
		n, err := table.Whole(s, 0, maxBeneficiaries)
		r.in.Beneficiaries = int(n)
		return err
	}),
	required(cell("needs", "需求编号", "Needs", "XQ-2026-000001; XQ-2026-000002", func(r *projectRow) string { return table.Join(r.needs) },
		func(r *projectRow, s string) error { r.needs = table.List(s); return nil })),
	required(cell("lots", "标段与金额(元)", "Lots and amounts (yuan)", "探访=60000.00; 健康监测=20000.00", lotsText, setLots)),
	told("buyer", "采购人（只导出）", "Buyer (export only)", func(r *projectRow) *string { return &r.buyer }),
	told("status", "状态（只导出）", "Status (export only)", func(r *projectRow) *string { return &r.status }),
	told("budget_yuan", "已落实预算(元)（只导出）", "Budget in place, yuan (export only)", func(r *projectRow) *string { return &r.budget }),
	told("proposed_on", "提出日期（只导出）", "Proposed on (export only)", func(r *projectRow) *string { return &r.proposed }),
}

// maxBeneficiaries is the whole city.
const maxBeneficiaries = 30_000_000

func lotsText(r *projectRow) string {
	parts := make([]string, len(r.in.Lots))
	for i, lot := range r.in.Lots {
		parts[i] = lot.Title + "=" + plain(lot.AmountFen)
	}
	return table.Join(parts)
}

func plain(f money.Fen) string { return strings.ReplaceAll(f.String(), ",", "") }

func setLots(r *projectRow, s string) error {
	for _, part := range table.List(s) {
		i := strings.LastIndexByte(part, '=')
		if i < 0 {
			return fault.Invalid("exchange.lot", "not a lot: "+part).With("value", part)
		}
		amount, err := money.ParseYuan(strings.TrimSpace(part[i+1:]))
		if err != nil {
			return err
		}
		r.in.Lots = append(r.in.Lots, project.Lot{Title: strings.TrimSpace(part[:i]), AmountFen: amount})
	}
	return nil
}

// ImportProjects takes in the proposals of the actor's own party. A row with a code replaces
// that proposal; one without proposes, unless the party has one of the same title and place.
func (s *Service) ImportProjects(ctx context.Context, actor access.Actor, key string, in exchange.Importing) (exchange.Outcome, error) {
	lines, issues := projectColumns.Decode(in.Table)
	jobs := make([]exchange.Job, len(lines))
	for i, l := range lines {
		jobs[i] = &projectJob{line: l.Number, row: l.Value}
	}
	r := exchange.Runner{App: s.app, Name: "importProjects", Permission: access.ProjectPropose, In: in}
	return r.AsActor(ctx, actor, key, jobs, issues)
}

type projectJob struct {
	line   int
	row    projectRow
	stored *project.Project // nil: new
	l      loaded
}

// Issue names the row.
func (j *projectJob) Issue(err error) table.Issue {
	column := ""
	if f, ok := fault.As(err); ok && len(f.Fields) > 0 {
		column = f.Fields[0].Path
	}
	return table.Of(j.line, column, projectColumns.Cell(&j.row, column, j.row.in.Title), err)
}

// Prepare decides what the row would do.
func (j *projectJob) Prepare(ctx context.Context, u *app.Unit) (exchange.Verdict, error) {
	in, err := j.proposal(ctx, u)
	if err != nil {
		return exchange.Unchanged, err
	}
	if err := j.find(ctx, u, in); err != nil {
		return exchange.Unchanged, err
	}
	if j.stored == nil {
		id := project.Identity{ID: ident.ProjectID(u.NewID()), PartyID: u.Actor.PartyID, By: u.Actor.PersonID, At: u.Now}
		p, err := project.New(id, withLots(u, in))
		if err != nil {
			return exchange.Unchanged, err
		}
		j.l = loaded{Project: p}
		j.l.place, err = bundle(ctx, u, p)
		return exchange.Created, err
	}
	if same(*j.stored, in) {
		return exchange.Unchanged, nil
	}
	after := *j.stored
	j.l = loaded{Project: &after, before: *j.stored}
	if err := access.Allow(u.Actor, access.ProjectPropose, access.Object{PartyID: after.PartyID}); err != nil {
		return exchange.Unchanged, err
	}
	if err := after.Rewrite(withLots(u, in)); err != nil {
		return exchange.Unchanged, err
	}
	j.l.place, err = bundle(ctx, u, &after)
	return exchange.Updated, err
}

// proposal turns the codes of the row into identities.
func (j *projectJob) proposal(ctx context.Context, u *app.Unit) (project.Proposal, error) {
	in := j.row.in
	place, err := u.Places.ByCode(ctx, j.row.placeCode)
	if err != nil {
		return in, fault.Invalid("exchange.place_unknown", "no place in force has this code").With("code", j.row.placeCode).At("place_code", "unknown", j.row.placeCode)
	}
	in.PlaceID = place.ID
	for _, code := range j.row.needs {
		n, err := u.Needs.NeedByCode(ctx, code)
		if fault.KindOf(err) == fault.KindNotFound {
			return in, fault.Invalid("exchange.code_unknown", "no need has this code").With("value", code).At("needs", "unknown", code)
		}
		if err != nil {
			return in, err
		}
		in.NeedIDs = append(in.NeedIDs, n.ID)
	}
	return in, nil
}

func (j *projectJob) find(ctx context.Context, u *app.Unit, in project.Proposal) error {
	j.stored = nil
	if j.row.code != "" {
		p, err := u.Projects.ProjectByCode(ctx, j.row.code)
		if fault.KindOf(err) == fault.KindNotFound {
			return fault.Invalid("exchange.code_unknown", "no project has this code").With("value", j.row.code).At("code", "unknown", j.row.code)
		}
		j.stored = p
		return err
	}
	const most = 100
	alike, err := u.Projects.Projects(ctx, project.Query{PartyID: u.Actor.PartyID, Text: in.Title, Limit: most})
	for i := range alike {
		if alike[i].Title == in.Title && alike[i].PlaceID == in.PlaceID {
			j.stored = &alike[i]
		}
	}
	return err
}

// same compares a stored project with a proposal; identities of lots are the store's own.
func same(p project.Project, in project.Proposal) bool {
	if p.Title != in.Title || p.Summary != in.Summary || p.Track != in.Track || p.PlaceID != in.PlaceID || p.Category != in.Category ||
		p.Beneficiaries != in.Beneficiaries || !slices.Equal(p.NeedIDs, in.NeedIDs) || len(p.Lots) != len(in.Lots) {
		return false
	}
	for i := range p.Lots {
		if p.Lots[i].Title != in.Lots[i].Title || p.Lots[i].AmountFen != in.Lots[i].AmountFen {
			return false
		}
	}
	return true
}

// Write stores the proposal, takes the writer's duty and tells of it.
func (j *projectJob) Write(ctx context.Context, u *app.Unit) error {
	if j.stored == nil {
		var err error
		if j.l.Code, err = u.NextCode(ctx, "XM"); err != nil {
			return err
		}
		if err := u.TakeDuty(ctx, j.l.ID, access.DutyNeedWrite); err != nil {
			return err
		}
		if err := u.Projects.InsertProject(ctx, j.l.Project); err != nil {
			return err
		}
		return j.l.tell(ctx, u, step{action: "propose", past: "proposed"}, nil)
	}
	if err := u.TakeDuty(ctx, j.l.ID, access.DutyNeedWrite); err != nil {
		return err
	}
	return j.l.keep(ctx, u, step{action: "rewrite", past: "rewritten"})
}

// maxExported bounds one file.
const maxExported = 50_000

// ExportProjects writes the projects a filter selects, in the language of the headers.
func (s *Service) ExportProjects(ctx context.Context, f Filter, language string) (table.Table, error) {
	return app.Look(ctx, s.app, access.Actor{}, access.Public, func(ctx context.Context, u *app.Unit) (table.Table, error) {
		q := f.Query
		if f.PlaceID != "" {
			at, err := u.Places.Place(ctx, f.PlaceID)
			if err != nil {
				return table.Table{}, err
			}
			q.PlacePath = at.Path
		}
		var rows []projectRow
		const page = 100
		for q.Limit = page; len(rows) < maxExported; {
			all, err := summaries(ctx, u, q)
			if err != nil {
				return table.Table{}, err
			}
			for _, p := range all {
				row, err := rowOf(ctx, u, p)
				if err != nil {
					return table.Table{}, err
				}
				rows, q.After = append(rows, row), p.Code
			}
			if len(all) < page {
				break
			}
		}
		return projectColumns.Encode(rows, language), nil
	})
}

func rowOf(ctx context.Context, u *app.Unit, p Summary) (projectRow, error) {
	r := projectRow{code: p.Code, place: p.PlaceName, buyer: p.PartyName, status: p.Status, budget: plain(p.BudgetFen), proposed: calendar.DateOf(p.ProposedAt).String(),
		in: project.Proposal{Title: p.Title, Summary: p.Summary, Track: p.Track, Category: p.Category, Beneficiaries: p.Beneficiaries, Lots: p.Lots}}
	place, err := u.Places.Place(ctx, p.PlaceID)
	if err != nil {
		return r, err
	}
	r.placeCode = place.Code
	for _, id := range p.NeedIDs {
		n, err := u.Needs.Need(ctx, id)
		if err != nil {
			return r, err
		}
		r.needs = append(r.needs, n.Code)
	}
	return r, nil
}

// ProjectTemplate is an empty file with one example row.
func ProjectTemplate(language string) table.Table { return projectColumns.Template(language) }
