package funds_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"linli/backend/app/funds"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/money"
	"linli/backend/stripegw"
	"linli/backend/stripegw/stripefake"
	"linli/backend/testkit"
)

// cardScene is a scene where the rules allow cards and a fake provider is connected.
func cardScene(t *testing.T, k *testkit.Kit) (*scene, *stripefake.Server) {
	t.Helper()
	s := newScene(t, k)
	k.App.Settings.Jurisdiction = "ZZ" // no rule of its own: the general ones hold
	fake := stripefake.New(t)
	g, err := stripegw.New(stripegw.Config{Key: "sk_test", WebhookSecret: stripefake.Secret, URL: fake.URL, Now: k.DB.Clock().System})
	if err != nil {
		t.Fatal(err)
	}
	s.svc.UseCards(g)
	return s, fake
}

func (s *scene) give(amount money.Fen) *fund.Donation {
	s.T.Helper()
	d, err := s.svc.Give(ctx, s.by(s.donor, 0), funds.Gift{FundID: s.fund.ID, AmountFen: amount, Language: "zh"})
	if err != nil {
		s.T.Fatal(err)
	}
	return d
}

// deliver hands a message to the webhook and works the inbox off.
func (s *scene) deliver(e stripefake.Event) {
	s.T.Helper()
	if _, err := s.svc.Receive(ctx, e.Body, e.Sign(s.DB.Clock().System())); err != nil {
		s.T.Fatal(err)
	}
	if _, err := s.svc.WorkOff(ctx); err != nil {
		s.T.Fatal(err)
	}
}

func TestCard_OffByTheRulesOfChinaWhateverIsConfigured(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s, fake := cardScene(t, k)
	k.App.Settings.Jurisdiction = "CN"
	_, err := s.svc.Give(ctx, s.by(s.donor, 0), funds.Gift{FundID: s.fund.ID, AmountFen: 10000})
	want(t, err, "card.off_by_rule")
	if state, err := s.svc.CardState(ctx); err != nil || state.On || state.Code != "card.off_by_rule" {
		t.Fatalf("%+v %v", state, err)
	}
	if fake.Creates != 0 {
		t.Fatal("the provider was called")
	}
}

func TestCard_OffWithoutAProvider(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := newScene(t, k)
	k.App.Settings.Jurisdiction = "ZZ"
	_, err := s.svc.Give(ctx, s.by(s.donor, 0), funds.Gift{FundID: s.fund.ID, AmountFen: 10000})
	want(t, err, "card.off")
	_, err = s.svc.Receive(ctx, []byte("{}"), "t=1,v1=00")
	want(t, err, "card.off")
}

func TestCard_ComingBackToOurPageBooksNothing(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, fake := cardScene(t, k)
		d := s.give(10000)
		if d.Status != fund.Awaiting || d.Card.URL == "" {
			t.Fatalf("%+v", d)
		}
		if _, err := s.svc.WorkOff(ctx); err != nil {
			t.Fatal(err)
		}
		if _, free := s.held(); free != 0 {
			t.Fatal("booked without a message")
		}
		s.deliver(fake.Pay(d.Card.SessionID))
		if _, free := s.held(); free != 10000 {
			t.Fatalf("held %s", free)
		}
	})
}

func TestCard_ALostAnswerIsAskedForAgainWithTheSameKey(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, fake := cardScene(t, k)
		down := true
		fake.Fail = func(w http.ResponseWriter, _ *http.Request) bool {
			if down {
				w.WriteHeader(http.StatusInternalServerError)
			}
			return down
		}
		w := s.by(s.donor, 0)
		gift := funds.Gift{FundID: s.fund.ID, AmountFen: 10000}
		_, err := s.svc.Give(ctx, w, gift)
		want(t, err, "card.unavailable")
		down = false
		first, err := s.svc.Give(ctx, w, gift)
		if err != nil {
			t.Fatal(err)
		}
		second, err := s.svc.Give(ctx, w, gift)
		if err != nil || second.ID != first.ID || second.Card.SessionID != first.Card.SessionID || fake.Creates != 1 {
			t.Fatalf("%+v %v, %d made", second, err, fake.Creates)
		}
		k.Advance(24 * time.Hour)
		late := s.by(s.donor, 0)
		down = true
		_, err = s.svc.Give(ctx, late, gift)
		want(t, err, "card.unavailable")
		down = false
		k.Advance(24 * time.Hour)
		_, err = s.svc.Give(ctx, late, gift)
		want(t, err, "donation.intent_too_old")
	})
}

