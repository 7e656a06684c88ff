package settlement_test

import (
	"context"
	"testing"

	"linli/backend/app"
	"linli/backend/app/contracts"
	"linli/backend/app/settlement"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
	"linli/backend/domain/resource"
	"linli/backend/testkit"
)

func TestContract_MadeFromAnAnnouncedAwardOnceByItsBuyer(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	other := s.As(access.BuyerMaker, s.Buyer())
	_, err := s.deals.Draft(ctx, other, contracts.DraftInput{AwardID: s.p.Award.ID, Key: s.Key()})
	s.refused(err, "access.forbidden")
	_, err = s.deals.Draft(ctx, s.p.Agent, contracts.DraftInput{AwardID: s.p.Award.ID, Key: s.Key()})
	s.refused(err, "access.forbidden")
	s.drafted()
	_, err = s.deals.Draft(ctx, s.p.Maker, contracts.DraftInput{AwardID: s.p.Award.ID, Key: s.Key()})
	s.refused(err, "contract.award_used")
	if got := s.balance(ledger.Commitment, string(s.p.Award.ID)); got != price {
		t.Errorf("committed %s", got)
	}
	_, err = s.deals.Get(ctx, access.Actor{}, s.contract)
	s.refused(err, "record.not_found")
	_, err = s.deals.Get(ctx, s.p.Resident, s.contract)
	s.refused(err, "record.not_found")
	s.clean()
}

func TestContract_RescindedDraftGivesTheMoneyBack(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.drafted()
	_, err := s.deals.Move(ctx, s.p.Approver, contracts.MoveInput{ContractID: s.contract, Change: s.change(), Action: "rescind"})
	s.refused(err, "contract.reason_required")
	s.move("rescind", "供应商拒绝签约")
	if got := s.balance(ledger.BudgetLine, string(s.p.Line.ID)); got != 2*price {
		t.Errorf("the line has %s", got)
	}
	s.clean()
	s.drafted()
	s.clean()
}

func TestContract_SignedByBothOnOneTextInTime(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.drafted()
	_, err := s.deals.Sign(ctx, s.p.Approver, s.sign())
	s.refused(err, "contract.supplier_unsigned")
	in := s.sign()
	in.TextHash = "another"
	_, err = s.deals.SignAsSupplier(ctx, s.p.Agent, in)
	s.refused(err, "contract.text_changed")
	_, err = s.deals.SignAsSupplier(ctx, s.p.Maker, s.sign())
	s.refused(err, "access.forbidden")
	stale := s.sign()
	stale.Version--
	_, err = s.deals.SignAsSupplier(ctx, s.p.Agent, stale)
	s.refused(err, "record.stale")
	_, err = s.deals.SignAsSupplier(ctx, s.p.Agent, s.sign())
	s.ok(err)
	_, err = s.deals.Fill(ctx, s.p.Maker, contracts.FillInput{ContractID: s.contract, Change: s.change(), Terms: s.terms()})
	s.refused(err, "contract.not_draft")
	s.AdvanceTo(s.p.Award.SignBy.End())
	_, err = s.deals.Sign(ctx, s.p.Approver, s.sign())
	s.refused(err, "contract.sign_late")
	s.clean()
}

func TestAcceptance_WhoSignedDoesNotInspect(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := newStage(t, k)
	s.active()
	s.delivered(0, day(5, 29))
	signer := k.Join(s.p.Approver, access.BuyerMaker, s.p.Buyer)
	_, err := s.deals.Inspect(ctx, signer, s.step(0))
	s.refused(err, "duty.incompatible")
	_, err = s.deals.Inspect(ctx, s.p.Agent, s.step(0))
	s.refused(err, "access.forbidden")
	_, err = s.deals.Inspect(ctx, s.p.Inspector, s.step(0))
	s.ok(err)
	s.refused(s.decide(0, "accept", "1199", ""), "acceptance.does_not_fit")
	s.refused(s.decide(0, "accept_partly", "1199", ""), "milestone.reason_required")
	s.refused(s.decide(0, "maybe", "1199", ""), "acceptance.verdict_unknown")
	s.ok(s.decide(0, "reject", "100", "次数不足"))
	if got := s.balance(ledger.Payable, string(s.contract)); got != 0 {
		t.Errorf("a rejected delivery is owed %s", got)
	}
	_, err = s.deals.Rework(ctx, s.p.Agent, s.step(0))
	s.ok(err)
	x := s.step(0)
	_, err = s.deals.Submit(ctx, s.p.Agent, contracts.SubmitInput{MilestoneID: x.MilestoneID, Change: x.Change, DeliveredOn: day(5, 29)})
	s.ok(err)
	_, err = s.deals.Inspect(ctx, s.p.Inspector, s.step(0))
	s.ok(err)
	s.ok(s.decide(0, "accept", "1200", ""))
	s.clean()
}

