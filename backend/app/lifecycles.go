package app

import (
	"linli/backend/domain/bid"
	"linli/backend/domain/challenge"
	"linli/backend/domain/community"
	"linli/backend/domain/contract"
	"linli/backend/domain/fund"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/matching"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/payment"
	"linli/backend/domain/project"
	"linli/backend/domain/resource"
	"linli/backend/domain/tender"
)

// Lifecycles lists every machine once: for the documents, the buttons and the test that
// tries every state with every action.
func Lifecycles() []lifecycle.Machine {
	return []lifecycle.Machine{
		party.InvitationMachine,
		// one line per area
		project.Machine, matching.WeightsMachine,
		need.VoiceMachine, need.Machine, need.OutcomeMachine,
		community.RehomingMachine,
		resource.ServiceMachine, resource.ItemMachine, resource.MistakeMachine,
		tender.Machine, bid.Machine, challenge.Machine,
		contract.Machine, contract.MilestoneMachine, contract.SupplementMachine, payment.Machine,
		fund.Machine, fund.PledgeMachine, fund.DonationMachine, fund.CardMachine, fund.GrantMachine,
	}
}
