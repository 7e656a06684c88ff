package funds

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fund"
	"linli/backend/domain/money"
)

// bookEffect enters what an effect changes in the fund and keeps the pledge in step. A
// refund is booked on its own day as a line of its own; the first line stays.
func bookEffect(ctx context.Context, u *app.Unit, f *fund.Fund, d *fund.Donation, e fund.Effect, by money.Fen) error {
	if by == 0 {
		return nil
	}
	kind := d.Kind
	switch e.Kind {
	case fund.EffectPaid, fund.EffectReinstated:
		if e.Kind == fund.EffectReinstated {
			kind = fund.KindReinstated
		}
		if err := receivePart(ctx, u, f, d, by); err != nil {
			return err
		}
	default:
		kind = fund.KindRefund
		if err := returnPledge(ctx, u, f, d, -by); err != nil {
			return err
		}
	}
	return enter(ctx, u, f, line{
		key: "card:" + e.Provider + ":" + e.ObjectID + ":" + e.Kind, kind: kind, restricted: d.Restricted, amount: by,
		on: calendar.DateOf(u.Now), source: "donation", sourceID: string(d.ID), project: d.ProjectID,
		memo: d.Code + " " + e.ObjectID, through: clearing(e.Provider, f),
	})
}

// receivePart is receivePledge for an amount that may be a part of the donation.
func receivePart(ctx context.Context, u *app.Unit, f *fund.Fund, d *fund.Donation, amount money.Fen) error {
	part := d.Clone()
	part.AmountFen = amount
	return receivePledge(ctx, u, f, part)
}
