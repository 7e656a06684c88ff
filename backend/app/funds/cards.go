package funds

import (
	"context"

	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Cards is the card provider as the use cases see it. Its calls go over the network and are
// made outside transactions. Faults: card.unavailable when it may help to try again,
// card.refused when it will not, card.unknown_object.
type Cards interface {
	// Checkout opens the provider's payment page; the same request with the same key gives
	// the page that was opened before.
	Checkout(ctx context.Context, r CheckoutRequest) (fund.Card, error)
	// Snapshot fetches the present state of the session an object belongs to: a session or a
	// payment. Fault card.unknown_object when no session of ours stands behind it.
	Snapshot(ctx context.Context, objectID string) (fund.Snapshot, error)
	// Read verifies a delivery: its signature over the raw body, and its age on both sides.
	// Fault card.signature_invalid.
	Read(body []byte, signature string) (fund.Message, error)
}

// CheckoutRequest is what the provider has to know. It is derived from the stored donation
// alone, so that a repeated call says the same.
type CheckoutRequest struct {
	IdempotencyKey string
	DonationID     ident.DonationID
	Code           string
	FundName       string
	AmountFen      money.Fen
	SuccessURL     string
	CancelURL      string
	Language       string // "zh" or "en"
}
