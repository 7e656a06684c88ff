package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	bundialect "github.com/uptrace/bun/dialect"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
)

type ledgers struct{ db bun.IDB }

func newLedgers(db bun.IDB) ledger.Repository { return ledgers{db} }

type accountRow struct {
	bun.BaseModel `bun:"table:ledger_account"`
	ID            string `bun:",pk"`
	Code          string
	Kind          string
	OwnerID       string
	Name          string
	PartyID       string
	PlaceID       string
	ProjectID     string
	Currency      string
	DebitNormal   bool
	Guarded       bool
	OpenedAt      time.Time
}

func fromAccountRow(r *accountRow) ledger.Account {
	return ledger.Account{
		ID: ident.AccountID(r.ID), Code: r.Code, Kind: ledger.Kind(r.Kind), OwnerID: r.OwnerID, Name: r.Name, PartyID: ident.PartyID(r.PartyID),
		PlaceID: ident.PlaceID(r.PlaceID), ProjectID: ident.ProjectID(r.ProjectID), Currency: r.Currency, OpenedAt: utc(r.OpenedAt),
	}
}

func (s ledgers) Open(ctx context.Context, a ledger.Account) error {
	return insert(ctx, s.db, &accountRow{
		ID: string(a.ID), Code: a.Code, Kind: string(a.Kind), OwnerID: a.OwnerID, Name: a.Name, PartyID: string(a.PartyID), PlaceID: string(a.PlaceID),
		ProjectID: string(a.ProjectID), Currency: a.Currency, DebitNormal: a.Kind.DebitNormal(), Guarded: a.Kind.Guarded(), OpenedAt: a.OpenedAt,
	})
}

func (s ledgers) Account(ctx context.Context, id ident.AccountID) (ledger.Account, error) {
	r, err := get[accountRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return ledger.Account{}, err
	}
	return fromAccountRow(r), nil
}

func (s ledgers) AccountOf(ctx context.Context, k ledger.Kind, ownerID string) (ledger.Account, bool, error) {
	r, err := get[accountRow](ctx, s.db, "kind = ? AND owner_id = ?", k, ownerID)
	if fault.KindOf(err) == fault.KindNotFound {
		return ledger.Account{}, false, nil
	}
	if err != nil {
		return ledger.Account{}, false, err
	}
	return fromAccountRow(r), true, nil
}

