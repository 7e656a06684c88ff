package procurement

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/bid"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// The ceremonies of the consultation.
const (
	ceremonyOpening = "opening"
	ceremonyPrice   = "price"
)

// Attend reports an opening officer to a ceremony from his own session; only then does the
// ceremony page get his wrapped key and encrypted shares. He takes the duty of opening. Faults:
// opening.not_officer, opening.not_due, opening.held, duty.incompatible.
func (s *Service) Attend(ctx context.Context, actor access.Actor, key string, lot ident.LotID, ceremony string) (*tender.Opening, error) {
	w := app.Write{Permission: access.TenderOpen, Name: "opening.attend", Key: key, Input: []any{lot, ceremony}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Opening, error) {
		t, l, err := s.ceremony(ctx, u, lot, ceremony)
		if err != nil {
			return nil, err
		}
		if err := s.due(u, t, l, ceremony); err != nil {
			return nil, err
		}
		if err := u.TakeDuty(ctx, t.ProjectID, access.DutyOpen); err != nil {
			return nil, err
		}
		o, fresh, err := openingOf(ctx, u, t, l, ceremony)
		if err != nil {
			return nil, err
		}
		var before *tender.Opening
		if !fresh {
			c := *o
			before = &c
		}
		if !o.IsPresent(u.Actor.PersonID) {
			o.Present = append(slices.Clone(o.Present), tender.Presence{PersonID: u.Actor.PersonID, Name: officerName(t, u.Actor.PersonID), At: u.Now})
		}
		if fresh {
			err = u.Tenders.InsertOpening(ctx, o)
		} else {
			err = u.Tenders.SaveOpening(ctx, o)
		}
		if err != nil {
			return nil, err
		}
		return o, recordOpening(ctx, u, t, o, before, "attend")
	})
}

// ceremony loads a lot for one of its named officers. Faults: record.not_found,
// tender.ceremony_unknown, opening.not_officer.
func (s *Service) ceremony(ctx context.Context, u *app.Unit, lot ident.LotID, code string) (*tender.Tender, *tender.Lot, error) {
	t, l, err := loadLot(ctx, u, lot, access.TenderOpen, 0)
	if err != nil {
		return nil, nil, err
	}
	if _, err := t.Procedure.Ceremony(code); err != nil {
		return nil, nil, err
	}
	if !t.OfficerOf(u.Actor.PersonID) {
		return nil, nil, fault.Forbidden("opening.not_officer", "not a named opening officer of this tender")
	}
	return t, l, nil
}

// due tells whether a ceremony may be held now. Faults: opening.not_due, tender.close_too_early.
func (s *Service) due(u *app.Unit, t *tender.Tender, l *tender.Lot, ceremony string) error {
	notYet := fault.Conflict("opening.not_due", "ceremony "+ceremony+" is not due in state "+l.Status).With("state", l.Status)
	if ceremony == ceremonyOpening {
		if l.Status != tender.StatusClosed {
			return notYet
		}
		return nil
	}
	if l.Status != tender.StatusEvaluation || l.FinalDeadlineAt == nil || l.PriceOpenedAt != nil {
		return notYet
	}
	return tender.CheckClose(u.Now, *l.FinalDeadlineAt)
}

func officerName(t *tender.Tender, p ident.PersonID) string {
	for _, o := range t.Officers {
		if o.PersonID == p {
			return o.Name
		}
	}
	return ""
}

