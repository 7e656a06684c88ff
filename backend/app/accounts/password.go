package accounts

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
	"linli/backend/domain/party"
)

// ChangePassword is what a person hands in to replace a password he knows.
type ChangePassword struct {
	Current, New string `json:"-"` // never part of a stored fingerprint
	Key          string `json:"-"`
}

// Done is the answer of a write that has nothing to tell.
type Done struct{ OK bool }

// ChangePassword replaces the password and ends the person's other sessions. Faults:
// password.current_wrong, session.locked, password.too_short and its siblings.
func (s *Service) ChangePassword(ctx context.Context, actor access.Actor, in ChangePassword) (Done, error) {
	if err := signedIn(actor); err != nil {
		return Done{}, err
	}
	person, err := s.personForCheck(ctx, actor.PersonID)
	if err != nil {
		return Done{}, err
	}
	right, err := s.Passwords.Check(ctx, person.PasswordHash, in.Current)
	if err != nil {
		return Done{}, err
	}
	if !right {
		if refusal := s.countFailure(ctx, string(actor.PersonID), person); !fault.Is(refusal, "session.credentials_wrong") {
			return Done{}, refusal
		}
		return Done{}, fault.Invalid("password.current_wrong", "current password is wrong").At("current", "wrong", "enter your current password")
	}
	if err := party.CheckPassword(in.New, person); err != nil {
		return Done{}, err
	}
	hash, err := s.Passwords.Hash(ctx, in.New)
	if err != nil {
		return Done{}, err
	}
	w := app.Write{Permission: access.SignedIn, Name: "password.change", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		if err := s.setPassword(ctx, u, actor.PersonID, hash, "password.change"); err != nil {
			return Done{}, err
		}
		_, err := s.endAll(ctx, u, actor.PersonID, party.EndPasswordChanged, actor.SessionID)
		return Done{OK: true}, err
	})
}

// personForCheck loads a person unless too many wrong passwords were tried from inside a
// session. Fault session.locked.
func (s *Service) personForCheck(ctx context.Context, id ident.PersonID) (party.Person, error) {
	var out party.Person
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		f, err := u.People.Failures(ctx, s.Tokens.Mac("login", string(id)))
		if err != nil {
			return err
		}
		if err := f.Check(s.now()); err != nil {
			return err
		}
		p, err := u.People.Person(ctx, id)
		if err == nil {
			out = *p
		}
		return err
	})
	return out, err
}

func (s *Service) setPassword(ctx context.Context, u *app.Unit, id ident.PersonID, hash, action string) error {
	p, err := u.People.Person(ctx, id)
	if err != nil {
		return err
	}
	before := p.State()
	p.PasswordHash = hash
	if err := u.People.SavePerson(ctx, p); err != nil {
		return err
	}
	if err := u.Record(ctx, audit.Entry{Action: action, Kind: "person", ID: string(id), Before: before, After: p.State()}); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{
		Kind: "password.changed", ObjectKind: "person", ObjectID: string(id), Data: map[string]string{"toPersons": string(id)},
	})
}

// AskReset sends a one-time code to the owner of a login. The answer is the same whether or
// not there is one. Fault request.rate_limited.
func (s *Service) AskReset(ctx context.Context, login, address string) error {
	login = party.NormaliseLogin(login)
	if err := s.attempt(address, login); err != nil {
		return err
	}
	var person *party.Person
	code := newCode()
	channel := "sms"
	if strings.ContainsRune(login, '@') {
		channel = "mail"
	}
	err := s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		p, err := u.People.PersonByLogin(ctx, login)
		if fault.KindOf(err) == fault.KindNotFound {
			return nil
		}
		if err != nil {
			return err
		}
		person = p
		u.Actor = access.Actor{PersonID: p.ID}
		return s.storeReset(ctx, u, p, code, channel, "")
	})
	if err != nil || person == nil {
		return err
	}
	return s.Courier.Deliver(ctx, resetMessage(*person, channel, login, code))
}

func (s *Service) storeReset(ctx context.Context, u *app.Unit, p *party.Person, code, channel string, by ident.PersonID) error {
	now := s.now()
	r := party.Reset{
		ID: u.NewID(), PersonID: p.ID, Channel: channel, MadeBy: by, CreatedAt: now, EndsAt: now.Add(party.ResetTTL),
	}
	r.CodeHash = s.Tokens.Mac("code", r.ID+code)
	if err := u.People.InsertReset(ctx, &r); err != nil {
		return err
	}
	return u.Record(ctx, audit.Entry{Action: "password.reset_" + channel, Kind: "person", ID: string(p.ID), Before: p.State(), After: p.State()})
}

func resetMessage(p party.Person, channel, to, code string) notice.Message {
	shown := code[:codeLength/2] + "-" + code[codeLength/2:]
	if p.Language == "en" {
		return notice.Message{Kind: "code", Channel: channel, To: to, Subject: "Linli: your code " + shown,
			Text: "Your code to set a new password is " + shown + ". It works once, for 15 minutes. If you did not ask for it, ignore this message; nobody from Linli will ask you for it."}
	}
	return notice.Message{Kind: "code", Channel: channel, To: to, Subject: "邻里：验证码 " + shown,
		Text: "您正在重设邻里账号的密码，验证码 " + shown + "，15 分钟内有效，只能使用一次。如非本人操作，请忽略；工作人员不会向您索要验证码。"}
}

// Redeem is what a person hands in to set a new password with a code.
type Redeem struct{ Login, Code, Password, Address string }

