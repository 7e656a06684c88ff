package httpapi

import (
	"time"

	"linli/backend/app/projects"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/project"
	"linli/backend/domain/taxonomy"
)

type lotBody struct {
	Title     string   `json:"title" maxLength:"200"`
	AmountFen int64    `json:"amountFen" maximum:"9007199254740991"`
	NeedIDs   []string `json:"needIds,omitempty" maxItems:"200" doc:"Needs of the project that this lot answers; empty means all."`
}

type proposalBody struct {
	Title         string    `json:"title" maxLength:"200"`
	Summary       string    `json:"summary" maxLength:"8000"`
	Track         string    `json:"track" enum:"G,C,F" doc:"G government purchasing, C community fund, F foundation."`
	PlaceID       string    `json:"placeId" maxLength:"36"`
	Category      string    `json:"category" maxLength:"60"`
	Beneficiaries int       `json:"beneficiaries,omitempty" maximum:"30000000"`
	NeedIDs       []string  `json:"needIds" maxItems:"300"`
	Lots          []lotBody `json:"lots" maxItems:"100"`
}

func (b proposalBody) proposal() (project.Proposal, error) {
	p := project.Proposal{
		Title: b.Title, Summary: b.Summary, Track: project.Track(b.Track), PlaceID: ident.PlaceID(b.PlaceID),
		Category: taxonomy.Code(b.Category), Beneficiaries: b.Beneficiaries, NeedIDs: needIDs(b.NeedIDs),
	}
	text := []string{b.Title, b.Summary, b.PlaceID, b.Category}
	for _, l := range b.Lots {
		text = append(text, l.Title)
		p.Lots = append(p.Lots, project.Lot{Title: l.Title, AmountFen: money.Fen(l.AmountFen), NeedIDs: needIDs(l.NeedIDs)})
	}
	return p, clean(text...)
}

func needIDs(in []string) []ident.NeedID {
	var out []ident.NeedID
	for _, id := range in {
		out = append(out, ident.NeedID(id))
	}
	return out
}

type allocationBody struct {
	LineID    string `json:"lineId" maxLength:"36"`
	AmountFen int64  `json:"amountFen" maximum:"9007199254740991"`
}

func (b allocationBody) allocation() project.Allocation {
	return project.Allocation{LineID: ident.BudgetLineID(b.LineID), AmountFen: money.Fen(b.AmountFen)}
}

type answerBody struct {
	Item string `json:"item" maxLength:"40"`
	Hit  bool   `json:"hit" doc:"True when the item applies: the purchase is then refused."`
}

type smeBody struct {
	Suitable        bool   `json:"suitable"`
	ReserveShare    string `json:"reserveShare,omitempty" maxLength:"10" example:"0.30"`
	MicroShare      string `json:"microShare,omitempty" maxLength:"10" example:"0.60"`
	SocialOnly      bool   `json:"socialOnly,omitempty"`
	ExemptionNumber string `json:"exemptionNumber,omitempty" maxLength:"100"`
	ExemptionReason string `json:"exemptionReason,omitempty" maxLength:"500"`
}

type termBody struct {
	ContentStable    bool `json:"contentStable"`
	Continuous       bool `json:"continuous"`
	FundingStable    bool `json:"fundingStable"`
	SmallPriceChange bool `json:"smallPriceChange"`
}

type labourBody struct {
	Heads          int   `json:"heads,omitempty" maximum:"100000"`
	MonthlyPayFen  int64 `json:"monthlyPayFen,omitempty" maximum:"9007199254740991"`
	ManagedByBuyer bool  `json:"managedByBuyer,omitempty"`
}

// PlanBody is an implementation plan as it is filed and shown.
type PlanBody struct {
	Method         string       `json:"method" maxLength:"40" example:"consultation"`
	Approval       string       `json:"approval,omitempty" maxLength:"100" doc:"Number of the approval of another method."`
	StartsOn       string       `json:"startsOn" maxLength:"10" example:"2026-06-01"`
	EndsOn         string       `json:"endsOn" maxLength:"10" example:"2027-05-31"`
	Term           termBody     `json:"term"`
	Answers        []answerBody `json:"answers" maxItems:"20"`
	Labour         labourBody   `json:"labour"`
	SME            smeBody      `json:"sme"`
	MinAssessment  int          `json:"minAssessment,omitempty" maximum:"9"`
	Qualifications []string     `json:"qualifications,omitempty" maxItems:"20"`
}

