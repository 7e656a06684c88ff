package need

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/lifecycle"
)

var (
	t0      = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	council = Council{Quorum: big.NewRat(2, 3), PassOver: big.NewRat(1, 2), Version: "CN#test"}
	tenth   = big.NewRat(1, 10)
)

func opened(t testing.TB) *Need {
	t.Helper()
	n, err := New(Need{ID: "n1", Code: "XQ-2026-000001", PlaceID: "p1", PartyID: "rc1", Category: "elderly", Title: "独居老人想有人看看", Summary: "每周上门一次"}, t0)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func wantFault(t testing.TB, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want fault %s", err, code)
	}
}

func clear(route Route) Screening {
	var s Screening
	for _, line := range Exclusions(route) {
		s.Answers = append(s.Answers, Answer{Code: line.Code})
	}
	return s
}

// TestMachines_EveryStateAndAction walks all three tables: an action either has its row or
// is refused by name, reasons are demanded where the row says so, and nothing is unreachable.
func TestMachines_EveryStateAndAction(t *testing.T) {
	t.Parallel()
	for _, m := range []lifecycle.Machine{VoiceMachine, Machine, OutcomeMachine} {
		reached := map[string]bool{m.Initial: true}
		for _, s := range m.States {
			for _, action := range m.Verbs() {
				checkPair(t, m, s, action, reached)
			}
		}
		for _, s := range m.States {
			if !reached[s.Code] {
				t.Errorf("%s: nothing leads to %s", m.Name, s.Code)
			}
		}
		for _, r := range m.Rows {
			if !access.Known(r.Permission) || !m.Has(r.From) || !m.Has(r.To) {
				t.Errorf("%s: row %+v names something unknown", m.Name, r)
			}
		}
	}
}

func checkPair(t *testing.T, m lifecycle.Machine, s lifecycle.State, action string, reached map[string]bool) {
	t.Helper()
	row, err := m.Fire(s.Code, action, "因为")
	if err != nil {
		wantFault(t, err, m.Name+".transition_refused")
		return
	}
	if s.Final {
		t.Errorf("%s: %s leaves the final state %s", m.Name, action, s.Code)
	}
	reached[row.To] = true
	if _, err := m.Fire(s.Code, action, ""); row.Reason {
		wantFault(t, err, m.Name+".reason_required")
	}
}

func TestMachine_WhatEndsHasAReason(t *testing.T) {
	t.Parallel()
	for _, r := range Machine.Rows {
		if r.To == StageClosed && !r.Reason {
			t.Errorf("%s from %s closes without a reason", r.Action, r.From)
		}
	}
	for _, r := range OutcomeMachine.Rows {
		if !r.Reason {
			t.Errorf("outcome %s without a reason", r.Action)
		}
	}
}

// TestNeed_WholeLife goes from open to closed and back, with the guards on the way.
func TestNeed_WholeLife(t *testing.T) {
	t.Parallel()
	n, now := opened(t), t0
	step := func(_ lifecycle.Row, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Hour)
	}
	threshold := AgendaThreshold(836, tenth)
	_, err := n.PutOnAgenda(83, threshold, now)
	wantFault(t, err, "need.support_short")
	if f, _ := fault.As(err); f.Params["missing"] != "1" {
		t.Fatalf("missing %v", f.Params)
	}
	step(n.PutOnAgenda(84, threshold, now))
	_, err = n.Classify("heaven", "想想", now)
	wantFault(t, err, "need.route_unknown")
	step(n.Classify(RouteGov, "属于基本养老服务", now))
	step(n.Screen(clear(RouteGov), now))
	d, err := council.Hold(Deliberation{HeldOn: calendar.DateOf(now), Members: 21, Present: 14, Yes: 8, No: 6})
	if err != nil {
		t.Fatal(err)
	}
	step(n.Deliberate(d, now))
	until := calendar.DateOf(now).AddDate(0, 0, 5)
	step(n.Publicise(until, now))
	_, err = n.Adopt(until.End().Add(-time.Microsecond))
	wantFault(t, err, "need.publicity_running")
	now = until.End()
	step(n.Adopt(now))
	_, err = n.Advance(ActStartDelivery, "", now)
	wantFault(t, err, "need.project_required")
	step(n.Advance(ActLink, "", now))
	step(n.Advance(ActStartDelivery, "", now))
	step(n.Advance(ActDeliver, "", now))
	_, err = n.Close(OutcomeMet, "都好了", 15, now)
	wantFault(t, err, "need.confirmation_pending")
	step(n.Confirm(now))
	_, err = n.Close("met_somehow", "都好了", 15, now)
	wantFault(t, err, "need.outcome_unknown")
	step(n.Close(OutcomeMet, "都好了", 15, now))
	if n.Stage != StageClosed || n.Outcome != OutcomeMet || n.ClosedAt == nil || !n.Confirmed() {
		t.Fatalf("closed as %+v", n)
	}
	step(n.Reopen("灯又坏了", now))
	if n.Outcome != OutcomeNone || n.ClosedAt != nil || n.Confirmed() {
		t.Fatalf("reopened as %+v", n)
	}
	step(n.Resume("再修", now))
	step(n.Advance(ActDeliver, "", now))
	_, err = n.Close(OutcomePartlyMet, "无人回应", 15, now.AddDate(0, 0, 15))
	wantFault(t, err, "need.confirmation_pending")
	step(n.Close(OutcomePartlyMet, "无人回应", 15, now.AddDate(0, 0, 16)))
	if n.Confirmed() {
		t.Fatal("silence confirmed it")
	}
}