func TestAcceptance_ThePeopleServedHaveASay(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := newStage(t, k)
	s.active()
	m := s.view().Milestones[0].Milestone.ID
	_, err := s.deals.GiveOpinion(ctx, s.p.Resident, contracts.OpinionInput{MilestoneID: m, Rating: 5, Key: s.Key()})
	s.refused(err, "opinion.closed")
	s.delivered(0, day(5, 29))
	_, err = s.deals.GiveOpinion(ctx, s.p.Resident, contracts.OpinionInput{MilestoneID: m, Rating: 2, Key: s.Key()})
	s.refused(err, "opinion.invalid")
	_, err = s.deals.GiveOpinion(ctx, s.p.Resident, contracts.OpinionInput{MilestoneID: m, Rating: 5, Key: s.Key()})
	s.ok(err)
	_, err = s.deals.GiveOpinion(ctx, s.p.Resident, contracts.OpinionInput{MilestoneID: m, Rating: 4, Text: "准时", Key: s.Key()})
	s.ok(err)
	_, err = s.deals.GiveOpinion(ctx, s.p.Agent, contracts.OpinionInput{MilestoneID: m, Rating: 5, Key: s.Key()})
	s.refused(err, "access.forbidden")
	if x := s.view().Milestones[0].Satisfaction; x.Rated != 1 || x.Satisfied != 1 {
		t.Errorf("%+v", x)
	}
	_, err = s.deals.Inspect(ctx, s.p.Inspector, s.step(0))
	s.ok(err)
	s.ok(s.decide(0, "accept", "1200", ""))
	if a := s.view().Milestones[0].Acceptances[0]; a.Rated != 1 || a.Satisfied != 1 {
		t.Errorf("the record has %d of %d", a.Satisfied, a.Rated)
	}
}

func TestAcceptance_SilencePastThePeriodIsAcceptance(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.active()
	s.delivered(0, day(5, 29))
	_, err := s.deals.Deem(ctx, s.p.Agent, s.step(0))
	s.refused(err, "milestone.inspection_open")
	s.AdvanceTo(day(6, 8).End()) // ten days after the delivery
	_, err = s.deals.Deem(ctx, s.p.Agent, s.step(0))
	s.ok(err)
	if got := s.balance(ledger.Payable, string(s.contract)); got != 8640000 {
		t.Errorf("owed %s", got)
	}
	s.clean()
}

func TestPayment_NeverMoreThanAccepted(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.active()
	_, err := s.request(0, 100)
	s.refused(err, "payment.not_payable")
	s.accepted(0, day(5, 29))
	_, err = s.request(0, 8640001)
	s.refused(err, "payment.over_accepted")
	s.requested(0, 8639999)
	_, err = s.request(0, 2)
	s.refused(err, "payment.over_accepted")
	_, err = s.request(0, 1)
	s.ok(err)
	s.clean()
}

