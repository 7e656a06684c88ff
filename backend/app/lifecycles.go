package app

import (
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/party"
)

// Lifecycles lists every machine once: for the documents, the buttons and the test that
// tries every state with every action.
func Lifecycles() []lifecycle.Machine {
	return []lifecycle.Machine{
		party.InvitationMachine,
		// one line per area
	}
}
