package sqlstore

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

type contracts struct{ db bun.IDB }

func newContracts(db bun.IDB) contract.Repository { return contracts{db} }

// packed writes plain data (no channels, functions or cycles) as JSON text; such data always
// marshals.
func packed(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// unpacked reads what packed wrote.
func unpacked(text string, into any) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fault.Internal("stored JSON does not read", err)
	}
	return nil
}

// packedOr is packed, or "" for nil.
func packedOr[T any](v *T) string {
	if v == nil {
		return ""
	}
	return packed(v)
}

// storedDay reads a stored day; the store only holds days it wrote.
func storedDay(s string) calendar.Date {
	d, _ := calendar.ParseDate(s)
	return d
}

// moneyRules are the refusals of the database itself (migrations 0700 to 0760) by the word they
// raise or the index they name.
var moneyRules = []struct {
	word string
	kind fault.Kind
	code string
}{
	{"ledger.unbalanced", fault.KindInvalid, "ledger.unbalanced"},
	{"ledger.insufficient", fault.KindConflict, "ledger.insufficient"},
	{"ledger.reversal_differs", fault.KindConflict, "ledger.reversal_differs"},
	{"ledger.journal_closed", fault.KindConflict, "ledger.journal_closed"},
	{"ledger.not_pending", fault.KindConflict, "ledger.not_pending"},
	{"journal_reverses_key", fault.KindConflict, "ledger.already_reversed"},
	{"journal.reverses", fault.KindConflict, "ledger.already_reversed"},
	{"journal_resolution_pkey", fault.KindConflict, "ledger.already_resolved"},
	{"journal_resolution.journal_id", fault.KindConflict, "ledger.already_resolved"},
	{"acceptance.over_contract", fault.KindConflict, "acceptance.over_contract"},
	{"acceptance.signer_inspects", fault.KindForbidden, "acceptance.signer_inspects"},
	{"contract.amount_fixed", fault.KindConflict, "contract.amount_fixed"},
	{"contract_one_per_award", fault.KindConflict, "contract.award_used"},
	{"contract.award_id", fault.KindConflict, "contract.award_used"},
	{"payment.over_accepted", fault.KindConflict, "payment.over_accepted"},
	{"invoice_number_key", fault.KindConflict, "invoice.number_used"},
	{"invoice.number", fault.KindConflict, "invoice.number_used"},
	{"payment_voucher", fault.KindConflict, "payment.voucher_used"},
	{"payment.voucher_number", fault.KindConflict, "payment.voucher_used"},
}

// ruled names the money rule that refused, so that people read a sentence about money and not
// about constraints.
func ruled(err error) error {
	f, ok := fault.As(err)
	if !ok || f.Cause == nil || (f.Code != "record.duplicate" && f.Code != "record.constraint") {
		return err
	}
	text := f.Cause.Error()
	for _, r := range moneyRules {
		if strings.Contains(text, r.word) {
			return fault.Wrap(r.kind, r.code, "the database refused: "+r.code, f.Cause)
		}
	}
	return err
}

type contractRow struct {
	bun.BaseModel    `bun:"table:contract"`
	ID               string `bun:",pk"`
	Code             string
	Title            string
	ProjectID        string
	TenderID         string
	LotID            string
	AwardID          string
	PlaceID          string
	BuyerID          string
	BuyerName        string
	BuyerUSCC        string `bun:"buyer_uscc"`
	SupplierID       string
	SupplierName     string
	SupplierUSCC     string `bun:"supplier_uscc"`
	OriginalFen      int64
	SupplementFen    int64
	BudgetShares     string
	TermFrom         string
	TermUntil        string
	AcceptanceDays   int
	PaymentDays      int
	DailyInterest    string
	InterestAgreed   bool
	Payee            string
	PendingPayee     string
	AwardNoticeOn    string
	SignBy           string
	Status           string
	StatusReason     string
	SupplierSignedBy *string
	SupplierSigner   string
	SupplierSignedAt *time.Time
	SupplierTextHash string
	BuyerSignedBy    *string
	BuyerSigner      string
	BuyerSignedAt    *time.Time
	BuyerTextHash    string
	SignedAt         *time.Time
	PublishedAt      *time.Time
	FiledAt          *time.Time
	FilingNumber     string
	CompletedAt      *time.Time
	ClosedAt         *time.Time
	CreatedAt        time.Time
	CreatedBy        string
	RuleVersion      string
	Version          int64
}

