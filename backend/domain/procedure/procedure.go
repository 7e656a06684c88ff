// Package procedure describes a method of purchase as a row of configuration, and the words that
// tenders, bids and their evaluation share: envelope kinds, points, criteria, terms.
package procedure

import (
	"linli/backend/domain/fault"
	"linli/backend/domain/money"
)

// EnvelopeKind names what one envelope holds.
type EnvelopeKind string

// The envelopes. Each is sealed on its own to the key of its lot and kind.
const (
	EnvelopeQualification EnvelopeKind = "qualification"
	EnvelopeTechnical     EnvelopeKind = "technical"
	EnvelopePrice         EnvelopeKind = "price"
	EnvelopeFinal         EnvelopeKind = "final" // the final offer of a consultation
)

// Ceremony is one opening: the kinds of envelopes whose keys are put together in it.
type Ceremony struct {
	Code  string // "opening", "price"
	Kinds []EnvelopeKind
}

// Procedure is a method of purchase as a row of configuration. It is copied onto every tender
// that uses it, with the numbers that were in force and their rule version: a later change of
// the rules never reaches back.
type Procedure struct {
	Code       string
	NameZH     string
	NameEN     string
	Track      string // "G"
	Method     string // domain handbook §5.2
	OCDSMethod string
	First      []EnvelopeKind // required with the first response
	Final      []EnvelopeKind // required in the final round; empty for a method without one
	Ceremonies []Ceremony
	RuleNames  Names
	Terms      Terms
}

// Kinds lists every envelope kind that needs a key.
func (p Procedure) Kinds() []EnvelopeKind {
	return append(append([]EnvelopeKind(nil), p.First...), p.Final...)
}

// Ceremony finds a ceremony by its code. Fault tender.ceremony_unknown.
func (p Procedure) Ceremony(code string) (Ceremony, error) {
	for _, c := range p.Ceremonies {
		if c.Code == code {
			return c, nil
		}
	}
	return Ceremony{}, fault.NotFound("tender.ceremony_unknown", "procedure "+p.Code+" has no ceremony "+code)
}

// Validate holds a configuration row to its schema: every envelope is opened exactly once,
// and what is bid first is opened first. Fault tender.procedure_malformed.
func (p Procedure) Validate() error {
	bad := func(what string) error { return fault.Invalid("tender.procedure_malformed", p.Code+": "+what) }
	if p.Code == "" || p.NameZH == "" || p.NameEN == "" || len(p.First) == 0 || len(p.Ceremonies) == 0 {
		return bad("code, names, envelopes and ceremonies are required")
	}
	opened := map[EnvelopeKind]int{}
	for _, c := range p.Ceremonies {
		for _, k := range c.Kinds {
			opened[k]++
		}
	}
	kinds := p.Kinds()
	if len(opened) != len(kinds) {
		return bad("ceremonies and envelopes differ")
	}
	for _, k := range kinds {
		if opened[k] != 1 {
			return bad("envelope " + string(k) + " is not opened exactly once")
		}
	}
	return nil
}

// Names ties each number of Terms to its entry in the rulebook.
type Names struct {
	ResponseDays, ClarifyDays, MinSuppliers, MinContinue string
	PriceWeightMin, PriceWeightMax, CommitteeMin         string
}

// Terms are the numbers one tender follows: days are calendar days unless they say working.
type Terms struct {
	RuleVersion          string
	IntentionDays        int
	ResponseDays         int
	ClarifyDays          int
	DocumentWorkingDays  int
	MinSuppliers         int // wanted at the deadline
	MinContinue          int // with fewer the lot fails
	PriceWeightMin       int // points
	PriceWeightMax       int
	CommitteeMin         int
	ExpertNum, ExpertDen int // least share of experts
	LowMeanPct           int
	LowSecondPct         int
	LowCeilingPct        int
	LowPctMax            int
	LowReviewMinutes     int
	DeductMinBp          int
	DeductMaxBp          int
	BidBondMaxBp         int
	PerformanceMaxBp     int
	ReserveLimitFen      money.Fen
	TermMonths           int
	TermMonthsLong       int
	SimilarContracts     int // most that a qualification may ask for
	ReportWorkingDays    int
	ConfirmWorkingDays   int
	AnnounceWorkingDays  int
	NoticeWorkingDays    int // how long a result stays announced
	InquiryWorkingDays   int
	ChallengeWorkingDays int
	AnswerWorkingDays    int
	ComplaintWorkingDays int
	SignDays             int
	PublishWorkingDays   int // contract
	FileWorkingDays      int
}

// All lists every configured procedure. A new method is a new row.
func All() []Procedure {
	return []Procedure{{
		Code: "consultation.services", NameZH: "竞争性磋商（政府购买服务）", NameEN: "Competitive consultation (government purchase of services)",
		Track: "G", Method: "consultation", OCDSMethod: "selective",
		First: []EnvelopeKind{EnvelopeQualification, EnvelopeTechnical, EnvelopePrice},
		Final: []EnvelopeKind{EnvelopeFinal},
		Ceremonies: []Ceremony{
			{Code: "opening", Kinds: []EnvelopeKind{EnvelopeQualification, EnvelopeTechnical}},
			{Code: "price", Kinds: []EnvelopeKind{EnvelopePrice, EnvelopeFinal}},
		},
		RuleNames: Names{
			ResponseDays: "CONSULTATION_RESPONSE_DAYS", ClarifyDays: "CONSULTATION_CLARIFICATION_DAYS",
			MinSuppliers: "CONSULTATION_MIN_SUPPLIERS", MinContinue: "CONSULTATION_MIN_CONTINUE",
			PriceWeightMin: "PRICE_WEIGHT_CONSULTATION_SERVICES_MIN", PriceWeightMax: "PRICE_WEIGHT_CONSULTATION_SERVICES_MAX",
			CommitteeMin: "COMMITTEE_CONSULTATION_MIN",
		},
	}}
}

// Of finds a procedure by code. Fault tender.procedure_unknown.
func Of(code string) (Procedure, error) {
	for _, p := range All() {
		if p.Code == code {
			return p, p.Validate()
		}
	}
	return Procedure{}, fault.Invalid("tender.procedure_unknown", "no procedure "+code)
}
