package httpapi

import "linli/backend/app/resources"

func registerResources(s *Server, svc *resources.Service) {}
