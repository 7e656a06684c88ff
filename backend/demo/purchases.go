package demo

import (
	"context"
	"fmt"
	"time"

	"linli/backend/app"
	"linli/backend/app/matching"
	"linli/backend/app/procurement"
	"linli/backend/app/projects"
	"linli/backend/demo/bidder"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/ident"
	matchingdomain "linli/backend/domain/matching"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/project"
	"linli/backend/domain/taxonomy"
	"linli/backend/domain/tender"
)

// OpeningPassphrase unlocks the opening keys of the demonstration's officers.
const OpeningPassphrase = "linli-opening-demonstration"

// offer is what one supplier bids: first price, final price, and the committee's points.
type offer struct {
	login, name, rep, size string
	first, final           money.Fen
	objective              procedure.Points
	subjective             []procedure.Points // one per member
}

// purchase is one project of the story and how it is bought. Dates are days of 2026.
type purchase struct {
	wish, title, summary   string
	buyer                  string // party
	drafter, checker, head string // logins
	budget                 money.Fen
	proposed, published    [2]int // month, day
	deadline, awarded      [2]int
	starts, ends           calendar.Date
	offers                 []offer
	members                int // of the committee
	until                  string

	project ident.ProjectID
	tender  ident.TenderID
	lot     ident.LotID
	award   ident.AwardID
}

// Where a purchase stops being told here.
const (
	untilBudgeted = "budgeted"
	untilOpen     = "open"
	untilAward    = "award"
)

func day(m time.Month, d int) calendar.Date { return calendar.Date{Year: 2026, Month: m, Day: d} }

// afterSchool is the finished thread; its scores are those of the handbook's example.
var afterSchool = &purchase{
	wish: "afterschool", title: "和美社区课后陪伴与读书汇服务", summary: "为和美社区小学生提供放学后照看、作业辅导和每周读书汇。",
	buyer: "保和街道办事处", drafter: "buyer", checker: "buyer.2", head: "buyer.approver", budget: 120_000_00,
	proposed: [2]int{2, 3}, published: [2]int{3, 9}, deadline: [2]int{3, 23}, awarded: [2]int{3, 26},
	starts: day(4, 13), ends: day(8, 31), members: 5, until: untilAward,
	offers: []offer{
		{"supplier", "晨光邻里社会企业有限公司", "方晨", "small", 116_000_00, 112_000_00, 1000, []procedure.Points{6100, 5900, 6050, 6200, 5800}},
		{"supplier.2", "童行社区服务中心", "童心", "none", 110_000_00, 107_520_00, 500, []procedure.Points{6350, 6500, 6100, 6600, 6450}},
		{"supplier.3", "安邻家政服务集团有限公司", "安然", "large", 108_000_00, 101_920_00, 500, []procedure.Points{5500, 5750, 5600, 5400, 5800}},
	},
}

var visits = &purchase{
	wish: "visits", title: "保和街道独居老人每周探访服务", summary: "为 96 户独居老人每周上门探访一次，建立一户一档。",
	buyer: "保和街道办事处", drafter: "buyer.2", checker: "buyer", head: "buyer.approver.2", budget: 288_000_00,
	proposed: [2]int{2, 24}, published: [2]int{4, 1}, deadline: [2]int{4, 15}, awarded: [2]int{4, 20},
	starts: day(5, 11), ends: day(12, 31), members: 3, until: untilAward,
	offers: []offer{
		{"supplier.4", "夕阳红居家养老服务中心", "夏荷", "none", 282_000_00, 276_000_00, 1000, []procedure.Points{6600, 6500, 6700}},
		{"supplier.7", "同心社会工作服务中心", "同舟", "none", 270_000_00, 268_000_00, 500, []procedure.Points{5900, 6000, 5800}},
		{"supplier.3", "安邻家政服务集团有限公司", "安然", "large", 262_000_00, 258_000_00, 1000, []procedure.Points{5300, 5200, 5400}},
	},
}

var cables = &purchase{
	wish: "cables", title: "少城街道老院落消防自治陪伴服务", summary: "排查老院落用电和消防隐患，组织居民清理通道、开展演练。",
	buyer: "少城街道办事处", drafter: "buyer.shaocheng", checker: "buyer.shaocheng.2", head: "buyer.shaocheng.approver", budget: 180_000_00,
	proposed: [2]int{7, 20}, published: [2]int{9, 9}, deadline: [2]int{9, 24},
	starts: day(10, 19), ends: day(12, 31), until: untilOpen,
	offers: []offer{
		{"supplier.5", "绿手指社区营造中心", "叶青", "none", 172_000_00, 0, 0, nil},
	},
}

