package httpapi

import (
	"time"

	"linli/backend/app/oversight"
	"linli/backend/domain/calendar"
	"linli/backend/domain/need"
	"linli/backend/domain/procedure"
)

type threadNeedView struct {
	ID            string            `json:"id"`
	Code          string            `json:"code"`
	Title         string            `json:"title"`
	Summary       string            `json:"summary"`
	Category      string            `json:"category"`
	Stage         string            `json:"stage"`
	Outcome       string            `json:"outcome"`
	Reason        string            `json:"reason"`
	Route         string            `json:"route"`
	Body          string            `json:"body" doc:"The accountable body."`
	Places        []threadPlaceView `json:"places" doc:"From the district down to the community."`
	Households    int               `json:"households"`
	Voices        int               `json:"voices"`
	Followers     int               `json:"followers"`
	Merged        int               `json:"merged"`
	Beneficiaries int               `json:"beneficiaries"`
	EstimateFen   int64             `json:"estimateFen"`
	OpenedAt      time.Time         `json:"openedAt"`
	ClosedAt      *time.Time        `json:"closedAt,omitempty"`
	MergedInto    string            `json:"mergedInto,omitempty" doc:"Code of the need that carries on."`
}

type threadPlaceView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type threadStationView struct {
	Key    string            `json:"key" enum:"voices,deliberation,project,tender,award,delivery,acceptance,money"`
	State  string            `json:"state" enum:"done,current,ahead,passed"`
	From   *time.Time        `json:"from,omitempty"`
	To     *time.Time        `json:"to,omitempty"`
	Clocks []threadClockView `json:"clocks"`
}

type threadClockView struct {
	Key     string `json:"key" doc:"Which rule: publicity, intention, response, sign, inspect, payment."`
	Subject string `json:"subject,omitempty"`
	From    string `json:"from"`
	Due     string `json:"due"`
	Done    string `json:"done,omitempty" doc:"Empty while it runs."`
	Allowed int    `json:"allowed" doc:"Days from start to due."`
	Taken   int    `json:"taken" doc:"Days from start to done, or to today."`
	AtLeast bool   `json:"atLeast" doc:"The rule wants at least that long."`
	OK      bool   `json:"ok"`
}

func toStationViews(all []oversight.Station, asOf time.Time) []threadStationView {
	out := []threadStationView{}
	for _, s := range all {
		v := threadStationView{Key: s.Key, State: s.State, From: s.From, To: s.To, Clocks: []threadClockView{}}
		for _, c := range s.Clocks {
			end := c.Done
			if end.IsZero() {
				end = calendar.DateOf(asOf)
			}
			v.Clocks = append(v.Clocks, threadClockView{
				Key: c.Key, Subject: c.Subject, From: c.From.String(), Due: c.Due.String(), Done: c.Done.String(), AtLeast: c.AtLeast, OK: c.OK,
				Allowed: calendar.DaysBetween(c.From, c.Due), Taken: calendar.DaysBetween(c.From, end),
			})
		}
		out = append(out, v)
	}
	return out
}

type threadQuoteView struct {
	Code  string    `json:"code"`
	Words string    `json:"words"`
	At    time.Time `json:"at"`
}

type threadVoteView struct {
	HeldOn      string `json:"heldOn"`
	Members     int    `json:"members"`
	Recused     int    `json:"recused"`
	Present     int    `json:"present"`
	Yes         int    `json:"yes"`
	No          int    `json:"no"`
	Abstain     int    `json:"abstain"`
	Quorum      int    `json:"quorum"`
	Needed      int    `json:"needed"`
	Minutes     string `json:"minutes"`
	PublicUntil string `json:"publicUntil,omitempty"`
}

func toVoteView(d *need.Deliberation, until *calendar.Date) *threadVoteView {
	if d == nil {
		return nil
	}
	v := &threadVoteView{
		HeldOn: d.HeldOn.String(), Members: d.Members, Recused: d.Recused, Present: d.Present, Yes: d.Yes, No: d.No, Abstain: d.Abstain,
		Quorum: d.Quorum, Needed: d.Needed, Minutes: d.Minutes,
	}
	if until != nil {
		v.PublicUntil = until.String()
	}
	return v
}

type threadProjectView struct {
	ID         string               `json:"id"`
	Code       string               `json:"code"`
	Title      string               `json:"title"`
	Track      string               `json:"track"`
	Status     string               `json:"status"`
	Reason     string               `json:"reason"`
	Buyer      string               `json:"buyer"`
	BudgetFen  int64                `json:"budgetFen"`
	Needs      int                  `json:"needs"`
	ProposedAt time.Time            `json:"proposedAt"`
	BudgetedAt *time.Time           `json:"budgetedAt,omitempty"`
	PlannedAt  *time.Time           `json:"plannedAt,omitempty"`
	StartsOn   string               `json:"startsOn,omitempty"`
	EndsOn     string               `json:"endsOn,omitempty"`
	Candidates int                  `json:"candidates" doc:"Suppliers that were ranked for it."`
	Tenders    []threadTenderView   `json:"tenders"`
	Contracts  []threadContractView `json:"contracts"`
	Fund       []threadFundView     `json:"fund"`
}

