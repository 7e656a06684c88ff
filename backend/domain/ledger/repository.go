package ledger

import (
	"context"
	"time"

	"linli/backend/domain/ident"
)

// Repository stores accounts and journals. Nothing is updated or deleted.
type Repository interface {
	// Open stores a new account; fault record.duplicate for a second of its kind and owner.
	Open(ctx context.Context, a Account) error
	// Account loads by identity; fault record.not_found.
	Account(ctx context.Context, id ident.AccountID) (Account, error)
	// AccountOf finds the account of an owner.
	AccountOf(ctx context.Context, k Kind, ownerID string) (Account, bool, error)
	// LockBalances derives the balances of accounts and, where the database allows it, holds
	// them until the transaction ends.
	LockBalances(ctx context.Context, ids []ident.AccountID) (map[ident.AccountID]Balance, error)
	// Balances derives the balances of the accounts that match.
	Balances(ctx context.Context, f AccountFilter) ([]Balance, error)
	// Append stores a journal and, when it releases one, the release. Faults:
	// ledger.unbalanced, ledger.insufficient, ledger.already_reversed, ledger.already_resolved.
	Append(ctx context.Context, j Journal) error
	// Void stores that a pending journal is given up; fault ledger.already_resolved.
	Void(ctx context.Context, id ident.JournalID, at time.Time) error
	// Journal loads by identity; fault record.not_found.
	Journal(ctx context.Context, id ident.JournalID) (Journal, error)
	// JournalByKey finds the journal of an effect.
	JournalByKey(ctx context.Context, key string) (Journal, bool, error)
	// Journals lists journals, newest first.
	Journals(ctx context.Context, f JournalFilter) ([]Journal, error)
	// Resolutions tells for pending journals how they ended ("released", "voided").
	Resolutions(ctx context.Context, ids []ident.JournalID) (map[ident.JournalID]string, error)
}

// AccountFilter narrows a list of balances; empty fields do not.
type AccountFilter struct {
	Kinds     []Kind
	OwnerIDs  []string
	PartyID   ident.PartyID
	ProjectID ident.ProjectID
	PlacePath string // accounts of places inside
}

// JournalFilter narrows a list of journals; empty fields do not. Before is the cursor: journals
// older than this code in booking order.
type JournalFilter struct {
	AccountID  ident.AccountID
	ProjectID  ident.ProjectID
	ContractID ident.ContractID
	PartyID    ident.PartyID
	ObjectKind string
	ObjectID   string
	Kind       string
	State      string
	PlacePath  string
	Before     ident.JournalID
	Limit      int
}
