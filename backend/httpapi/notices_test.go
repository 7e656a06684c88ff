package httpapi_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/event"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

func told(k *testkit.Kit, a access.Actor, n int) {
	for i := range n {
		k.Update(func(ctx context.Context, u *app.Unit) error {
			return u.Emit(ctx, event.Event{Kind: "membership.granted", ObjectKind: "membership", ObjectID: "m" + strconv.Itoa(i),
				Data: map[string]string{"toPersons": string(a.PersonID), "party": "青禾"}})
		})
		var seq int64
		k.View(func(ctx context.Context, u *app.Unit) error {
			var err error
			seq, err = u.Notices.LastEvent(ctx)
			return err
		})
		if _, err := k.Services.Notices.Deliver(context.Background(), seq); err != nil {
			k.T.Fatal(err)
		}
	}
}

func TestInbox_PagesReadAndUnread(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		me, other := k.Resident(), k.Resident()
		told(k, me, 3)
		_, body := k.Call(me, http.MethodGet, "/api/v1/inbox?limit=2", "")
		if strings.Count(body, `"read":false`) != 2 || !strings.Contains(body, `"nextCursor":"2"`) || !strings.Contains(body, "青禾") || !strings.Contains(body, `"unread":3`) {
			t.Error(body)
		}
		if _, body := k.Call(me, http.MethodGet, "/api/v1/inbox?limit=2&cursor=2", ""); strings.Count(body, `"relation"`) != 1 || !strings.Contains(body, `"nextCursor":""`) {
			t.Error(body)
		}
		if _, body := k.Call(other, http.MethodPost, "/api/v1/inbox/read", `{"upTo":99}`); !strings.Contains(body, `"count":0`) {
			t.Error("reads the notices of someone else: ", body)
		}
		if _, body := k.Call(me, http.MethodPost, "/api/v1/inbox/read", `{"upTo":2}`); !strings.Contains(body, `"count":2`) {
			t.Error(body)
		}
		if _, body := k.Call(me, http.MethodGet, "/api/v1/inbox/unread", ""); !strings.Contains(body, `"count":1`) {
			t.Error(body)
		}
		res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/inbox", "")
		wantCode(t, res, body, http.StatusUnauthorized, "access.sign_in_required")
		res, body = k.Call(me, http.MethodGet, "/api/v1/inbox?cursor=x", "")
		wantCode(t, res, body, http.StatusBadRequest, "request.malformed")
	})
}

func TestFollow_AndSettingsOverHTTP(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	me := k.Resident()
	path := "/api/v1/follows/place/" + string(k.World.Community.ID)
	for range 2 {
		if res, body := k.Call(me, http.MethodPut, path, ""); res.StatusCode != http.StatusNoContent {
			t.Fatal(res.StatusCode, body)
		}
	}
	if _, body := k.Call(me, http.MethodGet, "/api/v1/follows", ""); strings.Count(body, `"since"`) != 1 {
		t.Error(body)
	}
	res, body := k.Call(me, http.MethodPut, "/api/v1/follows/place/nowhere", "")
	wantCode(t, res, body, http.StatusNotFound, "follow.unknown")
	res, body = k.Call(access.Actor{}, http.MethodPut, path, "")
	wantCode(t, res, body, http.StatusUnauthorized, "access.sign_in_required")
	if res, _ := k.Call(me, http.MethodDelete, path, ""); res.StatusCode != http.StatusNoContent {
		t.Error(res.StatusCode)
	}
	if _, body := k.Call(me, http.MethodGet, "/api/v1/follows", ""); !strings.Contains(body, `"items":[]`) {
		t.Error(body)
	}
	if res, body := k.Call(me, http.MethodPut, "/api/v1/inbox/settings", `{"relation":"area","channel":"digest","enabled":true}`); res.StatusCode != http.StatusNoContent {
		t.Error(body)
	}
	if _, body := k.Call(me, http.MethodGet, "/api/v1/inbox/settings", ""); !strings.Contains(body, `{"relation":"area","channel":"digest","enabled":true}`) || !strings.Contains(body, `"hasEmail":false`) {
		t.Error(body)
	}
	if res, _ := k.Call(me, http.MethodPut, "/api/v1/inbox/settings", `{"relation":"area","channel":"pigeon","enabled":true}`); res.StatusCode != http.StatusUnprocessableEntity {
		t.Error(res.StatusCode)
	}
}

