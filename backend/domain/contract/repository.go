package contract

import (
	"context"

	"linli/backend/domain/ident"
)

// Repository stores contracts and what hangs on them. Saving checks the version seen and counts
// it up; fault record.stale when somebody else was first.
type Repository interface {
	// Create stores a new contract with its milestones. Fault contract.award_used when the award
	// has a contract that was not rescinded.
	Create(ctx context.Context, c *Contract, milestones []*Milestone) error
	// Save stores a changed contract.
	Save(ctx context.Context, c *Contract) error
	// Contract loads by identity; fault record.not_found.
	Contract(ctx context.Context, id ident.ContractID) (*Contract, error)
	// List lists contracts, newest first.
	List(ctx context.Context, f Filter) ([]*Contract, error)

	// ReplaceMilestones stores the plan of a draft anew.
	ReplaceMilestones(ctx context.Context, id ident.ContractID, milestones []*Milestone) error
	// AddMilestone stores one more milestone.
	AddMilestone(ctx context.Context, m *Milestone) error
	// SaveMilestone stores a changed milestone.
	SaveMilestone(ctx context.Context, m *Milestone) error
	// Milestone loads by identity; fault record.not_found.
	Milestone(ctx context.Context, id ident.MilestoneID) (*Milestone, error)
	// Milestones lists those of a contract by number.
	Milestones(ctx context.Context, id ident.ContractID) ([]*Milestone, error)
	// Awaiting lists milestones of contracts in one of the states.
	Awaiting(ctx context.Context, f Filter, states []string) ([]*Milestone, error)

	// AddAcceptance stores a decided inspection. Fault acceptance.over_contract when the accepted
	// sum would exceed the contract value.
	AddAcceptance(ctx context.Context, a *Acceptance) error
	// SaveAcceptance stores its publication.
	SaveAcceptance(ctx context.Context, a *Acceptance) error
	// Acceptance loads by identity; fault record.not_found.
	Acceptance(ctx context.Context, id ident.AcceptanceID) (*Acceptance, error)
	// Acceptances lists those of a contract in the order they were decided.
	Acceptances(ctx context.Context, id ident.ContractID) ([]*Acceptance, error)

	// SaveOpinion stores or replaces a person's opinion on a round.
	SaveOpinion(ctx context.Context, o *Opinion) error
	// OpinionOf finds a person's opinion on a round.
	OpinionOf(ctx context.Context, m ident.MilestoneID, round int, person ident.PersonID) (*Opinion, bool, error)
	// Opinions lists those on a milestone, newest first, at most limit.
	Opinions(ctx context.Context, m ident.MilestoneID, limit int) ([]*Opinion, error)
	// CountOpinions counts satisfied and all opinions on a round.
	CountOpinions(ctx context.Context, m ident.MilestoneID, round int) (satisfied, rated int, err error)

	// AddSupplement stores a proposal.
	AddSupplement(ctx context.Context, s *Supplement) error
	// SaveSupplement stores a changed supplement.
	SaveSupplement(ctx context.Context, s *Supplement) error
	// Supplement loads by identity; fault record.not_found.
	Supplement(ctx context.Context, id ident.SupplementID) (*Supplement, error)
	// Supplements lists those of a contract by number.
	Supplements(ctx context.Context, id ident.ContractID) ([]*Supplement, error)
}

// Filter narrows a list of contracts; empty fields do not.
type Filter struct {
	ProjectID ident.ProjectID
	AwardID   ident.AwardID
	PartyID   ident.PartyID // as buyer or supplier
	PlacePath string        // contracts of places inside
	Statuses  []string
	Public    bool // only what has been published
	Search    string
	Before    ident.ContractID // cursor
	Limit     int
}