func toThreadProject(p oversight.ProjectPart) threadProjectView {
	v := threadProjectView{
		ID: string(p.ID), Code: p.Code, Title: p.Title, Track: p.Track, Status: p.Status, Reason: p.Reason, Buyer: p.Buyer,
		BudgetFen: int64(p.BudgetFen), Needs: p.Needs, ProposedAt: p.ProposedAt, BudgetedAt: p.BudgetedAt, PlannedAt: p.PlannedAt,
		StartsOn: p.StartsOn.String(), EndsOn: p.EndsOn.String(), Candidates: p.Candidates,
		Tenders: []threadTenderView{}, Contracts: []threadContractView{}, Fund: []threadFundView{},
	}
	for _, x := range p.Tenders {
		v.Tenders = append(v.Tenders, toThreadTender(x))
	}
	for _, c := range p.Contracts {
		v.Contracts = append(v.Contracts, toThreadContract(c))
	}
	for _, f := range p.Fund {
		v.Fund = append(v.Fund, toThreadFund(f))
	}
	return v
}

type threadTenderView struct {
	ID          string             `json:"id"`
	Code        string             `json:"code"`
	Title       string             `json:"title"`
	Method      string             `json:"method"`
	Status      string             `json:"status"`
	BudgetFen   int64              `json:"budgetFen"`
	IntentionAt *time.Time         `json:"intentionAt,omitempty"`
	Urgent      string             `json:"urgent,omitempty"`
	IssuedAt    *time.Time         `json:"issuedAt,omitempty"`
	DeadlineAt  *time.Time         `json:"deadlineAt,omitempty"`
	OpenedAt    *time.Time         `json:"openedAt,omitempty"`
	Corrections int                `json:"corrections"`
	Officers    int                `json:"officers" doc:"Named people who hold parts of the opening key."`
	Threshold   int                `json:"threshold" doc:"How many of them open together."`
	Members     int                `json:"members" doc:"Of the committee; 0 until the result."`
	Experts     int                `json:"experts"`
	Notices     []threadNoticeView `json:"notices"`
	Lots        []threadLotView    `json:"lots"`
}

type threadNoticeView struct {
	ID    string    `json:"id"`
	Kind  string    `json:"kind"`
	Title string    `json:"title"`
	At    time.Time `json:"at"`
}

type threadLotView struct {
	ID          string           `json:"id"`
	No          int              `json:"no"`
	Title       string           `json:"title"`
	Status      string           `json:"status"`
	Reason      string           `json:"reason,omitempty"`
	CeilingFen  int64            `json:"ceilingFen"`
	Bids        int              `json:"bids" doc:"Sealed responses that were opened; -1 before the opening."`
	PriceWeight float64          `json:"priceWeight"`
	Ranking     []threadRankView `json:"ranking" doc:"Empty until the result is announced."`
	Award       *threadAwardView `json:"award,omitempty"`
}

type threadRankView struct {
	Rank          int     `json:"rank"`
	Supplier      string  `json:"supplier"`
	SizeClass     string  `json:"sizeClass"`
	PriceFen      int64   `json:"priceFen"`
	EvaluationFen int64   `json:"evaluationFen"`
	DeductBP      int     `json:"deductBp"`
	PriceScore    float64 `json:"priceScore"`
	Technical     float64 `json:"technical"`
	Total         float64 `json:"total"`
	TieBreak      string  `json:"tieBreak,omitempty"`
}

type threadAwardView struct {
	Supplier    string    `json:"supplier"`
	PriceFen    int64     `json:"priceFen"`
	Total       float64   `json:"total"`
	AnnouncedAt time.Time `json:"announcedAt"`
	ChallengeBy string    `json:"challengeBy,omitempty"`
	SignBy      string    `json:"signBy,omitempty"`
}

// pointsView shows hundredths of a point with two decimals.
func pointsView(p procedure.Points) float64 { return float64(p) / 100 }

func toThreadTender(x oversight.TenderPart) threadTenderView {
	v := threadTenderView{
		ID: string(x.ID), Code: x.Code, Title: x.Title, Method: x.Method, Status: x.Status, BudgetFen: int64(x.BudgetFen),
		IntentionAt: x.IntentionAt, Urgent: x.Urgent, IssuedAt: x.IssuedAt, DeadlineAt: x.DeadlineAt, OpenedAt: x.OpenedAt,
		Corrections: x.Corrections, Officers: x.Officers, Threshold: x.Threshold, Members: x.Members, Experts: x.Experts,
		Notices: []threadNoticeView{}, Lots: []threadLotView{},
	}
	for _, n := range x.Notices {
		v.Notices = append(v.Notices, threadNoticeView{string(n.ID), n.Kind, n.Title, n.At})
	}
	for _, l := range x.Lots {
		lot := threadLotView{
			ID: string(l.ID), No: l.No, Title: l.Title, Status: l.Status, Reason: l.Reason, CeilingFen: int64(l.CeilingFen), Bids: l.Bids,
			PriceWeight: pointsView(l.PriceWeight), Ranking: []threadRankView{},
		}
		for _, r := range l.Ranking {
			lot.Ranking = append(lot.Ranking, threadRankView{
				Rank: r.Rank, Supplier: r.Supplier, SizeClass: r.SizeClass, PriceFen: int64(r.PriceFen), EvaluationFen: int64(r.EvaluationFen),
				DeductBP: r.DeductBp, PriceScore: pointsView(r.PriceScore), Technical: pointsView(r.Technical), Total: pointsView(r.Total), TieBreak: r.TieBreak,
			})
		}
		if a := l.Award; a != nil {
			lot.Award = &threadAwardView{
				Supplier: a.Supplier, PriceFen: int64(a.PriceFen), Total: pointsView(a.Total), AnnouncedAt: a.AnnouncedAt,
				ChallengeBy: threadDay(a.ChallengeBy), SignBy: threadDay(a.SignBy),
			}
		}
		v.Lots = append(v.Lots, lot)
	}
	return v
}

func threadDay(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}
