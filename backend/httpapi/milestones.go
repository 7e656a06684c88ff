package httpapi

import (
	"context"
	"net/http"

	"linli/backend/app/contracts"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
)

const milestoneTag = "milestones"

type stepIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500" doc:"Public; required where the lifecycle says so."`
	}
}

type evidenceIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		FileID string `json:"fileId,omitempty" maxLength:"36" doc:"An upload of the caller's own body."`
		Title  string `json:"title" minLength:"1" maxLength:"200"`
		Note   string `json:"note,omitempty" maxLength:"1000"`
		Count  int    `json:"count,omitempty" minimum:"0" maximum:"100000000" doc:"How many records it holds."`
	}
}

type submitIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		DeliveredOn string `json:"deliveredOn" maxLength:"10" format:"date"`
	}
}

type decideIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Verdict      string                  `json:"verdict" enum:"accept,accept_partly,reject"`
		Findings     []acceptanceFindingBody `json:"findings" maxItems:"40" doc:"One for each item, in their order."`
		UsersOpinion string                  `json:"usersOpinion,omitempty" maxLength:"1300" doc:"What the people served say, and how they were asked."`
		Reason       string                  `json:"reason,omitempty" maxLength:"500"`
	}
}

type acceptanceFindingBody struct {
	Observed string `json:"observed,omitempty" maxLength:"20" doc:"The figure; indicators only."`
	Met      bool   `json:"met,omitempty" doc:"Deliverables only; of indicators it is computed."`
	Note     string `json:"note,omitempty" maxLength:"500"`
}

type opinionIn struct {
	WriteHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Rating int    `json:"rating" minimum:"1" maximum:"5"`
		Text   string `json:"text,omitempty" maxLength:"1000"`
		For    string `json:"for,omitempty" maxLength:"36" doc:"Assisted: the resident for whom a community worker writes."`
	}
}

type stepFn = func(context.Context, access.Actor, contracts.StepInput) (contracts.Done, error)

func registerMilestones(s *Server, a contractsAPI) {
	for _, x := range []struct {
		action     string
		permission access.Permission
		fn         stepFn
	}{
		{"start", access.MilestoneDeliver, a.svc.Start}, {"rework", access.MilestoneDeliver, a.svc.Rework}, {"deem", access.MilestoneDeliver, a.svc.Deem},
		{"drop", access.ContractInterrupt, a.svc.Drop}, {"inspect", access.MilestoneInspect, a.svc.Inspect},
		{"return", access.MilestoneInspect, a.svc.Return}, {"publish", access.MilestoneInspect, a.svc.PublishAcceptance},
	} {
		register(s, Op{
			Method: http.MethodPost, Path: "/milestones/{id}/" + x.action, ID: x.action + "Milestone", Permission: x.permission, Tag: milestoneTag,
			Summary: "Milestone: " + x.action,
			Faults: []string{
				"milestone.transition_refused", "milestone.reason_required", "milestone.inspection_open", "contract.not_active", "duty.incompatible",
				"acceptance.published", "record.stale",
			},
		}, a.step(x.fn))
	}
	register(s, Op{
		Method: http.MethodPost, Path: "/milestones/{id}/evidence", ID: "attachEvidence", Permission: access.MilestoneDeliver, Tag: milestoneTag,
		Summary: "Add evidence to a milestone in progress",
		Faults:  []string{"milestone.evidence_full", "milestone.evidence_invalid", "milestone.transition_refused", "contract.not_active", "record.stale"},
	}, a.attach)
	register(s, Op{
		Method: http.MethodPost, Path: "/milestones/{id}/submit", ID: "submitMilestone", Permission: access.MilestoneDeliver, Tag: milestoneTag,
		Summary: "Report a delivery; the inspection period starts",
		Faults:  []string{"milestone.no_evidence", "milestone.delivery_date", "milestone.transition_refused", "contract.not_active", "calendar.year_missing", "record.stale"},
	}, a.submit)
	register(s, Op{
		Method: http.MethodPost, Path: "/milestones/{id}/decide", ID: "decideMilestone", Permission: access.MilestoneInspect, Tag: milestoneTag,
		Summary: "Accept, accept partly or reject, item by item; what is payable is computed",
		Faults: []string{
			"acceptance.does_not_fit", "acceptance.finding_invalid", "acceptance.opinion_missing", "acceptance.over_contract", "milestone.reason_required",
			"milestone.transition_refused", "duty.incompatible", "contract.not_active", "record.stale",
		},
	}, a.decide)
	register(s, Op{
		Method: http.MethodPost, Path: "/milestones/{id}/opinions", ID: "giveOpinion", Permission: access.OpinionGive, Tag: milestoneTag,
		Summary: "What a person served says of a delivery; saying it again replaces it",
		Faults:  []string{"opinion.invalid", "opinion.not_served", "opinion.closed", "record.not_found"},
	}, a.opine)
}

func (a contractsAPI) step(fn stepFn) func(context.Context, *stepIn) (*changedOut, error) {
	return func(ctx context.Context, in *stepIn) (*changedOut, error) {
		change, err := contractChange(in.WriteHeader, in.VersionHeader)
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toDone(fn(ctx, actorOf(ctx), contracts.StepInput{MilestoneID: ident.MilestoneID(in.ID), Change: change, Reason: in.Body.Reason}))
	}
}

func (a contractsAPI) attach(ctx context.Context, in *evidenceIn) (*changedOut, error) {
	change, err := contractChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	if err := clean(in.Body.Title, in.Body.Note); err != nil {
		return nil, err
	}
	return toDone(a.svc.Attach(ctx, actorOf(ctx), contracts.EvidenceInput{
		MilestoneID: ident.MilestoneID(in.ID), Change: change, FileID: ident.FileID(in.Body.FileID), Title: in.Body.Title, Note: in.Body.Note, Count: in.Body.Count,
	}))
}

func (a contractsAPI) submit(ctx context.Context, in *submitIn) (*changedOut, error) {
	change, err := contractChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	on, err := calendar.ParseDate(in.Body.DeliveredOn)
	if err != nil {
		return nil, err
	}
	return toDone(a.svc.Submit(ctx, actorOf(ctx), contracts.SubmitInput{MilestoneID: ident.MilestoneID(in.ID), Change: change, DeliveredOn: on}))
}

func (a contractsAPI) decide(ctx context.Context, in *decideIn) (*changedOut, error) {
	change, err := contractChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	text := []string{in.Body.UsersOpinion, in.Body.Reason}
	var findings []contract.Finding
	for _, f := range in.Body.Findings {
		text = append(text, f.Observed, f.Note)
		findings = append(findings, contract.Finding(f))
	}
	if err := clean(text...); err != nil {
		return nil, err
	}
	return toDone(a.svc.Decide(ctx, actorOf(ctx), contracts.DecideInput{
		MilestoneID: ident.MilestoneID(in.ID), Change: change, Verdict: in.Body.Verdict, Findings: findings, UsersOpinion: in.Body.UsersOpinion, Reason: in.Body.Reason,
	}))
}

func (a contractsAPI) opine(ctx context.Context, in *opinionIn) (*changedOut, error) {
	if err := clean(in.Body.Text); err != nil {
		return nil, err
	}
	return toDone(a.svc.GiveOpinion(ctx, actorOf(ctx), contracts.OpinionInput{
		MilestoneID: ident.MilestoneID(in.ID), Rating: in.Body.Rating, Text: in.Body.Text, For: ident.PersonID(in.Body.For), Key: in.IdempotencyKey,
	}))
}
