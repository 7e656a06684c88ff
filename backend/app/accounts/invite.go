package accounts

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
	"linli/backend/domain/party"
)

// Invite is what an administrator of an organisation hands in to offer a role.
type Invite struct {
	PartyID ident.PartyID
	Role    access.Role
	Name    string // how the inviter calls the person
	Contact string // phone or e-mail; empty: the link is handed over
	Key     string `json:"-"`
}

// Invited tells what was made. Token is shown once: only its digest is stored, and a
// repeated request does not show it again.
type Invited struct {
	Invitation party.InvitationState
	Digest     string
	Token      string `json:"-"`
	Link       string `json:"-"`
}

// Invite offers a role in a party. Faults: access.forbidden, record.not_found,
// membership.role_not_in_party, membership.not_yours_to_give, party.inactive,
// person.phone_invalid, person.email_invalid, person.name_invalid.
func (s *Service) Invite(ctx context.Context, actor access.Actor, in Invite) (Invited, error) {
	contact, channel, err := contactOf(in.Contact)
	if err != nil {
		return Invited{}, err
	}
	name, err := party.NormaliseName(in.Name)
	if err != nil {
		return Invited{}, err
	}
	secret := newSecret()
	var body *party.Party
	w := app.Write{Permission: access.MembershipGrant, Name: "invitation.make", Key: in.Key, Input: in}
	out, err := app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Invited, error) {
		if body, err = s.grantable(ctx, u, in.PartyID, in.Role, party.Person{}); err != nil {
			return Invited{}, err
		}
		now := s.now()
		i := party.Invitation{
			ID: ident.InvitationID(u.NewID()), PartyID: body.ID, Role: in.Role, Name: name, Contact: contact, TokenHash: digest(secret),
			Status: party.InvitationMachine.Initial, InvitedBy: actor.PersonID, CreatedAt: now, EndsAt: now.Add(party.InvitationTTL),
		}
		if err := u.People.InsertInvitation(ctx, &i); err != nil {
			return Invited{}, err
		}
		entry := audit.Entry{Action: "invitation.make", Kind: "invitation", ID: string(i.ID), PlaceID: body.PlaceID, After: i.State()}
		return Invited{Invitation: i.State(), Digest: i.TokenHash}, u.Record(ctx, entry)
	})
	if err != nil || out.Digest != digest(secret) {
		return out, err
	}
	out.Token, out.Link = secret, s.app.Settings.PublicURL+"/invitation#"+secret
	if contact == "" {
		return out, nil
	}
	return out, s.Courier.Deliver(ctx, invitationMessage(channel, contact, name, body.Name, out.Link))
}

// grantable loads a party and checks that the actor may give the role in it.
func (s *Service) grantable(ctx context.Context, u *app.Unit, id ident.PartyID, role access.Role, to party.Person) (*party.Party, error) {
	body, err := u.People.Party(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := access.Allow(u.Actor, access.MembershipGrant, access.Object{PartyID: body.ID}); err != nil {
		return nil, err
	}
	if !body.Active {
		return nil, fault.Conflict("party.inactive", "the party is not active")
	}
	return body, party.CheckGrant(u.Actor, *body, role, to)
}

func contactOf(text string) (contact, channel string, err error) {
	switch {
	case strings.TrimSpace(text) == "":
		return "", "", nil
	case strings.ContainsRune(text, '@'):
		contact, err = party.NormaliseEmail(text)
		return contact, "mail", err
	default:
		contact, err = party.NormalisePhone(text)
		return contact, "sms", err
	}
}

func invitationMessage(channel, to, name, body, link string) notice.Message {
	return notice.Message{
		Kind: "invitation", Channel: channel, To: to, Subject: "邻里：" + body + " 邀请您加入 · Invitation to Linli",
		Text: name + "：\n\n" + body + " 邀请您在邻里平台担任工作角色。请在 7 天内打开链接接受，链接只能使用一次：\n" + link +
			"\n\n" + body + " invites you to work on Linli. Open the link within 7 days; it works once.\n",
	}
}

// Revoke takes an invitation back. Faults: access.forbidden, record.not_found,
// record.stale, invitation.transition_refused.
func (s *Service) Revoke(ctx context.Context, actor access.Actor, id ident.InvitationID, key string) (party.InvitationState, error) {
	w := app.Write{Permission: access.MembershipGrant, Name: "invitation.revoke", Key: key, Input: id}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (party.InvitationState, error) {
		i, err := u.People.Invitation(ctx, id)
		if err != nil {
			return party.InvitationState{}, err
		}
		if access.Allow(u.Actor, access.MembershipGrant, access.Object{PartyID: i.PartyID}) != nil {
			return party.InvitationState{}, fault.NotFound("record.not_found", "invitation of another party")
		}
		before := i.State()
		if err := i.Revoke(s.now()); err != nil {
			return party.InvitationState{}, err
		}
		if err := u.People.SaveInvitation(ctx, i); err != nil {
			return party.InvitationState{}, err
		}
		return i.State(), u.Record(ctx, audit.Entry{Action: "invitation.revoke", Kind: "invitation", ID: string(i.ID), Before: before, After: i.State()})
	})
}

