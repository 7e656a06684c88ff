package httpapi_test

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

func newcomer(k *testkit.Kit, change func(m map[string]string)) string {
	m := map[string]string{
		"name": "张伟", "phone": "13800005678", "password": "lantern-river-51", "consent": "2026-03",
		"placeId": string(k.World.Community.ID), "language": "zh",
	}
	if change != nil {
		change(m)
	}
	b, _ := json.Marshal(m)
	return string(b)
}

func post(k *testkit.Kit, as access.Actor, path, body string, headers ...string) (*http.Response, string) {
	k.T.Helper()
	return k.Call(as, http.MethodPost, "/api/v1"+path, body, append([]string{"Idempotency-Key", k.Key()}, headers...)...)
}

func TestSignUp_MakesAResidentWhoCanSignIn(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		key := k.Key()
		res, body := post(k, access.Actor{}, "/registrations", newcomer(k, nil), "Idempotency-Key", key)
		if res.StatusCode != http.StatusCreated {
			t.Fatal(res.StatusCode, body)
		}
		if _, again := post(k, access.Actor{}, "/registrations", newcomer(k, nil), "Idempotency-Key", key); again != body {
			t.Errorf("replay answers %s instead of %s", again, body)
		}
		res, body = post(k, access.Actor{}, "/registrations", newcomer(k, nil))
		wantCode(t, res, body, http.StatusConflict, "person.already_registered")
		second := newcomer(k, func(m map[string]string) { m["phone"] = "13800005679" })
		if res, body := post(k, access.Actor{}, "/registrations", second); res.StatusCode != http.StatusCreated {
			t.Fatal(body)
		}
		_, _, s := signIn(t, k.Browser(), phone, testkit.Password)
		if s.Session.Membership == nil || s.Session.Membership.Role != "resident" {
			t.Errorf("%+v", s.Session)
		}
	})
}

func TestSignUp_Refusals(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	for code, change := range map[string]func(m map[string]string){
		"consent.missing":        func(m map[string]string) { delete(m, "consent") },
		"consent.notice_changed": func(m map[string]string) { m["consent"] = "2019-01" },
		"person.name_invalid":    func(m map[string]string) { m["name"] = "<script>" },
		"person.phone_invalid":   func(m map[string]string) { m["phone"] = "12345" },
		"person.email_invalid":   func(m map[string]string) { m["email"] = "nobody" },
		"person.contact_missing": func(m map[string]string) { delete(m, "phone") },
		"password.too_short":     func(m map[string]string) { m["password"] = "short" },
		"password.personal":      func(m map[string]string) { m["password"] = "my13800005678" },
		"place.not_a_community":  func(m map[string]string) { m["placeId"] = string(k.World.Street.ID) },
	} {
		res, body := post(k, access.Actor{}, "/registrations", newcomer(k, change))
		wantCode(t, res, body, http.StatusUnprocessableEntity, code)
		if strings.Contains(body, "short") && code != "password.too_short" || strings.Contains(body, "my138") {
			t.Errorf("%s: the answer repeats the password: %s", code, body)
		}
	}
	res, body := post(k, access.Actor{}, "/registrations", `{"name":`)
	if res.StatusCode != http.StatusBadRequest {
		t.Errorf("malformed: %d %s", res.StatusCode, body)
	}
	res, body = post(k, access.Actor{}, "/registrations", newcomer(k, func(m map[string]string) { m["role"] = "platform_admin" }))
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("unknown field: %d %s", res.StatusCode, body)
	}
	k.View(func(ctx context.Context, u *app.Unit) error {
		people, err := u.People.People(ctx, party.PeopleFilter{Limit: 10})
		if len(people) != 0 {
			t.Errorf("a refused sign-up left %d people", len(people))
		}
		return err
	})
}

