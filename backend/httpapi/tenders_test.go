package httpapi_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/demo/bidder"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/party"
	"linli/backend/domain/procedure"
	"linli/backend/domain/project"
	"linli/backend/domain/tender"
	"linli/backend/testkit"
)

// tenderStage plays a tender over HTTP, from its intention to an answered complaint, with
// everything that must be refused on the way.
type tenderStage struct {
	*dealStage
	check, head access.Actor // the second and third person of the buyer; both open
	experts     []access.Actor
	suppliers   []access.Actor
	officers    map[ident.PersonID]bidder.Officer
	path, lot   string
}

func newTenderStage(t *testing.T, k *testkit.Kit) *tenderStage {
	s := &tenderStage{dealStage: newDealStage(t, k), officers: map[ident.PersonID]bidder.Officer{}}
	s.check, s.head = s.p.Inspector, s.p.Approver
	pool := k.Party(party.KindPool, "评审专家库", k.World.City.ID)
	for range 4 {
		s.experts = append(s.experts, k.As(access.Expert, pool))
	}
	for _, kind := range []party.Kind{party.KindSSO, party.KindSE, party.KindENT} {
		s.suppliers = append(s.suppliers, k.As(access.SupplierAgent, k.Party(kind, "供应商"+string(kind), k.World.Street.ID)))
	}
	return s
}

// planned stores a project that may be bought for.
func (s *tenderStage) planned() string {
	p := *s.p.Project
	s.Update(func(ctx context.Context, u *app.Unit) error {
		p.ID, p.Code, p.Status, p.Version = ident.ProjectID(u.NewID()), "XM-2026-009001", project.Planned, 0
		p.Lots = []project.Lot{{ID: ident.LotID(u.NewID()), Number: 1, Title: "上门探访", AmountFen: 5_000_000}}
		p.Budget = []project.Allocation{{LineID: s.p.Line.ID, AmountFen: 5_000_000}}
		return u.Projects.InsertProject(ctx, &p)
	})
	return string(p.ID)
}

func (s *tenderStage) version() int64 { return int64(s.get(s.p.Maker, s.path)["version"].(float64)) }

// act tries one action of the tender or its lot.
func (s *tenderStage) act(path, body, invalid string, who, wrong access.Actor) map[string]any {
	s.t.Helper()
	return s.write(moneyTry{path: path, body: body, invalid: invalid, who: who, wrong: wrong, version: s.version, bare: body == ""})
}

func (s *tenderStage) drafted() {
	s.t.Helper()
	project := s.planned()
	intention := func(month string) string {
		return fmt.Sprintf(`{"projectId":%q,"procedure":"consultation.services","summary":"上门探访","month":%q}`, project, month)
	}
	out := s.write(moneyTry{path: "/tenders", body: intention("2026-04"), invalid: intention("April"), who: s.p.Maker, wrong: s.p.Agent, status: 201})
	s.path = "/tenders/" + out["id"].(string)
	s.act(s.path+"/draft", "", "", s.p.Maker, s.p.Agent)
	s.lot = s.get(s.p.Maker, s.path)["lots"].([]any)[0].(map[string]any)["id"].(string)
	s.write(moneyTry{method: "PUT", path: s.path, body: s.documents(0), invalid: s.documents(20_000), who: s.p.Maker, wrong: s.p.Agent, version: s.version, invisible: true})
	s.act(s.path+"/submit", "", "", s.p.Maker, s.p.Agent)
	s.act(s.path+"/review", `{"approved":false,"note":"补充联系人"}`, `{"approved":false,"note":""}`, s.check, s.p.Agent)
	s.act(s.path+"/submit", "", "", s.p.Maker, s.p.Agent)
	s.act(s.path+"/review", `{"approved":true,"note":""}`, `{"approved":"yes","note":""}`, s.check, s.p.Agent)
	s.act(s.path+"/revise", `{"reason":"改评分"}`, `{"reason":" "}`, s.check, s.p.Agent)
	s.act(s.path+"/submit", "", "", s.p.Maker, s.p.Agent)
	s.act(s.path+"/review", `{"approved":true,"note":""}`, "", s.check, s.p.Agent)
}

