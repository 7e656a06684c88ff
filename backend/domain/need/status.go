package need

import (
	"linli/backend/domain/access"
	"linli/backend/domain/lifecycle"
)

// States of a voice 诉求.
const (
	VoiceDraft     = "draft"
	VoiceSubmitted = "submitted"
	VoiceGathered  = "gathered"
	VoiceReturned  = "returned"
	VoiceWithdrawn = "withdrawn"
	VoicePassedOn  = "passed_on"
)

// Actions on a voice.
const (
	ActSubmit   = "submit"
	ActGather   = "gather"
	ActReturn   = "return"
	ActResubmit = "resubmit"
	ActPassOn   = "pass_on"
	ActTakeBack = "take_back"
	ActDetach   = "detach"
	ActWithdraw = "withdraw"
)

// VoiceMachine is the life of a voice. A draft lives on the author's device only; a voice
// that was passed on can be handed back by the body that got it.
var VoiceMachine = lifecycle.Machine{
	Name: "voice", Initial: VoiceDraft,
	States: []lifecycle.State{
		{Code: VoiceDraft, ZH: "草稿", EN: "Draft"},
		{Code: VoiceSubmitted, ZH: "已提交", EN: "Submitted"},
		{Code: VoiceGathered, ZH: "已归入需求", EN: "Gathered into a need"},
		{Code: VoiceReturned, ZH: "退回补正", EN: "Returned for more detail"},
		{Code: VoicePassedOn, ZH: "已转办", EN: "Passed on"},
		{Code: VoiceWithdrawn, ZH: "已撤回", EN: "Withdrawn", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: VoiceDraft, Action: ActSubmit, To: VoiceSubmitted, Permission: access.NeedPost},
		{From: VoiceSubmitted, Action: ActGather, To: VoiceGathered, Permission: access.NeedGather},
		{From: VoiceSubmitted, Action: ActReturn, To: VoiceReturned, Permission: access.NeedGather, Reason: true},
		{From: VoiceSubmitted, Action: ActPassOn, To: VoicePassedOn, Permission: access.NeedGather, Reason: true},
		{From: VoiceSubmitted, Action: ActWithdraw, To: VoiceWithdrawn, Permission: access.NeedPost},
		{From: VoiceReturned, Action: ActResubmit, To: VoiceSubmitted, Permission: access.NeedPost},
		{From: VoiceReturned, Action: ActWithdraw, To: VoiceWithdrawn, Permission: access.NeedPost},
		{From: VoiceGathered, Action: ActDetach, To: VoiceSubmitted, Permission: access.NeedGather, Reason: true},
		{From: VoiceGathered, Action: ActWithdraw, To: VoiceWithdrawn, Permission: access.NeedPost},
		{From: VoicePassedOn, Action: ActTakeBack, To: VoiceSubmitted, Permission: access.NeedGather, Reason: true},
		{From: VoicePassedOn, Action: ActWithdraw, To: VoiceWithdrawn, Permission: access.NeedPost},
	},
}

// Stages of a need 需求.
const (
	StageOpen        = "open"
	StageOnAgenda    = "on_agenda"
	StageClassified  = "classified"
	StageScreened    = "screened"
	StageDeliberated = "deliberated"
	StagePublicised  = "publicised"
	StageAdopted     = "adopted"
	StageLinked      = "linked"
	StageInDelivery  = "in_delivery"
	StageDelivered   = "delivered"
	StageConfirmed   = "confirmed"
	StageClosed      = "closed"
	StageReopened    = "reopened"
)

// Actions on a need. Those of the last group come from projects and contracts through
// Advance; no button of the need's own page fires them.
const (
	ActPutOnAgenda     = "put_on_agenda"
	ActTakeOffAgenda   = "take_off_agenda"
	ActClassify        = "classify"
	ActScreen          = "screen"
	ActDeliberate      = "deliberate"
	ActRedeliberate    = "redeliberate"
	ActPublicise       = "publicise"
	ActAdopt           = "adopt"
	ActObject          = "object"
	ActConfirm         = "confirm"
	ActReopen          = "reopen"
	ActResume          = "resume"
	ActRestart         = "restart"
	ActClose           = "close"
	ActMerge           = "merge"
	ActFindNoResource  = "find_no_resource"
	ActFindInfeasible  = "find_infeasible"
	ActReject          = "reject"
	ActWithdrawNeed    = "withdraw"
	ActLink            = "link"
	ActUnlink          = "unlink"
	ActStartDelivery   = "start_delivery"
	ActSuspendDelivery = "suspend_delivery"
	ActDeliver         = "deliver"
)

