package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"linli/backend/domain/access"
	"linli/backend/testkit"
)

func TestServer_UnknownAddressIsAProblemInTheCallersLanguage(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	for lang, title := range map[string]string{"zh-CN": "没有这个地址", "en-GB,en;q=0.9": "There is no such address"} {
		res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/nowhere", "", "Accept-Language", lang)
		var p struct{ Title, Code, RequestID string }
		if err := json.Unmarshal([]byte(body), &p); err != nil {
			t.Fatal(err, body)
		}
		if res.StatusCode != http.StatusNotFound || p.Title != title || p.Code != "request.not_found" || p.RequestID == "" {
			t.Errorf("%s: %d %s", lang, res.StatusCode, body)
		}
		if ct := res.Header.Get("Content-Type"); ct != "application/problem+json" {
			t.Errorf("content type %s", ct)
		}
	}
}

func TestServer_MistypedPathNamesNothing(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/threads/no-such-code", "")
	if res.StatusCode != http.StatusNotFound || !strings.Contains(body, "record.not_found") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

func TestServer_SendsSecurityHeadersWithoutInlineScripts(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	res, _ := k.Call(access.Actor{}, http.MethodGet, "/healthz", "")
	csp := res.Header.Get("Content-Security-Policy")
	if csp == "" || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
	if res.Header.Get("X-Content-Type-Options") != "nosniff" || res.StatusCode != http.StatusOK {
		t.Errorf("headers %v", res.Header)
	}
}

func TestServer_LifecyclesAreOpen(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/lifecycles", "")
	if res.StatusCode != http.StatusOK || !strings.Contains(body, `"items"`) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}