func TestNeed_CouncilSaysNo(t *testing.T) {
	t.Parallel()
	n := opened(t)
	n.Stage, n.Route = StageScreened, RouteSelf
	d, err := council.Hold(Deliberation{HeldOn: calendar.DateOf(t0), Members: 21, Present: 14, Yes: 7, No: 7})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.Deliberate(d, t0); err != nil {
		t.Fatal(err)
	}
	_, err = n.Publicise(calendar.DateOf(t0), t0)
	wantFault(t, err, "need.not_passed")
	if _, err := n.End(ActReject, "议事会未通过", t0); err != nil || n.Outcome != OutcomeNotAdopted || n.Stage != StageClosed {
		t.Fatalf("%v %s %s", err, n.Stage, n.Outcome)
	}
}

func TestNeed_StaffMayNotRejectWhatCouncilPassed(t *testing.T) {
	t.Parallel()
	n := opened(t)
	n.Stage, n.Deliberation = StageDeliberated, &Deliberation{Present: 14, Quorum: 14, Needed: 8, Yes: 9, No: 5}
	_, err := n.End(ActReject, "不想办", t0)
	wantFault(t, err, "need.passed_by_council")
	if n.Stage != StageDeliberated || n.Outcome != OutcomeNone {
		t.Fatal("a refused act changed the need")
	}
}

// TestNeed_EndingsSetBothAxes: every ending action closes with its own outcome, from every
// stage that allows it, and can be taken back.
func TestNeed_EndingsSetBothAxes(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		ActPassOn: OutcomeNotOurs, ActWithdrawNeed: OutcomeWithdrawn, ActFindInfeasible: OutcomeNotFeasible,
		ActFindNoResource: OutcomeNoResource, ActReject: OutcomeNotAdopted,
	}
	for _, r := range Machine.Rows {
		outcome, ends := want[r.Action]
		if !ends {
			continue
		}
		n := opened(t)
		n.Stage = r.From
		if _, err := n.End(r.Action, "说明", t0); err != nil || n.Stage != StageClosed || n.Outcome != outcome {
			t.Errorf("%s from %s: %v %s %s", r.Action, r.From, err, n.Stage, n.Outcome)
		}
		if _, err := n.Reopen("再看看", t0); err != nil || n.Stage != StageReopened || n.Outcome != OutcomeNone {
			t.Errorf("reopen after %s: %v", r.Action, err)
		}
		_, err := n.Resume("继续", t0)
		wantFault(t, err, "need.nothing_to_resume")
		if _, err := n.Restart("重来", t0); err != nil || n.Stage != StageOpen || n.Route != "" {
			t.Errorf("restart: %v", err)
		}
	}
}

func TestNeed_MergeKeepsLineage(t *testing.T) {
	t.Parallel()
	a, b := opened(t), opened(t)
	b.ID, b.Code = "n2", "XQ-2026-000002"
	_, err := a.Merge(a, "同一件事", t0)
	wantFault(t, err, "need.merge_self")
	b.PlaceID = "p2"
	_, err = a.Merge(b, "同一件事", t0)
	wantFault(t, err, "need.merge_elsewhere")
	b.PlaceID = a.PlaceID
	_, err = a.Merge(b, "", t0)
	wantFault(t, err, "need.reason_required")
	if _, err = a.Merge(b, "同一件事", t0); err != nil || a.MergedInto != b.ID || a.Outcome != OutcomeDuplicate {
		t.Fatalf("%v %+v", err, a)
	}
	_, err = b.Merge(a, "反过来", t0)
	wantFault(t, err, "need.merge_closed")
	if _, err = a.Reopen("不是一回事", t0); err != nil || a.MergedInto != "" {
		t.Fatalf("unmerge: %v %+v", err, a)
	}
}

