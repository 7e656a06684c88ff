package httpapi

import "linli/backend/app/procurement"

func registerProcurement(s *Server, svc *procurement.Service) {}