func TestChangePassword_EndsOtherSessionsAndNeedsTheCurrentOne(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	k.Account(k.Resident(), phone)
	here, there := k.Browser(), k.Browser()
	signIn(t, here, phone, testkit.Password)
	signIn(t, there, phone, testkit.Password)
	change := func(current, next string) (*http.Response, string) {
		return here.Do(http.MethodPost, "/api/v1/account/change-password", `{"current":"`+current+`","password":"`+next+`"}`, "Idempotency-Key", k.Key())
	}
	res, body := change("wrong-wrong-wrong", "another-river-77")
	wantCode(t, res, body, http.StatusUnprocessableEntity, "password.current_wrong")
	res, body = change(testkit.Password, "1234567890")
	wantCode(t, res, body, http.StatusUnprocessableEntity, "password.well_known")
	if res, body := change(testkit.Password, "another-river-77"); res.StatusCode != http.StatusOK {
		t.Fatal(body)
	}
	if res, _ := here.Do(http.MethodGet, "/api/v1/session", ""); res.StatusCode != http.StatusOK {
		t.Error("the session that changed the password ended")
	}
	res, body = there.Do(http.MethodGet, "/api/v1/session", "")
	wantCode(t, res, body, http.StatusUnauthorized, "session.ended")
	if status, _, _ := signIn(t, k.Browser(), phone, testkit.Password); status != http.StatusUnauthorized {
		t.Error("the old password still signs in")
	}
}

var codePattern = regexp.MustCompile(`[A-Z0-9]{4}-[A-Z0-9]{4}`)

func TestPasswordReset_CodeWorksOnceForFifteenMinutes(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		k.Account(k.Resident(), phone)
		out := &testkit.Outbox{}
		k.Services.Accounts.Courier = out
		b := k.Browser()
		signIn(t, b, phone, testkit.Password)
		for _, login := range []string{"13900001111", phone} {
			if res, body := post(k, access.Actor{}, "/password-resets", `{"login":"`+login+`"}`); res.StatusCode != http.StatusAccepted || body != "{\"done\":true}\n" {
				t.Errorf("%s: %d %q", login, res.StatusCode, body)
			}
		}
		if len(out.Messages) != 1 || out.Messages[0].Channel != "sms" || out.Messages[0].To != phone {
			t.Fatalf("%+v", out.Messages)
		}
		code := codePattern.FindString(out.Messages[0].Text)
		redeem := func(code, password string) (*http.Response, string) {
			return post(k, access.Actor{}, "/password-resets/redeem", `{"login":"`+phone+`","code":"`+code+`","password":"`+password+`"}`)
		}
		res, body := redeem("AAAA-AAAA", "another-river-77")
		wantCode(t, res, body, http.StatusUnprocessableEntity, "password.code_wrong")
		if res, body := redeem(strings.ToLower(code), "another-river-77"); res.StatusCode != http.StatusOK {
			t.Fatal(body)
		}
		res, body = redeem(code, "yet-another-river")
		wantCode(t, res, body, http.StatusUnprocessableEntity, "password.code_wrong")
		res, body = b.Do(http.MethodGet, "/api/v1/session", "")
		wantCode(t, res, body, http.StatusUnauthorized, "session.ended")
		if status, body, _ := signIn(t, k.Browser(), phone, "another-river-77"); status != http.StatusOK {
			t.Error(body)
		}
		post(k, access.Actor{}, "/password-resets", `{"login":"`+phone+`"}`)
		late := codePattern.FindString(out.Messages[1].Text)
		k.Advance(party.ResetTTL)
		res, body = redeem(late, "yet-another-river")
		wantCode(t, res, body, http.StatusUnprocessableEntity, "password.code_wrong")
	})
}

