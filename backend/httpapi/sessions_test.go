package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

const phone = "13800005678"

type session struct {
	AccessToken string
	Session     struct {
		SessionID   string
		Phone       string
		Membership  *struct{ ID, Role string }
		Memberships []struct{ ID, Role string }
		Permissions []string
	}
}

func signIn(t *testing.T, b *testkit.Browser, login, password string) (int, string, session) {
	t.Helper()
	res, body := b.Do(http.MethodPost, "/api/v1/session", `{"login":"`+login+`","password":"`+password+`"}`)
	var s session
	_ = json.Unmarshal([]byte(body), &s)
	if s.AccessToken != "" {
		b.Token = s.AccessToken
	}
	return res.StatusCode, body, s
}

func wantCode(t *testing.T, res *http.Response, body string, status int, code string) {
	t.Helper()
	if res.StatusCode != status || !strings.Contains(body, `"code":"`+code+`"`) {
		t.Errorf("want %d %s, got %d %s", status, code, res.StatusCode, body)
	}
}

func TestSession_SignInByPhoneGivesTokenAndStrictCookie(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		k.Account(k.Resident(), phone)
		b := k.Browser()
		res, body := b.Do(http.MethodPost, "/api/v1/session", `{"login":"+86 138-0000-5678","password":"`+testkit.Password+`"}`)
		if res.StatusCode != http.StatusOK {
			t.Fatal(res.StatusCode, body)
		}
		c := res.Cookies()[0]
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/api/v1/session" || c.MaxAge <= 0 {
			t.Errorf("cookie %+v", c)
		}
		if strings.Contains(body, phone) || strings.Contains(body, c.Value) || !strings.Contains(body, "138****5678") {
			t.Errorf("body shows what it should not: %s", body)
		}
		var s session
		if err := json.Unmarshal([]byte(body), &s); err != nil || s.Session.Membership.Role != "resident" {
			t.Errorf("%v %s", err, body)
		}
	})
}

func TestSession_WrongPasswordAndUnknownLoginAreOneAnswer(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	k.Account(k.Resident(), phone)
	b := k.Browser()
	s1, known, _ := signIn(t, b, phone, "not the password")
	s2, unknown, _ := signIn(t, b, "13900001111", "not the password")
	if s1 != http.StatusUnauthorized || s2 != s1 || !strings.Contains(known, "session.credentials_wrong") || !strings.Contains(unknown, "session.credentials_wrong") {
		t.Errorf("%d %s / %d %s", s1, known, s2, unknown)
	}
	if strings.Contains(known, "not the password") || b.Cookie != "" {
		t.Error("the answer repeats the password or sets a cookie")
	}
}

func TestSession_FiveWrongPasswordsLockKnownAndUnknownAlike(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		k.Account(k.Resident(), phone)
		b := k.Browser()
		for _, login := range []string{phone, "13900001111"} {
			for range 5 {
				signIn(t, b, login, "wrong wrong wrong")
			}
			if status, body, _ := signIn(t, b, login, testkit.Password); status != http.StatusTooManyRequests || !strings.Contains(body, "session.locked") {
				t.Errorf("%s after five: %d %s", login, status, body)
			}
		}
		k.Advance(party.LockTime)
		if status, body, _ := signIn(t, b, phone, testkit.Password); status != http.StatusOK {
			t.Errorf("after the lock: %d %s", status, body)
		}
	})
}

func TestSession_ParallelGuessesAreAllCounted(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		k.Account(k.Resident(), phone)
		k.Browser()
		var wg sync.WaitGroup
		for range party.FailureLimit {
			wg.Go(func() { signIn(t, k.Browser(), phone, "wrong wrong wrong") })
		}
		wg.Wait()
		if status, body, _ := signIn(t, k.Browser(), phone, testkit.Password); status != http.StatusTooManyRequests {
			t.Errorf("%d %s", status, body)
		}
	})
}

