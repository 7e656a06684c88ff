package procurement

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/tender"
)

// Enrol is an officer's key as the browser made it.
type Enrol struct {
	Recipient string
	Wrapped   string // base64, at most maxWrapped characters
}

// maxWrapped bounds a wrapped identity: an age file around one line of text.
const maxWrapped = 4096

// EnrolOfficer stores the actor's public key and the private one wrapped by a passphrase that
// the server never sees. Enrolling again replaces the key for later tenders; shares that were
// made for the old key stay with it, so it is refused while one of them is needed. Faults:
// seal.officer_key, officer.wrapped_invalid, officer.key_in_use.
func (s *Service) EnrolOfficer(ctx context.Context, actor access.Actor, key string, in Enrol) (*tender.OfficerKey, error) {
	w := app.Write{Permission: access.OfficerEnrol, Name: "officer.enrol", Key: key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.OfficerKey, error) {
		if err := s.vault.ValidRecipient(in.Recipient); err != nil {
			return nil, err
		}
		if n := len(in.Wrapped); n == 0 || n > maxWrapped {
			return nil, fault.Invalid("officer.wrapped_invalid", "wrapped identity is missing or too long").At("wrapped", "length", "as the page made it")
		}
		old, err := u.Tenders.OfficerKey(ctx, u.Actor.PersonID)
		if err != nil && !fault.Is(err, "record.not_found") {
			return nil, err
		}
		if old == nil {
			k := &tender.OfficerKey{PersonID: u.Actor.PersonID, Recipient: in.Recipient, Wrapped: in.Wrapped, EnrolledAt: u.Now}
			if err := u.Tenders.InsertOfficerKey(ctx, k); err != nil {
				return nil, err
			}
			return k, u.Record(ctx, audit.Entry{Action: "officer.enrol", Kind: "officer_key", ID: string(k.PersonID), After: k})
		}
		if err := s.keyFree(ctx, u, old); err != nil {
			return nil, err
		}
		before := *old
		old.Recipient, old.Wrapped, old.EnrolledAt = in.Recipient, in.Wrapped, u.Now
		if err := u.Tenders.SaveOfficerKey(ctx, old); err != nil {
			return nil, err
		}
		return old, u.Record(ctx, audit.Entry{Action: "officer.enrol", Kind: "officer_key", ID: string(old.PersonID), Before: &before, After: old})
	})
}

// maxRunning bounds the running tenders looked through for an officer's old key.
const maxRunning = 200

// keyFree refuses to replace a key that a running tender still needs.
func (s *Service) keyFree(ctx context.Context, u *app.Unit, k *tender.OfficerKey) error {
	running, err := u.Tenders.Tenders(ctx, tender.Filter{BuyerID: u.Actor.PartyID, Public: true, Limit: maxRunning, Status: []string{
		tender.StatusPublished, tender.StatusOpen, tender.StatusClosed, tender.StatusOpened, tender.StatusQualification,
		tender.StatusConformity, tender.StatusEvaluation, tender.StatusSuspended,
	}})
	if err != nil {
		return err
	}
	for _, t := range running {
		for _, o := range t.Officers {
			if o.Recipient == k.Recipient {
				return fault.Conflict("officer.key_in_use", "tender "+t.Code+" needs the present key").With("code", t.Code)
			}
		}
	}
	return nil
}

// OwnKey is the actor's enrolment; nil before it.
func (s *Service) OwnKey(ctx context.Context, actor access.Actor) (*tender.OfficerKey, error) {
	return app.Look(ctx, s.app, actor, access.OfficerEnrol, func(ctx context.Context, u *app.Unit) (*tender.OfficerKey, error) {
		k, err := u.Tenders.OfficerKey(ctx, u.Actor.PersonID)
		if fault.Is(err, "record.not_found") {
			return nil, nil
		}
		return k, err
	})
}

// Officers lists whom a publication of this tender may name.
func (s *Service) Officers(ctx context.Context, actor access.Actor, id ident.TenderID) ([]OfficerChoice, error) {
	return app.Look(ctx, s.app, actor, access.TenderRead, func(ctx context.Context, u *app.Unit) ([]OfficerChoice, error) {
		t, err := load(ctx, u, id, access.TenderRead, 0)
		if err != nil {
			return nil, err
		}
		return s.choices(ctx, u, t)
	})
}
