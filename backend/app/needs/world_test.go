package needs_test

import (
	"context"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/app/needs"
	"linli/backend/app/notices"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

var ctx = context.Background()

// street is a community with its committee and residents, and the use cases over it.
type street struct {
	*testkit.Kit
	t                         *testing.T
	svc                       *needs.Service
	residents                 *party.Party
	author, neighbour, worker access.Actor
}

func newStreet(t *testing.T, k *testkit.Kit) *street {
	s := &street{Kit: k, t: t, svc: k.Services.Needs, residents: k.Party(party.KindRes, "和美社区居民", k.World.Community.ID)}
	s.author, s.neighbour = s.called("李秀英"), s.called("赵国强")
	s.worker = k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
	k.Update(func(ctx context.Context, u *app.Unit) error {
		return u.Places.PutFact(ctx, community.Fact{PlaceID: k.World.Community.ID, Kind: community.Households, AsOf: "2026-01-31", Value: 20, Source: "社区台账"})
	})
	return s
}

func (s *street) resident() access.Actor { return s.As(access.Resident, s.residents) }

// called is a resident with a name that people have.
func (s *street) called(name string) access.Actor {
	a := s.resident()
	s.Update(func(ctx context.Context, u *app.Unit) error {
		p, err := u.People.Person(ctx, a.PersonID)
		if err != nil {
			return err
		}
		p.Name = name
		return u.People.SavePerson(ctx, p)
	})
	a.Name = name
	return a
}

func (s *street) by(who access.Actor) needs.Write { return needs.Write{Actor: who, Key: s.Key()} }

// given stops the test when what it builds on does not work.
func given[T any](s *street) func(T, error) T {
	return func(v T, err error) T {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
		return v
	}
}

// posting is what somebody posts after he saw the preview; home is "building/unit" or "".
func (s *street) posting(who access.Actor, words, home string) needs.Posting {
	s.t.Helper()
	seen := given[needs.Preview](s)(s.svc.PreviewWords(ctx, who, s.World.Community.ID, words))
	building, unit, _ := strings.Cut(home, "/")
	return needs.Posting{PlaceID: s.World.Community.ID, Category: "elderly.visit", Words: words, Public: seen.Public, Building: building, Unit: unit}
}

const lonely = "我妈妈一个人住，想有人每周看看她"

func (s *street) voice(who access.Actor, home string) need.Voice {
	s.t.Helper()
	return given[needs.Receipt](s)(s.svc.Post(ctx, s.by(who), s.posting(who, lonely, home))).Voice
}

func (s *street) open(voices ...need.Voice) need.Need {
	s.t.Helper()
	o := needs.Opening{Category: "elderly.visit", Title: "独居老人想有人每周上门看看", Summary: "邻居提出，希望每周有人上门"}
	for _, v := range voices {
		o.Voices = append(o.Voices, needs.Gathered{VoiceID: v.ID, Version: v.Version})
	}
	return given[need.Need](s)(s.svc.OpenNeed(ctx, s.by(s.worker), o))
}

func (s *street) need(id ident.NeedID) needs.Detail {
	s.t.Helper()
	return given[needs.Detail](s)(s.svc.Detail(ctx, access.Actor{}, string(id)))
}

func (s *street) stored(id ident.VoiceID) need.Voice {
	s.t.Helper()
	var out need.Voice
	s.View(func(ctx context.Context, u *app.Unit) error {
		v, err := u.Needs.Voice(ctx, id)
		if err == nil {
			out = *v
		}
		return err
	})
	return out
}

func (s *street) households(id ident.NeedID) int {
	s.t.Helper()
	var n int
	s.View(func(ctx context.Context, u *app.Unit) error {
		c, err := u.Needs.Counts(ctx, []ident.NeedID{id})
		n = c[id].Households
		return err
	})
	return n
}

// refused wants a fault and nothing written: no record, no event.
func (s *street) refused(code string, try func() error) {
	s.t.Helper()
	records, events := s.written()
	if err := try(); !fault.Is(err, code) {
		s.t.Errorf("wanted %s, got %v", code, err)
	}
	if r, e := s.written(); r != records || e != events {
		s.t.Errorf("%s and yet %d records and %d events were written", code, r-records, e-events)
	}
}

func (s *street) written() (records, events int64) {
	s.t.Helper()
	s.View(func(ctx context.Context, u *app.Unit) (err error) {
		if records, _, err = u.Audits.Head(ctx); err != nil {
			return err
		}
		events, err = u.Notices.LastEvent(ctx)
		return err
	})
	return records, events
}

// told delivers everything that happened and lists what somebody was told, oldest first.
func (s *street) told(who access.Actor) []string {
	s.t.Helper()
	svc := notices.New(s.App, notices.Deps{System: s.DB.Clock().System})
	_, last := s.written()
	for seq := int64(1); seq <= last; seq++ {
		given[[]ident.NoticeID](s)(svc.Deliver(ctx, seq))
	}
	page := given[notices.Page](s)(svc.Inbox(ctx, who, false, 0, 100))
	out := make([]string, 0, len(page.Items))
	for i := range page.Items {
		n := page.Items[len(page.Items)-1-i]
		out = append(out, string(n.Relation)+" "+n.EventKind+" "+n.Data["reason"])
	}
	return out
}

// nowhere wants words neither in the audit records nor in the events.
func (s *street) nowhere(secrets ...string) {
	s.t.Helper()
	var all strings.Builder
	s.View(func(ctx context.Context, u *app.Unit) error {
		if err := u.Audits.Walk(ctx, 0, func(r audit.Record) error { all.WriteString(r.Text); return nil }); err != nil {
			return err
		}
		events, err := u.Core.EventsAfter(ctx, 0, 1000)
		for _, e := range events {
			for _, v := range e.Data {
				all.WriteString(v)
			}
		}
		return err
	})
	if all.Len() == 0 {
		s.t.Error("nothing was recorded at all")
	}
	for _, x := range secrets {
		if strings.Contains(all.String(), x) {
			s.t.Errorf("%q stands in a record or an event", x)
		}
	}
}
