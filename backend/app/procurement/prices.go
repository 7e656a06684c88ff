package procurement

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/bid"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// minFinalRound is the least time suppliers get for a final offer: enough to seal and send one
// from a phone. It is a courtesy of the platform, not a rule.
const minFinalRound = 10 * time.Minute

// openPrices opens first and final quotes of the responsive bids. A bid without a final offer or
// above the ceiling falls out; a corrected or abnormally low price goes to review.
func (r *ritual) openPrices(ctx context.Context, u *app.Unit) error {
	all, err := u.Bids.BidsOfLot(ctx, r.lot.ID)
	if err != nil {
		return err
	}
	e, err := u.Evaluations.Evaluation(ctx, r.lot.ID)
	if err != nil {
		return err
	}
	before := *e
	for _, b := range inStatus(all, bid.StatusResponsive) {
		if err := r.openPrice(ctx, u, b, e); err != nil {
			return err
		}
	}
	if err := r.questionPrices(ctx, u, inStatus(all, bid.StatusResponsive), e); err != nil {
		return err
	}
	if err := saveEvaluation(ctx, u, r.t, e, &before, "open_prices"); err != nil {
		return err
	}
	return r.finish(ctx, u, "")
}

// openPrice opens the quotes of one bid and notes them.
func (r *ritual) openPrice(ctx context.Context, u *app.Unit, b *bid.Bid, e *evaluation.Evaluation) error {
	before := *b
	drop := func(reason string) error {
		if err := b.Fire(bid.ActSpoil, reason); err != nil {
			return err
		}
		return r.saveBid(ctx, u, b, &before, bid.ActSpoil)
	}
	first, _, err := r.open(ctx, u, b, procedure.EnvelopePrice)
	if err != nil {
		return err
	}
	final, failed, err := r.open(ctx, u, b, procedure.EnvelopeFinal)
	switch {
	case err != nil:
		return err
	case failed == "bid.envelope_missing":
		return drop("no_final_offer")
	case failed != "":
		return drop(failed)
	}
	settled, err := final.Price.Consistent()
	if err != nil {
		return drop(fault.CodeOf(err))
	}
	p := evaluation.Price{BidID: b.ID, Final: settled.Fen, Corrected: settled.Rule}
	if first.Price != nil {
		p.First = first.Price.TotalFen
	}
	e.Prices = append(e.Prices, p)
	if settled.Fen > r.lot.CeilingFen {
		return drop("over_ceiling")
	}
	return nil
}

// questionPrices starts a review for every price that D-09 corrected or §6.3 finds abnormally low.
func (r *ritual) questionPrices(ctx context.Context, u *app.Unit, live []*bid.Bid, e *evaluation.Evaluation) error {
	var all []money.Fen
	for _, b := range live {
		all = append(all, e.PriceOf(b.ID).Final)
	}
	for _, b := range live {
		p := e.PriceOf(b.ID)
		triggers := evaluation.LowPriceTriggers(p.Final, all, r.lot.CeilingFen, r.lot.LowPrice)
		if p.Corrected != "" {
			triggers = append(triggers, "corrected_"+p.Corrected)
		}
		if len(triggers) == 0 {
			continue
		}
		minutes := r.t.Procedure.Terms.LowReviewMinutes
		e.Reviews = append(e.Reviews, evaluation.LowPriceReview{BidID: b.ID, Triggers: triggers, ProofBy: u.Now.Add(time.Duration(minutes) * time.Minute)})
		before := *b
		if err := b.Fire(bid.ActQuestion, ""); err != nil {
			return err
		}
		if err := r.saveBid(ctx, u, b, &before, bid.ActQuestion); err != nil {
			return err
		}
	}
	return nil
}

// saveEvaluation stores an evaluation with its leaf.
func saveEvaluation(ctx context.Context, u *app.Unit, t *tender.Tender, e, before *evaluation.Evaluation, action string) error {
	if err := u.Evaluations.SaveEvaluation(ctx, e); err != nil {
		return err
	}
	return record(ctx, u, t, audit.Entry{Action: "evaluation." + action, Kind: "evaluation", ID: string(e.LotID), Before: before, After: e})
}

// InviteFinal asks the responsive suppliers for their final offers, once every scoresheet is
// signed: prices never colour the technical scores. Faults: tender.not_evaluating,
// evaluation.sheets_open, tender.too_few_suppliers, bid.final_invited, bid.final_round_short.
func (s *Service) InviteFinal(ctx context.Context, actor access.Actor, at Stamp, lot ident.LotID, deadline time.Time) (*tender.Tender, error) {
	deadline = deadline.UTC().Truncate(time.Second)
	w := app.Write{Permission: access.TenderCheck, Name: "lot.invite_final", Key: at.Key, Input: []any{lot, deadline}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		t, l, err := loadLot(ctx, u, lot, access.TenderCheck, at.Seen)
		if err != nil {
			return nil, err
		}
		if err := s.guardInvite(ctx, u, t, l); err != nil {
			return nil, err
		}
		if deadline.Before(u.Now.Add(minFinalRound)) {
			return nil, fault.Invalid("bid.final_round_short", "suppliers need at least ten minutes").At("deadlineAt", "too_early", "at least ten minutes from now")
		}
		before := copyOf(t)
		now := u.Now
		l.FinalInvitedAt, l.FinalDeadlineAt = &now, &deadline
		return t, saveTender(ctx, u, t, change{before: before, action: "invite_final", data: map[string]string{"deadlineAt": instant(deadline), "lotId": string(lot)}})
	})
}

