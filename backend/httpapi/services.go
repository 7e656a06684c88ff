package httpapi

import (
	"linli/backend/app/accounts"
	"linli/backend/app/contracts"
	"linli/backend/app/figures"
	"linli/backend/app/files"
	"linli/backend/app/funds"
	"linli/backend/app/matching"
	"linli/backend/app/needs"
	"linli/backend/app/notices"
	"linli/backend/app/oversight"
	"linli/backend/app/places"
	"linli/backend/app/procurement"
	"linli/backend/app/projects"
	"linli/backend/app/resources"
	"linli/backend/app/settlement"
	"linli/backend/app/todos"
)

// Services are the use cases the operations call.
type Services struct {
	Accounts    *accounts.Service
	Contracts   *contracts.Service
	Figures     *figures.Service
	Files       *files.Service
	Funds       *funds.Service
	Matching    *matching.Service
	Needs       *needs.Service
	Notices     *notices.Service
	Oversight   *oversight.Service
	Places      *places.Service
	Procurement *procurement.Service
	Projects    *projects.Service
	Resources   *resources.Service
	Settlement  *settlement.Service
	Todos       *todos.Service
}

func registerAll(s *Server, v Services) {
	registerAccounts(s, v.Accounts)
	registerContracts(s, v.Contracts)
	registerExchange(s, v)
	registerFigures(s, v.Figures)
	registerFiles(s, v.Files)
	registerFunds(s, v.Funds)
	registerMatching(s, v.Matching)
	registerNeeds(s, v.Needs)
	registerNotices(s, v.Notices)
	registerOversight(s, v.Oversight)
	registerPlaces(s, v.Places)
	registerProcurement(s, v.Procurement)
	registerProjects(s, v.Projects)
	registerResources(s, v.Resources)
	registerSettlement(s, v.Settlement)
	registerTodos(s, v.Todos)
	registerPlatform(s)
	registerSite(s)
}
