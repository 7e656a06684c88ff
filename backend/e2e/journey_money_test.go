package e2e

import (
	"fmt"
	"time"
)

// pledged is the social enterprise's free promise, in fen. It is no part of the tender.
const pledged = 100_001

// pledgeToTheFund establishes the community's fund and promises money to it, after the award.
func (j *journey) pledgeToTheFund() {
	f := j.as("fund").must("POST", "/funds", body{
		"name": "致强社区发展基金", "nameEn": "Zhiqiang community development fund", "purpose": "支持致强社区居民提出的公益服务。", "placeId": j.place,
	})
	j.fund = text(f, "id")
	j.as("fund").refused("access.forbidden", "POST", "/funds/"+j.fund+"/activate", body{}, "If-Match", `"1"`)
	j.act("fund.approver", "/funds/"+j.fund, "activate", nil)
	p := j.as(winner).must("POST", "/funds/"+j.fund+"/pledges", body{
		"projectId": j.project, "origin": "charter", "basis": "amount", "amountFen": pledged, "purpose": "章程承诺的利润反哺",
		"dues": []any{body{"period": "2026", "dueOn": "2026-12-08", "amountFen": pledged}},
	})
	j.pledge = text(p, "id")
	anyone(j.t, j.base).refused("record.not_found", "GET", "/pledges/"+j.pledge, nil) // nobody accepted it yet
	j.act("fund", "/pledges/"+j.pledge, "accept", nil)
}

// request asks for the money of an accepted part with an invoice, and for not one fen more.
func (j *journey) request(i int) {
	c := j.as(winner)
	deal := c.must("GET", j.contract, nil)
	total := parts[i].payable
	in := func(total int64) body {
		tax := total * 6 / 106
		return body{"milestoneId": j.milestones[i], "amountFen": total, "invoice": body{
			"number": fmt.Sprintf("26510000000009%06d", i+1), "issuedOn": parts[i].due, "buyerName": text(deal, "buyerName"), "buyerUscc": text(deal, "buyerUscc"),
			"sellerName": text(deal, "supplierName"), "sellerUscc": text(deal, "supplierUscc"), "item": "社会服务",
			"amountFen": total - tax, "taxRateBp": 600, "taxFen": tax, "totalFen": total,
		}}
	}
	c.refused("payment.over_accepted", "POST", "/payments", in(total+1))
	j.payments = append(j.payments, text(c.must("POST", "/payments", in(total)), "id"))
}

// pay takes both requests through the hands of four people to the bank's voucher.
func (j *journey) pay() {
	j.goTo(time.December, 1, 10, 0)
	for i, id := range j.payments {
		path := "/payments/" + id
		j.act("buyer.qinglong.2", path, "verify-invoice", nil)
		j.as("buyer.qinglong.2").refused("access.forbidden", "POST", path+"/approve", body{}, "If-Match", j.version(j.as("finance"), path))
		j.act("buyer.qinglong.approver", path, "approve", nil)
		j.act("finance", path, "instruct", body{"method": "treasury_central"})
		done := j.act("finance", path, "confirm-paid", body{"voucherNumber": voucher(i), "paidOn": "2026-12-01"})
		j.wanted("payment "+text(done, "code"), text(done, "status"), "paid")
	}
}

func voucher(i int) string { return fmt.Sprintf("GK-2026-9%04d", i) }