func TestPayment_ThreePersonsAndAnInvoiceThatFits(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := newStage(t, k)
	s.active()
	s.accepted(0, day(5, 29))
	m := s.view().Milestones[0].Milestone
	wrong := s.invoice(8640000)
	wrong.BuyerName = "青龙街道办事处"
	d, err := s.pay.Request(ctx, s.p.Maker, settlement.RequestInput{MilestoneID: m.ID, Invoice: wrong, Key: s.Key()})
	s.ok(err)
	s.payment = ident.PaymentID(d.ID)
	_, err = s.pay.VerifyInvoice(ctx, s.p.Maker, s.input())
	s.refused(err, "invoice.does_not_fit")
	again := s.invoice(8640000)
	again.Number = wrong.Number
	_, err = s.pay.ReplaceInvoice(ctx, s.p.Maker, settlement.InvoiceInput{PaymentID: s.payment, Change: s.now(), Invoice: again})
	s.refused(err, "invoice.number_used")
	_, err = s.pay.ReplaceInvoice(ctx, s.p.Maker, settlement.InvoiceInput{PaymentID: s.payment, Change: s.now(), Invoice: s.invoice(8640000)})
	s.ok(err)
	_, err = s.pay.Approve(ctx, s.p.Approver, s.input())
	s.refused(err, "payment.transition_refused")
	_, err = s.pay.VerifyInvoice(ctx, s.p.Maker, s.input())
	s.ok(err)
	requester := k.Join(s.p.Maker, access.BuyerApprover, s.p.Buyer)
	_, err = s.pay.Approve(ctx, requester, s.input())
	s.refused(err, "payment.same_person")
	_, err = s.pay.Approve(ctx, s.p.Approver, s.input())
	s.ok(err)
	approver := k.Join(s.p.Approver, access.FinanceOfficer, s.p.Finance)
	_, err = s.pay.Instruct(ctx, approver, settlement.InstructInput{PaymentID: s.payment, Change: s.now(), Method: payment.BankTransfer})
	s.refused(err, "payment.same_person")
	_, err = s.pay.Get(ctx, k.As(access.FinanceOfficer, k.Party("GOV", "外地财政局", k.World.Neighbour.ID)), s.payment)
	s.refused(err, "record.not_found")
	s.clean()
}

func TestPayment_AChangedAccountVoidsTheApproval(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.active()
	s.accepted(0, day(5, 29))
	s.requested(0, 8640000)
	s.approved()
	_, err := s.deals.AskPayee(ctx, s.p.Admin, contracts.PayeeInput{
		ContractID: s.contract, Change: s.change(), Payee: contract.Payee{Holder: s.p.Supplier.Name, Bank: "工商银行", Number: "6222000099998888"},
	})
	s.ok(err)
	instruct := func() error {
		_, err := s.pay.Instruct(ctx, s.p.Cashier, settlement.InstructInput{PaymentID: s.payment, Change: s.now(), Method: payment.BankTransfer})
		return err
	}
	s.refused(instruct(), "payment.payee_pending")
	decide := func() error {
		_, err := s.deals.DecidePayee(ctx, s.p.Bookkeeper, contracts.PayeeDecision{ContractID: s.contract, Change: s.change(), Confirm: true})
		return err
	}
	s.refused(decide(), "contract.payee_cooling")
	s.AdvanceTo(day(6, 4).At(9, 0))
	s.ok(decide())
	s.refused(instruct(), "payment.payee_changed")
	_, err = s.pay.Back(ctx, s.p.Approver, settlement.BackInput{PaymentID: s.payment, Change: s.now(), Action: "revoke", Reason: "收款账户已变更"})
	s.ok(err)
	_, err = s.pay.Approve(ctx, s.p.Approver, s.input())
	s.ok(err)
	s.ok(instruct())
	if n := s.paymentView().Payment.Payee.Number; n != "6222000099998888" {
		t.Errorf("paid to %s", n)
	}
	s.clean()
}

func TestPayment_BouncedBeforeAndAfterPayingIsPaidOnce(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStage(t, k)
		s.active()
		s.accepted(0, day(5, 29))
		s.requested(0, 8640000)
		s.instructed()
		bounce := func() {
			t.Helper()
			_, err := s.pay.Bounce(ctx, s.p.Cashier, settlement.BounceInput{PaymentID: s.payment, Change: s.now(), Reason: "户名不符"})
			s.ok(err)
			s.clean()
			_, err = s.pay.Back(ctx, s.p.Maker, settlement.BackInput{PaymentID: s.payment, Change: s.now(), Action: "retry", Reason: "已核对"})
			s.ok(err)
		}
		again := func(voucher string) {
			t.Helper()
			_, err := s.pay.Approve(ctx, s.p.Approver, s.input())
			s.ok(err)
			_, err = s.pay.Instruct(ctx, s.p.Cashier, settlement.InstructInput{PaymentID: s.payment, Change: s.now(), Method: payment.BankTransfer})
			s.ok(err)
			_, err = s.pay.ConfirmPaid(ctx, s.p.Cashier, settlement.PaidInput{PaymentID: s.payment, Change: s.now(), VoucherNumber: voucher, PaidOn: calendar.DateOf(k.App.Clock.Now())})
			s.ok(err)
		}
		bounce()
		if got := s.balance(ledger.Payable, string(s.contract)); got != 8640000 {
			t.Errorf("owed %s after the hold was given up", got)
		}
		again("V-1")
		bounce()
		if got := s.balance(ledger.Clearing, string(s.p.Buyer.ID)); got != 0 {
			t.Errorf("on its way %s after the return", got)
		}
		again("V-2")
		s.reconciled("B-1")
		s.clean()
	})
}

