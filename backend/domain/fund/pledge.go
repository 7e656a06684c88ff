package fund

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
)

// What a pledge is counted by, and where it comes from.
const (
	ByAmount   = "amount"   // a fixed sum in instalments
	ByTurnover = "turnover" // a share of a period's turnover, in basis points

	FromCharter   = "charter"   // the donor's own articles
	FromVenue     = "venue"     // an agreement on running a venue
	FromFreeWill  = "free_will" // a donation of one's own accord
	maxInstalment = 24          // two years of months: longer promises are made anew
	wholeBP       = 10000       // basis points in the whole
)

// Pledge is a promise 认捐承诺 to pay into a fund. It is free: never a condition, a score or
// a clause of a tender (domain handbook §8.3), so no tender refers to it; where it concerns a
// project it stays hidden until that project's award is known (Hidden).
type Pledge struct {
	ID         ident.PledgeID
	Code       string // RJ-2026-000001
	FundID     ident.FundID
	DonorID    ident.PartyID
	ProjectID  ident.ProjectID // "" when it concerns no project
	Origin     string
	Basis      string
	AmountFen  money.Fen // the whole sum, by amount
	RateBP     int64     // share of turnover in 1/10000, by turnover
	Dues       []Due
	Restricted bool
	Purpose    string
	Status     string
	OfferedBy  ident.PersonID
	OfferedAt  time.Time
	AcceptedBy ident.PersonID
	Version    int64
}

// Due is one instalment. By turnover its amount is known once the turnover is declared.
type Due struct {
	Number      int    // 1, 2, …
	Period      string // what it covers, such as "2026"
	DueOn       calendar.Date
	TurnoverFen money.Fen // declared turnover of the period
	Declared    bool
	AmountFen   money.Fen
	PaidFen     money.Fen
}

// Offer is what a donor states to make a pledge.
type Offer struct {
	FundID     ident.FundID
	DonorID    ident.PartyID
	ProjectID  ident.ProjectID
	Origin     string
	Basis      string
	AmountFen  money.Fen
	RateBP     int64
	Dues       []Due // Period, DueOn and, by amount, AmountFen
	Restricted bool
	Purpose    string
}

// NewPledge checks an offer. Fault pledge.incomplete with every field at fault.
func NewPledge(id ident.PledgeID, code string, o Offer, by ident.PersonID, now time.Time) (*Pledge, error) {
	err := fault.Invalid("pledge.incomplete", "the pledge is not complete")
	if o.FundID == "" {
		err = err.At("fundId", "required", "name the fund")
	}
	if o.Origin != FromCharter && o.Origin != FromVenue && o.Origin != FromFreeWill {
		err = err.At("origin", "unknown", "say where the pledge comes from")
	}
	if o.Restricted && strings.TrimSpace(o.Purpose) == "" {
		err = err.At("purpose", "required", "say what restricted money is for")
	}
	if utf8.RuneCountInString(o.Purpose) > MaxPurpose {
		err = err.At("purpose", "too_long", "shorten this")
	}
	err = checkBasis(err, o)
	err = checkDues(err, o, calendar.DateOf(now))
	if len(err.Fields) > 0 {
		return nil, err
	}
	p := &Pledge{
		ID: id, Code: code, FundID: o.FundID, DonorID: o.DonorID, ProjectID: o.ProjectID, Origin: o.Origin,
		Basis: o.Basis, AmountFen: o.AmountFen, RateBP: o.RateBP, Restricted: o.Restricted,
		Purpose: strings.TrimSpace(o.Purpose), Status: PledgeMachine.Initial, OfferedBy: by, OfferedAt: now,
	}
	for i, d := range o.Dues {
		p.Dues = append(p.Dues, Due{Number: i + 1, Period: strings.TrimSpace(d.Period), DueOn: d.DueOn, AmountFen: d.AmountFen, Declared: o.Basis == ByAmount})
	}
	return p, nil
}

func checkBasis(err *fault.Error, o Offer) *fault.Error {
	switch o.Basis {
	case ByAmount:
		if o.AmountFen <= 0 || o.AmountFen > money.Max {
			err = err.At("amountFen", "out_of_range", "state an amount above zero")
		}
		if o.RateBP != 0 {
			err = err.At("rateBp", "not_allowed", "an amount and a rate exclude each other")
		}
	case ByTurnover:
		if o.RateBP < 1 || o.RateBP > wholeBP {
			err = err.At("rateBp", "out_of_range", "state a share between 0.01 % and 100 %")
		}
		if o.AmountFen != 0 {
			err = err.At("amountFen", "not_allowed", "an amount and a rate exclude each other")
		}
	default:
		err = err.At("basis", "unknown", "a pledge is by amount or by turnover")
	}
	return err
}

func checkDues(err *fault.Error, o Offer, today calendar.Date) *fault.Error {
	if len(o.Dues) == 0 || len(o.Dues) > maxInstalment {
		return err.At("dues", "out_of_range", "state 1 to 24 due dates")
	}
	var total money.Fen
	last := today.AddDate(0, 0, -1)
	for i, d := range o.Dues {
		path := "dues[" + itoa(i) + "]"
		if !d.DueOn.After(last) {
			err = err.At(path+".dueOn", "order", "due dates lie ahead and follow one another")
		}
		last = d.DueOn
		if o.Basis == ByTurnover && d.AmountFen != 0 || o.Basis == ByAmount && d.AmountFen <= 0 {
			err = err.At(path+".amountFen", "out_of_range", "amounts belong to pledges by amount, above zero")
		}
		if o.Basis == ByTurnover && strings.TrimSpace(d.Period) == "" {
			err = err.At(path+".period", "required", "name the period whose turnover counts")
		}
		sum, overflow := money.Add(total, d.AmountFen)
		if overflow != nil {
			return err.At(path+".amountFen", "out_of_range", "too large")
		}
		total = sum
	}
	if o.Basis == ByAmount && total != o.AmountFen {
		err = err.At("dues", "sum", "the instalments must add up to the amount")
	}
	return err
}

