package sqlstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

type core struct {
	tx  bun.Tx
	d   *DB
	now time.Time
}

func newCore(tx bun.Tx, d *DB, now time.Time) app.Core { return core{tx: tx, d: d, now: now} }

func (c core) NextNumber(ctx context.Context, prefix string, year int) (int64, error) {
	var n int64
	err := c.tx.NewRaw(`INSERT INTO counter (prefix, year, last) VALUES (?, ?, 1)
		ON CONFLICT (prefix, year) DO UPDATE SET last = counter.last + 1 RETURNING last`, prefix, year).Scan(ctx, &n)
	return n, fail(err)
}

func (c core) NextNumbers(ctx context.Context, prefix string, year, count int) (int64, error) {
	var last int64
	err := c.tx.NewRaw(`INSERT INTO counter (prefix, year, last) VALUES (?, ?, ?)
		ON CONFLICT (prefix, year) DO UPDATE SET last = counter.last + excluded.last RETURNING last`, prefix, year, count).Scan(ctx, &last)
	return last - int64(count) + 1, fail(err)
}

type dutyRow struct {
	bun.BaseModel `bun:"table:duty"`
	ProjectID     string `bun:",pk"`
	Duty          string `bun:",pk"`
	PersonID      string `bun:",pk"`
	At            time.Time
}

func (c core) Duties(ctx context.Context, project ident.ProjectID) ([]app.DutyHolder, error) {
	rows, err := list[dutyRow](ctx, c.tx, 0, "duty, person_id", "project_id = ?", project)
	if err != nil {
		return nil, err
	}
	var out []app.DutyHolder
	for _, r := range rows {
		out = append(out, app.DutyHolder{Duty: access.Duty(r.Duty), Person: ident.PersonID(r.PersonID)})
	}
	return out, nil
}

func (c core) AddDuty(ctx context.Context, project ident.ProjectID, duty access.Duty, person ident.PersonID, at time.Time) error {
	row := dutyRow{ProjectID: string(project), Duty: string(duty), PersonID: string(person), At: at}
	_, err := c.tx.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	return fail(err)
}

// LiveActor loads membership, party place and name again: a role that ended a second ago
// writes nothing any more.
func (c core) LiveActor(ctx context.Context, a access.Actor) (access.Actor, error) {
	var row struct {
		PersonID, PartyID, Role, Name string
		PlaceID, Path                 *string
		Until                         *time.Time
		Active                        bool
	}
	err := c.tx.NewRaw(`SELECT m.person_id, m.party_id, m.role, p.name, m.until, y.active,
			COALESCE(m.place_id, y.place_id) AS place_id, l.path
		FROM membership m JOIN person p ON p.id = m.person_id JOIN party y ON y.id = m.party_id
		LEFT JOIN place l ON l.id = COALESCE(m.place_id, y.place_id) WHERE m.id = ?`, a.MembershipID).Scan(ctx, &row)
	ended := fault.Forbidden("access.membership_ended", "the membership is over")
	if fault.KindOf(fail(err)) == fault.KindNotFound {
		return a, ended
	}
	if err != nil {
		return a, fail(err)
	}
	if row.PersonID != string(a.PersonID) || !row.Active || (row.Until != nil && !row.Until.After(c.now)) {
		return a, ended
	}
	a.PartyID, a.Role, a.Name = ident.PartyID(row.PartyID), access.Role(row.Role), row.Name
	a.PlaceID, a.PlacePath = ident.PlaceID(text(row.PlaceID)), text(row.Path)
	return a, nil
}

type rememberedRow struct {
	bun.BaseModel  `bun:"table:remembered"`
	PersonID       string `bun:",pk"`
	IdempotencyKey string `bun:",pk"`
	Name           string
	Fingerprint    string
	Result         string
	At             time.Time
}

func (c core) Replay(ctx context.Context, person ident.PersonID, key string) (app.Remembered, bool, error) {
	row, err := get[rememberedRow](ctx, c.tx, "person_id = ? AND idempotency_key = ?", person, key)
	if fault.KindOf(err) == fault.KindNotFound {
		return app.Remembered{}, false, nil
	}
	if err != nil {
		return app.Remembered{}, false, err
	}
	return app.Remembered{Name: row.Name, Fingerprint: row.Fingerprint, Result: row.Result}, true, nil
}

func (c core) Remember(ctx context.Context, person ident.PersonID, key string, r app.Remembered) error {
	return insert(ctx, c.tx, &rememberedRow{
		PersonID: string(person), IdempotencyKey: key, Name: r.Name, Fingerprint: r.Fingerprint,
		Result: r.Result, At: c.d.clock.System(),
	})
}

type eventRow struct {
	bun.BaseModel `bun:"table:event"`
	Seq           int64 `bun:",pk"`
	ID            string
	Kind          string
	At            time.Time
	ActorID       string
	PartyID       string
	ObjectKind    string
	ObjectID      string
	ProjectID     string
	NeedID        string
	PlaceID       string
	Data          string
}

func (c core) AppendEvents(ctx context.Context, events []event.Event) error {
	var last int64
	err := c.tx.NewRaw("UPDATE audit_head SET event_seq = event_seq + ? WHERE id = 1 RETURNING event_seq", len(events)).Scan(ctx, &last)
	if err != nil {
		return fail(err)
	}
	rows := make([]eventRow, len(events))
	for i, e := range events {
		e.Seq = last - int64(len(events)-1-i)
		data, err := json.Marshal(e.Data)
		if err != nil {
			return fault.Internal("event data does not marshal", err)
		}
		rows[i] = eventRow{
			Seq: e.Seq, ID: e.ID, Kind: e.Kind, At: e.At, ActorID: string(e.ActorID), PartyID: string(e.PartyID),
			ObjectKind: e.ObjectKind, ObjectID: e.ObjectID, ProjectID: string(e.ProjectID), NeedID: string(e.NeedID),
			PlaceID: string(e.PlaceID), Data: string(data),
		}
		if c.d.onEvent != nil {
			if err := c.d.onEvent(ctx, c.tx.Tx, e); err != nil {
				return fault.Internal("job for event "+e.Kind, err)
			}
		}
	}
	return insert(ctx, c.tx, &rows)
}

func (c core) EventsAfter(ctx context.Context, seq int64, limit int) ([]event.Event, error) {
	rows, err := list[eventRow](ctx, c.tx, limit, "seq", "seq > ?", seq)
	if err != nil {
		return nil, err
	}
	out := make([]event.Event, len(rows))
	for i, r := range rows {
		out[i] = event.Event{
			Seq: r.Seq, ID: r.ID, Kind: r.Kind, At: utc(r.At), ActorID: ident.PersonID(r.ActorID), PartyID: ident.PartyID(r.PartyID),
			ObjectKind: r.ObjectKind, ObjectID: r.ObjectID, ProjectID: ident.ProjectID(r.ProjectID),
			NeedID: ident.NeedID(r.NeedID), PlaceID: ident.PlaceID(r.PlaceID),
		}
		if err := json.Unmarshal([]byte(r.Data), &out[i].Data); err != nil {
			return nil, fault.Internal("event data does not read", err)
		}
	}
	return out, nil
}
