package app

import "linli/backend/domain/lifecycle"

// Lifecycles lists every machine once: for the documents, the buttons and the test that
// tries every state with every action.
func Lifecycles() []lifecycle.Machine {
	return []lifecycle.Machine{
		// one line per area
	}
}