// Clone copies the pledge, for the state before a change.
func (p *Pledge) Clone() *Pledge {
	c := *p
	c.Dues = slices.Clone(p.Dues)
	return &c
}

// Fire moves the pledge along its lifecycle. Besides the machine's faults: pledge.unpaid for
// fulfil while something is open.
func (p *Pledge) Fire(action, reason string, by ident.PersonID) (lifecycle.Row, error) {
	row, err := PledgeMachine.Fire(p.Status, action, reason)
	if err != nil {
		return row, err
	}
	if action == "fulfil" && !p.paid() {
		return row, fault.Conflict("pledge.unpaid", "instalments are open")
	}
	if action == "accept" {
		p.AcceptedBy = by
	}
	p.Status = row.To
	return row, nil
}

// Declare states the turnover of a period; the share is rounded once, half-up, to the fen.
// It may be stated again while nothing was paid. Faults: pledge.not_accepted,
// pledge.due_unknown, pledge.not_by_turnover, pledge.already_paid, pledge.turnover_invalid.
func (p *Pledge) Declare(number int, turnover money.Fen) error {
	d, err := p.due(number)
	if err != nil {
		return err
	}
	if p.Basis != ByTurnover {
		return fault.Conflict("pledge.not_by_turnover", "this pledge is by amount")
	}
	if d.PaidFen > 0 {
		return fault.Conflict("pledge.already_paid", "the instalment was paid in part")
	}
	if turnover < 0 || turnover > money.Max {
		return fault.Invalid("pledge.turnover_invalid", "turnover out of range").At("turnoverFen", "out_of_range", "state the turnover of the period")
	}
	amount, err := money.MulRat(turnover, p.RateBP, wholeBP)
	if err != nil {
		return err
	}
	d.TurnoverFen, d.AmountFen, d.Declared = turnover, amount, true
	return nil
}

// Receive books a payment on an instalment. Faults: pledge.not_accepted, pledge.due_unknown,
// pledge.turnover_missing, pledge.overpaid (what goes beyond the promise is a donation of its
// own, so that the promise stays comparable with what came).
func (p *Pledge) Receive(number int, amount money.Fen) error {
	d, err := p.due(number)
	if err != nil {
		return err
	}
	if !d.Declared {
		return fault.Conflict("pledge.turnover_missing", "the turnover of "+d.Period+" is not declared").With("period", d.Period)
	}
	paid, err := money.Add(d.PaidFen, amount)
	if err != nil {
		return err
	}
	if paid > d.AmountFen {
		return fault.Conflict("pledge.overpaid", "more than the instalment").With("open", (d.AmountFen - d.PaidFen).String())
	}
	d.PaidFen = paid
	return nil
}

// Return takes back a payment that was refunded, so that the instalment is open again. A
// fulfilled pledge goes back to accepted: the promise is not kept any more.
func (p *Pledge) Return(number int, amount money.Fen) error {
	if number < 1 || number > len(p.Dues) {
		return fault.NotFound("pledge.due_unknown", "no such instalment")
	}
	d := &p.Dues[number-1]
	if amount > d.PaidFen {
		return fault.Conflict("pledge.return_exceeds", "more than was paid")
	}
	d.PaidFen -= amount
	if p.Status == Fulfilled {
		_, err := p.Fire("reopen", "", "")
		return err
	}
	return nil
}

func (p *Pledge) due(number int) (*Due, error) {
	if p.Status != Accepted {
		return nil, fault.Conflict("pledge.not_accepted", "pledge is "+p.Status).With("state", p.Status)
	}
	if number < 1 || number > len(p.Dues) {
		return nil, fault.NotFound("pledge.due_unknown", "no such instalment")
	}
	return &p.Dues[number-1], nil
}

// paid tells whether every instalment is known and paid.
func (p *Pledge) paid() bool {
	for _, d := range p.Dues {
		if !d.Declared || d.PaidFen < d.AmountFen {
			return false
		}
	}
	return true
}

// FullyPaid tells whether the promise is kept, so that fulfil may be fired.
func (p *Pledge) FullyPaid() bool { return p.Status == Accepted && p.paid() }

// Totals sums what is known: promised (declared so far) and paid.
func (p *Pledge) Totals() (promised, paid money.Fen) {
	for _, d := range p.Dues {
		promised += d.AmountFen
		paid += d.PaidFen
	}
	return promised, paid
}

// Overdue tells on a day whether an accepted pledge has an instalment past its date that is
// not declared or not paid. It is a fact of the clock, never stored.
func (p *Pledge) Overdue(today calendar.Date) bool {
	if p.Status != Accepted {
		return false
	}
	for _, d := range p.Dues {
		if today.After(d.DueOn) && (!d.Declared || d.PaidFen < d.AmountFen) {
			return true
		}
	}
	return false
}

// Hidden tells whether nobody but donor, fund and auditor may see the pledge: while it is not
// accepted, and while it concerns a project whose award is not known yet, so that no
// committee can be moved by it.
func (p *Pledge) Hidden(awardKnown bool) bool {
	if p.Status != Accepted && p.Status != Fulfilled && p.Status != Cancelled {
		return true
	}
	return p.ProjectID != "" && !awardKnown
}
