package httpapi_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/project"
	"linli/backend/testkit"
)

// planStage plays projects and budget lines over HTTP with everything that must be refused.
type planStage struct {
	*dealStage
	adjuster access.Actor
	need     ident.NeedID
	line     string
	path     string
}

func newPlanStage(t *testing.T, k *testkit.Kit) *planStage {
	s := &planStage{dealStage: newDealStage(t, k)}
	s.adjuster = s.p.Bookkeeper
	s.adopted("XQ-2026-009001")
	return s
}

// adopted puts a need where a project may take it up.
func (s *planStage) adopted(code string) {
	s.t.Helper()
	s.Update(func(ctx context.Context, u *app.Unit) error {
		s.need = ident.NeedID(u.NewID())
		n, err := need.New(need.Need{
			ID: s.need, Code: code, PlaceID: s.World.Community.ID, PartyID: s.p.Buyer.ID, Category: "children.after_school",
			Title: "放学后没人管", Summary: "双职工家庭的孩子放学后没有去处",
		}, u.Now)
		if err != nil {
			return err
		}
		n.Stage, n.Route = need.StageAdopted, need.RouteGov
		return u.Needs.InsertNeed(ctx, n)
	})
}

func (s *planStage) version() int64 { return int64(s.get(s.p.Maker, s.path)["version"].(float64)) }

func (s *planStage) budgeted() {
	s.t.Helper()
	line := func(year int) string {
		return fmt.Sprintf(`{"partyId":%q,"fiscalYear":%d,"source":"general","functionCode":"2080299","economyCode":"30227","title":"课后托管","approvedFen":5000000}`, s.p.Buyer.ID, year)
	}
	out := s.write(moneyTry{path: "/budget-lines", body: line(2026), invalid: line(1), who: s.p.Cashier, wrong: s.p.Maker, status: 201})
	s.line = out["id"].(string)
	s.write(moneyTry{
		path: "/budget-lines/" + s.line + "/adjust", body: `{"approvedFen":8000000,"reason":"追加预算"}`, invalid: `{"approvedFen":8000000,"reason":" "}`,
		who: s.adjuster, wrong: s.p.Cashier, version: func() int64 { return 1 },
	})
}

func (s *planStage) proposal(title string) string {
	return fmt.Sprintf(`{"title":%q,"summary":"放学后的托管与陪伴。","track":"G","placeId":%q,"category":"children.after_school","needIds":[%q],"lots":[{"title":"托管服务","amountFen":6000000}]}`,
		title, s.World.Community.ID, s.need)
}

// act tries one action of the project; a stranger with the same role may not even see a proposal.
func (s *planStage) act(action, body, invalid string, who, wrong access.Actor) {
	s.t.Helper()
	s.write(moneyTry{path: s.path + "/" + action, body: body, invalid: invalid, who: who, wrong: wrong, version: s.version})
}

func (s *planStage) planned() {
	s.t.Helper()
	out := s.write(moneyTry{path: "/projects", body: s.proposal("课后托管"), invalid: s.proposal(" "), who: s.p.Maker, wrong: s.p.Agent, status: 201})
	s.path = "/projects/" + out["id"].(string)
	s.write(moneyTry{method: "PUT", path: s.path, body: s.proposal("和美社区课后托管"), invalid: s.proposal(""), who: s.p.Maker, wrong: s.p.Agent, version: s.version})
	from := func(fen int) string { return fmt.Sprintf(`{"from":[{"lineId":%q,"amountFen":%d}]}`, s.line, fen) }
	s.act("budget", from(6_000_000), from(5_999_999), s.p.Cashier, s.p.Maker)
	s.act("unbudget", `{"reason":"科目有误"}`, `{}`, s.p.Cashier, s.p.Maker)
	s.act("budget", from(6_000_000), from(6_000_001), s.p.Cashier, s.p.Maker)
	byHand := strings.Replace(s.plan(""), `"consultation"`, `"by_hand"`, 1)
	if status, out := s.call(s.p.Approver, "POST", s.path+"/plan", s.plan(project.NegativeItems(project.TrackGovernment)[0]),
		"Idempotency-Key", s.Key(), "If-Match", fmt.Sprintf(`"%d"`, s.version())); status != 409 || out["code"] != "project.negative_list" {
		s.t.Errorf("on the negative list: %d %v", status, out["code"])
	}
	s.act("plan", s.plan(""), byHand, s.p.Approver, s.p.Maker)
	s.act("replan", `{"reason":"改方式"}`, `{}`, s.p.Approver, s.p.Maker)
	s.act("plan", s.plan(""), byHand, s.p.Approver, s.p.Maker)
}

