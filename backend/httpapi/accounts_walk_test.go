package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"linli/backend/domain/access"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

// peopleRoute is one write of this area: who may, and a body that is well formed.
type peopleRoute struct {
	method, path, body string
	by                 access.Actor
	versioned, keyed   bool
	signedIn           bool // open to every role
}

func peopleRoutes(k *testkit.Kit) []peopleRoute {
	site := k.Party(party.KindSite, "平台", "")
	admin, security := k.As(access.PlatformAdmin, site), k.As(access.SecurityAdmin, site)
	worker := k.As(access.CommunityWorker, k.Party(party.KindRC, "居委会", k.World.Community.ID))
	someone := k.Resident()
	office := k.Buyer()
	member := k.As(access.BuyerMaker, office)
	p, m := "/people/"+string(someone.PersonID), "/memberships/"+string(member.MembershipID)
	o := "/parties/" + string(office.ID)
	const reason = `{"reason":"核实过"}`
	return []peopleRoute{
		{http.MethodPost, "/parties", `{"kind":"SSO","name":"青禾"}`, admin, false, true, false},
		{http.MethodPost, o + "/suspend", reason, admin, true, true, false},
		{http.MethodPost, o + "/resume", reason, admin, true, true, false},
		{http.MethodPost, o + "/invitations", `{"role":"buyer_maker","name":"李娜"}`, admin, false, true, false},
		{http.MethodPost, o + "/members", `{"role":"buyer_maker","login":"x@example.cn"}`, admin, false, true, false},
		{http.MethodPost, m + "/end", reason, admin, true, true, false},
		{http.MethodPost, "/invitations/none/revoke", "", admin, false, true, false},
		{http.MethodPost, p + "/lock", reason, security, true, true, false},
		{http.MethodPost, p + "/unlock", reason, security, true, true, false},
		{http.MethodPost, p + "/end-sessions", reason, security, false, true, false},
		{http.MethodPost, p + "/help-password", `{"checked":"看过身份证"}`, worker, false, true, false},
		{http.MethodPost, "/clock/advance", `{"minutes":5}`, admin, false, true, false},
		{http.MethodPatch, "/account", `{"name":"李娜","language":"zh"}`, someone, true, true, true},
		{http.MethodPost, "/account/sessions/end-all", "", someone, false, false, true},
		{http.MethodDelete, "/account/sessions/none", "", someone, false, false, true},
		{http.MethodPost, "/inbox/read", `{"upTo":1}`, someone, false, false, true},
		{http.MethodPut, "/inbox/settings", `{"relation":"mine","channel":"mail","enabled":true}`, someone, false, false, true},
		{http.MethodPut, "/follows/place/" + string(k.World.Community.ID), "", someone, false, false, true},
		{http.MethodDelete, "/follows/place/" + string(k.World.Community.ID), "", someone, false, false, true},
	}
}

func TestPeopleRoutes_RefuseVisitorsOtherRolesAndBadRequests(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	routes := peopleRoutes(k)
	expert := k.As(access.Expert, k.Party(party.KindPool, "专家库", ""))
	for _, r := range routes {
		call := func(as access.Actor, body string, headers ...string) (*http.Response, string) {
			return k.Call(as, r.method, "/api/v1"+r.path, body, headers...)
		}
		good := []string{"Idempotency-Key", k.Key(), "If-Match", `"1"`}
		name := r.method + " " + r.path
		if res, body := call(access.Actor{}, r.body, good...); res.StatusCode != http.StatusUnauthorized || !strings.Contains(body, "access.sign_in_required") {
			t.Errorf("%s by a visitor: %d %s", name, res.StatusCode, body)
		}
		if !r.signedIn {
			if res, body := call(expert, r.body, good...); res.StatusCode != http.StatusForbidden || !strings.Contains(body, "access.forbidden") {
				t.Errorf("%s by an expert: %d %s", name, res.StatusCode, body)
			}
		}
		if r.body != "" {
			if res, body := call(r.by, `{"name":`, good...); res.StatusCode != http.StatusBadRequest {
				t.Errorf("%s malformed: %d %s", name, res.StatusCode, body)
			}
			if res, body := call(r.by, `{"surprise":1}`, good...); res.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("%s with an unknown field: %d %s", name, res.StatusCode, body)
			}
		}
		if r.keyed {
			if res, body := call(r.by, r.body, "If-Match", `"1"`); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, "idempotency.key_missing") {
				t.Errorf("%s without a key: %d %s", name, res.StatusCode, body)
			}
		}
		if r.versioned {
			if res, body := call(r.by, r.body, "Idempotency-Key", k.Key()); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, "request.version_missing") {
				t.Errorf("%s without a version: %d %s", name, res.StatusCode, body)
			}
			if res, body := call(r.by, r.body, "Idempotency-Key", k.Key(), "If-Match", `"77"`); res.StatusCode != http.StatusPreconditionFailed && !strings.Contains(body, "person.not_locked") {
				t.Errorf("%s stale: %d %s", name, res.StatusCode, body)
			}
		}
	}
}

func TestPeopleRoutes_ReplayAnswersFromTheFirstAndOtherContentIsRefused(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	k.Services.Accounts.Courier = &testkit.Outbox{}
	admin := k.As(access.PlatformAdmin, k.Party(party.KindSite, "平台", ""))
	key := k.Key()
	_, first := post(k, admin, "/parties", `{"kind":"SSO","name":"青禾"}`, "Idempotency-Key", key)
	res, again := post(k, admin, "/parties", `{"kind":"SSO","name":"青禾"}`, "Idempotency-Key", key)
	if first != again || res.StatusCode != http.StatusCreated {
		t.Errorf("%s / %s", first, again)
	}
	res, body := post(k, admin, "/parties", `{"kind":"SSO","name":"别的"}`, "Idempotency-Key", key)
	wantCode(t, res, body, http.StatusConflict, "idempotency.reused")
	if _, body := k.Call(admin, http.MethodGet, "/api/v1/parties?kind=SSO", ""); strings.Count(body, `"uscc"`) != 1 {
		t.Error("a replay made another party: ", body)
	}
}
