package todos_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/todos"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/testkit"
)

type area struct {
	items []app.Todo
	err   error
}

func (a area) Todos(context.Context, *app.Unit, access.Actor) ([]app.Todo, error) {
	return a.items, a.err
}

func at(hours int) *time.Time {
	t := time.Date(2026, 3, 2, hours, 0, 0, 0, time.UTC)
	return &t
}

func TestWaiting_GathersAllAreasEarliestDeadlineFirst(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := todos.New(k.App,
		area{items: []app.Todo{{ID: "none"}, {ID: "late", DueAt: at(20)}}},
		struct{}{}, // an area without todos
		area{items: []app.Todo{{ID: "soon", DueAt: at(3)}}})
	list, err := s.Waiting(context.Background(), k.As(access.BuyerMaker, k.Buyer()))
	if err != nil {
		t.Fatal(err)
	}
	var got string
	for _, x := range list {
		got += x.ID + " "
	}
	if got != "soon late none " {
		t.Errorf("order %q", got)
	}
}

func TestWaiting_IsRefusedToVisitorsAndFailsWhole(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	broken := errors.New("broken")
	s := todos.New(k.App, area{items: []app.Todo{{ID: "x"}}}, area{err: broken})
	if _, err := s.Waiting(context.Background(), access.Actor{}); !fault.Is(err, "access.sign_in_required") {
		t.Errorf("visitor: %v", err)
	}
	if _, err := s.Waiting(context.Background(), k.As(access.Auditor, k.Buyer())); !errors.Is(err, broken) {
		t.Errorf("a list that silently misses an area: %v", err)
	}
}

func TestDone_ShowsOwnWritesOfTheRoleNewestFirst(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		me, other := k.As(access.BuyerMaker, k.Buyer()), k.As(access.BuyerMaker, k.Buyer())
		inOtherRole := me
		inOtherRole.Role = access.BuyerApprover
		for i, by := range []access.Actor{me, other, inOtherRole, me} {
			k.Update(func(_ context.Context, u *app.Unit) error {
				u.Actor = by
				return u.Record(context.Background(), audit.Entry{Action: "trial.fire", Kind: "trial", ID: string(rune('a' + i)), After: i})
			})
		}
		list, err := todos.New(k.App).Done(context.Background(), me)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != 2 || list[0].ID != "d" || list[1].ID != "a" {
			t.Errorf("done: %+v", list)
		}
	})
}
