package httpapi

import (
	"context"
	"net/http"

	"linli/backend/app/settlement"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

const paymentTag = "payments"

// settlementAPI holds what the operations of payments and the ledger share.
type settlementAPI struct{ svc *settlement.Service }

type paymentListIn struct {
	PageQuery
	Status     []string `query:"status" maxItems:"10"`
	ContractID string   `query:"contractId" maxLength:"36"`
	ProjectID  string   `query:"projectId" maxLength:"36"`
	Overdue    bool     `query:"overdue" doc:"Only what is due and not paid, by due date."`
	Search     string   `query:"q" maxLength:"100"`
}

type paymentListOut struct {
	Body struct {
		Items      []PaymentRowView `json:"items"`
		NextCursor string           `json:"nextCursor,omitempty"`
	}
}

type paymentOut struct {
	ETag string `header:"ETag"`
	Body paymentView
}

type dueView struct {
	ContractID   string      `json:"contractId"`
	ContractCode string      `json:"contractCode"`
	Title        string      `json:"title"`
	MilestoneID  string      `json:"milestoneId"`
	Milestone    string      `json:"milestone"`
	LeftFen      int64       `json:"leftFen" doc:"Accepted and not requested."`
	DueOn        string      `json:"dueOn" format:"date"`
	Late         int         `json:"lateDays"`
	Invoice      InvoiceBody `json:"invoice" doc:"What the invoice must say, to start from."`
}

type dueListOut struct {
	Body struct {
		Items []dueView `json:"items"`
	}
}

type requestPaymentIn struct {
	WriteHeader
	Body struct {
		MilestoneID string      `json:"milestoneId" minLength:"1" maxLength:"36"`
		AmountFen   int64       `json:"amountFen,omitempty" minimum:"0" maximum:"9007199254740991" doc:"0: all that is left of what was accepted."`
		Invoice     InvoiceBody `json:"invoice"`
	}
}

type replaceInvoiceIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body InvoiceBody
}

type paymentActIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500" doc:"Required where the lifecycle says so."`
	}
}

type disputeIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		AmountFen int64  `json:"amountFen" minimum:"1" maximum:"9007199254740991"`
		Reason    string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

type instructIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Method string `json:"method" enum:"treasury_central,bank_transfer"`
	}
}

type confirmPaidIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		VoucherNumber string `json:"voucherNumber" minLength:"1" maxLength:"64"`
		PaidOn        string `json:"paidOn" maxLength:"10" format:"date"`
	}
}

func registerSettlement(s *Server, svc *settlement.Service) {
	a := settlementAPI{svc}
	register(s, Op{
		Method: http.MethodGet, Path: "/payments", ID: "listPayments", Permission: access.PaymentRead, Tag: paymentTag,
		Summary: "Payments that concern the caller",
	}, a.list)
	register(s, Op{
		Method: http.MethodGet, Path: "/dues", ID: "listDues", Permission: access.PaymentRead, Tag: paymentTag,
		Summary: "Accepted deliveries that nobody asked payment for",
	}, a.dues)
	register(s, Op{
		Method: http.MethodGet, Path: "/payments/{id}", ID: "getPayment", Permission: access.PaymentRead, Tag: paymentTag,
		Summary: "A payment with its checks, what will be booked, and what may be done", Faults: []string{"record.not_found"},
	}, a.get)
	register(s, Op{
		Method: http.MethodPost, Path: "/payments", ID: "requestPayment", Permission: access.PaymentRequest, Tag: paymentTag, Status: http.StatusCreated,
		Summary: "Ask for the payment of an accepted milestone on an invoice",
		Faults: []string{
			"payment.not_payable", "payment.over_accepted", "payment.amount_invalid", "invoice.invalid", "invoice.number_used", "duty.incompatible",
			"calendar.year_missing", "record.not_found",
		},
	}, a.request)
	register(s, Op{
		Method: http.MethodPut, Path: "/payments/{id}/invoice", ID: "replaceInvoice", Permission: access.PaymentRequest, Tag: paymentTag,
		Summary: "Put another invoice in the place of the present one",
		Faults:  []string{"payment.invoice_fixed", "invoice.invalid", "invoice.number_used", "record.stale"},
	}, a.replaceInvoice)
	a.registerSteps(s)
	registerLedger(s, a)
	registerStatements(s, a)
}

