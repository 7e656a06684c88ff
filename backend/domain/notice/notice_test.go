package notice

import (
	"strings"
	"testing"

	"linli/backend/domain/event"
	"linli/backend/domain/fault"
)

func TestBase_PastFormsAndVerbsAreOne(t *testing.T) {
	t.Parallel()
	for past, base := range map[string]string{
		"published": "publish", "publish": "publish", "submitted": "submit", "passed_on": "pass_on", "paid": "pay", "withdrawn": "withdraw",
		"clarified": "clarify", "adopted": "adopt", "closed": "close", "approved": "approve", "confirmed": "confirm", "taken_back": "take_back",
		"settled": "settle", "sent_back": "send_back", "accepted_partly": "accept_partly", "planned": "plan", "unsealed": "unseal",
		"put_on_agenda": "put_on_agenda", "rejected": "reject", "archived": "archive", "received": "receive", "nominated": "nominate",
	} {
		if got := Base(past); got != base {
			t.Errorf("%s: %s, want %s", past, got, base)
		}
	}
}

func TestSentence_ReadsInBothLanguages(t *testing.T) {
	t.Parallel()
	got := Sentence("need.adopted", map[string]string{"code": "XQ-2026-000012", "title": "放学后没人管"})
	if got.ZH != "需求 XQ-2026-000012「放学后没人管」已采纳" || got.EN != "Need XQ-2026-000012 “放学后没人管” was adopted" {
		t.Errorf("%+v", got)
	}
	if got := Sentence("tender.failed", map[string]string{"code": "CG-1", "reason": "响应不足三家"}); got.ZH != "采购项目 CG-1 已废标：响应不足三家" {
		t.Errorf("%+v", got)
	}
	if got := Sentence("comet.sighted", nil); got.ZH != "事项有新进展" || got.EN != "Matter has news" {
		t.Errorf("%+v", got)
	}
	if got := Sentence("membership.granted", map[string]string{"party": "青禾"}); !strings.Contains(got.ZH, "青禾") {
		t.Errorf("%+v", got)
	}
}

func TestPublic_NothingSealedReachesFollowers(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"bid.sealed", "scoresheet.signed", "committee.drawn", "tender.drafted", "payment.requested", "pledge.offered", "voice.submitted", "unknown.happened", "session.token_reused"} {
		if Public(kind) {
			t.Errorf("%s is public", kind)
		}
	}
	for _, kind := range []string{"need.adopted", "tender.published", "payment.confirm_paid", "milestone.accepted", "donation.received"} {
		if !Public(kind) {
			t.Errorf("%s is not public", kind)
		}
	}
	for object := range public {
		for _, s := range secret {
			if object == s && object != "pledge" {
				t.Errorf("%s is public and secret", object)
			}
		}
	}
}

func TestApply_ChoicesOverlayDefaults(t *testing.T) {
	t.Parallel()
	m := Apply([]Choice{{Area, InApp, true}, {Mine, ByMail, false}, {"nowhere", InApp, true}})
	if !m[Area][InApp] || m[Mine][ByMail] || !m[Mine][InApp] || !m[Followed][Digest] || len(m) != len(Relations) {
		t.Errorf("%v", m)
	}
	if err := (Choice{"nowhere", InApp, true}).Check(); !fault.Is(err, "notice.preference_unknown") {
		t.Error(err)
	}
}

func TestLink_NeverLeavesTheSite(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{"//evil.example": "/needs/n", "https://evil.example": "/needs/n", "/work/payments/1": "/work/payments/1"} {
		if got := Link(event.Event{NeedID: "n", Data: map[string]string{"link": link}}); got != want {
			t.Errorf("%s: %s", link, got)
		}
	}
}

func TestTargets_ReachTheWholeThread(t *testing.T) {
	t.Parallel()
	got := Targets(event.Event{ObjectKind: "payment", ObjectID: "p", NeedID: "n", ProjectID: "x", PlaceID: "l", Data: map[string]string{"fundId": "f"}})
	want := []Target{{"need", "n"}, {"project", "x"}, {"fund", "f"}, {"place", "l"}}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v", got)
		}
	}
}

func TestQuiet_SupportersAreNotToldOfEachOther(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"need.support", "need.supported", "tender.saved", "service.changed"} {
		if !Quiet(kind) {
			t.Errorf("%s is told", kind)
		}
	}
	for _, kind := range []string{"need.adopt", "tender.published", "need.put_on_agenda"} {
		if Quiet(kind) {
			t.Errorf("%s is not told", kind)
		}
	}
}
