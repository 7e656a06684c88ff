package procurement

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// maxCipher bounds one sealed envelope: the plaintext limit and what age adds.
const maxCipher = procedure.MaxEnvelopeBytes + 4096

// Enveloped is one sealed envelope on its way in. Hash is what the bidder's browser computed.
type Enveloped struct {
	Kind       procedure.EnvelopeKind
	CipherText []byte
	Hash       string
}

// Submission is a set of envelopes and the instant at which the edge had read all of them.
type Submission struct {
	DocVersion int
	Envelopes  []Enveloped
	ReceivedAt time.Time `json:"-"` // not part of the request: a retry is stamped anew
}

// Outcome is the answer to a submission: the bid, or that it came late.
type Outcome struct {
	Bid        *bid.Bid
	Late       bool
	ReceivedAt time.Time
	DeadlineAt time.Time
}

// lateFault is what a supplier reads when the deadline had passed: with the instant of arrival.
func (o Outcome) lateFault() error {
	if !o.Late {
		return nil
	}
	f := fault.Conflict("bid.deadline_passed", "received at "+o.ReceivedAt.Format(time.RFC3339Nano))
	return f.With("receivedAt", clock(o.ReceivedAt)).With("deadlineAt", clock(o.DeadlineAt))
}

func clock(t time.Time) string { return t.In(calendar.Loc).Format("2006-01-02 15:04:05.000") }

// SealBid stores a first response or replaces it. What is on time is decided by the stamp alone;
// a late one is refused, and the refusal is a recorded write. Faults: bid.deadline_passed,
// bid.not_open, bid.party_barred, bid.reserved, bid.own_purchase, bid.envelopes,
// bid.not_sealed, bid.hash_differs, bid.too_large, bid.documents_moved.
func (s *Service) SealBid(ctx context.Context, actor access.Actor, key string, lot ident.LotID, in Submission) (*bid.Bid, error) {
	in.ReceivedAt = in.ReceivedAt.UTC().Truncate(time.Millisecond)
	w := app.Write{Permission: access.BidSubmit, Name: "bid.seal", Key: key, Input: []any{lot, in}}
	out, err := app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Outcome, error) {
		t, l, err := biddable(ctx, u, lot)
		if err != nil {
			return Outcome{}, err
		}
		if late, err := s.late(ctx, u, t, l, arrival{kind: "response", at: in.ReceivedAt, deadline: *t.DeadlineAt, hashes: hashes(in.Envelopes)}); late != nil || err != nil {
			return deref(late), err
		}
		if l.Status != tender.StatusOpen {
			return Outcome{}, fault.Conflict("bid.not_open", "lot takes no responses now").With("state", l.Status)
		}
		supplier, err := s.entitled(ctx, u, t)
		if err != nil {
			return Outcome{}, err
		}
		if in.DocVersion != t.DocVersion {
			return Outcome{}, fault.Conflict("bid.documents_moved", "documents were corrected since they were read")
		}
		if err := s.checkSealed(in.Envelopes, t.Procedure.First); err != nil {
			return Outcome{}, err
		}
		b, err := s.putResponse(ctx, u, t, l, supplier, in)
		return Outcome{Bid: b}, err
	})
	if err != nil {
		return nil, err
	}
	return out.Bid, out.lateFault()
}

func deref(o *Outcome) Outcome {
	if o == nil {
		return Outcome{}
	}
	return *o
}

// biddable loads an issued tender; others do not exist for suppliers.
func biddable(ctx context.Context, u *app.Unit, lot ident.LotID) (*tender.Tender, *tender.Lot, error) {
	t, err := u.Tenders.TenderOfLot(ctx, lot)
	if err != nil {
		return nil, nil, err
	}
	if !t.Public() {
		return nil, nil, hidden()
	}
	return t, t.Lot(lot), nil
}

// arrival is something that came at an instant and had to come by another.
type arrival struct {
	kind     string
	at       time.Time
	deadline time.Time
	hashes   []string
}

