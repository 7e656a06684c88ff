// Package oversight serves the thread of a need, the public figures, the audit record and its
// verification.
package oversight

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/community"
)

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct {
	app     *app.App
	tallier Tallier
}

// New binds the use cases to the application's ports.
func New(a *app.App) *Service { return &Service{app: a} }

func (s *Service) allPlaces(ctx context.Context) ([]community.Place, error) {
	var all []community.Place
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		var err error
		all, err = u.Places.All(ctx)
		return err
	})
	return all, err
}
