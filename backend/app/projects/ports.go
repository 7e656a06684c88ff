package projects

import (
	"context"

	"linli/backend/app"
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
	return nil
}

func spent(ctx context.Context, u *app.Unit, id ident.BudgetLineID) (committed, used money.Fen, err error) {
	return 0, 0, nil
}
