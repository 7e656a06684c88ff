package procurement_test

import (
	"context"
	"encoding/hex"
	"strconv"
	"sync"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/procurement"
	"linli/backend/demo/bidder"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/party"
	"linli/backend/domain/procedure"
	"linli/backend/domain/project"
	"linli/backend/domain/tender"
	"linli/backend/testkit"
)

// stage is a purchase with the people it takes.
type stage struct {
	*testkit.Kit
	t                        *testing.T
	svc                      *procurement.Service
	buyer                    *party.Party
	drafter, maker, approver access.Actor
	experts                  []access.Actor
	suppliers                []access.Actor
	officers                 map[ident.PersonID]bidder.Officer
	project                  *project.Project
	tender                   *tender.Tender
	lot                      ident.LotID
	recipients               map[procedure.EnvelopeKind]string
}

var (
	ctx        = context.Background()
	firstKinds = bidder.First
)

func newStage(t *testing.T, k *testkit.Kit) *stage {
	t.Helper()
	s := &stage{Kit: k, t: t, svc: k.Services.Procurement, buyer: k.Buyer(), officers: map[ident.PersonID]bidder.Officer{}}
	s.drafter, s.maker, s.approver = k.As(access.BuyerMaker, s.buyer), k.As(access.BuyerMaker, s.buyer), k.As(access.BuyerApprover, s.buyer)
	pool := k.Party(party.KindPool, "评审专家库", k.World.City.ID)
	for i := 0; i < 4; i++ {
		s.experts = append(s.experts, k.As(access.Expert, pool))
	}
	for _, x := range []struct {
		kind party.Kind
		name string
	}{{party.KindSSO, "晨光社会工作服务中心"}, {party.KindSE, "暖巷社区服务有限公司"}, {party.KindENT, "大安物业集团有限公司"}} {
		s.suppliers = append(s.suppliers, k.As(access.SupplierAgent, k.Party(x.kind, x.name, k.World.Street.ID)))
	}
	s.project = s.planned(480_000_00)
	return s
}