func (a settlementAPI) registerSteps(s *Server) {
	for _, x := range []struct {
		path, id   string
		permission access.Permission
		fn         func(context.Context, *paymentActIn) (*changedOut, error)
	}{
		{"verify-invoice", "verifyInvoice", access.PaymentVerify, a.plain(a.svc.VerifyInvoice)},
		{"approve", "approvePayment", access.PaymentApprove, a.plain(a.svc.Approve)},
		{"send-back", "sendBackPayment", access.PaymentApprove, a.back("send_back")},
		{"revoke", "revokePaymentApproval", access.PaymentApprove, a.back("revoke")},
		{"retry", "retryPayment", access.PaymentVerify, a.back("retry")},
		{"withdraw", "withdrawPayment", access.PaymentRequest, a.back("withdraw")},
		{"bounce", "bouncePayment", access.PaymentExecute, a.bounce},
	} {
		register(s, Op{
			Method: http.MethodPost, Path: "/payments/{id}/" + x.path, ID: x.id, Permission: x.permission, Tag: paymentTag, Summary: "Payment: " + x.path,
			Faults: []string{
				"payment.transition_refused", "payment.reason_required", "payment.same_person", "payment.payee_changed", "payment.payee_pending",
				"invoice.does_not_fit", "invoice.missing", "duty.incompatible", "record.stale",
			},
		}, x.fn)
	}
	register(s, Op{
		Method: http.MethodPost, Path: "/payments/{id}/dispute", ID: "disputePayment", Permission: access.PaymentDispute, Tag: paymentTag,
		Summary: "Stop the disputed part; the rest may be requested at once", Faults: disputeFaults,
	}, a.dispute(a.svc.Dispute))
	register(s, Op{
		Method: http.MethodPost, Path: "/payments/{id}/resolve", ID: "resolvePaymentDispute", Permission: access.PaymentDispute, Tag: paymentTag,
		Summary: "End a dispute with the amount both agree on", Faults: disputeFaults,
	}, a.dispute(a.svc.Resolve))
	register(s, Op{
		Method: http.MethodPost, Path: "/payments/{id}/instruct", ID: "instructPayment", Permission: access.PaymentExecute, Tag: paymentTag,
		Summary: "Hold the amount and tell the bank to pay",
		Faults: []string{
			"payment.approval_void", "payment.payee_changed", "payment.payee_pending", "payment.same_person", "payment.method_unknown", "ledger.insufficient",
			"duty.incompatible", "payment.transition_refused", "record.stale",
		},
	}, a.instruct)
	register(s, Op{
		Method: http.MethodPost, Path: "/payments/{id}/confirm-paid", ID: "confirmPaid", Permission: access.PaymentExecute, Tag: paymentTag,
		Summary: "Store the bank's voucher: the payment was made",
		Faults:  []string{"payment.voucher_missing", "payment.voucher_used", "payment.paid_on_invalid", "duty.incompatible", "payment.transition_refused", "record.stale"},
	}, a.confirmPaid)
}

var disputeFaults = []string{"payment.amount_invalid", "payment.reason_required", "payment.transition_refused", "record.stale"}

