package sqlstore

import "github.com/google/uuid"

// UUIDv7 generates identities that sort by time of making.
type UUIDv7 struct{}

// New returns a UUIDv7 as text. It panics only when the machine has no randomness left.
func (UUIDv7) New() string { return uuid.Must(uuid.NewV7()).String() }
