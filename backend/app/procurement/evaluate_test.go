package procurement_test

import (
	"context"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/challenge"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/project"
	"linli/backend/domain/tender"
	"linli/backend/testkit"
)

func (s *stage) statuses() []string {
	s.t.Helper()
	var out []string
	s.View(func(ctx context.Context, u *app.Unit) error {
		for _, x := range s.suppliers {
			b, err := u.Bids.BidOf(ctx, s.lot, x.PartyID)
			if err != nil {
				return err
			}
			out = append(out, b.Status)
		}
		return nil
	})
	return out
}

func TestScoring_SheetsAreAssignedIndependentAndLocked(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	members := s.evaluating()
	ids := s.bidIDs()
	outsider := s.experts[0]
	for _, e := range s.experts {
		serves := false
		for _, m := range members {
			serves = serves || m.PersonID == e.PersonID
		}
		if !serves {
			outsider = e
		}
	}
	put := func(as access.Actor, points ...evaluation.Score) error {
		_, err := s.svc.PutScores(ctx, as, s.Key(), s.lot, procurement.ScoresIn{BidID: ids[0], Scores: points})
		return err
	}
	if err := put(outsider); !fault.Is(err, "record.not_found") {
		t.Errorf("an expert who was not drawn scores: %v", err)
	}
	if err := put(s.suppliers[0]); !fault.Is(err, "access.forbidden") {
		t.Errorf("a supplier scores: %v", err)
	}
	if err := put(members[0], evaluation.Score{CriterionID: "c2", Points: 7001}); !fault.Is(err, "scoresheet.out_of_range") {
		t.Errorf("beyond the maximum: %v", err)
	}
	if _, err := s.svc.SignSheets(ctx, members[0], s.Key(), s.lot); !fault.Is(err, "scoresheet.objective_pending") {
		t.Errorf("signed nothing: %v", err)
	}
	for _, m := range members {
		s.score(m, 6000, 6000, 6000)
	}
	if _, err := s.svc.PutScores(ctx, members[0], s.Key(), s.lot, procurement.ScoresIn{BidID: ids[0], Seen: 9}); !fault.Is(err, "record.stale") {
		t.Errorf("an old sheet was saved: %v", err)
	}
	if err := put(members[2], evaluation.Score{CriterionID: "c1", Points: 1000}, evaluation.Score{CriterionID: "c2", Points: 6000}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.svc.SignSheets(ctx, members[0], s.Key(), s.lot); !fault.Is(err, "scoresheet.objective_unequal") {
		t.Errorf("unequal objective items: %v", err)
	}
	s.score(members[2], 6000, 6000, 6000)
	if _, err := s.svc.InviteFinal(ctx, s.maker, s.stamp(), s.lot, s.App.Clock.Now().Add(time.Hour)); !fault.Is(err, "evaluation.sheets_open") {
		t.Errorf("final offers invited before all signed: %v", err)
	}
	must[[]*evaluation.Scoresheet](t)(s.svc.SignSheets(ctx, members[1], s.Key(), s.lot))
	if _, err := s.svc.PutScores(ctx, members[1], s.Key(), s.lot, procurement.ScoresIn{BidID: ids[0], Scores: []evaluation.Score{{CriterionID: "c1", Points: 1000}}}); !fault.Is(err, "scoresheet.signed") {
		t.Errorf("a signed sheet changed: %v", err)
	}
	if _, err := s.svc.DeemSigned(ctx, members[1], s.Key(), s.lot, procurement.Deem{MemberID: members[2].PersonID, Reason: "拒签"}); !fault.Is(err, "committee.not_chair") {
		t.Errorf("not the chair: %v", err)
	}
	must[[]*evaluation.Scoresheet](t)(s.svc.SignSheets(ctx, members[0], s.Key(), s.lot))
	must[[]*evaluation.Scoresheet](t)(s.svc.DeemSigned(ctx, members[0], s.Key(), s.lot, procurement.Deem{MemberID: members[2].PersonID, Reason: "无理由拒绝签字，已告知视为同意"}))
	must[*tender.Tender](t)(s.svc.InviteFinal(ctx, s.maker, s.stamp(), s.lot, s.App.Clock.Now().Add(time.Hour)))
}

func TestQualification_LinkedBiddersCannotPass(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.published()
	for i := range s.suppliers {
		o := s.offer(i, 400_000_00)
		if i < 2 {
			o.LegalRep = "同一人"
		}
		if _, err := s.svc.SealBid(ctx, s.suppliers[i], s.Key(), s.lot, s.sealed(o, firstKinds, s.App.Clock.Now())); err != nil {
			t.Fatal(err)
		}
	}
	s.AdvanceTo(deadline.Add(tender.CloseWait))
	s.ok(s.svc.Close(ctx, s.maker, s.stamp(), s.tender.ID))
	s.committee()
	s.ceremony("opening")
	ids := s.bidIDs()
	if _, err := s.svc.CheckQualification(ctx, s.maker, s.stamp(), s.lot, passAll(ids)); !fault.Is(err, "evaluation.linked_bidders") {
		t.Errorf("linked bidders passed: %v", err)
	}
	if _, err := s.svc.CheckQualification(ctx, s.maker, s.stamp(), s.lot, passAll(ids[2:])); !fault.Is(err, "evaluation.verdict_missing") {
		t.Errorf("a bid was not judged: %v", err)
	}
	bad := passAll(ids)
	bad[0].Passed, bad[1].Passed = false, false
	if _, err := s.svc.CheckQualification(ctx, s.maker, s.stamp(), s.lot, bad); !fault.Is(err, "evaluation.reason_missing") {
		t.Errorf("failed without a reason: %v", err)
	}
	bad[0].Reason, bad[1].Reason = "法定代表人相同", "法定代表人相同"
	must[*evaluation.Evaluation](t)(s.svc.CheckQualification(ctx, s.maker, s.stamp(), s.lot, bad))
	w := must[*procurement.Workbench](t)(s.svc.Judge(ctx, s.maker, s.lot))
	if len(w.Linked) != 2 {
		t.Errorf("linked %v", w.Linked)
	}
}

func TestPrices_NoFinalOfferAndAboveTheCeilingFallOut(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.priced(0, 480_000_01, 450_000_00)
	if got := s.statuses(); got[0] != bid.StatusInvalid || got[1] != bid.StatusInvalid || got[2] != bid.StatusResponsive {
		t.Errorf("statuses %v", got)
	}
	if _, err := s.svc.Nominate(ctx, s.maker, s.stamp(), s.lot); !fault.Is(err, "tender.too_few_suppliers") {
		t.Errorf("one supplier was ranked: %v", err)
	}
	if _, err := s.svc.StopLot(ctx, s.approver, s.stamp(), s.lot, procurement.Stop{Action: "fail", ReasonCode: "nonsense", Reason: "x"}); !fault.Is(err, "tender.reason_unknown") {
		t.Errorf("failed for no known reason: %v", err)
	}
	s.ok(s.svc.StopLot(ctx, s.approver, s.stamp(), s.lot, procurement.Stop{Action: "fail", ReasonCode: tender.ReasonTooFewValid, Reason: "实质响应的供应商不足"}))
	s.View(func(ctx context.Context, u *app.Unit) error {
		p, err := u.Projects.Project(ctx, s.project.ID)
		if err != nil {
			return err
		}
		notices, err := u.Tenders.Announcements(ctx, tender.NoticeFilter{TenderID: s.tender.ID, Kind: tender.NoticeTermination, Limit: 5})
		if p.Status != project.Planned || len(notices) != 1 {
			t.Errorf("project %s, %d notices", p.Status, len(notices))
		}
		return err
	})
	again := must[*tender.Tender](t)(s.svc.Create(ctx, s.drafter, s.Key(), procurement.Intend{ProjectID: s.project.ID, Procedure: "consultation.services", Summary: "重新采购", Month: "2026-06"}))
	if again.Lots[0].ID == s.lot || again.Lots[0].ProjectLotID != s.lot {
		t.Errorf("the second tender's lot %+v", again.Lots[0])
	}
}

func TestLowPrice_IsReviewedProvedAndDecided(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.priced(470_000_00, 460_000_00, 200_000_00)
	if got := s.statuses(); got[2] != bid.StatusLowPriceReview {
		t.Fatalf("statuses %v", got)
	}
	low := s.bidIDs()[2]
	if _, err := s.svc.Nominate(ctx, s.maker, s.stamp(), s.lot); !fault.Is(err, "evaluation.review_pending") {
		t.Errorf("ranked with a pending review: %v", err)
	}
	var chair access.Actor
	s.View(func(ctx context.Context, u *app.Unit) error {
		c, err := u.Evaluations.Committee(ctx, s.tender.ID)
		for _, m := range c.Active() {
			for _, e := range s.experts {
				if m.Chair && e.PersonID == m.PersonID {
					chair = e
				}
			}
		}
		return err
	})
	if _, err := s.svc.DecidePrice(ctx, chair, s.Key(), s.lot, procurement.Ruling{BidID: low, Reason: "过低"}); !fault.Is(err, "evaluation.proof_pending") {
		t.Errorf("decided at once: %v", err)
	}
	if _, err := s.svc.ProveCost(ctx, s.suppliers[0], s.Key(), low, "不是我的"); !fault.Is(err, "record.not_found") {
		t.Errorf("another supplier proves: %v", err)
	}
	must[*evaluation.Evaluation](t)(s.svc.ProveCost(ctx, s.suppliers[2], s.Key(), low, "志愿者承担交通，成本明细如下"))
	must[*evaluation.Evaluation](t)(s.svc.DecidePrice(ctx, chair, s.Key(), s.lot, procurement.Ruling{BidID: low, Accept: true, Reason: "成本说明可信"}))
	e := must[*evaluation.Evaluation](t)(s.svc.Nominate(ctx, s.maker, s.stamp(), s.lot))
	for _, st := range e.Standings {
		if (st.BidID == low) != st.CloserLook {
			t.Errorf("closer look at %+v", st)
		}
	}
}

func TestAward_NextCandidateWhenTheWinnerDoesNotSign(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.priced(470_000_00, 460_000_00, 450_000_00)
	must[*evaluation.Evaluation](t)(s.svc.Nominate(ctx, s.maker, s.stamp(), s.lot))
	if _, err := s.svc.Confirm(ctx, s.maker, s.stamp(), s.lot, ""); !fault.Is(err, "access.forbidden") {
		t.Errorf("the maker confirms: %v", err)
	}
	must[*tender.Award](t)(s.svc.Confirm(ctx, s.approver, s.stamp(), s.lot, ""))
	must[*tender.Award](t)(s.svc.Announce(ctx, s.approver, s.stamp(), s.lot))
	if _, err := s.svc.NextCandidate(ctx, s.approver, s.stamp(), s.lot, " "); !fault.Is(err, "tender.reason_required") {
		t.Errorf("without a reason: %v", err)
	}
	s.ok(s.svc.NextCandidate(ctx, s.approver, s.stamp(), s.lot, "成交供应商书面放弃"))
	second := must[*tender.Award](t)(s.svc.Confirm(ctx, s.approver, s.stamp(), s.lot, ""))
	if second.Rank != 2 || second.SupplierID != s.suppliers[0].PartyID {
		t.Errorf("second award %+v", second)
	}
	must[*tender.Award](t)(s.svc.Announce(ctx, s.approver, s.stamp(), s.lot))
	if got := s.statuses(); got[0] != bid.StatusWon || got[1] != bid.StatusInvalid || got[2] != bid.StatusLost {
		t.Errorf("statuses %v", got)
	}
}

func TestChallenge_OfTheResultPausesSigningUntilAnswered(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStage(t, k)
		s.priced(470_000_00, 460_000_00, 450_000_00)
		must[*evaluation.Evaluation](t)(s.svc.Nominate(ctx, s.maker, s.stamp(), s.lot))
		ask := procurement.Ask{Kind: challenge.KindChallenge, Subject: challenge.SubjectResult, LotID: s.lot, Title: "评分复核", Text: "请复核我方服务方案得分"}
		if _, err := s.svc.Ask(ctx, s.suppliers[0], s.Key(), s.tender.ID, ask); !fault.Is(err, "challenge.too_early") {
			t.Errorf("a result that is not announced was challenged: %v", err)
		}
		must[*tender.Award](t)(s.svc.Confirm(ctx, s.approver, s.stamp(), s.lot, ""))
		must[*tender.Award](t)(s.svc.Announce(ctx, s.approver, s.stamp(), s.lot))
		outsider := k.As(access.SupplierAgent, k.Party("SSO", "旁观者", k.World.Street.ID))
		if _, err := s.svc.Ask(ctx, outsider, s.Key(), s.tender.ID, ask); !fault.Is(err, "challenge.not_party") {
			t.Errorf("an outsider challenges: %v", err)
		}
		c := must[*challenge.Challenge](t)(s.svc.Ask(ctx, s.suppliers[0], s.Key(), s.tender.ID, ask))
		paused := func() error {
			return k.App.Store.View(ctx, func(ctx context.Context, u *app.Unit) error { return procurement.SigningPaused(ctx, u, s.tender.ID) })
		}
		if err := paused(); !fault.Is(err, "challenge.pauses_signing") {
			t.Errorf("signing goes on: %v", err)
		}
		if _, err := s.svc.Answer(ctx, s.maker, s.stamp(), c.ID, procurement.Move{Text: "已复核"}); !fault.Is(err, "challenge.invalid") {
			t.Errorf("answered without an outcome: %v", err)
		}
		if _, err := s.svc.Answer(ctx, s.suppliers[1], s.stamp(), c.ID, procurement.Move{Text: "x", Outcome: "rejected"}); fault.KindOf(err) != fault.KindForbidden {
			t.Errorf("a rival answers: %v", err)
		}
		c = must[*challenge.Challenge](t)(s.svc.Answer(ctx, s.maker, s.stamp(), c.ID, procurement.Move{Text: "复核无误", Outcome: "rejected"}))
		if c.Status != challenge.StatusAnswered || c.ComplainBy == nil {
			t.Errorf("answered %+v", c)
		}
		if err := paused(); err != nil {
			t.Errorf("signing stays paused: %v", err)
		}
		finance := k.As(access.FinanceApprover, k.Party("GOV", "区财政局", k.World.District.ID))
		c = must[*challenge.Challenge](t)(s.svc.Complain(ctx, s.suppliers[0], s.stamp(), c.ID, procurement.Move{Text: "对答复不满意"}))
		if err := paused(); !fault.Is(err, "challenge.pauses_signing") {
			t.Errorf("a complaint does not pause: %v", err)
		}
		must[*challenge.Challenge](t)(s.svc.AcceptComplaint(ctx, finance, s.stamp(), c.ID))
		c = must[*challenge.Challenge](t)(s.svc.Decide(ctx, finance, s.stamp(), c.ID, procurement.Move{Text: "评审合规，驳回", Outcome: "rejected"}))
		if c.Status != challenge.StatusDecided || paused() != nil {
			t.Errorf("decided %+v", c)
		}
	})
}

func TestTodos_FollowTheStage(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	has := func(name string, a access.Actor, action string) {
		t.Helper()
		found := false
		s.View(func(ctx context.Context, u *app.Unit) error {
			all, err := s.svc.Todos(ctx, u, a)
			for _, x := range all {
				found = found || x.Action == action
			}
			return err
		})
		if !found {
			t.Errorf("%s has no %s to do", name, action)
		}
	}
	s.closed()
	has("maker", s.maker, "draw_committee")
	must[*evaluation.Committee](t)(s.svc.DrawCommittee(ctx, s.maker, s.stamp(), s.tender.ID, procurement.Draw{Size: 3}))
	s.View(func(ctx context.Context, u *app.Unit) error {
		c, err := u.Evaluations.Committee(ctx, s.tender.ID)
		if err != nil {
			return err
		}
		for _, e := range s.experts {
			if c.Serves(e.PersonID) {
				all, err := s.svc.Todos(ctx, u, e)
				if err != nil || len(all) != 1 || all[0].Action != "declare" {
					t.Errorf("member's list %+v (%v)", all, err)
				}
			}
		}
		return nil
	})
}
