package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/project"
	"linli/backend/domain/taxonomy"
)

type projectRow struct {
	bun.BaseModel `bun:"table:project"`
	ID            string `bun:",pk"`
	Code          string
	Title         string
	Summary       string
	Track         string
	PartyID       string
	PlaceID       string
	Category      string
	Beneficiaries int
	Status        string
	SuspendedFrom string
	Reason        string
	Method        string
	Approved      bool
	Plan          string
	Review        string
	ProposedBy    string
	ProposedAt    time.Time
	BudgetedAt    *time.Time
	PlannedAt     *time.Time
	Version       int64
}

type projectNeedRow struct {
	bun.BaseModel `bun:"table:project_need"`
	ProjectID     string `bun:",pk"`
	NeedID        string `bun:",pk"`
	Number        int
}

type projectLotRow struct {
	bun.BaseModel `bun:"table:project_lot"`
	ID            string `bun:",pk"`
	ProjectID     string
	Number        int
	Title         string
	AmountFen     int64
	NeedIDs       string `bun:"need_ids"`
}

type allocationRow struct {
	bun.BaseModel `bun:"table:project_allocation"`
	ProjectID     string `bun:",pk"`
	LineID        string `bun:",pk"`
	Number        int
	AmountFen     int64
}

type projects struct{ db bun.IDB }

func newProjects(db bun.IDB) project.Repository { return projects{db} }

func (s projects) Project(ctx context.Context, id ident.ProjectID) (*project.Project, error) {
	return s.one(ctx, "id = ?", id)
}

func (s projects) ProjectByCode(ctx context.Context, code string) (*project.Project, error) {
	return s.one(ctx, "code = ?", code)
}

