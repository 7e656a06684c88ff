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

type partyView struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind" example:"SSO"`
	Name      string    `json:"name"`
	NameEN    string    `json:"nameEn"`
	USCC      string    `json:"uscc"`
	PlaceID   string    `json:"placeId"`
	PlaceName string    `json:"placeName"`
	Active    bool      `json:"active"`
	CreatedAt time.Time `json:"createdAt"`
	Version   int64     `json:"version"`
	Grantable []string  `json:"grantable" doc:"Roles the caller may give in it."`
	MayManage bool      `json:"mayManage"`
}

func toPartyView(v accounts.PartyView) partyView {
	out := partyView{
		ID: string(v.ID), Kind: string(v.Kind), Name: v.Name, NameEN: v.NameEN, USCC: v.USCC, PlaceID: string(v.PlaceID), PlaceName: v.PlaceName,
		Active: v.Active, CreatedAt: v.CreatedAt, Version: v.Version, Grantable: []string{}, MayManage: v.MayManage,
	}
	for _, r := range v.Grantable {
		out.Grantable = append(out.Grantable, string(r))
	}
	return out
}

type partyOut struct {
	ETag string `header:"ETag"`
	Body partyView
}

type partiesIn struct {
	PageQuery
	Kind string `query:"kind" maxLength:"10"`
	Q    string `query:"q" maxLength:"100" doc:"Part of the name."`
}

type partiesOut struct {
	Body struct {
		Items      []partyView `json:"items"`
		NextCursor string      `json:"nextCursor"`
	}
}

type foundPartyIn struct {
	WriteHeader
	Body struct {
		Kind    string `json:"kind" maxLength:"10"`
		Name    string `json:"name" maxLength:"200"`
		NameEN  string `json:"nameEn,omitempty" maxLength:"400"`
		USCC    string `json:"uscc,omitempty" maxLength:"40"`
		PlaceID string `json:"placeId,omitempty" maxLength:"36"`
	}
}

type partyChangeIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body struct {
		Reason string `json:"reason" minLength:"2" maxLength:"500"`
	}
}

type memberView struct {
	Membership membershipView `json:"membership"`
	PersonID   string         `json:"personId"`
	PersonName string         `json:"personName"`
	Phone      string         `json:"phone" doc:"Masked."`
	Email      string         `json:"email" doc:"Masked."`
	Live       bool           `json:"live"`
	MayEnd     bool           `json:"mayEnd"`
}

type membersOut struct {
	Body struct {
		Items []memberView `json:"items"`
	}
}

type grantIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	Body struct {
		Role  string `json:"role" maxLength:"40"`
		Login string `json:"login" minLength:"1" maxLength:"254" doc:"Exact phone number or e-mail address of the account."`
	}
}

func registerParties(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/parties", ID: "listParties", Permission: access.PartyRead, Tag: "parties",
		Summary: "Organisations: all for administrators, one's own for others",
	}, func(ctx context.Context, in *partiesIn) (*partiesOut, error) {
		if err := clean(in.Q, in.Cursor); err != nil {
			return nil, err
		}
		f := party.PartyFilter{Kind: party.Kind(in.Kind), Text: in.Q, After: ident.PartyID(in.Cursor), Limit: in.Limit + 1}
		list, err := svc.Parties(ctx, actorOf(ctx), f)
		if err != nil {
			return nil, err
		}
		out := &partiesOut{}
		out.Body.Items = []partyView{}
		for i, v := range list {
			if i == in.Limit {
				out.Body.NextCursor = string(list[i-1].ID)
				break
			}
			out.Body.Items = append(out.Body.Items, toPartyView(v))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/parties/{id}", ID: "readParty", Permission: access.PartyRead, Tag: "parties", Summary: "One organisation",
	}, func(ctx context.Context, in *idIn) (*partyOut, error) {
		v, err := svc.Party(ctx, actorOf(ctx), ident.PartyID(in.ID))
		if err != nil {
			return nil, err
		}
		return &partyOut{ETag: etag(v.Version), Body: toPartyView(v)}, nil
	})
	registerPartyChanges(s, svc)
	registerMemberships(s, svc)
}

