package httpapi_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

// dealStage plays the trail from award to reconciliation over HTTP. Before each write succeeds it
// is tried in every way that must be refused; afterwards it is replayed.
type dealStage struct {
	*testkit.Kit
	p          *testkit.Purchase
	t          *testing.T
	stranger   access.Actor // of another place and body, with the same role where it matters
	contract   string
	milestone  []string
	payment    string
	supplement string
	invoices   int
	tried      map[string]bool
}

// moneyTry is one write route with what must be refused first.
type moneyTry struct {
	method, path, body string
	who, wrong         access.Actor
	invalid            string // a body that breaks a rule; "" when the route takes none
	invisible          bool   // a stranger may not even see the object
	bare               bool   // the route takes no body
	version            func() int64
	status             int
}

func newDealStage(t *testing.T, k *testkit.Kit) *dealStage {
	s := &dealStage{Kit: k, p: k.Purchase(24000000), t: t, tried: map[string]bool{}}
	s.stranger = k.As(access.BuyerMaker, k.Party(party.KindGOV, "外地街道", k.World.Neighbour.ID))
	return s
}

func (s *dealStage) call(as access.Actor, method, path, body string, headers ...string) (int, map[string]any) {
	s.t.Helper()
	res, text := s.Call(as, method, "/api/v1"+path, body, headers...)
	var out map[string]any
	if text != "" {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			s.t.Fatalf("%s %s: %s", method, path, text)
		}
	}
	return res.StatusCode, out
}

func (s *dealStage) get(as access.Actor, path string) map[string]any {
	s.t.Helper()
	status, out := s.call(as, "GET", path, "")
	if status != 200 {
		s.t.Fatalf("GET %s: %d %v", path, status, out)
	}
	return out
}

func (s *dealStage) expect(want int, what string, as access.Actor, a moneyTry, body string, headers ...string) {
	s.t.Helper()
	if status, out := s.call(as, a.method, a.path, body, headers...); status != want {
		s.t.Errorf("%s %s %s: %d %v, want %d", what, a.method, a.path, status, out["code"], want)
	}
}

// write tries a route in every way and returns the answer of the one that worked.
func (s *dealStage) write(a moneyTry) map[string]any {
	s.t.Helper()
	if a.method == "" {
		a.method = "POST"
	}
	if a.status == 0 {
		a.status = 200
	}
	if a.body == "" {
		a.body = "{}"
	}
	headers := []string{"Idempotency-Key", s.Key()}
	if a.version != nil {
		headers = append(headers, "If-Match", `"`+strconv.FormatInt(a.version(), 10)+`"`)
	}
	fresh := func(more ...string) []string {
		return append([]string{"Idempotency-Key", s.Key()}, append(append([]string(nil), headers[2:]...), more...)...)
	}
	s.expect(401, "unauthenticated", access.Actor{}, a, a.body, fresh()...)
	s.expect(403, "forbidden", a.wrong, a, a.body, fresh()...)
	if !a.bare {
		s.expect(400, "malformed", a.who, a, "{", fresh()...)
	}
	s.expect(400, "no idempotency key", a.who, a, a.body, headers[2:]...)
	if a.invisible {
		s.expect(404, "invisible", s.as(a.who.Role), a, a.body, fresh()...)
	}
	if a.invalid != "" {
		s.expect(422, "invalid", a.who, a, a.invalid, fresh()...)
	}
	s.tried[a.method+" "+a.path] = true
	if a.version != nil {
		s.expect(400, "no version", a.who, a, a.body, "Idempotency-Key", s.Key())
		return s.change(a)
	}
	status, out := s.call(a.who, a.method, a.path, a.body, headers...)
	if status != a.status {
		s.t.Fatalf("%s %s: %d %v", a.method, a.path, status, out)
	}
	again, replayed := s.call(a.who, a.method, a.path, a.body, headers...)
	if again != a.status || fmt.Sprint(replayed) != fmt.Sprint(out) {
		s.t.Errorf("replayed %s %s: %d %v, first %v", a.method, a.path, again, replayed, out)
	}
	return out
}

