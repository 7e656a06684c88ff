package funds

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Limits of card donations. The provider remembers idempotency keys for a day; an intent that
// is older is not sent again, because it could open a second page for one donation.
const (
	intentLife   = 23 * time.Hour
	messageBatch = 50
	maxAttempts  = 20 // then somebody has to look; it stays in the fund's list
)

// MessageKept is the event that asks for the inbox to be worked off.
const MessageKept = "card_message.kept"

// system acts when the provider's signed message moves a donation: no person does.
var system = access.Actor{Role: "card_provider"}

// CardState says whether donations by card are possible, and if not, why.
type CardState struct {
	On   bool
	Code string // fault code of the reason; "" when on
}

// CardState reads the jurisdiction's rule and whether a provider is connected.
func (s *Service) CardState(ctx context.Context) (CardState, error) {
	var out CardState
	err := s.app.Store.View(ctx, func(_ context.Context, u *app.Unit) error {
		err := s.cardsAllowed(u)
		out = CardState{On: err == nil, Code: fault.CodeOf(err)}
		if fault.KindOf(err) == fault.KindConflict {
			return nil
		}
		return err
	})
	return out, err
}

// cardsAllowed: the rule first, because it holds whatever is configured. Faults:
// card.off_by_rule, card.off.
func (s *Service) cardsAllowed(u *app.Unit) error {
	on, err := s.rules(u).Bool("CARD_DONATION")
	if err != nil {
		return err
	}
	if !on {
		return fault.Conflict("card.off_by_rule", "the rules of "+s.app.Settings.Jurisdiction+" do not allow card donations here")
	}
	if s.cards == nil {
		return fault.Conflict("card.off", "no card provider is connected")
	}
	return nil
}

// Gift is what a donor states to give by card, freely or on an instalment of a pledge.
type Gift struct {
	FundID    ident.FundID
	AmountFen money.Fen
	Anonymous bool
	PledgeID  ident.PledgeID
	DueNumber int
	Language  string
}

// Give stores the intent and opens the provider's payment page. Calling it again with the
// same key opens the same page: an answer that was lost costs nothing. Faults:
// card.off_by_rule, card.off, card.unavailable, card.refused, donation.intent_too_old,
// donation.incomplete, fund.not_active.
func (s *Service) Give(ctx context.Context, w Write, g Gift) (*fund.Donation, error) {
	d, err := app.Do(ctx, s.app, w.Actor, w.to(access.DonationGive, "giveByCard", g), func(ctx context.Context, u *app.Unit) (*fund.Donation, error) {
		if err := s.cardsAllowed(u); err != nil {
			return nil, err
		}
		f, err := u.Funds.Fund(ctx, g.FundID)
		if err != nil {
			return nil, err
		}
		in := fund.Inflow{Kind: fund.KindDonation, AmountFen: g.AmountFen, Anonymous: g.Anonymous, DonorName: u.Actor.Name, DonorPersonID: u.Actor.PersonID}
		if g.PledgeID != "" {
			in.Kind, in.PledgeID, in.DueNumber = fund.KindPledge, g.PledgeID, g.DueNumber
			if _, _, err := pledgeFor(ctx, u, g.PledgeID, access.PledgeOffer); err != nil {
				return nil, err
			}
		}
		return s.addInflow(ctx, u, f, in, fund.Intend)
	})
	if err != nil {
		return nil, err
	}
	return s.openPage(ctx, d.ID, g.Language)
}

// openPage calls the provider outside any transaction and stores what it answered.
func (s *Service) openPage(ctx context.Context, id ident.DonationID, language string) (*fund.Donation, error) {
	d, r, err := s.checkoutRequest(ctx, id, language)
	if err != nil || d.Status != fund.Intended {
		return d, err
	}
	card, err := s.cards.Checkout(ctx, r)
	if err != nil {
		return nil, err
	}
	err = s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		u.Actor = system
		d, err = u.Funds.Donation(ctx, id)
		if err != nil || d.Status != fund.Intended {
			return err
		}
		f, err := u.Funds.Fund(ctx, d.FundID)
		if err != nil {
			return err
		}
		before := d.Clone()
		if err := d.Open(card); err != nil {
			return err
		}
		if err := u.Funds.SaveDonation(ctx, d); err != nil {
			return err
		}
		return note{kind: "donation", id: string(d.ID), action: "open", fund: f, project: d.ProjectID, before: before, after: d}.write(ctx, u)
	})
	return d, err
}

