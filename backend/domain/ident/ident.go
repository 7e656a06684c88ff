// Package ident holds the named types of every identity in Linli, so that a need's id
// can never be passed where a contract's is expected.
package ident

// Generator makes identities. Production makes UUIDv7; demonstrations and tests make
// reproducible ones. Use cases reach it through their Unit only.
type Generator interface {
	// New returns a new identity as lower-case UUID text (36 characters), increasing in time.
	New() string
}

// The identities: UUIDv7 as text.
type (
	PersonID     string
	PartyID      string
	MembershipID string
	SessionID    string
	PlaceID      string
	VoiceID      string
	NeedID       string
	ServiceID    string
	ResourceID   string
	ProjectID    string
	BudgetLineID string
	TenderID     string
	LotID        string
	BidID        string
	EnvelopeID   string
	CommitteeID  string
	ScoresheetID string
	AwardID      string
	ContractID   string
	SupplementID string
	MilestoneID  string
	AcceptanceID string
	InvoiceID    string
	PaymentID    string
	AccountID    string
	JournalID    string
	FundID       string
	PledgeID     string
	DonationID   string
	GrantID      string
	FundEntryID  string
	FileID       string
	NoticeID     string
	ChallengeID  string
	InvitationID string
	MatchingID   string
	WeightsID    string
)

// OrganizationID is the identity of a party that is an organisation: the directory and
// the party register speak of the same body.
type OrganizationID = PartyID
