package httpapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"

	"linli/backend/app/places"
	"linli/backend/domain/access"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/table"
	"linli/backend/sheet"
)

type placeQuestionView struct {
	ID         string                `json:"id"`
	Kind       string                `json:"kind" enum:"ended,split"`
	Reason     string                `json:"reason" doc:"Why it was not decided by itself."`
	State      string                `json:"state" enum:"open,settled"`
	Since      string                `json:"since"`
	Waiting    int                   `json:"waiting" doc:"Needs and bodies that stand there."`
	Place      placeNameView         `json:"place"`
	Candidates []placeCandidateView  `json:"candidates"`
	Chosen     *placeNameView        `json:"chosen,omitempty"`
	DecidedAt  *time.Time            `json:"decidedAt,omitempty"`
	Attached   []placeAttachmentView `json:"attached"`
	Actions    []placeActionView     `json:"actions"`
	Version    int64                 `json:"version"`
}

type placeCandidateView struct {
	Place placeNameView `json:"place"`
	Why   []string      `json:"why"`
}

type placeAttachmentView struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Code  string `json:"code"`
	Title string `json:"title"`
}

type placeActionView struct {
	Action    string `json:"action"`
	Permitted bool   `json:"permitted"`
	Code      string `json:"code" doc:"Why not, when not permitted."`
}

