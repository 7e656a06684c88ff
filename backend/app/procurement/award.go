package procurement

import (
	"context"
	"strconv"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/tender"
)

// Nominate computes price scores, totals and ranks and names the candidates: the report of the
// evaluation. Faults: tender.transition_refused, evaluation.prices_sealed,
// evaluation.review_pending, tender.too_few_suppliers.
func (s *Service) Nominate(ctx context.Context, actor access.Actor, at Stamp, lot ident.LotID) (*evaluation.Evaluation, error) {
	w := app.Write{Permission: access.TenderCheck, Name: "lot.nominate", Key: at.Key, Input: lot}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*evaluation.Evaluation, error) {
		t, l, err := loadLot(ctx, u, lot, access.TenderCheck, at.Seen)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fireLot(ctx, u, t, lot, tender.Act{Action: tender.ActNominate}); err != nil {
			return nil, err
		}
		live, err := s.guardNominate(ctx, u, t, l)
		if err != nil {
			return nil, err
		}
		e, err := u.Evaluations.Evaluation(ctx, lot)
		if err != nil {
			return nil, err
		}
		old := copyEvaluation(e)
		if e.Standings, err = s.rank(ctx, u, t, l, ranked{bids: live, evaluation: e}); err != nil {
			return nil, err
		}
		if err := saveEvaluation(ctx, u, t, e, old, "rank"); err != nil {
			return nil, err
		}
		if err := moveBids(ctx, u, t, live, bid.ActRank); err != nil {
			return nil, err
		}
		now := u.Now
		l.EvaluatedAt = &now
		return e, saveTender(ctx, u, t, change{before: before, action: tender.ActNominate})
	})
}