// Every order of a recorded flow, with repeats, gives the same ledger: seven messages of one
// donation that was paid, refunded in part, disputed and won back.
func TestCard_EveryOrderOfMessagesGivesTheSameLedger(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, fake := cardScene(t, k)
		var restore money.Fen
		for n, order := range orders(7, sampleOrders(k)) {
			d := s.give(10000)
			id := d.Card.SessionID
			flow := []stripefake.Event{fake.Pay(id), fake.Succeeded(id), fake.Refund(id, 3000), fake.Dispute(id, 7000), fake.Reinstate(), fake.Expire(id)}
			flow = append(flow, flow[n%len(flow)]) // one message twice
			for _, i := range order {
				if _, err := s.svc.Receive(ctx, flow[i].Body, flow[i].Sign(k.DB.Clock().System())); err != nil {
					t.Fatal(err)
				}
				if n%2 == 0 { // worked off one by one, or all together at the end
					if _, err := s.svc.WorkOff(ctx); err != nil {
						t.Fatal(err)
					}
				}
			}
			if _, err := s.svc.WorkOff(ctx); err != nil {
				t.Fatal(err)
			}
			restore += 7000
			if _, free := s.held(); free != restore {
				t.Fatalf("order %v: held %s, want %s", order, free, restore)
			}
			v, err := s.svc.GetDonation(ctx, s.donor, d.ID)
			if err != nil || v.Donation.Status != fund.Received || v.Donation.RefundedFen != 3000 {
				t.Fatalf("order %v: %+v %v", order, v.Donation, err)
			}
		}
	})
}

// Messages as the provider's state grows: each is delivered late, twice and before or after
// the next fact; whatever was delivered, the last delivery brings the book to the state.
func TestCard_MessagesBetweenTheFacts(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s, fake := cardScene(t, k)
	d := s.give(10000)
	id := d.Card.SessionID
	s.deliver(fake.Expire(id))
	paid := fake.Pay(id)
	refund := fake.Refund(id, 10000)
	s.deliver(refund)
	s.deliver(paid)
	s.deliver(paid)
	if _, free := s.held(); free != 0 {
		t.Fatalf("held %s", free)
	}
	v, err := s.svc.GetDonation(ctx, s.donor, d.ID)
	if err != nil || v.Donation.Status != fund.Refunded {
		t.Fatalf("%+v %v", v.Donation, err)
	}
}

// orders lists permutations of 0…n−1: all of them, or the ones whose number is a multiple of
// every.
func orders(n, every int) [][]int {
	var out [][]int
	count := 0
	var walk func(prefix []int, used int)
	walk = func(prefix []int, used int) {
		if len(prefix) == n {
			if count%every == 0 {
				out = append(out, append([]int(nil), prefix...))
			}
			count++
			return
		}
		for i := range n {
			if used&(1<<i) == 0 {
				walk(append(prefix, i), used|1<<i)
			}
		}
	}
	walk(nil, 0)
	return out
}

// sampleOrders thins the 5,040 orders for the databases; the pure test of package fund takes all.
func sampleOrders(k *testkit.Kit) int {
	if k.DB.Postgres() {
		return 211
	}
	return 97
}

func TestCard_AForeignMessageIsSettledAndChangesNothing(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, fake := cardScene(t, k)
		e := fake.Foreign()
		for range 3 {
			s.deliver(e)
		}
		if n, err := s.svc.WorkOff(ctx); err != nil || n != 0 {
			t.Fatalf("%d open, %v", n, err)
		}
		if _, free := s.held(); free != 0 {
			t.Fatal("a payout changed the fund")
		}
	})
}

