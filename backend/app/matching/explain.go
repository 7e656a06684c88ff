package matching

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
)

// Explain answers for one pairing to whoever runs the machine, without an actor and without
// writing; it may run beside a server. id names a need, else a project. Fault
// record.not_found says which of the two sides does not exist.
func Explain(ctx context.Context, store app.Store, id string, org ident.OrganizationID) (a Answer, err error) {
	s := New(&app.App{Store: store})
	err = store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		subject, _, err := u.Matchings.Subject(ctx, matching.SubjectNeed, id)
		if fault.KindOf(err) == fault.KindNotFound {
			subject, _, err = u.Matchings.Subject(ctx, matching.SubjectProject, id)
		}
		if err != nil {
			return missing(err, "need or project "+id)
		}
		candidate, _, err := u.Matchings.Candidate(ctx, org)
		if err != nil {
			return missing(err, "organisation "+string(org))
		}
		a, err = s.answer(ctx, u, pair{subject, candidate})
		return err
	})
	return a, err
}

func missing(err error, what string) error {
	if fault.KindOf(err) == fault.KindNotFound {
		return fault.NotFound("record.not_found", "there is no "+what)
	}
	return err
}