func TestPasswordReset_FiveGuessesWearACodeOut(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	k.Account(k.Resident(), phone)
	out := &testkit.Outbox{}
	k.Services.Accounts.Courier = out
	post(k, access.Actor{}, "/password-resets", `{"login":"`+phone+`"}`)
	for range party.ResetTries {
		post(k, access.Actor{}, "/password-resets/redeem", `{"login":"`+phone+`","code":"AAAAAAAA","password":"another-river-77"}`)
	}
	right := codePattern.FindString(out.Messages[0].Text)
	res, body := post(k, access.Actor{}, "/password-resets/redeem", `{"login":"`+phone+`","code":"`+right+`","password":"another-river-77"}`)
	wantCode(t, res, body, http.StatusUnprocessableEntity, "password.code_wrong")
}

func TestHelpPassword_WorkerHelpsOwnResidentsOnly(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	committee := k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID)
	worker := k.As(access.CommunityWorker, committee)
	resident := k.Resident()
	k.Account(resident, phone)
	path := func(a access.Actor) string { return "/people/" + string(a.PersonID) + "/help-password" }
	const checked = `{"checked":"看过身份证"}`
	key := k.Key()
	res, body := post(k, worker, path(resident), checked, "Idempotency-Key", key)
	if res.StatusCode != http.StatusOK {
		t.Fatal(body)
	}
	code := codePattern.FindString(body)
	if _, again := post(k, worker, path(resident), checked, "Idempotency-Key", key); codePattern.FindString(again) != "" {
		t.Errorf("the code is shown twice: %s", again)
	}
	if res, body := post(k, access.Actor{}, "/password-resets/redeem", `{"login":"`+phone+`","code":"`+code+`","password":"another-river-77"}`); res.StatusCode != http.StatusOK {
		t.Error(body)
	}
	res, body = post(k, worker, path(worker), checked)
	wantCode(t, res, body, http.StatusConflict, "person.not_yourself")
	res, body = post(k, worker, path(k.As(access.BuyerApprover, k.Buyer())), checked)
	wantCode(t, res, body, http.StatusForbidden, "access.forbidden")
	far := k.As(access.Resident, k.Party(party.KindRes, "东虹社区居民", k.World.Neighbour.ID))
	res, body = post(k, worker, path(far), checked)
	wantCode(t, res, body, http.StatusNotFound, "record.not_found")
	res, body = post(k, resident, path(far), checked)
	wantCode(t, res, body, http.StatusForbidden, "access.forbidden")
	res, body = post(k, access.Actor{}, path(far), checked)
	wantCode(t, res, body, http.StatusUnauthorized, "access.sign_in_required")
}

func TestInvitation_FromOfferToRole(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		k.Services.Accounts.Courier = &testkit.Outbox{}
		supplier := k.Party(party.KindSSO, "青禾社工服务中心", "")
		admin := k.As(access.SupplierAdmin, supplier)
		k.Account(admin, "13900003333")
		base := "/parties/" + string(supplier.ID) + "/invitations"
		key := k.Key()
		res, body := post(k, admin, base, `{"role":"supplier_agent","name":"李娜","contact":"li.na@example.cn"}`, "Idempotency-Key", key)
		if res.StatusCode != http.StatusCreated {
			t.Fatal(body)
		}
		var made struct{ ID, Link string }
		_ = json.Unmarshal([]byte(body), &made)
		_, token, _ := strings.Cut(made.Link, "#")
		if msgs := k.Services.Accounts.Courier.(*testkit.Outbox).Messages; len(msgs) != 1 || !strings.Contains(msgs[0].Text, made.Link) {
			t.Errorf("%+v", msgs)
		}
		if _, again := post(k, admin, base, `{"role":"supplier_agent","name":"李娜","contact":"li.na@example.cn"}`, "Idempotency-Key", key); strings.Contains(again, token) {
			t.Error("the link is shown twice")
		}
		if _, body := post(k, access.Actor{}, "/invitations/look", `{"token":"`+token+`"}`); !strings.Contains(body, `"contact":"l***@example.cn"`) || !strings.Contains(body, `"status":"open"`) || strings.Contains(body, "li.na@") {
			t.Error(body)
		}
		res, body = post(k, admin, "/invitations/accept", `{"token":"`+token+`"}`)
		wantCode(t, res, body, http.StatusConflict, "membership.not_to_yourself")
		accept := `{"token":"` + token + `","name":"李娜","email":"li.na@example.cn","password":"bamboo-bridge-12","consent":"2026-03"}`
		if res, body := post(k, access.Actor{}, "/invitations/accept", accept); res.StatusCode != http.StatusCreated {
			t.Fatal(body)
		}
		res, body = post(k, access.Actor{}, "/invitations/accept", strings.ReplaceAll(accept, "li.na@", "other@"))
		wantCode(t, res, body, http.StatusConflict, "invitation.transition_refused")
		_, _, s := signIn(t, k.Browser(), "li.na@example.cn", "bamboo-bridge-12")
		if s.Session.Membership == nil || s.Session.Membership.Role != "supplier_agent" {
			t.Errorf("%+v", s.Session)
		}
	})
}

