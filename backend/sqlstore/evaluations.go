package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

type committeeRow struct {
	bun.BaseModel `bun:"table:committee"`
	TenderID      string `bun:",pk"`
	Size          int
	Seed          string
	Pool          string
	DrawnAt       time.Time
	DrawnBy       string
	Version       int64
}

type committeeMemberRow struct {
	bun.BaseModel `bun:"table:committee_member"`
	TenderID      string `bun:",pk"`
	PersonID      string `bun:",pk"`
	Seat          int
	Name          string
	Role          string
	Chair         bool
	DrawnAt       time.Time
	Declarations  string
	Recused       bool
}

type evaluationRow struct {
	bun.BaseModel `bun:"table:evaluation"`
	LotID         string `bun:",pk"`
	TenderID      string
	Qualification string
	Conformity    string
	Reviews       string
	Prices        string
	Standings     string
	RuleVersion   string
	Version       int64
}

type scoresheetRow struct {
	bun.BaseModel `bun:"table:scoresheet"`
	ID            string `bun:",pk"`
	TenderID      string
	LotID         string
	BidID         string
	MemberID      string
	Scores        string
	SignedAt      *time.Time
	Deemed        string
	Version       int64
}

type evaluations struct{ db bun.IDB }

func newEvaluations(db bun.IDB) evaluation.Repository { return evaluations{db} }

func (s evaluations) Committee(ctx context.Context, t ident.TenderID) (*evaluation.Committee, error) {
	r, err := get[committeeRow](ctx, s.db, "tender_id = ?", t)
	if err != nil {
		return nil, err
	}
	rows, err := list[committeeMemberRow](ctx, s.db, 0, "seat", "tender_id = ?", t)
	if err != nil {
		return nil, err
	}
	var p packer
	c := &evaluation.Committee{
		TenderID: ident.TenderID(r.TenderID), Size: r.Size, Seed: r.Seed, DrawnAt: utc(r.DrawnAt), DrawnBy: ident.PersonID(r.DrawnBy), Version: r.Version,
	}
	p.unpack(r.Pool, &c.Pool)
	for _, m := range rows {
		x := evaluation.Member{
			PersonID: ident.PersonID(m.PersonID), Name: m.Name, Role: m.Role, Chair: m.Chair, DrawnAt: utc(m.DrawnAt), Recused: m.Recused,
		}
		p.unpack(m.Declarations, &x.Declarations)
		c.Members = append(c.Members, x)
	}
	return c, p.err
}

func toCommitteeRow(c *evaluation.Committee, p *packer) *committeeRow {
	return &committeeRow{
		TenderID: string(c.TenderID), Size: c.Size, Seed: c.Seed, Pool: p.pack(c.Pool), DrawnAt: c.DrawnAt, DrawnBy: string(c.DrawnBy), Version: c.Version,
	}
}

func (s evaluations) putMembers(ctx context.Context, c *evaluation.Committee, p *packer) error {
	rows := make([]committeeMemberRow, len(c.Members))
	for i, m := range c.Members {
		rows[i] = committeeMemberRow{
			TenderID: string(c.TenderID), PersonID: string(m.PersonID), Seat: i + 1, Name: m.Name, Role: m.Role, Chair: m.Chair,
			DrawnAt: m.DrawnAt, Declarations: p.pack(m.Declarations), Recused: m.Recused,
		}
	}
	if p.err != nil || len(rows) == 0 {
		return p.err
	}
	_, err := s.db.NewInsert().Model(&rows).On("CONFLICT (tender_id, person_id) DO UPDATE").
		Set("chair = EXCLUDED.chair").Set("declarations = EXCLUDED.declarations").Set("recused = EXCLUDED.recused").Exec(ctx)
	return fail(err)
}

func (s evaluations) InsertCommittee(ctx context.Context, c *evaluation.Committee) error {
	var p packer
	c.Version = 1
	if err := insert(ctx, s.db, toCommitteeRow(c, &p)); err != nil {
		return err
	}
	return s.putMembers(ctx, c, &p)
}

func (s evaluations) SaveCommittee(ctx context.Context, c *evaluation.Committee) error {
	var p packer
	r := toCommitteeRow(c, &p)
	if err := save(ctx, s.db, r, &r.Version); err != nil {
		return err
	}
	if err := s.putMembers(ctx, c, &p); err != nil {
		return err
	}
	c.Version = r.Version
	return nil
}

