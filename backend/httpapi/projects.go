package httpapi

import (
	"context"
	"net/http"
	"strings"

	"linli/backend/app/projects"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/project"
	"linli/backend/domain/taxonomy"
)

var proposalFaults = []string{
	"project.invalid", "project.place_outside", "project.need_elsewhere", "project.need_not_adopted", "project.need_taken", "duty.incompatible",
}

// ProjectPath is embedded in the input of everything about one project; exported like
// WriteHeader, and for the same reason.
type ProjectPath struct {
	ID string `path:"id" maxLength:"36"`
}

type projectsIn struct {
	PageQuery
	PlaceID  string   `query:"placeId" maxLength:"36" doc:"This place and everything inside it."`
	PartyID  string   `query:"partyId" maxLength:"36" doc:"The buyer."`
	Category string   `query:"category" maxLength:"60" doc:"This category and everything under it."`
	Status   []string `query:"status" maxItems:"11" doc:"States, separated by commas."`
	NeedID   string   `query:"needId" maxLength:"36"`
	Q        string   `query:"q" maxLength:"100" doc:"Part of the title or the code."`
}

func (in *projectsIn) filter() (projects.Filter, error) {
	if err := clean(in.Q, in.Cursor, in.Category, strings.Join(in.Status, ",")); err != nil {
		return projects.Filter{}, err
	}
	q := project.Query{
		PartyID: ident.PartyID(in.PartyID), Status: in.Status, NeedID: ident.NeedID(in.NeedID), Text: strings.TrimSpace(in.Q),
		After: in.Cursor, Limit: in.Limit + 1,
	}
	if in.Category != "" {
		if err := taxonomy.Check(taxonomy.Code(in.Category)); err != nil {
			return projects.Filter{}, err
		}
		for _, c := range taxonomy.Expand(taxonomy.Code(in.Category)) {
			q.Categories = append(q.Categories, string(c))
		}
	}
	return projects.Filter{Query: q, PlaceID: ident.PlaceID(in.PlaceID)}, nil
}

type projectsOut struct {
	Body struct {
		Items      []ProjectSummary `json:"items"`
		NextCursor string           `json:"nextCursor"`
	}
}

type projectOut struct {
	ETag string `header:"ETag"`
	Body projectView
}

type proposedOut struct {
	ETag string `header:"ETag"`
	Body struct {
		ID      string `json:"id"`
		Code    string `json:"code"`
		Version int64  `json:"version"`
	}
}

func toProposedOut(p projects.Proposed, err error) (*proposedOut, error) {
	if err != nil {
		return nil, err
	}
	out := &proposedOut{ETag: etag(p.Version)}
	out.Body.ID, out.Body.Code, out.Body.Version = string(p.ID), p.Code, p.Version
	return out, nil
}

type proposeIn struct {
	WriteHeader
	Body proposalBody
}

type rewriteIn struct {
	ProjectPath
	WriteHeader
	VersionHeader
	Body proposalBody
}

type reasonIn struct {
	ProjectPath
	WriteHeader
	VersionHeader
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

type evaluateIn struct {
	ProjectPath
	WriteHeader
	VersionHeader
	Body struct {
		Score int    `json:"score" minimum:"0" maximum:"100"`
		Note  string `json:"note" maxLength:"8000"`
	}
}

// registerProjects adds the project list and what moves a project along.
func registerProjects(s *Server, svc *projects.Service) {
	registerProjectReads(s, svc)
	registerProposals(s, svc)
	registerProjectBudget(s, svc)
	registerProjectMoves(s, svc)
	registerBudgetLines(s, svc)
}

func registerProjectReads(s *Server, svc *projects.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/projects", ID: "listProjects", Permission: access.Public, Tag: "projects",
		Summary: "The project list, newest first", Faults: []string{"taxonomy.unknown", "record.not_found"},
	}, func(ctx context.Context, in *projectsIn) (*projectsOut, error) {
		f, err := in.filter()
		if err != nil {
			return nil, err
		}
		list, err := svc.List(ctx, actorOf(ctx), f)
		return toProjectsOut(list, in.Limit, err)
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/work/projects", ID: "listOwnProjects", Permission: access.WorkProjectsRead, Tag: "projects",
		Summary: "Projects of one's own body; for finance those of its area", Faults: []string{"taxonomy.unknown"},
	}, func(ctx context.Context, in *projectsIn) (*projectsOut, error) {
		f, err := in.filter()
		if err != nil {
			return nil, err
		}
		list, err := svc.Work(ctx, actorOf(ctx), f.Query)
		return toProjectsOut(list, in.Limit, err)
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/projects/{id}", ID: "readProject", Permission: access.Public, Tag: "projects",
		Summary: "One project by id or code: its needs, lots, budget, plan and next actions",
	}, func(ctx context.Context, in *ProjectPath) (*projectOut, error) {
		v, err := svc.Project(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		return &projectOut{ETag: etag(v.Version), Body: toProjectView(v)}, nil
	})
}

