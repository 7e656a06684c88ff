package httpapi_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/oversight"
	"linli/backend/app/settlement"
	"linli/backend/demo/bidder"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
	"linli/backend/domain/tender"
	"linli/backend/testkit"
)

// impossible wants a write refused with a code, whatever its version.
func (s *dealStage) impossible(code string, who access.Actor, path, body string) {
	s.t.Helper()
	headers := []string{"Idempotency-Key", s.Key()}
	for _, at := range []string{"/contracts/", "/milestones/", "/payments/", "/lots/", "/tenders/"} {
		if strings.HasPrefix(path, at) {
			headers = append(headers, "If-Match", fmt.Sprintf("%q", fmt.Sprint(s.versionFor(path))))
		}
	}
	before := auditHead(s.Kit)
	if status, out := s.call(who, "POST", path, body, headers...); out["code"] != code {
		s.t.Errorf("POST %s: %d %v, want %s", path, status, out["code"], code)
	}
	if auditHead(s.Kit) != before {
		s.t.Errorf("POST %s was refused and yet wrote something", path)
	}
}

// versionFor is the version in force of what a path is about.
func (s *dealStage) versionFor(path string) int64 {
	s.t.Helper()
	part := strings.Split(path, "/")
	switch part[1] {
	case "milestones":
		for _, m := range s.get(s.p.Maker, "/contracts/"+s.contract)["milestones"].([]any) {
			if x := m.(map[string]any); x["id"] == part[2] {
				return int64(x["version"].(float64))
			}
		}
	case "payments":
		return s.paymentVersion()
	case "contracts":
		return s.contractVersion()
	}
	return 1
}

// holds tells what an account has left.
func (s *dealStage) holds(kind ledger.Kind, owner string) money.Fen {
	s.t.Helper()
	var out money.Fen
	s.View(func(ctx context.Context, u *app.Unit) error {
		all, err := u.Ledger.Balances(ctx, ledger.AccountFilter{})
		for _, b := range all {
			if b.Account.Kind == kind && b.Account.OwnerID == owner {
				out = b.AvailableFen()
			}
		}
		return err
	})
	return out
}

// balanced wants accounts to hold what they should and the money to be whole.
func (s *dealStage) balanced(line, committed, contracted, payable money.Fen) {
	s.t.Helper()
	for _, x := range []struct {
		kind  ledger.Kind
		owner string
		want  money.Fen
	}{
		{ledger.BudgetLine, string(s.p.Line.ID), line}, {ledger.Commitment, string(s.p.Award.ID), committed},
		{ledger.Contract, s.contract, contracted}, {ledger.Payable, s.contract, payable},
	} {
		if got := s.holds(x.kind, x.owner); got != x.want {
			s.t.Errorf("%s holds %s, want %s", x.kind, got, x.want)
		}
	}
	s.whole()
}

// whole wants `verify` to find nothing.
func (s *dealStage) whole() {
	s.t.Helper()
	report, err := oversight.Verify(context.Background(), s.App.Store)
	if err != nil || !report.Whole {
		s.t.Errorf("%v %+v", err, report.Breaks)
	}
	s.View(func(ctx context.Context, u *app.Unit) error {
		breaks, err := settlement.Verify(ctx, u)
		if len(breaks) > 0 {
			s.t.Errorf("%+v", breaks)
		}
		return err
	})
}

