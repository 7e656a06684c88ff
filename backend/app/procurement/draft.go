package procurement

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/app"
	"linli/backend/app/projects"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/project"
	"linli/backend/domain/tender"
)

// Intend is the input of a notice of intention.
type Intend struct {
	ProjectID ident.ProjectID
	Procedure string
	Summary   string
	Month     string // "2026-04"
	Urgent    string // reason of the exemption from the 30 days
	AgencyID  ident.PartyID
}

// maxSummary bounds the public summary of an intention.
const maxSummary = 2000

func (in *Intend) check() error {
	in.Summary, in.Urgent = strings.TrimSpace(in.Summary), strings.TrimSpace(in.Urgent)
	bad := fault.Invalid("tender.intention_incomplete", "name the need and the month")
	if n := utf8.RuneCountInString(in.Summary); n == 0 || n > maxSummary {
		bad = bad.At("summary", "length", "1 to 2000 characters")
	}
	if _, err := time.Parse("2006-01", in.Month); err != nil {
		bad = bad.At("month", "format", "a month such as 2026-04")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Create announces the intention to buy for a planned project: the first public notice (G-02).
// The project moves to sourcing, and its lots become those of the tender. Faults:
// tender.intention_incomplete, tender.track, project.transition_refused,
// tender.procedure_unknown.
func (s *Service) Create(ctx context.Context, actor access.Actor, key string, in Intend) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderDraft, Name: "tender.create", Key: key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		if err := in.check(); err != nil {
			return nil, err
		}
		p, err := u.Projects.Project(ctx, in.ProjectID)
		if err != nil {
			return nil, err
		}
		if p.PartyID != u.Actor.PartyID && in.AgencyID != u.Actor.PartyID {
			return nil, hidden()
		}
		if err := sourced(p); err != nil {
			return nil, err
		}
		t, err := s.fromProject(ctx, u, p, in)
		if err != nil {
			return nil, err
		}
		if err := u.Tenders.InsertTender(ctx, t); err != nil {
			return nil, err
		}
		if err := recordTender(ctx, u, t, change{action: "create"}); err != nil {
			return nil, err
		}
		if err := announce(ctx, u, t, tender.NoticeIntention, intentionFacts(t)); err != nil {
			return nil, err
		}
		return t, projects.Advance(ctx, u, p.ID, project.ActSource, "")
	})
}

// fromProject builds the tender with the procedure in force today.
func (s *Service) fromProject(ctx context.Context, u *app.Unit, p *project.Project, in Intend) (*tender.Tender, error) {
	row, err := procedure.Of(in.Procedure)
	if err != nil {
		return nil, err
	}
	if row, err = row.Resolve(s.app.Rules.At(s.app.Settings.Jurisdiction, today(u))); err != nil {
		return nil, err
	}
	code, err := u.NextCode(ctx, "CG")
	if err != nil {
		return nil, err
	}
	budget, err := p.BudgetFen()
	if err != nil {
		return nil, err
	}
	t := &tender.Tender{
		ID: ident.TenderID(u.NewID()), Code: code, ProjectID: p.ID, PlaceID: p.PlaceID, BuyerID: p.PartyID, AgencyID: in.AgencyID,
		Title: p.Title, Category: string(p.Category), BudgetFen: budget, Procedure: row,
		Intention: tender.Intention{Summary: in.Summary, Month: in.Month, AnnouncedAt: u.Now, Urgent: in.Urgent}, CreatedAt: u.Now,
	}
	for _, l := range p.Lots {
		id := l.ID
		if _, err := u.Tenders.TenderOfLot(ctx, id); err == nil {
			id = ident.LotID(u.NewID()) // an earlier tender for this lot failed
		} else if !fault.Is(err, "record.not_found") {
			return nil, err
		}
		t.Lots = append(t.Lots, tender.Lot{
			ID: id, ProjectLotID: l.ID, No: l.Number, Title: l.Title, BudgetFen: l.AmountFen, Status: tender.StatusIntention,
			LowPrice: procedure.LowPrice{MeanPct: row.Terms.LowMeanPct, SecondPct: row.Terms.LowSecondPct, CeilingPct: row.Terms.LowCeilingPct},
		})
	}
	return t, nil
}

// StartDraft opens the documents for writing. Faults: tender.transition_refused,
// duty.incompatible.
func (s *Service) StartDraft(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderDraft, Name: "tender.draft", Key: at.Key, Input: id}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		t, err := load(ctx, u, id, access.TenderDraft, at.Seen)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fire(ctx, u, t, tender.Act{Action: tender.ActDraft}); err != nil {
			return nil, err
		}
		t.DraftedBy = u.Actor.PersonID
		return t, saveTender(ctx, u, t, change{before: before, action: tender.ActDraft})
	})
}

