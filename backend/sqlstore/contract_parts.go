package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

type milestoneRow struct {
	bun.BaseModel `bun:"table:milestone"`
	ID            string `bun:",pk"`
	ContractID    string
	ProjectID     string
	SupplementID  *string
	Number        int
	Title         string
	DueOn         string
	AmountFen     int64
	Items         string
	Status        string
	StatusReason  string
	Evidence      string
	SubmittedAt   *time.Time
	DeliveredOn   string
	InspectBy     string
	InspectedBy   *string
	Rework        int
	AcceptanceID  string
	SettledAt     *time.Time
	Version       int64
}

func toMilestoneRow(m *contract.Milestone) *milestoneRow {
	return &milestoneRow{
		ID: string(m.ID), ContractID: string(m.ContractID), ProjectID: string(m.ProjectID), SupplementID: null(string(m.SupplementID)),
		Number: m.Number, Title: m.Title, DueOn: m.DueOn.String(), AmountFen: int64(m.AmountFen), Items: packed(m.Items), Status: m.Status,
		StatusReason: m.StatusReason, Evidence: packed(m.Evidence), SubmittedAt: m.SubmittedAt, DeliveredOn: m.DeliveredOn.String(),
		InspectBy: m.InspectBy.String(), InspectedBy: null(string(m.InspectedBy)), Rework: m.Rework, AcceptanceID: string(m.AcceptanceID),
		SettledAt: m.SettledAt, Version: m.Version,
	}
}

func fromMilestoneRow(r *milestoneRow) (*contract.Milestone, error) {
	m := &contract.Milestone{
		ID: ident.MilestoneID(r.ID), Version: r.Version, ContractID: ident.ContractID(r.ContractID), ProjectID: ident.ProjectID(r.ProjectID),
		SupplementID: ident.SupplementID(text(r.SupplementID)), Number: r.Number, Title: r.Title, DueOn: storedDay(r.DueOn), AmountFen: money.Fen(r.AmountFen),
		Status: r.Status, StatusReason: r.StatusReason, SubmittedAt: utcp(r.SubmittedAt), DeliveredOn: storedDay(r.DeliveredOn),
		InspectBy: storedDay(r.InspectBy), InspectedBy: ident.PersonID(text(r.InspectedBy)), Rework: r.Rework,
		AcceptanceID: ident.AcceptanceID(r.AcceptanceID), SettledAt: utcp(r.SettledAt),
	}
	if err := unpacked(r.Items, &m.Items); err != nil {
		return nil, err
	}
	return m, unpacked(r.Evidence, &m.Evidence)
}

