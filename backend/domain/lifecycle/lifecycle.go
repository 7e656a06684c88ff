// Package lifecycle holds the one way a status changes: by firing an action on a table of
// rows. The tables feed the code, the documentation, the buttons of the web app and a test
// that tries every state with every action.
package lifecycle

import (
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
)

// State names one state in both languages.
type State struct {
	Code, ZH, EN string
	Final        bool // no row leaves it
}

// Row allows one action in one state. Reason demands a public reason; Notice says that a
// public notice follows. Duty, when set, is taken by the person who acts (domain handbook §7).
type Row struct {
	From, Action, To string
	Permission       access.Permission
	Duty             access.Duty
	Reason, Notice   bool
}

// Machine is the lifecycle of one kind of aggregate. Name is also the prefix of its faults.
type Machine struct {
	Name    string
	Initial string
	States  []State
	Rows    []Row
}

// Fire finds the row for an action in a state. Faults: <name>.transition_refused (conflict)
// when the table has no such row, <name>.reason_required (invalid) when the row wants one.
func (m Machine) Fire(from, action, reason string) (Row, error) {
	for _, r := range m.Rows {
		if r.From != from || r.Action != action {
			continue
		}
		if r.Reason && reason == "" {
			return Row{}, fault.Invalid(m.Name+".reason_required", action+" needs a reason").
				At("reason", "required", "give the reason; it will be public")
		}
		return r, nil
	}
	return Row{}, fault.Conflict(m.Name+".transition_refused", "no "+action+" in state "+from).
		With("state", from).With("action", action)
}

// Actions lists the rows that leave a state, in table order.
func (m Machine) Actions(from string) []Row {
	var out []Row
	for _, r := range m.Rows {
		if r.From == from {
			out = append(out, r)
		}
	}
	return out
}

// Has tells whether the machine knows the state.
func (m Machine) Has(state string) bool {
	for _, s := range m.States {
		if s.Code == state {
			return true
		}
	}
	return false
}

// Verbs lists the distinct actions in table order.
func (m Machine) Verbs() []string {
	seen := map[string]bool{}
	var out []string
	for _, r := range m.Rows {
		if !seen[r.Action] {
			seen[r.Action] = true
			out = append(out, r.Action)
		}
	}
	return out
}