func toProjectsOut(list []projects.Summary, limit int, err error) (*projectsOut, error) {
	if err != nil {
		return nil, err
	}
	out := &projectsOut{}
	out.Body.Items = []ProjectSummary{}
	for i, p := range list {
		if i == limit {
			out.Body.NextCursor = list[i-1].Code
			break
		}
		out.Body.Items = append(out.Body.Items, toProjectSummary(p))
	}
	return out, nil
}

type bundleableIn struct {
	PlaceID   string `query:"placeId" maxLength:"36" required:"true" doc:"This place and everything inside it."`
	ProjectID string `query:"projectId" maxLength:"36" doc:"A proposal being rewritten, whose own needs may stay."`
}

type bundleableView struct {
	ID            string `json:"id"`
	Code          string `json:"code"`
	Title         string `json:"title"`
	Category      string `json:"category"`
	PlaceName     string `json:"placeName"`
	EstimateFen   int64  `json:"estimateFen" doc:"0 when nobody estimated."`
	Beneficiaries int    `json:"beneficiaries"`
	Households    int    `json:"households"`
}

type bundleableOut struct {
	Body struct {
		Items []bundleableView `json:"items"`
	}
}

func registerProposals(s *Server, svc *projects.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/project-needs", ID: "listBundleableNeeds", Permission: access.ProjectPropose, Tag: "projects",
		Summary: "Adopted needs inside a place that wait for a project", Faults: []string{"project.place_outside", "record.not_found"},
	}, func(ctx context.Context, in *bundleableIn) (*bundleableOut, error) {
		list, err := svc.Bundleable(ctx, actorOf(ctx), ident.PlaceID(in.PlaceID), ident.ProjectID(in.ProjectID))
		if err != nil {
			return nil, err
		}
		out := &bundleableOut{}
		out.Body.Items = []bundleableView{}
		for _, n := range list {
			out.Body.Items = append(out.Body.Items, bundleableView{
				ID: string(n.ID), Code: n.Code, Title: n.Title, Category: n.Category, PlaceName: n.PlaceName,
				EstimateFen: int64(n.EstimateFen), Beneficiaries: n.Beneficiaries, Households: n.Households,
			})
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/projects", ID: "proposeProject", Permission: access.ProjectPropose, Tag: "projects", Status: http.StatusCreated,
		Summary: "Bundle adopted needs into a priced proposal", Faults: proposalFaults,
	}, func(ctx context.Context, in *proposeIn) (*proposedOut, error) {
		p, err := in.Body.proposal()
		if err != nil {
			return nil, err
		}
		return toProposedOut(svc.Propose(ctx, actorOf(ctx), projects.ProposeInput{Proposal: p, Key: in.IdempotencyKey}))
	})
	register(s, Op{
		Method: http.MethodPut, Path: "/projects/{id}", ID: "rewriteProject", Permission: access.ProjectPropose, Tag: "projects",
		Summary: "Replace a proposal while it is one", Faults: append([]string{"project.not_proposed", "record.stale"}, proposalFaults...),
	}, func(ctx context.Context, in *rewriteIn) (*proposedOut, error) {
		change, err := in.change(in.VersionHeader, in.WriteHeader)
		if err != nil {
			return nil, err
		}
		p, err := in.Body.proposal()
		if err != nil {
			return nil, err
		}
		return toProposedOut(svc.Rewrite(ctx, actorOf(ctx), projects.RewriteInput{Change: change, Proposal: p}))
	})
}

func (in ProjectPath) change(v VersionHeader, w WriteHeader) (projects.Change, error) {
	version, err := v.Version()
	return projects.Change{ID: ident.ProjectID(in.ID), Version: version, Key: w.IdempotencyKey}, err
}

type budgetIn struct {
	ProjectPath
	WriteHeader
	VersionHeader
	Body struct {
		From []allocationBody `json:"from" maxItems:"50"`
	}
}

type planIn struct {
	ProjectPath
	WriteHeader
	VersionHeader
	Body PlanBody
}

