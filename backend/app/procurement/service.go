// Package procurement runs a purchase from intention to award.
package procurement

import (
	"crypto/rand"
	"io"

	"linli/backend/app"
	"linli/backend/domain/tender"
)

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct {
	app    *app.App
	vault  tender.Vault
	random io.Reader // of draws; the seed is recorded, so the draw itself can be repeated
}

// New binds the use cases to the application's ports and to the maker of opening keys.
func New(a *app.App, vault tender.Vault) *Service {
	return &Service{app: a, vault: vault, random: rand.Reader}
}
