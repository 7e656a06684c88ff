package sqlstore

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

type payments struct{ db bun.IDB }

func newPayments(db bun.IDB) payment.Repository { return payments{db} }

type paymentRow struct {
	bun.BaseModel `bun:"table:payment"`
	ID            string `bun:",pk"`
	Code          string
	ContractID    string
	ProjectID     string
	MilestoneID   string
	AcceptanceID  string
	PlaceID       string
	BuyerID       string
	SupplierID    string
	SupplierName  string
	AmountFen     int64
	Payee         string
	PayeeNumber   string
	DueOn         string
	DailyRate     string
	Status        string
	StatusReason  string
	RequestedBy   string
	RequestedAt   time.Time
	VerifiedBy    *string
	VerifiedAt    *time.Time
	ApprovedBy    *string
	ApprovedAt    *time.Time
	ApprovedHash  string
	InstructedBy  *string
	InstructedAt  *time.Time
	Method        string
	VoucherNumber string
	PaidOn        string
	PaidAt        *time.Time
	ReconciledBy  *string
	ReconciledAt  *time.Time
	HoldID        string
	Attempts      int
	RuleVersion   string
	Version       int64
}

func toPaymentRow(p *payment.Payment) *paymentRow {
	return &paymentRow{
		ID: string(p.ID), Code: p.Code, ContractID: string(p.ContractID), ProjectID: string(p.ProjectID), MilestoneID: string(p.MilestoneID),
		AcceptanceID: string(p.AcceptanceID), PlaceID: string(p.PlaceID), BuyerID: string(p.BuyerID), SupplierID: string(p.SupplierID),
		SupplierName: p.SupplierName, AmountFen: int64(p.AmountFen), Payee: packed(p.Payee), PayeeNumber: p.Payee.Number, DueOn: p.DueOn.String(),
		DailyRate: p.DailyRate, Status: p.Status, StatusReason: p.StatusReason, RequestedBy: string(p.RequestedBy), RequestedAt: p.RequestedAt,
		VerifiedBy: null(string(p.VerifiedBy)), VerifiedAt: p.VerifiedAt, ApprovedBy: null(string(p.ApprovedBy)), ApprovedAt: p.ApprovedAt,
		ApprovedHash: p.ApprovedHash, InstructedBy: null(string(p.InstructedBy)), InstructedAt: p.InstructedAt, Method: p.Method,
		VoucherNumber: p.VoucherNumber, PaidOn: p.PaidOn.String(), PaidAt: p.PaidAt, ReconciledBy: null(string(p.ReconciledBy)),
		ReconciledAt: p.ReconciledAt, HoldID: string(p.HoldID), Attempts: p.Attempts, RuleVersion: p.RuleVersion, Version: p.Version,
	}
}

func fromPaymentRow(r *paymentRow) (*payment.Payment, error) {
	p := &payment.Payment{
		ID: ident.PaymentID(r.ID), Version: r.Version, Code: r.Code, ContractID: ident.ContractID(r.ContractID), ProjectID: ident.ProjectID(r.ProjectID),
		MilestoneID: ident.MilestoneID(r.MilestoneID), AcceptanceID: ident.AcceptanceID(r.AcceptanceID), PlaceID: ident.PlaceID(r.PlaceID),
		BuyerID: ident.PartyID(r.BuyerID), SupplierID: ident.PartyID(r.SupplierID), SupplierName: r.SupplierName, AmountFen: money.Fen(r.AmountFen),
		DueOn: storedDay(r.DueOn), DailyRate: r.DailyRate, Status: r.Status, StatusReason: r.StatusReason, RequestedBy: ident.PersonID(r.RequestedBy),
		RequestedAt: utc(r.RequestedAt), VerifiedBy: ident.PersonID(text(r.VerifiedBy)), VerifiedAt: utcp(r.VerifiedAt),
		ApprovedBy: ident.PersonID(text(r.ApprovedBy)), ApprovedAt: utcp(r.ApprovedAt), ApprovedHash: r.ApprovedHash,
		InstructedBy: ident.PersonID(text(r.InstructedBy)), InstructedAt: utcp(r.InstructedAt), Method: r.Method, VoucherNumber: r.VoucherNumber,
		PaidOn: storedDay(r.PaidOn), PaidAt: utcp(r.PaidAt), ReconciledBy: ident.PersonID(text(r.ReconciledBy)), ReconciledAt: utcp(r.ReconciledAt),
		HoldID: ident.JournalID(r.HoldID), Attempts: r.Attempts, RuleVersion: r.RuleVersion,
	}
	return p, unpacked(r.Payee, &p.Payee)
}

