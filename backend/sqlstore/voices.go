package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

type voiceRow struct {
	bun.BaseModel `bun:"table:voice,alias:voice"`
	ID            string `bun:",pk"`
	Code          string
	PlaceID       string
	Category      string
	Words         string
	PublicWords   string
	Private       bool
	WhereWords    string
	LatE6         *int64 `bun:"lat_e6"`
	LngE6         *int64 `bun:"lng_e6"`
	UncertaintyM  int    `bun:"uncertainty_m"`
	Who           string
	Affected      int
	Urgency       string
	Wished        string
	Answers       string
	Photos        string
	Channel       string
	AuthorID      *string
	PostedBy      string
	PartyID       *string
	Nameless      string
	Household     string
	Different     string
	Status        string
	NeedID        *string
	Reason        string
	PostedAt      time.Time
	StatusAt      time.Time
	Version       int64
}

func toVoiceRow(v *need.Voice) (*voiceRow, error) {
	r := &voiceRow{
		ID: string(v.ID), Code: v.Code, PlaceID: string(v.PlaceID), Category: v.Category, Words: v.Words, PublicWords: v.Public,
		Private: v.Private, WhereWords: v.Where, Who: v.Who, Affected: v.Affected, Urgency: string(v.Urgency), Wished: v.Wished,
		Channel: string(v.Channel), AuthorID: null(string(v.AuthorID)), PostedBy: string(v.PostedBy), PartyID: null(string(v.PartyID)),
		Nameless: v.Nameless, Household: string(v.Household), Status: v.Status, NeedID: null(string(v.NeedID)), Reason: v.Reason,
		PostedAt: v.PostedAt, StatusAt: v.StatusAt, Version: v.Version,
	}
	r.LatE6, r.LngE6, r.UncertaintyM = toPoint(v.Point)
	var err error
	if r.Answers, err = toJSON(v.Answers, len(v.Answers) == 0); err != nil {
		return nil, err
	}
	if r.Photos, err = toJSON(v.Photos, len(v.Photos) == 0); err != nil {
		return nil, err
	}
	r.Different, err = toJSON(v.Different, len(v.Different) == 0)
	return r, err
}

func fromVoiceRow(r voiceRow) (*need.Voice, error) {
	v := &need.Voice{
		ID: ident.VoiceID(r.ID), Code: r.Code, PlaceID: ident.PlaceID(r.PlaceID), Category: r.Category, Words: r.Words, Public: r.PublicWords,
		Private: r.Private, Where: r.WhereWords, Point: fromPoint(r.LatE6, r.LngE6, r.UncertaintyM), Who: r.Who, Affected: r.Affected,
		Urgency: need.Urgency(r.Urgency), Wished: r.Wished, Channel: need.Channel(r.Channel), AuthorID: ident.PersonID(text(r.AuthorID)),
		PostedBy: ident.PersonID(r.PostedBy), PartyID: ident.PartyID(text(r.PartyID)), Nameless: r.Nameless, Household: need.Household(r.Household),
		Status: r.Status, NeedID: ident.NeedID(text(r.NeedID)), Reason: r.Reason, PostedAt: utc(r.PostedAt), StatusAt: utc(r.StatusAt), Version: r.Version,
	}
	if err := fromJSON(r.Answers, &v.Answers); err != nil {
		return nil, err
	}
	if err := fromJSON(r.Photos, &v.Photos); err != nil {
		return nil, err
	}
	return v, fromJSON(r.Different, &v.Different)
}

func fromVoiceRows(rows []voiceRow, err error) ([]need.Voice, error) {
	if err != nil {
		return nil, err
	}
	var out []need.Voice
	for _, r := range rows {
		v, err := fromVoiceRow(r)
		if err != nil {
			return nil, err
		}
		out = append(out, *v)
	}
	return out, nil
}