// Machine is the stage axis of a need. Whatever ends in closed also sets an outcome.
var Machine = lifecycle.Machine{
	Name: "need", Initial: StageOpen,
	States: []lifecycle.State{
		{Code: StageOpen, ZH: "征集附议", EN: "Gathering support"},
		{Code: StageOnAgenda, ZH: "进入议事", EN: "On the agenda"},
		{Code: StageClassified, ZH: "已分类", EN: "Classified"},
		{Code: StageScreened, ZH: "已过负面清单", EN: "Screened"},
		{Code: StageDeliberated, ZH: "已议决", EN: "Deliberated"},
		{Code: StagePublicised, ZH: "公示中", EN: "Publicised"},
		{Code: StageAdopted, ZH: "已采纳", EN: "Adopted"},
		{Code: StageLinked, ZH: "已立项", EN: "In a project"},
		{Code: StageInDelivery, ZH: "服务中", EN: "In delivery"},
		{Code: StageDelivered, ZH: "已交付", EN: "Delivered"},
		{Code: StageConfirmed, ZH: "居民已确认", EN: "Confirmed by residents"},
		{Code: StageClosed, ZH: "已办结", EN: "Closed"},
		{Code: StageReopened, ZH: "重启", EN: "Reopened"},
	},
	Rows: stageRows(),
}

func stageRows() []lifecycle.Row {
	rows := []lifecycle.Row{
		{From: StageOpen, Action: ActPutOnAgenda, To: StageOnAgenda, Permission: access.NeedAgenda, Notice: true},
		{From: StageOnAgenda, Action: ActClassify, To: StageClassified, Permission: access.NeedClassify, Reason: true},
		{From: StageOnAgenda, Action: ActTakeOffAgenda, To: StageOpen, Permission: access.NeedAgenda, Reason: true},
		{From: StageClassified, Action: ActScreen, To: StageScreened, Permission: access.NeedScreen},
		{From: StageClassified, Action: ActTakeOffAgenda, To: StageOpen, Permission: access.NeedAgenda, Reason: true},
		{From: StageScreened, Action: ActDeliberate, To: StageDeliberated, Permission: access.NeedDeliberate, Notice: true},
		{From: StageDeliberated, Action: ActPublicise, To: StagePublicised, Permission: access.NeedPublicise, Notice: true},
		{From: StageDeliberated, Action: ActRedeliberate, To: StageScreened, Permission: access.NeedDeliberate, Reason: true},
		{From: StagePublicised, Action: ActAdopt, To: StageAdopted, Permission: access.NeedPublicise, Notice: true},
		{From: StagePublicised, Action: ActObject, To: StageScreened, Permission: access.NeedPublicise, Reason: true},
		{From: StageAdopted, Action: ActLink, To: StageLinked, Permission: access.NeedAdvance},
		{From: StageAdopted, Action: ActStartDelivery, To: StageInDelivery, Permission: access.NeedAdvance},
		{From: StageLinked, Action: ActUnlink, To: StageAdopted, Permission: access.NeedAdvance, Reason: true},
		{From: StageLinked, Action: ActStartDelivery, To: StageInDelivery, Permission: access.NeedAdvance},
		{From: StageInDelivery, Action: ActSuspendDelivery, To: StageLinked, Permission: access.NeedAdvance, Reason: true},
		{From: StageInDelivery, Action: ActDeliver, To: StageDelivered, Permission: access.NeedAdvance},
		{From: StageDelivered, Action: ActConfirm, To: StageConfirmed, Permission: access.NeedConfirm},
		{From: StageConfirmed, Action: ActConfirm, To: StageConfirmed, Permission: access.NeedConfirm},
		{From: StageDelivered, Action: ActClose, To: StageClosed, Permission: access.NeedClose, Reason: true},
		{From: StageConfirmed, Action: ActClose, To: StageClosed, Permission: access.NeedClose, Reason: true},
		{From: StageDelivered, Action: ActReopen, To: StageReopened, Permission: access.NeedReopen, Reason: true},
		{From: StageConfirmed, Action: ActReopen, To: StageReopened, Permission: access.NeedReopen, Reason: true},
		{From: StageClosed, Action: ActReopen, To: StageReopened, Permission: access.NeedReopen, Reason: true},
		{From: StageReopened, Action: ActResume, To: StageInDelivery, Permission: access.NeedClose, Reason: true},
		{From: StageReopened, Action: ActRestart, To: StageOpen, Permission: access.NeedClose, Reason: true},
	}
	rows = append(rows, ending(ActPassOn, access.NeedDecide, StageOpen, StageOnAgenda, StageClassified, StageScreened, StageReopened)...)
	rows = append(rows, ending(ActMerge, access.NeedGather, StageOpen, StageOnAgenda, StageClassified, StageScreened, StageReopened)...)
	rows = append(rows, ending(ActWithdrawNeed, access.NeedGather, StageOpen, StageOnAgenda, StageClassified, StageScreened)...)
	rows = append(rows, ending(ActFindInfeasible, access.NeedDecide, StageOpen, StageOnAgenda, StageClassified, StageScreened, StageDeliberated, StagePublicised, StageAdopted, StageReopened)...)
	rows = append(rows, ending(ActFindNoResource, access.NeedDecide, StageOpen, StageOnAgenda, StageClassified, StageScreened, StageDeliberated, StagePublicised, StageAdopted, StageReopened)...)
	return append(rows, ending(ActReject, access.NeedDecide, StageOnAgenda, StageClassified, StageScreened, StageDeliberated, StagePublicised)...)
}

