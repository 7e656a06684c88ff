// Package project knows the project list 项目清单: needs bundled into a priced project with
// lots, budget lines and a plan, and the machine it moves on. No budget line, no project (G-01).
package project

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/taxonomy"
)

// Limits of what is written: one line for a title, two screens for a summary; a project of
// more needs or lots than this should be several projects.
const (
	MaxTitle   = 60
	MaxSummary = 2000
	MaxNeeds   = 200
	MaxLots    = 30
	MaxLines   = 20
	MaxReason  = 500
)

// Track decides which rules apply (domain handbook §1).
type Track string

// The three tracks.
const (
	TrackGovernment Track = "G" // 政府采购 / 政府购买服务
	TrackCommunity  Track = "C" // 社区保障激励资金
	TrackFund       Track = "F" // 社区发展基金
)

// Known tells whether the track is one of the three.
func (t Track) Known() bool {
	return t == TrackGovernment || t == TrackCommunity || t == TrackFund
}

// Project bundles needs into something that can be bought, paid and audited. The buyer is
// PartyID. What is committed and used of its budget is derived from the ledger, never kept here.
type Project struct {
	ID            ident.ProjectID
	Code          string // XM-2026-000123
	Title         string
	Summary       string
	Track         Track
	PartyID       ident.PartyID
	PlaceID       ident.PlaceID
	Category      taxonomy.Code
	Beneficiaries int // people who would gain; 0 when nobody counted
	NeedIDs       []ident.NeedID
	Lots          []Lot
	Budget        []Allocation
	Plan          *Plan
	Review        *Review
	Status        string
	SuspendedFrom string // the state a suspended project returns to
	Reason        string // the public reason of the last move, where one was demanded
	ProposedBy    ident.PersonID
	ProposedAt    time.Time
	BudgetedAt    *time.Time
	PlannedAt     *time.Time
	Version       int64
}

// Lot is one piece that is awarded on its own. A project has at least one, also when there is
// one and nobody sees it; the tender's lots take over these identities.
type Lot struct {
	ID        ident.LotID
	Number    int // from 1
	Title     string
	AmountFen money.Fen
	NeedIDs   []ident.NeedID // those of the project's needs it answers; empty means all
}

// Allocation is what a project takes from one budget line.
type Allocation struct {
	LineID    ident.BudgetLineID
	AmountFen money.Fen
}

// Proposal is what a buyer states at the start.
type Proposal struct {
	Title         string
	Summary       string
	Track         Track
	PlaceID       ident.PlaceID
	Category      taxonomy.Code
	Beneficiaries int
	NeedIDs       []ident.NeedID
	Lots          []Lot
}

// Identity is what the platform gives a new project.
type Identity struct {
	ID      ident.ProjectID
	Code    string
	PartyID ident.PartyID
	By      ident.PersonID
	At      time.Time
}

// New proposes a project: an intention that nobody can buy yet. Faults: project.invalid with
// the offending fields.
func New(i Identity, in Proposal) (*Project, error) {
	p := &Project{
		ID: i.ID, Code: i.Code, PartyID: i.PartyID, Status: Machine.Initial, ProposedBy: i.By, ProposedAt: i.At,
	}
	if err := p.write(in); err != nil {
		return nil, err
	}
	return p, nil
}

// Rewrite replaces the proposal while it is one. Faults: project.not_proposed, project.invalid.
func (p *Project) Rewrite(in Proposal) error {
	if p.Status != Proposed {
		return fault.Conflict("project.not_proposed", "only a proposal can be rewritten; it is "+p.Status).With("state", p.Status)
	}
	return p.write(in)
}

func (p *Project) write(in Proposal) error {
	in.Title, in.Summary = strings.TrimSpace(in.Title), strings.TrimSpace(in.Summary)
	if err := in.check(); err != nil {
		return err
	}
	p.Title, p.Summary, p.Track, p.PlaceID = in.Title, in.Summary, in.Track, in.PlaceID
	p.Category, p.Beneficiaries = in.Category, in.Beneficiaries
	p.NeedIDs = append([]ident.NeedID(nil), in.NeedIDs...)
	p.Lots = nil
	for i, lot := range in.Lots {
		lot.Number, lot.Title = i+1, strings.TrimSpace(lot.Title)
		lot.NeedIDs = append([]ident.NeedID(nil), lot.NeedIDs...)
		p.Lots = append(p.Lots, lot)
	}
	return nil
}

