// Package bidder seals bids and unlocks opening shares as the web application does in a
// browser. The demonstration city and tests use it to play suppliers and officers; the server
// never does.
package bidder

import (
	"encoding/json"
	"strings"
	"time"

	"linli/backend/domain/bid"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
	"linli/backend/seal"
)

// Envelope is one sealed envelope in the form the API takes: JSON writes the ciphertext as base64.
type Envelope struct {
	Kind       procedure.EnvelopeKind `json:"kind"`
	CipherText []byte                 `json:"cipherText"`
	Hash       string                 `json:"hash"`
}

// Offer is what a supplier wants to say. Empty texts are filled with something plausible.
type Offer struct {
	LotID      ident.LotID
	SupplierID ident.PartyID
	LegalName  string
	USCC       string
	LegalRep   string
	SizeClass  string // "none" when empty
	Summary    string
	Answers    []bid.Answer // per criterion
	TotalFen   money.Fen
	SealedAt   time.Time
}

func (o Offer) paper(kind procedure.EnvelopeKind) bid.Paper {
	p := bid.Paper{V: 1, LotID: o.LotID, Kind: kind, SupplierID: o.SupplierID, SealedAt: o.SealedAt.UTC()}
	switch kind {
	case procedure.EnvelopeQualification:
		size := o.SizeClass
		if size == "" {
			size = "none"
		}
		p.Qualification = &bid.QualificationPart{
			LegalName: o.LegalName, USCC: o.USCC, LegalRep: o.LegalRep, SizeClass: size,
			Declaration: bid.Declaration{Capacity: true, Credit: true, Equipment: true, TaxAndSocial: true, NoViolation: true, NotListed: true},
			Answers:     []bid.Answer{}, Attachments: []bid.Attachment{},
		}
	case procedure.EnvelopeTechnical:
		p.Technical = &bid.TechnicalPart{Summary: o.Summary, Answers: o.Answers, Attachments: []bid.Attachment{}}
		if o.Answers == nil {
			p.Technical.Answers = []bid.Answer{}
		}
	default:
		p.Price = &bid.PricePart{TotalFen: o.TotalFen, Capitals: money.Capitals(o.TotalFen), Lines: []bid.PriceLine{
			{Name: strings.TrimSpace(o.LegalName + " 服务费"), Unit: "项", Quantity: 1, UnitFen: o.TotalFen},
		}}
	}
	return p
}

// Seal seals the papers of an offer to the public keys of their lot, one per envelope kind.
func (o Offer) Seal(recipients map[procedure.EnvelopeKind]string, kinds ...procedure.EnvelopeKind) ([]Envelope, error) {
	out := make([]Envelope, 0, len(kinds))
	for _, kind := range kinds {
		plain, err := json.Marshal(o.paper(kind))
		if err != nil {
			return nil, err
		}
		cipherText, err := seal.To(recipients[kind], plain)
		if err != nil {
			return nil, err
		}
		out = append(out, Envelope{Kind: kind, CipherText: cipherText, Hash: seal.Hash(cipherText)})
	}
	return out, nil
}

// First are the kinds of a consultation's first response, Final those of its last round.
var (
	First = []procedure.EnvelopeKind{procedure.EnvelopeQualification, procedure.EnvelopeTechnical, procedure.EnvelopePrice}
	Final = []procedure.EnvelopeKind{procedure.EnvelopeFinal}
)

// Recipients reads the public keys of a lot.
func Recipients(keys []tender.LotKey) map[procedure.EnvelopeKind]string {
	out := map[procedure.EnvelopeKind]string{}
	for _, k := range keys {
		out[k.Kind] = k.Recipient
	}
	return out
}

// Officer is an enrolled opening officer who remembers his passphrase.
type Officer struct {
	PersonID   ident.PersonID
	Recipient  string
	Wrapped    string
	Passphrase string
}

// NewOfficer makes an officer's key under a passphrase.
func NewOfficer(person ident.PersonID, passphrase string) (Officer, error) {
	recipient, wrapped, err := seal.NewOfficerKey(passphrase)
	return Officer{PersonID: person, Recipient: recipient, Wrapped: wrapped, Passphrase: passphrase}, err
}

// Unlock decrypts the officer's share of one lot key.
func (o Officer) Unlock(share tender.KeyShare) (tender.GivenShare, error) {
	given, err := o.UnlockAll(share)
	if err != nil {
		return tender.GivenShare{}, err
	}
	return given[0], nil
}

// UnlockAll decrypts several of the officer's shares; the passphrase is stretched once.
func (o Officer) UnlockAll(shares ...tender.KeyShare) ([]tender.GivenShare, error) {
	return seal.UnlockShares(o.Wrapped, o.Passphrase, shares...)
}
