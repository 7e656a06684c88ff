package tender_test

import (
	"testing"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/procedure"
	"linli/backend/domain/rulebook"
	"linli/backend/domain/tender"
)

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func official(t *testing.T) *calendar.Calendar {
	t.Helper()
	c, err := calendar.Official()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func consultation(t *testing.T, on string) procedure.Procedure {
	t.Helper()
	book, err := rulebook.Official()
	if err != nil {
		t.Fatal(err)
	}
	p, err := procedure.Of("consultation.services")
	if err != nil {
		t.Fatal(err)
	}
	p, err = p.Resolve(book.At("CN", day(t, on)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func want(t *testing.T, name string, got calendar.Date, err error, expect string) {
	t.Helper()
	if err != nil || got.String() != expect {
		t.Errorf("%s: %s (%v), want %s", name, got, err, expect)
	}
}

func TestTerms_ComeFromTheRulebookInForce(t *testing.T) {
	t.Parallel()
	terms := consultation(t, "2026-03-02").Terms
	if terms.MinSuppliers != 3 || terms.MinContinue != 2 || terms.PriceWeightMin != 10 || terms.PriceWeightMax != 30 ||
		terms.CommitteeMin != 3 || terms.ExpertNum != 2 || terms.ExpertDen != 3 || terms.LowCeilingPct != 45 || terms.DeductMaxBp != 2000 {
		t.Errorf("terms %+v", terms)
	}
	if before := consultation(t, "2026-01-15").Terms; before.LowCeilingPct != 0 || before.RuleVersion == terms.RuleVersion {
		t.Errorf("the low-price rule reaches back: %+v", before)
	}
}

func TestDates_WorkedExamples(t *testing.T) {
	t.Parallel()
	cal, terms := official(t), consultation(t, "2026-03-02").Terms

	after, err := tender.DatesAfterResult(day(t, "2025-12-01"), terms, cal)
	want(t, "EX-5 ends", after.NoticeEnds, err, "2025-12-02")
	want(t, "EX-5 challenge", after.ChallengeBy, err, "2025-12-11")
	after, err = tender.DatesAfterResult(day(t, "2026-03-16"), terms, cal)
	want(t, "EX-6 ends", after.NoticeEnds, err, "2026-03-17")
	want(t, "EX-6 challenge", after.ChallengeBy, err, "2026-03-26")

	open := terms
	open.ResponseDays, open.ClarifyDays = 20, 15
	earliest, err := tender.EarliestDeadline(day(t, "2026-03-02"), open, cal)
	want(t, "EX-7", earliest, err, "2026-03-23")
	moved, err := tender.AfterClarification(day(t, "2026-04-09"), open, cal)
	want(t, "EX-8", moved, err, "2026-04-24")

	eval, err := tender.DatesAfterEvaluation(day(t, "2026-03-11"), terms, cal)
	want(t, "EX-9 report", eval.ReportBy, err, "2026-03-13")
	want(t, "EX-9 confirm", eval.ConfirmBy, err, "2026-03-20")
	want(t, "EX-9 announce", eval.AnnounceBy, err, "2026-03-24")

	after, err = tender.DatesAfterResult(day(t, "2026-03-18"), terms, cal)
	want(t, "EX-10 sign", after.SignBy, err, "2026-04-17")
	signed, err := tender.DatesAfterSigning(day(t, "2026-04-17"), terms, cal)
	want(t, "EX-10 publish", signed.PublishBy, err, "2026-04-21")
	want(t, "EX-10 file", signed.FileBy, err, "2026-04-28")
}

func TestClarification_MovesTheDeadlineOnlyWhenItIsTooNear(t *testing.T) {
	t.Parallel()
	cal := official(t)
	p := consultation(t, "2026-03-02")
	deadline := day(t, "2026-04-20").At(9, 30)
	x := &tender.Tender{Procedure: p, DeadlineAt: &deadline}
	for from, expect := range map[string]string{"2026-04-15": "2026-04-20 09:30", "2026-04-16": "2026-04-21 09:30", "2026-04-17": "2026-04-22 09:30"} {
		got, err := x.MoveDeadline(day(t, from).At(15, 0), nil, cal)
		if err != nil || got.In(calendar.Loc).Format("2006-01-02 15:04") != expect {
			t.Errorf("clarified %s: %s (%v), want %s", from, got.In(calendar.Loc), err, expect)
		}
	}
	saturday := day(t, "2026-04-25").At(9, 0)
	if _, err := x.MoveDeadline(day(t, "2026-04-15").At(9, 0), &saturday, cal); !fault.Is(err, "tender.deadline_on_day_off") {
		t.Errorf("deadline on a Saturday: %v", err)
	}
	early := day(t, "2026-04-17").At(9, 0)
	if _, err := x.MoveDeadline(day(t, "2026-04-10").At(9, 0), &early, cal); !fault.Is(err, "tender.deadline_too_early") {
		t.Errorf("deadline brought forward: %v", err)
	}
}

func TestDeadline_BoundaryIsOnTimeOneMillisecondLaterIsNot(t *testing.T) {
	t.Parallel()
	deadline := time.Date(2026, 4, 20, 1, 30, 0, 0, time.UTC)
	for by, ok := range map[time.Duration]bool{-time.Millisecond: true, 0: true, 999 * time.Microsecond: true, time.Millisecond: false} {
		if got := tender.OnTime(deadline.Add(by), deadline); got != ok {
			t.Errorf("%s after the deadline: on time %v", by, got)
		}
	}
	if err := tender.CheckClose(deadline.Add(tender.CloseWait-1), deadline); !fault.Is(err, "tender.close_too_early") {
		t.Errorf("closed while requests may still run: %v", err)
	}
	if err := tender.CheckClose(deadline.Add(tender.CloseWait), deadline); err != nil {
		t.Error(err)
	}
}

func TestCheckDeadline_TenDaysAndAWorkingDay(t *testing.T) {
	t.Parallel()
	cal, terms := official(t), consultation(t, "2026-03-02").Terms
	issued := day(t, "2026-03-02")
	if err := tender.CheckDeadline(issued, day(t, "2026-03-12").At(9, 0), terms, cal); err != nil {
		t.Error(err)
	}
	if err := tender.CheckDeadline(issued, day(t, "2026-03-11").At(9, 0), terms, cal); !fault.Is(err, "tender.deadline_too_early") {
		t.Error(err)
	}
	if err := tender.CheckDeadline(issued, day(t, "2026-03-14").At(9, 0), terms, cal); !fault.Is(err, "tender.deadline_on_day_off") {
		t.Error(err)
	}
	if err := tender.CheckDeadline(issued, day(t, "2031-03-14").At(9, 0), terms, cal); !fault.Is(err, "calendar.year_missing") {
		t.Error(err)
	}
}

func TestMachine_EveryStateWithEveryAction(t *testing.T) {
	t.Parallel()
	m := tender.Machine
	allowed := 0
	for _, s := range m.States {
		rows := m.Actions(s.Code)
		if s.Final && len(rows) > 0 {
			t.Errorf("final state %s has actions", s.Code)
		}
		if !s.Final && len(rows) == 0 {
			t.Errorf("state %s is a dead end", s.Code)
		}
		for _, verb := range m.Verbs() {
			row, err := m.Fire(s.Code, verb, "理由")
			if err != nil {
				if !fault.Is(err, "tender.transition_refused") {
					t.Errorf("%s in %s: %v", verb, s.Code, err)
				}
				continue
			}
			allowed++
			if !m.Has(row.To) || row.Permission == "" {
				t.Errorf("row %+v leads nowhere or is open to all", row)
			}
			if (row.To == tender.StatusFailed || row.To == tender.StatusCancelled) && (!row.Reason || !row.Notice) {
				t.Errorf("row %+v ends a lot without reason or notice", row)
			}
		}
	}
	if allowed != len(m.Rows) {
		t.Errorf("%d rows fire, the table has %d: a row is shadowed", allowed, len(m.Rows))
	}
}

func TestStatus_IsTheLeastAdvancedLivingLot(t *testing.T) {
	t.Parallel()
	lots := func(all ...string) *tender.Tender {
		x := &tender.Tender{}
		for _, s := range all {
			x.Lots = append(x.Lots, tender.Lot{Status: s})
		}
		return x
	}
	for _, c := range []struct {
		expect string
		in     *tender.Tender
	}{
		{"open", lots("open")}, {"evaluation", lots("announced", "evaluation", "failed")},
		{"announced", lots("failed", "announced")}, {"failed", lots("cancelled", "failed")}, {"done", lots("done", "failed")},
	} {
		if got := c.in.Status(); got != c.expect {
			t.Errorf("status %s, want %s", got, c.expect)
		}
	}
}

func TestFire_SuspensionReturnsOnlyWhereItCameFrom(t *testing.T) {
	t.Parallel()
	x := &tender.Tender{Lots: []tender.Lot{{ID: "l", Status: tender.StatusEvaluation}}}
	at := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	if _, err := x.Fire(tender.Act{Action: tender.ActSuspend, At: at, Reason: "投诉调查"}); !fault.Is(err, "tender.reason_unknown") {
		t.Errorf("suspended without a code: %v", err)
	}
	if _, err := x.Fire(tender.Act{Action: tender.ActSuspend, At: at, ReasonCode: tender.ReasonInvestigated}); !fault.Is(err, "tender.reason_required") {
		t.Errorf("suspended without words: %v", err)
	}
	if _, err := x.Fire(tender.Act{Action: tender.ActSuspend, At: at, ReasonCode: tender.ReasonInvestigated, Reason: "投诉调查"}); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Fire(tender.Act{Action: tender.ActResumeOpen, At: at, Reason: "恢复"}); !fault.Is(err, "tender.resume_elsewhere") {
		t.Errorf("resumed elsewhere: %v", err)
	}
	if _, err := x.Fire(tender.Act{Action: tender.ActResumeEvaluation, At: at, Reason: "恢复"}); err != nil || x.Status() != tender.StatusEvaluation {
		t.Errorf("%v %s", err, x.Status())
	}
	if len(x.History) != 2 {
		t.Errorf("history %+v", x.History)
	}
}
