package procurement

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/tender"
)

// maxTodos bounds what one list of duties looks through.
const maxTodos = 50

// Todos lists what waits for the actor in purchasing: the buyer's next steps, an officer's
// ceremonies, a member's sheets, a supplier's open rounds.
func (s *Service) Todos(ctx context.Context, u *app.Unit, actor access.Actor) ([]app.Todo, error) {
	u.Actor = actor
	switch {
	case access.Holds(actor.Role, access.BidSubmit):
		return s.supplierTodos(ctx, u)
	case access.Holds(actor.Role, access.TenderDraft), access.Holds(actor.Role, access.TenderPublish):
		buyer, err := s.buyerTodos(ctx, u)
		if err != nil || !access.Holds(actor.Role, access.BidScore) {
			return buyer, err
		}
		member, err := s.memberTodos(ctx, u)
		return append(buyer, member...), err
	case access.Holds(actor.Role, access.BidScore):
		return s.memberTodos(ctx, u)
	default:
		return nil, nil
	}
}

// running are the states in which a buyer has something to do.
var running = []string{
	tender.StatusIntention, tender.StatusDrafting, tender.StatusReviewed, tender.StatusOpen, tender.StatusClosed, tender.StatusOpened,
	tender.StatusQualification, tender.StatusEvaluation, tender.StatusCandidates, tender.StatusConfirmed,
}

// minor actions are possible most of the time and wait for nobody.
var minor = map[string]bool{
	actSave: true, tender.ActClarify: true, tender.ActRevise: true, tender.ActSuspend: true, actResume: true,
	tender.ActFail: true, tender.ActCancel: true, tender.ActNextCandidate: true,
}

func (s *Service) buyerTodos(ctx context.Context, u *app.Unit) ([]app.Todo, error) {
	all, err := u.Tenders.Tenders(ctx, tender.Filter{BuyerID: u.Actor.PartyID, Status: running, Limit: maxTodos})
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	for _, t := range all {
		actions, err := s.actions(ctx, u, t)
		if err != nil {
			return nil, err
		}
		for _, a := range actions {
			if !a.Permitted || minor[a.Action] {
				continue
			}
			due, err := s.dueOf(t, a)
			if err != nil {
				return nil, err
			}
			out = append(out, app.Todo{Kind: "tender", ID: string(t.ID), Code: t.Code, Title: t.Title, Action: a.Action, DueAt: due, Link: todoLink(t, a)})
		}
	}
	return out, nil
}

// dueOf is when the rules want an action done; nil when they do not say.
func (s *Service) dueOf(t *tender.Tender, a Action) (*time.Time, error) {
	end := func(d calendar.Date, err error) (*time.Time, error) {
		if err != nil {
			return nil, err
		}
		at := d.End().Add(-time.Second) // the last moment of the day, named by that day
		return &at, nil
	}
	l := t.Lot(a.LotID)
	switch a.Action {
	case tender.ActConfirm:
		d, err := s.dueDates(t, l)
		return end(d.ConfirmBy, err)
	case tender.ActAnnounce:
		d, err := s.dueDates(t, l)
		return end(d.AnnounceBy, err)
	case actSubmit, tender.ActPublish, tender.ActReview:
		return nil, nil
	default:
		return nil, nil
	}
}

func todoLink(t *tender.Tender, a Action) string {
	base, lot := "/work/tenders/"+string(t.ID), "lot="+string(a.LotID)
	switch a.Action {
	case tender.ActUnseal:
		return base + "/opening?" + lot + "&ceremony=" + ceremonyOpening
	case actOpenPrices:
		return base + "/opening?" + lot + "&ceremony=" + ceremonyPrice
	case tender.ActCheckQualified, tender.ActNominate, tender.ActConfirm, tender.ActAnnounce, actInvite:
		return base + "/evaluation?" + lot
	default:
		return base
	}
}

func (s *Service) memberTodos(ctx context.Context, u *app.Unit) ([]app.Todo, error) {
	all, err := s.assignments(ctx, u)
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	for _, a := range all {
		switch a.Step {
		case "declare", "check_conformity", "score", "review_price":
			out = append(out, app.Todo{Kind: "tender", ID: string(a.Tender.ID), Code: a.Tender.Code, Title: a.Tender.Title, Action: a.Step, Link: "/work/tenders/" + string(a.Tender.ID) + "/scoring"})
		}
	}
	return out, nil
}

func (s *Service) supplierTodos(ctx context.Context, u *app.Unit) ([]app.Todo, error) {
	all, err := u.Bids.BidsOfSupplier(ctx, u.Actor.PartyID, "", maxTodos)
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	for _, b := range all {
		t, err := u.Tenders.Tender(ctx, b.TenderID)
		if err != nil {
			return nil, err
		}
		l := t.Lot(b.LotID)
		todo := app.Todo{Kind: "bid", ID: string(b.ID), Code: t.Code, Title: t.Title, Link: "/work/bids/" + string(t.ID) + "?lot=" + string(l.ID)}
		switch {
		case b.Status == bid.StatusSealed && l.Status == tender.StatusOpen && b.NeedsConfirming(t.DocVersion):
			todo.Action, todo.DueAt = bid.ActReconfirm, t.DeadlineAt
		case b.Status == bid.StatusResponsive && l.FinalDeadlineAt != nil && l.PriceOpenedAt == nil && b.FinalAt == nil && tender.OnTime(u.Now, *l.FinalDeadlineAt):
			todo.Action, todo.DueAt = bid.ActOffer, l.FinalDeadlineAt
		case b.Status == bid.StatusLowPriceReview:
			e, err := u.Evaluations.Evaluation(ctx, l.ID)
			if err != nil {
				return nil, err
			}
			if r := e.ReviewOf(b.ID); r == nil || r.ProvedAt != nil {
				continue
			}
			by := e.ReviewOf(b.ID).ProofBy
			todo.Action, todo.DueAt = "prove_cost", &by
		default:
			continue
		}
		out = append(out, todo)
	}
	return out, nil
}