var sports = &purchase{
	wish: "sports", title: "红旗村晒坝活化与乡村运动会", summary: "把闲置晒坝变成村民运动场，组织四季运动会。",
	buyer: "万春镇人民政府", drafter: "buyer.wanchun", checker: "buyer.wanchun", head: "buyer.wanchun.approver", budget: 95_000_00,
	proposed: [2]int{9, 8}, starts: day(11, 1), ends: day(12, 31), until: untilBudgeted,
}

func schedulePurchases(s *schedule) {
	for _, p := range []*purchase{afterSchool, visits, cables, sports} {
		s.purchase(p)
	}
}

func (s *schedule) purchase(p *purchase) {
	add := func(on [2]int, hour, minute int, name string, do func(*teller) error) {
		s.on(time.Month(on[0]), on[1], hour, minute, p.title+": "+name, do)
	}
	add(p.proposed, 10, 0, "propose", func(t *teller) error { return t.propose(p) })
	add(p.proposed, 15, 0, "budget", func(t *teller) error { return t.budget(p) })
	if p.until == untilBudgeted {
		return
	}
	add(p.proposed, 16, 0, "plan", func(t *teller) error { return t.plan(p) })
	add(p.proposed, 17, 0, "intend", func(t *teller) error { return t.intend(p) })
	add(p.published, 9, 0, "draft and check", func(t *teller) error { return t.document(p) })
	add(p.published, 10, 0, "publish", func(t *teller) error { return t.publish(p) })
	for i := range p.offers {
		add([2]int{p.published[0], p.published[1] + 2 + i}, 14, 10+i, "seal", func(t *teller) error { return t.seal(p, p.offers[i], bidder.First) })
	}
	if p.until == untilOpen {
		return
	}
	add(p.deadline, 10, 2, "close and draw", func(t *teller) error { return t.closeAndDraw(p) })
	add(p.deadline, 10, 30, "open", func(t *teller) error { return t.open(p, "opening") })
	add(p.deadline, 11, 0, "check and score", func(t *teller) error { return t.score(p) })
	add(p.deadline, 14, 0, "final offers", func(t *teller) error { return t.finals(p) })
	add(p.deadline, 15, 5, "open prices", func(t *teller) error { return t.open(p, "price") })
	add(p.deadline, 16, 0, "nominate", func(t *teller) error { return t.nominate(p) })
	add(p.awarded, 11, 0, "award", func(t *teller) error { return t.announce(p) })
}

// tellBudgets records the year's budget lines and enrols the opening officers.
func tellBudgets(t *teller) error {
	for buyer, amount := range map[string]money.Fen{"保和街道办事处": 1_500_000_00, "少城街道办事处": 600_000_00, "万春镇人民政府": 400_000_00} {
		l, err := t.Services.Projects.RecordLine(t.ctx, t.as("finance"), projects.LineInput{
			PartyID: t.party(buyer).ID, FiscalYear: 2026, Source: project.SourceGeneral, FunctionCode: "2080299",
			EconomyCode: "30227", Title: "委托业务费（社区服务）", ApprovedFen: amount, Key: t.key(),
		})
		if err != nil {
			return fmt.Errorf("%s: %w", buyer, err)
		}
		t.lines[buyer] = l.ID
	}
	for _, login := range []string{"buyer", "buyer.2", "buyer.approver", "buyer.approver.2", "buyer.shaocheng.2", "buyer.shaocheng.approver"} {
		o, err := bidder.NewOfficer(t.as(login).PersonID, OpeningPassphrase)
		if err != nil {
			return err
		}
		if _, err := t.Services.Procurement.EnrolOfficer(t.ctx, t.as(login), t.key(), procurement.Enrol{Recipient: o.Recipient, Wrapped: o.Wrapped}); err != nil {
			return fmt.Errorf("%s: %w", login, err)
		}
		t.officers[login] = o
	}
	return nil
}

func (t *teller) propose(p *purchase) error {
	var w wish
	for _, x := range wishes {
		if x.key == p.wish {
			w = x
		}
	}
	in := project.Proposal{
		Title: p.title, Summary: p.summary, Track: project.TrackGovernment, PlaceID: t.place(w.community).ID,
		Category: taxonomy.Code(w.category), Beneficiaries: w.affected, NeedIDs: []ident.NeedID{t.needs[p.wish]},
		Lots: []project.Lot{{Number: 1, Title: p.title, AmountFen: p.budget}},
	}
	made, err := t.Services.Projects.Propose(t.ctx, t.as(p.drafter), projects.ProposeInput{Proposal: in, Key: t.key()})
	p.project = made.ID
	return err
}

