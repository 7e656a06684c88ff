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

// Milestone is one delivery with its amount. Items carry the whole amount by weight.
type Milestone struct {
	ID           ident.MilestoneID
	Version      int64
	ContractID   ident.ContractID
	ProjectID    ident.ProjectID
	SupplementID ident.SupplementID // set when a supplement added it
	Number       int
	Title        string
	DueOn        calendar.Date
	AmountFen    money.Fen
	Items        []Item
	Status       string
	StatusReason string
	Evidence     []Evidence
	SubmittedAt  *time.Time
	DeliveredOn  calendar.Date // when the supplier says the service was rendered: the clock of A-06
	InspectBy    calendar.Date // last day to inspect before the acceptance is deemed
	InspectedBy  ident.PersonID
	Rework       int // times it was sent back or rejected
	AcceptanceID ident.AcceptanceID
	SettledAt    *time.Time
}

// The kinds of items.
const (
	Deliverable = "deliverable" // delivered or not
	Indicator   = "indicator"   // a figure agreed and observed
)

// The directions of an indicator.
const (
	AtLeast = "at_least"
	AtMost  = "at_most"
)

// Item is one thing a milestone promises. The weights of a milestone's items sum to 10,000
// basis points. A proportional indicator earns its weight in the share observed ÷ target, up to
// the whole; any other item earns all or nothing.
type Item struct {
	Kind         string
	Name         string
	Target       string // decimal, indicators only
	Unit         string
	Direction    string // indicators only
	Proportional bool   // at_least indicators only
	WeightBP     int
}

// wholeBP is the sum of the weights of a milestone's items.
const wholeBP = 10000

// maxItems bounds a milestone: what one inspection can honestly check.
const maxItems = 40

// Evidence is what a supplier shows for a delivery: a stored file or a counted record.
type Evidence struct {
	FileID   ident.FileID
	Title    string
	Note     string
	Count    int // how many records it holds, when it can be counted
	At       time.Time
	PersonID ident.PersonID
}

// maxEvidence bounds the evidence of one milestone.
const maxEvidence = 50

func checkItems(bad *fault.Error, path string, items []Item) *fault.Error {
	if len(items) == 0 || len(items) > maxItems {
		return bad.At(path+"items", "count", "between 1 and "+strconv.Itoa(maxItems))
	}
	total := 0
	for i, it := range items {
		p := path + "items[" + strconv.Itoa(i) + "]."
		if strings.TrimSpace(it.Name) == "" {
			bad = bad.At(p+"name", "required", "say what is delivered")
		}
		if it.WeightBP <= 0 || it.WeightBP > wholeBP {
			bad = bad.At(p+"weightBp", "range", "between 1 and 10000")
		}
		total += it.WeightBP
		bad = checkItemKind(bad, p, it)
	}
	if total != wholeBP {
		bad = bad.At(path+"items", "weights", "weights must sum to 10000, not "+strconv.Itoa(total))
	}
	return bad
}

func checkItemKind(bad *fault.Error, p string, it Item) *fault.Error {
	switch it.Kind {
	case Deliverable:
		if it.Target != "" || it.Direction != "" || it.Proportional {
			bad = bad.At(p+"kind", "deliverable", "a deliverable has no target")
		}
	case Indicator:
		target, ok := ratOf(it.Target)
		if !ok || (it.Proportional && target.Sign() == 0) {
			bad = bad.At(p+"target", "form", "a figure such as 95 or 0.9")
		}
		if it.Direction != AtLeast && it.Direction != AtMost {
			bad = bad.At(p+"direction", "unknown", "at_least or at_most")
		}
		if it.Proportional && it.Direction != AtLeast {
			bad = bad.At(p+"proportional", "direction", "only an at_least indicator pays in proportion")
		}
	default:
		bad = bad.At(p+"kind", "unknown", "deliverable or indicator")
	}
	return bad
}

// Start begins the work. Fault milestone.transition_refused.
func (m *Milestone) Start() error { return m.move("start", "") }

