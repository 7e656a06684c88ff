package challenge

import (
	"linli/backend/domain/access"
	"linli/backend/domain/lifecycle"
)

// The states of a remedy (domain handbook §4).
const (
	StatusInquiry   = "inquiry"
	StatusChallenge = "challenge"
	StatusAnswered  = "answered"
	StatusComplaint = "complaint"
	StatusAccepted  = "accepted"
	StatusDecided   = "decided"
	StatusWithdrawn = "withdrawn"
)

// The actions on a remedy.
const (
	ActChallenge = "challenge"
	ActAnswer    = "answer"
	ActComplain  = "complain"
	ActAccept    = "accept"
	ActRefuse    = "refuse"
	ActDecide    = "decide"
	ActWithdraw  = "withdraw"
)

// Machine is the lifecycle of a remedy. An inquiry is answered; a challenge is answered and may
// become a complaint, which the finance bureau accepts or refuses and decides.
var Machine = lifecycle.Machine{
	Name: "challenge", Initial: StatusInquiry,
	States: []lifecycle.State{
		{Code: StatusInquiry, ZH: "询问", EN: "Inquiry"},
		{Code: StatusChallenge, ZH: "质疑", EN: "Challenge"},
		{Code: StatusAnswered, ZH: "已答复", EN: "Answered"},
		{Code: StatusComplaint, ZH: "投诉", EN: "Complaint"},
		{Code: StatusAccepted, ZH: "已受理", EN: "Accepted"},
		{Code: StatusDecided, ZH: "已处理", EN: "Decided", Final: true},
		{Code: StatusWithdrawn, ZH: "已撤回", EN: "Withdrawn", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: StatusInquiry, Action: ActChallenge, To: StatusChallenge, Permission: access.ChallengeAsk},
		{From: StatusInquiry, Action: ActAnswer, To: StatusAnswered, Permission: access.ChallengeAnswer},
		{From: StatusInquiry, Action: ActWithdraw, To: StatusWithdrawn, Permission: access.ChallengeAsk},
		{From: StatusChallenge, Action: ActAnswer, To: StatusAnswered, Permission: access.ChallengeAnswer},
		{From: StatusChallenge, Action: ActWithdraw, To: StatusWithdrawn, Permission: access.ChallengeAsk},
		{From: StatusAnswered, Action: ActComplain, To: StatusComplaint, Permission: access.ChallengeAsk},
		{From: StatusComplaint, Action: ActAccept, To: StatusAccepted, Permission: access.ChallengeDecide},
		{From: StatusComplaint, Action: ActRefuse, To: StatusDecided, Permission: access.ChallengeDecide, Reason: true},
		{From: StatusComplaint, Action: ActWithdraw, To: StatusWithdrawn, Permission: access.ChallengeAsk},
		{From: StatusAccepted, Action: ActDecide, To: StatusDecided, Permission: access.ChallengeDecide, Reason: true},
		{From: StatusAccepted, Action: ActWithdraw, To: StatusWithdrawn, Permission: access.ChallengeAsk},
	},
}

// Fire changes the status. Faults: challenge.transition_refused, challenge.reason_required.
func (c *Challenge) Fire(action, reason string) error {
	row, err := Machine.Fire(c.Status, action, reason)
	if err != nil {
		return err
	}
	c.Status = row.To
	return nil
}
