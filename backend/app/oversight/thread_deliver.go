package oversight

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// ContractPart is a signed contract. Until it is published only its existence is told.
type ContractPart struct {
	ID             ident.ContractID
	Code           string
	Title          string
	Status         string
	Supplier       string
	OriginalFen    money.Fen
	ValueFen       money.Fen // with applied supplements
	Supplements    int
	SignedAt       *time.Time
	SignBy         calendar.Date
	AwardNoticeOn  calendar.Date
	PublishedAt    *time.Time
	FiledAt        *time.Time
	TermFrom       calendar.Date
	TermUntil      calendar.Date
	AcceptanceDays int
	PaymentDays    int
	CompletedAt    *time.Time
	Milestones     []MilestonePart
	Payments       []PaymentPart
}

// MilestonePart is one delivery with its last acceptance.
type MilestonePart struct {
	Number      int
	Title       string
	DueOn       calendar.Date
	AmountFen   money.Fen
	Status      string
	SubmittedAt *time.Time
	DeliveredOn calendar.Date
	InspectBy   calendar.Date
	Rework      int
	Evidence    int // records that can be counted
	Acceptance  *AcceptancePart
}

// AcceptancePart is the decided inspection of a delivery. The inspector stands by office.
type AcceptancePart struct {
	Code         string
	Result       string
	Round        int
	PayableFen   money.Fen
	Deemed       bool
	DecidedAt    time.Time
	PublishedAt  *time.Time
	Items, Met   int
	Opinions     contract.Satisfaction
	UsersOpinion string
}

// PaymentPart is one payment, without accounts and persons.
type PaymentPart struct {
	Code        string
	Milestone   int
	AmountFen   money.Fen
	Status      string
	RequestedAt time.Time
	DueOn       calendar.Date
	PaidOn      calendar.Date
	OverdueDays int
	InterestFen money.Fen
}

func contractParts(ctx context.Context, u *app.Unit, id ident.ProjectID) ([]ContractPart, error) {
	all, err := u.Contracts.List(ctx, contract.Filter{ProjectID: id, Limit: maxProjects})
	if err != nil {
		return nil, err
	}
	var out []ContractPart
	for _, c := range all {
		if c.Status == contract.Drafting || c.Status == contract.Rescinded {
			continue
		}
		p, err := contractPart(ctx, u, c)
		if err != nil {
			return nil, err
		}
		out = append([]ContractPart{p}, out...)
	}
	return out, nil
}

func contractPart(ctx context.Context, u *app.Unit, c *contract.Contract) (ContractPart, error) {
	out := ContractPart{
		ID: c.ID, Code: c.Code, Title: c.Title, Status: c.Status, Supplier: c.SupplierName, OriginalFen: c.OriginalFen, ValueFen: c.ValueFen(),
		SignedAt: c.SignedAt, SignBy: c.SignBy, AwardNoticeOn: c.AwardNoticeOn, PublishedAt: c.PublishedAt, FiledAt: c.FiledAt,
		CompletedAt: c.CompletedAt,
	}
	if c.PublishedAt == nil {
		return out, nil
	}
	out.TermFrom, out.TermUntil, out.AcceptanceDays, out.PaymentDays = c.TermFrom, c.TermUntil, c.AcceptanceDays, c.PaymentDays
	supplements, err := u.Contracts.Supplements(ctx, c.ID)
	if err != nil {
		return out, err
	}
	for _, s := range supplements {
		if s.Status == contract.Applied {
			out.Supplements++
		}
	}
	numbers, err := out.milestones(ctx, u)
	if err != nil {
		return out, err
	}
	return out, out.payments(ctx, u, numbers)
}

// milestones fills the deliveries and tells the number of each milestone.
func (c *ContractPart) milestones(ctx context.Context, u *app.Unit) (map[ident.MilestoneID]int, error) {
	all, err := u.Contracts.Milestones(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	accepted, err := u.Contracts.Acceptances(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	numbers := map[ident.MilestoneID]int{}
	for _, m := range all {
		numbers[m.ID] = m.Number
		p := MilestonePart{
			Number: m.Number, Title: m.Title, DueOn: m.DueOn, AmountFen: m.AmountFen, Status: m.Status, SubmittedAt: m.SubmittedAt,
			DeliveredOn: m.DeliveredOn, InspectBy: m.InspectBy, Rework: m.Rework,
		}
		for _, e := range m.Evidence {
			p.Evidence += e.Count
		}
		for _, a := range accepted {
			if a.MilestoneID == m.ID {
				p.Acceptance = acceptancePart(a)
			}
		}
		c.Milestones = append(c.Milestones, p)
	}
	return numbers, nil
}

// acceptancePart tells the result; the words on items wait for the publication.
func acceptancePart(a *contract.Acceptance) *AcceptancePart {
	p := &AcceptancePart{
		Code: a.Code, Result: a.Result, Round: a.Round, PayableFen: a.PayableFen, Deemed: a.Deemed, DecidedAt: a.DecidedAt,
		PublishedAt: a.PublishedAt, Opinions: contract.SatisfactionOf(a.Satisfied, a.Rated),
	}
	if a.PublishedAt == nil {
		return p
	}
	p.UsersOpinion, p.Items = a.UsersOpinion, len(a.Findings)
	for _, f := range a.Findings {
		if f.Met {
			p.Met++
		}
	}
	return p
}

func (c *ContractPart) payments(ctx context.Context, u *app.Unit, numbers map[ident.MilestoneID]int) error {
	all, err := u.Payments.List(ctx, payment.Filter{ContractID: c.ID, Limit: maxPayments})
	if err != nil {
		return err
	}
	today := calendar.DateOf(u.Now)
	for _, p := range all {
		if p.Status == payment.Withdrawn {
			continue
		}
		interest, err := p.Interest(today)
		if err != nil {
			return err
		}
		c.Payments = append([]PaymentPart{{
			Code: p.Code, Milestone: numbers[p.MilestoneID], AmountFen: p.AmountFen, Status: p.Status, RequestedAt: p.RequestedAt,
			DueOn: p.DueOn, PaidOn: p.PaidOn, OverdueDays: p.OverdueDays(today), InterestFen: interest,
		}}, c.Payments...)
	}
	return nil
}

// maxPayments bounds what one contract shows: a payment a milestone, some of them in parts.
const maxPayments = 200