// late records a refusal when the arrival came after its deadline; nil when it was in time. A
// supplier without a bid gets one in the state late_refused.
func (s *Service) late(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, a arrival) (*Outcome, error) {
	if tender.OnTime(a.at, a.deadline) {
		return nil, nil
	}
	r := &bid.Refusal{
		ID: u.NewID(), TenderID: t.ID, LotID: l.ID, SupplierID: u.Actor.PartyID, PersonID: u.Actor.PersonID, Kind: a.kind,
		Hashes: a.hashes, ReceivedAt: a.at, DeadlineAt: a.deadline,
	}
	if err := u.Bids.InsertRefusal(ctx, r); err != nil {
		return nil, err
	}
	if err := record(ctx, u, t, audit.Entry{Action: "bid.refuse_late", Kind: "bid_refusal", ID: r.ID, After: r}); err != nil {
		return nil, err
	}
	out := &Outcome{Late: true, ReceivedAt: a.at, DeadlineAt: a.deadline}
	if a.kind != "response" {
		return out, nil
	}
	_, err := u.Bids.BidOf(ctx, l.ID, u.Actor.PartyID)
	if !fault.Is(err, "record.not_found") {
		return out, err
	}
	name, err := nameOf(ctx, u, u.Actor.PartyID)
	if err != nil {
		return nil, err
	}
	b := newBid(u, t, l, name)
	if err := b.Fire(bid.ActRefuseLate, ""); err != nil {
		return nil, err
	}
	if err := u.Bids.InsertBid(ctx, b); err != nil {
		return nil, err
	}
	return out, recordBid(ctx, u, t, b, nil, bid.ActRefuseLate)
}

func newBid(u *app.Unit, t *tender.Tender, l *tender.Lot, name string) *bid.Bid {
	return &bid.Bid{
		ID: ident.BidID(u.NewID()), TenderID: t.ID, LotID: l.ID, SupplierID: u.Actor.PartyID, Supplier: name,
		Status: bid.StatusDraft, DocVersion: t.DocVersion, CreatedAt: u.Now,
	}
}

// entitled tells whether the actor's party may bid here. Faults: bid.party_barred, bid.reserved,
// bid.own_purchase.
func (s *Service) entitled(ctx context.Context, u *app.Unit, t *tender.Tender) (*party.Party, error) {
	p, err := u.People.Party(ctx, u.Actor.PartyID)
	if err != nil {
		return nil, err
	}
	switch {
	case !p.Active || !mayBid(p.Kind):
		return nil, fault.Forbidden("bid.party_barred", string(p.Kind)+" may not bid").With("kind", string(p.Kind))
	case t.Document.Reserved && !enterprise(p.Kind):
		return nil, fault.Forbidden("bid.reserved", "tender is set aside for small enterprises")
	case p.ID == t.BuyerID || p.ID == t.AgencyID:
		return nil, fault.Forbidden("bid.own_purchase", "buyer and agency do not bid")
	}
	return p, nil
}

// checkSealed holds envelopes to the set that the procedure wants, and each to the form of a
// sealed file with the hash that the bidder's browser computed.
func (s *Service) checkSealed(all []Enveloped, want []procedure.EnvelopeKind) error {
	if len(all) != len(want) {
		return fault.Invalid("bid.envelopes", "one envelope of each kind").At("envelopes", "count", "one of each kind")
	}
	for _, kind := range want {
		e := find(all, kind)
		if e == nil {
			return fault.Invalid("bid.envelopes", "no envelope of kind "+string(kind)).At("envelopes", "missing", string(kind))
		}
		if len(e.CipherText) > maxCipher {
			return fault.Invalid("bid.too_large", "envelope is too large").With("kind", string(kind)).At("envelopes", "size", string(kind))
		}
		if err := s.vault.LooksSealed(e.CipherText); err != nil {
			return err
		}
		if sum := sha256.Sum256(e.CipherText); hex.EncodeToString(sum[:]) != e.Hash {
			return fault.Invalid("bid.hash_differs", "what arrived is not what was sealed").With("kind", string(kind)).At("envelopes", "hash", string(kind))
		}
	}
	return nil
}