func TestSession_RefreshRotatesAndReuseEndsTheFamily(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		k.Account(k.Resident(), phone)
		b := k.Browser()
		signIn(t, b, phone, testkit.Password)
		stolen := b.Cookie
		if res, body := b.Do(http.MethodPost, "/api/v1/session/refresh", ""); res.StatusCode != http.StatusOK || b.Cookie == stolen || b.Cookie == "" {
			t.Fatalf("refresh: %d %s", res.StatusCode, body)
		}
		thief := k.Browser()
		thief.Cookie = stolen
		res, body := thief.Do(http.MethodPost, "/api/v1/session/refresh", "")
		wantCode(t, res, body, http.StatusUnauthorized, "session.token_reused")
		res, body = b.Do(http.MethodPost, "/api/v1/session/refresh", "")
		wantCode(t, res, body, http.StatusUnauthorized, "session.ended")
		res, body = b.Do(http.MethodGet, "/api/v1/session", "")
		wantCode(t, res, body, http.StatusUnauthorized, "session.ended")
	})
}

func TestSession_OfTwoRefreshesAtOnceNotBothWin(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		k.Account(k.Resident(), phone)
		b := k.Browser()
		signIn(t, b, phone, testkit.Password)
		var mu sync.Mutex
		won := 0
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				twin := k.Browser()
				twin.Cookie = b.Cookie
				if res, _ := twin.Do(http.MethodPost, "/api/v1/session/refresh", ""); res.StatusCode == http.StatusOK {
					mu.Lock()
					won++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if won > 1 {
			t.Errorf("%d of four refreshes with one token won", won)
		}
	})
}

func TestSession_CookieOperationsRefuseOtherSites(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	k.Account(k.Resident(), phone)
	b := k.Browser()
	signIn(t, b, phone, testkit.Password)
	before := b.Cookie
	for _, h := range [][2]string{{"X-Linli-Request", ""}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
		res, body := b.Do(http.MethodPost, "/api/v1/session/refresh", "", h[0], h[1])
		wantCode(t, res, body, http.StatusForbidden, "request.cross_site")
		res, body = b.Do(http.MethodDelete, "/api/v1/session", "", h[0], h[1])
		wantCode(t, res, body, http.StatusForbidden, "request.cross_site")
	}
	if b.Cookie != before {
		t.Error("a refused request changed the cookie")
	}
	if res, body := b.Do(http.MethodPost, "/api/v1/session/refresh", ""); res.StatusCode != http.StatusOK {
		t.Errorf("the session did not survive: %s", body)
	}
}

func TestSession_SwitchActsInTheOtherRoleAndTheOldTokenEnds(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	me := k.Resident()
	k.Account(me, phone)
	k.Advance(time.Minute)
	council := k.Join(me, access.Council, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
	b := k.Browser()
	_, _, s := signIn(t, b, phone, testkit.Password)
	if s.Session.Membership.Role != "resident" || len(s.Session.Memberships) != 2 {
		t.Fatalf("%+v", s.Session)
	}
	old := b.Token
	res, body := b.Do(http.MethodPost, "/api/v1/session/switch", `{"membershipId":"`+string(council.MembershipID)+`"}`)
	if err := json.Unmarshal([]byte(body), &s); err != nil || res.StatusCode != http.StatusOK || s.Session.Membership.Role != "council" {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	res, body = b.Do(http.MethodGet, "/api/v1/session", "", "Authorization", "Bearer "+old)
	wantCode(t, res, body, http.StatusUnauthorized, "session.switched")
	b.Token = s.AccessToken
	other := k.As(access.Expert, k.Party(party.KindPool, "专家库", ""))
	res, body = b.Do(http.MethodPost, "/api/v1/session/switch", `{"membershipId":"`+string(other.MembershipID)+`"}`)
	wantCode(t, res, body, http.StatusUnprocessableEntity, "session.membership_unknown")
	_, _, s = signIn(t, b, phone, testkit.Password)
	if s.Session.Membership.Role != "council" {
		t.Errorf("the next sign-in does not remember the role: %+v", s.Session.Membership)
	}
}

func TestSession_SignOutEverywhereEndsTheOtherDeviceAtOnce(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		k.Account(k.Resident(), phone)
		here, there := k.Browser(), k.Browser()
		signIn(t, here, phone, testkit.Password)
		signIn(t, there, phone, testkit.Password)
		if _, body := here.Do(http.MethodGet, "/api/v1/account/sessions", ""); strings.Count(body, `"openedAt"`) != 2 || strings.Count(body, `"current":true`) != 1 {
			t.Errorf("sessions: %s", body)
		}
		if res, body := here.Do(http.MethodPost, "/api/v1/account/sessions/end-all", ""); res.StatusCode != http.StatusOK || !strings.Contains(body, `"ended":2`) {
			t.Errorf("%d %s", res.StatusCode, body)
		}
		res, body := there.Do(http.MethodGet, "/api/v1/account/sessions", "")
		wantCode(t, res, body, http.StatusUnauthorized, "session.ended")
		res, body = there.Do(http.MethodPost, "/api/v1/session/refresh", "")
		wantCode(t, res, body, http.StatusUnauthorized, "session.ended")
	})
}

