package access

// What concerns people, parties, sessions and the platform. The system administrator
// manages users and parties and reaches no business data; the security administrator locks
// accounts and ends sessions; the audit administrator reads what administrators did
// (domain handbook §7).
const (
	PartyRead       Permission = "party.read"
	PartyManage     Permission = "party.manage"
	PeopleRead      Permission = "people.read"
	MembershipGrant Permission = "membership.grant"
	MembershipEnd   Permission = "membership.end"
	PasswordHelp    Permission = "password.help" // reset in person
	AccountLock     Permission = "account.lock"
	AdminActsRead   Permission = "admin_acts.read"
	ClockAdvance    Permission = "clock.advance"
)

var organisers = []Role{SupplierAdmin, CommunityWorker, BuyerApprover, FinanceApprover, FundManager}

var peopleGrants = []Grant{
	{PartyRead, []Role{PlatformAdmin, SecurityAdmin, AuditAdmin, Auditor}, Anywhere},
	{PartyRead, organisers, OwnParty},
	{PartyManage, []Role{PlatformAdmin}, Anywhere},
	{PeopleRead, []Role{PlatformAdmin, SecurityAdmin}, Anywhere},
	{PeopleRead, organisers, OwnParty},
	{PeopleRead, []Role{CommunityWorker}, InScope},
	{MembershipGrant, []Role{PlatformAdmin}, Anywhere},
	{MembershipGrant, []Role{SupplierAdmin, CommunityWorker, BuyerApprover, FinanceApprover}, OwnParty},
	{MembershipEnd, []Role{PlatformAdmin, SecurityAdmin}, Anywhere},
	{MembershipEnd, []Role{SupplierAdmin, CommunityWorker, BuyerApprover, FinanceApprover}, OwnParty},
	{PasswordHelp, []Role{CommunityWorker}, InScope},
	{AccountLock, []Role{SecurityAdmin}, Anywhere},
	{AdminActsRead, []Role{AuditAdmin}, Anywhere},
	{AdminActsRead, []Role{PlatformAdmin, SecurityAdmin}, OwnPerson},
	{ClockAdvance, []Role{PlatformAdmin}, Anywhere},
}