// LockBalances locks the accounts in the order of their ids on PostgreSQL; SQLite has one writer.
func (s ledgers) LockBalances(ctx context.Context, ids []ident.AccountID) (map[ident.AccountID]ledger.Balance, error) {
	var rows []accountRow
	q := s.db.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).OrderExpr("id")
	if s.db.Dialect().Name() == bundialect.PG {
		q = q.For("UPDATE")
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	all, err := s.derive(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := map[ident.AccountID]ledger.Balance{}
	for _, b := range all {
		out[b.Account.ID] = b
	}
	return out, nil
}

func (s ledgers) Balances(ctx context.Context, f ledger.AccountFilter) ([]ledger.Balance, error) {
	var rows []accountRow
	q := s.db.NewSelect().Model(&rows).OrderExpr("kind, code")
	if len(f.Kinds) > 0 {
		q = q.Where("kind IN (?)", bun.List(f.Kinds))
	}
	if len(f.OwnerIDs) > 0 {
		q = q.Where("owner_id IN (?)", bun.List(f.OwnerIDs))
	}
	if f.PartyID != "" {
		q = q.Where("party_id = ?", f.PartyID)
	}
	if f.ProjectID != "" {
		q = q.Where("project_id = ?", f.ProjectID)
	}
	if f.PlacePath != "" {
		q = q.Where("place_id IN (SELECT id FROM place WHERE path LIKE ?)", f.PlacePath+"%")
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return s.derive(ctx, rows)
}

type sumRow struct {
	AccountID string
	State     string
	DebitFen  int64
	CreditFen int64
}

// derive sums postings of posted journals and of pending ones that are not resolved.
func (s ledgers) derive(ctx context.Context, accounts []accountRow) ([]ledger.Balance, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	ids := make([]string, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	var sums []sumRow
	err := s.db.NewRaw(`SELECT p.account_id, j.state,
			SUM(CASE WHEN p.amount_fen > 0 THEN p.amount_fen ELSE 0 END) AS debit_fen,
			SUM(CASE WHEN p.amount_fen < 0 THEN -p.amount_fen ELSE 0 END) AS credit_fen
		FROM posting p JOIN journal j ON j.id = p.journal_id
		LEFT JOIN journal_resolution r ON r.journal_id = j.id
		WHERE p.account_id IN (?) AND r.journal_id IS NULL GROUP BY p.account_id, j.state`, bun.List(ids)).Scan(ctx, &sums)
	if err != nil {
		return nil, fail(err)
	}
	byID := map[string][]sumRow{}
	for _, x := range sums {
		byID[x.AccountID] = append(byID[x.AccountID], x)
	}
	out := make([]ledger.Balance, len(accounts))
	for i := range accounts {
		out[i] = balanceOf(fromAccountRow(&accounts[i]), byID[accounts[i].ID])
	}
	return out, nil
}

func balanceOf(a ledger.Account, sums []sumRow) ledger.Balance {
	b := ledger.Balance{Account: a}
	for _, x := range sums {
		debit, credit := money.Fen(x.DebitFen), money.Fen(x.CreditFen)
		switch {
		case x.State == ledger.Posted:
			b.DebitFen, b.CreditFen = debit, credit
		case a.Kind.DebitNormal():
			b.IncomingFen, b.HeldFen = debit, credit
		default:
			b.IncomingFen, b.HeldFen = credit, debit
		}
	}
	return b
}

type journalRow struct {
	bun.BaseModel `bun:"table:journal"`
	ID            string `bun:",pk"`
	Code          string
	EffectKey     string
	Kind          string
	State         string
	EffectiveOn   string
	At            time.Time
	Memo          string
	ObjectKind    string
	ObjectID      string
	ProjectID     string
	ContractID    string
	PlaceID       string
	PartyID       string
	PersonID      string
	Reverses      *string
	Releases      *string
}

type postingRow struct {
	bun.BaseModel `bun:"table:posting"`
	JournalID     string `bun:",pk"`
	Line          int    `bun:",pk"`
	AccountID     string
	AmountFen     int64
	Memo          string
}

type resolutionRow struct {
	bun.BaseModel `bun:"table:journal_resolution"`
	JournalID     string `bun:",pk"`
	Outcome       string
	ByID          *string `bun:"by_id"`
	At            time.Time
}

func fromJournalRow(r *journalRow) ledger.Journal {
	return ledger.Journal{
		ID: ident.JournalID(r.ID), Code: r.Code, Key: r.EffectKey, Kind: r.Kind, State: r.State, EffectiveOn: storedDay(r.EffectiveOn), At: utc(r.At),
		Memo: r.Memo, ObjectKind: r.ObjectKind, ObjectID: r.ObjectID, ProjectID: ident.ProjectID(r.ProjectID), ContractID: ident.ContractID(r.ContractID),
		PlaceID: ident.PlaceID(r.PlaceID), PartyID: ident.PartyID(r.PartyID), PersonID: ident.PersonID(r.PersonID),
		Reverses: ident.JournalID(text(r.Reverses)), Releases: ident.JournalID(text(r.Releases)),
	}
}

// Append writes the release, the postings, and last the journal, whose trigger checks them all.
func (s ledgers) Append(ctx context.Context, j ledger.Journal) error {
	if j.Releases != "" {
		if err := s.resolve(ctx, resolutionRow{JournalID: string(j.Releases), Outcome: "released", ByID: null(string(j.ID)), At: j.At}); err != nil {
			return err
		}
	}
	rows := make([]postingRow, len(j.Postings))
	for i, p := range j.Postings {
		rows[i] = postingRow{JournalID: string(j.ID), Line: p.Line, AccountID: string(p.AccountID), AmountFen: int64(p.AmountFen), Memo: p.Memo}
	}
	if err := insert(ctx, s.db, &rows); err != nil {
		return ruled(err)
	}
	return ruled(insert(ctx, s.db, &journalRow{
		ID: string(j.ID), Code: j.Code, EffectKey: j.Key, Kind: j.Kind, State: j.State, EffectiveOn: j.EffectiveOn.String(), At: j.At, Memo: j.Memo,
		ObjectKind: j.ObjectKind, ObjectID: j.ObjectID, ProjectID: string(j.ProjectID), ContractID: string(j.ContractID), PlaceID: string(j.PlaceID),
		PartyID: string(j.PartyID), PersonID: string(j.PersonID), Reverses: null(string(j.Reverses)), Releases: null(string(j.Releases)),
	}))
}

func (s ledgers) resolve(ctx context.Context, r resolutionRow) error {
	return ruled(insert(ctx, s.db, &r))
}

func (s ledgers) Void(ctx context.Context, id ident.JournalID, at time.Time) error {
	return s.resolve(ctx, resolutionRow{JournalID: string(id), Outcome: "voided", At: at})
}

func (s ledgers) Journal(ctx context.Context, id ident.JournalID) (ledger.Journal, error) {
	return s.one(ctx, "id = ?", id)
}

func (s ledgers) JournalByKey(ctx context.Context, key string) (ledger.Journal, bool, error) {
	j, err := s.one(ctx, "effect_key = ?", key)
	if fault.KindOf(err) == fault.KindNotFound {
		return ledger.Journal{}, false, nil
	}
	return j, err == nil, err
}

func (s ledgers) one(ctx context.Context, where string, args ...any) (ledger.Journal, error) {
	r, err := get[journalRow](ctx, s.db, where, args...)
	if err != nil {
		return ledger.Journal{}, err
	}
	all := []ledger.Journal{fromJournalRow(r)}
	err = s.fillPostings(ctx, all)
	return all[0], err
}

func (s ledgers) fillPostings(ctx context.Context, all []ledger.Journal) error {
	if len(all) == 0 {
		return nil
	}
	index := map[string]int{}
	ids := make([]string, len(all))
	for i, j := range all {
		ids[i], index[string(j.ID)] = string(j.ID), i
	}
	rows, err := list[postingRow](ctx, s.db, 0, "journal_id, line", "journal_id IN (?)", bun.List(ids))
	if err != nil {
		return err
	}
	for _, r := range rows {
		j := &all[index[r.JournalID]]
		j.Postings = append(j.Postings, ledger.Posting{Line: r.Line, AccountID: ident.AccountID(r.AccountID), AmountFen: money.Fen(r.AmountFen), Memo: r.Memo})
	}
	return nil
}

func (s ledgers) Journals(ctx context.Context, f ledger.JournalFilter) ([]ledger.Journal, error) {
	var rows []journalRow
	q := s.db.NewSelect().Model(&rows).OrderExpr("id DESC")
	for column, value := range map[string]string{
		"project_id": string(f.ProjectID), "contract_id": string(f.ContractID), "party_id": string(f.PartyID), "object_kind": f.ObjectKind,
		"object_id": f.ObjectID, "kind": f.Kind, "state": f.State,
	} {
		if value != "" {
			q = q.Where("? = ?", bun.Ident(column), value)
		}
	}
	if f.AccountID != "" {
		q = q.Where("id IN (SELECT journal_id FROM posting WHERE account_id = ?)", f.AccountID)
	}
	if f.PlacePath != "" {
		q = q.Where("place_id IN (SELECT id FROM place WHERE path LIKE ?)", f.PlacePath+"%")
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
	out := make([]ledger.Journal, len(rows))
	for i := range rows {
		out[i] = fromJournalRow(&rows[i])
	}
	return out, s.fillPostings(ctx, out)
}

func (s ledgers) Resolutions(ctx context.Context, ids []ident.JournalID) (map[ident.JournalID]string, error) {
	out := map[ident.JournalID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := list[resolutionRow](ctx, s.db, 0, "", "journal_id IN (?)", bun.List(ids))
	for _, r := range rows {
		out[ident.JournalID(r.JournalID)] = r.Outcome
	}
	return out, err
}
