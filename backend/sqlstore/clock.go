package sqlstore

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/fault"
)

// clockRefresh bounds how long another process may see the time before a shift.
const clockRefresh = time.Second

// Clock is the business clock: system time plus a shift that lives in the database, so that
// every process agrees. It is the only place that asks the machine for the time.
type Clock struct {
	db     *DB
	system func() time.Time
	shift  atomic.Int64 // microseconds
	asked  atomic.Int64 // system time of the last refresh, unix nanoseconds
	frozen bool
}

func newClock(d *DB, system func() time.Time) *Clock {
	if system == nil {
		return &Clock{db: d, system: time.Now}
	}
	return &Clock{db: d, system: system, frozen: true}
}

// System is the machine's time in UTC: sessions, rate limits and tokens live by it.
func (c *Clock) System() time.Time { return c.system().UTC().Truncate(time.Microsecond) }

// Now is the business time in UTC. It refreshes the shift at most once a second.
func (c *Clock) Now() time.Time {
	now := c.system()
	if last := c.asked.Load(); (c.frozen || now.UnixNano()-last > int64(clockRefresh)) && c.asked.CompareAndSwap(last, now.UnixNano()) {
		ctx, cancel := context.WithTimeout(context.Background(), clockRefresh)
		defer cancel()
		_, _ = c.refresh(ctx, c.db.read)
	}
	return c.at(now)
}

func (c *Clock) at(system time.Time) time.Time {
	return system.UTC().Add(time.Duration(c.shift.Load()) * time.Microsecond).Truncate(time.Microsecond)
}

// refresh reads the shift inside a transaction or beside one, and tells the time by it.
func (c *Clock) refresh(ctx context.Context, db bun.IDB) (time.Time, error) {
	var us int64
	if err := db.NewRaw("SELECT shift_us FROM clock WHERE id = 1").Scan(ctx, &us); err != nil {
		return time.Time{}, fail(err)
	}
	c.shift.Store(us)
	return c.at(c.system()), nil
}

// Shift moves the business clock forward for every process. Fault clock.backwards for a
// duration that is not positive. Who may call it is decided in the use case.
func (c *Clock) Shift(ctx context.Context, by time.Duration) error {
	if by <= 0 {
		return fault.Invalid("clock.backwards", "the clock only moves forward")
	}
	_, err := c.db.write.NewRaw("UPDATE clock SET shift_us = shift_us + ? WHERE id = 1", by.Microseconds()).Exec(ctx)
	if err != nil {
		return fail(err)
	}
	_, err = c.refresh(ctx, c.db.write)
	return err
}

// Begin sets the business time of an empty installation: how a demonstration starts its
// story in the past. Fault clock.backwards once anything has been recorded.
func (c *Clock) Begin(ctx context.Context, at time.Time) error {
	res, err := c.db.write.NewRaw("UPDATE clock SET shift_us = ? WHERE id = 1 AND (SELECT seq FROM audit_head) = 0",
		at.Sub(c.system()).Microseconds()).Exec(ctx)
	if err != nil {
		return fail(err)
	}
	if n, _ := res.RowsAffected(); n == 0 {
		return fault.Conflict("clock.backwards", "the installation has records already")
	}
	_, err = c.refresh(ctx, c.db.write)
	return err
}
