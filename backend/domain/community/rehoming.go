package community

import (
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
)

// The states of a rehoming.
const (
	RehomingOpen    = "open"
	RehomingSettled = "settled"
)

// RehomingMachine: a person moves some of what stands at a place, or settles the question
// for all of it.
var RehomingMachine = lifecycle.Machine{
	Name: "rehoming", Initial: RehomingOpen,
	States: []lifecycle.State{
		{Code: RehomingOpen, ZH: "待选择", EN: "Waiting for a choice"},
		{Code: RehomingSettled, ZH: "已安置", EN: "Settled", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: RehomingOpen, Action: "move_some", To: RehomingOpen, Permission: access.PlaceRehome, Reason: true},
		{From: RehomingOpen, Action: "settle", To: RehomingSettled, Permission: access.PlaceRehome, Reason: true},
	},
}

// Rehoming waits for a person to say where the needs and bodies of a place belong after the
// place ended or was split.
type Rehoming struct {
	ID         string
	PlaceID    ident.PlaceID
	Kind       string // "ended", "split"
	Reason     string // why it was not decided by the import; see Ended.Reason
	Candidates []Suggestion
	Attached   int // how many needs and bodies wait, when last counted
	State      string
	ChosenID   ident.PlaceID // where the last ones went; the place itself when a split changed nothing
	DecidedBy  ident.PersonID
	DecidedAt  *time.Time
	Since      time.Time // since when the list holds that caused it
	Version    int64
}

// Suggestion is a candidate that has an identity now.
type Suggestion struct {
	PlaceID ident.PlaceID
	Points  int
	Why     []string
}

// Decide fires the action that a choice means: settle when nothing is left behind.
// Faults rehoming.transition_refused, rehoming.reason_required.
func (r *Rehoming) Decide(target ident.PlaceID, left int, by ident.PersonID, at time.Time, reason string) error {
	action := "settle"
	if left > 0 {
		action = "move_some"
	}
	row, err := RehomingMachine.Fire(r.State, action, reason)
	if err != nil {
		return err
	}
	r.State, r.Attached, r.ChosenID, r.DecidedBy, r.DecidedAt = row.To, left, target, by, &at
	return nil
}
