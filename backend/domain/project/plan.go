package project

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/rulebook"
)

// Method is how suppliers are chosen (domain handbook §5.2).
type Method string

// The methods a plan may name.
const (
	MethodOpen         Method = "open_tender"
	MethodInvited      Method = "invited"
	MethodConsultation Method = "consultation"
	MethodNegotiation  Method = "negotiation"
	MethodRFQ          Method = "rfq"
	MethodDirect       Method = "direct"
	MethodFramework    Method = "framework"
	MethodCommunity    Method = "community_decision" // tracks C and F: council or fund committee
)

var methodsOf = map[Track][]Method{
	TrackGovernment: {MethodOpen, MethodInvited, MethodConsultation, MethodNegotiation, MethodDirect, MethodFramework},
	TrackCommunity:  {MethodCommunity},
	TrackFund:       {MethodCommunity},
}

// Plan is the implementation plan 实施计划 that is filed before sourcing.
type Plan struct {
	Method   Method
	Approval string // number of the finance bureau's approval of another method, where there is one
	StartsOn calendar.Date
	EndsOn   calendar.Date // last day of service, renewals included
	Term     TermConditions
	Answers  []Answer // the negative list of the track, every item answered
	Labour   Labour
	SME      SMEPolicy
	// What a supplier must bring, in the words of the directory; also gates of the matching.
	MinAssessment  int      // 评估等级 1 … 5, 0 for none
	Qualifications []string // codes of required certificates
	RuleVersion    string   // the rules the plan was checked against
	FiledBy        ident.PersonID
	FiledAt        time.Time
}

// TermConditions are the four conditions of a term beyond the normal one (G-05).
type TermConditions struct {
	ContentStable, Continuous, FundingStable, SmallPriceChange bool
}

func (t TermConditions) all() bool {
	return t.ContentStable && t.Continuous && t.FundingStable && t.SmallPriceChange
}

// Answer is the declared answer to one item of the negative list; Hit means it applies.
type Answer struct {
	Item string
	Hit  bool
}

// NegativeItems lists what may not be bought on a track, by code (domain handbook §9).
func NegativeItems(t Track) []string {
	switch t {
	case TrackGovernment:
		return []string{"not_government_duty", "core_government_duty", "goods_or_works", "financing", "hiring", "other_by_law"}
	case TrackCommunity:
		return []string{"private_cost", "someone_else_liable", "government_own_duty", "gifts_or_banquets", "debts", "commercial_investment"}
	case TrackFund:
		return []string{"not_charitable", "related_beneficiary", "commercial_investment"}
	default:
		return nil
	}
}

// Labour describes people who would work for the buyer; it tells a service from disguised
// employment.
type Labour struct {
	Heads          int       // people asked for by number; 0 when the result is bought
	MonthlyPayFen  money.Fen // pay per head and month, where the price is made of it
	ManagedByBuyer bool
}

// disguised is true for N people with monthly pay under the buyer's management (§9.1).
func (l Labour) disguised() bool { return l.Heads > 0 && l.MonthlyPayFen > 0 && l.ManagedByBuyer }

// SMEPolicy says how the plan serves small and medium enterprises (G-08).
type SMEPolicy struct {
	Suitable        bool   // the content suits small and medium enterprises
	ReserveShare    string // share reserved, an exact decimal "0.30"; "1" for the whole; "" for none
	MicroShare      string // share of the reserve for micro and small ones
	SocialOnly      bool   // meant for social organisations
	ExemptionNumber string // number of the recorded exemption
	ExemptionReason string
}

func (s SMEPolicy) exempt() bool {
	return strings.TrimSpace(s.ExemptionNumber) != "" && strings.TrimSpace(s.ExemptionReason) != ""
}

// Purchase is one buying of a fiscal year, for the splitting check.
type Purchase struct {
	BudgetItem string // function and economy code of the line
	Category   string
	Method     Method
	Approved   bool // a recorded approval or budget adjustment leaves it out of the sum
	AmountFen  money.Fen
}

// CheckSplitting refuses a purchase with which the same budget item and category, bought by
// non-open methods in one fiscal year, would exceed the open-tender threshold (G-07,
// 化整为零). Fault project.splitting.
func CheckSplitting(earlier []Purchase, next Purchase, threshold money.Fen) error {
	if next.Method == MethodOpen || next.Approved {
		return nil
	}
	sum := next.AmountFen
	for _, p := range earlier {
		if p.BudgetItem != next.BudgetItem || p.Category != next.Category || p.Method == MethodOpen || p.Approved {
			continue
		}
		var err error
		if sum, err = money.Add(sum, p.AmountFen); err != nil {
			return err
		}
	}
	if sum > threshold {
		return fault.Conflict("project.splitting", "non-open purchases of the year come to "+sum.String()).
			With("sum", sum.String()).With("threshold", threshold.String())
	}
	return nil
}

