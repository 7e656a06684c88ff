package needs

import (
	"context"
	"strconv"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/need"
)

// Step names the need that moves, the version seen, and the public reason.
type Step struct {
	ID      ident.NeedID
	Version int64
	Reason  string
}

// change is one act on one need.
type change struct {
	ID         ident.NeedID
	Version    int64
	Permission access.Permission
	Name       string
	Reason     string
	Input      any
}

// change runs an act: load, permission at the place, version, decide, save, tell. Faults
// besides those of decide: record.not_found, access.forbidden, record.stale.
func (s *Service) change(ctx context.Context, w Write, c change, decide decision) (need.Need, error) {
	return s.changeThen(ctx, w, c, decide, func(context.Context, *app.Unit, *need.Need) error { return nil })
}

// decision is the part of an act that differs.
type decision func(ctx context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error)

// changeThen is change with something that follows the save in the same transaction.
func (s *Service) changeThen(ctx context.Context, w Write, c change, decide decision, then func(context.Context, *app.Unit, *need.Need) error) (need.Need, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(c.Permission, c.Name, c.Input), func(ctx context.Context, u *app.Unit) (need.Need, error) {
		n, err := u.Needs.Need(ctx, c.ID)
		if err != nil {
			return need.Need{}, err
		}
		if err := mayAt(ctx, u, n.PlaceID, c.Permission); err != nil {
			return need.Need{}, err
		}
		if err := seen(n.Version, c.Version); err != nil {
			return need.Need{}, err
		}
		before := *n
		row, err := decide(ctx, u, n)
		if err != nil {
			return need.Need{}, err
		}
		if err := u.Needs.SaveNeed(ctx, n); err != nil {
			return need.Need{}, err
		}
		if err := then(ctx, u, n); err != nil {
			return need.Need{}, err
		}
		return *n, noteNeed(ctx, u, before, n, row, c.Reason, "")
	})
}

// PutOnAgenda brings the need to the council when enough households stand behind it.
// Faults: need.support_short, need.households_unknown, need.transition_refused.
func (s *Service) PutOnAgenda(ctx context.Context, w Write, st Step) (need.Need, error) {
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedAgenda, "putNeedOnAgenda", "", st}, func(ctx context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		a, err := s.agenda(ctx, u, n)
		if err != nil {
			return lifecycle.Row{}, err
		}
		return n.PutOnAgenda(a.Households, a.Threshold, u.Now)
	})
}

// Agenda is how far a need is from the council's agenda.
type Agenda struct {
	Households  int // behind the need
	Threshold   int // needed
	OfCommunity int // households of the community
	AsOf        string
}

// agenda compares the support with the threshold of the rulebook. Fault
// need.households_unknown when the community has no count.
func (s *Service) agenda(ctx context.Context, u *app.Unit, n *need.Need) (Agenda, error) {
	facts, err := u.Places.Facts(ctx, n.PlaceID)
	if err != nil {
		return Agenda{}, err
	}
	share, err := s.rules(u).Rat("AGENDA_HOUSEHOLD_SHARE")
	if err != nil {
		return Agenda{}, err
	}
	counts, err := u.Needs.Counts(ctx, []ident.NeedID{n.ID})
	if err != nil {
		return Agenda{}, err
	}
	for _, f := range facts {
		if f.Kind == community.Households && f.Value > 0 {
			total := int(f.Value)
			return Agenda{counts[n.ID].Households, need.AgendaThreshold(total, share), total, f.AsOf}, nil
		}
	}
	return Agenda{}, fault.Conflict("need.households_unknown", "no count of households")
}

// TakeOffAgenda sends the need back to gathering support.
func (s *Service) TakeOffAgenda(ctx context.Context, w Write, st Step) (need.Need, error) {
	return s.simple(ctx, w, st, need.ActTakeOffAgenda, access.NeedAgenda)
}

// simple runs an act that needs nothing but a reason.
func (s *Service) simple(ctx context.Context, w Write, st Step, action string, p access.Permission) (need.Need, error) {
	return s.change(ctx, w, change{st.ID, st.Version, p, action + "Need", st.Reason, st}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		return n.StepBack(action, st.Reason, u.Now)
	})
}

// Classify says who answers. Fault need.route_unknown.
func (s *Service) Classify(ctx context.Context, w Write, st Step, route need.Route) (need.Need, error) {
	input := map[string]any{"step": st, "route": route}
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedClassify, "classifyNeed", st.Reason, input}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		return n.Classify(route, st.Reason, u.Now)
	})
}

