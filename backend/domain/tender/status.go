package tender

import (
	"linli/backend/domain/access"
	"linli/backend/domain/lifecycle"
)

// The states of a lot (domain handbook §4). A state names the stage that is going on; closed,
// opened and confirmed name what was reached.
const (
	StatusIntention     = "intention"
	StatusDrafting      = "drafting"
	StatusReviewed      = "reviewed"
	StatusPublished     = "published"
	StatusOpen          = "open"
	StatusClarified     = "clarified"
	StatusClosed        = "closed"
	StatusOpened        = "opened"
	StatusQualification = "qualification"
	StatusConformity    = "conformity"
	StatusEvaluation    = "evaluation"
	StatusCandidates    = "candidates"
	StatusConfirmed     = "confirmed"
	StatusAnnounced     = "announced"
	StatusContracting   = "contracting"
	StatusDone          = "done"
	StatusSuspended     = "suspended"
	StatusFailed        = "failed"
	StatusCancelled     = "cancelled"
)

// The actions on a lot.
const (
	ActDraft            = "draft"
	ActRevise           = "revise"
	ActReview           = "review"
	ActPublish          = "publish"
	ActOpen             = "open"
	ActClarify          = "clarify"
	ActReopen           = "reopen"
	ActClose            = "close"
	ActUnseal           = "unseal"
	ActCheckQualified   = "check_qualification"
	ActCheckConformity  = "check_conformity"
	ActEvaluate         = "evaluate"
	ActNominate         = "nominate"
	ActConfirm          = "confirm"
	ActAnnounce         = "announce"
	ActContract         = "contract"
	ActComplete         = "complete"
	ActNextCandidate    = "next_candidate"
	ActSuspend          = "suspend"
	ActResumeOpen       = "resume_open"
	ActResumeEvaluation = "resume_evaluation"
	ActResumeCandidates = "resume_candidates"
	ActFail             = "fail"
	ActCancel           = "cancel"
)

// order is the main path; the status of a tender is its least advanced living lot.
var order = []string{StatusIntention, StatusDrafting, StatusReviewed, StatusPublished, StatusOpen, StatusClarified, StatusSuspended, StatusClosed,
	StatusOpened, StatusQualification, StatusConformity, StatusEvaluation, StatusCandidates, StatusConfirmed, StatusAnnounced, StatusContracting, StatusDone}

// Machine is the lifecycle of a lot. Faults carry the prefix "tender".
var Machine = lifecycle.Machine{
	Name: "tender", Initial: StatusIntention,
	States: []lifecycle.State{
		{Code: StatusIntention, ZH: "意向公开", EN: "Intention announced"},
		{Code: StatusDrafting, ZH: "文件编制", EN: "Documents in drafting"},
		{Code: StatusReviewed, ZH: "文件已审查", EN: "Documents reviewed"},
		{Code: StatusPublished, ZH: "已公告", EN: "Published"},
		{Code: StatusOpen, ZH: "响应中", EN: "Open for responses"},
		{Code: StatusClarified, ZH: "更正中", EN: "Being corrected"},
		{Code: StatusClosed, ZH: "已截止", EN: "Closed"},
		{Code: StatusOpened, ZH: "已开启", EN: "Opened"},
		{Code: StatusQualification, ZH: "资格审查", EN: "Qualification check"},
		{Code: StatusConformity, ZH: "符合性审查", EN: "Conformity check"},
		{Code: StatusEvaluation, ZH: "评审", EN: "Evaluation"},
		{Code: StatusCandidates, ZH: "推荐候选", EN: "Candidates ranked"},
		{Code: StatusConfirmed, ZH: "结果确定", EN: "Result confirmed"},
		{Code: StatusAnnounced, ZH: "结果公告", EN: "Result announced"},
		{Code: StatusContracting, ZH: "签约", EN: "Contracting"},
		{Code: StatusDone, ZH: "完成", EN: "Done", Final: true},
		{Code: StatusSuspended, ZH: "暂停", EN: "Suspended"},
		{Code: StatusFailed, ZH: "废标", EN: "Failed", Final: true},
		{Code: StatusCancelled, ZH: "终止", EN: "Cancelled", Final: true},
	},
	Rows: rows(),
}