type placeQueueIn struct {
	State  string `query:"state" enum:"open,settled,all" default:"open"`
	All    bool   `query:"all" doc:"Also places where nothing waits."`
	Cursor string `query:"cursor" maxLength:"10"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

type placeQueueOut struct {
	Body struct {
		Items      []placeQuestionView `json:"items"`
		NextCursor string              `json:"nextCursor"`
	}
}

type placeQuestionOut struct {
	ETag string `header:"ETag"`
	Body placeQuestionView
}

type placeChoiceIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body struct {
		TargetID string   `json:"targetId" minLength:"1" maxLength:"36"`
		IDs      []string `json:"ids,omitempty" maxItems:"1000" doc:"Only these of what waits; empty for all."`
		Reason   string   `json:"reason" maxLength:"500"`
	}
}

func toPlaceQuestion(q places.Question) placeQuestionView {
	r := q.Rehoming
	v := placeQuestionView{
		ID: r.ID, Kind: r.Kind, Reason: r.Reason, State: r.State, Since: shanghaiDay(r.Since), Waiting: r.Attached, Place: toPlaceName(q.Place),
		Candidates: []placeCandidateView{}, DecidedAt: r.DecidedAt, Attached: []placeAttachmentView{}, Actions: []placeActionView{}, Version: r.Version,
	}
	for _, c := range q.Candidates {
		v.Candidates = append(v.Candidates, placeCandidateView{toPlaceName(c.Place), c.Why})
	}
	if q.Chosen.ID != "" {
		chosen := toPlaceName(q.Chosen)
		v.Chosen = &chosen
	}
	for _, a := range q.Attached {
		v.Attached = append(v.Attached, placeAttachmentView{a.Kind, a.ID, a.Code, a.Title})
	}
	for _, a := range q.Actions {
		v.Actions = append(v.Actions, placeActionView(a))
	}
	return v
}

func registerPlaceQueue(s *Server, svc *places.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/place-questions", ID: "listPlaceQuestions", Permission: access.PlaceRehome, Tag: "places",
		Summary: "Ended or split places where somebody has to say where their needs belong",
	}, func(ctx context.Context, in *placeQueueIn) (*placeQueueOut, error) {
		offset, _ := strconv.Atoi(in.Cursor)
		f := places.QueueFilter{State: in.State, Attached: !in.All, Offset: max(offset, 0), Limit: in.Limit + 1}
		if f.State == "all" {
			f.State = ""
		}
		all, err := svc.Queue(ctx, actorOf(ctx), f)
		if err != nil {
			return nil, err
		}
		out := &placeQueueOut{}
		out.Body.Items = []placeQuestionView{}
		for i, q := range all {
			if i == in.Limit {
				out.Body.NextCursor = strconv.Itoa(f.Offset + in.Limit)
				break
			}
			out.Body.Items = append(out.Body.Items, toPlaceQuestion(q))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/place-questions/{id}", ID: "readPlaceQuestion", Permission: access.PlaceRehome, Tag: "places",
		Summary: "One question with everything that waits", Faults: []string{"record.not_found"},
	}, func(ctx context.Context, in *idIn) (*placeQuestionOut, error) {
		q, err := svc.Question(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		return &placeQuestionOut{etag(q.Rehoming.Version), toPlaceQuestion(q)}, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/place-questions/{id}/choose", ID: "choosePlace", Permission: access.PlaceRehome, Tag: "places",
		Summary: "Say where what waits belongs",
		Faults: []string{"record.not_found", "record.stale", "rehoming.transition_refused", "rehoming.reason_required",
			"places.target_ended", "places.target_same", "places.target_level"},
	}, func(ctx context.Context, in *placeChoiceIn) (*placeQuestionOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		if err := clean(append(in.Body.IDs, in.Body.Reason)...); err != nil {
			return nil, err
		}
		c := places.Choice{RehomingID: in.ID, Version: version, TargetID: ident.PlaceID(in.Body.TargetID), IDs: in.Body.IDs, Reason: in.Body.Reason}
		if _, err := svc.Choose(ctx, actorOf(ctx), in.IdempotencyKey, c); err != nil {
			return nil, err
		}
		q, err := svc.Question(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		return &placeQuestionOut{etag(q.Rehoming.Version), toPlaceQuestion(q)}, nil
	})
}

type issueView struct {
	Line    int               `json:"line" doc:"0 for the whole file."`
	Column  string            `json:"column"`
	Code    string            `json:"code"`
	Title   string            `json:"title" doc:"What is wrong, in the caller's language."`
	Value   string            `json:"value"`
	Params  map[string]string `json:"params,omitempty"`
	Warning bool              `json:"warning"`
}

func (s *Server) toIssues(ctx context.Context, all []table.Issue) []issueView {
	out := []issueView{}
	for _, i := range all {
		out = append(out, issueView{i.Line, i.Column, i.Code, s.titles.of(languageOf(ctx), i.Code, i.Params), i.Value, i.Params, i.Warning})
	}
	return out
}

type placeImportIn struct {
	WriteHeader
	DryRun        bool   `query:"dryRun" doc:"Tell what the list would change; change nothing."`
	EffectiveFrom string `query:"effectiveFrom" maxLength:"10" example:"2021-01-01" doc:"Day since when the list holds."`
	SkipBad       bool   `query:"skipBad" doc:"Apply the good rows of a list with bad ones; then nothing ends."`
	Name          string `query:"name" maxLength:"200" doc:"The file's name, for the record."`
	RawBody       []byte `contentType:"application/octet-stream"`
}

type placeChangeView struct {
	Kind   string `json:"kind"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	ToCode string `json:"toCode"`
	ToName string `json:"toName"`
	Reason string `json:"reason"`
}

type placeImportView struct {
	ImportID  string            `json:"importId" doc:"Empty when nothing was changed."`
	Refused   bool              `json:"refused" doc:"The list has bad rows."`
	From      string            `json:"from"`
	Rows      int               `json:"rows"`
	Added     int               `json:"added"`
	Renamed   int               `json:"renamed"`
	Recoded   int               `json:"recoded"`
	Moved     int               `json:"moved"`
	Corrected int               `json:"corrected"`
	Unchanged int               `json:"unchanged"`
	Merged    int               `json:"merged"`
	Waiting   int               `json:"waiting"`
	Splits    int               `json:"splits"`
	Rehomed   int               `json:"rehomed"`
	Attached  int               `json:"attached"`
	Issues    []issueView       `json:"issues"`
	Changes   []placeChangeView `json:"changes"`
}

type placeImportOut struct {
	Body placeImportView
}

type placeImportsOut struct {
	Body struct {
		Items []placeImportLine `json:"items"`
	}
}

