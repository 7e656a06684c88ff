package sqlstore

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
)

type followRow struct {
	bun.BaseModel `bun:"table:follow"`
	PersonID      string `bun:",pk"`
	ObjectKind    string `bun:",pk"`
	ObjectID      string `bun:",pk"`
	Since         time.Time
}

func (s notices) AddFollow(ctx context.Context, f notice.Follow) error {
	row := followRow{PersonID: string(f.PersonID), ObjectKind: f.ObjectKind, ObjectID: f.ObjectID, Since: f.Since}
	_, err := s.db.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	return fail(err)
}

func (s notices) DropFollow(ctx context.Context, person ident.PersonID, t notice.Target) error {
	_, err := s.db.NewRaw("DELETE FROM follow WHERE person_id = ? AND object_kind = ? AND object_id = ?", person, t.Kind, t.ID).Exec(ctx)
	return fail(err)
}

// maxFollows bounds one person's list.
const maxFollows = 500

func (s notices) FollowsOf(ctx context.Context, person ident.PersonID) ([]notice.Follow, error) {
	rows, err := list[followRow](ctx, s.db, maxFollows, "since DESC, object_id", "person_id = ?", person)
	if err != nil {
		return nil, err
	}
	out := make([]notice.Follow, len(rows))
	for i, r := range rows {
		out[i] = notice.Follow{PersonID: ident.PersonID(r.PersonID), ObjectKind: r.ObjectKind, ObjectID: r.ObjectID, Since: utc(r.Since)}
	}
	return out, nil
}

func (s notices) Followers(ctx context.Context, targets []notice.Target, at time.Time, limit int) ([]ident.PersonID, error) {
	var ids []ident.PersonID
	if len(targets) == 0 {
		return nil, nil
	}
	where, args := anyTarget(targets)
	args = append(args, at, limit)
	err := s.db.NewRaw("SELECT DISTINCT person_id FROM follow WHERE ("+where+") AND since <= ? ORDER BY person_id LIMIT ?", args...).Scan(ctx, &ids)
	return ids, fail(err)
}

// anyTarget writes a condition on object_kind and object_id.
func anyTarget(targets []notice.Target) (string, []any) {
	var parts []string
	var args []any
	for _, t := range targets {
		parts = append(parts, "(object_kind = ? AND object_id = ?)")
		args = append(args, t.Kind, t.ID)
	}
	return strings.Join(parts, " OR "), args
}

// followable says where an object that can be followed is stored, and what it is called.
var followable = map[string]struct{ table, code, title string }{
	"need":     {"need", "code", "title"},
	"project":  {"project", "code", "title"},
	"tender":   {"tender", "code", "title"},
	"contract": {"contract", "code", "title"},
	"fund":     {"fund", "code", "name"},
	"place":    {"place", "''", "name"},
}

func (s notices) Exists(ctx context.Context, t notice.Target) (bool, error) {
	at, ok := followable[t.Kind]
	if !ok {
		return false, nil
	}
	var n int
	err := s.db.NewRaw("SELECT COUNT(*) FROM "+at.table+" WHERE id = ?", t.ID).Scan(ctx, &n)
	return n > 0, fail(err)
}

func (s notices) Called(ctx context.Context, t notice.Target) (code, title string, err error) {
	at, ok := followable[t.Kind]
	if !ok {
		return "", "", nil
	}
	var row struct{ Code, Title string }
	err = fail(s.db.NewRaw("SELECT "+at.code+" AS code, "+at.title+" AS title FROM "+at.table+" WHERE id = ?", t.ID).Scan(ctx, &row))
	if fault.KindOf(err) == fault.KindNotFound {
		err = nil
	}
	return row.Code, row.Title, err
}

type choiceRow struct {
	bun.BaseModel `bun:"table:notice_preference"`
	PersonID      string `bun:",pk"`
	Relation      string `bun:",pk"`
	Channel       string `bun:",pk"`
	Enabled       bool
}

func (s notices) Choices(ctx context.Context, person ident.PersonID) ([]notice.Choice, error) {
	rows, err := list[choiceRow](ctx, s.db, 0, "relation, channel", "person_id = ?", person)
	if err != nil {
		return nil, err
	}
	var out []notice.Choice
	for _, r := range rows {
		out = append(out, notice.Choice{Relation: notice.Relation(r.Relation), Channel: notice.Channel(r.Channel), Enabled: r.Enabled})
	}
	return out, nil
}

// readersBatch keeps lists of ids within what one statement of SQLite takes.
const readersBatch = 500