var responsesUntil = time.Date(2026, 4, 20, 9, 30, 0, 0, calendar.Loc).UTC()

// documents of the tender; extra points break the sum of the criteria.
func (s *tenderStage) documents(extra int) string {
	return fmt.Sprintf(`{"title":"独居老人上门探访服务","deadlineAt":%q,
		"document":{"requirements":"每周上门","contractTerms":"按季度付款","consultation":"议事会议决","termMonths":6,"reserved":false,"exemption":"向社会组织购买","deductBp":1000,
			"bidBondFen":0,"performanceBp":0,"contact":"社区发展办","negativeList":true,"longTerm":{"stable":false,"continuous":false,"funded":false,"steadyPrice":false}},
		"lots":[{"id":%q,"scope":"独居老人 80 户","ceilingFen":4800000,"priceWeight":2000,"criteria":[
			{"id":"c1","title":"同类经验","objective":true,"max":1000,"guidance":"","grades":[{"text":"有","min":1000,"max":1000},{"text":"无","min":0,"max":0}]},
			{"id":"c2","title":"方案","objective":false,"max":%d,"guidance":"","grades":[{"text":"好","min":4001,"max":7000},{"text":"一般","min":0,"max":4000}]}],
			"qualifications":[{"id":"q1","text":"依法登记"}],"requirements":[{"id":"r1","text":"每周一次"}],"lowPrice":{"meanPct":50,"secondPct":50,"ceilingPct":45}}]}`,
		responsesUntil.Format(time.RFC3339), s.lot, 7000+extra)
}

func (s *tenderStage) published() {
	s.t.Helper()
	s.AdvanceTo(time.Date(2026, 4, 2, 10, 0, 0, 0, calendar.Loc))
	var ids []string
	for _, who := range []access.Actor{s.check, s.head} {
		o, err := bidder.NewOfficer(who.PersonID, "a long passphrase of "+string(who.PersonID))
		if err != nil {
			s.t.Fatal(err)
		}
		s.officers[who.PersonID] = o
		s.write(moneyTry{method: "PUT", path: "/officer-key", body: fmt.Sprintf(`{"recipient":%q,"wrapped":%q}`, o.Recipient, o.Wrapped), invalid: `{"recipient":"age1x","wrapped":"x"}`, who: who, wrong: s.p.Agent})
		ids = append(ids, fmt.Sprintf("%q", who.PersonID))
	}
	body := func(threshold int) string {
		return fmt.Sprintf(`{"officerIds":[%s],"threshold":%d}`, strings.Join(ids, ","), threshold)
	}
	s.write(moneyTry{path: s.path + "/publish", body: body(2), invalid: body(3), who: s.head, wrong: s.check, version: s.version, invisible: true})
	if status, v := s.call(access.Actor{}, "GET", s.path, ""); status != 200 || v["title"] != "独居老人上门探访服务" {
		s.t.Errorf("the public does not see the tender: %d", status)
	}
}

