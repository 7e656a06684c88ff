package places

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// bodies re-homes parties and scoped memberships: the committee of a merged community goes
// on answering for it, in its new bounds.
type bodies struct{}

// Attached lists parties and memberships at the places.
func (bodies) Attached(ctx context.Context, u *app.Unit, at []ident.PlaceID) ([]Attached, error) {
	all, err := u.Places.BodiesAt(ctx, at)
	if err != nil {
		return nil, err
	}
	out := make([]Attached, len(all))
	for i, b := range all {
		out[i] = Attached{PlaceID: b.PlaceID, Kind: "party", ID: string(b.PartyID), Title: b.Name}
		if b.MembershipID != "" {
			out[i].Kind, out[i].ID = "membership", string(b.MembershipID)
		}
	}
	return out, nil
}

// Move gives a party or membership another place.
func (bodies) Move(ctx context.Context, u *app.Unit, what Attached, to ident.PlaceID, reason string) error {
	switch what.Kind {
	case "party":
		p, err := u.People.Party(ctx, ident.PartyID(what.ID))
		if err != nil {
			return err
		}
		before := *p
		p.PlaceID = to
		if err := u.People.SaveParty(ctx, p); err != nil {
			return err
		}
		return u.Record(ctx, audit.Entry{Action: "party.rehome", Kind: "party", ID: what.ID, PlaceID: to, Before: before, After: *p, Reason: reason})
	case "membership":
		m, err := u.People.Membership(ctx, ident.MembershipID(what.ID))
		if err != nil {
			return err
		}
		before := *m
		m.PlaceID = to
		if err := u.People.SaveMembership(ctx, m); err != nil {
			return err
		}
		return u.Record(ctx, audit.Entry{Action: "membership.rehome", Kind: "membership", ID: what.ID, PlaceID: to, Before: before, After: *m, Reason: reason})
	default:
		return fault.Internal("bodies cannot move a "+what.Kind, nil)
	}
}