func TestNeed_ReasonTooLong(t *testing.T) {
	t.Parallel()
	n := opened(t)
	_, err := n.End(ActPassOn, strings.Repeat("长", MaxReason+1), t0)
	wantFault(t, err, "need.reason_too_long")
	if n.Stage != StageOpen {
		t.Fatal("moved in spite of the refusal")
	}
}

func TestNew_FieldsAreNamed(t *testing.T) {
	t.Parallel()
	_, err := New(Need{Title: strings.Repeat("长", MaxTitle+1), Beneficiaries: -1, Urgency: "now", EstimateFen: -1, Point: &Point{LatE6: 91e6}}, t0)
	wantFault(t, err, "need.invalid")
	f, _ := fault.As(err)
	var paths []string
	for _, x := range f.Fields {
		paths = append(paths, x.Path)
	}
	if got := strings.Join(paths, " "); got != "title summary category placeId partyId beneficiaries estimateFen urgency point" {
		t.Fatalf("fields %s", got)
	}
}

// EX-15 of the domain handbook.
func TestEX15(t *testing.T) {
	t.Parallel()
	for households, want := range map[int]int{836: 84, 385: 39, 840: 84, 1: 1} {
		if got := AgendaThreshold(households, tenth); got != want {
			t.Errorf("%d households: %d proposers, want %d", households, got, want)
		}
	}
	hold := func(d Deliberation) (Deliberation, error) {
		d.HeldOn = calendar.DateOf(t0)
		return council.Hold(d)
	}
	d, err := hold(Deliberation{Members: 21, Present: 14, Yes: 8, No: 5, Abstain: 1})
	if err != nil || d.Quorum != 14 || d.Needed != 8 || !d.Passed() || d.Rules != "CN#test" {
		t.Fatalf("%v %+v", err, d)
	}
	if d, err = hold(Deliberation{Members: 21, Present: 14, Yes: 7, No: 7}); err != nil || d.Passed() {
		t.Fatalf("7 of 14 passed: %v", err)
	}
	_, err = hold(Deliberation{Members: 21, Present: 13, Yes: 13})
	wantFault(t, err, "need.quorum_missing")
	// three step out: 18 may vote, 12 are the quorum
	if d, err = hold(Deliberation{Members: 21, Recused: 3, Present: 12, Yes: 7, No: 5}); err != nil || d.Quorum != 12 || !d.Passed() {
		t.Fatalf("with recusal: %v %+v", err, d)
	}
}

func TestDeliberation_FiguresMustFit(t *testing.T) {
	t.Parallel()
	cases := []Deliberation{
		{Members: 0}, {Members: 21, Recused: 21}, {Members: 21, Recused: -1}, {Members: 21, Present: 22},
		{Members: 21, Recused: 1, Present: 21, Yes: 21}, {Members: 21, Present: 14, Yes: 8, No: 5}, {Members: 21, Present: 14, Yes: 15, No: -1},
	}
	for _, d := range cases {
		d.HeldOn = calendar.DateOf(t0)
		_, err := council.Hold(d)
		wantFault(t, err, "need.vote_invalid")
	}
	_, err := council.Hold(Deliberation{Members: 3, Present: 3, Yes: 3})
	wantFault(t, err, "need.vote_invalid")
}

func TestDeliberation_Properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.IntRange(1, 500).Draw(t, "members")
		recused := rapid.IntRange(0, members-1).Draw(t, "recused")
		present := rapid.IntRange(0, members-recused).Draw(t, "present")
		yes := rapid.IntRange(0, present).Draw(t, "yes")
		d, err := council.Hold(Deliberation{HeldOn: calendar.DateOf(t0), Members: members, Recused: recused, Present: present, Yes: yes, No: present - yes})
		enough := 3*present >= 2*(members-recused)
		if (err == nil) != enough {
			t.Fatalf("%d of %d present: %v", present, members-recused, err)
		}
		if enough && d.Passed() != (2*yes > present) {
			t.Fatalf("%d yes of %d: passed %v", yes, present, d.Passed())
		}
	})
}