// sealed is a response as a bidder's browser makes it.
func (s *tenderStage) sealed(i int, total money.Fen, kinds []procedure.EnvelopeKind) string {
	s.t.Helper()
	v := s.get(access.Actor{}, s.path)
	recipients := map[procedure.EnvelopeKind]string{}
	for _, r := range v["lots"].([]any)[0].(map[string]any)["recipients"].([]any) {
		x := r.(map[string]any)
		recipients[procedure.EnvelopeKind(x["kind"].(string))] = x["recipient"].(string)
	}
	all, err := bidder.Offer{LotID: ident.LotID(s.lot), SupplierID: s.suppliers[i].PartyID, LegalName: "供应商", LegalRep: "法人" + string(rune('甲'+i)),
		SizeClass: "none", Summary: "每周上门", TotalFen: total, SealedAt: s.App.Clock.Now()}.Seal(recipients, kinds...)
	if err != nil {
		s.t.Fatal(err)
	}
	var envelopes []map[string]any
	for _, e := range all {
		envelopes = append(envelopes, map[string]any{"kind": e.Kind, "cipherText": base64.StdEncoding.EncodeToString(e.CipherText), "hash": e.Hash})
	}
	text, err := json.Marshal(map[string]any{"docVersion": v["docVersion"], "envelopes": envelopes})
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

func (s *tenderStage) answered() {
	s.t.Helper()
	lot, rival := "/lots/"+s.lot, s.p.Maker
	bid := func(i int) {
		good := s.sealed(i, []money.Fen{4_700_000, 4_600_000, 2_000_000}[i], bidder.First)
		s.write(moneyTry{path: lot + "/bid", body: good, invalid: strings.Replace(good, `"technical"`, `"price"`, 1), who: s.suppliers[i], wrong: rival})
	}
	bid(0)
	s.write(moneyTry{path: lot + "/bid/withdraw", who: s.suppliers[0], wrong: rival, bare: true})
	for i := range s.suppliers {
		bid(i)
	}
	s.act(s.path+"/clarify", `{"text":"每次探访不少于 30 分钟","affecting":true}`, `{"text":"","affecting":true}`, s.check, s.p.Agent)
	for _, x := range s.suppliers {
		s.write(moneyTry{path: lot + "/bid/reconfirm", who: x, wrong: rival, bare: true})
	}
	s.act(lot+"/suspend", `{"reason":"接到举报","reasonCode":"`+tender.ReasonInvestigated+`"}`, `{"reason":"接到举报","reasonCode":"mood"}`, s.head, s.check)
	s.act(lot+"/resume", `{"reason":"查无此事"}`, `{"reason":" "}`, s.head, s.check)
	s.AdvanceTo(responsesUntil.Add(tender.CloseWait))
	late := s.sealed(0, 1, bidder.First)
	if status, out := s.call(s.suppliers[0], "POST", lot+"/bid", late, "Idempotency-Key", s.Key()); status != 409 || out["code"] != "bid.deadline_passed" {
		s.t.Errorf("late: %d %v", status, out["code"])
	}
	s.act(s.path+"/close", "", "", s.check, s.p.Agent)
}

// committee is drawn, loses a member who knows a bidder, and is filled up again.
func (s *tenderStage) committee() []access.Actor {
	s.t.Helper()
	s.act(s.path+"/committee", `{"size":3}`, `{"size":2}`, s.check, s.head)
	declared := map[ident.PersonID]bool{}
	conflict := true
	for range 2 {
		for _, e := range s.experts {
			if !s.drawn(e.PersonID) || declared[e.PersonID] {
				continue
			}
			s.write(moneyTry{path: s.path + "/committee/declare", body: s.declaration(conflict), invalid: `{"declarations":[]}`, who: e, wrong: s.p.Agent})
			declared[e.PersonID], conflict = true, false
		}
		if len(declared) == 3 {
			s.act(s.path+"/committee/refill", "", "", s.check, s.head)
		}
	}
	var out []access.Actor
	for _, e := range s.experts {
		for _, m := range s.get(s.check, s.path)["committee"].(map[string]any)["members"].([]any) {
			switch x := m.(map[string]any); {
			case x["personId"] != string(e.PersonID) || x["recused"] == true:
			case x["chair"] == true:
				out = append([]access.Actor{e}, out...)
			default:
				out = append(out, e)
			}
		}
	}
	return out
}

func (s *tenderStage) drawn(id ident.PersonID) bool {
	for _, m := range s.get(s.check, s.path)["committee"].(map[string]any)["members"].([]any) {
		if m.(map[string]any)["personId"] == string(id) {
			return true
		}
	}
	return false
}

func (s *tenderStage) declaration(conflict bool) string {
	var all []string
	for i, x := range s.suppliers {
		all = append(all, fmt.Sprintf(`{"supplierId":%q,"conflict":%v,"reason":"曾任顾问"}`, x.PartyID, conflict && i == 0))
	}
	return `{"declarations":[` + strings.Join(all, ",") + `]}`
}

// ceremony is held by both officers, each with his own passphrase.
func (s *tenderStage) ceremony(name string) {
	s.t.Helper()
	path := "/lots/" + s.lot + "/ceremonies/" + name
	var shares []string
	for _, who := range []access.Actor{s.check, s.head} {
		s.write(moneyTry{path: path + "/attend", who: who, wrong: s.p.Agent, bare: true})
		for _, o := range s.get(who, path)["officers"].([]any) {
			mine, _ := o.(map[string]any)["shares"].([]any)
			if o.(map[string]any)["personId"] != string(who.PersonID) {
				continue
			}
			for _, m := range mine {
				x := m.(map[string]any)
				given, err := s.officers[who.PersonID].Unlock(tender.KeyShare{OfficerID: who.PersonID, Index: int(x["index"].(float64)), Sealed: x["sealed"].(string)})
				if err != nil {
					s.t.Fatal(err)
				}
				shares = append(shares, fmt.Sprintf(`{"kind":%q,"officerId":%q,"value":%q}`, x["kind"], who.PersonID, given.Value))
			}
		}
	}
	s.write(moneyTry{path: path + "/unseal", body: `{"shares":[` + strings.Join(shares, ",") + `]}`, invalid: `{"shares":[1]}`, who: s.check, wrong: s.p.Agent})
}

func (s *tenderStage) evaluated(members []access.Actor) {
	s.t.Helper()
	lot := "/lots/" + s.lot
	var bids, verdicts []string
	for _, b := range s.get(s.check, lot+"/evaluation")["bids"].([]any) {
		id := b.(map[string]any)["id"].(string)
		bids, verdicts = append(bids, id), append(verdicts, fmt.Sprintf(`{"bidId":%q,"passed":true}`, id))
	}
	all := `{"verdicts":[` + strings.Join(verdicts, ",") + `]}`
	s.act(lot+"/qualification", all, `{"verdicts":[1]}`, s.check, s.p.Agent)
	s.act(lot+"/conformity", all, `{"verdicts":[1]}`, members[0], s.p.Agent)
	for _, m := range members {
		for i, b := range bids {
			points := func(n int) string {
				return fmt.Sprintf(`{"scores":[{"criterionId":"c1","points":1000},{"criterionId":"c2","points":%d,"reason":"方案"}]}`, n)
			}
			sheet := moneyTry{method: "PUT", path: lot + "/sheets/" + b, body: points(6000 - 300*i), invalid: points(7001), who: m, wrong: s.p.Agent}
			version := s.write(sheet)["version"].(float64)
			if i == 0 { // saved again, now with the version of the first time
				s.change(moneyTry{method: "PUT", path: sheet.path, body: sheet.body, who: m, status: 200, version: func() int64 { return int64(version) }})
			}
		}
	}
	chair, silent := members[0], members[len(members)-1]
	for _, m := range members[:len(members)-1] {
		s.write(moneyTry{path: lot + "/sheets/sign", who: m, wrong: s.p.Agent, bare: true})
	}
	deemed := func(reason string) string { return fmt.Sprintf(`{"memberId":%q,"reason":%q}`, silent.PersonID, reason) }
	s.write(moneyTry{path: lot + "/sheets/deem", body: deemed("拒绝签字且未说明理由"), invalid: deemed(" "), who: chair, wrong: s.p.Agent})
	until := s.App.Clock.Now().Add(time.Hour).Truncate(time.Minute)
	at := func(t time.Time) string { return fmt.Sprintf(`{"deadlineAt":%q}`, t.Format(time.RFC3339)) }
	s.act(lot+"/invite-final", at(until), at(s.App.Clock.Now().Add(time.Minute)), s.check, s.p.Agent)
	for i, x := range s.suppliers {
		good := s.sealed(i, []money.Fen{4_600_000, 4_500_000, 2_000_000}[i], bidder.Final)
		s.write(moneyTry{path: lot + "/final-offer", body: good, invalid: strings.Replace(good, `"hash":"`, `"hash":"x`, 1), who: x, wrong: s.p.Maker})
	}
	s.AdvanceTo(until.Add(tender.CloseWait))
	s.ceremony("price")
	s.explained(members[0])
}

// explained has the supplier with the very low price prove its cost to the committee.
func (s *tenderStage) explained(chair access.Actor) {
	s.t.Helper()
	low := s.get(s.suppliers[2], "/lots/"+s.lot+"/bid")["id"].(string)
	s.write(moneyTry{path: "/bids/" + low + "/prove-cost", body: `{"text":"志愿者承担交通，成本明细如下"}`, invalid: `{"text":" "}`, who: s.suppliers[2], wrong: s.p.Maker, invisible: true})
	ruling := func(reason string) string { return fmt.Sprintf(`{"bidId":%q,"accept":true,"reason":%q}`, low, reason) }
	s.write(moneyTry{path: "/lots/" + s.lot + "/prices/decide", body: ruling("成本说明可信"), invalid: ruling(" "), who: chair, wrong: s.p.Agent})
}

func (s *tenderStage) awarded() {
	s.t.Helper()
	lot := "/lots/" + s.lot
	s.act(lot+"/nominate", "", "", s.check, s.head)
	s.act(lot+"/confirm", `{"reason":"按排名确定"}`, "", s.head, s.check)
	s.act(lot+"/announce", "", "", s.head, s.check)
	if v := s.get(access.Actor{}, s.path); v["lots"].([]any)[0].(map[string]any)["award"] == nil {
		s.t.Error("the result is not public")
	}
}

func (s *tenderStage) challenged() {
	s.t.Helper()
	bureau := s.p.Bookkeeper
	ask := func(title string) string {
		return fmt.Sprintf(`{"kind":"challenge","subject":"result","lotId":%q,"title":%q,"text":"请复核我方服务方案得分"}`, s.lot, title)
	}
	var path string
	var version int64
	open := func() {
		out := s.write(moneyTry{path: s.path + "/challenges", body: ask("评分复核"), invalid: ask(" "), who: s.suppliers[1], wrong: s.p.Maker, status: 201})
		path, version = "/challenges/"+out["id"].(string), int64(out["version"].(float64))
	}
	step := func(action, body, invalid string, who, wrong access.Actor) {
		s.t.Helper()
		out := s.write(moneyTry{
			path: path + "/" + action, body: body, invalid: invalid, who: who, wrong: wrong, version: func() int64 { return version },
		})
		version = int64(out["version"].(float64))
	}
	open()
	step("withdraw", `{"text":"已当面说明"}`, "", s.suppliers[1], s.p.Maker)
	open()
	step("answer", `{"text":"复核无误","outcome":"rejected"}`, `{"text":"已复核"}`, s.check, s.suppliers[0])
	step("complain", `{"text":"对答复不满意"}`, `{"text":" "}`, s.suppliers[1], s.check)
	step("accept", `{}`, "", bureau, s.check)
	step("decide", `{"text":"评审合规，驳回","outcome":"rejected"}`, `{"text":"驳回"}`, bureau, s.check)
}

// notBought are ends of a tender that cannot follow one another in one story; each has its own.
var notBought = map[string]bool{"failLot": true, "cancelLot": true, "nextCandidate": true}

func playTender(t *testing.T, k *testkit.Kit) {
	s := newTenderStage(t, k)
	s.drafted()
	s.published()
	s.answered()
	members := s.committee()
	s.ceremony("opening")
	s.evaluated(members)
	s.awarded()
	s.challenged()
	for _, op := range k.Server().Routes() {
		switch op.Tag {
		case "tenders", "bids", "opening", "evaluation", "awards", "challenges":
			if op.Method != "GET" && !notBought[op.ID] && !covers(s.tried, op.Method, op.Path) {
				t.Errorf("%s %s was not tried", op.Method, op.Path)
			}
		}
	}
}