func (in Proposal) check() error {
	bad := fault.Invalid("project.invalid", "the proposal does not hold")
	if n := utf8.RuneCountInString(in.Title); n == 0 || n > MaxTitle {
		bad = bad.At("title", "length", "1 to 60 characters")
	}
	if n := utf8.RuneCountInString(in.Summary); n == 0 || n > MaxSummary {
		bad = bad.At("summary", "length", "1 to 2,000 characters")
	}
	if !in.Track.Known() {
		bad = bad.At("track", "unknown", "G, C or F")
	}
	if in.PlaceID == "" {
		bad = bad.At("placeId", "required", "a project belongs to a place")
	}
	if taxonomy.Check(in.Category) != nil {
		bad = bad.At("category", "unknown", "choose a category of the taxonomy")
	}
	if in.Beneficiaries < 0 {
		bad = bad.At("beneficiaries", "range", "not negative")
	}
	bad = in.checkLots(in.checkNeeds(bad))
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func (in Proposal) checkNeeds(bad *fault.Error) *fault.Error {
	if len(in.NeedIDs) == 0 || len(in.NeedIDs) > MaxNeeds {
		bad = bad.At("needIds", "count", "1 to 200 needs: a project answers somebody")
	}
	seen := map[ident.NeedID]bool{}
	for i, id := range in.NeedIDs {
		if seen[id] {
			bad = bad.At("needIds["+strconv.Itoa(i)+"]", "twice", "this need is in the list already")
		}
		seen[id] = true
	}
	return bad
}

func (in Proposal) checkLots(bad *fault.Error) *fault.Error {
	if len(in.Lots) == 0 || len(in.Lots) > MaxLots {
		return bad.At("lots", "count", "1 to 30 lots")
	}
	mine := map[ident.NeedID]bool{}
	for _, id := range in.NeedIDs {
		mine[id] = true
	}
	for i, lot := range in.Lots {
		path := "lots[" + strconv.Itoa(i) + "]"
		if n := utf8.RuneCountInString(strings.TrimSpace(lot.Title)); n == 0 || n > MaxTitle {
			bad = bad.At(path+".title", "length", "1 to 60 characters")
		}
		if lot.AmountFen <= 0 || lot.AmountFen > money.Max {
			bad = bad.At(path+".amountFen", "range", "more than nothing")
		}
		for _, id := range lot.NeedIDs {
			if !mine[id] {
				bad = bad.At(path+".needIds", "foreign", "a lot answers needs of its project")
			}
		}
	}
	return bad
}

// AmountFen is the sum of the lots: what the project asks for. Fault money.overflow.
func (p *Project) AmountFen() (money.Fen, error) {
	all := make([]money.Fen, len(p.Lots))
	for i, l := range p.Lots {
		all[i] = l.AmountFen
	}
	return money.Sum(all...)
}

// BudgetFen is the sum of what budget lines give; 0 before the budget is confirmed.
func (p *Project) BudgetFen() (money.Fen, error) {
	all := make([]money.Fen, len(p.Budget))
	for i, a := range p.Budget {
		all[i] = a.AmountFen
	}
	return money.Sum(all...)
}

// TakeBudget confirms that budget lines carry the project to the fen. Whether the lines have
// that much left is asked by the caller with Line.Take. Faults: project.budget_required (G-01),
// project.budget_mismatch, and those of Fire.
func (p *Project) TakeBudget(from []Allocation, now time.Time) error {
	if _, err := Machine.Fire(p.Status, ActBudget, ""); err != nil {
		return err
	}
	if err := checkAllocations(from); err != nil {
		return err
	}
	asked, err := p.AmountFen()
	if err != nil {
		return err
	}
	given, err := (&Project{Budget: from}).BudgetFen()
	if err != nil {
		return err
	}
	if given != asked {
		return fault.Invalid("project.budget_mismatch", "lots ask for "+asked.String()+", lines give "+given.String()).
			With("asked", asked.String()).With("given", given.String())
	}
	p.Budget = append([]Allocation(nil), from...)
	p.BudgetedAt = &now
	_, err = p.Fire(ActBudget, "")
	return err
}

func checkAllocations(from []Allocation) error {
	if len(from) == 0 {
		return fault.Invalid("project.budget_required", "no budget line, no project (G-01)").
			At("budget", "required", "name at least one budget line")
	}
	if len(from) > MaxLines {
		return fault.Invalid("project.invalid", "too many budget lines").At("budget", "count", "at most 20 lines")
	}
	seen := map[ident.BudgetLineID]bool{}
	for i, a := range from {
		path := "budget[" + strconv.Itoa(i) + "]"
		if a.AmountFen <= 0 || a.AmountFen > money.Max {
			return fault.Invalid("project.invalid", "allocation out of range").At(path+".amountFen", "range", "more than nothing")
		}
		if seen[a.LineID] {
			return fault.Invalid("project.invalid", "a line twice").At(path+".lineId", "twice", "this line is in the list already")
		}
		seen[a.LineID] = true
	}
	return nil
}

// GiveBack returns the project to a proposal and its money to the lines. Faults of Fire.
func (p *Project) GiveBack(reason string) error {
	if _, err := p.Fire(ActUnbudget, reason); err != nil {
		return err
	}
	p.Budget, p.BudgetedAt = nil, nil
	return nil
}

// End stops the project for good; its money returns to the lines. Faults of Fire.
func (p *Project) End(reason string) error {
	_, err := p.Fire(ActTerminate, reason)
	return err
}

func resumeElsewhere(from string) error {
	return fault.Conflict("project.resume_elsewhere", "the project was suspended while "+from).With("state", from)
}

// Review is the performance evaluation 绩效评价 after acceptance.
type Review struct {
	Score int // 0 … 100; output and effect are at least 60 % of its weight
	Note  string
	By    ident.PersonID
	At    time.Time
}

// Grade names the band of a score (domain handbook §10): excellent ≥ 90, good ≥ 80, fair ≥ 60.
func (r Review) Grade() string {
	switch {
	case r.Score >= 90:
		return "excellent"
	case r.Score >= 80:
		return "good"
	case r.Score >= 60:
		return "fair"
	default:
		return "poor"
	}
}

// Judge stores the performance evaluation. Faults: project.invalid, and those of Fire.
func (p *Project) Judge(r Review) error {
	if r.Score < 0 || r.Score > 100 {
		return fault.Invalid("project.invalid", "score out of range").At("score", "range", "0 to 100")
	}
	r.Note = strings.TrimSpace(r.Note)
	if n := utf8.RuneCountInString(r.Note); n == 0 || n > MaxSummary {
		return fault.Invalid("project.invalid", "the evaluation needs words").At("note", "length", "1 to 2,000 characters")
	}
	if _, err := p.Fire(ActEvaluate, ""); err != nil {
		return err
	}
	p.Review = &r
	return nil
}
