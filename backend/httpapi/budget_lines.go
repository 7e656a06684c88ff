package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/projects"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/project"
)

type budgetLineView struct {
	ID           string    `json:"id"`
	PartyID      string    `json:"partyId"`
	PartyName    string    `json:"partyName"`
	FiscalYear   int       `json:"fiscalYear"`
	Source       string    `json:"source"`
	FunctionCode string    `json:"functionCode"`
	EconomyCode  string    `json:"economyCode"`
	Title        string    `json:"title"`
	ApprovedFen  int64     `json:"approvedFen"`
	HeldFen      int64     `json:"heldFen" doc:"Held by live projects."`
	CommittedFen int64     `json:"committedFen" doc:"Committed by contracts, from the ledger."`
	UsedFen      int64     `json:"usedFen" doc:"Paid on contracts; part of what is committed."`
	FreeFen      int64     `json:"freeFen" doc:"Approved less held."`
	Reason       string    `json:"reason"`
	RecordedAt   time.Time `json:"recordedAt"`
	MayAdjust    bool      `json:"mayAdjust"`
	Version      int64     `json:"version"`
}

func toBudgetLineView(v projects.LineView) budgetLineView {
	return budgetLineView{
		ID: string(v.ID), PartyID: string(v.PartyID), PartyName: v.PartyName, FiscalYear: v.FiscalYear, Source: string(v.Source),
		FunctionCode: v.FunctionCode, EconomyCode: v.EconomyCode, Title: v.Title, ApprovedFen: int64(v.ApprovedFen), HeldFen: int64(v.HeldFen),
		CommittedFen: int64(v.CommittedFen), UsedFen: int64(v.UsedFen), FreeFen: int64(v.FreeFen), Reason: v.Reason,
		RecordedAt: v.RecordedAt, MayAdjust: v.MayAdjust, Version: v.Version,
	}
}

type budgetLinesIn struct {
	PageQuery
	FiscalYear int    `query:"fiscalYear" minimum:"0" maximum:"2100"`
	PartyID    string `query:"partyId" maxLength:"36"`
}

type budgetLinesOut struct {
	Body struct {
		Items      []budgetLineView `json:"items"`
		NextCursor string           `json:"nextCursor"`
	}
}

type buyersOut struct {
	Body struct {
		Items []buyerView `json:"items"`
	}
}

type buyerView struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	PlaceName string `json:"placeName"`
}

type recordLineIn struct {
	WriteHeader
	Body struct {
		PartyID      string `json:"partyId" maxLength:"36"`
		FiscalYear   int    `json:"fiscalYear"`
		Source       string `json:"source" maxLength:"30" example:"general"`
		FunctionCode string `json:"functionCode" maxLength:"10" example:"2080299"`
		EconomyCode  string `json:"economyCode" maxLength:"10" example:"30227"`
		Title        string `json:"title" maxLength:"200"`
		ApprovedFen  int64  `json:"approvedFen" maximum:"9007199254740991"`
	}
}

type adjustLineIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body struct {
		ApprovedFen int64  `json:"approvedFen" maximum:"9007199254740991"`
		Reason      string `json:"reason" maxLength:"1000"`
	}
}

type budgetLineOut struct {
	ETag string `header:"ETag"`
	Body struct {
		ID          string `json:"id"`
		ApprovedFen int64  `json:"approvedFen"`
		Version     int64  `json:"version"`
	}
}

func toBudgetLineOut(l project.Line, err error) (*budgetLineOut, error) {
	if err != nil {
		return nil, err
	}
	out := &budgetLineOut{ETag: etag(l.Version)}
	out.Body.ID, out.Body.ApprovedFen, out.Body.Version = string(l.ID), int64(l.ApprovedFen), l.Version
	return out, nil
}

func registerBudgetLines(s *Server, svc *projects.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/budget-lines", ID: "listBudgetLines", Permission: access.BudgetRead, Tag: "budget",
		Summary: "Budget lines: one's own; for finance those of its area",
	}, func(ctx context.Context, in *budgetLinesIn) (*budgetLinesOut, error) {
		if err := clean(in.Cursor, in.PartyID); err != nil {
			return nil, err
		}
		q := project.LineQuery{PartyID: ident.PartyID(in.PartyID), FiscalYear: in.FiscalYear, After: ident.BudgetLineID(in.Cursor), Limit: in.Limit + 1}
		list, err := svc.Lines(ctx, actorOf(ctx), q)
		if err != nil {
			return nil, err
		}
		out := &budgetLinesOut{}
		out.Body.Items = []budgetLineView{}
		for i, l := range list {
			if i == in.Limit {
				out.Body.NextCursor = string(list[i-1].ID)
				break
			}
			out.Body.Items = append(out.Body.Items, toBudgetLineView(l))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/budget-buyers", ID: "listBudgetBuyers", Permission: access.BudgetRecord, Tag: "budget",
		Summary: "Bodies of one's area that may hold budget lines",
	}, func(ctx context.Context, _ *struct{}) (*buyersOut, error) {
		list, err := svc.Buyers(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &buyersOut{}
		out.Body.Items = []buyerView{}
		for _, b := range list {
			out.Body.Items = append(out.Body.Items, buyerView{ID: string(b.ID), Name: b.Name, PlaceName: b.PlaceName})
		}
		return out, nil
	})
	registerBudgetWrites(s, svc)
}

func registerBudgetWrites(s *Server, svc *projects.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/budget-lines", ID: "recordBudgetLine", Permission: access.BudgetRecord, Tag: "budget", Status: http.StatusCreated,
		Summary: "Record a line of an approved budget", Faults: []string{"budget.invalid", "record.not_found"},
	}, func(ctx context.Context, in *recordLineIn) (*budgetLineOut, error) {
		b := in.Body
		if err := clean(b.Title, b.FunctionCode, b.EconomyCode); err != nil {
			return nil, err
		}
		return toBudgetLineOut(svc.RecordLine(ctx, actorOf(ctx), projects.LineInput{
			PartyID: ident.PartyID(b.PartyID), FiscalYear: b.FiscalYear, Source: project.Source(b.Source), FunctionCode: b.FunctionCode,
			EconomyCode: b.EconomyCode, Title: b.Title, ApprovedFen: money.Fen(b.ApprovedFen), Key: in.IdempotencyKey,
		}))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/budget-lines/{id}/adjust", ID: "adjustBudgetLine", Permission: access.BudgetAdjust, Tag: "budget",
		Summary: "Change the approved amount of a line, by another person than its recorder",
		Faults:  []string{"budget.invalid", "budget.below_held", "budget.same_person", "record.stale"},
	}, func(ctx context.Context, in *adjustLineIn) (*budgetLineOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toBudgetLineOut(svc.AdjustLine(ctx, actorOf(ctx), projects.AdjustInput{
			ID: ident.BudgetLineID(in.ID), Version: version, ApprovedFen: money.Fen(in.Body.ApprovedFen), Reason: in.Body.Reason, Key: in.IdempotencyKey,
		}))
	})
}
