package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

type statementRow struct {
	bun.BaseModel `bun:"table:statement_line"`
	ID            string `bun:",pk"`
	PartyID       string
	Account       string
	Sequence      string
	BookedOn      string
	AmountFen     int64
	Counterparty  string
	CounterBank   string
	Remark        string
	State         string
	Reason        string
	DecidedBy     *string
	DecidedAt     *time.Time
	ImportedBy    string
	ImportedAt    time.Time
	Version       int64
}

type matchRow struct {
	bun.BaseModel `bun:"table:statement_match"`
	LineID        string `bun:",pk"`
	Number        int    `bun:",pk"`
	PaymentID     string
	AmountFen     int64
}

func toStatementRow(l *payment.Line) *statementRow {
	return &statementRow{
		ID: l.ID, PartyID: string(l.PartyID), Account: l.Account, Sequence: l.Sequence, BookedOn: l.BookedOn.String(), AmountFen: int64(l.AmountFen),
		Counterparty: l.Counterparty, CounterBank: l.CounterBank, Remark: l.Remark, State: l.State, Reason: l.Reason,
		DecidedBy: null(string(l.DecidedBy)), DecidedAt: l.DecidedAt, ImportedBy: string(l.ImportedBy), ImportedAt: l.ImportedAt, Version: l.Version,
	}
}

func fromStatementRow(r *statementRow) *payment.Line {
	return &payment.Line{
		ID: r.ID, Version: r.Version, PartyID: ident.PartyID(r.PartyID), Account: r.Account, Sequence: r.Sequence, BookedOn: storedDay(r.BookedOn),
		AmountFen: money.Fen(r.AmountFen), Counterparty: r.Counterparty, CounterBank: r.CounterBank, Remark: r.Remark, State: r.State, Reason: r.Reason,
		DecidedBy: ident.PersonID(text(r.DecidedBy)), DecidedAt: utcp(r.DecidedAt), ImportedBy: ident.PersonID(r.ImportedBy), ImportedAt: utc(r.ImportedAt),
	}
}

func (s payments) AddLine(ctx context.Context, l *payment.Line) error {
	l.Version = 1
	return insert(ctx, s.db, toStatementRow(l))
}

func (s payments) LineKnown(ctx context.Context, account, sequence string) (bool, error) {
	n, err := s.db.NewSelect().Model((*statementRow)(nil)).Where("account = ? AND sequence = ?", account, sequence).Count(ctx)
	return n > 0, fail(err)
}

func (s payments) SaveLine(ctx context.Context, l *payment.Line) error {
	r := toStatementRow(l)
	err := save(ctx, s.db, r, &r.Version)
	if err != nil {
		return err
	}
	l.Version = r.Version
	if len(l.Matches) == 0 {
		return nil
	}
	rows := make([]matchRow, len(l.Matches))
	for i, m := range l.Matches {
		rows[i] = matchRow{LineID: l.ID, Number: i + 1, PaymentID: string(m.PaymentID), AmountFen: int64(m.AmountFen)}
	}
	return insert(ctx, s.db, &rows)
}

func (s payments) Line(ctx context.Context, id string) (*payment.Line, error) {
	r, err := get[statementRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	l := fromStatementRow(r)
	return l, s.fillMatches(ctx, []*payment.Line{l})
}

func (s payments) Lines(ctx context.Context, f payment.LineFilter) ([]*payment.Line, error) {
	var rows []statementRow
	q := s.db.NewSelect().Model(&rows).OrderExpr("id DESC")
	if f.PartyID != "" {
		q = q.Where("party_id = ?", f.PartyID)
	}
	if f.State != "" {
		q = q.Where("state = ?", f.State)
	}
	if f.PlacePath != "" {
		q = q.Where("party_id IN (SELECT y.id FROM party y JOIN place l ON l.id = y.place_id WHERE l.path LIKE ?)", f.PlacePath+"%")
	}
	if f.Before != "" {
		q = q.Where("id < ?", f.Before)
	}
	if f.Limit > 0 {
		q = q.Limit(int64(f.Limit))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]*payment.Line, len(rows))
	for i := range rows {
		out[i] = fromStatementRow(&rows[i])
	}
	return out, s.fillMatches(ctx, out)
}

func (s payments) fillMatches(ctx context.Context, lines []*payment.Line) error {
	if len(lines) == 0 {
		return nil
	}
	byID := map[string]*payment.Line{}
	ids := make([]string, len(lines))
	for i, l := range lines {
		ids[i], byID[l.ID] = l.ID, l
	}
	rows, err := list[matchRow](ctx, s.db, 0, "line_id, number", "line_id IN (?)", bun.List(ids))
	if err != nil {
		return err
	}
	for _, r := range rows {
		l := byID[r.LineID]
		l.Matches = append(l.Matches, payment.Match{PaymentID: ident.PaymentID(r.PaymentID), AmountFen: money.Fen(r.AmountFen)})
	}
	return nil
}
