package sqlstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
)

type needRow struct {
	bun.BaseModel `bun:"table:need,alias:need"`
	ID            string `bun:",pk"`
	Code          string
	PlaceID       string
	PartyID       string
	Category      string
	Title         string
	Summary       string
	Beneficiaries int
	EstimateFen   int64
	Urgency       string
	LatE6         *int64 `bun:"lat_e6"`
	LngE6         *int64 `bun:"lng_e6"`
	UncertaintyM  int    `bun:"uncertainty_m"`
	Stage         string
	Outcome       string
	Reason        string
	Route         string
	InProject     bool
	MergedInto    *string
	Screening     string
	Deliberation  string
	PublicUntil   string
	OpenedAt      time.Time
	StageAt       time.Time
	DeliveredAt   *time.Time
	ConfirmedAt   *time.Time
	ClosedAt      *time.Time
	Version       int64
}

type needs struct{ db bun.IDB }

func newNeeds(db bun.IDB) need.Repository { return needs{db} }

func toNeedRow(n *need.Need) (*needRow, error) {
	r := &needRow{
		ID: string(n.ID), Code: n.Code, PlaceID: string(n.PlaceID), PartyID: string(n.PartyID), Category: n.Category,
		Title: n.Title, Summary: n.Summary, Beneficiaries: n.Beneficiaries, EstimateFen: int64(n.EstimateFen), Urgency: string(n.Urgency),
		Stage: n.Stage, Outcome: n.Outcome, Reason: n.Reason, Route: string(n.Route), InProject: n.InProject,
		MergedInto: null(string(n.MergedInto)), OpenedAt: n.OpenedAt, StageAt: n.StageAt, DeliveredAt: n.DeliveredAt,
		ConfirmedAt: n.ConfirmedAt, ClosedAt: n.ClosedAt, Version: n.Version,
	}
	r.LatE6, r.LngE6, r.UncertaintyM = toPoint(n.Point)
	if n.PublicUntil != nil {
		r.PublicUntil = n.PublicUntil.String()
	}
	var err error
	if r.Screening, err = toJSON(n.Screening, n.Screening == nil); err != nil {
		return nil, err
	}
	r.Deliberation, err = toJSON(n.Deliberation, n.Deliberation == nil)
	return r, err
}

func fromNeedRow(r needRow) (*need.Need, error) {
	n := &need.Need{
		ID: ident.NeedID(r.ID), Code: r.Code, PlaceID: ident.PlaceID(r.PlaceID), PartyID: ident.PartyID(r.PartyID), Category: r.Category,
		Title: r.Title, Summary: r.Summary, Beneficiaries: r.Beneficiaries, EstimateFen: money.Fen(r.EstimateFen), Urgency: need.Urgency(r.Urgency),
		Point: fromPoint(r.LatE6, r.LngE6, r.UncertaintyM), Stage: r.Stage, Outcome: r.Outcome, Reason: r.Reason, Route: need.Route(r.Route),
		InProject: r.InProject, MergedInto: ident.NeedID(text(r.MergedInto)), OpenedAt: utc(r.OpenedAt), StageAt: utc(r.StageAt),
		DeliveredAt: utcp(r.DeliveredAt), ConfirmedAt: utcp(r.ConfirmedAt), ClosedAt: utcp(r.ClosedAt), Version: r.Version,
	}
	if r.PublicUntil != "" {
		d, err := calendar.ParseDate(r.PublicUntil)
		if err != nil {
			return nil, fault.Internal("stored date does not read", err)
		}
		n.PublicUntil = &d
	}
	if err := fromJSON(r.Screening, &n.Screening); err != nil {
		return nil, err
	}
	return n, fromJSON(r.Deliberation, &n.Deliberation)
}

func toPoint(p *need.Point) (lat, lng *int64, uncertainty int) {
	if p == nil {
		return nil, nil, 0
	}
	return &p.LatE6, &p.LngE6, p.UncertaintyM
}

