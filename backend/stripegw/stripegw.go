// Package stripegw speaks to Stripe for card donations. It is the only package that imports
// Stripe. Money facts are always fetched from the API; messages only say where to look.
package stripegw

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"

	"linli/backend/app/funds"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Limits of calls: the library's own worst case is three tries of 80 s, longer than anybody
// waits; two retries happen only where the provider says it is safe.
const (
	callTime   = 12 * time.Second
	retries    = 2
	maxParts   = 100 // refunds or disputes of one donation
	providerID = "stripe"
)

// Config says how to reach Stripe. A key without the secret of its webhook is refused at
// start: an unsigned message could book money.
type Config struct {
	Key           string
	WebhookSecret string
	URL           string           // another API address, for tests; empty for Stripe's
	HTTP          *http.Client     // nil for the default one
	Now           func() time.Time // the machine's clock, for the age of messages
}

// Gateway is one connection to Stripe. It is safe for concurrent use.
type Gateway struct {
	api    *client.API
	secret string
	now    func() time.Time
}

var _ funds.Cards = (*Gateway)(nil)

// New builds a gateway; nil when no key is configured: cards are off then. Faults:
// config.invalid for a key without webhook secret, or a secret without key.
func New(c Config) (*Gateway, error) {
	if c.Key == "" && c.WebhookSecret == "" {
		return nil, nil
	}
	if c.Key == "" || c.WebhookSecret == "" {
		return nil, fault.Invalid("config.invalid", "LINLI_STRIPE_KEY and LINLI_STRIPE_WEBHOOK_SECRET are set together or not at all").
			With("name", "LINLI_STRIPE_WEBHOOK_SECRET")
	}
	b := &stripe.BackendConfig{
		MaxNetworkRetries: stripe.Int64(retries), EnableTelemetry: stripe.Bool(false),
		LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull}, HTTPClient: c.HTTP,
	}
	if c.URL != "" {
		b.URL = stripe.String(c.URL)
	}
	backend := stripe.GetBackendWithConfig(stripe.APIBackend, b)
	api := client.New(c.Key, &stripe.Backends{API: backend, Connect: backend, Uploads: backend})
	return &Gateway{api: api, secret: c.WebhookSecret, now: c.Now}, nil
}

// Checkout opens a hosted payment page. The key makes a repeated call safe for a day, which
// is also how long Stripe keeps the page open.
func (g *Gateway) Checkout(ctx context.Context, r funds.CheckoutRequest) (fund.Card, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	p := &stripe.CheckoutSessionParams{
		Mode:              stripe.String(string(stripe.CheckoutSessionModePayment)),
		SubmitType:        stripe.String(string(stripe.CheckoutSessionSubmitTypeDonate)),
		ClientReferenceID: stripe.String(string(r.DonationID)),
		SuccessURL:        stripe.String(r.SuccessURL),
		CancelURL:         stripe.String(r.CancelURL),
		Locale:            stripe.String(r.Language),
		PaymentIntentData: &stripe.CheckoutSessionPaymentIntentDataParams{Metadata: map[string]string{"donation": r.Code}},
		LineItems: []*stripe.CheckoutSessionLineItemParams{{
			Quantity: stripe.Int64(1),
			PriceData: &stripe.CheckoutSessionLineItemPriceDataParams{
				Currency: stripe.String(strings.ToLower(money.Currency)), UnitAmount: stripe.Int64(int64(r.AmountFen)),
				ProductData: &stripe.CheckoutSessionLineItemPriceDataProductDataParams{Name: stripe.String(r.FundName)},
			},
		}},
	}
	p.Context = ctx
	p.SetIdempotencyKey(r.IdempotencyKey)
	s, err := g.api.CheckoutSessions.New(p)
	if err != nil {
		return fund.Card{}, translate("open a checkout session", err)
	}
	card := fund.Card{IdempotencyKey: r.IdempotencyKey, SessionID: s.ID, URL: s.URL}
	if s.ExpiresAt > 0 {
		at := time.Unix(s.ExpiresAt, 0).UTC()
		card.ExpiresAt = &at
	}
	return card, nil
}