// FilePlan checks the plan by the rules of the day and files it. earlier holds the year's
// other purchases per budget item, for G-07. Faults: project.method_unknown,
// project.open_tender_required (G-06), project.term_invalid, project.term_conditions (G-05),
// project.screening_incomplete, project.negative_list (G-04), project.disguised_employment,
// project.sme_reserve_required, project.sme_exemption_required (G-08), project.splitting
// (G-07), rule.unknown, and those of Fire.
func (p *Project) FilePlan(plan Plan, next, earlier []Purchase, rules rulebook.Rules) error {
	if _, err := Machine.Fire(p.Status, ActPlan, ""); err != nil {
		return err
	}
	amount, err := p.BudgetFen()
	if err != nil {
		return err
	}
	for _, check := range []func() error{
		func() error { return plan.checkTerm(rules) },
		func() error { return plan.checkNegativeList(p.Track) },
		func() error { return plan.checkMethod(p.Track, amount, rules) },
		func() error { return plan.checkSME(p.Track, amount, rules) },
		func() error { return checkAllSplitting(p.Track, next, earlier, rules) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	plan.RuleVersion = rules.Version
	plan.Qualifications = slices.Compact(slices.Sorted(slices.Values(plan.Qualifications)))
	filed := plan.FiledAt
	p.Plan, p.PlannedAt = &plan, &filed
	_, err = p.Fire(ActPlan, "")
	return err
}

func (plan Plan) checkTerm(rules rulebook.Rules) error {
	if plan.StartsOn.IsZero() || plan.EndsOn.IsZero() || plan.EndsOn.Before(plan.StartsOn) {
		return fault.Invalid("project.term_invalid", "the term has no first or last day, or ends before it starts").
			At("endsOn", "range", "the last day lies on or after the first")
	}
	if plan.MinAssessment < 0 || plan.MinAssessment > 5 {
		return fault.Invalid("project.invalid", "grade out of range").At("minAssessment", "range", "0 to 5")
	}
	normal, err := rules.Int("TERM_MAX_YEARS")
	if err != nil {
		return err
	}
	longest, err := rules.Int("TERM_MAX_YEARS_RENEWED")
	if err != nil {
		return err
	}
	allowed, code := normal, "project.term_conditions"
	if plan.Term.all() {
		allowed, code = longest, "project.term_too_long"
	}
	if last := plan.StartsOn.AddDate(allowed, 0, -1); plan.EndsOn.After(last) {
		return fault.Invalid(code, "the term ends after "+last.String()).
			At("endsOn", "range", "at most "+strconv.Itoa(allowed)+" years").
			With("last", last.String()).With("years", strconv.Itoa(allowed)).With("longest", strconv.Itoa(longest))
	}
	return nil
}

func (plan Plan) checkNegativeList(t Track) error {
	items := NegativeItems(t)
	answered := map[string]bool{}
	for _, a := range plan.Answers {
		if !slices.Contains(items, a.Item) {
			return fault.Invalid("project.screening_incomplete", "no item "+a.Item+" on track "+string(t)).At("answers", "unknown", a.Item)
		}
		if a.Hit {
			return fault.Conflict("project.negative_list", "the negative list says "+a.Item).With("item", a.Item)
		}
		answered[a.Item] = true
	}
	for _, item := range items {
		if !answered[item] {
			return fault.Invalid("project.screening_incomplete", "item "+item+" is not answered").
				At("answers", "required", item).With("item", item)
		}
	}
	if plan.Labour.disguised() {
		return fault.Conflict("project.disguised_employment", strconv.Itoa(plan.Labour.Heads)+" people on monthly pay under the buyer").
			With("heads", strconv.Itoa(plan.Labour.Heads))
	}
	return nil
}

func (plan Plan) checkMethod(t Track, amount money.Fen, rules rulebook.Rules) error {
	if !slices.Contains(methodsOf[t], plan.Method) {
		return fault.Invalid("project.method_unknown", string(plan.Method)+" is no method of track "+string(t)).
			At("method", "unknown", "a method of the track").With("method", string(plan.Method))
	}
	if t != TrackGovernment || plan.Method == MethodOpen || strings.TrimSpace(plan.Approval) != "" {
		return nil
	}
	threshold, err := rules.Fen("OPEN_TENDER_THRESHOLD")
	if err != nil {
		return err
	}
	if amount >= threshold {
		return fault.Conflict("project.open_tender_required", amount.String()+" reaches the open-tender threshold").
			With("threshold", threshold.String())
	}
	return nil
}

func (plan Plan) checkSME(t Track, amount money.Fen, rules rulebook.Rules) error {
	if t != TrackGovernment {
		return nil
	}
	s := plan.SME
	reserve, micro, err := s.shares()
	if err != nil {
		return err
	}
	if s.SocialOnly && (reserve.Sign() > 0 || !s.exempt()) {
		return fault.Conflict("project.sme_exemption_required", "a purchase meant for social organisations records an exemption and reserves nothing")
	}
	if !s.Suitable || s.exempt() {
		return nil
	}
	whole, err := rules.Fen("SME_RESERVE_WHOLE_MAX")
	if err != nil {
		return err
	}
	least, leastMicro := big.NewRat(1, 1), new(big.Rat)
	if amount > whole {
		if least, err = rules.Rat("SME_RESERVE_SHARE_MIN"); err != nil {
			return err
		}
		if leastMicro, err = rules.Rat("SME_RESERVE_MICRO_SHARE_MIN"); err != nil {
			return err
		}
	}
	if reserve.Cmp(least) < 0 || micro.Cmp(leastMicro) < 0 {
		return fault.Conflict("project.sme_reserve_required", "the reserve is too small").
			With("share", percent(least)).With("micro", percent(leastMicro))
	}
	return nil
}

func (s SMEPolicy) shares() (reserve, micro *big.Rat, err error) {
	if reserve, err = share("reserveShare", s.ReserveShare); err != nil {
		return nil, nil, err
	}
	micro, err = share("microShare", s.MicroShare)
	return reserve, micro, err
}

func share(path, text string) (*big.Rat, error) {
	if text == "" {
		return new(big.Rat), nil
	}
	q, ok := new(big.Rat).SetString(text)
	if !ok || strings.ContainsAny(text, "eE/") || len(text) > 8 || q.Sign() < 0 || q.Cmp(big.NewRat(1, 1)) > 0 {
		return nil, fault.Invalid("project.invalid", "not a share").At("sme."+path, "range", "a decimal between 0 and 1")
	}
	return q, nil
}

func percent(q *big.Rat) string {
	return strings.TrimSuffix(strings.TrimRight(new(big.Rat).Mul(q, big.NewRat(100, 1)).FloatString(2), "0"), ".")
}

func checkAllSplitting(t Track, next, earlier []Purchase, rules rulebook.Rules) error {
	if t != TrackGovernment {
		return nil
	}
	threshold, err := rules.Fen("OPEN_TENDER_THRESHOLD")
	if err != nil {
		return err
	}
	for _, n := range next {
		if err := CheckSplitting(earlier, n, threshold); err != nil {
			return err
		}
	}
	return nil
}

// Purchases turns the project's allocations into purchases of the plan, one per budget item.
// lines holds the lines it takes from.
func (p *Project) Purchases(plan Plan, lines map[ident.BudgetLineID]*Line) ([]Purchase, error) {
	at := map[string]int{}
	var out []Purchase
	for _, a := range p.Budget {
		line := lines[a.LineID]
		if line == nil {
			return nil, fault.Internal("allocation from an unknown line "+string(a.LineID), nil)
		}
		item := line.Item()
		i, seen := at[item]
		if !seen {
			i = len(out)
			at[item] = i
			out = append(out, Purchase{BudgetItem: item, Category: string(p.Category), Method: plan.Method, Approved: strings.TrimSpace(plan.Approval) != ""})
		}
		sum, err := money.Add(out[i].AmountFen, a.AmountFen)
		if err != nil {
			return nil, err
		}
		out[i].AmountFen = sum
	}
	return out, nil
}

// Item names the budget item of a line: fiscal year, function and economy code.
func (l *Line) Item() string {
	return strconv.Itoa(l.FiscalYear) + "/" + l.FunctionCode + "/" + l.EconomyCode
}

// Withdraw takes the plan back: the project is budgeted again. Faults of Fire.
func (p *Project) Withdraw(reason string) error {
	if _, err := p.Fire(ActReplan, reason); err != nil {
		return err
	}
	p.Plan, p.PlannedAt = nil, nil
	return nil
}

// Methods lists what a plan of a track may name.
func Methods(t Track) []Method { return slices.Clone(methodsOf[t]) }