// change sends a write that names a version, with all that goes with it.
func (s *dealStage) change(a moneyTry) map[string]any {
	s.t.Helper()
	status, text := change{a.who, a.method, a.path, a.body, a.version()}.prove(s.t, s.Kit)
	if status != a.status {
		s.t.Fatalf("%s %s: %d %s", a.method, a.path, status, text)
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		s.t.Fatalf("%s %s: %s", a.method, a.path, text)
	}
	return out
}

// as gives somebody with the same role in another body at another place.
func (s *dealStage) as(role access.Role) access.Actor {
	return s.As(role, s.Party(party.KindGOV, "外地单位"+s.Key(), s.World.Neighbour.ID))
}

func (s *dealStage) contractVersion() int64 {
	return int64(s.get(s.p.Maker, "/contracts/"+s.contract)["version"].(float64))
}

func (s *dealStage) step(i int) map[string]any {
	return s.get(s.p.Maker, "/contracts/"+s.contract)["milestones"].([]any)[i].(map[string]any)
}

func (s *dealStage) stepVersion(i int) func() int64 {
	return func() int64 { return int64(s.step(i)["version"].(float64)) }
}

func (s *dealStage) paymentVersion() int64 {
	return int64(s.get(s.p.Cashier, "/payments/"+s.payment)["version"].(float64))
}

func (s *dealStage) today() string { return calendar.DateOf(s.App.Clock.Now()).String() }

const dealItems = `[{"kind":"deliverable","name":"服务记录","weightBp":4000},{"kind":"indicator","name":"上门次数","target":"1200","unit":"次","direction":"at_least","proportional":true,"weightBp":6000}]`

func (s *dealStage) terms(second int) string {
	return `{"termFrom":"2026-03-09","termUntil":"2026-12-31","payee":{"holder":"晨光邻里社会企业","bank":"成都银行","number":"6222000044714471"},"milestones":[
		{"title":"第一期","dueOn":"2026-05-29","amountFen":8640000,"items":` + dealItems + `},
		{"title":"第二期","dueOn":"2026-10-30","amountFen":` + strconv.Itoa(second) + `,"items":` + dealItems + `}]}`
}

func (s *dealStage) sign(path string, who, wrong access.Actor) {
	s.t.Helper()
	hash := s.get(s.p.Maker, "/contracts/"+s.contract)["textHash"].(string)
	s.write(moneyTry{
		path: "/contracts/" + s.contract + path, body: `{"textHash":"` + hash + `"}`, invalid: `{"textHash":"short"}`, who: who, wrong: wrong,
		version: s.contractVersion, invisible: true,
	})
}

func (s *dealStage) concluded() {
	s.t.Helper()
	out := s.write(moneyTry{
		path: "/contracts", body: `{"awardId":"` + string(s.p.Award.ID) + `"}`, invalid: `{"awardId":""}`, who: s.p.Maker, wrong: s.p.Agent, status: 201,
	})
	s.contract = out["id"].(string)
	path := "/contracts/" + s.contract
	if status, _ := s.call(access.Actor{}, "GET", path, ""); status != 404 {
		s.t.Errorf("a draft is public: %d", status)
	}
	s.write(moneyTry{method: "PUT", path: path + "/terms", body: s.terms(15360000), invalid: s.terms(15360001), who: s.p.Maker, wrong: s.p.Agent, version: s.contractVersion, invisible: true})
	s.sign("/sign-as-supplier", s.p.Agent, s.p.Maker)
	s.sign("/sign", s.p.Approver, s.p.Maker)
	s.write(moneyTry{path: path + "/publish", who: s.p.Maker, wrong: s.p.Approver, version: s.contractVersion, invisible: true})
	if status, v := s.call(access.Actor{}, "GET", path, ""); status != 200 || v["payee"] != nil || v["insider"] != false {
		s.t.Errorf("public contract: %d, payee %v", status, v["payee"])
	}
	s.write(moneyTry{path: path + "/file", body: `{"filingNumber":"BA-1"}`, invalid: `{"filingNumber":" "}`, who: s.p.Maker, wrong: s.p.Agent, version: s.contractVersion})
	s.AdvanceTo(calendar.Date{Year: 2026, Month: 3, Day: 9}.At(9, 0))
	s.write(moneyTry{path: path + "/start", who: s.p.Maker, wrong: s.p.Agent, version: s.contractVersion})
	for i := range 2 {
		s.milestone = append(s.milestone, s.step(i)["id"].(string))
	}
}