func find(all []Enveloped, kind procedure.EnvelopeKind) *Enveloped {
	for i := range all {
		if all[i].Kind == kind {
			return &all[i]
		}
	}
	return nil
}

func hashes(all []Enveloped) []string {
	out := make([]string, len(all))
	for i, e := range all {
		out[i] = e.Hash
	}
	return out
}

// putResponse stores the envelopes as a new bid or as the next version of one.
func (s *Service) putResponse(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, supplier *party.Party, in Submission) (*bid.Bid, error) {
	b, err := u.Bids.BidOf(ctx, l.ID, supplier.ID)
	fresh := fault.Is(err, "record.not_found")
	if err != nil && !fresh {
		return nil, err
	}
	action := bid.ActReplace
	if fresh {
		b, action = newBid(u, t, l, supplier.Name), bid.ActSeal
	} else if b.Status == bid.StatusWithdrawn {
		action = bid.ActSeal
	}
	var before *bid.Bid
	if !fresh {
		c := *b
		before = &c
	}
	if err := b.Fire(action, ""); err != nil {
		return nil, err
	}
	received := in.ReceivedAt
	b.ReceivedAt, b.DocVersion = &received, t.DocVersion
	added := addEnvelopes(u, b, in)
	if fresh {
		err = u.Bids.InsertBid(ctx, b)
	} else {
		err = u.Bids.SaveBid(ctx, b)
	}
	if err != nil {
		return nil, err
	}
	if err := putTexts(ctx, u, added); err != nil {
		return nil, err
	}
	return b, recordBid(ctx, u, t, b, before, action)
}

// addEnvelopes lists the new envelopes on the bid after those they replace.
func addEnvelopes(u *app.Unit, b *bid.Bid, in Submission) []bid.Sealed {
	var out []bid.Sealed
	for _, e := range in.Envelopes {
		x := bid.Envelope{
			ID: ident.EnvelopeID(u.NewID()), Kind: e.Kind, Number: b.NextNumber(e.Kind), Hash: e.Hash, Size: len(e.CipherText),
			ReceivedAt: in.ReceivedAt, ReceivedBy: u.Actor.PersonID,
		}
		b.Envelopes = append(b.Envelopes, x)
		out = append(out, bid.Sealed{Envelope: x, CipherText: e.CipherText})
	}
	return out
}

func putTexts(ctx context.Context, u *app.Unit, all []bid.Sealed) error {
	for _, x := range all {
		if err := u.Bids.PutCipherText(ctx, x.ID, x.CipherText); err != nil {
			return err
		}
	}
	return nil
}

// recordBid writes the leaf of a bid. There is no event before the opening: who bids is secret.
func recordBid(ctx context.Context, u *app.Unit, t *tender.Tender, b, before *bid.Bid, action string) error {
	e := audit.Entry{Action: "bid." + action, Kind: "bid", ID: string(b.ID), After: b, Reason: b.Reason}
	if before != nil {
		e.Before = before
	}
	return record(ctx, u, t, e)
}

// Withdraw takes a response back before the deadline; the envelopes stay sealed on file. Faults:
// bid.deadline_passed, bid.transition_refused, record.not_found.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, key string, lot ident.LotID, receivedAt time.Time) (*bid.Bid, error) {
	return s.alter(ctx, actor, key, lot, alteration{name: "bid.withdraw", action: bid.ActWithdraw, late: "withdrawal", receivedAt: receivedAt})
}

// Reconfirm says that the response stands although the documents were corrected. Faults:
// bid.deadline_passed, bid.transition_refused, record.not_found.
func (s *Service) Reconfirm(ctx context.Context, actor access.Actor, key string, lot ident.LotID, receivedAt time.Time) (*bid.Bid, error) {
	return s.alter(ctx, actor, key, lot, alteration{name: "bid.reconfirm", action: bid.ActReconfirm, late: "reconfirmation", receivedAt: receivedAt})
}

