package oversight

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/project"
	"linli/backend/domain/tender"
)

// ProjectPart is one project that answers the need, with everything bought for it.
type ProjectPart struct {
	ID         ident.ProjectID
	Code       string
	Title      string
	Track      string
	Status     string
	Reason     string
	Buyer      string
	BudgetFen  money.Fen
	Needs      int // needs it answers, this one included
	ProposedAt time.Time
	BudgetedAt *time.Time
	PlannedAt  *time.Time
	StartsOn   calendar.Date
	EndsOn     calendar.Date
	Candidates int // suppliers that were ranked for it
	Tenders    []TenderPart
	Contracts  []ContractPart
	Fund       []FundPart
}

// TenderPart is a purchase as far as its notices have made it public.
type TenderPart struct {
	ID          ident.TenderID
	Code        string
	Title       string
	Method      string
	Status      string
	BudgetFen   money.Fen
	IntentionAt *time.Time
	Urgent      string
	IssuedAt    *time.Time
	DeadlineAt  *time.Time
	OpenedAt    *time.Time
	Corrections int
	Officers    int // who open together
	Threshold   int
	Experts     int // members of the committee, after the result
	Members     int
	Notices     []NoticePart
	Lots        []LotPart
	terms       procedure.Terms
}

// NoticePart is one public notice.
type NoticePart struct {
	ID    ident.NoticeID
	Kind  string
	Title string
	At    time.Time
}

// LotPart is one lot. Bids is -1 until the opening, Ranking empty until the announcement.
type LotPart struct {
	ID          ident.LotID
	No          int
	Title       string
	Status      string
	Reason      string
	CeilingFen  money.Fen
	Bids        int
	PriceWeight procedure.Points
	Ranking     []RankPart
	Award       *AwardPart
	EvaluatedAt *time.Time
	AnnounceBy  calendar.Date // report, confirmation and announcement, each within its working days
}

// RankPart is one line of the announced ranking.
type RankPart struct {
	Rank          int
	Supplier      string
	SizeClass     string
	PriceFen      money.Fen
	EvaluationFen money.Fen
	DeductBp      int
	PriceScore    procedure.Points
	Technical     procedure.Points
	Total         procedure.Points
	TieBreak      string
}

// AwardPart is an announced award.
type AwardPart struct {
	Supplier    string
	PriceFen    money.Fen
	Total       procedure.Points
	ConfirmedAt time.Time
	AnnouncedAt time.Time
	ChallengeBy *calendar.Date
	SignBy      *calendar.Date
	NoticeOn    *calendar.Date
}

func (t *Thread) projects(ctx context.Context, u *app.Unit, n ident.NeedID) error {
	all, err := u.Projects.ProjectsOfNeed(ctx, n)
	if err != nil {
		return err
	}
	for i := range all {
		if i == maxProjects {
			break
		}
		p, err := projectPart(ctx, u, &all[i])
		if err != nil {
			return err
		}
		t.Projects = append(t.Projects, p)
	}
	return nil
}

func projectPart(ctx context.Context, u *app.Unit, p *project.Project) (ProjectPart, error) {
	out := ProjectPart{
		ID: p.ID, Code: p.Code, Title: p.Title, Track: string(p.Track), Status: p.Status, Reason: p.Reason, Needs: len(p.NeedIDs),
		ProposedAt: p.ProposedAt, BudgetedAt: p.BudgetedAt, PlannedAt: p.PlannedAt,
	}
	for _, a := range p.Budget {
		out.BudgetFen += a.AmountFen
	}
	if p.Plan != nil {
		out.StartsOn, out.EndsOn = p.Plan.StartsOn, p.Plan.EndsOn
	}
	buyer, err := u.People.Party(ctx, p.PartyID)
	if err != nil {
		return out, err
	}
	out.Buyer = buyer.Name
	if out.Candidates, err = candidates(ctx, u, p); err != nil {
		return out, err
	}
	if out.Tenders, err = tenderParts(ctx, u, p.ID); err != nil {
		return out, err
	}
	out.Contracts, err = contractParts(ctx, u, p.ID)
	return out, err
}

// candidates counts the suppliers of the last ranking for the project or its first need. Who
// they are is not told: a ranking recommends, the tender decides.
func candidates(ctx context.Context, u *app.Unit, p *project.Project) (int, error) {
	subjects := []struct {
		kind matching.SubjectKind
		id   string
	}{{matching.SubjectProject, string(p.ID)}}
	for _, n := range p.NeedIDs {
		subjects = append(subjects, struct {
			kind matching.SubjectKind
			id   string
		}{matching.SubjectNeed, string(n)})
	}
	for _, x := range subjects {
		all, err := u.Matchings.MatchingsOf(ctx, x.kind, x.id, 1)
		if err != nil {
			return 0, err
		}
		if len(all) > 0 {
			return len(all[0].Lines), nil
		}
	}
	return 0, nil
}

func tenderParts(ctx context.Context, u *app.Unit, id ident.ProjectID) ([]TenderPart, error) {
	all, err := u.Tenders.Tenders(ctx, tender.Filter{ProjectID: id, Limit: maxProjects})
	if err != nil {
		return nil, err
	}
	var out []TenderPart
	for _, x := range all {
		if x.Intention.AnnouncedAt.IsZero() && !x.Public() {
			continue // nothing of it is public yet
		}
		p, err := tenderPart(ctx, u, x)
		if err != nil {
			return nil, err
		}
		out = append([]TenderPart{p}, out...)
	}
	return out, nil
}

