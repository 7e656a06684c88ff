package matching

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
)

// maxWeights bounds the list of sets: weights change a few times a year.
const maxWeights = 50

// WeightsView is a set with its people and what the actor may do about it.
type WeightsView struct {
	matching.Weights
	ProposedByName string
	DecidedByName  string
	InForce        bool
	MayDecide      bool
}

// WeightsList is all sets, the one that ships last, and whether the actor may propose.
type WeightsList struct {
	Items      []WeightsView
	MayPropose bool
}

// Weights lists the sets, newest first, the built-in one last. Fault access.forbidden.
func (s *Service) Weights(ctx context.Context, actor access.Actor) (WeightsList, error) {
	return app.Look(ctx, s.app, actor, access.WeightsRead, func(ctx context.Context, u *app.Unit) (WeightsList, error) {
		out := WeightsList{MayPropose: access.Holds(actor.Role, access.WeightsPropose)}
		now, err := stateOf(ctx, u)
		if err != nil {
			return out, err
		}
		all, err := u.Matchings.AllWeights(ctx, maxWeights)
		if err != nil {
			return out, err
		}
		for _, w := range append(all, matching.BuiltIn()) {
			v := WeightsView{Weights: w, InForce: w.Code == now.weights.Code}
			if v.ProposedByName, err = personName(ctx, u, w.ProposedBy); err != nil {
				return out, err
			}
			if v.DecidedByName, err = personName(ctx, u, w.DecidedBy); err != nil {
				return out, err
			}
			if w.Status == matching.WeightsProposed && access.Holds(actor.Role, access.WeightsApprove) {
				v.MayDecide = w.ProposedBy != actor.PersonID
			}
			out.Items = append(out.Items, v)
		}
		return out, nil
	})
}

func personName(ctx context.Context, u *app.Unit, id ident.PersonID) (string, error) {
	if id == "" {
		return "", nil
	}
	p, err := u.People.Person(ctx, id)
	if err != nil {
		return "", err
	}
	return p.Name, nil
}

// ProposeWeightsInput is a new set with its reasons.
type ProposeWeightsInput struct {
	Values    matching.Values
	Rationale string
	Key       string `json:"-"`
}

// DecidedWeights is what proposing and deciding answer with.
type DecidedWeights struct {
	ID      ident.WeightsID
	Code    string
	Version int64
}

// ProposeWeights opens a set for another person's decision. Faults: access.forbidden,
// weights.invalid, weights.sum.
func (s *Service) ProposeWeights(ctx context.Context, actor access.Actor, in ProposeWeightsInput) (DecidedWeights, error) {
	w := app.Write{Permission: access.WeightsPropose, Name: "weights.propose", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (DecidedWeights, error) {
		set, err := matching.ProposeWeights(matching.Weights{
			ID: ident.WeightsID(u.NewID()), Values: in.Values, Rationale: in.Rationale, ProposedBy: u.Actor.PersonID, ProposedAt: u.Now,
		})
		if err != nil {
			return DecidedWeights{}, err
		}
		if set.Code, err = u.NextCode(ctx, "QZ"); err != nil {
			return DecidedWeights{}, err
		}
		if err := u.Matchings.InsertWeights(ctx, set); err != nil {
			return DecidedWeights{}, err
		}
		return DecidedWeights{set.ID, set.Code, set.Version}, tellWeights(ctx, u, nil, set, "propose", "proposed")
	})
}

// DecideWeightsInput approves or rejects a set.
type DecideWeightsInput struct {
	ID      ident.WeightsID
	Version int64
	Action  string // "approve" or "reject"
	Reason  string
	Key     string `json:"-"`
}

// DecideWeights approves or rejects a set; an approved one is in force at once, for all
// processes. Faults: access.forbidden, record.not_found, record.stale, weights.same_person,
// weights.reason_required, weights.transition_refused.
func (s *Service) DecideWeights(ctx context.Context, actor access.Actor, in DecideWeightsInput) (DecidedWeights, error) {
	w := app.Write{Permission: access.WeightsApprove, Name: "weights." + in.Action, Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (DecidedWeights, error) {
		set, err := u.Matchings.Weights(ctx, in.ID)
		if err != nil {
			return DecidedWeights{}, err
		}
		if set.Version != in.Version {
			return DecidedWeights{}, fault.Stale("record.stale", "the weights were decided by someone else").With("version", "")
		}
		before := *set
		if err := set.Decide(in.Action, in.Reason, u.Actor.PersonID, u.Now); err != nil {
			return DecidedWeights{}, err
		}
		if err := u.Matchings.SaveWeights(ctx, set); err != nil {
			return DecidedWeights{}, err
		}
		return DecidedWeights{set.ID, set.Code, set.Version}, tellWeights(ctx, u, before, set, in.Action, set.Status)
	})
}

func tellWeights(ctx context.Context, u *app.Unit, before any, w *matching.Weights, action, past string) error {
	err := u.Record(ctx, audit.Entry{Action: "weights." + action, Kind: "weights", ID: string(w.ID), Before: before, After: w, Reason: w.Reason})
	if err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "weights." + past, ObjectKind: "weights", ObjectID: string(w.ID), Data: map[string]string{"code": w.Code}})
}

// Todos lists the weights that wait for the actor's decision.
func (s *Service) Todos(ctx context.Context, u *app.Unit, actor access.Actor) ([]app.Todo, error) {
	if !access.Holds(actor.Role, access.WeightsApprove) {
		return nil, nil
	}
	all, err := u.Matchings.AllWeights(ctx, maxWeights)
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	for _, w := range all {
		if w.Status == matching.WeightsProposed && w.ProposedBy != actor.PersonID {
			out = append(out, app.Todo{Kind: "weights", ID: string(w.ID), Code: w.Code, Title: w.Rationale, Action: "approve", Link: "/work/weights"})
		}
	}
	return out, nil
}
