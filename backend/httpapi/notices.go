package httpapi

import "linli/backend/app/notices"

func registerNotices(s *Server, svc *notices.Service) {}
