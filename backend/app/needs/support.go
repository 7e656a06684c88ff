package needs

import (
	"context"
	"strconv"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

// Standing tells how somebody stands to a need after an act.
type Standing struct {
	NeedID    ident.NeedID // the need that is left, when the one asked for was merged
	Supported bool
	Followed  bool
	Counted   bool // this act added a household to the count
	need.Counts
}

// Supporting says "I have this too" for a home.
type Supporting struct {
	NeedID   ident.NeedID
	Building string
	Unit     string
}

// Support adds a person's household to a need. A household counts once, however many of its
// people press the button; each of them is told what becomes of it. Supporting a merged need
// supports the one that is left. Faults: need.closed, need.household_invalid,
// access.forbidden, record.not_found.
func (s *Service) Support(ctx context.Context, w Write, in Supporting) (Standing, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(access.NeedSupport, "supportNeed", in), func(ctx context.Context, u *app.Unit) (Standing, error) {
		n, err := rootOf(ctx, u, in.NeedID)
		if err != nil {
			return Standing{}, err
		}
		if err := mayAt(ctx, u, n.PlaceID, access.NeedSupport); err != nil {
			return Standing{}, err
		}
		if !n.Active() {
			return Standing{}, fault.Conflict("need.closed", "the need is closed")
		}
		home, err := household(ctx, u, n.PlaceID, in.Building, in.Unit)
		if err != nil {
			return Standing{}, err
		}
		return add(ctx, u, n, home)
	})
}

func add(ctx context.Context, u *app.Unit, n *need.Need, home need.Household) (Standing, error) {
	before, err := u.Needs.Recount(ctx, n.ID)
	if err != nil {
		return Standing{}, err
	}
	support := need.Support{ID: u.NewID(), NeedID: n.ID, PersonID: u.Actor.PersonID, Household: home, At: u.Now}
	added, err := u.Needs.AddSupport(ctx, support)
	if err != nil {
		return Standing{}, err
	}
	if err := u.Needs.Follow(ctx, n.ID, u.Actor.PersonID, u.Now); err != nil {
		return Standing{}, err
	}
	after, err := u.Needs.Recount(ctx, n.ID)
	if err != nil {
		return Standing{}, err
	}
	out := Standing{NeedID: n.ID, Supported: true, Followed: true, Counted: after.Households > before.Households, Counts: after}
	if err := noteSupport(ctx, u, n, "support", after); err != nil {
		return Standing{}, err
	}
	if !added || !out.Counted {
		return out, nil
	}
	return out, u.Emit(ctx, event.Event{
		Kind: "need.support", ObjectKind: "need", ObjectID: string(n.ID), NeedID: n.ID, PlaceID: n.PlaceID,
		Data: map[string]string{"title": n.Title, "code": n.Code, "stage": n.Stage, "households": strconv.Itoa(after.Households), "link": "/needs/" + n.Code},
	})
}

// noteSupport records that somebody stood behind a need or stepped back. The state is the
// count: who supports is personal and stays outside the leaf.
func noteSupport(ctx context.Context, u *app.Unit, n *need.Need, action string, after need.Counts) error {
	return u.Record(ctx, audit.Entry{Action: "need." + action, Kind: "need_count", ID: string(n.ID), PlaceID: n.PlaceID, NeedID: n.ID, After: after})
}

// Unsupport takes one's own support back; what one's voice brought stays with the voice.
func (s *Service) Unsupport(ctx context.Context, w Write, id ident.NeedID) (Standing, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(access.NeedSupport, "unsupportNeed", id), func(ctx context.Context, u *app.Unit) (Standing, error) {
		n, err := rootOf(ctx, u, id)
		if err != nil {
			return Standing{}, err
		}
		family, err := u.Needs.Family(ctx, n.ID)
		if err != nil {
			return Standing{}, err
		}
		for _, member := range family {
			if _, err := u.Needs.DropSupport(ctx, member, u.Actor.PersonID); err != nil {
				return Standing{}, err
			}
		}
		return settle(ctx, u, n, family, "unsupport")
	})
}

// Follow asks to be told about a need. Unfollow ends it.
func (s *Service) Follow(ctx context.Context, w Write, id ident.NeedID) (Standing, error) {
	return s.follow(ctx, w, id, "follow", func(ctx context.Context, u *app.Unit, n ident.NeedID) error {
		return u.Needs.Follow(ctx, n, u.Actor.PersonID, u.Now)
	})
}

// Unfollow ends being told, also for needs that were merged into this one.
func (s *Service) Unfollow(ctx context.Context, w Write, id ident.NeedID) (Standing, error) {
	return s.follow(ctx, w, id, "unfollow", func(ctx context.Context, u *app.Unit, n ident.NeedID) error {
		family, err := u.Needs.Family(ctx, n)
		if err != nil {
			return err
		}
		for _, member := range family {
			if err := u.Needs.Unfollow(ctx, member, u.Actor.PersonID); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) follow(ctx context.Context, w Write, id ident.NeedID, action string, act func(context.Context, *app.Unit, ident.NeedID) error) (Standing, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(access.NeedFollow, action+"Need", id), func(ctx context.Context, u *app.Unit) (Standing, error) {
		n, err := rootOf(ctx, u, id)
		if err != nil {
			return Standing{}, err
		}
		if err := act(ctx, u, n.ID); err != nil {
			return Standing{}, err
		}
		family, err := u.Needs.Family(ctx, n.ID)
		if err != nil {
			return Standing{}, err
		}
		return settle(ctx, u, n, family, action)
	})
}

// settle recounts, records and tells how the actor stands now.
func settle(ctx context.Context, u *app.Unit, n *need.Need, family []ident.NeedID, action string) (Standing, error) {
	counts, err := u.Needs.Recount(ctx, n.ID)
	if err != nil {
		return Standing{}, err
	}
	if err := noteSupport(ctx, u, n, action, counts); err != nil {
		return Standing{}, err
	}
	return standing(ctx, u, n.ID, family, counts)
}

// standing tells how the actor stands to a family of needs; the public stands nowhere.
func standing(ctx context.Context, u *app.Unit, id ident.NeedID, family []ident.NeedID, counts need.Counts) (Standing, error) {
	out := Standing{NeedID: id, Counts: counts}
	if u.Actor.Anonymous() {
		return out, nil
	}
	var err error
	if out.Supported, err = u.Needs.Asked(ctx, family, u.Actor.PersonID); err != nil {
		return out, err
	}
	out.Followed, err = u.Needs.Follows(ctx, family, u.Actor.PersonID)
	return out, err
}
