package procurement

import (
	"context"
	"encoding/hex"
	"io"
	"slices"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/domain/tender"
)

// maxPool bounds the expert pool that one draw looks at.
const maxPool = 500

// Draw asks for a committee of a size, with or without a representative of the buyer.
type Draw struct {
	Size           int
	Representative ident.PersonID // "" for a committee of experts only
}

// DrawCommittee draws the experts of a closed tender from the pool with a recorded random seed
// (E-01, E-02). People with ties to a bidder are left out without being asked. Faults:
// committee.too_early, committee.composition, committee.representative, record.duplicate,
// committee.pool_exhausted.
func (s *Service) DrawCommittee(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID, in Draw) (*evaluation.Committee, error) {
	seed := make([]byte, 32)
	if _, err := io.ReadFull(s.random, seed); err != nil {
		return nil, fault.Internal("no randomness for the draw", err)
	}
	w := app.Write{Permission: access.TenderCheck, Name: "committee.draw", Key: at.Key, Input: []any{id, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*evaluation.Committee, error) {
		t, err := load(ctx, u, id, access.TenderCheck, at.Seen)
		if err != nil {
			return nil, err
		}
		if t.Status() != tender.StatusClosed {
			return nil, fault.Conflict("committee.too_early", "committees are drawn between closing and opening").With("state", t.Status())
		}
		c := &evaluation.Committee{TenderID: t.ID, Size: in.Size, Seed: hex.EncodeToString(seed), DrawnAt: u.Now, DrawnBy: u.Actor.PersonID}
		experts := in.Size
		if in.Representative != "" {
			m, err := s.representative(ctx, u, t, in.Representative)
			if err != nil {
				return nil, err
			}
			c.Members, experts = append(c.Members, m), in.Size-1
		}
		if err := evaluation.CheckSize(in.Size, experts, t.Procedure.Terms); err != nil {
			return nil, err
		}
		if err := s.fill(ctx, u, t, c); err != nil {
			return nil, err
		}
		if err := u.Evaluations.InsertCommittee(ctx, c); err != nil {
			return nil, err
		}
		return c, s.recordCommittee(ctx, u, t, c, nil, "draw")
	})
}

// RefillCommittee fills the seats that recusals left empty, in the order of the same draw.
// Faults: record.not_found, committee.too_early, committee.full, committee.pool_exhausted.
func (s *Service) RefillCommittee(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID) (*evaluation.Committee, error) {
	w := app.Write{Permission: access.TenderCheck, Name: "committee.refill", Key: at.Key, Input: id}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*evaluation.Committee, error) {
		t, err := load(ctx, u, id, access.TenderCheck, at.Seen)
		if err != nil {
			return nil, err
		}
		c, err := u.Evaluations.Committee(ctx, id)
		if err != nil {
			return nil, err
		}
		if t.Status() != tender.StatusClosed {
			return nil, fault.Conflict("committee.too_early", "committees are drawn between closing and opening").With("state", t.Status())
		}
		if len(c.Active()) == c.Size {
			return nil, fault.Conflict("committee.full", "no seat is empty")
		}
		before := copyCommittee(c)
		if err := s.fill(ctx, u, t, c); err != nil {
			return nil, err
		}
		if err := u.Evaluations.SaveCommittee(ctx, c); err != nil {
			return nil, err
		}
		return c, s.recordCommittee(ctx, u, t, c, before, "refill")
	})
}

func copyCommittee(c *evaluation.Committee) *evaluation.Committee {
	x := *c
	x.Members = append([]evaluation.Member(nil), c.Members...)
	return &x
}

// representative checks the buyer's own member: someone of the buyer who neither drafted the
// documents nor opens the bids, so that no one judges what he prepared.
func (s *Service) representative(ctx context.Context, u *app.Unit, t *tender.Tender, id ident.PersonID) (evaluation.Member, error) {
	refused := func(why string) (evaluation.Member, error) {
		return evaluation.Member{}, fault.Invalid("committee.representative", why).At("representative", "unfit", why)
	}
	person, err := u.People.Person(ctx, id)
	if err != nil {
		return evaluation.Member{}, err
	}
	held, err := u.People.MembershipsOf(ctx, id)
	if err != nil {
		return evaluation.Member{}, err
	}
	scores := slices.ContainsFunc(held, func(m party.Membership) bool {
		return m.PartyID == t.BuyerID && m.Role == access.BuyerMaker && (m.Until == nil || m.Until.After(u.Now))
	})
	if !scores {
		return refused("not a staff member of the buyer")
	}
	if id == t.DraftedBy || t.OfficerOf(id) {
		return refused("drafted the documents or opens the bids")
	}
	return evaluation.Member{PersonID: id, Name: person.Name, Role: evaluation.RoleBuyer, DrawnAt: u.Now}, nil
}

