package matching

import (
	"context"

	"linli/backend/domain/ident"
)

// Repository stores weights and rankings, and reads the facts that enter them. Loading faults
// record.not_found; Insert record.duplicate; Save record.stale.
type Repository interface {
	Weights(ctx context.Context, id ident.WeightsID) (*Weights, error)
	InsertWeights(ctx context.Context, w *Weights) error
	SaveWeights(ctx context.Context, w *Weights) error
	// AllWeights lists sets newest first, at most limit.
	AllWeights(ctx context.Context, limit int) ([]Weights, error)
	// WeightsByCode finds a set by its code.
	WeightsByCode(ctx context.Context, code string) (*Weights, error)
	// InForce is the set approved last; nil while an installation has approved none.
	InForce(ctx context.Context) (*Weights, error)

	Matching(ctx context.Context, id ident.MatchingID) (*Matching, error)
	InsertMatching(ctx context.Context, m *Matching) error
	SaveMatching(ctx context.Context, m *Matching) error
	// MatchingsOf lists the rankings of a subject, newest first, at most limit.
	MatchingsOf(ctx context.Context, kind SubjectKind, id string, limit int) ([]Matching, error)

	// Subjects reads needs or projects that are open to suppliers, in order of id after one.
	Subjects(ctx context.Context, kind SubjectKind, after string, limit int) ([]Subject, error)
	// Subject reads one, open or not; open tells which.
	Subject(ctx context.Context, kind SubjectKind, id string) (s *Subject, open bool, err error)
	// Candidates reads active suppliers in order of id after one.
	Candidates(ctx context.Context, after ident.OrganizationID, limit int) ([]Candidate, error)
	// Candidate reads one, active or not; active tells which.
	Candidate(ctx context.Context, id ident.OrganizationID) (c *Candidate, active bool, err error)
	// LastEvent is the sequence number of the last event in the outbox.
	LastEvent(ctx context.Context) (int64, error)
}
