package access

// What may be done to payments, the ledger and bank statements.
const (
	PaymentRead     Permission = "payment.read"
	PaymentRequest  Permission = "payment.request"
	PaymentVerify   Permission = "payment.verify_invoice"
	PaymentApprove  Permission = "payment.approve"
	PaymentExecute  Permission = "payment.execute"
	PaymentSettle   Permission = "payment.reconcile"
	PaymentDispute  Permission = "payment.dispute"
	PayeeConfirm    Permission = "payee.confirm"
	LedgerRead      Permission = "ledger.read"
	StatementRead   Permission = "statement.read"
	StatementImport Permission = "statement.import"
	StatementMatch  Permission = "statement.match"
	CalendarLoad    Permission = "calendar.load"
)

var ledgerGrants = []Grant{
	{PaymentRead, []Role{BuyerMaker, BuyerApprover, SupplierAgent, SupplierAdmin}, OwnParty},
	{PaymentRead, []Role{FinanceOfficer, FinanceApprover}, InScope},
	{PaymentRead, []Role{Auditor, AuditAdmin}, Anywhere},
	{PaymentRequest, []Role{BuyerMaker, SupplierAgent, SupplierAdmin}, OwnParty},
	{PaymentVerify, []Role{BuyerMaker}, OwnParty},
	{PaymentVerify, []Role{FinanceOfficer}, InScope},
	{PaymentApprove, []Role{BuyerApprover}, OwnParty},
	{PaymentExecute, []Role{FinanceOfficer}, InScope},
	{PaymentSettle, []Role{FinanceApprover}, InScope},
	{PaymentDispute, []Role{BuyerMaker, BuyerApprover}, OwnParty},
	{PayeeConfirm, []Role{FinanceApprover}, InScope},
	{LedgerRead, []Role{BuyerMaker, BuyerApprover}, OwnParty},
	{LedgerRead, []Role{FinanceOfficer, FinanceApprover}, InScope},
	{LedgerRead, []Role{Auditor, AuditAdmin}, Anywhere},
	{StatementRead, []Role{FinanceOfficer, FinanceApprover}, InScope},
	{StatementRead, []Role{Auditor, AuditAdmin}, Anywhere},
	{StatementImport, []Role{FinanceOfficer}, InScope},
	{StatementMatch, []Role{FinanceApprover}, InScope},
	{CalendarLoad, []Role{PlatformAdmin}, Anywhere},
}
