package matching

import (
	"context"
	"encoding/json"
	"slices"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
	"linli/backend/domain/taxonomy"
	"linli/backend/engine/rank"
)

// inputs is everything a stored ranking is computed from, in stable codes.
type inputs struct {
	Today      calendar.Date
	Weights    matching.Values
	Subject    matching.Subject
	Candidates []matching.Candidate
}

// compute ranks the candidates for the subject from nothing but the inputs.
func (in inputs) compute(code string) ([]matching.Line, error) {
	c := newCodes()
	n := c.need(&in.Subject, in.Today)
	var services []rank.Supplier
	owners := map[string]*matching.Candidate{}
	for i := range in.Candidates {
		services = append(services, c.suppliers(&in.Candidates[i])...)
		owners[string(in.Candidates[i].ID)] = &in.Candidates[i]
	}
	engine, err := buildRank(weights(matching.Weights{Code: code, Values: in.Weights}), c.taxonomy, services, nil)
	if err != nil {
		return nil, fault.Internal("ranking from inputs", err)
	}
	best, err := engine.Suppliers(&n, len(in.Candidates))
	if err != nil {
		return nil, fault.Internal("ranking from inputs", err)
	}
	var out []matching.Line
	for i, b := range best {
		service, _ := engine.Supplier(b.Via)
		out = append(out, c.line(engine.Explain(&n, &service), owners[b.ID], i+1))
	}
	return out, nil
}

// DrawInput asks for a ranking to be kept.
type DrawInput struct {
	Kind matching.SubjectKind
	ID   string
	Key  string `json:"-"`
}

// Drawn is what drawing up and choosing answer with.
type Drawn struct {
	ID      ident.MatchingID
	Version int64
}

// DrawUp keeps the present ranking of a need or project with its inputs, so that choices can
// refer to it and anybody can compute it again. Faults: access.forbidden, record.not_found.
func (s *Service) DrawUp(ctx context.Context, actor access.Actor, in DrawInput) (Drawn, error) {
	if err := s.Warm(ctx); err != nil {
		return Drawn{}, err
	}
	w := app.Write{Permission: access.MatchingChoose, Name: "matching.draw_up", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Drawn, error) {
		subject, err := visibleSubject(ctx, u, in.Kind, in.ID)
		if err != nil {
			return Drawn{}, err
		}
		if err := access.Allow(u.Actor, access.MatchingChoose, objectOf(subject)); err != nil {
			return Drawn{}, err
		}
		m, err := s.draw(ctx, u, subject)
		if err != nil {
			return Drawn{}, err
		}
		if err := u.Matchings.InsertMatching(ctx, m); err != nil {
			return Drawn{}, err
		}
		err = tell(ctx, u, m, nil, notable{action: "draw_up", past: "drawn_up"})
		return Drawn{m.ID, m.Version}, err
	})
}

func (s *Service) draw(ctx context.Context, u *app.Unit, subject *matching.Subject) (*matching.Matching, error) {
	m := &matching.Matching{
		ID: ident.MatchingID(u.NewID()), SubjectKind: subject.Kind, SubjectID: subject.ID, PlaceID: subject.PlaceID, PartyID: u.Actor.PartyID,
		Engine: EngineVersion, Taxonomy: taxonomy.Version, DrawnBy: u.Actor.PersonID, DrawnAt: u.Now,
	}
	var in inputs
	err := s.board.read(ctx, u, func(ix *index) error {
		var err error
		m.Considered, m.Weights = len(ix.services), ix.weights.Code
		in, err = ix.best(ctx, u, subject, Top)
		return err
	})
	if err != nil {
		return nil, err
	}
	if m.Inputs, err = matching.Canonical(in); err != nil {
		return nil, err
	}
	m.InputsHash = matching.HashText(m.Inputs)
	m.Lines, err = in.compute(m.Weights)
	return m, err
}

// notable is what is told about a change of a stored ranking.
type notable struct {
	action, past, reason string
	data                 map[string]string
}

func tell(ctx context.Context, u *app.Unit, m *matching.Matching, before any, n notable) error {
	e := audit.Entry{
		Action: "matching." + n.action, Kind: "matching", ID: string(m.ID), PlaceID: m.PlaceID,
		Before: before, After: m, Reason: n.reason, RuleVersion: m.Weights,
	}
	told := event.Event{Kind: "matching." + n.past, ObjectKind: "matching", ObjectID: string(m.ID), PlaceID: m.PlaceID, Data: n.data}
	if m.SubjectKind == matching.SubjectNeed {
		e.NeedID, told.NeedID = ident.NeedID(m.SubjectID), ident.NeedID(m.SubjectID)
	} else {
		e.ProjectID, told.ProjectID = ident.ProjectID(m.SubjectID), ident.ProjectID(m.SubjectID)
	}
	if err := u.Record(ctx, e); err != nil {
		return err
	}
	return u.Emit(ctx, told)
}

// ChooseInput is a person's choice about one ranked supplier.
type ChooseInput struct {
	ID             ident.MatchingID
	Version        int64
	OrganizationID ident.OrganizationID
	Kind           matching.ChoiceKind
	Reason         string
	Key            string `json:"-"`
}

var pastOf = map[matching.ChoiceKind]string{
	matching.ChoiceInvite: "invited", matching.ChoiceShortlist: "shortlisted", matching.ChoiceSetAside: "set_aside",
}

