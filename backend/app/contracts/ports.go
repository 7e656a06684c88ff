package contracts

import (
	"context"
	"slices"

	"linli/backend/app"
	"linli/backend/app/projects"
	"linli/backend/domain/audit"
	"linli/backend/domain/contract"
	"linli/backend/domain/event"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/tender"
)

// advanceLot tells the lot that its contract is being made, or is signed.
func advanceLot(ctx context.Context, u *app.Unit, c *contract.Contract, action string) error {
	t, err := u.Tenders.Tender(ctx, c.TenderID)
	if err != nil {
		return err
	}
	lot := t.Lot(c.LotID)
	if lot == nil || (action == tender.ActContract && lot.Status != tender.StatusAnnounced) {
		return nil // a second draft after a rescission: the lot is there already
	}
	before := *t
	before.Lots = append([]tender.Lot(nil), t.Lots...)
	if _, err := t.FireLot(c.LotID, tender.Act{Action: action, By: u.Actor.PersonID, At: u.Now}); err != nil {
		return err
	}
	if err := u.Tenders.SaveTender(ctx, t); err != nil {
		return err
	}
	err = u.Record(ctx, audit.Entry{
		Action: "tender." + action, Kind: "tender", ID: string(t.ID), PlaceID: t.PlaceID, ProjectID: t.ProjectID, Before: before, After: t,
	})
	if err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{
		Kind: "tender." + action, ObjectKind: "tender", ObjectID: string(t.ID), ProjectID: t.ProjectID, PlaceID: t.PlaceID,
		Data: map[string]string{"code": t.Code, "title": t.Title},
	})
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
