package accounts

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/community"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// PrivacyNotice is the version of the notice people agree to before anything is collected
// (PIPL arts. 13, 17); a new text gets a new version and is asked for again.
const PrivacyNotice = "2026-03"

const consentKind = "privacy_notice"

// SignUp is what a resident hands in to get an account.
type SignUp struct {
	Name, Phone, Email string
	Password           string `json:"-"` // never part of a stored fingerprint
	Language           string
	PlaceID            ident.PlaceID // the community
	Consent            string        // version of the notice agreed to
	Address            string        `json:"-"` // for the rate limit
	Key                string        `json:"-"`
}

// SignedUp tells what was made.
type SignedUp struct {
	PersonID     ident.PersonID
	MembershipID ident.MembershipID
}

// SignUp makes a person a resident of a community. Faults: consent.missing,
// consent.notice_changed, person.name_invalid, person.phone_invalid, person.email_invalid,
// person.contact_missing, person.already_registered, password.too_short and its siblings,
// place.not_a_community, request.rate_limited.
func (s *Service) SignUp(ctx context.Context, in SignUp) (SignedUp, error) {
	if err := s.attempt(in.Address, ""); err != nil {
		return SignedUp{}, err
	}
	if err := checkConsent(in.Consent); err != nil {
		return SignedUp{}, err
	}
	person, err := s.draft(ctx, personDraft{in.Name, in.Phone, in.Email, in.Password, in.Language})
	if err != nil {
		return SignedUp{}, err
	}
	w := app.Write{Permission: access.Public, Name: "account.sign_up", Key: in.Key, Input: in}
	out, err := s.signUp(ctx, w, in, person)
	if fault.Is(err, "record.duplicate") { // someone made the residents' party at the same moment
		out, err = s.signUp(ctx, w, in, person)
	}
	return out, err
}

func (s *Service) signUp(ctx context.Context, w app.Write, in SignUp, person party.Person) (SignedUp, error) {
	return app.Do(ctx, s.app, access.Actor{}, w, func(ctx context.Context, u *app.Unit) (SignedUp, error) {
		defer actAs(u, u.Actor) // the answer is remembered for the public, not for the newcomer
		place, err := u.Places.Place(ctx, in.PlaceID)
		if err != nil {
			return SignedUp{}, fault.Invalid("place.not_a_community", "no such place").At("placeId", "unknown", "choose a community")
		}
		if place.Level != community.LevelCommunity || !place.Active {
			return SignedUp{}, fault.Invalid("place.not_a_community", "not a community").At("placeId", "level", "choose a community")
		}
		if err := s.admit(ctx, u, &person, in.Consent); err != nil {
			return SignedUp{}, err
		}
		residents, err := residentsOf(ctx, u, place)
		if err != nil {
			return SignedUp{}, err
		}
		m, err := join(ctx, u, person.ID, residents.ID, access.Resident, "")
		return SignedUp{PersonID: person.ID, MembershipID: m.ID}, err
	})
}

// maxHomes is what a search for one's own community shows.
const maxHomes = 20

// Homes finds communities by a part of their name.
func (s *Service) Homes(ctx context.Context, text string) ([]party.Home, error) {
	var out []party.Home
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		var err error
		out, err = u.People.CommunitiesNamed(ctx, text, maxHomes)
		return err
	})
	return out, err
}

func checkConsent(version string) error {
	switch version {
	case PrivacyNotice:
		return nil
	case "":
		return fault.Invalid("consent.missing", "no consent to the privacy notice").At("consent", "missing", "agree to the privacy notice")
	default:
		return fault.Invalid("consent.notice_changed", "consent to another version").With("version", PrivacyNotice).At("consent", "outdated", "read the notice again")
	}
}

type personDraft struct{ name, phone, email, password, language string }

