package e2e

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"linli/backend/demo/bidder"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// journey plays every role over HTTP, from a resident's words to the audited payment.
type journey struct {
	t      *testing.T
	base   string
	people map[string]*client

	place, need, project, tender, lot string
}

// as signs in once per login; moving the clock signs nobody out.
func (j *journey) as(login string) *client {
	j.t.Helper()
	if j.people[login] == nil {
		j.people[login] = signIn(j.t, j.base, login)
	}
	return j.people[login]
}

// goTo moves the business clock of the demonstration forward.
func (j *journey) goTo(month time.Month, day, hour, minute int) {
	j.t.Helper()
	now := j.as("admin").must("GET", "/clock", nil)
	at, err := time.Parse(time.RFC3339Nano, text(now, "now"))
	if err != nil {
		j.t.Fatal(err, now)
	}
	to := time.Date(2026, month, day, hour, minute, 30, 0, calendar.Loc)
	minutes := int64(to.Sub(at) / time.Minute)
	if minutes <= 0 {
		return
	}
	j.as("admin").must("POST", "/clock/advance", body{"minutes": minutes})
}

// act changes a versioned record: it reads the version first, as a page does.
func (j *journey) act(login, path, action string, in any) body {
	j.t.Helper()
	c := j.as(login)
	return c.must("POST", path+"/"+action, orEmpty(in), "If-Match", j.version(c, path))
}

func orEmpty(in any) any {
	if in == nil {
		return body{}
	}
	return in
}

func (j *journey) version(c *client, path string) string {
	j.t.Helper()
	out := c.must("GET", path, nil)
	if tag := text(out, "etag"); tag != "" {
		return tag
	}
	for _, at := range []string{"version", "need.version", "project.version", "contract.version", "payment.version"} {
		if n := number(out, at); n > 0 {
			return fmt.Sprintf("%q", fmt.Sprint(n))
		}
	}
	j.t.Fatalf("%s has no version: %v", path, out)
	return ""
}

func TestJourney_FromAResidentsWordsToAnAuditedPayment(t *testing.T) {
	t.Parallel()
	for name, env := range bothDatabases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := append([]string{"LINLI_DEMONSTRATION=true"}, env(t)...)
			demonstration(t, env)
			p := start(t, env...)
			j := &journey{t: t, base: p.base, people: map[string]*client{}}
			j.speakAndAdopt()
			j.budgetAndPlan()
			j.publish()
			j.bidAndOpen()
			j.award()
			verified(t, env)
		})
	}
}

func (j *journey) speakAndAdopt() {
	found := anyone(j.t, j.base).must("GET", "/place-search?q=致强", nil)
	j.place = text(found, "items.0.id")
	resident, staff := j.as("resident.zhiqiang"), j.as("community.zhiqiang")
	const words = "背街的路灯一直不亮，想请人夜里巡逻，联系我 13812345678。"
	shown := resident.must("POST", "/voices/preview", body{"placeId": j.place, "words": words})
	if strings.Contains(text(shown, "public"), "13812345678") {
		j.t.Fatal("a phone number would be public")
	}
	made := resident.must("POST", "/voices", body{
		"placeId": j.place, "category": "safety.crime", "words": words, "public": text(shown, "public"), "where": "青龙街背街",
		"affected": 200, "building": "3", "unit": "1-2", "urgency": "normal",
	})
	staff.must("POST", "/places/"+j.place+"/count", body{"kind": "households", "asOf": "2026-09-20", "value": 6, "source": "登记底册"})
	n := staff.must("POST", "/needs", body{
		"voices":   []any{body{"id": text(made, "voice.id"), "version": number(made, "voice.version")}},
		"category": "safety.crime", "title": "背街夜间巡逻", "summary": "路灯不亮，居民希望有人夜间巡逻。", "beneficiaries": 200, "estimateFen": 6_000_000, "urgency": "normal",
	})
	j.need = text(n, "id")
	path := "/needs/" + j.need
	j.as("resident").refused("access.forbidden", "POST", path+"/put_on_agenda", body{}, "If-Match", `"1"`)
	j.act("community.zhiqiang", path, "put_on_agenda", nil)
	j.act("community.zhiqiang", path, "classify", body{"route": "gov", "reason": "属于平安社区建设的公共服务"})
	list := anyone(j.t, j.base).must("GET", "/needs/exclusions?route=gov", nil)
	var answers []any
	for _, x := range items(list) {
		answers = append(answers, body{"code": text(x, "code"), "applies": false})
	}
	j.act("community.zhiqiang", path, "screen", body{"answers": answers})
	j.act("council.zhiqiang", path, "deliberate", body{"heldOn": "2026-09-21", "members": 21, "present": 17, "yes": 16, "no": 0, "abstain": 1, "recused": 0, "minutes": "同意"})
	j.act("community.zhiqiang", path, "publicise", body{"days": 5})
	j.goTo(time.September, 29, 9, 0)
	j.act("community.zhiqiang", path, "adopt", nil)
}