// fire moves every living lot and takes the duty of the row.
func (s *Service) fire(ctx context.Context, u *app.Unit, t *tender.Tender, a tender.Act) error {
	a.By, a.At = u.Actor.PersonID, u.Now
	row, err := t.Fire(a)
	if err != nil {
		return err
	}
	return u.TakeDuty(ctx, t.ProjectID, row.Duty)
}

// fireLot moves one lot and takes the duty of the row.
func (s *Service) fireLot(ctx context.Context, u *app.Unit, t *tender.Tender, lot ident.LotID, a tender.Act) error {
	a.By, a.At = u.Actor.PersonID, u.Now
	row, err := t.FireLot(lot, a)
	if err != nil {
		return err
	}
	return u.TakeDuty(ctx, t.ProjectID, row.Duty)
}

// LotDraft is what the drafter writes for one lot.
type LotDraft struct {
	ID             ident.LotID
	Scope          string
	CeilingFen     money.Fen
	PriceWeight    procedure.Points
	Criteria       []procedure.Criterion
	Qualifications []procedure.Condition
	Requirements   []procedure.Condition
	LowPrice       procedure.LowPrice
}

// Draft is the whole text of the documents.
type Draft struct {
	Title      string
	Document   tender.Document
	DeadlineAt *time.Time
	Lots       []LotDraft
}

// SaveDraft stores the documents while they are being drafted; what is incomplete may be saved
// and is listed by Check. It takes a submitted draft back from review. Faults:
// tender.not_drafting, tender.draft_invalid, record.stale, duty.incompatible.
func (s *Service) SaveDraft(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID, in Draft) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderDraft, Name: "tender.save", Key: at.Key, Input: []any{id, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		t, err := load(ctx, u, id, access.TenderDraft, at.Seen)
		if err != nil {
			return nil, err
		}
		if t.Status() != tender.StatusDrafting {
			return nil, fault.Conflict("tender.not_drafting", "documents are not being drafted").With("state", t.Status())
		}
		if err := u.TakeDuty(ctx, t.ProjectID, access.DutyDocDraft); err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := in.apply(t); err != nil {
			return nil, err
		}
		t.DraftedBy, t.SubmittedAt = u.Actor.PersonID, nil
		return t, saveTender(ctx, u, t, change{before: before, action: "save"})
	})
}

// apply writes the draft into the tender within the limits of the form. Fault
// tender.draft_invalid.
func (in Draft) apply(t *tender.Tender) error {
	bad := fault.Invalid("tender.draft_invalid", "draft is outside the limits of the form")
	in.Title = strings.TrimSpace(in.Title)
	if n := utf8.RuneCountInString(in.Title); n == 0 || n > 200 {
		bad = bad.At("title", "length", "1 to 200 characters")
	}
	for path, text := range map[string]string{
		"document.requirements": in.Document.Requirements, "document.contractTerms": in.Document.ContractTerms,
		"document.consultation": in.Document.Consultation, "document.exemption": in.Document.Exemption, "document.contact": in.Document.Contact,
	} {
		if utf8.RuneCountInString(text) > tender.MaxText {
			bad = bad.At(path, "length", "too long")
		}
	}
	for _, l := range in.Lots {
		lot := t.Lot(l.ID)
		if lot == nil {
			return fault.NotFound("tender.lot_unknown", "no lot "+string(l.ID))
		}
		if len(l.Criteria) > tender.MaxCriteria || len(l.Qualifications) > tender.MaxConditions || len(l.Requirements) > tender.MaxConditions {
			bad = bad.At("lots", "count", "too many lines")
		}
		if l.CeilingFen < 0 || l.CeilingFen > lot.BudgetFen {
			bad = bad.At("lots.ceilingFen", "range", "not above the budget of the lot")
		}
		if l.PriceWeight < 0 || l.PriceWeight > 10_000 {
			bad = bad.At("lots.priceWeight", "range", "0 to 100 points")
		}
		lot.Scope, lot.CeilingFen, lot.PriceWeight, lot.LowPrice = l.Scope, l.CeilingFen, l.PriceWeight, l.LowPrice
		lot.Criteria, lot.Qualifications, lot.Requirements = l.Criteria, l.Qualifications, l.Requirements
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	t.Title, t.Document, t.DeadlineAt = in.Title, in.Document, nil
	if in.DeadlineAt != nil {
		at := in.DeadlineAt.UTC().Truncate(time.Second)
		t.DeadlineAt = &at
	}
	return nil
}

// Submit sends a complete draft to another person for review. Faults: tender.not_drafting,
// tender.incomplete with the paths that stand against it.
func (s *Service) Submit(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderDraft, Name: "tender.submit", Key: at.Key, Input: id}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		t, err := load(ctx, u, id, access.TenderDraft, at.Seen)
		if err != nil {
			return nil, err
		}
		if t.Status() != tender.StatusDrafting {
			return nil, fault.Conflict("tender.not_drafting", "documents are not being drafted").With("state", t.Status())
		}
		if err := complete(t); err != nil {
			return nil, err
		}
		before := copyOf(t)
		now := u.Now
		t.SubmittedAt, t.ReviewNote = &now, ""
		return t, saveTender(ctx, u, t, change{before: before, action: "submit"})
	})
}