func (s *Service) checkoutRequest(ctx context.Context, id ident.DonationID, language string) (*fund.Donation, CheckoutRequest, error) {
	var d *fund.Donation
	var r CheckoutRequest
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		var err error
		if d, err = u.Funds.Donation(ctx, id); err != nil {
			return err
		}
		if d.Status == fund.Intended && u.Now.Sub(d.RegisteredAt) > intentLife {
			return fault.Conflict("donation.intent_too_old", "the intent is older than the provider remembers")
		}
		f, err := u.Funds.Fund(ctx, d.FundID)
		if err != nil {
			return err
		}
		page := s.app.Settings.PublicURL + "/funds/" + string(f.ID)
		r = CheckoutRequest{
			IdempotencyKey: d.Card.IdempotencyKey, DonationID: d.ID, Code: d.Code, FundName: f.Name, AmountFen: d.AmountFen,
			SuccessURL: page + "?card=done", CancelURL: page + "?card=cancelled", Language: language,
		}
		return nil
	})
	return d, r, err
}

// Receive takes one delivery of the provider: it is verified and kept raw, nothing more; the
// answer is given before any work is done. Repeats are kept once. Faults:
// card.signature_invalid, card.off.
func (s *Service) Receive(ctx context.Context, body []byte, signature string) (string, error) {
	if s.cards == nil {
		return "", fault.NotFound("card.off", "no card provider is connected")
	}
	m, err := s.cards.Read(body, signature)
	if err != nil {
		return "", err
	}
	err = s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		m.ReceivedAt = u.Now
		fresh, err := u.Funds.Keep(ctx, m)
		if err != nil || !fresh {
			return err
		}
		return u.Emit(ctx, event.Event{Kind: MessageKept, ObjectKind: "card_message", ObjectID: m.ID})
	})
	return m.ID, err
}

// WorkOff processes kept messages, oldest first, and tells how many were settled. One that
// fails stays for the next round and does not hold up the others.
func (s *Service) WorkOff(ctx context.Context) (int, error) {
	if s.cards == nil {
		return 0, nil
	}
	var open []fund.Message
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		var err error
		open, err = u.Funds.Unprocessed(ctx, messageBatch)
		return err
	})
	settled := 0
	for _, m := range open {
		if m.Attempts >= maxAttempts {
			continue
		}
		ok, failed := s.work(ctx, m)
		if failed != nil {
			return settled, failed
		}
		if ok {
			settled++
		}
	}
	return settled, err
}

// work fetches the object a message is about and applies what its state demands.
func (s *Service) work(ctx context.Context, m fund.Message) (bool, error) {
	problem := ""
	if m.ObjectID != "" {
		if err := s.sync(ctx, m.ObjectID); err != nil && !fault.Is(err, "card.unknown_object") {
			problem = fault.CodeOf(err)
		}
	}
	err := s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		return u.Funds.Settle(ctx, m.ID, problem, u.Now)
	})
	return problem == "", err
}

// sync brings one donation to the provider's state. It is the same for every message, so
// neither their order nor their number matters.
func (s *Service) sync(ctx context.Context, objectID string) error {
	snap, err := s.cards.Snapshot(ctx, objectID)
	if err != nil {
		return err
	}
	for _, e := range snap.Effects() {
		// One transaction each: a refund the fund cannot pay must not undo the payment.
		err := s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
			u.Actor = system
			d, err := u.Funds.Donation(ctx, snap.DonationID)
			if fault.KindOf(err) == fault.KindNotFound {
				return fault.NotFound("card.unknown_object", "no donation "+string(snap.DonationID))
			}
			if err != nil {
				return err
			}
			if err := d.Matches(snap); err != nil {
				return err
			}
			return applyEffect(ctx, u, d, e, snap)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// applyEffect books one effect if nobody did before. The effect's row is the guard: a second
// process waits for it and then finds it taken.
func applyEffect(ctx context.Context, u *app.Unit, d *fund.Donation, e fund.Effect, snap fund.Snapshot) error {
	if e.Kind == fund.EffectExpired && d.Status != fund.Intended && d.Status != fund.Awaiting {
		return nil
	}
	fresh, err := u.Funds.TakeEffect(ctx, e, d.ID, u.Now)
	if err != nil || !fresh {
		return err
	}
	f, err := u.Funds.Fund(ctx, d.FundID)
	if err != nil {
		return err
	}
	before := d.Clone()
	by, err := d.Apply(e, snap, u.Now)
	if err != nil {
		return err
	}
	if err := u.Funds.SaveDonation(ctx, d); err != nil {
		return err
	}
	if err := bookEffect(ctx, u, f, d, e, by); err != nil {
		return err
	}
	n := note{kind: "donation", id: string(d.ID), action: "card_" + e.Kind, fund: f, project: d.ProjectID, before: before, after: d}
	if e.Kind == fund.EffectPaid {
		n.event, n.data = "received", map[string]string{"code": d.Code, "amount": d.AmountFen.String(), "donorId": string(d.DonorPartyID)}
	}
	return n.write(ctx, u)
}
