package httpapi

import "linli/backend/app/files"

func registerFiles(s *Server, svc *files.Service) {}
