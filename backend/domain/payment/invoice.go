package payment

import (
	"strings"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Invoice is a fully digital e-invoice 全面数字化电子发票 as the requester stated it. Amount and
// tax add up to the total; there is no code, checksum or seal.
type Invoice struct {
	ID         ident.InvoiceID
	Version    int64
	PaymentID  ident.PaymentID
	Number     string // 20 digits
	IssuedOn   calendar.Date
	BuyerName  string
	BuyerUSCC  string
	SellerName string
	SellerUSCC string
	Item       string
	AmountFen  money.Fen // without tax
	TaxRateBP  int       // 600 for 6 %; 0 where exempt
	TaxFen     money.Fen
	TotalFen   money.Fen
	FileID     ident.FileID // may be empty
	Replaced   bool         // a later invoice took its place; its number stays used
	RecordedAt time.Time
	RecordedBy ident.PersonID
}

// invoiceDigits is the length of the number of a fully digital e-invoice.
const invoiceDigits = 20

// Check tells whether an invoice may be recorded. Fault invoice.invalid with fields.
func (v Invoice) Check(today calendar.Date) error {
	bad := fault.Invalid("invoice.invalid", "the invoice does not hold")
	if len(v.Number) != invoiceDigits || strings.Trim(v.Number, "0123456789") != "" {
		bad = bad.At("invoice.number", "form", "20 digits")
	}
	if v.IssuedOn.IsZero() || v.IssuedOn.After(today) {
		bad = bad.At("invoice.issuedOn", "future", "today or earlier")
	}
	if v.AmountFen <= 0 || v.TaxFen < 0 || v.TaxRateBP < 0 || v.TaxRateBP > 10000 {
		bad = bad.At("invoice.amountFen", "range", "an amount above zero, tax of zero or more")
	}
	if v.AmountFen+v.TaxFen != v.TotalFen {
		bad = bad.At("invoice.totalFen", "sum", "amount and tax add up to the total")
	}
	if strings.TrimSpace(v.Item) == "" {
		bad = bad.At("invoice.item", "required", "what was sold")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Expected is what an invoice must say to be paid on.
type Expected struct {
	BuyerName, BuyerUSCC   string
	SellerName, SellerUSCC string
	AmountFen              money.Fen
	NotBefore              calendar.Date // signing of the contract
	UsedElsewhere          bool          // another invoice on file has the number
}

// The checks of an invoice, in the order they are shown.
const (
	CheckNumberUnused = "invoice_number_unused"
	CheckBuyer        = "invoice_buyer"
	CheckSeller       = "invoice_seller"
	CheckAmount       = "invoice_amount"
	CheckTax          = "invoice_tax"
	CheckDate         = "invoice_date"
)

// CheckResult is one line of the list a person sees before deciding.
type CheckResult struct {
	Code   string
	Passed bool
	Found  string
	Wanted string
}

// Compare lists every check of an invoice, passed or not.
func (v Invoice) Compare(e Expected) []CheckResult {
	tax, err := money.MulRat(v.AmountFen, int64(v.TaxRateBP), 10000)
	taxFits := err == nil && (tax-v.TaxFen <= 1 && v.TaxFen-tax <= 1) // a line-wise rounded invoice may differ by a fen
	return []CheckResult{
		{Code: CheckNumberUnused, Passed: !e.UsedElsewhere, Found: v.Number},
		{Code: CheckBuyer, Passed: same(v.BuyerName, e.BuyerName) && same(v.BuyerUSCC, e.BuyerUSCC), Found: v.BuyerName + " " + v.BuyerUSCC, Wanted: e.BuyerName + " " + e.BuyerUSCC},
		{Code: CheckSeller, Passed: same(v.SellerName, e.SellerName) && same(v.SellerUSCC, e.SellerUSCC), Found: v.SellerName + " " + v.SellerUSCC, Wanted: e.SellerName + " " + e.SellerUSCC},
		{Code: CheckAmount, Passed: v.TotalFen == e.AmountFen, Found: v.TotalFen.String(), Wanted: e.AmountFen.String()},
		{Code: CheckTax, Passed: taxFits, Found: v.TaxFen.String(), Wanted: tax.String()},
		{Code: CheckDate, Passed: !v.IssuedOn.Before(e.NotBefore), Found: v.IssuedOn.String(), Wanted: e.NotBefore.String()},
	}
}

// Refusal is the fault for a list of checks that did not all pass: invoice.does_not_fit naming the
// first; nil when all passed.
func Refusal(checks []CheckResult) error {
	var out *fault.Error
	for _, c := range checks {
		if c.Passed {
			continue
		}
		if out == nil {
			out = fault.Conflict("invoice.does_not_fit", "the invoice does not fit: "+c.Code).With("check", c.Code)
		}
		out = out.At("invoice", c.Code, "found "+c.Found+", wanted "+c.Wanted)
	}
	if out == nil {
		return nil
	}
	return out
}

// same compares names without regard to spacing and the width of brackets.
func same(a, b string) bool { return normal(a) == normal(b) }

var widths = strings.NewReplacer("（", "(", "）", ")", " ", "", "\u3000", "")

func normal(s string) string { return strings.ToUpper(widths.Replace(strings.TrimSpace(s))) }