// planned stores a project that may be bought for.
func (s *stage) planned(amount money.Fen) *project.Project {
	s.t.Helper()
	p := &project.Project{Title: "独居老人上门探访", Summary: "每周上门", Track: project.TrackGovernment, PartyID: s.buyer.ID, PlaceID: s.World.Community.ID,
		Category: "elderly_care", Status: project.Planned, ProposedBy: s.drafter.PersonID}
	s.Update(func(ctx context.Context, u *app.Unit) error {
		line := &project.Line{ID: ident.BudgetLineID(u.NewID()), PartyID: s.buyer.ID, FiscalYear: 2026, Source: project.SourceGeneral, FunctionCode: "2080299",
			EconomyCode: "30227", Title: "委托业务费", ApprovedFen: 1_000_000_00, RecordedBy: s.approver.PersonID, RecordedAt: u.Now}
		if err := u.Projects.InsertLine(ctx, line); err != nil {
			return err
		}
		at := u.Now
		p.ID, p.Code, p.ProposedAt, p.BudgetedAt, p.PlannedAt = ident.ProjectID(u.NewID()), "XM-"+u.NewID()[:8], u.Now, &at, &at
		p.Plan = &project.Plan{Method: project.MethodConsultation, FiledBy: s.approver.PersonID, FiledAt: at}
		p.Lots = []project.Lot{{ID: ident.LotID(u.NewID()), Number: 1, Title: "上门探访", AmountFen: amount}}
		p.Budget = []project.Allocation{{LineID: line.ID, AmountFen: amount}}
		return u.Projects.InsertProject(ctx, p)
	})
	return p
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (s *stage) ok(t *tender.Tender, err error) *tender.Tender {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	s.tender = t
	return t
}

// stamp is a fresh key without a version.
func (s *stage) stamp() procurement.Stamp { return procurement.Stamp{Key: s.Key()} }

// criteria are 80 points of technical score.
func criteria() []procedure.Criterion {
	return []procedure.Criterion{
		{ID: "c1", Title: "类似项目", Objective: true, Max: 1000, Grades: []procedure.Grade{{Text: "两项及以上", Min: 1000, Max: 1000}, {Text: "一项", Min: 500, Max: 500}, {Text: "无"}}},
		{ID: "c2", Title: "服务方案", Max: 7000, Grades: []procedure.Grade{{Text: "具体可行", Min: 5001, Max: 7000}, {Text: "可行", Min: 3001, Max: 5000}, {Text: "不完整", Max: 3000}}},
	}
}

func (s *stage) draft(deadline time.Time) procurement.Draft {
	return procurement.Draft{
		Title: "保和街道独居老人上门探访服务", DeadlineAt: &deadline,
		Document: tender.Document{Requirements: "每周上门探访 80 户独居老人", ContractTerms: "按季度验收付款", Consultation: "议事会与 84 户入户询问",
			TermMonths: 12, Exemption: "按规定向社会组织购买", DeductBp: 1000, Contact: "社区发展办", NegativeList: true},
		Lots: []procurement.LotDraft{{ID: s.tender.Lots[0].ID, Scope: "和美社区独居老人 80 户", CeilingFen: 480_000_00, PriceWeight: 2000,
			Criteria: criteria(), Qualifications: []procedure.Condition{{ID: "q1", Text: "依法登记的组织"}}, Requirements: []procedure.Condition{{ID: "r1", Text: "每户每周至少一次"}},
			LowPrice: procedure.LowPrice{MeanPct: 50, SecondPct: 50, CeilingPct: 45}}},
	}
}

// deadline of the stage's tender: 20 April 2026, 9:30 in Shanghai.
var deadline = time.Date(2026, 4, 20, 9, 30, 0, 0, calendar.Loc).UTC()

// intended announces the intention.
func (s *stage) intended() {
	s.t.Helper()
	s.ok(s.svc.Create(ctx, s.drafter, s.Key(), procurement.Intend{ProjectID: s.project.ID, Procedure: "consultation.services", Summary: "上门探访独居老人", Month: "2026-04"}))
	s.lot = s.tender.Lots[0].ID
}

// reviewed drafts and reviews the documents.
func (s *stage) reviewed() {
	s.t.Helper()
	s.intended()
	s.ok(s.svc.StartDraft(ctx, s.drafter, s.stamp(), s.tender.ID))
	s.ok(s.svc.SaveDraft(ctx, s.drafter, s.stamp(), s.tender.ID, s.draft(deadline)))
	s.ok(s.svc.Submit(ctx, s.drafter, s.stamp(), s.tender.ID))
	s.ok(s.svc.Review(ctx, s.maker, s.stamp(), s.tender.ID, procurement.Review{Approved: true}))
}

// keysOnce makes the officers' keys once for all tests: stretching a passphrase takes its time.
var keysOnce = sync.OnceValue(func() []bidder.Officer {
	var out []bidder.Officer
	for i := 0; i < 3; i++ {
		o, err := bidder.NewOfficer("", "a long passphrase "+strconv.Itoa(i))
		if err != nil {
			panic(err)
		}
		out = append(out, o)
	}
	return out
})

// enrol gives people opening keys.
func (s *stage) enrol(all ...access.Actor) []ident.PersonID {
	s.t.Helper()
	var ids []ident.PersonID
	for i, a := range all {
		o := keysOnce()[i]
		o.PersonID = a.PersonID
		must[*tender.OfficerKey](s.t)(s.svc.EnrolOfficer(ctx, a, s.Key(), procurement.Enrol{Recipient: o.Recipient, Wrapped: o.Wrapped}))
		s.officers[a.PersonID] = o
		ids = append(ids, a.PersonID)
	}
	return ids
}

// published opens the tender for responses on 2 April.
func (s *stage) published() {
	s.t.Helper()
	s.reviewed()
	s.AdvanceTo(time.Date(2026, 4, 2, 10, 0, 0, 0, calendar.Loc))
	ids := s.enrol(s.maker, s.approver)
	s.ok(s.svc.Publish(ctx, s.approver, s.stamp(), s.tender.ID, procurement.Publish{OfficerIDs: ids, Threshold: 2}))
	s.View(func(ctx context.Context, u *app.Unit) error {
		keys, err := u.Tenders.LotKeys(ctx, s.lot)
		s.recipients = bidder.Recipients(keys)
		return err
	})
}

func (s *stage) offer(i int, total money.Fen) bidder.Offer {
	size := []string{"none", "small", "large"}[i%3]
	return bidder.Offer{LotID: s.lot, SupplierID: s.suppliers[i].PartyID, LegalName: "供应商", LegalRep: "法人" + string(rune('甲'+i)), SizeClass: size,
		Summary: "我们每周上门", TotalFen: total, SealedAt: s.App.Clock.Now()}
}

func (s *stage) sealed(o bidder.Offer, kinds []procedure.EnvelopeKind, at time.Time) procurement.Submission {
	s.t.Helper()
	all := must[[]bidder.Envelope](s.t)(o.Seal(s.recipients, kinds...))
	in := procurement.Submission{DocVersion: s.tender.DocVersion, ReceivedAt: at}
	for _, e := range all {
		in.Envelopes = append(in.Envelopes, procurement.Enveloped{Kind: e.Kind, CipherText: e.CipherText, Hash: e.Hash})
	}
	return in
}

// bid seals a first response of supplier i.
func (s *stage) bid(i int, total money.Fen) {
	s.t.Helper()
	now := s.App.Clock.Now()
	if _, err := s.svc.SealBid(ctx, s.suppliers[i], s.Key(), s.lot, s.sealed(s.offer(i, total), bidder.First, now)); err != nil {
		s.t.Fatal(err)
	}
}

// closed has three bids and is past its deadline.
func (s *stage) closed() {
	s.t.Helper()
	s.published()
	for i := range s.suppliers {
		s.bid(i, []money.Fen{480_000_00, 478_000_00, 455_000_00}[i])
	}
	s.AdvanceTo(deadline.Add(tender.CloseWait))
	s.ok(s.svc.Close(ctx, s.maker, s.stamp(), s.tender.ID))
}

// committee draws three experts who declare no conflict.
func (s *stage) committee() []access.Actor {
	s.t.Helper()
	c := must[*evaluation.Committee](s.t)(s.svc.DrawCommittee(ctx, s.maker, s.stamp(), s.tender.ID, procurement.Draw{Size: 3}))
	if _, err := hex.DecodeString(c.Seed); err != nil {
		s.t.Fatal(err)
	}
	var out []access.Actor
	for _, m := range c.Active() {
		for _, e := range s.experts {
			if e.PersonID == m.PersonID {
				must[*evaluation.Committee](s.t)(s.svc.Declare(ctx, e, s.Key(), s.tender.ID, s.clean()))
				if m.Chair {
					out = append([]access.Actor{e}, out...)
				} else {
					out = append(out, e)
				}
			}
		}
	}
	return out
}

func (s *stage) clean() []evaluation.Declaration {
	var out []evaluation.Declaration
	for _, x := range s.suppliers {
		out = append(out, evaluation.Declaration{SupplierID: x.PartyID})
	}
	return out
}

// shares unlocks every share of a ceremony that the given officers hold.
func (s *stage) shares(ceremony string, who ...access.Actor) []procurement.KeyedShare {
	s.t.Helper()
	c := must[procedure.Ceremony](s.t)(s.tender.Procedure.Ceremony(ceremony))
	var out []procurement.KeyedShare
	s.View(func(ctx context.Context, u *app.Unit) error {
		keys, err := u.Tenders.LotKeys(ctx, s.lot)
		if err != nil {
			return err
		}
		for _, a := range who {
			var mine []tender.KeyShare
			for _, kind := range c.Kinds {
				mine = append(mine, shareOf(keys, kind, a.PersonID))
			}
			given, err := s.officers[a.PersonID].UnlockAll(mine...)
			if err != nil {
				return err
			}
			for i, kind := range c.Kinds {
				out = append(out, procurement.KeyedShare{Kind: kind, GivenShare: given[i]})
			}
		}
		return nil
	})
	return out
}

func shareOf(keys []tender.LotKey, kind procedure.EnvelopeKind, officer ident.PersonID) tender.KeyShare {
	for _, k := range keys {
		if k.Kind == kind {
			return k.Shares[k.IndexOf(officer)-1]
		}
	}
	return tender.KeyShare{}
}

// ceremony is held by both officers.
func (s *stage) ceremony(code string) *tender.Opening {
	s.t.Helper()
	for _, a := range []access.Actor{s.maker, s.approver} {
		must[*tender.Opening](s.t)(s.svc.Attend(ctx, a, s.Key(), s.lot, code))
	}
	return must[*tender.Opening](s.t)(s.svc.Unseal(ctx, s.maker, s.Key(), s.lot, procurement.Unlocked{Ceremony: code, Shares: s.shares(code, s.maker, s.approver)}))
}

// bidIDs lists the bids of the lot in the order of the suppliers.
func (s *stage) bidIDs() []ident.BidID {
	s.t.Helper()
	out := make([]ident.BidID, len(s.suppliers))
	s.View(func(ctx context.Context, u *app.Unit) error {
		for i, x := range s.suppliers {
			b, err := u.Bids.BidOf(ctx, s.lot, x.PartyID)
			if err != nil {
				return err
			}
			out[i] = b.ID
		}
		return nil
	})
	return out
}

func passAll(ids []ident.BidID) []procurement.Verdict {
	var out []procurement.Verdict
	for _, id := range ids {
		out = append(out, procurement.Verdict{BidID: id, Passed: true})
	}
	return out
}

// evaluating has opened, checked bids; it returns the committee, chair first.
func (s *stage) evaluating() []access.Actor {
	s.t.Helper()
	s.closed()
	members := s.committee()
	s.ceremony("opening")
	must[*evaluation.Evaluation](s.t)(s.svc.CheckQualification(ctx, s.maker, s.stamp(), s.lot, passAll(s.bidIDs())))
	must[*evaluation.Evaluation](s.t)(s.svc.CheckConformity(ctx, members[0], s.stamp(), s.lot, passAll(s.bidIDs())))
	return members
}

// score gives every bid the points of a member and signs nothing.
func (s *stage) score(m access.Actor, subjective ...procedure.Points) {
	s.t.Helper()
	for i, id := range s.bidIDs() {
		must[*evaluation.Scoresheet](s.t)(s.svc.PutScores(ctx, m, s.Key(), s.lot, procurement.ScoresIn{BidID: id, Scores: []evaluation.Score{
			{CriterionID: "c1", Points: 500}, {CriterionID: "c2", Points: subjective[i], Reason: "方案"},
		}}))
	}
}

// priced has final offers opened.
func (s *stage) priced(finals ...money.Fen) {
	s.t.Helper()
	members := s.evaluating()
	for _, m := range members {
		s.score(m, 6000, 6200, 5000)
	}
	for _, m := range members {
		must[[]*evaluation.Scoresheet](s.t)(s.svc.SignSheets(ctx, m, s.Key(), s.lot))
	}
	end := s.App.Clock.Now().Add(time.Hour)
	s.ok(s.svc.InviteFinal(ctx, s.maker, s.stamp(), s.lot, end))
	end = *s.tender.Lots[0].FinalDeadlineAt
	for i, f := range finals {
		if f == 0 {
			continue
		}
		if _, err := s.svc.OfferFinal(ctx, s.suppliers[i], s.Key(), s.lot, s.sealed(s.offer(i, f), bidder.Final, s.App.Clock.Now())); err != nil {
			s.t.Fatal(err)
		}
	}
	s.AdvanceTo(end.Add(tender.CloseWait))
	s.ceremony("price")
}