// guardNominate wants opened prices, no pending review and enough bids left; it gives those.
func (s *Service) guardNominate(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot) ([]*bid.Bid, error) {
	if l.PriceOpenedAt == nil {
		return nil, fault.Conflict("evaluation.prices_sealed", "prices were not opened yet")
	}
	all, err := u.Bids.BidsOfLot(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	if len(inStatus(all, bid.StatusLowPriceReview)) > 0 {
		return nil, fault.Conflict("evaluation.review_pending", "a price is still under review")
	}
	live := inStatus(all, bid.StatusResponsive)
	return live, evaluation.CheckSuppliers(len(live), t.Procedure.Terms)
}

func moveBids(ctx context.Context, u *app.Unit, t *tender.Tender, all []*bid.Bid, action string) error {
	for _, b := range all {
		before := *b
		if err := b.Fire(action, "candidate"); err != nil {
			return err
		}
		if err := u.Bids.SaveBid(ctx, b); err != nil {
			return err
		}
		if err := recordBid(ctx, u, t, b, &before, action); err != nil {
			return err
		}
	}
	return nil
}

// ranked is what a ranking is made of.
type ranked struct {
	bids       []*bid.Bid
	evaluation *evaluation.Evaluation
}

// rank scores prices and orders the bids.
func (s *Service) rank(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, in ranked) ([]evaluation.Standing, error) {
	c, err := u.Evaluations.Committee(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	sheets, err := u.Evaluations.SheetsOfLot(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	pref := evaluation.Preference{Reserved: t.Document.Reserved, RateBp: t.Document.DeductBp}
	var quotes []evaluation.Quote
	standings := make([]evaluation.Standing, len(in.bids))
	for i, b := range in.bids {
		supplier, err := u.People.Party(ctx, b.SupplierID)
		if err != nil {
			return nil, err
		}
		part, err := qualificationOf(ctx, u, b)
		if err != nil {
			return nil, err
		}
		p := in.evaluation.PriceOf(b.ID)
		if p == nil {
			return nil, fault.Conflict("evaluation.price_missing", "bid has no opened price")
		}
		p.SizeClass = part.SizeClass
		quotes = append(quotes, evaluation.Quote{BidID: b.ID, Price: p.Final, DeductBp: pref.DeductionBp(string(supplier.Kind), part.SizeClass)})
		r := in.evaluation.ReviewOf(b.ID)
		standings[i] = evaluation.Standing{
			BidID: b.ID, SupplierID: b.SupplierID, Supplier: b.Supplier, SizeClass: part.SizeClass, FirstPrice: p.First, Price: p.Final,
			CloserLook: r != nil && r.Accepted != nil && *r.Accepted,
		}
		if standings[i].Technical, err = evaluation.Average(of(sheets, b.ID, c)); err != nil {
			return nil, err
		}
	}
	scored, err := evaluation.PriceScores(quotes, l.PriceWeight)
	if err != nil {
		return nil, err
	}
	for i, q := range scored {
		standings[i].DeductBp, standings[i].Evaluation, standings[i].PriceScore = q.DeductBp, q.Evaluation, q.Score
	}
	return evaluation.Rank(standings, c.Seed), nil
}

// of keeps the sheets of one bid by members who serve.
func of(sheets []*evaluation.Scoresheet, b ident.BidID, c *evaluation.Committee) []*evaluation.Scoresheet {
	var out []*evaluation.Scoresheet
	for _, x := range sheets {
		if x.BidID == b && c.Serves(x.MemberID) {
			out = append(out, x)
		}
	}
	return out
}

// Confirm takes the best candidate who has not refused: the buyer confirms in the order of
// ranks and chooses nothing. Faults: tender.transition_refused, evaluation.no_candidate.
func (s *Service) Confirm(ctx context.Context, actor access.Actor, at Stamp, lot ident.LotID, reason string) (*tender.Award, error) {
	w := app.Write{Permission: access.TenderConfirm, Name: "lot.confirm", Key: at.Key, Input: []any{lot, reason}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Award, error) {
		t, l, err := loadLot(ctx, u, lot, access.TenderConfirm, at.Seen)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fireLot(ctx, u, t, lot, tender.Act{Action: tender.ActConfirm}); err != nil {
			return nil, err
		}
		best, err := bestCandidate(ctx, u, l)
		if err != nil {
			return nil, err
		}
		a := &tender.Award{
			ID: ident.AwardID(u.NewID()), Code: t.Code + "-" + strconv.Itoa(l.No), TenderID: t.ID, LotID: l.ID, ProjectID: t.ProjectID,
			BidID: best.BidID, BuyerID: t.BuyerID, SupplierID: best.SupplierID, Rank: best.Rank, Total: best.Total, PriceFen: best.Price,
			CloserCheck: best.CloserLook, SizeClass: best.SizeClass, Status: tender.AwardConfirmed, Reason: strings.TrimSpace(reason),
			ConfirmedBy: u.Actor.PersonID, ConfirmedAt: u.Now,
		}
		if err := u.Tenders.InsertAward(ctx, a); err != nil {
			return nil, err
		}
		if err := record(ctx, u, t, audit.Entry{Action: "award.confirm", Kind: "award", ID: string(a.ID), After: a, Reason: a.Reason}); err != nil {
			return nil, err
		}
		return a, saveTender(ctx, u, t, change{before: before, action: tender.ActConfirm})
	})
}

// bestCandidate is the standing of the first ranked bid that is still in. Fault
// evaluation.no_candidate.
func bestCandidate(ctx context.Context, u *app.Unit, l *tender.Lot) (evaluation.Standing, error) {
	e, err := u.Evaluations.Evaluation(ctx, l.ID)
	if err != nil {
		return evaluation.Standing{}, err
	}
	for _, st := range e.Standings {
		b, err := u.Bids.Bid(ctx, st.BidID)
		if err != nil {
			return evaluation.Standing{}, err
		}
		if b.Status == bid.StatusRanked {
			return st, nil
		}
	}
	return evaluation.Standing{}, fault.Conflict("evaluation.no_candidate", "no candidate is left")
}

// Announce publishes the result with the committee's names, tells winner and losers, and sets
// the dates that follow from it. Faults: tender.transition_refused, calendar.year_missing.
func (s *Service) Announce(ctx context.Context, actor access.Actor, at Stamp, lot ident.LotID) (*tender.Award, error) {
	w := app.Write{Permission: access.TenderConfirm, Name: "lot.announce", Key: at.Key, Input: lot}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Award, error) {
		t, l, err := loadLot(ctx, u, lot, access.TenderConfirm, at.Seen)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fireLot(ctx, u, t, lot, tender.Act{Action: tender.ActAnnounce}); err != nil {
			return nil, err
		}
		a, err := u.Tenders.AwardOfLot(ctx, lot)
		if err != nil {
			return nil, err
		}
		old := *a
		if err := s.date(u, t, a); err != nil {
			return nil, err
		}
		if err := u.Tenders.SaveAward(ctx, a); err != nil {
			return nil, err
		}
		if err := record(ctx, u, t, audit.Entry{Action: "award.announce", Kind: "award", ID: string(a.ID), Before: &old, After: a}); err != nil {
			return nil, err
		}
		if err := settleBids(ctx, u, t, l, a.BidID); err != nil {
			return nil, err
		}
		if err := saveTender(ctx, u, t, change{before: before, action: tender.ActAnnounce, data: map[string]string{"awardId": string(a.ID), "supplierId": string(a.SupplierID)}}); err != nil {
			return nil, err
		}
		facts, err := resultFacts(ctx, u, t, l, a)
		if err != nil {
			return nil, err
		}
		return a, announce(ctx, u, t, tender.NoticeResult, facts)
	})
}

