package needs_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/app/needs"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/taxonomy"
	"linli/backend/testkit"
)

func TestPost_OnlyWhatTheAuthorPreviewedBecomesPublic(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		const number, card = "13800138000", "510104199001011234"
		words := "我是" + s.author.Name + "，电话" + number + "，身份证" + card + "，楼道灯坏了"
		p := s.posting(s.author, words, "")
		for _, secret := range []string{number, card, s.author.Name} {
			if strings.Contains(p.Public, secret) {
				t.Errorf("the preview shows %s: %s", secret, p.Public)
			}
		}
		raw := p
		raw.Public = words
		s.refused("voice.preview_changed", func() error { _, err := s.svc.Post(ctx, s.by(s.author), raw); return err })
		if page := given[needs.VoicePage](s)(s.svc.Inbox(ctx, s.worker, need.VoiceQuery{Limit: 10})); len(page.Lines) != 0 {
			t.Errorf("a refused voice waits in the inbox: %+v", page.Lines)
		}
		v := given[needs.Receipt](s)(s.svc.Post(ctx, s.by(s.author), p)).Voice
		s.refused("record.not_found", func() error { _, err := s.svc.Voice(ctx, access.Actor{}, v.Code); return err })
		o := needs.Opening{Category: "safety.lighting", Title: "楼道灯坏了，找" + s.author.Name, Summary: "请打" + number, Voices: []needs.Gathered{{VoiceID: v.ID, Version: v.Version}}}
		n := given[need.Need](s)(s.svc.OpenNeed(ctx, s.by(s.worker), o))
		d := s.need(n.ID)
		public := d.Need.Title + d.Need.Summary + d.Voices[0].Voice.Public + d.Voices[0].Voice.Words + string(d.Voices[0].Voice.AuthorID)
		for _, secret := range []string{number, card, string(s.author.PersonID)} {
			if strings.Contains(public, secret) {
				t.Errorf("the page shows %s: %s", secret, public)
			}
		}
		if strings.Contains(d.Need.Title, s.author.Name) {
			t.Errorf("a resident is named: %s", d.Need.Title)
		}
		if got := s.stored(v.ID); got.Words != words {
			t.Errorf("the words were rewritten: %s", got.Words)
		}
		s.nowhere(number, card, "楼道灯坏了，身份")
	})
}

func TestDuplicates_FollowingAddsNoVoiceAndNoHousehold(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		n := s.open(s.voice(s.author, "3栋/501"))
		ask := needs.SimilarTo{PlaceID: k.World.Community.ID, Category: "elderly.visit", Words: "希望每周有人上门看看独居老人"}
		alike := given[[]needs.Alike](s)(s.svc.Similar(ctx, s.neighbour, ask))
		if len(alike) != 1 || alike[0].ID != n.ID {
			t.Fatalf("%+v", alike)
		}
		st := given[needs.Standing](s)(s.svc.Follow(ctx, s.by(s.neighbour), n.ID))
		if !st.Followed || st.Supported || st.Counted || s.households(n.ID) != 1 {
			t.Errorf("%+v", st)
		}
		if mine := given[needs.VoicePage](s)(s.svc.MyVoices(ctx, s.neighbour, need.VoiceQuery{Limit: 10})); len(mine.Lines) != 0 {
			t.Errorf("following posted %+v", mine.Lines)
		}
		ask.Words = "食堂中午太早关门"
		if alike = given[[]needs.Alike](s)(s.svc.Similar(ctx, s.neighbour, ask)); len(alike) != 0 {
			t.Errorf("another matter is taken for the same: %+v", alike)
		}
	})
}

