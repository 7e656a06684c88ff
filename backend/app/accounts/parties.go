package accounts

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/domain/uscc"
)

const maxPartyName = 100 // characters; the longest registered names have about 60

// PartyView is a party with its place in words and what the actor may do about it.
type PartyView struct {
	party.Party
	PlaceName string
	Grantable []access.Role // roles the actor may give in it
	MayManage bool
}

// Parties lists what the actor may see: all for administrators and auditors, his own for
// others. Fault access.forbidden.
func (s *Service) Parties(ctx context.Context, actor access.Actor, f party.PartyFilter) ([]PartyView, error) {
	return app.Look(ctx, s.app, actor, access.PartyRead, func(ctx context.Context, u *app.Unit) ([]PartyView, error) {
		if access.Allow(actor, access.PartyRead, access.Object{}) != nil {
			if f.ID != "" && f.ID != actor.PartyID {
				return nil, nil
			}
			f.ID = actor.PartyID
		}
		list, err := u.People.Parties(ctx, f)
		if err != nil {
			return nil, err
		}
		out := make([]PartyView, 0, len(list))
		for _, p := range list {
			v, err := viewParty(ctx, u, p)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	})
}

func viewParty(ctx context.Context, u *app.Unit, p party.Party) (PartyView, error) {
	v := PartyView{Party: p, MayManage: access.Allow(u.Actor, access.PartyManage, access.Object{PartyID: p.ID}) == nil}
	if access.Allow(u.Actor, access.MembershipGrant, access.Object{PartyID: p.ID}) == nil {
		v.Grantable = party.Grantable(u.Actor.Role, p.Kind)
	}
	if p.PlaceID == "" {
		return v, nil
	}
	at, err := u.Places.Place(ctx, p.PlaceID)
	if err == nil {
		v.PlaceName = at.Name
	}
	return v, err
}

// visibleParty loads a party the actor may read; another is not found.
func visibleParty(ctx context.Context, u *app.Unit, id ident.PartyID) (*party.Party, error) {
	p, err := u.People.Party(ctx, id)
	if err != nil {
		return nil, err
	}
	if access.Allow(u.Actor, access.PartyRead, access.Object{PartyID: p.ID}) != nil {
		return nil, fault.NotFound("record.not_found", "party not visible")
	}
	return p, nil
}

// Party shows one party. Faults: access.forbidden, record.not_found.
func (s *Service) Party(ctx context.Context, actor access.Actor, id ident.PartyID) (PartyView, error) {
	return app.Look(ctx, s.app, actor, access.PartyRead, func(ctx context.Context, u *app.Unit) (PartyView, error) {
		p, err := visibleParty(ctx, u, id)
		if err != nil {
			return PartyView{}, err
		}
		return viewParty(ctx, u, *p)
	})
}

// NewParty is what the platform's administrator hands in to register a party.
type NewParty struct {
	Kind         party.Kind
	Name, NameEN string
	USCC         string // empty where the kind has none
	PlaceID      ident.PlaceID
	Key          string `json:"-"`
}

// FoundParty registers a party. Faults: access.forbidden, party.kind_unknown,
// party.name_invalid, party.uscc_invalid, record.duplicate, record.not_found (place).
func (s *Service) FoundParty(ctx context.Context, actor access.Actor, in NewParty) (party.Party, error) {
	w := app.Write{Permission: access.PartyManage, Name: "party.found", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (party.Party, error) {
		p := party.Party{Kind: in.Kind, Name: strings.TrimSpace(in.Name), NameEN: strings.TrimSpace(in.NameEN), PlaceID: in.PlaceID, Active: true}
		if err := checkParty(&p, in.USCC); err != nil {
			return p, err
		}
		if p.PlaceID != "" {
			if _, err := u.Places.Place(ctx, p.PlaceID); err != nil {
				return p, err
			}
		}
		p.ID, p.CreatedAt = ident.PartyID(u.NewID()), u.Now
		if err := u.People.InsertParty(ctx, &p); err != nil {
			return p, err
		}
		return p, u.Record(ctx, audit.Entry{Action: "party.found", Kind: "party", ID: string(p.ID), PlaceID: p.PlaceID, After: p})
	})
}

func checkParty(p *party.Party, code string) error {
	if !slices.Contains(party.Kinds, p.Kind) {
		return fault.Invalid("party.kind_unknown", "no kind "+string(p.Kind)).At("kind", "unknown", "choose a kind")
	}
	if n := utf8.RuneCountInString(p.Name); n == 0 || n > maxPartyName || utf8.RuneCountInString(p.NameEN) > 2*maxPartyName {
		return fault.Invalid("party.name_invalid", "name missing or too long").At("name", "invalid", "1 to 100 characters")
	}
	if code == "" {
		return nil
	}
	c, _, err := uscc.Parse(code)
	if err != nil {
		return fault.Wrap(fault.KindInvalid, "party.uscc_invalid", "credit code refused", err).At("uscc", "invalid", "18 characters of the registration certificate")
	}
	p.USCC = string(c)
	return nil
}

// SetPartyActive suspends a party or brings it back: nobody acts for one that is not
// active. Faults: access.forbidden, record.not_found, record.stale.
func (s *Service) SetPartyActive(ctx context.Context, actor access.Actor, in PartyChange) (party.Party, error) {
	w := app.Write{Permission: access.PartyManage, Name: "party.set_active", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (party.Party, error) {
		p, err := u.People.Party(ctx, in.ID)
		if err != nil {
			return party.Party{}, err
		}
		before := *p
		p.Active, p.Version = in.Active, in.Version
		if err := u.People.SaveParty(ctx, p); err != nil {
			return party.Party{}, err
		}
		action := "party.suspend"
		if in.Active {
			action = "party.resume"
		}
		return *p, u.Record(ctx, audit.Entry{Action: action, Kind: "party", ID: string(p.ID), PlaceID: p.PlaceID, Before: before, After: *p, Reason: in.Reason})
	})
}

// PartyChange suspends or resumes a party, at the version the administrator saw.
type PartyChange struct {
	ID      ident.PartyID
	Active  bool
	Reason  string
	Version int64
	Key     string `json:"-"`
}

// Member is a role and the person who holds it; contact data only as masks.
type Member struct {
	Role
	PersonName string
	Phone      string // masked
	Email      string // masked
	Live       bool
	MayEnd     bool
}

// Members lists who holds or held what in a party. Faults: access.forbidden,
// record.not_found.
func (s *Service) Members(ctx context.Context, actor access.Actor, id ident.PartyID) ([]Member, error) {
	return app.Look(ctx, s.app, actor, access.PartyRead, func(ctx context.Context, u *app.Unit) ([]Member, error) {
		p, err := visibleParty(ctx, u, id)
		if err != nil {
			return nil, err
		}
		list, err := u.People.MembershipsIn(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		out := make([]Member, 0, len(list))
		for _, m := range list {
			v, err := viewMember(ctx, u, m)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	})
}

func viewMember(ctx context.Context, u *app.Unit, m party.Membership) (Member, error) {
	r, err := named(ctx, u, m)
	if err != nil {
		return Member{}, err
	}
	p, err := u.People.Person(ctx, m.PersonID)
	if err != nil {
		return Member{}, err
	}
	return Member{
		Role: r, PersonName: p.Name, Phone: party.MaskPhone(p.Phone), Email: party.MaskEmail(p.Email), Live: m.Live(u.Now),
		MayEnd: m.Live(u.Now) && mayEnd(u.Actor, m) == nil,
	}, nil
}

// mayEnd decides who ends a role: administrators any but their own; others those they
// could give, in their own party.
func mayEnd(a access.Actor, m party.Membership) error {
	if err := access.Allow(a, access.MembershipEnd, access.Object{PartyID: m.PartyID}); err != nil {
		return err
	}
	if a.Role == access.PlatformAdmin || a.Role == access.SecurityAdmin {
		return nil
	}
	if !party.Appoints(a.Role, m.Role) {
		return fault.Forbidden("membership.not_yours_to_give", string(a.Role)+" does not end "+string(m.Role)).With("role", string(m.Role))
	}
	return nil
}

// EndMembership is what is handed in to end a role.
type EndMembership struct {
	ID      ident.MembershipID
	Reason  string
	Version int64
	Key     string `json:"-"`
}

// EndMembership ends a role now. The holder's sessions go on, without it. Faults:
// access.forbidden, record.not_found, record.stale, membership.ended,
// membership.not_yours_to_give, membership.last_administrator.
func (s *Service) EndMembership(ctx context.Context, actor access.Actor, in EndMembership) (party.Membership, error) {
	w := app.Write{Permission: access.MembershipEnd, Name: "membership.end", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (party.Membership, error) {
		m, err := u.People.Membership(ctx, in.ID)
		if err != nil {
			return party.Membership{}, err
		}
		if access.Allow(u.Actor, access.MembershipEnd, access.Object{PartyID: m.PartyID}) != nil {
			return party.Membership{}, fault.NotFound("record.not_found", "membership of another party")
		}
		if err := checkEnd(ctx, u, *m); err != nil {
			return party.Membership{}, err
		}
		before := *m
		m.Until, m.Version = &u.Now, in.Version
		if err := u.People.SaveMembership(ctx, m); err != nil {
			return party.Membership{}, err
		}
		if err := u.Record(ctx, audit.Entry{Action: "membership.end", Kind: "membership", ID: string(m.ID), Before: before, After: *m, Reason: in.Reason}); err != nil {
			return party.Membership{}, err
		}
		return *m, u.Emit(ctx, event.Event{
			Kind: "membership.ended", ObjectKind: "membership", ObjectID: string(m.ID),
			Data: map[string]string{"toPersons": string(m.PersonID), "role": string(m.Role), "reason": in.Reason},
		})
	})
}

// checkEnd refuses to end what has ended, what the actor may not end, and the last one who
// could appoint others in an organisation.
func checkEnd(ctx context.Context, u *app.Unit, m party.Membership) error {
	if !m.Live(u.Now) {
		return fault.Conflict("membership.ended", "membership is over")
	}
	if err := mayEnd(u.Actor, m); err != nil {
		return err
	}
	if m.Role != access.SupplierAdmin && m.Role != access.PlatformAdmin && m.Role != access.SecurityAdmin {
		return nil
	}
	all, err := u.People.MembershipsIn(ctx, m.PartyID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.ID != m.ID && x.Role == m.Role && x.Live(u.Now) {
			return nil
		}
	}
	return fault.Conflict("membership.last_administrator", "nobody else could appoint").With("role", string(m.Role))
}

// GrantRole is what is handed in to give a role to someone who has an account.
type GrantRole struct {
	PartyID ident.PartyID
	Role    access.Role
	Login   string // exact phone number or e-mail address
	Key     string `json:"-"`
}

// GrantRole gives a role without an invitation. Faults: access.forbidden, record.not_found
// (party or person), those of join and of party.CheckGrant.
func (s *Service) GrantRole(ctx context.Context, actor access.Actor, in GrantRole) (party.Membership, error) {
	w := app.Write{Permission: access.MembershipGrant, Name: "membership.grant", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (party.Membership, error) {
		to, err := u.People.PersonByLogin(ctx, party.NormaliseLogin(in.Login))
		if err != nil {
			return party.Membership{}, err
		}
		body, err := s.grantable(ctx, u, in.PartyID, in.Role, *to)
		if err != nil {
			return party.Membership{}, err
		}
		return join(ctx, u, to.ID, body.ID, in.Role, "")
	})
}