// Screen passes the negative list. Faults: need.screening_incomplete, need.on_negative_list.
func (s *Service) Screen(ctx context.Context, w Write, st Step, answers need.Screening) (need.Need, error) {
	input := map[string]any{"step": st, "answers": answers}
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedScreen, "screenNeed", "", input}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		return n.Screen(answers, u.Now)
	})
}

// Deliberate records a vote of the council under the rules of the day it was held. Faults:
// need.vote_invalid, need.quorum_missing.
func (s *Service) Deliberate(ctx context.Context, w Write, st Step, d need.Deliberation) (need.Need, error) {
	input := map[string]any{"step": st, "vote": d}
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedDeliberate, "deliberateNeed", "", input}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		if d.HeldOn.After(calendar.DateOf(u.Now)) {
			return lifecycle.Row{}, fault.Invalid("need.vote_invalid", "the meeting has not been held").At("heldOn", "future", "not after today")
		}
		rules := s.app.Rules.At(s.app.Settings.Jurisdiction, d.HeldOn)
		quorum, err := rules.Rat("COUNCIL_QUORUM_SHARE")
		if err != nil {
			return lifecycle.Row{}, err
		}
		over, err := rules.Rat("COUNCIL_PASS_OVER")
		if err != nil {
			return lifecycle.Row{}, err
		}
		held, err := need.Council{Quorum: quorum, PassOver: over, Version: rules.Version}.Hold(d)
		if err != nil {
			return lifecycle.Row{}, err
		}
		return n.Deliberate(held, u.Now)
	})
}

// Redeliberate takes a vote back to the council.
func (s *Service) Redeliberate(ctx context.Context, w Write, st Step) (need.Need, error) {
	return s.simple(ctx, w, st, need.ActRedeliberate, access.NeedDeliberate)
}

// Publicise shows the decision for objections for some days. Faults: need.not_passed,
// need.publicity_short.
func (s *Service) Publicise(ctx context.Context, w Write, st Step, days int) (need.Need, error) {
	input := map[string]any{"step": st, "days": days}
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedPublicise, "publiciseNeed", "", input}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		least, err := s.rules(u).Int("NEED_PUBLICITY_DAYS")
		if err != nil {
			return lifecycle.Row{}, err
		}
		if days < least || days > maxPublicity {
			return lifecycle.Row{}, fault.Invalid("need.publicity_short", "publicity of too few or too many days").
				At("days", "range", "at least the days of the rulebook").With("days", strconv.Itoa(least))
		}
		until, err := s.app.Calendar.AddDays(calendar.DateOf(u.Now), days)
		if err != nil {
			return lifecycle.Row{}, err
		}
		return n.Publicise(until, u.Now)
	})
}

// maxPublicity is half a year: longer waits are a way of not deciding.
const maxPublicity = 180

// Object takes a publicised decision back to the council because an objection held.
func (s *Service) Object(ctx context.Context, w Write, st Step) (need.Need, error) {
	return s.simple(ctx, w, st, need.ActObject, access.NeedPublicise)
}

// Adopt follows when the publicity is over. Fault need.publicity_running.
func (s *Service) Adopt(ctx context.Context, w Write, st Step) (need.Need, error) {
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedPublicise, "adoptNeed", "", st}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		return n.Adopt(u.Now)
	})
}

// End closes the need with another answer than met: pass_on, withdraw, find_no_resource,
// find_infeasible, reject. Fault need.passed_by_council.
func (s *Service) End(ctx context.Context, w Write, st Step, action string) (need.Need, error) {
	permission := access.NeedDecide
	if action == need.ActWithdrawNeed {
		permission = access.NeedGather
	}
	return s.change(ctx, w, change{st.ID, st.Version, permission, action + "Need", st.Reason, st}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		return n.End(action, st.Reason, u.Now)
	})
}

// DeliverSelf moves a need that the neighbours or the market answer without a project:
// start_delivery, deliver, suspend_delivery. Fault need.in_project when a project carries it.
func (s *Service) DeliverSelf(ctx context.Context, w Write, st Step, action string) (need.Need, error) {
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedAdvance, action + "Need", st.Reason, st}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		if n.InProject {
			return lifecycle.Row{}, fault.Conflict("need.in_project", "a project carries the need")
		}
		return n.Advance(action, st.Reason, u.Now)
	})
}

// Confirm is said by somebody who raised or supported the need. Fault need.not_asker.
func (s *Service) Confirm(ctx context.Context, w Write, st Step) (need.Need, error) {
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedConfirm, "confirmNeed", "", st}, func(ctx context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		if err := asker(ctx, u, n); err != nil {
			return lifecycle.Row{}, err
		}
		return n.Confirm(u.Now)
	})
}

