package oversight

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// loader reloads an audited object exactly as its use cases hand it to the record.
type loader func(ctx context.Context, u *app.Unit, id string) (any, error)

// loaders knows every kind that stands in the audit record, one line per kind. verify reports
// a kind that is missing here: a state nobody can reload proves nothing.
var loaders = map[string]loader{
	"place": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Places.Place(ctx, ident.PlaceID(id))
	},
	"rehoming": func(ctx context.Context, u *app.Unit, id string) (any, error) { return u.Places.Rehoming(ctx, id) },
	"place_import": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Places.Import(ctx, id)
	},
	"place_fact": placeFact,

	"party": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.People.Party(ctx, ident.PartyID(id))
	},
	"membership": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.People.Membership(ctx, ident.MembershipID(id))
	},
	"session": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.People.Session(ctx, ident.SessionID(id))
	},
	"person":     person,
	"invitation": invitation,
	"file": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Files.File(ctx, ident.FileID(id))
	},

	"fund": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Funds.Fund(ctx, ident.FundID(id))
	},
	"pledge": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Funds.Pledge(ctx, ident.PledgeID(id))
	},
	"donation": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Funds.Donation(ctx, ident.DonationID(id))
	},
	"grant": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Funds.Grant(ctx, ident.GrantID(id))
	},
}

// ends marks kinds whose rows are cleaned away in time: their absence is no break.
var ends = map[string]bool{"session": true}

// person and invitation stand in the record without personal data: salted references only.
func person(ctx context.Context, u *app.Unit, id string) (any, error) {
	p, err := u.People.Person(ctx, ident.PersonID(id))
	if err != nil {
		return nil, err
	}
	return p.State(), nil
}

func invitation(ctx context.Context, u *app.Unit, id string) (any, error) {
	i, err := u.People.Invitation(ctx, ident.InvitationID(id))
	if err != nil {
		return nil, err
	}
	return i.State(), nil
}

// placeFact finds a counted fact by "place/kind/day".
func placeFact(ctx context.Context, u *app.Unit, id string) (any, error) {
	place, rest, _ := strings.Cut(id, "/")
	kind, day, _ := strings.Cut(rest, "/")
	all, err := u.Places.Facts(ctx, ident.PlaceID(place))
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if string(f.Kind) == kind && f.AsOf == day {
			return f, nil
		}
	}
	return nil, fault.NotFound("record.not_found", "no fact "+id)
}
