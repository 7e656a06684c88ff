package needs

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

// Advance moves needs along with their project, inside the unit of the act that causes it:
// link, unlink, start_delivery, suspend_delivery, deliver. The caller has checked what its
// actor may do to the project; nothing further is asked here, because the supplier who
// hands in a milestone has no permission on needs. A need that already stands where the
// action leads is left alone, so that two contracts of one project do not trip each other.
// Faults: need.transition_refused, need.reason_required, record.not_found.
func Advance(ctx context.Context, u *app.Unit, ids []ident.NeedID, action, reason string) error {
	return AdvanceFor(ctx, u, ids, action, reason, "")
}

// AdvanceFor is Advance that names the code of the project or contract in the history.
func AdvanceFor(ctx context.Context, u *app.Unit, ids []ident.NeedID, action, reason, about string) error {
	for _, id := range ids {
		if err := advance(ctx, u, id, action, reason, about); err != nil {
			return err
		}
	}
	return nil
}

func advance(ctx context.Context, u *app.Unit, id ident.NeedID, action, reason, about string) error {
	n, err := u.Needs.Need(ctx, id)
	if err != nil {
		return err
	}
	if arrived(n.Stage, action) {
		return nil
	}
	before := *n
	row, err := n.Advance(action, reason, u.Now)
	if err != nil {
		return err
	}
	if err := u.Needs.SaveNeed(ctx, n); err != nil {
		return err
	}
	return noteNeed(ctx, u, before, n, row, reason, about)
}

// arrived tells whether the action leads to where the need already stands.
func arrived(stage, action string) bool {
	for _, r := range need.Machine.Rows {
		if r.Action == action && r.To == stage && r.From != stage {
			return true
		}
	}
	return false
}
