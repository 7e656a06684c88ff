package settlement_test

import (
	"context"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/contracts"
	"linli/backend/app/settlement"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
	"linli/backend/testkit"
)

var ctx = context.Background()

const price money.Fen = 24000000

// stage is one purchase on its way through contract, acceptance and payment.
type stage struct {
	*testkit.Kit
	p        *testkit.Purchase
	t        testing.TB
	deals    *contracts.Service
	pay      *settlement.Service
	contract ident.ContractID
	payment  ident.PaymentID
	invoices int
}

func newStage(t testing.TB, k *testkit.Kit) *stage {
	return &stage{Kit: k, p: k.Purchase(price), t: t, deals: k.Services.Contracts, pay: k.Services.Settlement}
}

func (s *stage) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) refused(err error, code string) {
	s.t.Helper()
	if !fault.Is(err, code) {
		s.t.Fatalf("got %v, want %s", err, code)
	}
}

func (s *stage) view() contracts.View {
	s.t.Helper()
	v, err := s.deals.Get(ctx, s.p.Maker, s.contract)
	s.ok(err)
	return v
}

func (s *stage) change() contracts.Change {
	return contracts.Change{Version: s.view().Contract.Version, Key: s.Key()}
}

func (s *stage) step(i int) contracts.StepInput {
	m := s.view().Milestones[i].Milestone
	return contracts.StepInput{MilestoneID: m.ID, Change: contracts.Change{Version: m.Version, Key: s.Key()}}
}

func (s *stage) terms() contract.Terms {
	items := []contract.Item{
		{Kind: contract.Deliverable, Name: "服务记录", WeightBP: 4000},
		{Kind: contract.Indicator, Name: "上门次数", Target: "1200", Unit: "次", Direction: contract.AtLeast, Proportional: true, WeightBP: 6000},
	}
	return contract.Terms{
		TermFrom: day(3, 9), TermUntil: day(12, 31), Payee: contract.Payee{Holder: s.p.Supplier.Name, Bank: "成都银行", Number: "6222000044714471"},
		Milestones: []contract.Plan{
			{Title: "第一期", DueOn: day(5, 29), AmountFen: 8640000, Items: items},
			{Title: "第二期", DueOn: day(10, 30), AmountFen: 15360000, Items: items},
		},
	}
}

func day(m time.Month, d int) calendar.Date { return calendar.Date{Year: 2026, Month: m, Day: d} }

func (s *stage) drafted() {
	s.t.Helper()
	d, err := s.deals.Draft(ctx, s.p.Maker, contracts.DraftInput{AwardID: s.p.Award.ID, Key: s.Key()})
	s.ok(err)
	s.contract = ident.ContractID(d.ID)
	_, err = s.deals.Fill(ctx, s.p.Maker, contracts.FillInput{ContractID: s.contract, Change: s.change(), Terms: s.terms()})
	s.ok(err)
}

func (s *stage) sign() contracts.SignInput {
	return contracts.SignInput{ContractID: s.contract, Change: s.change(), TextHash: s.view().TextHash}
}

func (s *stage) move(action, reason string) {
	s.t.Helper()
	_, err := s.deals.Move(ctx, s.buyerFor(action), contracts.MoveInput{ContractID: s.contract, Change: s.change(), Action: action, Reason: reason, FilingNumber: "BA-2026-1"})
	s.ok(err)
}

func (s *stage) buyerFor(action string) access.Actor {
	for _, r := range contract.Machine.Rows {
		if r.Action == action && r.Permission == access.ContractInterrupt {
			return s.p.Approver
		}
	}
	return s.p.Maker
}

// active brings the contract to performance.
func (s *stage) active() {
	s.t.Helper()
	s.drafted()
	_, err := s.deals.SignAsSupplier(ctx, s.p.Agent, s.sign())
	s.ok(err)
	_, err = s.deals.Sign(ctx, s.p.Approver, s.sign())
	s.ok(err)
	s.move("publish", "")
	s.move("file", "")
	s.AdvanceTo(day(3, 9).At(9, 0))
	s.move("start", "")
}