func (s *Service) guardInvite(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot) error {
	if l.Status != tender.StatusEvaluation {
		return fault.Conflict("tender.not_evaluating", "lot is not being evaluated").With("state", l.Status)
	}
	if l.FinalDeadlineAt != nil {
		return fault.Conflict("bid.final_invited", "final offers were invited")
	}
	all, err := u.Bids.BidsOfLot(ctx, l.ID)
	if err != nil {
		return err
	}
	live := inStatus(all, bid.StatusResponsive)
	if err := evaluation.CheckSuppliers(len(live), t.Procedure.Terms); err != nil {
		return err
	}
	return s.allSigned(ctx, u, t, l, live)
}

// ProveCost stores a supplier's proof for a price under review. Faults: record.not_found,
// evaluation.review_unknown, evaluation.review_over, evaluation.proof_length.
func (s *Service) ProveCost(ctx context.Context, actor access.Actor, key string, id ident.BidID, text string) (*evaluation.Evaluation, error) {
	w := app.Write{Permission: access.BidSubmit, Name: "bid.prove_cost", Key: key, Input: []any{id, text}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*evaluation.Evaluation, error) {
		b, t, err := ownBid(ctx, u, id)
		if err != nil {
			return nil, err
		}
		text = strings.TrimSpace(text)
		if n := utf8.RuneCountInString(text); n == 0 || n > tender.MaxText {
			return nil, fault.Invalid("evaluation.proof_length", "a proof has words").At("text", "length", "1 to 20,000 characters")
		}
		e, err := u.Evaluations.Evaluation(ctx, b.LotID)
		if fault.Is(err, "record.not_found") {
			return nil, fault.NotFound("evaluation.review_unknown", "price of this bid is not under review")
		}
		if err != nil {
			return nil, err
		}
		before := copyEvaluation(e)
		if err := e.Prove(id, text, u.Now); err != nil {
			return nil, err
		}
		return e, saveEvaluation(ctx, u, t, e, before, "prove_cost")
	})
}

func copyEvaluation(e *evaluation.Evaluation) *evaluation.Evaluation {
	x := *e
	x.Reviews = append([]evaluation.LowPriceReview(nil), e.Reviews...)
	x.Prices = append([]evaluation.Price(nil), e.Prices...)
	return &x
}

// ownBid loads a bid of the actor's party; others do not exist for him.
func ownBid(ctx context.Context, u *app.Unit, id ident.BidID) (*bid.Bid, *tender.Tender, error) {
	b, err := u.Bids.Bid(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if b.SupplierID != u.Actor.PartyID {
		return nil, nil, hidden()
	}
	t, err := u.Tenders.Tender(ctx, b.TenderID)
	return b, t, err
}

// Ruling is the committee's decision about a questioned price.
type Ruling struct {
	BidID  ident.BidID
	Accept bool
	Reason string
}

// DecidePrice is the chair's record of what the committee decided about a questioned price.
// Faults: committee.not_chair, evaluation.reason_missing, and those of Evaluation.Decide.
func (s *Service) DecidePrice(ctx context.Context, actor access.Actor, key string, lot ident.LotID, in Ruling) (*evaluation.Evaluation, error) {
	w := app.Write{Permission: access.BidScore, Name: "evaluation.decide_price", Key: key, Input: []any{lot, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*evaluation.Evaluation, error) {
		t, _, c, err := servingLot(ctx, u, lot)
		if err != nil {
			return nil, err
		}
		if err := chair(c, u.Actor.PersonID); err != nil {
			return nil, err
		}
		in.Reason = strings.TrimSpace(in.Reason)
		if in.Reason == "" {
			return nil, fault.Invalid("evaluation.reason_missing", "a decision needs a reason").At("reason", "required", "give the reason")
		}
		e, err := u.Evaluations.Evaluation(ctx, lot)
		if err != nil {
			return nil, err
		}
		before := copyEvaluation(e)
		if err := e.Decide(in.BidID, in.Accept, in.Reason, u.Actor.PersonID, u.Now); err != nil {
			return nil, err
		}
		if p := e.PriceOf(in.BidID); p != nil && in.Accept {
			p.Confirmed = p.Corrected != ""
		}
		b, err := u.Bids.Bid(ctx, in.BidID)
		if err != nil {
			return nil, err
		}
		old, action := *b, bid.ActInvalidate
		if in.Accept {
			action = bid.ActAcceptPrice
		}
		if err := b.Fire(action, in.Reason); err != nil {
			return nil, err
		}
		if in.Accept {
			b.Reason = ""
		}
		if err := u.Bids.SaveBid(ctx, b); err != nil {
			return nil, err
		}
		if err := recordBid(ctx, u, t, b, &old, action); err != nil {
			return nil, err
		}
		return e, saveEvaluation(ctx, u, t, e, before, "decide_price")
	})
}

// chair wants the person to lead the committee. Fault committee.not_chair.
func chair(c *evaluation.Committee, p ident.PersonID) error {
	if m := c.Find(p); m == nil || !m.Chair || m.Recused {
		return fault.Forbidden("committee.not_chair", "the chair records what the committee decides")
	}
	return nil
}
