package httpapi

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"linli/backend/app/funds"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
)

type inflowView struct {
	ID            string           `json:"id"`
	Code          string           `json:"code"`
	FundID        string           `json:"fundId"`
	FundName      string           `json:"fundName"`
	Kind          string           `json:"kind" enum:"donation,pledge,grant_in,interest"`
	Method        string           `json:"method" enum:"bank,card"`
	PledgeID      string           `json:"pledgeId,omitempty"`
	DueNumber     int              `json:"dueNumber,omitempty"`
	DonorName     string           `json:"donorName"`
	Anonymous     bool             `json:"anonymous"`
	AmountFen     int64            `json:"amountFen"`
	RefundedFen   int64            `json:"refundedFen"`
	Restricted    bool             `json:"restricted"`
	Purpose       string           `json:"purpose"`
	BankReference string           `json:"bankReference"`
	ReceivedOn    string           `json:"receivedOn"`
	Status        string           `json:"status"`
	RegisteredAt  time.Time        `json:"registeredAt"`
	ConfirmedAt   *time.Time       `json:"confirmedAt,omitempty"`
	ReceiptNumber string           `json:"receiptNumber"`
	CardURL       string           `json:"cardUrl,omitempty" doc:"The provider's payment page, while it can be paid."`
	Version       int64            `json:"version"`
	Actions       []fundActionView `json:"actions"`
}

func toInflowView(v funds.DonationView) inflowView {
	d := v.Donation
	out := inflowView{
		ID: string(d.ID), Code: d.Code, FundID: string(d.FundID), FundName: v.FundName, Kind: d.Kind, Method: d.Method,
		PledgeID: string(d.PledgeID), DueNumber: d.DueNumber, DonorName: d.DonorName, Anonymous: d.Anonymous, AmountFen: int64(d.AmountFen),
		RefundedFen: int64(d.RefundedFen), Restricted: d.Restricted, Purpose: d.Purpose, BankReference: d.BankReference,
		ReceivedOn: d.ReceivedOn.String(), Status: d.Status, RegisteredAt: d.RegisteredAt, ConfirmedAt: d.ConfirmedAt,
		ReceiptNumber: d.ReceiptNumber, Version: d.Version, Actions: toFundActions(v.Actions),
	}
	if d.Card != nil && d.Status == fund.Awaiting {
		out.CardURL = d.Card.URL
	}
	return out
}

type inflowOut struct {
	ETag string `header:"ETag"`
	Body inflowView
}

type inflowListIn struct {
	PageQuery
	ID     string   `path:"id" maxLength:"36" doc:"The fund."`
	Status []string `query:"status" maxItems:"8"`
}

type inflowListOut struct {
	Body struct {
		Items      []inflowView `json:"items"`
		NextCursor string       `json:"nextCursor,omitempty"`
	}
}

type inflowRegisterIn struct {
	WriteHeader
	ID   string `path:"id" maxLength:"36" doc:"The fund."`
	Body struct {
		Kind          string `json:"kind" enum:"donation,pledge,grant_in,interest"`
		PledgeID      string `json:"pledgeId,omitempty" maxLength:"36"`
		DueNumber     int    `json:"dueNumber,omitempty" minimum:"0" maximum:"24"`
		DonorPartyID  string `json:"donorPartyId,omitempty" maxLength:"36"`
		DonorName     string `json:"donorName,omitempty" maxLength:"200"`
		Anonymous     bool   `json:"anonymous,omitempty"`
		AmountFen     int64  `json:"amountFen" minimum:"1" maximum:"9007199254740991"`
		Restricted    bool   `json:"restricted,omitempty"`
		Purpose       string `json:"purpose,omitempty" maxLength:"2000"`
		BankReference string `json:"bankReference" maxLength:"200"`
		ReceivedOn    string `json:"receivedOn" maxLength:"10" example:"2026-03-01"`
	}
}

type donationReceiptIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		ReceiptNumber string `json:"receiptNumber" maxLength:"40" example:"51060126-0000012345"`
	}
}

