package contract

import (
	"linli/backend/domain/access"
	"linli/backend/domain/lifecycle"
)

// The states of a contract.
const (
	Drafting   = "drafting"
	Signed     = "signed"
	Published  = "published"
	Filed      = "filed"
	Active     = "active"
	Completed  = "completed"
	Closed     = "closed"
	Suspended  = "suspended"
	Terminated = "terminated"
	Rescinded  = "rescinded"
)

// Machine is the lifecycle of a contract. The supplier signs first; the buyer's signature
// concludes.
var Machine = lifecycle.Machine{
	Name: "contract", Initial: Drafting,
	States: []lifecycle.State{
		{Code: Drafting, ZH: "起草中", EN: "Being drafted"},
		{Code: Signed, ZH: "已签订", EN: "Signed"},
		{Code: Published, ZH: "已公告", EN: "Published"},
		{Code: Filed, ZH: "已备案", EN: "Filed"},
		{Code: Active, ZH: "履行中", EN: "In performance"},
		{Code: Completed, ZH: "履行完毕", EN: "Performed"},
		{Code: Closed, ZH: "结清归档", EN: "Settled and closed", Final: true},
		{Code: Suspended, ZH: "中止", EN: "Suspended"},
		{Code: Terminated, ZH: "解除", EN: "Terminated", Final: true},
		{Code: Rescinded, ZH: "撤销", EN: "Rescinded", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: Drafting, Action: "amend", To: Drafting, Permission: access.ContractDraft},
		{From: Drafting, Action: "sign_supplier", To: Drafting, Permission: access.ContractSignSupplier},
		{From: Drafting, Action: "sign", To: Signed, Permission: access.ContractSign, Duty: access.DutySign},
		{From: Drafting, Action: "rescind", To: Rescinded, Permission: access.ContractInterrupt, Reason: true, Notice: true},
		{From: Signed, Action: "publish", To: Published, Permission: access.ContractPublish, Notice: true},
		{From: Signed, Action: "rescind", To: Rescinded, Permission: access.ContractInterrupt, Reason: true, Notice: true},
		{From: Published, Action: "file", To: Filed, Permission: access.ContractRun},
		{From: Published, Action: "terminate", To: Terminated, Permission: access.ContractInterrupt, Reason: true, Notice: true},
		{From: Filed, Action: "start", To: Active, Permission: access.ContractRun},
		{From: Filed, Action: "terminate", To: Terminated, Permission: access.ContractInterrupt, Reason: true, Notice: true},
		{From: Active, Action: "complete", To: Completed, Permission: access.ContractRun, Notice: true},
		{From: Active, Action: "suspend", To: Suspended, Permission: access.ContractInterrupt, Reason: true, Notice: true},
		{From: Active, Action: "terminate", To: Terminated, Permission: access.ContractInterrupt, Reason: true, Notice: true},
		{From: Suspended, Action: "resume", To: Active, Permission: access.ContractInterrupt, Reason: true, Notice: true},
		{From: Suspended, Action: "terminate", To: Terminated, Permission: access.ContractInterrupt, Reason: true, Notice: true},
		{From: Completed, Action: "close", To: Closed, Permission: access.ContractRun},
	},
}

// The states of a milestone.
const (
	Scheduled         = "scheduled"
	InProgress        = "in_progress"
	Submitted         = "submitted"
	Inspecting        = "inspecting"
	Accepted          = "accepted"
	PartiallyAccepted = "partially_accepted"
	Rejected          = "rejected"
	Payable           = "payable"
	Settled           = "settled"
	Dropped           = "dropped"
)

