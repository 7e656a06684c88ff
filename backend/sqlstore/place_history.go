package sqlstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

type placeLinkRow struct {
	bun.BaseModel `bun:"table:place_link"`
	FromID        string `bun:",pk"`
	ToID          string `bun:",pk"`
	Kind          string `bun:",pk"`
	Reason        string
	FromAt        time.Time
}

func (s places) InsertLinks(ctx context.Context, all []community.Link) error {
	for _, l := range all {
		row := placeLinkRow{FromID: string(l.FromID), ToID: string(l.ToID), Kind: l.Kind, Reason: l.Reason, FromAt: l.From}
		if _, err := s.db.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
			return fail(err)
		}
	}
	return nil
}

func (s places) Links(ctx context.Context, id ident.PlaceID) ([]community.Link, error) {
	rows, err := list[placeLinkRow](ctx, s.db, 0, "from_at, from_id, to_id", "from_id = ? OR to_id = ?", id, id)
	if err != nil {
		return nil, err
	}
	out := make([]community.Link, len(rows))
	for i, r := range rows {
		out[i] = community.Link{FromID: ident.PlaceID(r.FromID), ToID: ident.PlaceID(r.ToID), Kind: r.Kind, Reason: r.Reason, From: utc(r.FromAt)}
	}
	return out, nil
}

type placeRehomingRow struct {
	bun.BaseModel `bun:"table:place_rehoming"`
	ID            string `bun:",pk"`
	PlaceID       string
	Kind          string
	Reason        string
	Candidates    string
	Attached      int
	State         string
	ChosenID      *string
	DecidedBy     *string
	DecidedAt     *time.Time
	Since         time.Time
	Version       int64
}

func toRehomingRow(r *community.Rehoming) (*placeRehomingRow, error) {
	candidates, err := json.Marshal(r.Candidates)
	if err != nil {
		return nil, fault.Internal("candidates do not marshal", err)
	}
	return &placeRehomingRow{
		ID: r.ID, PlaceID: string(r.PlaceID), Kind: r.Kind, Reason: r.Reason, Candidates: string(candidates), Attached: r.Attached,
		State: r.State, ChosenID: null(string(r.ChosenID)), DecidedBy: null(string(r.DecidedBy)), DecidedAt: r.DecidedAt,
		Since: r.Since, Version: r.Version,
	}, nil
}

func fromRehomingRow(r placeRehomingRow) (community.Rehoming, error) {
	out := community.Rehoming{
		ID: r.ID, PlaceID: ident.PlaceID(r.PlaceID), Kind: r.Kind, Reason: r.Reason, Attached: r.Attached, State: r.State,
		ChosenID: ident.PlaceID(text(r.ChosenID)), DecidedBy: ident.PersonID(text(r.DecidedBy)), DecidedAt: utcp(r.DecidedAt),
		Since: utc(r.Since), Version: r.Version,
	}
	if err := json.Unmarshal([]byte(r.Candidates), &out.Candidates); err != nil {
		return out, fault.Internal("candidates do not read", err)
	}
	return out, nil
}