type fundGiveIn struct {
	WriteHeader
	ID   string `path:"id" maxLength:"36" doc:"The fund."`
	Body struct {
		AmountFen int64  `json:"amountFen" minimum:"1" maximum:"9007199254740991"`
		Anonymous bool   `json:"anonymous,omitempty"`
		PledgeID  string `json:"pledgeId,omitempty" maxLength:"36"`
		DueNumber int    `json:"dueNumber,omitempty" minimum:"0" maximum:"24"`
	}
}

func registerInflows(s *Server, svc *funds.Service) {
	a := fundsAPI{s, svc}
	changes := []string{"donation.transition_refused", "record.stale", "record.not_found"}
	register(s, Op{
		Method: http.MethodGet, Path: "/funds/{id}/inflows", ID: "listInflows", Permission: access.FundReadPrivate, Tag: fundTag,
		Summary: "Inflows of a fund in every state, for its own people and the auditor", Faults: []string{"record.not_found"},
	}, a.listInflows)
	register(s, Op{
		Method: http.MethodPost, Path: "/funds/{id}/inflows", ID: "registerInflow", Permission: access.FundManage, Tag: fundTag, Status: http.StatusCreated,
		Summary: "Register a line of the bank as an inflow; a second person confirms it",
		Faults:  []string{"donation.incomplete", "donation.line_taken", "fund.not_active", "pledge.overpaid", "pledge.turnover_missing", "pledge.not_accepted"},
	}, a.registerInflow)
	register(s, Op{
		Method: http.MethodGet, Path: "/inflows/{id}", ID: "getInflow", Permission: access.SignedIn, Tag: fundTag,
		Summary: "One inflow, for the fund's people and its donor", Faults: []string{"record.not_found"},
	}, a.getInflow)
	register(s, Op{
		Method: http.MethodPost, Path: "/inflows/{id}/confirm", ID: "confirmInflow", Permission: access.FundApprove, Tag: fundTag,
		Summary: "Confirm that the money is on the account and enter it in the book", Faults: append([]string{"donation.two_persons"}, changes...),
	}, a.confirmInflow)
	register(s, Op{
		Method: http.MethodPost, Path: "/inflows/{id}/reject", ID: "rejectInflow", Permission: access.FundApprove, Tag: fundTag,
		Summary: "Send a wrong registration back", Faults: append([]string{"donation.reason_required"}, changes...),
	}, a.rejectInflow)
	register(s, Op{
		Method: http.MethodPost, Path: "/inflows/{id}/receipt", ID: "issueDonationReceipt", Permission: access.FundManage, Tag: fundTag,
		Summary: "Note the number of the donation receipt",
		Faults:  append([]string{"donation.receipt_malformed", "donation.receipt_not_due", "donation.receipt_taken"}, changes...),
	}, a.receipt)
	register(s, Op{
		Method: http.MethodPost, Path: "/funds/{id}/card-donations", ID: "giveByCard", Permission: access.DonationGive, Tag: fundTag, Status: http.StatusCreated,
		Summary:     "Open the provider's page to give by card, where the rules allow it",
		Description: "The donation counts when the provider's signed message has been worked off, not when the donor comes back.",
		Faults:      []string{"card.off_by_rule", "card.off", "card.unavailable", "card.refused", "donation.incomplete", "donation.intent_too_old", "fund.not_active"},
	}, a.give)
}

