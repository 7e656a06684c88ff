package projects

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/project"
)

// Proposed is what a proposal answers with; the page loads the rest.
type Proposed struct {
	ID      ident.ProjectID
	Code    string
	Version int64
}

// ProposeInput is a buyer's proposal. The identities of lots are given here, not by callers.
type ProposeInput struct {
	project.Proposal
	Key string `json:"-"`
}

// Propose bundles adopted needs into an intention that waits for its budget. Faults:
// access.forbidden, project.invalid, project.place_outside, project.need_elsewhere,
// project.need_not_adopted, project.need_taken, record.not_found, duty.incompatible.
func (s *Service) Propose(ctx context.Context, actor access.Actor, in ProposeInput) (Proposed, error) {
	w := app.Write{Permission: access.ProjectPropose, Name: "project.propose", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Proposed, error) {
		if err := access.Allow(u.Actor, access.ProjectPropose, access.Object{PartyID: u.Actor.PartyID}); err != nil {
			return Proposed{}, err
		}
		id := project.Identity{ID: ident.ProjectID(u.NewID()), PartyID: u.Actor.PartyID, By: u.Actor.PersonID, At: u.Now}
		p, err := project.New(id, withLots(u, in.Proposal))
		if err != nil {
			return Proposed{}, err
		}
		place, err := bundle(ctx, u, p)
		if err != nil {
			return Proposed{}, err
		}
		if p.Code, err = u.NextCode(ctx, "XM"); err != nil {
			return Proposed{}, err
		}
		if err := u.TakeDuty(ctx, p.ID, access.DutyNeedWrite); err != nil {
			return Proposed{}, err
		}
		if err := u.Projects.InsertProject(ctx, p); err != nil {
			return Proposed{}, err
		}
		l := loaded{Project: p, place: place}
		return Proposed{p.ID, p.Code, p.Version}, l.tell(ctx, u, step{action: "propose", past: "proposed"}, nil)
	})
}

// RewriteInput replaces a proposal.
type RewriteInput struct {
	Change
	project.Proposal
}

// Rewrite replaces a proposal while it is one. Faults as Propose, and project.not_proposed,
// record.stale.
func (s *Service) Rewrite(ctx context.Context, actor access.Actor, in RewriteInput) (Proposed, error) {
	w := app.Write{Permission: access.ProjectPropose, Name: "project.rewrite", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Proposed, error) {
		l, err := open(ctx, u, in.Change)
		if err != nil {
			return Proposed{}, err
		}
		if err := access.Allow(u.Actor, access.ProjectPropose, l.object()); err != nil {
			return Proposed{}, err
		}
		if err := l.Rewrite(withLots(u, in.Proposal)); err != nil {
			return Proposed{}, err
		}
		if l.place, err = bundle(ctx, u, l.Project); err != nil {
			return Proposed{}, err
		}
		if err := u.TakeDuty(ctx, l.ID, access.DutyNeedWrite); err != nil {
			return Proposed{}, err
		}
		err = l.keep(ctx, u, step{action: "rewrite", past: "rewritten"})
		return Proposed{l.ID, l.Code, l.Version}, err
	})
}

func withLots(u *app.Unit, in project.Proposal) project.Proposal {
	lots := append([]project.Lot(nil), in.Lots...)
	for i := range lots {
		lots[i].ID = ident.LotID(u.NewID())
	}
	in.Lots = lots
	return in
}

// bundle checks that the project's place lies in the buyer's and that its needs are adopted,
// lie in the project's place and are in no other live project.
func bundle(ctx context.Context, u *app.Unit, p *project.Project) (*community.Place, error) {
	place, err := u.Places.Place(ctx, p.PlaceID)
	if err != nil {
		return nil, err
	}
	if u.Actor.PlacePath != "" && !strings.HasPrefix(place.Path, u.Actor.PlacePath) {
		return nil, fault.Invalid("project.place_outside", place.Name+" lies outside the buyer's area").
			At("placeId", "outside", "a place within your area").With("place", place.Name)
	}
	for _, id := range p.NeedIDs {
		if err := mayBundle(ctx, u, p, place, id); err != nil {
			return nil, err
		}
	}
	return place, nil
}

func mayBundle(ctx context.Context, u *app.Unit, p *project.Project, place *community.Place, id ident.NeedID) error {
	n, err := u.Needs.Need(ctx, id)
	if err != nil {
		return err
	}
	if n.Stage != need.StageAdopted {
		return fault.Conflict("project.need_not_adopted", "need "+n.Code+" is "+n.Stage).With("need", n.Code).With("stage", n.Stage)
	}
	at, err := u.Places.Place(ctx, n.PlaceID)
	if err != nil {
		return err
	}
	if !inside(at, place) {
		return fault.Invalid("project.need_elsewhere", "need "+n.Code+" lies outside the project's place").
			At("needIds", "elsewhere", n.Code).With("need", n.Code)
	}
	others, err := u.Projects.ProjectsOfNeed(ctx, id)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID != p.ID {
			return fault.Conflict("project.need_taken", "need "+n.Code+" is in project "+o.Code).With("need", n.Code).With("project", o.Code)
		}
	}
	return nil
}
