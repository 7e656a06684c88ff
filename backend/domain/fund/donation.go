package fund

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
)

// Kinds of inflow (domain handbook §4) and ways they come.
const (
	KindDonation = "donation" // 捐赠
	KindPledge   = "pledge"   // 利润反哺
	KindGrantIn  = "grant_in" // 资助
	KindInterest = "interest" // 孳息

	ByBank = "bank"
	ByCard = "card"
)

// Card limits: below the least sum the provider refuses, above the largest a transfer is the
// better way and a typing slip is likely.
const (
	MinCardFen money.Fen = 400
	MaxCardFen money.Fen = 5_000_000
)

// receiptNumber is 公益事业捐赠票据: 8 digits of code and 10 digits of number.
var receiptNumber = regexp.MustCompile(`^\d{8}-\d{10}$`)

// Donation is one inflow of a fund, of any kind. The donor's name is stored, and shown to the
// public unless Anonymous.
type Donation struct {
	ID            ident.DonationID
	Code          string // JZ-2026-000001
	FundID        ident.FundID
	Kind          string
	Method        string
	PledgeID      ident.PledgeID
	DueNumber     int // instalment of the pledge
	ProjectID     ident.ProjectID
	DonorPartyID  ident.PartyID
	DonorPersonID ident.PersonID
	DonorName     string
	Anonymous     bool
	AmountFen     money.Fen
	RefundedFen   money.Fen
	Restricted    bool
	Purpose       string
	BankReference string // the bank's number of the line, unique in a fund
	ReceivedOn    calendar.Date
	Status        string
	RegisteredBy  ident.PersonID
	RegisteredAt  time.Time
	ConfirmedBy   ident.PersonID
	ConfirmedAt   *time.Time
	ReceiptNumber string
	ReceiptAt     *time.Time
	Card          *Card
	Version       int64
}

// Card is the state of a payment at the provider. IdempotencyKey is stored before the first
// call, so that an answer that was lost can be asked for again.
type Card struct {
	IdempotencyKey string
	SessionID      string
	URL            string
	IntentID       string
	ExpiresAt      *time.Time
}

// Inflow is what is stated to register money.
type Inflow struct {
	Kind          string
	PledgeID      ident.PledgeID
	DueNumber     int
	ProjectID     ident.ProjectID
	DonorPartyID  ident.PartyID
	DonorPersonID ident.PersonID
	DonorName     string
	Anonymous     bool
	AmountFen     money.Fen
	Restricted    bool
	Purpose       string
	BankReference string
	ReceivedOn    calendar.Date
}

// Identity is how a new donation is named.
type Identity struct {
	ID     ident.DonationID
	Code   string
	FundID ident.FundID
	By     ident.PersonID
	Now    time.Time
}

// Register makes an inflow from a line of the bank's statement; a second person confirms it.
// Fault donation.incomplete with every field at fault.
func Register(n Identity, in Inflow) (*Donation, error) {
	err := checkInflow(in)
	if r := strings.TrimSpace(in.BankReference); r == "" || utf8.RuneCountInString(r) > MaxName {
		err = err.At("bankReference", "required", "give the number of the bank's line")
	}
	if in.ReceivedOn.IsZero() || in.ReceivedOn.After(calendar.DateOf(n.Now)) {
		err = err.At("receivedOn", "out_of_range", "give the day the bank booked, not later than today")
	}
	if len(err.Fields) > 0 {
		return nil, err
	}
	d := newDonation(n, in)
	d.Method, d.Status = ByBank, Registered
	d.BankReference, d.ReceivedOn = strings.TrimSpace(in.BankReference), in.ReceivedOn
	return d, nil
}

// Intend makes a card donation that nobody has paid yet. Whether cards are allowed at all is
// the rulebook's to say, not decided here. Fault donation.incomplete.
func Intend(n Identity, in Inflow) (*Donation, error) {
	err := checkInflow(in)
	if in.AmountFen < MinCardFen || in.AmountFen > MaxCardFen {
		err = err.At("amountFen", "card_limits", "cards take 4.00 to 50,000.00")
	}
	if in.Kind != KindDonation && in.Kind != KindPledge {
		err = err.At("kind", "unknown", "cards pay donations and pledges")
	}
	if len(err.Fields) > 0 {
		return nil, err
	}
	d := newDonation(n, in)
	d.Method, d.Status = ByCard, Intended
	d.Card = &Card{IdempotencyKey: "linli-donation-" + string(n.ID)}
	return d, nil
}

