package procurement

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// Case is a tender as one reader sees it. What he may not see is empty.
type Case struct {
	Tender      *tender.Tender
	PlaceName   string
	BuyerName   string
	AgencyName  string
	ProjectCode string
	Inside      bool             // may read what is not public
	Findings    []tender.Finding // inside, while drafting
	Actions     []Action
	Dates       Dates
	Lots        []LotCase
	Committee   *CommitteeCase // inside or member; everyone once the result is announced
	Notices     []*tender.Announcement
}

// Dates are what the clock makes of a tender.
type Dates struct {
	PublishFrom calendar.Date // after the intention
	DeadlineMin calendar.Date // if issued today; for drafts
	CloseFrom   *time.Time
}

// LotCase is what a reader sees of one lot beyond the lot itself.
type LotCase struct {
	LotID      ident.LotID
	Recipients map[procedure.EnvelopeKind]string // public keys, once issued
	BidCount   int                               // −1 while it is secret
	LateCount  int
	Award      *tender.Award // once announced; inside once confirmed
	WinnerName string
	ReportBy   *tender.AfterEvaluation
}

// Find reads one tender. Drafts exist only for those who may read the case. Fault
// record.not_found.
func (s *Service) Find(ctx context.Context, actor access.Actor, id ident.TenderID) (*Case, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (*Case, error) {
		t, err := u.Tenders.Tender(ctx, id)
		if err != nil {
			return nil, err
		}
		return s.caseOf(ctx, u, t)
	})
}

func (s *Service) caseOf(ctx context.Context, u *app.Unit, t *tender.Tender) (*Case, error) {
	o, err := objectOf(ctx, u, t)
	if err != nil {
		return nil, err
	}
	c := &Case{Tender: t, Inside: access.Allow(u.Actor, access.TenderRead, o) == nil}
	if !t.Public() && !c.Inside {
		return nil, hidden()
	}
	if err := c.name(ctx, u); err != nil {
		return nil, err
	}
	if c.Dates, err = s.datesOf(u, t); err != nil {
		return nil, err
	}
	if c.Inside {
		if c.Actions, err = s.actions(ctx, u, t); err != nil {
			return nil, err
		}
		if !t.Public() {
			c.Findings = t.Check()
		}
	}
	for i := range t.Lots {
		lot, err := s.lotCase(ctx, u, t, &t.Lots[i], c.Inside)
		if err != nil {
			return nil, err
		}
		c.Lots = append(c.Lots, lot)
	}
	if c.Committee, err = s.committeeCase(ctx, u, t, c.Inside); err != nil {
		return nil, err
	}
	c.Notices, err = u.Tenders.Announcements(ctx, tender.NoticeFilter{TenderID: t.ID, Limit: 100})
	return c, err
}

func (c *Case) name(ctx context.Context, u *app.Unit) error {
	place, err := u.Places.Place(ctx, c.Tender.PlaceID)
	if err != nil {
		return err
	}
	p, err := u.Projects.Project(ctx, c.Tender.ProjectID)
	if err != nil {
		return err
	}
	c.PlaceName, c.ProjectCode = place.Name, p.Code
	if c.BuyerName, err = nameOf(ctx, u, c.Tender.BuyerID); err != nil {
		return err
	}
	if c.Tender.AgencyID != "" {
		c.AgencyName, err = nameOf(ctx, u, c.Tender.AgencyID)
	}
	return err
}

func (s *Service) datesOf(u *app.Unit, t *tender.Tender) (Dates, error) {
	var d Dates
	if t.DeadlineAt != nil && t.Public() {
		from := t.DeadlineAt.Add(tender.CloseWait)
		d.CloseFrom = &from
		return d, nil
	}
	first, err := s.earliest(t)
	if err != nil {
		return d, err
	}
	d.PublishFrom = first
	issue := today(u)
	if issue.Before(first) {
		issue = first
	}
	d.DeadlineMin, err = tender.EarliestDeadline(issue, t.Procedure.Terms, s.app.Calendar)
	return d, err
}

// lotCase gathers what may be shown of a lot. How many bid is secret until the lot is closed,
// and then known inside only, until the bids are opened.
func (s *Service) lotCase(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, inside bool) (LotCase, error) {
	c := LotCase{LotID: l.ID, BidCount: -1}
	if t.Public() {
		keys, err := u.Tenders.LotKeys(ctx, l.ID)
		if err != nil {
			return c, err
		}
		c.Recipients = map[procedure.EnvelopeKind]string{}
		for _, k := range keys {
			c.Recipients[k.Kind] = k.Recipient
		}
	}
	if counted(t, l, inside) {
		all, err := u.Bids.BidsOfLot(ctx, l.ID)
		if err != nil {
			return c, err
		}
		late, err := u.Bids.Refusals(ctx, l.ID)
		if err != nil {
			return c, err
		}
		c.BidCount, c.LateCount = 0, len(late)
		for _, b := range all {
			if b.Status != bid.StatusWithdrawn && b.Status != bid.StatusLateRefused {
				c.BidCount++
			}
		}
	}
	a, err := u.Tenders.AwardOfLot(ctx, l.ID)
	if err != nil && !fault.Is(err, "record.not_found") {
		return c, err
	}
	if err == nil && (inside || a.Status == tender.AwardAnnounced) {
		c.Award = a
		if c.WinnerName, err = nameOf(ctx, u, a.SupplierID); err != nil {
			return c, err
		}
	}
	if inside && l.EvaluatedAt != nil {
		dates, err := s.dueDates(t, l)
		if err != nil {
			return c, err
		}
		c.ReportBy = &dates
	}
	return c, nil
}

