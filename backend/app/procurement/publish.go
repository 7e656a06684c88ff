package procurement

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/app"
	"linli/backend/app/projects"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/project"
	"linli/backend/domain/tender"
)

// Publish names the opening officers and how many must act together.
type Publish struct {
	OfficerIDs []ident.PersonID
	Threshold  int
}

// Publish issues the documents: it holds every rule once more, makes the keys of every lot and
// envelope kind for the named officers, publishes the notice and opens the lots. Faults:
// tender.transition_refused, tender.intention_running with the first day, tender.incomplete,
// tender.deadline_too_early, tender.deadline_on_day_off, tender.officer_unknown,
// tender.officer_drafted, seal.threshold.
func (s *Service) Publish(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID, in Publish) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderPublish, Name: "tender.publish", Key: at.Key, Input: []any{id, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		t, err := load(ctx, u, id, access.TenderPublish, at.Seen)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fire(ctx, u, t, tender.Act{Action: tender.ActPublish}); err != nil {
			return nil, err
		}
		if err := s.guardPublish(u, t); err != nil {
			return nil, err
		}
		if t.Officers, err = s.officers(ctx, u, t, in.OfficerIDs); err != nil {
			return nil, err
		}
		now := u.Now
		t.Threshold, t.IssuedAt, t.DocVersion = in.Threshold, &now, 1
		if err := s.makeKeys(ctx, u, t); err != nil {
			return nil, err
		}
		if err := saveTender(ctx, u, t, change{before: before, action: tender.ActPublish}); err != nil {
			return nil, err
		}
		before = copyOf(t)
		if err := s.fire(ctx, u, t, tender.Act{Action: tender.ActOpen}); err != nil {
			return nil, err
		}
		if err := saveTender(ctx, u, t, change{before: before, action: tender.ActOpen, data: map[string]string{"deadlineAt": instant(*t.DeadlineAt)}}); err != nil {
			return nil, err
		}
		return t, announce(ctx, u, t, tender.NoticeTender, tenderFacts(t))
	})
}

// guardPublish holds the rules that depend on the day of publication.
func (s *Service) guardPublish(u *app.Unit, t *tender.Tender) error {
	first, err := s.earliest(t)
	if err != nil {
		return err
	}
	if today(u).Before(first) {
		return fault.Conflict("tender.intention_running", "intention is public until "+first.String()).With("from", first.String())
	}
	if err := complete(t); err != nil {
		return err
	}
	return tender.CheckDeadline(today(u), *t.DeadlineAt, t.Procedure.Terms, s.app.Calendar)
}

// officers loads the enrolled keys of the named officers: members of the buyer or its agency who
// did not draft the documents.
func (s *Service) officers(ctx context.Context, u *app.Unit, t *tender.Tender, ids []ident.PersonID) ([]tender.Officer, error) {
	choices, err := s.choices(ctx, u, t)
	if err != nil {
		return nil, err
	}
	seen := map[ident.PersonID]bool{}
	var out []tender.Officer
	for _, id := range ids {
		found := false
		for _, c := range choices {
			if c.PersonID != id || seen[id] {
				continue
			}
			if c.Drafted {
				return nil, fault.Conflict("tender.officer_drafted", "who drafted the documents does not open bids").With("officer", c.Name)
			}
			seen[id], found = true, true
			out = append(out, c.Officer)
		}
		if !found {
			return nil, fault.Invalid("tender.officer_unknown", "not an enrolled officer of this buyer").At("officerIds", "unknown", string(id))
		}
	}
	return out, nil
}

// OfficerChoice is someone who could be named as opening officer.
type OfficerChoice struct {
	tender.Officer
	Drafted bool // holds the duty that excludes opening
}

// choices lists the enrolled people of the buyer and its agency.
func (s *Service) choices(ctx context.Context, u *app.Unit, t *tender.Tender) ([]OfficerChoice, error) {
	keys, err := u.Tenders.OfficerKeys(ctx)
	if err != nil {
		return nil, err
	}
	duties, err := u.Core.Duties(ctx, t.ProjectID)
	if err != nil {
		return nil, err
	}
	drafted := map[ident.PersonID]bool{}
	for _, d := range duties {
		drafted[d.Person] = drafted[d.Person] || access.Clashes(d.Duty, access.DutyOpen)
	}
	var out []OfficerChoice
	for _, k := range keys {
		ok, err := worksFor(ctx, u, k.PersonID, t)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		person, err := u.People.Person(ctx, k.PersonID)
		if err != nil {
			return nil, err
		}
		out = append(out, OfficerChoice{Officer: tender.Officer{PersonID: k.PersonID, Name: person.Name, Recipient: k.Recipient}, Drafted: drafted[k.PersonID]})
	}
	return out, nil
}