func TestInvitation_Refusals(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	k.Services.Accounts.Courier = &testkit.Outbox{}
	supplier := k.Party(party.KindSSO, "青禾社工服务中心", "")
	admin := k.As(access.SupplierAdmin, supplier)
	base := "/parties/" + string(supplier.ID) + "/invitations"
	other := k.As(access.SupplierAdmin, k.Party(party.KindSSO, "别家", ""))
	for _, c := range []struct {
		as     access.Actor
		body   string
		status int
		code   string
	}{
		{access.Actor{}, `{"role":"supplier_agent","name":"李娜"}`, 401, "access.sign_in_required"},
		{k.Resident(), `{"role":"supplier_agent","name":"李娜"}`, 403, "access.forbidden"},
		{other, `{"role":"supplier_agent","name":"李娜"}`, 403, "access.forbidden"},
		{admin, `{"role":"buyer_maker","name":"李娜"}`, 409, "membership.role_not_in_party"},
		{admin, `{"role":"supplier_agent","name":"李娜","contact":"12"}`, 422, "person.phone_invalid"},
		{admin, `{"role":"supplier_agent","name":""}`, 422, "person.name_invalid"},
	} {
		res, body := post(k, c.as, base, c.body)
		wantCode(t, res, body, c.status, c.code)
	}
	_, body := post(k, admin, base, `{"role":"supplier_agent","name":"李娜"}`)
	var made struct{ ID, Link string }
	_ = json.Unmarshal([]byte(body), &made)
	_, token, _ := strings.Cut(made.Link, "#")
	res, body := post(k, other, "/invitations/"+made.ID+"/revoke", "")
	wantCode(t, res, body, http.StatusNotFound, "record.not_found")
	k.Advance(party.InvitationTTL)
	guest := k.ResidentWithAccount("13700001111")
	res, body = post(k, guest, "/invitations/accept", `{"token":"`+token+`"}`)
	wantCode(t, res, body, http.StatusConflict, "invitation.expired")
	if res, body := post(k, admin, "/invitations/"+made.ID+"/revoke", ""); res.StatusCode != http.StatusOK {
		t.Error(body)
	}
	res, body = post(k, guest, "/invitations/accept", `{"token":"`+token+`"}`)
	wantCode(t, res, body, http.StatusConflict, "invitation.transition_refused")
	res, body = post(k, guest, "/invitations/accept", `{"token":"nothing"}`)
	wantCode(t, res, body, http.StatusNotFound, "invitation.unknown")
}

