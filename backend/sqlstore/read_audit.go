package sqlstore

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"linli/backend/domain/audit"
)

// maxAuditPage bounds one page of the record; exports read page by page.
const maxAuditPage = 1000

func (a audits) Record(ctx context.Context, seq int64) (audit.Record, error) {
	r, err := get[auditRow](ctx, a.tx, "seq = ?", seq)
	if err != nil {
		return audit.Record{}, err
	}
	return fromAuditRow(*r), nil
}

func (a audits) Search(ctx context.Context, q audit.Query) ([]audit.Record, error) {
	limit := q.Limit
	if limit < 1 || limit > maxAuditPage {
		limit = maxAuditPage
	}
	var rows []auditRow
	sel := a.tx.NewSelect().Model(&rows).OrderExpr("seq DESC").Limit(int64(limit))
	for column, value := range map[string]string{
		"kind": q.Kind, "object_id": q.ID, "actor_id": string(q.ActorID), "party_id": string(q.PartyID),
		"project_id": string(q.ProjectID), "need_id": string(q.NeedID),
	} {
		if value != "" {
			sel = sel.Where("? = ?", bun.Ident(column), value)
		}
	}
	if err := narrowAudit(sel, q).Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]audit.Record, len(rows))
	for i, r := range rows {
		out[i] = fromAuditRow(r)
	}
	return out, nil
}

// codedObjects are the tables whose rows carry a human code, and the column of the record that
// names them: a need's and a project's code finds everything that happened for it.
var codedObjects = []struct{ column, table string }{
	{"need_id", "need"}, {"project_id", "project"}, {"object_id", "voice"}, {"object_id", "tender"}, {"object_id", "award"},
	{"object_id", "contract"}, {"object_id", "acceptance"}, {"object_id", "payment"}, {"object_id", "journal"}, {"object_id", "fund"},
	{"object_id", "pledge"}, {"object_id", "donation"}, {"object_id", "fund_grant"}, {"object_id", "challenge"},
}

func narrowAudit(sel *bun.SelectQuery, q audit.Query) *bun.SelectQuery {
	if strings.HasSuffix(q.Action, ".") {
		sel = sel.Where("action LIKE ?", q.Action+"%")
	} else if q.Action != "" {
		sel = sel.Where("action = ?", q.Action)
	}
	if q.Actor != "" {
		sel = sel.Where("actor_id IN (SELECT id FROM person WHERE name LIKE ?)", "%"+q.Actor+"%")
	}
	if q.PlacePath != "" {
		sel = sel.Where("place_id IN (SELECT id FROM place WHERE path LIKE ?)", q.PlacePath+"%")
	}
	if q.Code != "" {
		sel = sel.WhereGroup(" AND ", func(sel *bun.SelectQuery) *bun.SelectQuery {
			for _, x := range codedObjects {
				sel = sel.WhereOr("? IN (SELECT id FROM ? WHERE code = ?)", bun.Ident(x.column), bun.Ident(x.table), q.Code)
			}
			return sel
		})
	}
	if q.From != nil {
		sel = sel.Where("at >= ?", q.From.UTC())
	}
	if q.To != nil {
		sel = sel.Where("at < ?", q.To.UTC())
	}
	if q.Before > 0 {
		sel = sel.Where("seq < ?", q.Before)
	}
	return sel
}

// Latest reads, page by page in the order of the record, the last leaf of every object that
// carries a state.
func (a audits) Latest(ctx context.Context, visit func(audit.Record) error) error {
	from := int64(0)
	for {
		rows, err := list[auditRow](ctx, a.tx, auditBatch, "seq",
			`seq > ? AND after_hash <> '' AND NOT EXISTS (SELECT 1 FROM audit_record AS later
				WHERE later.kind = audit_row.kind AND later.object_id = audit_row.object_id
				AND later.seq > audit_row.seq)`, from)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := visit(fromAuditRow(r)); err != nil {
				return err
			}
		}
		if len(rows) < auditBatch {
			return nil
		}
		from = rows[len(rows)-1].Seq
	}
}
