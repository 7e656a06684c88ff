package httpapi

import "linli/backend/app/matching"

func registerMatching(s *Server, svc *matching.Service) {}
