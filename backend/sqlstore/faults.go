package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	sqlitedrv "modernc.org/sqlite"

	"linli/backend/domain/fault"
)

// sqlStates maps the SQLSTATE codes of PostgreSQL; SQLite's extended codes stand beside.
var sqlStates = map[string]func(error) error{
	"23505": duplicate, "23503": constraint, "23514": constraint, "23502": constraint, "23001": constraint,
	"P0001": constraint, "40001": busy, "40P01": busy, "55P03": busy, "57014": timeout,
}

var sqliteCodes = map[int]func(error) error{
	2067: duplicate, 1555: duplicate, // UNIQUE, PRIMARYKEY
	787: constraint, 275: constraint, 1299: constraint, 1811: constraint, // FOREIGNKEY, CHECK, NOTNULL, TRIGGER
	5: busy, 6: busy, 261: busy, 517: busy, 9: timeout,
}

func duplicate(err error) error {
	return fault.Wrap(fault.KindConflict, "record.duplicate", "a unique constraint refused", err)
}

func constraint(err error) error {
	return fault.Wrap(fault.KindConflict, "record.constraint", "a constraint refused", err)
}

func busy(err error) error {
	return fault.Wrap(fault.KindUnavailable, "store.unavailable", "the database is busy", err)
}

func timeout(err error) error {
	return fault.Wrap(fault.KindUnavailable, "request.timeout", "the statement was cancelled", err)
}

// fail turns a driver's error into a fault; nil stays nil, faults pass through.
func fail(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := fault.As(err); ok {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Wrap(fault.KindNotFound, "record.not_found", "no such row", err)
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return timeout(err)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if f := sqlStates[pg.Code]; f != nil {
			return f(err)
		}
		return fault.Internal("database refused a statement", err)
	}
	var lite *sqlitedrv.Error
	if errors.As(err, &lite) {
		if f := sqliteCodes[lite.Code()]; f != nil {
			return f(err)
		}
		if strings.Contains(lite.Error(), "append_only") {
			return constraint(err)
		}
	}
	return fault.Internal("database refused a statement", err)
}

// retryable tells whether running the whole transaction again may help.
func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}
