package projects

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
)

// The moves of a need that a project causes.
const (
	needLink   = need.ActLink
	needUnlink = need.ActUnlink
	needLinked = need.StageLinked
)

func advanceNeed(ctx context.Context, u *app.Unit, id ident.NeedID, action, reason string) error {
	n, err := u.Needs.Need(ctx, id)
	if err != nil {
		return err
	}
	before := *n
	if _, err := n.Advance(action, reason, u.Now); err != nil {
		return err
	}
	if err := u.Needs.SaveNeed(ctx, n); err != nil {
		return err
	}
	if err := u.Record(ctx, audit.Entry{Action: "need." + action, Kind: "need", ID: string(id), PlaceID: n.PlaceID, NeedID: id, Before: before, After: n, Reason: reason}); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "need." + n.Stage, ObjectKind: "need", ObjectID: string(id), NeedID: id, PlaceID: n.PlaceID, Data: map[string]string{"code": n.Code}})
}

func spent(_ context.Context, _ *app.Unit, _ ident.BudgetLineID) (committed, used money.Fen, err error) {
	return 0, 0, nil
}