func (s payments) Create(ctx context.Context, p *payment.Payment) error {
	p.Version = 1
	return ruled(insert(ctx, s.db, toPaymentRow(p)))
}

func (s payments) Save(ctx context.Context, p *payment.Payment) error {
	r := toPaymentRow(p)
	err := save(ctx, s.db, r, &r.Version)
	p.Version = r.Version
	return ruled(err)
}

func (s payments) Payment(ctx context.Context, id ident.PaymentID) (*payment.Payment, error) {
	r, err := get[paymentRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromPaymentRow(r)
}

func (s payments) List(ctx context.Context, f payment.Filter) ([]*payment.Payment, error) {
	var rows []paymentRow
	q := paymentFilter(s.db.NewSelect().Model(&rows), f)
	if f.DueBefore.IsZero() {
		q = q.OrderExpr("id DESC")
	} else {
		q = q.Where("due_on < ? AND status NOT IN ('paid', 'reconciled', 'withdrawn', 'disputed')", f.DueBefore.String()).OrderExpr("due_on, id")
	}
	if f.Limit > 0 {
		q = q.Limit(int64(f.Limit))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]*payment.Payment, len(rows))
	for i := range rows {
		p, err := fromPaymentRow(&rows[i])
		if err != nil {
			return nil, err
		}
		out[i] = p
	}
	return out, nil
}

func paymentFilter(q *bun.SelectQuery, f payment.Filter) *bun.SelectQuery {
	for column, value := range map[string]string{
		"contract_id": string(f.ContractID), "project_id": string(f.ProjectID), "milestone_id": string(f.MilestoneID), "acceptance_id": string(f.AcceptanceID),
	} {
		if value != "" {
			q = q.Where("? = ?", bun.Ident(column), value)
		}
	}
	if f.PartyID != "" {
		q = q.Where("(buyer_id = ? OR supplier_id = ?)", f.PartyID, f.PartyID)
	}
	if f.PlacePath != "" {
		q = q.Where("place_id IN (SELECT id FROM place WHERE path LIKE ?)", f.PlacePath+"%")
	}
	if len(f.Statuses) > 0 {
		q = q.Where("status IN (?)", bun.List(f.Statuses))
	}
	if f.Search != "" {
		like := "%" + strings.NewReplacer("%", "", "_", "").Replace(f.Search) + "%"
		q = q.Where("(code LIKE ? OR supplier_name LIKE ? OR voucher_number LIKE ?)", like, like, like)
	}
	if f.Before != "" {
		q = q.Where("id < ?", f.Before)
	}
	return q
}

func (s payments) RequestedFen(ctx context.Context, id ident.AcceptanceID) (money.Fen, error) {
	var sum int64
	err := s.db.NewRaw("SELECT COALESCE(SUM(amount_fen), 0) FROM payment WHERE acceptance_id = ? AND status <> 'withdrawn'", id).Scan(ctx, &sum)
	return money.Fen(sum), fail(err)
}

type approvalRow struct {
	bun.BaseModel `bun:"table:payment_approval"`
	ID            string `bun:",pk"`
	PaymentID     string
	RequestedBy   string
	ApproverID    string
	Approver      string
	Hash          string
	At            time.Time
}

func (s payments) AddApproval(ctx context.Context, a payment.Approval) error {
	return insert(ctx, s.db, &approvalRow{
		ID: a.ID, PaymentID: string(a.PaymentID), RequestedBy: string(a.RequestedBy), ApproverID: string(a.ApproverID),
		Approver: a.Approver, Hash: a.Hash, At: a.At,
	})
}

