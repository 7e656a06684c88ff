package httpapi

import "linli/backend/app/projects"

func registerProjects(s *Server, svc *projects.Service) {}