func asker(ctx context.Context, u *app.Unit, n *need.Need) error {
	family, err := u.Needs.Family(ctx, n.ID)
	if err != nil {
		return err
	}
	asked, err := u.Needs.Asked(ctx, family, u.Actor.PersonID)
	if err != nil {
		return err
	}
	return need.MayConfirm(asked)
}

// Reopen takes an answer back: one click with a reason, by who asked or by the community
// worker. What residents write is masked. Fault need.not_asker.
func (s *Service) Reopen(ctx context.Context, w Write, st Step) (need.Need, error) {
	var into ident.NeedID
	c := change{st.ID, st.Version, access.NeedReopen, "reopenNeed", need.MaskNumbers(st.Reason), st}
	return s.changeThen(ctx, w, c, func(ctx context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		if u.Actor.Role != access.CommunityWorker {
			if err := asker(ctx, u, n); err != nil {
				return lifecycle.Row{}, err
			}
		}
		into = n.MergedInto
		return n.Reopen(c.Reason, u.Now)
	}, func(ctx context.Context, u *app.Unit, n *need.Need) error {
		if into != "" {
			if err := recount(ctx, u, into); err != nil {
				return err
			}
		}
		return recount(ctx, u, n.ID)
	})
}

// Resume sends a reopened need back to delivery. Fault need.nothing_to_resume.
func (s *Service) Resume(ctx context.Context, w Write, st Step) (need.Need, error) {
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedClose, "resumeNeed", st.Reason, st}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		return n.Resume(st.Reason, u.Now)
	})
}

// Restart sends a reopened need back to the beginning.
func (s *Service) Restart(ctx context.Context, w Write, st Step) (need.Need, error) {
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedClose, "restartNeed", st.Reason, st}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		return n.Restart(st.Reason, u.Now)
	})
}

// Close ends a delivered need as met or partly met. Faults: need.outcome_unknown,
// need.confirmation_pending.
func (s *Service) Close(ctx context.Context, w Write, st Step, outcome string) (need.Need, error) {
	input := map[string]any{"step": st, "outcome": outcome}
	return s.change(ctx, w, change{st.ID, st.Version, access.NeedClose, "closeNeed", st.Reason, input}, func(_ context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		days, err := s.rules(u).Int("NEED_CONFIRM_DAYS")
		if err != nil {
			return lifecycle.Row{}, err
		}
		return n.Close(outcome, st.Reason, days, u.Now)
	})
}

// Merge closes a need as a duplicate of another. Voices and supporters keep their lineage;
// every household counts once for the need that is left. Faults: need.merge_self,
// need.merge_closed, need.merge_elsewhere, need.reason_required.
func (s *Service) Merge(ctx context.Context, w Write, st Step, into ident.NeedID) (need.Need, error) {
	input := map[string]any{"step": st, "into": into}
	return app.Do(ctx, s.app, w.Actor, w.to(access.NeedGather, "mergeNeed", input), func(ctx context.Context, u *app.Unit) (need.Need, error) {
		n, err := u.Needs.Need(ctx, st.ID)
		if err != nil {
			return need.Need{}, err
		}
		other, err := u.Needs.Need(ctx, into)
		if err != nil {
			return need.Need{}, err
		}
		if err := mayAt(ctx, u, n.PlaceID, access.NeedGather); err != nil {
			return need.Need{}, err
		}
		if err := seen(n.Version, st.Version); err != nil {
			return need.Need{}, err
		}
		before := *n
		row, err := n.Merge(other, st.Reason, u.Now)
		if err != nil {
			return need.Need{}, err
		}
		if err := u.Needs.SaveNeed(ctx, n); err != nil {
			return need.Need{}, err
		}
		if err := recount(ctx, u, n.ID); err != nil {
			return need.Need{}, err
		}
		if err := noteNeed(ctx, u, before, n, row, st.Reason, other.Code); err != nil {
			return need.Need{}, err
		}
		return *n, absorbed(ctx, u, other, n)
	})
}

// absorbed writes the other side of a merge into the history of the need that is left.
func absorbed(ctx context.Context, u *app.Unit, into, from *need.Need) error {
	return u.Needs.AddStep(ctx, need.Step{
		ID: u.NewID(), NeedID: into.ID, At: u.Now, Action: "absorb", Stage: into.Stage, Outcome: into.Outcome,
		PartyID: u.Actor.PartyID, Role: string(u.Actor.Role), About: from.Code,
	})
}
