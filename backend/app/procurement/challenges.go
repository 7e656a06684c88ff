package procurement

import (
	"context"
	"strings"
	"unicode/utf8"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/challenge"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/tender"
)

// Ask is a supplier's inquiry or challenge.
type Ask struct {
	Kind    string
	Subject string
	LotID   ident.LotID
	Title   string
	Text    string
}

// Limits of a remedy's text.
const (
	maxAskTitle = 100
	maxAskText  = 10_000
)

func (in *Ask) check(t *tender.Tender) error {
	in.Title, in.Text = strings.TrimSpace(in.Title), strings.TrimSpace(in.Text)
	bad := fault.Invalid("challenge.invalid", "the remedy is incomplete")
	if in.Kind != challenge.KindInquiry && in.Kind != challenge.KindChallenge {
		bad = bad.At("kind", "unknown", "inquiry or challenge")
	}
	switch in.Subject {
	case challenge.SubjectDocuments, challenge.SubjectProcess, challenge.SubjectResult:
	default:
		bad = bad.At("subject", "unknown", "documents, process or result")
	}
	if n := utf8.RuneCountInString(in.Title); n == 0 || n > maxAskTitle {
		bad = bad.At("title", "length", "1 to 100 characters")
	}
	if n := utf8.RuneCountInString(in.Text); n == 0 || n > maxAskText {
		bad = bad.At("text", "length", "1 to 10,000 characters")
	}
	if in.LotID != "" && t.Lot(in.LotID) == nil {
		bad = bad.At("lotId", "unknown", "a lot of this tender")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Ask files an inquiry or a challenge about an issued tender. A challenge has its period, and of
// the process or result only who took part may raise one. Faults: challenge.invalid,
// challenge.window_over, challenge.not_party, challenge.too_early, bid.party_barred.
func (s *Service) Ask(ctx context.Context, actor access.Actor, key string, id ident.TenderID, in Ask) (*challenge.Challenge, error) {
	w := app.Write{Permission: access.ChallengeAsk, Name: "challenge.ask", Key: key, Input: []any{id, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*challenge.Challenge, error) {
		t, err := u.Tenders.Tender(ctx, id)
		if err != nil {
			return nil, err
		}
		if !t.Public() {
			return nil, hidden()
		}
		if err := in.check(t); err != nil {
			return nil, err
		}
		c := &challenge.Challenge{
			ID: ident.ChallengeID(u.NewID()), Kind: in.Kind, Subject: in.Subject, TenderID: t.ID, LotID: in.LotID, ProjectID: t.ProjectID, PlaceID: t.PlaceID,
			SupplierID: u.Actor.PartyID, PersonID: u.Actor.PersonID, Title: in.Title, Text: in.Text, Status: challenge.StatusInquiry, SubmittedAt: u.Now,
		}
		if err := s.admit(ctx, u, t, c); err != nil {
			return nil, err
		}
		if c.Code, err = u.NextCode(ctx, "ZY"); err != nil {
			return nil, err
		}
		if err := u.Challenges.InsertChallenge(ctx, c); err != nil {
			return nil, err
		}
		return c, recordChallenge(ctx, u, c, nil, in.Kind)
	})
}

// admit sets the dates of a remedy and holds a challenge to its period.
func (s *Service) admit(ctx context.Context, u *app.Unit, t *tender.Tender, c *challenge.Challenge) error {
	terms := t.Procedure.Terms
	wait := terms.InquiryWorkingDays
	c.KnownOn = today(u)
	if c.Kind == challenge.KindChallenge {
		wait = terms.AnswerWorkingDays
		var err error
		if c.KnownOn, err = s.knownOn(ctx, u, t, c); err != nil {
			return err
		}
		if err := challenge.CheckWindow(u.Now, c.KnownOn, terms.ChallengeWorkingDays, s.app.Calendar); err != nil {
			return err
		}
		if err := c.Fire(challenge.ActChallenge, ""); err != nil {
			return err
		}
	}
	var err error
	c.AnswerBy, err = s.app.Calendar.AddWorkingDays(today(u), wait)
	return err
}

// knownOn is the day from which a challenge's period counts: documents from the end of the days
// they are on offer, the result from the end of its announcement, the process from the opening.
func (s *Service) knownOn(ctx context.Context, u *app.Unit, t *tender.Tender, c *challenge.Challenge) (calendar.Date, error) {
	if c.Subject == challenge.SubjectDocuments {
		return s.app.Calendar.AddWorkingDays(t.Issued(), t.Procedure.Terms.DocumentWorkingDays)
	}
	b, err := u.Bids.BidOf(ctx, c.LotID, u.Actor.PartyID)
	if fault.Is(err, "record.not_found") || (err == nil && b.Status == bid.StatusLateRefused) {
		return calendar.Date{}, fault.Forbidden("challenge.not_party", "only who took part may challenge process or result")
	}
	if err != nil {
		return calendar.Date{}, err
	}
	if c.Subject == challenge.SubjectProcess {
		o, err := u.Tenders.Opening(ctx, c.LotID, ceremonyOpening)
		if err != nil || o.OpenedAt == nil {
			return calendar.Date{}, tooEarly(err)
		}
		last := *o.OpenedAt
		for _, st := range t.History {
			if st.LotID == c.LotID && st.At.After(last) && st.To != tender.StatusAnnounced {
				last = st.At
			}
		}
		return calendar.DateOf(last), nil
	}
	a, err := u.Tenders.AwardOfLot(ctx, c.LotID)
	if err != nil || a.NoticeEnds == nil {
		return calendar.Date{}, tooEarly(err)
	}
	if today(u).Before(*a.NoticeEnds) {
		return today(u), nil // raised at once: the period has not even begun
	}
	return *a.NoticeEnds, nil
}

func tooEarly(err error) error {
	if err != nil && !fault.Is(err, "record.not_found") {
		return err
	}
	return fault.Conflict("challenge.too_early", "there is nothing to challenge yet")
}

func recordChallenge(ctx context.Context, u *app.Unit, c, before *challenge.Challenge, action string) error {
	e := audit.Entry{Action: "challenge." + action, Kind: "challenge", ID: string(c.ID), PlaceID: c.PlaceID, ProjectID: c.ProjectID, After: c}
	if before != nil {
		e.Before = before
	}
	if err := u.Record(ctx, e); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "challenge.changed", ObjectKind: "challenge", ObjectID: string(c.ID), ProjectID: c.ProjectID, PlaceID: c.PlaceID,
		Data: map[string]string{"code": c.Code, "title": c.Title, "status": c.Status, "action": action, "tenderId": string(c.TenderID), "supplierId": string(c.SupplierID)}})
}