func TestAdminActs_AuditAdministratorSeesAllOthersTheirOwn(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	site := k.Party(party.KindSite, "平台", "")
	admin, security, auditing := k.As(access.PlatformAdmin, site), k.As(access.SecurityAdmin, site), k.As(access.AuditAdmin, site)
	post(k, admin, "/parties", `{"kind":"SSO","name":"青禾"}`)
	for who, want := range map[*access.Actor]int{&auditing: 1, &admin: 1, &security: 0} {
		if _, body := k.Call(*who, http.MethodGet, "/api/v1/admin-acts", ""); strings.Count(body, `"party.found"`) != want {
			t.Errorf("%s: %s", who.Role, body)
		}
	}
	res, body := k.Call(k.Resident(), http.MethodGet, "/api/v1/admin-acts", "")
	wantCode(t, res, body, http.StatusForbidden, "access.forbidden")
}

func TestClock_MovesForwardOnceForEveryone(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		admin := k.As(access.PlatformAdmin, k.Party(party.KindSite, "平台", ""))
		before := k.App.Clock.Now()
		key := k.Key()
		for range 2 {
			if res, body := post(k, admin, "/clock/advance", `{"minutes":1440}`, "Idempotency-Key", key); res.StatusCode != http.StatusOK {
				t.Fatal(body)
			}
		}
		if got := k.App.Clock.Now().Sub(before); got != 24*time.Hour {
			t.Errorf("moved by %s", got)
		}
		if _, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/clock", ""); !strings.Contains(body, "2026-03-03T02:00:00Z") {
			t.Error(body)
		}
		if res, _ := post(k, admin, "/clock/advance", `{"minutes":-5}`); res.StatusCode != http.StatusUnprocessableEntity {
			t.Error(res.StatusCode)
		}
		res, body := post(k, k.Resident(), "/clock/advance", `{"minutes":5}`)
		wantCode(t, res, body, http.StatusForbidden, "access.forbidden")
		k.App.Settings.Demonstration = false
		res, body = post(k, admin, "/clock/advance", `{"minutes":5}`)
		wantCode(t, res, body, http.StatusConflict, "clock.production_refuses")
	})
}

func TestRules_AndCalendarAreOpen(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	if res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/rules?date=2026-03-02", ""); res.StatusCode != http.StatusOK || !strings.Contains(body, `"source":`) || !strings.Contains(body, `"date":"2026-03-02"`) {
		t.Errorf("%d %.300s", res.StatusCode, body)
	}
	if res, _ := k.Call(access.Actor{}, http.MethodGet, "/api/v1/rules?date=yesterday", ""); res.StatusCode != http.StatusBadRequest && res.StatusCode != http.StatusUnprocessableEntity {
		t.Error(res.StatusCode)
	}
	if res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/calendar", ""); res.StatusCode != http.StatusOK || !strings.Contains(body, `"2026-02-28"`) || !strings.Contains(body, `"year":2026`) {
		t.Errorf("%d %.300s", res.StatusCode, body)
	}
	res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/calendar?year=1999", "")
	wantCode(t, res, body, http.StatusNotFound, "calendar.year_missing")
	if _, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/registrations/communities?q=和美", ""); !strings.Contains(body, `"street":"保和街道","district":"成华区"`) {
		t.Error(body)
	}
	if _, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/registrations/communities?q=%25", ""); !strings.Contains(body, `"items":[]`) {
		t.Error("a wildcard of the caller matches: ", body)
	}
}
