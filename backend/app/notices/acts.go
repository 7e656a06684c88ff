package notices

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/notice"
)

// Acts is a page of what was done; Next is 0 at the end.
type Acts struct {
	Items []notice.Act
	Next  int64
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
