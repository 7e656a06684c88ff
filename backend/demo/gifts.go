package demo

import (
	"time"

	"linli/backend/app/funds"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fund"
	"linli/backend/domain/need"
)

// scheduleGifts tells the community's fund: its founding, a donation, the operator's free
// pledge after the award, and its payment; and how residents end the finished thread.
func scheduleGifts(s *schedule) {
	s.on(time.January, 20, 10, 0, "fund established", (*teller).establish)
	s.on(time.January, 21, 10, 0, "fund activated", func(t *teller) error {
		w := t.gives("fund.approver")
		w.Version = t.fund.Version
		_, err := t.Services.Funds.ChangeFund(t.ctx, w, funds.Change{ID: string(t.fund.ID), Action: "activate"})
		return err
	})
	s.on(time.March, 2, 10, 0, "donation", func(t *teller) error {
		return t.inflow(fund.Inflow{Kind: fund.KindDonation, DonorName: "东站商居联盟", AmountFen: 20_000_00, Purpose: "社区公益活动", BankReference: "DN-0001"})
	})
	s.on(time.April, 20, 10, 0, "pledge", (*teller).pledge)
	s.on(time.September, 16, 15, 0, "pledge paid", func(t *teller) error {
		return t.inflow(fund.Inflow{Kind: fund.KindPledge, PledgeID: t.promise.ID, DueNumber: 1, AmountFen: 3_600_00, BankReference: "FB-0001"})
	})
	s.on(time.July, 6, 10, 0, "pledge of turnover", (*teller).pledgeTurnover)
	s.on(time.September, 21, 9, 10, "a donation one person has registered", func(t *teller) error {
		return second(t.register(fund.Inflow{Kind: fund.KindDonation, DonorName: "东站商居联盟", AmountFen: 6_000_00, Purpose: "重阳邻里节", BankReference: "DN-0002"}))
	})
	s.on(time.September, 18, 19, 0, "neighbours confirm", func(t *teller) error {
		w := wishes[0]
		st, err := t.step(w, "")
		if err != nil {
			return err
		}
		_, err = t.Services.Needs.Confirm(t.ctx, t.by("resident"), st)
		return err
	})
	s.on(time.September, 19, 10, 0, "need closed", func(t *teller) error {
		st, err := t.step(wishes[0], "服务已验收，款项付清，居民已确认。")
		if err != nil {
			return err
		}
		_, err = t.Services.Needs.Close(t.ctx, t.by("community"), st, need.OutcomeMet)
		return err
	})
}

func (t *teller) gives(login string) funds.Write {
	return funds.Write{Actor: t.as(login), Key: t.key()}
}

func (t *teller) establish() error {
	var err error
	t.fund, err = t.Services.Funds.Establish(t.ctx, t.gives("fund"), fund.Draft{
		Name: "和美社区发展基金", NameEN: "Hemei community development fund", Purpose: "支持和美社区居民提出的公益服务与邻里活动。",
		PlaceID: t.place("和美社区").ID, PartyID: t.party("锦城社区公益基金会").ID,
	})
	return err
}

func (t *teller) pledge() error {
	var err error
	t.promise, err = t.promised(fund.Offer{
		FundID: t.fund.ID, ProjectID: afterSchool.project, Origin: fund.FromCharter, Basis: fund.ByAmount, AmountFen: 3_600_00,
		Dues: []fund.Due{{Period: "2026", DueOn: day(9, 30), AmountFen: 3_600_00}}, Purpose: "章程承诺的利润反哺",
	})
	return err
}

// pledgeTurnover is what the operator of the community's centre returns of each quarter: a
// hundredth of the turnover, which it has yet to declare when the story ends.
func (t *teller) pledgeTurnover() error {
	_, err := t.promised(fund.Offer{
		FundID: t.fund.ID, Origin: fund.FromVenue, Basis: fund.ByTurnover, RateBP: 100,
		Dues: []fund.Due{{Period: "2026 年第三季度", DueOn: day(9, 30)}, {Period: "2026 年第四季度", DueOn: day(12, 31)}}, Purpose: "和美社区综合体经营收入反哺",
	})
	return err
}

// promised is a pledge of the supplier that the fund's keeper accepted.
func (t *teller) promised(o fund.Offer) (*fund.Pledge, error) {
	p, err := t.Services.Funds.Offer(t.ctx, t.gives("supplier"), o)
	if err != nil {
		return nil, err
	}
	w := t.gives("fund")
	w.Version = p.Version
	_, err = t.Services.Funds.ChangePledge(t.ctx, w, funds.Change{ID: string(p.ID), Action: "accept"})
	return p, err
}

// register writes down money on the fund's account; it counts once a second person confirms it.
func (t *teller) register(in fund.Inflow) (*fund.Donation, error) {
	in.ReceivedOn = calendar.DateOf(t.App.Clock.Now())
	return t.Services.Funds.RegisterInflow(t.ctx, t.gives("fund"), t.fund.ID, in)
}

// inflow is money that a second person confirmed the same day.
func (t *teller) inflow(in fund.Inflow) error {
	d, err := t.register(in)
	if err != nil {
		return err
	}
	w := t.gives("fund.approver")
	w.Version = d.Version
	_, err = t.Services.Funds.ConfirmInflow(t.ctx, w, d.ID)
	return err
}
