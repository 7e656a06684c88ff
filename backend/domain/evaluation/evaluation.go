package evaluation

import (
	"time"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
)

// Evaluation is the record of judging one lot: verdicts, low-price reviews, prices and ranking.
type Evaluation struct {
	LotID         ident.LotID
	TenderID      ident.TenderID
	Qualification []Verdict
	Conformity    []Verdict
	Reviews       []LowPriceReview
	Prices        []Price
	Standings     []Standing
	RuleVersion   string
	Version       int64
}

// Verdict is pass or fail of one bid in one check, with a reason for each failure.
type Verdict struct {
	BidID  ident.BidID
	Passed bool
	Reason string
	By     ident.PersonID
	At     time.Time
}

// LowPriceReview is the review of one abnormally low price: what triggered it, the supplier's
// proof of cost, and the committee's decision.
type LowPriceReview struct {
	BidID     ident.BidID
	Triggers  []string
	ProofBy   time.Time // the supplier gets at least the lawful minutes
	Proof     string
	ProvedAt  *time.Time
	Accepted  *bool
	Reason    string
	DecidedBy ident.PersonID
	DecidedAt *time.Time
}

// Price is what the price ceremony brought to light about one bid.
type Price struct {
	BidID     ident.BidID
	First     money.Fen
	Final     money.Fen
	Corrected string // rule of D-09 that changed the quote; "" when it was consistent
	Confirmed bool   // the bidder agreed to the corrected price in writing
	SizeClass string
}

// ReviewOf finds the low-price review of a bid; nil when there is none.
func (e *Evaluation) ReviewOf(b ident.BidID) *LowPriceReview {
	for i := range e.Reviews {
		if e.Reviews[i].BidID == b {
			return &e.Reviews[i]
		}
	}
	return nil
}

// PriceOf finds the price of a bid; nil when there is none.
func (e *Evaluation) PriceOf(b ident.BidID) *Price {
	for i := range e.Prices {
		if e.Prices[i].BidID == b {
			return &e.Prices[i]
		}
	}
	return nil
}

// StandingOf finds a bid in the ranking; nil when it is not ranked.
func (e *Evaluation) StandingOf(b ident.BidID) *Standing {
	for i := range e.Standings {
		if e.Standings[i].BidID == b {
			return &e.Standings[i]
		}
	}
	return nil
}

// Prove records the supplier's proof of cost. Faults: evaluation.review_unknown,
// evaluation.review_over when the time is up or the review decided.
func (e *Evaluation) Prove(b ident.BidID, text string, at time.Time) error {
	r := e.ReviewOf(b)
	if r == nil {
		return fault.NotFound("evaluation.review_unknown", "price of this bid is not under review")
	}
	if r.Accepted != nil || at.After(r.ProofBy) {
		return fault.Conflict("evaluation.review_over", "time for the proof is over")
	}
	r.Proof, r.ProvedAt = text, &at
	return nil
}

// Decide closes a review. Without a proof the price cannot be accepted; before the time is up
// only a given proof can be judged. Faults: evaluation.review_unknown, evaluation.review_over,
// evaluation.proof_missing, evaluation.proof_pending.
func (e *Evaluation) Decide(b ident.BidID, accept bool, reason string, by ident.PersonID, at time.Time) error {
	r := e.ReviewOf(b)
	if r == nil {
		return fault.NotFound("evaluation.review_unknown", "price of this bid is not under review")
	}
	if r.Accepted != nil {
		return fault.Conflict("evaluation.review_over", "review is decided")
	}
	if r.ProvedAt == nil && !at.After(r.ProofBy) {
		return fault.Conflict("evaluation.proof_pending", "supplier may still prove its cost")
	}
	if accept && r.ProvedAt == nil {
		return fault.Conflict("evaluation.proof_missing", "no proof, no acceptance")
	}
	r.Accepted, r.Reason, r.DecidedBy, r.DecidedAt = &accept, reason, by, &at
	return nil
}

// CheckVerdicts wants exactly one verdict for every bid, with a reason for each failure. Faults:
// evaluation.verdict_missing, evaluation.reason_missing.
func CheckVerdicts(given []Verdict, bids []ident.BidID) error {
	if len(given) != len(bids) {
		return fault.Invalid("evaluation.verdict_missing", "one verdict per bid").At("verdicts", "missing", "judge every bid")
	}
	for _, id := range bids {
		found := false
		for _, v := range given {
			if v.BidID != id {
				continue
			}
			found = true
			if !v.Passed && v.Reason == "" {
				return fault.Invalid("evaluation.reason_missing", "a failed bid needs a reason").At("verdicts", "reason", "give the reason")
			}
		}
		if !found {
			return fault.Invalid("evaluation.verdict_missing", "no verdict for "+string(id)).At("verdicts", "missing", "judge every bid")
		}
	}
	return nil
}

// CheckSuppliers guards going on with a number of suppliers: below the number that may continue
// the lot must be failed. Fault tender.too_few_suppliers.
func CheckSuppliers(n int, terms procedure.Terms) error {
	if n < terms.MinContinue {
		return fault.Conflict("tender.too_few_suppliers", "fewer suppliers than may continue")
	}
	return nil
}