func toContractRow(c *contract.Contract) *contractRow {
	r := &contractRow{
		ID: string(c.ID), Code: c.Code, Title: c.Title, ProjectID: string(c.ProjectID), TenderID: string(c.TenderID), LotID: string(c.LotID),
		AwardID: string(c.AwardID), PlaceID: string(c.PlaceID), BuyerID: string(c.BuyerID), BuyerName: c.BuyerName, BuyerUSCC: c.BuyerUSCC,
		SupplierID: string(c.SupplierID), SupplierName: c.SupplierName, SupplierUSCC: c.SupplierUSCC, OriginalFen: int64(c.OriginalFen),
		SupplementFen: int64(c.SupplementFen), BudgetShares: packed(c.BudgetShares), TermFrom: c.TermFrom.String(), TermUntil: c.TermUntil.String(),
		AcceptanceDays: c.AcceptanceDays, PaymentDays: c.PaymentDays, DailyInterest: c.DailyInterest, InterestAgreed: c.InterestAgreed,
		Payee: packed(c.Payee), PendingPayee: packedOr(c.PendingPayee), AwardNoticeOn: c.AwardNoticeOn.String(), SignBy: c.SignBy.String(),
		Status: c.Status, StatusReason: c.StatusReason, SignedAt: c.SignedAt, PublishedAt: c.PublishedAt, FiledAt: c.FiledAt,
		FilingNumber: c.FilingNumber, CompletedAt: c.CompletedAt, ClosedAt: c.ClosedAt, CreatedAt: c.CreatedAt, CreatedBy: string(c.CreatedBy),
		RuleVersion: c.RuleVersion, Version: c.Version,
	}
	if s := c.SupplierSignature; s != nil {
		r.SupplierSignedBy, r.SupplierSigner, r.SupplierSignedAt, r.SupplierTextHash = null(string(s.PersonID)), s.Name, &s.At, s.TextHash
	}
	if s := c.BuyerSignature; s != nil {
		r.BuyerSignedBy, r.BuyerSigner, r.BuyerSignedAt, r.BuyerTextHash = null(string(s.PersonID)), s.Name, &s.At, s.TextHash
	}
	return r
}

func fromContractRow(r *contractRow) (*contract.Contract, error) {
	c := &contract.Contract{
		ID: ident.ContractID(r.ID), Version: r.Version, Code: r.Code, Title: r.Title, ProjectID: ident.ProjectID(r.ProjectID),
		TenderID: ident.TenderID(r.TenderID), LotID: ident.LotID(r.LotID), AwardID: ident.AwardID(r.AwardID), PlaceID: ident.PlaceID(r.PlaceID),
		BuyerID: ident.PartyID(r.BuyerID), BuyerName: r.BuyerName, BuyerUSCC: r.BuyerUSCC, SupplierID: ident.PartyID(r.SupplierID),
		SupplierName: r.SupplierName, SupplierUSCC: r.SupplierUSCC, OriginalFen: money.Fen(r.OriginalFen), SupplementFen: money.Fen(r.SupplementFen),
		TermFrom: storedDay(r.TermFrom), TermUntil: storedDay(r.TermUntil), AcceptanceDays: r.AcceptanceDays, PaymentDays: r.PaymentDays,
		DailyInterest: r.DailyInterest, InterestAgreed: r.InterestAgreed, AwardNoticeOn: storedDay(r.AwardNoticeOn), SignBy: storedDay(r.SignBy),
		Status: r.Status, StatusReason: r.StatusReason, SupplierSignature: signature(r.SupplierSignedBy, r.SupplierSigner, r.SupplierSignedAt, r.SupplierTextHash),
		BuyerSignature: signature(r.BuyerSignedBy, r.BuyerSigner, r.BuyerSignedAt, r.BuyerTextHash), SignedAt: utcp(r.SignedAt),
		PublishedAt: utcp(r.PublishedAt), FiledAt: utcp(r.FiledAt), FilingNumber: r.FilingNumber, CompletedAt: utcp(r.CompletedAt),
		ClosedAt: utcp(r.ClosedAt), CreatedAt: utc(r.CreatedAt), CreatedBy: ident.PersonID(r.CreatedBy), RuleVersion: r.RuleVersion,
	}
	if err := unpacked(r.BudgetShares, &c.BudgetShares); err != nil {
		return nil, err
	}
	if err := unpacked(r.Payee, &c.Payee); err != nil {
		return nil, err
	}
	if r.PendingPayee != "" {
		c.PendingPayee = &contract.PayeeChange{}
	}
	return c, unpacked(r.PendingPayee, c.PendingPayee)
}

