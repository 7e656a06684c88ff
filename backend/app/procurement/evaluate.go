package procurement

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/bid"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/tender"
)

// Verdict is pass or fail of one bid.
type Verdict struct {
	BidID  ident.BidID
	Passed bool
	Reason string
}

// CheckQualification records who may take part (资格审查). Bids that share a legal representative
// cannot pass (D-05), nor can one without its declarations (D-04). Faults:
// tender.transition_refused, evaluation.verdict_missing, evaluation.reason_missing,
// evaluation.linked_bidders, evaluation.declarations_missing.
func (s *Service) CheckQualification(ctx context.Context, actor access.Actor, at Stamp, lot ident.LotID, in []Verdict) (*evaluation.Evaluation, error) {
	w := app.Write{Permission: access.TenderCheck, Name: "evaluation.check_qualification", Key: at.Key, Input: []any{lot, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*evaluation.Evaluation, error) {
		t, l, err := loadLot(ctx, u, lot, access.TenderCheck, at.Seen)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fireLot(ctx, u, t, lot, tender.Act{Action: tender.ActCheckQualified}); err != nil {
			return nil, err
		}
		all, err := u.Bids.BidsOfLot(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		open := inStatus(all, bid.StatusDecrypted)
		if err := lawful(ctx, u, open, in); err != nil {
			return nil, err
		}
		e, err := s.judge(ctx, u, t, l, check{verdicts: in, bids: open, pass: bid.ActQualify, fail: bid.ActDisqualify, name: "check_qualification",
			keep: func(e *evaluation.Evaluation, v []evaluation.Verdict) { e.Qualification = v }})
		if err != nil {
			return nil, err
		}
		return e, saveTender(ctx, u, t, change{before: before, action: tender.ActCheckQualified})
	})
}

// CheckConformity is the chair's record of which bids answer the requirements (符合性审查). The lot
// then goes on to scoring. Faults: as CheckQualification, and committee.not_chair.
func (s *Service) CheckConformity(ctx context.Context, actor access.Actor, at Stamp, lot ident.LotID, in []Verdict) (*evaluation.Evaluation, error) {
	w := app.Write{Permission: access.BidScore, Name: "evaluation.check_conformity", Key: at.Key, Input: []any{lot, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*evaluation.Evaluation, error) {
		t, l, c, err := servingLot(ctx, u, lot)
		if err != nil {
			return nil, err
		}
		if err := chair(c, u.Actor.PersonID); err != nil {
			return nil, err
		}
		if err := asSeen(t.Version, at.Seen); err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fireLot(ctx, u, t, lot, tender.Act{Action: tender.ActCheckConformity}); err != nil {
			return nil, err
		}
		all, err := u.Bids.BidsOfLot(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		e, err := s.judge(ctx, u, t, l, check{verdicts: in, bids: inStatus(all, bid.StatusQualified), pass: bid.ActRespond, fail: bid.ActInvalidate, name: "check_conformity",
			keep: func(e *evaluation.Evaluation, v []evaluation.Verdict) { e.Conformity = v }})
		if err != nil {
			return nil, err
		}
		if err := s.fireLot(ctx, u, t, lot, tender.Act{Action: tender.ActEvaluate}); err != nil {
			return nil, err
		}
		return e, saveTender(ctx, u, t, change{before: before, action: tender.ActCheckConformity})
	})
}

// check is one round of verdicts.
type check struct {
	verdicts   []Verdict
	bids       []*bid.Bid
	pass, fail string
	name       string
	keep       func(*evaluation.Evaluation, []evaluation.Verdict)
}

// judge moves every bid by its verdict and keeps the verdicts.
func (s *Service) judge(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, c check) (*evaluation.Evaluation, error) {
	ids := make([]ident.BidID, len(c.bids))
	for i, b := range c.bids {
		ids[i] = b.ID
	}
	var kept []evaluation.Verdict
	for _, v := range c.verdicts {
		kept = append(kept, evaluation.Verdict{BidID: v.BidID, Passed: v.Passed, Reason: strings.TrimSpace(v.Reason), By: u.Actor.PersonID, At: u.Now})
	}
	if err := evaluation.CheckVerdicts(kept, ids); err != nil {
		return nil, err
	}
	for _, b := range c.bids {
		for _, v := range kept {
			if v.BidID != b.ID {
				continue
			}
			before, action := *b, c.fail
			if v.Passed {
				action = c.pass
			}
			if err := b.Fire(action, v.Reason); err != nil {
				return nil, err
			}
			if err := u.Bids.SaveBid(ctx, b); err != nil {
				return nil, err
			}
			if err := recordBid(ctx, u, t, b, &before, action); err != nil {
				return nil, err
			}
		}
	}
	e, err := u.Evaluations.Evaluation(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	before := *e
	c.keep(e, kept)
	return e, saveEvaluation(ctx, u, t, e, &before, c.name)
}

// lawful refuses to pass bids that the law excludes: incomplete declarations (D-04) and bidders
// with one legal representative or one credit code (D-05).
func lawful(ctx context.Context, u *app.Unit, open []*bid.Bid, in []Verdict) error {
	seen := map[string]ident.BidID{}
	linked := map[ident.BidID]bool{}
	undeclared := map[ident.BidID]bool{}
	for _, b := range open {
		part, err := qualificationOf(ctx, u, b)
		if err != nil {
			return err
		}
		undeclared[b.ID] = !part.Declaration.Complete()
		for _, sign := range []string{"rep:" + strings.TrimSpace(part.LegalRep), "uscc:" + strings.TrimSpace(part.USCC)} {
			if strings.HasSuffix(sign, ":") {
				continue
			}
			if other, twice := seen[sign]; twice {
				linked[b.ID], linked[other] = true, true
			}
			seen[sign] = b.ID
		}
	}
	for _, v := range in {
		switch {
		case v.Passed && linked[v.BidID]:
			return fault.Conflict("evaluation.linked_bidders", "two bids name one legal representative or credit code")
		case v.Passed && undeclared[v.BidID]:
			return fault.Conflict("evaluation.declarations_missing", "a declaration is missing")
		}
	}
	return nil
}

// qualificationOf reads the opened qualification part of a bid.
func qualificationOf(ctx context.Context, u *app.Unit, b *bid.Bid) (*bid.QualificationPart, error) {
	opened, err := u.Bids.OpenedOf(ctx, b.ID)
	if err != nil {
		return nil, err
	}
	for _, o := range opened {
		if o.Kind != "qualification" {
			continue
		}
		p, err := bid.Read([]byte(o.Plain), b, o.Kind)
		return p.Qualification, err
	}
	return nil, fault.NotFound("record.not_found", "qualification of the bid was not opened")
}

// PutScores stores a member's scores for one bid; it may be incomplete. seen is the version the
// page worked on, 0 for the first save. Faults: tender.not_evaluating, evaluation.bid_unknown,
// record.stale, and those of Scoresheet.Put.
func (s *Service) PutScores(ctx context.Context, actor access.Actor, key string, lot ident.LotID, in ScoresIn) (*evaluation.Scoresheet, error) {
	w := app.Write{Permission: access.BidScore, Name: "scoresheet.put", Key: key, Input: []any{lot, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*evaluation.Scoresheet, error) {
		t, l, _, err := servingLot(ctx, u, lot)
		if err != nil {
			return nil, err
		}
		if err := scoring(ctx, u, l, in.BidID); err != nil {
			return nil, err
		}
		x, err := u.Evaluations.Sheet(ctx, lot, in.BidID, u.Actor.PersonID)
		if fault.Is(err, "record.not_found") {
			x = &evaluation.Scoresheet{ID: ident.ScoresheetID(u.NewID()), TenderID: t.ID, LotID: lot, BidID: in.BidID, MemberID: u.Actor.PersonID}
			if in.Seen != 0 {
				return nil, asSeen(0, in.Seen)
			}
			if err := x.Put(in.Scores, l.Criteria); err != nil {
				return nil, err
			}
			if err := u.Evaluations.InsertSheet(ctx, x); err != nil {
				return nil, err
			}
			return x, recordSheet(ctx, u, t, x, nil, "put")
		}
		if err != nil {
			return nil, err
		}
		if err := asSeen(x.Version, in.Seen); err != nil {
			return nil, err
		}
		before := *x
		if err := x.Put(in.Scores, l.Criteria); err != nil {
			return nil, err
		}
		if err := u.Evaluations.SaveSheet(ctx, x); err != nil {
			return nil, err
		}
		return x, recordSheet(ctx, u, t, x, &before, "put")
	})
}

// ScoresIn are the scores of one sheet and the version they are based on.
type ScoresIn struct {
	BidID  ident.BidID
	Seen   int64
	Scores []evaluation.Score
}

// scoring wants the lot in evaluation and the bid among those to be scored.
func scoring(ctx context.Context, u *app.Unit, l *tender.Lot, id ident.BidID) error {
	if l.Status != tender.StatusEvaluation {
		return fault.Conflict("tender.not_evaluating", "lot is not being evaluated").With("state", l.Status)
	}
	b, err := u.Bids.Bid(ctx, id)
	if err != nil {
		return err
	}
	if b.LotID != l.ID || b.Status != bid.StatusResponsive {
		return fault.NotFound("evaluation.bid_unknown", "not a bid to be scored")
	}
	return nil
}

func recordSheet(ctx context.Context, u *app.Unit, t *tender.Tender, x, before *evaluation.Scoresheet, action string) error {
	e := audit.Entry{Action: "scoresheet." + action, Kind: "scoresheet", ID: string(x.ID), After: x}
	if before != nil {
		e.Before = before
	}
	return record(ctx, u, t, e)
}

// SignSheets locks all sheets of the acting member. Objective items must have been scored by
// every member and be equal (E-04). Faults: tender.not_evaluating, scoresheet.incomplete,
// scoresheet.signed, scoresheet.objective_pending, scoresheet.objective_unequal.
func (s *Service) SignSheets(ctx context.Context, actor access.Actor, key string, lot ident.LotID) ([]*evaluation.Scoresheet, error) {
	w := app.Write{Permission: access.BidScore, Name: "scoresheet.sign", Key: key, Input: lot}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) ([]*evaluation.Scoresheet, error) {
		t, l, c, err := servingLot(ctx, u, lot)
		if err != nil {
			return nil, err
		}
		return s.sign(ctx, u, t, l, signature{committee: c, member: u.Actor.PersonID})
	})
}

// signature is whose sheets are locked and, for a member who refuses without reasons, why he
// counts as agreeing.
type signature struct {
	committee *evaluation.Committee
	member    ident.PersonID
	deemed    string
}

func (s *Service) sign(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, g signature) ([]*evaluation.Scoresheet, error) {
	if l.Status != tender.StatusEvaluation {
		return nil, fault.Conflict("tender.not_evaluating", "lot is not being evaluated").With("state", l.Status)
	}
	all, err := u.Bids.BidsOfLot(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	sheets, err := u.Evaluations.SheetsOfLot(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	var out []*evaluation.Scoresheet
	for _, b := range inStatus(all, bid.StatusResponsive) {
		if err := agreed(b, sheets, l, g.committee); err != nil {
			return nil, err
		}
		x := sheetOf(sheets, b.ID, g.member)
		if x == nil {
			return nil, fault.Conflict("scoresheet.incomplete", "a bid has no sheet").With("missing", "1")
		}
		before := *x
		if err := x.Sign(l.Criteria, u.Now); err != nil {
			return nil, err
		}
		x.Deemed = g.deemed
		if err := u.Evaluations.SaveSheet(ctx, x); err != nil {
			return nil, err
		}
		action := "sign"
		if g.deemed != "" {
			action = "deem"
		}
		if err := recordSheet(ctx, u, t, x, &before, action); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// agreed wants the objective items of a bid scored by every active member, and equal.
func agreed(b *bid.Bid, sheets []*evaluation.Scoresheet, l *tender.Lot, c *evaluation.Committee) error {
	var of []*evaluation.Scoresheet
	for _, m := range c.Active() {
		x := sheetOf(sheets, b.ID, m.PersonID)
		for _, item := range l.Criteria {
			if !item.Objective {
				continue
			}
			if x == nil {
				return pending(b)
			}
			if _, ok := x.Of(item.ID); !ok {
				return pending(b)
			}
		}
		if x != nil {
			of = append(of, x)
		}
	}
	if len(of) == 0 {
		return nil
	}
	if item := evaluation.Unequal(of, l.Criteria); item != "" {
		return fault.Conflict("scoresheet.objective_unequal", "members differ on an objective item").With("criterion", item).With("supplier", b.Supplier)
	}
	return nil
}

func pending(b *bid.Bid) error {
	return fault.Conflict("scoresheet.objective_pending", "a member has not scored the objective items yet").With("supplier", b.Supplier)
}

func sheetOf(sheets []*evaluation.Scoresheet, b ident.BidID, m ident.PersonID) *evaluation.Scoresheet {
	for _, x := range sheets {
		if x.BidID == b && x.MemberID == m {
			return x
		}
	}
	return nil
}

// Deem is the record that a member refused to sign without reasons.
type Deem struct {
	MemberID ident.PersonID
	Reason   string
}

// DeemSigned locks the complete sheets of a member who refuses to sign without giving reasons
// (E-05). Only the chair may, never for himself. Faults: committee.not_chair,
// committee.not_member, evaluation.reason_missing, and those of SignSheets.
func (s *Service) DeemSigned(ctx context.Context, actor access.Actor, key string, lot ident.LotID, in Deem) ([]*evaluation.Scoresheet, error) {
	w := app.Write{Permission: access.BidScore, Name: "scoresheet.deem", Key: key, Input: []any{lot, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) ([]*evaluation.Scoresheet, error) {
		t, l, c, err := servingLot(ctx, u, lot)
		if err != nil {
			return nil, err
		}
		if err := chair(c, u.Actor.PersonID); err != nil {
			return nil, err
		}
		in.Reason = strings.TrimSpace(in.Reason)
		switch {
		case in.Reason == "":
			return nil, fault.Invalid("evaluation.reason_missing", "say what happened").At("reason", "required", "give the circumstances")
		case in.MemberID == u.Actor.PersonID || !c.Serves(in.MemberID):
			return nil, fault.NotFound("committee.not_member", "not another serving member")
		}
		return s.sign(ctx, u, t, l, signature{committee: c, member: in.MemberID, deemed: in.Reason})
	})
}

// allSigned wants every active member's sheet for every live bid locked. Fault
// evaluation.sheets_open.
func (s *Service) allSigned(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, live []*bid.Bid) error {
	c, err := u.Evaluations.Committee(ctx, t.ID)
	if err != nil {
		return err
	}
	sheets, err := u.Evaluations.SheetsOfLot(ctx, l.ID)
	if err != nil {
		return err
	}
	for _, b := range live {
		for _, m := range c.Active() {
			if x := sheetOf(sheets, b.ID, m.PersonID); x == nil || x.SignedAt == nil {
				return fault.Conflict("evaluation.sheets_open", "a member has not signed yet")
			}
		}
	}
	return nil
}