func newDonation(n Identity, in Inflow) *Donation {
	return &Donation{
		ID: n.ID, Code: n.Code, FundID: n.FundID, Kind: in.Kind, PledgeID: in.PledgeID, DueNumber: in.DueNumber,
		ProjectID: in.ProjectID, DonorPartyID: in.DonorPartyID, DonorPersonID: in.DonorPersonID,
		DonorName: strings.TrimSpace(in.DonorName), Anonymous: in.Anonymous, AmountFen: in.AmountFen,
		Restricted: in.Restricted, Purpose: strings.TrimSpace(in.Purpose), RegisteredBy: n.By, RegisteredAt: n.Now,
	}
}

func checkInflow(in Inflow) *fault.Error {
	err := fault.Invalid("donation.incomplete", "the inflow is not complete")
	switch in.Kind {
	case KindDonation, KindGrantIn:
		err = requireText(err, "donorName", in.DonorName, MaxName)
	case KindPledge:
		if in.PledgeID == "" || in.DueNumber < 1 {
			err = err.At("pledgeId", "required", "name the pledge and the instalment")
		}
	case KindInterest:
		if in.DonorName != "" || in.Restricted {
			err = err.At("donorName", "not_allowed", "interest has no donor and no restriction")
		}
	default:
		err = err.At("kind", "unknown", "unknown kind of inflow")
	}
	if in.AmountFen <= 0 || in.AmountFen > money.Max {
		err = err.At("amountFen", "out_of_range", "state an amount above zero")
	}
	if in.Restricted && strings.TrimSpace(in.Purpose) == "" {
		err = err.At("purpose", "required", "say what restricted money is for")
	}
	if utf8.RuneCountInString(in.Purpose) > MaxPurpose {
		err = err.At("purpose", "too_long", "shorten this")
	}
	return err
}

// Confirm says that the money is on the account. Faults: the machine's, and
// donation.two_persons when who registered it would also confirm it.
func (d *Donation) Confirm(by ident.PersonID, now time.Time) (lifecycle.Row, error) {
	if by == d.RegisteredBy {
		return lifecycle.Row{}, fault.Conflict("donation.two_persons", "an inflow is confirmed by a second person")
	}
	row, err := d.fire("confirm", "")
	if err == nil {
		d.ConfirmedBy, d.ConfirmedAt = by, &now
	}
	return row, err
}

// Reject sends a wrong registration back; the line may then be registered rightly.
func (d *Donation) Reject(reason string) (lifecycle.Row, error) { return d.fire("reject", reason) }

// Open notes the provider's checkout page. Opening the same session again changes nothing.
func (d *Donation) Open(c Card) error {
	if d.Card == nil {
		return fault.Conflict("donation.not_by_card", "this inflow is a transfer")
	}
	if d.Status != Intended {
		return nil // the signed message was faster than our own answer, or the call was repeated
	}
	if _, err := d.fire("open", ""); err != nil {
		return err
	}
	d.Card.SessionID, d.Card.URL, d.Card.ExpiresAt = c.SessionID, c.URL, c.ExpiresAt
	return nil
}

// IssueReceipt notes the number of the donation receipt 公益事业捐赠票据. Interest and grants
// from other bodies get none. Faults: donation.receipt_not_due, donation.receipt_malformed.
func (d *Donation) IssueReceipt(number string, now time.Time) (lifecycle.Row, error) {
	if d.Kind != KindDonation && d.Kind != KindPledge {
		return lifecycle.Row{}, fault.Conflict("donation.receipt_not_due", "no receipt for "+d.Kind)
	}
	if !receiptNumber.MatchString(number) {
		return lifecycle.Row{}, fault.Invalid("donation.receipt_malformed", "not a receipt number").
			At("receiptNumber", "malformed", "8 digits of code, a hyphen, 10 digits of number")
	}
	row, err := d.fire("issue_receipt", "")
	if err == nil {
		d.ReceiptNumber, d.ReceiptAt = number, &now
	}
	return row, err
}

// InFund tells whether the money is in the fund.
func (d *Donation) InFund() bool { return d.Status == Received || d.Status == Receipted }

// PublicName is how the statement names the donor; "" when anonymous or without one.
func (d *Donation) PublicName() string {
	if d.Anonymous {
		return ""
	}
	return d.DonorName
}

// Machine is the lifecycle this inflow follows, by the way it came.
func (d *Donation) Machine() lifecycle.Machine {
	if d.Method == ByCard {
		return CardMachine
	}
	return DonationMachine
}

// Clone copies the inflow, for the state before a change.
func (d *Donation) Clone() *Donation {
	c := *d
	if d.Card != nil {
		card := *d.Card
		c.Card = &card
	}
	return &c
}

func (d *Donation) fire(action, reason string) (lifecycle.Row, error) {
	row, err := d.Machine().Fire(d.Status, action, reason)
	if err == nil {
		d.Status = row.To
	}
	return row, err
}

func itoa(i int) string { return strconv.Itoa(i) }
