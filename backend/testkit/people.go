package testkit

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
	"linli/backend/domain/party"
	"linli/backend/password"
)

// Password is what every account made by Account signs in with.
const Password = "lantern-river-51"

// Account gives the person behind an actor a phone number and Password.
func (k *Kit) Account(a access.Actor, phone string) {
	k.T.Helper()
	hash, err := password.New().Hash(context.Background(), Password)
	if err != nil {
		k.T.Fatal(err)
	}
	k.Update(func(ctx context.Context, u *app.Unit) error {
		p, err := u.People.Person(ctx, a.PersonID)
		if err != nil {
			return err
		}
		p.Phone, p.PasswordHash, p.Salt = phone, hash, "salt-of-"+string(p.ID)
		return u.People.SavePerson(ctx, p)
	})
}

// Join gives the person behind an actor one more role and returns him acting in it.
func (k *Kit) Join(a access.Actor, role access.Role, in *party.Party) access.Actor {
	k.T.Helper()
	k.Update(func(ctx context.Context, u *app.Unit) error {
		m := &party.Membership{ID: ident.MembershipID(u.NewID()), PersonID: a.PersonID, PartyID: in.ID, Role: role, Since: u.Now}
		if err := u.People.InsertMembership(ctx, m); err != nil {
			return err
		}
		var err error
		a, err = u.Core.LiveActor(ctx, access.Actor{PersonID: a.PersonID, MembershipID: m.ID})
		return err
	})
	return a
}

// Browser is a client with real sessions: it keeps the refresh cookie and the access token.
type Browser struct {
	k      *Kit
	Cookie string
	Token  string
}

// Browser opens a client on an edge that authenticates by sessions.
func (k *Kit) Browser() *Browser {
	k.live.Do(func() { k.sessions = k.Serve(settings(k.T), nil) })
	return &Browser{k: k}
}

// Do sends one request with cookie, token and the header of our own pages; headers come in
// pairs and replace those ("" removes).
func (b *Browser) Do(method, path, body string, headers ...string) (*http.Response, string) {
	b.k.T.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Linli-Request", "1")
	if b.Token != "" {
		req.Header.Set("Authorization", "Bearer "+b.Token)
	}
	if b.Cookie != "" {
		req.Header.Set("Cookie", "linli_refresh="+b.Cookie)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i+1] == "" {
			req.Header.Del(headers[i])
			continue
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := b.k.sessions.Fiber().Test(req, -1)
	if err != nil {
		b.k.T.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.k.T.Fatal(err)
	}
	for _, c := range res.Cookies() {
		if c.Name == "linli_refresh" {
			b.Cookie = c.Value
		}
	}
	return res, string(text)
}

// Outbox collects messages instead of sending them.
type Outbox struct{ Messages []notice.Message }

// Deliver keeps a message.
func (o *Outbox) Deliver(_ context.Context, m notice.Message) error {
	o.Messages = append(o.Messages, m)
	return nil
}

// EndMembership ends the role an actor acts in, now.
func (k *Kit) EndMembership(a access.Actor) {
	k.T.Helper()
	k.Update(func(ctx context.Context, u *app.Unit) error {
		m, err := u.People.Membership(ctx, a.MembershipID)
		if err != nil {
			return err
		}
		m.Until = &u.Now
		return u.People.SaveMembership(ctx, m)
	})
}

// ResidentWithAccount is Resident with an account: a phone number and Password.
func (k *Kit) ResidentWithAccount(phone string) access.Actor {
	k.T.Helper()
	a := k.Resident()
	k.Account(a, phone)
	return a
}
