package sqlstore

import (
	"context"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Detail reloads what no repository gives by its own identity, because it is only ever read
// as a part of something: verify asks for it by the identity the record names.
func (a audits) Detail(ctx context.Context, kind, id string) (any, error) {
	switch kind {
	case "opinion":
		return one(ctx, a.tx, fromOpinionRow, "id = ?", id)
	case "invoice":
		return one(ctx, a.tx, fromInvoiceRow, "id = ?", id)
	case "scoresheet":
		r, err := get[scoresheetRow](ctx, a.tx, "id = ?", id)
		if err != nil {
			return nil, err
		}
		return fromScoresheetRow(*r)
	case "approval":
		return a.approval(ctx, id)
	case "bid_refusal":
		return a.refusal(ctx, id)
	default:
		return nil, fault.Internal("no detail of kind "+kind, nil)
	}
}

func (a audits) approval(ctx context.Context, id string) (any, error) {
	r, err := get[approvalRow](ctx, a.tx, "id = ?", id)
	if err != nil {
		return nil, err
	}
	all, err := payments{a.tx}.Approvals(ctx, ident.PaymentID(r.PaymentID))
	if err != nil {
		return nil, err
	}
	for _, x := range all {
		if x.ID == id {
			return x, nil
		}
	}
	return nil, fault.NotFound("record.not_found", "no approval "+id)
}

func (a audits) refusal(ctx context.Context, id string) (any, error) {
	r, err := get[bidRefusalRow](ctx, a.tx, "id = ?", id)
	if err != nil {
		return nil, err
	}
	all, err := bids{a.tx}.Refusals(ctx, ident.LotID(r.LotID))
	if err != nil {
		return nil, err
	}
	for _, x := range all {
		if x.ID == id {
			return x, nil
		}
	}
	return nil, fault.NotFound("record.not_found", "no refusal "+id)
}
