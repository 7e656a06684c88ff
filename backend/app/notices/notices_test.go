package notices_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/notices"
	"linli/backend/domain/access"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

type post struct {
	sent []notice.Message
	fail error
}

func (p *post) Send(_ context.Context, m notice.Message) error {
	if p.fail != nil {
		return p.fail
	}
	p.sent = append(p.sent, m)
	return nil
}

// emit stores an event as an actor and returns its number.
func emit(k *testkit.Kit, as access.Actor, e event.Event) int64 {
	k.T.Helper()
	k.Update(func(ctx context.Context, u *app.Unit) error {
		u.Actor = as
		return u.Emit(ctx, e)
	})
	var seq int64
	k.View(func(ctx context.Context, u *app.Unit) error {
		var err error
		seq, err = u.Notices.LastEvent(ctx)
		return err
	})
	return seq
}

func email(k *testkit.Kit, a access.Actor, address string) {
	k.Update(func(ctx context.Context, u *app.Unit) error {
		p, err := u.People.Person(ctx, a.PersonID)
		if err != nil {
			return err
		}
		p.Email = address
		return u.People.SavePerson(ctx, p)
	})
}

func service(k *testkit.Kit) (*notices.Service, *post) {
	p := &post{}
	return notices.New(k.App, notices.Deps{Sender: p, System: k.DB.Clock().System}), p
}

func texts(t *testing.T, s *notices.Service, a access.Actor) string {
	t.Helper()
	page, err := s.Inbox(t.Context(), a, false, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, n := range page.Items {
		out = append(out, string(n.Relation)+":"+n.EventKind)
	}
	return strings.Join(out, " ")
}

func TestDeliver_TellsEachPersonOnceForTheNearestRelation(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, _ := service(k)
		author, follower, worker, stranger := k.Resident(), k.Resident(), k.As(access.CommunityWorker, k.Buyer()), k.Resident()
		at := k.World.Community.ID
		place := notice.Target{Kind: "place", ID: string(at)}
		for _, a := range []access.Actor{follower, author, worker} {
			if err := s.Follow(t.Context(), a, place); err != nil {
				t.Fatal(err)
			}
		}
		need := ident.NeedID("need-1")
		posted := emit(k, author, event.Event{Kind: "voice.submitted", ObjectKind: "voice", ObjectID: "voice-1", NeedID: need, PlaceID: at})
		adopted := emit(k, worker, event.Event{Kind: "need.adopted", ObjectKind: "need", ObjectID: string(need), NeedID: need, PlaceID: at, Data: map[string]string{"code": "XQ-2026-000001"}})
		for _, seq := range []int64{posted, adopted, adopted} {
			if _, err := s.Deliver(t.Context(), seq); err != nil {
				t.Fatal(err)
			}
		}
		for who, want := range map[*access.Actor]string{&author: "mine:need.adopted", &follower: "followed:need.adopted", &worker: "", &stranger: ""} {
			if got := texts(t, s, *who); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
		if n, _ := s.Unread(t.Context(), author); n != 1 {
			t.Errorf("unread %d", n)
		}
		if n, err := s.MarkRead(t.Context(), author, "", adopted); n != 1 || err != nil {
			t.Errorf("%d %v", n, err)
		}
		if n, _ := s.Unread(t.Context(), author); n != 0 {
			t.Errorf("unread after reading %d", n)
		}
	})
}

func TestDeliver_WhatIsSealedReachesOnlyWhomItNames(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s, _ := service(k)
	project := ident.ProjectID("project-1")
	buyer := k.As(access.BuyerMaker, k.Buyer())
	company := k.Party(party.KindSSO, "青禾", "")
	agent, colleague := k.As(access.SupplierAgent, company), k.As(access.SupplierAdmin, company)
	k.Update(func(ctx context.Context, u *app.Unit) error {
		return u.Core.AddDuty(ctx, project, access.DutyDocDraft, buyer.PersonID, u.Now)
	})
	sealed := emit(k, agent, event.Event{Kind: "bid.sealed", ObjectKind: "bid", ObjectID: "b", ProjectID: project, Data: map[string]string{"supplierId": string(company.ID)}})
	published := emit(k, k.Resident(), event.Event{Kind: "tender.published", ObjectKind: "tender", ObjectID: "t", ProjectID: project})
	for _, seq := range []int64{sealed, published} {
		if _, err := s.Deliver(t.Context(), seq); err != nil {
			t.Fatal(err)
		}
	}
	if got := texts(t, s, buyer); got != "duties:tender.published" {
		t.Errorf("buyer: %q", got)
	}
	if got := texts(t, s, colleague); got != "duties:bid.sealed" {
		t.Errorf("colleague: %q", got)
	}
	if got := texts(t, s, agent); got != "" {
		t.Errorf("told what he did himself: %q", got)
	}
}

