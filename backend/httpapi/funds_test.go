package httpapi_test

import (
	"fmt"
	"testing"
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

// fundStage plays a fund over HTTP with everything that must be refused on the way.
type fundStage struct {
	*dealStage
	keeper, second access.Actor // of the foundation
	recipient      access.Actor
	fund           string
}

func newFundStage(t *testing.T, k *testkit.Kit) *fundStage {
	s := &fundStage{dealStage: newDealStage(t, k)}
	foundation := k.Party(party.KindFDN, "锦城社区公益基金会", k.World.City.ID)
	s.keeper, s.second = k.As(access.FundManager, foundation), k.As(access.FundApprover, foundation)
	s.recipient = k.As(access.SupplierAdmin, k.Party(party.KindSSO, "读书会", k.World.Street.ID))
	return s
}

// on tells the version of something as one person sees it.
func (s *fundStage) on(who access.Actor, path string) func() int64 {
	return func() int64 { return int64(s.get(who, path)["version"].(float64)) }
}

func (s *fundStage) established() {
	s.t.Helper()
	body := func(name string) string {
		return fmt.Sprintf(`{"name":%q,"nameEn":"Hemei fund","purpose":"邻里互助","placeId":%q}`, name, s.World.Community.ID)
	}
	out := s.write(moneyTry{path: "/funds", body: body("和美社区基金"), invalid: body(""), who: s.keeper, wrong: s.p.Agent, status: 201})
	s.fund = "/funds/" + out["id"].(string)
	version := s.on(s.keeper, s.fund)
	s.write(moneyTry{path: s.fund + "/activate", who: s.second, wrong: s.keeper, version: version})
	s.write(moneyTry{path: s.fund + "/freeze", body: `{"reason":"核账"}`, invalid: `{}`, who: s.second, wrong: s.keeper, version: version})
	if status, out := s.call(s.keeper, "POST", s.fund+"/inflows", s.inflow("interest", 100, "X-1", ""), "Idempotency-Key", s.Key()); status != 409 || out["code"] != "fund.not_active" {
		s.t.Errorf("money into a frozen fund: %d %v", status, out["code"])
	}
	s.write(moneyTry{path: s.fund + "/unfreeze", body: `{"reason":"账目相符"}`, invalid: `{}`, who: s.second, wrong: s.keeper, version: version})
}

func (s *fundStage) inflow(kind string, fen int, line, pledge string) string {
	more := ""
	if pledge != "" {
		more = fmt.Sprintf(`,"pledgeId":%q,"dueNumber":1`, pledge)
	}
	return fmt.Sprintf(`{"kind":%q,"amountFen":%d,"bankReference":%q,"receivedOn":%q,"donorName":"张三"%s}`, kind, fen, line, s.today(), more)
}

func (s *fundStage) offer(basis string) string {
	s.t.Helper()
	body := func(fen int) string {
		if basis == "turnover" {
			return fmt.Sprintf(`{"projectId":%q,"origin":"charter","basis":"turnover","rateBp":%d,"dues":[{"period":"一季度","dueOn":"2026-04-30"}]}`, s.p.Project.ID, fen/1000)
		}
		return fmt.Sprintf(`{"origin":"free_will","basis":"amount","amountFen":%d,"dues":[{"dueOn":"2026-04-30","amountFen":%d}]}`, fen, fen)
	}
	out := s.write(moneyTry{path: s.fund + "/pledges", body: body(300_000), invalid: body(0), who: s.p.Admin, wrong: s.p.Maker, status: 201})
	return out["id"].(string)
}

func (s *fundStage) pledged() {
	s.t.Helper()
	reason := `{"reason":"另行商量"}`
	at := func(id string) (string, func() int64) { return "/pledges/" + id, s.on(s.p.Admin, "/pledges/"+id) }
	path, version := at(s.offer("amount"))
	s.write(moneyTry{path: path + "/withdraw", who: s.p.Admin, wrong: s.p.Maker, version: version, invisible: true})
	path, version = at(s.offer("amount"))
	s.write(moneyTry{path: path + "/decline", body: reason, invalid: `{}`, who: s.keeper, wrong: s.p.Agent, version: version, invisible: true})
	path, version = at(s.offer("amount"))
	s.write(moneyTry{path: path + "/accept", who: s.keeper, wrong: s.p.Agent, version: version, invisible: true})
	s.write(moneyTry{path: path + "/cancel", body: reason, invalid: `{}`, who: s.second, wrong: s.keeper, version: version})
	id := s.offer("turnover")
	path, version = at(id)
	s.write(moneyTry{path: path + "/accept", who: s.keeper, wrong: s.p.Agent, version: version, invisible: true})
	s.write(moneyTry{path: path + "/declare", body: `{"number":1,"turnoverFen":3333333}`, invalid: `{"number":25,"turnoverFen":1}`, who: s.p.Admin, wrong: s.p.Maker, version: version})
	due := s.get(s.p.Admin, path)["dues"].([]any)[0].(map[string]any)
	if due["amountFen"].(float64) != 100_000 { // 3 % of 33,333.33
		s.t.Errorf("due %v", due)
	}
	s.received(s.inflow("pledge", 100_000, "FB-1", id), s.inflow("pledge", 100_001, "FB-1", id))
	if got := s.get(s.p.Admin, path); got["status"] != "fulfilled" || got["hidden"] != true {
		s.t.Errorf("a pledge paid in full is %v, hidden %v", got["status"], got["hidden"])
	}
	if status, _ := s.call(access.Actor{}, "GET", path, ""); status != 404 {
		s.t.Errorf("the public sees a pledge whose project has no contract yet: %d", status)
	}
}

// received registers a line of the bank and has a second person confirm it.
func (s *fundStage) received(body, invalid string) {
	s.t.Helper()
	tries := moneyTry{path: s.fund + "/inflows", body: body, who: s.keeper, wrong: s.second, status: 201}
	if status, out := s.call(s.keeper, "POST", tries.path, invalid, "Idempotency-Key", s.Key()); status < 409 || status > 422 {
		s.t.Errorf("%s: %d %v", invalid, status, out["code"])
	}
	path := "/inflows/" + s.write(tries)["id"].(string)
	version := s.on(s.keeper, path)
	s.write(moneyTry{path: path + "/confirm", who: s.second, wrong: s.keeper, version: version})
	s.write(moneyTry{path: path + "/receipt", body: `{"receiptNumber":"` + s.receipt() + `"}`, invalid: `{"receiptNumber":"x"}`, who: s.keeper, wrong: s.second, version: version})
}

func (s *fundStage) receipt() string {
	s.invoices++
	return fmt.Sprintf("51060126-%010d", s.invoices)
}

func (s *fundStage) given() {
	s.t.Helper()
	out := s.write(moneyTry{path: s.fund + "/inflows", body: s.inflow("donation", 5, "WRONG", ""), invalid: s.inflow("donation", 0, "WRONG", ""), who: s.keeper, wrong: s.second, status: 201})
	path := "/inflows/" + out["id"].(string)
	s.write(moneyTry{path: path + "/reject", body: `{"reason":"金额看错"}`, invalid: `{}`, who: s.second, wrong: s.keeper, version: s.on(s.keeper, path)})
	s.received(s.inflow("donation", 1_000_000, "DN-1", ""), s.inflow("donation", 1, "", ""))
}

func (s *fundStage) propose(fen int) (string, func() int64) {
	s.t.Helper()
	body := func(title string) string {
		return fmt.Sprintf(`{"recipientId":%q,"title":%q,"purpose":"给孩子们买书","amountFen":%d}`, s.recipient.PartyID, title, fen)
	}
	out := s.write(moneyTry{path: s.fund + "/grants", body: body("读书汇"), invalid: body(""), who: s.keeper, wrong: s.second, status: 201})
	path := "/grants/" + out["id"].(string)
	return path, s.on(s.keeper, path)
}

func (s *fundStage) granted() {
	s.t.Helper()
	path, version := s.propose(1000)
	s.write(moneyTry{path: path + "/reject", body: `{"reason":"用途不清"}`, invalid: `{}`, who: s.second, wrong: s.keeper, version: version, invisible: true})
	path, version = s.propose(50_000)
	s.write(moneyTry{path: path + "/review", who: s.second, wrong: s.keeper, version: version, invisible: true})
	s.write(moneyTry{path: path + "/publicise", who: s.keeper, wrong: s.second, version: version, invisible: true})
	s.Advance(30 * 24 * time.Hour)
	s.write(moneyTry{path: path + "/grant", body: `{"bankReference":"OUT-1"}`, invalid: `{}`, who: s.second, wrong: s.keeper, version: version})
	s.write(moneyTry{path: path + "/report", body: `{"report":"买书 212 册","spentFen":40000,"returnedFen":10000}`, invalid: `{"report":"买书","spentFen":1,"returnedFen":1}`, who: s.recipient, wrong: s.second, version: version})
	s.write(moneyTry{path: path + "/close", who: s.second, wrong: s.keeper, version: version})
	whole := s.get(access.Actor{}, s.fund+"/statement")["whole"].(map[string]any)
	if whole["closingFen"].(float64) != 100_000+1_000_000-40_000 {
		s.t.Errorf("the fund holds %v", whole)
	}
}

func (s *fundStage) dissolved() {
	s.t.Helper()
	out := s.write(moneyTry{
		path: "/funds", body: fmt.Sprintf(`{"name":"东虹基金","nameEn":"Donghong","purpose":"互助","placeId":%q}`, s.World.Neighbour.ID), who: s.keeper, wrong: s.p.Agent, status: 201,
	})
	path := "/funds/" + out["id"].(string)
	for _, step := range []string{"activate", "freeze", "dissolve"} {
		s.write(moneyTry{path: path + "/" + step, body: `{"reason":"社区合并"}`, who: s.second, wrong: s.keeper, version: s.on(s.keeper, path)})
	}
}

func playFund(t *testing.T, k *testkit.Kit) {
	s := newFundStage(t, k)
	s.established()
	s.pledged()
	s.given()
	s.granted()
	s.dissolved()
	for _, op := range k.Server().Routes() {
		if op.Tag == "funds" && op.Method != "GET" && op.ID != "giveByCard" && !s.covered(op.Method, op.Path) {
			t.Errorf("%s %s was not tried", op.Method, op.Path)
		}
	}
}
