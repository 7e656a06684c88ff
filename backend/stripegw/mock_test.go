package stripegw_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"linli/backend/domain/fault"
	"linli/backend/stripegw"
)

// The shapes of our requests, checked by Stripe's own mock against Stripe's own description
// of its API. The mock keeps no state: what happens over time is tested against the fake.
func TestRequests_HaveTheShapeStripeDescribes(t *testing.T) {
	t.Parallel()
	url := startMock(t)
	g, err := stripegw.New(stripegw.Config{Key: "sk_test_123", WebhookSecret: "whsec_x", URL: url, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	card, err := g.Checkout(context.Background(), checkout("shape-1"))
	if err != nil || card.SessionID == "" {
		t.Fatalf("create: %+v %v", card, err)
	}
	// The mock answers every fetch with a fixed object that carries no reference of ours.
	for _, id := range []string{card.SessionID, "pi_123"} {
		if _, err := g.Snapshot(context.Background(), id); err != nil && !fault.Is(err, "card.unknown_object") {
			t.Errorf("fetch %s: %v", id, err)
		}
	}
	bad := checkout("shape-2")
	bad.Language = "klingon"
	if _, err := g.Checkout(context.Background(), bad); !fault.Is(err, "card.refused") {
		t.Errorf("the mock does not look at parameters: %v", err)
	}
}

func startMock(t *testing.T) string {
	t.Helper()
	path := findMock()
	if path == "" {
		if os.Getenv("LINLI_TEST_REQUIRE") != "" {
			t.Fatal("stripe-mock is needed in PATH or .tools/bin (go install github.com/stripe/stripe-mock@v0.183.0)")
		}
		t.Skip("SKIPPED LOUDLY: stripe-mock is not in PATH or .tools/bin; request shapes were not checked (go install github.com/stripe/stripe-mock@v0.183.0)")
	}
	plain, tls := freeAddr(t), freeAddr(t)
	cmd := exec.Command(path, "-http-addr", plain, "-https-addr", tls)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	url := "http://" + plain
	for range 200 {
		res, err := http.Get(url + "/v1/balance")
		if err == nil {
			_ = res.Body.Close()
			return url
		}
		<-time.After(50 * time.Millisecond)
	}
	t.Fatal("stripe-mock did not start")
	return ""
}

func findMock() string {
	if path, err := exec.LookPath("stripe-mock"); err == nil {
		return path
	}
	for dir, _ := os.Getwd(); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		path := filepath.Join(dir, ".tools", "bin", "stripe-mock")
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
