package httpapi

import "linli/backend/app/oversight"

func registerOversight(s *Server, svc *oversight.Service) {}
