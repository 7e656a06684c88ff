package bid

import (
	"time"

	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
)

// Bid 投标/响应 is what one supplier answers to one lot: a set of envelopes, each sealed on its
// own. Envelopes that were replaced stay sealed on file. Before its ceremony the platform knows
// of an envelope only its hash, size and time of arrival.
type Bid struct {
	ID         ident.BidID
	TenderID   ident.TenderID
	LotID      ident.LotID
	SupplierID ident.PartyID
	Supplier   string // name when it bid
	Status     string
	Reason     string // of a refusal, in public words
	DocVersion int    // of the documents it answers to; older ones must be confirmed again
	Envelopes  []Envelope
	ReceivedAt *time.Time // of the first response in force
	FinalAt    *time.Time // of the final offer in force
	CreatedAt  time.Time
	Version    int64
}

// Envelope 密封标书 is one sealed file. Number counts the versions of its kind from 1; the
// highest is in force.
type Envelope struct {
	ID         ident.EnvelopeID
	Kind       procedure.EnvelopeKind
	Number     int
	Hash       string // SHA-256 of the ciphertext, lower-case hex
	Size       int    // bytes of the ciphertext
	ReceivedAt time.Time
	ReceivedBy ident.PersonID
}

// Sealed is an envelope on its way in: what it is and its ciphertext.
type Sealed struct {
	Envelope
	CipherText []byte
}

// InForce finds the envelope of a kind that counts; nil when none was sealed.
func (b *Bid) InForce(kind procedure.EnvelopeKind) *Envelope {
	var best *Envelope
	for i := range b.Envelopes {
		e := &b.Envelopes[i]
		if e.Kind == kind && (best == nil || e.Number > best.Number) {
			best = e
		}
	}
	return best
}

// NextNumber is the number the next envelope of a kind gets.
func (b *Bid) NextNumber(kind procedure.EnvelopeKind) int {
	if e := b.InForce(kind); e != nil {
		return e.Number + 1
	}
	return 1
}

// NeedsConfirming tells whether the documents moved after the bid was sealed.
func (b *Bid) NeedsConfirming(docVersion int) bool { return b.DocVersion < docVersion }

// Refusal records a submission that came late. It is a write of its own: the trail shows that
// somebody was refused, and by how much.
type Refusal struct {
	ID         string
	TenderID   ident.TenderID
	LotID      ident.LotID
	SupplierID ident.PartyID
	PersonID   ident.PersonID
	Kind       string // "response", "final", "withdrawal"
	Hashes     []string
	ReceivedAt time.Time // milliseconds
	DeadlineAt time.Time
}