func TestParties_AdministratorsSeeAllOthersTheirOwn(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	site := k.As(access.PlatformAdmin, k.Party(party.KindSite, "平台", ""))
	supplier := k.Party(party.KindSSO, "青禾社工服务中心", "")
	admin := k.As(access.SupplierAdmin, supplier)
	k.Party(party.KindSSO, "别家", "")
	if _, body := k.Call(site, http.MethodGet, "/api/v1/parties?q=青禾", ""); strings.Count(body, `"uscc"`) != 1 {
		t.Error(body)
	}
	_, page := k.Call(site, http.MethodGet, "/api/v1/parties?limit=2", "")
	var p struct {
		Items      []struct{ ID string }
		NextCursor string
	}
	_ = json.Unmarshal([]byte(page), &p)
	if len(p.Items) != 2 || p.NextCursor != p.Items[1].ID {
		t.Error(page)
	}
	if _, body := k.Call(admin, http.MethodGet, "/api/v1/parties", ""); strings.Count(body, `"uscc"`) != 1 || !strings.Contains(body, "青禾") {
		t.Error(body)
	}
	elsewhere := k.Party(party.KindSSO, "第三家", "")
	res, body := k.Call(admin, http.MethodGet, "/api/v1/parties/"+string(elsewhere.ID)+"/members", "")
	wantCode(t, res, body, http.StatusNotFound, "record.not_found")
	res, body = k.Call(k.Resident(), http.MethodGet, "/api/v1/parties", "")
	wantCode(t, res, body, http.StatusForbidden, "access.forbidden")
}

func TestParties_FoundSuspendAndStale(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	site := k.As(access.PlatformAdmin, k.Party(party.KindSite, "平台", ""))
	res, body := post(k, site, "/parties", `{"kind":"SSO","name":"青禾","uscc":"52510104MJQ001237W"}`)
	if res.StatusCode != http.StatusCreated || res.Header.Get("ETag") != `"1"` {
		t.Fatal(res.StatusCode, body)
	}
	var p struct{ ID string }
	_ = json.Unmarshal([]byte(body), &p)
	res, body = post(k, site, "/parties", `{"kind":"SSO","name":"青禾二","uscc":"52510104MJQ001237W"}`)
	wantCode(t, res, body, http.StatusConflict, "record.duplicate")
	res, body = post(k, site, "/parties", `{"kind":"SSO","name":"青禾二","uscc":"52510104MJQ001237X"}`)
	wantCode(t, res, body, http.StatusUnprocessableEntity, "party.uscc_invalid")
	res, body = post(k, site, "/parties", `{"kind":"XX","name":"青禾二"}`)
	wantCode(t, res, body, http.StatusUnprocessableEntity, "party.kind_unknown")
	agent := k.As(access.SupplierAgent, &party.Party{ID: ident.PartyID(p.ID)})
	res, body = post(k, site, "/parties/"+p.ID+"/suspend", `{"reason":"登记已注销"}`)
	wantCode(t, res, body, http.StatusBadRequest, "request.version_missing")
	if res, body := post(k, site, "/parties/"+p.ID+"/suspend", `{"reason":"登记已注销"}`, "If-Match", `"1"`); res.StatusCode != http.StatusOK {
		t.Fatal(body)
	}
	res, body = post(k, site, "/parties/"+p.ID+"/resume", `{"reason":"误操作"}`, "If-Match", `"1"`)
	wantCode(t, res, body, http.StatusPreconditionFailed, "record.stale")
	if err := k.App.Store.View(t.Context(), func(ctx context.Context, u *app.Unit) error {
		_, err := u.Core.LiveActor(ctx, agent)
		return err
	}); err == nil {
		t.Error("someone still acts for a suspended party")
	}
	res, body = post(k, agent, "/parties", `{"kind":"SSO","name":"x"}`)
	if res.StatusCode != http.StatusUnauthorized && res.StatusCode != http.StatusForbidden {
		t.Error(res.StatusCode, body)
	}
}

