package projects

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/project"
)

// LineInput is a line of an approved budget as finance records it.
type LineInput struct {
	PartyID      ident.PartyID
	FiscalYear   int
	Source       project.Source
	FunctionCode string
	EconomyCode  string
	Title        string
	ApprovedFen  money.Fen
	Key          string `json:"-"`
}

// RecordLine records a budget line of a buyer in the recorder's area. Faults:
// access.forbidden, budget.invalid, record.not_found.
func (s *Service) RecordLine(ctx context.Context, actor access.Actor, in LineInput) (project.Line, error) {
	w := app.Write{Permission: access.BudgetRecord, Name: "budget.record", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (project.Line, error) {
		object, err := ownerOf(ctx, u, in.PartyID)
		if err != nil {
			return project.Line{}, err
		}
		if err := access.Allow(u.Actor, access.BudgetRecord, object); err != nil {
			return project.Line{}, err
		}
		l, err := project.NewLine(project.Line{
			ID: ident.BudgetLineID(u.NewID()), PartyID: in.PartyID, FiscalYear: in.FiscalYear, Source: in.Source, FunctionCode: in.FunctionCode,
			EconomyCode: in.EconomyCode, Title: in.Title, ApprovedFen: in.ApprovedFen, RecordedBy: u.Actor.PersonID, RecordedAt: u.Now,
		})
		if err != nil {
			return project.Line{}, err
		}
		if err := u.Projects.InsertLine(ctx, l); err != nil {
			return project.Line{}, err
		}
		return *l, tellLine(ctx, u, nil, l, "record", "recorded")
	})
}

// ownerOf is the buyer as an object of access. Fault record.not_found.
func ownerOf(ctx context.Context, u *app.Unit, id ident.PartyID) (access.Object, error) {
	p, err := u.People.Party(ctx, id)
	if err != nil || p.PlaceID == "" {
		return access.Object{PartyID: id}, err
	}
	at, err := u.Places.Place(ctx, p.PlaceID)
	if err != nil {
		return access.Object{}, err
	}
	return access.Object{PartyID: id, PlacePath: at.Path}, nil
}

func tellLine(ctx context.Context, u *app.Unit, before any, l *project.Line, action, past string) error {
	err := u.Record(ctx, audit.Entry{Action: "budget_line." + action, Kind: "budget_line", ID: string(l.ID), Before: before, After: l, Reason: l.Reason})
	if err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{
		Kind: "budget_line." + past, ObjectKind: "budget_line", ObjectID: string(l.ID),
		Data: map[string]string{"title": l.Title, "approved": l.ApprovedFen.String()},
	})
}

// AdjustInput changes the approved amount of a line.
type AdjustInput struct {
	ID          ident.BudgetLineID
	Version     int64
	ApprovedFen money.Fen
	Reason      string
	Key         string `json:"-"`
}

// AdjustLine changes the approved amount, by another person than the one who recorded it and
// never below what projects hold. Faults: access.forbidden, budget.invalid, budget.below_held,
// budget.same_person, record.not_found, record.stale.
func (s *Service) AdjustLine(ctx context.Context, actor access.Actor, in AdjustInput) (project.Line, error) {
	w := app.Write{Permission: access.BudgetAdjust, Name: "budget.adjust", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (project.Line, error) {
		if err := u.Projects.LockLine(ctx, in.ID); err != nil {
			return project.Line{}, err
		}
		l, err := u.Projects.Line(ctx, in.ID)
		if err != nil {
			return project.Line{}, err
		}
		object, err := ownerOf(ctx, u, l.PartyID)
		if err != nil {
			return project.Line{}, err
		}
		if err := access.Allow(u.Actor, access.BudgetAdjust, object); err != nil {
			return project.Line{}, err
		}
		if l.Version != in.Version {
			return project.Line{}, fault.Stale("record.stale", "the line was changed by someone else").With("version", "")
		}
		held, err := u.Projects.Held(ctx, []ident.BudgetLineID{l.ID})
		if err != nil {
			return project.Line{}, err
		}
		before := *l
		if err := l.Adjust(in.ApprovedFen, held[l.ID], in.Reason, u.Actor.PersonID); err != nil {
			return project.Line{}, err
		}
		if err := u.Projects.SaveLine(ctx, l); err != nil {
			return project.Line{}, err
		}
		return *l, tellLine(ctx, u, before, l, "adjust", "adjusted")
	})
}

// maxBuyers bounds the choice of a buyer: the offices and communities of a district.
const maxBuyers = 1000

// Buyers lists the bodies of the actor's area that may hold budget lines. Fault access.forbidden.
func (s *Service) Buyers(ctx context.Context, actor access.Actor) ([]project.Buyer, error) {
	return app.Look(ctx, s.app, actor, access.BudgetRecord, func(ctx context.Context, u *app.Unit) ([]project.Buyer, error) {
		return u.Projects.Buyers(ctx, actor.PlacePath, maxBuyers)
	})
}

// LineView is a budget line with what follows from projects and the ledger.
type LineView struct {
	project.Line
	PartyName    string
	HeldFen      money.Fen // by live projects
	CommittedFen money.Fen // by contracts, from the ledger
	UsedFen      money.Fen // paid on contracts; part of what is committed
	FreeFen      money.Fen // approved − held
	MayAdjust    bool
}

// Lines lists budget lines, newest first: a buyer sees its own, finance those of its area,
// auditors all. Fault access.forbidden.
func (s *Service) Lines(ctx context.Context, actor access.Actor, q project.LineQuery) ([]LineView, error) {
	return app.Look(ctx, s.app, actor, access.BudgetRead, func(ctx context.Context, u *app.Unit) ([]LineView, error) {
		switch actor.Role {
		case access.Auditor:
		case access.FinanceOfficer, access.FinanceApprover:
			q.PlacePath = actor.PlacePath
		default:
			q.PartyID = actor.PartyID
		}
		lines, err := u.Projects.Lines(ctx, q)
		if err != nil {
			return nil, err
		}
		return viewLines(ctx, u, lines)
	})
}

func viewLines(ctx context.Context, u *app.Unit, lines []project.Line) ([]LineView, error) {
	ids := make([]ident.BudgetLineID, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	held, err := u.Projects.Held(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]LineView, 0, len(lines))
	paid := map[ident.PartyID]map[ident.BudgetLineID]money.Fen{}
	for _, l := range lines {
		if paid[l.PartyID] == nil {
			if paid[l.PartyID], err = paidByLine(ctx, u, l.PartyID); err != nil {
				return nil, err
			}
		}
		owner, err := u.People.Party(ctx, l.PartyID)
		if err != nil {
			return nil, err
		}
		object, err := ownerOf(ctx, u, l.PartyID)
		if err != nil {
			return nil, err
		}
		v := LineView{Line: l, PartyName: owner.Name, HeldFen: held[l.ID], FreeFen: l.ApprovedFen - held[l.ID]}
		v.MayAdjust = l.RecordedBy != u.Actor.PersonID && access.Allow(u.Actor, access.BudgetAdjust, object) == nil
		v.UsedFen = paid[l.PartyID][l.ID]
		if v.CommittedFen, err = committedOf(ctx, u, l.ID); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