// date sets what follows from the day of announcement.
func (s *Service) date(u *app.Unit, t *tender.Tender, a *tender.Award) error {
	day := today(u)
	after, err := tender.DatesAfterResult(day, t.Procedure.Terms, s.app.Calendar)
	if err != nil {
		return err
	}
	now := u.Now
	a.Status, a.AnnouncedAt = tender.AwardAnnounced, &now
	a.NoticeOn, a.NoticeEnds, a.ChallengeBy, a.SignBy = &day, &after.NoticeEnds, &after.ChallengeBy, &after.SignBy
	return nil
}

// settleBids makes one bid the winner and the other ranked ones lose.
func settleBids(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, winner ident.BidID) error {
	all, err := u.Bids.BidsOfLot(ctx, l.ID)
	if err != nil {
		return err
	}
	for _, b := range inStatus(all, bid.StatusRanked) {
		action := bid.ActLose
		if b.ID == winner {
			action = bid.ActWin
		}
		if err := moveBids(ctx, u, t, []*bid.Bid{b}, action); err != nil {
			return err
		}
	}
	return nil
}

// resultFacts are the lines of a result notice: winner, price, scores, experts, dates.
func resultFacts(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, a *tender.Award) ([]tender.Fact, error) {
	name, err := nameOf(ctx, u, a.SupplierID)
	if err != nil {
		return nil, err
	}
	c, err := u.Evaluations.Committee(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	var experts []string
	for _, m := range c.Active() {
		experts = append(experts, m.Name)
	}
	g := group(t, l)
	return []tender.Fact{
		{Group: g, Key: "winner", Type: "text", Value: name},
		{Group: g, Key: "price", Type: "fen", Value: fen(a.PriceFen)},
		{Group: g, Key: "total", Type: "points", Value: points(a.Total)},
		{Group: g, Key: "size_class", Type: "word", Value: "size." + a.SizeClass},
		{Group: g, Key: "committee", Type: "text", Value: strings.Join(experts, "、")},
		{Group: g, Key: "notice_ends", Type: "date", Value: a.NoticeEnds.String()},
		{Group: g, Key: "challenge_by", Type: "date", Value: a.ChallengeBy.String()},
	}, nil
}

// NextCandidate puts a refused award aside and goes back to the candidates: the winner did
// not sign. Faults: tender.transition_refused, tender.reason_required.
func (s *Service) NextCandidate(ctx context.Context, actor access.Actor, at Stamp, lot ident.LotID, reason string) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderConfirm, Name: "lot.next_candidate", Key: at.Key, Input: []any{lot, reason}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		reason = strings.TrimSpace(reason)
		t, l, err := loadLot(ctx, u, lot, access.TenderConfirm, at.Seen)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fireLot(ctx, u, t, lot, tender.Act{Action: tender.ActNextCandidate, Reason: reason}); err != nil {
			return nil, err
		}
		a, err := u.Tenders.AwardOfLot(ctx, lot)
		if err != nil {
			return nil, err
		}
		if err := s.refuseAward(ctx, u, t, a, reason); err != nil {
			return nil, err
		}
		all, err := u.Bids.BidsOfLot(ctx, lot)
		if err != nil {
			return nil, err
		}
		if err := moveBids(ctx, u, t, inStatus(all, bid.StatusLost), bid.ActReinstate); err != nil {
			return nil, err
		}
		if err := saveTender(ctx, u, t, change{before: before, action: tender.ActNextCandidate, reason: reason}); err != nil {
			return nil, err
		}
		return t, announce(ctx, u, t, tender.NoticeCorrection, []tender.Fact{
			{Group: group(t, l), Key: "decision", Type: "word", Value: "action." + tender.ActNextCandidate},
			{Group: group(t, l), Key: "reason", Type: "text", Value: reason},
		})
	})
}

