// Package stripefake is a small stateful Stripe for tests: sessions with idempotency keys,
// payments, refunds, disputes, and signed events. stripe-mock keeps no state, so what happens
// over time is tested against this.
package stripefake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76/webhook"
)

// Secret signs the fake's events.
const Secret = "whsec_of_the_fake"

// Event is one message as it would be delivered.
type Event struct {
	ID, Kind string
	Body     []byte
}

// Sign gives the header of a delivery made at an instant.
func (e Event) Sign(at time.Time) string {
	return webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: e.Body, Secret: Secret, Timestamp: at}).Header
}

type object = map[string]any

// Server is the fake. Fail, when set, may answer a request itself and return true.
type Server struct {
	*httptest.Server
	Fail func(w http.ResponseWriter, r *http.Request) bool

	mu       sync.Mutex
	next     int
	sessions []object
	refunds  []object
	disputes []object
	byKey    map[string]object
	params   map[string]string
	Creates  int // sessions really made
}

// New starts a fake that ends with the test.
func New(t testing.TB) *Server {
	s := &Server{byKey: map[string]object{}, params: map[string]string{}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if s.Fail != nil && s.Fail(w, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.Method == http.MethodPost && r.URL.Path == "/v1/checkout/sessions":
		s.create(w, r)
	case r.URL.Path == "/v1/checkout/sessions":
		s.list(w, s.sessions, r)
	case strings.HasPrefix(r.URL.Path, "/v1/checkout/sessions/"):
		s.one(w, s.sessions, strings.TrimPrefix(r.URL.Path, "/v1/checkout/sessions/"))
	case r.URL.Path == "/v1/refunds":
		s.list(w, s.refunds, r)
	case r.URL.Path == "/v1/disputes":
		s.list(w, s.disputes, r)
	default:
		refuse(w, http.StatusNotFound, "no such route: "+r.URL.Path)
	}
}

func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	key := r.Header.Get("Idempotency-Key")
	if old, ok := s.byKey[key]; ok {
		if s.params[key] != r.Form.Encode() {
			refuse(w, http.StatusBadRequest, "key was used with other parameters")
			return
		}
		answer(w, old)
		return
	}
	amount, _ := strconv.Atoi(r.Form.Get("line_items[0][price_data][unit_amount]"))
	s.Creates++
	o := object{
		"id": s.id("cs_test_"), "object": "checkout.session", "client_reference_id": r.Form.Get("client_reference_id"),
		"amount_total": amount, "currency": r.Form.Get("line_items[0][price_data][currency]"), "status": "open",
		"payment_status": "unpaid", "payment_intent": nil, "url": "https://checkout.invalid/pay", "expires_at": 1772500000,
	}
	s.sessions = append(s.sessions, o)
	s.byKey[key], s.params[key] = o, r.Form.Encode()
	answer(w, o)
}

func (s *Server) one(w http.ResponseWriter, from []object, id string) {
	for _, o := range from {
		if o["id"] == id {
			answer(w, o)
			return
		}
	}
	refuse(w, http.StatusNotFound, "no such object: "+id)
}

func (s *Server) list(w http.ResponseWriter, from []object, r *http.Request) {
	found := []object{}
	for _, o := range from {
		if o["payment_intent"] == r.URL.Query().Get("payment_intent") {
			found = append(found, o)
		}
	}
	answer(w, object{"object": "list", "data": found, "has_more": false, "url": r.URL.Path})
}

// Pay completes the session and returns its event.
func (s *Server) Pay(session string) Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.session(session)
	o["status"], o["payment_status"], o["payment_intent"] = "complete", "paid", s.id("pi_")
	return s.event("checkout.session.completed", o)
}

// Succeeded is the other event of a paid session.
func (s *Server) Succeeded(session string) Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.session(session)
	return s.event("payment_intent.succeeded", object{"id": o["payment_intent"], "object": "payment_intent"})
}

// Expire ends an unpaid session.
func (s *Server) Expire(session string) Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.session(session)
	if o["payment_status"] != "paid" {
		o["status"] = "expired"
	}
	return s.event("checkout.session.expired", o)
}

// Refund gives back a part of a paid session.
func (s *Server) Refund(session string, amount int) Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	intent := s.session(session)["payment_intent"]
	s.refunds = append(s.refunds, object{"id": s.id("re_"), "object": "refund", "amount": amount, "status": "succeeded", "payment_intent": intent})
	return s.event("charge.refunded", object{"id": "ch_1", "object": "charge", "payment_intent": intent})
}

// Dispute withdraws money; Reinstate gives it back.
func (s *Server) Dispute(session string, amount int) Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	intent := s.session(session)["payment_intent"]
	d := object{"id": s.id("dp_"), "object": "dispute", "amount": amount, "status": "needs_response", "payment_intent": intent,
		"balance_transactions": []object{{"id": "txn_1", "object": "balance_transaction", "amount": -amount}}}
	s.disputes = append(s.disputes, d)
	return s.event("charge.dispute.funds_withdrawn", d)
}

// Reinstate gives the money of the last dispute back.
func (s *Server) Reinstate() Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.disputes[len(s.disputes)-1]
	d["status"] = "won"
	d["balance_transactions"] = append(d["balance_transactions"].([]object), object{"id": "txn_2", "object": "balance_transaction", "amount": d["amount"]})
	return s.event("charge.dispute.funds_reinstated", d)
}

// Foreign is an event about something that is not ours.
func (s *Server) Foreign() Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.event("payout.paid", object{"id": "po_1", "object": "payout"})
}

// Session returns the id of the n-th session made.
func (s *Server) Session(n int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[n]["id"].(string)
}

func (s *Server) session(id string) object {
	for _, o := range s.sessions {
		if o["id"] == id {
			return o
		}
	}
	panic("no session " + id)
}

func (s *Server) event(kind string, data object) Event {
	id := s.id("evt_")
	body, err := json.Marshal(object{"id": id, "object": "event", "type": kind, "api_version": "2023-10-16", "data": object{"object": data}})
	if err != nil {
		panic(err)
	}
	return Event{ID: id, Kind: kind, Body: body}
}

func (s *Server) id(prefix string) string {
	s.next++
	return fmt.Sprintf("%s%04d", prefix, s.next)
}

func answer(w http.ResponseWriter, o object) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(o)
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(object{"error": object{"type": "invalid_request_error", "message": message}})
}