func TestMembership_GrantAndEnd(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	site := k.As(access.PlatformAdmin, k.Party(party.KindSite, "平台", ""))
	office := k.Buyer()
	guest := k.ResidentWithAccount(phone)
	grant := func(as access.Actor, role, login string) (*http.Response, string) {
		return post(k, as, "/parties/"+string(office.ID)+"/members", `{"role":"`+role+`","login":"`+login+`"}`)
	}
	res, body := grant(site, "buyer_maker", phone)
	if res.StatusCode != http.StatusCreated {
		t.Fatal(body)
	}
	var m struct{ MembershipID string }
	_ = json.Unmarshal([]byte(body), &m)
	res, body = grant(site, "buyer_maker", phone)
	wantCode(t, res, body, http.StatusConflict, "membership.already_held")
	res, body = grant(site, "expert", phone)
	wantCode(t, res, body, http.StatusConflict, "membership.role_not_in_party")
	res, body = grant(site, "buyer_maker", "13600000000")
	wantCode(t, res, body, http.StatusNotFound, "record.not_found")
	res, body = grant(guest, "buyer_maker", phone)
	wantCode(t, res, body, http.StatusForbidden, "access.forbidden")
	res, body = post(k, site, "/parties/"+string(site.PartyID)+"/members", `{"role":"audit_admin","login":"`+phone+`"}`)
	wantCode(t, res, body, http.StatusConflict, "membership.not_together")

	end := "/memberships/" + m.MembershipID + "/end"
	approver := k.As(access.BuyerApprover, office)
	foreign := k.As(access.BuyerApprover, k.Party(party.KindGOV, "别的街道", ""))
	res, body = post(k, foreign, end, `{"reason":"调离"}`, "If-Match", `"1"`)
	wantCode(t, res, body, http.StatusNotFound, "record.not_found")
	res, body = post(k, approver, end, `{"reason":"调离"}`, "If-Match", `"7"`)
	wantCode(t, res, body, http.StatusPreconditionFailed, "record.stale")
	if res, body := post(k, approver, end, `{"reason":"调离"}`, "If-Match", `"1"`); res.StatusCode != http.StatusOK {
		t.Fatal(body)
	}
	res, body = post(k, approver, end, `{"reason":"调离"}`, "If-Match", `"2"`)
	wantCode(t, res, body, http.StatusConflict, "membership.ended")
	res, body = post(k, approver, "/memberships/"+string(approver.MembershipID)+"/end", `{"reason":"调离"}`, "If-Match", `"1"`)
	wantCode(t, res, body, http.StatusForbidden, "membership.not_yours_to_give")
	res, body = post(k, site, "/memberships/"+string(site.MembershipID)+"/end", `{"reason":"调离"}`, "If-Match", `"1"`)
	wantCode(t, res, body, http.StatusConflict, "membership.last_administrator")
}

func TestLock_EndsSessionsAndKeepsOut(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	site := k.Party(party.KindSite, "平台", "")
	security, admin := k.As(access.SecurityAdmin, site), k.As(access.PlatformAdmin, site)
	guest := k.ResidentWithAccount(phone)
	b := k.Browser()
	signIn(t, b, phone, testkit.Password)
	path := "/people/" + string(guest.PersonID)
	res, body := post(k, admin, path+"/lock", `{"reason":"账号被盗"}`, "If-Match", `"2"`)
	wantCode(t, res, body, http.StatusForbidden, "access.forbidden")
	if res, body := post(k, security, path+"/lock", `{"reason":"账号被盗"}`, "If-Match", `"2"`); res.StatusCode != http.StatusOK || !strings.Contains(body, "138****5678") {
		t.Fatal(res.StatusCode, body)
	}
	res, body = b.Do(http.MethodGet, "/api/v1/session", "")
	wantCode(t, res, body, http.StatusUnauthorized, "session.ended")
	if status, body, _ := signIn(t, b, phone, testkit.Password); status != http.StatusForbidden || !strings.Contains(body, "session.account_locked") {
		t.Error(status, body)
	}
	if status, body, _ := signIn(t, b, phone, "wrong-wrong-wrong"); status != http.StatusUnauthorized || strings.Contains(body, "account_locked") {
		t.Error("the lock shows without the password", body)
	}
	if res, body := post(k, security, path+"/unlock", `{"reason":"已核实"}`, "If-Match", `"3"`); res.StatusCode != http.StatusOK {
		t.Fatal(body)
	}
	res, body = post(k, security, path+"/unlock", `{"reason":"已核实"}`, "If-Match", `"4"`)
	wantCode(t, res, body, http.StatusConflict, "person.not_locked")
	if status, body, _ := signIn(t, b, phone, testkit.Password); status != http.StatusOK {
		t.Error(body)
	}
	res, body = post(k, security, "/people/"+string(security.PersonID)+"/lock", `{"reason":"试试"}`, "If-Match", `"1"`)
	wantCode(t, res, body, http.StatusConflict, "person.not_yourself")
}

