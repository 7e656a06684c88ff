package contracts

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// View is a contract with everything that hangs on it, as one actor may see it.
type View struct {
	Contract    *contract.Contract
	Place       *community.Place
	Milestones  []MilestoneView
	Supplements []SupplementView
	Insider     bool // may see accounts and opinions in words
	TextHash    string
	PublishBy   calendar.Date // zero while unsigned
	FileBy      calendar.Date
	AcceptedFen money.Fen
	PaidFen     money.Fen
	Actions     []Action
}

// MilestoneView is a milestone with its inspections and what people say.
type MilestoneView struct {
	Milestone    *contract.Milestone
	Acceptances  []*contract.Acceptance
	Satisfaction contract.Satisfaction // of the present round
	Opinions     []*contract.Opinion   // insiders only
	Mine         *contract.Opinion
	MayRate      bool
	Late         bool
	RequestedFen money.Fen
	Actions      []Action
}

// SupplementView is a supplement with what may be done to it.
type SupplementView struct {
	Supplement *contract.Supplement
	Actions    []Action
}

// maxOpinions is how many opinions a page shows.
const maxOpinions = 50

// Get reads a contract. What is not published exists for insiders only. Fault record.not_found.
func (s *Service) Get(ctx context.Context, actor access.Actor, id ident.ContractID) (View, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (View, error) {
		c, err := s.visible(ctx, u, id)
		if err != nil {
			return View{}, err
		}
		return s.view(ctx, u, c)
	})
}

func (s *Service) view(ctx context.Context, u *app.Unit, c *contract.Contract) (View, error) {
	v := View{Contract: c, Actions: s.contractActions(ctx, u, c)}
	var err error
	if v.Place, err = u.Places.Place(ctx, c.PlaceID); err != nil {
		return v, err
	}
	if v.Insider, err = s.insider(ctx, u, c); err != nil {
		return v, err
	}
	if v.PublishBy, v.FileBy, err = s.deadlines(u, c); err != nil {
		return v, err
	}
	milestones, err := u.Contracts.Milestones(ctx, c.ID)
	if err != nil {
		return v, err
	}
	v.TextHash = c.TextHash(milestones)
	acceptances, err := u.Contracts.Acceptances(ctx, c.ID)
	if err != nil {
		return v, err
	}
	for _, m := range milestones {
		x, err := s.milestoneView(ctx, u, v, m, acceptances)
		if err != nil {
			return v, err
		}
		v.Milestones = append(v.Milestones, x)
	}
	if err := s.addSupplements(ctx, u, &v); err != nil {
		return v, err
	}
	return v, s.addPaid(ctx, u, &v, acceptances)
}

// deadlines of A-02: published and filed within working days of the signing.
func (s *Service) deadlines(u *app.Unit, c *contract.Contract) (publish, file calendar.Date, err error) {
	if c.SignedAt == nil {
		return publish, file, nil
	}
	on := calendar.DateOf(*c.SignedAt)
	rules := s.app.Rules.At(s.app.Settings.Jurisdiction, on)
	for id, into := range map[string]*calendar.Date{"CONTRACT_PUBLISH_WORKING_DAYS": &publish, "CONTRACT_FILE_WORKING_DAYS": &file} {
		n, err := rules.Int(id)
		if err != nil {
			return publish, file, err
		}
		if *into, err = s.app.Calendar.AddWorkingDays(on, n); err != nil {
			return publish, file, err
		}
	}
	return publish, file, nil
}

func (s *Service) milestoneView(ctx context.Context, u *app.Unit, v View, m *contract.Milestone, all []*contract.Acceptance) (MilestoneView, error) {
	x := MilestoneView{Milestone: m, Late: m.Overdue(calendar.DateOf(u.Now)), Actions: s.milestoneActions(ctx, u, v.Contract, m)}
	for _, a := range all {
		if a.MilestoneID == m.ID && (v.Insider || a.PublishedAt != nil) {
			x.Acceptances = append(x.Acceptances, a)
		}
	}
	round := m.Rework + 1
	satisfied, rated, err := u.Contracts.CountOpinions(ctx, m.ID, round)
	if err != nil {
		return x, err
	}
	x.Satisfaction = contract.SatisfactionOf(satisfied, rated)
	if v.Insider {
		if x.Opinions, err = u.Contracts.Opinions(ctx, m.ID, maxOpinions); err != nil {
			return x, err
		}
	}
	if m.AcceptanceID != "" {
		if x.RequestedFen, err = u.Payments.RequestedFen(ctx, m.AcceptanceID); err != nil {
			return x, err
		}
	}
	open := m.Status == contract.Submitted || m.Status == contract.Inspecting
	x.MayRate = open && access.Holds(u.Actor.Role, access.OpinionGive) && served(u.Actor, v.Place)
	if u.Actor.Anonymous() {
		return x, nil
	}
	mine, found, err := u.Contracts.OpinionOf(ctx, m.ID, round, u.Actor.PersonID)
	if found {
		x.Mine = mine
	}
	return x, err
}

