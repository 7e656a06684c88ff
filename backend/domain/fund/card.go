package fund

import (
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Effects that a provider's state can have on a fund. Each happens once per object.
const (
	EffectPaid       = "paid"
	EffectExpired    = "expired"
	EffectRefunded   = "refunded"
	EffectWithdrawn  = "dispute_withdrawn"  // the provider took disputed money back
	EffectReinstated = "dispute_reinstated" // and gave it again
)

// Snapshot is what the provider says now about one checkout session. It is fetched, never
// taken from a message: messages repeat, arrive in any order and may be older than the state.
type Snapshot struct {
	Provider   string
	SessionID  string
	DonationID ident.DonationID
	IntentID   string
	Paid       bool
	Expired    bool
	AmountFen  money.Fen
	Currency   string // upper case
	Refunds    []Part // succeeded ones
	Disputes   []Dispute
}

// Part is one refund.
type Part struct {
	ID        string
	AmountFen money.Fen
}

// Dispute is a chargeback: money withdrawn, perhaps reinstated.
type Dispute struct {
	ID         string
	AmountFen  money.Fen
	Withdrawn  bool
	Reinstated bool
}

// Effect is one change a snapshot demands. Provider, ObjectID and Kind are its identity: the
// store accepts each triple once, for any number and order of messages.
type Effect struct {
	Provider  string
	ObjectID  string
	Kind      string
	AmountFen money.Fen
}

// Effects lists, in the order in which they can be booked, everything the snapshot demands.
// Unpaid sessions have no refunds; expiry is of interest only while nothing was paid.
func (s Snapshot) Effects() []Effect {
	if !s.Paid {
		if s.Expired {
			return []Effect{{s.Provider, s.SessionID, EffectExpired, 0}}
		}
		return nil
	}
	out := []Effect{{s.Provider, s.IntentID, EffectPaid, s.AmountFen}}
	for _, d := range s.Disputes {
		if d.Withdrawn || d.Reinstated {
			out = append(out, Effect{s.Provider, d.ID, EffectWithdrawn, d.AmountFen})
		}
		if d.Reinstated {
			out = append(out, Effect{s.Provider, d.ID, EffectReinstated, d.AmountFen})
		}
	}
	for _, r := range s.Refunds {
		out = append(out, Effect{s.Provider, r.ID, EffectRefunded, r.AmountFen})
	}
	return out
}

// Matches refuses a snapshot that is not about this donation. Faults: donation.card_mismatch
// with what differs; nothing is booked then and somebody has to look.
func (d *Donation) Matches(s Snapshot) error {
	differs := ""
	switch {
	case d.Card == nil || s.DonationID != d.ID:
		differs = "donation"
	case d.Card.SessionID != "" && d.Card.SessionID != s.SessionID:
		differs = "session"
	case s.Currency != money.Currency:
		differs = "currency"
	case s.AmountFen != d.AmountFen:
		differs = "amount"
	default:
		return nil
	}
	return fault.Conflict("donation.card_mismatch", "the provider's "+differs+" differs").With("field", differs)
}

// Apply books one effect on the donation and tells by how much the fund changes: positive
// in, negative out, zero for none.
func (d *Donation) Apply(e Effect, s Snapshot, now time.Time) (money.Fen, error) {
	switch e.Kind {
	case EffectPaid:
		if _, err := d.fire("pay", ""); err != nil {
			return 0, err
		}
		d.Card.SessionID, d.Card.IntentID = s.SessionID, s.IntentID
		d.ConfirmedAt, d.ReceivedOn = &now, calendar.DateOf(now)
		return e.AmountFen, nil
	case EffectExpired:
		_, err := d.fire("expire", "")
		return 0, err
	case EffectRefunded, EffectWithdrawn:
		return -e.AmountFen, d.takeBack(e.AmountFen)
	case EffectReinstated:
		return e.AmountFen, d.giveAgain(e.AmountFen)
	default:
		return 0, fault.Internal("unknown card effect "+e.Kind, nil)
	}
}

func (d *Donation) takeBack(amount money.Fen) error {
	back, err := money.Add(d.RefundedFen, amount)
	if err != nil {
		return err
	}
	if back > d.AmountFen {
		return fault.Conflict("donation.card_mismatch", "more refunded than given").With("field", "refund")
	}
	if back == d.AmountFen {
		if _, err := d.fire("refund", ""); err != nil {
			return err
		}
	}
	d.RefundedFen = back
	return nil
}

// giveAgain undoes a withdrawal the bank decided for us; the donation counts again.
func (d *Donation) giveAgain(amount money.Fen) error {
	if amount > d.RefundedFen {
		return fault.Conflict("donation.card_mismatch", "more reinstated than withdrawn").With("field", "dispute")
	}
	d.RefundedFen -= amount
	if d.Status == Refunded {
		_, err := d.fire("reinstate", "")
		return err
	}
	return nil
}
