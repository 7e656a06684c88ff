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

// Acceptance is the record of one inspection, item by item, with what follows from it. It is
// written once; only its publication is added.
type Acceptance struct {
	ID           ident.AcceptanceID
	Version      int64
	Code         string // YS-2026-000001
	MilestoneID  ident.MilestoneID
	ContractID   ident.ContractID
	ProjectID    ident.ProjectID
	Round        int // 1 for the first inspection
	Findings     []Finding
	Result       string // accepted, partially_accepted, rejected
	PayableFen   money.Fen
	UsersOpinion string // the buyer's summary of what the people served say
	Satisfied    int    // of the opinions given up to the decision
	Rated        int
	Deemed       bool // the buyer was silent past the period
	InspectorID  ident.PersonID
	Inspector    string
	Reason       string
	DecidedAt    time.Time
	DueFrom      calendar.Date // the day the payment clock starts
	PublishedAt  *time.Time
	RuleVersion  string
}

// Finding is the inspector's word on one item, in the order of the milestone's items.
type Finding struct {
	Observed string // the figure, indicators only
	Met      bool   // computed for indicators
	Note     string
}

// Assessment is what findings lead to.
type Assessment struct {
	Findings   []Finding
	PayableFen money.Fen
	AllMet     bool
}

// Assess computes the verdicts and the payable amount: Σ weight × earned share of the amount,
// rounded once, half-up, to the fen. Fault acceptance.finding_invalid.
func (m *Milestone) Assess(findings []Finding) (Assessment, error) {
	if len(findings) != len(m.Items) {
		return Assessment{}, fault.Invalid("acceptance.finding_invalid", "one finding for each item").
			At("findings", "count", "expected "+strconv.Itoa(len(m.Items)))
	}
	earned, all := new(big.Rat), true
	out := Assessment{Findings: make([]Finding, len(findings))}
	for i, it := range m.Items {
		share, err := it.share(findings[i])
		if err != nil {
			if f, ok := fault.As(err); ok {
				return Assessment{}, f.At("findings["+strconv.Itoa(i)+"].observed", "required", "the figure that was observed")
			}
			return Assessment{}, err
		}
		met := share.Cmp(big.NewRat(1, 1)) == 0
		all = all && met
		out.Findings[i] = Finding{Observed: findings[i].Observed, Met: met, Note: strings.TrimSpace(findings[i].Note)}
		earned.Add(earned, share.Mul(share, big.NewRat(int64(it.WeightBP), wholeBP)))
	}
	payable, err := mulRat(m.AmountFen, earned)
	out.PayableFen, out.AllMet = payable, all
	return out, err
}

// mulRat multiplies an amount by a non-negative ratio of any size, rounded once, half-up.
func mulRat(f money.Fen, q *big.Rat) (money.Fen, error) {
	num := new(big.Int).Mul(big.NewInt(int64(f)), q.Num())
	num.Mul(num, big.NewInt(2)).Add(num, q.Denom())
	num.Div(num, new(big.Int).Mul(q.Denom(), big.NewInt(2)))
	if !num.IsInt64() {
		return 0, fault.Invalid("money.overflow", "amount out of range")
	}
	return money.Fen(num.Int64()), nil
}

// Decide closes an inspection with accept, accept_partly or reject. The word must fit the
// findings: acceptance needs every item met, partial acceptance something earned and something
// missed, rejection something missed. Faults: acceptance.does_not_fit naming the payable amount,
// milestone.reason_required, milestone.transition_refused.
func (m *Milestone) Decide(action, reason string, a Assessment) (payable money.Fen, err error) {
	fits := map[string]bool{
		"accept":        a.AllMet,
		"accept_partly": !a.AllMet && a.PayableFen > 0,
		"reject":        !a.AllMet,
	}
	ok, known := fits[action]
	if !known {
		return 0, fault.Internal("no verdict "+action, nil)
	}
	if !ok {
		return 0, fault.Conflict("acceptance.does_not_fit", action+" does not fit the findings").
			With("action", action).With("payable", a.PayableFen.String())
	}
	if err := m.move(action, reason); err != nil {
		return 0, err
	}
	if action == "reject" {
		m.Rework++
		return 0, nil
	}
	return a.PayableFen, nil
}

// Deem accepts the whole milestone because the buyer was silent past the inspection period.
// Faults: milestone.inspection_open naming the last day, milestone.transition_refused.
func (m *Milestone) Deem(today calendar.Date) (Assessment, error) {
	if !m.InspectBy.IsZero() && !today.After(m.InspectBy) {
		return Assessment{}, fault.Conflict("milestone.inspection_open", "the buyer may inspect until "+m.InspectBy.String()).
			With("day", m.InspectBy.String())
	}
	if err := m.move("deem", ""); err != nil {
		return Assessment{}, err
	}
	out := Assessment{PayableFen: m.AmountFen, AllMet: true}
	for _, it := range m.Items {
		out.Findings = append(out.Findings, Finding{Observed: it.Target, Met: true})
	}
	return out, nil
}

// DueFrom is the day the payment clock starts: the delivery, unless the inspection was
// agreed and finished in time, and never later than the end of the inspection period.
func (m *Milestone) DueFrom(decided calendar.Date, fromAcceptance bool) calendar.Date {
	if !fromAcceptance {
		return m.DeliveredOn
	}
	if decided.After(m.InspectBy) {
		return m.InspectBy
	}
	return decided
}

// Publish makes the record public. Faults: acceptance.published.
func (a *Acceptance) Publish(at time.Time) error {
	if a.PublishedAt != nil {
		return fault.Conflict("acceptance.published", "the result is public already")
	}
	a.PublishedAt = &at
	return nil
}
