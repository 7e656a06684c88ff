package tender

import (
	"time"

	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
)

// LotKey is the key of one lot and envelope kind. Recipient is public; the private part is
// inside Wrapped, under a secret of which only shares exist. Base64 texts throughout.
type LotKey struct {
	LotID       ident.LotID
	Kind        procedure.EnvelopeKind
	Recipient   string
	Wrapped     string
	Threshold   int
	Commitments []string
	Shares      []KeyShare
}

// KeyShare is one officer's share, encrypted to that officer's public key.
type KeyShare struct {
	OfficerID ident.PersonID
	Index     int // from 1
	Sealed    string
}

// GivenShare is a share an officer unlocked in a ceremony. It lives for one request.
type GivenShare struct {
	OfficerID ident.PersonID
	Value     string
}

// IndexOf tells an officer's share number; 0 for someone who has none.
func (k LotKey) IndexOf(officer ident.PersonID) int {
	for _, s := range k.Shares {
		if s.OfficerID == officer {
			return s.Index
		}
	}
	return 0
}

// OfficerKey is an officer's enrolment: the public key, and the private one wrapped by a
// passphrase that never leaves the officer's browser.
type OfficerKey struct {
	PersonID   ident.PersonID
	Recipient  string
	Wrapped    string // base64 of an age file with a scrypt stanza
	EnrolledAt time.Time
	Version    int64
}

// Vault makes and opens lot keys. The adapter is backend/seal.
type Vault interface {
	// NewKey faults: seal.threshold, seal.officer_key.
	NewKey(lot ident.LotID, kind procedure.EnvelopeKind, officers []Officer, k int) (LotKey, error)
	// Open faults: seal.share_unknown, seal.share_forged, seal.shares_missing, seal.key_mismatch.
	Open(key LotKey, given []GivenShare) (func(sealed []byte) ([]byte, error), error)
	// ValidRecipient faults: seal.officer_key.
	ValidRecipient(text string) error
	// LooksSealed faults: bid.not_sealed.
	LooksSealed(cipherText []byte) error
}

// Opening is the record of one ceremony: who was present, and the minutes once it was held.
type Opening struct {
	LotID     ident.LotID
	TenderID  ident.TenderID
	Ceremony  string
	Present   []Presence
	OpenedAt  *time.Time
	OpenedBy  ident.PersonID
	Unlocked  []ident.PersonID // whose shares were used
	Envelopes []OpenedLine
	Version   int64
}

// Presence is an officer who reported to the ceremony from his own session.
type Presence struct {
	PersonID ident.PersonID
	Name     string
	At       time.Time
}

// OpenedLine is one envelope in the minutes. Result is "opened" or a fault code.
type OpenedLine struct {
	BidID      ident.BidID
	SupplierID ident.PartyID
	Supplier   string
	Kind       procedure.EnvelopeKind
	Hash       string
	ReceivedAt time.Time
	Result     string
}

// IsPresent tells whether an officer reported.
func (o *Opening) IsPresent(p ident.PersonID) bool {
	for _, x := range o.Present {
		if x.PersonID == p {
			return true
		}
	}
	return false
}
