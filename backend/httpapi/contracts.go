package httpapi

import "linli/backend/app/contracts"

func registerContracts(s *Server, svc *contracts.Service) {}
