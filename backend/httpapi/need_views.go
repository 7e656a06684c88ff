package httpapi

import (
	"time"

	"linli/backend/app/needs"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

type pointView struct {
	Lat          float64 `json:"lat" minimum:"-90" maximum:"90"`
	Lng          float64 `json:"lng" minimum:"-180" maximum:"180"`
	UncertaintyM int     `json:"uncertaintyM,omitempty" minimum:"0" maximum:"100000" doc:"Metres; 0 for a spot somebody chose."`
}

func toPointView(p *need.Point) *pointView {
	if p == nil {
		return nil
	}
	return &pointView{float64(p.LatE6) / 1e6, float64(p.LngE6) / 1e6, p.UncertaintyM}
}

func fromPointView(p *pointView) *need.Point {
	if p == nil {
		return nil
	}
	return &need.Point{LatE6: e6(p.Lat), LngE6: e6(p.Lng), UncertaintyM: p.UncertaintyM}
}

// NeedView is a need as everybody reads it. Exported, because huma describes only exported
// embedded types.
type NeedView struct {
	ID            string     `json:"id"`
	Code          string     `json:"code" example:"XQ-2026-000123"`
	PlaceID       string     `json:"placeId"`
	PartyID       string     `json:"partyId" doc:"The accountable body."`
	Category      string     `json:"category" example:"elderly.visit"`
	Title         string     `json:"title"`
	Summary       string     `json:"summary"`
	Beneficiaries int        `json:"beneficiaries"`
	EstimateFen   int64      `json:"estimateFen" maximum:"9007199254740991"`
	Urgency       string     `json:"urgency" enum:"normal,soon,urgent"`
	Point         *pointView `json:"point,omitempty"`
	Stage         string     `json:"stage" example:"open"`
	Outcome       string     `json:"outcome" example:"none"`
	Reason        string     `json:"reason,omitempty" doc:"The last public reason."`
	Route         string     `json:"route,omitempty" enum:"gov,market,self"`
	InProject     bool       `json:"inProject"`
	PublicUntil   string     `json:"publicUntil,omitempty" doc:"Last day for objections." example:"2026-03-09"`
	OpenedAt      time.Time  `json:"openedAt"`
	StageAt       time.Time  `json:"stageAt"`
	DeliveredAt   *time.Time `json:"deliveredAt,omitempty"`
	ConfirmedAt   *time.Time `json:"confirmedAt,omitempty" doc:"When somebody who asked confirmed; delivered and closed are not confirmed."`
	ClosedAt      *time.Time `json:"closedAt,omitempty"`
	Version       int64      `json:"version"`
}

func toNeedView(n need.Need) NeedView {
	v := NeedView{
		ID: string(n.ID), Code: n.Code, PlaceID: string(n.PlaceID), PartyID: string(n.PartyID), Category: n.Category, Title: n.Title,
		Summary: n.Summary, Beneficiaries: n.Beneficiaries, EstimateFen: int64(n.EstimateFen), Urgency: string(n.Urgency), Point: toPointView(n.Point),
		Stage: n.Stage, Outcome: n.Outcome, Reason: n.Reason, Route: string(n.Route), InProject: n.InProject, OpenedAt: n.OpenedAt, StageAt: n.StageAt,
		DeliveredAt: n.DeliveredAt, ConfirmedAt: n.ConfirmedAt, ClosedAt: n.ClosedAt, Version: n.Version,
	}
	if n.PublicUntil != nil {
		v.PublicUntil = n.PublicUntil.String()
	}
	return v
}

type needCountView struct {
	Households int `json:"households" doc:"Households behind the need, each once, merged needs included."`
	Voices     int `json:"voices"`
	Followers  int `json:"followers"`
}

func toCounts(c need.Counts) needCountView { return needCountView(c) }

type needLineView struct {
	NeedView
	Counts     needCountView `json:"counts"`
	Place      []string      `json:"place" doc:"Names from the city down to the community."`
	Body       string        `json:"body" doc:"Name of the accountable body."`
	MetresAway *int64        `json:"metresAway,omitempty"`
}

func toNeedLine(l need.Line, n needs.Names) needLineView {
	v := needLineView{NeedView: toNeedView(l.Need), Counts: toCounts(l.Counts), Place: n.Places[l.PlaceID], Body: n.Parties[l.PartyID]}
	if v.Place == nil {
		v.Place = []string{}
	}
	if l.MetresAway >= 0 {
		v.MetresAway = &l.MetresAway
	}
	return v
}

func toNeedLines(lines []need.Line, n needs.Names) []needLineView {
	out := make([]needLineView, 0, len(lines))
	for _, l := range lines {
		out = append(out, toNeedLine(l, n))
	}
	return out
}

type needAlikeView struct {
	NeedView
	Counts needCountView `json:"counts"`
	Score  int           `json:"score" doc:"Likeness of the words, 0 to 100."`
}

type needClusterView struct {
	Lat   float64 `json:"lat"`
	Lng   float64 `json:"lng"`
	Count int     `json:"count"`
	Code  string  `json:"code,omitempty" doc:"The need itself, when it stands alone."`
	Title string  `json:"title,omitempty"`
	Stage string  `json:"stage,omitempty"`
}

func toClusters(all []need.Cluster) []needClusterView {
	out := make([]needClusterView, 0, len(all))
	for _, c := range all {
		v := needClusterView{Lat: float64(c.LatE6) / 1e6, Lng: float64(c.LngE6) / 1e6, Count: c.Count}
		if c.Only != nil {
			v.Code, v.Title, v.Stage = c.Only.Code, c.Only.Title, c.Only.Stage
		}
		out = append(out, v)
	}
	return out
}

type exclusionView struct {
	Code   string `json:"code"`
	ZH     string `json:"zh"`
	EN     string `json:"en"`
	Source string `json:"source"`
}

type needActionView struct {
	Action    string            `json:"action"`
	Permitted bool              `json:"permitted"`
	Code      string            `json:"code,omitempty" doc:"Fault code that says why not."`
	Params    map[string]string `json:"params,omitempty"`
	Reason    bool              `json:"reason" doc:"The action wants a public reason."`
}

func toNeedActions(all []needs.Action) []needActionView {
	out := make([]needActionView, 0, len(all))
	for _, a := range all {
		out = append(out, needActionView(a))
	}
	return out
}

type needStepView struct {
	At      time.Time `json:"at"`
	Action  string    `json:"action"`
	Stage   string    `json:"stage"`
	Outcome string    `json:"outcome"`
	Reason  string    `json:"reason,omitempty"`
	Office  string    `json:"office,omitempty" doc:"Name of the acting office; no staff names."`
	Role    string    `json:"role,omitempty"`
	About   string    `json:"about,omitempty" doc:"Code of the other need, project or contract."`
}

func toSteps(steps []need.Step, offices map[ident.PartyID]string) []needStepView {
	out := make([]needStepView, 0, len(steps))
	for _, s := range steps {
		out = append(out, needStepView{s.At, s.Action, s.Stage, s.Outcome, s.Reason, offices[s.PartyID], s.Role, s.About})
	}
	return out
}

type voteView struct {
	HeldOn  string `json:"heldOn"`
	Members int    `json:"members"`
	Recused int    `json:"recused"`
	Present int    `json:"present"`
	Yes     int    `json:"yes"`
	No      int    `json:"no"`
	Abstain int    `json:"abstain"`
	Minutes string `json:"minutes,omitempty"`
	Quorum  int    `json:"quorum"`
	Needed  int    `json:"needed"`
	Passed  bool   `json:"passed"`
}

func toVote(d *need.Deliberation) *voteView {
	if d == nil {
		return nil
	}
	return &voteView{d.HeldOn.String(), d.Members, d.Recused, d.Present, d.Yes, d.No, d.Abstain, d.Minutes, d.Quorum, d.Needed, d.Passed()}
}

type agendaView struct {
	Households  int    `json:"households"`
	Threshold   int    `json:"threshold"`
	OfCommunity int    `json:"ofCommunity"`
	AsOf        string `json:"asOf"`
}

type standingView struct {
	NeedID    string        `json:"needId"`
	Supported bool          `json:"supported"`
	Followed  bool          `json:"followed"`
	Counted   bool          `json:"counted" doc:"This act added a household to the count."`
	Counts    needCountView `json:"counts"`
}

func toStanding(s needs.Standing) standingView {
	return standingView{string(s.NeedID), s.Supported, s.Followed, s.Counted, toCounts(s.Counts)}
}

type needDetailView struct {
	NeedView
	Place    []string          `json:"place"`
	Body     string            `json:"body"`
	Counts   needCountView     `json:"counts"`
	Voices   []PublicVoiceView `json:"voices"`
	Steps    []needStepView    `json:"steps"`
	Vote     *voteView         `json:"vote,omitempty"`
	Agenda   *agendaView       `json:"agenda,omitempty" doc:"While it gathers support: how far the council's agenda is."`
	MergedIn string            `json:"mergedInto,omitempty" doc:"Code of the need it was merged into."`
	Merged   []string          `json:"merged" doc:"Codes of needs merged into it."`
	Mine     standingView      `json:"mine"`
	Actions  []needActionView  `json:"actions"`
}

func toNeedDetail(d needs.Detail) needDetailView {
	v := needDetailView{
		NeedView: toNeedView(d.Need), Place: d.Place, Body: d.Body, Counts: toCounts(d.Mine.Counts), Voices: toPublicVoices(d.Voices),
		Steps: toSteps(d.Steps, d.Offices), Vote: toVote(d.Need.Deliberation), MergedIn: d.Into, Merged: d.Merged, Mine: toStanding(d.Mine),
		Actions: toNeedActions(d.Actions),
	}
	if d.Agenda != nil {
		a := agendaView(*d.Agenda)
		v.Agenda = &a
	}
	if v.Place == nil {
		v.Place = []string{}
	}
	if v.Merged == nil {
		v.Merged = []string{}
	}
	return v
}
