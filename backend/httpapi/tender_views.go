package httpapi

import (
	"time"

	"linli/backend/app/procurement"
	"linli/backend/domain/calendar"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// GradeBody is one quantified step of a criterion; points are hundredths of a point.
type GradeBody struct {
	Text string `json:"text" maxLength:"1000"`
	Min  int64  `json:"min" minimum:"0" maximum:"10000"`
	Max  int64  `json:"max" minimum:"0" maximum:"10000"`
}

// CriterionBody is one scored item.
type CriterionBody struct {
	ID        string      `json:"id" minLength:"1" maxLength:"36"`
	Title     string      `json:"title" maxLength:"200"`
	Guidance  string      `json:"guidance" maxLength:"2000"`
	Objective bool        `json:"objective" doc:"Every member must score it the same."`
	Max       int64       `json:"max" minimum:"0" maximum:"10000" doc:"Hundredths of a point."`
	Grades    []GradeBody `json:"grades" maxItems:"6"`
}

// ConditionBody is one requirement that is met or not.
type ConditionBody struct {
	ID   string `json:"id" minLength:"1" maxLength:"36"`
	Text string `json:"text" maxLength:"2000"`
}

// LowPriceBody are the percentages that trigger the review of a low price.
type LowPriceBody struct {
	MeanPct    int `json:"meanPct" minimum:"0" maximum:"100"`
	SecondPct  int `json:"secondPct" minimum:"0" maximum:"100"`
	CeilingPct int `json:"ceilingPct" minimum:"0" maximum:"100"`
}

// LongTermBody are the four flags of a term over one year.
type LongTermBody struct {
	Stable      bool `json:"stable"`
	Continuous  bool `json:"continuous"`
	Funded      bool `json:"funded"`
	SteadyPrice bool `json:"steadyPrice"`
}

// DocumentBody are the tender documents.
type DocumentBody struct {
	Requirements  string       `json:"requirements" maxLength:"60000"`
	ContractTerms string       `json:"contractTerms" maxLength:"60000"`
	Consultation  string       `json:"consultation" maxLength:"60000"`
	TermMonths    int          `json:"termMonths" minimum:"0" maximum:"120"`
	LongTerm      LongTermBody `json:"longTerm"`
	Reserved      bool         `json:"reserved"`
	Exemption     string       `json:"exemption" maxLength:"2000"`
	DeductBp      int          `json:"deductBp" minimum:"0" maximum:"10000" doc:"Price deduction for small enterprises, basis points."`
	BidBondFen    int64        `json:"bidBondFen" minimum:"0" maximum:"9007199254740991"`
	PerformanceBp int          `json:"performanceBp" minimum:"0" maximum:"10000"`
	Contact       string       `json:"contact" maxLength:"200"`
	NegativeList  bool         `json:"negativeList"`
}

// LotDraftBody is what the drafter writes for one lot.
type LotDraftBody struct {
	ID             string          `json:"id" maxLength:"36"`
	Scope          string          `json:"scope" maxLength:"60000"`
	CeilingFen     int64           `json:"ceilingFen" minimum:"0" maximum:"9007199254740991"`
	PriceWeight    int64           `json:"priceWeight" minimum:"0" maximum:"10000" doc:"Hundredths of a point."`
	Criteria       []CriterionBody `json:"criteria" maxItems:"30"`
	Qualifications []ConditionBody `json:"qualifications" maxItems:"30"`
	Requirements   []ConditionBody `json:"requirements" maxItems:"30"`
	LowPrice       LowPriceBody    `json:"lowPrice"`
}

func toCriteria(in []procedure.Criterion) []CriterionBody {
	out := []CriterionBody{}
	for _, c := range in {
		x := CriterionBody{ID: c.ID, Title: c.Title, Guidance: c.Guidance, Objective: c.Objective, Max: int64(c.Max), Grades: []GradeBody{}}
		for _, g := range c.Grades {
			x.Grades = append(x.Grades, GradeBody{Text: g.Text, Min: int64(g.Min), Max: int64(g.Max)})
		}
		out = append(out, x)
	}
	return out
}

func fromCriteria(in []CriterionBody) []procedure.Criterion {
	var out []procedure.Criterion
	for _, c := range in {
		x := procedure.Criterion{ID: c.ID, Title: c.Title, Guidance: c.Guidance, Objective: c.Objective, Max: procedure.Points(c.Max)}
		for _, g := range c.Grades {
			x.Grades = append(x.Grades, procedure.Grade{Text: g.Text, Min: procedure.Points(g.Min), Max: procedure.Points(g.Max)})
		}
		out = append(out, x)
	}
	return out
}

func toConditions(in []procedure.Condition) []ConditionBody {
	out := []ConditionBody{}
	for _, c := range in {
		out = append(out, ConditionBody(c))
	}
	return out
}

func fromConditions(in []ConditionBody) []procedure.Condition {
	var out []procedure.Condition
	for _, c := range in {
		out = append(out, procedure.Condition(c))
	}
	return out
}

func (b DocumentBody) document() tender.Document {
	return tender.Document{
		Requirements: b.Requirements, ContractTerms: b.ContractTerms, Consultation: b.Consultation, TermMonths: b.TermMonths,
		LongTerm: tender.LongTerm(b.LongTerm), Reserved: b.Reserved, Exemption: b.Exemption, DeductBp: b.DeductBp,
		BidBondFen: money.Fen(b.BidBondFen), PerformanceBp: b.PerformanceBp, Contact: b.Contact, NegativeList: b.NegativeList,
	}
}

func toDocument(d tender.Document) DocumentBody {
	return DocumentBody{
		Requirements: d.Requirements, ContractTerms: d.ContractTerms, Consultation: d.Consultation, TermMonths: d.TermMonths,
		LongTerm: LongTermBody(d.LongTerm), Reserved: d.Reserved, Exemption: d.Exemption, DeductBp: d.DeductBp,
		BidBondFen: int64(d.BidBondFen), PerformanceBp: d.PerformanceBp, Contact: d.Contact, NegativeList: d.NegativeList,
	}
}

func (b LotDraftBody) lot() procurement.LotDraft {
	return procurement.LotDraft{
		ID: ident.LotID(b.ID), Scope: b.Scope, CeilingFen: money.Fen(b.CeilingFen), PriceWeight: procedure.Points(b.PriceWeight),
		Criteria: fromCriteria(b.Criteria), Qualifications: fromConditions(b.Qualifications), Requirements: fromConditions(b.Requirements),
		LowPrice: procedure.LowPrice(b.LowPrice),
	}
}

// ActionView is something that could be done next, and why this actor cannot.
type ActionView struct {
	LotID     string            `json:"lotId,omitempty"`
	Action    string            `json:"action"`
	Permitted bool              `json:"permitted"`
	Code      string            `json:"code,omitempty" doc:"Fault code of the refusal."`
	Params    map[string]string `json:"params,omitempty"`
	Reason    bool              `json:"reason" doc:"A public reason is asked for."`
	Notice    bool              `json:"notice" doc:"A public notice follows."`
}

func toActions(in []procurement.Action) []ActionView {
	out := []ActionView{}
	for _, a := range in {
		out = append(out, ActionView{LotID: string(a.LotID), Action: a.Action, Permitted: a.Permitted, Code: a.Code, Params: a.Params, Reason: a.Reason, Notice: a.Notice})
	}
	return out
}

// FindingView is something that stands against publication or deserves a look.
type FindingView struct {
	Rule  string `json:"rule"`
	Path  string `json:"path"`
	Code  string `json:"code"`
	Text  string `json:"text,omitempty"`
	Block bool   `json:"block"`
}

// RecipientView is the public key of one lot and envelope kind.
type RecipientView struct {
	Kind      string `json:"kind"`
	Recipient string `json:"recipient"`
}

// AwardView is a confirmed or announced choice.
type AwardView struct {
	ID          string     `json:"id"`
	Code        string     `json:"code"`
	LotID       string     `json:"lotId"`
	SupplierID  string     `json:"supplierId"`
	Supplier    string     `json:"supplier"`
	Rank        int        `json:"rank"`
	Total       int64      `json:"total" doc:"Hundredths of a point."`
	PriceFen    int64      `json:"priceFen"`
	Status      string     `json:"status"`
	CloserCheck bool       `json:"closerCheck"`
	ConfirmedAt time.Time  `json:"confirmedAt"`
	AnnouncedAt *time.Time `json:"announcedAt,omitempty"`
	NoticeEnds  string     `json:"noticeEnds,omitempty"`
	ChallengeBy string     `json:"challengeBy,omitempty"`
	SignBy      string     `json:"signBy,omitempty"`
}

func toAward(a *tender.Award, supplier string) *AwardView {
	if a == nil {
		return nil
	}
	return &AwardView{
		ID: string(a.ID), Code: a.Code, LotID: string(a.LotID), SupplierID: string(a.SupplierID), Supplier: supplier, Rank: a.Rank,
		Total: int64(a.Total), PriceFen: int64(a.PriceFen), Status: a.Status, CloserCheck: a.CloserCheck, ConfirmedAt: a.ConfirmedAt,
		AnnouncedAt: a.AnnouncedAt, NoticeEnds: day(a.NoticeEnds), ChallengeBy: day(a.ChallengeBy), SignBy: day(a.SignBy),
	}
}

func day(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// LotView is one lot as this reader sees it.
type LotView struct {
	ID              string          `json:"id"`
	No              int             `json:"no"`
	Title           string          `json:"title"`
	Scope           string          `json:"scope"`
	BudgetFen       int64           `json:"budgetFen"`
	CeilingFen      int64           `json:"ceilingFen"`
	Status          string          `json:"status"`
	ReasonCode      string          `json:"reasonCode,omitempty"`
	Reason          string          `json:"reason,omitempty"`
	PriceWeight     int64           `json:"priceWeight"`
	Criteria        []CriterionBody `json:"criteria"`
	Qualifications  []ConditionBody `json:"qualifications"`
	Requirements    []ConditionBody `json:"requirements"`
	LowPrice        LowPriceBody    `json:"lowPrice"`
	FinalInvitedAt  *time.Time      `json:"finalInvitedAt,omitempty"`
	FinalDeadlineAt *time.Time      `json:"finalDeadlineAt,omitempty"`
	PriceOpenedAt   *time.Time      `json:"priceOpenedAt,omitempty"`
	EvaluatedAt     *time.Time      `json:"evaluatedAt,omitempty"`
	Recipients      []RecipientView `json:"recipients"`
	BidCount        int             `json:"bidCount" doc:"−1 while it is secret."`
	LateCount       int             `json:"lateCount"`
	Award           *AwardView      `json:"award,omitempty"`
	ReportBy        string          `json:"reportBy,omitempty"`
	ConfirmBy       string          `json:"confirmBy,omitempty"`
	AnnounceBy      string          `json:"announceBy,omitempty"`
}

func toLot(t *tender.Tender, c procurement.LotCase) LotView {
	l := t.Lot(c.LotID)
	v := LotView{
		ID: string(l.ID), No: l.No, Title: l.Title, Scope: l.Scope, BudgetFen: int64(l.BudgetFen), CeilingFen: int64(l.CeilingFen),
		Status: l.Status, ReasonCode: l.ReasonCode, Reason: l.Reason, PriceWeight: int64(l.PriceWeight), Criteria: toCriteria(l.Criteria),
		Qualifications: toConditions(l.Qualifications), Requirements: toConditions(l.Requirements), LowPrice: LowPriceBody(l.LowPrice),
		FinalInvitedAt: l.FinalInvitedAt, FinalDeadlineAt: l.FinalDeadlineAt, PriceOpenedAt: l.PriceOpenedAt, EvaluatedAt: l.EvaluatedAt,
		Recipients: []RecipientView{}, BidCount: c.BidCount, LateCount: c.LateCount, Award: toAward(c.Award, c.WinnerName),
	}
	for _, kind := range t.Procedure.Kinds() {
		if r, ok := c.Recipients[kind]; ok {
			v.Recipients = append(v.Recipients, RecipientView{Kind: string(kind), Recipient: r})
		}
	}
	if c.ReportBy != nil {
		v.ReportBy, v.ConfirmBy, v.AnnounceBy = c.ReportBy.ReportBy.String(), c.ReportBy.ConfirmBy.String(), c.ReportBy.AnnounceBy.String()
	}
	return v
}

// TermsView are the numbers a tender follows.
type TermsView struct {
	RuleVersion          string `json:"ruleVersion"`
	IntentionDays        int    `json:"intentionDays"`
	ResponseDays         int    `json:"responseDays"`
	ClarifyDays          int    `json:"clarifyDays"`
	MinSuppliers         int    `json:"minSuppliers"`
	MinContinue          int    `json:"minContinue"`
	PriceWeightMin       int    `json:"priceWeightMin"`
	PriceWeightMax       int    `json:"priceWeightMax"`
	CommitteeMin         int    `json:"committeeMin"`
	DeductMinBp          int    `json:"deductMinBp"`
	DeductMaxBp          int    `json:"deductMaxBp"`
	BidBondMaxBp         int    `json:"bidBondMaxBp"`
	PerformanceMaxBp     int    `json:"performanceMaxBp"`
	TermMonths           int    `json:"termMonths"`
	TermMonthsLong       int    `json:"termMonthsLong"`
	LowPctMax            int    `json:"lowPctMax"`
	LowReviewMinutes     int    `json:"lowReviewMinutes"`
	ChallengeWorkingDays int    `json:"challengeWorkingDays"`
	InquiryWorkingDays   int    `json:"inquiryWorkingDays"`
}

func toTerms(t procedure.Terms) TermsView {
	return TermsView{
		RuleVersion: t.RuleVersion, IntentionDays: t.IntentionDays, ResponseDays: t.ResponseDays, ClarifyDays: t.ClarifyDays,
		MinSuppliers: t.MinSuppliers, MinContinue: t.MinContinue, PriceWeightMin: t.PriceWeightMin, PriceWeightMax: t.PriceWeightMax,
		CommitteeMin: t.CommitteeMin, DeductMinBp: t.DeductMinBp, DeductMaxBp: t.DeductMaxBp, BidBondMaxBp: t.BidBondMaxBp,
		PerformanceMaxBp: t.PerformanceMaxBp, TermMonths: t.TermMonths, TermMonthsLong: t.TermMonthsLong, LowPctMax: t.LowPctMax,
		LowReviewMinutes: t.LowReviewMinutes, ChallengeWorkingDays: t.ChallengeWorkingDays, InquiryWorkingDays: t.InquiryWorkingDays,
	}
}

// SeatView is a seat of a committee.
type SeatView struct {
	PersonID string `json:"personId,omitempty"`
	Name     string `json:"name"`
	Role     string `json:"role"`
	Chair    bool   `json:"chair"`
	Declared bool   `json:"declared"`
	Recused  bool   `json:"recused"`
}

func toMember(m evaluation.Member, inside bool) SeatView {
	v := SeatView{Name: m.Name, Role: m.Role, Chair: m.Chair, Declared: len(m.Declarations) > 0, Recused: m.Recused}
	if inside {
		v.PersonID = string(m.PersonID)
	}
	return v
}

// BidderView is a supplier to declare on.
type BidderView struct {
	SupplierID string `json:"supplierId"`
	Name       string `json:"name"`
}

// CommitteeView is a committee as this reader may know it.
type CommitteeView struct {
	Size     int          `json:"size"`
	Seed     string       `json:"seed"`
	PoolSize int          `json:"poolSize"`
	DrawnAt  time.Time    `json:"drawnAt"`
	Ready    bool         `json:"ready"`
	Members  []SeatView   `json:"members"`
	Mine     *SeatView    `json:"mine,omitempty"`
	Bidders  []BidderView `json:"bidders"`
}

func toCommittee(c *procurement.CommitteeCase, inside bool) *CommitteeView {
	if c == nil {
		return nil
	}
	v := &CommitteeView{Size: c.Size, Seed: c.Seed, PoolSize: c.PoolSize, DrawnAt: c.DrawnAt, Ready: c.Ready, Members: []SeatView{}, Bidders: []BidderView{}}
	for _, m := range c.Members {
		v.Members = append(v.Members, toMember(m, inside))
	}
	if c.Mine != nil {
		m := toMember(*c.Mine, true)
		v.Mine = &m
	}
	for _, b := range c.Bidders {
		v.Bidders = append(v.Bidders, BidderView{SupplierID: string(b.SupplierID), Name: b.Name})
	}
	return v
}
