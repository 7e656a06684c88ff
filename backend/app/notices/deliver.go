package notices

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
)

// Limits of one event's audience. Followers beyond the last hear of it in the digest; a
// community of 80,000 is never told one by one.
const (
	maxNamed     = 200
	maxActors    = 500
	maxMembers   = 100
	maxFollowers = 2000
	maxListeners = 2000
)

// Deliver makes the notices of one event and tells which are to be mailed. Running again
// adds nothing and tells the same. Faults: record.not_found while the event is not there.
func (s *Service) Deliver(ctx context.Context, seq int64) ([]ident.NoticeID, error) {
	var mails []ident.NoticeID
	err := s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		found, err := u.Core.EventsAfter(ctx, seq-1, 1)
		if err != nil {
			return err
		}
		if len(found) == 0 || found[0].Seq != seq {
			return fault.NotFound("record.not_found", "no such event")
		}
		told, err := audience(ctx, u, found[0])
		if err != nil {
			return err
		}
		list, err := draft(ctx, u, found[0], told)
		if err != nil {
			return err
		}
		if err := u.Notices.Add(ctx, list); err != nil {
			return err
		}
		// One unread line for each thing, the newest: what came before stays in the list as read.
		if err := u.Notices.Supersede(ctx, notice.Target{Kind: found[0].ObjectKind, ID: found[0].ObjectID}, s.now()); err != nil {
			return err
		}
		mails, err = u.Notices.ToMail(ctx, seq)
		return err
	})
	return mails, err
}

// listener is a person and why he is told.
type listener struct {
	person   ident.PersonID
	relation notice.Relation
}

// crowd keeps each person once, for the nearest relation, in a stable order.
type crowd struct {
	actor ident.PersonID
	seen  map[ident.PersonID]bool
	list  []listener
}

func (c *crowd) add(r notice.Relation, people ...ident.PersonID) {
	for _, p := range people {
		if p == "" || p == c.actor || c.seen[p] {
			continue
		}
		c.seen[p] = true
		c.list = append(c.list, listener{p, r})
	}
}

// audience finds who is told of an event, nearest relation first. Nobody is told what he
// did himself, except where the event names him: that his password was changed.
func audience(ctx context.Context, u *app.Unit, e event.Event) ([]listener, error) {
	c := &crowd{seen: map[ident.PersonID]bool{}}
	persons := notice.NamedPersons(e)
	c.add(notice.Mine, persons[:min(len(persons), maxNamed)]...)
	c.actor = e.ActorID
	for _, id := range notice.NamedParties(e) {
		members, err := u.Notices.MembersOf(ctx, id, u.Now, maxMembers)
		if err != nil {
			return nil, err
		}
		c.add(notice.Duties, members...)
	}
	if notice.Secret(e.Kind) || notice.Quiet(e.Kind) {
		return c.list, nil
	}
	if err := addInvolved(ctx, u, e, c); err != nil {
		return nil, err
	}
	if !notice.Public(e.Kind) {
		return c.list, nil
	}
	followers, err := u.Notices.Followers(ctx, notice.Targets(e), e.At, maxFollowers)
	if err != nil {
		return nil, err
	}
	c.add(notice.Followed, followers...)
	if e.PlaceID == "" {
		return c.list, nil
	}
	near, err := u.Notices.AreaListeners(ctx, e.PlaceID, maxListeners)
	c.add(notice.Area, near...)
	return c.list, err
}

// addInvolved adds who acted on the object or raised its need, and who holds a duty on its
// project. Those who raised the need hear public events only.
func addInvolved(ctx context.Context, u *app.Unit, e event.Event, c *crowd) error {
	asked := e
	if !notice.Public(e.Kind) {
		asked.NeedID = ""
	}
	actors, err := u.Notices.ActorsOn(ctx, asked, maxActors)
	if err != nil {
		return err
	}
	c.add(notice.Mine, actors...)
	if e.ProjectID == "" {
		return nil
	}
	holders, err := u.Core.Duties(ctx, e.ProjectID)
	if err != nil {
		return err
	}
	for _, h := range holders {
		c.add(notice.Duties, h.Person)
	}
	return nil
}

// draft makes the notices that people's settings ask for. Who is gone is left out.
func draft(ctx context.Context, u *app.Unit, e event.Event, told []listener) ([]notice.Notice, error) {
	ids := make([]ident.PersonID, len(told))
	for i, l := range told {
		ids[i] = l.person
	}
	readers, err := u.Notices.Readers(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []notice.Notice
	for _, l := range told {
		r, there := readers[l.person]
		wants := notice.Apply(r.Choices)[l.relation]
		if !there || (!wants[notice.InApp] && !wants[notice.ByMail]) {
			continue
		}
		n := notice.Notice{
			ID: ident.NoticeID(u.NewID()), PersonID: l.person, EventSeq: e.Seq, EventKind: e.Kind, ObjectKind: e.ObjectKind, ObjectID: e.ObjectID,
			Relation: l.relation, Data: shown(e.Data), Link: notice.Link(e), Mail: wants[notice.ByMail] && r.HasEmail, CreatedAt: e.At,
		}
		if !wants[notice.InApp] {
			n.ReadAt = readAlready(e.At)
		}
		out = append(out, n)
	}
	return out, nil
}

// shown keeps what sentences are filled with; ids of others named in the event stay out.
func shown(data map[string]string) map[string]string {
	out := map[string]string{}
	for _, k := range []string{"code", "title", "name", "fundName", "reason", "party", "role", "device", "amount"} {
		if data[k] != "" {
			out[k] = data[k]
		}
	}
	return out
}

// readAlready keeps a notice that only goes by mail out of the unread count.
func readAlready(at time.Time) *time.Time { return &at }

// Mail sends one notice by mail, once: a notice that was mailed, or whose reader has no
// address any more, is left alone. Faults: courier.failed, which the caller tries again.
func (s *Service) Mail(ctx context.Context, id ident.NoticeID) error {
	var message *notice.Message
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		n, err := u.Notices.Notice(ctx, id)
		if err != nil || n.MailedAt != nil {
			return err
		}
		p, err := u.People.Person(ctx, n.PersonID)
		if err != nil || p.Email == "" {
			return err
		}
		words := notice.Sentence(n.EventKind, n.Data)
		line, foot := words.ZH, "\n\n您可以在邻里的「通知设置」中选择接收方式："
		if p.Language == "en" {
			line, foot = words.EN, "\n\nChoose how you hear from Linli in your notice settings: "
		}
		url := s.app.Settings.PublicURL
		message = &notice.Message{Kind: "notice", Channel: "mail", To: p.Email, Subject: oneLine(line), Text: line + "\n" + url + n.Link + foot + url + "/work/inbox/settings"}
		return nil
	})
	if err != nil || message == nil {
		return err
	}
	if err := s.Sender.Send(ctx, *message); err != nil {
		return err
	}
	return s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		return u.Notices.MarkMailed(ctx, id, s.now())
	})
}

// maxSubject keeps mail clients from cutting a subject in the middle of a word, in characters.
const maxSubject = 60

func oneLine(text string) string {
	r := []rune(text)
	for i, c := range r {
		if c == '\n' || c == '\r' {
			r[i] = ' '
		}
	}
	if len(r) > maxSubject {
		return string(r[:maxSubject-1]) + "…"
	}
	return string(r)
}
