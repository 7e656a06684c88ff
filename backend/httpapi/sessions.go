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

// The refresh token travels in this cookie only, and only to the addresses of the session.
const (
	refreshCookie = "linli_refresh"
	refreshPath   = Prefix + "/session"
)

type membershipView struct {
	ID          string     `json:"id"`
	Role        string     `json:"role" example:"community_worker"`
	PartyID     string     `json:"partyId"`
	PartyName   string     `json:"partyName"`
	PartyNameEN string     `json:"partyNameEn"`
	PartyKind   string     `json:"partyKind"`
	PlaceID     string     `json:"placeId"`
	PlaceName   string     `json:"placeName"`
	Since       time.Time  `json:"since"`
	Until       *time.Time `json:"until,omitempty"`
	Version     int64      `json:"version"`
}

func toMembershipView(r accounts.Role) membershipView {
	return membershipView{
		ID: string(r.ID), Role: string(r.Role), PartyID: string(r.PartyID), PartyName: r.PartyName, PartyNameEN: r.PartyNameEN,
		PartyKind: string(r.PartyKind), PlaceID: string(r.PlaceID), PlaceName: r.PlaceName, Since: r.Since, Until: r.Until, Version: r.Version,
	}
}

type meView struct {
	PersonID      string           `json:"personId"`
	Name          string           `json:"name"`
	Phone         string           `json:"phone" doc:"Masked." example:"138****5678"`
	Email         string           `json:"email" doc:"Masked."`
	Language      string           `json:"language" enum:"zh,en"`
	SessionID     string           `json:"sessionId"`
	Membership    *membershipView  `json:"membership,omitempty" doc:"The role the session acts in; absent when it acts in none."`
	Memberships   []membershipView `json:"memberships" doc:"The roles the session may act in."`
	Permissions   []string         `json:"permissions" doc:"What the acting role may do under some condition; hides what never applies, decides nothing."`
	Demonstration bool             `json:"demonstration"`
	Version       int64            `json:"version" doc:"Of the person, for changes of one's own account."`
}

func toMeView(me accounts.Me, demonstration bool) meView {
	out := meView{
		PersonID: string(me.Person.ID), Name: me.Person.Name, Phone: party.MaskPhone(me.Person.Phone), Email: party.MaskEmail(me.Person.Email),
		Language: me.Person.Language, SessionID: string(me.SessionID), Memberships: []membershipView{}, Permissions: []string{},
		Demonstration: demonstration, Version: me.Person.Version,
	}
	for _, r := range me.Memberships {
		out.Memberships = append(out.Memberships, toMembershipView(r))
	}
	if me.Membership != nil {
		v := toMembershipView(*me.Membership)
		out.Membership = &v
		for _, p := range access.PermissionsOf(me.Membership.Role) {
			out.Permissions = append(out.Permissions, string(p))
		}
	}
	return out
}

type signedOut struct {
	Body struct {
		AccessToken string    `json:"accessToken" doc:"Send as Authorization: Bearer; keep in memory."`
		ExpiresAt   time.Time `json:"expiresAt" doc:"By the system clock; refresh before."`
		Session     meView    `json:"session"`
	}
}

type signInIn struct {
	UserAgent string `header:"User-Agent"`
	Body      struct {
		Login        string `json:"login" minLength:"1" maxLength:"254" doc:"Phone number or e-mail address." example:"13800005678"`
		Password     string `json:"password" minLength:"1" maxLength:"1024"`
		MembershipID string `json:"membershipId,omitempty" maxLength:"36" doc:"The role to act in; empty: the one used last."`
	}
}

type switchIn struct {
	Body struct {
		MembershipID string `json:"membershipId" minLength:"36" maxLength:"36"`
	}
}

type meOut struct{ Body meView }

// sessionAPI holds what the operations of a session share.
type sessionAPI struct {
	s   *Server
	svc *accounts.Service
}

func registerSessions(s *Server, svc *accounts.Service) {
	a := sessionAPI{s, svc}
	register(s, Op{
		Method: http.MethodPost, Path: "/session", ID: "signIn", Permission: access.Public, Cookie: true, Tag: "session",
		Summary: "Sign in with phone number or e-mail address and password",
		Faults:  []string{"session.credentials_wrong", "session.locked", "session.account_locked", "session.membership_unknown", "request.cross_site"},
	}, a.signIn)
	register(s, Op{
		Method: http.MethodPost, Path: "/session/refresh", ID: "refreshSession", Permission: access.Public, Cookie: true, Tag: "session",
		Summary: "Exchange the refresh token in the cookie for the next pair of tokens",
		Faults:  []string{"session.token_invalid", "session.token_reused", "session.ended", "session.expired", "request.cross_site"},
	}, a.refresh)
	register(s, Op{
		Method: http.MethodDelete, Path: "/session", ID: "signOut", Permission: access.Public, Cookie: true, Tag: "session",
		Summary: "End the session of the cookie", Faults: []string{"request.cross_site"},
	}, a.signOut)
	register(s, Op{
		Method: http.MethodGet, Path: "/session", ID: "readSession", Permission: access.Public, Tag: "session",
		Summary: "Who is signed in, and in which roles", Faults: []string{"access.sign_in_required"},
	}, a.read)
	register(s, Op{
		Method: http.MethodPost, Path: "/session/switch", ID: "switchRole", Permission: access.Public, Tag: "session",
		Summary: "Act in another of one's roles", Faults: []string{"access.sign_in_required", "session.membership_unknown", "session.ended"},
	}, a.switchRole)
	registerOwnSessions(s, svc)
}

