package httpapi

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"time"

	"linli/backend/app/oversight"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/table"
	"linli/backend/sheet"
)

// AuditQuery is embedded in every search of the record; exported because huma reads only
// exported embedded types.
type AuditQuery struct {
	Kind      string `query:"kind" maxLength:"40"`
	ID        string `query:"id" maxLength:"100" doc:"The object."`
	Code      string `query:"code" maxLength:"40" doc:"Human code of an object; a need's or project's finds all that happened for it." example:"XQ-2026-000001"`
	Action    string `query:"action" maxLength:"60" doc:"Exact, or a prefix that ends with a full stop." example:"bid."`
	ActorID   string `query:"actorId" maxLength:"36"`
	Actor     string `query:"actor" maxLength:"60" doc:"Part of a person's name."`
	PartyID   string `query:"partyId" maxLength:"36"`
	PlacePath string `query:"placePath" maxLength:"400"`
	ProjectID string `query:"projectId" maxLength:"36"`
	NeedID    string `query:"needId" maxLength:"36"`
	From      string `query:"from" maxLength:"10" doc:"First day." example:"2026-03-01"`
	To        string `query:"to" maxLength:"10" doc:"Last day."`
}

func (q AuditQuery) read() (audit.Query, error) {
	out := audit.Query{
		Kind: q.Kind, ID: q.ID, Code: strings.ToUpper(strings.TrimSpace(q.Code)), Action: q.Action, ActorID: ident.PersonID(q.ActorID), Actor: q.Actor, PartyID: ident.PartyID(q.PartyID),
		PlacePath: q.PlacePath, ProjectID: ident.ProjectID(q.ProjectID), NeedID: ident.NeedID(q.NeedID),
	}
	from, err := calendar.ParseDate(q.From)
	if err != nil {
		return out, err
	}
	to, err := calendar.ParseDate(q.To)
	if err != nil {
		return out, err
	}
	if !from.IsZero() {
		at := from.At(0, 0)
		out.From = &at
	}
	if !to.IsZero() {
		at := to.End()
		out.To = &at
	}
	return out, nil
}

type auditSearchIn struct {
	PageQuery
	AuditQuery
}