func (t *teller) change(p *purchase) (projects.Change, error) {
	c := projects.Change{ID: p.project, Key: t.key()}
	err := t.App.Store.View(t.ctx, func(ctx context.Context, u *app.Unit) error {
		x, err := u.Projects.Project(ctx, p.project)
		if err == nil {
			c.Version = x.Version
		}
		return err
	})
	return c, err
}

func (t *teller) budget(p *purchase) error {
	c, err := t.change(p)
	if err != nil {
		return err
	}
	_, err = t.Services.Projects.ConfirmBudget(t.ctx, t.as("finance.approver"), projects.BudgetInput{
		Change: c, From: []project.Allocation{{LineID: t.lines[p.buyer], AmountFen: p.budget}},
	})
	return err
}

func (t *teller) plan(p *purchase) error {
	c, err := t.change(p)
	if err != nil {
		return err
	}
	var answers []project.Answer
	for _, item := range project.NegativeItems(project.TrackGovernment) {
		answers = append(answers, project.Answer{Item: item})
	}
	_, err = t.Services.Projects.FilePlan(t.ctx, t.as(p.head), projects.PlanInput{Change: c, Plan: project.Plan{
		Method: project.MethodConsultation, StartsOn: p.starts, EndsOn: p.ends, Answers: answers,
		SME: project.SMEPolicy{SocialOnly: false, ExemptionNumber: "成财采〔2026〕示范 1 号", ExemptionReason: "按政策向社会组织购买，不预留给中小企业"},
	}})
	if err != nil {
		return err
	}
	drawn, err := t.Services.Matching.DrawUp(t.ctx, t.as(p.drafter), matching.DrawInput{Kind: matchingdomain.SubjectProject, ID: string(p.project), Key: t.key()})
	if err != nil || len(p.offers) == 0 {
		return err
	}
	_, err = t.Services.Matching.Choose(t.ctx, t.as(p.drafter), matching.ChooseInput{
		ID: drawn.ID, Version: drawn.Version, OrganizationID: t.as(p.offers[0].login).PartyID, Kind: matchingdomain.ChoiceInvite,
		Reason: "离社区近，做过同类服务；邀请其关注采购公告。", Key: t.key(),
	})
	return err
}

func (t *teller) intend(p *purchase) error {
	x, err := t.Services.Procurement.Create(t.ctx, t.as(p.drafter), t.key(), procurement.Intend{
		ProjectID: p.project, Procedure: "consultation.services", Summary: p.summary,
		Month: fmt.Sprintf("2026-%02d", p.published[0]),
	})
	if err != nil {
		return err
	}
	p.tender, p.lot = x.ID, x.Lots[0].ID
	return nil
}

func (t *teller) document(p *purchase) error {
	svc := t.Services.Procurement
	if _, err := svc.StartDraft(t.ctx, t.as(p.drafter), t.stamp(), p.tender); err != nil {
		return err
	}
	deadline := time.Date(2026, time.Month(p.deadline[0]), p.deadline[1], 10, 0, 0, 0, calendar.Loc).UTC()
	if _, err := svc.SaveDraft(t.ctx, t.as(p.drafter), t.stamp(), p.tender, procurement.Draft{
		Title: p.title, DeadlineAt: &deadline,
		Document: tender.Document{
			Requirements: p.summary + "按里程碑验收，服务对象参与评价。", ContractTerms: "验收合格后 30 日内付款。", Consultation: "居民议事会议决，并入户询问服务对象。",
			TermMonths: 8, Exemption: "按政策向社会组织购买（成财采〔2026〕示范 1 号）", DeductBp: 1000, Contact: "社区发展办公室", NegativeList: true,
		},
		Lots: []procurement.LotDraft{{
			ID: p.lot, Scope: p.summary, CeilingFen: p.budget, PriceWeight: 2000, Criteria: criteria(),
			Qualifications: []procedure.Condition{{ID: "q1", Text: "依法登记，具备独立承担民事责任的能力"}, {ID: "q2", Text: "近三年无重大违法记录，未列入失信名单"}},
			Requirements:   []procedure.Condition{{ID: "r1", Text: "响应全部服务内容和服务期限"}},
			LowPrice:       procedure.LowPrice{MeanPct: 50, SecondPct: 50, CeilingPct: 45},
		}},
	}); err != nil {
		return err
	}
	if _, err := svc.Submit(t.ctx, t.as(p.drafter), t.stamp(), p.tender); err != nil {
		return err
	}
	_, err := svc.Review(t.ctx, t.as(p.checker), t.stamp(), p.tender, procurement.Review{Approved: true})
	return err
}

