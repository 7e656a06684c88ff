package sqlstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"github.com/uptrace/bun/migrate"

	"linli/backend/domain/fault"
	"linli/migrations"
)

// migrationLock is the advisory lock that lets one process migrate at a time; PostgreSQL
// releases it when the session ends, even after a kill.
const migrationLock = 7_130_546

// Migrate brings the schema up to date and returns the names applied now. A migration that
// changed after it was applied is refused (migration.changed).
func (d *DB) Migrate(ctx context.Context) ([]string, error) {
	unlock, err := d.lockMigrations(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	set, sums, err := d.discover()
	if err != nil {
		return nil, err
	}
	m := migrate.NewMigrator(d.write, set, migrate.WithMarkAppliedOnSuccess(true), migrate.WithTemplateData(d.dialect.types))
	if err := m.Init(ctx); err != nil {
		return nil, fmt.Errorf("prepare migrations: %w", fail(err))
	}
	if err := d.checkSums(ctx, sums); err != nil {
		return nil, err
	}
	group, err := m.Migrate(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	var names []string
	for _, x := range group.Migrations {
		names = append(names, x.String())
	}
	return names, d.storeSums(ctx, sums)
}

// Pending lists migrations that have not been applied.
func (d *DB) Pending(ctx context.Context) ([]string, error) {
	set, _, err := d.discover()
	if err != nil {
		return nil, err
	}
	m := migrate.NewMigrator(d.read, set, migrate.WithTemplateData(d.dialect.types))
	all, err := m.MigrationsWithStatus(ctx)
	if err != nil {
		return nil, fail(err)
	}
	var names []string
	for _, x := range all.Unapplied() {
		names = append(names, x.String())
	}
	return names, nil
}

func (d *DB) discover() (*migrate.Migrations, map[string]string, error) {
	set, sums := migrate.NewMigrations(), map[string]string{}
	for _, dir := range []string{"common", d.dialect.name} {
		sub, err := fs.Sub(migrations.Files, dir)
		if err != nil {
			return nil, nil, fault.Internal("migrations folder "+dir, err)
		}
		names, _ := fs.Glob(sub, "*.sql")
		for _, n := range names {
			number, _, _ := strings.Cut(n, "_")
			if _, twice := sums[number]; twice {
				return nil, nil, fault.Internal("migration number "+number+" stands twice", nil)
			}
			text, err := fs.ReadFile(sub, n)
			if err != nil {
				return nil, nil, fault.Internal("migration "+n, err)
			}
			sum := sha256.Sum256(text)
			sums[number] = hex.EncodeToString(sum[:])
		}
		if err := set.Discover(sub); err != nil {
			return nil, nil, fault.Internal("migrations do not read", err)
		}
	}
	return set, sums, nil
}

func (d *DB) lockMigrations(ctx context.Context) (func(), error) {
	if !d.Postgres() {
		return func() {}, nil // the writer's file lock already excludes others
	}
	conn, err := d.write.DB.Conn(ctx)
	if err != nil {
		return nil, fail(err)
	}
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_lock(%d)", migrationLock)); err != nil {
		_ = conn.Close()
		return nil, fail(err)
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf("SELECT pg_advisory_unlock(%d)", migrationLock))
		_ = conn.Close()
	}, nil
}

func (d *DB) checkSums(ctx context.Context, sums map[string]string) error {
	if _, err := d.write.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS migration_sum (number TEXT PRIMARY KEY, sha256 TEXT NOT NULL)"); err != nil {
		return fail(err)
	}
	var rows []struct{ Number, Sha256 string }
	if err := d.write.NewRaw("SELECT number, sha256 FROM migration_sum").Scan(ctx, &rows); err != nil {
		return fail(err)
	}
	for _, r := range rows {
		if now, known := sums[r.Number]; known && now != r.Sha256 {
			return fault.Conflict("migration.changed", "migration "+r.Number+" was changed after it was applied")
		}
	}
	return nil
}

func (d *DB) storeSums(ctx context.Context, sums map[string]string) error {
	numbers := make([]string, 0, len(sums))
	for n := range sums {
		numbers = append(numbers, n)
	}
	sort.Strings(numbers)
	for _, n := range numbers {
		_, err := d.write.NewRaw("INSERT INTO migration_sum (number, sha256) VALUES (?, ?) ON CONFLICT (number) DO NOTHING", n, sums[n]).Exec(ctx)
		if err != nil {
			return fail(err)
		}
	}
	return nil
}

// SchemaSum is a hash over every migration: it changes when the schema does.
func SchemaSum() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(migrations.Files, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrations.Files, path)
		h.Write([]byte(path))
		h.Write(text)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}
