// Package contract knows contracts 合同 made from an award, their supplements 补充合同,
// milestones 里程碑, the acceptance of deliveries 履约验收 and what the people served say of them.
package contract

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Contract binds a buyer and a supplier to what the award said. Its amounts never change; a
// change is a Supplement. The terms from a regulation were read from the rulebook of the signing
// date, whose version is RuleVersion.
type Contract struct {
	ID        ident.ContractID
	Version   int64
	Code      string // HT-2026-000001
	Title     string
	ProjectID ident.ProjectID
	TenderID  ident.TenderID
	LotID     ident.LotID
	AwardID   ident.AwardID
	PlaceID   ident.PlaceID

	BuyerID      ident.PartyID
	BuyerName    string
	BuyerUSCC    string
	SupplierID   ident.PartyID
	SupplierName string
	SupplierUSCC string

	OriginalFen    money.Fen // the awarded price
	SupplementFen  money.Fen // Σ of applied supplements
	BudgetShares   []BudgetShare
	TermFrom       calendar.Date
	TermUntil      calendar.Date
	AcceptanceDays int    // days the buyer has to inspect
	PaymentDays    int    // days to pay after delivery
	DailyInterest  string // late interest a day, exact decimal such as 0.0005
	InterestAgreed bool   // false: the default of the rulebook
	Payee          Payee
	PendingPayee   *PayeeChange

	AwardNoticeOn calendar.Date
	SignBy        calendar.Date
	Status        string
	StatusReason  string

	SupplierSignature *Signature
	BuyerSignature    *Signature
	SignedAt          *time.Time
	PublishedAt       *time.Time
	FiledAt           *time.Time
	FilingNumber      string
	CompletedAt       *time.Time
	ClosedAt          *time.Time
	CreatedAt         time.Time
	CreatedBy         ident.PersonID
	RuleVersion       string
}

// BudgetShare tells how much of the contract a budget line carries.
type BudgetShare struct {
	LineID    ident.BudgetLineID
	AmountFen money.Fen
}

// Signature is a person's consent, with the hash of the text it covers.
type Signature struct {
	PersonID ident.PersonID
	Name     string
	At       time.Time
	TextHash string
}

// Payee is the account the supplier is paid to.
type Payee struct {
	Holder    string
	Bank      string
	Number    string
	ChangedAt time.Time
}

// PayeeChange is a new account that waits: it holds after a cooling period and a second
// person's confirmation.
type PayeeChange struct {
	Payee       Payee
	RequestedBy ident.PersonID
	RequestedAt time.Time
	UsableFrom  calendar.Date
}

// Terms are what a draft fills in beside the award.
type Terms struct {
	TermFrom       calendar.Date
	TermUntil      calendar.Date
	AcceptanceDays int
	PaymentDays    int
	DailyInterest  string // "" takes the default of the rulebook
	Payee          Payee
	Milestones     []Plan
}

// Plan is one milestone as drafted.
type Plan struct {
	Title     string
	DueOn     calendar.Date
	AmountFen money.Fen
	Items     []Item
}

// Limits are the numbers of the rulebook that bind the terms.
type Limits struct {
	AcceptanceDaysDefault int
	AcceptanceDaysMax     int
	PaymentDaysDefault    int
	PaymentDaysMax        int
	DailyInterestDefault  *big.Rat
	LoanRate              *big.Rat // one-year LPR: an agreed yearly rate may not be lower
	TermYearsMax          int
}

// daysOfInterestYear converts an agreed daily rate to a yearly one for the comparison of A-07.
const daysOfInterestYear = 365

// maxMilestones bounds a contract's plan: one a month for five years.
const maxMilestones = 60

// ValueFen is the contract value including applied supplements.
func (c *Contract) ValueFen() money.Fen { return c.OriginalFen + c.SupplementFen }

// Fill writes the terms of a draft after checking them against the rulebook and the award; the
// milestones must add up to the price to the fen. Faults: contract.terms_invalid with fields,
// contract.milestone_sum, contract.not_draft.
func (c *Contract) Fill(t Terms, l Limits) error {
	if c.Status != Drafting || c.SupplierSignature != nil {
		return fault.Conflict("contract.not_draft", "terms are fixed once somebody signed")
	}
	if t.AcceptanceDays == 0 {
		t.AcceptanceDays = l.AcceptanceDaysDefault
	}
	if t.PaymentDays == 0 {
		t.PaymentDays = l.PaymentDaysDefault
	}
	agreed := t.DailyInterest != ""
	if !agreed {
		t.DailyInterest = decimal(l.DailyInterestDefault)
	}
	if err := checkTerms(t, l); err != nil {
		return err
	}
	if err := CheckSum(c.OriginalFen, t.Milestones); err != nil {
		return err
	}
	if !agreed {
		t.DailyInterest = decimal(l.DailyInterestDefault)
	}
	c.TermFrom, c.TermUntil = t.TermFrom, t.TermUntil
	c.AcceptanceDays, c.PaymentDays = t.AcceptanceDays, t.PaymentDays
	c.DailyInterest, c.InterestAgreed = t.DailyInterest, agreed
	c.Payee = t.Payee
	return nil
}

