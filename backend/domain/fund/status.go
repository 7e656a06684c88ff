package fund

import (
	"linli/backend/domain/access"
	"linli/backend/domain/lifecycle"
)

// States of a fund (domain handbook §4).
const (
	Established = "established"
	Active      = "active"
	Frozen      = "frozen"
	Dissolved   = "dissolved"
)

// Machine is the lifecycle of a fund. What remains at dissolution goes to a like purpose
// (剩余财产转同类慈善目的), which the public reason has to name.
var Machine = lifecycle.Machine{
	Name: "fund", Initial: Established,
	States: []lifecycle.State{
		{Code: Established, ZH: "设立", EN: "Established"},
		{Code: Active, ZH: "运行", EN: "Active"},
		{Code: Frozen, ZH: "冻结", EN: "Frozen"},
		{Code: Dissolved, ZH: "清算", EN: "Dissolved", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: Established, Action: "activate", To: Active, Permission: access.FundApprove},
		{From: Active, Action: "freeze", To: Frozen, Permission: access.FundApprove, Reason: true, Notice: true},
		{From: Frozen, Action: "unfreeze", To: Active, Permission: access.FundApprove, Reason: true, Notice: true},
		{From: Frozen, Action: "dissolve", To: Dissolved, Permission: access.FundApprove, Reason: true, Notice: true},
	},
}

// States of a pledge.
const (
	Offered   = "offered"
	Accepted  = "accepted"
	Fulfilled = "fulfilled"
	Declined  = "declined"
	Withdrawn = "withdrawn"
	Cancelled = "cancelled"
)

// PledgeMachine is the lifecycle of a pledge 认捐承诺. Overdue and paid-so-far are computed.
var PledgeMachine = lifecycle.Machine{
	Name: "pledge", Initial: Offered,
	States: []lifecycle.State{
		{Code: Offered, ZH: "已提出", EN: "Offered"},
		{Code: Accepted, ZH: "已接受", EN: "Accepted"},
		{Code: Fulfilled, ZH: "已兑现", EN: "Fulfilled"},
		{Code: Declined, ZH: "未接受", EN: "Declined", Final: true},
		{Code: Withdrawn, ZH: "已撤回", EN: "Withdrawn", Final: true},
		{Code: Cancelled, ZH: "已终止", EN: "Cancelled", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: Offered, Action: "accept", To: Accepted, Permission: access.FundManage},
		{From: Offered, Action: "decline", To: Declined, Permission: access.FundManage, Reason: true},
		{From: Offered, Action: "withdraw", To: Withdrawn, Permission: access.PledgeOffer},
		{From: Accepted, Action: "fulfil", To: Fulfilled, Permission: access.FundManage},
		{From: Fulfilled, Action: "reopen", To: Accepted, Permission: access.FundManage},
		{From: Accepted, Action: "cancel", To: Cancelled, Permission: access.FundApprove, Reason: true, Notice: true},
	},
}

// States of an inflow: by bank (registered …) or by card (intended …).
const (
	Registered = "registered"
	Intended   = "intended"
	Awaiting   = "awaiting_card"
	Received   = "received"
	Receipted  = "receipted"
	Rejected   = "rejected"
	Expired    = "expired"
	Refunded   = "refunded"
)

// DonationMachine is the lifecycle of an inflow by bank: registered from the bank's line and
// confirmed by a second person.
var DonationMachine = lifecycle.Machine{
	Name: "donation", Initial: Registered,
	States: []lifecycle.State{
		{Code: Registered, ZH: "已登记", EN: "Registered"},
		{Code: Received, ZH: "已入账", EN: "Received"},
		{Code: Receipted, ZH: "已开捐赠票据", EN: "Receipt issued", Final: true},
		{Code: Rejected, ZH: "登记有误，已退回", EN: "Entry rejected", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: Registered, Action: "confirm", To: Received, Permission: access.FundApprove},
		{From: Registered, Action: "reject", To: Rejected, Permission: access.FundApprove, Reason: true},
		{From: Received, Action: "issue_receipt", To: Receipted, Permission: access.FundManage},
	},
}