// draft checks and hashes outside any transaction; hashing takes 30 ms.
func (s *Service) draft(ctx context.Context, in personDraft) (party.Person, error) {
	p := party.Person{Language: in.language, Salt: newSalt()}
	if p.Language != "en" {
		p.Language = "zh"
	}
	var err error
	if p.Name, err = party.NormaliseName(in.name); err != nil {
		return p, err
	}
	if in.phone == "" && in.email == "" {
		return p, fault.Invalid("person.contact_missing", "neither phone nor e-mail").At("phone", "missing", "give a phone number or an e-mail address")
	}
	if in.phone != "" {
		if p.Phone, err = party.NormalisePhone(in.phone); err != nil {
			return p, err
		}
	}
	if in.email != "" {
		if p.Email, err = party.NormaliseEmail(in.email); err != nil {
			return p, err
		}
	}
	if err := party.CheckPassword(in.password, p); err != nil {
		return p, err
	}
	p.PasswordHash, err = s.Passwords.Hash(ctx, in.password)
	return p, err
}

// actAs gives a unit its actor back.
func actAs(u *app.Unit, a access.Actor) { u.Actor = a }

// admit stores a new person with the consent given; he becomes the actor of the unit.
func (s *Service) admit(ctx context.Context, u *app.Unit, p *party.Person, consent string) error {
	for _, login := range []string{p.Phone, p.Email} {
		if login == "" {
			continue
		}
		if _, err := u.People.PersonByLogin(ctx, login); err == nil {
			return fault.Conflict("person.already_registered", "phone or e-mail belongs to an account")
		} else if fault.KindOf(err) != fault.KindNotFound {
			return err
		}
	}
	p.ID, p.CreatedAt = ident.PersonID(u.NewID()), u.Now
	if err := u.People.InsertPerson(ctx, p); err != nil {
		return err
	}
	u.Actor = access.Actor{PersonID: p.ID, Name: p.Name}
	if err := u.People.GiveConsent(ctx, party.Consent{PersonID: p.ID, Kind: consentKind, TextVersion: consent, GivenAt: u.Now}); err != nil {
		return err
	}
	return u.Record(ctx, audit.Entry{Action: "person.register", Kind: "person", ID: string(p.ID), After: p.State(), Reason: consentKind + " " + consent})
}

// residentsOf finds the residents of a community as a party, or founds it.
func residentsOf(ctx context.Context, u *app.Unit, place *community.Place) (*party.Party, error) {
	p, err := u.People.PartyOfKindAt(ctx, party.KindRes, place.ID)
	if fault.KindOf(err) != fault.KindNotFound {
		return p, err
	}
	p = &party.Party{ID: ident.PartyID(u.NewID()), Kind: party.KindRes, Name: place.Name + "居民", PlaceID: place.ID, Active: true, CreatedAt: u.Now}
	if err := u.People.InsertParty(ctx, p); err != nil {
		return nil, err
	}
	return p, u.Record(ctx, audit.Entry{Action: "party.found", Kind: "party", ID: string(p.ID), PlaceID: place.ID, After: *p})
}

// join gives a person a role from now on. Faults: membership.not_together,
// membership.already_held, party.inactive.
func join(ctx context.Context, u *app.Unit, person ident.PersonID, in ident.PartyID, role access.Role, at ident.PlaceID) (party.Membership, error) {
	p, err := u.People.Party(ctx, in)
	if err != nil {
		return party.Membership{}, err
	}
	if !p.Active {
		return party.Membership{}, fault.Conflict("party.inactive", "the party is not active")
	}
	all, err := u.People.MembershipsOf(ctx, person)
	if err != nil {
		return party.Membership{}, err
	}
	var held []access.Role
	for _, m := range all {
		if !m.Live(u.Now) {
			continue
		}
		if m.PartyID == in && m.Role == role {
			return party.Membership{}, fault.Conflict("membership.already_held", "holds the role already")
		}
		held = append(held, m.Role)
	}
	if err := party.CheckSeparation(held, role); err != nil {
		return party.Membership{}, err
	}
	m := party.Membership{ID: ident.MembershipID(u.NewID()), PersonID: person, PartyID: in, Role: role, PlaceID: at, Since: u.Now}
	if err := u.People.InsertMembership(ctx, &m); err != nil {
		return party.Membership{}, err
	}
	if err := u.Record(ctx, audit.Entry{Action: "membership.grant", Kind: "membership", ID: string(m.ID), PlaceID: p.PlaceID, After: m}); err != nil {
		return party.Membership{}, err
	}
	return m, u.Emit(ctx, event.Event{
		Kind: "membership.granted", ObjectKind: "membership", ObjectID: string(m.ID),
		Data: map[string]string{"toPersons": string(person), "role": string(role), "party": p.Name},
	})
}