// Snapshot fetches session, refunds and disputes behind an object.
func (g *Gateway) Snapshot(ctx context.Context, objectID string) (fund.Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	s, err := g.session(ctx, objectID)
	if err != nil {
		return fund.Snapshot{}, err
	}
	if s.ClientReferenceID == "" {
		return fund.Snapshot{}, unknown(objectID)
	}
	out := fund.Snapshot{
		Provider: providerID, SessionID: s.ID, DonationID: ident.DonationID(s.ClientReferenceID),
		Paid: s.PaymentStatus == stripe.CheckoutSessionPaymentStatusPaid, Expired: s.Status == stripe.CheckoutSessionStatusExpired,
		AmountFen: money.Fen(s.AmountTotal), Currency: strings.ToUpper(string(s.Currency)),
	}
	if s.PaymentIntent != nil {
		out.IntentID = s.PaymentIntent.ID
	}
	if !out.Paid {
		return out, nil
	}
	if out.IntentID == "" {
		return fund.Snapshot{}, fault.Internal("paid session "+s.ID+" without a payment", nil)
	}
	if out.Refunds, err = g.refunds(ctx, out.IntentID); err != nil {
		return fund.Snapshot{}, err
	}
	out.Disputes, err = g.disputes(ctx, out.IntentID)
	return out, err
}

func (g *Gateway) session(ctx context.Context, objectID string) (*stripe.CheckoutSession, error) {
	if strings.HasPrefix(objectID, "cs_") {
		p := &stripe.CheckoutSessionParams{}
		p.Context = ctx
		s, err := g.api.CheckoutSessions.Get(objectID, p)
		if err != nil {
			return nil, translate("fetch the session", err)
		}
		return s, nil
	}
	p := &stripe.CheckoutSessionListParams{PaymentIntent: stripe.String(objectID)}
	p.Context = ctx
	p.Limit = stripe.Int64(1)
	p.Single = true
	it := g.api.CheckoutSessions.List(p)
	if it.Next() {
		return it.CheckoutSession(), nil
	}
	if it.Err() != nil {
		return nil, translate("find the session of a payment", it.Err())
	}
	return nil, unknown(objectID)
}

func (g *Gateway) refunds(ctx context.Context, intent string) ([]fund.Part, error) {
	p := &stripe.RefundListParams{PaymentIntent: stripe.String(intent)}
	p.Context = ctx
	p.Limit = stripe.Int64(maxParts)
	it := g.api.Refunds.List(p)
	var out []fund.Part
	for it.Next() {
		if r := it.Refund(); r.Status == stripe.RefundStatusSucceeded {
			out = append(out, fund.Part{ID: r.ID, AmountFen: money.Fen(r.Amount)})
		}
	}
	if it.Err() != nil {
		return nil, translate("list refunds", it.Err())
	}
	return out, nil
}

func (g *Gateway) disputes(ctx context.Context, intent string) ([]fund.Dispute, error) {
	p := &stripe.DisputeListParams{PaymentIntent: stripe.String(intent)}
	p.Context = ctx
	p.Limit = stripe.Int64(maxParts)
	it := g.api.Disputes.List(p)
	var out []fund.Dispute
	for it.Next() {
		d := it.Dispute()
		x := fund.Dispute{ID: d.ID, AmountFen: money.Fen(d.Amount)}
		// The balance tells what really moved; a status such as "under review" does not.
		for _, t := range d.BalanceTransactions {
			x.Withdrawn = x.Withdrawn || t.Amount < 0
			x.Reinstated = x.Reinstated || t.Amount > 0
		}
		out = append(out, x)
	}
	if it.Err() != nil {
		return nil, translate("list disputes", it.Err())
	}
	return out, nil
}

// translate turns an answer of Stripe into a fault. What may be ambiguous (server errors,
// lost connections) is "unavailable": the caller asks again with the same key.
func translate(doing string, err error) error {
	var se *stripe.Error
	if !errors.As(err, &se) || se.HTTPStatusCode >= http.StatusInternalServerError || se.HTTPStatusCode == http.StatusTooManyRequests ||
		se.HTTPStatusCode == http.StatusConflict || se.HTTPStatusCode == 0 {
		return fault.Wrap(fault.KindUnavailable, "card.unavailable", doing, err)
	}
	if se.HTTPStatusCode == http.StatusNotFound {
		return fault.Wrap(fault.KindNotFound, "card.unknown_object", doing, err)
	}
	return fault.Wrap(fault.KindConflict, "card.refused", doing, err)
}

func unknown(objectID string) error {
	return fault.NotFound("card.unknown_object", "no session of ours stands behind "+objectID)
}
