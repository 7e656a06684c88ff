package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

type supportRow struct {
	bun.BaseModel `bun:"table:need_support"`
	ID            string `bun:",pk"`
	NeedID        string
	PersonID      *string
	Household     string
	VoiceID       *string
	At            time.Time
}

func (s needs) AddSupport(ctx context.Context, x need.Support) (bool, error) {
	row := supportRow{
		ID: x.ID, NeedID: string(x.NeedID), PersonID: null(string(x.PersonID)), Household: string(x.Household),
		VoiceID: null(string(x.VoiceID)), At: x.At,
	}
	res, err := s.db.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	if err != nil {
		return false, fail(err)
	}
	n, err := res.RowsAffected()
	return n > 0, fail(err)
}

func (s needs) DropSupport(ctx context.Context, n ident.NeedID, p ident.PersonID) (bool, error) {
	res, err := s.db.NewRaw("DELETE FROM need_support WHERE need_id = ? AND person_id = ? AND voice_id IS NULL", n, p).Exec(ctx)
	if err != nil {
		return false, fail(err)
	}
	k, err := res.RowsAffected()
	return k > 0, fail(err)
}

func (s needs) DropVoiceSupport(ctx context.Context, v ident.VoiceID) error {
	_, err := s.db.NewRaw("DELETE FROM need_support WHERE voice_id = ?", v).Exec(ctx)
	return fail(err)
}

func (s needs) Asked(ctx context.Context, fam []ident.NeedID, p ident.PersonID) (bool, error) {
	return s.exists(ctx, "SELECT COUNT(*) FROM need_support WHERE need_id IN (?) AND person_id = ?", fam, p)
}

func (s needs) HouseholdCounted(ctx context.Context, fam []ident.NeedID, h need.Household) (bool, error) {
	return s.exists(ctx, "SELECT COUNT(*) FROM need_support WHERE need_id IN (?) AND household = ?", fam, h)
}

func (s needs) Follows(ctx context.Context, fam []ident.NeedID, p ident.PersonID) (bool, error) {
	return s.exists(ctx, "SELECT COUNT(*) FROM follow WHERE object_kind = 'need' AND object_id IN (?) AND person_id = ?", fam, p)
}

func (s needs) exists(ctx context.Context, query string, fam []ident.NeedID, arg any) (bool, error) {
	if len(fam) == 0 {
		return false, nil
	}
	var n int
	err := s.db.NewRaw(query, bun.List(fam), arg).Scan(ctx, &n)
	return n > 0, fail(err)
}

// Follow writes where all follows stand, so that notices reach followers of needs like those
// of anything else.
func (s needs) Follow(ctx context.Context, n ident.NeedID, p ident.PersonID, at time.Time) error {
	_, err := s.db.NewRaw(`INSERT INTO follow (person_id, object_kind, object_id, since) VALUES (?, 'need', ?, ?)
		ON CONFLICT (person_id, object_kind, object_id) DO NOTHING`, p, n, at).Exec(ctx)
	return fail(err)
}

func (s needs) Unfollow(ctx context.Context, n ident.NeedID, p ident.PersonID) error {
	_, err := s.db.NewRaw("DELETE FROM follow WHERE object_kind = 'need' AND object_id = ? AND person_id = ?", n, p).Exec(ctx)
	return fail(err)
}

func (s needs) Watchers(ctx context.Context, n ident.NeedID, limit int) ([]ident.PersonID, error) {
	var out []ident.PersonID
	err := s.db.NewRaw(family+`SELECT person_id FROM need_support WHERE need_id IN (SELECT id FROM family) AND person_id IS NOT NULL
		UNION SELECT person_id FROM follow WHERE object_kind = 'need' AND object_id IN (SELECT id FROM family)
		ORDER BY person_id LIMIT ?`, n, limit).Scan(ctx, &out)
	return out, fail(err)
}

// Recount first touches the row of the cache, which orders it after every other change of
// this need, and then counts with a fresh snapshot: two supports at once are both seen.
func (s needs) Recount(ctx context.Context, n ident.NeedID) (need.Counts, error) {
	var c need.Counts
	if _, err := s.db.NewRaw("UPDATE need_count SET households = households WHERE need_id = ?", n).Exec(ctx); err != nil {
		return c, fail(err)
	}
	err := s.db.NewRaw(family+`SELECT
		(SELECT COUNT(DISTINCT household) FROM need_support WHERE household <> '' AND need_id IN (SELECT id FROM family)) AS households,
		(SELECT COUNT(*) FROM voice WHERE status = 'gathered' AND need_id IN (SELECT id FROM family)) AS voices,
		(SELECT COUNT(DISTINCT person_id) FROM follow WHERE object_kind = 'need' AND object_id IN (SELECT id FROM family)) AS followers`, n).
		Scan(ctx, &c.Households, &c.Voices, &c.Followers)
	if err != nil {
		return c, fail(err)
	}
	_, err = s.db.NewRaw("UPDATE need_count SET households = ?, voices = ?, followers = ? WHERE need_id = ?",
		c.Households, c.Voices, c.Followers, n).Exec(ctx)
	return c, fail(err)
}

func (s needs) Counts(ctx context.Context, ids []ident.NeedID) (map[ident.NeedID]need.Counts, error) {
	out := map[ident.NeedID]need.Counts{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []struct {
		NeedID                        string
		Households, Voices, Followers int
	}
	if err := s.db.NewRaw("SELECT need_id, households, voices, followers FROM need_count WHERE need_id IN (?)", bun.List(ids)).Scan(ctx, &rows); err != nil {
		return nil, fail(err)
	}
	for _, r := range rows {
		out[ident.NeedID(r.NeedID)] = need.Counts{Households: r.Households, Voices: r.Voices, Followers: r.Followers}
	}
	return out, nil
}