// MilestoneMachine is the lifecycle of a milestone. Who inspects may not be who signed.
var MilestoneMachine = lifecycle.Machine{
	Name: "milestone", Initial: Scheduled,
	States: []lifecycle.State{
		{Code: Scheduled, ZH: "未开始", EN: "Not started"},
		{Code: InProgress, ZH: "进行中", EN: "In progress"},
		{Code: Submitted, ZH: "已提交成果", EN: "Delivered"},
		{Code: Inspecting, ZH: "验收中", EN: "Under inspection"},
		{Code: Accepted, ZH: "验收通过", EN: "Accepted"},
		{Code: PartiallyAccepted, ZH: "部分通过", EN: "Partly accepted"},
		{Code: Rejected, ZH: "不通过，整改中", EN: "Rejected, to be mended"},
		{Code: Payable, ZH: "可支付", EN: "Payable"},
		{Code: Settled, ZH: "已结清", EN: "Paid in full", Final: true},
		{Code: Dropped, ZH: "不再履行", EN: "Not to be performed", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: Scheduled, Action: "start", To: InProgress, Permission: access.MilestoneDeliver},
		{From: Scheduled, Action: "drop", To: Dropped, Permission: access.ContractInterrupt, Reason: true},
		{From: InProgress, Action: "attach", To: InProgress, Permission: access.MilestoneDeliver},
		{From: InProgress, Action: "submit", To: Submitted, Permission: access.MilestoneDeliver},
		{From: InProgress, Action: "drop", To: Dropped, Permission: access.ContractInterrupt, Reason: true},
		{From: Submitted, Action: "inspect", To: Inspecting, Permission: access.MilestoneInspect, Duty: access.DutyAccept},
		{From: Submitted, Action: "return", To: InProgress, Permission: access.MilestoneInspect, Duty: access.DutyAccept, Reason: true},
		{From: Submitted, Action: "deem", To: Accepted, Permission: access.MilestoneDeliver, Notice: true},
		{From: Inspecting, Action: "accept", To: Accepted, Permission: access.MilestoneInspect, Duty: access.DutyAccept},
		{From: Inspecting, Action: "accept_partly", To: PartiallyAccepted, Permission: access.MilestoneInspect, Duty: access.DutyAccept, Reason: true},
		{From: Inspecting, Action: "reject", To: Rejected, Permission: access.MilestoneInspect, Duty: access.DutyAccept, Reason: true, Notice: true},
		{From: Inspecting, Action: "deem", To: Accepted, Permission: access.MilestoneDeliver, Notice: true},
		{From: Rejected, Action: "rework", To: InProgress, Permission: access.MilestoneDeliver},
		{From: Rejected, Action: "drop", To: Dropped, Permission: access.ContractInterrupt, Reason: true},
		{From: Accepted, Action: "publish", To: Payable, Permission: access.MilestoneInspect, Notice: true},
		{From: PartiallyAccepted, Action: "publish", To: Payable, Permission: access.MilestoneInspect, Notice: true},
		{From: Payable, Action: "settle", To: Settled, Permission: access.MilestoneSettle},
	},
}

// The states of a supplement.
const (
	Proposed  = "proposed"
	Applied   = "applied"
	Withdrawn = "withdrawn"
)

// SupplementMachine is the lifecycle of a supplement: signed by both, applied once.
var SupplementMachine = lifecycle.Machine{
	Name: "supplement", Initial: Proposed,
	States: []lifecycle.State{
		{Code: Proposed, ZH: "已提出", EN: "Proposed"},
		{Code: Signed, ZH: "已签订", EN: "Signed"},
		{Code: Applied, ZH: "已生效", EN: "In force", Final: true},
		{Code: Withdrawn, ZH: "已撤回", EN: "Withdrawn", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: Proposed, Action: "sign_supplier", To: Proposed, Permission: access.ContractSignSupplier},
		{From: Proposed, Action: "sign", To: Signed, Permission: access.ContractSign, Duty: access.DutySign},
		{From: Proposed, Action: "withdraw", To: Withdrawn, Permission: access.SupplementPropose, Reason: true},
		{From: Signed, Action: "apply", To: Applied, Permission: access.ContractRun, Notice: true},
	},
}
