package httpapi

import (
	"context"
	"net/http"

	"linli/backend/app/settlement"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
)

const ledgerTag = "ledger"

type accountListIn struct {
	Kind      []string `query:"kind" maxItems:"11"`
	ProjectID string   `query:"projectId" maxLength:"36"`
}

type accountListOut struct {
	Body struct {
		Items []accountView `json:"items"`
	}
}

type journalListIn struct {
	PageQuery
	AccountID  string `query:"accountId" maxLength:"36"`
	ProjectID  string `query:"projectId" maxLength:"36"`
	ContractID string `query:"contractId" maxLength:"36"`
	ObjectKind string `query:"objectKind" maxLength:"40"`
	ObjectID   string `query:"objectId" maxLength:"36"`
	Kind       string `query:"kind" maxLength:"40"`
}

type journalListOut struct {
	Body struct {
		Account    *accountView  `json:"account,omitempty" doc:"The account that was asked for."`
		Items      []journalView `json:"items"`
		NextCursor string        `json:"nextCursor,omitempty"`
	}
}

type journalOut struct{ Body journalView }

type executionIn struct {
	Year int `query:"year" minimum:"0" maximum:"2100" doc:"Fiscal year; 0: this year by the business clock."`
}

type executionView struct {
	LineID       string `json:"lineId"`
	Title        string `json:"title"`
	PartyName    string `json:"partyName" doc:"Whose budget it is."`
	Source       string `json:"source"`
	FunctionCode string `json:"functionCode"`
	EconomyCode  string `json:"economyCode"`
	AccountID    string `json:"accountId,omitempty" doc:"Of the ledger; empty while nothing was booked."`
	ApprovedFen  int64  `json:"approvedFen"`
	CommittedFen int64  `json:"committedFen" doc:"Held by contracts."`
	AcceptedFen  int64  `json:"acceptedFen"`
	PaidFen      int64  `json:"paidFen"`
	FreeFen      int64  `json:"freeFen"`
}

type executionOut struct {
	Body struct {
		Year  int             `json:"year"`
		Items []executionView `json:"items"`
	}
}

type flowOut struct {
	Body struct {
		BudgetFen     int64  `json:"budgetFen"`
		AwardedFen    int64  `json:"awardedFen" doc:"Contracts with their supplements."`
		AcceptedFen   int64  `json:"acceptedFen"`
		RequestedFen  int64  `json:"requestedFen"`
		PaidFen       int64  `json:"paidFen"`
		ReconciledFen int64  `json:"reconciledFen"`
		ReleasedFen   int64  `json:"releasedFen" doc:"Went back to the budget."`
		ReturnedFen   int64  `json:"returnedFen" doc:"Came into community funds because of the project."`
		OverdueFen    int64  `json:"overdueFen"`
		InterestFen   int64  `json:"interestFen"`
		LastPaidOn    string `json:"lastPaidOn,omitempty"`
	}
}

func registerLedger(s *Server, a settlementAPI) {
	register(s, Op{
		Method: http.MethodGet, Path: "/ledger/accounts", ID: "listAccounts", Permission: access.LedgerRead, Tag: ledgerTag,
		Summary: "Accounts of the caller's scope with derived balances",
	}, a.accounts)
	register(s, Op{
		Method: http.MethodGet, Path: "/ledger/journals", ID: "listJournals", Permission: access.LedgerRead, Tag: ledgerTag,
		Summary: "Journals, newest first: the lines that add up to a figure", Faults: []string{"record.not_found"},
	}, a.journals)
	register(s, Op{
		Method: http.MethodGet, Path: "/ledger/journals/{id}", ID: "getJournal", Permission: access.LedgerRead, Tag: ledgerTag,
		Summary: "One journal with its postings and what it means by the accounting rules", Faults: []string{"record.not_found"},
	}, a.journal)
	register(s, Op{
		Method: http.MethodGet, Path: "/ledger/execution", ID: "getBudgetExecution", Permission: access.LedgerRead, Tag: ledgerTag,
		Summary: "Budget execution of a year by line",
	}, a.execution)
	register(s, Op{
		Method: http.MethodGet, Path: "/projects/{id}/money", ID: "getProjectMoney", Permission: access.Public, Tag: ledgerTag,
		Summary: "Where a project's money went: budget, award, accepted, paid, returned", Faults: []string{"record.not_found"},
	}, a.flow)
}

