package httpapi

import "linli/backend/app/accounts"

func registerAccounts(s *Server, svc *accounts.Service) {}