// delivered brings a milestone to inspection on a day.
func (s *stage) delivered(i int, on calendar.Date) {
	s.t.Helper()
	_, err := s.deals.Start(ctx, s.p.Agent, s.step(i))
	s.ok(err)
	x := s.step(i)
	_, err = s.deals.Attach(ctx, s.p.Agent, contracts.EvidenceInput{MilestoneID: x.MilestoneID, Change: x.Change, Title: "服务记录", Count: 1214})
	s.ok(err)
	s.AdvanceTo(on.At(17, 0))
	x = s.step(i)
	_, err = s.deals.Submit(ctx, s.p.Agent, contracts.SubmitInput{MilestoneID: x.MilestoneID, Change: x.Change, DeliveredOn: on})
	s.ok(err)
}

func (s *stage) decide(i int, verdict, visits, reason string) error {
	x := s.step(i)
	_, err := s.deals.Decide(ctx, s.p.Inspector, contracts.DecideInput{
		MilestoneID: x.MilestoneID, Change: x.Change, Verdict: verdict, Reason: reason, UsersOpinion: "电话回访 40 户",
		Findings: []contract.Finding{{Met: true}, {Observed: visits}},
	})
	return err
}

// accepted brings a milestone to where it may be paid.
func (s *stage) accepted(i int, on calendar.Date) {
	s.t.Helper()
	s.delivered(i, on)
	_, err := s.deals.Inspect(ctx, s.p.Inspector, s.step(i))
	s.ok(err)
	s.ok(s.decide(i, "accept", "1200", ""))
	_, err = s.deals.PublishAcceptance(ctx, s.p.Inspector, s.step(i))
	s.ok(err)
}

func (s *stage) invoice(total money.Fen) payment.Invoice {
	s.invoices++
	number := "2651200000041187" + time.Date(2026, 1, 1, 0, s.invoices, 0, 0, time.UTC).Format("1504")
	tax := total * 6 / 106
	return payment.Invoice{
		Number: number, IssuedOn: calendar.DateOf(s.App.Clock.Now()), BuyerName: s.p.Buyer.Name, BuyerUSCC: s.p.Buyer.USCC, SellerName: s.p.Supplier.Name,
		SellerUSCC: s.p.Supplier.USCC, Item: "社会服务", AmountFen: total - tax, TaxRateBP: 600, TaxFen: tax, TotalFen: total,
	}
}

func (s *stage) request(i int, amount money.Fen) (settlement.Done, error) {
	m := s.view().Milestones[i].Milestone
	return s.pay.Request(ctx, s.p.Agent, settlement.RequestInput{MilestoneID: m.ID, AmountFen: amount, Invoice: s.invoice(amount), Key: s.Key()})
}

func (s *stage) requested(i int, amount money.Fen) {
	s.t.Helper()
	d, err := s.request(i, amount)
	s.ok(err)
	s.payment = ident.PaymentID(d.ID)
}

func (s *stage) paymentView() settlement.View {
	s.t.Helper()
	v, err := s.pay.Get(ctx, s.p.Cashier, s.payment)
	s.ok(err)
	return v
}

func (s *stage) now() settlement.Change {
	return settlement.Change{Version: s.paymentView().Payment.Version, Key: s.Key()}
}

func (s *stage) input() settlement.PaymentInput {
	return settlement.PaymentInput{PaymentID: s.payment, Change: s.now()}
}

func (s *stage) approved() {
	s.t.Helper()
	_, err := s.pay.VerifyInvoice(ctx, s.p.Maker, s.input())
	s.ok(err)
	_, err = s.pay.Approve(ctx, s.p.Approver, s.input())
	s.ok(err)
}

func (s *stage) instructed() {
	s.t.Helper()
	s.approved()
	_, err := s.pay.Instruct(ctx, s.p.Cashier, settlement.InstructInput{PaymentID: s.payment, Change: s.now(), Method: payment.TreasuryCentral})
	s.ok(err)
}

func (s *stage) paid(voucher string) {
	s.t.Helper()
	s.instructed()
	_, err := s.pay.ConfirmPaid(ctx, s.p.Cashier, settlement.PaidInput{
		PaymentID: s.payment, Change: s.now(), VoucherNumber: voucher, PaidOn: calendar.DateOf(s.App.Clock.Now()),
	})
	s.ok(err)
}

func (s *stage) imported(rows string) {
	s.t.Helper()
	_, err := s.pay.Import(ctx, s.p.Cashier, settlement.ImportInput{Account: "61001", Key: s.Key(), CSV: "sequence,booked_on,amount_yuan,counterparty,counter_account,remark\n" + rows})
	s.ok(err)
}

