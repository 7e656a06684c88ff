// Package funds keeps community funds, pledges and donations.
package funds

import "linli/backend/app"

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct{ app *app.App }

// New binds the use cases to the application's ports.
func New(a *app.App) *Service { return &Service{app: a} }