func items(v any) []any { return list(v, "items") }

const budget = 6_000_000 // fen

func (j *journey) budgetAndPlan() {
	buyer := j.as("buyer.qinglong")
	me := buyer.must("GET", "/session", nil)
	j.as("finance").must("POST", "/budget-lines", body{
		"partyId": partyOf(me), "fiscalYear": 2026, "source": "general", "functionCode": "2080299", "economyCode": "30227", "title": "委托业务费", "approvedFen": budget,
	})
	lines := j.as("finance.approver").must("GET", "/budget-lines?partyId="+partyOf(me), nil)
	p := buyer.must("POST", "/projects", body{
		"title": "致强社区夜间平安巡逻服务", "summary": "组织志愿者夜间巡逻并培训。", "track": "G", "placeId": j.place, "category": "safety.crime",
		"beneficiaries": 200, "needIds": []any{j.need}, "lots": []any{body{"title": "夜间巡逻", "amountFen": budget}},
	})
	j.project = text(p, "id")
	path := "/projects/" + j.project
	plan := body{
		"method": "consultation", "startsOn": "2026-11-16", "endsOn": "2026-12-18", "labour": body{},
		"term": body{"contentStable": false, "continuous": false, "fundingStable": false, "smallPriceChange": false},
		"sme":  body{"suitable": false, "exemptionNumber": "示范 2 号", "exemptionReason": "向社会组织购买"},
	}
	var answers []any
	for _, item := range strings.Fields("not_government_duty core_government_duty goods_or_works financing hiring other_by_law") {
		answers = append(answers, body{"item": item, "hit": false})
	}
	plan["answers"] = answers
	// No budget, no project (G-01).
	j.as("buyer.qinglong.approver").refused("project.transition_refused", "POST", path+"/plan", plan, "If-Match", j.version(buyer, path))
	j.act("finance.approver", path, "budget", body{"from": []any{body{"lineId": text(lines, "items.0.id"), "amountFen": budget}}})
	j.act("buyer.qinglong.approver", path, "plan", plan)
}

func partyOf(session any) string {
	return text(session, "membership.partyId")
}