func (a fundsAPI) listInflows(ctx context.Context, in *inflowListIn) (*inflowListOut, error) {
	page, err := a.svc.Donations(ctx, actorOf(ctx), fund.Query{FundID: ident.FundID(in.ID), Statuses: in.Status, After: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &inflowListOut{}
	out.Body.Items, out.Body.NextCursor = []inflowView{}, page.Next
	for _, v := range page.Items {
		out.Body.Items = append(out.Body.Items, toInflowView(v))
	}
	return out, nil
}

func (a fundsAPI) getInflow(ctx context.Context, in *fundIDIn) (*inflowOut, error) {
	return a.showInflow(ctx, ident.DonationID(in.ID))
}

func (a fundsAPI) showInflow(ctx context.Context, id ident.DonationID) (*inflowOut, error) {
	v, err := a.svc.GetDonation(ctx, actorOf(ctx), id)
	if err != nil {
		return nil, err
	}
	return &inflowOut{ETag: etag(v.Donation.Version), Body: toInflowView(v)}, nil
}

func (a fundsAPI) registerInflow(ctx context.Context, in *inflowRegisterIn) (*inflowOut, error) {
	b := in.Body
	on, err := calendar.ParseDate(b.ReceivedOn)
	if err != nil {
		return nil, err
	}
	d, err := a.svc.RegisterInflow(ctx, funds.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, ident.FundID(in.ID), fund.Inflow{
		Kind: b.Kind, PledgeID: ident.PledgeID(b.PledgeID), DueNumber: b.DueNumber, DonorPartyID: ident.PartyID(b.DonorPartyID),
		DonorName: b.DonorName, Anonymous: b.Anonymous, AmountFen: fundFen(b.AmountFen), Restricted: b.Restricted, Purpose: b.Purpose,
		BankReference: b.BankReference, ReceivedOn: on,
	})
	if err != nil {
		return nil, err
	}
	return a.showInflow(ctx, d.ID)
}

func (a fundsAPI) confirmInflow(ctx context.Context, in *fundChangeIn) (*inflowOut, error) {
	w, err := in.write(ctx)
	if err != nil {
		return nil, err
	}
	d, err := a.svc.ConfirmInflow(ctx, w, ident.DonationID(in.ID))
	if err != nil {
		return nil, err
	}
	return a.showInflow(ctx, d.ID)
}

func (a fundsAPI) rejectInflow(ctx context.Context, in *fundChangeIn) (*inflowOut, error) {
	w, err := in.write(ctx)
	if err != nil {
		return nil, err
	}
	d, err := a.svc.RejectInflow(ctx, w, ident.DonationID(in.ID), in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return a.showInflow(ctx, d.ID)
}

func (a fundsAPI) receipt(ctx context.Context, in *donationReceiptIn) (*inflowOut, error) {
	version, err := in.Version()
	if err != nil {
		return nil, err
	}
	w := funds.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey, Version: version}
	d, err := a.svc.IssueReceipt(ctx, w, ident.DonationID(in.ID), in.Body.ReceiptNumber)
	if err != nil {
		return nil, err
	}
	return a.showInflow(ctx, d.ID)
}

func (a fundsAPI) give(ctx context.Context, in *fundGiveIn) (*inflowOut, error) {
	d, err := a.svc.Give(ctx, funds.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, funds.Gift{
		FundID: ident.FundID(in.ID), AmountFen: fundFen(in.Body.AmountFen), Anonymous: in.Body.Anonymous,
		PledgeID: ident.PledgeID(in.Body.PledgeID), DueNumber: in.Body.DueNumber, Language: languageOf(ctx),
	})
	if err != nil {
		return nil, err
	}
	return a.showInflow(ctx, d.ID)
}

// mountCardWebhook takes the provider's deliveries as they are on the wire: huma would hand
// over a decoded body, and the signature covers the raw one. The bytes are copied because
// Fiber uses its buffer again.
func (s *Server) mountCardWebhook(svc *funds.Service) {
	s.fiber.Post(Prefix+"/webhooks/stripe", func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(c.UserContext(), MaxRequestTime)
		defer cancel()
		_, err := svc.Receive(ctx, bytes.Clone(c.BodyRaw()), c.Get("Stripe-Signature"))
		if err == nil {
			return c.SendStatus(http.StatusNoContent)
		}
		s.log.Warn("card message refused", "request", requestOf(c.UserContext()).id, "code", fault.CodeOf(err), "error", err.Error())
		switch fault.KindOf(err) {
		case fault.KindMalformed:
			return c.SendStatus(http.StatusBadRequest)
		case fault.KindNotFound:
			return c.SendStatus(http.StatusNotFound)
		default:
			return c.SendStatus(http.StatusServiceUnavailable) // the provider delivers again
		}
	})
}