// fill gives the free seats to the drawn order of the pool.
func (s *Service) fill(ctx context.Context, u *app.Unit, t *tender.Tender, c *evaluation.Committee) error {
	people, err := u.People.People(ctx, party.PeopleFilter{Role: access.Expert, Limit: maxPool})
	if err != nil {
		return err
	}
	years, err := s.app.Rules.At(s.app.Settings.Jurisdiction, today(u)).Int("RECUSAL_LOOKBACK_YEARS")
	if err != nil {
		return err
	}
	since := today(u).AddDate(-years, 0, 0)
	var candidates []evaluation.Candidate
	var pool []ident.PersonID
	for _, p := range people {
		x, ok, err := candidate(ctx, u, p, since)
		if err != nil {
			return err
		}
		if ok {
			candidates, pool = append(candidates, x), append(pool, p.ID)
		}
	}
	if c.Pool == nil {
		slices.Sort(pool)
		c.Pool = pool
	}
	bidders, err := bidders(ctx, u, t)
	if err != nil {
		return err
	}
	return c.Fill(candidates, append(bidders, t.BuyerID), u.Now)
}

// candidate reads a pool member's ties; false for someone whose membership of the pool ended.
func candidate(ctx context.Context, u *app.Unit, p party.Person, since calendar.Date) (evaluation.Candidate, bool, error) {
	held, err := u.People.MembershipsOf(ctx, p.ID)
	if err != nil {
		return evaluation.Candidate{}, false, err
	}
	x := evaluation.Candidate{PersonID: p.ID, Name: p.Name}
	live := false
	for _, m := range held {
		if m.Role == access.Expert {
			live = live || m.Until == nil || m.Until.After(u.Now)
			continue
		}
		if m.Until == nil || !calendar.DateOf(*m.Until).Before(since) {
			x.Parties = append(x.Parties, m.PartyID)
		}
	}
	return x, live, nil
}

// bidders lists who has a bid that counts on any lot, without repetition, in the order of ids.
func bidders(ctx context.Context, u *app.Unit, t *tender.Tender) ([]ident.PartyID, error) {
	var out []ident.PartyID
	for _, l := range t.Lots {
		all, err := u.Bids.BidsOfLot(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		for _, b := range all {
			if b.Alive() && !slices.Contains(out, b.SupplierID) {
				out = append(out, b.SupplierID)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

// Declare records the acting member's declaration on every bidder (E-03). Faults:
// committee.not_member, committee.declared, committee.declaration_incomplete,
// committee.too_early once envelopes were opened.
func (s *Service) Declare(ctx context.Context, actor access.Actor, key string, id ident.TenderID, said []evaluation.Declaration) (*evaluation.Committee, error) {
	w := app.Write{Permission: access.BidScore, Name: "committee.declare", Key: key, Input: []any{id, said}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*evaluation.Committee, error) {
		t, c, err := serving(ctx, u, id)
		if err != nil {
			return nil, err
		}
		if t.Status() != tender.StatusClosed {
			return nil, fault.Conflict("committee.too_early", "declarations are made before envelopes are opened").With("state", t.Status())
		}
		names, err := bidders(ctx, u, t)
		if err != nil {
			return nil, err
		}
		before := copyCommittee(c)
		for i := range said {
			said[i].At = u.Now
		}
		if err := c.Declare(u.Actor.PersonID, said, names); err != nil {
			return nil, err
		}
		if err := u.Evaluations.SaveCommittee(ctx, c); err != nil {
			return nil, err
		}
		if err := u.TakeDuty(ctx, t.ProjectID, access.DutyScore); err != nil {
			return nil, err
		}
		return c, s.recordCommittee(ctx, u, t, c, before, "declare")
	})
}

// serving loads a tender for a committee member. For everyone else it does not exist: who serves
// is secret.
func serving(ctx context.Context, u *app.Unit, id ident.TenderID) (*tender.Tender, *evaluation.Committee, error) {
	t, err := u.Tenders.Tender(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	c, err := u.Evaluations.Committee(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if !c.Serves(u.Actor.PersonID) {
		return nil, nil, hidden()
	}
	return t, c, nil
}

// servingLot is serving by a lot.
func servingLot(ctx context.Context, u *app.Unit, id ident.LotID) (*tender.Tender, *tender.Lot, *evaluation.Committee, error) {
	t, err := u.Tenders.TenderOfLot(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	t, c, err := serving(ctx, u, t.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	return t, t.Lot(id), c, nil
}

// recordCommittee writes the leaf. The event names the members to the notices, not to the public.
func (s *Service) recordCommittee(ctx context.Context, u *app.Unit, t *tender.Tender, c, before *evaluation.Committee, action string) error {
	e := audit.Entry{Action: "committee." + action, Kind: "committee", ID: string(c.TenderID), After: c}
	if before != nil {
		e.Before = before
	}
	if err := record(ctx, u, t, e); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "committee.changed", ObjectKind: "tender", ObjectID: string(t.ID), ProjectID: t.ProjectID, PlaceID: t.PlaceID,
		Data: map[string]string{"code": t.Code, "title": t.Title}})
}

// inStatus keeps the bids in one of the given states.
func inStatus(all []*bid.Bid, status ...string) []*bid.Bid {
	var out []*bid.Bid
	for _, b := range all {
		if slices.Contains(status, b.Status) {
			out = append(out, b)
		}
	}
	return out
}
