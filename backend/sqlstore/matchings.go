package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
)

type weightsRow struct {
	bun.BaseModel `bun:"table:matching_weights"`
	ID            string `bun:",pk"`
	Code          string
	Content       string
	Rationale     string
	Status        string
	Reason        string
	ProposedBy    string
	ProposedAt    time.Time
	DecidedBy     *string
	DecidedAt     *time.Time
	Version       int64
}

type matchingRow struct {
	bun.BaseModel `bun:"table:matching"`
	ID            string `bun:",pk"`
	SubjectKind   string
	SubjectID     string
	NeedID        *string
	ProjectID     *string
	PlaceID       string
	PartyID       string
	Weights       string
	Engine        string
	Taxonomy      string
	Considered    int
	Inputs        string
	InputsHash    string
	Lines         string
	Choices       string
	DrawnBy       string
	DrawnAt       time.Time
	Version       int64
}

type matchings struct{ db bun.IDB }

func newMatchings(db bun.IDB) matching.Repository { return matchings{db} }

func (s matchings) Weights(ctx context.Context, id ident.WeightsID) (*matching.Weights, error) {
	return s.weights(ctx, "", "id = ?", id)
}

func (s matchings) WeightsByCode(ctx context.Context, code string) (*matching.Weights, error) {
	return s.weights(ctx, "", "code = ?", code)
}

func (s matchings) InForce(ctx context.Context) (*matching.Weights, error) {
	w, err := s.weights(ctx, "decided_at DESC, id DESC", "status = ?", matching.WeightsApproved)
	if fault.KindOf(err) == fault.KindNotFound {
		return nil, nil
	}
	return w, err
}

func (s matchings) weights(ctx context.Context, order, where string, arg any) (*matching.Weights, error) {
	rows, err := list[weightsRow](ctx, s.db, 1, order, where, arg)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.NotFound("record.not_found", "no such weights")
	}
	return fromWeightsRow(&rows[0])
}

func (s matchings) AllWeights(ctx context.Context, limit int) ([]matching.Weights, error) {
	rows, err := list[weightsRow](ctx, s.db, limit, "proposed_at DESC, id DESC", "1 = 1")
	if err != nil {
		return nil, err
	}
	out := make([]matching.Weights, len(rows))
	for i := range rows {
		w, err := fromWeightsRow(&rows[i])
		if err != nil {
			return nil, err
		}
		out[i] = *w
	}
	return out, nil
}

func (s matchings) InsertWeights(ctx context.Context, w *matching.Weights) error {
	w.Version = 1
	row, err := toWeightsRow(w)
	if err != nil {
		return err
	}
	return insert(ctx, s.db, row)
}

func (s matchings) SaveWeights(ctx context.Context, w *matching.Weights) error {
	row, err := toWeightsRow(w)
	if err != nil {
		return err
	}
	err = save(ctx, s.db, row, &row.Version)
	w.Version = row.Version
	return err
}

func toWeightsRow(w *matching.Weights) (*weightsRow, error) {
	content, err := toJSON(w.Values, false)
	return &weightsRow{
		ID: string(w.ID), Code: w.Code, Content: content, Rationale: w.Rationale, Status: w.Status, Reason: w.Reason,
		ProposedBy: string(w.ProposedBy), ProposedAt: w.ProposedAt, DecidedBy: null(string(w.DecidedBy)), DecidedAt: w.DecidedAt, Version: w.Version,
	}, err
}

func fromWeightsRow(r *weightsRow) (*matching.Weights, error) {
	w := &matching.Weights{
		ID: ident.WeightsID(r.ID), Code: r.Code, Rationale: r.Rationale, Status: r.Status, Reason: r.Reason,
		ProposedBy: ident.PersonID(r.ProposedBy), ProposedAt: utc(r.ProposedAt), DecidedBy: ident.PersonID(text(r.DecidedBy)),
		DecidedAt: utcp(r.DecidedAt), Version: r.Version,
	}
	return w, fromJSON(r.Content, &w.Values)
}

func (s matchings) Matching(ctx context.Context, id ident.MatchingID) (*matching.Matching, error) {
	row, err := get[matchingRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromMatchingRow(row)
}

func (s matchings) InsertMatching(ctx context.Context, m *matching.Matching) error {
	m.Version = 1
	row, err := toMatchingRow(m)
	if err != nil {
		return err
	}
	return insert(ctx, s.db, row)
}

func (s matchings) SaveMatching(ctx context.Context, m *matching.Matching) error {
	row, err := toMatchingRow(m)
	if err != nil {
		return err
	}
	err = save(ctx, s.db, row, &row.Version)
	m.Version = row.Version
	return err
}

func (s matchings) MatchingsOf(ctx context.Context, kind matching.SubjectKind, id string, limit int) ([]matching.Matching, error) {
	rows, err := list[matchingRow](ctx, s.db, limit, "drawn_at DESC, id DESC", "subject_kind = ? AND subject_id = ?", kind, id)
	if err != nil {
		return nil, err
	}
	out := make([]matching.Matching, len(rows))
	for i := range rows {
		m, err := fromMatchingRow(&rows[i])
		if err != nil {
			return nil, err
		}
		out[i] = *m
	}
	return out, nil
}

func toMatchingRow(m *matching.Matching) (*matchingRow, error) {
	r := &matchingRow{
		ID: string(m.ID), SubjectKind: string(m.SubjectKind), SubjectID: m.SubjectID, PlaceID: string(m.PlaceID), PartyID: string(m.PartyID),
		Weights: m.Weights, Engine: m.Engine, Taxonomy: m.Taxonomy, Considered: m.Considered, Inputs: m.Inputs, InputsHash: m.InputsHash,
		DrawnBy: string(m.DrawnBy), DrawnAt: m.DrawnAt, Version: m.Version,
	}
	if m.SubjectKind == matching.SubjectNeed {
		r.NeedID = null(m.SubjectID)
	} else {
		r.ProjectID = null(m.SubjectID)
	}
	var err error
	if r.Lines, err = toJSON(m.Lines, false); err != nil {
		return nil, err
	}
	r.Choices, err = toJSON(m.Choices, false)
	return r, err
}

func fromMatchingRow(r *matchingRow) (*matching.Matching, error) {
	m := &matching.Matching{
		ID: ident.MatchingID(r.ID), SubjectKind: matching.SubjectKind(r.SubjectKind), SubjectID: r.SubjectID,
		PlaceID: ident.PlaceID(r.PlaceID), PartyID: ident.PartyID(r.PartyID), Weights: r.Weights, Engine: r.Engine,
		Taxonomy: r.Taxonomy, Considered: r.Considered, Inputs: r.Inputs, InputsHash: r.InputsHash,
		DrawnBy: ident.PersonID(r.DrawnBy), DrawnAt: utc(r.DrawnAt), Version: r.Version,
	}
	if err := fromJSON(r.Lines, &m.Lines); err != nil {
		return nil, err
	}
	return m, fromJSON(r.Choices, &m.Choices)
}

func (s matchings) LastEvent(ctx context.Context) (int64, error) {
	var seq int64
	err := s.db.NewRaw("SELECT event_seq FROM audit_head WHERE id = 1").Scan(ctx, &seq)
	return seq, fail(err)
}