func (j *journey) publish() {
	buyer := j.as("buyer.qinglong")
	t := buyer.must("POST", "/tenders", body{"projectId": j.project, "procedure": "consultation.services", "summary": "夜间巡逻", "month": "2026-10"})
	j.tender = text(t, "id")
	path := "/tenders/" + j.tender
	t = j.act("buyer.qinglong", path, "draft", nil)
	j.lot = text(t, "lotIds.0")
	deadline := time.Date(2026, 11, 10, 10, 0, 0, 0, calendar.Loc).UTC().Format(time.RFC3339)
	buyer.must("PUT", path, body{
		"title": "致强社区夜间平安巡逻服务", "deadlineAt": deadline,
		"document": body{
			"requirements": "每周五次夜间巡逻", "contractTerms": "验收后 30 日内付款", "consultation": "议事会议决", "termMonths": 1,
			"longTerm": body{"stable": false, "continuous": false, "funded": false, "steadyPrice": false}, "reserved": false, "exemption": "向社会组织购买",
			"deductBp": 1000, "bidBondFen": 0, "performanceBp": 0, "contact": "社区发展办", "negativeList": true,
		},
		"lots": []any{body{
			"id": j.lot, "scope": "致强社区背街", "ceilingFen": budget, "priceWeight": 2000,
			"criteria": []any{
				body{"id": "c1", "title": "同类经验", "objective": true, "max": 1000, "guidance": "", "grades": []any{body{"text": "有", "min": 1000, "max": 1000}, body{"text": "无", "min": 0, "max": 0}}},
				body{"id": "c2", "title": "方案", "objective": false, "max": 7000, "guidance": "", "grades": []any{body{"text": "好", "min": 4001, "max": 7000}, body{"text": "一般", "min": 0, "max": 4000}}},
			},
			"qualifications": []any{body{"id": "q1", "text": "依法登记"}}, "requirements": []any{body{"id": "r1", "text": "每周五次"}},
			"lowPrice": body{"meanPct": 50, "secondPct": 50, "ceilingPct": 45},
		}},
	}, "If-Match", j.version(buyer, path))
	j.act("buyer.qinglong", path, "submit", nil)
	j.act("buyer.qinglong.2", path, "review", body{"approved": true, "note": ""})
	var officers []any
	for _, login := range []string{"buyer.qinglong.2", "buyer.qinglong.approver"} {
		c := j.as(login)
		id := personOf(c.must("GET", "/session", nil))
		o, err := bidder.NewOfficer(ident.PersonID(id), phrase+login)
		if err != nil {
			j.t.Fatal(err)
		}
		c.must("PUT", "/officer-key", body{"recipient": o.Recipient, "wrapped": o.Wrapped})
		officers = append(officers, id)
	}
	in := body{"officerIds": officers, "threshold": 2}
	j.as("buyer.qinglong.approver").refused("tender.intention_running", "POST", path+"/publish", in, "If-Match", j.version(buyer, path))
	j.goTo(time.October, 30, 10, 0)
	j.act("buyer.qinglong.approver", path, "publish", in)
}

const phrase = "a long passphrase of "

func personOf(session any) string {
	return text(session, "personId")
}

// sealed makes envelopes as the bidder's browser does.
func (j *journey) sealed(login string, total money.Fen, kinds []procedure.EnvelopeKind) body {
	c := j.as(login)
	t := c.must("GET", "/tenders/"+j.tender, nil)
	recipients := map[procedure.EnvelopeKind]string{}
	for _, r := range list(t, "lots.0.recipients") {
		recipients[procedure.EnvelopeKind(text(r, "kind"))] = text(r, "recipient")
	}
	all, err := bidder.Offer{
		LotID: ident.LotID(j.lot), SupplierID: ident.PartyID(partyOf(c.must("GET", "/session", nil))), LegalName: login, LegalRep: login,
		SizeClass: "none", Summary: "我们每周五次巡逻", TotalFen: total, SealedAt: time.Now(),
	}.Seal(recipients, kinds...)
	if err != nil {
		j.t.Fatal(err)
	}
	var envelopes []any
	for _, e := range all {
		envelopes = append(envelopes, body{"kind": string(e.Kind), "cipherText": base64.StdEncoding.EncodeToString(e.CipherText), "hash": e.Hash})
	}
	return body{"docVersion": number(t, "docVersion"), "envelopes": envelopes}
}

var suppliers = map[string][2]money.Fen{
	"supplier.11": {58_000_00, 56_000_00}, "supplier.7": {57_000_00, 55_000_00}, "supplier.12": {59_000_00, 58_000_00},
}

func (j *journey) bidAndOpen() {
	lot := "/lots/" + j.lot
	j.goTo(time.November, 5, 10, 0)
	for login, price := range suppliers {
		j.as(login).must("POST", lot+"/bid", j.sealed(login, price[0], bidder.First))
	}
	j.as("auditor").refused("access.forbidden", "GET", lot+"/bid", nil)
	j.goTo(time.November, 10, 10, 3)
	for login, price := range suppliers {
		j.as(login).refused("bid.deadline_passed", "POST", lot+"/bid", j.sealed(login, price[0], bidder.First))
		break
	}
	j.act("buyer.qinglong.2", "/tenders/"+j.tender, "close", nil)
	j.act("buyer.qinglong.2", "/tenders/"+j.tender, "committee", body{"size": 3})
	for _, e := range j.committee() {
		var said []any
		for login := range suppliers {
			said = append(said, body{"supplierId": partyOf(j.as(login).must("GET", "/session", nil)), "conflict": false})
		}
		e.must("POST", "/tenders/"+j.tender+"/committee/declare", body{"declarations": said})
	}
	j.ceremony("opening")
}