// Attach adds evidence. Faults: milestone.evidence_full, milestone.transition_refused.
func (m *Milestone) Attach(e Evidence) error {
	if err := m.move("attach", ""); err != nil {
		return err
	}
	if len(m.Evidence) >= maxEvidence {
		return fault.Conflict("milestone.evidence_full", "at most "+strconv.Itoa(maxEvidence)+" pieces")
	}
	if strings.TrimSpace(e.Title) == "" || e.Count < 0 {
		return fault.Invalid("milestone.evidence_invalid", "evidence has a title").At("title", "required", "name the evidence")
	}
	m.Evidence = append(m.Evidence, e)
	return nil
}

// Submit reports the delivery; inspectBy is the last day to inspect. Faults:
// milestone.no_evidence, milestone.delivery_date, milestone.transition_refused.
func (m *Milestone) Submit(delivered calendar.Date, at time.Time, inspectBy calendar.Date) error {
	if len(m.Evidence) == 0 {
		return fault.Conflict("milestone.no_evidence", "show something for the delivery first")
	}
	if delivered.IsZero() || delivered.After(calendar.DateOf(at)) {
		return fault.Invalid("milestone.delivery_date", "the day of delivery is today or earlier").
			At("deliveredOn", "future", "today or earlier")
	}
	if err := m.move("submit", ""); err != nil {
		return err
	}
	m.SubmittedAt, m.DeliveredOn, m.InspectBy = &at, delivered, inspectBy
	return nil
}

// Inspect begins the inspection. Fault milestone.transition_refused.
func (m *Milestone) Inspect(by ident.PersonID) error {
	if err := m.move("inspect", ""); err != nil {
		return err
	}
	m.InspectedBy = by
	return nil
}

// Return sends an incomplete delivery back. Faults: milestone.reason_required,
// milestone.transition_refused.
func (m *Milestone) Return(reason string) error {
	if err := m.move("return", reason); err != nil {
		return err
	}
	m.Rework++
	return nil
}

// Rework goes back to work after a rejection. Fault milestone.transition_refused.
func (m *Milestone) StartRework() error { return m.move("rework", "") }

// Drop gives up a milestone that will not be performed. Faults: milestone.reason_required,
// milestone.transition_refused.
func (m *Milestone) Drop(reason string) error { return m.move("drop", reason) }

// PublishAcceptance makes the result public and the amount payable. Fault
// milestone.transition_refused.
func (m *Milestone) PublishAcceptance() error { return m.move("publish", "") }

// Settle marks that what was accepted has been paid. Fault milestone.transition_refused.
func (m *Milestone) Settle(at time.Time) error {
	if err := m.move("settle", ""); err != nil {
		return err
	}
	m.SettledAt = &at
	return nil
}

func (m *Milestone) move(action, reason string) error {
	row, err := MilestoneMachine.Fire(m.Status, action, reason)
	if err != nil {
		return err
	}
	m.Status = row.To
	if reason != "" {
		m.StatusReason = reason
	}
	return nil
}

// Overdue tells whether the delivery is late on a day: a fact of the clock, never stored.
func (m *Milestone) Overdue(today calendar.Date) bool {
	open := m.Status == Scheduled || m.Status == InProgress || m.Status == Rejected
	return open && today.After(m.DueOn)
}

// share tells what part of an item's weight was earned.
func (it Item) share(f Finding) (*big.Rat, error) {
	none, all := new(big.Rat), big.NewRat(1, 1)
	if it.Kind == Deliverable {
		if f.Met {
			return all, nil
		}
		return none, nil
	}
	observed, ok := ratOf(f.Observed)
	if !ok {
		return nil, fault.Invalid("acceptance.finding_invalid", "the observed figure of "+it.Name+" is missing")
	}
	target, _ := ratOf(it.Target)
	met := observed.Cmp(target) >= 0
	if it.Direction == AtMost {
		met = observed.Cmp(target) <= 0
	}
	switch {
	case met:
		return all, nil
	case it.Proportional:
		return new(big.Rat).Quo(observed, target), nil
	default:
		return none, nil
	}
}