func tenderPart(ctx context.Context, u *app.Unit, x *tender.Tender) (TenderPart, error) {
	out := TenderPart{
		ID: x.ID, Code: x.Code, Title: x.Title, Method: x.Procedure.Code, Status: x.Status(), BudgetFen: x.BudgetFen,
		Urgent: x.Intention.Urgent, Threshold: x.Threshold, Officers: len(x.Officers), terms: x.Procedure.Terms,
	}
	if !x.Intention.AnnouncedAt.IsZero() {
		at := x.Intention.AnnouncedAt
		out.IntentionAt = &at
	}
	notices, err := u.Tenders.Announcements(ctx, tender.NoticeFilter{TenderID: x.ID})
	if err != nil {
		return out, err
	}
	for _, a := range notices {
		out.Notices = append(out.Notices, NoticePart{a.ID, a.Kind, a.Title, a.PublishedAt})
	}
	if !x.Public() {
		out.Status, out.Officers, out.Threshold = tender.StatusIntention, 0, 0
		return out, nil
	}
	out.IssuedAt, out.DeadlineAt, out.Corrections = x.IssuedAt, x.DeadlineAt, len(x.Clarified)
	for i := range x.Lots {
		l, err := lotPart(ctx, u, x, &x.Lots[i])
		if err != nil {
			return out, err
		}
		out.Lots = append(out.Lots, l)
		if l.Award != nil {
			if err := out.committee(ctx, u); err != nil {
				return out, err
			}
		}
	}
	out.OpenedAt = openedAt(x)
	return out, nil
}

// committee counts the members; their names stand in the result notice.
func (t *TenderPart) committee(ctx context.Context, u *app.Unit) error {
	c, err := u.Evaluations.Committee(ctx, t.ID)
	if err != nil {
		return err
	}
	t.Members, t.Experts = 0, 0
	for _, m := range c.Members {
		t.Members++
		if m.Role == evaluation.RoleExpert {
			t.Experts++
		}
	}
	return nil
}

func openedAt(x *tender.Tender) *time.Time {
	for _, s := range x.History {
		if s.Action == tender.ActUnseal {
			at := s.At
			return &at
		}
	}
	return nil
}

// opened are the states of a lot whose bidders have been read out.
var opened = map[string]bool{
	tender.StatusOpened: true, tender.StatusQualification: true, tender.StatusConformity: true, tender.StatusEvaluation: true,
	tender.StatusCandidates: true, tender.StatusConfirmed: true, tender.StatusAnnounced: true, tender.StatusContracting: true, tender.StatusDone: true,
}

func lotPart(ctx context.Context, u *app.Unit, x *tender.Tender, l *tender.Lot) (LotPart, error) {
	out := LotPart{ID: l.ID, No: l.No, Title: l.Title, Status: l.Status, Reason: l.Reason, CeilingFen: l.CeilingFen, Bids: -1, PriceWeight: l.PriceWeight, EvaluatedAt: l.EvaluatedAt}
	if opened[l.Status] {
		bids, err := u.Bids.BidsOfLot(ctx, l.ID)
		if err != nil {
			return out, err
		}
		out.Bids = 0
		for _, b := range bids {
			if b.Status != bid.StatusDraft && b.Status != bid.StatusWithdrawn && b.Status != bid.StatusLateRefused {
				out.Bids++
			}
		}
	}
	award, err := announced(ctx, u, x, l)
	if err != nil || award == nil {
		return out, err
	}
	supplier, err := u.People.Party(ctx, award.SupplierID)
	if err != nil {
		return out, err
	}
	out.Award = &AwardPart{
		Supplier: supplier.Name, PriceFen: award.PriceFen, Total: award.Total, ConfirmedAt: award.ConfirmedAt, AnnouncedAt: *award.AnnouncedAt,
		ChallengeBy: award.ChallengeBy, SignBy: award.SignBy, NoticeOn: award.NoticeOn,
	}
	out.Ranking, err = ranking(ctx, u, l.ID)
	return out, err
}

// announced finds the award of a lot once it has been announced; nil before.
func announced(ctx context.Context, u *app.Unit, x *tender.Tender, l *tender.Lot) (*tender.Award, error) {
	all, err := u.Tenders.Awards(ctx, x.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if a.LotID == l.ID && a.Status == tender.AwardAnnounced && a.AnnouncedAt != nil {
			return a, nil
		}
	}
	return nil, nil
}

func ranking(ctx context.Context, u *app.Unit, lot ident.LotID) ([]RankPart, error) {
	e, err := u.Evaluations.Evaluation(ctx, lot)
	if err != nil {
		return nil, err
	}
	var out []RankPart
	for _, s := range e.Standings {
		out = append(out, RankPart{
			Rank: s.Rank, Supplier: s.Supplier, SizeClass: s.SizeClass, PriceFen: s.Price, EvaluationFen: s.Evaluation, DeductBp: s.DeductBp,
			PriceScore: s.PriceScore, Technical: s.Technical, Total: s.Total, TieBreak: s.TieBreak,
		})
	}
	return out, nil
}