func TestScreening_EveryLineNeedsAnAnswer(t *testing.T) {
	t.Parallel()
	for _, route := range []Route{RouteGov, RouteMarket, RouteSelf} {
		if err := clear(route).check(route); err != nil {
			t.Errorf("%s: %v", route, err)
		}
		for i := range Exclusions(route) {
			short := clear(route)
			short.Answers = append(short.Answers[:i], short.Answers[i+1:]...)
			wantFault(t, short.check(route), "need.screening_incomplete")
			hit := clear(route)
			hit.Answers[i].Applies = true
			wantFault(t, hit.check(route), "need.on_negative_list")
		}
		twice := clear(route)
		twice.Answers[0] = twice.Answers[1]
		wantFault(t, twice.check(route), "need.screening_incomplete")
	}
	wantFault(t, clear(RouteSelf).check(RouteGov), "need.screening_incomplete")
}

func TestHousehold_OneDoorManySpellings(t *testing.T) {
	t.Parallel()
	want, err := HouseholdOf("salt", "p1", "3栋", "2单元501")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range [][2]string{{"３号楼", "2-501"}, {"三栋", "二单元501室"}, {" 3 ", "2 501"}, {"3幢", "02单元501号"}} {
		if got, err := HouseholdOf("salt", "p1", s[0], s[1]); err != nil || got != want {
			t.Errorf("%v: %v %v", s, got, err)
		}
	}
	others := []Household{}
	for _, s := range [][4]string{{"salt", "p1", "3栋", "2单元502"}, {"salt", "p2", "3栋", "2单元501"}, {"other", "p1", "3栋", "2单元501"}, {"salt", "p1", "32栋", "501"}} {
		got, err := HouseholdOf(s[0], "p1", s[2], s[3])
		if s[1] == "p2" {
			got, err = HouseholdOf(s[0], "p2", s[2], s[3])
		}
		if err != nil || got == want {
			t.Errorf("%v gives the same household (%v)", s, err)
		}
		others = append(others, got)
	}
	if strings.Contains(fmt.Sprint(others, want), "501") && len(want) != 64 {
		t.Error("the hash tells the flat")
	}
	for _, s := range [][2]string{{"", "501"}, {"3栋", ""}, {"栋", "室"}, {strings.Repeat("3", 31), "501"}} {
		_, err := HouseholdOf("salt", "p1", s[0], s[1])
		wantFault(t, err, "need.household_invalid")
	}
}

