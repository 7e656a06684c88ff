package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"linli/backend/app"
	"linli/backend/domain/fault"
)

// writeAttempts bounds how often a transaction is run again after PostgreSQL refused to
// order it with another one.
const writeAttempts = 5

// View runs a read in one snapshot.
func (d *DB) View(ctx context.Context, fn func(ctx context.Context, u *app.Unit) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if d.Postgres() {
		opts.Isolation = sql.LevelRepeatableRead
	}
	tx, err := d.read.BeginTx(ctx, opts)
	if err != nil {
		return fail(err)
	}
	defer func() { _ = tx.Rollback() }()
	u, err := d.unit(ctx, tx)
	if err != nil {
		return err
	}
	return fn(ctx, u)
}

// Update runs a write; change, audit leaves and events are committed together or not at all.
func (d *DB) Update(ctx context.Context, fn func(ctx context.Context, u *app.Unit) error) error {
	if d.readOnly {
		return fault.Conflict("store.locked", "the store was opened for reading only")
	}
	var err error
	for attempt := 0; attempt < writeAttempts; attempt++ {
		if err = d.once(ctx, fn); err == nil || !retryable(err) {
			return err
		}
	}
	return err
}

func (d *DB) once(ctx context.Context, fn func(ctx context.Context, u *app.Unit) error) error {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fail(err)
	}
	done := false
	defer func() {
		if !done {
			_ = tx.Rollback()
		}
	}()
	u, err := d.unit(ctx, tx)
	if err != nil {
		return err
	}
	if err := fn(ctx, u); err != nil {
		return err
	}
	if err := u.Flush(ctx); err != nil {
		return err
	}
	done = true
	if err := tx.Commit(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fail(err)
	} else if err != nil {
		return fault.Wrap(fault.KindUnavailable, "request.timeout", "the transaction ended before its commit", err)
	}
	return nil
}

func (d *DB) unit(ctx context.Context, tx bun.Tx) (*app.Unit, error) {
	now, err := d.clock.refresh(ctx, tx)
	if err != nil {
		return nil, err
	}
	return app.NewUnit(app.Unit{
		Now:         now,
		People:      newPeople(tx),
		Places:      newPlaces(tx),
		Resources:   newResources(tx),
		Needs:       newNeeds(tx),
		Projects:    newProjects(tx),
		Matchings:   newMatchings(tx),
		Tenders:     newTenders(tx),
		Bids:        newBids(tx),
		Evaluations: newEvaluations(tx),
		Contracts:   newContracts(tx),
		Payments:    newPayments(tx),
		Ledger:      newLedgers(tx),
		Calendars:   newCalendars(tx),
		Funds:       newFunds(tx),
		Challenges:  newChallenges(tx),
		Notices:     newNotices(tx),
		Files:       newFiles(tx),
		Audits:      newAudits(tx, d.dialect),
		Figures:     newFigures(tx),
		Core:        newCore(tx, d, now),
	}, d.ids), nil
}
