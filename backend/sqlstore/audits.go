package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/audit"
	"linli/backend/domain/ident"
)

// auditBatch is how many records a walk holds in memory.
const auditBatch = 1000

type auditRow struct {
	bun.BaseModel `bun:"table:audit_record"`
	Seq           int64 `bun:",pk"`
	At            time.Time
	ActorID       string
	PartyID       string
	Role          string
	Action        string
	Kind          string
	ObjectID      string
	PlaceID       string
	ProjectID     string
	NeedID        string
	AfterHash     string
	Text          string
	Hash          string
}

type audits struct {
	tx bun.Tx
	d  dialect
}

func newAudits(tx bun.Tx, d dialect) audit.Repository { return audits{tx: tx, d: d} }

func (a audits) Append(ctx context.Context, drafts []audit.Draft) error {
	var head struct {
		Seq  int64
		Hash string
	}
	if err := a.tx.NewRaw("SELECT seq, hash FROM audit_head WHERE id = 1"+a.d.forUpdate).Scan(ctx, &head); err != nil {
		return fail(err)
	}
	rows := make([]auditRow, 0, len(drafts))
	for _, draft := range drafts {
		r, err := draft.Follow(head.Seq, head.Hash)
		if err != nil {
			return err
		}
		head.Seq, head.Hash = r.Seq, r.Hash
		rows = append(rows, auditRow{
			Seq: r.Seq, At: r.At, ActorID: string(r.ActorID), PartyID: string(r.PartyID), Role: r.Role, Action: r.Action,
			Kind: r.Kind, ObjectID: r.ID, PlaceID: string(r.PlaceID), ProjectID: string(r.ProjectID),
			NeedID: string(r.NeedID), AfterHash: r.AfterHash, Text: r.Text, Hash: r.Hash,
		})
	}
	if err := insert(ctx, a.tx, &rows); err != nil {
		return err
	}
	_, err := a.tx.NewRaw("UPDATE audit_head SET seq = ?, hash = ? WHERE id = 1", head.Seq, head.Hash).Exec(ctx)
	return fail(err)
}

func (a audits) Head(ctx context.Context) (int64, string, error) {
	var head struct {
		Seq  int64
		Hash string
	}
	err := a.tx.NewRaw("SELECT seq, hash FROM audit_head WHERE id = 1").Scan(ctx, &head)
	return head.Seq, head.Hash, fail(err)
}

func (a audits) Walk(ctx context.Context, from int64, visit func(audit.Record) error) error {
	for {
		rows, err := list[auditRow](ctx, a.tx, auditBatch, "seq", "seq >= ?", from)
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
		from = rows[len(rows)-1].Seq + 1
	}
}

func (a audits) Of(ctx context.Context, kind, id string, limit int) ([]audit.Record, error) {
	rows, err := list[auditRow](ctx, a.tx, limit, "seq", "kind = ? AND object_id = ?", kind, id)
	if err != nil {
		return nil, err
	}
	out := make([]audit.Record, len(rows))
	for i, r := range rows {
		out[i] = fromAuditRow(r)
	}
	return out, nil
}

func (a audits) By(ctx context.Context, person ident.PersonID, role string, limit int) ([]audit.Record, error) {
	rows, err := list[auditRow](ctx, a.tx, limit, "seq DESC", "actor_id = ? AND role = ?", string(person), role)
	if err != nil {
		return nil, err
	}
	out := make([]audit.Record, len(rows))
	for i, r := range rows {
		out[i] = fromAuditRow(r)
	}
	return out, nil
}

func fromAuditRow(r auditRow) audit.Record {
	return audit.Record{
		Seq: r.Seq, At: utc(r.At), ActorID: ident.PersonID(r.ActorID), PartyID: ident.PartyID(r.PartyID), Role: r.Role,
		Action: r.Action, Kind: r.Kind, ID: r.ObjectID, PlaceID: ident.PlaceID(r.PlaceID),
		ProjectID: ident.ProjectID(r.ProjectID), NeedID: ident.NeedID(r.NeedID), AfterHash: r.AfterHash, Text: r.Text, Hash: r.Hash,
	}
}
