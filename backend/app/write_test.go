package app_test

import (
	"context"
	"testing"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

type answer struct{ Number int64 }

func TestDo_RepeatingAWriteAnswersFromTheFirst(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		actor := k.Resident()
		ran := 0
		w := app.Write{Permission: access.SignedIn, Name: "test.write", Key: k.Key(), Input: "a"}
		fn := func(ctx context.Context, u *app.Unit) (answer, error) {
			ran++
			n, err := u.Core.NextNumber(ctx, "TT", 2026)
			if err != nil {
				return answer{}, err
			}
			if err := u.Emit(ctx, event.Event{Kind: "test.written", Data: map[string]string{"a": "b"}}); err != nil {
				return answer{}, err
			}
			return answer{n}, u.Record(ctx, audit.Entry{Action: "test.write", Kind: "test", ID: "1", After: n})
		}
		for range 3 {
			got, err := app.Do(context.Background(), k.App, actor, w, fn)
			if err != nil || got.Number != 1 {
				t.Fatalf("answer %v, %v", got, err)
			}
		}
		if ran != 1 {
			t.Errorf("ran %d times", ran)
		}
		w.Input = "b"
		if _, err := app.Do(context.Background(), k.App, actor, w, fn); !fault.Is(err, "idempotency.reused") {
			t.Errorf("other content: %v", err)
		}
		w.Key = ""
		if _, err := app.Do(context.Background(), k.App, actor, w, fn); !fault.Is(err, "idempotency.key_missing") {
			t.Errorf("no key: %v", err)
		}
		if _, err := app.Do(context.Background(), k.App, access.Actor{}, w, fn); !fault.Is(err, "access.sign_in_required") {
			t.Errorf("nobody: %v", err)
		}
		k.View(func(ctx context.Context, u *app.Unit) error {
			records, err := u.Audits.Of(ctx, "test", "1", 10)
			if err != nil || len(records) != 1 {
				t.Errorf("%d audit records, %v", len(records), err)
			}
			events, err := u.Core.EventsAfter(ctx, 0, 10)
			if err != nil || len(events) != 1 || events[0].Seq != 1 {
				t.Errorf("events %v, %v", events, err)
			}
			return nil
		})
	})
}

func TestDo_AWriteWithoutAuditIsRefusedAndUndone(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := app.Write{Permission: access.SignedIn, Name: "test.silent", Key: k.Key()}
		_, err := app.Do(context.Background(), k.App, k.Resident(), w, func(ctx context.Context, u *app.Unit) (answer, error) {
			n, err := u.Core.NextNumber(ctx, "TT", 2026)
			return answer{n}, err
		})
		if fault.KindOf(err) != fault.KindInternal {
			t.Fatalf("accepted: %v", err)
		}
		k.Update(func(ctx context.Context, u *app.Unit) error {
			if n, err := u.Core.NextNumber(ctx, "TT", 2026); err != nil || n != 1 {
				t.Errorf("the number was taken: %d %v", n, err)
			}
			return nil
		})
	})
}

func TestDo_AnEndedMembershipWritesNothing(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		actor := k.As(access.BuyerMaker, k.Buyer())
		k.Update(func(ctx context.Context, u *app.Unit) error {
			m, err := u.People.Membership(ctx, actor.MembershipID)
			if err != nil {
				return err
			}
			now := u.Now
			m.Until = &now
			return u.People.SaveMembership(ctx, m)
		})
		_, err := app.Do(context.Background(), k.App, actor, app.Write{Permission: access.SignedIn, Name: "x", Key: k.Key()},
			func(context.Context, *app.Unit) (answer, error) { t.Error("ran"); return answer{}, nil })
		if !fault.Is(err, "access.membership_ended") {
			t.Errorf("got %v", err)
		}
	})
}

func TestTakeDuty_OnePersonMayNotRequestAndApprove(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		actor := k.As(access.BuyerMaker, k.Party(party.KindGOV, "街道", k.World.Street.ID))
		k.Update(func(ctx context.Context, u *app.Unit) error {
			u.Actor = actor
			if err := u.TakeDuty(ctx, "p1", access.DutyPayRequest); err != nil {
				return err
			}
			if err := u.TakeDuty(ctx, "p1", access.DutyPayRequest); err != nil {
				return err
			}
			if err := u.TakeDuty(ctx, "p2", access.DutyPayApprove); err != nil {
				return err
			}
			if err := u.TakeDuty(ctx, "p1", access.DutyPayApprove); !fault.Is(err, "duty.incompatible") {
				t.Errorf("got %v", err)
			}
			return nil
		})
	})
}

// The version seen is part of what a key stands for, whatever the use case does with it.
func TestDo_TheSameKeyBasedOnAnotherVersionIsAnotherRequest(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		actor := k.Resident()
		w := app.Write{Permission: access.SignedIn, Name: "test.write", Key: k.Key(), Input: "a"}
		ran := 0
		do := func(ctx context.Context) error {
			_, err := app.Do(ctx, k.App, actor, w, func(ctx context.Context, u *app.Unit) (answer, error) {
				ran++
				return answer{1}, u.Record(ctx, audit.Entry{Action: "test.write", Kind: "test", ID: "1", After: ran})
			})
			return err
		}
		seeing := func(version int64) context.Context { return app.Seeing(context.Background(), version) }
		for _, ctx := range []context.Context{seeing(3), seeing(3)} {
			if err := do(ctx); err != nil {
				t.Fatal(err)
			}
		}
		for name, ctx := range map[string]context.Context{"an older version": seeing(2), "a newer version": seeing(4), "no version": context.Background()} {
			if err := do(ctx); !fault.Is(err, "idempotency.reused") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if ran != 1 {
			t.Errorf("ran %d times", ran)
		}
	})
}
