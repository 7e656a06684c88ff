package ledger

import "linli/backend/domain/money"

// Statutory is one line of an entry as the accounting rules for government units want it: two
// parallel ledgers, financial (accrual) and budget (cash). They are reports over the journals of
// the control ledger and are stored nowhere.
type Statutory struct {
	Ledger  string // financial or budget
	Code    string // of the account, for the words in both languages
	Debit   money.Fen
	Credit  money.Fen
	Subject string // economy code of the budget line, or what the line is about
}

// The two parallel ledgers.
const (
	Financial = "financial" // 财务会计
	Budgetary = "budget"    // 预算会计
)

// The accounts of the rules that a purchased service touches.
const (
	BusinessExpense      = "business_expense"      // 业务活动费用
	AccountsPayable      = "accounts_payable"      // 应付账款
	AppropriationIncome  = "appropriation_income"  // 财政拨款收入
	BudgetExpenditure    = "budget_expenditure"    // 行政支出／事业支出
	AppropriationReceipt = "appropriation_receipt" // 财政拨款预算收入
)

// StatutoryEntries derives what a journal means in the two parallel ledgers: an acceptance is an
// expense owed; a payment settles what is owed out of the appropriation, and is expenditure of
// the budget ledger. Other kinds have no statutory entry.
func StatutoryEntries(kind string, amount money.Fen, subject string) []Statutory {
	line := func(book, code string, debit, credit money.Fen) Statutory {
		return Statutory{Ledger: book, Code: code, Debit: debit, Credit: credit, Subject: subject}
	}
	switch kind {
	case EntryAcceptance:
		return []Statutory{
			line(Financial, BusinessExpense, amount, 0),
			line(Financial, AccountsPayable, 0, amount),
		}
	case EntryPayment, EntryHold:
		return []Statutory{
			line(Financial, AccountsPayable, amount, 0),
			line(Financial, AppropriationIncome, 0, amount),
			line(Budgetary, BudgetExpenditure, amount, 0),
			line(Budgetary, AppropriationReceipt, 0, amount),
		}
	default:
		return nil
	}
}
