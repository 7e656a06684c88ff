package bid

import (
	"linli/backend/domain/access"
	"linli/backend/domain/lifecycle"
)

// The states of a bid (domain handbook §4). A draft is on the supplier's device only.
const (
	StatusDraft          = "draft"
	StatusSealed         = "sealed"
	StatusDecrypted      = "decrypted"
	StatusQualified      = "qualified"
	StatusResponsive     = "responsive"
	StatusLowPriceReview = "low_price_review"
	StatusRanked         = "ranked"
	StatusWon            = "won"
	StatusLost           = "lost"
	StatusWithdrawn      = "withdrawn"
	StatusLateRefused    = "late_refused"
	StatusUnqualified    = "unqualified"
	StatusInvalid        = "invalid"
)

// The actions on a bid.
const (
	ActSeal        = "seal"
	ActReplace     = "replace"
	ActReconfirm   = "reconfirm"
	ActWithdraw    = "withdraw"
	ActRefuseLate  = "refuse_late"
	ActDecrypt     = "decrypt"
	ActSpoil       = "spoil" // does not open, or was not confirmed again
	ActQualify     = "qualify"
	ActDisqualify  = "disqualify"
	ActRespond     = "respond"
	ActInvalidate  = "invalidate"
	ActOffer       = "offer" // final offer
	ActQuestion    = "question_price"
	ActAcceptPrice = "accept_price"
	ActRank        = "rank"
	ActWin         = "win"
	ActLose        = "lose"
	ActRelinquish  = "relinquish" // a winner who does not sign
	ActReinstate   = "reinstate"  // the other candidates, when the winner does not sign
)

// Machine is the lifecycle of a bid.
var Machine = lifecycle.Machine{
	Name: "bid", Initial: StatusDraft,
	States: []lifecycle.State{
		{Code: StatusDraft, ZH: "草稿", EN: "Draft"},
		{Code: StatusSealed, ZH: "已加密提交", EN: "Sealed"},
		{Code: StatusDecrypted, ZH: "已解密", EN: "Opened"},
		{Code: StatusQualified, ZH: "资格合格", EN: "Qualified"},
		{Code: StatusResponsive, ZH: "实质响应", EN: "Responsive"},
		{Code: StatusLowPriceReview, ZH: "异常低价审查", EN: "Low price under review"},
		{Code: StatusRanked, ZH: "已排序", EN: "Ranked"},
		{Code: StatusWon, ZH: "成交", EN: "Won"},
		{Code: StatusLost, ZH: "未成交", EN: "Not awarded"},
		{Code: StatusWithdrawn, ZH: "撤回", EN: "Withdrawn"},
		{Code: StatusLateRefused, ZH: "逾期拒收", EN: "Refused as late", Final: true},
		{Code: StatusUnqualified, ZH: "资格不合格", EN: "Not qualified", Final: true},
		{Code: StatusInvalid, ZH: "无效", EN: "Invalid", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: StatusDraft, Action: ActSeal, To: StatusSealed, Permission: access.BidSubmit},
		{From: StatusDraft, Action: ActRefuseLate, To: StatusLateRefused, Permission: access.BidSubmit},
		{From: StatusSealed, Action: ActReplace, To: StatusSealed, Permission: access.BidSubmit},
		{From: StatusSealed, Action: ActReconfirm, To: StatusSealed, Permission: access.BidSubmit},
		{From: StatusSealed, Action: ActWithdraw, To: StatusWithdrawn, Permission: access.BidSubmit},
		{From: StatusWithdrawn, Action: ActSeal, To: StatusSealed, Permission: access.BidSubmit},
		{From: StatusSealed, Action: ActDecrypt, To: StatusDecrypted, Permission: access.TenderOpen},
		{From: StatusSealed, Action: ActSpoil, To: StatusInvalid, Permission: access.TenderOpen, Reason: true},
		{From: StatusDecrypted, Action: ActQualify, To: StatusQualified, Permission: access.TenderCheck},
		{From: StatusDecrypted, Action: ActDisqualify, To: StatusUnqualified, Permission: access.TenderCheck, Reason: true},
		{From: StatusQualified, Action: ActRespond, To: StatusResponsive, Permission: access.BidScore},
		{From: StatusQualified, Action: ActInvalidate, To: StatusInvalid, Permission: access.BidScore, Reason: true},
		{From: StatusResponsive, Action: ActOffer, To: StatusResponsive, Permission: access.BidSubmit},
		{From: StatusResponsive, Action: ActSpoil, To: StatusInvalid, Permission: access.TenderOpen, Reason: true},
		{From: StatusResponsive, Action: ActQuestion, To: StatusLowPriceReview, Permission: access.TenderOpen},
		{From: StatusLowPriceReview, Action: ActAcceptPrice, To: StatusResponsive, Permission: access.BidScore, Reason: true},
		{From: StatusLowPriceReview, Action: ActInvalidate, To: StatusInvalid, Permission: access.BidScore, Reason: true},
		{From: StatusResponsive, Action: ActRank, To: StatusRanked, Permission: access.TenderCheck},
		{From: StatusRanked, Action: ActWin, To: StatusWon, Permission: access.TenderConfirm},
		{From: StatusRanked, Action: ActLose, To: StatusLost, Permission: access.TenderConfirm},
		{From: StatusWon, Action: ActRelinquish, To: StatusInvalid, Permission: access.TenderConfirm, Reason: true},
		{From: StatusLost, Action: ActReinstate, To: StatusRanked, Permission: access.TenderConfirm, Reason: true},
	},
}

// Fire changes the status of a bid. Faults: bid.transition_refused, bid.reason_required.
func (b *Bid) Fire(action, reason string) error {
	row, err := Machine.Fire(b.Status, action, reason)
	if err != nil {
		return err
	}
	b.Status = row.To
	if row.Reason {
		b.Reason = reason
	}
	return nil
}

// Alive tells whether the bid still takes part.
func (b *Bid) Alive() bool {
	switch b.Status {
	case StatusSealed, StatusDecrypted, StatusQualified, StatusResponsive, StatusLowPriceReview, StatusRanked, StatusWon:
		return true
	default:
		return false
	}
}