func (b PlanBody) plan() (project.Plan, error) {
	p := project.Plan{
		Method: project.Method(b.Method), Approval: b.Approval, Term: project.TermConditions(b.Term), MinAssessment: b.MinAssessment,
		Labour:         project.Labour{Heads: b.Labour.Heads, MonthlyPayFen: money.Fen(b.Labour.MonthlyPayFen), ManagedByBuyer: b.Labour.ManagedByBuyer},
		SME:            project.SMEPolicy(b.SME),
		Qualifications: b.Qualifications,
	}
	for _, a := range b.Answers {
		p.Answers = append(p.Answers, project.Answer(a))
	}
	var err error
	if p.StartsOn, err = calendar.ParseDate(b.StartsOn); err != nil {
		return p, err
	}
	if p.EndsOn, err = calendar.ParseDate(b.EndsOn); err != nil {
		return p, err
	}
	text := append([]string{b.Method, b.Approval, b.SME.ExemptionNumber, b.SME.ExemptionReason}, b.Qualifications...)
	return p, clean(text...)
}

type planView struct {
	PlanBody
	RuleVersion string    `json:"ruleVersion"`
	FiledAt     time.Time `json:"filedAt"`
}

func toPlanView(p *project.Plan) *planView {
	if p == nil {
		return nil
	}
	v := &planView{RuleVersion: p.RuleVersion, FiledAt: p.FiledAt}
	v.PlanBody = PlanBody{
		Method: string(p.Method), Approval: p.Approval, StartsOn: p.StartsOn.String(), EndsOn: p.EndsOn.String(), Term: termBody(p.Term),
		Answers: []answerBody{}, SME: smeBody(p.SME), MinAssessment: p.MinAssessment, Qualifications: p.Qualifications,
		Labour: labourBody{Heads: p.Labour.Heads, MonthlyPayFen: int64(p.Labour.MonthlyPayFen), ManagedByBuyer: p.Labour.ManagedByBuyer},
	}
	for _, a := range p.Answers {
		v.Answers = append(v.Answers, answerBody(a))
	}
	return v
}

// ProjectSummary is a project in one line of a list.
type ProjectSummary struct {
	ID            string    `json:"id"`
	Code          string    `json:"code" example:"XM-2026-000001"`
	Title         string    `json:"title"`
	Track         string    `json:"track"`
	Category      string    `json:"category"`
	Status        string    `json:"status"`
	PartyID       string    `json:"partyId"`
	PartyName     string    `json:"partyName"`
	PlaceID       string    `json:"placeId"`
	PlaceName     string    `json:"placeName"`
	NeedCount     int       `json:"needCount"`
	LotCount      int       `json:"lotCount"`
	Beneficiaries int       `json:"beneficiaries"`
	AmountFen     int64     `json:"amountFen" doc:"Sum of the lots."`
	BudgetFen     int64     `json:"budgetFen" doc:"Sum of the budget lines' shares; 0 before the budget is confirmed."`
	ProposedAt    time.Time `json:"proposedAt"`
	Version       int64     `json:"version"`
}

func toProjectSummary(p projects.Summary) ProjectSummary {
	return ProjectSummary{
		ID: string(p.ID), Code: p.Code, Title: p.Title, Track: string(p.Track), Category: string(p.Category), Status: p.Status,
		PartyID: string(p.PartyID), PartyName: p.PartyName, PlaceID: string(p.PlaceID), PlaceName: p.PlaceName,
		NeedCount: len(p.NeedIDs), LotCount: len(p.Lots), Beneficiaries: p.Beneficiaries, AmountFen: int64(p.LotsFen),
		BudgetFen: int64(p.BudgetFen), ProposedAt: p.ProposedAt, Version: p.Version,
	}
}

type projectLotView struct {
	ID        string   `json:"id"`
	Number    int      `json:"number"`
	Title     string   `json:"title"`
	AmountFen int64    `json:"amountFen"`
	NeedIDs   []string `json:"needIds"`
}

