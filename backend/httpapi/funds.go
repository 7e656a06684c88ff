package httpapi

import "linli/backend/app/funds"

func registerFunds(s *Server, svc *funds.Service) {}
