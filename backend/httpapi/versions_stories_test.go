package httpapi_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

const inPublic = `{"reason":"向居民说明"}`

// asked is a need with two households behind it: enough for the agenda.
func (n *neighbourhood) asked() needBody {
	n.t.Helper()
	return n.need(n.voice(n.author, `"building":"3栋","unit":"501"`), n.voice(n.author, `"building":"4栋","unit":"101"`))
}

// step does one act on a need and returns it as it is then.
func (n *neighbourhood) step(x needBody, who access.Actor, act, body string) needBody {
	n.t.Helper()
	return n.must(who, "/needs/"+x.ID+"/"+act, x.Version, body)
}

// playNeeds takes every way that a need can go.
func playNeeds(t *testing.T, k *testkit.Kit) {
	n := newNeighbourhood(t, k)
	const vote = `{"heldOn":"2026-03-02","members":21,"present":14,"yes":8,"no":6}`
	x := n.asked()
	x = n.step(x, n.worker, "edit", `{"title":"独居老人每周有人看看","summary":"两户提出","reason":"写清楚"}`)
	x = n.step(x, n.worker, "put_on_agenda", `{}`)
	x = n.step(x, n.worker, "take_off_agenda", inPublic)
	x = n.step(x, n.worker, "put_on_agenda", `{}`)
	x = n.step(x, n.worker, "classify", `{"route":"self","reason":"邻居自己办"}`)
	x = n.step(x, n.worker, "screen", screening(need.RouteSelf, ""))
	x = n.step(x, n.council, "deliberate", vote)
	x = n.step(x, n.council, "redeliberate", inPublic)
	x = n.step(x, n.council, "deliberate", vote)
	x = n.step(x, n.worker, "publicise", `{"days":5}`)
	x = n.step(x, n.worker, "object", inPublic)
	x = n.step(x, n.council, "deliberate", vote)
	x = n.step(x, n.worker, "publicise", `{"days":5}`)
	n.Advance(8 * 24 * time.Hour)
	x = n.step(x, n.worker, "adopt", `{}`)
	x = n.step(x, n.worker, "start_delivery", `{}`)
	x = n.step(x, n.worker, "deliver", `{}`)
	x = n.step(x, n.author, "reopen", inPublic)
	x = n.step(x, n.worker, "resume", inPublic)
	x = n.step(x, n.worker, "deliver", `{}`)
	x = n.step(x, n.author, "confirm", `{}`)
	x = n.step(x, n.worker, "close", `{"outcome":"met","reason":"每周两次"}`)
	x = n.step(x, n.author, "reopen", inPublic)
	if x = n.step(x, n.worker, "restart", inPublic); x.Stage != "open" {
		t.Errorf("restarted and yet %s", x.Stage)
	}
	n.endedEarly(x)
}

// endedEarly closes needs in the ways that are no delivery.
func (n *neighbourhood) endedEarly(other needBody) {
	n.t.Helper()
	for act, outcome := range map[string]string{
		"withdraw": "withdrawn", "find_infeasible": "not_feasible", "find_no_resource": "unmet_no_resource", "pass_on": "not_ours", "reject": "not_adopted", "merge": "duplicate",
	} {
		x, body := n.asked(), inPublic
		switch act {
		case "reject":
			x = n.step(x, n.worker, "put_on_agenda", `{}`)
		case "merge":
			body = fmt.Sprintf(`{"intoId":%q,"reason":"说的是同一件事"}`, other.ID)
		}
		if x = n.step(x, n.worker, act, body); x.Stage != "closed" || x.Outcome != outcome {
			n.t.Errorf("%s: %s %s", act, x.Stage, x.Outcome)
		}
		n.refused(n.worker, "/needs/"+x.ID+"/put_on_agenda", x.Version, `{}`, 409, "need.transition_refused")
	}
}

// playVoices takes every way that a voice can go.
func playVoices(t *testing.T, k *testkit.Kit) {
	n := newNeighbourhood(t, k)
	x := n.need(n.voice(n.author, ""))
	v := n.voice(n.author, "")
	step := func(who access.Actor, act, body string) {
		t.Helper()
		v = n.must(who, "/voices/"+v.ID+"/"+act, v.Version, body)
	}
	step(n.worker, "return", inPublic)
	step(n.author, "resubmit", `{"words":"三栋的老人","public":"三栋的老人"}`)
	step(n.worker, "pass_on", inPublic)
	step(n.worker, "take_back", inPublic)
	step(n.worker, "gather", fmt.Sprintf(`{"needId":%q}`, x.ID))
	step(n.worker, "detach", inPublic)
	step(n.author, "withdraw", `{}`)
	if v.Status != "withdrawn" {
		t.Errorf("%+v", v)
	}
	n.refused(n.worker, "/voices/"+v.ID+"/gather", v.Version, fmt.Sprintf(`{"needId":%q}`, x.ID), 409, "voice.transition_refused")
}

