package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

type sessionRow struct {
	bun.BaseModel `bun:"table:session"`
	ID            string `bun:",pk"`
	PersonID      string
	MembershipID  *string
	Device        string
	OpenedAt      time.Time
	EndsAt        time.Time
	EndedAt       *time.Time
	EndReason     string
	Version       int64
}

func fromSessionRow(r *sessionRow) party.Session {
	return party.Session{
		ID: ident.SessionID(r.ID), PersonID: ident.PersonID(r.PersonID), MembershipID: ident.MembershipID(text(r.MembershipID)),
		Device: r.Device, OpenedAt: utc(r.OpenedAt), EndsAt: utc(r.EndsAt), EndedAt: utcp(r.EndedAt), EndReason: r.EndReason, Version: r.Version,
	}
}

func toSessionRow(s *party.Session) *sessionRow {
	return &sessionRow{
		ID: string(s.ID), PersonID: string(s.PersonID), MembershipID: null(string(s.MembershipID)), Device: s.Device,
		OpenedAt: s.OpenedAt, EndsAt: s.EndsAt, EndedAt: s.EndedAt, EndReason: s.EndReason, Version: s.Version,
	}
}

func (s people) Session(ctx context.Context, id ident.SessionID) (*party.Session, error) {
	r, err := get[sessionRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	out := fromSessionRow(r)
	return &out, nil
}

func (s people) InsertSession(ctx context.Context, x *party.Session) error {
	x.Version = 1
	return insert(ctx, s.db, toSessionRow(x))
}

func (s people) SaveSession(ctx context.Context, x *party.Session) error {
	r := toSessionRow(x)
	err := save(ctx, s.db, r, &r.Version)
	x.Version = r.Version
	return err
}

func (s people) OpenSessions(ctx context.Context, person ident.PersonID, now time.Time) ([]party.SessionUse, error) {
	rows, err := list[sessionRow](ctx, s.db, 0, "opened_at, id", "person_id = ? AND ended_at IS NULL AND ends_at > ?", person, now)
	if err != nil {
		return nil, err
	}
	out := make([]party.SessionUse, len(rows))
	for i := range rows {
		out[i] = party.SessionUse{Session: fromSessionRow(&rows[i])}
		last, err := list[refreshRow](ctx, s.db, 1, "issued_at DESC", "session_id = ?", rows[i].ID)
		if err != nil {
			return nil, err
		}
		out[i].UsedAt = out[i].OpenedAt
		if len(last) == 1 {
			out[i].UsedAt = utc(last[0].IssuedAt)
		}
	}
	return out, nil
}

func (s people) LastMembership(ctx context.Context, person ident.PersonID) (ident.MembershipID, error) {
	rows, err := list[sessionRow](ctx, s.db, 1, "opened_at DESC, id DESC", "person_id = ? AND membership_id IS NOT NULL", person)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return ident.MembershipID(text(rows[0].MembershipID)), nil
}

func (s people) Who(ctx context.Context, id ident.SessionID) (*party.Presence, error) {
	x, err := s.Session(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := s.Person(ctx, x.PersonID)
	if err != nil {
		return nil, err
	}
	out := &party.Presence{Session: *x, Person: *p}
	if x.MembershipID == "" {
		return out, nil
	}
	if out.Membership, err = s.Membership(ctx, x.MembershipID); err != nil {
		return nil, err
	}
	if out.Party, err = s.Party(ctx, out.Membership.PartyID); err != nil {
		return nil, err
	}
	out.PlaceID = out.Membership.PlaceID
	if out.PlaceID == "" {
		out.PlaceID = out.Party.PlaceID
	}
	if out.PlaceID == "" {
		return out, nil
	}
	err = s.db.NewRaw("SELECT path FROM place WHERE id = ?", out.PlaceID).Scan(ctx, &out.PlacePath)
	return out, fail(err)
}

type refreshRow struct {
	bun.BaseModel `bun:"table:refresh_token"`
	Hash          string `bun:",pk"`
	SessionID     string
	IssuedAt      time.Time
	EndsAt        time.Time
	UsedAt        *time.Time
}

func (s people) InsertRefresh(ctx context.Context, r party.Refresh) error {
	return insert(ctx, s.db, &refreshRow{Hash: r.Hash, SessionID: string(r.SessionID), IssuedAt: r.IssuedAt, EndsAt: r.EndsAt, UsedAt: r.UsedAt})
}

func (s people) Refresh(ctx context.Context, hash string) (*party.Refresh, error) {
	r, err := get[refreshRow](ctx, s.db, "hash = ?", hash)
	if err != nil {
		return nil, err
	}
	return &party.Refresh{Hash: r.Hash, SessionID: ident.SessionID(r.SessionID), IssuedAt: utc(r.IssuedAt), EndsAt: utc(r.EndsAt), UsedAt: utcp(r.UsedAt)}, nil
}

func (s people) SpendRefresh(ctx context.Context, hash string, now time.Time) (bool, error) {
	res, err := s.db.NewRaw("UPDATE refresh_token SET used_at = ? WHERE hash = ? AND used_at IS NULL", now, hash).Exec(ctx)
	if err != nil {
		return false, fail(err)
	}
	n, err := res.RowsAffected()
	return n == 1, fail(err)
}

type failureRow struct {
	bun.BaseModel `bun:"table:sign_in_failure"`
	LoginHash     string `bun:",pk"`
	Failures      int
	Since         time.Time
	LockedUntil   *time.Time
}

func (s people) Failures(ctx context.Context, loginHash string) (party.Failures, error) {
	r, err := get[failureRow](ctx, s.db, "login_hash = ?", loginHash)
	if fault.KindOf(err) == fault.KindNotFound {
		return party.Failures{LoginHash: loginHash}, nil
	}
	if err != nil {
		return party.Failures{}, err
	}
	return party.Failures{LoginHash: r.LoginHash, Count: r.Failures, Since: utc(r.Since), LockedUntil: utcp(r.LockedUntil)}, nil
}

func (s people) LockFailures(ctx context.Context, loginHash string, now time.Time) (party.Failures, error) {
	var r failureRow
	err := s.db.NewRaw(`INSERT INTO sign_in_failure (login_hash, failures, since, locked_until) VALUES (?, 0, ?, NULL)
		ON CONFLICT (login_hash) DO UPDATE SET failures = sign_in_failure.failures
		RETURNING login_hash, failures, since, locked_until`, loginHash, now).Scan(ctx, &r)
	if err != nil {
		return party.Failures{}, fail(err)
	}
	return party.Failures{LoginHash: r.LoginHash, Count: r.Failures, Since: utc(r.Since), LockedUntil: utcp(r.LockedUntil)}, nil
}

func (s people) SaveFailures(ctx context.Context, f party.Failures) error {
	row := failureRow{LoginHash: f.LoginHash, Failures: f.Count, Since: f.Since, LockedUntil: f.LockedUntil}
	_, err := s.db.NewInsert().Model(&row).On("CONFLICT (login_hash) DO UPDATE").
		Set("failures = EXCLUDED.failures, since = EXCLUDED.since, locked_until = EXCLUDED.locked_until").Exec(ctx)
	return fail(err)
}

func (s people) ClearFailures(ctx context.Context, loginHash string) error {
	_, err := s.db.NewRaw("DELETE FROM sign_in_failure WHERE login_hash = ?", loginHash).Exec(ctx)
	return fail(err)
}

func (s people) Sweep(ctx context.Context, before time.Time) (int64, error) {
	var total int64
	for _, sql := range []string{
		"DELETE FROM refresh_token WHERE ends_at < ?",
		"DELETE FROM sign_in_failure WHERE since < ?",
		"DELETE FROM password_reset WHERE ends_at < ?",
		"DELETE FROM remembered WHERE at < ?",
	} {
		res, err := s.db.NewRaw(sql, before).Exec(ctx)
		if err != nil {
			return total, fail(err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return total, fail(err)
		}
		total += n
	}
	return total, nil
}