type projectNeedView struct {
	ID        string `json:"id"`
	Code      string `json:"code"`
	Title     string `json:"title"`
	Stage     string `json:"stage"`
	PlaceName string `json:"placeName"`
}

type projectBudgetView struct {
	LineID       string `json:"lineId"`
	Title        string `json:"title"`
	FiscalYear   int    `json:"fiscalYear"`
	Source       string `json:"source"`
	FunctionCode string `json:"functionCode"`
	EconomyCode  string `json:"economyCode"`
	AmountFen    int64  `json:"amountFen"`
}

type reviewView struct {
	Score int       `json:"score"`
	Grade string    `json:"grade"`
	Note  string    `json:"note"`
	At    time.Time `json:"at"`
}

type projectAction struct {
	Action    string `json:"action"`
	Permitted bool   `json:"permitted"`
	Code      string `json:"code" doc:"Fault code that tells why not."`
	Reason    bool   `json:"reason" doc:"A public reason is demanded."`
}

type projectView struct {
	ProjectSummary
	Summary       string              `json:"summary"`
	SuspendedFrom string              `json:"suspendedFrom"`
	Reason        string              `json:"reason" doc:"The public reason of the last move, where one was demanded."`
	Needs         []projectNeedView   `json:"needs"`
	Lots          []projectLotView    `json:"lots"`
	Budget        []projectBudgetView `json:"budget"`
	Plan          *planView           `json:"plan,omitempty"`
	Review        *reviewView         `json:"review,omitempty"`
	BudgetedAt    *time.Time          `json:"budgetedAt,omitempty"`
	PlannedAt     *time.Time          `json:"plannedAt,omitempty"`
	NegativeItems []string            `json:"negativeItems" doc:"What the plan has to answer."`
	Methods       []string            `json:"methods" doc:"Methods the plan may name."`
	MayRewrite    bool                `json:"mayRewrite"`
	Actions       []projectAction     `json:"actions"`
}

func toProjectView(v projects.View) projectView {
	out := projectView{
		ProjectSummary: toProjectSummary(projects.Summary{
			Project: v.Project, PartyName: v.PartyName, PlaceName: v.PlaceName, LotsFen: v.LotsFen, BudgetFen: v.BudgetFen,
		}),
		Summary: v.Project.Summary, SuspendedFrom: v.SuspendedFrom, Reason: v.Reason, Needs: []projectNeedView{},
		Lots: []projectLotView{}, Budget: []projectBudgetView{}, Plan: toPlanView(v.Plan), BudgetedAt: v.BudgetedAt, PlannedAt: v.PlannedAt,
		NegativeItems: project.NegativeItems(v.Track), Methods: []string{}, MayRewrite: v.MayRewrite, Actions: []projectAction{},
	}
	for _, m := range project.Methods(v.Track) {
		out.Methods = append(out.Methods, string(m))
	}
	for _, n := range v.Needs {
		out.Needs = append(out.Needs, projectNeedView{ID: string(n.ID), Code: n.Code, Title: n.Title, Stage: n.Stage, PlaceName: n.PlaceName})
	}
	for _, l := range v.Lots {
		lot := projectLotView{ID: string(l.ID), Number: l.Number, Title: l.Title, AmountFen: int64(l.AmountFen), NeedIDs: []string{}}
		for _, id := range l.NeedIDs {
			lot.NeedIDs = append(lot.NeedIDs, string(id))
		}
		out.Lots = append(out.Lots, lot)
	}
	for _, a := range v.From {
		out.Budget = append(out.Budget, projectBudgetView{
			LineID: string(a.LineID), Title: a.Line.Title, FiscalYear: a.Line.FiscalYear, Source: string(a.Line.Source),
			FunctionCode: a.Line.FunctionCode, EconomyCode: a.Line.EconomyCode, AmountFen: int64(a.AmountFen),
		})
	}
	if v.Review != nil {
		out.Review = &reviewView{Score: v.Review.Score, Grade: v.Review.Grade(), Note: v.Review.Note, At: v.Review.At}
	}
	for _, a := range v.Actions {
		out.Actions = append(out.Actions, projectAction(a))
	}
	return out
}