func TestMail_GoesOnceAndSettingsAreKept(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, out := service(k)
		me := k.Resident()
		email(k, me, "me@example.cn")
		tell := func() []ident.NoticeID {
			seq := emit(k, k.Resident(), event.Event{Kind: "membership.granted", ObjectKind: "membership", ObjectID: "m", Data: map[string]string{"toPersons": string(me.PersonID), "party": "青禾"}})
			ids, err := s.Deliver(t.Context(), seq)
			if err != nil {
				t.Fatal(err)
			}
			return ids
		}
		ids := tell()
		if len(ids) != 1 {
			t.Fatalf("mails: %v", ids)
		}
		out.fail = fault.New(fault.KindUnavailable, "courier.failed", "down")
		if err := s.Mail(t.Context(), ids[0]); !fault.Is(err, "courier.failed") {
			t.Fatal(err)
		}
		out.fail = nil
		for range 2 {
			if err := s.Mail(t.Context(), ids[0]); err != nil {
				t.Fatal(err)
			}
		}
		if len(out.sent) != 1 || out.sent[0].To != "me@example.cn" || !strings.Contains(out.sent[0].Text, "青禾") {
			t.Errorf("%+v", out.sent)
		}
		if err := s.SetPreference(t.Context(), me, notice.Choice{Relation: notice.Mine, Channel: notice.ByMail, Enabled: false}); err != nil {
			t.Fatal(err)
		}
		if ids := tell(); len(ids) != 0 {
			t.Errorf("mail although switched off: %v", ids)
		}
		if err := s.SetPreference(t.Context(), me, notice.Choice{Relation: "x", Channel: notice.ByMail}); !fault.Is(err, "notice.preference_unknown") {
			t.Error(err)
		}
	})
}

func TestDigest_OneADayOfWhatIFollow(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, out := service(k)
		me := k.Resident()
		email(k, me, "me@example.cn")
		at := k.World.Community.ID
		other := k.Resident()
		emit(k, other, event.Event{Kind: "need.adopted", ObjectKind: "need", ObjectID: "old", PlaceID: at})
		k.Advance(time.Minute)
		if err := s.Follow(t.Context(), me, notice.Target{Kind: "place", ID: string(at)}); err != nil {
			t.Fatal(err)
		}
		k.Advance(time.Minute)
		emit(k, other, event.Event{Kind: "need.adopted", ObjectKind: "need", ObjectID: "new", PlaceID: at, Data: map[string]string{"code": "XQ-2026-000002"}})
		emit(k, other, event.Event{Kind: "tender.drafted", ObjectKind: "tender", ObjectID: "t", PlaceID: at})
		emit(k, me, event.Event{Kind: "need.closed", ObjectKind: "need", ObjectID: "own", PlaceID: at})
		for range 2 {
			due, next, err := s.PrepareDigests(t.Context(), "")
			if err != nil || next != "" {
				t.Fatal(err, next)
			}
			for _, d := range due {
				if err := s.MailDigest(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
		}
		if len(out.sent) != 1 || strings.Count(out.sent[0].Text, "·") != 1 || !strings.Contains(out.sent[0].Text, "XQ-2026-000002") {
			t.Errorf("%+v", out.sent)
		}
		k.Advance(24 * time.Hour)
		if due, _, _ := s.PrepareDigests(t.Context(), ""); len(due) != 0 {
			t.Errorf("a digest without news: %v", due)
		}
	})
}

func TestFollow_Refusals(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s, _ := service(k)
	if err := s.Follow(t.Context(), access.Actor{}, notice.Target{Kind: "place", ID: string(k.World.Community.ID)}); !fault.Is(err, "access.sign_in_required") {
		t.Error(err)
	}
	for _, x := range []notice.Target{{Kind: "place", ID: "nowhere"}, {Kind: "person", ID: "x"}, {Kind: "need", ID: "x"}} {
		if err := s.Follow(t.Context(), k.Resident(), x); !fault.Is(err, "follow.unknown") {
			t.Errorf("%v: %v", x, err)
		}
	}
}

func TestDeliver_OnlyTheNewestOfAThingIsUnread(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s, _ := service(k)
		author, other := k.Resident(), k.Resident()
		tell := func(kind string) int64 {
			return emit(k, other, event.Event{Kind: kind, ObjectKind: "need", ObjectID: "n", Data: map[string]string{"toPersons": string(author.PersonID)}})
		}
		first, second, third := tell("need.classify"), tell("need.screen"), tell("need.adopt")
		for _, seq := range []int64{first, third, second} { // jobs may run out of order
			if _, err := s.Deliver(t.Context(), seq); err != nil {
				t.Fatal(err)
			}
		}
		page, err := s.Inbox(t.Context(), author, true, 0, 10)
		if err != nil || len(page.Items) != 1 || page.Items[0].EventSeq != third {
			t.Errorf("%+v %v", page.Items, err)
		}
		if all, _ := s.Inbox(t.Context(), author, false, 0, 10); len(all.Items) != 3 {
			t.Errorf("%d notices kept", len(all.Items))
		}
	})
}
