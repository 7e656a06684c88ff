package httpapi

import (
	"bytes"
	"context"
	"net/http"

	"linli/backend/app/exchange"
	"linli/backend/app/needs"
	"linli/backend/app/projects"
	"linli/backend/app/resources"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/project"
	"linli/backend/domain/table"
	"linli/backend/domain/taxonomy"
	"linli/backend/sheet"
)

type exportIn struct {
	Format   string `query:"format" enum:"csv,xlsx" default:"csv"`
	Headers  string `query:"headers" enum:",key" doc:"key for the stable column names; otherwise they follow Accept-Language."`
	Q        string `query:"q" maxLength:"60" doc:"Needs and projects: words."`
	Category string `query:"category" maxLength:"60" doc:"Needs and projects."`
	Place    string `query:"place" maxLength:"36" doc:"Needs and projects: inside this place."`
}

func (in exportIn) language(ctx context.Context) string {
	if in.Headers == "key" {
		return "key"
	}
	return languageOf(ctx)
}

type listFileOut struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	Body               []byte
}

func asSheet(name, format string, t table.Table) (*listFileOut, error) {
	f := sheet.Format(format)
	var b bytes.Buffer
	if err := sheet.Write(&b, f, t); err != nil {
		return nil, err
	}
	return &listFileOut{f.ContentType(), `attachment; filename="` + name + "." + format + `"`, "no-store", b.Bytes()}, nil
}

type listImportIn struct {
	WriteHeader
	DryRun  bool   `query:"dryRun" doc:"Report what the file would do; change nothing."`
	RawBody []byte `contentType:"application/octet-stream"`
}

type listImportOut struct {
	Body outcomeView
}

type outcomeView struct {
	DryRun    bool        `json:"dryRun"`
	Rows      int         `json:"rows"`
	Created   int         `json:"created"`
	Updated   int         `json:"updated"`
	Unchanged int         `json:"unchanged"`
	Refused   int         `json:"refused" doc:"Rows that were kept out; the others are taken."`
	Issues    []issueView `json:"issues"`
}

// list is one of the three lists, both ways.
type list struct {
	name       string // in paths
	permission access.Permission
	template   func(language string) table.Table
	export     func(ctx context.Context, in exportIn) (table.Table, error)
	take       func(ctx context.Context, key string, in exchange.Importing) (exchange.Outcome, error)
}

var sheetFaults = []string{"sheet.too_large", "sheet.too_many_rows", "sheet.too_many_columns", "sheet.cell_too_long", "sheet.unreadable", "sheet.encoding", "sheet.empty"}

func registerExchange(s *Server, v Services) {
	for _, l := range []list{organizationList(v.Resources), needList(v.Needs), projectList(v.Projects)} {
		register(s, Op{
			Method: http.MethodGet, Path: "/exports/" + l.name, ID: l.name + "Export", Permission: access.Public, Tag: "exchange",
			Summary: "The list as a file, with the columns an import reads", Faults: []string{"taxonomy.unknown", "record.not_found"},
		}, func(ctx context.Context, in *exportIn) (*listFileOut, error) {
			if err := clean(in.Q, in.Category, in.Place); err != nil {
				return nil, err
			}
			if in.Category != "" {
				if err := taxonomy.Check(taxonomy.Code(in.Category)); err != nil {
					return nil, err
				}
			}
			t, err := l.export(ctx, *in)
			if err != nil {
				return nil, err
			}
			return asSheet(l.name, in.Format, t)
		})
		register(s, Op{
			Method: http.MethodGet, Path: "/templates/" + l.name, ID: l.name + "Template", Permission: access.Public, Tag: "exchange",
			Summary: "An empty file to fill in, with one example row",
		}, func(ctx context.Context, in *exportIn) (*listFileOut, error) {
			return asSheet(l.name+"-template", in.Format, l.template(in.language(ctx)))
		})
		register(s, Op{
			Method: http.MethodPost, Path: "/imports/" + l.name, ID: l.name + "Import", Permission: l.permission, Tag: "exchange", MaxBody: maxBody,
			Summary: "Take the list in from a CSV or XLSX file; the body is the file", Faults: sheetFaults,
			Description: "Every row stands for itself: bad ones are named with line, column and reason, the others are taken. A file that is imported again changes nothing.",
		}, func(ctx context.Context, in *listImportIn) (*listImportOut, error) {
			t, sum, err := sheetFrom(in.RawBody)
			if err != nil {
				return nil, err
			}
			o, err := l.take(ctx, in.IdempotencyKey, exchange.Importing{Table: t, SHA256: sum, DryRun: in.DryRun})
			if err != nil {
				return nil, err
			}
			return &listImportOut{outcomeView{o.DryRun, o.Rows, o.Created, o.Updated, o.Unchanged, o.Refused, s.toIssues(ctx, o.Issues)}}, nil
		})
	}
}

func organizationList(svc *resources.Service) list {
	return list{
		name: "organizations", permission: access.ResourceRegister, template: resources.OrganizationTemplate,
		export: func(ctx context.Context, in exportIn) (table.Table, error) {
			return svc.ExportOrganizations(ctx, actorOf(ctx), in.language(ctx))
		},
		take: func(ctx context.Context, key string, in exchange.Importing) (exchange.Outcome, error) {
			return svc.ImportOrganizations(ctx, actorOf(ctx), key, in)
		},
	}
}

func needList(svc *needs.Service) list {
	return list{
		name: "needs", permission: access.ListImport, template: needs.NeedTemplate,
		export: func(ctx context.Context, in exportIn) (table.Table, error) {
			q := need.Query{Words: in.Q, PlaceID: ident.PlaceID(in.Place)}
			if in.Category != "" {
				q.Categories = []string{in.Category}
			}
			return svc.ExportNeeds(ctx, q, in.language(ctx))
		},
		take: func(ctx context.Context, key string, in exchange.Importing) (exchange.Outcome, error) {
			return svc.ImportNeeds(ctx, needs.Write{Actor: actorOf(ctx), Key: key}, in)
		},
	}
}

func projectList(svc *projects.Service) list {
	return list{
		name: "projects", permission: access.ProjectPropose, template: projects.ProjectTemplate,
		export: func(ctx context.Context, in exportIn) (table.Table, error) {
			f := projects.Filter{Query: project.Query{Text: in.Q}, PlaceID: ident.PlaceID(in.Place)}
			if in.Category != "" {
				f.Categories = texts(taxonomy.Expand(taxonomy.Code(in.Category)))
			}
			return svc.ExportProjects(ctx, f, in.language(ctx))
		},
		take: func(ctx context.Context, key string, in exchange.Importing) (exchange.Outcome, error) {
			return svc.ImportProjects(ctx, actorOf(ctx), key, in)
		},
	}
}