type placeImportLine struct {
	ID      string    `json:"id"`
	File    string    `json:"file"`
	From    string    `json:"from"`
	At      time.Time `json:"at"`
	Rows    int       `json:"rows"`
	Added   int       `json:"added"`
	Changed int       `json:"changed"`
	Ended   int       `json:"ended"`
	Moved   int       `json:"moved"`
	Waiting int       `json:"waiting"`
}

// sheetFrom reads an uploaded list.
func sheetFrom(body []byte) (table.Table, string, error) {
	sum := sha256.Sum256(body)
	t, err := sheet.Read(bytes.NewReader(body))
	return t, hex.EncodeToString(sum[:]), err
}

func registerPlaceImports(s *Server, svc *places.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/place-imports", ID: "importDivisions", Permission: access.PlaceImport, Tag: "places", MaxBody: maxBody,
		Summary: "Apply an official list of divisions; the body is the CSV or XLSX file",
		Faults: []string{"places.list_refused", "places.list_empty", "places.list_older", "table.not_a_date", "sheet.too_large", "sheet.too_many_rows",
			"sheet.too_many_columns", "sheet.cell_too_long", "sheet.unreadable", "sheet.encoding", "sheet.empty"},
	}, func(ctx context.Context, in *placeImportIn) (*placeImportOut, error) {
		if err := clean(in.Name, in.EffectiveFrom); err != nil {
			return nil, err
		}
		content, sum, err := sheetFrom(in.RawBody)
		if err != nil {
			return nil, err
		}
		l := places.List{File: in.Name, SHA256: sum, Table: content, From: in.EffectiveFrom, SkipBad: in.SkipBad}
		if !in.DryRun {
			report, err := svc.Import(ctx, actorOf(ctx), in.IdempotencyKey, l)
			if err != nil {
				return nil, withIssues(err, report.Issues)
			}
			return &placeImportOut{s.toPlaceImport(ctx, report, false)}, nil
		}
		report, err := svc.Preview(ctx, actorOf(ctx), l)
		refused := fault.Is(err, "places.list_refused")
		if err != nil && !refused {
			return nil, err
		}
		return &placeImportOut{s.toPlaceImport(ctx, report, refused)}, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/place-imports", ID: "listPlaceImports", Permission: access.PlaceImport, Tag: "places",
		Summary: "The lists that were applied, newest first",
	}, func(ctx context.Context, _ *struct{}) (*placeImportsOut, error) {
		all, err := svc.Imports(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &placeImportsOut{}
		out.Body.Items = []placeImportLine{}
		for _, i := range all {
			out.Body.Items = append(out.Body.Items, toPlaceImportLine(i))
		}
		return out, nil
	})
}

func toPlaceImportLine(i community.Import) placeImportLine {
	return placeImportLine{i.ID, i.File, shanghaiDay(i.From), i.At, i.Rows, i.Added, i.Changed, i.Ended, i.Moved, i.Waiting}
}

// withIssues puts the first rows at fault into the problem.
func withIssues(err error, issues []table.Issue) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	const most = 50
	for _, i := range issues[:min(len(issues), most)] {
		f = f.At("line "+strconv.Itoa(i.Line)+" "+i.Column, i.Code, i.Message)
	}
	return f
}

func (s *Server) toPlaceImport(ctx context.Context, r places.Report, refused bool) placeImportView {
	v := placeImportView{
		ImportID: r.ImportID, Refused: refused, Rows: r.Rows, Added: r.Added, Renamed: r.Renamed, Recoded: r.Recoded, Moved: r.Moved,
		Corrected: r.Corrected, Unchanged: r.Unchanged, Merged: r.Merged, Waiting: r.Waiting, Splits: r.Splits, Rehomed: r.Rehomed,
		Attached: r.Attached, Issues: s.toIssues(ctx, r.Issues), Changes: []placeChangeView{},
	}
	if !refused {
		v.From = shanghaiDay(r.From)
	}
	for _, c := range r.Changes {
		v.Changes = append(v.Changes, placeChangeView(c))
	}
	return v
}