func TestPayment_OnlyTheDisputedPartWaits(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.active()
	s.accepted(0, day(5, 29))
	s.requested(0, 8640000)
	_, err := s.pay.Dispute(ctx, s.p.Maker, settlement.DisputeInput{PaymentID: s.payment, Change: s.now(), AmountFen: 640000})
	s.refused(err, "payment.reason_required")
	_, err = s.pay.Dispute(ctx, s.p.Maker, settlement.DisputeInput{PaymentID: s.payment, Change: s.now(), AmountFen: 640000, Reason: "记录有重复"})
	s.ok(err)
	disputed := s.payment
	s.requested(0, 8000000)
	s.paid("V-1")
	s.payment = disputed
	_, err = s.pay.Resolve(ctx, s.p.Maker, settlement.DisputeInput{PaymentID: s.payment, Change: s.now(), AmountFen: 640001, Reason: "x"})
	s.refused(err, "payment.amount_invalid")
	_, err = s.pay.Resolve(ctx, s.p.Maker, settlement.DisputeInput{PaymentID: s.payment, Change: s.now(), AmountFen: 640000, Reason: "核对无误"})
	s.ok(err)
	s.clean()
}

func TestPayment_LateInterestGrowsByTheDayAndStopsWhenPaid(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.active()
	s.accepted(0, day(5, 29))
	s.requested(0, 8640000)
	s.AdvanceTo(day(7, 6).At(10, 0)) // due on 29 June
	v := s.paymentView()
	if v.OverdueDays != 7 || v.DailyFen != 4320 || v.InterestFen != 30240 {
		t.Errorf("%d days, %s a day, %s", v.OverdueDays, v.DailyFen, v.InterestFen)
	}
	late, err := s.pay.List(ctx, s.p.Cashier, settlement.ListInput{Overdue: true, Limit: 20})
	s.ok(err)
	if len(late.Items) != 1 {
		t.Errorf("%d late payments", len(late.Items))
	}
	s.paid("V-1")
	s.Advance(30 * 24 * 3600e9)
	if v := s.paymentView(); v.InterestFen != 30240 {
		t.Errorf("interest grew after paying: %s", v.InterestFen)
	}
	late, err = s.pay.List(ctx, s.p.Cashier, settlement.ListInput{Overdue: true, Limit: 20})
	s.ok(err)
	if len(late.Items) != 0 {
		t.Errorf("%d late payments after paying", len(late.Items))
	}
}

func TestStatement_MatchedExactlyByWhoDoesNotPay(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := newStage(t, k)
	s.active()
	s.accepted(0, day(5, 29))
	s.requested(0, 8640000)
	s.paid("V-1")
	s.imported("B-1,2026-05-29,-86400.01,晨光,6222000044714471,x\nB-2,2026-05-29,-5.00,银行,,手续费\nB-3,2026-05-29,-86400.00,晨光,6222000044714471,x")
	match := func(as access.Actor, sequence string, fen money.Fen) error {
		l := s.line(sequence)
		_, err := s.pay.Match(ctx, as, settlement.MatchInput{
			LineID: l.ID, Change: settlement.Change{Version: l.Version, Key: s.Key()}, Matches: []payment.Match{{PaymentID: s.payment, AmountFen: fen}},
		})
		return err
	}
	s.refused(match(s.p.Cashier, "B-3", 8640000), "access.forbidden")
	s.refused(match(k.Join(s.p.Cashier, access.FinanceApprover, s.p.Finance), "B-3", 8640000), "duty.incompatible")
	s.refused(match(s.p.Bookkeeper, "B-1", 8640000), "statement.amount_differs")
	s.refused(match(s.p.Bookkeeper, "B-1", 8640001), "statement.amount_differs")
	l := s.line("B-2")
	_, err := s.pay.Ignore(ctx, s.p.Bookkeeper, settlement.IgnoreInput{LineID: l.ID, Change: settlement.Change{Version: l.Version, Key: s.Key()}, Reason: "银行手续费"})
	s.ok(err)
	s.ok(match(s.p.Bookkeeper, "B-3", 8640000))
	s.refused(match(s.p.Bookkeeper, "B-3", 8640000), "statement.not_open")
	if got := s.balance(ledger.Clearing, string(s.p.Buyer.ID)); got != 0 {
		t.Errorf("on its way %s", got)
	}
	s.clean()
}