// Choose records what a person does with a recommendation, and why. It is never an award.
// Faults: access.forbidden, record.not_found, record.stale, matching.choice_unknown,
// matching.reason_required, matching.not_ranked, matching.too_many.
func (s *Service) Choose(ctx context.Context, actor access.Actor, in ChooseInput) (Drawn, error) {
	w := app.Write{Permission: access.MatchingChoose, Name: "matching.choose", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Drawn, error) {
		m, subject, err := visibleMatching(ctx, u, in.ID)
		if err != nil {
			return Drawn{}, err
		}
		if err := access.Allow(u.Actor, access.MatchingChoose, objectOf(subject)); err != nil {
			return Drawn{}, err
		}
		if m.Version != in.Version {
			return Drawn{}, fault.Stale("record.stale", "the ranking was changed by someone else").With("version", "")
		}
		before := *m
		before.Choices = slices.Clone(m.Choices)
		c := matching.Choice{OrganizationID: in.OrganizationID, Kind: in.Kind, Reason: in.Reason, By: u.Actor.PersonID, At: u.Now}
		if err := m.Choose(c); err != nil {
			return Drawn{}, err
		}
		if err := u.Matchings.SaveMatching(ctx, m); err != nil {
			return Drawn{}, err
		}
		err = tell(ctx, u, m, before, notable{action: "choose", past: pastOf[in.Kind], reason: in.Reason, data: map[string]string{
			"organizationId": string(in.OrganizationID), "choice": string(in.Kind), "code": subject.Code, "title": subject.Title,
		}})
		return Drawn{m.ID, m.Version}, err
	})
}

func visibleMatching(ctx context.Context, u *app.Unit, id ident.MatchingID) (*matching.Matching, *matching.Subject, error) {
	m, err := u.Matchings.Matching(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	subject, err := visibleSubject(ctx, u, m.SubjectKind, m.SubjectID)
	return m, subject, err
}

// Kept is a stored ranking with what became of it.
type Kept struct {
	matching.Matching
	Subject   matching.Subject
	People    map[ident.PersonID]string
	MayChoose bool
}

// Matching shows a stored ranking. Faults: access.forbidden, record.not_found.
func (s *Service) Matching(ctx context.Context, actor access.Actor, id ident.MatchingID) (Kept, error) {
	return app.Look(ctx, s.app, actor, access.MatchingRead, func(ctx context.Context, u *app.Unit) (Kept, error) {
		m, subject, err := visibleMatching(ctx, u, id)
		if err != nil {
			return Kept{}, err
		}
		return keptView(ctx, u, m, subject)
	})
}

func keptView(ctx context.Context, u *app.Unit, m *matching.Matching, subject *matching.Subject) (Kept, error) {
	k := Kept{Matching: *m, Subject: *subject, People: map[ident.PersonID]string{}}
	k.MayChoose = access.Allow(u.Actor, access.MatchingChoose, objectOf(subject)) == nil
	people := []ident.PersonID{m.DrawnBy}
	for _, c := range m.Choices {
		people = append(people, c.By)
	}
	for _, id := range people {
		if k.People[id] != "" {
			continue
		}
		p, err := u.People.Person(ctx, id)
		if err != nil {
			return k, err
		}
		k.People[id] = p.Name
	}
	return k, nil
}

// maxKept bounds the list of stored rankings of one subject.
const maxKept = 20

// Kept lists the stored rankings of a subject, newest first. Faults: access.forbidden,
// record.not_found.
func (s *Service) Kept(ctx context.Context, actor access.Actor, kind matching.SubjectKind, id string) ([]Kept, error) {
	return app.Look(ctx, s.app, actor, access.MatchingRead, func(ctx context.Context, u *app.Unit) ([]Kept, error) {
		subject, err := visibleSubject(ctx, u, kind, id)
		if err != nil {
			return nil, err
		}
		all, err := u.Matchings.MatchingsOf(ctx, kind, id, maxKept)
		if err != nil {
			return nil, err
		}
		out := make([]Kept, 0, len(all))
		for i := range all {
			k, err := keptView(ctx, u, &all[i], subject)
			if err != nil {
				return nil, err
			}
			out = append(out, k)
		}
		return out, nil
	})
}

// Proof is the outcome of computing a stored ranking again.
type Proof struct {
	HashHolds bool // the stored inputs are those that were hashed
	SameOrder bool // and give the stored lines to the last point
	Lines     []matching.Line
}

// Recompute computes a stored ranking again from its stored inputs. Faults: access.forbidden,
// record.not_found.
func (s *Service) Recompute(ctx context.Context, actor access.Actor, id ident.MatchingID) (Proof, error) {
	return app.Look(ctx, s.app, actor, access.MatchingRead, func(ctx context.Context, u *app.Unit) (Proof, error) {
		m, _, err := visibleMatching(ctx, u, id)
		if err != nil {
			return Proof{}, err
		}
		return recompute(m)
	})
}

func recompute(m *matching.Matching) (Proof, error) {
	var in inputs
	if err := json.Unmarshal([]byte(m.Inputs), &in); err != nil {
		return Proof{}, fault.Internal("stored inputs do not read", err)
	}
	lines, err := in.compute(m.Weights)
	if err != nil {
		return Proof{}, err
	}
	then, err := matching.Canonical(m.Lines)
	if err != nil {
		return Proof{}, err
	}
	now, err := matching.Canonical(lines)
	return Proof{HashHolds: matching.HashText(m.Inputs) == m.InputsHash, SameOrder: then == now, Lines: lines}, err
}
