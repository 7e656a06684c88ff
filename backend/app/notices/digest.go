package notices

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/calendar"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
)

const (
	digestBatch = 200 // readers in one transaction
	digestLines = 50  // events in one mail; the pages have the rest
	digestHour  = 7   // in Shanghai; nobody is woken by mail
)

// Due is a digest that is ready to be mailed.
type Due struct {
	PersonID ident.PersonID
	Day      string
}

// PrepareDigests fixes for the next readers after a person which events their digest of
// today covers, and tells whose has something to say and where to go on ("" when done).
// Running again changes nothing.
func (s *Service) PrepareDigests(ctx context.Context, after ident.PersonID) (due []Due, next ident.PersonID, err error) {
	err = s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		due, next = nil, ""
		if u.Now.In(calendar.Loc).Hour() < digestHour {
			return nil
		}
		readers, err := u.Notices.DigestReaders(ctx, after, digestBatch)
		if err != nil {
			return err
		}
		last, err := u.Notices.LastEvent(ctx)
		if err != nil {
			return err
		}
		day := calendar.DateOf(u.Now).String()
		for _, id := range readers {
			ready, err := prepare(ctx, u, id, day, last)
			if err != nil {
				return err
			}
			if ready {
				due = append(due, Due{id, day})
			}
		}
		if len(readers) == digestBatch {
			next = readers[len(readers)-1]
		}
		return nil
	})
	return due, next, err
}

func prepare(ctx context.Context, u *app.Unit, id ident.PersonID, day string, last int64) (bool, error) {
	run, err := u.Notices.DigestRun(ctx, id, day)
	if err == nil {
		return run.MailedAt == nil, nil
	}
	if fault.KindOf(err) != fault.KindNotFound {
		return false, err
	}
	from := int64(0)
	before, err := u.Notices.LastDigest(ctx, id)
	switch {
	case err == nil:
		from = before.To
	case fault.KindOf(err) != fault.KindNotFound:
		return false, err
	}
	run = &notice.DigestRun{PersonID: id, Day: day, From: from, To: last}
	events, err := digestEvents(ctx, u, *run)
	if err != nil || len(events) == 0 {
		return false, err
	}
	return true, u.Notices.AddDigest(ctx, *run)
}

// digestEvents are the public events of a digest that its reader did not cause himself and
// that came after he began to follow.
func digestEvents(ctx context.Context, u *app.Unit, run notice.DigestRun) ([]event.Event, error) {
	choices, err := u.Notices.Choices(ctx, run.PersonID)
	if err != nil {
		return nil, err
	}
	wants := notice.Apply(choices)
	var out []event.Event
	if wants[notice.Followed][notice.Digest] {
		follows, err := u.Notices.FollowsOf(ctx, run.PersonID)
		if err != nil {
			return nil, err
		}
		for _, f := range follows {
			list, err := u.Notices.EventsFor(ctx, []notice.Target{{Kind: f.ObjectKind, ID: f.ObjectID}}, run.From, run.To, digestLines)
			if err != nil {
				return nil, err
			}
			for _, e := range list {
				if !e.At.Before(f.Since) {
					out = append(out, e)
				}
			}
		}
	}
	if wants[notice.Area][notice.Digest] {
		list, err := areaEvents(ctx, u, run)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return publicOnce(out, run.PersonID), nil
}

func areaEvents(ctx context.Context, u *app.Unit, run notice.DigestRun) ([]event.Event, error) {
	memberships, err := u.People.MembershipsOf(ctx, run.PersonID)
	if err != nil {
		return nil, err
	}
	var targets []notice.Target
	for _, m := range memberships {
		place := m.PlaceID
		if p, err := u.People.Party(ctx, m.PartyID); err == nil && place == "" {
			place = p.PlaceID
		}
		if place != "" && m.Live(u.Now) {
			targets = append(targets, notice.Target{Kind: "place", ID: string(place)})
		}
	}
	from := run.From
	if from == 0 { // the first digest does not tell the history of a place
		from = max(0, run.To-digestLines)
	}
	return u.Notices.EventsFor(ctx, targets, from, run.To, digestLines)
}

func publicOnce(list []event.Event, reader ident.PersonID) []event.Event {
	var out []event.Event
	seen := map[int64]bool{}
	for _, e := range list {
		if e.ActorID != reader && notice.Public(e.Kind) && !seen[e.Seq] {
			seen[e.Seq] = true
			out = append(out, e)
		}
	}
	return out
}

// MailDigest sends one prepared digest, once. Faults: courier.failed.
func (s *Service) MailDigest(ctx context.Context, d Due) error {
	var message *notice.Message
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		run, err := u.Notices.DigestRun(ctx, d.PersonID, d.Day)
		if err != nil || run.MailedAt != nil {
			return err
		}
		p, err := u.People.Person(ctx, d.PersonID)
		if err != nil || p.Email == "" {
			return err
		}
		events, err := digestEvents(ctx, u, *run)
		if err == nil && len(events) > 0 {
			message = s.digestMessage(p.Email, p.Language, d.Day, events)
		}
		return err
	})
	if err != nil || message == nil {
		return err
	}
	if err := s.Sender.Send(ctx, *message); err != nil {
		return err
	}
	return s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		return u.Notices.MarkDigestMailed(ctx, d.PersonID, d.Day, s.now())
	})
}

func (s *Service) digestMessage(to, language, day string, events []event.Event) *notice.Message {
	var b strings.Builder
	subject := "邻里：您关注的事有新进展（" + day + "）"
	if language == "en" {
		subject = "Linli: news of what you follow (" + day + ")"
	}
	for i, e := range events {
		if i == digestLines {
			break
		}
		words := notice.Sentence(e.Kind, shown(e.Data))
		line := words.ZH
		if language == "en" {
			line = words.EN
		}
		b.WriteString("· " + line + "\n  " + s.app.Settings.PublicURL + notice.Link(e) + "\n")
	}
	return &notice.Message{Kind: "digest", Channel: "mail", To: to, Subject: subject, Text: b.String()}
}