func signature(by *string, name string, at *time.Time, hash string) *contract.Signature {
	if by == nil || at == nil {
		return nil
	}
	return &contract.Signature{PersonID: ident.PersonID(*by), Name: name, At: utc(*at), TextHash: hash}
}

func (s contracts) Create(ctx context.Context, c *contract.Contract, milestones []*contract.Milestone) error {
	c.Version = 1
	if err := insert(ctx, s.db, toContractRow(c)); err != nil {
		return ruled(err)
	}
	return s.insertMilestones(ctx, milestones)
}

func (s contracts) Save(ctx context.Context, c *contract.Contract) error {
	r := toContractRow(c)
	err := save(ctx, s.db, r, &r.Version)
	c.Version = r.Version
	return ruled(err)
}

func (s contracts) Contract(ctx context.Context, id ident.ContractID) (*contract.Contract, error) {
	r, err := get[contractRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromContractRow(r)
}

func (s contracts) List(ctx context.Context, f contract.Filter) ([]*contract.Contract, error) {
	var rows []contractRow
	q := contractFilter(s.db.NewSelect().Model(&rows), f, "contract_row").OrderExpr("id DESC")
	if f.Limit > 0 {
		q = q.Limit(int64(f.Limit))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]*contract.Contract, len(rows))
	for i := range rows {
		c, err := fromContractRow(&rows[i])
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

// contractFilter narrows a query over contracts; alias is how it names the table.
func contractFilter(q *bun.SelectQuery, f contract.Filter, alias string) *bun.SelectQuery {
	col := func(name string) bun.Ident { return bun.Ident(alias + "." + name) }
	if f.ProjectID != "" {
		q = q.Where("? = ?", col("project_id"), f.ProjectID)
	}
	if f.AwardID != "" {
		q = q.Where("? = ?", col("award_id"), f.AwardID)
	}
	if f.PartyID != "" {
		q = q.Where("(? = ? OR ? = ?)", col("buyer_id"), f.PartyID, col("supplier_id"), f.PartyID)
	}
	if f.PlacePath != "" {
		q = q.Where("? IN (SELECT id FROM place WHERE path LIKE ?)", col("place_id"), f.PlacePath+"%")
	}
	if len(f.Statuses) > 0 {
		q = q.Where("? IN (?)", col("status"), bun.List(f.Statuses))
	}
	if f.Public {
		q = q.Where("? IS NOT NULL", col("published_at"))
	}
	if f.Search != "" {
		like := "%" + strings.NewReplacer("%", "", "_", "").Replace(f.Search) + "%"
		q = q.Where("(? LIKE ? OR ? LIKE ? OR ? LIKE ?)", col("title"), like, col("code"), like, col("supplier_name"), like)
	}
	if f.Before != "" {
		q = q.Where("? < ?", col("id"), f.Before)
	}
	return q
}
