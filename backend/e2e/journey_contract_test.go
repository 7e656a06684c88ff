package e2e

import (
	"fmt"
	"time"
)

// parts of the contract: the first falls two patrols short, the second is complete.
var parts = []struct {
	title, due string
	fen        int64
	observed   string
	verdict    string
	payable    int64
}{
	// 2,400,000 × 40 % for the records + 60 % × 41 of 43 patrols, half up: 960,000 + 1,373,023
	{"第一期：组队与巡逻", "2026-11-20", 2_400_000, "41", "accept_partly", 2_333_023},
	{"第二期：巡逻与培训", "2026-11-27", 3_200_000, "43", "accept", 3_200_000},
}

func (j *journey) conclude() {
	j.goTo(time.November, 11, 9, 0)
	made := j.as("buyer.qinglong").must("POST", "/contracts", body{"awardId": j.award})
	j.contract = "/contracts/" + text(made, "id")
	anyone(j.t, j.base).refused("record.not_found", "GET", j.contract, nil)
	terms := j.terms(parts[0].fen)
	j.as("buyer.qinglong").refused("contract.milestone_sum", "PUT", j.contract+"/terms", j.terms(parts[0].fen+1), "If-Match", j.version(j.as("buyer.qinglong"), j.contract))
	j.as("buyer.qinglong").must("PUT", j.contract+"/terms", terms, "If-Match", j.version(j.as("buyer.qinglong"), j.contract))
	hash := body{"textHash": text(j.as("buyer.qinglong").must("GET", j.contract, nil), "textHash")}
	approver := j.as("buyer.qinglong.approver")
	approver.refused("contract.supplier_unsigned", "POST", j.contract+"/sign", hash, "If-Match", j.version(approver, j.contract))
	j.act(winner, j.contract, "sign-as-supplier", hash)
	j.act("buyer.qinglong.approver", j.contract, "sign", hash)
	j.act("buyer.qinglong", j.contract, "publish", nil)
	public := anyone(j.t, j.base).must("GET", j.contract, nil)
	j.wanted("the account stays private", at(public, "payee"), nil)
	j.wanted("the published amount", number(public, "originalFen"), j.price)
	j.act("buyer.qinglong", j.contract, "file", body{"filingNumber": "BA-2026-0711"})
	j.goTo(time.November, 16, 9, 0)
	j.act("buyer.qinglong", j.contract, "start", nil)
	for _, m := range list(public, "milestones") {
		j.milestones = append(j.milestones, text(m, "id"))
	}
}

func (j *journey) terms(first int64) body {
	var milestones []any
	for i, x := range parts {
		fen := x.fen
		if i == 0 {
			fen = first
		}
		milestones = append(milestones, body{"title": x.title, "dueOn": x.due, "amountFen": fen, "items": []any{
			body{"kind": "deliverable", "name": "巡逻记录", "weightBp": 4000},
			body{"kind": "indicator", "name": "夜间巡逻", "target": "43", "unit": "次", "direction": "at_least", "proportional": true, "weightBp": 6000},
		}})
	}
	return body{
		"termFrom": "2026-11-16", "termUntil": "2026-12-18", "paymentDays": 20,
		"payee": body{"holder": "晨光邻里社会企业有限公司", "bank": "示范银行", "number": account}, "milestones": milestones,
	}
}

const account = "6222000044714471"

// step acts on a milestone; its version stands in the contract.
func (j *journey) step(login string, i int, action string, in any) {
	j.t.Helper()
	c := j.as(login)
	version := number(c.must("GET", j.contract, nil), fmt.Sprintf("milestones.%d.version", i))
	c.must("POST", "/milestones/"+j.milestones[i]+"/"+action, orEmpty(in), "If-Match", fmt.Sprintf("%q", fmt.Sprint(version)))
}

func (j *journey) deliver() {
	for i, x := range parts {
		due, err := time.Parse(time.DateOnly, x.due)
		if err != nil {
			j.t.Fatal(err)
		}
		j.goTo(due.Month(), due.Day(), 18, 0)
		j.step(winner, i, "start", nil)
		j.step(winner, i, "evidence", body{"title": "巡逻签到表", "count": 43})
		j.step(winner, i, "submit", body{"deliveredOn": x.due})
		path := "/milestones/" + j.milestones[i]
		j.as("resident.zhiqiang").must("POST", path+"/opinions", body{"rating": 5, "text": "晚上敢走这条路了。"})
		j.as("resident").refused("opinion.not_served", "POST", path+"/opinions", body{"rating": 1, "text": "没见过"})
		approver := j.as("buyer.qinglong.approver")
		version := number(approver.must("GET", j.contract, nil), fmt.Sprintf("milestones.%d.version", i))
		approver.refused("access.forbidden", "POST", path+"/inspect", body{}, "If-Match", fmt.Sprintf("%q", fmt.Sprint(version)))
		j.step("buyer.qinglong.2", i, "inspect", nil)
		j.step("buyer.qinglong.2", i, "decide", body{
			"verdict": x.verdict, "reason": "按次数核算", "usersOpinion": "现场核对，居民满意。",
			"findings": []any{body{"met": true}, body{"observed": x.observed}},
		})
		j.step("buyer.qinglong.2", i, "publish", nil)
		seen := anyone(j.t, j.base).must("GET", j.contract, nil)
		j.wanted("payable for "+x.title, number(seen, fmt.Sprintf("milestones.%d.acceptances.0.payableFen", i)), x.payable)
		j.wanted("people served who rated", number(seen, fmt.Sprintf("milestones.%d.satisfaction.rated", i)), int64(1))
		j.request(i)
	}
}

// finish ends the contract, and the neighbours end the need.
func (j *journey) finish() {
	j.goTo(time.December, 10, 9, 0)
	j.act("buyer.qinglong", j.contract, "complete", nil)
	j.act("buyer.qinglong", j.contract, "close", nil)
	need := "/needs/" + j.need
	staff := j.as("community.zhiqiang")
	staff.refused("need.confirmation_pending", "POST", need+"/close", body{"outcome": "met", "reason": "等待居民确认"}, "If-Match", j.version(staff, need))
	j.act("resident.zhiqiang", need, "confirm", nil)
	j.act("community.zhiqiang", need, "close", body{"outcome": "met", "reason": "服务已验收，款项付清，居民已确认。"})
}