func TestDuplicates_MineIsDifferentStaysAVoiceOfItsOwn(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		n := s.open(s.voice(s.author, "3栋/501"))
		p := s.posting(s.neighbour, lonely, "4栋/101")
		p.Different = []ident.NeedID{n.ID}
		v := given[needs.Receipt](s)(s.svc.Post(ctx, s.by(s.neighbour), p)).Voice
		if got := s.stored(v.ID); got.Status != need.VoiceSubmitted || got.NeedID != "" || !slices.Equal(got.Different, []ident.NeedID{n.ID}) {
			t.Errorf("%+v", got)
		}
		if got := s.households(n.ID); got != 1 {
			t.Errorf("what is different counts for the other: %d households", got)
		}
		if d := s.need(n.ID); len(d.Voices) != 1 || d.Need.Version != n.Version {
			t.Errorf("the other need was touched: %d voices, version %d", len(d.Voices), d.Need.Version)
		}
	})
}

func TestMerge_KeepsLineageAndCountsAHouseholdOnce(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		first, second := s.voice(s.author, "3栋/501"), s.voice(s.neighbour, "3栋/501")
		a, b := s.open(first), s.open(second)
		supporter := s.resident()
		given[needs.Standing](s)(s.svc.Support(ctx, s.by(supporter), needs.Supporting{NeedID: b.ID, Building: "４号楼", Unit: "101"}))
		given[needs.Standing](s)(s.svc.Support(ctx, s.by(supporter), needs.Supporting{NeedID: a.ID, Building: "4栋", Unit: "101"}))
		before := s.stored(second.ID)
		step := needs.Step{ID: b.ID, Version: b.Version, Reason: "说的是同一位老人"}
		s.refused("need.merge_self", func() error { _, err := s.svc.Merge(ctx, s.by(s.worker), step, b.ID); return err })
		s.refused("access.forbidden", func() error { _, err := s.svc.Merge(ctx, s.by(s.author), step, a.ID); return err })
		s.refused("record.stale", func() error {
			_, err := s.svc.Merge(ctx, s.by(s.worker), needs.Step{ID: b.ID, Version: b.Version + 1, Reason: "同一件事"}, a.ID)
			return err
		})
		merged := given[need.Need](s)(s.svc.Merge(ctx, s.by(s.worker), step, a.ID))
		if merged.Stage != need.StageClosed || merged.Outcome != need.OutcomeDuplicate || merged.MergedInto != a.ID {
			t.Errorf("%+v", merged)
		}
		after := s.stored(second.ID)
		if after.NeedID != b.ID || after.Version != before.Version || after.Words != before.Words || after.Public != before.Public {
			t.Errorf("the voice was moved or rewritten: %+v", after)
		}
		if got := s.households(a.ID); got != 2 {
			t.Errorf("%d households behind the need that is left, want 2", got)
		}
		d := s.need(a.ID)
		if !slices.Equal(d.Merged, []string{b.Code}) || len(d.Voices) != 2 || s.need(b.ID).Into != a.Code {
			t.Errorf("lineage: %v, %d voices, into %q", d.Merged, len(d.Voices), s.need(b.ID).Into)
		}
		for name, who := range map[string]access.Actor{"who raised it": s.neighbour, "who supports both": supporter} {
			var told int
			for _, line := range s.told(who) {
				if strings.Contains(line, "need.merge 说的是同一位老人") {
					told++
				}
			}
			if told != 1 {
				t.Errorf("%s was told %d times of the merge: %v", name, told, s.told(who))
			}
		}
		s.refused("need.merge_closed", func() error {
			_, err := s.svc.Merge(ctx, s.by(s.worker), needs.Step{ID: a.ID, Version: a.Version, Reason: "反过来"}, b.ID)
			return err
		})
	})
}

