package procedure

import (
	"math/big"

	"linli/backend/domain/fault"
	"linli/backend/domain/money"
	"linli/backend/domain/rulebook"
)

// Resolve fills in the numbers in force: the procedure as it is copied onto a tender. Rules
// that did not exist yet on the date leave their number at zero only where the handbook says
// that there was none before (abnormally low prices, since 2026-02-01). Faults: rule.unknown,
// tender.procedure_malformed.
func (p Procedure) Resolve(r rulebook.Rules) (Procedure, error) {
	if err := p.Validate(); err != nil {
		return Procedure{}, err
	}
	t := Terms{RuleVersion: r.Version}
	read := reader{rules: r}
	n := p.RuleNames
	read.whole(&t.ResponseDays, n.ResponseDays)
	read.whole(&t.ClarifyDays, n.ClarifyDays)
	read.whole(&t.MinSuppliers, n.MinSuppliers)
	read.whole(&t.MinContinue, n.MinContinue)
	read.whole(&t.PriceWeightMin, n.PriceWeightMin)
	read.whole(&t.PriceWeightMax, n.PriceWeightMax)
	read.whole(&t.CommitteeMin, n.CommitteeMin)
	read.whole(&t.IntentionDays, "INTENTION_NOTICE_DAYS")
	read.whole(&t.DocumentWorkingDays, "DOCUMENTS_ON_OFFER_WORKING_DAYS")
	read.whole(&t.SimilarContracts, "SIMILAR_CONTRACTS_MAX")
	read.years(&t.TermMonths, "TERM_MAX_YEARS")
	read.years(&t.TermMonthsLong, "TERM_MAX_YEARS_RENEWED")
	read.fraction(&t.ExpertNum, &t.ExpertDen, "EXPERT_SHARE_MIN")
	read.part(&t.DeductMinBp, 10_000, "SME_DEDUCT_MIN")
	read.part(&t.DeductMaxBp, 10_000, "SME_DEDUCT_MAX")
	read.part(&t.BidBondMaxBp, 10_000, "BID_BOND_SHARE_MAX")
	read.part(&t.PerformanceMaxBp, 10_000, "PERFORMANCE_BOND_SHARE_MAX")
	read.fen(&t.ReserveLimitFen, "SME_RESERVE_WHOLE_MAX")
	read.whole(&t.ReportWorkingDays, "AWARD_REPORT_WORKING_DAYS")
	read.whole(&t.ConfirmWorkingDays, "AWARD_CONFIRM_WORKING_DAYS")
	read.whole(&t.AnnounceWorkingDays, "AWARD_ANNOUNCE_WORKING_DAYS")
	read.whole(&t.NoticeWorkingDays, "AWARD_ANNOUNCEMENT_WORKING_DAYS")
	read.whole(&t.InquiryWorkingDays, "INQUIRY_ANSWER_WORKING_DAYS")
	read.whole(&t.ChallengeWorkingDays, "CHALLENGE_WORKING_DAYS")
	read.whole(&t.AnswerWorkingDays, "CHALLENGE_ANSWER_WORKING_DAYS")
	read.whole(&t.ComplaintWorkingDays, "COMPLAINT_WORKING_DAYS")
	read.whole(&t.SignDays, "CONTRACT_SIGN_DAYS")
	read.whole(&t.PublishWorkingDays, "CONTRACT_PUBLISH_WORKING_DAYS")
	read.whole(&t.FileWorkingDays, "CONTRACT_FILE_WORKING_DAYS")
	read.since(func(in *reader) {
		in.part(&t.LowMeanPct, 100, "LOW_PRICE_MEAN_SHARE")
		in.part(&t.LowSecondPct, 100, "LOW_PRICE_SECOND_SHARE")
		in.part(&t.LowCeilingPct, 100, "LOW_PRICE_CEILING_SHARE")
		in.part(&t.LowPctMax, 100, "LOW_PRICE_SHARE_MAX")
		in.whole(&t.LowReviewMinutes, "LOW_PRICE_PROOF_MINUTES")
	})
	if read.err != nil {
		return Procedure{}, read.err
	}
	p.Terms = t
	return p, nil
}

// reader reads rules one after the other and keeps the first fault.
type reader struct {
	rules rulebook.Rules
	err   error
}

func (r *reader) whole(into *int, id string) {
	if r.err == nil {
		*into, r.err = r.rules.Int(id)
	}
}

func (r *reader) years(into *int, id string) {
	r.whole(into, id)
	*into *= 12
}

func (r *reader) fen(into *money.Fen, id string) {
	if r.err == nil {
		*into, r.err = r.rules.Fen(id)
	}
}

// part reads a share as a whole number of parts: basis points, percent.
func (r *reader) part(into *int, of int64, id string) {
	if r.err != nil {
		return
	}
	q, err := r.rules.Rat(id)
	if err != nil {
		r.err = err
		return
	}
	scaled := new(big.Rat).Mul(q, big.NewRat(of, 1))
	if !scaled.IsInt() {
		r.err = fault.Internal("rule "+id+" is finer than this procedure counts", nil)
		return
	}
	*into = int(scaled.Num().Int64())
}

func (r *reader) fraction(num, den *int, id string) {
	if r.err != nil {
		return
	}
	q, err := r.rules.Rat(id)
	if err != nil {
		r.err = err
		return
	}
	*num, *den = int(q.Num().Int64()), int(q.Denom().Int64())
}

// since reads a group of rules that may not be in force yet.
func (r *reader) since(group func(*reader)) {
	in := reader{rules: r.rules, err: r.err}
	group(&in)
	if in.err != nil && !fault.Is(in.err, "rule.unknown") {
		r.err = in.err
	}
}