func worksFor(ctx context.Context, u *app.Unit, person ident.PersonID, t *tender.Tender) (bool, error) {
	held, err := u.People.MembershipsOf(ctx, person)
	if err != nil {
		return false, err
	}
	for _, m := range held {
		live := m.Until == nil || m.Until.After(u.Now)
		if live && access.Holds(m.Role, access.TenderOpen) && (m.PartyID == t.BuyerID || (t.AgencyID != "" && m.PartyID == t.AgencyID)) {
			return true, nil
		}
	}
	return false, nil
}

// makeKeys makes one key per lot and envelope kind and records each.
func (s *Service) makeKeys(ctx context.Context, u *app.Unit, t *tender.Tender) error {
	for _, l := range t.Lots {
		if l.Ended() {
			continue
		}
		for _, kind := range t.Procedure.Kinds() {
			k, err := s.vault.NewKey(l.ID, kind, t.Officers, t.Threshold)
			if err != nil {
				return err
			}
			if err := u.Tenders.InsertLotKey(ctx, k); err != nil {
				return err
			}
			if err := record(ctx, u, t, audit.Entry{Action: "lot_key.make", Kind: "lot_key", ID: keyID(k), After: k}); err != nil {
				return err
			}
		}
	}
	return nil
}

// keyID names a lot key in the record.
func keyID(k tender.LotKey) string { return string(k.LotID) + "/" + string(k.Kind) }

// Clarify is a correction of issued documents.
type Clarify struct {
	Text       string
	Affecting  bool       // affects bids: the deadline may move, every bid is confirmed again
	DeadlineAt *time.Time // a later deadline than the rule demands
}

// Clarify publishes a correction. One that affects bids moves the deadline when it comes too
// near (D-01) and makes every submitted bid need to be confirmed again. Faults:
// tender.transition_refused, tender.reason_required, tender.deadline_passed,
// tender.deadline_too_early, tender.deadline_on_day_off, tender.draft_invalid.
func (s *Service) Clarify(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID, in Clarify) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderClarify, Name: "tender.clarify", Key: at.Key, Input: []any{id, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		in.Text = strings.TrimSpace(in.Text)
		t, err := load(ctx, u, id, access.TenderClarify, at.Seen)
		if err != nil {
			return nil, err
		}
		if utf8.RuneCountInString(in.Text) > tender.MaxText {
			return nil, fault.Invalid("tender.draft_invalid", "text too long").At("text", "length", "too long")
		}
		if t.DeadlineAt != nil && !tender.OnTime(u.Now, *t.DeadlineAt) {
			return nil, fault.Conflict("tender.deadline_passed", "no correction after the deadline")
		}
		before := copyOf(t)
		if err := s.fire(ctx, u, t, tender.Act{Action: tender.ActClarify, Reason: in.Text}); err != nil {
			return nil, err
		}
		deadline := *t.DeadlineAt
		if in.Affecting || in.DeadlineAt != nil {
			if deadline, err = t.MoveDeadline(u.Now, in.DeadlineAt, s.app.Calendar); err != nil {
				return nil, err
			}
		}
		if in.Affecting {
			t.DocVersion++
		}
		old := *t.DeadlineAt
		t.DeadlineAt = &deadline
		t.Clarified = append(t.Clarified, tender.Clarification{
			No: len(t.Clarified) + 1, Text: in.Text, Affecting: in.Affecting, At: u.Now, DeadlineAt: deadline, DocVersion: t.DocVersion,
		})
		if err := s.fire(ctx, u, t, tender.Act{Action: tender.ActReopen}); err != nil {
			return nil, err
		}
		c := change{before: before, action: tender.ActClarify, reason: in.Text, data: map[string]string{"deadlineAt": instant(deadline)}}
		if err := saveTender(ctx, u, t, c); err != nil {
			return nil, err
		}
		return t, announce(ctx, u, t, tender.NoticeCorrection, correctionFacts(in, old, deadline))
	})
}

func correctionFacts(in Clarify, old, deadline time.Time) []tender.Fact {
	facts := []tender.Fact{{Key: "correction", Type: "text", Value: in.Text}}
	if !old.Equal(deadline) {
		facts = append(facts, tender.Fact{Key: "old_deadline", Type: "time", Value: instant(old)}, tender.Fact{Key: "deadline", Type: "time", Value: instant(deadline)})
	}
	if in.Affecting {
		facts = append(facts, tender.Fact{Key: "reconfirm", Type: "word", Value: "required"})
	}
	return facts
}

