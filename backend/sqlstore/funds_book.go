package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

type fundEntryRow struct {
	bun.BaseModel `bun:"table:fund_entry"`
	ID            string `bun:",pk"`
	FundID        string
	EntryKey      string
	Kind          string
	Restricted    bool
	AmountFen     int64
	BookedOn      string
	SourceKind    string
	SourceID      string
	ProjectID     string
	JournalID     string
	At            time.Time
}

func fromFundEntryRow(r *fundEntryRow) (*fund.Entry, error) {
	on, err := dateOf(r.BookedOn)
	if err != nil {
		return nil, err
	}
	return &fund.Entry{
		ID: ident.FundEntryID(r.ID), FundID: ident.FundID(r.FundID), Key: r.EntryKey, Kind: r.Kind, Restricted: r.Restricted,
		AmountFen: money.Fen(r.AmountFen), On: on, SourceKind: r.SourceKind, SourceID: r.SourceID,
		ProjectID: ident.ProjectID(r.ProjectID), JournalID: ident.JournalID(r.JournalID), At: utc(r.At),
	}, nil
}

func (s funds) InsertEntry(ctx context.Context, e *fund.Entry) error {
	return insert(ctx, s.db, &fundEntryRow{
		ID: string(e.ID), FundID: string(e.FundID), EntryKey: e.Key, Kind: e.Kind, Restricted: e.Restricted, AmountFen: int64(e.AmountFen),
		BookedOn: e.On.String(), SourceKind: e.SourceKind, SourceID: e.SourceID, ProjectID: string(e.ProjectID),
		JournalID: string(e.JournalID), At: e.At,
	})
}

func (s funds) Entry(ctx context.Context, id ident.FundEntryID) (*fund.Entry, error) {
	r, err := get[fundEntryRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromFundEntryRow(r)
}

func (s funds) Entries(ctx context.Context, id ident.FundID) ([]fund.Entry, error) {
	return s.entries(ctx, "fund_id = ?", id)
}

func (s funds) EntriesOfProject(ctx context.Context, id ident.ProjectID) ([]fund.Entry, error) {
	return s.entries(ctx, "project_id = ?", id)
}

func (s funds) entries(ctx context.Context, where string, args ...any) ([]fund.Entry, error) {
	rows, err := list[fundEntryRow](ctx, s.db, 0, "booked_on, id", where, args...)
	if err != nil {
		return nil, err
	}
	out := make([]fund.Entry, 0, len(rows))
	for i := range rows {
		e, err := fromFundEntryRow(&rows[i])
		if err != nil {
			return nil, err
		}
		out = append(out, *e)
	}
	return out, nil
}

func (s funds) Held(ctx context.Context, id ident.FundID, restricted bool) (money.Fen, error) {
	var sum int64
	err := s.db.NewRaw("SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM fund_entry WHERE fund_id = ? AND restricted = ?", id, restricted).Scan(ctx, &sum)
	return money.Fen(sum), fail(err)
}

type cardEffectRow struct {
	bun.BaseModel `bun:"table:card_effect"`
	Provider      string `bun:",pk"`
	ObjectID      string `bun:",pk"`
	Kind          string `bun:",pk"`
	DonationID    string
	AmountFen     int64
	At            time.Time
}

func (s funds) TakeEffect(ctx context.Context, e fund.Effect, donation ident.DonationID, at time.Time) (bool, error) {
	return fresh(ctx, s.db, &cardEffectRow{
		Provider: e.Provider, ObjectID: e.ObjectID, Kind: e.Kind, DonationID: string(donation), AmountFen: int64(e.AmountFen), At: at,
	})
}

type cardMessageRow struct {
	bun.BaseModel `bun:"table:card_message"`
	ID            string `bun:",pk"`
	Provider      string
	Kind          string
	ObjectID      string
	Payload       string
	ReceivedAt    time.Time
	Problem       string
	SettledAt     *time.Time
	Attempts      int
}

func fromCardMessageRow(r *cardMessageRow) *fund.Message {
	return &fund.Message{
		ID: r.ID, Provider: r.Provider, Kind: r.Kind, ObjectID: r.ObjectID, Payload: r.Payload, ReceivedAt: utc(r.ReceivedAt),
		Problem: r.Problem, SettledAt: utcp(r.SettledAt), Attempts: r.Attempts,
	}
}

func (s funds) Keep(ctx context.Context, m fund.Message) (bool, error) {
	return fresh(ctx, s.db, &cardMessageRow{
		ID: m.ID, Provider: m.Provider, Kind: m.Kind, ObjectID: m.ObjectID, Payload: m.Payload, ReceivedAt: m.ReceivedAt,
	})
}

func (s funds) Message(ctx context.Context, id string) (*fund.Message, error) {
	return one(ctx, s.db, fromCardMessageRow, "id = ?", id)
}

func (s funds) Unprocessed(ctx context.Context, limit int) ([]fund.Message, error) {
	rows, err := list[cardMessageRow](ctx, s.db, limit, "received_at, id", "settled_at IS NULL")
	if err != nil {
		return nil, err
	}
	out := make([]fund.Message, 0, len(rows))
	for i := range rows {
		out = append(out, *fromCardMessageRow(&rows[i]))
	}
	return out, nil
}

func (s funds) Settle(ctx context.Context, id, problem string, at time.Time) error {
	var settled *time.Time
	if problem == "" {
		settled = &at
	}
	res, err := s.db.NewUpdate().Table("card_message").Set("problem = ?", problem).Set("settled_at = ?", settled).
		Set("attempts = attempts + 1").Where("id = ?", id).Exec(ctx)
	if err != nil {
		return fail(err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return fault.NotFound("record.not_found", "no card message "+id)
	}
	return nil
}

// fresh inserts a row whose key may be there already, and tells whether it was not. The
// primary key makes two transactions wait for each other here.
func fresh(ctx context.Context, db bun.IDB, row any) (bool, error) {
	res, err := db.NewInsert().Model(row).On("CONFLICT DO NOTHING").Exec(ctx)
	if err != nil {
		return false, fail(err)
	}
	n, err := res.RowsAffected()
	return n == 1, fail(err)
}
