package sqlstore

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/resource"
)

type resourceItemRow struct {
	bun.BaseModel `bun:"table:resource_item,alias:i"`
	ID            string `bun:",pk"`
	Kind          string
	PartyID       string
	PlaceID       string
	Facts         string
	Persons       int
	State         string
	checkColumns
	UpdatedAt time.Time
	Version   int64
}

type resourceItemCategoryRow struct {
	bun.BaseModel `bun:"table:resource_item_category"`
	ItemID        string
	Category      string
}

type resourceItemAccessRow struct {
	bun.BaseModel `bun:"table:resource_item_access"`
	ItemID        string
	Code          string
	Value         int
}

func toItemRow(i *resource.Item) (*resourceItemRow, error) {
	facts, err := resourceText("facts", i.Facts)
	if err != nil {
		return nil, err
	}
	return &resourceItemRow{
		ID: string(i.ID), Kind: string(i.Kind), PartyID: string(i.PartyID), PlaceID: string(i.Facts.PlaceID), Facts: facts,
		Persons: i.Facts.Persons, State: i.State, checkColumns: toCheck(i.Checked), UpdatedAt: i.UpdatedAt, Version: i.Version,
	}, nil
}

func fromItemRow(r resourceItemRow) (resource.Item, error) {
	i := resource.Item{ID: ident.ResourceID(r.ID), Kind: resource.ItemKind(r.Kind), PartyID: ident.PartyID(r.PartyID), State: r.State,
		Checked: fromCheck(r.checkColumns), UpdatedAt: utc(r.UpdatedAt), Version: r.Version}
	return i, readResource("facts", r.Facts, &i.Facts)
}

func (s resources) Item(ctx context.Context, id ident.ResourceID) (*resource.Item, error) {
	r, err := get[resourceItemRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	i, err := fromItemRow(*r)
	return &i, err
}

func (s resources) InsertItem(ctx context.Context, i *resource.Item) error {
	i.Version = 1
	r, err := toItemRow(i)
	if err != nil {
		return err
	}
	if err := insert(ctx, s.db, r); err != nil {
		return err
	}
	return s.itemParts(ctx, i)
}

func (s resources) SaveItem(ctx context.Context, i *resource.Item) error {
	r, err := toItemRow(i)
	if err != nil {
		return err
	}
	if err := save(ctx, s.db, r, &r.Version); err != nil {
		return err
	}
	i.Version = r.Version
	for _, t := range []string{"resource_item_category", "resource_item_access"} {
		if _, err := s.db.NewRaw("DELETE FROM ? WHERE item_id = ?", bun.Ident(t), r.ID).Exec(ctx); err != nil {
			return fail(err)
		}
	}
	return s.itemParts(ctx, i)
}

func (s resources) itemParts(ctx context.Context, i *resource.Item) error {
	var categories []resourceItemCategoryRow
	for _, c := range i.Facts.Categories {
		categories = append(categories, resourceItemCategoryRow{ItemID: string(i.ID), Category: string(c)})
	}
	var facts []resourceItemAccessRow
	for _, a := range i.Facts.Access {
		facts = append(facts, resourceItemAccessRow{ItemID: string(i.ID), Code: string(a.Code), Value: a.Value})
	}
	if err := insertAll(ctx, s.db, categories, placeBatch); err != nil {
		return err
	}
	if err := insertAll(ctx, s.db, facts, placeBatch); err != nil {
		return err
	}
	return searchResource.put(ctx, s.db, string(i.ID), i.Facts.Title, i.Facts.TitleEN, i.Facts.Description, i.Facts.Address, strings.Join(i.Facts.Features, "\n"))
}

func (s resources) Items(ctx context.Context, f resource.Query) ([]resource.Item, error) {
	var rows []resourceItemRow
	q := s.db.NewSelect().Model(&rows).Limit(int64(f.Limit))
	if f.ItemKind != "" {
		q = q.Where("i.kind = ?", string(f.ItemKind))
	}
	if len(f.States) > 0 {
		q = q.Where("i.state IN (?)", bun.List(f.States))
	} else {
		q = q.Where("i.state = 'offered'")
	}
	if f.PartyID != "" {
		q = q.Where("i.party_id = ?", f.PartyID)
	}
	if f.PlacePath != "" {
		q = q.Where("i.place_id IN (SELECT id FROM place WHERE path >= ? AND path < ?)", f.PlacePath, afterPrefix(f.PlacePath))
	}
	if len(f.Categories) > 0 {
		q = q.Where("i.id IN (SELECT item_id FROM resource_item_category WHERE category IN (?))", bun.List(f.Categories))
	}
	if f.Persons > 0 {
		q = q.Where("i.persons >= ?", f.Persons)
	}
	for _, a := range f.Access {
		q = q.Where("i.id IN (SELECT item_id FROM resource_item_access WHERE code = ? AND value > 0)", string(a))
	}
	if f.Before != "" {
		q = q.Where("i.id < ?", f.Before)
	}
	if err := searchResource.filter(q, "i.id", f.Words).OrderExpr("i.id DESC").Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]resource.Item, len(rows))
	for n, r := range rows {
		var err error
		if out[n], err = fromItemRow(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

type mistakeRow struct {
	bun.BaseModel `bun:"table:resource_mistake"`
	ID            string `bun:",pk"`
	Kind          string
	SubjectID     string
	PartyID       string
	Text          string
	ByID          *string
	At            time.Time
	State         string
	Answer        string
	AnswerBy      *string
	AnswerAt      *time.Time
	Version       int64
}

func toMistakeRow(m *resource.Mistake) *mistakeRow {
	return &mistakeRow{ID: m.ID, Kind: m.Kind, SubjectID: m.SubjectID, PartyID: string(m.PartyID), Text: m.Text, ByID: null(string(m.By)), At: m.At,
		State: m.State, Answer: m.Answer, AnswerBy: null(string(m.AnswerBy)), AnswerAt: m.AnswerAt, Version: m.Version}
}

func fromMistakeRow(r mistakeRow) resource.Mistake {
	return resource.Mistake{ID: r.ID, Kind: r.Kind, SubjectID: r.SubjectID, PartyID: ident.PartyID(r.PartyID), Text: r.Text, By: ident.PersonID(text(r.ByID)), At: utc(r.At),
		State: r.State, Answer: r.Answer, AnswerBy: ident.PersonID(text(r.AnswerBy)), AnswerAt: utcp(r.AnswerAt), Version: r.Version}
}

func (s resources) Mistake(ctx context.Context, id string) (*resource.Mistake, error) {
	r, err := get[mistakeRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	m := fromMistakeRow(*r)
	return &m, nil
}

func (s resources) InsertMistake(ctx context.Context, m *resource.Mistake) error {
	m.Version = 1
	return insert(ctx, s.db, toMistakeRow(m))
}

func (s resources) SaveMistake(ctx context.Context, m *resource.Mistake) error {
	r := toMistakeRow(m)
	err := save(ctx, s.db, r, &r.Version)
	m.Version = r.Version
	return err
}

func (s resources) Mistakes(ctx context.Context, owner ident.PartyID, state string, limit int) ([]resource.Mistake, error) {
	where, args := "party_id = ?", []any{owner}
	if state != "" {
		where, args = where+" AND state = ?", append(args, state)
	}
	rows, err := list[mistakeRow](ctx, s.db, limit, "at, id", where, args...)
	if err != nil {
		return nil, err
	}
	out := make([]resource.Mistake, len(rows))
	for i, r := range rows {
		out[i] = fromMistakeRow(r)
	}
	return out, nil
}
