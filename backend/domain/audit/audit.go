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

// Draft is a write that waits for its place in the chain: everything of a leaf but the
// sequence number and the hash before it.
type Draft struct {
	Leaf      Leaf
	At        time.Time
	PlaceID   ident.PlaceID
	ProjectID ident.ProjectID
	NeedID    ident.NeedID
}

// NewDraft hashes the states now, while they are what was stored.
func NewDraft(e Entry, by Actor, now time.Time) (Draft, error) {
	before, err := StateHash(e.Before)
	if err != nil {
		return Draft{}, err
	}
	after, err := StateHash(e.After)
	if err != nil {
		return Draft{}, err
	}
	leaf := Leaf{
		Action: e.Action, Actor: string(by.PersonID), After: after, At: Stamp(now), Before: before,
		ID: e.ID, Kind: e.Kind, Need: string(e.NeedID), OnBehalfOf: string(by.OnBehalfOf),
		Party: string(by.PartyID), Place: string(e.PlaceID), Project: string(e.ProjectID),
		Reason: e.Reason, Role: by.Role, RuleVersion: e.RuleVersion,
	}
	return Draft{Leaf: leaf, At: now, PlaceID: e.PlaceID, ProjectID: e.ProjectID, NeedID: e.NeedID}, nil
}

// Follow gives a draft its place after the record with the given number and hash.
func (d Draft) Follow(lastSeq int64, lastHash string) (Record, error) {
	d.Leaf.Seq, d.Leaf.Prev = lastSeq+1, lastHash
	text, err := json.Marshal(d.Leaf)
	if err != nil {
		return Record{}, fault.Internal("audit leaf does not marshal", err)
	}
	l := d.Leaf
	return Record{
		Seq: l.Seq, At: d.At, ActorID: ident.PersonID(l.Actor), PartyID: ident.PartyID(l.Party), Role: l.Role,
		Action: l.Action, Kind: l.Kind, ID: l.ID, PlaceID: d.PlaceID, ProjectID: d.ProjectID, NeedID: d.NeedID,
		AfterHash: l.After, Text: string(text), Hash: HashLeaf(string(text)),
	}, nil
}

// Stamp writes a time as leaves do: UTC with exactly six decimals.
func Stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// Repository appends to the record and reads it; nothing updates or deletes.
type Repository interface {
	// Append chains the drafts after the last record, under the lock that orders commits.
	Append(ctx context.Context, drafts []Draft) error
	// Head tells the number and hash of the last record.
	Head(ctx context.Context) (seq int64, hash string, err error)
	// Walk hands every record from a sequence number on, in order, to the visitor.
	Walk(ctx context.Context, from int64, visit func(Record) error) error
	// Of lists the records of one object, oldest first, at most limit.
	Of(ctx context.Context, kind, id string, limit int) ([]Record, error)
	// Record loads one record by its number; fault record.not_found.
	Record(ctx context.Context, seq int64) (Record, error)
	// Search lists what a query selects, newest first.
	Search(ctx context.Context, q Query) ([]Record, error)
	// Latest hands, object by object, the last record that tells a state of it.
	Latest(ctx context.Context, visit func(Record) error) error
	// Detail reloads an object that is only ever read as a part of another: an opinion, an
	// approval, an invoice, a scoresheet, a refused bid. Fault record.not_found.
	Detail(ctx context.Context, kind, id string) (any, error)
	// Invariants looks for rows that break a rule between tables, one break per rule at most.
	Invariants(ctx context.Context) (checked int, found []Break, err error)
	// By lists what a person wrote in a role, newest first, at most limit.
	By(ctx context.Context, person ident.PersonID, role string, limit int) ([]Record, error)
}

// Actor is the part of the acting person that a leaf tells.
type Actor struct {
	PersonID   ident.PersonID
	PartyID    ident.PartyID
	Role       string
	OnBehalfOf ident.PersonID
}
