package httpapi

import (
	"context"
	"net/http"

	"linli/backend/app/accounts"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// registerAccounts adds what concerns people: one file per resource.
func registerAccounts(s *Server, svc *accounts.Service) {
	registerSessions(s, svc)
	registerOwnAccount(s, svc)
	registerResets(s, svc)
	registerInvitations(s, svc)
	registerParties(s, svc)
	registerPeople(s, svc)
	registerRules(s)
	registerClock(s, svc)
}

// Faults shared by the places where someone becomes a person with an account.
var newcomerFaults = []string{
	"consent.missing", "consent.notice_changed", "person.name_invalid", "person.phone_invalid", "person.email_invalid",
	"person.contact_missing", "person.already_registered", "password.too_short", "password.too_long",
	"password.well_known", "password.personal", "request.rate_limited",
}

var passwordFaults = []string{"password.too_short", "password.too_long", "password.well_known", "password.personal"}

// Newcomer is what someone without an account tells of himself; exported because the schema
// generator passes over unexported embedded structs.
type Newcomer struct {
	Name     string `json:"name,omitempty" maxLength:"100"`
	Phone    string `json:"phone,omitempty" maxLength:"40"`
	Email    string `json:"email,omitempty" maxLength:"254"`
	Password string `json:"password,omitempty" maxLength:"1024"`
	Language string `json:"language,omitempty" enum:"zh,en"`
	Consent  string `json:"consent,omitempty" maxLength:"20" doc:"Version of the privacy notice that was read and agreed to."`
}

type signUpIn struct {
	WriteHeader
	Body struct {
		Newcomer
		PlaceID string `json:"placeId" maxLength:"36" doc:"The community."`
	}
}

type signedUpOut struct {
	Body struct {
		PersonID     string `json:"personId"`
		MembershipID string `json:"membershipId"`
	}
}

func toSignedUpOut(v accounts.SignedUp, err error) (*signedUpOut, error) {
	if err != nil {
		return nil, err
	}
	out := &signedUpOut{}
	out.Body.PersonID, out.Body.MembershipID = string(v.PersonID), string(v.MembershipID)
	return out, nil
}

type changePasswordIn struct {
	WriteHeader
	Body struct {
		Current  string `json:"current" maxLength:"1024"`
		Password string `json:"password" maxLength:"1024"`
	}
}

type profileIn struct {
	WriteHeader
	VersionHeader
	Body struct {
		Name     string `json:"name" maxLength:"100"`
		Language string `json:"language" enum:"zh,en"`
	}
}

type doneOut struct {
	Body struct {
		Done bool `json:"done"`
	}
}

func toDoneOut(_ accounts.Done, err error) (*doneOut, error) {
	if err != nil {
		return nil, err
	}
	out := &doneOut{}
	out.Body.Done = true
	return out, nil
}

func registerOwnAccount(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/registrations", ID: "signUp", Permission: access.Public, Tag: "account", Status: http.StatusCreated,
		Summary: "Become a resident of a community with an account", Faults: append([]string{"place.not_a_community"}, newcomerFaults...),
	}, func(ctx context.Context, in *signUpIn) (*signedUpOut, error) {
		b := in.Body
		if err := clean(b.Name, b.Phone, b.Email); err != nil {
			return nil, err
		}
		return toSignedUpOut(svc.SignUp(ctx, accounts.SignUp{
			Name: b.Name, Phone: b.Phone, Email: b.Email, Password: b.Password, Language: b.Language, Consent: b.Consent,
			PlaceID: ident.PlaceID(b.PlaceID), Address: remoteOf(ctx), Key: in.IdempotencyKey,
		}))
	})
	registerHomes(s, svc)
	register(s, Op{
		Method: http.MethodPost, Path: "/account/change-password", ID: "changePassword", Permission: access.SignedIn, Tag: "account",
		Summary: "Change one's own password; other sessions end", Faults: append([]string{"password.current_wrong", "session.locked"}, passwordFaults...),
	}, func(ctx context.Context, in *changePasswordIn) (*doneOut, error) {
		return toDoneOut(svc.ChangePassword(ctx, actorOf(ctx), accounts.ChangePassword{Current: in.Body.Current, New: in.Body.Password, Key: in.IdempotencyKey}))
	})
	register(s, Op{
		Method: http.MethodPatch, Path: "/account", ID: "changeProfile", Permission: access.SignedIn, Tag: "account",
		Summary: "Change one's own name and language", Faults: []string{"person.name_invalid"},
	}, func(ctx context.Context, in *profileIn) (*doneOut, error) {
		v, err := in.Version()
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Name); err != nil {
			return nil, err
		}
		return toDoneOut(svc.ChangeProfile(ctx, actorOf(ctx), accounts.Profile{Name: in.Body.Name, Language: in.Body.Language, Version: v, Key: in.IdempotencyKey}))
	})
	registerDemonstration(s, svc)
}

type demoAccountView struct {
	Name  string           `json:"name"`
	Login string           `json:"login"`
	Roles []membershipView `json:"roles"`
}

