package funds

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// Establish makes the named fund of a community, kept by the actor's foundation. Faults:
// fund.incomplete, fund.keeper_not_foundation, fund.place_not_community, fund.exists.
func (s *Service) Establish(ctx context.Context, w Write, d fund.Draft) (*fund.Fund, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(access.FundManage, "establishFund", d), func(ctx context.Context, u *app.Unit) (*fund.Fund, error) {
		d.PartyID = u.Actor.PartyID
		code, err := u.NextCode(ctx, "JJ")
		if err != nil {
			return nil, err
		}
		f, err := fund.Establish(ident.FundID(u.NewID()), code, d, u.Actor.PersonID, u.Now)
		if err != nil {
			return nil, err
		}
		if err := checkKeeper(ctx, u, f); err != nil {
			return nil, err
		}
		if err := u.Funds.InsertFund(ctx, f); err != nil {
			return nil, err
		}
		return f, note{kind: "fund", id: string(f.ID), action: "establish", event: "established", fund: f, after: f}.write(ctx, u)
	})
}

func checkKeeper(ctx context.Context, u *app.Unit, f *fund.Fund) error {
	keeper, err := u.People.Party(ctx, f.PartyID)
	if err != nil {
		return err
	}
	if keeper.Kind != party.KindFDN {
		return fault.Conflict("fund.keeper_not_foundation", "keeper is "+string(keeper.Kind))
	}
	place, err := u.Places.Place(ctx, f.PlaceID)
	if fault.KindOf(err) == fault.KindNotFound || (err == nil && place.Level != community.LevelCommunity) {
		return fault.Invalid("fund.place_not_community", "a fund belongs to a community").At("placeId", "unknown", "choose a community")
	}
	if err != nil {
		return err
	}
	_, err = u.Funds.FundOfPlace(ctx, f.PlaceID)
	if err == nil {
		return fault.Conflict("fund.exists", "the community has a fund")
	}
	if fault.KindOf(err) != fault.KindNotFound {
		return err
	}
	return nil
}

// Change is an action on something with a reason where the lifecycle wants one.
type Change struct {
	ID     string
	Action string
	Reason string
}

// ChangeFund fires activate, freeze, unfreeze or dissolve. Faults: the machine's,
// fund.two_persons, fund.not_empty for dissolving while money is left.
func (s *Service) ChangeFund(ctx context.Context, w Write, c Change) (*fund.Fund, error) {
	return app.Do(ctx, s.app, w.Actor, w.to(access.FundApprove, "changeFund", c), func(ctx context.Context, u *app.Unit) (*fund.Fund, error) {
		f, err := fundFor(ctx, u, ident.FundID(c.ID), access.FundApprove)
		if err != nil {
			return nil, err
		}
		if err := stale(w.Version, f.Version); err != nil {
			return nil, err
		}
		before := *f
		if _, err := f.Fire(c.Action, c.Reason, u.Actor.PersonID); err != nil {
			return nil, err
		}
		if err := mayDissolve(ctx, u, f); err != nil {
			return nil, err
		}
		if err := u.Funds.SaveFund(ctx, f); err != nil {
			return nil, err
		}
		return f, note{kind: "fund", id: string(f.ID), action: c.Action, event: past(c.Action), fund: f, before: before, after: f, reason: c.Reason}.write(ctx, u)
	})
}

// mayDissolve: what is left goes to a like purpose first, as a grant that shows in the book.
func mayDissolve(ctx context.Context, u *app.Unit, f *fund.Fund) error {
	if f.Status != fund.Dissolved {
		return nil
	}
	for _, restricted := range []bool{true, false} {
		held, err := u.Funds.Held(ctx, f.ID, restricted)
		if err != nil {
			return err
		}
		if held != 0 {
			return fault.Conflict("fund.not_empty", "the fund holds "+held.String()).With("held", held.String())
		}
	}
	return nil
}

// past gives the event's verb: events tell what has happened.
func past(action string) string {
	switch action {
	case "freeze":
		return "frozen"
	case "unfreeze":
		return "unfrozen"
	case "withdraw":
		return "withdrawn"
	case "fulfil":
		return "fulfilled"
	case "cancel":
		return "cancelled"
	case "pay":
		return "paid"
	case "publicise":
		return "publicised"
	case "decline", "activate", "dissolve", "close", "receive", "declare":
		return action + "d"
	default:
		return action + "ed"
	}
}
