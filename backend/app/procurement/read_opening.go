package procurement

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/challenge"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// Hall is the page of one ceremony: who must come, who has reported, and for those the wrapped
// keys and encrypted shares that the page unlocks.
type Hall struct {
	Tender    *tender.Tender
	Lot       *tender.Lot
	Ceremony  procedure.Ceremony
	Threshold int
	Officers  []HallOfficer
	Opening   *tender.Opening // nil before anyone reported
	Due       bool
	Code      string            // why it is not due
	Params    map[string]string // of that sentence
	Officer   bool              // the reader is one of the officers
}

// HallOfficer is a named officer. Wrapped and Shares are set once he reported and as long as the
// ceremony is not held, and only for other officers of the same ceremony to see.
type HallOfficer struct {
	PersonID ident.PersonID
	Name     string
	Present  bool
	Wrapped  string
	Shares   []HallShare
}

// HallShare is an officer's encrypted share of one key.
type HallShare struct {
	Kind   procedure.EnvelopeKind
	Index  int
	Sealed string
}

// Hall reads the page of a ceremony. The buyer's people and auditors see who reported and the
// minutes; keys and shares only named officers. Faults: record.not_found,
// tender.ceremony_unknown, access.forbidden.
func (s *Service) Hall(ctx context.Context, actor access.Actor, lot ident.LotID, ceremony string) (*Hall, error) {
	return app.Look(ctx, s.app, actor, access.TenderRead, func(ctx context.Context, u *app.Unit) (*Hall, error) {
		t, l, err := loadLot(ctx, u, lot, access.TenderRead, 0)
		if err != nil {
			return nil, err
		}
		c, err := t.Procedure.Ceremony(ceremony)
		if err != nil {
			return nil, err
		}
		h := &Hall{Tender: t, Lot: l, Ceremony: c, Threshold: t.Threshold, Officer: t.OfficerOf(u.Actor.PersonID)}
		if h.Opening, err = u.Tenders.Opening(ctx, lot, ceremony); err != nil && !fault.Is(err, "record.not_found") {
			return nil, err
		}
		held := h.Opening != nil && h.Opening.OpenedAt != nil
		if !held {
			h.judge(s.hallDue(ctx, u, t, l, ceremony))
		}
		return h, h.seat(ctx, u, !held)
	})
}

func (h *Hall) judge(err error) {
	h.Due = err == nil
	if err != nil {
		h.Code = fault.CodeOf(err)
		if f, ok := fault.As(err); ok {
			h.Params = f.Params
		}
	}
}

// hallDue runs every guard of the ceremony.
func (s *Service) hallDue(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, ceremony string) error {
	if err := s.due(u, t, l, ceremony); err != nil {
		return err
	}
	return s.ready(ctx, u, t)
}

// seat lists the officers.
func (h *Hall) seat(ctx context.Context, u *app.Unit, open bool) error {
	keys, err := u.Tenders.LotKeys(ctx, h.Lot.ID)
	if err != nil {
		return err
	}
	for _, o := range h.Tender.Officers {
		x := HallOfficer{PersonID: o.PersonID, Name: o.Name, Present: h.Opening != nil && h.Opening.IsPresent(o.PersonID)}
		if open && h.Officer && x.Present {
			k, err := u.Tenders.OfficerKey(ctx, o.PersonID)
			if err != nil {
				return err
			}
			x.Wrapped = k.Wrapped
			x.Shares = sharesOf(keys, h.Ceremony, o.PersonID)
		}
		h.Officers = append(h.Officers, x)
	}
	return nil
}

func sharesOf(keys []tender.LotKey, c procedure.Ceremony, officer ident.PersonID) []HallShare {
	var out []HallShare
	for _, k := range keys {
		for _, kind := range c.Kinds {
			if i := k.IndexOf(officer); k.Kind == kind && i > 0 {
				out = append(out, HallShare{Kind: kind, Index: i, Sealed: k.Shares[i-1].Sealed})
			}
		}
	}
	return out
}

// Remedies lists the remedies about a tender that the actor may see: the buyer's people, finance
// and auditors all, a supplier its own and the answered inquiries of others without their names,
// the public the answered inquiries.
func (s *Service) Remedies(ctx context.Context, actor access.Actor, id ident.TenderID) ([]*challenge.Challenge, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) ([]*challenge.Challenge, error) {
		t, err := u.Tenders.Tender(ctx, id)
		if err != nil {
			return nil, err
		}
		o, err := objectOf(ctx, u, t)
		if err != nil {
			return nil, err
		}
		inside := access.Allow(u.Actor, access.TenderRead, o) == nil
		if !t.Public() && !inside {
			return nil, hidden()
		}
		all, err := u.Challenges.ChallengesOf(ctx, id)
		if err != nil {
			return nil, err
		}
		var out []*challenge.Challenge
		for _, c := range all {
			own := u.Actor.PartyID != "" && c.SupplierID == u.Actor.PartyID
			answered := c.Kind == challenge.KindInquiry && c.AnsweredAt != nil
			if inside || own {
				out = append(out, c)
			} else if answered {
				x := *c
				x.SupplierID, x.PersonID = "", ""
				out = append(out, &x)
			}
		}
		return out, nil
	})
}
