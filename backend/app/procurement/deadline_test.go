package procurement_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/demo/bidder"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/fault"
	"linli/backend/domain/tender"
	"linli/backend/testkit"
)

func TestBid_LateByOneMillisecondIsRefused(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStage(t, k)
		s.published()
		s.AdvanceTo(deadline.Add(2 * time.Second)) // the request waited; only the stamp counts
		for i, by := range []time.Duration{-time.Millisecond, 999 * time.Microsecond, time.Millisecond} {
			b, err := s.svc.SealBid(ctx, s.suppliers[i], s.Key(), s.lot, s.sealed(s.offer(i, 400_000_00), bidder.First, deadline.Add(by)))
			if by < time.Millisecond {
				if err != nil || b.Status != bid.StatusSealed || b.ReceivedAt.After(deadline) {
					t.Errorf("%s: %v %+v", by, err, b)
				}
				continue
			}
			if !fault.Is(err, "bid.deadline_passed") {
				t.Errorf("%s: %v", by, err)
			}
			f, _ := fault.As(err)
			if f.Params["receivedAt"] != "2026-04-20 09:30:00.001" {
				t.Errorf("the supplier is not told when it arrived: %v", f.Params)
			}
		}
		k.View(func(ctx context.Context, u *app.Unit) error {
			late, err := u.Bids.Refusals(ctx, s.lot)
			if err != nil || len(late) != 1 || late[0].SupplierID != s.suppliers[2].PartyID || len(late[0].Hashes) != 3 {
				t.Errorf("refusals %+v (%v)", late, err)
			}
			b, err := u.Bids.BidOf(ctx, s.lot, s.suppliers[2].PartyID)
			if err != nil || b.Status != bid.StatusLateRefused || len(b.Envelopes) != 0 {
				t.Errorf("refused bid %+v (%v)", b, err)
			}
			records, err := u.Audits.Of(ctx, "bid_refusal", late[0].ID, 5)
			if err != nil || len(records) != 1 {
				t.Errorf("the refusal left %d records (%v)", len(records), err)
			}
			return nil
		})
	})
}

func TestBid_ALateReplacementLeavesTheBidInForce(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.published()
	s.bid(0, 400_000_00)
	s.AdvanceTo(deadline.Add(time.Second))
	in := s.sealed(s.offer(0, 300_000_00), bidder.First, deadline.Add(time.Second))
	key := s.Key()
	for i := 0; i < 2; i++ { // a retry is answered the same way and refused once
		if _, err := s.svc.SealBid(ctx, s.suppliers[0], key, s.lot, in); !fault.Is(err, "bid.deadline_passed") {
			t.Fatal(err)
		}
	}
	if _, err := s.svc.Withdraw(ctx, s.suppliers[0], s.Key(), s.lot, deadline.Add(time.Second)); !fault.Is(err, "bid.deadline_passed") {
		t.Errorf("withdrawn after the deadline: %v", err)
	}
	s.View(func(ctx context.Context, u *app.Unit) error {
		b, err := u.Bids.BidOf(ctx, s.lot, s.suppliers[0].PartyID)
		if err != nil {
			return err
		}
		if b.Status != bid.StatusSealed || len(b.Envelopes) != 3 {
			t.Errorf("bid %+v", b)
		}
		late, err := u.Bids.Refusals(ctx, s.lot)
		if len(late) != 2 {
			t.Errorf("%d refusals, want one submission and one withdrawal", len(late))
		}
		return err
	})
}

func TestBid_ReplacedVersionsStaySealedOnFile(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.published()
	s.bid(0, 400_000_00)
	s.bid(0, 390_000_00)
	b := must[*bid.Bid](t)(s.svc.Withdraw(ctx, s.suppliers[0], s.Key(), s.lot, s.App.Clock.Now()))
	if b.Status != bid.StatusWithdrawn {
		t.Errorf("status %s", b.Status)
	}
	s.bid(0, 380_000_00)
	s.View(func(ctx context.Context, u *app.Unit) error {
		b, err := u.Bids.BidOf(ctx, s.lot, s.suppliers[0].PartyID)
		if err != nil {
			return err
		}
		if len(b.Envelopes) != 9 || b.InForce("price").Number != 3 {
			t.Errorf("%d envelopes, price number %d", len(b.Envelopes), b.InForce("price").Number)
		}
		for _, e := range b.Envelopes {
			if _, err := u.Bids.CipherText(ctx, e.ID); err != nil {
				t.Errorf("envelope %d of %s is gone: %v", e.Number, e.Kind, err)
			}
		}
		return nil
	})
}