func TestCard_ARefundTheFundCannotPayStaysOpenAndThePaymentStands(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, fake := cardScene(t, k)
		d := s.give(10000)
		s.deliver(fake.Pay(d.Card.SessionID))
		g, err := s.svc.ProposeGrant(ctx, s.by(s.manager, 0), fund.Proposal{FundID: s.fund.ID, RecipientID: s.so.ID, Title: "x", Purpose: "y", AmountFen: 9000})
		if err != nil {
			t.Fatal(err)
		}
		k.App.Settings.Jurisdiction = "CN"
		for _, step := range []funds.GrantStep{{Action: "review"}, {Action: "publicise"}, {Action: "grant", BankReference: "B"}} {
			by := s.approver
			if step.Action == "publicise" {
				by = s.manager
			}
			if step.Action == "grant" {
				k.AdvanceTo(g.ObjectionUntil.End())
			}
			step.ID = g.ID
			if g, err = s.svc.ChangeGrant(ctx, s.by(by, g.Version), step); err != nil {
				t.Fatal(err)
			}
		}
		s.deliver(fake.Refund(d.Card.SessionID, 10000))
		if _, free := s.held(); free != 1000 {
			t.Fatalf("held %s", free)
		}
		s.transfer(fund.Inflow{Kind: fund.KindInterest, AmountFen: 9000, BankReference: "B-2", ReceivedOn: s.day("2026-03-02")})
		if n, err := s.svc.WorkOff(ctx); err != nil || n != 1 {
			t.Fatalf("%d settled, %v", n, err)
		}
		if _, free := s.held(); free != 0 {
			t.Fatalf("held %s", free)
		}
	})
}

func TestCard_APledgeMayBePaidByItsDonorOnly(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, fake := cardScene(t, k)
		p, err := s.svc.Offer(ctx, s.by(s.donor, 0), fund.Offer{FundID: s.fund.ID, Origin: fund.FromFreeWill, Basis: fund.ByAmount, AmountFen: 5000,
			Dues: []fund.Due{{DueOn: s.day("2026-03-31"), AmountFen: 5000}}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = s.svc.ChangePledge(ctx, s.by(s.manager, p.Version), funds.Change{ID: string(p.ID), Action: "accept"}); err != nil {
			t.Fatal(err)
		}
		gift := funds.Gift{FundID: s.fund.ID, AmountFen: 5000, PledgeID: p.ID, DueNumber: 1}
		_, err = s.svc.Give(ctx, s.by(k.As(access.SupplierAdmin, s.so), 0), gift)
		want(t, err, "access.forbidden")
		d, err := s.svc.Give(ctx, s.by(s.donor, 0), gift)
		if err != nil {
			t.Fatal(err)
		}
		s.deliver(fake.Pay(d.Card.SessionID))
		s.deliver(fake.Refund(d.Card.SessionID, 5000))
		v, err := s.svc.GetPledge(ctx, s.donor, p.ID)
		if err != nil || v.Pledge.Status != fund.Accepted || v.Pledge.Dues[0].PaidFen != 0 {
			t.Fatalf("%+v %v", v.Pledge, err)
		}
	})
}

func TestCard_TwoWorkersBookOnce(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, fake := cardScene(t, k)
		for range 5 {
			d := s.give(10000)
			for _, e := range []stripefake.Event{fake.Pay(d.Card.SessionID), fake.Succeeded(d.Card.SessionID)} {
				if _, err := s.svc.Receive(ctx, e.Body, e.Sign(k.DB.Clock().System())); err != nil {
					t.Fatal(err)
				}
			}
		}
		done := make(chan error, 4)
		for range cap(done) {
			go func() {
				_, err := s.svc.WorkOff(ctx)
				done <- err
			}()
		}
		for range cap(done) {
			if err := <-done; err != nil && !fault.Is(err, "store.unavailable") {
				t.Error(err)
			}
		}
		if _, err := s.svc.WorkOff(ctx); err != nil {
			t.Fatal(err)
		}
		if _, free := s.held(); free != 50000 {
			t.Fatalf("held %s", free)
		}
	})
}

func TestOrders_AreAllDifferent(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, o := range orders(7, 1) {
		seen[fmt.Sprint(o)] = true
	}
	if len(seen) != 5040 {
		t.Fatalf("%d orders", len(seen))
	}
}