func TestWithdraw_BlanksTheWordsAndKeepsThePage(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		v := s.voice(s.author, "3栋/501")
		n := s.open(v, s.voice(s.neighbour, "4栋/101"))
		now := s.stored(v.ID)
		act := needs.VoiceAct{ID: v.ID, Version: now.Version, Action: need.ActWithdraw}
		s.refused("voice.not_author", func() error { _, err := s.svc.ChangeVoice(ctx, s.by(s.neighbour), act); return err })
		s.refused("voice.not_author", func() error { _, err := s.svc.ChangeVoice(ctx, s.by(s.worker), act); return err })
		given[need.Voice](s)(s.svc.ChangeVoice(ctx, s.by(s.author), act))
		if got := s.stored(v.ID); got.Words != "" || got.Public != "" || got.NeedID != n.ID || got.Code != v.Code {
			t.Errorf("stored: %+v", got)
		}
		page := given[needs.VoiceDetail](s)(s.svc.Voice(ctx, access.Actor{}, v.Code))
		if page.Public.Voice.Status != need.VoiceWithdrawn || page.Public.Voice.Public != "" || page.NeedRef != n.Code {
			t.Errorf("the page: %+v", page.Public.Voice)
		}
		if d := s.need(n.ID); len(d.Voices) != 2 || d.Need.Stage != need.StageOpen || s.households(n.ID) != 1 {
			t.Errorf("the need: %d voices, %s, %d households", len(d.Voices), d.Need.Stage, s.households(n.ID))
		}
		act.Version = s.stored(v.ID).Version
		s.refused("voice.transition_refused", func() error {
			_, err := s.svc.ChangeVoice(ctx, s.by(s.worker), needs.VoiceAct{ID: v.ID, Version: act.Version, Action: need.ActDetach, Reason: "不是一回事"})
			return err
		})
	})
}

func TestAuthor_IsToldOfEveryAnswerWithItsReason(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		stranger := s.resident()
		v := s.voice(s.author, "3栋/501")
		answer := func(action, reason string) {
			t.Helper()
			v = given[need.Voice](s)(s.svc.ChangeVoice(ctx, s.by(s.worker), needs.VoiceAct{ID: v.ID, Version: v.Version, Action: action, Reason: reason}))
		}
		s.refused("voice.reason_required", func() error {
			_, err := s.svc.ChangeVoice(ctx, s.by(s.worker), needs.VoiceAct{ID: v.ID, Version: v.Version, Action: need.ActPassOn})
			return err
		})
		answer(need.ActPassOn, "市政职责")
		answer(need.ActTakeBack, "区里退回")
		n := s.open(v)
		given[need.Need](s)(s.svc.End(ctx, s.by(s.worker), needs.Step{ID: n.ID, Version: n.Version, Reason: "暂无人手"}, need.ActFindNoResource))
		told := s.told(s.author)
		for _, want := range []string{"mine voice.pass_on 市政职责", "mine voice.take_back 区里退回", "mine voice.gather ", "mine need.find_no_resource 暂无人手"} {
			if !slices.Contains(told, want) {
				t.Errorf("the author was not told %q: %q", want, told)
			}
		}
		if got := s.told(stranger); len(got) != 0 {
			t.Errorf("a stranger was told %v", got)
		}
		for _, line := range s.told(s.worker) {
			if strings.Contains(line, "voice.pass_on") || strings.Contains(line, "find_no_resource") {
				t.Errorf("the worker was told of what he did himself: %s", line)
			}
		}
		steps := s.need(n.ID).Steps
		if last := steps[len(steps)-1]; last.Reason != "暂无人手" || last.Outcome != need.OutcomeNoResource {
			t.Errorf("the public reads %+v", last)
		}
	})
}

func TestEmergency_NamesWhomToCallAndWaitsForNobody(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		for _, c := range taxonomy.All() {
			if !c.Emergency {
				continue
			}
			p := s.posting(s.author, "楼道里有煤气味，很浓", "")
			p.Category = string(c.Code)
			v := given[needs.Receipt](s)(s.svc.Post(ctx, s.by(s.author), p)).Voice
			if len(c.Call) == 0 {
				t.Errorf("%s names nobody to call", c.Code)
			}
			if got := s.stored(v.ID); got.Category != string(c.Code) || got.Status != need.VoiceSubmitted || got.NeedID != "" {
				t.Errorf("%+v", got)
			}
			page := given[needs.VoicePage](s)(s.svc.Inbox(ctx, s.worker, need.VoiceQuery{Limit: 1}))
			if len(page.Lines) != 1 || page.Lines[0].Voice.ID != v.ID {
				t.Errorf("%s does not stand first in the inbox: %+v", c.Code, page.Lines)
			}
			k.Advance(1e9)
		}
		if all := given[needs.Page](s)(s.svc.List(ctx, access.Actor{}, need.Query{Limit: 10})); len(all.Lines) != 0 {
			t.Errorf("unread words became public: %+v", all.Lines)
		}
	})
}