// CardMachine is the lifecycle of a card donation: intended, then moved by the provider's
// signed messages only, never by the donor's return to our page. Money may arrive after we
// thought the page had expired, and a lost dispute may be won back.
var CardMachine = lifecycle.Machine{
	Name: "card_donation", Initial: Intended,
	States: []lifecycle.State{
		{Code: Intended, ZH: "待支付", EN: "Intended"},
		{Code: Awaiting, ZH: "等待刷卡确认", EN: "Awaiting card payment"},
		{Code: Received, ZH: "已入账", EN: "Received"},
		{Code: Receipted, ZH: "已开捐赠票据", EN: "Receipt issued"},
		{Code: Expired, ZH: "未支付，已过期", EN: "Expired unpaid"},
		{Code: Refunded, ZH: "已退款", EN: "Refunded"},
	},
	Rows: []lifecycle.Row{
		{From: Intended, Action: "open", To: Awaiting, Permission: access.DonationGive},
		{From: Intended, Action: "pay", To: Received, Permission: access.CardProvider},
		{From: Intended, Action: "expire", To: Expired, Permission: access.CardProvider},
		{From: Awaiting, Action: "pay", To: Received, Permission: access.CardProvider},
		{From: Awaiting, Action: "expire", To: Expired, Permission: access.CardProvider},
		{From: Expired, Action: "pay", To: Received, Permission: access.CardProvider},
		{From: Received, Action: "issue_receipt", To: Receipted, Permission: access.FundManage},
		{From: Received, Action: "refund", To: Refunded, Permission: access.CardProvider},
		{From: Receipted, Action: "refund", To: Refunded, Permission: access.CardProvider},
		{From: Refunded, Action: "reinstate", To: Received, Permission: access.CardProvider},
	},
}

// States of a grant (domain handbook §4).
const (
	GrantProposed   = "grant_proposed"
	GrantReviewed   = "reviewed"
	GrantPublicised = "publicised"
	Granted         = "granted"
	GrantReported   = "reported"
	GrantClosed     = "closed"
	GrantRejected   = "rejected"
)

// GrantMachine is the lifecycle of a grant 资助拨款: no money leaves before the public had
// its days to object.
var GrantMachine = lifecycle.Machine{
	Name: "grant", Initial: GrantProposed,
	States: []lifecycle.State{
		{Code: GrantProposed, ZH: "已提出", EN: "Proposed"},
		{Code: GrantReviewed, ZH: "已审议", EN: "Reviewed"},
		{Code: GrantPublicised, ZH: "公示中", EN: "Publicised"},
		{Code: Granted, ZH: "已拨付", EN: "Granted"},
		{Code: GrantReported, ZH: "已报告用途", EN: "Reported"},
		{Code: GrantClosed, ZH: "已结项", EN: "Closed", Final: true},
		{Code: GrantRejected, ZH: "未通过", EN: "Rejected", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: GrantProposed, Action: "review", To: GrantReviewed, Permission: access.FundApprove},
		{From: GrantProposed, Action: "reject", To: GrantRejected, Permission: access.FundApprove, Reason: true, Notice: true},
		{From: GrantReviewed, Action: "publicise", To: GrantPublicised, Permission: access.FundManage, Notice: true},
		{From: GrantPublicised, Action: "grant", To: Granted, Permission: access.FundApprove},
		{From: GrantPublicised, Action: "reject", To: GrantRejected, Permission: access.FundApprove, Reason: true, Notice: true},
		{From: Granted, Action: "report", To: GrantReported, Permission: access.GrantReport},
		{From: GrantReported, Action: "close", To: GrantClosed, Permission: access.FundApprove, Notice: true},
	},
}
