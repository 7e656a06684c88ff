package project

import (
	"linli/backend/domain/access"
	"linli/backend/domain/lifecycle"
)

// The states of a project 项目.
const (
	Proposed   = "proposed"
	Budgeted   = "budgeted"
	Planned    = "planned"
	Sourcing   = "sourcing"
	Contracted = "contracted"
	Delivering = "delivering"
	Accepted   = "accepted"
	Evaluated  = "evaluated"
	Archived   = "archived"
	Suspended  = "suspended"
	Terminated = "terminated"
)

// The actions. ActSource, ActFail, ActContract, ActDeliver and ActAccept are fired by the areas of tender
// and contract through the use case Advance.
const (
	ActBudget    = "budget"
	ActUnbudget  = "unbudget"
	ActPlan      = "plan"
	ActReplan    = "replan"
	ActSource    = "source"
	ActFail      = "fail"
	ActContract  = "contract"
	ActDeliver   = "deliver"
	ActAccept    = "accept"
	ActEvaluate  = "evaluate"
	ActArchive   = "archive"
	ActSuspend   = "suspend"
	ActTerminate = "terminate"
	// A suspended project returns to where it was, by the verb of that state.
	ActResumePlanned    = "resume_planned"
	ActResumeSourcing   = "resume_sourcing"
	ActResumeContracted = "resume_contracted"
	ActResumeDelivering = "resume_delivering"
)

// Machine is the lifecycle of a project. Without budget nothing goes on (G-01): sourcing is
// reached from planned only, planned from budgeted only.
var Machine = lifecycle.Machine{
	Name:    "project",
	Initial: Proposed,
	States: []lifecycle.State{
		{Code: Proposed, ZH: "提议", EN: "Proposed"},
		{Code: Budgeted, ZH: "预算已落实", EN: "Budgeted"},
		{Code: Planned, ZH: "实施计划已备案", EN: "Planned"},
		{Code: Sourcing, ZH: "采购中", EN: "Sourcing"},
		{Code: Contracted, ZH: "已签约", EN: "Contracted"},
		{Code: Delivering, ZH: "实施中", EN: "Delivering"},
		{Code: Accepted, ZH: "已验收", EN: "Accepted"},
		{Code: Evaluated, ZH: "已绩效评价", EN: "Evaluated"},
		{Code: Archived, ZH: "已归档", EN: "Archived", Final: true},
		{Code: Suspended, ZH: "中止", EN: "Suspended"},
		{Code: Terminated, ZH: "终止", EN: "Terminated", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: Proposed, Action: ActBudget, To: Budgeted, Permission: access.ProjectBudget},
		{From: Proposed, Action: ActTerminate, To: Terminated, Permission: access.ProjectTerminate, Reason: true, Notice: true},
		{From: Budgeted, Action: ActPlan, To: Planned, Permission: access.ProjectPlan, Duty: access.DutyNeedReview},
		{From: Budgeted, Action: ActUnbudget, To: Proposed, Permission: access.ProjectBudget, Reason: true},
		{From: Budgeted, Action: ActTerminate, To: Terminated, Permission: access.ProjectTerminate, Reason: true, Notice: true},
		{From: Planned, Action: ActSource, To: Sourcing, Permission: access.ProjectAdvance},
		{From: Planned, Action: ActReplan, To: Budgeted, Permission: access.ProjectPlan, Reason: true},
		{From: Planned, Action: ActSuspend, To: Suspended, Permission: access.ProjectSuspend, Reason: true, Notice: true},
		{From: Planned, Action: ActTerminate, To: Terminated, Permission: access.ProjectTerminate, Reason: true, Notice: true},
		{From: Sourcing, Action: ActContract, To: Contracted, Permission: access.ProjectAdvance},
		{From: Sourcing, Action: ActFail, To: Planned, Permission: access.ProjectAdvance, Reason: true, Notice: true},
		{From: Sourcing, Action: ActSuspend, To: Suspended, Permission: access.ProjectSuspend, Reason: true, Notice: true},
		{From: Sourcing, Action: ActTerminate, To: Terminated, Permission: access.ProjectTerminate, Reason: true, Notice: true},
		{From: Contracted, Action: ActDeliver, To: Delivering, Permission: access.ProjectAdvance},
		{From: Contracted, Action: ActSuspend, To: Suspended, Permission: access.ProjectSuspend, Reason: true, Notice: true},
		{From: Contracted, Action: ActTerminate, To: Terminated, Permission: access.ProjectTerminate, Reason: true, Notice: true},
		{From: Delivering, Action: ActAccept, To: Accepted, Permission: access.ProjectAdvance},
		{From: Delivering, Action: ActSuspend, To: Suspended, Permission: access.ProjectSuspend, Reason: true, Notice: true},
		{From: Delivering, Action: ActTerminate, To: Terminated, Permission: access.ProjectTerminate, Reason: true, Notice: true},
		{From: Accepted, Action: ActEvaluate, To: Evaluated, Permission: access.ProjectEvaluate, Notice: true},
		{From: Evaluated, Action: ActArchive, To: Archived, Permission: access.ProjectArchive},
		{From: Suspended, Action: ActResumePlanned, To: Planned, Permission: access.ProjectSuspend, Reason: true, Notice: true},
		{From: Suspended, Action: ActResumeSourcing, To: Sourcing, Permission: access.ProjectSuspend, Reason: true, Notice: true},
		{From: Suspended, Action: ActResumeContracted, To: Contracted, Permission: access.ProjectSuspend, Reason: true, Notice: true},
		{From: Suspended, Action: ActResumeDelivering, To: Delivering, Permission: access.ProjectSuspend, Reason: true, Notice: true},
		{From: Suspended, Action: ActTerminate, To: Terminated, Permission: access.ProjectTerminate, Reason: true, Notice: true},
	},
}

// Alive tells whether a project in this state still holds its budget.
func Alive(status string) bool { return status != Terminated }

// Fire moves the project by a row of the table and keeps the public reason. It is the only
// way its status changes; the guards of budget and plan run in their own methods, which end
// here. Faults: project.transition_refused, project.reason_required, project.resume_elsewhere.
func (p *Project) Fire(action, reason string) (lifecycle.Row, error) {
	row, err := Machine.Fire(p.Status, action, reason)
	if err != nil {
		return row, err
	}
	if p.Status == Suspended && action != ActTerminate && row.To != p.SuspendedFrom {
		return row, resumeElsewhere(p.SuspendedFrom)
	}
	p.SuspendedFrom = ""
	if row.To == Suspended {
		p.SuspendedFrom = p.Status
	}
	p.Status, p.Reason = row.To, reason
	return row, nil
}
