package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/accounts"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

type invitationView struct {
	ID        string     `json:"id"`
	PartyID   string     `json:"partyId"`
	Role      string     `json:"role"`
	Name      string     `json:"name"`
	Status    string     `json:"status" enum:"open,accepted,revoked,expired"`
	CreatedAt time.Time  `json:"createdAt"`
	EndsAt    time.Time  `json:"endsAt"`
	ClosedAt  *time.Time `json:"closedAt,omitempty"`
	Version   int64      `json:"version"`
}

type invitationsOut struct {
	Body struct {
		Items []invitationView `json:"items"`
	}
}

type inviteIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	Body struct {
		Role    string `json:"role" maxLength:"40"`
		Name    string `json:"name" maxLength:"100" doc:"How you call the person."`
		Contact string `json:"contact,omitempty" maxLength:"254" doc:"Phone number or e-mail address to send the link to; empty: hand it over yourself."`
	}
}

type invitedOut struct {
	Body struct {
		ID     string    `json:"id"`
		Link   string    `json:"link" doc:"Shown once; empty when the request is repeated."`
		EndsAt time.Time `json:"endsAt"`
	}
}

type idKeyIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
}

type idIn struct {
	ID string `path:"id" maxLength:"36"`
}

type offerIn struct {
	Body struct {
		Token string `json:"token" minLength:"1" maxLength:"64"`
	}
}

type offerOut struct {
	Body struct {
		Name        string `json:"name"`
		PartyName   string `json:"partyName"`
		PartyNameEN string `json:"partyNameEn"`
		Role        string `json:"role"`
		Status      string `json:"status" enum:"open,accepted,revoked,expired"`
		EndsAt      string `json:"endsAt" format:"date-time"`
		Contact     string `json:"contact" doc:"Masked."`
		HasAccount  bool   `json:"hasAccount" doc:"The contact belongs to an account: sign in to accept."`
	}
}

type acceptIn struct {
	WriteHeader
	Body struct {
		Newcomer
		Token string `json:"token" minLength:"1" maxLength:"64"`
	}
}

// registerInvitations adds the way into an organisation. Tokens travel in bodies, never in
// addresses, which are logged.
func registerInvitations(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/parties/{id}/invitations", ID: "invite", Permission: access.MembershipGrant, Tag: "parties", Status: http.StatusCreated,
		Summary: "Offer a role in an organisation",
		Faults:  []string{"membership.role_not_in_party", "membership.not_yours_to_give", "party.inactive", "person.phone_invalid", "person.email_invalid", "person.name_invalid", "courier.full"},
	}, func(ctx context.Context, in *inviteIn) (*invitedOut, error) {
		if err := clean(in.Body.Name, in.Body.Contact); err != nil {
			return nil, err
		}
		v, err := svc.Invite(ctx, actorOf(ctx), accounts.Invite{
			PartyID: ident.PartyID(in.ID), Role: access.Role(in.Body.Role), Name: in.Body.Name, Contact: in.Body.Contact, Key: in.IdempotencyKey,
		})
		if err != nil {
			return nil, err
		}
		out := &invitedOut{}
		out.Body.ID, out.Body.Link, out.Body.EndsAt = string(v.Invitation.ID), v.Link, v.Invitation.EndsAt
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/parties/{id}/invitations", ID: "listInvitations", Permission: access.PartyRead, Tag: "parties",
		Summary: "Invitations of an organisation, newest first",
	}, func(ctx context.Context, in *idIn) (*invitationsOut, error) {
		list, err := svc.Invitations(ctx, actorOf(ctx), ident.PartyID(in.ID))
		if err != nil {
			return nil, err
		}
		out := &invitationsOut{}
		out.Body.Items = []invitationView{}
		for _, i := range list {
			out.Body.Items = append(out.Body.Items, toInvitationView(i, svc.System()))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/invitations/{id}/revoke", ID: "revokeInvitation", Permission: access.MembershipGrant, Tag: "parties",
		Summary: "Take an invitation back", Faults: []string{"invitation.transition_refused"},
	}, func(ctx context.Context, in *idKeyIn) (*doneOut, error) {
		_, err := svc.Revoke(ctx, actorOf(ctx), ident.InvitationID(in.ID), in.IdempotencyKey)
		return toDoneOut(accounts.Done{}, err)
	})
	registerOffers(s, svc)
}

func toInvitationView(i party.Invitation, now time.Time) invitationView {
	v := invitationView{
		ID: string(i.ID), PartyID: string(i.PartyID), Role: string(i.Role), Name: i.Name, Status: i.Status,
		CreatedAt: i.CreatedAt, EndsAt: i.EndsAt, ClosedAt: i.ClosedAt, Version: i.Version,
	}
	if i.Status == party.InvitationOpen && !i.EndsAt.After(now) {
		v.Status = "expired"
	}
	return v
}

func registerOffers(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/invitations/look", ID: "readInvitation", Permission: access.Public, Tag: "session",
		Summary: "What an invitation's link offers", Faults: []string{"invitation.unknown"},
	}, func(ctx context.Context, in *offerIn) (*offerOut, error) {
		v, err := svc.ReadOffer(ctx, in.Body.Token, remoteOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &offerOut{}
		b := &out.Body
		b.Name, b.PartyName, b.PartyNameEN, b.Role = v.Name, v.PartyName, v.PartyNameEN, string(v.Role)
		b.Status, b.EndsAt, b.Contact, b.HasAccount = v.Status, v.EndsAt, v.Contact, v.AlreadyHasAnAccount
		return out, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/invitations/accept", ID: "acceptInvitation", Permission: access.Public, Tag: "session", Status: http.StatusCreated,
		Summary: "Take an offered role, signed in or as a newcomer",
		Faults: append([]string{"invitation.unknown", "invitation.expired", "invitation.transition_refused", "membership.not_together",
			"membership.already_held", "membership.not_to_yourself", "party.inactive"}, newcomerFaults...),
	}, func(ctx context.Context, in *acceptIn) (*signedUpOut, error) {
		b := in.Body
		if f := requestOf(ctx).authFault; f != nil {
			return nil, f
		}
		if err := clean(b.Name, b.Phone, b.Email); err != nil {
			return nil, err
		}
		return toSignedUpOut(svc.Accept(ctx, actorOf(ctx), accounts.AcceptInvitation{
			Token: b.Token, Name: b.Name, Phone: b.Phone, Email: b.Email, Password: b.Password, Language: b.Language, Consent: b.Consent,
			Address: remoteOf(ctx), Key: in.IdempotencyKey,
		}))
	})
}