// RedeemReset sets a new password with a one-time code and ends every session. Unknown
// login, wrong, used and old code are one answer. Faults: password.code_wrong,
// password.too_short and its siblings, request.rate_limited.
func (s *Service) RedeemReset(ctx context.Context, in Redeem) error {
	login := party.NormaliseLogin(in.Login)
	if err := s.attempt(in.Address, login); err != nil {
		return err
	}
	person, err := s.byLogin(ctx, login)
	if err != nil {
		return err
	}
	if err := party.CheckPassword(in.Password, person); err != nil {
		return err
	}
	hash, err := s.Passwords.Hash(ctx, in.Password)
	if err != nil {
		return err
	}
	var refusal error
	err = s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		refusal, err = s.redeem(ctx, u, person.ID, login, in.Code, hash)
		return err
	})
	if err != nil {
		return err
	}
	return refusal
}

func (s *Service) byLogin(ctx context.Context, login string) (party.Person, error) {
	var out party.Person
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		p, err := u.People.PersonByLogin(ctx, login)
		if fault.KindOf(err) == fault.KindNotFound {
			return nil
		}
		if err == nil {
			out = *p
		}
		return err
	})
	return out, err
}

// redeem returns the refusal apart from errors, because a spent attempt is committed.
func (s *Service) redeem(ctx context.Context, u *app.Unit, id ident.PersonID, login, code, hash string) (refusal, err error) {
	wrong := fault.Invalid("password.code_wrong", "no code for this login").At("code", "wrong", "ask for a new code")
	if id == "" {
		return wrong, nil
	}
	r, err := u.People.LatestReset(ctx, id)
	if fault.KindOf(err) == fault.KindNotFound {
		return wrong, nil
	}
	if err != nil {
		return nil, err
	}
	typed := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
	refusal = r.Try(s.Tokens.Mac("code", r.ID+typed), s.now())
	if err := u.People.SaveReset(ctx, r); err != nil || refusal != nil {
		return refusal, err
	}
	u.Actor = access.Actor{PersonID: id, OnBehalfOf: ""}
	if err := u.People.ClearFailures(ctx, s.Tokens.Mac("login", login)); err != nil {
		return nil, err
	}
	if err := s.setPassword(ctx, u, id, hash, "password.reset"); err != nil {
		return nil, err
	}
	_, err = s.endAll(ctx, u, id, party.EndPasswordReset, "")
	return nil, err
}

// HelpPassword is what a community worker hands in to help someone who stands before him.
type HelpPassword struct {
	PersonID ident.PersonID
	Checked  string // how the worker made sure who it is; recorded
	Key      string `json:"-"`
}

// Helped carries the code to read out, once: a repeated request does not show it again.
type Helped struct {
	Code   string `json:"-"`
	CodeID string
}

// HelpPassword makes a one-time code for a resident of the worker's own community. Only
// residents without a work role can be helped this way. Faults: access.forbidden,
// record.not_found, person.not_yourself.
func (s *Service) HelpPassword(ctx context.Context, actor access.Actor, in HelpPassword) (Helped, error) {
	code := newCode()
	w := app.Write{Permission: access.PasswordHelp, Name: "password.help", Key: in.Key, Input: in}
	out, err := app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Helped, error) {
		p, err := u.People.Person(ctx, in.PersonID)
		if err != nil {
			return Helped{}, err
		}
		if p.ID == actor.PersonID {
			return Helped{}, fault.Conflict("person.not_yourself", "helps himself")
		}
		if err := s.onlyOwnResident(ctx, u, p.ID); err != nil {
			return Helped{}, err
		}
		now := s.now()
		r := party.Reset{ID: u.NewID(), PersonID: p.ID, Channel: "in_person", MadeBy: actor.PersonID, CreatedAt: now, EndsAt: now.Add(party.ResetTTL)}
		r.CodeHash = s.Tokens.Mac("code", r.ID+code)
		if err := u.People.InsertReset(ctx, &r); err != nil {
			return Helped{}, err
		}
		entry := audit.Entry{Action: "password.reset_in_person", Kind: "person", ID: string(p.ID), PlaceID: u.Actor.PlaceID, Before: p.State(), After: p.State(), Reason: in.Checked}
		return Helped{CodeID: s.Tokens.Mac("shown", code)}, u.Record(ctx, entry)
	})
	if err == nil && out.CodeID == s.Tokens.Mac("shown", code) {
		out.Code = code
	}
	return out, err
}

// onlyOwnResident refuses people outside the worker's place (as if they were not there) and
// people with a work role: a code for them would let a worker act as an approver.
func (s *Service) onlyOwnResident(ctx context.Context, u *app.Unit, id ident.PersonID) error {
	live, err := liveMemberships(ctx, u, id)
	if err != nil {
		return err
	}
	inScope := false
	for _, m := range live {
		if m.Role != access.Resident && m.Role != access.Council {
			return fault.Forbidden("access.forbidden", "the person has a work role").With("permission", string(access.PasswordHelp))
		}
		o, err := objectOf(ctx, u, m)
		if err != nil {
			return err
		}
		inScope = inScope || access.Allow(u.Actor, access.PasswordHelp, o) == nil
	}
	if !inScope {
		return fault.NotFound("record.not_found", "not a resident of this community")
	}
	return nil
}

// objectOf is a membership as the conditions of access see it.
func objectOf(ctx context.Context, u *app.Unit, m party.Membership) (access.Object, error) {
	place := m.PlaceID
	if place == "" {
		p, err := u.People.Party(ctx, m.PartyID)
		if err != nil {
			return access.Object{}, err
		}
		place = p.PlaceID
	}
	o := access.Object{PartyID: m.PartyID, PersonID: m.PersonID}
	if place == "" {
		return o, nil
	}
	at, err := u.Places.Place(ctx, place)
	if err != nil {
		return o, err
	}
	o.PlacePath = at.Path
	return o, nil
}