// ending gives the rows of an action that closes a need from several stages, always with a
// public reason and a notice.
func ending(action string, p access.Permission, from ...string) []lifecycle.Row {
	var rows []lifecycle.Row
	for _, f := range from {
		rows = append(rows, lifecycle.Row{From: f, Action: action, To: StageClosed, Permission: p, Reason: true, Notice: true})
	}
	return rows
}

// Outcomes of a need: the answer that residents got.
const (
	OutcomeNone        = "none"
	OutcomeMet         = "met"
	OutcomePartlyMet   = "partly_met"
	OutcomeNoResource  = "unmet_no_resource"
	OutcomeNotFeasible = "not_feasible"
	OutcomeNotAdopted  = "not_adopted"
	OutcomeNotOurs     = "not_ours"
	OutcomeDuplicate   = "duplicate"
	OutcomeWithdrawn   = "withdrawn"
)

// The verbs of the outcome axis that the stage axis does not share.
const (
	ActMeet       = "meet"
	ActPartlyMeet = "partly_meet"
)

// OutcomeMachine is the outcome axis. Every answer has a public reason; reopening takes an
// answer back, and nothing else does.
var OutcomeMachine = lifecycle.Machine{
	Name: "need_outcome", Initial: OutcomeNone,
	States: []lifecycle.State{
		{Code: OutcomeNone, ZH: "尚无结论", EN: "No answer yet"},
		{Code: OutcomeMet, ZH: "满足", EN: "Met"},
		{Code: OutcomePartlyMet, ZH: "部分满足", EN: "Partly met"},
		{Code: OutcomeNoResource, ZH: "暂无资源", EN: "Unmet: no resource"},
		{Code: OutcomeNotFeasible, ZH: "不可行", EN: "Not feasible"},
		{Code: OutcomeNotAdopted, ZH: "不予采纳", EN: "Not adopted"},
		{Code: OutcomeNotOurs, ZH: "非本级职责", EN: "Not this body's duty"},
		{Code: OutcomeDuplicate, ZH: "已并入", EN: "Merged into another"},
		{Code: OutcomeWithdrawn, ZH: "撤回", EN: "Withdrawn"},
	},
	Rows: outcomeRows(),
}

func outcomeRows() []lifecycle.Row {
	answers := []lifecycle.Row{
		{Action: ActMeet, To: OutcomeMet, Permission: access.NeedClose},
		{Action: ActPartlyMeet, To: OutcomePartlyMet, Permission: access.NeedClose},
		{Action: ActFindNoResource, To: OutcomeNoResource, Permission: access.NeedDecide},
		{Action: ActFindInfeasible, To: OutcomeNotFeasible, Permission: access.NeedDecide},
		{Action: ActReject, To: OutcomeNotAdopted, Permission: access.NeedDecide},
		{Action: ActPassOn, To: OutcomeNotOurs, Permission: access.NeedDecide},
		{Action: ActMerge, To: OutcomeDuplicate, Permission: access.NeedGather},
		{Action: ActWithdrawNeed, To: OutcomeWithdrawn, Permission: access.NeedGather},
	}
	var rows []lifecycle.Row
	for _, a := range answers {
		a.From, a.Reason, a.Notice = OutcomeNone, true, true
		rows = append(rows, a)
	}
	for _, a := range answers {
		rows = append(rows, lifecycle.Row{From: a.To, Action: ActReopen, To: OutcomeNone, Permission: access.NeedReopen, Reason: true})
	}
	return rows
}
