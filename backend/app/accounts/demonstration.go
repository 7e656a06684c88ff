package accounts

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// A demonstration's accounts are those whose address ends in this domain; they all sign in
// with one password that the sign-in page shows. Neither exists in production.
const (
	DemonstrationDomain   = "demo.linli.example"
	DemonstrationPassword = "linli-demonstration"
)

// maxDemonstration is what the sign-in page lists.
const maxDemonstration = 100

// DemonstrationAccount is one account the sign-in page offers.
type DemonstrationAccount struct {
	Name, Login string
	Roles       []Role
}

// DemonstrationAccounts lists the accounts to try; none outside a demonstration.
func (s *Service) DemonstrationAccounts(ctx context.Context) ([]DemonstrationAccount, error) {
	if !s.app.Settings.Demonstration {
		return nil, nil
	}
	var out []DemonstrationAccount
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		list, err := u.People.PeopleOfDomain(ctx, DemonstrationDomain, maxDemonstration)
		if err != nil {
			return err
		}
		for _, p := range list {
			a := DemonstrationAccount{Name: p.Name, Login: p.Email}
			live, err := liveMemberships(ctx, u, p.ID)
			if err != nil {
				return err
			}
			for _, m := range live {
				r, err := named(ctx, u, m)
				if err != nil {
					return err
				}
				a.Roles = append(a.Roles, r)
			}
			out = append(out, a)
		}
		return nil
	})
	return out, err
}

// Enrolment is a person that a demonstration or an import brings along.
type Enrolment struct {
	Name, Phone, Email string
	Language           string
	PasswordHash       string // from HashPassword; empty: cannot sign in
	Salt               string // empty: random; a demonstration gives one to stay reproducible
}

// HashPassword hashes outside transactions; many enrolments may share one hash.
func (s *Service) HashPassword(ctx context.Context, plain string) (string, error) {
	return s.Passwords.Hash(ctx, plain)
}

// Enrol stores a person inside a unit and records it. Faults: those of the normalisers,
// record.duplicate.
func Enrol(ctx context.Context, u *app.Unit, e Enrolment) (party.Person, error) {
	p := party.Person{ID: ident.PersonID(u.NewID()), Language: e.Language, PasswordHash: e.PasswordHash, Salt: e.Salt, CreatedAt: u.Now}
	if p.Language != "en" {
		p.Language = "zh"
	}
	if p.Salt == "" {
		p.Salt = newSalt()
	}
	var err error
	if p.Name, err = party.NormaliseName(e.Name); err != nil {
		return p, err
	}
	if e.Phone != "" {
		if p.Phone, err = party.NormalisePhone(e.Phone); err != nil {
			return p, err
		}
	}
	if e.Email != "" {
		if p.Email, err = party.NormaliseEmail(e.Email); err != nil {
			return p, err
		}
	}
	if err := u.People.InsertPerson(ctx, &p); err != nil {
		return p, err
	}
	return p, u.Record(ctx, audit.Entry{Action: "person.enrol", Kind: "person", ID: string(p.ID), After: p.State()})
}

// Join gives a person a role inside a unit and records it; at "" means the party's place.
// Faults: membership.not_together, membership.already_held, party.inactive.
func Join(ctx context.Context, u *app.Unit, person ident.PersonID, in ident.PartyID, role access.Role, at ident.PlaceID) (party.Membership, error) {
	return join(ctx, u, person, in, role, at)
}
