package places

import (
	"context"
	"strconv"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/community"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// QueueFilter selects a page of the queue. An actor without reach over all places sees what
// lies inside his own.
type QueueFilter struct {
	State    string // "open", "settled", "" for both
	Attached bool   // only where something waits
	Offset   int
	Limit    int
}

// Question is one entry of the queue with the names a person needs to decide.
type Question struct {
	Rehoming   community.Rehoming
	Place      Named
	Candidates []Suggested
	Chosen     Named
	Attached   []Attached // filled for one question, not in lists
	Actions    []Action
}

// Named is a place with its ancestors' names, for people.
type Named struct {
	ID     ident.PlaceID `json:"id"`
	Code   string        `json:"code"`
	Name   string        `json:"name"`
	Within string        `json:"within"` // "锦江区 春熙路街道"
	Level  int           `json:"level"`
	Active bool          `json:"active"`
}

// Suggested is a candidate with its name.
type Suggested struct {
	Place Named
	Why   []string
}

// Action is a lifecycle row that leaves the present state, and why it cannot be fired.
type Action struct {
	Action    string `json:"action"`
	Permitted bool   `json:"permitted"`
	Code      string `json:"code"`
}

// Queue lists what waits for a choice, most attached first.
func (s *Service) Queue(ctx context.Context, actor access.Actor, f QueueFilter) ([]Question, error) {
	return app.Look(ctx, s.app, actor, access.PlaceRehome, func(ctx context.Context, u *app.Unit) ([]Question, error) {
		q := community.RehomingQuery{State: f.State, Attached: f.Attached, Offset: f.Offset, Limit: f.Limit}
		if access.Allow(actor, access.PlaceRehome, access.Object{}) != nil {
			if q.Path = actor.PlacePath; q.Path == "" {
				return nil, nil
			}
		}
		all, err := u.Places.Rehomings(ctx, q)
		if err != nil {
			return nil, err
		}
		return questions(ctx, u, actor, all)
	})
}

// Question shows one entry with everything that waits at its place. Faults record.not_found.
func (s *Service) Question(ctx context.Context, actor access.Actor, id string) (Question, error) {
	return app.Look(ctx, s.app, actor, access.PlaceRehome, func(ctx context.Context, u *app.Unit) (Question, error) {
		r, _, err := reach(ctx, u, actor, id)
		if err != nil {
			return Question{}, err
		}
		all, err := questions(ctx, u, actor, []community.Rehoming{*r})
		if err != nil {
			return Question{}, err
		}
		all[0].Attached, err = s.attached(ctx, u, r.PlaceID)
		return all[0], err
	})
}

// reach loads an entry that the actor may see; what lies outside his places is not found.
func reach(ctx context.Context, u *app.Unit, actor access.Actor, id string) (*community.Rehoming, *community.Place, error) {
	r, err := u.Places.Rehoming(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	p, err := u.Places.Place(ctx, r.PlaceID)
	if err != nil {
		return nil, nil, err
	}
	if access.Allow(actor, access.PlaceRehome, access.Object{PlacePath: p.Path}) != nil {
		return nil, nil, fault.NotFound("record.not_found", "outside the actor's places")
	}
	return r, p, nil
}

// Choice says where what waits at a place belongs. IDs narrows it to some of what waits;
// empty means all of it. For a split, choosing the place itself leaves all where it is.
type Choice struct {
	RehomingID string
	Version    int64
	TargetID   ident.PlaceID
	IDs        []string
	Reason     string
}

// Choose moves what waits and settles the question when nothing is left. Faults:
// record.not_found, record.stale, rehoming.transition_refused, rehoming.reason_required,
// places.target_ended, places.target_same, places.target_level.
func (s *Service) Choose(ctx context.Context, actor access.Actor, key string, c Choice) (community.Rehoming, error) {
	w := app.Write{Permission: access.PlaceRehome, Name: "chooseHome", Key: key, Input: c}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (community.Rehoming, error) {
		r, p, err := reach(ctx, u, u.Actor, c.RehomingID)
		if err != nil {
			return community.Rehoming{}, err
		}
		if r.Version != c.Version {
			return community.Rehoming{}, fault.Stale("record.stale", "the question was changed by someone else")
		}
		if err := checkTarget(ctx, u, *r, p, c.TargetID); err != nil {
			return community.Rehoming{}, err
		}
		return s.settle(ctx, u, r, c)
	})
}

func checkTarget(ctx context.Context, u *app.Unit, r community.Rehoming, from *community.Place, id ident.PlaceID) error {
	to, err := u.Places.Place(ctx, id)
	if fault.KindOf(err) == fault.KindNotFound {
		return fault.Invalid("places.target_ended", "no such place").At("targetId", "places.target_ended", string(id))
	}
	if err != nil {
		return err
	}
	switch {
	case to.ID == from.ID && r.Kind == "ended":
		return fault.Invalid("places.target_same", "the target is the place itself").At("targetId", "places.target_same", to.Name)
	case !to.Active:
		return fault.Invalid("places.target_ended", "the target is not in force").At("targetId", "places.target_ended", to.Name)
	case to.Level != from.Level:
		return fault.Invalid("places.target_level", "the target is of another level").At("targetId", "places.target_level", to.Name)
	}
	return nil
}

func (s *Service) settle(ctx context.Context, u *app.Unit, r *community.Rehoming, c Choice) (community.Rehoming, error) {
	before := *r
	want := func(a Attached) bool { return len(c.IDs) == 0 || contains(c.IDs, a.ID) }
	moved, left := 0, 0
	var err error
	if c.TargetID != r.PlaceID {
		if moved, left, err = s.move(ctx, u, r.PlaceID, want, c.TargetID, c.Reason); err != nil {
			return *r, err
		}
	}
	if r.Kind == "split" && len(c.IDs) == 0 {
		left = 0
	}
	at := u.Now
	if err := r.Decide(c.TargetID, left, u.Actor.PersonID, at, c.Reason); err != nil {
		return *r, err
	}
	if err := u.Places.SaveRehoming(ctx, r); err != nil {
		return *r, err
	}
	if r.State == community.RehomingSettled && r.Kind == "ended" {
		link := community.Link{FromID: r.PlaceID, ToID: c.TargetID, Kind: "merged", Reason: "decided", From: r.Since}
		if err := u.Places.InsertLinks(ctx, []community.Link{link}); err != nil {
			return *r, err
		}
	}
	entry := audit.Entry{Action: "rehoming.choose", Kind: "rehoming", ID: r.ID, PlaceID: r.PlaceID, Before: before, After: *r, Reason: c.Reason}
	if err := u.Record(ctx, entry); err != nil {
		return *r, err
	}
	return *r, u.Emit(ctx, event.Event{Kind: "rehoming.chosen", ObjectKind: "rehoming", ObjectID: r.ID, PlaceID: c.TargetID,
		Data: map[string]string{"from": string(r.PlaceID), "to": string(c.TargetID), "moved": strconv.Itoa(moved)}})
}

func contains(ids []string, id string) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

func questions(ctx context.Context, u *app.Unit, actor access.Actor, all []community.Rehoming) ([]Question, error) {
	var ids []ident.PlaceID
	for _, r := range all {
		ids = append(ids, r.PlaceID)
		if r.ChosenID != "" {
			ids = append(ids, r.ChosenID)
		}
		for _, c := range r.Candidates {
			ids = append(ids, c.PlaceID)
		}
	}
	names, err := nameAll(ctx, u, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Question, len(all))
	for i, r := range all {
		out[i] = Question{Rehoming: r, Place: names[r.PlaceID], Chosen: names[r.ChosenID], Actions: actionsOf(r)}
		for _, c := range r.Candidates {
			out[i].Candidates = append(out[i].Candidates, Suggested{names[c.PlaceID], c.Why})
		}
	}
	return out, nil
}

// actionsOf: whoever may see a question may answer it, so only the state can refuse.
func actionsOf(r community.Rehoming) []Action {
	out := []Action{}
	for _, verb := range community.RehomingMachine.Verbs() {
		_, err := community.RehomingMachine.Fire(r.State, verb, "reason")
		out = append(out, Action{Action: verb, Permitted: err == nil, Code: fault.CodeOf(err)})
	}
	return out
}

// Todos lists the questions that an actor must answer: those where something waits.
func (s *Service) Todos(ctx context.Context, u *app.Unit, actor access.Actor) ([]app.Todo, error) {
	if !access.Holds(actor.Role, access.PlaceRehome) || (actor.PlacePath == "" && actor.Role != access.PlatformAdmin) {
		return nil, nil
	}
	const most = 20 // the queue's own page shows the rest
	q := community.RehomingQuery{State: community.RehomingOpen, Attached: true, Limit: most}
	if actor.Role != access.PlatformAdmin {
		q.Path = actor.PlacePath
	}
	all, err := u.Places.Rehomings(ctx, q)
	if err != nil {
		return nil, err
	}
	asked, err := questions(ctx, u, actor, all)
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	for _, a := range asked {
		due := a.Rehoming.Since.Add(rehomeWithin)
		out = append(out, app.Todo{Kind: "rehoming", ID: a.Rehoming.ID, Code: a.Place.Code, Title: a.Place.Within + " " + a.Place.Name,
			Action: "settle", DueAt: dueAfter(due, u.Now), Link: "/work/places/queue/" + a.Rehoming.ID})
	}
	return out, nil
}

// rehomeWithin is how long a neighbourhood may wait for an answer about its needs. Local
// practice, not law; the list itself sets no date.
const rehomeWithin = 30 * 24 * time.Hour

// dueAfter leaves out a date that had passed before the list was even applied.
func dueAfter(due, now time.Time) *time.Time {
	if due.Before(now) {
		return nil
	}
	return &due
}
