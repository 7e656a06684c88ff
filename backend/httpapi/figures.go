package httpapi

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"linli/backend/app/figures"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/indicator"
	"linli/backend/domain/money"
	"linli/backend/domain/table"
	"linli/backend/sheet"
)

type moneyIn struct {
	PlaceID string `query:"placeId" maxLength:"36" doc:"City, district, street or community; empty: everywhere."`
	Year    int    `query:"year" minimum:"0" maximum:"9999" doc:"0: this year."`
}

// MoneyFigures adds up money in fen; exported because the schema generator passes over
// unexported embedded structs.
type MoneyFigures struct {
	BudgetFen   int64 `json:"budgetFen" doc:"Budget lines of the fiscal year that projects hold."`
	AwardedFen  int64 `json:"awardedFen"`
	AcceptedFen int64 `json:"acceptedFen"`
	PaidFen     int64 `json:"paidFen"`
	ReturnedFen int64 `json:"returnedFen" doc:"Pledge instalments that reached a community fund."`
}

func toMoneyFigures(p indicator.ProjectMoney) MoneyFigures {
	return MoneyFigures{
		BudgetFen: int64(p.BudgetFen), AwardedFen: int64(p.AwardedFen), AcceptedFen: int64(p.AcceptedFen),
		PaidFen: int64(p.PaidFen), ReturnedFen: int64(p.ReturnedFen),
	}
}

type projectMoneyView struct {
	ProjectID string `json:"projectId"`
	Code      string `json:"code"`
	Title     string `json:"title"`
	Status    string `json:"status"`
	MoneyFigures
}

// maxProjectLines is how many projects the answer names; the export has them all.
const maxProjectLines = 100

type moneyOut struct {
	Body struct {
		At           time.Time          `json:"at" doc:"When this was added up, by the business clock; at most a minute ago."`
		Version      string             `json:"version" doc:"Of the formulas."`
		Year         int                `json:"year"`
		From         time.Time          `json:"from"`
		Until        time.Time          `json:"until"`
		PlaceName    string             `json:"placeName" doc:"Empty for everywhere."`
		Total        MoneyFigures       `json:"total" doc:"The sum over all projects."`
		Projects     []projectMoneyView `json:"projects" doc:"The first hundred, what was paid most first."`
		ProjectCount int                `json:"projectCount"`
	}
}

type moneyFile struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

// registerFigures adds the public sums of money and the lines they add up from.
func registerFigures(s *Server, svc *figures.Service) {
	faults := []string{"record.not_found", "figures.year_unknown"}
	register(s, Op{
		Method: http.MethodGet, Path: "/figures/money", ID: "readMoneyFigures", Permission: access.Public, Tag: "figures",
		Summary: "How far the money of a place and a year has come, project by project", Faults: faults,
	}, func(ctx context.Context, in *moneyIn) (*moneyOut, error) {
		m, err := svc.Read(ctx, actorOf(ctx), ident.PlaceID(in.PlaceID), in.Year)
		if err != nil {
			return nil, err
		}
		return toMoneyOut(m), nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/figures/money.csv", ID: "exportMoneyFigures", Permission: access.Public, Tag: "figures",
		Summary: "The projects that the sums add up from, as CSV in yuan", Faults: faults,
	}, func(ctx context.Context, in *moneyIn) (*moneyFile, error) {
		m, err := svc.Read(ctx, actorOf(ctx), ident.PlaceID(in.PlaceID), in.Year)
		if err != nil {
			return nil, err
		}
		return toMoneyFile(m)
	})
}

func toMoneyOut(m figures.Money) *moneyOut {
	out := &moneyOut{}
	b := &out.Body
	b.At, b.Version, b.Year, b.From, b.Until = m.At, indicator.Version, m.Period.Year, m.Period.From, m.Period.Until
	if m.Place != nil {
		b.PlaceName = m.Place.Name
	}
	b.Total, b.ProjectCount, b.Projects = toMoneyFigures(m.Total), len(m.Projects), []projectMoneyView{}
	for _, p := range m.Projects[:min(len(m.Projects), maxProjectLines)] {
		b.Projects = append(b.Projects, projectMoneyView{
			ProjectID: string(p.ProjectID), Code: p.Code, Title: p.Title, Status: p.Status, MoneyFigures: toMoneyFigures(p),
		})
	}
	return out
}

func toMoneyFile(m figures.Money) (*moneyFile, error) {
	t := table.Table{Header: []string{"code", "title", "status", "budget_yuan", "awarded_yuan", "accepted_yuan", "paid_yuan", "returned_yuan"}}
	total := m.Total
	total.Code = "total"
	for _, p := range append(m.Projects[:len(m.Projects):len(m.Projects)], total) {
		cells := []string{p.Code, p.Title, p.Status}
		for _, fen := range []money.Fen{p.BudgetFen, p.AwardedFen, p.AcceptedFen, p.PaidFen, p.ReturnedFen} {
			cells = append(cells, strings.ReplaceAll(fen.String(), ",", ""))
		}
		t.Rows = append(t.Rows, table.Row{Cells: cells})
	}
	var b bytes.Buffer
	if err := sheet.Write(&b, sheet.CSV, t); err != nil {
		return nil, err
	}
	return &moneyFile{
		ContentType:        "text/csv; charset=utf-8",
		ContentDisposition: `attachment; filename="linli-money-` + strconv.Itoa(m.Period.Year) + `.csv"`,
		Body:               b.Bytes(),
	}, nil
}
