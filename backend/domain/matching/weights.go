package matching

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
)

// Whole is one hundred per cent in basis points: what the six weights sum to.
const Whole = 10_000

// The states of a set of weights. In force is the one approved last.
const (
	WeightsProposed = "proposed"
	WeightsApproved = "approved"
	WeightsRejected = "rejected"
)

// WeightsMachine is the lifecycle of a set of weights: one person proposes, another decides.
var WeightsMachine = lifecycle.Machine{
	Name: "weights", Initial: WeightsProposed,
	States: []lifecycle.State{
		{Code: WeightsProposed, ZH: "待审批", EN: "Proposed"},
		{Code: WeightsApproved, ZH: "已批准", EN: "Approved", Final: true},
		{Code: WeightsRejected, ZH: "未批准", EN: "Rejected", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: WeightsProposed, Action: "approve", To: WeightsApproved, Permission: access.WeightsApprove, Notice: true, Reason: true},
		{From: WeightsProposed, Action: "reject", To: WeightsRejected, Permission: access.WeightsApprove, Reason: true},
	},
}

// Values are the numbers of a set of weights: what each term is worth, summing to Whole, and
// the constants of the terms (docs/matching.md). All but TrackShrink are basis points.
type Values struct {
	Fit, Reach, Slack, Grade, Track, Price int32

	FitPerLevelUp   int32 // lost per level when the supplier lists a broader category
	FitPerLevelDown int32 // lost per level when it lists a narrower one
	ReachUnknown    int32 // value of a distance nobody knows
	PriceFull       int32 // share under the cap at which the price term is full
	PriceUnknown    int32 // value of a price nobody knows
	TrackMean       int32 // mean rating of the city
	TrackShrink     int32 // ratings at which a supplier's own record counts half
}

// Sum adds the six weights.
func (v Values) Sum() int64 {
	return int64(v.Fit) + int64(v.Reach) + int64(v.Slack) + int64(v.Grade) + int64(v.Track) + int64(v.Price)
}

// Weights is a versioned set of values with the reasons for it.
type Weights struct {
	ID         ident.WeightsID
	Code       string // QZ-2026-000001; BuiltIn for the one that ships
	Values     Values
	Rationale  string
	Status     string
	Reason     string // of the decision
	ProposedBy ident.PersonID
	ProposedAt time.Time
	DecidedBy  ident.PersonID
	DecidedAt  *time.Time
	Version    int64
}

// BuiltInCode names the weights in force until an installation approves its own.
const BuiltInCode = "QZ-2026-01"

// BuiltIn is the set that ships: nearness and fit first, because a service that nobody can
// walk to is not used; own record as much as fit, shrunk for the few-rated; price least,
// because the purchase itself asks about price.
func BuiltIn() Weights {
	return Weights{
		Code: BuiltInCode, Status: WeightsApproved,
		Rationale: "nearness and fit first, then the record; price least, the purchase itself asks about it",
		Values: Values{
			Fit: 2000, Reach: 2500, Slack: 1500, Grade: 1000, Track: 2000, Price: 1000,
			FitPerLevelUp: 2500, FitPerLevelDown: 4000, ReachUnknown: 2000,
			PriceFull: 3000, PriceUnknown: 5000, TrackMean: 8000, TrackShrink: 5,
		},
	}
}

// Limits of what is written.
const (
	maxRationale = 1000
	maxReason    = 500
	maxShrink    = 1000
)

// ProposeWeights opens a set for decision. Faults: weights.invalid with the fields,
// weights.sum when the six do not make Whole.
func ProposeWeights(w Weights) (*Weights, error) {
	w.Status, w.Rationale = WeightsMachine.Initial, strings.TrimSpace(w.Rationale)
	bad := fault.Invalid("weights.invalid", "the weights do not hold")
	if n := utf8.RuneCountInString(w.Rationale); n == 0 || n > maxRationale {
		bad = bad.At("rationale", "length", "1 to 1,000 characters")
	}
	v := w.Values
	for _, f := range []struct {
		path     string
		value    int32
		min, max int32
	}{
		{"fit", v.Fit, 0, Whole}, {"reach", v.Reach, 0, Whole}, {"slack", v.Slack, 0, Whole}, {"grade", v.Grade, 0, Whole},
		{"track", v.Track, 0, Whole}, {"price", v.Price, 0, Whole},
		{"fitPerLevelUp", v.FitPerLevelUp, 0, Whole}, {"fitPerLevelDown", v.FitPerLevelDown, 0, Whole},
		{"reachUnknown", v.ReachUnknown, 0, Whole}, {"priceFull", v.PriceFull, 1, Whole}, {"priceUnknown", v.PriceUnknown, 0, Whole},
		{"trackMean", v.TrackMean, 0, Whole}, {"trackShrink", v.TrackShrink, 1, maxShrink},
	} {
		if f.value < f.min || f.value > f.max {
			bad = bad.At("values."+f.path, "range", "out of range")
		}
	}
	if len(bad.Fields) > 0 {
		return nil, bad
	}
	if sum := v.Sum(); sum != Whole {
		return nil, fault.Invalid("weights.sum", "the six weights do not sum to 10,000").At("values", "sum", "10,000 points in all")
	}
	return &w, nil
}

// Decide approves or rejects by another person than the proposer. Faults:
// weights.same_person, weights.reason_required, weights.transition_refused.
func (w *Weights) Decide(action, reason string, by ident.PersonID, at time.Time) error {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > maxReason {
		return fault.Invalid("weights.invalid", "reason too long").At("reason", "length", "1 to 500 characters")
	}
	row, err := WeightsMachine.Fire(w.Status, action, reason)
	if err != nil {
		return err
	}
	if by == w.ProposedBy {
		return fault.Conflict("weights.same_person", "who proposes weights does not approve them")
	}
	w.Status, w.Reason, w.DecidedBy, w.DecidedAt = row.To, reason, by, &at
	return nil
}

// HashText is the SHA-256 of a canonical text in lower-case hex.
func HashText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Canonical writes a value as JSON with fields in declaration order: the same value gives the
// same bytes.
func Canonical(v any) (string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return "", fault.Internal("inputs of a matching do not marshal", err)
	}
	return string(text), nil
}