func registerPartyChanges(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/parties", ID: "foundParty", Permission: access.PartyManage, Tag: "parties", Status: http.StatusCreated,
		Summary: "Register an organisation", Faults: []string{"party.kind_unknown", "party.name_invalid", "party.uscc_invalid", "record.duplicate"},
	}, func(ctx context.Context, in *foundPartyIn) (*partyOut, error) {
		b := in.Body
		if err := clean(b.Kind, b.Name, b.NameEN, b.USCC, b.PlaceID); err != nil {
			return nil, err
		}
		p, err := svc.FoundParty(ctx, actorOf(ctx), accounts.NewParty{
			Kind: party.Kind(b.Kind), Name: b.Name, NameEN: b.NameEN, USCC: b.USCC, PlaceID: ident.PlaceID(b.PlaceID), Key: in.IdempotencyKey,
		})
		return toPartyOut(p, err)
	})
	for _, verb := range []string{"suspend", "resume"} {
		register(s, Op{
			Method: http.MethodPost, Path: "/parties/{id}/" + verb, ID: verb + "Party", Permission: access.PartyManage, Tag: "parties",
			Summary: "Suspend an organisation, or bring it back: nobody acts for one that is suspended",
		}, func(ctx context.Context, in *partyChangeIn) (*partyOut, error) {
			v, err := in.Version()
			if err != nil {
				return nil, err
			}
			if err := clean(in.Body.Reason); err != nil {
				return nil, err
			}
			p, err := svc.SetPartyActive(ctx, actorOf(ctx), accounts.PartyChange{
				ID: ident.PartyID(in.ID), Active: verb == "resume", Reason: in.Body.Reason, Version: v, Key: in.IdempotencyKey,
			})
			return toPartyOut(p, err)
		})
	}
}

func toPartyOut(p party.Party, err error) (*partyOut, error) {
	if err != nil {
		return nil, err
	}
	return &partyOut{ETag: etag(p.Version), Body: toPartyView(accounts.PartyView{Party: p, MayManage: true})}, nil
}

func registerMemberships(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/parties/{id}/members", ID: "listMembers", Permission: access.PartyRead, Tag: "parties",
		Summary: "Who holds or held which role in an organisation",
	}, func(ctx context.Context, in *idIn) (*membersOut, error) {
		list, err := svc.Members(ctx, actorOf(ctx), ident.PartyID(in.ID))
		if err != nil {
			return nil, err
		}
		out := &membersOut{}
		out.Body.Items = []memberView{}
		for _, m := range list {
			out.Body.Items = append(out.Body.Items, memberView{
				Membership: toMembershipView(m.Role), PersonID: string(m.PersonID), PersonName: m.PersonName,
				Phone: m.Phone, Email: m.Email, Live: m.Live, MayEnd: m.MayEnd,
			})
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/parties/{id}/members", ID: "grantRole", Permission: access.MembershipGrant, Tag: "parties", Status: http.StatusCreated,
		Summary: "Give a role to someone who has an account",
		Faults: []string{"membership.role_not_in_party", "membership.not_yours_to_give", "membership.not_to_yourself", "membership.not_together",
			"membership.already_held", "party.inactive"},
	}, func(ctx context.Context, in *grantIn) (*signedUpOut, error) {
		if err := clean(in.Body.Login); err != nil {
			return nil, err
		}
		m, err := svc.GrantRole(ctx, actorOf(ctx), accounts.GrantRole{
			PartyID: ident.PartyID(in.ID), Role: access.Role(in.Body.Role), Login: in.Body.Login, Key: in.IdempotencyKey,
		})
		return toSignedUpOut(accounts.SignedUp{PersonID: m.PersonID, MembershipID: m.ID}, err)
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/memberships/{id}/end", ID: "endMembership", Permission: access.MembershipEnd, Tag: "parties",
		Summary: "End a role, now", Faults: []string{"membership.ended", "membership.not_yours_to_give", "membership.last_administrator"},
	}, func(ctx context.Context, in *partyChangeIn) (*doneOut, error) {
		v, err := in.Version()
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		_, err = svc.EndMembership(ctx, actorOf(ctx), accounts.EndMembership{
			ID: ident.MembershipID(in.ID), Reason: in.Body.Reason, Version: v, Key: in.IdempotencyKey,
		})
		return toDoneOut(accounts.Done{}, err)
	})
}
