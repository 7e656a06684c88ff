package notices

import (
	"context"
	"slices"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/notice"
)

// maxTodos bounds the list; whoever has more works from the lists of the areas.
const maxTodos = 300

// Todos gathers what waits for the actor from every area: what is late or due first, then
// what has no date.
func (s *Service) Todos(ctx context.Context, actor access.Actor) ([]app.Todo, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) ([]app.Todo, error) {
		var all []app.Todo
		for _, source := range s.sources {
			list, err := source.Todos(ctx, u, actor)
			if err != nil {
				return nil, err
			}
			all = append(all, list...)
		}
		slices.SortStableFunc(all, byUrgency)
		return all[:min(len(all), maxTodos)], nil
	})
}

func byUrgency(a, b app.Todo) int {
	switch {
	case a.DueAt == nil && b.DueAt == nil:
		return strings.Compare(a.Code, b.Code)
	case a.DueAt == nil:
		return 1
	case b.DueAt == nil:
		return -1
	}
	if c := a.DueAt.Compare(*b.DueAt); c != 0 {
		return c
	}
	return strings.Compare(a.Code, b.Code)
}

// Acts is a page of what was done; Next is 0 at the end.
type Acts struct {
	Items []notice.Act
	Next  int64
}

// Done lists what the actor did, in any role, newest first.
func (s *Service) Done(ctx context.Context, actor access.Actor, before int64, limit int) (Acts, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) (Acts, error) {
		return acts(ctx, u, notice.ActFilter{Person: actor.PersonID, Before: before, Limit: limit})
	})
}

// AdminActs lists what administrators did: all of it for the audit administrator, their own
// for the others. Fault access.forbidden.
func (s *Service) AdminActs(ctx context.Context, actor access.Actor, before int64, limit int) (Acts, error) {
	return app.Look(ctx, s.app, actor, access.AdminActsRead, func(ctx context.Context, u *app.Unit) (Acts, error) {
		f := notice.ActFilter{Before: before, Limit: limit, Roles: []string{string(access.PlatformAdmin), string(access.SecurityAdmin), string(access.AuditAdmin)}}
		if access.Allow(actor, access.AdminActsRead, access.Object{}) != nil {
			f.Person = actor.PersonID
		}
		return acts(ctx, u, f)
	})
}

func acts(ctx context.Context, u *app.Unit, f notice.ActFilter) (Acts, error) {
	limit := f.Limit
	f.Limit++
	list, err := u.Notices.Acts(ctx, f)
	if err != nil {
		return Acts{}, err
	}
	out := Acts{Items: list}
	if len(list) > limit {
		out.Items, out.Next = list[:limit], list[limit-1].Seq
	}
	return out, nil
}