func TestAssisted_IsRecordedAsSuchAndSpeaksForTheResident(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		const mobile = "13900139000"
		grandma := s.resident()
		k.Account(grandma, mobile)
		other := k.As(access.CommunityWorker, k.Party(party.KindRC, "东虹社区居委会", k.World.Neighbour.ID))
		in := needs.Assisting{PlaceID: k.World.Community.ID, Phone: mobile, Channel: need.ChannelAssisted}
		s.refused("access.forbidden", func() error { _, err := s.svc.StartAssist(ctx, s.by(other), in); return err })
		s.refused("access.forbidden", func() error { _, err := s.svc.StartAssist(ctx, s.by(s.neighbour), in); return err })
		a := given[need.Assist](s)(s.svc.StartAssist(ctx, s.by(s.worker), in))
		p := s.posting(s.worker, lonely, "3栋/501")
		p.AssistID = a.ID
		v := given[needs.Receipt](s)(s.svc.Post(ctx, s.by(s.worker), p)).Voice
		got := s.stored(v.ID)
		if got.AuthorID != grandma.PersonID || got.PostedBy != s.worker.PersonID || got.Channel != need.ChannelAssisted {
			t.Errorf("%+v", got)
		}
		k.View(func(ctx context.Context, u *app.Unit) error {
			records, err := u.Audits.Of(ctx, "voice", string(v.ID), 10)
			if err != nil || len(records) != 1 || records[0].ActorID != s.worker.PersonID || !strings.Contains(records[0].Text, string(grandma.PersonID)) {
				t.Errorf("%v %+v", err, records)
			}
			return err
		})
		s.open(v)
		if told := s.told(grandma); !slices.Contains(told, "mine voice.gather ") {
			t.Errorf("the resident was not told: %v", told)
		}
		if mine := given[needs.VoicePage](s)(s.svc.MyVoices(ctx, grandma, need.VoiceQuery{Limit: 10})); len(mine.Lines) != 1 {
			t.Errorf("the resident finds %d voices of hers", len(mine.Lines))
		}
		k.Advance(need.AssistTime)
		s.refused("assist.over", func() error { _, err := s.svc.Post(ctx, s.by(s.worker), p); return err })
		s.nowhere(mobile)
	})
}

func TestAssisted_ANamelessResidentHasNoAccountAndNoOneElseSpeaks(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStreet(t, k)
		in := needs.Assisting{PlaceID: k.World.Community.ID, Nameless: "住3栋的一位老人", Channel: need.ChannelDoor}
		a := given[need.Assist](s)(s.svc.StartAssist(ctx, s.by(s.worker), in))
		s.refused("assist.running", func() error { _, err := s.svc.StartAssist(ctx, s.by(s.worker), in); return err })
		colleague := k.Join(s.resident(), access.CommunityWorker, k.Party(party.KindVC, "和美村委会", k.World.Community.ID))
		p := s.posting(s.worker, lonely, "3栋/501")
		p.AssistID = a.ID
		s.refused("assist.not_yours", func() error { _, err := s.svc.Post(ctx, s.by(colleague), p); return err })
		v := given[needs.Receipt](s)(s.svc.Post(ctx, s.by(s.worker), p)).Voice
		if got := s.stored(v.ID); got.AuthorID != "" || got.Nameless != in.Nameless || got.PostedBy != s.worker.PersonID {
			t.Errorf("%+v", got)
		}
		n := s.open(v)
		if d := s.need(n.ID); s.households(n.ID) != 1 || d.Voices[0].Voice.Nameless != "" {
			t.Errorf("%d households, the public reads %q", s.households(n.ID), d.Voices[0].Voice.Nameless)
		}
	})
}