func (s notices) Readers(ctx context.Context, people []ident.PersonID) (map[ident.PersonID]notice.Reader, error) {
	out := map[ident.PersonID]notice.Reader{}
	for len(people) > 0 {
		batch := people[:min(len(people), readersBatch)]
		people = people[len(batch):]
		var rows []struct {
			ID    string
			Email string
		}
		if err := s.db.NewRaw("SELECT id, email FROM person WHERE id IN (?)", bun.List(batch)).Scan(ctx, &rows); err != nil {
			return nil, fail(err)
		}
		for _, r := range rows {
			out[ident.PersonID(r.ID)] = notice.Reader{HasEmail: r.Email != ""}
		}
		choices, err := list[choiceRow](ctx, s.db, 0, "person_id, relation, channel", "person_id IN (?)", bun.List(batch))
		if err != nil {
			return nil, err
		}
		for _, c := range choices {
			r := out[ident.PersonID(c.PersonID)]
			r.Choices = append(r.Choices, notice.Choice{Relation: notice.Relation(c.Relation), Channel: notice.Channel(c.Channel), Enabled: c.Enabled})
			out[ident.PersonID(c.PersonID)] = r
		}
	}
	return out, nil
}

func (s notices) SetChoice(ctx context.Context, person ident.PersonID, c notice.Choice) error {
	row := choiceRow{PersonID: string(person), Relation: string(c.Relation), Channel: string(c.Channel), Enabled: c.Enabled}
	_, err := s.db.NewInsert().Model(&row).On("CONFLICT (person_id, relation, channel) DO UPDATE").Set("enabled = EXCLUDED.enabled").Exec(ctx)
	return fail(err)
}

func (s notices) AreaListeners(ctx context.Context, place ident.PlaceID, limit int) ([]ident.PersonID, error) {
	var ids []ident.PersonID
	err := s.db.NewRaw(`SELECT DISTINCT c.person_id FROM notice_preference c
		JOIN membership m ON m.person_id = c.person_id AND m.until IS NULL
		JOIN party y ON y.id = m.party_id
		WHERE c.relation = 'area' AND c.channel IN ('in_app', 'mail') AND c.enabled AND COALESCE(m.place_id, y.place_id) = ?
		ORDER BY c.person_id LIMIT ?`, place, limit).Scan(ctx, &ids)
	return ids, fail(err)
}

func (s notices) ActorsOn(ctx context.Context, e event.Event, limit int) ([]ident.PersonID, error) {
	var ids []ident.PersonID
	err := s.db.NewRaw(`SELECT DISTINCT id FROM (
			SELECT actor_id AS id FROM event WHERE seq < ? AND actor_id <> '' AND (
				(object_kind = ? AND object_id = ?)
				OR (? <> '' AND need_id = ? AND (kind LIKE 'voice.%' OR kind LIKE 'need.support%')))
			UNION
			SELECT author_id FROM voice WHERE author_id IS NOT NULL AND status = 'gathered'
				AND need_id IN (SELECT id FROM need WHERE id = ? UNION ALL SELECT id FROM need WHERE merged_into = ?)
		) AS involved
		ORDER BY id LIMIT ?`, e.Seq, e.ObjectKind, e.ObjectID, e.NeedID, e.NeedID, e.NeedID, e.NeedID, limit).Scan(ctx, &ids)
	return ids, fail(err)
}

func (s notices) MembersOf(ctx context.Context, party ident.PartyID, at time.Time, limit int) ([]ident.PersonID, error) {
	var ids []ident.PersonID
	err := s.db.NewRaw(`SELECT DISTINCT person_id FROM membership WHERE party_id = ? AND role <> 'resident' AND (until IS NULL OR until > ?)
		ORDER BY person_id LIMIT ?`, party, at, limit).Scan(ctx, &ids)
	return ids, fail(err)
}

func (s notices) DigestReaders(ctx context.Context, after ident.PersonID, limit int) ([]ident.PersonID, error) {
	var ids []ident.PersonID
	err := s.db.NewRaw(`SELECT id FROM person p WHERE p.email <> '' AND p.id > ? AND (
			EXISTS (SELECT 1 FROM follow f WHERE f.person_id = p.id)
			OR EXISTS (SELECT 1 FROM notice_preference c WHERE c.person_id = p.id AND c.relation = 'area' AND c.channel = 'digest' AND c.enabled))
		ORDER BY id LIMIT ?`, after, limit).Scan(ctx, &ids)
	return ids, fail(err)
}

type digestRow struct {
	bun.BaseModel `bun:"table:digest"`
	PersonID      string `bun:",pk"`
	Day           string `bun:",pk"`
	FromSeq       int64
	ToSeq         int64
	MailedAt      *time.Time
}