func said(t testing.TB) *Voice {
	t.Helper()
	v, err := NewVoice(Voice{
		ID: "v1", PlaceID: "p1", Category: "elderly", Words: "  我妈妈一个人住，想有人看看 ", Public: "我妈妈一个人住，想有人看看",
		Channel: ChannelSelf, AuthorID: "a", PostedBy: "a",
	}, t0)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestVoice_GatherDetachWithdraw(t *testing.T) {
	t.Parallel()
	v, n := said(t), opened(t)
	if v.Status != VoiceSubmitted || v.Words != "我妈妈一个人住，想有人看看" || v.Seen() {
		t.Fatalf("%+v", v)
	}
	elsewhere := *n
	elsewhere.PlaceID = "p9"
	_, err := v.Gather(&elsewhere, t0)
	wantFault(t, err, "need.gather_elsewhere")
	if _, err := v.Gather(n, t0); err != nil || v.NeedID != n.ID || !v.Seen() {
		t.Fatalf("%v %+v", err, v)
	}
	_, err = v.Detach("", t0)
	wantFault(t, err, "voice.reason_required")
	if _, err := v.Detach("不是一回事", t0); err != nil || v.NeedID != "" || v.Status != VoiceSubmitted {
		t.Fatalf("%v %+v", err, v)
	}
	if _, err := v.Gather(n, t0); err != nil {
		t.Fatal(err)
	}
	v.Photos, v.Who = nil, "我妈"
	if _, err := v.Withdraw("", t0); err != nil {
		t.Fatal(err)
	}
	if v.Words+v.Public+v.Who != "" || v.NeedID != n.ID || !v.Seen() {
		t.Fatalf("withdrawn: %+v", v)
	}
	_, err = v.Resubmit("再说一次", "再说一次", t0)
	wantFault(t, err, "voice.transition_refused")
	if v.Words != "" {
		t.Fatal("a refused act brought words back")
	}
}

func TestVoice_ReturnAndResubmit(t *testing.T) {
	t.Parallel()
	v := said(t)
	_, err := v.Answer(ActReturn, "", t0)
	wantFault(t, err, "voice.reason_required")
	if _, err := v.Answer(ActReturn, "请写明楼栋", t0); err != nil || v.Reason != "请写明楼栋" {
		t.Fatal(err)
	}
	_, err = v.Resubmit("短", "短", t0)
	wantFault(t, err, "voice.invalid")
	if _, err := v.Resubmit("三栋二单元，妈妈一个人住", "三栋二单元，妈妈一个人住", t0); err != nil || v.Status != VoiceSubmitted {
		t.Fatal(err)
	}
	if _, err := v.Answer(ActPassOn, "市政职责，已转区城管", t0); err != nil || v.Status != VoicePassedOn {
		t.Fatal(err)
	}
	if _, err := v.Answer(ActTakeBack, "区里退回", t0); err != nil || v.Status != VoiceSubmitted {
		t.Fatal(err)
	}
}

func TestVoice_Refusals(t *testing.T) {
	t.Parallel()
	base := Voice{PlaceID: "p", Category: "c", Words: "足够长的话", AuthorID: "a", PostedBy: "a", Channel: ChannelSelf}
	cases := map[string]func(*Voice){
		"words":    func(v *Voice) { v.Words = "短" },
		"placeId":  func(v *Voice) { v.PlaceID = "" },
		"category": func(v *Voice) { v.Category = "" },
		"affected": func(v *Voice) { v.Affected = -1 },
		"urgency":  func(v *Voice) { v.Urgency = "now" },
		"photos":   func(v *Voice) { v.Photos = append(v.Photos, "1", "2", "3", "4", "5", "6", "7") },
		"point":    func(v *Voice) { v.Point = &Point{LngE6: 181e6} },
		"nameless": func(v *Voice) { v.AuthorID = ""; v.Channel = ChannelAssisted },
		"channel":  func(v *Voice) { v.AuthorID = ""; v.Nameless = "一位老人" },
	}
	for path, spoil := range cases {
		v := base
		spoil(&v)
		_, err := NewVoice(v, t0)
		wantFault(t, err, "voice.invalid")
		if f, _ := fault.As(err); f.Fields[0].Path != path {
			t.Errorf("%s: fields %v", path, f.Fields)
		}
	}
}

func TestPolicy(t *testing.T) {
	t.Parallel()
	agent := access.Actor{PersonID: "s", Role: access.SupplierAgent}
	if err := MayPropose(agent, "SSO"); err != nil {
		t.Error(err)
	}
	wantFault(t, MayPropose(agent, "ENT"), "need.enterprise_proposes")
	wantFault(t, MayPropose(agent, "SE"), "need.enterprise_proposes")
	if err := MayPropose(access.Actor{PersonID: "r", Role: access.Resident}, "RES"); err != nil {
		t.Error(err)
	}
	v := said(t)
	wantFault(t, v.MayTouch(access.Actor{PersonID: "b"}), "voice.not_author")
	wantFault(t, v.MayTouch(access.Actor{}), "voice.not_author")
	worker := access.Actor{PersonID: "w", Role: access.CommunityWorker, PlacePath: "/c/p1/"}
	if !v.MayRead(worker, "/c/p1/") || v.MayRead(worker, "/c/p2/") || v.MayRead(access.Actor{}, "/c/p1/") || !v.MayRead(access.Actor{PersonID: "a"}, "/c/p1/") {
		t.Error("the wrong people read the words")
	}
	nameless := Voice{PostedBy: "w"}
	if err := nameless.MayTouch(worker); err != nil {
		t.Error(err)
	}
	wantFault(t, nameless.MayTouch(access.Actor{}), "voice.not_author")
	wantFault(t, MayConfirm(false), "need.not_asker")
}

func TestAssist_EndsAfterHalfAnHour(t *testing.T) {
	t.Parallel()
	a, err := NewAssist(Assist{WorkerID: "w", Nameless: "住3栋的一位老人", Channel: ChannelAssisted}, t0)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Running("w", t0.Add(AssistTime-time.Microsecond)); err != nil {
		t.Error(err)
	}
	wantFault(t, a.Running("w", t0.Add(AssistTime)), "assist.over")
	wantFault(t, a.Running("x", t0), "assist.not_yours")
	if err := a.End("w", t0); err != nil {
		t.Error(err)
	}
	wantFault(t, a.Running("w", t0), "assist.over")
	_, err = NewAssist(Assist{WorkerID: "w", Channel: ChannelAssisted}, t0)
	wantFault(t, err, "assist.invalid")
	_, err = NewAssist(Assist{WorkerID: "w", Nameless: "x", Channel: ChannelSelf}, t0)
	wantFault(t, err, "assist.invalid")
}
