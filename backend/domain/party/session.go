package party

import (
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// How long things of security live, by the system clock.
const (
	SessionLife   = 30 * 24 * time.Hour // a session ends even when it is used every day
	ResidentIdle  = 14 * 24 * time.Hour // unused this long, a resident signs in again
	StaffIdle     = 12 * time.Hour      // idle timeout of graded protection for work accounts
	InvitationTTL = 7 * 24 * time.Hour  // a week to accept an invitation
	ResetTTL      = 15 * time.Minute    // a code is for now
	ResetTries    = 5                   // guesses per code
	FailureLimit  = 5                   // wrong passwords before the lock
	FailureWindow = 15 * time.Minute    // counted over
	LockTime      = 15 * time.Minute    // then locked for
	MaxSessions   = 20                  // open sessions of one person; the oldest ends
)

// Why a session ended.
const (
	EndSignedOut       = "signed_out"
	EndEverywhere      = "signed_out_everywhere"
	EndTokenReused     = "token_reused"
	EndPasswordChanged = "password_changed"
	EndPasswordReset   = "password_reset"
	EndLocked          = "locked"
	EndBySecurity      = "ended_by_security"
)

// Session is one sign-in on one device. Its refresh tokens form a family: each is used
// once, and a second use ends the session.
type Session struct {
	ID           ident.SessionID
	PersonID     ident.PersonID
	MembershipID ident.MembershipID // empty until a role is chosen
	Device       string
	OpenedAt     time.Time
	EndsAt       time.Time
	EndedAt      *time.Time
	EndReason    string
	Version      int64
}

// Refresh is one refresh token; only the hash of the token is known.
type Refresh struct {
	Hash      string
	SessionID ident.SessionID
	IssuedAt  time.Time
	EndsAt    time.Time
	UsedAt    *time.Time
}

// OpenSession starts a session at a moment of the system clock.
func OpenSession(id ident.SessionID, person ident.PersonID, as ident.MembershipID, device string, now time.Time) Session {
	return Session{ID: id, PersonID: person, MembershipID: as, Device: device, OpenedAt: now, EndsAt: now.Add(SessionLife)}
}

// Check refuses a session that is over. Faults: session.ended, session.expired.
func (s Session) Check(now time.Time) error {
	if s.EndedAt != nil {
		return fault.Unauthenticated("session.ended", "session ended: "+s.EndReason).With("reason", s.EndReason)
	}
	if !s.EndsAt.After(now) {
		return fault.Unauthenticated("session.expired", "session is past its end")
	}
	return nil
}

// End ends the session for a reason; ending it again changes nothing.
func (s *Session) End(reason string, now time.Time) {
	if s.EndedAt == nil {
		s.EndedAt, s.EndReason = &now, reason
	}
}

// RefreshUntil tells until when the next refresh token may be used: idle time by role, but
// never past the session.
func (s Session) RefreshUntil(role access.Role, now time.Time) time.Time {
	idle := StaffIdle
	if role == access.Resident || role == "" {
		idle = ResidentIdle
	}
	if t := now.Add(idle); t.Before(s.EndsAt) {
		return t
	}
	return s.EndsAt
}

// Failures counts wrong passwords of one login, known or not.
type Failures struct {
	LoginHash   string
	Count       int
	Since       time.Time
	LockedUntil *time.Time
}

// Check refuses while locked. Fault session.locked with the minutes left.
func (f Failures) Check(now time.Time) error {
	if f.LockedUntil == nil || !f.LockedUntil.After(now) {
		return nil
	}
	return fault.New(fault.KindRateLimited, "session.locked", "too many wrong passwords").With("minutes", minutesUp(f.LockedUntil.Sub(now)))
}

// Fail counts one more wrong password and locks at the limit.
func (f *Failures) Fail(now time.Time) {
	if f.Count == 0 || now.Sub(f.Since) > FailureWindow {
		f.Count, f.Since, f.LockedUntil = 0, now, nil
	}
	f.Count++
	if f.Count >= FailureLimit {
		until := now.Add(LockTime)
		f.LockedUntil, f.Count = &until, 0
	}
}