// Move is a step of a remedy: words, and for answers and decisions whether it is upheld.
type Move struct {
	Text    string
	Outcome string // upheld or rejected; "" where the step has none
}

// Answer answers an inquiry or a challenge. Faults: challenge.transition_refused,
// challenge.invalid, access.forbidden.
func (s *Service) Answer(ctx context.Context, actor access.Actor, at Stamp, id ident.ChallengeID, in Move) (*challenge.Challenge, error) {
	return s.move(ctx, actor, at, id, step{name: "challenge.answer", permission: access.ChallengeAnswer, action: challenge.ActAnswer, in: in, apply: func(u *app.Unit, t *tender.Tender, c *challenge.Challenge) error {
		if c.Kind == challenge.KindChallenge && !ruled(in.Outcome) {
			return fault.Invalid("challenge.invalid", "a challenge is upheld or rejected").At("outcome", "required", "upheld or rejected")
		}
		now := u.Now
		c.Answer, c.AnsweredBy, c.AnsweredAt = in.Text, u.Actor.PersonID, &now
		if c.Kind == challenge.KindInquiry {
			return nil
		}
		c.Outcome = in.Outcome
		last, err := s.app.Calendar.AddWorkingDays(today(u), t.Procedure.Terms.ComplaintWorkingDays)
		c.ComplainBy = &last
		return err
	}})
}

func ruled(outcome string) bool {
	return outcome == challenge.OutcomeUpheld || outcome == challenge.OutcomeRejected
}

// Complain takes an answered challenge to the finance bureau within its period. Faults:
// challenge.transition_refused, challenge.window_over, challenge.not_challenge.
func (s *Service) Complain(ctx context.Context, actor access.Actor, at Stamp, id ident.ChallengeID, in Move) (*challenge.Challenge, error) {
	return s.move(ctx, actor, at, id, step{name: "challenge.complain", permission: access.ChallengeAsk, action: challenge.ActComplain, in: in, apply: func(u *app.Unit, _ *tender.Tender, c *challenge.Challenge) error {
		if c.Kind != challenge.KindChallenge || c.ComplainBy == nil {
			return fault.Conflict("challenge.not_challenge", "only what was challenged can be complained about")
		}
		if today(u).After(*c.ComplainBy) {
			return fault.Conflict("challenge.window_over", "complaint period ended").With("last", c.ComplainBy.String())
		}
		now := u.Now
		c.Complaint, c.ComplaintAt = in.Text, &now
		return nil
	}})
}