// complete turns blocking findings into one fault. Fault tender.incomplete.
func complete(t *tender.Tender) error {
	bad := fault.Invalid("tender.incomplete", "something stands against the documents")
	for _, f := range t.Check() {
		if f.Block {
			bad = bad.At(f.Path, f.Code, f.Rule)
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Review is the judgement of a person who did not draft the documents.
type Review struct {
	Approved bool
	Note     string
}

// Review approves submitted documents or returns them with a note. Faults:
// tender.not_submitted, tender.note_missing, tender.incomplete, duty.incompatible.
func (s *Service) Review(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID, in Review) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderReview, Name: "tender.review", Key: at.Key, Input: []any{id, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		t, err := load(ctx, u, id, access.TenderReview, at.Seen)
		if err != nil {
			return nil, err
		}
		if err := s.guardReview(t); err != nil {
			return nil, err
		}
		in.Note = strings.TrimSpace(in.Note)
		if !in.Approved && in.Note == "" {
			return nil, fault.Invalid("tender.note_missing", "a returned draft needs a note").At("note", "required", "say what to mend")
		}
		if err := u.TakeDuty(ctx, t.ProjectID, access.DutyDocCheck); err != nil {
			return nil, err
		}
		before := copyOf(t)
		t.ReviewNote = in.Note
		if !in.Approved {
			t.SubmittedAt = nil
			return t, saveTender(ctx, u, t, change{before: before, action: "return", reason: in.Note})
		}
		if err := complete(t); err != nil {
			return nil, err
		}
		if err := s.fire(ctx, u, t, tender.Act{Action: tender.ActReview}); err != nil {
			return nil, err
		}
		now := u.Now
		t.ReviewedBy, t.ReviewedAt = u.Actor.PersonID, &now
		return t, saveTender(ctx, u, t, change{before: before, action: tender.ActReview, reason: in.Note})
	})
}

func (s *Service) guardReview(t *tender.Tender) error {
	if t.Status() == tender.StatusDrafting && t.SubmittedAt == nil {
		return fault.Conflict("tender.not_submitted", "documents were not sent to review")
	}
	return nil
}

// Revise takes reviewed documents back to drafting. Faults: tender.transition_refused,
// tender.reason_required.
func (s *Service) Revise(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID, reason string) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderReview, Name: "tender.revise", Key: at.Key, Input: []any{id, reason}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		t, err := load(ctx, u, id, access.TenderReview, at.Seen)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fire(ctx, u, t, tender.Act{Action: tender.ActRevise, Reason: strings.TrimSpace(reason)}); err != nil {
			return nil, err
		}
		t.SubmittedAt, t.ReviewedBy, t.ReviewedAt = nil, "", nil
		return t, saveTender(ctx, u, t, change{before: before, action: tender.ActRevise, reason: reason})
	})
}

// intentionFacts are the fields that G-02 wants public.
func intentionFacts(t *tender.Tender) []tender.Fact {
	facts := []tender.Fact{
		{Key: "summary", Type: "text", Value: t.Intention.Summary},
		{Key: "budget", Type: "fen", Value: fen(t.BudgetFen)},
		{Key: "month", Type: "text", Value: t.Intention.Month},
	}
	if t.Intention.Urgent != "" {
		facts = append(facts, tender.Fact{Key: "urgent", Type: "text", Value: t.Intention.Urgent})
	}
	return facts
}

// earliest is the first day this tender may be issued.
func (s *Service) earliest(t *tender.Tender) (calendar.Date, error) {
	return tender.EarliestPublication(t.Intention, t.Procedure.Terms, s.app.Calendar)
}
