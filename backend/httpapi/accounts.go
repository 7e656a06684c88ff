package httpapi

import "linli/backend/app/accounts"

// registerAccounts adds what concerns people: one file per resource.
func registerAccounts(s *Server, svc *accounts.Service) {
	registerSessions(s, svc)
}