// openingOf reads the record of a ceremony or starts one. Fault opening.held when it is over.
func openingOf(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, ceremony string) (*tender.Opening, bool, error) {
	o, err := u.Tenders.Opening(ctx, l.ID, ceremony)
	if fault.Is(err, "record.not_found") {
		return &tender.Opening{LotID: l.ID, TenderID: t.ID, Ceremony: ceremony}, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	if o.OpenedAt != nil {
		return nil, false, fault.Conflict("opening.held", "ceremony was held")
	}
	return o, false, nil
}

func recordOpening(ctx context.Context, u *app.Unit, t *tender.Tender, o, before *tender.Opening, action string) error {
	e := audit.Entry{Action: "opening." + action, Kind: "opening", ID: string(o.LotID) + "/" + o.Ceremony, After: o}
	if before != nil {
		e.Before = before
	}
	return record(ctx, u, t, e)
}

// KeyedShare is an unlocked share of the key of one envelope kind.
type KeyedShare struct {
	Kind procedure.EnvelopeKind
	tender.GivenShare
}

// Unlocked is what the ceremony page brings.
type Unlocked struct {
	Ceremony string
	Shares   []KeyedShare
}

// Unseal holds a ceremony: one request brings the shares that k present officers unlocked in the
// browser; every share is verified against the commitments, the keys are put together in memory,
// the envelopes in force are decrypted, compared with their receipts and read. What does not
// open makes its bid invalid. Neither shares nor keys are stored or logged. Faults:
// opening.not_officer, opening.not_due, opening.held, opening.absent, committee.incomplete,
// tender.too_few_suppliers, seal.share_unknown, seal.share_forged, seal.shares_missing,
// seal.key_mismatch.
func (s *Service) Unseal(ctx context.Context, actor access.Actor, key string, lot ident.LotID, in Unlocked) (*tender.Opening, error) {
	w := app.Write{Permission: access.TenderOpen, Name: "opening.unseal", Key: key, Input: []any{lot, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Opening, error) {
		t, l, err := s.ceremony(ctx, u, lot, in.Ceremony)
		if err != nil {
			return nil, err
		}
		if err := s.due(u, t, l, in.Ceremony); err != nil {
			return nil, err
		}
		o, _, err := openingOf(ctx, u, t, l, in.Ceremony)
		if err != nil {
			return nil, err
		}
		if err := attended(o, u.Actor.PersonID, in.Shares); err != nil {
			return nil, err
		}
		if err := s.ready(ctx, u, t); err != nil {
			return nil, err
		}
		r := &ritual{service: s, t: t, lot: l, opening: o}
		if err := r.unlock(ctx, u, in.Shares); err != nil {
			return nil, err
		}
		if in.Ceremony == ceremonyOpening {
			return o, r.openFirst(ctx, u)
		}
		return o, r.openPrices(ctx, u)
	})
}

// attended wants every officer whose share is brought, and the one who presides, to have
// reported from his own session. Fault opening.absent.
func attended(o *tender.Opening, presiding ident.PersonID, shares []KeyedShare) error {
	if !o.IsPresent(presiding) {
		return fault.Conflict("opening.absent", "presiding officer has not reported")
	}
	for _, x := range shares {
		if !o.IsPresent(x.OfficerID) {
			return fault.Conflict("opening.absent", "an officer has not reported").With("officer", string(x.OfficerID))
		}
	}
	return nil
}

// ready wants a full committee whose members have all declared.
func (s *Service) ready(ctx context.Context, u *app.Unit, t *tender.Tender) error {
	c, err := u.Evaluations.Committee(ctx, t.ID)
	if fault.Is(err, "record.not_found") {
		return fault.Conflict("committee.incomplete", "no committee was drawn")
	}
	if err != nil {
		return err
	}
	return c.Ready(t.Procedure.Terms)
}

// ritual is one ceremony in progress.
type ritual struct {
	service *Service
	t       *tender.Tender
	lot     *tender.Lot
	opening *tender.Opening
	openers map[procedure.EnvelopeKind]func([]byte) ([]byte, error)
}

// unlock puts the keys of the ceremony's envelope kinds together.
func (r *ritual) unlock(ctx context.Context, u *app.Unit, shares []KeyedShare) error {
	c, err := r.t.Procedure.Ceremony(r.opening.Ceremony)
	if err != nil {
		return err
	}
	keys, err := u.Tenders.LotKeys(ctx, r.lot.ID)
	if err != nil {
		return err
	}
	r.openers = map[procedure.EnvelopeKind]func([]byte) ([]byte, error){}
	for _, k := range keys {
		if !slices.Contains(c.Kinds, k.Kind) {
			continue
		}
		var given []tender.GivenShare
		for _, x := range shares {
			if x.Kind == k.Kind {
				given = append(given, x.GivenShare)
			}
		}
		if r.openers[k.Kind], err = r.service.vault.Open(k, given); err != nil {
			return err
		}
	}
	for _, x := range shares {
		if !slices.Contains(r.opening.Unlocked, x.OfficerID) {
			r.opening.Unlocked = append(r.opening.Unlocked, x.OfficerID)
		}
	}
	return nil
}

// open decrypts one envelope, compares it with its receipt, reads and keeps it, and writes the
// line of the minutes. The fault code of what does not open is the line's result, and a fault
// of the store ends the ceremony.
func (r *ritual) open(ctx context.Context, u *app.Unit, b *bid.Bid, kind procedure.EnvelopeKind) (bid.Paper, string, error) {
	e := b.InForce(kind)
	if e == nil {
		return bid.Paper{}, "bid.envelope_missing", nil
	}
	cipherText, err := u.Bids.CipherText(ctx, e.ID)
	if err != nil {
		return bid.Paper{}, "", err
	}
	paper, plain, failed := r.read(b, e, kind, cipherText)
	line := tender.OpenedLine{BidID: b.ID, SupplierID: b.SupplierID, Supplier: b.Supplier, Kind: kind, Hash: e.Hash, ReceivedAt: e.ReceivedAt, Result: "opened"}
	if failed != nil {
		line.Result = fault.CodeOf(failed)
		r.opening.Envelopes = append(r.opening.Envelopes, line)
		return paper, line.Result, nil
	}
	r.opening.Envelopes = append(r.opening.Envelopes, line)
	return paper, "", u.Bids.InsertOpened(ctx, bid.OpenedPaper{EnvelopeID: e.ID, BidID: b.ID, Kind: kind, Plain: string(plain), OpenedAt: u.Now})
}

func (r *ritual) read(b *bid.Bid, e *bid.Envelope, kind procedure.EnvelopeKind, cipherText []byte) (bid.Paper, []byte, error) {
	sum := sha256.Sum256(cipherText)
	if hex.EncodeToString(sum[:]) != e.Hash {
		return bid.Paper{}, nil, fault.Conflict("bid.hash_differs", "stored ciphertext differs from its receipt")
	}
	plain, err := r.openers[kind](cipherText)
	if err != nil {
		return bid.Paper{}, nil, err
	}
	paper, err := bid.Read(plain, b, kind)
	return paper, plain, err
}

// openFirst opens the qualification and technical envelopes of every bid that counts.
func (r *ritual) openFirst(ctx context.Context, u *app.Unit) error {
	all, err := u.Bids.BidsOfLot(ctx, r.lot.ID)
	if err != nil {
		return err
	}
	sealed := inStatus(all, bid.StatusSealed)
	standing := 0
	for _, b := range sealed {
		if !b.NeedsConfirming(r.t.DocVersion) {
			standing++
		}
	}
	if err := evaluation.CheckSuppliers(standing, r.t.Procedure.Terms); err != nil {
		return err
	}
	kinds := []procedure.EnvelopeKind{procedure.EnvelopeQualification, procedure.EnvelopeTechnical}
	for _, b := range sealed {
		if err := r.openBid(ctx, u, b, kinds); err != nil {
			return err
		}
	}
	e := &evaluation.Evaluation{LotID: r.lot.ID, TenderID: r.t.ID, RuleVersion: r.t.Procedure.Terms.RuleVersion}
	if err := u.Evaluations.InsertEvaluation(ctx, e); err != nil {
		return err
	}
	if err := record(ctx, u, r.t, audit.Entry{Action: "evaluation.begin", Kind: "evaluation", ID: string(e.LotID), After: e}); err != nil {
		return err
	}
	return r.finish(ctx, u, tender.ActUnseal)
}

// openBid opens some envelopes of one bid; a bid that was not confirmed again after a
// correction is not opened at all.
func (r *ritual) openBid(ctx context.Context, u *app.Unit, b *bid.Bid, kinds []procedure.EnvelopeKind) error {
	before := *b
	if b.NeedsConfirming(r.t.DocVersion) {
		if err := b.Fire(bid.ActSpoil, "not_reconfirmed"); err != nil {
			return err
		}
		return r.saveBid(ctx, u, b, &before, bid.ActSpoil)
	}
	reason := ""
	for _, kind := range kinds {
		_, failed, err := r.open(ctx, u, b, kind)
		if err != nil {
			return err
		}
		if failed != "" {
			reason = failed
		}
	}
	action := bid.ActDecrypt
	if reason != "" {
		action = bid.ActSpoil
	}
	if err := b.Fire(action, reason); err != nil {
		return err
	}
	return r.saveBid(ctx, u, b, &before, action)
}

func (r *ritual) saveBid(ctx context.Context, u *app.Unit, b, before *bid.Bid, action string) error {
	if err := u.Bids.SaveBid(ctx, b); err != nil {
		return err
	}
	return recordBid(ctx, u, r.t, b, before, action)
}

// finish stores the minutes and, for the first ceremony, moves the lot.
func (r *ritual) finish(ctx context.Context, u *app.Unit, action string) error {
	now := u.Now
	r.opening.OpenedAt, r.opening.OpenedBy = &now, u.Actor.PersonID
	if err := u.Tenders.SaveOpening(ctx, r.opening); err != nil {
		return err
	}
	if err := recordOpening(ctx, u, r.t, r.opening, nil, "unseal"); err != nil {
		return err
	}
	before := copyOf(r.t)
	if action == "" {
		r.lot.PriceOpenedAt = &now
		return saveTender(ctx, u, r.t, change{before: before, action: "open_prices"})
	}
	if err := r.service.fireLot(ctx, u, r.t, r.lot.ID, tender.Act{Action: action}); err != nil {
		return err
	}
	if err := saveTender(ctx, u, r.t, change{before: before, action: action}); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "opening.held", ObjectKind: "tender", ObjectID: string(r.t.ID), ProjectID: r.t.ProjectID, PlaceID: r.t.PlaceID,
		Data: map[string]string{"code": r.t.Code, "title": r.t.Title, "ceremony": r.opening.Ceremony}})
}