func (s *Service) addSupplements(ctx context.Context, u *app.Unit, v *View) error {
	all, err := u.Contracts.Supplements(ctx, v.Contract.ID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if v.Insider || x.Status == contract.Applied {
			v.Supplements = append(v.Supplements, SupplementView{Supplement: x, Actions: s.supplementActions(ctx, u, v.Contract, x)})
		}
	}
	return nil
}

func (s *Service) addPaid(ctx context.Context, u *app.Unit, v *View, acceptances []*contract.Acceptance) error {
	for _, a := range acceptances {
		v.AcceptedFen += a.PayableFen
	}
	payments, err := u.Payments.List(ctx, payment.Filter{ContractID: v.Contract.ID, Statuses: []string{payment.Paid, payment.Reconciled}})
	for _, p := range payments {
		v.PaidFen += p.AmountFen
	}
	return err
}

// ListInput narrows the list of contracts.
type ListInput struct {
	Statuses  []string
	ProjectID ident.ProjectID
	Mine      bool // only those of the actor's body or scope
	Search    string
	Cursor    ident.ContractID
	Limit     int
}

// Listed is one row of a list.
type Listed struct {
	Contract   *contract.Contract
	Milestones int
	Settled    int
}

// Page is one page of contracts; Next is "" on the last.
type Page struct {
	Items []Listed
	Next  ident.ContractID
}

// List reads contracts, newest first: everybody sees what is published, parties and officials
// also their own drafts with Mine.
func (s *Service) List(ctx context.Context, actor access.Actor, in ListInput) (Page, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (Page, error) {
		f := contract.Filter{ProjectID: in.ProjectID, Statuses: in.Statuses, Search: in.Search, Before: in.Cursor, Limit: in.Limit + 1}
		f = scoped(u.Actor, f, in.Mine)
		all, err := u.Contracts.List(ctx, f)
		if err != nil {
			return Page{}, err
		}
		var page Page
		if len(all) > in.Limit {
			all = all[:in.Limit]
			page.Next = all[in.Limit-1].ID
		}
		for _, c := range all {
			x, err := listed(ctx, u, c)
			if err != nil {
				return Page{}, err
			}
			page.Items = append(page.Items, x)
		}
		return page, nil
	})
}

// scoped narrows a filter to what the actor may see.
func scoped(a access.Actor, f contract.Filter, mine bool) contract.Filter {
	if !mine || !access.Holds(a.Role, access.ContractRead) {
		f.Public = true
		return f
	}
	switch a.Role {
	case access.Auditor, access.AuditAdmin:
	case access.FinanceOfficer, access.FinanceApprover, access.CommunityWorker:
		f.PlacePath = a.PlacePath
	default:
		f.PartyID = a.PartyID
	}
	if f.PlacePath == "" && f.PartyID == "" && a.Role != access.Auditor && a.Role != access.AuditAdmin {
		f.Public = true
	}
	return f
}

func listed(ctx context.Context, u *app.Unit, c *contract.Contract) (Listed, error) {
	milestones, err := u.Contracts.Milestones(ctx, c.ID)
	x := Listed{Contract: c, Milestones: len(milestones)}
	for _, m := range milestones {
		if m.Status == contract.Settled {
			x.Settled++
		}
	}
	return x, err
}

// OfProject lists the contracts of a project that everybody may see, oldest first, for the
// thread page.
func OfProject(ctx context.Context, u *app.Unit, id ident.ProjectID) ([]*contract.Contract, error) {
	all, err := u.Contracts.List(ctx, contract.Filter{ProjectID: id, Public: true})
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return all, err
}

// Award tells what a draft would be made from and whether the actor may make it. Faults:
// contract.award_not_announced, access.forbidden, record.not_found.
func (s *Service) Award(ctx context.Context, actor access.Actor, id ident.AwardID) (Done, error) {
	return app.Look(ctx, s.app, actor, access.ContractDraft, func(ctx context.Context, u *app.Unit) (Done, error) {
		award, err := s.announced(ctx, u, id)
		if err != nil {
			return Done{}, err
		}
		existing, err := u.Contracts.List(ctx, contract.Filter{AwardID: award.ID})
		if err != nil {
			return Done{}, err
		}
		for _, c := range existing {
			if c.Status != contract.Rescinded {
				return done(c), nil
			}
		}
		return Done{}, fault.NotFound("record.not_found", "no contract yet")
	})
}
