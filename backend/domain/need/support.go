package need

import (
	"time"
	"unicode/utf8"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Support is one person's "I have this too", with the household it counts for. An author's
// household supports the need his voice was gathered into (Voice is set then).
type Support struct {
	ID        string
	NeedID    ident.NeedID // the need supported then; merging does not rewrite it
	PersonID  ident.PersonID
	Household Household
	VoiceID   ident.VoiceID
	At        time.Time
}

// Counts are computed over a need and all needs merged into it; a household counts once.
type Counts struct {
	Households int
	Voices     int
	Followers  int
}

// Step is one public line of a need's history: what was done, by which office, and why.
type Step struct {
	ID      string
	NeedID  ident.NeedID
	At      time.Time
	Action  string
	Stage   string
	Outcome string
	Reason  string
	PartyID ident.PartyID // the acting office; no staff names
	Role    string
	About   string // the other need of a merge, the project of a link
}

// AssistTime is how long a community worker may act for a resident before saying so again:
// long enough for one conversation, short enough not to be forgotten at a counter
// (participation handbook §1.10).
const AssistTime = 30 * time.Minute

// Assist is one sitting in which a community worker acts for a resident, known or nameless.
type Assist struct {
	ID        string
	WorkerID  ident.PersonID
	PlaceID   ident.PlaceID
	PersonID  ident.PersonID // "" for a nameless resident
	Nameless  string         // who it is, in words
	Channel   Channel
	StartedAt time.Time
	EndsAt    time.Time
	EndedAt   *time.Time
	Version   int64
}

// NewAssist starts the half hour. Fault assist.invalid.
func NewAssist(a Assist, now time.Time) (*Assist, error) {
	bad := fault.Invalid("assist.invalid", "say for whom you act")
	if a.PersonID == "" && a.Nameless == "" {
		return nil, bad.At("nameless", "required", "the person, or a description")
	}
	if utf8.RuneCountInString(a.Nameless) > MaxNameless {
		return nil, bad.At("nameless", "length", "at most 60 characters")
	}
	if a.Channel != ChannelAssisted && a.Channel != ChannelPaper && a.Channel != ChannelDoor {
		return nil, bad.At("channel", "unknown", "assisted, paper or door")
	}
	a.StartedAt, a.EndsAt = now, now.Add(AssistTime)
	return &a, nil
}

// Running guards acting in it. Faults: assist.not_yours, assist.over.
func (a *Assist) Running(worker ident.PersonID, now time.Time) error {
	if a.WorkerID != worker {
		return fault.Forbidden("assist.not_yours", "another worker started it")
	}
	if a.EndedAt != nil || !now.Before(a.EndsAt) {
		return fault.Conflict("assist.over", "the half hour is over")
	}
	return nil
}

// End closes it early. Faults as Running.
func (a *Assist) End(worker ident.PersonID, now time.Time) error {
	if err := a.Running(worker, now); err != nil {
		return err
	}
	a.EndedAt = &now
	return nil
}
