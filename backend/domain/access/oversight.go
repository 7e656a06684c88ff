package access

// What oversight may do. Everyone may read threads, funds and figures: they are Public and
// have no permission of their own.
const (
	AuditRead   Permission = "audit.read"   // search the audit record, open the state behind it
	AuditExport Permission = "audit.export" // take the record away as CSV or XLSX
	AuditOwn    Permission = "audit.own"    // what one's own party did
)

var oversightGrants = []Grant{
	{AuditRead, []Role{Auditor, AuditAdmin}, Anywhere},
	{AuditExport, []Role{Auditor}, Anywhere},
	{AuditOwn, []Role{SupplierAdmin, SupplierAgent}, OwnParty},
	{AuditOwn, []Role{PlatformAdmin, SecurityAdmin, AuditAdmin}, OwnPerson},
}