func (s projects) one(ctx context.Context, where string, arg any) (*project.Project, error) {
	row, err := get[projectRow](ctx, s.db, where, arg)
	if err != nil {
		return nil, err
	}
	all, err := s.full(ctx, []projectRow{*row})
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

func (s projects) InsertProject(ctx context.Context, p *project.Project) error {
	p.Version = 1
	row, err := toProjectRow(p)
	if err != nil {
		return err
	}
	if err := insert(ctx, s.db, row); err != nil {
		return err
	}
	return s.insertParts(ctx, p, true)
}

func (s projects) SaveProject(ctx context.Context, p *project.Project) error {
	old, err := s.Project(ctx, p.ID)
	if err != nil {
		return err
	}
	row, err := toProjectRow(p)
	if err != nil {
		return err
	}
	if err := save(ctx, s.db, row, &row.Version); err != nil {
		return err
	}
	p.Version = row.Version
	// Tenders and contracts refer to lots: they are written again only while a proposal is
	// being rewritten, which the domain allows in that state alone.
	rewrite := old.Status == project.Proposed && p.Status == project.Proposed
	if rewrite {
		for _, table := range []string{"project_need", "project_lot"} {
			if _, err := s.db.NewDelete().Table(table).Where("project_id = ?", p.ID).Exec(ctx); err != nil {
				return fail(err)
			}
		}
	}
	if _, err := s.db.NewDelete().Table("project_allocation").Where("project_id = ?", p.ID).Exec(ctx); err != nil {
		return fail(err)
	}
	return s.insertParts(ctx, p, rewrite)
}

func (s projects) insertParts(ctx context.Context, p *project.Project, content bool) error {
	var lots []projectLotRow
	var needs []projectNeedRow
	var budget []allocationRow
	for i, a := range p.Budget {
		budget = append(budget, allocationRow{ProjectID: string(p.ID), LineID: string(a.LineID), Number: i, AmountFen: int64(a.AmountFen)})
	}
	if content {
		for i, id := range p.NeedIDs {
			needs = append(needs, projectNeedRow{ProjectID: string(p.ID), NeedID: string(id), Number: i})
		}
		for _, l := range p.Lots {
			text, err := toJSON(l.NeedIDs, false)
			if err != nil {
				return err
			}
			lots = append(lots, projectLotRow{ID: string(l.ID), ProjectID: string(p.ID), Number: l.Number, Title: l.Title, AmountFen: int64(l.AmountFen), NeedIDs: text})
		}
	}
	if err := insertSome(ctx, s.db, needs); err != nil {
		return err
	}
	if err := insertSome(ctx, s.db, lots); err != nil {
		return err
	}
	return insertSome(ctx, s.db, budget)
}

// insertSome inserts rows if there are any.
func insertSome[R any](ctx context.Context, db bun.IDB, rows []R) error {
	if len(rows) == 0 {
		return nil
	}
	return insert(ctx, db, &rows)
}

func (s projects) Projects(ctx context.Context, q project.Query) ([]project.Project, error) {
	sel := s.db.NewSelect().Model((*projectRow)(nil)).OrderExpr("code DESC")
	if q.PartyID != "" {
		sel = sel.Where("party_id = ?", q.PartyID)
	}
	if q.PlacePath != "" {
		sel = sel.Where("place_id IN (SELECT id FROM place WHERE path LIKE ?)", inside(q.PlacePath))
	}
	if len(q.Status) > 0 {
		sel = sel.Where("status IN (?)", bun.List(q.Status))
	}
	if len(q.Categories) > 0 {
		sel = sel.Where("category IN (?)", bun.List(q.Categories))
	}
	if q.NeedID != "" {
		sel = sel.Where("id IN (SELECT project_id FROM project_need WHERE need_id = ?)", q.NeedID)
	}
	if q.Text != "" {
		pattern := likePattern(q.Text)
		sel = sel.Where(`(title LIKE ? ESCAPE '\' OR code LIKE ? ESCAPE '\')`, pattern, pattern)
	}
	if q.After != "" {
		sel = sel.Where("code < ?", q.After)
	}
	if q.Limit > 0 {
		sel = sel.Limit(int64(q.Limit))
	}
	var rows []projectRow
	if err := sel.Scan(ctx, &rows); err != nil {
		return nil, fail(err)
	}
	return s.full(ctx, rows)
}

func (s projects) ProjectsOfNeed(ctx context.Context, n ident.NeedID) ([]project.Project, error) {
	rows, err := list[projectRow](ctx, s.db, 0, "code",
		"status <> 'terminated' AND id IN (SELECT project_id FROM project_need WHERE need_id = ?)", n)
	if err != nil {
		return nil, err
	}
	return s.full(ctx, rows)
}

func (s projects) Bundleable(ctx context.Context, placePath string, but ident.ProjectID, limit int) ([]project.Bundleable, error) {
	var rows []project.Bundleable
	err := s.db.NewRaw(`SELECT n.id, n.code, n.title, n.category, l.name AS place_name, n.estimate_fen, n.beneficiaries,
			COALESCE(c.households, 0) AS households
		FROM need n JOIN place l ON l.id = n.place_id LEFT JOIN need_count c ON c.need_id = n.id
		WHERE n.stage = 'adopted' AND l.path LIKE ? AND NOT EXISTS (SELECT 1 FROM project_need x JOIN project p ON p.id = x.project_id
			WHERE x.need_id = n.id AND p.status <> 'terminated' AND p.id <> ?)
		ORDER BY n.stage_at, n.id LIMIT ?`, inside(placePath), but, limit).Scan(ctx, &rows)
	return rows, fail(err)
}

// full adds needs, lots and allocations to rows, with three statements for all of them.
func (s projects) full(ctx context.Context, rows []projectRow) ([]project.Project, error) {
	out := make([]project.Project, 0, len(rows))
	if len(rows) == 0 {
		return out, nil
	}
	at := map[string]int{}
	ids := make([]string, len(rows))
	for i := range rows {
		p, err := fromProjectRow(&rows[i])
		if err != nil {
			return nil, err
		}
		out = append(out, *p)
		ids[i], at[rows[i].ID] = rows[i].ID, i
	}
	needs, err := list[projectNeedRow](ctx, s.db, 0, "project_id, number", "project_id IN (?)", bun.List(ids))
	if err != nil {
		return nil, err
	}
	for _, r := range needs {
		p := &out[at[r.ProjectID]]
		p.NeedIDs = append(p.NeedIDs, ident.NeedID(r.NeedID))
	}
	lots, err := list[projectLotRow](ctx, s.db, 0, "project_id, number", "project_id IN (?)", bun.List(ids))
	if err != nil {
		return nil, err
	}
	for _, r := range lots {
		lot := project.Lot{ID: ident.LotID(r.ID), Number: r.Number, Title: r.Title, AmountFen: money.Fen(r.AmountFen)}
		if err := fromJSON(r.NeedIDs, &lot.NeedIDs); err != nil {
			return nil, err
		}
		p := &out[at[r.ProjectID]]
		p.Lots = append(p.Lots, lot)
	}
	budget, err := list[allocationRow](ctx, s.db, 0, "project_id, number", "project_id IN (?)", bun.List(ids))
	if err != nil {
		return nil, err
	}
	for _, r := range budget {
		p := &out[at[r.ProjectID]]
		p.Budget = append(p.Budget, project.Allocation{LineID: ident.BudgetLineID(r.LineID), AmountFen: money.Fen(r.AmountFen)})
	}
	return out, nil
}

func toProjectRow(p *project.Project) (*projectRow, error) {
	r := &projectRow{
		ID: string(p.ID), Code: p.Code, Title: p.Title, Summary: p.Summary, Track: string(p.Track), PartyID: string(p.PartyID),
		PlaceID: string(p.PlaceID), Category: string(p.Category), Beneficiaries: p.Beneficiaries, Status: p.Status,
		SuspendedFrom: p.SuspendedFrom, Reason: p.Reason, ProposedBy: string(p.ProposedBy), ProposedAt: p.ProposedAt,
		BudgetedAt: p.BudgetedAt, PlannedAt: p.PlannedAt, Version: p.Version,
	}
	if p.Plan != nil {
		r.Method, r.Approved = string(p.Plan.Method), p.Plan.Approval != ""
	}
	var err error
	if r.Plan, err = toJSON(p.Plan, p.Plan == nil); err != nil {
		return nil, err
	}
	r.Review, err = toJSON(p.Review, p.Review == nil)
	return r, err
}

func fromProjectRow(r *projectRow) (*project.Project, error) {
	p := &project.Project{
		ID: ident.ProjectID(r.ID), Code: r.Code, Title: r.Title, Summary: r.Summary, Track: project.Track(r.Track),
		PartyID: ident.PartyID(r.PartyID), PlaceID: ident.PlaceID(r.PlaceID), Category: taxonomy.Code(r.Category),
		Beneficiaries: r.Beneficiaries, Status: r.Status, SuspendedFrom: r.SuspendedFrom, Reason: r.Reason,
		ProposedBy: ident.PersonID(r.ProposedBy), ProposedAt: utc(r.ProposedAt), BudgetedAt: utcp(r.BudgetedAt),
		PlannedAt: utcp(r.PlannedAt), Version: r.Version,
	}
	if r.Plan != "" {
		p.Plan = &project.Plan{}
		if err := fromJSON(r.Plan, p.Plan); err != nil {
			return nil, err
		}
	}
	if r.Review != "" {
		p.Review = &project.Review{}
		if err := fromJSON(r.Review, p.Review); err != nil {
			return nil, err
		}
	}
	return p, nil
}
