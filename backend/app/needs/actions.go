package needs

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/need"
)

// Action is one button: may the actor press it now, and if not, why.
type Action struct {
	Action    string
	Permitted bool
	Code      string // fault code when not permitted
	Params    map[string]string
	Reason    bool // a public reason is asked for
}

// actions joins the rows that leave the need's stage with permission and guards. The guards
// are asked by trying the act on a copy, so that a button and the act never disagree.
func (s *Service) actions(ctx context.Context, u *app.Unit, n *need.Need, asked bool) ([]Action, error) {
	path, err := placePath(ctx, u, n.PlaceID)
	if err != nil {
		return nil, err
	}
	var out []Action
	for _, row := range need.Machine.Actions(n.Stage) {
		if n.InProject && (row.Action == need.ActUnlink || row.Permission == access.NeedAdvance) || row.Action == need.ActLink {
			continue // projects and contracts do it
		}
		why := access.Allow(u.Actor, row.Permission, access.Object{PlacePath: path})
		if why == nil {
			if why, err = s.guard(ctx, u, n, row, asked); err != nil {
				return nil, err
			}
		}
		out = append(out, describe(row, why))
	}
	return out, nil
}

func describe(row lifecycle.Row, why error) Action {
	a := Action{Action: row.Action, Permitted: why == nil, Reason: row.Reason}
	if f, ok := fault.As(why); ok {
		a.Code, a.Params = f.Code, f.Params
	}
	return a
}

// trial stands for a reason while a guard is asked.
const trial = "-"

// guard tells why an act would be refused, apart from what is still to be filled in. The
// second error is a failure to find out.
func (s *Service) guard(ctx context.Context, u *app.Unit, n *need.Need, row lifecycle.Row, asked bool) (why, err error) {
	c := *n
	switch row.Action {
	case need.ActPutOnAgenda:
		a, err := s.agenda(ctx, u, n)
		if fault.KindOf(err) == fault.KindConflict {
			return err, nil
		}
		if err != nil {
			return nil, err
		}
		_, why = c.PutOnAgenda(a.Households, a.Threshold, u.Now)
	case need.ActPublicise:
		if !n.Deliberation.Passed() {
			why = fault.Conflict("need.not_passed", "the council did not pass it")
		}
	case need.ActAdopt:
		_, why = c.Adopt(u.Now)
	case need.ActReject:
		_, why = c.End(row.Action, trial, u.Now)
	case need.ActStartDelivery:
		_, why = c.Advance(row.Action, trial, u.Now)
	case need.ActConfirm:
		why = need.MayConfirm(asked)
	case need.ActReopen:
		why = need.MayConfirm(asked || u.Actor.Role == access.CommunityWorker)
	case need.ActResume:
		_, why = c.Resume(trial, u.Now)
	case need.ActClose:
		days, err := s.rules(u).Int("NEED_CONFIRM_DAYS")
		if err != nil {
			return nil, err
		}
		_, why = c.Close(need.OutcomeMet, trial, days, u.Now)
	}
	return why, nil
}
