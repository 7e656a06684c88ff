package httpapi

import (
	"time"

	"linli/backend/app/matching"
	"linli/backend/domain/ident"
	domain "linli/backend/domain/matching"
)

type subjectView struct {
	Kind      string `json:"kind" enum:"need,project"`
	ID        string `json:"id"`
	Code      string `json:"code"`
	Title     string `json:"title"`
	Status    string `json:"status" doc:"Stage of a need, state of a project."`
	Track     string `json:"track" doc:"G, C or F; empty while undecided."`
	Category  string `json:"category"`
	PlaceID   string `json:"placeId"`
	CapFen    int64  `json:"capFen" doc:"0 when nobody named an amount."`
	StartsOn  string `json:"startsOn"`
	MinGrade  int32  `json:"minGrade"`
	Estimated bool   `json:"estimated" doc:"Its position is that of the surrounding place."`
}

func toSubjectView(s domain.Subject) subjectView {
	return subjectView{
		Kind: string(s.Kind), ID: s.ID, Code: s.Code, Title: s.Title, Status: s.Status, Track: s.Track, Category: s.Category,
		PlaceID: string(s.PlaceID), CapFen: int64(s.CapFen), StartsOn: s.StartsOn.String(), MinGrade: s.MinGrade,
		Estimated: s.Point == nil || s.Point.UncertaintyM > 0,
	}
}

type gateView struct {
	Rule      string   `json:"rule" example:"capacity"`
	Pass      bool     `json:"pass"`
	Code      string   `json:"code" doc:"Why it failed." example:"capacity.not_enough"`
	Remedy    string   `json:"remedy" doc:"What would make the pairing possible." example:"capacity.free_units"`
	Needed    int64    `json:"needed"`
	Has       int64    `json:"has"`
	Items     []string `json:"items" doc:"Qualifications that are missing or not valid."`
	Estimated bool     `json:"estimated"`
}

type termView struct {
	Name      string `json:"name" enum:"fit,reach,slack,grade,track,price"`
	Raw       int64  `json:"raw" doc:"Levels apart, metres straight, free units, grade, mean rating in basis points, expected price in fen."`
	Of        int64  `json:"of" doc:"0, minutes on foot, total units, 5, number of ratings, cap in fen."`
	Value     int32  `json:"value" doc:"0 to 10,000."`
	Weight    int32  `json:"weight"`
	Points    int32  `json:"points" doc:"value × weight ÷ 10,000, rounded down."`
	Estimated bool   `json:"estimated"`
	Unknown   bool   `json:"unknown" doc:"Nobody has said; the neutral value stands in."`
}

// LineView is one place of a ranking with its gates and points; exported because it is embedded.
type LineView struct {
	Rank           int        `json:"rank" doc:"0 when it is not among the best."`
	OrganizationID string     `json:"organizationId"`
	Name           string     `json:"name"`
	ServiceID      string     `json:"serviceId" doc:"The service that suits best."`
	Service        string     `json:"service"`
	Score          int32      `json:"score" doc:"Sum of the points, at most 10,000."`
	Gates          []gateView `json:"gates"`
	Terms          []termView `json:"terms"`
}

func toLineView(l domain.Line) LineView {
	v := LineView{Rank: l.Rank, OrganizationID: string(l.OrganizationID), Name: l.Name, ServiceID: string(l.ServiceID), Service: l.Service, Score: l.Score, Gates: []gateView{}, Terms: []termView{}}
	for _, g := range l.Gates {
		gate := gateView{Rule: g.Rule, Pass: g.Pass, Code: g.Code, Remedy: g.Remedy, Needed: g.Needed, Has: g.Has, Items: []string{}, Estimated: g.Estimated}
		gate.Items = append(gate.Items, g.Items...)
		v.Gates = append(v.Gates, gate)
	}
	for _, t := range l.Terms {
		v.Terms = append(v.Terms, termView(t))
	}
	return v
}

func toLineViews(all []domain.Line) []LineView {
	out := []LineView{}
	for _, l := range all {
		out = append(out, toLineView(l))
	}
	return out
}

type rankedView struct {
	LineView
	Kind       string   `json:"kind" doc:"Type code of the organisation." example:"SSO"`
	Categories []string `json:"categories" doc:"Of the service."`
}

type rankingOut struct {
	Body struct {
		Subject    subjectView  `json:"subject"`
		Items      []rankedView `json:"items"`
		Weights    string       `json:"weights" doc:"Code of the weights in force."`
		Engine     string       `json:"engine"`
		Considered int          `json:"considered" doc:"Organisations in the index."`
		MayChoose  bool         `json:"mayChoose"`
	}
}

func toRankingOut(r matching.Ranking, err error) (*rankingOut, error) {
	if err != nil {
		return nil, err
	}
	out := &rankingOut{}
	b := &out.Body
	b.Subject, b.Weights, b.Engine, b.Considered, b.MayChoose = toSubjectView(r.Subject), r.Weights, r.Engine, r.Considered, r.MayChoose
	b.Items = []rankedView{}
	for _, l := range r.Lines {
		c := r.Candidates[l.OrganizationID]
		v := rankedView{LineView: toLineView(l), Kind: c.Kind, Categories: []string{}}
		for i := range c.Services {
			if c.Services[i].ID == l.ServiceID {
				v.Categories = append(v.Categories, c.Services[i].Categories...)
			}
		}
		b.Items = append(b.Items, v)
	}
	return out, nil
}

type lossView struct {
	Name   string `json:"name"`
	Points int32  `json:"points"`
}

type pairingOut struct {
	Body struct {
		Subject  subjectView `json:"subject"`
		Line     LineView    `json:"line"`
		Kind     string      `json:"kind"`
		Possible bool        `json:"possible"`
		Losses   []lossView  `json:"losses" doc:"Terms behind the best, the largest loss first."`
		Best     int32       `json:"best" doc:"Score of the best; 0 where it is not shown."`
		Weights  string      `json:"weights"`
	}
}