func (s *stage) line(sequence string) *payment.Line {
	s.t.Helper()
	all, err := s.pay.Statement(ctx, s.p.Bookkeeper, "", "", 100)
	s.ok(err)
	for _, x := range all.Items {
		if x.Line.Sequence == sequence {
			return x.Line
		}
	}
	s.t.Fatalf("no line %s", sequence)
	return nil
}

func (s *stage) reconciled(sequence string) {
	s.t.Helper()
	p := s.paymentView().Payment
	s.imported(sequence + "," + p.PaidOn.String() + ",-" + p.AmountFen.String()[:0] + yuan(p.AmountFen) + ",晨光邻里社会企业,6222000044714471," + p.Code)
	l := s.line(sequence)
	_, err := s.pay.Match(ctx, s.p.Bookkeeper, settlement.MatchInput{
		LineID: l.ID, Change: settlement.Change{Version: l.Version, Key: s.Key()}, Matches: []payment.Match{{PaymentID: s.payment, AmountFen: p.AmountFen}},
	})
	s.ok(err)
}

// yuan writes an amount without separators, as banks do.
func yuan(f money.Fen) string {
	out := ""
	for _, c := range f.String() {
		if c != ',' {
			out += string(c)
		}
	}
	return out
}

func (s *stage) clean() {
	s.t.Helper()
	s.View(func(ctx context.Context, u *app.Unit) error {
		breaks, err := settlement.Verify(ctx, u)
		for _, b := range breaks {
			s.t.Errorf("%s: %s %s: %s", b.Check, b.Kind, b.ID, b.Detail)
		}
		return err
	})
}

func (s *stage) balance(k ledger.Kind, owner string) money.Fen {
	s.t.Helper()
	var out money.Fen
	s.View(func(ctx context.Context, u *app.Unit) error {
		all, err := u.Ledger.Balances(ctx, ledger.AccountFilter{Kinds: []ledger.Kind{k}, OwnerIDs: []string{owner}})
		for _, b := range all {
			out += b.Fen()
		}
		return err
	})
	return out
}

func TestTrail_FromAwardToClosedContractToTheFen(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStage(t, k)
		s.active()
		s.clean()
		if got := s.balance(ledger.Contract, string(s.contract)); got != price {
			t.Fatalf("the contract holds %s", got)
		}
		s.accepted(0, day(5, 29))
		s.clean()
		s.requested(0, 8640000)
		if due := s.paymentView().Payment.DueOn; due != day(6, 29) { // 30 days end on Sunday 28 June
			t.Errorf("due on %s", due)
		}
		s.paid("V-1")
		s.clean()
		if got := s.balance(ledger.Clearing, string(s.p.Buyer.ID)); got != 8640000 {
			t.Errorf("on its way %s", got)
		}
		s.reconciled("B-1")
		if m := s.view().Milestones[0].Milestone; m.Status != contract.Settled {
			t.Errorf("milestone is %s", m.Status)
		}

		s.delivered(1, day(10, 30))
		_, err := s.deals.Inspect(ctx, s.p.Inspector, s.step(1))
		s.ok(err)
		s.ok(s.decide(1, "accept_partly", "1000", "少访 200 次"))
		_, err = s.deals.PublishAcceptance(ctx, s.p.Inspector, s.step(1))
		s.ok(err)
		s.requested(1, 13824000) // 0.4 + 0.6 × 1000/1200 = 0.9 of 153,600.00
		s.paid("V-2")
		s.reconciled("B-2")
		s.move("complete", "")
		s.move("close", "")
		s.clean()
		if rest := s.balance(ledger.BudgetLine, string(s.p.Line.ID)); rest != 2*price-8640000-13824000 {
			t.Errorf("the line has %s", rest)
		}
		s.View(func(ctx context.Context, u *app.Unit) error {
			f, err := settlement.MoneyFlow(ctx, u, s.p.Project.ID)
			if f.AwardedFen != price || f.AcceptedFen != 22464000 || f.PaidFen != 22464000 || f.ReconciledFen != 22464000 || f.ReleasedFen != 1536000 {
				t.Errorf("%+v", f)
			}
			return err
		})
		lines, err := s.pay.Execution(ctx, s.p.Cashier, 2026)
		s.ok(err)
		if len(lines) != 1 || lines[0].PaidFen != 22464000 || lines[0].CommittedFen != 22464000 || lines[0].FreeFen != 2*price-22464000 {
			t.Errorf("%+v", lines)
		}
	})
}
