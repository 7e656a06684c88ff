package httpapi

import (
	"strings"
	"time"

	"linli/backend/app/settlement"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

func toActed(d settlement.Done, err error) (*changedOut, error) {
	if err != nil {
		return nil, err
	}
	return &changedOut{ETag: etag(d.Version), Body: changedView(d)}, nil
}

func toPaymentActions(all []settlement.Action) []moneyActionView {
	out := []moneyActionView{}
	for _, a := range all {
		out = append(out, moneyActionView(a))
	}
	return out
}

// InvoiceBody is a fully digital e-invoice as stated; amounts in fen.
type InvoiceBody struct {
	Number     string `json:"number" minLength:"20" maxLength:"20" doc:"20 digits of a fully digital e-invoice."`
	IssuedOn   string `json:"issuedOn" maxLength:"10" format:"date"`
	BuyerName  string `json:"buyerName" maxLength:"200"`
	BuyerUSCC  string `json:"buyerUscc" maxLength:"18"`
	SellerName string `json:"sellerName" maxLength:"200"`
	SellerUSCC string `json:"sellerUscc" maxLength:"18"`
	Item       string `json:"item" maxLength:"200"`
	AmountFen  int64  `json:"amountFen" maximum:"9007199254740991" doc:"Without tax."`
	TaxRateBP  int    `json:"taxRateBp" minimum:"0" maximum:"10000" doc:"600 for 6 %."`
	TaxFen     int64  `json:"taxFen" minimum:"0" maximum:"9007199254740991"`
	TotalFen   int64  `json:"totalFen" maximum:"9007199254740991"`
	FileID     string `json:"fileId,omitempty" maxLength:"36"`
}

type invoiceView struct {
	InvoiceBody
	ID         string    `json:"id"`
	Replaced   bool      `json:"replaced"`
	RecordedAt time.Time `json:"recordedAt"`
}

func toInvoiceView(v *payment.Invoice) invoiceView {
	return invoiceView{ID: string(v.ID), Replaced: v.Replaced, RecordedAt: v.RecordedAt, InvoiceBody: InvoiceBody{
		Number: v.Number, IssuedOn: v.IssuedOn.String(), BuyerName: v.BuyerName, BuyerUSCC: v.BuyerUSCC, SellerName: v.SellerName, SellerUSCC: v.SellerUSCC,
		Item: v.Item, AmountFen: int64(v.AmountFen), TaxRateBP: v.TaxRateBP, TaxFen: int64(v.TaxFen), TotalFen: int64(v.TotalFen), FileID: string(v.FileID),
	}}
}

// PaymentRowView is what every list and page tells of a payment.
type PaymentRowView struct {
	ID            string     `json:"id"`
	Code          string     `json:"code" example:"FK-2026-000001"`
	ContractID    string     `json:"contractId"`
	ProjectID     string     `json:"projectId"`
	MilestoneID   string     `json:"milestoneId"`
	Title         string     `json:"title" doc:"Of the contract."`
	Milestone     string     `json:"milestone"`
	SupplierName  string     `json:"supplierName"`
	AmountFen     int64      `json:"amountFen"`
	DueOn         string     `json:"dueOn" format:"date"`
	Status        string     `json:"status"`
	StatusReason  string     `json:"statusReason,omitempty"`
	OverdueDays   int        `json:"overdueDays" doc:"0 while not late; computed, not stored."`
	InterestFen   int64      `json:"interestFen"`
	RequestedAt   time.Time  `json:"requestedAt"`
	PaidOn        string     `json:"paidOn,omitempty"`
	PaidAt        *time.Time `json:"paidAt,omitempty"`
	VoucherNumber string     `json:"voucherNumber,omitempty"`
	Version       int64      `json:"version"`
}

func toPaymentRow(x settlement.Listed) PaymentRowView {
	p := x.Payment
	return PaymentRowView{
		ID: string(p.ID), Code: p.Code, ContractID: string(p.ContractID), ProjectID: string(p.ProjectID), MilestoneID: string(p.MilestoneID), Title: x.Title,
		Milestone: x.Milestone, SupplierName: p.SupplierName, AmountFen: int64(p.AmountFen), DueOn: p.DueOn.String(), Status: p.Status,
		StatusReason: p.StatusReason, OverdueDays: x.OverdueDays, InterestFen: int64(x.InterestFen), RequestedAt: p.RequestedAt, PaidOn: p.PaidOn.String(),
		PaidAt: p.PaidAt, VoucherNumber: p.VoucherNumber, Version: p.Version,
	}
}

type paymentCheckView struct {
	Code    string `json:"code" example:"invoice_buyer"`
	Passed  bool   `json:"passed"`
	Warning bool   `json:"warning" doc:"Not passed, but does not refuse."`
	Found   string `json:"found,omitempty"`
	Wanted  string `json:"wanted,omitempty"`
}

type statutoryView struct {
	Ledger    string `json:"ledger" enum:"financial,budget"`
	Account   string `json:"account" example:"business_expense"`
	DebitFen  int64  `json:"debitFen"`
	CreditFen int64  `json:"creditFen"`
	Subject   string `json:"subject,omitempty" doc:"Economy code of the budget line."`
}

func toStatutory(all []ledger.Statutory) []statutoryView {
	out := []statutoryView{}
	for _, s := range all {
		out = append(out, statutoryView{Ledger: s.Ledger, Account: s.Code, DebitFen: int64(s.Debit), CreditFen: int64(s.Credit), Subject: s.Subject})
	}
	return out
}

type paymentHistoryView struct {
	At     time.Time `json:"at"`
	Action string    `json:"action" example:"payment.approve"`
	Role   string    `json:"role"`
	Seq    int64     `json:"seq" doc:"Of the audit record."`
}

func toHistory(all []audit.Record) []paymentHistoryView {
	out := []paymentHistoryView{}
	for _, r := range all {
		out = append(out, paymentHistoryView{At: r.At, Action: r.Action, Role: r.Role, Seq: r.Seq})
	}
	return out
}

type approvalView struct {
	Approver string    `json:"approver"`
	At       time.Time `json:"at"`
	Hash     string    `json:"hash" doc:"Of payee, account, amount and milestone."`
}

type paymentView struct {
	PaymentRowView
	ContractCode   string               `json:"contractCode"`
	BuyerName      string               `json:"buyerName"`
	Capitals       string               `json:"capitals" example:"捌万陆仟肆佰元整"`
	Number         int                  `json:"milestoneNumber"`
	Milestones     int                  `json:"milestones" doc:"Of the contract."`
	Payee          PayeeView            `json:"payee"`
	Method         string               `json:"method,omitempty" enum:"treasury_central,bank_transfer,"`
	AcceptanceID   string               `json:"acceptanceId"`
	AcceptanceCode string               `json:"acceptanceCode"`
	AcceptedFen    int64                `json:"acceptedFen" doc:"What the acceptance made payable."`
	Satisfaction   satisfactionView     `json:"satisfaction"`
	PaidBeforeFen  int64                `json:"paidBeforeFen"`
	LeftAfterFen   int64                `json:"leftAfterFen"`
	DailyFen       int64                `json:"dailyInterestFen" doc:"Late interest of one day."`
	ApproveBy      string               `json:"approveBy,omitempty"`
	VerifiedAt     *time.Time           `json:"verifiedAt,omitempty"`
	ApprovedAt     *time.Time           `json:"approvedAt,omitempty"`
	InstructedAt   *time.Time           `json:"instructedAt,omitempty"`
	ReconciledAt   *time.Time           `json:"reconciledAt,omitempty"`
	ApprovalVoid   bool                 `json:"approvalVoid" doc:"Something changed after the approval."`
	Invoices       []invoiceView        `json:"invoices"`
	Approvals      []approvalView       `json:"approvals"`
	Checks         []paymentCheckView   `json:"checks"`
	Preview        []statutoryView      `json:"preview" doc:"What will be booked in the two parallel ledgers."`
	Journals       []JournalRefView     `json:"journals"`
	History        []paymentHistoryView `json:"history"`
	RuleVersion    string               `json:"ruleVersion"`
	Actions        []moneyActionView    `json:"actions"`
}

// JournalRefView names a journal and its total.
type JournalRefView struct {
	ID          string `json:"id"`
	Code        string `json:"code" example:"PZ-2026-000001"`
	Kind        string `json:"kind"`
	State       string `json:"state" enum:"posted,pending"`
	EffectiveOn string `json:"effectiveOn" format:"date"`
	AmountFen   int64  `json:"amountFen"`
}

func toPaymentView(v settlement.View, a access.Actor) paymentView {
	p := v.Payment
	out := paymentView{
		PaymentRowView: toPaymentRow(settlement.Listed{Payment: p, Title: v.Contract.Title, OverdueDays: v.OverdueDays, InterestFen: v.InterestFen}),
		ContractCode:   v.Contract.Code, BuyerName: v.Contract.BuyerName, Capitals: money.Capitals(p.AmountFen), Milestones: v.Milestones,
		Payee: toPayeeView(contract.Payee(p.Payee), a, p.SupplierID), Method: p.Method, AcceptanceID: string(p.AcceptanceID),
		AcceptanceCode: v.Acceptance.Code, AcceptedFen: int64(v.Acceptance.PayableFen),
		Satisfaction:  toSatisfaction(contract.SatisfactionOf(v.Acceptance.Satisfied, v.Acceptance.Rated)),
		PaidBeforeFen: int64(v.PaidBeforeFen), LeftAfterFen: int64(v.LeftAfterFen), DailyFen: int64(v.DailyFen), ApproveBy: v.ApproveBy.String(),
		VerifiedAt: p.VerifiedAt, ApprovedAt: p.ApprovedAt, InstructedAt: p.InstructedAt, ReconciledAt: p.ReconciledAt, ApprovalVoid: v.ApprovalIsVoid,
		Invoices: []invoiceView{}, Approvals: []approvalView{}, Checks: []paymentCheckView{}, Preview: toStatutory(v.Preview), Journals: []JournalRefView{},
		History: toHistory(v.History), RuleVersion: p.RuleVersion, Actions: toPaymentActions(v.Actions),
	}
	if v.Milestone != nil {
		out.Milestone, out.Number = v.Milestone.Title, v.Milestone.Number
	}
	for _, x := range v.Invoices {
		out.Invoices = append(out.Invoices, toInvoiceView(x))
	}
	for _, x := range v.Approvals {
		out.Approvals = append(out.Approvals, approvalView{Approver: x.Approver, At: x.At, Hash: x.Hash})
	}
	for _, c := range v.Checks {
		out.Checks = append(out.Checks, paymentCheckView{Code: c.Code, Passed: c.Passed, Warning: !c.Passed && c.Warning, Found: strings.TrimSpace(c.Found), Wanted: strings.TrimSpace(c.Wanted)})
	}
	for _, j := range v.Journals {
		out.Journals = append(out.Journals, toJournalRef(j))
	}
	return out
}

func toJournalRef(j ledger.Journal) JournalRefView {
	return JournalRefView{ID: string(j.ID), Code: j.Code, Kind: j.Kind, State: j.State, EffectiveOn: j.EffectiveOn.String(), AmountFen: int64(j.Total())}
}

type accountView struct {
	ID           string `json:"id"`
	Code         string `json:"code"`
	Kind         string `json:"kind" example:"budget_line"`
	Name         string `json:"name"`
	OwnerID      string `json:"ownerId"`
	ProjectID    string `json:"projectId,omitempty"`
	DebitFen     int64  `json:"debitFen" doc:"Σ debits of posted journals."`
	CreditFen    int64  `json:"creditFen"`
	BalanceFen   int64  `json:"balanceFen" doc:"On the normal side of the account."`
	HeldFen      int64  `json:"heldFen" doc:"What pending journals would take away."`
	AvailableFen int64  `json:"availableFen"`
	DebitNormal  bool   `json:"debitNormal"`
}

func toAccountView(b ledger.Balance) accountView {
	a := b.Account
	return accountView{
		ID: string(a.ID), Code: a.Code, Kind: string(a.Kind), Name: a.Name, OwnerID: a.OwnerID, ProjectID: string(a.ProjectID), DebitFen: int64(b.DebitFen),
		CreditFen: int64(b.CreditFen), BalanceFen: int64(b.Fen()), HeldFen: int64(b.HeldFen), AvailableFen: int64(b.AvailableFen()), DebitNormal: a.Kind.DebitNormal(),
	}
}

type postingView struct {
	AccountID   string `json:"accountId"`
	AccountCode string `json:"accountCode"`
	AccountKind string `json:"accountKind"`
	AccountName string `json:"accountName"`
	DebitFen    int64  `json:"debitFen"`
	CreditFen   int64  `json:"creditFen"`
	Memo        string `json:"memo,omitempty"`
}

type journalView struct {
	JournalRefView
	At         time.Time       `json:"at"`
	Memo       string          `json:"memo"`
	ObjectKind string          `json:"objectKind" doc:"The business object this books."`
	ObjectID   string          `json:"objectId"`
	ProjectID  string          `json:"projectId,omitempty"`
	ContractID string          `json:"contractId,omitempty"`
	Reverses   string          `json:"reverses,omitempty" doc:"The journal this one undoes."`
	Releases   string          `json:"releases,omitempty" doc:"The pending journal this one made real."`
	Resolution string          `json:"resolution,omitempty" enum:"released,voided," doc:"How a pending journal ended."`
	Postings   []postingView   `json:"postings"`
	Statutory  []statutoryView `json:"statutory" doc:"What it means in the two parallel ledgers; derived."`
}

func toJournalView(e settlement.Entry) journalView {
	j := e.Journal
	v := journalView{
		JournalRefView: toJournalRef(j), At: j.At, Memo: j.Memo, ObjectKind: j.ObjectKind, ObjectID: j.ObjectID, ProjectID: string(j.ProjectID),
		ContractID: string(j.ContractID), Reverses: string(j.Reverses), Releases: string(j.Releases), Resolution: e.Resolution, Postings: []postingView{},
		Statutory: toStatutory(e.Statutory),
	}
	for _, p := range j.Postings {
		a := e.Accounts[p.AccountID]
		x := postingView{AccountID: string(a.ID), AccountCode: a.Code, AccountKind: string(a.Kind), AccountName: a.Name, Memo: p.Memo}
		if p.AmountFen > 0 {
			x.DebitFen = int64(p.AmountFen)
		} else {
			x.CreditFen = int64(-p.AmountFen)
		}
		v.Postings = append(v.Postings, x)
	}
	return v
}

type statementLineView struct {
	ID           string           `json:"id"`
	Account      string           `json:"account"`
	Sequence     string           `json:"sequence" doc:"The bank's own reference."`
	BookedOn     string           `json:"bookedOn" format:"date"`
	AmountFen    int64            `json:"amountFen" doc:"Negative: money that left."`
	Counterparty string           `json:"counterparty"`
	Remark       string           `json:"remark"`
	State        string           `json:"state" enum:"open,matched,split,ignored"`
	Reason       string           `json:"reason,omitempty"`
	Matches      []lineMatchBody  `json:"matches"`
	Suggested    []PaymentRowView `json:"suggested" doc:"Payments it can only be: same amount to the fen, same account or code."`
	Version      int64            `json:"version"`
}

type lineMatchBody struct {
	PaymentID string `json:"paymentId" maxLength:"36"`
	AmountFen int64  `json:"amountFen" minimum:"1" maximum:"9007199254740991"`
}

func toStatementLineView(x settlement.LineView) statementLineView {
	l := x.Line
	v := statementLineView{
		ID: l.ID, Account: l.Account, Sequence: l.Sequence, BookedOn: l.BookedOn.String(), AmountFen: int64(l.AmountFen), Counterparty: l.Counterparty,
		Remark: l.Remark, State: l.State, Reason: l.Reason, Matches: []lineMatchBody{}, Suggested: []PaymentRowView{}, Version: l.Version,
	}
	for _, m := range l.Matches {
		v.Matches = append(v.Matches, lineMatchBody{PaymentID: string(m.PaymentID), AmountFen: int64(m.AmountFen)})
	}
	for _, p := range x.Suggested {
		v.Suggested = append(v.Suggested, toPaymentRow(settlement.Listed{Payment: p}))
	}
	return v
}

func matchesOf(in []lineMatchBody) []payment.Match {
	var out []payment.Match
	for _, m := range in {
		out = append(out, payment.Match{PaymentID: ident.PaymentID(m.PaymentID), AmountFen: money.Fen(m.AmountFen)})
	}
	return out
}
