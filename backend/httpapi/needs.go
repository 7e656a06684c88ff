package httpapi

import "linli/backend/app/needs"

func registerNeeds(s *Server, svc *needs.Service) {}
