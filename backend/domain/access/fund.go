package access

// What may be done with community funds. Managers propose and register, approvers decide:
// they are two persons for every inflow and every grant (domain handbook §7).
const (
	FundManage      Permission = "fund.manage"
	FundApprove     Permission = "fund.approve"
	FundReadPrivate Permission = "fund.read_private" // entries that are not public yet, donors' names
	PledgeOffer     Permission = "pledge.offer"
	DonationGive    Permission = "donation.give"
	GrantReport     Permission = "grant.report"
	CardProvider    Permission = "card.provider" // the provider's signed message; no person has it
)

var fundGrants = []Grant{
	{FundManage, []Role{FundManager}, OwnParty},
	{FundApprove, []Role{FundApprover}, OwnParty},
	{FundReadPrivate, []Role{FundManager, FundApprover}, OwnParty},
	{FundReadPrivate, []Role{Auditor}, Anywhere},
	{PledgeOffer, []Role{SupplierAdmin, SupplierAgent}, OwnParty},
	{DonationGive, []Role{Resident, Council, CommunityWorker, SupplierAdmin, SupplierAgent, FundManager, FundApprover}, Anywhere},
	{CardProvider, nil, Anywhere},
	{GrantReport, []Role{FundManager, SupplierAdmin, SupplierAgent}, OwnParty},
}