func (s contracts) insertMilestones(ctx context.Context, milestones []*contract.Milestone) error {
	for _, m := range milestones {
		if err := s.AddMilestone(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (s contracts) ReplaceMilestones(ctx context.Context, id ident.ContractID, milestones []*contract.Milestone) error {
	if _, err := s.db.NewDelete().Model((*milestoneRow)(nil)).Where("contract_id = ?", id).Exec(ctx); err != nil {
		return fail(err)
	}
	return s.insertMilestones(ctx, milestones)
}

func (s contracts) AddMilestone(ctx context.Context, m *contract.Milestone) error {
	m.Version = 1
	return insert(ctx, s.db, toMilestoneRow(m))
}

func (s contracts) SaveMilestone(ctx context.Context, m *contract.Milestone) error {
	r := toMilestoneRow(m)
	err := save(ctx, s.db, r, &r.Version)
	m.Version = r.Version
	return err
}

func (s contracts) Milestone(ctx context.Context, id ident.MilestoneID) (*contract.Milestone, error) {
	r, err := get[milestoneRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromMilestoneRow(r)
}

func milestonesOf(rows []milestoneRow, err error) ([]*contract.Milestone, error) {
	if err != nil {
		return nil, err
	}
	out := make([]*contract.Milestone, len(rows))
	for i := range rows {
		if out[i], err = fromMilestoneRow(&rows[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s contracts) Milestones(ctx context.Context, id ident.ContractID) ([]*contract.Milestone, error) {
	return milestonesOf(list[milestoneRow](ctx, s.db, 0, "number", "contract_id = ?", id))
}

func (s contracts) Awaiting(ctx context.Context, f contract.Filter, states []string) ([]*contract.Milestone, error) {
	var rows []milestoneRow
	limit := f.Limit
	f.Before = ""
	inside := contractFilter(s.db.NewSelect().Table("contract").ColumnExpr("contract.id"), f, "contract")
	q := s.db.NewSelect().Model(&rows).Where("status IN (?)", bun.List(states)).Where("contract_id IN (?)", inside).OrderExpr("due_on, id")
	if limit > 0 {
		q = q.Limit(int64(limit))
	}
	return milestonesOf(rows, fail(q.Scan(ctx)))
}

type acceptanceRow struct {
	bun.BaseModel `bun:"table:acceptance"`
	ID            string `bun:",pk"`
	Code          string
	MilestoneID   string
	ContractID    string
	ProjectID     string
	Round         int
	Findings      string
	Result        string
	PayableFen    int64
	UsersOpinion  string
	Satisfied     int
	Rated         int
	Deemed        bool
	InspectorID   *string
	Inspector     string
	Reason        string
	DecidedAt     time.Time
	DueFrom       string
	PublishedAt   *time.Time
	RuleVersion   string
	Version       int64
}

func toAcceptanceRow(a *contract.Acceptance) *acceptanceRow {
	return &acceptanceRow{
		ID: string(a.ID), Code: a.Code, MilestoneID: string(a.MilestoneID), ContractID: string(a.ContractID), ProjectID: string(a.ProjectID),
		Round: a.Round, Findings: packed(a.Findings), Result: a.Result, PayableFen: int64(a.PayableFen), UsersOpinion: a.UsersOpinion,
		Satisfied: a.Satisfied, Rated: a.Rated, Deemed: a.Deemed, InspectorID: null(string(a.InspectorID)), Inspector: a.Inspector,
		Reason: a.Reason, DecidedAt: a.DecidedAt, DueFrom: a.DueFrom.String(), PublishedAt: a.PublishedAt, RuleVersion: a.RuleVersion, Version: a.Version,
	}
}

func fromAcceptanceRow(r *acceptanceRow) (*contract.Acceptance, error) {
	a := &contract.Acceptance{
		ID: ident.AcceptanceID(r.ID), Version: r.Version, Code: r.Code, MilestoneID: ident.MilestoneID(r.MilestoneID),
		ContractID: ident.ContractID(r.ContractID), ProjectID: ident.ProjectID(r.ProjectID), Round: r.Round, Result: r.Result,
		PayableFen: money.Fen(r.PayableFen), UsersOpinion: r.UsersOpinion, Satisfied: r.Satisfied, Rated: r.Rated, Deemed: r.Deemed,
		InspectorID: ident.PersonID(text(r.InspectorID)), Inspector: r.Inspector, Reason: r.Reason, DecidedAt: utc(r.DecidedAt),
		DueFrom: storedDay(r.DueFrom), PublishedAt: utcp(r.PublishedAt), RuleVersion: r.RuleVersion,
	}
	return a, unpacked(r.Findings, &a.Findings)
}

func (s contracts) AddAcceptance(ctx context.Context, a *contract.Acceptance) error {
	a.Version = 1
	return ruled(insert(ctx, s.db, toAcceptanceRow(a)))
}

func (s contracts) SaveAcceptance(ctx context.Context, a *contract.Acceptance) error {
	r := toAcceptanceRow(a)
	err := save(ctx, s.db, r, &r.Version)
	a.Version = r.Version
	return err
}

func (s contracts) Acceptance(ctx context.Context, id ident.AcceptanceID) (*contract.Acceptance, error) {
	r, err := get[acceptanceRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromAcceptanceRow(r)
}

func (s contracts) Acceptances(ctx context.Context, id ident.ContractID) ([]*contract.Acceptance, error) {
	rows, err := list[acceptanceRow](ctx, s.db, 0, "decided_at, id", "contract_id = ?", id)
	if err != nil {
		return nil, err
	}
	out := make([]*contract.Acceptance, len(rows))
	for i := range rows {
		if out[i], err = fromAcceptanceRow(&rows[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

type opinionRow struct {
	bun.BaseModel `bun:"table:opinion"`
	ID            string `bun:",pk"`
	MilestoneID   string
	ContractID    string
	Round         int
	PersonID      string
	HelperID      *string
	Rating        int
	Text          string
	At            time.Time
	Version       int64
}

func toOpinionRow(o *contract.Opinion) *opinionRow {
	return &opinionRow{
		ID: o.ID, MilestoneID: string(o.MilestoneID), ContractID: string(o.ContractID), Round: o.Round, PersonID: string(o.PersonID),
		HelperID: null(string(o.HelperID)), Rating: o.Rating, Text: o.Text, At: o.At, Version: o.Version,
	}
}

func fromOpinionRow(r *opinionRow) *contract.Opinion {
	return &contract.Opinion{
		ID: r.ID, Version: r.Version, MilestoneID: ident.MilestoneID(r.MilestoneID), ContractID: ident.ContractID(r.ContractID), Round: r.Round,
		PersonID: ident.PersonID(r.PersonID), HelperID: ident.PersonID(text(r.HelperID)), Rating: r.Rating, Text: r.Text, At: utc(r.At),
	}
}

func (s contracts) SaveOpinion(ctx context.Context, o *contract.Opinion) error {
	if o.Version == 0 {
		o.Version = 1
		return insert(ctx, s.db, toOpinionRow(o))
	}
	r := toOpinionRow(o)
	err := save(ctx, s.db, r, &r.Version)
	o.Version = r.Version
	return err
}

func (s contracts) OpinionOf(ctx context.Context, m ident.MilestoneID, round int, person ident.PersonID) (*contract.Opinion, bool, error) {
	r, err := get[opinionRow](ctx, s.db, "milestone_id = ? AND round = ? AND person_id = ?", m, round, person)
	if fault.KindOf(err) == fault.KindNotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return fromOpinionRow(r), true, nil
}

func (s contracts) Opinions(ctx context.Context, m ident.MilestoneID, limit int) ([]*contract.Opinion, error) {
	rows, err := list[opinionRow](ctx, s.db, limit, "at DESC, id DESC", "milestone_id = ?", m)
	if err != nil {
		return nil, err
	}
	out := make([]*contract.Opinion, len(rows))
	for i := range rows {
		out[i] = fromOpinionRow(&rows[i])
	}
	return out, nil
}

func (s contracts) CountOpinions(ctx context.Context, m ident.MilestoneID, round int) (satisfied, rated int, err error) {
	var counts []struct {
		Rating int
		N      int
	}
	err = s.db.NewRaw("SELECT rating, COUNT(*) AS n FROM opinion WHERE milestone_id = ? AND round = ? GROUP BY rating", m, round).Scan(ctx, &counts)
	for _, c := range counts {
		rated += c.N
		if contract.Satisfied(c.Rating) {
			satisfied += c.N
		}
	}
	return satisfied, rated, fail(err)
}

type supplementRow struct {
	bun.BaseModel     `bun:"table:supplement"`
	ID                string `bun:",pk"`
	ContractID        string
	ProjectID         string
	Number            int
	Kind              string
	Reason            string
	AmountFen         int64
	Plan              string
	TermUntil         string
	EffectiveOn       string
	Status            string
	StatusReason      string
	SupplierSignature string
	BuyerSignature    string
	AppliedAt         *time.Time
	CreatedAt         time.Time
	CreatedBy         string
	Version           int64
}

func toSupplementRow(x *contract.Supplement) *supplementRow {
	return &supplementRow{
		ID: string(x.ID), ContractID: string(x.ContractID), ProjectID: string(x.ProjectID), Number: x.Number, Kind: x.Kind, Reason: x.Reason,
		AmountFen: int64(x.AmountFen), Plan: packedOr(x.Plan), TermUntil: x.TermUntil.String(), EffectiveOn: x.EffectiveOn.String(), Status: x.Status,
		StatusReason: x.StatusReason, SupplierSignature: packedOr(x.SupplierSignature), BuyerSignature: packedOr(x.BuyerSignature),
		AppliedAt: x.AppliedAt, CreatedAt: x.CreatedAt, CreatedBy: string(x.CreatedBy), Version: x.Version,
	}
}

func fromSupplementRow(r *supplementRow) (*contract.Supplement, error) {
	x := &contract.Supplement{
		ID: ident.SupplementID(r.ID), Version: r.Version, ContractID: ident.ContractID(r.ContractID), ProjectID: ident.ProjectID(r.ProjectID),
		Number: r.Number, Kind: r.Kind, Reason: r.Reason, AmountFen: money.Fen(r.AmountFen), TermUntil: storedDay(r.TermUntil), EffectiveOn: storedDay(r.EffectiveOn),
		Status: r.Status, StatusReason: r.StatusReason, AppliedAt: utcp(r.AppliedAt), CreatedAt: utc(r.CreatedAt), CreatedBy: ident.PersonID(r.CreatedBy),
	}
	if r.Plan != "" {
		x.Plan = &contract.Plan{}
	}
	if r.SupplierSignature != "" {
		x.SupplierSignature = &contract.Signature{}
	}
	if r.BuyerSignature != "" {
		x.BuyerSignature = &contract.Signature{}
	}
	if err := unpacked(r.Plan, x.Plan); err != nil {
		return nil, err
	}
	if err := unpacked(r.SupplierSignature, x.SupplierSignature); err != nil {
		return nil, err
	}
	return x, unpacked(r.BuyerSignature, x.BuyerSignature)
}

func (s contracts) AddSupplement(ctx context.Context, x *contract.Supplement) error {
	x.Version = 1
	return insert(ctx, s.db, toSupplementRow(x))
}

func (s contracts) SaveSupplement(ctx context.Context, x *contract.Supplement) error {
	r := toSupplementRow(x)
	err := save(ctx, s.db, r, &r.Version)
	x.Version = r.Version
	return err
}

func (s contracts) Supplement(ctx context.Context, id ident.SupplementID) (*contract.Supplement, error) {
	r, err := get[supplementRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromSupplementRow(r)
}

func (s contracts) Supplements(ctx context.Context, id ident.ContractID) ([]*contract.Supplement, error) {
	rows, err := list[supplementRow](ctx, s.db, 0, "number", "contract_id = ?", id)
	if err != nil {
		return nil, err
	}
	out := make([]*contract.Supplement, len(rows))
	for i := range rows {
		if out[i], err = fromSupplementRow(&rows[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}