// committee signs in who was drawn, the chair first.
func (j *journey) committee() []*client {
	j.t.Helper()
	t := j.as("buyer.qinglong.2").must("GET", "/tenders/"+j.tender, nil)
	drawn := map[string]bool{}
	for _, m := range list(t, "committee.members") {
		drawn[text(m, "personId")] = at(m, "chair") == true
	}
	var out []*client
	for i := 1; i <= 5; i++ {
		c := j.as(fmt.Sprintf("expert.%d", i))
		chair, in := drawn[personOf(c.must("GET", "/session", nil))]
		switch {
		case in && chair:
			out = append([]*client{c}, out...)
		case in:
			out = append(out, c)
		}
	}
	if len(out) != 3 {
		j.t.Fatalf("%d of the committee found in %v", len(out), at(t, "committee"))
	}
	return out
}

// ceremony is held by both officers, each in his own session.
func (j *journey) ceremony(name string) {
	path := "/lots/" + j.lot + "/ceremonies/" + name
	var shares []any
	logins := []string{"buyer.qinglong.2", "buyer.qinglong.approver"}
	for _, login := range logins {
		j.as(login).must("POST", path+"/attend", body{})
	}
	for _, login := range logins {
		c := j.as(login)
		me := personOf(c.must("GET", "/session", nil))
		for _, o := range list(c.must("GET", path, nil), "officers") {
			if text(o, "personId") != me {
				continue
			}
			officer := bidder.Officer{PersonID: ident.PersonID(me), Wrapped: text(o, "wrapped"), Passphrase: phrase + login}
			for _, s := range list(o, "shares") {
				given, err := officer.Unlock(tender.KeyShare{OfficerID: ident.PersonID(me), Index: int(number(s, "index")), Sealed: text(s, "sealed")})
				if err != nil {
					j.t.Fatal(err)
				}
				shares = append(shares, body{"kind": text(s, "kind"), "officerId": me, "value": given.Value})
			}
		}
	}
	j.as(logins[0]).must("POST", path+"/unseal", body{"shares": shares})
}

func (j *journey) award() {
	lot := "/lots/" + j.lot
	tenderPath := "/tenders/" + j.tender
	maker := j.as("buyer.qinglong.2")
	members := j.committee()
	evaluation := maker.must("GET", lot+"/evaluation", nil)
	var verdicts []any
	var bids []string
	for _, b := range list(evaluation, "bids") {
		bids = append(bids, text(b, "id"))
		verdicts = append(verdicts, body{"bidId": text(b, "id"), "passed": true})
	}
	maker.must("POST", lot+"/qualification", body{"verdicts": verdicts}, "If-Match", j.version(maker, tenderPath))
	members[0].must("POST", lot+"/conformity", body{"verdicts": verdicts}, "If-Match", j.version(maker, tenderPath))
	for i, m := range members {
		for n, b := range bids {
			m.must("PUT", lot+"/sheets/"+b, body{"scores": []any{
				body{"criterionId": "c1", "points": 1000}, body{"criterionId": "c2", "points": 5000 + 300*n + 100*i, "reason": "方案"},
			}}, "If-Match", `"0"`)
		}
	}
	for _, m := range members {
		m.must("POST", lot+"/sheets/sign", body{})
	}
	maker.must("POST", lot+"/invite-final", body{"deadlineAt": time.Date(2026, 11, 10, 15, 0, 0, 0, calendar.Loc).UTC().Format(time.RFC3339)}, "If-Match", j.version(maker, tenderPath))
	for login, price := range suppliers {
		j.as(login).must("POST", lot+"/final-offer", j.sealed(login, price[1], bidder.Final))
	}
	j.goTo(time.November, 10, 15, 3)
	j.ceremony("price")
	maker.must("POST", lot+"/nominate", body{}, "If-Match", j.version(maker, tenderPath))
	approver := j.as("buyer.qinglong.approver")
	approver.must("POST", lot+"/confirm", body{"reason": "按排名确定"}, "If-Match", j.version(maker, tenderPath))
	approver.must("POST", lot+"/announce", body{}, "If-Match", j.version(maker, tenderPath))
}
