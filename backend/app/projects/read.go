package projects

import (
	"context"
	"slices"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
	"linli/backend/domain/project"
)

// Action is one row of the lifecycle for this actor: permitted, or why not.
type Action struct {
	Action    string
	Permitted bool
	Code      string // fault code of the refusal
	Reason    bool   // a reason is demanded
}

// NeedLine is a need of a project in one line.
type NeedLine struct {
	ID        ident.NeedID
	Code      string
	Title     string
	Stage     string
	PlaceName string
}

// AllocationView is an allocation with its line in words.
type AllocationView struct {
	project.Allocation
	Line project.Line
}

// View is a project with everything its page shows.
type View struct {
	project.Project
	PartyName  string
	PlaceName  string
	Needs      []NeedLine
	From       []AllocationView
	LotsFen    money.Fen
	BudgetFen  money.Fen
	Actions    []Action
	MayRewrite bool
}

// Project shows one project to anybody, by id or code. Fault record.not_found.
func (s *Service) Project(ctx context.Context, actor access.Actor, key string) (View, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (View, error) {
		p, err := u.Projects.Project(ctx, ident.ProjectID(key))
		if fault.KindOf(err) == fault.KindNotFound {
			p, err = u.Projects.ProjectByCode(ctx, key)
		}
		if err != nil {
			return View{}, err
		}
		return s.view(ctx, u, p)
	})
}

func (s *Service) view(ctx context.Context, u *app.Unit, p *project.Project) (View, error) {
	v := View{Project: *p}
	owner, err := u.People.Party(ctx, p.PartyID)
	if err != nil {
		return v, err
	}
	place, err := u.Places.Place(ctx, p.PlaceID)
	if err != nil {
		return v, err
	}
	v.PartyName, v.PlaceName = owner.Name, place.Name
	if v.Needs, err = needLines(ctx, u, p.NeedIDs); err != nil {
		return v, err
	}
	for _, a := range p.Budget {
		line, err := u.Projects.Line(ctx, a.LineID)
		if err != nil {
			return v, err
		}
		v.From = append(v.From, AllocationView{Allocation: a, Line: *line})
	}
	if v.LotsFen, err = p.AmountFen(); err != nil {
		return v, err
	}
	if v.BudgetFen, err = p.BudgetFen(); err != nil {
		return v, err
	}
	l := loaded{Project: p, place: place}
	v.MayRewrite = p.Status == project.Proposed && access.Allow(u.Actor, access.ProjectPropose, l.object()) == nil
	v.Actions, err = actionsOf(ctx, u, l)
	return v, err
}

func needLines(ctx context.Context, u *app.Unit, ids []ident.NeedID) ([]NeedLine, error) {
	var out []NeedLine
	for _, id := range ids {
		n, err := u.Needs.Need(ctx, id)
		if err != nil {
			return nil, err
		}
		at, err := u.Places.Place(ctx, n.PlaceID)
		if err != nil {
			return nil, err
		}
		out = append(out, NeedLine{ID: n.ID, Code: n.Code, Title: n.Title, Stage: n.Stage, PlaceName: at.Name})
	}
	return out, nil
}

// actionsOf joins the rows of the present state with the actor's permission and duties. Rows
// that other areas fire have no button here.
func actionsOf(ctx context.Context, u *app.Unit, l loaded) ([]Action, error) {
	var out []Action
	for _, row := range project.Machine.Actions(l.Status) {
		if row.Permission == access.ProjectAdvance || (l.Status == project.Suspended && row.Action != project.ActTerminate && row.To != l.SuspendedFrom) {
			continue
		}
		a := Action{Action: row.Action, Permitted: true, Reason: row.Reason}
		if err := mayFire(ctx, u, l, row); err != nil {
			if fault.KindOf(err) == fault.KindInternal {
				return nil, err
			}
			a.Permitted, a.Code = false, fault.CodeOf(err)
		}
		out = append(out, a)
	}
	return out, nil
}

func mayFire(ctx context.Context, u *app.Unit, l loaded, row lifecycle.Row) error {
	if err := access.Allow(u.Actor, row.Permission, l.object()); err != nil {
		return err
	}
	if row.Duty == "" {
		return nil
	}
	return u.MayTakeDuty(ctx, l.ID, row.Duty)
}

// Summary is a project in one line of a list.
type Summary struct {
	project.Project
	PartyName string
	PlaceName string
	LotsFen   money.Fen
	BudgetFen money.Fen
}

// List lists projects, newest first, to anybody. Faults: record.not_found for an unknown place.
func (s *Service) List(ctx context.Context, actor access.Actor, q Filter) ([]Summary, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) ([]Summary, error) {
		if q.PlaceID != "" {
			at, err := u.Places.Place(ctx, q.PlaceID)
			if err != nil {
				return nil, err
			}
			q.PlacePath = at.Path
		}
		return summaries(ctx, u, q.Query)
	})
}

