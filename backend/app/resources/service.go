// Package resources keeps the resource list and moves all three lists in and out as files.
package resources

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/resource"
)

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct{ app *app.App }

// New binds the use cases to the application's ports.
func New(a *app.App) *Service { return &Service{app: a} }

// Action is a lifecycle row that leaves the present state, and why the actor cannot fire it.
type Action struct {
	Action    string `json:"action"`
	Permitted bool   `json:"permitted"`
	Code      string `json:"code"`
	Reason    bool   `json:"reason"`
}

// actionsOf joins a machine's rows with what the actor may do to an owner's record.
func actionsOf(actor access.Actor, m lifecycle.Machine, state string, owner ident.PartyID) []Action {
	out := []Action{}
	for _, verb := range m.Verbs() {
		row, err := m.Fire(state, verb, "reason")
		if err == nil {
			err = access.Allow(actor, row.Permission, access.Object{PartyID: owner})
		}
		out = append(out, Action{Action: verb, Permitted: err == nil, Code: fault.CodeOf(err), Reason: needsReason(m, verb)})
	}
	return out
}

func needsReason(m lifecycle.Machine, verb string) bool {
	for _, r := range m.Rows {
		if r.Action == verb && r.Reason {
			return true
		}
	}
	return false
}

// own loads an organisation whose record the actor may change. Faults record.not_found,
// access.forbidden, record.stale.
func own(ctx context.Context, u *app.Unit, id ident.OrganizationID, version int64) (*resource.Organization, error) {
	o, err := u.Resources.Organization(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := access.Allow(u.Actor, access.ResourceEdit, access.Object{PartyID: o.ID}); err != nil {
		return nil, err
	}
	return o, same(o.Version, version)
}

// same refuses a change based on a version that is no longer stored.
func same(stored, seen int64) error {
	if stored != seen {
		return fault.Stale("record.stale", "the record was changed by someone else")
	}
	return nil
}

// standing refuses places that do not exist or have ended. Fault resource.place_unknown.
func standing(ctx context.Context, u *app.Unit, ids ...ident.PlaceID) error {
	seen := map[ident.PlaceID]bool{}
	var want []ident.PlaceID
	for _, id := range ids {
		if id != "" && !seen[id] {
			seen[id] = true
			want = append(want, id)
		}
	}
	found, err := u.Places.Named(ctx, want)
	if err != nil {
		return err
	}
	n := 0
	for _, p := range found {
		if p.Active {
			n++
		}
	}
	if n != len(want) {
		return fault.Invalid("resource.place_unknown", "a place does not exist or has ended")
	}
	return nil
}
