package bid

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
)

// Paper is what lies inside an envelope. Lot, kind and supplier are sealed in with the content,
// so that a ciphertext moved to another bid betrays itself when it is opened.
type Paper struct {
	V             int                    `json:"v"`
	LotID         ident.LotID            `json:"lotId"`
	Kind          procedure.EnvelopeKind `json:"kind"`
	SupplierID    ident.PartyID          `json:"supplierId"`
	SealedAt      time.Time              `json:"sealedAt"`
	Qualification *QualificationPart     `json:"qualification,omitempty"`
	Technical     *TechnicalPart         `json:"technical,omitempty"`
	Price         *PricePart             `json:"price,omitempty"`
}

// QualificationPart answers the conditions of who may bid.
type QualificationPart struct {
	LegalName   string       `json:"legalName"`
	USCC        string       `json:"uscc"`
	LegalRep    string       `json:"legalRep"`
	SizeClass   string       `json:"sizeClass"` // micro, small, medium, large, none
	Declaration Declaration  `json:"declaration"`
	Answers     []Answer     `json:"answers"`
	Attachments []Attachment `json:"attachments"`
}

// Declaration are the bidder's declarations (D-04).
type Declaration struct {
	Capacity     bool `json:"capacity"`
	Credit       bool `json:"credit"`
	Equipment    bool `json:"equipment"`
	TaxAndSocial bool `json:"taxAndSocial"`
	NoViolation  bool `json:"noViolation"`
	NotListed    bool `json:"notListed"`
}

// Complete tells whether every declaration was made.
func (d Declaration) Complete() bool {
	return d.Capacity && d.Credit && d.Equipment && d.TaxAndSocial && d.NoViolation && d.NotListed
}

// TechnicalPart answers the requirements and the scored items.
type TechnicalPart struct {
	Summary     string       `json:"summary"`
	Answers     []Answer     `json:"answers"`
	Attachments []Attachment `json:"attachments"`
}

// Answer is text for one condition or criterion.
type Answer struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Attachment is a small file inside the envelope.
type Attachment struct {
	Name      string `json:"name"`
	MediaType string `json:"mediaType"`
	Base64    string `json:"base64"`
}

// PricePart is the quote: the total in figures and capitals, and how it is made up.
type PricePart struct {
	TotalFen money.Fen   `json:"totalFen"`
	Capitals string      `json:"capitals"`
	Lines    []PriceLine `json:"lines"`
	Note     string      `json:"note"`
}

// PriceLine is one position of a quote; its amount is quantity × unit price.
type PriceLine struct {
	Name     string    `json:"name"`
	Unit     string    `json:"unit"`
	Quantity int64     `json:"quantity"`
	UnitFen  money.Fen `json:"unitFen"`
}

// The limits of a paper.
const (
	maxAnswers     = 60
	maxAttachments = 5
	maxLines       = 60
)

// Read parses an opened envelope and holds it to the place it was opened from. Fault
// bid.paper_unreadable: it is no paper of this lot, kind and supplier, or lacks its part.
func Read(plain []byte, b *Bid, kind procedure.EnvelopeKind) (Paper, error) {
	bad := func(why string) (Paper, error) {
		return Paper{}, fault.Conflict("bid.paper_unreadable", why)
	}
	var p Paper
	if len(plain) > procedure.MaxEnvelopeBytes {
		return bad("envelope holds more than the limit")
	}
	if err := json.Unmarshal(plain, &p); err != nil {
		return bad("envelope holds no paper: " + err.Error())
	}
	if p.V != 1 || p.LotID != b.LotID || p.Kind != kind || p.SupplierID != b.SupplierID {
		return bad("paper belongs elsewhere")
	}
	switch kind {
	case procedure.EnvelopeQualification:
		if p.Qualification == nil || len(p.Qualification.Answers) > maxAnswers || len(p.Qualification.Attachments) > maxAttachments {
			return bad("no qualification part")
		}
	case procedure.EnvelopeTechnical:
		if p.Technical == nil || len(p.Technical.Answers) > maxAnswers || len(p.Technical.Attachments) > maxAttachments {
			return bad("no technical part")
		}
	case procedure.EnvelopePrice, procedure.EnvelopeFinal:
		if p.Price == nil || p.Price.TotalFen <= 0 || p.Price.TotalFen > money.Max || len(p.Price.Lines) > maxLines {
			return bad("no price part")
		}
	default:
		return bad("unknown kind " + string(kind))
	}
	return p, nil
}

// Correction is what D-09 makes of an inconsistent quote.
type Correction struct {
	Fen  money.Fen
	Rule string // "" when the quote is consistent; "capitals" or "lines"
}

// Consistent applies D-09 in its order: the opening list is the total of the paper; capitals
// beat figures; a total that differs from its lines gives way to their sum. Fault
// money.overflow.
func (p PricePart) Consistent() (Correction, error) {
	if c := strings.TrimSpace(p.Capitals); c != "" && c != money.Capitals(p.TotalFen) {
		if fen, ok := fromCapitals(c, p); ok {
			return Correction{Fen: fen, Rule: "capitals"}, nil
		}
		return Correction{Fen: p.TotalFen, Rule: "capitals"}, nil
	}
	if len(p.Lines) == 0 {
		return Correction{Fen: p.TotalFen}, nil
	}
	sum, err := p.lines()
	if err != nil {
		return Correction{}, err
	}
	if sum != p.TotalFen {
		return Correction{Fen: sum, Rule: "lines"}, nil
	}
	return Correction{Fen: p.TotalFen}, nil
}

func (p PricePart) lines() (money.Fen, error) {
	var all []money.Fen
	for i, l := range p.Lines {
		if l.Quantity < 0 || l.UnitFen < 0 {
			return 0, fault.Invalid("money.malformed", "line "+strconv.Itoa(i)+" is negative")
		}
		fen, err := money.MulRat(l.UnitFen, l.Quantity, 1)
		if err != nil {
			return 0, err
		}
		all = append(all, fen)
	}
	return money.Sum(all...)
}

// fromCapitals reads capitals that equal the sum of the lines: the only other amount of the
// quote they can speak of. Anything else is left to the bidder to confirm.
func fromCapitals(c string, p PricePart) (money.Fen, bool) {
	sum, err := p.lines()
	if err != nil || len(p.Lines) == 0 || money.Capitals(sum) != c {
		return 0, false
	}
	return sum, true
}
