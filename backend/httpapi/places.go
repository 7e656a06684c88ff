package httpapi

import "linli/backend/app/places"

func registerPlaces(s *Server, svc *places.Service) {}
