package contracts

import (
	"context"
	"slices"

	"linli/backend/app"
	"linli/backend/app/procurement"
	"linli/backend/app/projects"
	"linli/backend/domain/audit"
	"linli/backend/domain/contract"
	"linli/backend/domain/event"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/tender"
)

// beginLot tells the lot that its contract is being made; a second draft after a rescission finds
// it there already.
func beginLot(ctx context.Context, u *app.Unit, c *contract.Contract) error {
	t, err := u.Tenders.Tender(ctx, c.TenderID)
	if err != nil {
		return err
	}
	if lot := t.Lot(c.LotID); lot == nil || lot.Status != tender.StatusAnnounced {
		return nil
	}
	return procurement.BeginContract(ctx, u, c.AwardID)
}

// advanceProject moves the project when it is in one of the states.
func advanceProject(ctx context.Context, u *app.Unit, id ident.ProjectID, action string, from ...string) error {
	return projects.AdvanceIf(ctx, u, id, action, "", from...)
}

// advanceNeeds moves every need of the project that is in one of the stages.
func advanceNeeds(ctx context.Context, u *app.Unit, id ident.ProjectID, action, reason string, from ...string) error {
	p, err := u.Projects.Project(ctx, id)
	if err != nil {
		return err
	}
	for _, needID := range p.NeedIDs {
		n, err := u.Needs.Need(ctx, needID)
		if err != nil {
			return err
		}
		if !slices.Contains(from, n.Stage) {
			continue
		}
		if err := advanceNeed(ctx, u, n, action, reason); err != nil {
			return err
		}
	}
	return nil
}

func advanceNeed(ctx context.Context, u *app.Unit, n *need.Need, action, reason string) error {
	before := *n
	if _, err := n.Advance(action, reason, u.Now); err != nil {
		return err
	}
	if err := u.Needs.SaveNeed(ctx, n); err != nil {
		return err
	}
	if err := u.Record(ctx, audit.Entry{Action: "need." + action, Kind: "need", ID: string(n.ID), PlaceID: n.PlaceID, NeedID: n.ID, Before: before, After: n, Reason: reason}); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "need." + n.Stage, ObjectKind: "need", ObjectID: string(n.ID), NeedID: n.ID, PlaceID: n.PlaceID, Data: map[string]string{"code": n.Code}})
}
