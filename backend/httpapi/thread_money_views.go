package httpapi

import (
	"time"

	"linli/backend/app/oversight"
)

type threadContractView struct {
	ID          string                `json:"id"`
	Code        string                `json:"code"`
	Title       string                `json:"title"`
	Status      string                `json:"status"`
	Supplier    string                `json:"supplier"`
	OriginalFen int64                 `json:"originalFen"`
	ValueFen    int64                 `json:"valueFen" doc:"With applied supplements."`
	Supplements int                   `json:"supplements"`
	SignedAt    *time.Time            `json:"signedAt,omitempty"`
	PublishedAt *time.Time            `json:"publishedAt,omitempty"`
	FiledAt     *time.Time            `json:"filedAt,omitempty"`
	TermFrom    string                `json:"termFrom,omitempty"`
	TermUntil   string                `json:"termUntil,omitempty"`
	PaymentDays int                   `json:"paymentDays"`
	CompletedAt *time.Time            `json:"completedAt,omitempty"`
	Milestones  []threadMilestoneView `json:"milestones"`
	Payments    []threadPaymentView   `json:"payments"`
}

type threadMilestoneView struct {
	Number      int                   `json:"number"`
	Title       string                `json:"title"`
	DueOn       string                `json:"dueOn"`
	AmountFen   int64                 `json:"amountFen"`
	Status      string                `json:"status"`
	SubmittedAt *time.Time            `json:"submittedAt,omitempty"`
	DeliveredOn string                `json:"deliveredOn,omitempty"`
	Rework      int                   `json:"rework"`
	Evidence    int                   `json:"evidence" doc:"Records that can be counted."`
	Acceptance  *threadAcceptanceView `json:"acceptance,omitempty"`
}

type threadAcceptanceView struct {
	Code         string     `json:"code"`
	Result       string     `json:"result" enum:"accepted,partially_accepted,rejected"`
	Round        int        `json:"round"`
	PayableFen   int64      `json:"payableFen"`
	Deemed       bool       `json:"deemed" doc:"The buyer was silent past the period."`
	DecidedAt    time.Time  `json:"decidedAt"`
	PublishedAt  *time.Time `json:"publishedAt,omitempty"`
	Items        int        `json:"items"`
	Met          int        `json:"met"`
	Rated        int        `json:"rated"`
	Satisfied    int        `json:"satisfied"`
	Low          float64    `json:"low" doc:"95 % Wilson interval of the share of satisfied answers."`
	High         float64    `json:"high"`
	UsersOpinion string     `json:"usersOpinion,omitempty"`
}

type threadPaymentView struct {
	Code        string    `json:"code"`
	Milestone   int       `json:"milestone"`
	AmountFen   int64     `json:"amountFen"`
	Status      string    `json:"status"`
	RequestedAt time.Time `json:"requestedAt"`
	DueOn       string    `json:"dueOn"`
	PaidOn      string    `json:"paidOn,omitempty"`
	OverdueDays int       `json:"overdueDays"`
	InterestFen int64     `json:"interestFen"`
}

func toThreadContract(c oversight.ContractPart) threadContractView {
	v := threadContractView{
		ID: string(c.ID), Code: c.Code, Title: c.Title, Status: c.Status, Supplier: c.Supplier, OriginalFen: int64(c.OriginalFen),
		ValueFen: int64(c.ValueFen), Supplements: c.Supplements, SignedAt: c.SignedAt, PublishedAt: c.PublishedAt, FiledAt: c.FiledAt,
		TermFrom: c.TermFrom.String(), TermUntil: c.TermUntil.String(), PaymentDays: c.PaymentDays, CompletedAt: c.CompletedAt,
		Milestones: []threadMilestoneView{}, Payments: []threadPaymentView{},
	}
	for _, m := range c.Milestones {
		v.Milestones = append(v.Milestones, toThreadMilestone(m))
	}
	for _, p := range c.Payments {
		v.Payments = append(v.Payments, threadPaymentView{
			Code: p.Code, Milestone: p.Milestone, AmountFen: int64(p.AmountFen), Status: p.Status, RequestedAt: p.RequestedAt,
			DueOn: p.DueOn.String(), PaidOn: p.PaidOn.String(), OverdueDays: p.OverdueDays, InterestFen: int64(p.InterestFen),
		})
	}
	return v
}

