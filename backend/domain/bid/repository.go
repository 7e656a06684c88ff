// Package bid knows bids 投标 as sets of sealed envelopes, and what was inside once opened.
package bid

import (
	"context"
	"time"

	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
)

// OpenedPaper is the plain text of an envelope after its ceremony.
type OpenedPaper struct {
	EnvelopeID ident.EnvelopeID
	BidID      ident.BidID
	Kind       procedure.EnvelopeKind
	Plain      string
	OpenedAt   time.Time
}

// Repository stores bids and envelopes. Reading one faults record.not_found, saving
// record.stale, inserting record.duplicate (one bid per lot and supplier).
type Repository interface {
	Bid(ctx context.Context, id ident.BidID) (*Bid, error)
	BidOf(ctx context.Context, lot ident.LotID, supplier ident.PartyID) (*Bid, error)
	BidsOfLot(ctx context.Context, lot ident.LotID) ([]*Bid, error)
	BidsOfSupplier(ctx context.Context, supplier ident.PartyID, before string, limit int) ([]*Bid, error)
	InsertBid(ctx context.Context, b *Bid) error
	SaveBid(ctx context.Context, b *Bid) error

	// PutCipherText stores the ciphertext of an envelope that the bid already lists.
	PutCipherText(ctx context.Context, e ident.EnvelopeID, cipherText []byte) error
	CipherText(ctx context.Context, e ident.EnvelopeID) ([]byte, error)

	InsertOpened(ctx context.Context, p OpenedPaper) error
	OpenedOf(ctx context.Context, b ident.BidID) ([]OpenedPaper, error)

	InsertRefusal(ctx context.Context, r *Refusal) error
	Refusals(ctx context.Context, lot ident.LotID) ([]*Refusal, error)
}