// Filter is what a list is asked for; a place stands for everything inside it.
type Filter struct {
	project.Query
	PlaceID ident.PlaceID
}

// Work lists the projects of the actor's own party, or, for finance, of its area.
func (s *Service) Work(ctx context.Context, actor access.Actor, q project.Query) ([]Summary, error) {
	return app.Look(ctx, s.app, actor, access.WorkProjectsRead, func(ctx context.Context, u *app.Unit) ([]Summary, error) {
		switch actor.Role {
		case access.Auditor, access.Agency:
		case access.FinanceOfficer, access.FinanceApprover:
			q.PlacePath = actor.PlacePath
		default:
			q.PartyID = actor.PartyID
		}
		return summaries(ctx, u, q)
	})
}

func summaries(ctx context.Context, u *app.Unit, q project.Query) ([]Summary, error) {
	all, err := u.Projects.Projects(ctx, q)
	if err != nil {
		return nil, err
	}
	parties, places := map[ident.PartyID]string{}, map[ident.PlaceID]string{}
	out := make([]Summary, 0, len(all))
	for _, p := range all {
		sum := Summary{Project: p}
		if sum.PartyName, err = once(parties, p.PartyID, func() (string, error) {
			owner, err := u.People.Party(ctx, p.PartyID)
			if err != nil {
				return "", err
			}
			return owner.Name, nil
		}); err != nil {
			return nil, err
		}
		if sum.PlaceName, err = once(places, p.PlaceID, func() (string, error) {
			at, err := u.Places.Place(ctx, p.PlaceID)
			if err != nil {
				return "", err
			}
			return at.Name, nil
		}); err != nil {
			return nil, err
		}
		if sum.LotsFen, err = p.AmountFen(); err != nil {
			return nil, err
		}
		if sum.BudgetFen, err = p.BudgetFen(); err != nil {
			return nil, err
		}
		out = append(out, sum)
	}
	return out, nil
}

// once looks a name up at most one time per list.
func once[K comparable](known map[K]string, k K, find func() (string, error)) (string, error) {
	if name, ok := known[k]; ok {
		return name, nil
	}
	name, err := find()
	if err == nil {
		known[k] = name
	}
	return name, err
}

// maxBundleable bounds the needs a proposal chooses from.
const maxBundleable = 200

// Bundleable lists the adopted needs inside a place of the actor's that wait for a project; one
// project, which is being rewritten, keeps its own. Faults: access.forbidden,
// project.place_outside, record.not_found.
func (s *Service) Bundleable(ctx context.Context, actor access.Actor, at ident.PlaceID, own ident.ProjectID) ([]project.Bundleable, error) {
	return app.Look(ctx, s.app, actor, access.ProjectPropose, func(ctx context.Context, u *app.Unit) ([]project.Bundleable, error) {
		place, err := u.Places.Place(ctx, at)
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(place.Path, actor.PlacePath) {
			return nil, fault.Invalid("project.place_outside", place.Name+" lies outside the buyer's area").With("place", place.Name)
		}
		return u.Projects.Bundleable(ctx, place.Path, own, maxBundleable)
	})
}

// dueStates are the states in which each role has something to do about a project.
var dueStates = map[access.Role]map[string]string{
	access.FinanceOfficer:  {project.Proposed: project.ActBudget},
	access.FinanceApprover: {project.Proposed: project.ActBudget},
	access.BuyerApprover:   {project.Budgeted: project.ActPlan, project.Accepted: project.ActEvaluate},
	access.BuyerMaker:      {project.Planned: project.ActSource, project.Evaluated: project.ActArchive},
	access.CommunityWorker: {project.Budgeted: project.ActPlan, project.Accepted: project.ActEvaluate, project.Evaluated: project.ActArchive},
	access.FundManager:     {project.Planned: project.ActSource, project.Evaluated: project.ActArchive},
	access.FundApprover:    {project.Budgeted: project.ActPlan, project.Accepted: project.ActEvaluate},
}

// maxTodos bounds the lines this area adds to a person's list.
const maxTodos = 50

// Todos lists the projects that wait for the actor.
func (s *Service) Todos(ctx context.Context, u *app.Unit, actor access.Actor) ([]app.Todo, error) {
	due := dueStates[actor.Role]
	if len(due) == 0 {
		return nil, nil
	}
	q := project.Query{PartyID: actor.PartyID, Limit: maxTodos}
	if actor.Role == access.FinanceOfficer || actor.Role == access.FinanceApprover {
		q.PartyID, q.PlacePath = "", actor.PlacePath
	}
	for state := range due {
		q.Status = append(q.Status, state)
	}
	slices.Sort(q.Status)
	all, err := u.Projects.Projects(ctx, q)
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	for _, p := range all {
		out = append(out, app.Todo{
			Kind: "project", ID: string(p.ID), Code: p.Code, Title: p.Title, Action: due[p.Status], Link: "/work/projects/" + string(p.ID),
		})
	}
	return out, nil
}