func (a settlementAPI) list(ctx context.Context, in *paymentListIn) (*paymentListOut, error) {
	page, err := a.svc.List(ctx, actorOf(ctx), settlement.ListInput{
		Statuses: in.Status, ContractID: ident.ContractID(in.ContractID), ProjectID: ident.ProjectID(in.ProjectID), Overdue: in.Overdue, Search: in.Search,
		Cursor: ident.PaymentID(in.Cursor), Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &paymentListOut{}
	out.Body.Items, out.Body.NextCursor = []PaymentRowView{}, string(page.Next)
	for _, x := range page.Items {
		out.Body.Items = append(out.Body.Items, toPaymentRow(x))
	}
	return out, nil
}

func (a settlementAPI) dues(ctx context.Context, _ *struct{}) (*dueListOut, error) {
	all, err := a.svc.Unrequested(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &dueListOut{}
	out.Body.Items = []dueView{}
	for _, x := range all {
		c := x.Contract
		out.Body.Items = append(out.Body.Items, dueView{
			ContractID: string(c.ID), ContractCode: c.Code, Title: c.Title, MilestoneID: string(x.Milestone.ID), Milestone: x.Milestone.Title,
			LeftFen: int64(x.LeftFen), DueOn: x.DueOn.String(), Late: x.Late,
			Invoice: InvoiceBody{BuyerName: c.BuyerName, BuyerUSCC: c.BuyerUSCC, SellerName: c.SupplierName, SellerUSCC: c.SupplierUSCC, TotalFen: int64(x.LeftFen)},
		})
	}
	return out, nil
}

func (a settlementAPI) get(ctx context.Context, in *moneyIDIn) (*paymentOut, error) {
	actor := actorOf(ctx)
	v, err := a.svc.Get(ctx, actor, ident.PaymentID(in.ID))
	if err != nil {
		return nil, err
	}
	return &paymentOut{ETag: etag(v.Payment.Version), Body: toPaymentView(v, actor)}, nil
}

func (b InvoiceBody) invoice() (payment.Invoice, error) {
	on, err := calendar.ParseDate(b.IssuedOn)
	if err != nil {
		return payment.Invoice{}, err
	}
	return payment.Invoice{
		Number: b.Number, IssuedOn: on, BuyerName: b.BuyerName, BuyerUSCC: b.BuyerUSCC, SellerName: b.SellerName, SellerUSCC: b.SellerUSCC, Item: b.Item,
		AmountFen: money.Fen(b.AmountFen), TaxRateBP: b.TaxRateBP, TaxFen: money.Fen(b.TaxFen), TotalFen: money.Fen(b.TotalFen), FileID: ident.FileID(b.FileID),
	}, clean(b.Number, b.BuyerName, b.BuyerUSCC, b.SellerName, b.SellerUSCC, b.Item)
}

func (a settlementAPI) request(ctx context.Context, in *requestPaymentIn) (*changedOut, error) {
	v, err := in.Body.Invoice.invoice()
	if err != nil {
		return nil, err
	}
	return toActed(a.svc.Request(ctx, actorOf(ctx), settlement.RequestInput{
		MilestoneID: ident.MilestoneID(in.Body.MilestoneID), AmountFen: money.Fen(in.Body.AmountFen), Invoice: v, Key: in.IdempotencyKey,
	}))
}

func paymentChange(w WriteHeader, v VersionHeader) (settlement.Change, error) {
	version, err := v.Version()
	return settlement.Change{Version: version, Key: w.IdempotencyKey}, err
}

func (a settlementAPI) replaceInvoice(ctx context.Context, in *replaceInvoiceIn) (*changedOut, error) {
	change, err := paymentChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	v, err := in.Body.invoice()
	if err != nil {
		return nil, err
	}
	return toActed(a.svc.ReplaceInvoice(ctx, actorOf(ctx), settlement.InvoiceInput{PaymentID: ident.PaymentID(in.ID), Change: change, Invoice: v}))
}

func (a settlementAPI) plain(fn func(context.Context, access.Actor, settlement.PaymentInput) (settlement.Done, error)) func(context.Context, *paymentActIn) (*changedOut, error) {
	return func(ctx context.Context, in *paymentActIn) (*changedOut, error) {
		change, err := paymentChange(in.WriteHeader, in.VersionHeader)
		if err != nil {
			return nil, err
		}
		return toActed(fn(ctx, actorOf(ctx), settlement.PaymentInput{PaymentID: ident.PaymentID(in.ID), Change: change}))
	}
}

func (a settlementAPI) back(action string) func(context.Context, *paymentActIn) (*changedOut, error) {
	return func(ctx context.Context, in *paymentActIn) (*changedOut, error) {
		change, err := paymentChange(in.WriteHeader, in.VersionHeader)
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toActed(a.svc.Back(ctx, actorOf(ctx), settlement.BackInput{PaymentID: ident.PaymentID(in.ID), Change: change, Action: action, Reason: in.Body.Reason}))
	}
}

func (a settlementAPI) bounce(ctx context.Context, in *paymentActIn) (*changedOut, error) {
	change, err := paymentChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	if err := clean(in.Body.Reason); err != nil {
		return nil, err
	}
	return toActed(a.svc.Bounce(ctx, actorOf(ctx), settlement.BounceInput{PaymentID: ident.PaymentID(in.ID), Change: change, Reason: in.Body.Reason}))
}

func (a settlementAPI) dispute(fn func(context.Context, access.Actor, settlement.DisputeInput) (settlement.Done, error)) func(context.Context, *disputeIn) (*changedOut, error) {
	return func(ctx context.Context, in *disputeIn) (*changedOut, error) {
		change, err := paymentChange(in.WriteHeader, in.VersionHeader)
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toActed(fn(ctx, actorOf(ctx), settlement.DisputeInput{
			PaymentID: ident.PaymentID(in.ID), Change: change, AmountFen: money.Fen(in.Body.AmountFen), Reason: in.Body.Reason,
		}))
	}
}

func (a settlementAPI) instruct(ctx context.Context, in *instructIn) (*changedOut, error) {
	change, err := paymentChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	return toActed(a.svc.Instruct(ctx, actorOf(ctx), settlement.InstructInput{PaymentID: ident.PaymentID(in.ID), Change: change, Method: in.Body.Method}))
}

func (a settlementAPI) confirmPaid(ctx context.Context, in *confirmPaidIn) (*changedOut, error) {
	change, err := paymentChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	on, err := calendar.ParseDate(in.Body.PaidOn)
	if err != nil {
		return nil, err
	}
	if err := clean(in.Body.VoucherNumber); err != nil {
		return nil, err
	}
	return toActed(a.svc.ConfirmPaid(ctx, actorOf(ctx), settlement.PaidInput{
		PaymentID: ident.PaymentID(in.ID), Change: change, VoucherNumber: in.Body.VoucherNumber, PaidOn: on,
	}))
}