// AcceptComplaint takes a complaint up. Fault challenge.transition_refused.
func (s *Service) AcceptComplaint(ctx context.Context, actor access.Actor, at Stamp, id ident.ChallengeID) (*challenge.Challenge, error) {
	return s.move(ctx, actor, at, id, step{name: "challenge.accept", permission: access.ChallengeDecide, action: challenge.ActAccept, wordless: true, apply: func(u *app.Unit, _ *tender.Tender, c *challenge.Challenge) error {
		now := u.Now
		c.AcceptedAt = &now
		return nil
	}})
}

// Decide decides an accepted complaint. Faults: challenge.transition_refused, challenge.invalid.
func (s *Service) Decide(ctx context.Context, actor access.Actor, at Stamp, id ident.ChallengeID, in Move) (*challenge.Challenge, error) {
	return s.move(ctx, actor, at, id, step{name: "challenge.decide", permission: access.ChallengeDecide, action: challenge.ActDecide, in: in, apply: func(u *app.Unit, _ *tender.Tender, c *challenge.Challenge) error {
		if !ruled(in.Outcome) {
			return fault.Invalid("challenge.invalid", "a complaint is upheld or rejected").At("outcome", "required", "upheld or rejected")
		}
		now := u.Now
		c.Decision, c.Decided, c.DecidedBy, c.DecidedAt = in.Text, in.Outcome, u.Actor.PersonID, &now
		return nil
	}})
}

// WithdrawChallenge takes a remedy back. Fault challenge.transition_refused.
func (s *Service) WithdrawChallenge(ctx context.Context, actor access.Actor, at Stamp, id ident.ChallengeID) (*challenge.Challenge, error) {
	return s.move(ctx, actor, at, id, step{name: "challenge.withdraw", permission: access.ChallengeAsk, action: challenge.ActWithdraw, wordless: true, apply: func(u *app.Unit, _ *tender.Tender, c *challenge.Challenge) error {
		now := u.Now
		c.Decided, c.DecidedAt = challenge.OutcomeWithdrawn, &now
		return nil
	}})
}

// step is one move of a remedy.
type step struct {
	name, action string
	permission   access.Permission
	in           Move
	wordless     bool
	apply        func(u *app.Unit, t *tender.Tender, c *challenge.Challenge) error
}

func (s *Service) move(ctx context.Context, actor access.Actor, at Stamp, id ident.ChallengeID, x step) (*challenge.Challenge, error) {
	w := app.Write{Permission: x.permission, Name: x.name, Key: at.Key, Input: []any{id, x.in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*challenge.Challenge, error) {
		c, t, err := s.remedy(ctx, u, id, x.permission)
		if err != nil {
			return nil, err
		}
		if err := asSeen(c.Version, at.Seen); err != nil {
			return nil, err
		}
		before := *c
		if err := c.Fire(x.action, x.in.Text); err != nil {
			return nil, err
		}
		if n := utf8.RuneCountInString(strings.TrimSpace(x.in.Text)); !x.wordless && (n == 0 || n > maxAskText) {
			return nil, fault.Invalid("challenge.invalid", "the step needs words").At("text", "length", "1 to 10,000 characters")
		}
		if err := x.apply(u, t, c); err != nil {
			return nil, err
		}
		if err := u.Challenges.SaveChallenge(ctx, c); err != nil {
			return nil, err
		}
		return c, recordChallenge(ctx, u, c, &before, x.action)
	})
}

// remedy loads a remedy for someone who may see it: the supplier who raised it, the buyer's
// people and the finance bureau of the place.
func (s *Service) remedy(ctx context.Context, u *app.Unit, id ident.ChallengeID, p access.Permission) (*challenge.Challenge, *tender.Tender, error) {
	c, err := u.Challenges.Challenge(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	t, err := u.Tenders.Tender(ctx, c.TenderID)
	if err != nil {
		return nil, nil, err
	}
	if c.SupplierID == u.Actor.PartyID {
		return c, t, access.Allow(u.Actor, p, access.Object{PartyID: c.SupplierID})
	}
	o, err := objectOf(ctx, u, t)
	if err != nil {
		return nil, nil, err
	}
	if access.Allow(u.Actor, access.TenderRead, o) != nil {
		return nil, nil, hidden()
	}
	return c, t, access.Allow(u.Actor, p, o)
}