// counted tells whether the number of bids may be shown.
func counted(t *tender.Tender, l *tender.Lot, inside bool) bool {
	if !t.Public() || l.Status == tender.StatusOpen || l.Status == tender.StatusPublished || l.Status == tender.StatusClarified {
		return false
	}
	if l.Status == tender.StatusSuspended && l.SuspendedFrom == tender.StatusOpen {
		return false
	}
	return inside || l.Status != tender.StatusClosed
}

// CommitteeCase is a committee as a reader sees it: its names are secret until a result is
// announced.
type CommitteeCase struct {
	Size     int
	Seed     string
	DrawnAt  time.Time
	PoolSize int
	Members  []evaluation.Member
	Mine     *evaluation.Member // the reader's own seat
	Bidders  []Bidder           // whom to declare on; for members and inside
	Ready    bool
}

// Bidder is a supplier that takes part.
type Bidder struct {
	SupplierID ident.PartyID
	Name       string
}

// committeeCase shows the committee to those who may know it; nil to others.
func (s *Service) committeeCase(ctx context.Context, u *app.Unit, t *tender.Tender, inside bool) (*CommitteeCase, error) {
	c, err := u.Evaluations.Committee(ctx, t.ID)
	if fault.Is(err, "record.not_found") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	mine := c.Find(u.Actor.PersonID)
	announced := false
	for _, l := range t.Lots {
		announced = announced || l.Status == tender.StatusAnnounced || l.Status == tender.StatusContracting || l.Status == tender.StatusDone
	}
	if mine == nil && !announced && !inside {
		return nil, nil
	}
	out := &CommitteeCase{Size: c.Size, Seed: c.Seed, DrawnAt: c.DrawnAt, PoolSize: len(c.Pool), Mine: mine, Ready: c.Ready(t.Procedure.Terms) == nil}
	if inside {
		out.Members = c.Members
	} else if announced {
		for _, m := range c.Active() {
			m.Declarations = nil
			out.Members = append(out.Members, m)
		}
	}
	if mine != nil || inside {
		ids, err := bidders(ctx, u, t)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			name, err := nameOf(ctx, u, id)
			if err != nil {
				return nil, err
			}
			out.Bidders = append(out.Bidders, Bidder{SupplierID: id, Name: name})
		}
	}
	return out, nil
}

// Summary is one line of a list of tenders.
type Summary struct {
	Tender    *tender.Tender
	PlaceName string
	BuyerName string
}

// List lists issued tenders, newest first; with own set, all of the actor's buyer or agency.
func (s *Service) List(ctx context.Context, actor access.Actor, f tender.Filter, own bool) ([]Summary, error) {
	p := access.Public
	if own {
		p = access.TenderRead
	}
	return app.Look(ctx, s.app, actor, p, func(ctx context.Context, u *app.Unit) ([]Summary, error) {
		f.Public = !own
		if own {
			scope(u.Actor, &f)
		}
		all, err := u.Tenders.Tenders(ctx, f)
		if err != nil {
			return nil, err
		}
		out := make([]Summary, len(all))
		for i, t := range all {
			place, err := u.Places.Place(ctx, t.PlaceID)
			if err != nil {
				return nil, err
			}
			name, err := nameOf(ctx, u, t.BuyerID)
			if err != nil {
				return nil, err
			}
			out[i] = Summary{Tender: t, PlaceName: place.Name, BuyerName: name}
		}
		return out, nil
	})
}

// scope narrows a list to what the actor may read inside: a buyer his own, finance its place,
// auditors everything.
func scope(a access.Actor, f *tender.Filter) {
	switch a.Role {
	case access.Auditor:
	case access.FinanceOfficer, access.FinanceApprover:
		f.PlacePath = a.PlacePath
	default:
		f.BuyerID = a.PartyID
	}
}

// Announcements lists public notices, newest first.
func (s *Service) Announcements(ctx context.Context, actor access.Actor, f tender.NoticeFilter) ([]*tender.Announcement, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) ([]*tender.Announcement, error) {
		return u.Tenders.Announcements(ctx, f)
	})
}

// Notice is a public notice with the names a reader needs.
type Notice struct {
	Announcement *tender.Announcement
	BuyerName    string
	PlaceName    string
}

// Announcement reads one public notice. Fault record.not_found.
func (s *Service) Announcement(ctx context.Context, actor access.Actor, id ident.NoticeID) (*Notice, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (*Notice, error) {
		a, err := u.Tenders.Announcement(ctx, id)
		if err != nil {
			return nil, err
		}
		n := &Notice{Announcement: a}
		if n.BuyerName, err = nameOf(ctx, u, a.BuyerID); err != nil {
			return nil, err
		}
		place, err := u.Places.Place(ctx, a.PlaceID)
		if err != nil {
			return nil, err
		}
		n.PlaceName = place.Name
		return n, nil
	})
}
