package accounts

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// First is who will administer a new installation.
type First struct {
	Name string // of the person
	Site string // what the platform's operator is called
}

// operator signs what the command line does: a person without a way to sign in.
const operator = "命令行 command line"

// InviteFirst makes the invitation of the first platform administrator, for whoever holds the
// server's machine; the link is given once and ends like any other. Faults:
// person.name_invalid, party.invalid, administrator.exists once somebody holds the role.
func (s *Service) InviteFirst(ctx context.Context, in First) (link string, err error) {
	name, err := party.NormaliseName(in.Name)
	if err != nil {
		return "", err
	}
	secret := newSecret()
	err = s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		u.Actor = access.Actor{Role: access.PlatformAdmin, Name: operator}
		held, err := u.People.People(ctx, party.PeopleFilter{Role: access.PlatformAdmin, Limit: 1})
		if err != nil {
			return err
		}
		if len(held) > 0 {
			return fault.Conflict("administrator.exists", "somebody administers this installation; who holds the role invites others")
		}
		return s.inviteFirst(ctx, u, name, in.Site, secret)
	})
	return s.app.Settings.PublicURL + "/invitation#" + secret, err
}

func (s *Service) inviteFirst(ctx context.Context, u *app.Unit, name, site, secret string) error {
	body, err := platform(ctx, u, site)
	if err != nil {
		return err
	}
	by := party.Person{ID: ident.PersonID(u.NewID()), Name: operator, Language: "zh", CreatedAt: u.Now}
	if err := u.People.InsertPerson(ctx, &by); err != nil {
		return err
	}
	if err := u.Record(ctx, audit.Entry{Action: "person.register", Kind: "person", ID: string(by.ID), After: by.State(), Reason: operator}); err != nil {
		return err
	}
	now := s.now()
	i := party.Invitation{
		ID: ident.InvitationID(u.NewID()), PartyID: body.ID, Role: access.PlatformAdmin, Name: name, TokenHash: digest(secret),
		Status: party.InvitationMachine.Initial, InvitedBy: by.ID, CreatedAt: now, EndsAt: now.Add(party.InvitationTTL),
	}
	if err := u.People.InsertInvitation(ctx, &i); err != nil {
		return err
	}
	return u.Record(ctx, audit.Entry{Action: "invitation.make", Kind: "invitation", ID: string(i.ID), After: i.State()})
}

// platform finds the party that runs the installation, or founds it.
func platform(ctx context.Context, u *app.Unit, name string) (*party.Party, error) {
	all, err := u.People.Parties(ctx, party.PartyFilter{Kind: party.KindSite, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(all) > 0 {
		return &all[0], nil
	}
	p := party.Party{Kind: party.KindSite, Name: name, Active: true}
	if err := checkParty(&p, ""); err != nil {
		return nil, err
	}
	p.ID, p.CreatedAt = ident.PartyID(u.NewID()), u.Now
	if err := u.People.InsertParty(ctx, &p); err != nil {
		return nil, err
	}
	return &p, u.Record(ctx, audit.Entry{Action: "party.found", Kind: "party", ID: string(p.ID), After: p})
}