// playMatching keeps a ranking, chooses from it and changes the weights.
func playMatching(t *testing.T, k *testkit.Kit) {
	s := newPlanStage(t, k)
	id, admin := supplier(k, "和风社会工作服务中心")
	offer := fmt.Sprintf(`{"title":"课后托管","categories":["children.after_school"],"areas":[{"kind":"place","placeId":%q}],"locationIds":[],
		"capacities":[{"period":"","unit":"班","total":20,"free":14,"state":"has"}],"lowFen":18000000,"highFen":48000000,"priceUnit":"year","free":true,"languages":["zh"]}`, k.World.Street.ID)
	drafted := s.write(moneyTry{path: "/organizations/" + id + "/services", body: offer, who: admin, wrong: s.p.Maker, status: 201})
	s.write(moneyTry{path: "/services/" + drafted["id"].(string) + "/offer", who: admin, wrong: s.p.Maker, version: func() int64 { return 1 }})
	body := fmt.Sprintf(`{"kind":"need","id":%q}`, s.need)
	drawn := s.write(moneyTry{path: "/matchings", body: body, invalid: `{"kind":"wish","id":"x"}`, who: s.p.Maker, wrong: s.p.Resident, status: 201})
	choice := func(reason string) string {
		return fmt.Sprintf(`{"organizationId":%q,"kind":"invite","reason":%q}`, id, reason)
	}
	s.write(moneyTry{
		path: "/matchings/" + drawn["id"].(string) + "/choices", body: choice("近，等级高"), invalid: choice(""), who: s.p.Maker, wrong: s.p.Resident,
		version: func() int64 { return int64(drawn["version"].(float64)) }, invisible: true, status: 201,
	})
	if kept := s.get(s.p.Maker, "/matchings/"+drawn["id"].(string)); len(kept["choices"].([]any)) != 1 {
		t.Errorf("chosen once, kept %v", kept["choices"])
	}
	s.weighed()
}

// weighed has one person propose weights and another decide, once each way.
func (s *planStage) weighed() {
	s.t.Helper()
	site := s.As(access.PlatformAdmin, s.Party(party.KindSite, "平台", s.World.City.ID))
	values := s.get(site, "/matching-weights")["items"].([]any)[0].(map[string]any)["values"]
	for _, verb := range []string{"reject", "approve"} {
		proposal := func(why string) string {
			return fmt.Sprintf(`{"values":%s,"rationale":%q}`, mustText(s.t, values), why)
		}
		p := s.write(moneyTry{path: "/matching-weights", body: proposal("今年更看重余量"), who: site, wrong: s.p.Maker, status: 201})
		s.write(moneyTry{
			path: "/matching-weights/" + p["id"].(string) + "/" + verb, body: `{"reason":"经研究"}`, invalid: `{"reason":" "}`, who: s.p.Bookkeeper, wrong: site,
			version: func() int64 { return int64(p["version"].(float64)) },
		})
	}
}

// playPeople changes parties, people and memberships.
func playPeople(t *testing.T, k *testkit.Kit) {
	site := k.Party(party.KindSite, "平台", "")
	admin, security := k.As(access.PlatformAdmin, site), k.As(access.SecurityAdmin, site)
	office, guest := k.Buyer(), k.ResidentWithAccount(phone)
	approver, member := k.As(access.BuyerApprover, office), k.As(access.BuyerMaker, office)
	idle := k.Party(party.KindSSO, "青禾", k.World.Street.ID)
	const reason = `{"reason":"核实过"}`
	person := "/people/" + string(guest.PersonID)
	for _, c := range []change{
		{admin, http.MethodPost, "/parties/" + string(idle.ID) + "/suspend", reason, 1},
		{admin, http.MethodPost, "/parties/" + string(idle.ID) + "/resume", reason, 2},
		{approver, http.MethodPost, "/memberships/" + string(member.MembershipID) + "/end", reason, 1},
		{guest, http.MethodPatch, "/account", `{"name":"李娜","language":"en"}`, 2},
		{security, http.MethodPost, person + "/lock", reason, 3},
		{security, http.MethodPost, person + "/unlock", reason, 4},
	} {
		if status, text := c.prove(t, k); status != http.StatusOK {
			t.Errorf("%s %s: %d %s", c.method, c.path, status, text)
		}
	}
	k.View(func(ctx context.Context, u *app.Unit) error {
		p, err := u.People.Person(ctx, guest.PersonID)
		if err == nil && (p.Name != "李娜" || p.Version != 5) {
			t.Errorf("%q at version %d", p.Name, p.Version)
		}
		m, errEnd := u.People.Membership(ctx, member.MembershipID)
		if errEnd != nil || m.Until == nil {
			t.Errorf("the membership goes on: %v", errEnd)
		}
		return err
	})
}
