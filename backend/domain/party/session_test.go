package party

import (
	"testing"
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
)

var morning = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func TestFailures_LockAtTheFifthWithinTheWindow(t *testing.T) {
	t.Parallel()
	f := Failures{}
	for i := range FailureLimit {
		if err := f.Check(morning); err != nil {
			t.Fatalf("locked after %d", i)
		}
		f.Fail(morning.Add(time.Duration(i) * time.Minute))
	}
	at := morning.Add(4 * time.Minute)
	err := f.Check(at)
	if got, _ := fault.As(err); !fault.Is(err, "session.locked") || got.Params["minutes"] != "15" {
		t.Errorf("%v", err)
	}
	if err := f.Check(at.Add(LockTime)); err != nil {
		t.Errorf("still locked: %v", err)
	}
}

func TestFailures_SlowGuessesStartANewWindow(t *testing.T) {
	t.Parallel()
	f := Failures{}
	for i := range 20 {
		f.Fail(morning.Add(time.Duration(i) * (FailureWindow + time.Second)))
	}
	if f.LockedUntil != nil || f.Count != 1 {
		t.Errorf("%+v", f)
	}
}

func TestSession_EndsOnceAndRefusesAfterwards(t *testing.T) {
	t.Parallel()
	s := OpenSession("s", "p", "m", "browser", morning)
	if err := s.Check(morning.Add(SessionLife - time.Microsecond)); err != nil {
		t.Error(err)
	}
	if err := s.Check(morning.Add(SessionLife)); !fault.Is(err, "session.expired") {
		t.Error(err)
	}
	s.End(EndTokenReused, morning)
	s.End(EndSignedOut, morning.Add(time.Hour))
	if s.EndReason != EndTokenReused || !s.EndedAt.Equal(morning) {
		t.Errorf("%+v", s)
	}
	if err := s.Check(morning); !fault.Is(err, "session.ended") {
		t.Error(err)
	}
}

func TestSession_WorkRolesIdleOutSoonerAndNeverOutliveTheSession(t *testing.T) {
	t.Parallel()
	s := OpenSession("s", "p", "m", "browser", morning)
	if got := s.RefreshUntil(access.Resident, morning).Sub(morning); got != ResidentIdle {
		t.Error(got)
	}
	if got := s.RefreshUntil(access.FinanceOfficer, morning).Sub(morning); got != StaffIdle {
		t.Error(got)
	}
	late := morning.Add(SessionLife - time.Hour)
	if got := s.RefreshUntil(access.Resident, late); !got.Equal(s.EndsAt) {
		t.Error(got)
	}
}

func TestReset_WrongUsedOldAndWornOutAreOneAnswer(t *testing.T) {
	t.Parallel()
	fresh := func() Reset { return Reset{CodeHash: "right", EndsAt: morning.Add(ResetTTL)} }
	used := fresh()
	if err := used.Try("right", morning); err != nil || used.UsedAt == nil {
		t.Fatal(err)
	}
	worn := fresh()
	for range ResetTries {
		_ = worn.Try("wrong", morning)
	}
	old := fresh()
	wrong := fresh()
	for name, err := range map[string]error{
		"used": used.Try("right", morning), "worn out": worn.Try("right", morning),
		"old": old.Try("right", morning.Add(ResetTTL)), "wrong": wrong.Try("wrong", morning),
	} {
		if !fault.Is(err, "password.code_wrong") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestInvitation_EveryStateAndAction(t *testing.T) {
	t.Parallel()
	for _, state := range []string{InvitationOpen, InvitationAccepted, InvitationRevoked} {
		a := Invitation{Status: state, EndsAt: morning.Add(InvitationTTL)}
		b := a
		errAccept, errRevoke := a.Accept("p", morning), b.Revoke(morning)
		if open := state == InvitationOpen; open != (errAccept == nil) || open != (errRevoke == nil) {
			t.Errorf("%s: accept %v, revoke %v", state, errAccept, errRevoke)
		}
		if state == InvitationOpen && (a.Status != InvitationAccepted || a.PersonID != "p" || a.ClosedAt == nil || b.Status != InvitationRevoked) {
			t.Errorf("%+v %+v", a, b)
		}
		if state != InvitationOpen && !fault.Is(errAccept, "invitation.transition_refused") {
			t.Error(errAccept)
		}
	}
	late := Invitation{Status: InvitationOpen, EndsAt: morning}
	if err := late.Accept("p", morning); !fault.Is(err, "invitation.expired") || late.Status != InvitationOpen {
		t.Errorf("%v %+v", err, late)
	}
}

func TestState_HoldsReferencesOnly(t *testing.T) {
	t.Parallel()
	p := Person{ID: "p", Name: "张伟", Phone: "13800005678", Salt: "a", PasswordHash: "hash"}
	q := p
	q.Salt = "b"
	if p.State().NameRef == q.State().NameRef || p.State().NameRef == "" || p.State().EmailRef != "" {
		t.Error("references are not salted, or empty fields have one")
	}
	if p.State().NameRef == p.ref("phone", p.Name) {
		t.Error("the same text in another field has the same reference")
	}
}

func TestMembership_LiveFromItsBeginningUntilBeforeItsEnd(t *testing.T) {
	t.Parallel()
	end := morning.Add(time.Hour)
	m := Membership{Since: morning, Until: &end}
	for at, live := range map[time.Time]bool{morning.Add(-1): false, morning: true, end.Add(-1): true, end: false} {
		if m.Live(at) != live {
			t.Errorf("%s: %v", at, m.Live(at))
		}
	}
}
