// Package places imports and serves the division tree, and brings what stood at ended
// places to where it belongs now.
package places

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/ident"
)

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct {
	app      *app.App
	rehomers []Rehomer
}

// New binds the use cases to the application's ports. Parties and memberships are re-homed
// always; boot adds what other areas keep at places.
func New(a *app.App, rehomers ...Rehomer) *Service {
	return &Service{app: a, rehomers: append([]Rehomer{bodies{}}, rehomers...)}
}

// Rehomer knows one kind of thing that stands at a place, and moves it when the place ends.
// It works inside the unit it is given and records every move.
type Rehomer interface {
	// Attached lists what stands at any of the places.
	Attached(ctx context.Context, u *app.Unit, at []ident.PlaceID) ([]Attached, error)
	// Move brings one of them to another place, saying why.
	Move(ctx context.Context, u *app.Unit, what Attached, to ident.PlaceID, reason string) error
}

// Attached is one thing that stands at a place.
type Attached struct {
	PlaceID ident.PlaceID `json:"placeId"`
	Kind    string        `json:"kind"` // "need", "party", "membership"
	ID      string        `json:"id"`
	Code    string        `json:"code"`
	Title   string        `json:"title"`
}

func (s *Service) attached(ctx context.Context, u *app.Unit, at ...ident.PlaceID) ([]Attached, error) {
	var out []Attached
	for _, r := range s.rehomers {
		some, err := r.Attached(ctx, u, at)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// move asks each rehomer for its own kind; what nobody knows stays where it is.
func (s *Service) move(ctx context.Context, u *app.Unit, at ident.PlaceID, want func(Attached) bool, to ident.PlaceID, reason string) (moved, left int, err error) {
	for _, r := range s.rehomers {
		all, err := r.Attached(ctx, u, []ident.PlaceID{at})
		if err != nil {
			return 0, 0, err
		}
		for _, a := range all {
			if !want(a) {
				left++
				continue
			}
			if err := r.Move(ctx, u, a, to, reason); err != nil {
				return 0, 0, err
			}
			moved++
		}
	}
	return moved, left, nil
}
