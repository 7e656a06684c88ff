package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"linli/backend/domain/access"
	"linli/backend/testkit"
)

func TestTodos_AreForSignedInPeopleAndNeverNull(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	maker := k.As(access.BuyerMaker, k.Buyer())
	for _, path := range []string{"/api/v1/todos", "/api/v1/todos/done"} {
		if res, body := k.Call(access.Actor{}, http.MethodGet, path, ""); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s open to visitors: %d %s", path, res.StatusCode, body)
		}
		if res, body := k.Call(maker, http.MethodGet, path, ""); res.StatusCode != http.StatusOK || !strings.Contains(body, `"items":[]`) {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
}

func TestSite_TellsTheBusinessClockToEverybody(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/site", "")
	if res.StatusCode != http.StatusOK || !strings.Contains(body, `"now":"2026-03-02T02:00`) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if now := res.Header.Get("X-Linli-Now"); !strings.HasPrefix(now, "2026-03-02T02:00") {
		t.Errorf("X-Linli-Now %q", now)
	}
}
