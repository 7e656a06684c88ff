package httpapi

import (
	"context"
	"net/http"

	"linli/backend/app/accounts"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

type personView struct {
	ID         string           `json:"id"`
	Name       string           `json:"name"`
	Phone      string           `json:"phone" doc:"Masked."`
	Email      string           `json:"email" doc:"Masked."`
	LockedAt   string           `json:"lockedAt" doc:"RFC 3339; empty when not locked."`
	LockReason string           `json:"lockReason"`
	Version    int64            `json:"version"`
	Roles      []membershipView `json:"roles"`
	MayHelp    bool             `json:"mayHelp" doc:"The caller may make a reset code for the person, in person."`
	MayLock    bool             `json:"mayLock"`
}

func toPersonView(v accounts.PersonView) personView {
	out := personView{
		ID: string(v.ID), Name: v.Name, Phone: v.Phone, Email: v.Email, LockedAt: v.LockedAt, LockReason: v.LockReason,
		Version: v.Version, Roles: []membershipView{}, MayHelp: v.MayHelp, MayLock: v.MayLock,
	}
	for _, r := range v.Roles {
		out.Roles = append(out.Roles, toMembershipView(r))
	}
	return out
}

type personOut struct {
	ETag string `header:"ETag"`
	Body personView
}

type peopleIn struct {
	PageQuery
	PartyID string `query:"partyId" maxLength:"36"`
	Role    string `query:"role" maxLength:"40"`
	Q       string `query:"q" maxLength:"254" doc:"Part of the name, or the exact phone number or e-mail address."`
}

type peopleOut struct {
	Body struct {
		Items      []personView `json:"items"`
		NextCursor string       `json:"nextCursor"`
	}
}

func registerPeople(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/people", ID: "listPeople", Permission: access.PeopleRead, Tag: "people",
		Summary: "People in the caller's scope",
	}, func(ctx context.Context, in *peopleIn) (*peopleOut, error) {
		if err := clean(in.Q, in.Cursor, in.PartyID); err != nil {
			return nil, err
		}
		f := party.PeopleFilter{PartyID: ident.PartyID(in.PartyID), Role: access.Role(in.Role), After: ident.PersonID(in.Cursor), Limit: in.Limit + 1}
		f.Login, f.Text = loginOrName(in.Q)
		list, err := svc.People(ctx, actorOf(ctx), f)
		if err != nil {
			return nil, err
		}
		out := &peopleOut{}
		out.Body.Items = []personView{}
		for i, v := range list {
			if i == in.Limit {
				out.Body.NextCursor = string(list[i-1].ID)
				break
			}
			out.Body.Items = append(out.Body.Items, toPersonView(v))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/people/{id}", ID: "readPerson", Permission: access.PeopleRead, Tag: "people", Summary: "One person",
	}, func(ctx context.Context, in *idIn) (*personOut, error) {
		return toPersonOut(svc.Person(ctx, actorOf(ctx), ident.PersonID(in.ID)))
	})
	registerLocks(s, svc)
}

// loginOrName reads a search: what looks like a login is compared exactly, so that masks
// cannot be guessed open digit by digit.
func loginOrName(q string) (login, name string) {
	if n := party.NormaliseLogin(q); len(n) == 11 && n[0] == '1' || containsAt(n) {
		return n, ""
	}
	return "", q
}

func containsAt(s string) bool {
	for _, c := range s {
		if c == '@' {
			return true
		}
	}
	return false
}

func toPersonOut(v accounts.PersonView, err error) (*personOut, error) {
	if err != nil {
		return nil, err
	}
	return &personOut{ETag: etag(v.Version), Body: toPersonView(v)}, nil
}

func registerLocks(s *Server, svc *accounts.Service) {
	for _, verb := range []string{"lock", "unlock"} {
		register(s, Op{
			Method: http.MethodPost, Path: "/people/{id}/" + verb, ID: verb + "Account", Permission: access.AccountLock, Tag: "people",
			Summary: "Lock an account and end its sessions, or unlock it", Faults: []string{"person.not_yourself", "person.locked", "person.not_locked"},
		}, func(ctx context.Context, in *partyChangeIn) (*personOut, error) {
			v, err := in.Version()
			if err != nil {
				return nil, err
			}
			if err := clean(in.Body.Reason); err != nil {
				return nil, err
			}
			return toPersonOut(svc.SetLock(ctx, actorOf(ctx), accounts.LockChange{
				ID: ident.PersonID(in.ID), Lock: verb == "lock", Reason: in.Body.Reason, Version: v, Key: in.IdempotencyKey,
			}))
		})
	}
	register(s, Op{
		Method: http.MethodPost, Path: "/people/{id}/end-sessions", ID: "endSessionsOf", Permission: access.AccountLock, Tag: "people",
		Summary: "End all sessions of a person", Faults: []string{"person.not_yourself"},
	}, func(ctx context.Context, in *endSessionsIn) (*endedOut, error) {
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		n, err := svc.EndSessions(ctx, actorOf(ctx), accounts.LockChange{ID: ident.PersonID(in.ID), Reason: in.Body.Reason, Key: in.IdempotencyKey})
		if err != nil {
			return nil, err
		}
		out := &endedOut{}
		out.Body.Ended = n
		return out, nil
	})
}

type endSessionsIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	Body struct {
		Reason string `json:"reason" minLength:"2" maxLength:"500"`
	}
}
