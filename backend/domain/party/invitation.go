package party

import (
	"strconv"
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
)

// Invitation offers a role in a party to whoever holds its link, once and for a week.
type Invitation struct {
	ID        ident.InvitationID
	PartyID   ident.PartyID
	Role      access.Role
	PlaceID   ident.PlaceID // narrower scope; empty for the party's place
	Name      string        // how the inviter calls the person
	Contact   string        // phone or e-mail; empty when the link is handed over
	TokenHash string
	Status    string
	InvitedBy ident.PersonID
	PersonID  ident.PersonID // who accepted
	CreatedAt time.Time      // system clock, like the two below
	EndsAt    time.Time
	ClosedAt  *time.Time
	Version   int64
}

// The states of an invitation. That it is past its end is computed, not stored.
const (
	InvitationOpen     = "open"
	InvitationAccepted = "accepted"
	InvitationRevoked  = "revoked"
)

// InvitationMachine is the lifecycle of an invitation.
var InvitationMachine = lifecycle.Machine{
	Name: "invitation", Initial: InvitationOpen,
	States: []lifecycle.State{
		{Code: InvitationOpen, ZH: "待接受", EN: "Open"},
		{Code: InvitationAccepted, ZH: "已接受", EN: "Accepted", Final: true},
		{Code: InvitationRevoked, ZH: "已撤回", EN: "Revoked", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: InvitationOpen, Action: "accept", To: InvitationAccepted, Permission: access.Public},
		{From: InvitationOpen, Action: "revoke", To: InvitationRevoked, Permission: access.MembershipGrant},
	},
}

// Accept gives the invitation to a person. Faults: invitation.expired,
// invitation.transition_refused.
func (i *Invitation) Accept(by ident.PersonID, now time.Time) error {
	if i.Status == InvitationOpen && !i.EndsAt.After(now) {
		return fault.Conflict("invitation.expired", "the invitation is past its end")
	}
	row, err := InvitationMachine.Fire(i.Status, "accept", "")
	if err != nil {
		return err
	}
	i.Status, i.PersonID, i.ClosedAt = row.To, by, &now
	return nil
}

// Revoke takes the invitation back. Fault invitation.transition_refused.
func (i *Invitation) Revoke(now time.Time) error {
	row, err := InvitationMachine.Fire(i.Status, "revoke", "")
	if err != nil {
		return err
	}
	i.Status, i.ClosedAt = row.To, &now
	return nil
}

// Reset is a one-time code that lets a person set a new password.
type Reset struct {
	ID        string
	PersonID  ident.PersonID
	CodeHash  string
	Channel   string         // "mail", "sms" or "in_person"
	MadeBy    ident.PersonID // the community worker, in person
	Attempts  int
	CreatedAt time.Time // system clock, like the two below
	EndsAt    time.Time
	UsedAt    *time.Time
	Version   int64
}

// Try spends one attempt and compares. The fault is the same for a wrong, used, old or
// worn-out code, so that nothing is learnt by guessing: password.code_wrong.
func (r *Reset) Try(codeHash string, now time.Time) error {
	r.Attempts++
	if r.UsedAt != nil || !r.EndsAt.After(now) || r.Attempts > ResetTries || r.CodeHash != codeHash {
		return fault.Invalid("password.code_wrong", "reset code does not match").At("code", "wrong", "ask for a new code")
	}
	r.UsedAt = &now
	return nil
}

func minutesUp(d time.Duration) string {
	return strconv.Itoa(int((d + time.Minute - 1) / time.Minute))
}