// TestBids_TwoHundredAroundTheDeadline: half are stamped in time, half late; all arrive at once.
func TestBids_TwoHundredAroundTheDeadline(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStage(t, k)
		s.published()
		const n = 200
		s.suppliers = nil
		for i := 0; i < n; i++ {
			s.suppliers = append(s.suppliers, k.As(access.SupplierAgent, k.Party("SSO", fmt.Sprintf("供应商 %d", i), k.World.Street.ID)))
		}
		s.AdvanceTo(deadline)
		type job struct {
			i  int
			at time.Time
		}
		late := make([]error, n)
		var wg sync.WaitGroup
		for i := 0; i < n; i++ {
			x := job{i: i, at: deadline.Add(time.Duration(i-n/2+1) * time.Millisecond)} // −99 … +100 ms
			in := s.sealed(s.offer(i, 400_000_00), bidder.First, x.at)
			key := s.Key()
			wg.Add(1)
			go func() {
				defer wg.Done()
				for attempt := 0; attempt < 20; attempt++ { // a busy database is retried with the same key
					_, late[x.i] = s.svc.SealBid(ctx, s.suppliers[x.i], key, s.lot, in)
					if fault.KindOf(late[x.i]) != fault.KindUnavailable {
						return
					}
				}
			}()
		}
		wg.Wait()
		accepted, refused := 0, 0
		for i, err := range late {
			inTime := i < n/2
			switch {
			case inTime && err == nil:
				accepted++
			case !inTime && fault.Is(err, "bid.deadline_passed"):
				refused++
			default:
				t.Errorf("bid %d, in time %v: %v", i, inTime, err)
			}
		}
		k.View(func(ctx context.Context, u *app.Unit) error {
			all, err := u.Bids.BidsOfLot(ctx, s.lot)
			if err != nil {
				return err
			}
			sealed := 0
			for _, b := range all {
				if b.Status == bid.StatusSealed {
					sealed++
				}
			}
			refusals, err := u.Bids.Refusals(ctx, s.lot)
			if sealed != accepted || sealed != n/2 || len(refusals) != refused {
				t.Errorf("%d sealed of %d accepted, %d refusals of %d refused", sealed, accepted, len(refusals), refused)
			}
			return err
		})
	})
}

func TestBid_RefusalsOfTheForm(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.published()
	now := s.App.Clock.Now()
	good := s.sealed(s.offer(0, 400_000_00), bidder.First, now)
	try := func(name, code string, as access.Actor, change func(in *procurementSubmission)) {
		t.Helper()
		in := good
		in.Envelopes = append(in.Envelopes[:0:0], good.Envelopes...)
		change(&in)
		if _, err := s.svc.SealBid(ctx, as, s.Key(), s.lot, in); !fault.Is(err, code) {
			t.Errorf("%s: %v, want %s", name, err, code)
		}
	}
	same := func(*procurementSubmission) {}
	try("missing envelope", "bid.envelopes", s.suppliers[0], func(in *procurementSubmission) { in.Envelopes = in.Envelopes[:2] })
	try("one kind twice", "bid.envelopes", s.suppliers[0], func(in *procurementSubmission) { in.Envelopes[0].Kind = "price" })
	try("plain text", "bid.not_sealed", s.suppliers[0], func(in *procurementSubmission) { in.Envelopes[0].CipherText = []byte("报价 400000") })
	try("changed on the way", "bid.hash_differs", s.suppliers[0], func(in *procurementSubmission) { in.Envelopes[0].Hash = strings.Repeat("0", 64) })
	try("old documents", "bid.documents_moved", s.suppliers[0], func(in *procurementSubmission) { in.DocVersion = 0 })
	barred := s.As(access.SupplierAgent, s.Party("PSI1", "公益一类事业单位", s.World.Street.ID))
	try("barred body", "bid.party_barred", barred, same)
	try("not a supplier", "access.forbidden", s.maker, same)
	try("nobody", "access.sign_in_required", access.Actor{}, same)
	s.View(func(ctx context.Context, u *app.Unit) error {
		all, err := u.Bids.BidsOfLot(ctx, s.lot)
		if len(all) != 0 {
			t.Errorf("%d bids were stored by refused submissions", len(all))
		}
		return err
	})
	if _, err := s.svc.Close(ctx, s.maker, s.stamp(), s.tender.ID); !fault.Is(err, "tender.close_too_early") {
		t.Errorf("closed early: %v", err)
	}
	s.AdvanceTo(deadline.Add(tender.CloseWait - time.Millisecond))
	if _, err := s.svc.Close(ctx, s.maker, s.stamp(), s.tender.ID); !fault.Is(err, "tender.close_too_early") {
		t.Errorf("closed while requests may run: %v", err)
	}
}