func fromDigestRow(r *digestRow) *notice.DigestRun {
	return &notice.DigestRun{PersonID: ident.PersonID(r.PersonID), Day: r.Day, From: r.FromSeq, To: r.ToSeq, MailedAt: utcp(r.MailedAt)}
}

func (s notices) LastDigest(ctx context.Context, person ident.PersonID) (*notice.DigestRun, error) {
	rows, err := list[digestRow](ctx, s.db, 1, "day DESC", "person_id = ?", person)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.NotFound("record.not_found", "no digest yet")
	}
	return fromDigestRow(&rows[0]), nil
}

func (s notices) AddDigest(ctx context.Context, d notice.DigestRun) error {
	row := digestRow{PersonID: string(d.PersonID), Day: d.Day, FromSeq: d.From, ToSeq: d.To}
	_, err := s.db.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	return fail(err)
}

func (s notices) DigestRun(ctx context.Context, person ident.PersonID, day string) (*notice.DigestRun, error) {
	r, err := get[digestRow](ctx, s.db, "person_id = ? AND day = ?", person, day)
	if err != nil {
		return nil, err
	}
	return fromDigestRow(r), nil
}

func (s notices) MarkDigestMailed(ctx context.Context, person ident.PersonID, day string, at time.Time) error {
	_, err := s.db.NewRaw("UPDATE digest SET mailed_at = ? WHERE person_id = ? AND day = ? AND mailed_at IS NULL", at, person, day).Exec(ctx)
	return fail(err)
}

func (s notices) EventsFor(ctx context.Context, targets []notice.Target, from, to int64, limit int) ([]event.Event, error) {
	if len(targets) == 0 {
		return nil, nil
	}
	where, args := anyTarget(targets)
	for _, t := range targets {
		if column := map[string]string{"need": "need_id", "project": "project_id", "place": "place_id"}[t.Kind]; column != "" {
			where += " OR " + column + " = ?"
			args = append(args, t.ID)
		}
	}
	args = append([]any{from, to}, args...)
	rows, err := list[eventRow](ctx, s.db, limit, "seq", "seq > ? AND seq <= ? AND ("+where+")", args...)
	if err != nil {
		return nil, err
	}
	out := make([]event.Event, len(rows))
	for i, r := range rows {
		out[i] = event.Event{
			Seq: r.Seq, ID: r.ID, Kind: r.Kind, At: utc(r.At), ActorID: ident.PersonID(r.ActorID), ObjectKind: r.ObjectKind, ObjectID: r.ObjectID,
			ProjectID: ident.ProjectID(r.ProjectID), NeedID: ident.NeedID(r.NeedID), PlaceID: ident.PlaceID(r.PlaceID),
		}
		if err := json.Unmarshal([]byte(r.Data), &out[i].Data); err != nil {
			return nil, fault.Internal("event data does not read", err)
		}
	}
	return out, nil
}

func (s notices) LastEvent(ctx context.Context) (int64, error) {
	var n int64
	err := s.db.NewRaw("SELECT event_seq FROM audit_head WHERE id = 1").Scan(ctx, &n)
	return n, fail(err)
}

func (s notices) Acts(ctx context.Context, f notice.ActFilter) ([]notice.Act, error) {
	var rows []struct {
		Seq                                   int64
		At                                    time.Time
		ActorID, Role, Action, Kind, ObjectID string
		Text                                  string
	}
	q := s.db.NewSelect().TableExpr("audit_record").ColumnExpr("seq, at, actor_id, role, action, kind, object_id, text").
		OrderExpr("seq DESC").Limit(int64(f.Limit))
	if f.Person != "" {
		q = q.Where("actor_id = ?", f.Person)
	}
	if len(f.Roles) > 0 {
		q = q.Where("role IN (?)", bun.List(f.Roles))
	}
	if f.Before > 0 {
		q = q.Where("seq < ?", f.Before)
	}
	if f.Person == "" && len(f.Roles) == 0 {
		return nil, fault.Internal("acts of nobody asked for", nil)
	}
	if err := q.Scan(ctx, &rows); err != nil {
		return nil, fail(err)
	}
	out := make([]notice.Act, len(rows))
	for i, r := range rows {
		var leaf struct{ Reason string }
		if err := json.Unmarshal([]byte(r.Text), &leaf); err != nil {
			return nil, fault.Internal("audit leaf does not read", err)
		}
		out[i] = notice.Act{Seq: r.Seq, At: utc(r.At), ActorID: ident.PersonID(r.ActorID), Role: r.Role, Action: r.Action, Kind: r.Kind, ID: r.ObjectID, Reason: leaf.Reason}
	}
	return out, nil
}
