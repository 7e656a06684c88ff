package contracts

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/tender"
)

// Todos lists what waits for the actor: contracts to fill, sign, publish, file or start, and
// deliveries to make, inspect or publish.
func (s *Service) Todos(ctx context.Context, u *app.Unit, a access.Actor) ([]app.Todo, error) {
	if !access.Holds(a.Role, access.ContractRead) || a.PartyID == "" {
		return nil, nil
	}
	var out []app.Todo
	open := []string{contract.Drafting, contract.Signed, contract.Published, contract.Filed, contract.Active, contract.Completed}
	all, err := u.Contracts.List(ctx, contract.Filter{PartyID: a.PartyID, Statuses: open})
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		more, err := s.contractTodos(ctx, u, c)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	if a.Role == access.BuyerMaker {
		return awardTodos(ctx, u, a, out)
	}
	return out, nil
}

// awardTodos adds the announced awards of the actor's body that have no contract yet.
func awardTodos(ctx context.Context, u *app.Unit, a access.Actor, out []app.Todo) ([]app.Todo, error) {
	tenders, err := u.Tenders.Tenders(ctx, tender.Filter{BuyerID: a.PartyID, Status: []string{tender.StatusAnnounced, tender.StatusContracting}})
	if err != nil {
		return nil, err
	}
	for _, t := range tenders {
		awards, err := u.Tenders.Awards(ctx, t.ID)
		if err != nil {
			return nil, err
		}
		for _, award := range awards {
			if award.Status != tender.AwardAnnounced || award.SignBy == nil {
				continue
			}
			made, err := u.Contracts.List(ctx, contract.Filter{AwardID: award.ID})
			if err != nil {
				return nil, err
			}
			if len(made) == 0 {
				out = append(out, app.Todo{
					Kind: "award", ID: string(award.ID), Code: award.Code, Title: t.Title, Action: "draft", DueAt: endOf(*award.SignBy),
					Link: "/work/contracts/new?award=" + string(award.ID),
				})
			}
		}
	}
	return out, nil
}

// main is the action of each state that is work; the others are choices.
var main = map[string][]string{
	contract.Drafting: {"sign_supplier", "sign", "amend"}, contract.Signed: {"publish"}, contract.Published: {"file"},
	contract.Filed: {"start"}, contract.Completed: {"close"}, contract.Active: {"complete"},
}

var mainSteps = map[string][]string{
	contract.Scheduled: {"start"}, contract.InProgress: {"submit", "attach"}, contract.Submitted: {"inspect", "deem"},
	contract.Inspecting: {"accept", "deem"}, contract.Accepted: {"publish"}, contract.PartiallyAccepted: {"publish"}, contract.Rejected: {"rework"},
}

func (s *Service) contractTodos(ctx context.Context, u *app.Unit, c *contract.Contract) ([]app.Todo, error) {
	var out []app.Todo
	link := "/work/contracts/" + string(c.ID)
	if action := pick(s.contractActions(ctx, u, c), main[c.Status]); action != "" {
		due, err := s.dueOf(u, c)
		if err != nil {
			return nil, err
		}
		out = append(out, app.Todo{Kind: "contract", ID: string(c.ID), Code: c.Code, Title: c.Title, Action: action, DueAt: due, Link: link})
	}
	if c.Status != contract.Active {
		return out, nil
	}
	milestones, err := u.Contracts.Milestones(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range milestones {
		action := pick(s.milestoneActions(ctx, u, c, m), mainSteps[m.Status])
		if action == "" {
			continue
		}
		out = append(out, app.Todo{
			Kind: "milestone", ID: string(m.ID), Code: c.Code, Title: c.Title + " · " + m.Title, Action: action, DueAt: stepDue(m), Link: link,
		})
	}
	return out, nil
}

// pick finds the first permitted action of a preference list.
func pick(actions []Action, wanted []string) string {
	for _, w := range wanted {
		for _, a := range actions {
			if a.Action == w && a.Permitted {
				return w
			}
		}
	}
	return ""
}

func (s *Service) dueOf(u *app.Unit, c *contract.Contract) (*time.Time, error) {
	publish, file, err := s.deadlines(u, c)
	if err != nil {
		return nil, err
	}
	switch c.Status {
	case contract.Drafting:
		return endOf(c.SignBy), nil
	case contract.Signed:
		return endOf(publish), nil
	case contract.Published:
		return endOf(file), nil
	default:
		return nil, nil
	}
}

func stepDue(m *contract.Milestone) *time.Time {
	if m.Status == contract.Submitted || m.Status == contract.Inspecting {
		return endOf(m.InspectBy)
	}
	return endOf(m.DueOn)
}

func endOf(d calendar.Date) *time.Time {
	if d.IsZero() {
		return nil
	}
	end := d.End().Add(-time.Second)
	return &end
}