func (s payments) Approvals(ctx context.Context, id ident.PaymentID) ([]payment.Approval, error) {
	rows, err := list[approvalRow](ctx, s.db, 0, "at, id", "payment_id = ?", id)
	if err != nil {
		return nil, err
	}
	out := make([]payment.Approval, len(rows))
	for i, r := range rows {
		out[i] = payment.Approval{
			ID: r.ID, PaymentID: ident.PaymentID(r.PaymentID), RequestedBy: ident.PersonID(r.RequestedBy), ApproverID: ident.PersonID(r.ApproverID),
			Approver: r.Approver, Hash: r.Hash, At: utc(r.At),
		}
	}
	return out, nil
}

type invoiceRow struct {
	bun.BaseModel `bun:"table:invoice"`
	ID            string `bun:",pk"`
	PaymentID     string
	Number        string
	IssuedOn      string
	BuyerName     string
	BuyerUSCC     string `bun:"buyer_uscc"`
	SellerName    string
	SellerUSCC    string `bun:"seller_uscc"`
	Item          string
	AmountFen     int64
	TaxRateBP     int `bun:"tax_rate_bp"`
	TaxFen        int64
	TotalFen      int64
	FileID        string
	Replaced      bool
	RecordedAt    time.Time
	RecordedBy    string
	Version       int64
}

func toInvoiceRow(v *payment.Invoice) *invoiceRow {
	return &invoiceRow{
		ID: string(v.ID), PaymentID: string(v.PaymentID), Number: v.Number, IssuedOn: v.IssuedOn.String(), BuyerName: v.BuyerName, BuyerUSCC: v.BuyerUSCC,
		SellerName: v.SellerName, SellerUSCC: v.SellerUSCC, Item: v.Item, AmountFen: int64(v.AmountFen), TaxRateBP: v.TaxRateBP, TaxFen: int64(v.TaxFen),
		TotalFen: int64(v.TotalFen), FileID: string(v.FileID), Replaced: v.Replaced, RecordedAt: v.RecordedAt, RecordedBy: string(v.RecordedBy), Version: v.Version,
	}
}

func fromInvoiceRow(r *invoiceRow) *payment.Invoice {
	return &payment.Invoice{
		ID: ident.InvoiceID(r.ID), Version: r.Version, PaymentID: ident.PaymentID(r.PaymentID), Number: r.Number, IssuedOn: storedDay(r.IssuedOn),
		BuyerName: r.BuyerName, BuyerUSCC: r.BuyerUSCC, SellerName: r.SellerName, SellerUSCC: r.SellerUSCC, Item: r.Item, AmountFen: money.Fen(r.AmountFen),
		TaxRateBP: r.TaxRateBP, TaxFen: money.Fen(r.TaxFen), TotalFen: money.Fen(r.TotalFen), FileID: ident.FileID(r.FileID), Replaced: r.Replaced,
		RecordedAt: utc(r.RecordedAt), RecordedBy: ident.PersonID(r.RecordedBy),
	}
}

func (s payments) AddInvoice(ctx context.Context, v *payment.Invoice) error {
	v.Version = 1
	return ruled(insert(ctx, s.db, toInvoiceRow(v)))
}

func (s payments) SaveInvoice(ctx context.Context, v *payment.Invoice) error {
	r := toInvoiceRow(v)
	err := save(ctx, s.db, r, &r.Version)
	v.Version = r.Version
	return err
}

func (s payments) Invoices(ctx context.Context, id ident.PaymentID) ([]*payment.Invoice, error) {
	rows, err := list[invoiceRow](ctx, s.db, 0, "recorded_at, id", "payment_id = ?", id)
	if err != nil {
		return nil, err
	}
	out := make([]*payment.Invoice, len(rows))
	for i := range rows {
		out[i] = fromInvoiceRow(&rows[i])
	}
	return out, nil
}

func (s payments) InvoiceOf(ctx context.Context, id ident.PaymentID) (*payment.Invoice, bool, error) {
	all, err := s.Invoices(ctx, id)
	if err != nil || len(all) == 0 || all[len(all)-1].Replaced {
		return nil, false, err
	}
	return all[len(all)-1], true, nil
}

func (s payments) InvoiceByNumber(ctx context.Context, number string) (*payment.Invoice, bool, error) {
	r, err := get[invoiceRow](ctx, s.db, "number = ?", number)
	if fault.KindOf(err) == fault.KindNotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return fromInvoiceRow(r), true, nil
}
