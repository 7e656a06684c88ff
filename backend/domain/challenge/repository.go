// Package challenge knows remedies: inquiries 询问, challenges 质疑 and complaints 投诉.
package challenge

import (
	"context"

	"linli/backend/domain/ident"
)

// Repository stores remedies. Reading one faults record.not_found, saving record.stale.
type Repository interface {
	Challenge(ctx context.Context, id ident.ChallengeID) (*Challenge, error)
	InsertChallenge(ctx context.Context, c *Challenge) error
	SaveChallenge(ctx context.Context, c *Challenge) error
	// ChallengesOf lists the remedies about a tender, oldest first.
	ChallengesOf(ctx context.Context, t ident.TenderID) ([]*Challenge, error)
}
