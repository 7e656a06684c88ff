// Package party knows the bodies that act, the people in them and the roles they hold.
package party

import (
	"context"

	"linli/backend/domain/ident"
)

// PeopleRepository stores parties, people and memberships. Get faults record.not_found;
// Save faults record.stale; Insert faults record.duplicate.
type PeopleRepository interface {
	Party(ctx context.Context, id ident.PartyID) (*Party, error)
	InsertParty(ctx context.Context, p *Party) error
	SaveParty(ctx context.Context, p *Party) error
	Person(ctx context.Context, id ident.PersonID) (*Person, error)
	InsertPerson(ctx context.Context, p *Person) error
	SavePerson(ctx context.Context, p *Person) error
	Membership(ctx context.Context, id ident.MembershipID) (*Membership, error)
	InsertMembership(ctx context.Context, m *Membership) error
	SaveMembership(ctx context.Context, m *Membership) error
}