func TestPeople_ScopeAndMasks(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	worker := k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
	near := k.ResidentWithAccount(phone)
	far := k.As(access.Resident, k.Party(party.KindRes, "东虹社区居民", k.World.Neighbour.ID))
	_, body := k.Call(worker, http.MethodGet, "/api/v1/people", "")
	if !strings.Contains(body, string(near.PersonID)) || strings.Contains(body, string(far.PersonID)) || strings.Contains(body, phone) {
		t.Error(body)
	}
	if _, body := k.Call(worker, http.MethodGet, "/api/v1/people?q="+phone, ""); strings.Count(body, `"lockReason"`) != 1 {
		t.Error(body)
	}
	if _, body := k.Call(worker, http.MethodGet, "/api/v1/people?q=1380000567", ""); strings.Count(body, `"lockReason"`) != 0 {
		t.Error("part of a phone number finds a person: ", body)
	}
	res, body := k.Call(worker, http.MethodGet, "/api/v1/people/"+string(far.PersonID), "")
	wantCode(t, res, body, http.StatusNotFound, "record.not_found")
	if res, body := k.Call(worker, http.MethodGet, "/api/v1/people/"+string(near.PersonID), ""); res.StatusCode != http.StatusOK {
		t.Error(body)
	}
}

func TestAudit_HoldsNoPersonalDataOfAccounts(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	k.Services.Accounts.Courier = &testkit.Outbox{}
	post(k, access.Actor{}, "/registrations", newcomer(k, func(m map[string]string) { m["email"] = "zhang.wei@example.cn" }))
	b := k.Browser()
	signIn(t, b, phone, testkit.Password)
	k.Advance(time.Minute)
	b.Do(http.MethodPatch, "/api/v1/account", `{"name":"张伟伟","language":"en"}`, "Idempotency-Key", k.Key(), "If-Match", `"1"`)
	post(k, access.Actor{}, "/password-resets", `{"login":"`+phone+`"}`)
	read, _ := k.DB.Handles()
	for _, sql := range []string{"SELECT text FROM audit_record", "SELECT result FROM remembered", "SELECT data FROM event", "SELECT hash FROM refresh_token", "SELECT login_hash FROM sign_in_failure"} {
		rows, err := read.Query(sql)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				t.Fatal(err)
			}
			n++
			for _, secret := range []string{"张伟", phone, "zhang.wei", testkit.Password, "argon2", b.Cookie} {
				if strings.Contains(text, secret) {
					t.Errorf("%s holds %q: %s", sql, secret, text)
				}
			}
		}
		_ = rows.Close()
		if n == 0 && !strings.Contains(sql, "failure") {
			t.Errorf("%s is empty: the test looks at nothing", sql)
		}
	}
}

func TestAudit_PersonStateIsReproducible(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		_, body := post(k, access.Actor{}, "/registrations", newcomer(k, nil))
		var made struct{ PersonID string }
		_ = json.Unmarshal([]byte(body), &made)
		k.View(func(ctx context.Context, u *app.Unit) error {
			p, err := u.People.Person(ctx, ident.PersonID(made.PersonID))
			if err != nil {
				return err
			}
			now, _ := audit.StateHash(p.State())
			records, err := u.Audits.Of(ctx, "person", made.PersonID, 10)
			if err != nil {
				return err
			}
			if len(records) != 1 || records[0].AfterHash != now {
				t.Errorf("%d records, state differs", len(records))
			}
			return nil
		})
	})
}