// reconcile imports the bank's lines and binds each to its payment, to the fen.
func (j *journey) reconcile() {
	csv := "sequence,booked_on,amount_yuan,counterparty,counter_account,remark\n"
	for i, x := range parts {
		csv += fmt.Sprintf("B-%s,2026-12-01,-%d.%02d,晨光邻里社会企业有限公司,%s,巡逻\n", voucher(i), x.payable/100, x.payable%100, account)
	}
	j.as("finance").must("POST", "/statement-lines/import", body{"account": "国库集中支付零余额 6100", "csv": csv})
	keeper := j.as("finance.approver")
	bound := 0
	for _, l := range items(keeper.must("GET", "/statement-lines?state=open", nil)) {
		for i, x := range parts {
			if text(l, "sequence") != "B-"+voucher(i) {
				continue
			}
			keeper.refused("statement.amount_differs", "POST", "/statement-lines/"+text(l, "id")+"/match",
				body{"matches": []any{body{"paymentId": j.payments[i], "amountFen": x.payable - 1}}}, "If-Match", `"1"`)
			keeper.must("POST", "/statement-lines/"+text(l, "id")+"/match",
				body{"matches": []any{body{"paymentId": j.payments[i], "amountFen": x.payable}}}, "If-Match", `"1"`)
			bound++
		}
	}
	j.wanted("bank lines bound", bound, len(parts))
	for _, id := range j.payments {
		j.wanted("status of a payment", text(keeper.must("GET", "/payments/"+id, nil), "status"), "reconciled")
	}
	j.returnToTheFund()
}

// returnToTheFund pays the pledge on its due day; the foundation's second person confirms it.
func (j *journey) returnToTheFund() {
	j.goTo(time.December, 8, 10, 0)
	todo := j.as(winner).must("GET", "/pledges/"+j.pledge, nil)
	j.wanted("still to pay", number(todo, "promisedFen")-number(todo, "paidFen"), int64(pledged))
	in := j.as("fund").must("POST", "/funds/"+j.fund+"/inflows", body{
		"kind": "pledge", "pledgeId": j.pledge, "dueNumber": 1, "amountFen": pledged, "bankReference": "ZQ-0001", "receivedOn": "2026-12-08",
	})
	j.as("fund").refused("access.forbidden", "POST", "/inflows/"+text(in, "id")+"/confirm", body{}, "If-Match", `"1"`)
	j.act("fund.approver", "/inflows/"+text(in, "id"), "confirm", nil)
	st := anyone(j.t, j.base).must("GET", "/funds/"+j.fund+"/statement?from=2026-01-01&to=2026-12-31", nil)
	j.wanted("the fund holds", number(st, "whole.closingFen"), int64(pledged))
	j.wanted("lines of the statement", len(list(st, "lines")), 1)
	j.wanted("the line names the project", text(st, "lines.0.projectId"), j.project)
}

// readTheLedger adds up every journal of the project and opens the document behind each.
func (j *journey) readTheLedger() {
	auditor := j.as("auditor")
	journals := items(auditor.must("GET", "/ledger/journals?limit=100&projectId="+j.project, nil))
	kinds := map[string]int{}
	for _, x := range journals {
		var sum int64
		for _, p := range list(x, "postings") {
			sum += number(p, "debitFen") - number(p, "creditFen")
			auditor.must("GET", "/ledger/journals?accountId="+text(p, "accountId"), nil)
		}
		j.wanted("balance of "+text(x, "code"), sum, int64(0))
		kinds[text(x, "kind")]++
		opened := auditor.must("GET", "/ledger/journals/"+text(x, "id"), nil)
		j.wanted("the document behind "+text(x, "code"), text(opened, "objectId") != "", true)
		if paths := map[string]string{"contract": "/contracts/", "payment": "/payments/"}; paths[text(opened, "objectKind")] != "" {
			auditor.must("GET", paths[text(opened, "objectKind")]+text(opened, "objectId"), nil)
		}
	}
	if len(kinds) < 4 {
		j.t.Errorf("only these kinds of journals: %v", kinds)
	}
	flow := anyone(j.t, j.base).must("GET", "/projects/"+j.project+"/money", nil)
	paid := parts[0].payable + parts[1].payable
	j.wanted("paid", number(flow, "paidFen"), paid)
	j.wanted("reconciled", number(flow, "reconciledFen"), paid)
	j.wanted("back to the budget", number(flow, "releasedFen"), j.price-paid)
	j.wanted("returned to the fund", number(flow, "returnedFen"), int64(pledged))
}
