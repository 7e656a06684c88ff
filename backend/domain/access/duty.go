package access

// Duty is a part a person plays on one project that excludes other parts (separation of
// duties, domain handbook §7).
type Duty string

// The duties.
const (
	DutyNeedWrite  Duty = "need_write"
	DutyNeedReview Duty = "need_review"
	DutyDocDraft   Duty = "doc_draft"
	DutyDocCheck   Duty = "doc_check"
	DutyOpen       Duty = "open"
	DutyScore      Duty = "score"
	DutySign       Duty = "sign"
	DutyAccept     Duty = "accept"
	DutyPayRequest Duty = "pay_request"
	DutyPayApprove Duty = "pay_approve"
	DutyPayExecute Duty = "pay_execute"
	DutyCashier    Duty = "cashier"
	DutyLedger     Duty = "ledger"
)

// Incompatible lists the pairs one person may not hold on the same project.
var Incompatible = [][2]Duty{
	{DutyNeedWrite, DutyNeedReview},
	{DutyDocDraft, DutyDocCheck},
	{DutyDocDraft, DutyOpen},
	{DutySign, DutyAccept},
	{DutyPayRequest, DutyPayApprove},
	{DutyPayRequest, DutyPayExecute},
	{DutyPayApprove, DutyPayExecute},
	{DutyCashier, DutyLedger},
}

// Clashes tells whether two duties exclude each other.
func Clashes(a, b Duty) bool {
	for _, p := range Incompatible {
		if (p[0] == a && p[1] == b) || (p[0] == b && p[1] == a) {
			return true
		}
	}
	return false
}