// alteration is a change of a bid that brings no envelope.
type alteration struct {
	name, action, late string
	receivedAt         time.Time
}

func (s *Service) alter(ctx context.Context, actor access.Actor, key string, lot ident.LotID, a alteration) (*bid.Bid, error) {
	at := a.receivedAt.UTC().Truncate(time.Millisecond)
	w := app.Write{Permission: access.BidSubmit, Name: a.name, Key: key, Input: lot}
	out, err := app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Outcome, error) {
		t, l, err := biddable(ctx, u, lot)
		if err != nil {
			return Outcome{}, err
		}
		b, err := u.Bids.BidOf(ctx, lot, u.Actor.PartyID)
		if err != nil {
			return Outcome{}, err
		}
		if late, err := s.late(ctx, u, t, l, arrival{kind: a.late, at: at, deadline: *t.DeadlineAt}); late != nil || err != nil {
			return deref(late), err
		}
		if l.Status != tender.StatusOpen && l.Status != tender.StatusSuspended {
			return Outcome{}, fault.Conflict("bid.not_open", "lot takes no responses now").With("state", l.Status)
		}
		before := *b
		if err := b.Fire(a.action, ""); err != nil {
			return Outcome{}, err
		}
		if a.action == bid.ActReconfirm {
			b.DocVersion = t.DocVersion
		}
		if err := u.Bids.SaveBid(ctx, b); err != nil {
			return Outcome{}, err
		}
		return Outcome{Bid: b}, recordBid(ctx, u, t, b, &before, a.action)
	})
	if err != nil {
		return nil, err
	}
	return out.Bid, out.lateFault()
}

// OfferFinal stores a final offer or replaces it until the round ends. Faults:
// bid.final_not_invited, bid.deadline_passed, bid.transition_refused, bid.envelopes,
// bid.not_sealed, bid.hash_differs, bid.too_large.
func (s *Service) OfferFinal(ctx context.Context, actor access.Actor, key string, lot ident.LotID, in Submission) (*bid.Bid, error) {
	in.ReceivedAt = in.ReceivedAt.UTC().Truncate(time.Millisecond)
	w := app.Write{Permission: access.BidSubmit, Name: "bid.offer", Key: key, Input: []any{lot, in}}
	out, err := app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Outcome, error) {
		t, l, err := biddable(ctx, u, lot)
		if err != nil {
			return Outcome{}, err
		}
		b, err := u.Bids.BidOf(ctx, lot, u.Actor.PartyID)
		if err != nil {
			return Outcome{}, err
		}
		if l.FinalDeadlineAt == nil {
			return Outcome{}, fault.Conflict("bid.final_not_invited", "final offers were not invited yet")
		}
		if late, err := s.late(ctx, u, t, l, arrival{kind: "final", at: in.ReceivedAt, deadline: *l.FinalDeadlineAt, hashes: hashes(in.Envelopes)}); late != nil || err != nil {
			return deref(late), err
		}
		if l.Status != tender.StatusEvaluation || l.PriceOpenedAt != nil {
			return Outcome{}, fault.Conflict("bid.not_open", "lot takes no offers now").With("state", l.Status)
		}
		if err := s.checkSealed(in.Envelopes, t.Procedure.Final); err != nil {
			return Outcome{}, err
		}
		before := *b
		if err := b.Fire(bid.ActOffer, ""); err != nil {
			return Outcome{}, err
		}
		received := in.ReceivedAt
		b.FinalAt = &received
		added := addEnvelopes(u, b, in)
		if err := u.Bids.SaveBid(ctx, b); err != nil {
			return Outcome{}, err
		}
		if err := putTexts(ctx, u, added); err != nil {
			return Outcome{}, err
		}
		return Outcome{Bid: b}, recordBid(ctx, u, t, b, &before, bid.ActOffer)
	})
	if err != nil {
		return nil, err
	}
	return out.Bid, out.lateFault()
}
