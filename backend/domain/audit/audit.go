// Package audit keeps the append-only record of every write: one hash-chained leaf each.
// A leaf is canonical text, so that an RFC 6962 Merkle tree can stand on the same rows.
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Entry is what a use case tells about one write. Before and After are the aggregate as it
// was and as it is now stored; only their hashes enter the leaf.
type Entry struct {
	Action      string // "<object>.<verb>"
	Kind, ID    string // the object
	PlaceID     ident.PlaceID
	ProjectID   ident.ProjectID
	NeedID      ident.NeedID
	Before      any
	After       any
	Reason      string
	RuleVersion string
}

// Record is a stored leaf. Text is the canonical JSON that Hash is taken over:
// Hash = SHA-256(0x00 ‖ Text), the leaf hash of RFC 6962; Text holds the hash before it.
type Record struct {
	Seq       int64
	At        time.Time
	ActorID   ident.PersonID
	PartyID   ident.PartyID
	Role      string
	Action    string
	Kind, ID  string
	PlaceID   ident.PlaceID
	ProjectID ident.ProjectID
	NeedID    ident.NeedID
	AfterHash string
	Text      string
	Hash      string
}

// Leaf is the content of a record's text; its JSON keys are sorted, times are UTC.
type Leaf struct {
	Action      string `json:"action"`
	Actor       string `json:"actor"`
	After       string `json:"after"`
	At          string `json:"at"`
	Before      string `json:"before"`
	ID          string `json:"id"`
	Kind        string `json:"kind"`
	Need        string `json:"need"`
	OnBehalfOf  string `json:"onBehalfOf"`
	Party       string `json:"party"`
	Place       string `json:"place"`
	Prev        string `json:"prev"`
	Project     string `json:"project"`
	Reason      string `json:"reason"`
	Role        string `json:"role"`
	RuleVersion string `json:"ruleVersion"`
	Seq         int64  `json:"seq"`
}

// HashLeaf is the RFC 6962 leaf hash of a canonical text, in lower-case hex.
func HashLeaf(text string) string {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// StateHash is the SHA-256 of the canonical JSON of an aggregate, in lower-case hex;
// "" for nil. The JSON of a struct is canonical: fields in declaration order, maps sorted.
func StateHash(state any) (string, error) {
	if state == nil {
		return "", nil
	}
	text, err := json.Marshal(state)
	if err != nil {
		return "", fault.Internal("audit state does not marshal", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// Repository appends to the record and reads it; nothing updates or deletes.
type Repository interface {
	// Append chains the leaf after the last one, under the lock that orders commits.
	Append(ctx context.Context, e Entry, by Actor, now time.Time) (Record, error)
	// Walk hands every record from a sequence number on, in order, to the visitor.
	Walk(ctx context.Context, from int64, visit func(Record) error) error
}

// Actor is the part of the acting person that a leaf tells.
type Actor struct {
	PersonID   ident.PersonID
	PartyID    ident.PartyID
	Role       string
	OnBehalfOf ident.PersonID
}
