package sqlstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
)

type noticeRow struct {
	bun.BaseModel `bun:"table:notice"`
	ID            string `bun:",pk"`
	PersonID      string
	EventSeq      int64
	EventKind     string
	ObjectKind    string
	ObjectID      string
	Relation      string
	Data          string
	Link          string
	Mail          bool
	MailedAt      *time.Time
	CreatedAt     time.Time
	ReadAt        *time.Time
}

type notices struct{ db bun.IDB }

func newNotices(db bun.IDB) notice.Repository { return notices{db} }

func toNoticeRow(n notice.Notice) (noticeRow, error) {
	data, err := json.Marshal(n.Data)
	if err != nil {
		return noticeRow{}, fault.Internal("notice data does not marshal", err)
	}
	return noticeRow{
		ID: string(n.ID), PersonID: string(n.PersonID), EventSeq: n.EventSeq, EventKind: n.EventKind, ObjectKind: n.ObjectKind,
		ObjectID: n.ObjectID, Relation: string(n.Relation), Data: string(data), Link: n.Link, Mail: n.Mail, MailedAt: n.MailedAt,
		CreatedAt: n.CreatedAt, ReadAt: n.ReadAt,
	}, nil
}

func fromNoticeRow(r noticeRow) (notice.Notice, error) {
	n := notice.Notice{
		ID: ident.NoticeID(r.ID), PersonID: ident.PersonID(r.PersonID), EventSeq: r.EventSeq, EventKind: r.EventKind, ObjectKind: r.ObjectKind,
		ObjectID: r.ObjectID, Relation: notice.Relation(r.Relation), Link: r.Link, Mail: r.Mail, MailedAt: utcp(r.MailedAt),
		CreatedAt: utc(r.CreatedAt), ReadAt: utcp(r.ReadAt),
	}
	if err := json.Unmarshal([]byte(r.Data), &n.Data); err != nil {
		return n, fault.Internal("notice data does not read", err)
	}
	return n, nil
}

func (s notices) Add(ctx context.Context, all []notice.Notice) error {
	rows := make([]noticeRow, len(all))
	for i, n := range all {
		var err error
		if rows[i], err = toNoticeRow(n); err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := s.db.NewInsert().Model(&rows).On("CONFLICT (person_id, event_seq) DO NOTHING").Exec(ctx)
	return fail(err)
}

func (s notices) Notice(ctx context.Context, id ident.NoticeID) (*notice.Notice, error) {
	r, err := get[noticeRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	n, err := fromNoticeRow(*r)
	return &n, err
}

func (s notices) Of(ctx context.Context, person ident.PersonID, unreadOnly bool, before int64, limit int) ([]notice.Notice, error) {
	var rows []noticeRow
	q := s.db.NewSelect().Model(&rows).Where("person_id = ?", person).OrderExpr("event_seq DESC").Limit(int64(limit))
	if unreadOnly {
		q = q.Where("read_at IS NULL")
	}
	if before > 0 {
		q = q.Where("event_seq < ?", before)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]notice.Notice, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = fromNoticeRow(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s notices) Unread(ctx context.Context, person ident.PersonID) (int, error) {
	n, err := s.db.NewSelect().Model((*noticeRow)(nil)).Where("person_id = ? AND read_at IS NULL", person).Count(ctx)
	return int(n), fail(err)
}

func (s notices) MarkRead(ctx context.Context, person ident.PersonID, id ident.NoticeID, upTo int64, at time.Time) (int64, error) {
	q := s.db.NewUpdate().Model((*noticeRow)(nil)).Set("read_at = ?", at).Where("person_id = ? AND read_at IS NULL", person)
	if id != "" {
		q = q.Where("id = ?", id)
	} else {
		q = q.Where("event_seq <= ?", upTo)
	}
	res, err := q.Exec(ctx)
	if err != nil {
		return 0, fail(err)
	}
	n, err := res.RowsAffected()
	return n, fail(err)
}

func (s notices) Supersede(ctx context.Context, t notice.Target, at time.Time) error {
	_, err := s.db.NewRaw(`UPDATE notice SET read_at = ? WHERE object_kind = ? AND object_id = ? AND read_at IS NULL AND EXISTS (
		SELECT 1 FROM notice n WHERE n.object_kind = notice.object_kind AND n.object_id = notice.object_id
			AND n.person_id = notice.person_id AND n.event_seq > notice.event_seq)`, at, t.Kind, t.ID).Exec(ctx)
	return fail(err)
}

func (s notices) ToMail(ctx context.Context, seq int64) ([]ident.NoticeID, error) {
	var ids []ident.NoticeID
	err := s.db.NewRaw("SELECT id FROM notice WHERE event_seq = ? AND mail AND mailed_at IS NULL ORDER BY id", seq).Scan(ctx, &ids)
	return ids, fail(err)
}

func (s notices) MarkMailed(ctx context.Context, id ident.NoticeID, at time.Time) error {
	_, err := s.db.NewRaw("UPDATE notice SET mailed_at = ? WHERE id = ? AND mailed_at IS NULL", at, id).Exec(ctx)
	return fail(err)
}