func (a sessionAPI) signIn(ctx context.Context, in *signInIn) (*signedOut, error) {
	if err := clean(in.Body.Login); err != nil {
		return nil, err
	}
	signed, err := a.svc.SignIn(ctx, accounts.SignIn{
		Login: in.Body.Login, Password: in.Body.Password, MembershipID: ident.MembershipID(in.Body.MembershipID),
		Device: in.UserAgent, Address: remoteOf(ctx),
	})
	if err != nil {
		return nil, err
	}
	return a.answer(ctx, signed)
}

func (a sessionAPI) refresh(ctx context.Context, _ *struct{}) (*signedOut, error) {
	signed, err := a.svc.Refresh(ctx, requestOf(ctx).cookies(refreshCookie))
	if err != nil {
		forget(ctx)
		return nil, err
	}
	return a.answer(ctx, signed)
}

func (a sessionAPI) signOut(ctx context.Context, _ *struct{}) (*struct{}, error) {
	err := a.svc.SignOut(ctx, requestOf(ctx).cookies(refreshCookie))
	forget(ctx)
	return nil, err
}

func (a sessionAPI) read(ctx context.Context, _ *struct{}) (*meOut, error) {
	if f := requestOf(ctx).authFault; f != nil {
		return nil, f
	}
	me, err := a.svc.Me(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return &meOut{Body: toMeView(me, a.s.config.Demonstration)}, nil
}

func (a sessionAPI) switchRole(ctx context.Context, in *switchIn) (*signedOut, error) {
	if f := requestOf(ctx).authFault; f != nil {
		return nil, f
	}
	signed, err := a.svc.Switch(ctx, actorOf(ctx), ident.MembershipID(in.Body.MembershipID))
	if err != nil {
		return nil, err
	}
	return a.answer(ctx, signed)
}

// answer sets the cookie, when there is a new refresh token, and describes the session.
func (a sessionAPI) answer(ctx context.Context, signed accounts.Signed) (*signedOut, error) {
	actor, err := a.svc.Authenticate(ctx, signed.Access)
	if err != nil {
		return nil, err
	}
	me, err := a.svc.Me(ctx, actor)
	if err != nil {
		return nil, err
	}
	if signed.Refresh != "" {
		requestOf(ctx).setCookie(cookie{name: refreshCookie, value: signed.Refresh, path: refreshPath, maxAge: signed.RefreshFor})
	}
	out := &signedOut{}
	out.Body.AccessToken, out.Body.ExpiresAt = signed.Access, signed.AccessEnds
	out.Body.Session = toMeView(me, a.s.config.Demonstration)
	return out, nil
}

// forget removes the cookie of a session that is over.
func forget(ctx context.Context) {
	requestOf(ctx).setCookie(cookie{name: refreshCookie, path: refreshPath})
}

type sessionView struct {
	ID       string    `json:"id"`
	Device   string    `json:"device" doc:"What the browser calls itself."`
	OpenedAt time.Time `json:"openedAt"`
	UsedAt   time.Time `json:"usedAt"`
	Current  bool      `json:"current"`
}

type sessionsOut struct {
	Body struct {
		Items []sessionView `json:"items"`
	}
}

type sessionIDIn struct {
	ID string `path:"id" maxLength:"36"`
}

type endedOut struct {
	Body struct {
		Ended int `json:"ended" doc:"How many sessions ended."`
	}
}

func registerOwnSessions(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/account/sessions", ID: "listOwnSessions", Permission: access.SignedIn, Tag: "account",
		Summary: "Where I am signed in",
	}, func(ctx context.Context, _ *struct{}) (*sessionsOut, error) {
		list, err := svc.Sessions(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &sessionsOut{}
		out.Body.Items = []sessionView{}
		for _, x := range list {
			out.Body.Items = append(out.Body.Items, sessionView{
				ID: string(x.ID), Device: x.Device, OpenedAt: x.OpenedAt, UsedAt: x.UsedAt, Current: x.ID == actorOf(ctx).SessionID,
			})
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodDelete, Path: "/account/sessions/{id}", ID: "endOwnSession", Permission: access.SignedIn, Tag: "account",
		Summary: "Sign out on another device",
	}, func(ctx context.Context, in *sessionIDIn) (*struct{}, error) {
		return nil, svc.EndSession(ctx, actorOf(ctx), ident.SessionID(in.ID))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/account/sessions/end-all", ID: "signOutEverywhere", Permission: access.SignedIn, Tag: "account",
		Summary: "Sign out everywhere, here too",
	}, func(ctx context.Context, _ *struct{}) (*endedOut, error) {
		n, err := svc.SignOutEverywhere(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		forget(ctx)
		out := &endedOut{}
		out.Body.Ended = n
		return out, nil
	})
}