func toThreadMilestone(m oversight.MilestonePart) threadMilestoneView {
	v := threadMilestoneView{
		Number: m.Number, Title: m.Title, DueOn: m.DueOn.String(), AmountFen: int64(m.AmountFen), Status: m.Status,
		SubmittedAt: m.SubmittedAt, DeliveredOn: m.DeliveredOn.String(), Rework: m.Rework, Evidence: m.Evidence,
	}
	if a := m.Acceptance; a != nil {
		v.Acceptance = &threadAcceptanceView{
			Code: a.Code, Result: a.Result, Round: a.Round, PayableFen: int64(a.PayableFen), Deemed: a.Deemed, DecidedAt: a.DecidedAt,
			PublishedAt: a.PublishedAt, Items: a.Items, Met: a.Met, Rated: a.Opinions.Rated, Satisfied: a.Opinions.Satisfied,
			Low: a.Opinions.Low, High: a.Opinions.High, UsersOpinion: a.UsersOpinion,
		}
	}
	return v
}

type threadFundView struct {
	FundID      string               `json:"fundId"`
	Fund        string               `json:"fund"`
	Donor       string               `json:"donor"`
	Pledge      string               `json:"pledge" doc:"Code of the free pledge; it was no part of the tender."`
	Origin      string               `json:"origin"`
	PromisedFen int64                `json:"promisedFen"`
	PaidFen     int64                `json:"paidFen"`
	NextDue     string               `json:"nextDue,omitempty"`
	Entries     []threadFundLineView `json:"entries"`
}

type threadFundLineView struct {
	On        string `json:"on"`
	AmountFen int64  `json:"amountFen"`
	Code      string `json:"code"`
	Receipt   string `json:"receipt,omitempty"`
}

func toThreadFund(f oversight.FundPart) threadFundView {
	v := threadFundView{
		FundID: string(f.FundID), Fund: f.Fund, Donor: f.Donor, Pledge: f.Pledge, Origin: f.Origin, PromisedFen: int64(f.Promised),
		PaidFen: int64(f.Paid), NextDue: f.NextDue.String(), Entries: []threadFundLineView{},
	}
	for _, e := range f.Entries {
		v.Entries = append(v.Entries, threadFundLineView{e.On.String(), int64(e.AmountFen), e.Code, e.Receipt})
	}
	return v
}

type threadGrantView struct {
	FundID    string `json:"fundId"`
	Fund      string `json:"fund"`
	Code      string `json:"code"`
	Title     string `json:"title"`
	Recipient string `json:"recipient"`
	AmountFen int64  `json:"amountFen"`
	Status    string `json:"status"`
}

type threadMoneyView struct {
	BudgetFen   int64 `json:"budgetFen"`
	AwardFen    int64 `json:"awardFen"`
	ContractFen int64 `json:"contractFen"`
	AcceptedFen int64 `json:"acceptedFen"`
	PaidFen     int64 `json:"paidFen"`
	SavedFen    int64 `json:"savedFen" doc:"Budget less contract: it stays in the budget."`
	DueFen      int64 `json:"dueFen" doc:"Accepted and not paid yet."`
	PledgedFen  int64 `json:"pledgedFen"`
	ReturnedFen int64 `json:"returnedFen" doc:"In the community fund because of these projects."`
}

func toThreadMoney(m oversight.MoneyBar) threadMoneyView {
	return threadMoneyView{
		int64(m.BudgetFen), int64(m.AwardFen), int64(m.ContractFen), int64(m.AcceptedFen), int64(m.PaidFen), int64(m.SavedFen),
		int64(m.DueFen), int64(m.PledgedFen), int64(m.ReturnedFen),
	}
}

type threadProofView struct {
	Records     int    `json:"records"`
	Documents   int    `json:"documents" doc:"Public notices."`
	Fingerprint string `json:"fingerprint" doc:"Merkle root (RFC 6962) over the hashes of these records."`
	Head        string `json:"head" doc:"Hash of the last record of the installation."`
	HeadSeq     int64  `json:"headSeq"`
}
