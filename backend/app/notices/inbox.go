package notices

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
)

// Page is a page of notices; Next is 0 at the end.
type Page struct {
	Items []notice.Notice
	Next  int64
}

// Inbox lists the actor's notices, newest first.
func (s *Service) Inbox(ctx context.Context, actor access.Actor, unreadOnly bool, before int64, limit int) (Page, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) (Page, error) {
		list, err := u.Notices.Of(ctx, actor.PersonID, unreadOnly, before, limit+1)
		if err != nil {
			return Page{}, err
		}
		p := Page{Items: list}
		if len(list) > limit {
			p.Items, p.Next = list[:limit], list[limit-1].EventSeq
		}
		return p, nil
	})
}

// Unread counts the actor's unread notices.
func (s *Service) Unread(ctx context.Context, actor access.Actor) (int, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) (int, error) {
		return u.Notices.Unread(ctx, actor.PersonID)
	})
}

// Reading, following and settings are a person's own bookkeeping: they change nothing that
// others rely on and are not in the audit record. Repeating them changes nothing.

// MarkRead marks one notice read, or all up to an event. It tells how many were unread.
func (s *Service) MarkRead(ctx context.Context, actor access.Actor, id ident.NoticeID, upTo int64) (int64, error) {
	var n int64
	err := s.own(ctx, actor, func(ctx context.Context, u *app.Unit) error {
		var err error
		n, err = u.Notices.MarkRead(ctx, actor.PersonID, id, upTo, s.now())
		return err
	})
	return n, err
}

// own runs a write about the actor's own bookkeeping.
func (s *Service) own(ctx context.Context, actor access.Actor, fn func(ctx context.Context, u *app.Unit) error) error {
	if actor.Anonymous() {
		return fault.Unauthenticated("access.sign_in_required", "nobody is signed in")
	}
	return s.app.Store.Update(ctx, fn)
}

// Follow begins to follow an object that has a public page. Fault follow.unknown.
func (s *Service) Follow(ctx context.Context, actor access.Actor, t notice.Target) error {
	return s.own(ctx, actor, func(ctx context.Context, u *app.Unit) error {
		there, err := u.Notices.Exists(ctx, t)
		if err != nil {
			return err
		}
		if !there {
			return fault.NotFound("follow.unknown", "nothing to follow: "+t.Kind)
		}
		return u.Notices.AddFollow(ctx, notice.Follow{PersonID: actor.PersonID, ObjectKind: t.Kind, ObjectID: t.ID, Since: u.Now})
	})
}

// Unfollow stops following.
func (s *Service) Unfollow(ctx context.Context, actor access.Actor, t notice.Target) error {
	return s.own(ctx, actor, func(ctx context.Context, u *app.Unit) error {
		return u.Notices.DropFollow(ctx, actor.PersonID, t)
	})
}

// Followed is an object the actor follows, as it is called now.
type Followed struct {
	notice.Follow
	Code, Title string
}

// Follows lists what the actor follows, newest first.
func (s *Service) Follows(ctx context.Context, actor access.Actor) ([]Followed, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) ([]Followed, error) {
		list, err := u.Notices.FollowsOf(ctx, actor.PersonID)
		if err != nil {
			return nil, err
		}
		out := make([]Followed, len(list))
		for i, f := range list {
			out[i].Follow = f
			if out[i].Code, out[i].Title, err = u.Notices.Called(ctx, notice.Target{Kind: f.ObjectKind, ID: f.ObjectID}); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// Preferences tells how the actor hears of things, and whether mail can reach him at all.
func (s *Service) Preferences(ctx context.Context, actor access.Actor) (Settings, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) (Settings, error) {
		choices, err := u.Notices.Choices(ctx, actor.PersonID)
		if err != nil {
			return Settings{}, err
		}
		p, err := u.People.Person(ctx, actor.PersonID)
		if err != nil {
			return Settings{}, err
		}
		return Settings{Matrix: notice.Apply(choices), HasEmail: p.Email != ""}, nil
	})
}

// Settings are a person's notice settings.
type Settings struct {
	Matrix   notice.Matrix
	HasEmail bool
}

// SetPreference sets one cell. Fault notice.preference_unknown.
func (s *Service) SetPreference(ctx context.Context, actor access.Actor, c notice.Choice) error {
	if err := c.Check(); err != nil {
		return err
	}
	return s.own(ctx, actor, func(ctx context.Context, u *app.Unit) error {
		return u.Notices.SetChoice(ctx, actor.PersonID, c)
	})
}