func toPairingOut(a matching.Answer, err error) (*pairingOut, error) {
	if err != nil {
		return nil, err
	}
	out := &pairingOut{}
	b := &out.Body
	b.Subject, b.Line, b.Kind, b.Possible = toSubjectView(a.Subject), toLineView(a.Line), a.Candidate.Kind, a.Possible
	b.Best, b.Weights, b.Losses = a.Best, a.Weights, []lossView{}
	for _, l := range a.Losses {
		b.Losses = append(b.Losses, lossView(l))
	}
	return out, nil
}

type opportunityView struct {
	Subject subjectView `json:"subject"`
	Line    LineView    `json:"line"`
}

type opportunitiesOut struct {
	Body struct {
		OrganizationID string            `json:"organizationId"`
		Name           string            `json:"name"`
		Lists          []string          `json:"lists" doc:"Registers that exclude the organisation."`
		Items          []opportunityView `json:"items"`
		Weights        string            `json:"weights"`
		Open           int               `json:"open" doc:"Needs or projects open to suppliers."`
	}
}

func toOpportunitiesOut(o matching.Opportunities, err error) (*opportunitiesOut, error) {
	if err != nil {
		return nil, err
	}
	out := &opportunitiesOut{}
	b := &out.Body
	b.OrganizationID, b.Name, b.Weights, b.Open = string(o.Candidate.ID), o.Candidate.Name, o.Weights, o.Open
	b.Lists, b.Items = append([]string{}, o.Candidate.Lists...), []opportunityView{}
	for _, l := range o.Lines {
		b.Items = append(b.Items, opportunityView{Subject: toSubjectView(l.Subject), Line: toLineView(l.Line)})
	}
	return out, nil
}

type choiceView struct {
	OrganizationID string    `json:"organizationId"`
	Kind           string    `json:"kind" enum:"invite,shortlist,set_aside"`
	Reason         string    `json:"reason"`
	ByName         string    `json:"byName"`
	At             time.Time `json:"at"`
}

type matchingView struct {
	ID         string       `json:"id"`
	Subject    subjectView  `json:"subject"`
	Weights    string       `json:"weights"`
	Engine     string       `json:"engine"`
	Taxonomy   string       `json:"taxonomy"`
	Considered int          `json:"considered"`
	InputsHash string       `json:"inputsHash" doc:"SHA-256 of the stored inputs."`
	Lines      []LineView   `json:"lines"`
	Choices    []choiceView `json:"choices"`
	DrawnBy    string       `json:"drawnBy"`
	DrawnAt    time.Time    `json:"drawnAt"`
	MayChoose  bool         `json:"mayChoose"`
	Version    int64        `json:"version"`
}

func toMatchingView(k matching.Kept) matchingView {
	v := matchingView{
		ID: string(k.ID), Subject: toSubjectView(k.Subject), Weights: k.Weights, Engine: k.Engine, Taxonomy: k.Taxonomy,
		Considered: k.Considered, InputsHash: k.InputsHash, Lines: toLineViews(k.Lines), Choices: []choiceView{},
		DrawnBy: k.People[k.Matching.DrawnBy], DrawnAt: k.DrawnAt, MayChoose: k.MayChoose, Version: k.Version,
	}
	for _, c := range k.Choices {
		v.Choices = append(v.Choices, choiceView{
			OrganizationID: string(c.OrganizationID), Kind: string(c.Kind), Reason: c.Reason, ByName: k.People[c.By], At: c.At,
		})
	}
	return v
}

type valuesBody struct {
	Fit             int32 `json:"fit"`
	Reach           int32 `json:"reach"`
	Slack           int32 `json:"slack"`
	Grade           int32 `json:"grade"`
	Track           int32 `json:"track"`
	Price           int32 `json:"price"`
	FitPerLevelUp   int32 `json:"fitPerLevelUp"`
	FitPerLevelDown int32 `json:"fitPerLevelDown"`
	ReachUnknown    int32 `json:"reachUnknown"`
	PriceFull       int32 `json:"priceFull"`
	PriceUnknown    int32 `json:"priceUnknown"`
	TrackMean       int32 `json:"trackMean"`
	TrackShrink     int32 `json:"trackShrink"`
}

type weightsView struct {
	ID         string     `json:"id" doc:"Empty for the set that ships."`
	Code       string     `json:"code"`
	Values     valuesBody `json:"values"`
	Rationale  string     `json:"rationale"`
	Status     string     `json:"status" enum:"proposed,approved,rejected"`
	Reason     string     `json:"reason"`
	InForce    bool       `json:"inForce"`
	ProposedBy string     `json:"proposedBy"`
	ProposedAt *time.Time `json:"proposedAt,omitempty"`
	DecidedBy  string     `json:"decidedBy"`
	DecidedAt  *time.Time `json:"decidedAt,omitempty"`
	MayDecide  bool       `json:"mayDecide"`
	Version    int64      `json:"version"`
}

func toWeightsView(w matching.WeightsView) weightsView {
	v := weightsView{
		ID: string(w.ID), Code: w.Code, Values: valuesBody(w.Values), Rationale: w.Rationale, Status: w.Status, Reason: w.Reason,
		InForce: w.InForce, ProposedBy: w.ProposedByName, DecidedBy: w.DecidedByName, DecidedAt: w.DecidedAt, MayDecide: w.MayDecide, Version: w.Version,
	}
	if !w.ProposedAt.IsZero() {
		v.ProposedAt = &w.ProposedAt
	}
	return v
}

func organizationID(s string) ident.OrganizationID { return ident.OrganizationID(s) }
