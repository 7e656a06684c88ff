package resource

import (
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
)

var offeringStates = []lifecycle.State{
	{Code: StateDraft, ZH: "草稿", EN: "Draft"},
	{Code: StateOffered, ZH: "可提供", EN: "Offered"},
	{Code: StatePaused, ZH: "暂停", EN: "Paused"},
	{Code: StateWithdrawn, ZH: "已撤下", EN: "Withdrawn", Final: true},
}

var offeringRows = []lifecycle.Row{
	{From: StateDraft, Action: "offer", To: StateOffered, Permission: access.ResourceEdit},
	{From: StateOffered, Action: "pause", To: StatePaused, Permission: access.ResourceEdit, Reason: true},
	{From: StatePaused, Action: "offer", To: StateOffered, Permission: access.ResourceEdit},
	{From: StateDraft, Action: "withdraw", To: StateWithdrawn, Permission: access.ResourceEdit, Reason: true},
	{From: StateOffered, Action: "withdraw", To: StateWithdrawn, Permission: access.ResourceEdit, Reason: true},
	{From: StatePaused, Action: "withdraw", To: StateWithdrawn, Permission: access.ResourceEdit, Reason: true},
}

// ServiceMachine and ItemMachine are the lifecycles of what is offered: nothing leaves the
// list without a reason, and what was withdrawn stays readable.
var (
	ServiceMachine = lifecycle.Machine{Name: "service", Initial: StateDraft, States: offeringStates, Rows: offeringRows}
	ItemMachine    = lifecycle.Machine{Name: "resource", Initial: StateDraft, States: offeringStates, Rows: offeringRows}
)

// MistakeMachine: somebody says that a record is wrong; its owner mends it or says why not.
var MistakeMachine = lifecycle.Machine{
	Name: "mistake", Initial: "open",
	States: []lifecycle.State{
		{Code: "open", ZH: "待核实", EN: "Open"},
		{Code: "mended", ZH: "已更正", EN: "Mended", Final: true},
		{Code: "dismissed", ZH: "经核实无误", EN: "Found correct", Final: true},
	},
	Rows: []lifecycle.Row{
		{From: "open", Action: "mend", To: "mended", Permission: access.MistakeAnswer, Reason: true},
		{From: "open", Action: "dismiss", To: "dismissed", Permission: access.MistakeAnswer, Reason: true},
	},
}

// Mistake is what a reader reports about a record.
type Mistake struct {
	ID        string
	Kind      string // "organization", "service", "resource"
	SubjectID string
	PartyID   ident.PartyID // who owns the record
	Text      string
	By        ident.PersonID // "" for somebody without an account
	At        time.Time
	State     string
	Answer    string
	AnswerBy  ident.PersonID
	AnswerAt  *time.Time
	Version   int64
}

// MaxMistake bounds a report: a sentence or three.
const MaxMistake = 500

// NewMistake takes a report. Fault resource.invalid.
func NewMistake(m Mistake) (*Mistake, error) {
	f := newForm("")
	n := len([]rune(m.Text))
	f.that(n >= 4 && n <= MaxMistake, "text", "length", "4 to 500 characters")
	m.State = MistakeMachine.Initial
	return &m, f.fault()
}

// Reply fires mend or dismiss; the reason is the answer the reporter reads. Faults
// mistake.transition_refused, mistake.reason_required, resource.invalid.
func (m *Mistake) Reply(action, answer string, by ident.PersonID, now time.Time) (lifecycle.Row, error) {
	row, err := MistakeMachine.Fire(m.State, action, answer)
	if err != nil {
		return row, err
	}
	if len([]rune(answer)) > MaxMistake {
		return row, fault.Invalid("resource.invalid", "answer too long").At("reason", "length", "at most 500 characters")
	}
	m.State, m.Answer, m.AnswerBy, m.AnswerAt = row.To, answer, by, &now
	return row, nil
}