func criteria() []procedure.Criterion {
	return []procedure.Criterion{
		{ID: "c1", Title: "同类服务经验", Objective: true, Max: 1000, Guidance: "近三年同类服务合同", Grades: []procedure.Grade{
			{Text: "两项及以上", Min: 1000, Max: 1000}, {Text: "一项", Min: 500, Max: 500}, {Text: "无"}}},
		{ID: "c2", Title: "服务方案与团队", Max: 7000, Guidance: "针对性、可行性、人员稳定", Grades: []procedure.Grade{
			{Text: "具体可行，人员到位", Min: 5001, Max: 7000}, {Text: "基本可行", Min: 3001, Max: 5000}, {Text: "不完整", Max: 3000}}},
	}
}

func (p *purchase) opening() []string { return []string{p.checker, p.head} }

func (t *teller) publish(p *purchase) error {
	var ids []ident.PersonID
	for _, login := range p.opening() {
		ids = append(ids, t.as(login).PersonID)
	}
	_, err := t.Services.Procurement.Publish(t.ctx, t.as(p.head), t.stamp(), p.tender, procurement.Publish{OfficerIDs: ids, Threshold: 2})
	return err
}

// seal makes a supplier's envelopes as his browser would and hands them in.
func (t *teller) seal(p *purchase, o offer, kinds []procedure.EnvelopeKind) error {
	who := t.as(o.login)
	keys, x, err := t.lotKeys(p)
	if err != nil {
		return err
	}
	total := o.first
	if kinds[0] == bidder.Final[0] {
		total = o.final
	}
	now := t.App.Clock.Now()
	all, err := bidder.Offer{
		LotID: p.lot, SupplierID: who.PartyID, LegalName: o.name, USCC: t.party(o.name).USCC, LegalRep: o.rep, SizeClass: o.size,
		Summary: "我们在社区有固定场地和稳定的社工队伍，按周公布服务记录。", TotalFen: total, SealedAt: now,
	}.Seal(bidder.Recipients(keys), kinds...)
	if err != nil {
		return err
	}
	in := procurement.Submission{DocVersion: x.DocVersion, ReceivedAt: now.Truncate(time.Millisecond)}
	for _, e := range all {
		in.Envelopes = append(in.Envelopes, procurement.Enveloped{Kind: e.Kind, CipherText: e.CipherText, Hash: e.Hash})
	}
	if kinds[0] == bidder.Final[0] {
		_, err = t.Services.Procurement.OfferFinal(t.ctx, who, t.key(), p.lot, in)
	} else {
		_, err = t.Services.Procurement.SealBid(t.ctx, who, t.key(), p.lot, in)
	}
	return err
}

func (t *teller) lotKeys(p *purchase) (keys []tender.LotKey, x *tender.Tender, err error) {
	err = t.App.Store.View(t.ctx, func(ctx context.Context, u *app.Unit) error {
		if x, err = u.Tenders.Tender(ctx, p.tender); err != nil {
			return err
		}
		keys, err = u.Tenders.LotKeys(ctx, p.lot)
		return err
	})
	return keys, x, err
}

func (t *teller) closeAndDraw(p *purchase) error {
	svc := t.Services.Procurement
	if _, err := svc.Close(t.ctx, t.as(p.checker), t.stamp(), p.tender); err != nil {
		return err
	}
	if _, err := svc.DrawCommittee(t.ctx, t.as(p.checker), t.stamp(), p.tender, procurement.Draw{Size: p.members}); err != nil {
		return err
	}
	var said []evaluation.Declaration
	for _, o := range p.offers {
		said = append(said, evaluation.Declaration{SupplierID: t.as(o.login).PartyID})
	}
	members, err := t.committee(p)
	if err != nil {
		return err
	}
	for _, m := range members {
		if _, err := svc.Declare(t.ctx, m, t.key(), p.tender, said); err != nil {
			return err
		}
	}
	return nil
}

