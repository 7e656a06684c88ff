// Package evaluation knows committees 评审委员会, scoresheets 评分表, low-price reviews and rankings.
package evaluation

import (
	"context"

	"linli/backend/domain/ident"
)

// Repository stores the judging of tenders. Reading one faults record.not_found, saving
// record.stale or scoresheet.signed, inserting record.duplicate.
type Repository interface {
	Committee(ctx context.Context, t ident.TenderID) (*Committee, error)
	InsertCommittee(ctx context.Context, c *Committee) error
	SaveCommittee(ctx context.Context, c *Committee) error
	// CommitteesOf lists the tenders a person serves or served on, newest first.
	CommitteesOf(ctx context.Context, p ident.PersonID, limit int) ([]ident.TenderID, error)

	Evaluation(ctx context.Context, lot ident.LotID) (*Evaluation, error)
	InsertEvaluation(ctx context.Context, e *Evaluation) error
	SaveEvaluation(ctx context.Context, e *Evaluation) error

	Sheet(ctx context.Context, lot ident.LotID, bid ident.BidID, member ident.PersonID) (*Scoresheet, error)
	SheetsOfLot(ctx context.Context, lot ident.LotID) ([]*Scoresheet, error)
	InsertSheet(ctx context.Context, s *Scoresheet) error
	SaveSheet(ctx context.Context, s *Scoresheet) error
}