func TestImport_BadRowsAreNamedAndNothingIsStored(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	head := "sequence,booked_on,amount_yuan,counterparty,counter_account,remark\n"
	in := func(csv string) settlement.ImportInput {
		return settlement.ImportInput{Account: "61001", CSV: csv, Key: s.Key()}
	}
	for name, csv := range map[string]string{
		"no header": "B-1,2026-05-29,-1.00,a,b,c", "three decimals": head + "B-1,2026-05-29,-1.001,a,b,c", "no such day": head + "B-1,2026-02-30,-1.00,a,b,c",
		"five columns": head + "B-1,2026-05-29,-1.00,a,b", "twice": head + "B-1,2026-05-29,-1.00,a,b,c\nB-1,2026-05-29,-1.00,a,b,c", "zero": head + "B-1,2026-05-29,0,a,b,c",
	} {
		_, err := s.pay.Import(ctx, s.p.Cashier, in(csv))
		if err == nil {
			t.Errorf("%s was imported", name)
			continue
		}
		s.refused(err, "statement.malformed")
	}
	_, err := s.pay.Import(ctx, s.p.Cashier, in(head+"B-1,2026-03-02,-1.00,a,b,c"))
	s.ok(err)
	_, err = s.pay.Import(ctx, s.p.Cashier, in(head+"B-1,2026-03-02,-1.00,a,b,c"))
	s.refused(err, "statement.nothing_new")
	got, err := s.pay.Import(ctx, s.p.Cashier, in(head+"B-1,2026-03-02,-1.00,a,b,c\nB-2,2026-03-02,-1.00,a,b,c"))
	s.ok(err)
	if got.Added != 1 || got.Known != 1 {
		t.Errorf("%+v", got)
	}
}

func TestSupplement_AppliedTakesFromTheLineAndAddsAMilestone(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStage(t, k)
		s.active()
		propose := func(fen money.Fen) (contracts.Done, error) {
			plan := contract.Plan{Title: "追加", DueOn: day(12, 20), AmountFen: fen, Items: []contract.Item{{Kind: contract.Deliverable, Name: "追加探访", WeightBP: 10000}}}
			return s.deals.ProposeSupplement(ctx, s.p.Maker, contracts.SupplementInput{
				ContractID: s.contract, Change: s.change(), Kind: contract.MoreOfTheSame, Reason: "新增独居老人 20 户", AmountFen: fen, Milestone: &plan, EffectiveOn: day(4, 1),
			})
		}
		_, err := propose(2400001)
		s.refused(err, "supplement.over_limit")
		d, err := propose(2400000)
		s.ok(err)
		version := d.Version
		act := func(as access.Actor, action string) error {
			out, err := s.deals.ActOnSupplement(ctx, as, contracts.SupplementAct{
				SupplementID: ident.SupplementID(d.ID), Change: contracts.Change{Version: version, Key: s.Key()}, Action: action,
			})
			if err == nil {
				version = out.Version
			}
			return err
		}
		s.refused(act(s.p.Approver, "sign"), "supplement.supplier_unsigned")
		s.ok(act(s.p.Agent, "sign_supplier"))
		s.ok(act(s.p.Approver, "sign"))
		s.refused(act(s.p.Maker, "apply"), "supplement.not_yet")
		s.AdvanceTo(day(4, 1).At(9, 0))
		s.ok(act(s.p.Maker, "apply"))
		s.refused(act(s.p.Maker, "apply"), "supplement.transition_refused")
		v := s.view()
		if len(v.Milestones) != 3 || v.Contract.ValueFen() != price+2400000 || s.balance(ledger.Contract, string(s.contract)) != price+2400000 {
			t.Errorf("%d milestones, value %s", len(v.Milestones), v.Contract.ValueFen())
		}
		s.clean()
	})
}

