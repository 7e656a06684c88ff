package tender

import (
	"time"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
)

// Act is one action to fire: by whom, when, and why.
type Act struct {
	Action     string
	By         ident.PersonID
	At         time.Time
	ReasonCode string
	Reason     string
}

// FireLot changes the status of one lot. Faults: tender.lot_unknown, tender.transition_refused,
// tender.reason_required, tender.reason_unknown, tender.resume_elsewhere.
func (t *Tender) FireLot(id ident.LotID, a Act) (lifecycle.Row, error) {
	lot := t.Lot(id)
	if lot == nil {
		return lifecycle.Row{}, fault.NotFound("tender.lot_unknown", "no lot "+string(id))
	}
	row, err := Machine.Fire(lot.Status, a.Action, a.Reason)
	if err != nil {
		return row, err
	}
	if err := a.check(row, lot); err != nil {
		return row, err
	}
	switch row.To {
	case StatusSuspended:
		lot.SuspendedFrom, lot.ReasonCode, lot.Reason = lot.Status, a.ReasonCode, a.Reason
	case StatusFailed, StatusCancelled:
		lot.SuspendedFrom, lot.ReasonCode, lot.Reason = "", a.ReasonCode, a.Reason
	default:
		lot.SuspendedFrom, lot.ReasonCode, lot.Reason = "", "", ""
	}
	lot.Status = row.To
	t.History = append(t.History, Step{LotID: id, Action: a.Action, To: row.To, At: a.At, By: a.By, Reason: a.Reason})
	return row, nil
}

func (a Act) check(row lifecycle.Row, lot *Lot) error {
	if row.To == StatusFailed || row.To == StatusCancelled || row.To == StatusSuspended {
		for _, code := range ReasonCodes() {
			if code == a.ReasonCode {
				return nil
			}
		}
		return fault.Invalid("tender.reason_unknown", "no reason code "+a.ReasonCode).At("reasonCode", "unknown", "choose a reason")
	}
	if lot.Status == StatusSuspended && row.To != lot.SuspendedFrom {
		return fault.Conflict("tender.resume_elsewhere", "lot was suspended in "+lot.SuspendedFrom).With("state", lot.SuspendedFrom)
	}
	return nil
}

// Fire fires an action on every lot that is still alive: what happens to the documents happens
// to all lots. Faults as FireLot; tender.transition_refused when no lot is alive.
func (t *Tender) Fire(a Act) (lifecycle.Row, error) {
	var row lifecycle.Row
	fired := false
	for i := range t.Lots {
		if final(t.Lots[i].Status) {
			continue
		}
		r, err := t.FireLot(t.Lots[i].ID, a)
		if err != nil {
			return r, err
		}
		row, fired = r, true
	}
	if !fired {
		return row, fault.Conflict("tender.transition_refused", "no living lot for "+a.Action).With("state", t.Status()).With("action", a.Action)
	}
	return row, nil
}

func final(status string) bool {
	return status == StatusDone || status == StatusFailed || status == StatusCancelled
}

// Ended tells whether the lot can no longer change.
func (l *Lot) Ended() bool { return final(l.Status) }
