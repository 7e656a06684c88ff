package payment

import (
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Line is one line of an imported bank statement. It is in exactly one state: open, matched (one
// payment), split (several payments), ignored (with a reason and who decided).
type Line struct {
	ID           string
	Version      int64
	PartyID      ident.PartyID // whose bank account
	Account      string        // the account of the statement
	Sequence     string        // the bank's own reference, unique in an account
	BookedOn     calendar.Date
	AmountFen    money.Fen // negative: money that left
	Counterparty string
	CounterBank  string // the other account's number
	Remark       string
	State        string
	Matches      []Match
	Reason       string
	DecidedBy    ident.PersonID
	DecidedAt    *time.Time
	ImportedBy   ident.PersonID
	ImportedAt   time.Time
}

// Match says how much of a line is which payment.
type Match struct {
	PaymentID ident.PaymentID
	AmountFen money.Fen
}

// The states of a statement line.
const (
	LineOpen    = "open"
	LineMatched = "matched"
	LineSplit   = "split"
	LineIgnored = "ignored"
)

// maxSplit bounds how many payments one line may carry.
const maxSplit = 50

// Match binds a line to payments. Amounts are never matched roughly: Σ matches is exactly what
// left the account. Faults: statement.not_open, statement.amount_differs, statement.match_invalid.
func (l *Line) Match(matches []Match, by ident.PersonID, at time.Time) error {
	if l.State != LineOpen {
		return fault.Conflict("statement.not_open", "the line is "+l.State).With("state", l.State)
	}
	if len(matches) == 0 || len(matches) > maxSplit {
		return fault.Invalid("statement.match_invalid", "one to "+strconv.Itoa(maxSplit)+" payments")
	}
	seen := map[ident.PaymentID]bool{}
	var sum money.Fen
	for _, m := range matches {
		if m.AmountFen <= 0 || seen[m.PaymentID] {
			return fault.Invalid("statement.match_invalid", "each payment once, with an amount above zero")
		}
		seen[m.PaymentID] = true
		sum += m.AmountFen
	}
	if sum != -l.AmountFen {
		return fault.Conflict("statement.amount_differs", "the line says "+(-l.AmountFen).String()+", the payments "+sum.String()).
			With("line", (-l.AmountFen).String()).With("payments", sum.String())
	}
	l.State = LineMatched
	if len(matches) > 1 {
		l.State = LineSplit
	}
	l.Matches, l.DecidedBy, l.DecidedAt = matches, by, &at
	return nil
}

// Ignore sets a line aside. Faults: statement.not_open, statement.reason_required,
// statement.same_person when who imported it decides alone.
func (l *Line) Ignore(reason string, by ident.PersonID, at time.Time) error {
	switch {
	case l.State != LineOpen:
		return fault.Conflict("statement.not_open", "the line is "+l.State).With("state", l.State)
	case strings.TrimSpace(reason) == "":
		return fault.Invalid("statement.reason_required", "why the line is set aside").At("reason", "required", "say why")
	case by == l.ImportedBy:
		return fault.Forbidden("statement.same_person", "who imported a line may not set it aside")
	}
	l.State, l.Reason, l.DecidedBy, l.DecidedAt = LineIgnored, reason, by, &at
	return nil
}

// Suggest finds the paid payments that a line can only be: same amount and the account it went
// to, or its code in the remark. An empty answer asks a person.
func (l *Line) Suggest(paid []*Payment) []ident.PaymentID {
	var out []ident.PaymentID
	for _, p := range paid {
		if p.Status != Paid || p.AmountFen != -l.AmountFen {
			continue
		}
		if p.Payee.Number == l.CounterBank || strings.Contains(l.Remark, p.Code) || (p.VoucherNumber != "" && strings.Contains(l.Remark, p.VoucherNumber)) {
			out = append(out, p.ID)
		}
	}
	return out
}
