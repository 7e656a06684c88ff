package access

// What may be done to contracts, milestones and the people's opinion about them.
const (
	ContractRead         Permission = "contract.read" // before publication, and what is not public
	ContractDraft        Permission = "contract.draft"
	ContractSign         Permission = "contract.sign"
	ContractSignSupplier Permission = "contract.sign_supplier"
	ContractPublish      Permission = "contract.publish"
	ContractRun          Permission = "contract.run"       // file, start, complete, close
	ContractInterrupt    Permission = "contract.interrupt" // suspend, resume, terminate, rescind
	ContractPayee        Permission = "contract.change_payee"
	SupplementPropose    Permission = "supplement.propose"
	MilestoneDeliver     Permission = "milestone.deliver"
	MilestoneInspect     Permission = "milestone.inspect"
	MilestoneSettle      Permission = "milestone.settle"
	OpinionGive          Permission = "opinion.give"
)

var contractGrants = []Grant{
	{ContractRead, []Role{BuyerMaker, BuyerApprover, Agency, SupplierAgent, SupplierAdmin, CommunityWorker}, OwnParty},
	{ContractRead, []Role{FinanceOfficer, FinanceApprover, CommunityWorker}, InScope},
	{ContractRead, []Role{Auditor, AuditAdmin}, Anywhere},
	{ContractDraft, []Role{BuyerMaker}, OwnParty},
	{ContractSign, []Role{BuyerApprover}, OwnParty},
	{ContractSignSupplier, []Role{SupplierAgent, SupplierAdmin}, OwnParty},
	{ContractPublish, []Role{BuyerMaker}, OwnParty},
	{ContractRun, []Role{BuyerMaker}, OwnParty},
	{ContractInterrupt, []Role{BuyerApprover}, OwnParty},
	{ContractPayee, []Role{SupplierAdmin}, OwnParty},
	{SupplementPropose, []Role{BuyerMaker}, OwnParty},
	{MilestoneDeliver, []Role{SupplierAgent, SupplierAdmin}, OwnParty},
	{MilestoneInspect, []Role{BuyerMaker}, OwnParty},
	{MilestoneSettle, []Role{FinanceApprover}, InScope},
	// The people served are those whose community the project covers; the guard is in the use case.
	{OpinionGive, []Role{Resident, Council, CommunityWorker}, Anywhere},
}