func (s needs) Voice(ctx context.Context, id ident.VoiceID) (*need.Voice, error) {
	r, err := get[voiceRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromVoiceRow(*r)
}

func (s needs) VoiceByCode(ctx context.Context, code string) (*need.Voice, error) {
	r, err := get[voiceRow](ctx, s.db, "code = ?", code)
	if err != nil {
		return nil, err
	}
	return fromVoiceRow(*r)
}

func (s needs) InsertVoice(ctx context.Context, v *need.Voice) error {
	v.Version = 1
	r, err := toVoiceRow(v)
	if err != nil {
		return err
	}
	return insert(ctx, s.db, r)
}

func (s needs) SaveVoice(ctx context.Context, v *need.Voice) error {
	r, err := toVoiceRow(v)
	if err != nil {
		return err
	}
	err = save(ctx, s.db, r, &r.Version)
	v.Version = r.Version
	return err
}

func (s needs) VoicesOf(ctx context.Context, ids []ident.NeedID) ([]need.Voice, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return fromVoiceRows(list[voiceRow](ctx, s.db, need.MaxVoices, "posted_at, id", "need_id IN (?)", bun.List(ids)))
}

func (s needs) Voices(ctx context.Context, q need.VoiceQuery) ([]need.Voice, error) {
	var rows []voiceRow
	sel := s.db.NewSelect().Model(&rows)
	if q.PlaceID != "" {
		sel = sel.Where("voice.place_id = ?", q.PlaceID)
	}
	if q.PlacePath != "" {
		sel = sel.Where("voice.place_id IN (SELECT id FROM place WHERE path LIKE ?)", inside(q.PlacePath))
	}
	if q.Author != "" {
		sel = sel.Where("(voice.author_id = ? OR (voice.author_id IS NULL AND voice.posted_by = ?))", q.Author, q.Author)
	}
	if len(q.Statuses) > 0 {
		sel = sel.Where("voice.status IN (?)", bun.List(q.Statuses))
	}
	if q.Category != "" {
		sel = sel.Where("(voice.category = ? OR voice.category LIKE ?)", q.Category, q.Category+".%")
	}
	if c := q.Before; c != nil {
		sel = sel.Where("(voice.posted_at < ? OR (voice.posted_at = ? AND voice.id < ?))", c.At, c.At, string(c.ID))
	}
	err := sel.OrderExpr("voice.posted_at DESC, voice.id DESC").Limit(int64(q.Limit)).Scan(ctx)
	return fromVoiceRows(rows, fail(err))
}

// inside is the pattern of everything at or below a path; ids hold no wildcards.
func inside(path string) string { return path + "%" }

func (s needs) KnownNames(ctx context.Context, candidates []string, place ident.PlaceID) ([]string, error) {
	var out []string
	for start := 0; start < len(candidates); start += searchBatch {
		part := candidates[start:min(start+searchBatch, len(candidates))]
		var names []string
		err := s.db.NewRaw(`SELECT DISTINCT p.name FROM person AS p WHERE p.name IN (?) AND (length(p.name) > 2 OR EXISTS (
			SELECT 1 FROM membership AS m JOIN party AS y ON y.id = m.party_id
			WHERE m.person_id = p.id AND (m.place_id = ? OR y.place_id = ?))) ORDER BY p.name`, bun.List(part), place, place).Scan(ctx, &names)
		if err != nil {
			return nil, fail(err)
		}
		out = append(out, names...)
	}
	return out, nil
}

func (s needs) Salt(ctx context.Context, place ident.PlaceID, fresh string) (string, error) {
	_, err := s.db.NewRaw("INSERT INTO household_salt (place_id, salt) VALUES (?, ?) ON CONFLICT (place_id) DO NOTHING", place, fresh).Exec(ctx)
	if err != nil {
		return "", fail(err)
	}
	var salt string
	err = s.db.NewRaw("SELECT salt FROM household_salt WHERE place_id = ?", place).Scan(ctx, &salt)
	return salt, fail(err)
}

type assistRow struct {
	bun.BaseModel `bun:"table:assist"`
	ID            string `bun:",pk"`
	WorkerID      string
	PlaceID       string
	PersonID      *string
	Nameless      string
	Channel       string
	StartedAt     time.Time
	EndsAt        time.Time
	EndedAt       *time.Time
	Version       int64
}

func toAssistRow(a *need.Assist) *assistRow {
	return &assistRow{
		ID: a.ID, WorkerID: string(a.WorkerID), PlaceID: string(a.PlaceID), PersonID: null(string(a.PersonID)), Nameless: a.Nameless,
		Channel: string(a.Channel), StartedAt: a.StartedAt, EndsAt: a.EndsAt, EndedAt: a.EndedAt, Version: a.Version,
	}
}

func fromAssistRow(r *assistRow, err error) (*need.Assist, error) {
	if err != nil {
		return nil, err
	}
	return &need.Assist{
		ID: r.ID, WorkerID: ident.PersonID(r.WorkerID), PlaceID: ident.PlaceID(r.PlaceID), PersonID: ident.PersonID(text(r.PersonID)),
		Nameless: r.Nameless, Channel: need.Channel(r.Channel), StartedAt: utc(r.StartedAt), EndsAt: utc(r.EndsAt), EndedAt: utcp(r.EndedAt), Version: r.Version,
	}, nil
}

func (s needs) InsertAssist(ctx context.Context, a *need.Assist) error {
	a.Version = 1
	return insert(ctx, s.db, toAssistRow(a))
}

func (s needs) Assist(ctx context.Context, id string) (*need.Assist, error) {
	return fromAssistRow(get[assistRow](ctx, s.db, "id = ?", id))
}

func (s needs) SaveAssist(ctx context.Context, a *need.Assist) error {
	r := toAssistRow(a)
	err := save(ctx, s.db, r, &r.Version)
	a.Version = r.Version
	return err
}

func (s needs) RunningAssist(ctx context.Context, worker ident.PersonID, now time.Time) (*need.Assist, error) {
	return fromAssistRow(get[assistRow](ctx, s.db, "worker_id = ? AND ended_at IS NULL AND ends_at > ?", worker, now))
}
