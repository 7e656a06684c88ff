package fund

import (
	"testing"

	"linli/backend/domain/money"
)

func byCard(t testing.TB) *Donation {
	t.Helper()
	d, err := Intend(Identity{ID: "d1", Code: "JZ-1", FundID: "f1", By: "sam", Now: now}, Inflow{Kind: KindDonation, DonorName: "x", AmountFen: 10000})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func paidSession() Snapshot {
	return Snapshot{Provider: "stripe", SessionID: "cs_1", DonationID: "d1", IntentID: "pi_1", Paid: true, AmountFen: 10000, Currency: "CNY"}
}

func apply(t testing.TB, d *Donation, s Snapshot) (sum money.Fen) {
	t.Helper()
	for _, e := range s.Effects() {
		by, err := d.Apply(e, s, now)
		if err != nil {
			t.Fatalf("%+v: %v", e, err)
		}
		sum += by
	}
	return sum
}

func TestCard_TheMessageMayComeBeforeOurOwnAnswer(t *testing.T) {
	t.Parallel()
	d := byCard(t)
	if sum := apply(t, d, paidSession()); sum != 10000 || d.Status != Received {
		t.Fatalf("%d %s", sum, d.Status)
	}
	if err := d.Open(Card{SessionID: "cs_1", URL: "https://x"}); err != nil || d.Status != Received {
		t.Fatalf("opening late must change nothing: %s %v", d.Status, err)
	}
}

func TestCard_PaidAfterWeThoughtItExpired(t *testing.T) {
	t.Parallel()
	d := byCard(t)
	apply(t, d, Snapshot{Provider: "stripe", SessionID: "cs_1", DonationID: "d1", Expired: true})
	if d.Status != Expired {
		t.Fatal(d.Status)
	}
	if sum := apply(t, d, paidSession()); sum != 10000 || d.Status != Received {
		t.Fatalf("%d %s", sum, d.Status)
	}
}

func TestCard_RefundsAddUpAndNoFurther(t *testing.T) {
	t.Parallel()
	d, s := byCard(t), paidSession()
	s.Refunds = []Part{{"re_1", 4000}, {"re_2", 6000}}
	if sum := apply(t, d, s); sum != 0 || d.Status != Refunded || d.RefundedFen != 10000 {
		t.Fatalf("%d %s", sum, d.Status)
	}
	_, err := d.Apply(Effect{"stripe", "re_3", EffectRefunded, 1}, s, now)
	want(t, err, "donation.card_mismatch")
}

func TestCard_DisputeWithdrawnAndReinstated(t *testing.T) {
	t.Parallel()
	d, s := byCard(t), paidSession()
	s.Disputes = []Dispute{{ID: "dp_1", AmountFen: 10000, Withdrawn: true, Reinstated: true}}
	if sum := apply(t, d, s); sum != 10000 || d.Status != Received || d.RefundedFen != 0 {
		t.Fatalf("%d %s %d", sum, d.Status, d.RefundedFen)
	}
}

func TestCard_AnotherDonationsSessionIsRefused(t *testing.T) {
	t.Parallel()
	for field, do := range map[string]func(*Snapshot){
		"donation": func(s *Snapshot) { s.DonationID = "d2" },
		"amount":   func(s *Snapshot) { s.AmountFen++ },
		"currency": func(s *Snapshot) { s.Currency = "USD" },
		"session":  func(s *Snapshot) { s.SessionID = "cs_2" },
	} {
		d, s := byCard(t), paidSession()
		d.Card.SessionID = "cs_1"
		do(&s)
		if err := d.Matches(s); err == nil {
			t.Errorf("%s differs and is accepted", field)
		}
	}
	d := byCard(t)
	if err := d.Matches(paidSession()); err != nil {
		t.Fatal(err)
	}
}

func TestCard_UnpaidSessionsHaveNoEffects(t *testing.T) {
	t.Parallel()
	s := paidSession()
	s.Paid, s.Refunds = false, []Part{{"re_1", 1}}
	if got := s.Effects(); got != nil {
		t.Fatalf("%+v", got)
	}
}

// Every one of the 5,040 orders of seven deliveries: whatever the provider's state was when
// each was worked off, every effect happens once and the end is the same.
func TestCard_EveryOrderOfDeliveriesEndsTheSame(t *testing.T) {
	t.Parallel()
	facts := []func(*Snapshot){
		func(s *Snapshot) { s.Expired = true },
		func(s *Snapshot) { s.Paid, s.Expired = true, false },
		func(*Snapshot) {},
		func(s *Snapshot) { s.Refunds = append(s.Refunds, Part{"re_1", 2000}) },
		func(s *Snapshot) {
			s.Disputes = append(s.Disputes, Dispute{ID: "dp_1", AmountFen: 8000, Withdrawn: true})
		},
		func(s *Snapshot) { s.Disputes[0].Reinstated = true },
		func(s *Snapshot) { s.Refunds = append(s.Refunds, Part{"re_2", 1000}) },
	}
	permute(len(facts), func(order []int) {
		d, taken, reached, sum := byCard(t), map[Effect]bool{}, -1, money.Fen(0)
		s := paidSession()
		s.Paid = false
		for _, message := range order {
			for reached < message { // a message proves that its fact, and those before it, are true
				reached++
				facts[reached](&s)
			}
			for _, e := range s.Effects() {
				if taken[e] {
					continue
				}
				taken[e] = true
				by, err := d.Apply(e, s, now)
				if err != nil {
					t.Fatalf("order %v: %+v: %v", order, e, err)
				}
				sum += by
			}
		}
		if sum != 7000 || d.RefundedFen != 3000 || d.Status != Received {
			t.Fatalf("order %v: %d in the fund, %d back, %s", order, sum, d.RefundedFen, d.Status)
		}
	})
}

func permute(n int, visit func([]int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var walk func(k int)
	walk = func(k int) {
		if k == n {
			visit(order)
			return
		}
		for i := k; i < n; i++ {
			order[k], order[i] = order[i], order[k]
			walk(k + 1)
			order[k], order[i] = order[i], order[k]
		}
	}
	walk(0)
}