func rows() []lifecycle.Row {
	out := []lifecycle.Row{
		{From: StatusIntention, Action: ActDraft, To: StatusDrafting, Permission: access.TenderDraft, Duty: access.DutyDocDraft},
		{From: StatusDrafting, Action: ActReview, To: StatusReviewed, Permission: access.TenderReview, Duty: access.DutyDocCheck},
		{From: StatusReviewed, Action: ActRevise, To: StatusDrafting, Permission: access.TenderReview, Reason: true},
		{From: StatusReviewed, Action: ActPublish, To: StatusPublished, Permission: access.TenderPublish, Notice: true},
		{From: StatusPublished, Action: ActOpen, To: StatusOpen, Permission: access.TenderClock},
		{From: StatusOpen, Action: ActClarify, To: StatusClarified, Permission: access.TenderClarify, Reason: true, Notice: true},
		{From: StatusClarified, Action: ActReopen, To: StatusOpen, Permission: access.TenderClarify},
		{From: StatusOpen, Action: ActClose, To: StatusClosed, Permission: access.TenderClock},
		{From: StatusClosed, Action: ActUnseal, To: StatusOpened, Permission: access.TenderOpen, Duty: access.DutyOpen},
		{From: StatusOpened, Action: ActCheckQualified, To: StatusQualification, Permission: access.TenderCheck},
		{From: StatusQualification, Action: ActCheckConformity, To: StatusConformity, Permission: access.BidScore},
		{From: StatusConformity, Action: ActEvaluate, To: StatusEvaluation, Permission: access.BidScore},
		{From: StatusEvaluation, Action: ActNominate, To: StatusCandidates, Permission: access.TenderCheck},
		{From: StatusCandidates, Action: ActConfirm, To: StatusConfirmed, Permission: access.TenderConfirm},
		{From: StatusConfirmed, Action: ActAnnounce, To: StatusAnnounced, Permission: access.TenderConfirm, Notice: true},
		{From: StatusAnnounced, Action: ActContract, To: StatusContracting, Permission: access.TenderContract},
		{From: StatusContracting, Action: ActComplete, To: StatusDone, Permission: access.TenderContract},
		{From: StatusAnnounced, Action: ActNextCandidate, To: StatusCandidates, Permission: access.TenderConfirm, Reason: true, Notice: true},
		{From: StatusSuspended, Action: ActResumeOpen, To: StatusOpen, Permission: access.TenderStop, Reason: true, Notice: true},
		{From: StatusSuspended, Action: ActResumeEvaluation, To: StatusEvaluation, Permission: access.TenderStop, Reason: true, Notice: true},
		{From: StatusSuspended, Action: ActResumeCandidates, To: StatusCandidates, Permission: access.TenderStop, Reason: true, Notice: true},
	}
	for _, from := range []string{StatusOpen, StatusEvaluation, StatusCandidates} {
		out = append(out, stop(from, ActSuspend, StatusSuspended))
	}
	for _, from := range []string{StatusClosed, StatusOpened, StatusQualification, StatusConformity, StatusEvaluation, StatusCandidates, StatusConfirmed, StatusAnnounced, StatusSuspended} {
		out = append(out, stop(from, ActFail, StatusFailed))
	}
	for _, from := range []string{StatusIntention, StatusDrafting, StatusReviewed, StatusPublished, StatusOpen, StatusClosed, StatusSuspended, StatusOpened, StatusQualification, StatusConformity, StatusEvaluation, StatusCandidates} {
		out = append(out, stop(from, ActCancel, StatusCancelled))
	}
	return out
}

func stop(from, action, to string) lifecycle.Row {
	return lifecycle.Row{From: from, Action: action, To: to, Permission: access.TenderStop, Reason: true, Notice: true}
}

// The reason codes of failing and cancelling; every one has words in both languages.
const (
	ReasonTooFew       = "too_few_suppliers"    // fewer than may continue
	ReasonTooFewValid  = "too_few_responsive"   // after the checks
	ReasonOverBudget   = "all_over_budget"      // D-09
	ReasonUnlawful     = "unlawful_acts"        // acts that touch fairness
	ReasonChanged      = "task_cancelled"       // the task was changed or dropped
	ReasonDocuments    = "documents_defective"  // the documents broke a rule
	ReasonChallenge    = "challenge_upheld"     // a challenge or complaint was upheld
	ReasonInvestigated = "under_investigation"  // suspension for a complaint
	ReasonAllRefused   = "candidates_exhausted" // no candidate signs
)

// ReasonCodes lists the reasons that failing, cancelling and suspending accept.
func ReasonCodes() []string {
	return []string{ReasonTooFew, ReasonTooFewValid, ReasonOverBudget, ReasonUnlawful, ReasonChanged,
		ReasonDocuments, ReasonChallenge, ReasonInvestigated, ReasonAllRefused}
}

// Status computes the status of the tender from its lots: that of the least advanced lot that
// is still alive; when none is, done if any lot was awarded to the end, else how they ended.
func (t *Tender) Status() string {
	best := -1
	ended := ""
	for _, l := range t.Lots {
		if l.Status == StatusFailed || l.Status == StatusCancelled {
			ended = l.Status
			continue
		}
		if at := rankOf(l.Status); best < 0 || at < best {
			best = at
		}
	}
	if best >= 0 {
		return order[best]
	}
	return ended
}

func rankOf(status string) int {
	for i, s := range order {
		if s == status {
			return i
		}
	}
	return len(order) - 1
}
