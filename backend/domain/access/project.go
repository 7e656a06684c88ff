package access

// Permissions of projects, budget lines and matching.
const (
	ProjectPropose   Permission = "project.propose"
	ProjectBudget    Permission = "project.budget"
	ProjectPlan      Permission = "project.plan"
	ProjectSuspend   Permission = "project.suspend"
	ProjectTerminate Permission = "project.terminate"
	ProjectEvaluate  Permission = "project.evaluate"
	ProjectArchive   Permission = "project.archive"
	// ProjectAdvance stands on the rows that tender, contract and acceptance fire through
	// projects.Advance; the permission that counts is the one of their own use case.
	ProjectAdvance Permission = "project.advance"

	BudgetRead   Permission = "budget.read"
	BudgetRecord Permission = "budget.record"
	BudgetAdjust Permission = "budget.adjust"

	MatchingRead     Permission = "matching.read"
	MatchingChoose   Permission = "matching.choose"
	OpportunityRead  Permission = "opportunity.read"
	WeightsRead      Permission = "weights.read"
	WeightsPropose   Permission = "weights.propose"
	WeightsApprove   Permission = "weights.approve"
	MatchingReadAll  Permission = "matching.read_all"
	WorkProjectsRead Permission = "project.work_list"
)

var (
	projectMakers    = []Role{BuyerMaker, CommunityWorker, FundManager}
	projectApprovers = []Role{BuyerApprover, CommunityWorker, FundApprover}
	suppliers        = []Role{SupplierAgent, SupplierAdmin}
	finance          = []Role{FinanceOfficer, FinanceApprover}
)

// A buyer proposes and plans, finance keeps the lines and confirms that the money is there.
var projectGrants = []Grant{
	{ProjectPropose, projectMakers, OwnParty},
	{ProjectBudget, finance, InScope},
	{ProjectPlan, projectApprovers, OwnParty},
	{ProjectSuspend, projectApprovers, OwnParty},
	{ProjectTerminate, projectApprovers, OwnParty},
	{ProjectEvaluate, projectApprovers, OwnParty},
	{ProjectArchive, projectMakers, OwnParty},
	{ProjectAdvance, projectApprovers, OwnParty},
	{WorkProjectsRead, append(append([]Role{Auditor, Agency}, projectMakers...), append([]Role{BuyerApprover, FundApprover}, finance...)...), Anywhere},

	{BudgetRead, append([]Role{BuyerMaker, BuyerApprover, CommunityWorker, FundManager, FundApprover, Auditor}, finance...), Anywhere},
	{BudgetRecord, []Role{FinanceOfficer}, InScope},
	{BudgetAdjust, []Role{FinanceApprover}, InScope},

	{MatchingRead, []Role{BuyerMaker, BuyerApprover, CommunityWorker, FundManager, FundApprover}, InScope},
	{MatchingReadAll, []Role{Auditor}, Anywhere},
	{MatchingRead, []Role{Auditor}, Anywhere},
	{MatchingChoose, projectMakers, InScope},
	{OpportunityRead, suppliers, OwnParty},
	{WeightsRead, []Role{PlatformAdmin, FinanceApprover, Auditor, BuyerMaker, BuyerApprover, CommunityWorker, SupplierAgent, SupplierAdmin}, Anywhere},
	{WeightsPropose, []Role{PlatformAdmin}, Anywhere},
	{WeightsApprove, []Role{FinanceApprover}, Anywhere},
}