func (a settlementAPI) accounts(ctx context.Context, in *accountListIn) (*accountListOut, error) {
	var kinds []ledger.Kind
	for _, k := range in.Kind {
		kinds = append(kinds, ledger.Kind(k))
	}
	all, err := a.svc.Accounts(ctx, actorOf(ctx), kinds, ident.ProjectID(in.ProjectID))
	if err != nil {
		return nil, err
	}
	out := &accountListOut{}
	out.Body.Items = []accountView{}
	for _, b := range all {
		out.Body.Items = append(out.Body.Items, toAccountView(b))
	}
	return out, nil
}

func (a settlementAPI) journals(ctx context.Context, in *journalListIn) (*journalListOut, error) {
	page, err := a.svc.Journals(ctx, actorOf(ctx), settlement.JournalsInput{
		AccountID: ident.AccountID(in.AccountID), ProjectID: ident.ProjectID(in.ProjectID), ContractID: ident.ContractID(in.ContractID),
		ObjectKind: in.ObjectKind, ObjectID: in.ObjectID, Kind: in.Kind, Cursor: ident.JournalID(in.Cursor), Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &journalListOut{}
	out.Body.Items, out.Body.NextCursor = []journalView{}, string(page.Next)
	if page.Balance != nil {
		v := toAccountView(*page.Balance)
		out.Body.Account = &v
	}
	for _, e := range page.Items {
		out.Body.Items = append(out.Body.Items, toJournalView(e))
	}
	return out, nil
}

func (a settlementAPI) journal(ctx context.Context, in *moneyIDIn) (*journalOut, error) {
	e, err := a.svc.Journal(ctx, actorOf(ctx), ident.JournalID(in.ID))
	if err != nil {
		return nil, err
	}
	return &journalOut{Body: toJournalView(e)}, nil
}

func (a settlementAPI) execution(ctx context.Context, in *executionIn) (*executionOut, error) {
	year := in.Year
	if year == 0 {
		year = calendar.DateOf(receivedAt(ctx)).Year
	}
	all, err := a.svc.Execution(ctx, actorOf(ctx), year)
	if err != nil {
		return nil, err
	}
	out := &executionOut{}
	out.Body.Year, out.Body.Items = year, []executionView{}
	for _, x := range all {
		out.Body.Items = append(out.Body.Items, executionView{
			LineID: string(x.Line.ID), Title: x.Line.Title, PartyName: x.PartyName, Source: string(x.Line.Source), FunctionCode: x.Line.FunctionCode, EconomyCode: x.Line.EconomyCode,
			AccountID: string(x.AccountID), ApprovedFen: int64(x.ApprovedFen), CommittedFen: int64(x.CommittedFen), AcceptedFen: int64(x.AcceptedFen),
			PaidFen: int64(x.PaidFen), FreeFen: int64(x.FreeFen),
		})
	}
	return out, nil
}

func (a settlementAPI) flow(ctx context.Context, in *moneyIDIn) (*flowOut, error) {
	f, err := a.svc.Flow(ctx, actorOf(ctx), ident.ProjectID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &flowOut{}
	b := &out.Body
	b.BudgetFen, b.AwardedFen, b.AcceptedFen, b.RequestedFen = int64(f.BudgetFen), int64(f.AwardedFen), int64(f.AcceptedFen), int64(f.RequestedFen)
	b.PaidFen, b.ReconciledFen, b.ReleasedFen, b.ReturnedFen = int64(f.PaidFen), int64(f.ReconciledFen), int64(f.ReleasedFen), int64(f.ReturnedFen)
	b.OverdueFen, b.InterestFen, b.LastPaidOn = int64(f.OverdueFen), int64(f.InterestFen), f.LastPaidOn.String()
	return out, nil
}