func (s *dealStage) interrupted() {
	s.t.Helper()
	path := "/contracts/" + s.contract
	for _, action := range []string{"suspend", "resume"} {
		s.write(moneyTry{path: path + "/" + action, body: `{"reason":"疫情"}`, invalid: `{}`, who: s.p.Approver, wrong: s.p.Maker, version: s.contractVersion})
	}
}

func (s *dealStage) delivered() {
	s.t.Helper()
	path := "/milestones/" + s.milestone[0]
	s.write(moneyTry{path: path + "/start", who: s.p.Agent, wrong: s.p.Maker, version: s.stepVersion(0)})
	s.write(moneyTry{path: path + "/evidence", body: `{"title":"服务记录","count":1214}`, invalid: `{"title":""}`, who: s.p.Agent, wrong: s.p.Maker, version: s.stepVersion(0)})
	s.AdvanceTo(calendar.Date{Year: 2026, Month: 5, Day: 29}.At(17, 0))
	submit := moneyTry{path: path + "/submit", body: `{"deliveredOn":"2026-05-29"}`, invalid: `{"deliveredOn":"2026-05-30"}`, who: s.p.Agent, wrong: s.p.Maker, version: s.stepVersion(0)}
	s.write(submit)
	s.write(moneyTry{path: path + "/return", body: `{"reason":"缺回访记录"}`, invalid: `{}`, who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
	s.write(submit)
	s.write(moneyTry{path: path + "/opinions", body: `{"rating":5,"text":"准时"}`, invalid: `{"rating":2}`, who: s.p.Resident, wrong: s.p.Agent})
	s.write(moneyTry{path: path + "/inspect", who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
	verdict := func(v, visits, reason string) string {
		return `{"verdict":"` + v + `","findings":[{"met":true},{"observed":"` + visits + `"}],"reason":"` + reason + `"}`
	}
	s.write(moneyTry{path: path + "/decide", body: verdict("reject", "10", "太少"), invalid: verdict("reject", "10", ""), who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
	s.write(moneyTry{path: path + "/rework", who: s.p.Agent, wrong: s.p.Maker, version: s.stepVersion(0)})
	s.write(submit)
	s.write(moneyTry{path: path + "/inspect", who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
	accept := strings.Replace(verdict("accept", "1200", ""), `"verdict"`, `"usersOpinion":"回访 40 户","verdict"`, 1)
	s.write(moneyTry{path: path + "/decide", body: accept, invalid: strings.Replace(accept, "1200", "x", 1), who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
	s.write(moneyTry{path: path + "/publish", who: s.p.Inspector, wrong: s.p.Agent, version: s.stepVersion(0)})
	s.write(moneyTry{path: "/milestones/" + s.milestone[1] + "/drop", body: `{"reason":"另行安排"}`, invalid: `{}`, who: s.p.Approver, wrong: s.p.Maker, version: s.stepVersion(1)})
}

func (s *dealStage) invoice(total int) string {
	s.invoices++
	tax := total * 6 / 106
	return fmt.Sprintf(`{"number":"26512000000411870%03d","issuedOn":"%s","buyerName":"%s","buyerUscc":"%s","sellerName":"%s","sellerUscc":"%s","item":"社会服务","amountFen":%d,"taxRateBp":600,"taxFen":%d,"totalFen":%d}`,
		s.invoices, s.today(), s.p.Buyer.Name, s.p.Buyer.USCC, s.p.Supplier.Name, s.p.Supplier.USCC, total-tax, tax, total)
}

func (s *dealStage) requested(total int) {
	s.t.Helper()
	body := func(invoice string) string {
		return fmt.Sprintf(`{"milestoneId":"%s","amountFen":%d,"invoice":%s}`, s.milestone[0], total, invoice)
	}
	good := s.invoice(total)
	out := s.write(moneyTry{path: "/payments", body: body(good), invalid: body(strings.Replace(good, `"item":"社会服务"`, `"item":""`, 1)), who: s.p.Agent, wrong: s.p.Approver, status: 201})
	s.payment = out["id"].(string)
}

func (s *dealStage) act(action, body, invalid string, who, wrong access.Actor) {
	s.t.Helper()
	s.write(moneyTry{path: "/payments/" + s.payment + "/" + action, body: body, invalid: invalid, who: who, wrong: wrong, version: s.paymentVersion, invisible: true})
}

func (s *dealStage) paid() {
	s.t.Helper()
	reason := `{"reason":"请核对"}`
	s.requested(100)
	s.act("withdraw", reason, `{}`, s.p.Agent, s.p.Approver)
	s.requested(8640000)
	s.write(moneyTry{
		method: "PUT", path: "/payments/" + s.payment + "/invoice", body: s.invoice(8640000), invalid: strings.Replace(s.invoice(8640000), "26512", "2651X", 1),
		who: s.p.Agent, wrong: s.p.Approver, version: s.paymentVersion, invisible: true,
	})
	s.act("dispute", `{"amountFen":8640000,"reason":"待核"}`, `{"amountFen":8640000,"reason":""}`, s.p.Maker, s.p.Agent)
	s.act("resolve", `{"amountFen":8640000,"reason":"无误"}`, `{"amountFen":8640001,"reason":"多"}`, s.p.Maker, s.p.Agent)
	s.act("verify-invoice", "", "", s.p.Maker, s.p.Agent)
	s.act("send-back", reason, `{}`, s.p.Approver, s.p.Maker)
	s.act("verify-invoice", "", "", s.p.Maker, s.p.Agent)
	s.act("approve", "", "", s.p.Approver, s.p.Maker)
	s.act("revoke", reason, `{}`, s.p.Approver, s.p.Maker)
	s.act("approve", "", "", s.p.Approver, s.p.Maker)
	s.act("instruct", `{"method":"treasury_central"}`, `{"method":"cash"}`, s.p.Cashier, s.p.Approver)
	s.act("bounce", `{"reason":"户名不符"}`, `{}`, s.p.Cashier, s.p.Approver)
	s.act("retry", `{"reason":"已核"}`, `{}`, s.p.Maker, s.p.Agent)
	s.act("approve", "", "", s.p.Approver, s.p.Maker)
	s.act("instruct", `{"method":"treasury_central"}`, `{"method":"cash"}`, s.p.Cashier, s.p.Approver)
	s.act("confirm-paid", `{"voucherNumber":"V-1","paidOn":"`+s.today()+`"}`, `{"voucherNumber":"V-1","paidOn":"2026-01-01"}`, s.p.Cashier, s.p.Approver)
}

func (s *dealStage) reconciled() {
	s.t.Helper()
	head := `sequence,booked_on,amount_yuan,counterparty,counter_account,remark\n`
	s.write(moneyTry{
		path: "/statement-lines/import", body: `{"account":"61001","csv":"` + head + `B-1,` + s.today() + `,-86400.00,晨光,6222000044714471,x\nB-2,` + s.today() + `,-5.00,银行,,手续费"}`,
		invalid: `{"account":"61001","csv":"` + head + `B-1,x,-1,a,b,c"}`, who: s.p.Cashier, wrong: s.p.Bookkeeper,
	})
	lines := s.get(s.p.Bookkeeper, "/statement-lines")["items"].([]any)
	for _, x := range lines {
		l := x.(map[string]any)
		path := "/statement-lines/" + l["id"].(string)
		version := func() int64 { return 1 }
		if l["sequence"] == "B-1" {
			if n := len(l["suggested"].([]any)); n != 1 {
				s.t.Errorf("%d suggestions", n)
			}
			body := `{"matches":[{"paymentId":"` + s.payment + `","amountFen":8640000}]}`
			s.write(moneyTry{path: path + "/match", body: body, invalid: `{"matches":[]}`, who: s.p.Bookkeeper, wrong: s.p.Cashier, version: version, invisible: true})
			continue
		}
		s.write(moneyTry{path: path + "/ignore", body: `{"reason":"手续费"}`, invalid: `{"reason":""}`, who: s.p.Bookkeeper, wrong: s.p.Cashier, version: version, invisible: true})
	}
}

func (s *dealStage) supplemented() {
	s.t.Helper()
	body := func(fen int) string {
		return fmt.Sprintf(`{"kind":"more_of_the_same","reason":"新增 20 户","amountFen":%d,"effectiveOn":"2026-03-10","milestone":{"title":"追加","dueOn":"2026-12-18","amountFen":%d,"items":[{"kind":"deliverable","name":"追加","weightBp":10000}]}}`, fen, fen)
	}
	out := s.write(moneyTry{
		path: "/contracts/" + s.contract + "/supplements", body: body(2400000), invalid: strings.Replace(body(2400000), `"reason":"新增 20 户"`, `"reason":" "`, 1),
		who: s.p.Maker, wrong: s.p.Agent, version: s.contractVersion, status: 201,
	})
	s.supplement = out["id"].(string)
	version := int64(out["version"].(float64))
	act := func(action string, who, wrong access.Actor, body, invalid string) {
		s.t.Helper()
		done := s.write(moneyTry{path: "/supplements/" + s.supplement + "/" + action, who: who, wrong: wrong, body: body, invalid: invalid, version: func() int64 { return version }})
		version = int64(done["version"].(float64))
	}
	act("withdraw", s.p.Maker, s.p.Agent, `{"reason":"改日"}`, `{}`)
	out = s.write(moneyTry{
		path: "/contracts/" + s.contract + "/supplements", body: body(2400000), who: s.p.Maker, wrong: s.p.Agent, version: s.contractVersion, status: 201,
	})
	s.supplement, version = out["id"].(string), int64(out["version"].(float64))
	act("sign-as-supplier", s.p.Agent, s.p.Maker, "", "")
	act("sign", s.p.Approver, s.p.Maker, "", "")
	s.AdvanceTo(calendar.Date{Year: 2026, Month: 3, Day: 10}.At(9, 0))
	act("apply", s.p.Maker, s.p.Agent, "", "")
}

func (s *dealStage) newAccount() {
	s.t.Helper()
	path := "/contracts/" + s.contract + "/payee"
	s.write(moneyTry{
		path: path, body: `{"holder":"晨光","bank":"工商银行","number":"6222000099998888"}`, invalid: `{"holder":"晨光","bank":"工商银行","number":"62X"}`,
		who: s.p.Admin, wrong: s.p.Agent, version: s.contractVersion,
	})
	s.write(moneyTry{path: path + "/decide", body: `{"confirm":false,"reason":"未核实"}`, invalid: `{"confirm":false}`, who: s.p.Bookkeeper, wrong: s.p.Cashier, version: s.contractVersion})
}

func playMoney(t *testing.T, k *testkit.Kit) {
	s := newDealStage(t, k)
	s.concluded()
	s.interrupted()
	s.supplemented()
	s.newAccount()
	s.delivered()
	s.paid()
	s.reconciled()
	s.finished()
	s.read()
	admin := k.As(access.PlatformAdmin, k.Party(party.KindSite, "平台", k.World.City.ID))
	s.write(moneyTry{
		path: "/calendar/years", body: `{"yaml":"year: 2027\nsource: 测试\noff: [2027-01-01]\n"}`, invalid: `{"yaml":"year: 1\n"}`, who: admin, wrong: s.p.Cashier, status: 201,
	})
	for _, op := range k.Server().Routes() {
		if (op.Tag == "contracts" || op.Tag == "milestones" || op.Tag == "payments" || op.Tag == "statements") && op.Method != "GET" && !s.covered(op.Method, op.Path) {
			t.Errorf("%s %s was not tried", op.Method, op.Path)
		}
	}
}

// notPlayed are ends of a contract that cannot follow one another in one story; each has its own.
var notPlayed = map[string]bool{"/contracts/{id}/terminate": true, "/contracts/{id}/rescind": true, "/milestones/{id}/deem": true, "/contracts/{id}/complete": true, "/contracts/{id}/close": true}

func (s *dealStage) covered(method, pattern string) bool {
	return notPlayed[pattern] || covers(s.tried, method, pattern)
}

// finished ends a second contract of its own, by terminating it.
func (s *dealStage) finished() {
	s.t.Helper()
	s.write(moneyTry{path: "/contracts/" + s.contract + "/terminate", body: `{"reason":"协商解除"}`, invalid: `{}`, who: s.p.Approver, wrong: s.p.Maker, version: s.contractVersion})
}

// read looks at everything that reads, as everyone who may.
func (s *dealStage) read() {
	s.t.Helper()
	v := s.get(s.p.Cashier, "/payments/"+s.payment)
	if v["status"] != "reconciled" || v["capitals"] != "捌万陆仟肆佰元整" || len(v["journals"].([]any)) != 4 {
		s.t.Errorf("%v %v %d journals", v["status"], v["capitals"], len(v["journals"].([]any)))
	}
	accounts := s.get(s.p.Auditor, "/ledger/accounts")["items"].([]any)
	if len(accounts) < 5 {
		s.t.Errorf("%d accounts", len(accounts))
	}
	for _, a := range accounts {
		page := s.get(s.p.Auditor, "/ledger/journals?accountId="+a.(map[string]any)["id"].(string))
		if len(page["items"].([]any)) == 0 {
			s.t.Errorf("no journals on %v", a)
		}
		s.get(s.p.Auditor, "/ledger/journals/"+page["items"].([]any)[0].(map[string]any)["id"].(string))
	}
	flow := s.get(access.Actor{}, "/projects/"+string(s.p.Project.ID)+"/money")
	if flow["paidFen"].(float64) != 8640000 || flow["releasedFen"].(float64) != 24000000+2400000-8640000 {
		s.t.Errorf("%v", flow)
	}
	s.get(s.p.Cashier, "/ledger/execution?year=2026")
	s.get(s.p.Agent, "/payments?overdue=true")
	s.get(s.p.Agent, "/dues")
	s.get(s.p.Agent, "/contracts?mine=true")
	if n := len(s.get(s.stranger, "/payments")["items"].([]any)); n != 0 {
		s.t.Errorf("a stranger sees %d payments", n)
	}
	if status, _ := s.call(s.stranger, "GET", "/payments/"+s.payment, ""); status != 404 {
		s.t.Errorf("a stranger reads a payment: %d", status)
	}
	for _, path := range []string{"/payments", "/ledger/accounts", "/statement-lines"} {
		if status, _ := s.call(access.Actor{}, "GET", path, ""); status != 401 {
			s.t.Errorf("%s without signing in: %d", path, status)
		}
		if status, _ := s.call(s.p.Resident, "GET", path, ""); status != 403 {
			s.t.Errorf("%s as a resident: %d", path, status)
		}
	}
}
