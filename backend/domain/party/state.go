package party

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/ident"
)

// PersonState is what the audit record keeps of a person: personal data only as references
// salted with the person's own salt. Deleting the salt makes them meaningless, so that a
// person can be forgotten while the chain stays whole.
type PersonState struct {
	ID          ident.PersonID
	NameRef     string
	PhoneRef    string
	EmailRef    string
	PasswordRef string
	Language    string
	LockedAt    *time.Time
	LockReason  string
	CreatedAt   time.Time
	Version     int64
}

// State is the person as the audit record keeps him.
func (p Person) State() PersonState {
	return PersonState{
		ID: p.ID, NameRef: p.ref("name", p.Name), PhoneRef: p.ref("phone", p.Phone), EmailRef: p.ref("email", p.Email),
		PasswordRef: p.ref("password", p.PasswordHash), Language: p.Language, LockedAt: p.LockedAt, LockReason: p.LockReason,
		CreatedAt: p.CreatedAt, Version: p.Version,
	}
}

func (p Person) ref(field, value string) string {
	if value == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(p.Salt + "\x00" + field + "\x00" + value))
	return hex.EncodeToString(sum[:])
}

// InvitationState is what the audit record keeps of an invitation: neither the contact it
// was sent to nor its token.
type InvitationState struct {
	ID        ident.InvitationID
	PartyID   ident.PartyID
	Role      access.Role
	PlaceID   ident.PlaceID
	Status    string
	InvitedBy ident.PersonID
	PersonID  ident.PersonID
	CreatedAt time.Time
	EndsAt    time.Time
	ClosedAt  *time.Time
	Version   int64
}

// State is the invitation as the audit record keeps it.
func (i Invitation) State() InvitationState {
	return InvitationState{
		ID: i.ID, PartyID: i.PartyID, Role: i.Role, PlaceID: i.PlaceID, Status: i.Status, InvitedBy: i.InvitedBy,
		PersonID: i.PersonID, CreatedAt: i.CreatedAt, EndsAt: i.EndsAt, ClosedAt: i.ClosedAt, Version: i.Version,
	}
}
