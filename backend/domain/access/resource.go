package access

// What may be done about the resource list. The owner describes what it offers; facts of
// registers come in with lists; whoever knows the neighbourhood checks that records are true.
const (
	ResourceEdit     Permission = "resource.edit"
	ResourceCheck    Permission = "resource.check"
	ResourceRegister Permission = "resource.register" // add organisations, facts of registers
	ListImport       Permission = "list.import"       // organisations, needs and projects from files
	ListExport       Permission = "list.export"       // with what is not public
	MistakeAnswer    Permission = "mistake.answer"
)

var resourceGrants = []Grant{
	{ResourceEdit, []Role{SupplierAdmin, CommunityWorker}, OwnParty},
	{ResourceCheck, []Role{CommunityWorker, BuyerMaker}, Anywhere},
	{ResourceRegister, []Role{PlatformAdmin}, Anywhere},
	{ListImport, []Role{PlatformAdmin}, Anywhere},
	{ListImport, []Role{CommunityWorker}, InScope},
	{ListExport, []Role{PlatformAdmin, Auditor}, Anywhere},
	{MistakeAnswer, []Role{SupplierAdmin, CommunityWorker}, OwnParty},
}