type signInHelpOut struct {
	Body struct {
		Demonstration         bool              `json:"demonstration"`
		DemonstrationPassword string            `json:"demonstrationPassword,omitempty" doc:"The password of the accounts below; in a demonstration only."`
		Accounts              []demoAccountView `json:"accounts"`
		PrivacyNotice         string            `json:"privacyNotice" doc:"Version of the privacy notice in force."`
		MinPassword           int               `json:"minPassword" doc:"Characters."`
	}
}

func registerDemonstration(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/session/help", ID: "readSignInHelp", Permission: access.Public, Tag: "session",
		Summary: "What the sign-in page needs to know, and in a demonstration the accounts to try",
	}, func(ctx context.Context, _ *struct{}) (*signInHelpOut, error) {
		list, err := svc.DemonstrationAccounts(ctx)
		if err != nil {
			return nil, err
		}
		out := &signInHelpOut{}
		out.Body.Demonstration, out.Body.PrivacyNotice, out.Body.MinPassword = s.config.Demonstration, accounts.PrivacyNotice, party.MinPassword
		out.Body.Accounts = []demoAccountView{}
		if s.config.Demonstration {
			out.Body.DemonstrationPassword = accounts.DemonstrationPassword
		}
		for _, a := range list {
			v := demoAccountView{Name: a.Name, Login: a.Login, Roles: []membershipView{}}
			for _, r := range a.Roles {
				v.Roles = append(v.Roles, toMembershipView(r))
			}
			out.Body.Accounts = append(out.Body.Accounts, v)
		}
		return out, nil
	})
}

type askResetIn struct {
	Body struct {
		Login string `json:"login" minLength:"1" maxLength:"254" doc:"Phone number or e-mail address; the code goes there."`
	}
}

type redeemIn struct {
	Body struct {
		Login    string `json:"login" minLength:"1" maxLength:"254"`
		Code     string `json:"code" minLength:"1" maxLength:"20"`
		Password string `json:"password" maxLength:"1024"`
	}
}

type helpPasswordIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	Body struct {
		Checked string `json:"checked" minLength:"2" maxLength:"200" doc:"How the worker made sure who the person is; recorded."`
	}
}

type helpedOut struct {
	Body struct {
		Code    string `json:"code" doc:"To read out, once; empty when the request is repeated." example:"K7QM-3XPD"`
		Minutes int    `json:"minutes" doc:"How long it works."`
	}
}

func registerResets(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/password-resets", ID: "askPasswordReset", Permission: access.Public, Tag: "account", Status: http.StatusAccepted,
		Summary: "Send a one-time code to a login, if it belongs to an account; the answer does not tell", Faults: []string{"courier.full"},
	}, func(ctx context.Context, in *askResetIn) (*doneOut, error) {
		if err := clean(in.Body.Login); err != nil {
			return nil, err
		}
		return toDoneOut(accounts.Done{}, svc.AskReset(ctx, in.Body.Login, remoteOf(ctx)))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/password-resets/redeem", ID: "redeemPasswordReset", Permission: access.Public, Tag: "account",
		Summary: "Set a new password with a one-time code; every session ends", Faults: append([]string{"password.code_wrong"}, passwordFaults...),
	}, func(ctx context.Context, in *redeemIn) (*doneOut, error) {
		if err := clean(in.Body.Login, in.Body.Code); err != nil {
			return nil, err
		}
		return toDoneOut(accounts.Done{}, svc.RedeemReset(ctx, accounts.Redeem{Login: in.Body.Login, Code: in.Body.Code, Password: in.Body.Password, Address: remoteOf(ctx)}))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/people/{id}/help-password", ID: "helpPassword", Permission: access.PasswordHelp, Tag: "people",
		Summary: "Make a one-time code for a resident who came in person", Faults: []string{"person.not_yourself"},
	}, func(ctx context.Context, in *helpPasswordIn) (*helpedOut, error) {
		if err := clean(in.Body.Checked); err != nil {
			return nil, err
		}
		v, err := svc.HelpPassword(ctx, actorOf(ctx), accounts.HelpPassword{PersonID: ident.PersonID(in.ID), Checked: in.Body.Checked, Key: in.IdempotencyKey})
		if err != nil {
			return nil, err
		}
		out := &helpedOut{}
		if v.Code != "" {
			out.Body.Code = v.Code[:4] + "-" + v.Code[4:]
		}
		out.Body.Minutes = int(party.ResetTTL.Minutes())
		return out, nil
	})
}

type homesIn struct {
	Q string `query:"q" maxLength:"50" doc:"Part of the name."`
}

type homeView struct {
	ID       string `json:"id"`
	Name     string `json:"name" example:"和美社区"`
	Street   string `json:"street"`
	District string `json:"district"`
}

type homesOut struct {
	Body struct {
		Items []homeView `json:"items"`
	}
}

func registerHomes(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/registrations/communities", ID: "findHome", Permission: access.Public, Tag: "account",
		Summary: "Find one's own community by a part of its name",
	}, func(ctx context.Context, in *homesIn) (*homesOut, error) {
		if err := clean(in.Q); err != nil {
			return nil, err
		}
		list, err := svc.Homes(ctx, in.Q)
		if err != nil {
			return nil, err
		}
		out := &homesOut{}
		out.Body.Items = []homeView{}
		for _, h := range list {
			out.Body.Items = append(out.Body.Items, homeView{string(h.ID), h.Name, h.Street, h.District})
		}
		return out, nil
	})
}
