package contracts

import (
	"context"
	"slices"

	"linli/backend/app"
	"linli/backend/app/needs"
	"linli/backend/app/procurement"
	"linli/backend/app/projects"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
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

// advanceNeeds moves every need of the project that is in one of the stages; about is the code
// that the history names.
func advanceNeeds(ctx context.Context, u *app.Unit, id ident.ProjectID, action, about string, from ...string) error {
	p, err := u.Projects.Project(ctx, id)
	if err != nil {
		return err
	}
	var moving []ident.NeedID
	for _, needID := range p.NeedIDs {
		n, err := u.Needs.Need(ctx, needID)
		if err != nil {
			return err
		}
		if !slices.Contains(from, n.Stage) {
			continue
		}
		moving = append(moving, needID)
	}
	return needs.AdvanceFor(ctx, u, moving, action, "", about)
}
