package e2e

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"linli/backend/demo/bidder"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

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

// suppliers offer a first and a final price each; the committee likes the social enterprise best.
var suppliers = map[string][2]money.Fen{
	winner: {58_000_00, 56_000_00}, "supplier.11": {57_000_00, 55_000_00}, "supplier.12": {59_000_00, 58_000_00},
}

const winner = "supplier" // a social enterprise: it may promise money to a fund

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

func (j *journey) evaluateAndAward() {
	lot := "/lots/" + j.lot
	tenderPath := "/tenders/" + j.tender
	maker := j.as("buyer.qinglong.2")
	members := j.committee()
	evaluation := maker.must("GET", lot+"/evaluation", nil)
	var verdicts []any
	likes := map[string]int{}
	for _, b := range list(evaluation, "bids") {
		likes[text(b, "id")] = 5000
		if text(b, "supplierId") == partyOf(j.as(winner).must("GET", "/session", nil)) {
			likes[text(b, "id")] = 6500
		}
		verdicts = append(verdicts, body{"bidId": text(b, "id"), "passed": true})
	}
	maker.must("POST", lot+"/qualification", body{"verdicts": verdicts}, "If-Match", j.version(maker, tenderPath))
	members[0].must("POST", lot+"/conformity", body{"verdicts": verdicts}, "If-Match", j.version(maker, tenderPath))
	for i, m := range members {
		for b, points := range likes {
			m.must("PUT", lot+"/sheets/"+b, body{"scores": []any{
				body{"criterionId": "c1", "points": 1000}, body{"criterionId": "c2", "points": points + 100*i, "reason": "方案"},
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
	made := approver.must("POST", lot+"/announce", body{}, "If-Match", j.version(maker, tenderPath))
	j.award, j.price = text(made, "id"), number(made, "priceFen")
	if text(made, "supplierId") != partyOf(j.as(winner).must("GET", "/session", nil)) {
		j.t.Fatalf("somebody else won: %v", made)
	}
}