type auditRecordView struct {
	Seq         int64     `json:"seq"`
	At          time.Time `json:"at"`
	ActorID     string    `json:"actorId"`
	ActorName   string    `json:"actorName"`
	Role        string    `json:"role"`
	PartyID     string    `json:"partyId"`
	PartyName   string    `json:"partyName"`
	OnBehalfOf  string    `json:"onBehalfOf,omitempty"`
	Action      string    `json:"action"`
	Kind        string    `json:"kind"`
	ObjectID    string    `json:"objectId"`
	Code        string    `json:"code,omitempty"`
	Title       string    `json:"title,omitempty"`
	PlaceID     string    `json:"placeId,omitempty"`
	PlaceName   string    `json:"placeName,omitempty"`
	ProjectID   string    `json:"projectId,omitempty"`
	NeedID      string    `json:"needId,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	RuleVersion string    `json:"ruleVersion,omitempty"`
	Hash        string    `json:"hash"`
}

func toAuditView(v oversight.RecordView) auditRecordView {
	r := v.Record
	return auditRecordView{
		Seq: r.Seq, At: r.At, ActorID: string(r.ActorID), ActorName: v.ActorName, Role: r.Role, PartyID: string(r.PartyID), PartyName: v.PartyName,
		OnBehalfOf: v.OnBehalfOf, Action: r.Action, Kind: r.Kind, ObjectID: r.ID, Code: v.Code, Title: v.Title, PlaceID: string(r.PlaceID),
		PlaceName: v.PlaceName, ProjectID: string(r.ProjectID), NeedID: string(r.NeedID), Reason: v.Reason, RuleVersion: v.Rules, Hash: r.Hash,
	}
}

type auditListOut struct {
	Body struct {
		Items      []auditRecordView `json:"items"`
		NextCursor string            `json:"nextCursor,omitempty"`
	}
}

func (a oversightAPI) search(ctx context.Context, in *auditSearchIn) (*auditListOut, error) {
	q, err := in.read()
	if err != nil {
		return nil, err
	}
	if in.Cursor != "" {
		if q.Before, err = strconv.ParseInt(in.Cursor, 10, 64); err != nil {
			return nil, fault.Malformed("request.malformed", "cursor is not ours")
		}
	}
	q.Limit = in.Limit
	all, err := a.svc.Search(ctx, actorOf(ctx), q)
	if err != nil {
		return nil, err
	}
	out := &auditListOut{}
	out.Body.Items = []auditRecordView{}
	for _, v := range all {
		out.Body.Items = append(out.Body.Items, toAuditView(v))
	}
	if len(all) == in.Limit {
		out.Body.NextCursor = strconv.FormatInt(all[len(all)-1].Record.Seq, 10)
	}
	return out, nil
}

type auditSeqIn struct {
	Seq int64 `path:"seq" minimum:"1"`
}

type auditInspectOut struct {
	Body struct {
		Record    auditRecordView `json:"record"`
		Text      string          `json:"text" doc:"The canonical text the hash is taken over."`
		Before    string          `json:"before" doc:"Hash of the state before."`
		After     string          `json:"after"`
		Prev      string          `json:"prev"`
		HashOK    bool            `json:"hashOk"`
		LinkOK    bool            `json:"linkOk" doc:"It follows the record before it."`
		Latest    int64           `json:"latest" doc:"The last record about this object."`
		StateOK   bool            `json:"stateOk" doc:"The object is as its last record left it."`
		StateGone bool            `json:"stateGone"`
	}
}

func (a oversightAPI) inspect(ctx context.Context, in *auditSeqIn) (*auditInspectOut, error) {
	v, err := a.svc.Inspect(ctx, actorOf(ctx), in.Seq)
	if err != nil {
		return nil, err
	}
	out := &auditInspectOut{}
	b := &out.Body
	b.Record, b.Text, b.Before, b.After, b.Prev = toAuditView(v.RecordView), v.Record.Text, v.Leaf.Before, v.Leaf.After, v.Leaf.Prev
	b.HashOK, b.LinkOK, b.Latest, b.StateOK, b.StateGone = v.HashOK, v.LinkOK, v.Latest, v.StateOK, v.StateGone
	return out, nil
}

type auditExportIn struct {
	AuditQuery
	Format string `query:"format" enum:"csv,xlsx" default:"csv"`
}

type auditExportOut struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

var auditColumns = table.Columns[oversight.RecordView]{
	{Key: "seq", ZH: "序号", EN: "Number", Get: func(v *oversight.RecordView) string { return strconv.FormatInt(v.Record.Seq, 10) }},
	{Key: "at", ZH: "时间", EN: "Time", Get: func(v *oversight.RecordView) string {
		return v.Record.At.In(calendar.Loc).Format("2006-01-02 15:04:05")
	}},
	{Key: "actor", ZH: "操作人", EN: "Person", Get: func(v *oversight.RecordView) string { return v.ActorName }},
	{Key: "role", ZH: "角色", EN: "Role", Get: func(v *oversight.RecordView) string { return v.Record.Role }},
	{Key: "party", ZH: "单位", EN: "Body", Get: func(v *oversight.RecordView) string { return v.PartyName }},
	{Key: "action", ZH: "操作", EN: "Action", Get: func(v *oversight.RecordView) string { return v.Record.Action }},
	{Key: "kind", ZH: "对象类型", EN: "Kind", Get: func(v *oversight.RecordView) string { return v.Record.Kind }},
	{Key: "code", ZH: "编号", EN: "Code", Get: func(v *oversight.RecordView) string { return v.Code }},
	{Key: "title", ZH: "名称", EN: "Title", Get: func(v *oversight.RecordView) string { return v.Title }},
	{Key: "place", ZH: "地点", EN: "Place", Get: func(v *oversight.RecordView) string { return v.PlaceName }},
	{Key: "reason", ZH: "理由", EN: "Reason", Get: func(v *oversight.RecordView) string { return v.Reason }},
	{Key: "rules", ZH: "规则版本", EN: "Rules", Get: func(v *oversight.RecordView) string { return v.Rules }},
	{Key: "object", ZH: "对象标识", EN: "Object", Get: func(v *oversight.RecordView) string { return v.Record.ID }},
	{Key: "hash", ZH: "留痕指纹", EN: "Hash", Get: func(v *oversight.RecordView) string { return v.Record.Hash }},
}

func (a oversightAPI) export(ctx context.Context, in *auditExportIn) (*auditExportOut, error) {
	q, err := in.read()
	if err != nil {
		return nil, err
	}
	all, err := a.svc.Export(ctx, actorOf(ctx), q)
	if err != nil {
		return nil, err
	}
	format := sheet.Format(in.Format)
	var b bytes.Buffer
	if err := sheet.Write(&b, format, auditColumns.Encode(all, languageOf(ctx))); err != nil {
		return nil, err
	}
	return &auditExportOut{
		ContentType: format.ContentType(), Disposition: `attachment; filename="linli-audit.` + in.Format + `"`, Body: b.Bytes(),
	}, nil
}

type auditBreakView struct {
	Check  string `json:"check"`
	Seq    int64  `json:"seq"`
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	Detail string `json:"detail"`
}

type auditReportOut struct {
	Body struct {
		Whole      bool             `json:"whole"`
		Records    int64            `json:"records"`
		Head       string           `json:"head"`
		Root       string           `json:"root" doc:"Merkle root over all records (RFC 6962)."`
		Objects    int              `json:"objects" doc:"Objects whose state was compared."`
		Invariants int              `json:"invariants" doc:"Rules between tables that were checked."`
		Breaks     []auditBreakView `json:"breaks"`
		At         time.Time        `json:"at"`
	}
}

func (a oversightAPI) verify(ctx context.Context, _ *struct{}) (*auditReportOut, error) {
	r, at, err := a.svc.Check(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &auditReportOut{}
	b := &out.Body
	b.Whole, b.Records, b.Head, b.Root, b.Invariants, b.At, b.Breaks = r.Whole, r.Records, r.Head, r.Root, r.Invariants, at, []auditBreakView{}
	for _, n := range r.Objects {
		b.Objects += n
	}
	for _, x := range r.Breaks {
		b.Breaks = append(b.Breaks, auditBreakView(x))
	}
	return out, nil
}
