package tender

import (
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
)

// The limits of one tender. They keep pages, minutes and transactions bounded.
const (
	MaxLots       = 30
	MaxCriteria   = 30
	MaxConditions = 30
	MaxText       = 20_000 // characters of one long text
)

// Tender is one purchase 采购 with at least one lot. Value, criteria, bids, award and failure
// hang on the lot; Status of a tender is computed from its lots. Terms are the numbers of the
// procedure in force when it was issued, kept with their rule version.
type Tender struct {
	ID          ident.TenderID
	Code        string
	ProjectID   ident.ProjectID
	PlaceID     ident.PlaceID
	BuyerID     ident.PartyID
	AgencyID    ident.PartyID
	Title       string
	Category    string
	BudgetFen   money.Fen // of the project's lines; public in the tender (G-01)
	Procedure   procedure.Procedure
	Intention   Intention
	Document    Document
	Lots        []Lot
	Officers    []Officer
	Threshold   int // how many officers open together
	DraftedBy   ident.PersonID
	SubmittedAt *time.Time // sent to review; nil while being edited
	ReviewedBy  ident.PersonID
	ReviewedAt  *time.Time
	ReviewNote  string
	IssuedAt    *time.Time // published
	DeadlineAt  *time.Time // responses; the boundary is on time
	DocVersion  int        // moved by clarifications that affect bids
	Clarified   []Clarification
	History     []Step
	CreatedAt   time.Time
	Version     int64
}

// Intention is the notice of intention 意向公开 (G-02): name, need, budget and month are public
// 30 days before the purchase starts, unless the need was urgent and could not be foreseen.
type Intention struct {
	Summary     string
	Month       string // expected month of purchase, "2026-04"
	AnnouncedAt time.Time
	Urgent      string // reason of the exemption; "" when none is claimed
}

// Document is what suppliers answer to. It is public from issue on.
type Document struct {
	Requirements  string // what the service must be and achieve
	ContractTerms string
	Consultation  string // how the public was asked about the need (G-03)
	TermMonths    int
	LongTerm      LongTerm
	Reserved      bool   // set aside for small enterprises (G-08)
	Exemption     string // why not set aside; a tender meant for social organisations records it
	DeductBp      int    // price deduction for small and micro enterprises, basis points
	BidBondFen    money.Fen
	PerformanceBp int    // performance bond in basis points of the contract
	Contact       string // office, not a person's private number
	NegativeList  bool   // the drafter went through the negative list (G-04)
}

// LongTerm holds the four flags that a term over one year needs, all of them (G-05).
type LongTerm struct {
	Stable, Continuous, Funded, SteadyPrice bool
}

// All tells whether every flag holds.
func (l LongTerm) All() bool { return l.Stable && l.Continuous && l.Funded && l.SteadyPrice }

// Lot is a part that is bid for, awarded or fails on its own.
type Lot struct {
	ID              ident.LotID
	ProjectLotID    ident.LotID // the project's lot it buys; equal to ID unless an earlier tender for it failed
	No              int
	Title           string
	Scope           string
	BudgetFen       money.Fen
	CeilingFen      money.Fen
	Status          string
	SuspendedFrom   string
	ReasonCode      string // of failing, cancelling or suspending
	Reason          string
	PriceWeight     procedure.Points // of 100 points
	Criteria        []procedure.Criterion
	Qualifications  []procedure.Condition // who may bid (资格条件)
	Requirements    []procedure.Condition // what a bid must answer to be responsive (实质性要求)
	LowPrice        procedure.LowPrice
	FinalInvitedAt  *time.Time
	FinalDeadlineAt *time.Time
	PriceOpenedAt   *time.Time
	EvaluatedAt     *time.Time // the report is complete
}

// Officer is a named opening officer with the public key in force at publication.
type Officer struct {
	PersonID  ident.PersonID
	Name      string
	Recipient string // age public key
}

// Clarification is a published correction 更正. One that affects bids may move the deadline (D-01)
// and makes every bid need to be confirmed again.
type Clarification struct {
	No         int
	Text       string
	Affecting  bool
	At         time.Time
	DeadlineAt time.Time // in force after it
	DocVersion int
}

// Step is one fired action of one lot, for the case history.
type Step struct {
	LotID  ident.LotID
	Action string
	To     string
	At     time.Time
	By     ident.PersonID
	Reason string
}

// Lot finds a lot of the tender; nil when it has none of that id.
func (t *Tender) Lot(id ident.LotID) *Lot {
	for i := range t.Lots {
		if t.Lots[i].ID == id {
			return &t.Lots[i]
		}
	}
	return nil
}

// OfficerOf tells whether a person is a named opening officer.
func (t *Tender) OfficerOf(p ident.PersonID) bool {
	for _, o := range t.Officers {
		if o.PersonID == p {
			return true
		}
	}
	return false
}

// Issued tells the legal day of publication; the zero date before it.
func (t *Tender) Issued() calendar.Date {
	if t.IssuedAt == nil {
		return calendar.Date{}
	}
	return calendar.DateOf(*t.IssuedAt)
}

// Public tells whether the documents may be read by everyone: from issue on.
func (t *Tender) Public() bool { return t.IssuedAt != nil }

// ceilings sums the ceilings of the lots that are still alive.
func (t *Tender) ceilings() (money.Fen, error) {
	var all []money.Fen
	for _, l := range t.Lots {
		all = append(all, l.CeilingFen)
	}
	return money.Sum(all...)
}