func registerProjectBudget(s *Server, svc *projects.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/projects/{id}/budget", ID: "budgetProject", Permission: access.ProjectBudget, Tag: "projects",
		Summary: "Confirm from which budget lines a project is paid, to the fen",
		Faults: []string{"project.budget_required", "project.budget_mismatch", "project.invalid", "budget.exceeded", "budget.other_party",
			"budget.source_track", "project.transition_refused", "need.transition_refused", "record.stale"},
	}, func(ctx context.Context, in *budgetIn) (*proposedOut, error) {
		change, err := in.change(in.VersionHeader, in.WriteHeader)
		if err != nil {
			return nil, err
		}
		input := projects.BudgetInput{Change: change}
		for _, a := range in.Body.From {
			input.From = append(input.From, a.allocation())
		}
		return toProposedOut(svc.ConfirmBudget(ctx, actorOf(ctx), input))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/projects/{id}/plan", ID: "planProject", Permission: access.ProjectPlan, Tag: "projects",
		Summary: "File the implementation plan",
		Faults: []string{"project.term_invalid", "project.term_conditions", "project.term_too_long", "project.screening_incomplete",
			"project.negative_list", "project.disguised_employment", "project.method_unknown", "project.open_tender_required",
			"project.sme_reserve_required", "project.sme_exemption_required", "project.splitting", "project.invalid",
			"project.transition_refused", "duty.incompatible", "rule.unknown", "calendar.date_malformed", "record.stale"},
	}, func(ctx context.Context, in *planIn) (*proposedOut, error) {
		change, err := in.change(in.VersionHeader, in.WriteHeader)
		if err != nil {
			return nil, err
		}
		plan, err := in.Body.plan()
		if err != nil {
			return nil, err
		}
		return toProposedOut(svc.FilePlan(ctx, actorOf(ctx), projects.PlanInput{Change: change, Plan: plan}))
	})
	registerReason(s, "unbudget", "Return a budgeted project to a proposal", access.ProjectBudget, svc.TakeBackBudget)
	registerReason(s, "replan", "Take a filed plan back", access.ProjectPlan, svc.WithdrawPlan)
}

func registerReason(s *Server, verb, summary string, p access.Permission,
	do func(context.Context, access.Actor, projects.ReasonInput) (projects.Proposed, error)) {
	register(s, Op{
		Method: http.MethodPost, Path: "/projects/{id}/" + verb, ID: verb + "Project", Permission: p, Tag: "projects", Summary: summary,
		Faults: []string{"project.reason_required", "project.transition_refused", "record.stale"},
	}, func(ctx context.Context, in *reasonIn) (*proposedOut, error) {
		change, err := in.change(in.VersionHeader, in.WriteHeader)
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toProposedOut(do(ctx, actorOf(ctx), projects.ReasonInput{Change: change, Reason: in.Body.Reason}))
	})
}

func registerProjectMoves(s *Server, svc *projects.Service) {
	for _, m := range []struct {
		action, summary string
		permission      access.Permission
	}{
		{project.ActSuspend, "Suspend a project", access.ProjectSuspend},
		{project.ActResumePlanned, "Resume a project that was suspended while planned", access.ProjectSuspend},
		{project.ActResumeSourcing, "Resume a project that was suspended while sourcing", access.ProjectSuspend},
		{project.ActResumeContracted, "Resume a project that was suspended while contracted", access.ProjectSuspend},
		{project.ActResumeDelivering, "Resume a project that was suspended while delivering", access.ProjectSuspend},
		{project.ActTerminate, "End a project for good", access.ProjectTerminate},
		{project.ActArchive, "Archive an evaluated project", access.ProjectArchive},
	} {
		id := strings.ReplaceAll(m.action, "_", "-")
		register(s, Op{
			Method: http.MethodPost, Path: "/projects/{id}/" + id, ID: camel(m.action) + "Project", Permission: m.permission, Tag: "projects", Summary: m.summary,
			Faults: []string{"project.reason_required", "project.transition_refused", "project.resume_elsewhere", "record.stale"},
		}, func(ctx context.Context, in *reasonIn) (*proposedOut, error) {
			change, err := in.change(in.VersionHeader, in.WriteHeader)
			if err != nil {
				return nil, err
			}
			if err := clean(in.Body.Reason); err != nil {
				return nil, err
			}
			return toProposedOut(svc.Move(ctx, actorOf(ctx), projects.MoveInput{Change: change, Action: m.action, Reason: in.Body.Reason}))
		})
	}
	register(s, Op{
		Method: http.MethodPost, Path: "/projects/{id}/evaluate", ID: "evaluateProject", Permission: access.ProjectEvaluate, Tag: "projects",
		Summary: "Store the performance evaluation of an accepted project",
		Faults:  []string{"project.invalid", "project.transition_refused", "record.stale"},
	}, func(ctx context.Context, in *evaluateIn) (*proposedOut, error) {
		change, err := in.change(in.VersionHeader, in.WriteHeader)
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Note); err != nil {
			return nil, err
		}
		return toProposedOut(svc.Evaluate(ctx, actorOf(ctx), projects.EvaluateInput{Change: change, Score: in.Body.Score, Note: in.Body.Note}))
	})
}

// camel turns a verb with underscores into the beginning of an operation's name.
func camel(s string) string {
	parts := strings.Split(s, "_")
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
	}
	return strings.Join(parts, "")
}
