package httpapi

import "linli/backend/app/settlement"

func registerSettlement(s *Server, svc *settlement.Service) {}
