package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/fault"
)

// get loads one row by a condition; fault record.not_found.
func get[R any](ctx context.Context, db bun.IDB, where string, args ...any) (*R, error) {
	row := new(R)
	if err := db.NewSelect().Model(row).Where(where, args...).Limit(1).Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return row, nil
}

// list loads rows by a condition in an order; limit 0 means all that match.
func list[R any](ctx context.Context, db bun.IDB, limit int, order, where string, args ...any) ([]R, error) {
	var rows []R
	q := db.NewSelect().Model(&rows).Where(where, args...)
	if order != "" {
		q = q.OrderExpr(order)
	}
	if limit > 0 {
		q = q.Limit(int64(limit))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return rows, nil
}

// insert stores a new row (or a slice of rows); fault record.duplicate.
func insert(ctx context.Context, db bun.IDB, row any) error {
	_, err := db.NewInsert().Model(row).Exec(ctx)
	return fail(err)
}

// save stores a changed row whose version field is given by pointer: it names the version
// seen and counts it up. Fault record.stale when someone else was first. The primary key
// and the column "version" must be mapped in the row.
func save(ctx context.Context, db bun.IDB, row any, version *int64) error {
	seen := *version
	*version = seen + 1
	res, err := db.NewUpdate().Model(row).WherePK().Where("version = ?", seen).Exec(ctx)
	if err != nil {
		*version = seen
		return fail(err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		*version = seen
		return fault.Stale("record.stale", "the row was changed by someone else").With("version", "")
	}
	return nil
}

// utc normalises a loaded time; drivers hand back local zones.
func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// utcp is utc for optional times.
func utcp(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := utc(*t)
	return &u
}

// null stores "" as NULL, for optional references.
func null(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// text reads an optional reference back.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
