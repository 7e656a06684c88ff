package demo

import (
	"fmt"
	"time"

	"linli/backend/app/contracts"
	"linli/backend/app/settlement"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// part is one milestone of a delivery: what it is worth and when each thing happens to it.
// A zero day means it has not happened yet when the story ends.
type part struct {
	title      string
	due        calendar.Date
	amount     money.Fen
	target     string // of the indicator
	observed   string
	delivered  [2]int
	rejected   [2]int // first verdict, when it had to be mended
	redeliver  [2]int
	accepted   [2]int
	paid       [2]int
	ratings    int // how many residents rated
	satisfied  int // of them, how many four or five
	opinions   []string
	invoiceSeq int
}

// delivery is a signed contract on its way.
type delivery struct {
	of                                 *purchase
	supplier, maker, signer, inspector string // logins
	drafted, signed, started           [2]int
	term                               [2]calendar.Date
	indicator, unit                    string
	parts                              []part
	closed                             [2]int

	contract ident.ContractID
}

var afterSchoolDelivery = &delivery{
	of: afterSchool, supplier: "supplier", maker: "buyer", signer: "buyer.approver", inspector: "buyer.accept",
	drafted: [2]int{4, 8}, signed: [2]int{4, 10}, started: [2]int{4, 13}, term: [2]calendar.Date{day(4, 13), day(8, 31)},
	indicator: "服务人次", unit: "人次", closed: [2]int{9, 18},
	parts: []part{
		{title: "第一期：开班与试运行", due: day(5, 29), amount: 33_600_00, target: "1200", observed: "1310",
			delivered: [2]int{5, 29}, accepted: [2]int{6, 3}, paid: [2]int{6, 12}, ratings: 38, satisfied: 36, opinions: []string{"老师很负责，孩子愿意去。"}, invoiceSeq: 1},
		{title: "第二期：学期中与读书汇", due: day(7, 10), amount: 44_800_00, target: "1600", observed: "1650",
			delivered: [2]int{7, 10}, rejected: [2]int{7, 14}, redeliver: [2]int{7, 24}, accepted: [2]int{7, 28}, paid: [2]int{8, 6}, ratings: 42, satisfied: 39,
			opinions: []string{"周三的读书汇孩子盼一周。", "希望把签到表补齐。"}, invoiceSeq: 2},
		{title: "第三期：暑期托管与结项", due: day(8, 31), amount: 33_600_00, target: "1400", observed: "1500",
			delivered: [2]int{8, 31}, accepted: [2]int{9, 7}, paid: [2]int{9, 16}, ratings: 52, satisfied: 51, opinions: []string{"希望假期也开。"}, invoiceSeq: 3},
	},
}

var visitsDelivery = &delivery{
	of: visits, supplier: "supplier.4", maker: "buyer.2", signer: "buyer.approver.2", inspector: "buyer.accept",
	drafted: [2]int{5, 6}, signed: [2]int{5, 8}, started: [2]int{5, 11}, term: [2]calendar.Date{day(5, 11), day(12, 31)},
	indicator: "上门探访", unit: "次",
	parts: []part{
		{title: "第一期：建档与首轮探访", due: day(7, 31), amount: 100_000_00, target: "1000", observed: "1042",
			delivered: [2]int{7, 31}, accepted: [2]int{8, 7}, paid: [2]int{8, 20}, ratings: 44, satisfied: 41, opinions: []string{"小夏每周都来，还帮我妈量血压。"}, invoiceSeq: 11},
		{title: "第二期：夏末探访", due: day(8, 31), amount: 40_000_00, target: "400", observed: "412",
			delivered: [2]int{8, 31}, accepted: [2]int{9, 8}, ratings: 31, satisfied: 29, opinions: []string{"天热也没断过，谢谢。"}, invoiceSeq: 12},
		{title: "第三期：秋季探访", due: day(9, 15), amount: 48_000_00, target: "300", observed: "302", delivered: [2]int{9, 15}, ratings: 25, satisfied: 23},
		{title: "第四期：冬季探访与结项", due: day(12, 31), amount: 88_000_00, target: "1300"},
	},
}

func scheduleDeliveries(s *schedule) {
	for _, d := range []*delivery{afterSchoolDelivery, visitsDelivery} {
		s.delivery(d)
	}
	s.on(time.September, 18, 16, 0, "a bank line nobody has matched", func(t *teller) error {
		return t.statement("B-2026-00031," + day(9, 17).String() + ",-120.00,成都市示范银行,,账户管理费（第三季度）\n")
	})
}

func (s *schedule) delivery(d *delivery) {
	add := func(on [2]int, hour, minute int, name string, do func(*teller) error) {
		if on != [2]int{} {
			s.on(time.Month(on[0]), on[1], hour, minute, d.of.title+": "+name, do)
		}
	}
	add(d.drafted, 10, 0, "contract", func(t *teller) error { return t.draftContract(d) })
	add(d.signed, 10, 0, "sign", func(t *teller) error { return t.sign(d) })
	add(d.started, 9, 30, "start", func(t *teller) error { return t.start(d) })
	for i, x := range d.parts {
		name := fmt.Sprintf("milestone %d ", i+1)
		add(x.delivered, 17, 0, name+"delivered", func(t *teller) error { return t.deliver(d, i, day(time.Month(x.delivered[0]), x.delivered[1])) })
		add(x.delivered, 20, 0, name+"rated", func(t *teller) error { return t.rate(d, i) })
		add(x.rejected, 10, 0, name+"rejected", func(t *teller) error {
			return t.decide(d, i, "reject", "签到表缺 6 天，须补齐后重新提交。")
		})
		add(x.redeliver, 16, 0, name+"mended", func(t *teller) error { return t.mend(d, i) })
		add(x.accepted, 10, 0, name+"accepted", func(t *teller) error { return t.decide(d, i, "accept", "") })
		add(x.accepted, 14, 0, name+"requested", func(t *teller) error { return t.request(d, i) })
		add(x.paid, 10, 0, name+"paid", func(t *teller) error { return t.settle(d, i) })
	}
	add(d.closed, 15, 0, "close", func(t *teller) error { return t.closeContract(d) })
}

func (t *teller) view(d *delivery) (contracts.View, error) {
	return t.Services.Contracts.Get(t.ctx, t.as(d.maker), d.contract)
}

func (t *teller) contractChange(d *delivery) (contracts.Change, contracts.View, error) {
	v, err := t.view(d)
	if err != nil {
		return contracts.Change{}, v, err
	}
	return contracts.Change{Version: v.Contract.Version, Key: t.key()}, v, nil
}

func (t *teller) part(d *delivery, i int) (contracts.StepInput, error) {
	v, err := t.view(d)
	if err != nil {
		return contracts.StepInput{}, err
	}
	m := v.Milestones[i].Milestone
	return contracts.StepInput{MilestoneID: m.ID, Change: contracts.Change{Version: m.Version, Key: t.key()}}, nil
}

func (t *teller) draftContract(d *delivery) error {
	svc := t.Services.Contracts
	made, err := svc.Draft(t.ctx, t.as(d.maker), contracts.DraftInput{AwardID: d.of.award, Key: t.key()})
	if err != nil {
		return err
	}
	d.contract = ident.ContractID(made.ID)
	terms := contract.Terms{
		TermFrom: d.term[0], TermUntil: d.term[1],
		Payee: contract.Payee{Holder: t.parties[d.of.offers[0].name].Name, Bank: "示范银行成都分行", Number: "6222000044714471"},
	}
	for _, x := range d.parts {
		terms.Milestones = append(terms.Milestones, contract.Plan{Title: x.title, DueOn: x.due, AmountFen: x.amount, Items: []contract.Item{
			{Kind: contract.Deliverable, Name: "服务记录与签到表", WeightBP: 4000},
			{Kind: contract.Indicator, Name: d.indicator, Target: x.target, Unit: d.unit, Direction: contract.AtLeast, Proportional: true, WeightBP: 6000},
		}})
	}
	c, _, err := t.contractChange(d)
	if err != nil {
		return err
	}
	_, err = svc.Fill(t.ctx, t.as(d.maker), contracts.FillInput{ContractID: d.contract, Change: c, Terms: terms})
	return err
}

func (t *teller) sign(d *delivery) error {
	svc := t.Services.Contracts
	c, v, err := t.contractChange(d)
	if err != nil {
		return err
	}
	if _, err := svc.SignAsSupplier(t.ctx, t.as(d.supplier), contracts.SignInput{ContractID: d.contract, Change: c, TextHash: v.TextHash}); err != nil {
		return err
	}
	if c, v, err = t.contractChange(d); err != nil {
		return err
	}
	if _, err := svc.Sign(t.ctx, t.as(d.signer), contracts.SignInput{ContractID: d.contract, Change: c, TextHash: v.TextHash}); err != nil {
		return err
	}
	return t.moveContract(d, "publish")
}

func (t *teller) moveContract(d *delivery, action string) error {
	c, _, err := t.contractChange(d)
	if err != nil {
		return err
	}
	_, err = t.Services.Contracts.Move(t.ctx, t.as(d.maker), contracts.MoveInput{
		ContractID: d.contract, Change: c, Action: action, FilingNumber: "BA-2026-" + string(d.of.lot[len(d.of.lot)-4:]),
	})
	return err
}

func (t *teller) start(d *delivery) error {
	if err := t.moveContract(d, "file"); err != nil {
		return err
	}
	return t.moveContract(d, "start")
}

func (t *teller) closeContract(d *delivery) error {
	if err := t.moveContract(d, "complete"); err != nil {
		return err
	}
	return t.moveContract(d, "close")
}

func (t *teller) deliver(d *delivery, i int, on calendar.Date) error {
	x, err := t.part(d, i)
	if err != nil {
		return err
	}
	if _, err := t.Services.Contracts.Start(t.ctx, t.as(d.supplier), x); err != nil {
		return err
	}
	return t.submit(d, i, on, "服务记录与签到表")
}

func (t *teller) submit(d *delivery, i int, on calendar.Date, title string) error {
	svc := t.Services.Contracts
	x, err := t.part(d, i)
	if err != nil {
		return err
	}
	if _, err := svc.Attach(t.ctx, t.as(d.supplier), contracts.EvidenceInput{MilestoneID: x.MilestoneID, Change: x.Change, Title: title, Count: 1214}); err != nil {
		return err
	}
	if x, err = t.part(d, i); err != nil {
		return err
	}
	_, err = svc.Submit(t.ctx, t.as(d.supplier), contracts.SubmitInput{MilestoneID: x.MilestoneID, Change: x.Change, DeliveredOn: on})
	return err
}

func (t *teller) mend(d *delivery, i int) error {
	x, err := t.part(d, i)
	if err != nil {
		return err
	}
	if _, err := t.Services.Contracts.Rework(t.ctx, t.as(d.supplier), x); err != nil {
		return err
	}
	on := day(time.Month(d.parts[i].redeliver[0]), d.parts[i].redeliver[1])
	if err := t.submit(d, i, on, "补齐后的签到表"); err != nil {
		return err
	}
	return t.rate(d, i)
}

// rate lets the people served say what they think, before the buyer decides.
func (t *teller) rate(d *delivery, i int) error {
	x, err := t.part(d, i)
	if err != nil {
		return err
	}
	for n := range d.parts[i].ratings {
		in := contracts.OpinionInput{MilestoneID: x.MilestoneID, Rating: 5, Key: t.key()}
		if n >= d.parts[i].satisfied {
			in.Rating, in.Text = 3, "时间再固定一些就更好了。"
		}
		if n < len(d.parts[i].opinions) {
			in.Text = d.parts[i].opinions[n]
		}
		if _, err := t.Services.Contracts.GiveOpinion(t.ctx, t.as(neighbour("和美社区", n+1)), in); err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) decide(d *delivery, i int, verdict, reason string) error {
	svc := t.Services.Contracts
	x, err := t.part(d, i)
	if err != nil {
		return err
	}
	if _, err := svc.Inspect(t.ctx, t.as(d.inspector), x); err != nil {
		return err
	}
	if x, err = t.part(d, i); err != nil {
		return err
	}
	met := verdict != "reject"
	if _, err = svc.Decide(t.ctx, t.as(d.inspector), contracts.DecideInput{
		MilestoneID: x.MilestoneID, Change: x.Change, Verdict: verdict, Reason: reason, UsersOpinion: "现场核对服务记录，并回访服务对象。",
		Findings: []contract.Finding{{Met: met}, {Observed: d.parts[i].observed}},
	}); err != nil || verdict == "reject" {
		return err
	}
	if x, err = t.part(d, i); err != nil {
		return err
	}
	_, err = svc.PublishAcceptance(t.ctx, t.as(d.inspector), x)
	return err
}

// request asks for the money of an accepted milestone with an invoice.
func (t *teller) request(d *delivery, i int) error {
	v, err := t.view(d)
	if err != nil {
		return err
	}
	c, m := v.Contract, v.Milestones[i].Milestone
	total := d.parts[i].amount
	tax, err := money.MulRat(total, 6, 106)
	if err != nil {
		return err
	}
	made, err := t.Services.Settlement.Request(t.ctx, t.as(d.supplier), settlement.RequestInput{
		MilestoneID: m.ID, AmountFen: total, Key: t.key(),
		Invoice: payment.Invoice{
			Number: fmt.Sprintf("265100000000%08d", d.parts[i].invoiceSeq), IssuedOn: calendar.DateOf(t.App.Clock.Now()),
			BuyerName: c.BuyerName, BuyerUSCC: c.BuyerUSCC, SellerName: c.SupplierName, SellerUSCC: c.SupplierUSCC,
			Item: "社会服务", AmountFen: total - tax, TaxRateBP: 600, TaxFen: tax, TotalFen: total,
		},
	})
	t.payments[d.parts[i].invoiceSeq] = ident.PaymentID(made.ID)
	return err
}

func (t *teller) paymentInput(id ident.PaymentID) (settlement.PaymentInput, error) {
	v, err := t.Services.Settlement.Get(t.ctx, t.as("finance"), id)
	if err != nil {
		return settlement.PaymentInput{}, err
	}
	return settlement.PaymentInput{PaymentID: id, Change: settlement.Change{Version: v.Payment.Version, Key: t.key()}}, nil
}

// settle takes a request through check, approval, instruction and voucher to the bank's line.
func (t *teller) settle(d *delivery, i int) error {
	svc, id := t.Services.Settlement, t.payments[d.parts[i].invoiceSeq]
	steps := []func(settlement.PaymentInput) error{
		func(x settlement.PaymentInput) error {
			return second(svc.VerifyInvoice(t.ctx, t.as("finance.ledger"), x))
		},
		func(x settlement.PaymentInput) error { return second(svc.Approve(t.ctx, t.as(d.signer), x)) },
		func(x settlement.PaymentInput) error {
			return second(svc.Instruct(t.ctx, t.as("finance"), settlement.InstructInput{PaymentID: id, Change: x.Change, Method: payment.TreasuryCentral}))
		},
		func(x settlement.PaymentInput) error {
			return second(svc.ConfirmPaid(t.ctx, t.as("finance"), settlement.PaidInput{
				PaymentID: id, Change: x.Change, VoucherNumber: fmt.Sprintf("GK-2026-%05d", d.parts[i].invoiceSeq), PaidOn: calendar.DateOf(t.App.Clock.Now()),
			}))
		},
	}
	for _, do := range steps {
		x, err := t.paymentInput(id)
		if err != nil {
			return err
		}
		if err := do(x); err != nil {
			return err
		}
	}
	return t.reconcile(id, fmt.Sprintf("B-2026-%05d", d.parts[i].invoiceSeq))
}

func second[T any](_ T, err error) error { return err }

// statement takes in lines of the bank's statement.
func (t *teller) statement(lines string) error {
	return second(t.Services.Settlement.Import(t.ctx, t.as("finance"), settlement.ImportInput{
		Account: "国库集中支付零余额 6100", Key: t.key(),
		CSV: "sequence,booked_on,amount_yuan,counterparty,counter_account,remark\n" + lines,
	}))
}

// reconcile imports the bank's line and matches it to the fen.
func (t *teller) reconcile(id ident.PaymentID, sequence string) error {
	svc := t.Services.Settlement
	v, err := svc.Get(t.ctx, t.as("finance"), id)
	if err != nil {
		return err
	}
	p := v.Payment
	yuan := fmt.Sprintf("%d.%02d", p.AmountFen/100, p.AmountFen%100)
	if err := t.statement(sequence + "," + p.PaidOn.String() + ",-" + yuan + "," + p.Payee.Holder + "," + p.Payee.Number + "," + p.Code + "\n"); err != nil {
		return err
	}
	all, err := svc.Statement(t.ctx, t.as("finance.approver"), "", "", 100)
	if err != nil {
		return err
	}
	for _, x := range all.Items {
		if x.Line.Sequence == sequence {
			return second(svc.Match(t.ctx, t.as("finance.approver"), settlement.MatchInput{
				LineID: x.Line.ID, Change: settlement.Change{Version: x.Line.Version, Key: t.key()}, Matches: []payment.Match{{PaymentID: id, AmountFen: p.AmountFen}},
			}))
		}
	}
	return fmt.Errorf("no line %s", sequence)
}
