package e2e

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Two processes on one PostgreSQL behind a proxy are one installation: the shape of the
// compose file, run as processes.
func TestTopology_TwoProcessesBehindAProxyAreOne(t *testing.T) {
	t.Parallel()
	env := append(demonstrations["postgres"](t), "LINLI_TRUST_PROXY=true", "LINLI_TOKEN_SECRET="+strings.Repeat("s", 40))
	a, b := start(t, env...), start(t, env...)
	proxy := roundRobin(t, a.base, b.base)

	admin := signIn(t, proxy, "admin")
	for range 4 { // the token of one process opens the other
		if got := text(admin.must("GET", "/session", nil), "name"); got != "" && got != "管平" {
			t.Errorf("signed in as %q", got)
		}
	}
	key := "the-same-key"
	first := admin.must("POST", "/parties", body{"kind": "SSO", "name": "同一个请求"}, "Idempotency-Key", key)
	for range 3 { // a repeated write finds its answer in either process
		if again := admin.must("POST", "/parties", body{"kind": "SSO", "name": "同一个请求"}, "Idempotency-Key", key); text(again, "id") != text(first, "id") {
			t.Errorf("written twice: %v and %v", first["id"], again["id"])
		}
	}
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			if x, err := admin.send("POST", "/parties", body{"kind": "SSO", "name": "并发" + strconv.Itoa(i)}); err != nil || x.status >= 300 {
				t.Errorf("%d %s %v", x.status, x.text, err)
			}
		})
	}
	wg.Wait()
	verified(t, env)
}

func roundRobin(t testing.TB, bases ...string) string {
	t.Helper()
	var next atomic.Int64
	targets := make([]*url.URL, len(bases))
	for i, base := range bases {
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		targets[i] = u
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(targets[next.Add(1)%int64(len(targets))])
		r.SetXForwarded()
	}, ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}})
	t.Cleanup(proxy.Close)
	return proxy.URL
}
