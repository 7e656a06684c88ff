package stripegw_test

import (
	"context"
	"net/http"
	"reflect"
	"testing"
	"time"

	"linli/backend/app/funds"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/stripegw"
	"linli/backend/stripegw/stripefake"
)

var now = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func gateway(t testing.TB, s *stripefake.Server) *stripegw.Gateway {
	t.Helper()
	g, err := stripegw.New(stripegw.Config{Key: "sk_test_fake", WebhookSecret: stripefake.Secret, URL: s.URL, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func checkout(key string) funds.CheckoutRequest {
	return funds.CheckoutRequest{
		IdempotencyKey: key, DonationID: "d1", Code: "JZ-1", FundName: "和美社区发展基金", AmountFen: 10000,
		SuccessURL: "https://linli.test/funds/f1?card=done", CancelURL: "https://linli.test/funds/f1?card=cancelled", Language: "zh",
	}
}

func TestNew_AKeyWithoutWebhookSecretStopsTheStart(t *testing.T) {
	t.Parallel()
	for _, c := range []stripegw.Config{{Key: "sk"}, {WebhookSecret: "whsec"}} {
		if _, err := stripegw.New(c); !fault.Is(err, "config.invalid") {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if g, err := stripegw.New(stripegw.Config{}); g != nil || err != nil {
		t.Errorf("off: %v %v", g, err)
	}
}

func TestCheckout_TheSameKeyGivesTheSameSession(t *testing.T) {
	t.Parallel()
	s := stripefake.New(t)
	g := gateway(t, s)
	a, err := g.Checkout(context.Background(), checkout("k1"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := g.Checkout(context.Background(), checkout("k1"))
	if err != nil || a.SessionID != b.SessionID || s.Creates != 1 || a.URL == "" || a.ExpiresAt == nil {
		t.Fatalf("%+v %+v %v, %d made", a, b, err, s.Creates)
	}
}

func TestCheckout_ALostAnswerIsUnavailableAndTheRepeatFindsTheSession(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusInternalServerError, http.StatusBadGateway, http.StatusTooManyRequests} {
		s := stripefake.New(t)
		failed := false
		s.Fail = func(w http.ResponseWriter, _ *http.Request) bool {
			if failed {
				return false
			}
			failed = true
			http.Error(w, `{"error":{"type":"api_error"}}`, status)
			return true
		}
		g := gateway(t, s)
		if _, err := g.Checkout(context.Background(), checkout("k1")); !fault.Is(err, "card.unavailable") {
			t.Fatalf("%d: %v", status, err)
		}
		if _, err := g.Checkout(context.Background(), checkout("k1")); err != nil || s.Creates != 1 {
			t.Fatalf("%d: repeat %v, %d made", status, err, s.Creates)
		}
	}
}

func TestCheckout_ARefusalIsNotWorthRepeating(t *testing.T) {
	t.Parallel()
	s := stripefake.New(t)
	g := gateway(t, s)
	if _, err := g.Checkout(context.Background(), checkout("k1")); err != nil {
		t.Fatal(err)
	}
	other := checkout("k1")
	other.AmountFen++
	if _, err := g.Checkout(context.Background(), other); !fault.Is(err, "card.refused") {
		t.Fatal(err)
	}
}

func TestSnapshot_ReadsTheStateNotTheMessage(t *testing.T) {
	t.Parallel()
	s := stripefake.New(t)
	g := gateway(t, s)
	card, err := g.Checkout(context.Background(), checkout("k1"))
	if err != nil {
		t.Fatal(err)
	}
	open, err := g.Snapshot(context.Background(), card.SessionID)
	if err != nil || open.Paid || open.DonationID != "d1" || open.Currency != "CNY" || open.AmountFen != 10000 {
		t.Fatalf("%+v %v", open, err)
	}
	s.Pay(card.SessionID)
	s.Refund(card.SessionID, 4000)
	s.Dispute(card.SessionID, 6000)
	s.Reinstate()
	paid, err := g.Snapshot(context.Background(), card.SessionID)
	if err != nil {
		t.Fatal(err)
	}
	byPayment, err := g.Snapshot(context.Background(), paid.IntentID)
	if err != nil || !reflect.DeepEqual(paid, byPayment) {
		t.Fatalf("by payment %+v %v", byPayment, err)
	}
	kinds := []string{}
	for _, e := range paid.Effects() {
		kinds = append(kinds, e.Kind)
	}
	want := []string{fund.EffectPaid, fund.EffectWithdrawn, fund.EffectReinstated, fund.EffectRefunded}
	if !reflect.DeepEqual(kinds, want) {
		t.Fatalf("effects %v", kinds)
	}
	for _, id := range []string{"pi_unknown", "cs_unknown"} {
		if _, err := g.Snapshot(context.Background(), id); !fault.Is(err, "card.unknown_object") {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestRead_OnlyFreshSignedDeliveriesAreBelieved(t *testing.T) {
	t.Parallel()
	s := stripefake.New(t)
	g := gateway(t, s)
	e := s.Foreign()
	m, err := g.Read(e.Body, e.Sign(now))
	if err != nil || m.ID != e.ID || m.ObjectID != "" || m.Payload != string(e.Body) {
		t.Fatalf("%+v %v", m, err)
	}
	changed := append([]byte(nil), e.Body...)
	changed[len(changed)-2] ^= 1
	cases := map[string]struct {
		body   []byte
		header string
	}{
		"no header":      {e.Body, ""},
		"body changed":   {changed, e.Sign(now)},
		"six min old":    {e.Body, e.Sign(now.Add(-6 * time.Minute))},
		"six min ahead":  {e.Body, e.Sign(now.Add(6 * time.Minute))},
		"no signature":   {e.Body, "t=1772416800"},
		"stamp no digit": {e.Body, "t=x,v1=00"},
	}
	for name, c := range cases {
		if _, err := g.Read(c.body, c.header); !fault.Is(err, "card.signature_invalid") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRead_NeverKeepsTheCallersBuffer(t *testing.T) {
	t.Parallel()
	s := stripefake.New(t)
	g := gateway(t, s)
	e := s.Foreign()
	body := append([]byte(nil), e.Body...)
	m, err := g.Read(body, e.Sign(now))
	if err != nil {
		t.Fatal(err)
	}
	for i := range body {
		body[i] = 'x'
	}
	if m.Payload != string(e.Body) {
		t.Fatal("the message changed with the buffer")
	}
}