func TestWrites_AReplayAnswersTheSameAndChangesNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.active()
	s.accepted(0, day(5, 29))
	in := settlement.RequestInput{MilestoneID: s.view().Milestones[0].Milestone.ID, AmountFen: 100, Invoice: s.invoice(100), Key: s.Key()}
	first, err := s.pay.Request(ctx, s.p.Agent, in)
	s.ok(err)
	second, err := s.pay.Request(ctx, s.p.Agent, in)
	s.ok(err)
	if first != second {
		t.Errorf("%+v, then %+v", first, second)
	}
	in.AmountFen = 200
	_, err = s.pay.Request(ctx, s.p.Agent, in)
	s.refused(err, "idempotency.reused")
	s.View(func(ctx context.Context, u *app.Unit) error {
		all, err := u.Payments.List(ctx, payment.Filter{ContractID: s.contract})
		if len(all) != 1 {
			t.Errorf("%d payments", len(all))
		}
		return err
	})
}

func TestTodos_EachStepWaitsForOnePerson(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	waits := func(as access.Actor, action string) {
		t.Helper()
		s.View(func(ctx context.Context, u *app.Unit) error {
			u.Actor = as
			a, err := s.deals.Todos(ctx, u, as)
			s.ok(err)
			b, err := s.pay.Todos(ctx, u, as)
			s.ok(err)
			for _, x := range append(a, b...) {
				if x.Action == action {
					return nil
				}
			}
			t.Errorf("%s does not wait for %s: %v %v", action, as.Role, a, b)
			return nil
		})
	}
	waits(s.p.Maker, "draft")
	s.drafted()
	waits(s.p.Agent, "sign_supplier")
	_, err := s.deals.SignAsSupplier(ctx, s.p.Agent, s.sign())
	s.ok(err)
	waits(s.p.Approver, "sign")
	_, err = s.deals.Sign(ctx, s.p.Approver, s.sign())
	s.ok(err)
	waits(s.p.Maker, "publish")
	s.move("publish", "")
	waits(s.p.Maker, "file")
	s.move("file", "")
	s.AdvanceTo(day(3, 9).At(9, 0))
	waits(s.p.Maker, "start")
	s.move("start", "")
	waits(s.p.Agent, "start")
	s.delivered(0, day(5, 29))
	waits(s.p.Inspector, "inspect")
	_, err = s.deals.Inspect(ctx, s.p.Inspector, s.step(0))
	s.ok(err)
	s.ok(s.decide(0, "accept", "1200", ""))
	waits(s.p.Inspector, "publish")
	_, err = s.deals.PublishAcceptance(ctx, s.p.Inspector, s.step(0))
	s.ok(err)
	waits(s.p.Agent, "request_payment")
	s.requested(0, 8640000)
	waits(s.p.Maker, "verify_invoice")
	_, err = s.pay.VerifyInvoice(ctx, s.p.Maker, s.input())
	s.ok(err)
	waits(s.p.Approver, "approve")
	_, err = s.pay.Approve(ctx, s.p.Approver, s.input())
	s.ok(err)
	waits(s.p.Cashier, "instruct")
	s.imported("B-1,2026-05-29,-5.00,银行,,手续费")
	waits(s.p.Bookkeeper, "match")
}

// What the people served said of a delivery is the supplier's record where it is ranked.
func TestAcceptance_OpinionsAreTheRecordOfTheSupplier(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStage(t, k)
		s.active()
		supplier := s.p.Agent.PartyID
		s.Update(func(ctx context.Context, u *app.Unit) error {
			o, err := resource.NewOrganization(supplier, resource.Register{}, resource.Profile{Summary: "课后托管", Languages: []string{"zh"}}, u.Now)
			if err != nil {
				return err
			}
			return u.Resources.InsertOrganization(ctx, o)
		})
		record := func() (share, rated int32) {
			s.View(func(ctx context.Context, u *app.Unit) error {
				c, _, err := u.Matchings.Candidate(ctx, supplier)
				if err == nil {
					share, rated = c.RatingBP, c.Rated
				}
				return err
			})
			return share, rated
		}
		if share, rated := record(); share != 0 || rated != 0 {
			t.Fatalf("a record of %d by %d before anything was delivered", share, rated)
		}
		s.delivered(0, day(5, 29))
		_, err := s.deals.GiveOpinion(ctx, s.p.Resident, contracts.OpinionInput{MilestoneID: s.view().Milestones[0].Milestone.ID, Rating: 5, Key: s.Key()})
		s.ok(err)
		_, err = s.deals.Inspect(ctx, s.p.Inspector, s.step(0))
		s.ok(err)
		s.ok(s.decide(0, "accept", "1200", ""))
		if share, rated := record(); share != 10_000 || rated != 1 {
			t.Errorf("a record of %d by %d after one satisfied neighbour", share, rated)
		}
	})
}