// refuseAward marks an award as refused; a bid that had won drops out.
func (s *Service) refuseAward(ctx context.Context, u *app.Unit, t *tender.Tender, a *tender.Award, reason string) error {
	old := *a
	a.Status, a.Reason = tender.AwardRefused, reason
	if err := u.Tenders.SaveAward(ctx, a); err != nil {
		return err
	}
	if err := record(ctx, u, t, audit.Entry{Action: "award.refuse", Kind: "award", ID: string(a.ID), Before: &old, After: a, Reason: reason}); err != nil {
		return err
	}
	b, err := u.Bids.Bid(ctx, a.BidID)
	if err != nil || b.Status != bid.StatusWon {
		return err
	}
	before := *b
	if err := b.Fire(bid.ActRelinquish, reason); err != nil {
		return err
	}
	if err := u.Bids.SaveBid(ctx, b); err != nil {
		return err
	}
	return recordBid(ctx, u, t, b, &before, bid.ActRelinquish)
}

// BeginContract moves the lot of an award to contracting: the contract was made. Called by the
// contracts area inside its own transaction. Faults: tender.transition_refused.
func BeginContract(ctx context.Context, u *app.Unit, id ident.AwardID) error {
	return contractStep(ctx, u, id, tender.ActContract)
}

// CompleteContract ends the lot: the contract was signed, published and filed. Faults:
// tender.transition_refused.
func CompleteContract(ctx context.Context, u *app.Unit, id ident.AwardID) error {
	return contractStep(ctx, u, id, tender.ActComplete)
}

func contractStep(ctx context.Context, u *app.Unit, id ident.AwardID, action string) error {
	a, err := u.Tenders.Award(ctx, id)
	if err != nil {
		return err
	}
	t, err := u.Tenders.Tender(ctx, a.TenderID)
	if err != nil {
		return err
	}
	before := copyOf(t)
	if _, err := t.FireLot(a.LotID, tender.Act{Action: action, By: u.Actor.PersonID, At: u.Now}); err != nil {
		return err
	}
	return saveTender(ctx, u, t, change{before: before, action: action})
}

// SigningPaused tells whether an unsettled challenge keeps a contract of this tender from being
// signed (§5.6). Fault challenge.pauses_signing.
func SigningPaused(ctx context.Context, u *app.Unit, id ident.TenderID) error {
	all, err := u.Challenges.ChallengesOf(ctx, id)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.PausesSigning() {
			return fault.Conflict("challenge.pauses_signing", "challenge "+c.Code+" is not settled").With("code", c.Code)
		}
	}
	return nil
}

// dueDates are the days by which the buyer must report, confirm and announce.
func (s *Service) dueDates(t *tender.Tender, l *tender.Lot) (tender.AfterEvaluation, error) {
	return tender.DatesAfterEvaluation(calendar.DateOf(*l.EvaluatedAt), t.Procedure.Terms, s.app.Calendar)
}