// playRescinded drafts a contract that comes to nothing, and then another.
func playRescinded(t *testing.T, k *testkit.Kit) {
	s := newDealStage(t, k)
	draft := moneyTry{path: "/contracts", body: `{"awardId":"` + string(s.p.Award.ID) + `"}`, who: s.p.Maker, wrong: s.p.Agent, status: 201}
	s.contract = s.write(draft)["id"].(string)
	path := "/contracts/" + s.contract
	s.write(moneyTry{method: "PUT", path: path + "/terms", body: s.terms(15360000), who: s.p.Maker, wrong: s.p.Agent, version: s.contractVersion})
	s.balanced(24000000, 24000000, 0, 0)
	s.impossible("contract.award_used", s.p.Maker, "/contracts", draft.body)
	s.sign("/sign-as-supplier", s.p.Agent, s.p.Maker)
	s.sign("/sign", s.p.Approver, s.p.Maker)
	s.balanced(24000000, 0, 24000000, 0)
	s.write(moneyTry{path: path + "/rescind", body: `{"reason":"供应商放弃履约"}`, invalid: `{}`, who: s.p.Approver, wrong: s.p.Maker, version: s.contractVersion})
	s.balanced(48000000, 0, 0, 0)
	for act, code := range map[string]string{
		"publish": "contract.transition_refused", "start": "contract.not_begun", "complete": "contract.milestones_open", "close": "contract.transition_refused",
	} {
		s.impossible(code, s.p.Maker, path+"/"+act, `{}`)
	}
	for _, m := range s.get(s.p.Maker, path)["milestones"].([]any) {
		s.impossible("record.not_found", s.p.Agent, "/payments", fmt.Sprintf(`{"milestoneId":%q,"amountFen":1,"invoice":%s}`, m.(map[string]any)["id"], s.invoice(1)))
	}
	s.contract = s.write(draft)["id"].(string)
	s.balanced(24000000, 24000000, 0, 0)
}

// playTerminated ends a running contract of which one part was accepted: that part is owed, the
// rest goes back.
func playTerminated(t *testing.T, k *testkit.Kit) {
	s := newDealStage(t, k)
	s.concluded()
	s.accepted()
	path := "/contracts/" + s.contract
	s.balanced(24000000, 0, 15360000, 8640000)
	s.write(moneyTry{path: path + "/terminate", body: `{"reason":"双方协商解除"}`, invalid: `{}`, who: s.p.Approver, wrong: s.p.Maker, version: s.contractVersion})
	s.balanced(24000000+15360000, 0, 0, 8640000)
	second := s.milestone[1]
	s.impossible("contract.not_active", s.p.Agent, "/milestones/"+second+"/start", `{}`)
	s.impossible("payment.not_payable", s.p.Agent, "/payments", fmt.Sprintf(`{"milestoneId":%q,"amountFen":1,"invoice":%s}`, second, s.invoice(1)))
	s.impossible("contract.transition_refused", s.p.Approver, path+"/resume", `{"reason":"又要做了"}`)
	s.settled(8640000)
	s.impossible("payment.not_payable", s.p.Agent, "/payments", fmt.Sprintf(`{"milestoneId":%q,"amountFen":1,"invoice":%s}`, s.milestone[0], s.invoice(1)))
	s.balanced(24000000+15360000, 0, 0, 0)
}

// submitted delivers the first milestone and hands it in.
func (s *dealStage) submitted() string {
	s.t.Helper()
	path := "/milestones/" + s.milestone[0]
	s.write(moneyTry{path: path + "/start", who: s.p.Agent, wrong: s.p.Maker, version: s.stepVersion(0)})
	s.write(moneyTry{path: path + "/evidence", body: `{"title":"服务记录","count":1214}`, who: s.p.Agent, wrong: s.p.Maker, version: s.stepVersion(0)})
	s.AdvanceTo(calendar.Date{Year: 2026, Month: 5, Day: 29}.At(17, 0))
	s.write(moneyTry{path: path + "/submit", body: `{"deliveredOn":"2026-05-29"}`, who: s.p.Agent, wrong: s.p.Maker, version: s.stepVersion(0)})
	return path
}