// Close ends the time for responses. It waits after the deadline, so that everything stamped in
// time has been committed. Faults: tender.transition_refused, tender.close_too_early.
func (s *Service) Close(ctx context.Context, actor access.Actor, at Stamp, id ident.TenderID) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderClock, Name: "tender.close", Key: at.Key, Input: id}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		t, err := load(ctx, u, id, access.TenderClock, at.Seen)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		if err := s.fire(ctx, u, t, tender.Act{Action: tender.ActClose}); err != nil {
			return nil, err
		}
		if err := tender.CheckClose(u.Now, *t.DeadlineAt); err != nil {
			return nil, err
		}
		return t, saveTender(ctx, u, t, change{before: before, action: tender.ActClose})
	})
}

// Stop is the input of suspending, resuming, failing and cancelling.
type Stop struct {
	Action     string // suspend, resume, fail or cancel
	ReasonCode string
	Reason     string
}

// StopLot suspends, resumes, fails or cancels one lot with a public notice. When the last lot of
// a tender ends without an award, the project returns to its plan. Faults:
// tender.transition_refused, tender.reason_required, tender.reason_unknown,
// tender.resume_elsewhere, tender.action_unknown.
func (s *Service) StopLot(ctx context.Context, actor access.Actor, at Stamp, id ident.LotID, in Stop) (*tender.Tender, error) {
	w := app.Write{Permission: access.TenderStop, Name: "lot." + in.Action, Key: at.Key, Input: []any{id, in}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (*tender.Tender, error) {
		t, lot, err := loadLot(ctx, u, id, access.TenderStop, at.Seen)
		if err != nil {
			return nil, err
		}
		in.Reason = strings.TrimSpace(in.Reason)
		verb, err := stopVerb(in.Action, lot)
		if err != nil {
			return nil, err
		}
		before := copyOf(t)
		from := lot.Status
		if err := s.fireLot(ctx, u, t, id, tender.Act{Action: verb, ReasonCode: in.ReasonCode, Reason: in.Reason}); err != nil {
			return nil, err
		}
		if err := s.dropAward(ctx, u, t, lot, in.Reason); err != nil {
			return nil, err
		}
		c := change{before: before, action: verb, reason: in.Reason, data: map[string]string{"reasonCode": in.ReasonCode}}
		if err := saveTender(ctx, u, t, c); err != nil {
			return nil, err
		}
		kind := tender.NoticeCorrection
		if lot.Ended() {
			kind = tender.NoticeTermination
		}
		if err := announce(ctx, u, t, kind, stopFacts(t, lot, verb, from, in)); err != nil {
			return nil, err
		}
		return t, s.releaseProject(ctx, u, t, in.Reason)
	})
}

// stopVerb picks the row: resuming leads back to where the lot was suspended.
func stopVerb(action string, lot *tender.Lot) (string, error) {
	switch action {
	case tender.ActSuspend, tender.ActFail, tender.ActCancel:
		return action, nil
	case "resume":
		switch lot.SuspendedFrom {
		case tender.StatusEvaluation:
			return tender.ActResumeEvaluation, nil
		case tender.StatusCandidates:
			return tender.ActResumeCandidates, nil
		default:
			return tender.ActResumeOpen, nil
		}
	default:
		return "", fault.NotFound("tender.action_unknown", "no action "+action)
	}
}

func stopFacts(t *tender.Tender, lot *tender.Lot, verb, from string, in Stop) []tender.Fact {
	g := group(t, lot)
	facts := []tender.Fact{
		{Group: g, Key: "decision", Type: "word", Value: "action." + verb},
		{Group: g, Key: "stage", Type: "word", Value: "status." + from},
	}
	if in.ReasonCode != "" {
		facts = append(facts, tender.Fact{Group: g, Key: "reason_code", Type: "word", Value: "reason." + in.ReasonCode})
	}
	return append(facts, tender.Fact{Group: g, Key: "reason", Type: "text", Value: in.Reason})
}

// dropAward refuses the award of a lot that fails after its confirmation.
func (s *Service) dropAward(ctx context.Context, u *app.Unit, t *tender.Tender, lot *tender.Lot, reason string) error {
	if !lot.Ended() {
		return nil
	}
	a, err := u.Tenders.AwardOfLot(ctx, lot.ID)
	if fault.Is(err, "record.not_found") {
		return nil
	}
	if err != nil {
		return err
	}
	return s.refuseAward(ctx, u, t, a, reason)
}

// releaseProject gives the project back to its plan when no lot can be awarded any more.
func (s *Service) releaseProject(ctx context.Context, u *app.Unit, t *tender.Tender, reason string) error {
	for _, l := range t.Lots {
		if l.Status != tender.StatusFailed && l.Status != tender.StatusCancelled {
			return nil
		}
	}
	return projects.Advance(ctx, u, t.ProjectID, project.ActFail, reason)
}