func fromPoint(lat, lng *int64, uncertainty int) *need.Point {
	if lat == nil || lng == nil {
		return nil
	}
	return &need.Point{LatE6: *lat, LngE6: *lng, UncertaintyM: uncertainty}
}

// toJSON writes a value as text, "" for an empty one.
func toJSON(v any, empty bool) (string, error) {
	if empty {
		return "", nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "", fault.Internal("value does not marshal", err)
	}
	return string(text), nil
}

// fromJSON reads what toJSON wrote; "" leaves the target as it is.
func fromJSON(text string, into any) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fault.Internal("stored value does not read", err)
	}
	return nil
}

func (s needs) Need(ctx context.Context, id ident.NeedID) (*need.Need, error) {
	r, err := get[needRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromNeedRow(*r)
}

func (s needs) NeedByCode(ctx context.Context, code string) (*need.Need, error) {
	r, err := get[needRow](ctx, s.db, "code = ?", code)
	if err != nil {
		return nil, err
	}
	return fromNeedRow(*r)
}

func (s needs) InsertNeed(ctx context.Context, n *need.Need) error {
	n.Version = 1
	r, err := toNeedRow(n)
	if err != nil {
		return err
	}
	if err := insert(ctx, s.db, r); err != nil {
		return err
	}
	if _, err := s.db.NewRaw("INSERT INTO need_count (need_id, households, voices, followers) VALUES (?, 0, 0, 0)", n.ID).Exec(ctx); err != nil {
		return fail(err)
	}
	return searchNeed.put(ctx, s.db, string(n.ID), n.Code, n.Title, n.Summary)
}

func (s needs) SaveNeed(ctx context.Context, n *need.Need) error {
	r, err := toNeedRow(n)
	if err != nil {
		return err
	}
	if err := save(ctx, s.db, r, &r.Version); err != nil {
		return err
	}
	n.Version = r.Version
	return searchNeed.put(ctx, s.db, string(n.ID), n.Code, n.Title, n.Summary)
}

// family is the need itself and everything merged into it. Merging keeps lineage, so the
// tree is walked; its depth is bounded by what people merge by hand.
const family = `WITH RECURSIVE family (id) AS (
	SELECT id FROM need WHERE id = ? UNION SELECT need.id FROM need JOIN family ON need.merged_into = family.id) `

func (s needs) Family(ctx context.Context, id ident.NeedID) ([]ident.NeedID, error) {
	var ids []ident.NeedID
	err := s.db.NewRaw(family+"SELECT id FROM family ORDER BY CASE WHEN id = ? THEN 0 ELSE 1 END, id", id, id).Scan(ctx, &ids)
	return ids, fail(err)
}

type stepRow struct {
	bun.BaseModel `bun:"table:need_step"`
	ID            string `bun:",pk"`
	NeedID        string
	At            time.Time
	Action        string
	Stage         string
	Outcome       string
	Reason        string
	PartyID       *string
	Role          string
	About         string
}

func (s needs) AddStep(ctx context.Context, st need.Step) error {
	return insert(ctx, s.db, &stepRow{
		ID: st.ID, NeedID: string(st.NeedID), At: st.At, Action: st.Action, Stage: st.Stage, Outcome: st.Outcome,
		Reason: st.Reason, PartyID: null(string(st.PartyID)), Role: st.Role, About: st.About,
	})
}

func (s needs) Steps(ctx context.Context, ids []ident.NeedID) ([]need.Step, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := list[stepRow](ctx, s.db, need.MaxVoices, "at, id", "need_id IN (?)", bun.List(ids))
	if err != nil {
		return nil, err
	}
	var out []need.Step
	for _, r := range rows {
		out = append(out, need.Step{
			ID: r.ID, NeedID: ident.NeedID(r.NeedID), At: utc(r.At), Action: r.Action, Stage: r.Stage, Outcome: r.Outcome,
			Reason: r.Reason, PartyID: ident.PartyID(text(r.PartyID)), Role: r.Role, About: r.About,
		})
	}
	return out, nil
}