func (s evaluations) CommitteesOf(ctx context.Context, person ident.PersonID, limit int) ([]ident.TenderID, error) {
	var ids []ident.TenderID
	err := s.db.NewSelect().TableExpr("committee_member").Column("tender_id").Where("person_id = ?", person).
		OrderExpr("tender_id DESC").Limit(int64(limit)).Scan(ctx, &ids)
	return ids, fail(err)
}

func (s evaluations) Evaluation(ctx context.Context, lot ident.LotID) (*evaluation.Evaluation, error) {
	r, err := get[evaluationRow](ctx, s.db, "lot_id = ?", lot)
	if err != nil {
		return nil, err
	}
	var p packer
	e := &evaluation.Evaluation{LotID: ident.LotID(r.LotID), TenderID: ident.TenderID(r.TenderID), RuleVersion: r.RuleVersion, Version: r.Version}
	p.unpack(r.Qualification, &e.Qualification)
	p.unpack(r.Conformity, &e.Conformity)
	p.unpack(r.Reviews, &e.Reviews)
	p.unpack(r.Prices, &e.Prices)
	p.unpack(r.Standings, &e.Standings)
	return e, p.err
}

func toEvaluationRow(e *evaluation.Evaluation) (*evaluationRow, error) {
	var p packer
	r := &evaluationRow{
		LotID: string(e.LotID), TenderID: string(e.TenderID), Qualification: p.pack(e.Qualification), Conformity: p.pack(e.Conformity),
		Reviews: p.pack(e.Reviews), Prices: p.pack(e.Prices), Standings: p.pack(e.Standings), RuleVersion: e.RuleVersion, Version: e.Version,
	}
	return r, p.err
}

func (s evaluations) InsertEvaluation(ctx context.Context, e *evaluation.Evaluation) error {
	e.Version = 1
	r, err := toEvaluationRow(e)
	if err != nil {
		return err
	}
	return insert(ctx, s.db, r)
}

func (s evaluations) SaveEvaluation(ctx context.Context, e *evaluation.Evaluation) error {
	r, err := toEvaluationRow(e)
	if err != nil {
		return err
	}
	err = save(ctx, s.db, r, &r.Version)
	e.Version = r.Version
	return err
}

func fromScoresheetRow(r scoresheetRow) (*evaluation.Scoresheet, error) {
	var p packer
	x := &evaluation.Scoresheet{
		ID: ident.ScoresheetID(r.ID), TenderID: ident.TenderID(r.TenderID), LotID: ident.LotID(r.LotID), BidID: ident.BidID(r.BidID),
		MemberID: ident.PersonID(r.MemberID), SignedAt: utcp(r.SignedAt), Deemed: r.Deemed, Version: r.Version,
	}
	p.unpack(r.Scores, &x.Scores)
	return x, p.err
}

func toScoresheetRow(x *evaluation.Scoresheet) (*scoresheetRow, error) {
	var p packer
	r := &scoresheetRow{
		ID: string(x.ID), TenderID: string(x.TenderID), LotID: string(x.LotID), BidID: string(x.BidID), MemberID: string(x.MemberID),
		Scores: p.pack(x.Scores), SignedAt: x.SignedAt, Deemed: x.Deemed, Version: x.Version,
	}
	return r, p.err
}

func (s evaluations) Sheet(ctx context.Context, lot ident.LotID, bid ident.BidID, member ident.PersonID) (*evaluation.Scoresheet, error) {
	r, err := get[scoresheetRow](ctx, s.db, "lot_id = ? AND bid_id = ? AND member_id = ?", lot, bid, member)
	if err != nil {
		return nil, err
	}
	return fromScoresheetRow(*r)
}

func (s evaluations) SheetsOfLot(ctx context.Context, lot ident.LotID) ([]*evaluation.Scoresheet, error) {
	rows, err := list[scoresheetRow](ctx, s.db, 0, "bid_id, member_id", "lot_id = ?", lot)
	if err != nil {
		return nil, err
	}
	out := make([]*evaluation.Scoresheet, len(rows))
	for i, r := range rows {
		if out[i], err = fromScoresheetRow(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s evaluations) InsertSheet(ctx context.Context, x *evaluation.Scoresheet) error {
	x.Version = 1
	r, err := toScoresheetRow(x)
	if err != nil {
		return err
	}
	return insert(ctx, s.db, r)
}

func (s evaluations) SaveSheet(ctx context.Context, x *evaluation.Scoresheet) error {
	r, err := toScoresheetRow(x)
	if err != nil {
		return err
	}
	err = save(ctx, s.db, r, &r.Version)
	if fault.Is(err, "record.constraint") {
		return fault.Wrap(fault.KindConflict, "scoresheet.signed", "signed sheets are locked", err)
	}
	x.Version = r.Version
	return err
}