// accepted has the first milestone inspected, accepted and made public.
func (s *dealStage) accepted() {
	s.t.Helper()
	path := s.submitted()
	s.write(moneyTry{path: path + "/inspect", who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
	verdict := `{"verdict":"accept","usersOpinion":"回访 40 户","findings":[{"met":true},{"observed":"1200"}],"reason":""}`
	s.write(moneyTry{path: path + "/decide", body: verdict, who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
	s.write(moneyTry{path: path + "/publish", who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
}

// settled pays what is owed on the first milestone and finds it on the bank's statement.
func (s *dealStage) settled(total int) {
	s.t.Helper()
	s.requested(total)
	s.act("verify-invoice", "", "", s.p.Maker, s.p.Agent)
	s.act("approve", "", "", s.p.Approver, s.p.Maker)
	s.act("instruct", `{"method":"treasury_central"}`, "", s.p.Cashier, s.p.Approver)
	s.act("confirm-paid", `{"voucherNumber":"V-1","paidOn":"`+s.today()+`"}`, "", s.p.Cashier, s.p.Approver)
	s.reconciled()
}

// playDeemed lets the buyer be silent past the period: the delivery counts as accepted, is paid,
// and the contract runs to its end.
func playDeemed(t *testing.T, k *testkit.Kit) {
	s := newDealStage(t, k)
	s.concluded()
	path := s.submitted()
	s.impossible("milestone.inspection_open", s.p.Agent, path+"/deem", `{}`)
	s.balanced(24000000, 0, 24000000, 0)
	s.AdvanceTo(calendar.Date{Year: 2026, Month: 6, Day: 8}.End())
	s.write(moneyTry{path: path + "/deem", who: s.p.Agent, wrong: s.p.Maker, version: s.stepVersion(0)})
	s.balanced(24000000, 0, 15360000, 8640000)
	for _, act := range []string{"/inspect", "/return"} {
		s.impossible("milestone.transition_refused", s.p.Inspector, path+act, `{"reason":"缺记录"}`)
	}
	s.impossible("milestone.transition_refused", s.p.Inspector, path+"/decide", `{"verdict":"reject","findings":[{"met":true},{"observed":"1"}],"reason":"迟到的意见"}`)
	s.impossible("payment.not_payable", s.p.Agent, "/payments", fmt.Sprintf(`{"milestoneId":%q,"amountFen":1,"invoice":%s}`, s.milestone[0], s.invoice(1)))
	s.write(moneyTry{path: path + "/publish", who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
	s.settled(8640000)
	contract := "/contracts/" + s.contract
	s.impossible("contract.milestones_open", s.p.Maker, contract+"/complete", `{}`)
	s.write(moneyTry{path: "/milestones/" + s.milestone[1] + "/drop", body: `{"reason":"另行安排"}`, who: s.p.Approver, wrong: s.p.Maker, version: s.stepVersion(1)})
	s.write(moneyTry{path: contract + "/complete", who: s.p.Maker, wrong: s.p.Agent, version: s.contractVersion})
	s.balanced(24000000+15360000, 0, 0, 0)
	s.write(moneyTry{path: contract + "/close", who: s.p.Maker, wrong: s.p.Agent, version: s.contractVersion})
	s.impossible("contract.transition_refused", s.p.Approver, contract+"/terminate", `{"reason":"晚了"}`)
}

// playRefusedPayment sends an invoice back, refuses a payment, and pays another only once.
func playRefusedPayment(t *testing.T, k *testkit.Kit) {
	s := newDealStage(t, k)
	s.concluded()
	s.accepted()
	owed := func() { s.t.Helper(); s.balanced(24000000, 0, 15360000, 8640000) }
	again := func() string {
		return fmt.Sprintf(`{"milestoneId":%q,"amountFen":8640000,"invoice":%s}`, s.milestone[0], s.invoice(8640000))
	}
	s.requested(8640000)
	payment := "/payments/" + s.payment
	instruct := func() {
		s.t.Helper()
		s.impossible("payment.transition_refused", s.p.Cashier, payment+"/instruct", `{"method":"treasury_central"}`)
	}
	instruct()
	s.impossible("payment.over_accepted", s.p.Agent, "/payments", again()) // what was asked for is taken
	s.act("verify-invoice", "", "", s.p.Maker, s.p.Agent)
	s.act("send-back", `{"reason":"发票抬头有误"}`, `{}`, s.p.Approver, s.p.Maker)
	instruct()
	s.impossible("payment.transition_refused", s.p.Approver, payment+"/approve", `{}`)
	owed()
	s.write(moneyTry{method: "PUT", path: payment + "/invoice", body: s.invoice(8640000), who: s.p.Agent, wrong: s.p.Approver, version: s.paymentVersion})
	s.act("withdraw", `{"reason":"重新申请"}`, `{}`, s.p.Agent, s.p.Approver)
	for _, act := range []struct {
		who  access.Actor
		path string
	}{{s.p.Maker, "/verify-invoice"}, {s.p.Approver, "/approve"}} {
		s.impossible("payment.transition_refused", act.who, payment+act.path, `{}`)
	}
	instruct()
	owed()
	s.requested(8640000)
	payment = "/payments/" + s.payment
	s.act("dispute", `{"amountFen":8640000,"reason":"服务次数存疑"}`, `{}`, s.p.Maker, s.p.Agent)
	instruct()
	owed()
	s.act("resolve", `{"amountFen":8640000,"reason":"核对无误"}`, "", s.p.Maker, s.p.Agent)
	s.act("verify-invoice", "", "", s.p.Maker, s.p.Agent)
	s.act("approve", "", "", s.p.Approver, s.p.Maker)
	s.act("instruct", `{"method":"treasury_central"}`, "", s.p.Cashier, s.p.Approver)
	s.act("bounce", `{"reason":"户名不符"}`, "", s.p.Cashier, s.p.Approver)
	s.impossible("payment.transition_refused", s.p.Cashier, payment+"/confirm-paid", `{"voucherNumber":"V-9","paidOn":"`+s.today()+`"}`)
	owed()
	if v := s.get(s.p.Cashier, payment); v["status"] != "returned" || v["paidOn"] != nil {
		t.Errorf("%v %v", v["status"], v["paidOn"])
	}
}

// answeredBy brings a tender of its own to where suppliers answer, and lets some of them.
func (s *tenderStage) answeredBy(suppliers int) {
	s.t.Helper()
	s.drafted()
	s.published()
	for i := range suppliers {
		s.write(moneyTry{path: "/lots/" + s.lot + "/bid", body: s.sealed(i, 4_700_000, bidder.First), who: s.suppliers[i], wrong: s.p.Maker})
	}
}

// ended wants nothing of a tender that ended without an award to go on: no opening, no bid, no
// award, no contract, no money held; and its project ready to be bought for again.
func (s *tenderStage) ended(status string, line money.Fen) {
	s.t.Helper()
	lot := "/lots/" + s.lot
	for _, x := range []struct {
		code string
		who  access.Actor
		path string
		body string
	}{
		{"opening.not_due", s.check, lot + "/ceremonies/opening/attend", ""},
		{"tender.transition_refused", s.check, lot + "/nominate", "{}"},
		{"tender.transition_refused", s.head, lot + "/confirm", `{"reason":"x"}`},
	} {
		if got, out := s.call(x.who, "POST", x.path, x.body, "Idempotency-Key", s.Key(), "If-Match", fmt.Sprintf("%q", fmt.Sprint(s.version()))); out["code"] != x.code {
			s.t.Errorf("%s of a tender that ended: %d %v, want %s", x.path, got, out["code"], x.code)
		}
	}
	v := s.get(access.Actor{}, s.path)
	if v["status"] != status || v["lots"].([]any)[0].(map[string]any)["award"] != nil {
		s.t.Errorf("the public reads %v", v["status"])
	}
	for _, x := range s.suppliers {
		if code, own := s.call(x, "GET", lot+"/bid", ""); code == 200 && own["status"] != "sealed" && own["status"] != "withdrawn" && own["status"] != "invalid" {
			s.t.Errorf("a bid nobody may open is %v", own["status"])
		}
	}
	if got := s.holds(ledger.BudgetLine, string(s.p.Line.ID)); got != line {
		s.t.Errorf("the budget line holds %s, want %s", got, line)
	}
	if p := s.get(s.p.Maker, "/projects/"+v["projectId"].(string)); p["status"] != "planned" {
		s.t.Errorf("the project is %v", p["status"])
	}
	s.whole()
}

// again announces the same project once more.
func (s *tenderStage) again(project string) {
	s.t.Helper()
	body := fmt.Sprintf(`{"projectId":%q,"procedure":"consultation.services","summary":"重新采购","month":"2026-06"}`, project)
	if status, out := s.call(s.p.Maker, "POST", "/tenders", body, "Idempotency-Key", s.Key()); status != 201 {
		s.t.Errorf("the project cannot be bought for again: %d %v", status, out["code"])
	}
}

// playCancelled cancels a tender with bids in it: they stay sealed for ever.
func playCancelled(t *testing.T, k *testkit.Kit) {
	s := newTenderStage(t, k)
	s.answeredBy(2)
	project := s.get(s.p.Maker, s.path)["projectId"].(string)
	line := s.holds(ledger.BudgetLine, string(s.p.Line.ID))
	stop := func(code string) string { return fmt.Sprintf(`{"reason":"任务取消","reasonCode":%q}`, code) }
	s.act("/lots/"+s.lot+"/cancel", stop(tender.ReasonChanged), stop("mood"), s.head, s.check)
	late := s.sealed(2, 4_000_000, bidder.First)
	if status, out := s.call(s.suppliers[2], "POST", "/lots/"+s.lot+"/bid", late, "Idempotency-Key", s.Key()); status != 409 {
		t.Errorf("a bid on a cancelled lot: %d %v", status, out["code"])
	}
	s.ended("cancelled", line)
	s.again(project)
}

// playTooFew closes a tender with one answer: it fails, its only bid is never opened.
func playTooFew(t *testing.T, k *testkit.Kit) {
	s := newTenderStage(t, k)
	s.answeredBy(1)
	project := s.get(s.p.Maker, s.path)["projectId"].(string)
	line := s.holds(ledger.BudgetLine, string(s.p.Line.ID))
	s.AdvanceTo(responsesUntil.Add(tender.CloseWait))
	s.act(s.path+"/close", "", "", s.check, s.p.Agent)
	stop := func(reason string) string {
		return fmt.Sprintf(`{"reason":%q,"reasonCode":%q}`, reason, tender.ReasonTooFew)
	}
	s.act("/lots/"+s.lot+"/fail", stop("仅一家响应"), stop(" "), s.head, s.check)
	s.ended("failed", line)
	s.again(project)
}

// playNextCandidate has the winner refuse to sign: the second takes his place, and his award
// leads nowhere any more.
func playNextCandidate(t *testing.T, k *testkit.Kit) {
	s := newTenderStage(t, k)
	s.drafted()
	s.published()
	s.answered()
	members := s.committee()
	s.ceremony("opening")
	s.evaluated(members)
	s.awarded()
	award := func() map[string]any {
		return s.get(access.Actor{}, s.path)["lots"].([]any)[0].(map[string]any)["award"].(map[string]any)
	}
	first := award()
	s.act("/lots/"+s.lot+"/next-candidate", `{"reason":"成交供应商书面放弃"}`, `{"reason":" "}`, s.head, s.check)
	s.impossible("contract.award_not_announced", s.p.Maker, "/contracts", `{"awardId":"`+first["id"].(string)+`"}`)
	s.act("/lots/"+s.lot+"/confirm", `{"reason":"按排名顺延"}`, "", s.head, s.check)
	s.act("/lots/"+s.lot+"/announce", "", "", s.head, s.check)
	second := award()
	if second["id"] == first["id"] || second["supplierId"] == first["supplierId"] {
		t.Errorf("the award went to %v again", second["supplierId"])
	}
	s.impossible("contract.award_not_announced", s.p.Maker, "/contracts", `{"awardId":"`+first["id"].(string)+`"}`)
	s.Advance(24 * time.Hour)
	if status, out := s.call(s.p.Maker, "POST", "/contracts", `{"awardId":"`+second["id"].(string)+`"}`, "Idempotency-Key", s.Key()); status != 201 {
		t.Errorf("no contract with the second: %d %v", status, out["code"])
	}
	s.whole()
}