// Offer is an invitation as whoever holds its link sees it.
type Offer struct {
	Name                string
	PartyName           string
	PartyNameEN         string
	Role                access.Role
	Status              string
	EndsAt              string // RFC 3339
	Contact             string // masked
	AlreadyHasAnAccount bool   // the contact belongs to an account: sign in to accept
}

// ReadOffer shows what a link offers. Faults: invitation.unknown, request.rate_limited.
func (s *Service) ReadOffer(ctx context.Context, token, address string) (Offer, error) {
	if err := s.attempt(address, ""); err != nil {
		return Offer{}, err
	}
	var out Offer
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		i, err := invitationByToken(ctx, u, token)
		if err != nil {
			return err
		}
		p, err := u.People.Party(ctx, i.PartyID)
		if err != nil {
			return err
		}
		out = Offer{Name: i.Name, PartyName: p.Name, PartyNameEN: p.NameEN, Role: i.Role, Status: i.Status, EndsAt: i.EndsAt.Format("2006-01-02T15:04:05Z07:00")}
		if i.Status == party.InvitationOpen && !i.EndsAt.After(s.now()) {
			out.Status = "expired"
		}
		if i.Contact == "" {
			return nil
		}
		out.Contact = maskContact(i.Contact)
		_, err = u.People.PersonByLogin(ctx, i.Contact)
		out.AlreadyHasAnAccount = err == nil
		if fault.KindOf(err) == fault.KindNotFound {
			return nil
		}
		return err
	})
	return out, err
}

func maskContact(c string) string {
	if strings.ContainsRune(c, '@') {
		return party.MaskEmail(c)
	}
	return party.MaskPhone(c)
}

func invitationByToken(ctx context.Context, u *app.Unit, token string) (*party.Invitation, error) {
	i, err := u.People.InvitationByToken(ctx, digest(token))
	if fault.KindOf(err) == fault.KindNotFound {
		return nil, fault.NotFound("invitation.unknown", "no invitation has this token")
	}
	return i, err
}

// AcceptInvitation is what the holder of a link hands in. Signed-in people need the token
// only; others become people with an account.
type AcceptInvitation struct {
	Token              string `json:"-"`
	TokenDigest        string // set by the use case, for the fingerprint
	Name, Phone, Email string
	Password           string `json:"-"`
	Language, Consent  string
	Address            string `json:"-"`
	Key                string `json:"-"`
}

// Accept takes the offered role. Faults: invitation.unknown, invitation.expired,
// invitation.transition_refused, membership.not_together, membership.already_held,
// membership.not_to_yourself, party.inactive, and for people without an account those of
// SignUp.
func (s *Service) Accept(ctx context.Context, actor access.Actor, in AcceptInvitation) (SignedUp, error) {
	if err := s.attempt(in.Address, ""); err != nil {
		return SignedUp{}, err
	}
	in.TokenDigest = digest(in.Token)
	var person party.Person
	if actor.Anonymous() {
		if err := checkConsent(in.Consent); err != nil {
			return SignedUp{}, err
		}
		var err error
		if person, err = s.draft(ctx, personDraft{in.Name, in.Phone, in.Email, in.Password, in.Language}); err != nil {
			return SignedUp{}, err
		}
	}
	w := app.Write{Permission: access.Public, Name: "invitation.accept", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (SignedUp, error) {
		defer actAs(u, u.Actor)
		i, err := invitationByToken(ctx, u, in.Token)
		if err != nil {
			return SignedUp{}, err
		}
		if actor.PersonID == i.InvitedBy {
			return SignedUp{}, fault.Conflict("membership.not_to_yourself", "accepts his own invitation")
		}
		before := i.State()
		if actor.Anonymous() {
			if err := s.admit(ctx, u, &person, in.Consent); err != nil {
				return SignedUp{}, err
			}
		}
		if err := i.Accept(u.Actor.PersonID, s.now()); err != nil {
			return SignedUp{}, err
		}
		if err := u.People.SaveInvitation(ctx, i); err != nil {
			return SignedUp{}, err
		}
		if err := u.Record(ctx, audit.Entry{Action: "invitation.accept", Kind: "invitation", ID: string(i.ID), Before: before, After: i.State()}); err != nil {
			return SignedUp{}, err
		}
		m, err := join(ctx, u, u.Actor.PersonID, i.PartyID, i.Role, i.PlaceID)
		return SignedUp{PersonID: u.Actor.PersonID, MembershipID: m.ID}, err
	})
}

// Invitations lists a party's invitations, newest first. Faults: access.forbidden,
// record.not_found.
func (s *Service) Invitations(ctx context.Context, actor access.Actor, id ident.PartyID) ([]party.Invitation, error) {
	return app.Look(ctx, s.app, actor, access.PartyRead, func(ctx context.Context, u *app.Unit) ([]party.Invitation, error) {
		if _, err := visibleParty(ctx, u, id); err != nil {
			return nil, err
		}
		return u.People.InvitationsOf(ctx, id, maxInvitations)
	})
}

// maxInvitations is what one page shows of a party's invitations.
const maxInvitations = 100
