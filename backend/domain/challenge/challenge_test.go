package challenge_test

import (
	"testing"

	"linli/backend/domain/calendar"
	"linli/backend/domain/challenge"
	"linli/backend/domain/fault"
)

func TestMachine_EveryStateWithEveryAction(t *testing.T) {
	t.Parallel()
	fired := 0
	for _, s := range challenge.Machine.States {
		for _, verb := range challenge.Machine.Verbs() {
			c := &challenge.Challenge{Status: s.Code}
			err := c.Fire(verb, "理由")
			switch {
			case err == nil:
				fired++
			case !fault.Is(err, "challenge.transition_refused") || c.Status != s.Code:
				t.Errorf("%s in %s: %v", verb, s.Code, err)
			}
		}
	}
	if fired != len(challenge.Machine.Rows) {
		t.Errorf("%d of %d rows fire", fired, len(challenge.Machine.Rows))
	}
}

func TestWindow_EX6_ChallengeAndAnswerAndComplaintDates(t *testing.T) {
	t.Parallel()
	cal, err := calendar.Official()
	if err != nil {
		t.Fatal(err)
	}
	ends, _ := calendar.ParseDate("2026-03-17")
	last, _ := calendar.ParseDate("2026-03-26")
	if err := challenge.CheckWindow(last.At(23, 59), ends, 7, cal); err != nil {
		t.Errorf("on the last day: %v", err)
	}
	if err := challenge.CheckWindow(last.End(), ends, 7, cal); !fault.Is(err, "challenge.window_over") {
		t.Errorf("a moment later: %v", err)
	}
	answer, _ := cal.AddWorkingDays(last, 7)
	complain, _ := cal.AddWorkingDays(answer, 15)
	if answer.String() != "2026-04-07" || complain.String() != "2026-04-28" {
		t.Errorf("answer by %s, complain by %s", answer, complain)
	}
}

func TestPausesSigning_OnlyUnsettledObjectionsToProcessOrResult(t *testing.T) {
	t.Parallel()
	c := challenge.Challenge{Kind: challenge.KindChallenge, Subject: challenge.SubjectResult, Status: challenge.StatusChallenge}
	if !c.PausesSigning() {
		t.Error("a challenge of the result pauses signing")
	}
	for _, change := range []func(*challenge.Challenge){
		func(c *challenge.Challenge) { c.Kind = challenge.KindInquiry },
		func(c *challenge.Challenge) { c.Subject = challenge.SubjectDocuments },
		func(c *challenge.Challenge) { c.Status = challenge.StatusAnswered },
		func(c *challenge.Challenge) { c.Status = challenge.StatusDecided },
	} {
		x := c
		change(&x)
		if x.PausesSigning() {
			t.Errorf("%+v pauses signing", x)
		}
	}
}
