package payment

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

func day(m time.Month, d int) calendar.Date { return calendar.Date{Year: 2026, Month: m, Day: d} }

func requested() *Payment {
	return &Payment{
		ID: "p", SupplierID: "s", AmountFen: 8640000, MilestoneID: "m", Status: Requested, RequestedBy: "maker",
		Payee: Payee{Holder: "晨光邻里", Bank: "成都银行", Number: "6222000044714471"}, DueOn: day(7, 1), DailyRate: "0.0005",
	}
}

func approved(t testing.TB) *Payment {
	t.Helper()
	p := requested()
	if err := p.VerifyInvoice("checker", day(6, 3).At(15, 20)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Approve("a", "approver", "李*", day(6, 4).At(9, 0)); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMachine_EveryStateWithEveryAction(t *testing.T) {
	t.Parallel()
	allowed := 0
	for _, s := range Machine.States {
		for _, verb := range Machine.Verbs() {
			row, err := Machine.Fire(s.Code, verb, "because")
			if err != nil {
				if !fault.Is(err, "payment.transition_refused") {
					t.Errorf("%s %s: %v", s.Code, verb, err)
				}
				continue
			}
			allowed++
			if s.Final || !Machine.Has(row.To) {
				t.Errorf("%s leaves %s to %s", verb, s.Code, row.To)
			}
		}
	}
	if allowed != len(Machine.Rows) {
		t.Errorf("%d transitions work, the table has %d rows", allowed, len(Machine.Rows))
	}
}

// EX-11 of the domain handbook.
func TestPayment_DueDateOverdueAndInterest(t *testing.T) {
	t.Parallel()
	c, err := calendar.Official()
	if err != nil {
		t.Fatal(err)
	}
	for from, want := range map[calendar.Date]calendar.Date{day(3, 10): day(4, 9), day(9, 1): day(10, 8)} {
		if got, err := DueOn(c, from, 30); err != nil || got != want {
			t.Errorf("delivered %s: due %s %v, want %s", from, got, err, want)
		}
	}
	p := &Payment{AmountFen: 12000000, DueOn: day(10, 8), DailyRate: "0.0005", Status: Paid, PaidOn: day(10, 25)}
	if n := p.OverdueDays(day(12, 1)); n != 17 {
		t.Errorf("%d days late, want 17", n)
	}
	if f, err := p.Interest(day(12, 1)); err != nil || f != 102000 {
		t.Errorf("interest %s %v, want 1,020.00", f, err)
	}
	p.PaidOn = day(10, 8)
	if n := p.OverdueDays(day(12, 1)); n != 0 {
		t.Errorf("paid on the due date is %d days late", n)
	}
	open := &Payment{AmountFen: 8640000, DueOn: day(7, 1), DailyRate: "0.0005", Status: Approved}
	if f, _ := open.Interest(day(7, 2)); open.OverdueDays(day(7, 1)) != 0 || f != 4320 {
		t.Errorf("the first day costs %s, want 43.20", f)
	}
}

func TestRoom_NeverMoreThanAccepted(t *testing.T) {
	t.Parallel()
	r := Room{PayableFen: 8640000, RequestedFen: 8639999}
	if err := r.CheckAmount(1); err != nil {
		t.Error(err)
	}
	for f, code := range map[money.Fen]string{2: "payment.over_accepted", 0: "payment.amount_invalid", -1: "payment.amount_invalid"} {
		if err := r.CheckAmount(f); !fault.Is(err, code) {
			t.Errorf("%d: %v", f, err)
		}
	}
}

func TestPayment_ThreePersons(t *testing.T) {
	t.Parallel()
	p := requested()
	if _, err := p.Approve("a", "approver", "", time.Time{}); !fault.Is(err, "payment.transition_refused") {
		t.Errorf("approved before the invoice check: %v", err)
	}
	if err := p.VerifyInvoice("checker", day(6, 3).At(9, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Approve("a", "maker", "", day(6, 3).At(9, 0)); !fault.Is(err, "payment.same_person") || p.Status != InvoiceVerified {
		t.Errorf("requester approved: %v", err)
	}
	p = approved(t)
	for _, who := range []string{"maker", "approver"} {
		if err := p.Instruct(ident.PersonID(who), BankTransfer, day(6, 5).At(9, 0)); !fault.Is(err, "payment.same_person") || p.Status != Approved {
			t.Errorf("%s paid: %v", who, err)
		}
	}
	if err := p.Instruct("cashier", "cash", day(6, 5).At(9, 0)); !fault.Is(err, "payment.method_unknown") {
		t.Errorf("cash: %v", err)
	}
	if err := p.Instruct("cashier", BankTransfer, day(6, 5).At(9, 0)); err != nil || p.Attempts != 1 {
		t.Error(err)
	}
}

func TestPayment_AnApprovalBindsPayeeAccountAmountAndMilestone(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Payment){
		"account":   func(p *Payment) { p.Payee.Number = "6222000099998888" },
		"holder":    func(p *Payment) { p.Payee.Holder = "其他" },
		"bank":      func(p *Payment) { p.Payee.Bank = "其他" },
		"amount":    func(p *Payment) { p.AmountFen++ },
		"milestone": func(p *Payment) { p.MilestoneID = "m2" },
		"supplier":  func(p *Payment) { p.SupplierID = "s2" },
	} {
		p := approved(t)
		change(p)
		if err := p.Instruct("cashier", BankTransfer, day(6, 5).At(9, 0)); !fault.Is(err, "payment.approval_void") || p.Status != Approved {
			t.Errorf("%s changed after approval: %v", name, err)
		}
		if err := p.Back("revoke", "changed"); err != nil || p.ApprovedHash != "" {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := p.Approve("a2", "approver", "", day(6, 5).At(9, 0)); err != nil {
			t.Errorf("%s: approving again: %v", name, err)
		}
	}
}

func TestPayment_PaidWithVoucherThenReturnedAndAgain(t *testing.T) {
	t.Parallel()
	p := approved(t)
	if err := p.Instruct("cashier", BankTransfer, day(6, 5).At(9, 0)); err != nil {
		t.Fatal(err)
	}
	now := day(6, 6).At(9, 0)
	if err := p.ConfirmPaid("", day(6, 6), now); !fault.Is(err, "payment.voucher_missing") {
		t.Errorf("no voucher: %v", err)
	}
	for _, on := range []calendar.Date{day(6, 4), day(6, 7), {}} {
		if err := p.ConfirmPaid("V1", on, now); !fault.Is(err, "payment.paid_on_invalid") {
			t.Errorf("paid on %s: %v", on, err)
		}
	}
	if err := p.ConfirmPaid("V1", day(6, 6), now); err != nil || !p.Done() {
		t.Fatal(err)
	}
	if err := p.Bounce(""); !fault.Is(err, "payment.reason_required") {
		t.Errorf("bounced without a reason: %v", err)
	}
	if err := p.Bounce("账号户名不符"); err != nil || p.Status != Returned || p.VoucherNumber != "" {
		t.Fatalf("%v %s", err, p.Status)
	}
	if err := p.Back("retry", "account corrected"); err != nil || p.Status != InvoiceVerified {
		t.Fatalf("%v %s", err, p.Status)
	}
}

func invoice() Invoice {
	return Invoice{
		Number: "26512000000411870093", IssuedOn: day(6, 2), BuyerName: "保和街道办事处", BuyerUSCC: "11510108MB0000001X",
		SellerName: "晨光邻里（成都）社会企业", SellerUSCC: "91510107MA6C00017H", Item: "社会服务", AmountFen: 8150943, TaxRateBP: 600, TaxFen: 489057, TotalFen: 8640000,
	}
}

func expected() Expected {
	return Expected{
		BuyerName: "保和街道办事处", BuyerUSCC: "11510108MB0000001X", SellerName: "晨光邻里(成都)社会企业", SellerUSCC: "91510107MA6C00017H",
		AmountFen: 8640000, NotBefore: day(4, 1),
	}
}

func TestInvoice_FitsOrSaysWhatDoesNot(t *testing.T) {
	t.Parallel()
	if err := invoice().Check(day(6, 2)); err != nil {
		t.Fatal(err)
	}
	if err := Refusal(invoice().Compare(expected())); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		change func(*Invoice, *Expected)
		check  string
	}{
		"used before":   {func(_ *Invoice, e *Expected) { e.UsedElsewhere = true }, CheckNumberUnused},
		"other buyer":   {func(v *Invoice, _ *Expected) { v.BuyerName = "青龙街道办事处" }, CheckBuyer},
		"buyer's USCC":  {func(v *Invoice, _ *Expected) { v.BuyerUSCC = "" }, CheckBuyer},
		"other seller":  {func(v *Invoice, _ *Expected) { v.SellerUSCC = "51510100MJQ000015B" }, CheckSeller},
		"one fen more":  {func(v *Invoice, _ *Expected) { v.TotalFen++ }, CheckAmount},
		"wrong tax":     {func(v *Invoice, _ *Expected) { v.TaxFen += 2 }, CheckTax},
		"before signed": {func(v *Invoice, _ *Expected) { v.IssuedOn = day(3, 31) }, CheckDate},
	} {
		v, e := invoice(), expected()
		x.change(&v, &e)
		f, ok := fault.As(Refusal(v.Compare(e)))
		if !ok || f.Code != "invoice.does_not_fit" || f.Params["check"] != x.check {
			t.Errorf("%s: %v", name, f)
		}
	}
	for name, change := range map[string]func(*Invoice){
		"19 digits":     func(v *Invoice) { v.Number = v.Number[1:] },
		"letters":       func(v *Invoice) { v.Number = "2651200000041187009A" },
		"tomorrow":      func(v *Invoice) { v.IssuedOn = day(6, 3) },
		"sum off a fen": func(v *Invoice) { v.TotalFen++ },
		"negative tax":  func(v *Invoice) { v.TaxFen = -1 },
		"no item":       func(v *Invoice) { v.Item = " " },
	} {
		v := invoice()
		change(&v)
		if err := v.Check(day(6, 2)); !fault.Is(err, "invoice.invalid") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLine_MatchesExactlyOrNotAtAll(t *testing.T) {
	t.Parallel()
	line := func() *Line { return &Line{State: LineOpen, AmountFen: -8640000, ImportedBy: "cashier"} }
	now := day(6, 8).At(9, 0)
	l := line()
	if err := l.Match([]Match{{"p", 8639999}}, "ledger", now); !fault.Is(err, "statement.amount_differs") || l.State != LineOpen {
		t.Errorf("a fen off: %v", err)
	}
	if err := l.Match([]Match{{"p", 8640000}}, "ledger", now); err != nil || l.State != LineMatched {
		t.Errorf("%v %s", err, l.State)
	}
	if err := l.Match([]Match{{"p", 8640000}}, "ledger", now); !fault.Is(err, "statement.not_open") {
		t.Errorf("twice: %v", err)
	}
	l = line()
	if err := l.Match([]Match{{"p", 4320000}, {"p", 4320000}}, "ledger", now); !fault.Is(err, "statement.match_invalid") {
		t.Errorf("one payment twice: %v", err)
	}
	if err := l.Match([]Match{{"p", 4320000}, {"q", 4320000}}, "ledger", now); err != nil || l.State != LineSplit {
		t.Errorf("%v %s", err, l.State)
	}
	l = line()
	if err := l.Ignore("", "ledger", now); !fault.Is(err, "statement.reason_required") {
		t.Errorf("no reason: %v", err)
	}
	if err := l.Ignore("手续费", "cashier", now); !fault.Is(err, "statement.same_person") {
		t.Errorf("importer ignores: %v", err)
	}
	if err := l.Ignore("手续费", "ledger", now); err != nil || l.State != LineIgnored {
		t.Errorf("%v", err)
	}
}

func TestLine_SuggestNeverGuessesAnAmount(t *testing.T) {
	t.Parallel()
	p := approved(t)
	p.Status, p.Code = Paid, "FK-2026-000391"
	l := &Line{AmountFen: -8640000, CounterBank: "6222000044714471"}
	if got := l.Suggest([]*Payment{p}); len(got) != 1 {
		t.Errorf("by account: %v", got)
	}
	l = &Line{AmountFen: -8640000, Remark: "付款 FK-2026-000391"}
	if got := l.Suggest([]*Payment{p}); len(got) != 1 {
		t.Errorf("by code: %v", got)
	}
	l.AmountFen = -8640001
	if got := l.Suggest([]*Payment{p}); got != nil {
		t.Errorf("a fen off: %v", got)
	}
}

func TestInterest_IsMonotonicAndExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount := money.Fen(rapid.Int64Range(1, 1e13).Draw(t, "amount"))
		days := rapid.IntRange(0, 3650).Draw(t, "days")
		a, err := Interest(amount, "0.0005", days)
		if err != nil {
			t.Fatal(err)
		}
		want, err := money.MulRat(amount, 5*int64(days), 10000)
		if err != nil || a != want {
			t.Fatalf("%s, want %s (%v)", a, want, err)
		}
	})
}