func (s places) Rehoming(ctx context.Context, id string) (*community.Rehoming, error) {
	r, err := get[placeRehomingRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	out, err := fromRehomingRow(*r)
	return &out, err
}

func (s places) InsertRehomings(ctx context.Context, all []community.Rehoming) error {
	rows := make([]placeRehomingRow, len(all))
	for i := range all {
		all[i].Version = 1
		r, err := toRehomingRow(&all[i])
		if err != nil {
			return err
		}
		rows[i] = *r
	}
	return insertAll(ctx, s.db, rows, placeBatch)
}

func (s places) SaveRehoming(ctx context.Context, r *community.Rehoming) error {
	row, err := toRehomingRow(r)
	if err != nil {
		return err
	}
	err = save(ctx, s.db, row, &row.Version)
	r.Version = row.Version
	return err
}

func (s places) Rehomings(ctx context.Context, f community.RehomingQuery) ([]community.Rehoming, error) {
	var rows []placeRehomingRow
	q := s.db.NewSelect().Model(&rows).OrderExpr("attached DESC, id").Limit(int64(f.Limit)).Offset(int64(f.Offset))
	if f.State != "" {
		q = q.Where("state = ?", f.State)
	}
	if f.PlaceID != "" {
		q = q.Where("place_id = ?", f.PlaceID)
	}
	if f.Attached {
		q = q.Where("attached > 0")
	}
	if f.Path != "" {
		q = q.Where("place_id IN (SELECT id FROM place WHERE path >= ? AND path < ?)", f.Path, afterPrefix(f.Path))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]community.Rehoming, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = fromRehomingRow(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

type placeFactRow struct {
	bun.BaseModel `bun:"table:place_fact"`
	PlaceID       string `bun:",pk"`
	Kind          string `bun:",pk"`
	AsOf          string `bun:",pk"`
	Value         int64
	Source        string
}

func (s places) PutFact(ctx context.Context, f community.Fact) error {
	row := placeFactRow{PlaceID: string(f.PlaceID), Kind: string(f.Kind), AsOf: f.AsOf, Value: f.Value, Source: f.Source}
	_, err := s.db.NewInsert().Model(&row).On("CONFLICT (place_id, kind, as_of) DO UPDATE").
		Set("value = EXCLUDED.value").Set("source = EXCLUDED.source").Exec(ctx)
	return fail(err)
}

func (s places) Facts(ctx context.Context, id ident.PlaceID) ([]community.Fact, error) {
	rows, err := list[placeFactRow](ctx, s.db, 0, "as_of DESC, kind", "place_id = ?", id)
	if err != nil {
		return nil, err
	}
	out := make([]community.Fact, len(rows))
	for i, r := range rows {
		out[i] = community.Fact{PlaceID: ident.PlaceID(r.PlaceID), Kind: community.FactKind(r.Kind), AsOf: r.AsOf, Value: r.Value, Source: r.Source}
	}
	return out, nil
}

type placeImportRow struct {
	bun.BaseModel `bun:"table:place_import"`
	ID            string `bun:",pk"`
	File          string
	SHA256        string `bun:"sha256"`
	FromAt        time.Time
	At            time.Time
	Rows          int
	Added         int
	Changed       int
	Ended         int
	Splits        int
	Moved         int
	Waiting       int
}

func fromImportRow(r placeImportRow) community.Import {
	return community.Import{ID: r.ID, File: r.File, SHA256: r.SHA256, From: utc(r.FromAt), At: utc(r.At), Rows: r.Rows,
		Added: r.Added, Changed: r.Changed, Ended: r.Ended, Splits: r.Splits, Moved: r.Moved, Waiting: r.Waiting}
}

func (s places) InsertImport(ctx context.Context, i *community.Import) error {
	return insert(ctx, s.db, &placeImportRow{ID: i.ID, File: i.File, SHA256: i.SHA256, FromAt: i.From, At: i.At, Rows: i.Rows,
		Added: i.Added, Changed: i.Changed, Ended: i.Ended, Splits: i.Splits, Moved: i.Moved, Waiting: i.Waiting})
}

func (s places) Import(ctx context.Context, id string) (*community.Import, error) {
	r, err := get[placeImportRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	out := fromImportRow(*r)
	return &out, nil
}

func (s places) Imports(ctx context.Context, limit int) ([]community.Import, error) {
	rows, err := list[placeImportRow](ctx, s.db, limit, "at DESC, id DESC", "TRUE")
	if err != nil {
		return nil, err
	}
	out := make([]community.Import, len(rows))
	for i, r := range rows {
		out[i] = fromImportRow(r)
	}
	return out, nil
}

func (s places) BodiesAt(ctx context.Context, ids []ident.PlaceID) ([]community.Body, error) {
	var out []community.Body
	for len(ids) > 0 {
		n := min(len(ids), placeBatch)
		var rows []struct{ PlaceID, PartyID, MembershipID, Name string }
		err := s.db.NewRaw(`SELECT place_id, id AS party_id, '' AS membership_id, name FROM party WHERE place_id IN (?)
			UNION ALL SELECT m.place_id, m.party_id, m.id, p.name FROM membership m JOIN party p ON p.id = m.party_id WHERE m.place_id IN (?)
			ORDER BY 1, 2, 3`, bun.List(ids[:n]), bun.List(ids[:n])).Scan(ctx, &rows)
		if err != nil {
			return nil, fail(err)
		}
		for _, r := range rows {
			out = append(out, community.Body{PlaceID: ident.PlaceID(r.PlaceID), PartyID: ident.PartyID(r.PartyID),
				MembershipID: ident.MembershipID(r.MembershipID), Name: r.Name})
		}
		ids = ids[n:]
	}
	return out, nil
}