// committee lists the drawn members as actors, the chair first.
func (t *teller) committee(p *purchase) ([]access.Actor, error) {
	var out []access.Actor
	err := t.App.Store.View(t.ctx, func(ctx context.Context, u *app.Unit) error {
		c, err := u.Evaluations.Committee(ctx, p.tender)
		if err != nil {
			return err
		}
		for _, m := range c.Active() {
			for _, a := range t.actors {
				if a.PersonID != m.PersonID {
					continue
				}
				if m.Chair {
					out = append([]access.Actor{a}, out...)
				} else {
					out = append(out, a)
				}
			}
		}
		return nil
	})
	return out, err
}

// open holds a ceremony: every officer attends and unlocks his shares.
func (t *teller) open(p *purchase, ceremony string) error {
	svc := t.Services.Procurement
	for _, login := range p.opening() {
		if _, err := svc.Attend(t.ctx, t.as(login), t.key(), p.lot, ceremony); err != nil {
			return err
		}
	}
	keys, x, err := t.lotKeys(p)
	if err != nil {
		return err
	}
	opened, err := x.Procedure.Ceremony(ceremony)
	if err != nil {
		return err
	}
	kinds := map[procedure.EnvelopeKind]bool{}
	for _, k := range opened.Kinds {
		kinds[k] = true
	}
	var shares []procurement.KeyedShare
	for _, k := range keys {
		if !kinds[k.Kind] {
			continue
		}
		for _, login := range p.opening() {
			o := t.officers[login]
			given, err := o.Unlock(k.Shares[k.IndexOf(o.PersonID)-1])
			if err != nil {
				return err
			}
			shares = append(shares, procurement.KeyedShare{Kind: k.Kind, GivenShare: given})
		}
	}
	_, err = svc.Unseal(t.ctx, t.as(p.checker), t.key(), p.lot, procurement.Unlocked{Ceremony: ceremony, Shares: shares})
	return err
}

func (t *teller) score(p *purchase) error {
	svc := t.Services.Procurement
	members, err := t.committee(p)
	if err != nil {
		return err
	}
	bids, err := t.bids(p)
	if err != nil {
		return err
	}
	var pass []procurement.Verdict
	for _, id := range bids {
		pass = append(pass, procurement.Verdict{BidID: id, Passed: true})
	}
	if _, err := svc.CheckQualification(t.ctx, t.as(p.checker), t.stamp(), p.lot, pass); err != nil {
		return err
	}
	if _, err := svc.CheckConformity(t.ctx, members[0], procurement.Stamp{Key: t.key()}, p.lot, pass); err != nil {
		return err
	}
	for i, m := range members {
		for j, o := range p.offers {
			if _, err := svc.PutScores(t.ctx, m, t.key(), p.lot, procurement.ScoresIn{BidID: bids[j], Scores: []evaluation.Score{
				{CriterionID: "c1", Points: o.objective}, {CriterionID: "c2", Points: o.subjective[i%len(o.subjective)], Reason: "方案与社区实际相符"},
			}}); err != nil {
				return err
			}
		}
	}
	for _, m := range members {
		if _, err := svc.SignSheets(t.ctx, m, t.key(), p.lot); err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) bids(p *purchase) ([]ident.BidID, error) {
	out := make([]ident.BidID, len(p.offers))
	err := t.App.Store.View(t.ctx, func(ctx context.Context, u *app.Unit) error {
		for i, o := range p.offers {
			b, err := u.Bids.BidOf(ctx, p.lot, t.as(o.login).PartyID)
			if err != nil {
				return err
			}
			out[i] = b.ID
		}
		return nil
	})
	return out, err
}

func (t *teller) finals(p *purchase) error {
	until := time.Date(2026, time.Month(p.deadline[0]), p.deadline[1], 15, 0, 0, 0, calendar.Loc).UTC()
	if _, err := t.Services.Procurement.InviteFinal(t.ctx, t.as(p.checker), t.stamp(), p.lot, until); err != nil {
		return err
	}
	for _, o := range p.offers {
		if err := t.seal(p, o, bidder.Final); err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) nominate(p *purchase) error {
	_, err := t.Services.Procurement.Nominate(t.ctx, t.as(p.checker), t.stamp(), p.lot)
	return err
}

func (t *teller) announce(p *purchase) error {
	a, err := t.Services.Procurement.Confirm(t.ctx, t.as(p.head), t.stamp(), p.lot, "按评审委员会推荐的排名确定")
	if err != nil {
		return err
	}
	p.award = a.ID
	_, err = t.Services.Procurement.Announce(t.ctx, t.as(p.head), t.stamp(), p.lot)
	return err
}
