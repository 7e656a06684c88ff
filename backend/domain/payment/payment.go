// Package payment knows payments 支付 from request to reconciliation, the invoices 发票 they rest
// on, and the bank statement lines they are matched with.
package payment

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Payment pays what an acceptance made payable, or a part of it. Overdue and interest are
// computed from DueOn, never stored.
type Payment struct {
	ID           ident.PaymentID
	Version      int64
	Code         string // FK-2026-000001
	ContractID   ident.ContractID
	ProjectID    ident.ProjectID
	MilestoneID  ident.MilestoneID
	AcceptanceID ident.AcceptanceID
	PlaceID      ident.PlaceID
	BuyerID      ident.PartyID
	SupplierID   ident.PartyID
	SupplierName string
	AmountFen    money.Fen
	Payee        Payee
	DueOn        calendar.Date
	DailyRate    string // late interest a day, exact decimal, from the contract
	Status       string
	StatusReason string

	RequestedBy   ident.PersonID
	RequestedAt   time.Time
	VerifiedBy    ident.PersonID
	VerifiedAt    *time.Time
	ApprovedBy    ident.PersonID
	ApprovedAt    *time.Time
	ApprovedHash  string // what the approval binds; see Binding
	InstructedBy  ident.PersonID
	InstructedAt  *time.Time
	Method        string
	VoucherNumber string
	PaidOn        calendar.Date
	PaidAt        *time.Time
	ReconciledBy  ident.PersonID
	ReconciledAt  *time.Time
	HoldID        ident.JournalID // the pending journal of the instruction
	Attempts      int             // instructions so far, the present one included
	RuleVersion   string
}

// Payee is the account a payment goes to, as it was when the payment was requested.
type Payee struct {
	Holder    string
	Bank      string
	Number    string
	ChangedAt time.Time
}

// The methods of paying.
const (
	TreasuryCentral = "treasury_central" // 国库集中支付
	BankTransfer    = "bank_transfer"    // 对公转账
)

// Room is what may still be requested of an acceptance.
type Room struct {
	PayableFen   money.Fen
	RequestedFen money.Fen // Σ of payments that are not withdrawn
}

// LeftFen is what has not been requested.
func (r Room) LeftFen() money.Fen { return r.PayableFen - r.RequestedFen }

// CheckAmount tells whether an amount may be requested. Faults: payment.amount_invalid,
// payment.over_accepted naming what is left.
func (r Room) CheckAmount(f money.Fen) error {
	if f <= 0 || f > money.Max {
		return fault.Invalid("payment.amount_invalid", "an amount above zero").At("amountFen", "positive", "above zero")
	}
	if f > r.LeftFen() {
		return fault.Conflict("payment.over_accepted", "at most "+r.LeftFen().String()+" is left of what was accepted").
			With("left", r.LeftFen().String()).With("asked", f.String())
	}
	return nil
}

// Binding is the hash of what an approval stands for: payee, account, amount and milestone. When
// one of them changes, the approval is void.
func (p *Payment) Binding() string {
	text := strings.Join([]string{
		"payment-approval-1", string(p.ID), string(p.SupplierID), p.Payee.Holder, p.Payee.Bank, p.Payee.Number,
		strconv.FormatInt(int64(p.AmountFen), 10), string(p.MilestoneID),
	}, "\n")
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// DueOn is the day by which a delivery must be paid: days after the clock started, rolled forward
// to a working day (A-06, EX-11). Faults of the calendar.
func DueOn(c *calendar.Calendar, from calendar.Date, days int) (calendar.Date, error) {
	return c.AddDays(from, days)
}

// OverdueDays counts the days after the due date up to a day; 0 while it is not late.
func (p *Payment) OverdueDays(today calendar.Date) int {
	end := today
	if !p.PaidOn.IsZero() {
		end = p.PaidOn
	}
	if p.Status == Withdrawn || p.Status == Disputed || !end.After(p.DueOn) {
		return 0
	}
	return calendar.DaysBetween(p.DueOn, end)
}

// Interest is amount × daily rate × days late, rounded once, half-up, to the fen.
// Fault money.overflow.
func (p *Payment) Interest(today calendar.Date) (money.Fen, error) {
	return Interest(p.AmountFen, p.DailyRate, p.OverdueDays(today))
}

// Interest computes late interest on an amount. Fault money.overflow.
func Interest(amount money.Fen, daily string, days int) (money.Fen, error) {
	rate, ok := new(big.Rat).SetString(daily)
	if !ok || rate.Sign() < 0 {
		return 0, fault.Internal("late interest rate "+daily, nil)
	}
	rate.Mul(rate, big.NewRat(int64(days), 1))
	num := new(big.Int).Mul(big.NewInt(int64(amount)), rate.Num())
	num.Mul(num, big.NewInt(2)).Add(num, rate.Denom())
	num.Div(num, new(big.Int).Mul(rate.Denom(), big.NewInt(2)))
	if !num.IsInt64() {
		return 0, fault.Invalid("money.overflow", "amount out of range")
	}
	return money.Fen(num.Int64()), nil
}
