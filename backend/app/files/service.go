// Package files stores and serves uploads.
package files

import (
	"context"

	"linli/backend/app"
)

// Contents keeps bytes under their SHA-256. Faults: file.store_unavailable,
// file.content_missing, file.content_changed.
type Contents interface {
	Put(ctx context.Context, data []byte) (sha256 string, err error)
	Get(ctx context.Context, sha256 string) ([]byte, error)
}

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct {
	app      *app.App
	contents Contents
}

// New binds the use cases to the application's ports.
func New(a *app.App, contents Contents) *Service { return &Service{app: a, contents: contents} }