func checkTerms(t Terms, l Limits) error {
	bad := fault.Invalid("contract.terms_invalid", "the terms of the contract do not hold")
	if t.TermFrom.IsZero() || t.TermUntil.IsZero() || !t.TermFrom.Before(t.TermUntil) {
		bad = bad.At("termUntil", "period", "a first day before the last")
	} else if t.TermUntil.After(t.TermFrom.AddDate(l.TermYearsMax, 0, 0)) {
		bad = bad.At("termUntil", "too_long", "at most "+strconv.Itoa(l.TermYearsMax)+" year(s)")
	}
	if t.AcceptanceDays < 1 || t.AcceptanceDays > l.AcceptanceDaysMax {
		bad = bad.At("acceptanceDays", "range", "between 1 and "+strconv.Itoa(l.AcceptanceDaysMax))
	}
	if t.PaymentDays < 1 || t.PaymentDays > l.PaymentDaysMax {
		bad = bad.At("paymentDays", "range", "between 1 and "+strconv.Itoa(l.PaymentDaysMax))
	}
	if rate, ok := ratOf(t.DailyInterest); !ok || rate.Sign() <= 0 {
		bad = bad.At("dailyInterest", "form", "a decimal such as 0.0005")
	} else if yearly := new(big.Rat).Mul(rate, big.NewRat(daysOfInterestYear, 1)); yearly.Cmp(l.LoanRate) < 0 {
		bad = bad.At("dailyInterest", "below_loan_rate", "at least the one-year loan rate "+decimal(l.LoanRate)+" a year")
	}
	bad = checkPayee(bad, t.Payee)
	if len(t.Milestones) == 0 || len(t.Milestones) > maxMilestones {
		bad = bad.At("milestones", "count", "between 1 and "+strconv.Itoa(maxMilestones))
	}
	last := t.TermFrom
	for i, p := range t.Milestones {
		bad = checkPlan(bad, "milestones["+strconv.Itoa(i)+"].", p, t)
		if p.DueOn.Before(last) {
			bad = bad.At("milestones["+strconv.Itoa(i)+"].dueOn", "order", "milestones follow each other")
		}
		last = p.DueOn
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func checkPayee(bad *fault.Error, p Payee) *fault.Error {
	if strings.TrimSpace(p.Holder) == "" || strings.TrimSpace(p.Bank) == "" {
		bad = bad.At("payee", "required", "holder and bank of the account")
	}
	if n := len(p.Number); n < 8 || n > 34 || strings.Trim(p.Number, "0123456789") != "" {
		bad = bad.At("payee.number", "form", "8 to 34 digits")
	}
	return bad
}

func checkPlan(bad *fault.Error, path string, p Plan, t Terms) *fault.Error {
	if strings.TrimSpace(p.Title) == "" {
		bad = bad.At(path+"title", "required", "name the milestone")
	}
	if p.AmountFen <= 0 {
		bad = bad.At(path+"amountFen", "positive", "an amount above zero")
	}
	if p.DueOn.Before(t.TermFrom) || p.DueOn.After(t.TermUntil) {
		bad = bad.At(path+"dueOn", "period", "inside the term of the contract")
	}
	return checkItems(bad, path, p.Items)
}

// CheckSum tells whether milestones add up to a value, to the fen. Fault contract.milestone_sum.
func CheckSum(value money.Fen, plans []Plan) error {
	amounts := make([]money.Fen, len(plans))
	for i, p := range plans {
		amounts[i] = p.AmountFen
	}
	sum, err := money.Sum(amounts...)
	if err != nil {
		return err
	}
	if sum != value {
		return fault.Invalid("contract.milestone_sum", "milestones sum to "+sum.String()+", the value is "+value.String()).
			With("sum", sum.String()).With("value", value.String()).
			At("milestones", "sum", "the amounts must add up to the contract value")
	}
	return nil
}

func ratOf(s string) (*big.Rat, bool) {
	if s == "" || strings.Trim(s, "0123456789.") != "" || len(s) > 20 {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// decimal writes a ratio with up to ten decimals and no trailing zeros.
func decimal(q *big.Rat) string {
	s := q.FloatString(10)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
