package httpapi

import (
	"context"
	"net/http"

	"linli/backend/app/settlement"
	"linli/backend/domain/access"
)

const statementTag = "statements"

type statementListIn struct {
	PageQuery
	State string `query:"state" enum:"open,matched,split,ignored," doc:"Empty: all."`
}

type statementListOut struct {
	Body struct {
		Items       []statementLineView `json:"items"`
		NextCursor  string              `json:"nextCursor,omitempty"`
		ClearingFen int64               `json:"clearingFen" doc:"Paid by our word and on no statement yet."`
		Paid        []PaymentRowView    `json:"paid" doc:"The payments that make it up."`
	}
}

type importStatementIn struct {
	WriteHeader
	Body struct {
		Account string `json:"account" minLength:"1" maxLength:"64" doc:"The account of the statement."`
		CSV     string `json:"csv" minLength:"1" maxLength:"900000" doc:"First row: sequence,booked_on,amount_yuan,counterparty,counter_account,remark; money that left is negative."`
	}
}

type importStatementOut struct {
	Body struct {
		Added int `json:"added"`
		Known int `json:"known" doc:"Lines that were on file."`
	}
}

type matchIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Matches []lineMatchBody `json:"matches" minItems:"1" maxItems:"50"`
	}
}

type ignoreIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

type loadYearIn struct {
	WriteHeader
	Body struct {
		YAML string `json:"yaml" minLength:"1" maxLength:"20000" doc:"year, source, off (days or spans 2027-10-01..2027-10-07), working."`
	}
}

type loadYearOut struct {
	Body struct {
		Year int `json:"year"`
	}
}

func registerStatements(s *Server, a settlementAPI) {
	register(s, Op{
		Method: http.MethodGet, Path: "/statement-lines", ID: "listStatementLines", Permission: access.StatementRead, Tag: statementTag,
		Summary: "Bank statement lines with the payments they can only be",
	}, a.lines)
	register(s, Op{
		Method: http.MethodPost, Path: "/statement-lines/import", ID: "importStatement", Permission: access.StatementImport, Tag: statementTag,
		Summary: "Import a bank statement; lines on file are left alone",
		Faults:  []string{"statement.malformed", "statement.too_long", "statement.nothing_new"},
	}, a.importStatement)
	register(s, Op{
		Method: http.MethodPost, Path: "/statement-lines/{id}/match", ID: "matchStatementLine", Permission: access.StatementMatch, Tag: statementTag,
		Summary: "Bind a line to payments, to the fen, and reconcile them",
		Faults: []string{
			"statement.amount_differs", "statement.not_open", "statement.match_invalid", "payment.transition_refused", "duty.incompatible", "record.stale",
		},
	}, a.match)
	register(s, Op{
		Method: http.MethodPost, Path: "/statement-lines/{id}/ignore", ID: "ignoreStatementLine", Permission: access.StatementMatch, Tag: statementTag,
		Summary: "Set a line aside with a reason", Faults: []string{"statement.not_open", "statement.reason_required", "statement.same_person", "record.stale"},
	}, a.ignore)
	register(s, Op{
		Method: http.MethodPost, Path: "/calendar/years", ID: "loadCalendarYear", Permission: access.CalendarLoad, Tag: "platform", Status: http.StatusCreated,
		Summary: "Load the official calendar of a new year",
		Faults:  []string{"calendar.year_invalid", "calendar.year_known", "calendar.date_malformed"},
	}, a.loadYear)
}

func (a settlementAPI) lines(ctx context.Context, in *statementListIn) (*statementListOut, error) {
	page, err := a.svc.Statement(ctx, actorOf(ctx), in.State, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &statementListOut{}
	out.Body.Items, out.Body.Paid, out.Body.NextCursor, out.Body.ClearingFen = []statementLineView{}, []PaymentRowView{}, page.Next, int64(page.ClearingFen)
	for _, x := range page.Items {
		out.Body.Items = append(out.Body.Items, toStatementLineView(x))
	}
	for _, p := range page.Paid {
		out.Body.Paid = append(out.Body.Paid, toPaymentRow(settlement.Listed{Payment: p}))
	}
	return out, nil
}

func (a settlementAPI) importStatement(ctx context.Context, in *importStatementIn) (*importStatementOut, error) {
	got, err := a.svc.Import(ctx, actorOf(ctx), settlement.ImportInput{Account: in.Body.Account, CSV: in.Body.CSV, Key: in.IdempotencyKey})
	if err != nil {
		return nil, err
	}
	out := &importStatementOut{}
	out.Body.Added, out.Body.Known = got.Added, got.Known
	return out, nil
}

func (a settlementAPI) match(ctx context.Context, in *matchIn) (*changedOut, error) {
	change, err := paymentChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	return toActed(a.svc.Match(ctx, actorOf(ctx), settlement.MatchInput{LineID: in.ID, Change: change, Matches: matchesOf(in.Body.Matches)}))
}

func (a settlementAPI) ignore(ctx context.Context, in *ignoreIn) (*changedOut, error) {
	change, err := paymentChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	if err := clean(in.Body.Reason); err != nil {
		return nil, err
	}
	return toActed(a.svc.Ignore(ctx, actorOf(ctx), settlement.IgnoreInput{LineID: in.ID, Change: change, Reason: in.Body.Reason}))
}

func (a settlementAPI) loadYear(ctx context.Context, in *loadYearIn) (*loadYearOut, error) {
	year, err := a.svc.LoadYear(ctx, actorOf(ctx), settlement.YearInput{YAML: in.Body.YAML, Key: in.IdempotencyKey})
	if err != nil {
		return nil, err
	}
	out := &loadYearOut{}
	out.Body.Year = year
	return out, nil
}
