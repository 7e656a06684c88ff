// Package community knows places: the division tree city, district, street or town,
// community, with identities of our own.
package community

import (
	"context"

	"linli/backend/domain/ident"
)

// Repository stores places. Get faults record.not_found.
type Repository interface {
	Place(ctx context.Context, id ident.PlaceID) (*Place, error)
	InsertPlace(ctx context.Context, p *Place) error
	SavePlace(ctx context.Context, p *Place) error
}