func (s *planStage) plan(hit string) string {
	var answers []string
	for _, item := range project.NegativeItems(project.TrackGovernment) {
		answers = append(answers, fmt.Sprintf(`{"item":%q,"hit":%v}`, item, item == hit))
	}
	return `{"method":"consultation","startsOn":"2026-06-01","endsOn":"2026-11-30","labour":{},"term":{"contentStable":false,"continuous":false,"fundingStable":false,"smallPriceChange":false},
		"sme":{"suitable":false,"socialOnly":true,"exemptionNumber":"成财采〔2026〕12号","exemptionReason":"面向社会组织购买"},"answers":[` + strings.Join(answers, ",") + `]}`
}

// interrupted suspends and resumes the project at every stage where that may happen.
func (s *planStage) interrupted() {
	s.t.Helper()
	for _, x := range [][2]string{
		{project.Planned, "resume-planned"}, {project.Sourcing, "resume-sourcing"}, {project.Contracted, "resume-contracted"}, {project.Delivering, "resume-delivering"},
	} {
		s.put(x[0])
		s.act("suspend", `{"reason":"接到举报，待查"}`, `{}`, s.p.Approver, s.p.Maker)
		s.act(x[1], `{"reason":"查清"}`, `{}`, s.p.Approver, s.p.Maker)
	}
}

// put moves the project to a status that other areas would lead it to.
func (s *planStage) put(status string) {
	s.t.Helper()
	s.Update(func(ctx context.Context, u *app.Unit) error {
		p, err := u.Projects.Project(ctx, ident.ProjectID(strings.TrimPrefix(s.path, "/projects/")))
		if err != nil || p.Status == status {
			return err
		}
		p.Status = status
		return u.Projects.SaveProject(ctx, p)
	})
}

func (s *planStage) ended() {
	s.t.Helper()
	s.put(project.Accepted)
	s.act("evaluate", `{"score":88,"note":"居民满意"}`, `{"score":101,"note":"x"}`, s.p.Approver, s.p.Maker)
	s.act("archive", "", "", s.p.Maker, s.p.Agent)
	s.adopted("XQ-2026-009002")
	out := s.write(moneyTry{path: "/projects", body: s.proposal("另一个"), who: s.p.Maker, wrong: s.p.Agent, status: 201})
	s.path = "/projects/" + out["id"].(string)
	s.act("terminate", `{"reason":"不再需要"}`, `{}`, s.p.Approver, s.p.Maker)
}

func playProject(t *testing.T, k *testkit.Kit) {
	s := newPlanStage(t, k)
	s.budgeted()
	s.planned()
	other := k.As(access.BuyerApprover, k.Party(party.KindGOV, "另一街道", k.World.Neighbour.ID))
	s.expect(403, "another buyer", other, moneyTry{method: "POST", path: s.path + "/suspend"}, `{"reason":"x"}`, "Idempotency-Key", k.Key(), "If-Match", fmt.Sprintf(`"%d"`, s.version()))
	s.interrupted()
	s.ended()
	for _, op := range k.Server().Routes() {
		if (op.Tag == "projects" || op.Tag == "budget") && op.Method != "GET" && !s.covered(op.Method, op.Path) {
			t.Errorf("%s %s was not tried", op.Method, op.Path)
		}
	}
}