func TestSession_SignOutEndsOnlyItsOwn(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	k.Account(k.Resident(), phone)
	here, there := k.Browser(), k.Browser()
	signIn(t, here, phone, testkit.Password)
	_, _, other := signIn(t, there, phone, testkit.Password)
	if res, body := here.Do(http.MethodDelete, "/api/v1/session", ""); res.StatusCode != http.StatusNoContent || here.Cookie != "" {
		t.Errorf("%d %s %q", res.StatusCode, body, here.Cookie)
	}
	if res, _ := here.Do(http.MethodGet, "/api/v1/session", ""); res.StatusCode != http.StatusUnauthorized {
		t.Error("the token outlives the session")
	}
	if res, _ := there.Do(http.MethodGet, "/api/v1/session", ""); res.StatusCode != http.StatusOK {
		t.Error("the other device was signed out too")
	}
	stranger := k.Browser()
	k.Account(k.As(access.Expert, k.Party(party.KindPool, "专家库", "")), "13900002222")
	signIn(t, stranger, "13900002222", testkit.Password)
	res, body := stranger.Do(http.MethodDelete, "/api/v1/account/sessions/"+other.Session.SessionID, "")
	wantCode(t, res, body, http.StatusNotFound, "record.not_found")
}

func TestSession_TokenEndsAfterTenMinutesAndIdleSessionAfterItsTime(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	worker := k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
	k.Account(worker, phone)
	b := k.Browser()
	signIn(t, b, phone, testkit.Password)
	k.Advance(10 * time.Minute)
	res, body := b.Do(http.MethodGet, "/api/v1/session", "")
	wantCode(t, res, body, http.StatusUnauthorized, "session.token_expired")
	if res, _ := b.Do(http.MethodPost, "/api/v1/session/refresh", ""); res.StatusCode != http.StatusOK {
		t.Fatal(res.StatusCode)
	}
	k.Advance(party.StaffIdle)
	res, body = b.Do(http.MethodPost, "/api/v1/session/refresh", "")
	wantCode(t, res, body, http.StatusUnauthorized, "session.expired")
}

func TestSession_EndedMembershipActsInNoRole(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	me := k.Resident()
	k.Account(me, phone)
	b := k.Browser()
	signIn(t, b, phone, testkit.Password)
	k.EndMembership(me)
	res, body := b.Do(http.MethodGet, "/api/v1/account/sessions", "")
	wantCode(t, res, body, http.StatusForbidden, "access.forbidden")
	if _, body := b.Do(http.MethodGet, "/api/v1/session", ""); strings.Contains(body, `"membership":`) || !strings.Contains(body, `"memberships":[]`) {
		t.Error(body)
	}
}
