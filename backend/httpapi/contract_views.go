package httpapi

import (
	"time"

	"linli/backend/app/contracts"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// changedView is the short answer of every write on contracts and payments.
type changedView struct {
	ID      string `json:"id"`
	Code    string `json:"code"`
	Version int64  `json:"version"`
	Status  string `json:"status"`
}

type changedOut struct {
	ETag string `header:"ETag"`
	Body changedView
}

func toDone(d contracts.Done, err error) (*changedOut, error) {
	if err != nil {
		return nil, err
	}
	return &changedOut{ETag: etag(d.Version), Body: changedView(d)}, nil
}

type moneyActionView struct {
	Action    string            `json:"action"`
	Permitted bool              `json:"permitted"`
	Code      string            `json:"code,omitempty" doc:"Fault code that says why not."`
	Params    map[string]string `json:"params,omitempty"`
}

func toContractActions(all []contracts.Action) []moneyActionView {
	out := []moneyActionView{}
	for _, a := range all {
		out = append(out, moneyActionView(a))
	}
	return out
}

// PayeeView is an account as the reader may see it.
type PayeeView struct {
	Holder    string    `json:"holder"`
	Bank      string    `json:"bank"`
	Tail      string    `json:"tail" doc:"Last four digits."`
	Number    string    `json:"number,omitempty" doc:"Only for the finance bureau and the supplier itself."`
	ChangedAt time.Time `json:"changedAt"`
}

// toPayeeView shows the whole number only to who pays and who is paid.
func toPayeeView(p contract.Payee, a access.Actor, supplier ident.PartyID) PayeeView {
	v := PayeeView{Holder: p.Holder, Bank: p.Bank, ChangedAt: p.ChangedAt}
	if len(p.Number) >= 4 {
		v.Tail = p.Number[len(p.Number)-4:]
	}
	if a.Role == access.FinanceOfficer || a.Role == access.FinanceApprover || (a.PartyID != "" && a.PartyID == supplier) {
		v.Number = p.Number
	}
	return v
}

type signatureView struct {
	Name string    `json:"name,omitempty" doc:"Insiders only."`
	At   time.Time `json:"at"`
}

func toSignature(s *contract.Signature, insider bool) *signatureView {
	if s == nil {
		return nil
	}
	v := &signatureView{At: s.At}
	if insider {
		v.Name = s.Name
	}
	return v
}

type milestoneItemBody struct {
	Kind         string `json:"kind" enum:"deliverable,indicator"`
	Name         string `json:"name" maxLength:"200"`
	Target       string `json:"target,omitempty" maxLength:"20" doc:"Decimal; indicators only." example:"1200"`
	Unit         string `json:"unit,omitempty" maxLength:"20"`
	Direction    string `json:"direction,omitempty" enum:"at_least,at_most,"`
	Proportional bool   `json:"proportional,omitempty" doc:"Earns observed ÷ target of its weight; otherwise all or nothing."`
	WeightBP     int    `json:"weightBp" minimum:"1" maximum:"10000" doc:"Basis points; those of a milestone sum to 10000."`
}

func toItems(in []milestoneItemBody) []contract.Item {
	var out []contract.Item
	for _, x := range in {
		out = append(out, contract.Item(x))
	}
	return out
}

type milestonePlanBody struct {
	Title     string              `json:"title" maxLength:"200"`
	DueOn     string              `json:"dueOn" maxLength:"10" format:"date"`
	AmountFen int64               `json:"amountFen" maximum:"9007199254740991"`
	Items     []milestoneItemBody `json:"items" maxItems:"40"`
}

func (b milestonePlanBody) plan() (contract.Plan, error) {
	due, err := calendar.ParseDate(b.DueOn)
	return contract.Plan{Title: b.Title, DueOn: due, AmountFen: money.Fen(b.AmountFen), Items: toItems(b.Items)}, err
}

type payeeBody struct {
	Holder string `json:"holder" maxLength:"200"`
	Bank   string `json:"bank" maxLength:"200"`
	Number string `json:"number" maxLength:"34"`
}

type deliveryEvidenceView struct {
	FileID string    `json:"fileId,omitempty"`
	Title  string    `json:"title"`
	Note   string    `json:"note,omitempty"`
	Count  int       `json:"count,omitempty"`
	At     time.Time `json:"at"`
}

type acceptanceFindingView struct {
	Observed string `json:"observed,omitempty"`
	Met      bool   `json:"met"`
	Note     string `json:"note,omitempty"`
}

type satisfactionView struct {
	Satisfied int     `json:"satisfied"`
	Rated     int     `json:"rated"`
	Share     float64 `json:"share" doc:"0…1; without meaning when rated is 0."`
	Low       float64 `json:"low" doc:"Lower end of the 95 % Wilson interval."`
	High      float64 `json:"high"`
}

func toSatisfaction(s contract.Satisfaction) satisfactionView { return satisfactionView(s) }

type acceptanceView struct {
	ID           string                  `json:"id"`
	Code         string                  `json:"code" example:"YS-2026-000001"`
	Round        int                     `json:"round"`
	Findings     []acceptanceFindingView `json:"findings"`
	Result       string                  `json:"result" enum:"accepted,partially_accepted,rejected"`
	PayableFen   int64                   `json:"payableFen"`
	UsersOpinion string                  `json:"usersOpinion"`
	Satisfaction satisfactionView        `json:"satisfaction"`
	Deemed       bool                    `json:"deemed" doc:"The buyer was silent past the inspection period."`
	Reason       string                  `json:"reason,omitempty"`
	DecidedAt    time.Time               `json:"decidedAt"`
	DueFrom      string                  `json:"dueFrom" format:"date" doc:"Day the payment clock started."`
	PublishedAt  *time.Time              `json:"publishedAt,omitempty"`
	RuleVersion  string                  `json:"ruleVersion"`
}

func toAcceptanceView(a *contract.Acceptance) acceptanceView {
	v := acceptanceView{
		ID: string(a.ID), Code: a.Code, Round: a.Round, Findings: []acceptanceFindingView{}, Result: a.Result, PayableFen: int64(a.PayableFen), UsersOpinion: a.UsersOpinion,
		Satisfaction: toSatisfaction(contract.SatisfactionOf(a.Satisfied, a.Rated)), Deemed: a.Deemed, Reason: a.Reason, DecidedAt: a.DecidedAt,
		DueFrom: a.DueFrom.String(), PublishedAt: a.PublishedAt, RuleVersion: a.RuleVersion,
	}
	for _, f := range a.Findings {
		v.Findings = append(v.Findings, acceptanceFindingView(f))
	}
	return v
}

type opinionView struct {
	Rating   int       `json:"rating"`
	Text     string    `json:"text"`
	Round    int       `json:"round"`
	Assisted bool      `json:"assisted"`
	At       time.Time `json:"at"`
}

func toOpinionView(o *contract.Opinion) opinionView {
	return opinionView{Rating: o.Rating, Text: o.Text, Round: o.Round, Assisted: o.HelperID != "", At: o.At}
}

type milestoneView struct {
	ID           string                 `json:"id"`
	Number       int                    `json:"number"`
	Title        string                 `json:"title"`
	DueOn        string                 `json:"dueOn" format:"date"`
	AmountFen    int64                  `json:"amountFen"`
	Items        []milestoneItemBody    `json:"items"`
	Status       string                 `json:"status"`
	StatusReason string                 `json:"statusReason,omitempty"`
	Evidence     []deliveryEvidenceView `json:"evidence"`
	DeliveredOn  string                 `json:"deliveredOn,omitempty"`
	InspectBy    string                 `json:"inspectBy,omitempty"`
	Rework       int                    `json:"rework"`
	Late         bool                   `json:"late"`
	Acceptances  []acceptanceView       `json:"acceptances"`
	Satisfaction satisfactionView       `json:"satisfaction"`
	Opinions     []opinionView          `json:"opinions" doc:"In words, for insiders only."`
	Mine         *opinionView           `json:"mine,omitempty" doc:"What the reader said himself."`
	MayRate      bool                   `json:"mayRate"`
	RequestedFen int64                  `json:"requestedFen"`
	Version      int64                  `json:"version"`
	Actions      []moneyActionView      `json:"actions"`
}

func toMilestoneView(x contracts.MilestoneView, insider bool) milestoneView {
	m := x.Milestone
	v := milestoneView{
		ID: string(m.ID), Number: m.Number, Title: m.Title, DueOn: m.DueOn.String(), AmountFen: int64(m.AmountFen), Items: []milestoneItemBody{}, Status: m.Status,
		StatusReason: m.StatusReason, Evidence: []deliveryEvidenceView{}, DeliveredOn: m.DeliveredOn.String(), InspectBy: m.InspectBy.String(), Rework: m.Rework,
		Late: x.Late, Acceptances: []acceptanceView{}, Satisfaction: toSatisfaction(x.Satisfaction), Opinions: []opinionView{}, MayRate: x.MayRate,
		RequestedFen: int64(x.RequestedFen), Version: m.Version, Actions: toContractActions(x.Actions),
	}
	for _, it := range m.Items {
		v.Items = append(v.Items, milestoneItemBody(it))
	}
	for _, e := range m.Evidence {
		y := deliveryEvidenceView{Title: e.Title, Note: e.Note, Count: e.Count, At: e.At}
		if insider {
			y.FileID = string(e.FileID)
		}
		v.Evidence = append(v.Evidence, y)
	}
	for _, a := range x.Acceptances {
		v.Acceptances = append(v.Acceptances, toAcceptanceView(a))
	}
	for _, o := range x.Opinions {
		v.Opinions = append(v.Opinions, toOpinionView(o))
	}
	if x.Mine != nil {
		mine := toOpinionView(x.Mine)
		v.Mine = &mine
	}
	return v
}

type supplementView struct {
	ID          string            `json:"id"`
	Number      int               `json:"number"`
	Kind        string            `json:"kind" enum:"more_of_the_same,longer_term"`
	Reason      string            `json:"reason"`
	AmountFen   int64             `json:"amountFen"`
	TermUntil   string            `json:"termUntil,omitempty"`
	EffectiveOn string            `json:"effectiveOn" format:"date"`
	Status      string            `json:"status"`
	Supplier    *signatureView    `json:"supplierSignature,omitempty"`
	Buyer       *signatureView    `json:"buyerSignature,omitempty"`
	AppliedAt   *time.Time        `json:"appliedAt,omitempty"`
	Version     int64             `json:"version"`
	Actions     []moneyActionView `json:"actions"`
}

func toSupplementView(x contracts.SupplementView, insider bool) supplementView {
	s := x.Supplement
	return supplementView{
		ID: string(s.ID), Number: s.Number, Kind: s.Kind, Reason: s.Reason, AmountFen: int64(s.AmountFen), TermUntil: s.TermUntil.String(),
		EffectiveOn: s.EffectiveOn.String(), Status: s.Status, Supplier: toSignature(s.SupplierSignature, insider), Buyer: toSignature(s.BuyerSignature, insider),
		AppliedAt: s.AppliedAt, Version: s.Version, Actions: toContractActions(x.Actions),
	}
}

// ContractHead is what every list and page tells of a contract.
type ContractHead struct {
	ID            string     `json:"id"`
	Code          string     `json:"code" example:"HT-2026-000001"`
	Title         string     `json:"title"`
	ProjectID     string     `json:"projectId"`
	TenderID      string     `json:"tenderId"`
	BuyerID       string     `json:"buyerId"`
	BuyerName     string     `json:"buyerName"`
	SupplierID    string     `json:"supplierId"`
	SupplierName  string     `json:"supplierName"`
	OriginalFen   int64      `json:"originalFen" doc:"The awarded price."`
	SupplementFen int64      `json:"supplementFen"`
	ValueFen      int64      `json:"valueFen" doc:"Original amount and supplements in force."`
	TermFrom      string     `json:"termFrom,omitempty"`
	TermUntil     string     `json:"termUntil,omitempty"`
	SignBy        string     `json:"signBy" format:"date"`
	Status        string     `json:"status"`
	StatusReason  string     `json:"statusReason,omitempty"`
	SignedAt      *time.Time `json:"signedAt,omitempty"`
	PublishedAt   *time.Time `json:"publishedAt,omitempty"`
	Version       int64      `json:"version"`
}

func toContractHead(c *contract.Contract) ContractHead {
	return ContractHead{
		ID: string(c.ID), Code: c.Code, Title: c.Title, ProjectID: string(c.ProjectID), TenderID: string(c.TenderID), BuyerID: string(c.BuyerID),
		BuyerName: c.BuyerName, SupplierID: string(c.SupplierID), SupplierName: c.SupplierName, OriginalFen: int64(c.OriginalFen),
		SupplementFen: int64(c.SupplementFen), ValueFen: int64(c.ValueFen()), TermFrom: c.TermFrom.String(), TermUntil: c.TermUntil.String(),
		SignBy: c.SignBy.String(), Status: c.Status, StatusReason: c.StatusReason, SignedAt: c.SignedAt, PublishedAt: c.PublishedAt, Version: c.Version,
	}
}

type contractView struct {
	ContractHead
	PlaceID        string            `json:"placeId"`
	PlaceName      string            `json:"placeName"`
	BuyerUSCC      string            `json:"buyerUscc"`
	SupplierUSCC   string            `json:"supplierUscc"`
	Capitals       string            `json:"capitals" doc:"The value in Chinese capitals." example:"贰拾肆万元整"`
	AcceptanceDays int               `json:"acceptanceDays"`
	PaymentDays    int               `json:"paymentDays"`
	DailyInterest  string            `json:"dailyInterest" doc:"Late interest a day, exact decimal." example:"0.0005"`
	InterestAgreed bool              `json:"interestAgreed"`
	AwardNoticeOn  string            `json:"awardNoticeOn" format:"date"`
	PublishBy      string            `json:"publishBy,omitempty"`
	FileBy         string            `json:"fileBy,omitempty"`
	FilingNumber   string            `json:"filingNumber,omitempty"`
	FiledAt        *time.Time        `json:"filedAt,omitempty"`
	CompletedAt    *time.Time        `json:"completedAt,omitempty"`
	ClosedAt       *time.Time        `json:"closedAt,omitempty"`
	Supplier       *signatureView    `json:"supplierSignature,omitempty"`
	Buyer          *signatureView    `json:"buyerSignature,omitempty"`
	TextHash       string            `json:"textHash" doc:"SHA-256 of what both sides sign."`
	Insider        bool              `json:"insider" doc:"The reader also sees what is not public."`
	Payee          *PayeeView        `json:"payee,omitempty" doc:"Insiders only."`
	PendingPayee   *pendingPayeeView `json:"pendingPayee,omitempty" doc:"Insiders only."`
	AcceptedFen    int64             `json:"acceptedFen"`
	PaidFen        int64             `json:"paidFen"`
	RuleVersion    string            `json:"ruleVersion"`
	Milestones     []milestoneView   `json:"milestones"`
	Supplements    []supplementView  `json:"supplements"`
	Actions        []moneyActionView `json:"actions"`
}

type pendingPayeeView struct {
	PayeeView
	UsableFrom  string    `json:"usableFrom" format:"date"`
	RequestedAt time.Time `json:"requestedAt"`
}

func toContractView(v contracts.View, a access.Actor) contractView {
	c := v.Contract
	out := contractView{
		ContractHead: toContractHead(c), PlaceID: string(c.PlaceID), PlaceName: v.Place.Name, BuyerUSCC: c.BuyerUSCC, SupplierUSCC: c.SupplierUSCC,
		Capitals: money.Capitals(c.ValueFen()), AcceptanceDays: c.AcceptanceDays, PaymentDays: c.PaymentDays, DailyInterest: c.DailyInterest,
		InterestAgreed: c.InterestAgreed, AwardNoticeOn: c.AwardNoticeOn.String(), PublishBy: v.PublishBy.String(), FileBy: v.FileBy.String(),
		FilingNumber: c.FilingNumber, FiledAt: c.FiledAt, CompletedAt: c.CompletedAt, ClosedAt: c.ClosedAt, Supplier: toSignature(c.SupplierSignature, v.Insider),
		Buyer: toSignature(c.BuyerSignature, v.Insider), TextHash: v.TextHash, Insider: v.Insider, AcceptedFen: int64(v.AcceptedFen), PaidFen: int64(v.PaidFen),
		RuleVersion: c.RuleVersion, Milestones: []milestoneView{}, Supplements: []supplementView{}, Actions: toContractActions(v.Actions),
	}
	for _, m := range v.Milestones {
		out.Milestones = append(out.Milestones, toMilestoneView(m, v.Insider))
	}
	for _, s := range v.Supplements {
		out.Supplements = append(out.Supplements, toSupplementView(s, v.Insider))
	}
	if v.Insider && c.Payee.Number != "" {
		p := toPayeeView(c.Payee, a, c.SupplierID)
		out.Payee = &p
	}
	if v.Insider && c.PendingPayee != nil {
		out.PendingPayee = &pendingPayeeView{
			PayeeView: toPayeeView(c.PendingPayee.Payee, a, c.SupplierID), UsableFrom: c.PendingPayee.UsableFrom.String(), RequestedAt: c.PendingPayee.RequestedAt,
		}
	}
	return out
}
