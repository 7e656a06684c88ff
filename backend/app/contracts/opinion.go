package contracts

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/community"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// OpinionInput is what one person served says of a milestone.
type OpinionInput struct {
	MilestoneID ident.MilestoneID
	Rating      int
	Text        string
	For         ident.PersonID // assisted: the resident for whom a community worker writes
	Key         string         `json:"-"`
}

// GiveOpinion keeps a person's opinion on a delivery that is being inspected or was just
// delivered; giving it again replaces it. Only who lives where the project serves has a say.
// Faults: opinion.invalid, opinion.not_served, opinion.closed, record.not_found.
func (s *Service) GiveOpinion(ctx context.Context, actor access.Actor, in OpinionInput) (Done, error) {
	w := app.Write{Permission: access.OpinionGive, Name: "opinion.give", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		m, c, err := s.rateable(ctx, u, in.MilestoneID)
		if err != nil {
			return Done{}, err
		}
		o, before, err := s.opinionOf(ctx, u, m, in)
		if err != nil {
			return Done{}, err
		}
		o.Rating, o.Text, o.At = in.Rating, trimmed(in.Text), u.Now
		if err := o.Check(); err != nil {
			return Done{}, err
		}
		if err := u.Contracts.SaveOpinion(ctx, o); err != nil {
			return Done{}, err
		}
		err = u.Record(ctx, audit.Entry{Action: "opinion.give", Kind: "opinion", ID: o.ID, PlaceID: c.PlaceID, ProjectID: c.ProjectID, Before: before, After: o})
		return Done{ID: o.ID, Version: o.Version}, err
	})
}

func (s *Service) rateable(ctx context.Context, u *app.Unit, id ident.MilestoneID) (*contract.Milestone, *contract.Contract, error) {
	m, err := u.Contracts.Milestone(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	c, err := s.visible(ctx, u, m.ContractID)
	if err != nil {
		return nil, nil, err
	}
	place, err := u.Places.Place(ctx, c.PlaceID)
	if err != nil {
		return nil, nil, err
	}
	if !served(u.Actor, place) {
		return nil, nil, fault.Forbidden("opinion.not_served", "the project serves another place")
	}
	if m.Status != contract.Submitted && m.Status != contract.Inspecting {
		return nil, nil, fault.Conflict("opinion.closed", "the milestone is "+m.Status).With("state", m.Status)
	}
	return m, c, nil
}

// served tells whether the actor's place lies where the project serves, or holds it.
func served(a access.Actor, at *community.Place) bool {
	return a.PlacePath != "" && (strings.HasPrefix(a.PlacePath, at.Path) || strings.HasPrefix(at.Path, a.PlacePath))
}

// opinionOf finds the person's opinion on the present round or begins one.
func (s *Service) opinionOf(ctx context.Context, u *app.Unit, m *contract.Milestone, in OpinionInput) (*contract.Opinion, any, error) {
	person, helper := u.Actor.PersonID, u.Actor.OnBehalfOf
	if helper != "" {
		person, helper = helper, u.Actor.PersonID
	}
	if in.For != "" {
		if u.Actor.Role != access.CommunityWorker {
			return nil, nil, fault.Forbidden("access.forbidden", "only a community worker writes for others").With("permission", string(access.OpinionGive))
		}
		if _, err := u.People.Person(ctx, in.For); err != nil {
			return nil, nil, err
		}
		person, helper = in.For, u.Actor.PersonID
	}
	round := m.Rework + 1
	o, found, err := u.Contracts.OpinionOf(ctx, m.ID, round, person)
	if err != nil {
		return nil, nil, err
	}
	if found {
		before := *o
		o.HelperID = helper
		return o, before, nil
	}
	return &contract.Opinion{
		ID: u.NewID(), MilestoneID: m.ID, ContractID: m.ContractID, Round: round, PersonID: person, HelperID: helper,
	}, nil, nil
}
