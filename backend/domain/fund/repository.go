package fund

import (
	"context"
	"time"

	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Repository stores funds and what flows through them. Get faults record.not_found; Save
// faults record.stale; Insert faults record.duplicate.
type Repository interface {
	Fund(ctx context.Context, id ident.FundID) (*Fund, error)
	FundOfPlace(ctx context.Context, place ident.PlaceID) (*Fund, error)
	Funds(ctx context.Context, q FundQuery) ([]*Fund, error)
	InsertFund(ctx context.Context, f *Fund) error
	SaveFund(ctx context.Context, f *Fund) error

	Pledge(ctx context.Context, id ident.PledgeID) (*Pledge, error)
	Pledges(ctx context.Context, q Query) ([]*Pledge, error)
	InsertPledge(ctx context.Context, p *Pledge) error
	SavePledge(ctx context.Context, p *Pledge) error

	Donation(ctx context.Context, id ident.DonationID) (*Donation, error)
	Donations(ctx context.Context, q Query) ([]*Donation, error)
	InsertDonation(ctx context.Context, d *Donation) error
	SaveDonation(ctx context.Context, d *Donation) error
	// HasDonated tells whether a party ever gave to a fund.
	HasDonated(ctx context.Context, fund ident.FundID, party ident.PartyID) (bool, error)

	Grant(ctx context.Context, id ident.GrantID) (*Grant, error)
	Grants(ctx context.Context, q Query) ([]*Grant, error)
	InsertGrant(ctx context.Context, g *Grant) error
	SaveGrant(ctx context.Context, g *Grant) error

	// InsertEntry writes one line of the book; record.duplicate when its key was entered.
	InsertEntry(ctx context.Context, e *Entry) error
	Entry(ctx context.Context, id ident.FundEntryID) (*Entry, error)
	// Entries lists the book of a fund by day and order of entry.
	Entries(ctx context.Context, fund ident.FundID) ([]Entry, error)
	// EntriesOfProject lists what reached or left funds because of a project.
	EntriesOfProject(ctx context.Context, project ident.ProjectID) ([]Entry, error)
	// Held is what a fund holds of restricted or unrestricted money.
	Held(ctx context.Context, fund ident.FundID, restricted bool) (money.Fen, error)

	// TakeEffect notes an effect of the provider; false when it was taken before. The row is
	// the lock that makes effects happen once under repeats, disorder and two processes.
	TakeEffect(ctx context.Context, e Effect, donation ident.DonationID, at time.Time) (bool, error)
	// Keep stores a provider's message as it came; false when it is there already.
	Keep(ctx context.Context, m Message) (bool, error)
	// Message loads a kept message by the provider's id.
	Message(ctx context.Context, id string) (*Message, error)
	// Unprocessed lists kept messages that have not been worked off, oldest first.
	Unprocessed(ctx context.Context, limit int) ([]Message, error)
	// Settle notes the outcome of working a message off; an error text keeps it open.
	Settle(ctx context.Context, id, problem string, at time.Time) error
}

// FundQuery selects funds; empty fields select all. After is a cursor: the code before.
type FundQuery struct {
	PartyID   ident.PartyID
	PlacePath string // funds of places inside
	After     string
	Limit     int
}

// Query selects what belongs to a fund, a party or a project, by code; After is a cursor.
type Query struct {
	FundID    ident.FundID
	PartyID   ident.PartyID // donor or recipient
	ProjectID ident.ProjectID
	PledgeID  ident.PledgeID
	Statuses  []string
	After     string
	Limit     int
}

// Message is one signed delivery of the provider, stored raw before anything is done with it.
type Message struct {
	ID         string // the provider's event id
	Provider   string
	Kind       string
	ObjectID   string // what the message is about
	Payload    string
	ReceivedAt time.Time
	Problem    string     // why the last attempt failed
	SettledAt  *time.Time // when it was worked off
	Attempts   int
}
