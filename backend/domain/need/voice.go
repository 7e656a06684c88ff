package need

import (
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
)

// Limits of a voice.
const (
	MaxWords    = 2000 // a page of text
	MaxWhere    = 120  // an address or landmark in words
	MaxPhotos   = 6
	MaxAffected = 1_000_000
	MaxNameless = 60 // "住3栋的一位老人"
)

// Channel is how a voice came in.
type Channel string

// The channels. Paper and door carry the operator in PostedBy.
const (
	ChannelSelf     Channel = "self"     // the author's own device
	ChannelAssisted Channel = "assisted" // a community worker at the counter or on the phone
	ChannelPaper    Channel = "paper"    // a sheet or collective signatures
	ChannelDoor     Channel = "door"     // a door-to-door round
)

// Voice is one resident's own words. It never moves or vanishes: gathering points it at a
// need, withdrawing blanks the words and keeps the page.
type Voice struct {
	ID        ident.VoiceID
	Code      string // SQ-2026-000123
	PlaceID   ident.PlaceID
	Category  string
	Words     string // as written; the author and the community worker read them
	Public    string // as masked, and confirmed by the author in the preview
	Private   bool   // the author wants no public words at all
	Where     string // address or landmark in words
	Point     *Point
	Who       string // who is affected, in words
	Affected  int    // how many people; 0 when not said
	Urgency   Urgency
	Wished    string // wished time, in words
	Answers   map[string]string
	Photos    []ident.FileID
	Channel   Channel
	AuthorID  ident.PersonID // "" for a nameless resident
	PostedBy  ident.PersonID // who typed it: the author, or the community worker
	PartyID   ident.PartyID  // the body whose worker posted it, when not the author
	Nameless  string         // how a nameless resident was described
	Household Household      // "" when no home was stated
	Different []ident.NeedID // shown as likely the same, and the author said: mine is different
	Status    string
	NeedID    ident.NeedID // set while gathered
	Reason    string       // of the last return, hand-over or withdrawal; public
	PostedAt  time.Time
	StatusAt  time.Time
	Version   int64
}

// NewVoice submits a voice. Faults: voice.invalid with the offending fields.
func NewVoice(v Voice, now time.Time) (*Voice, error) {
	v.trim()
	if v.Urgency == "" {
		v.Urgency = UrgencyNormal
	}
	if err := v.check(); err != nil {
		return nil, err
	}
	v.Status, v.PostedAt = VoiceMachine.Initial, now
	if _, err := v.fire(ActSubmit, "", now); err != nil {
		return nil, err
	}
	return &v, nil
}

func (v *Voice) trim() {
	for _, s := range []*string{&v.Words, &v.Where, &v.Who, &v.Wished, &v.Nameless} {
		*s = strings.TrimSpace(*s)
	}
}

func (v *Voice) check() error {
	bad := fault.Invalid("voice.invalid", "the voice does not hold")
	lengths := []struct {
		path, text string
		min, max   int
	}{
		{"words", v.Words, 4, MaxWords}, {"where", v.Where, 0, MaxWhere}, {"who", v.Who, 0, MaxWhere},
		{"wished", v.Wished, 0, MaxWhere}, {"nameless", v.Nameless, 0, MaxNameless},
	}
	for _, l := range lengths {
		if n := utf8.RuneCountInString(l.text); n < l.min || n > l.max {
			bad = bad.At(l.path, "length", number(l.min)+" to "+number(l.max)+" characters")
		}
	}
	if v.PlaceID == "" {
		bad = bad.At("placeId", "required", "choose a community")
	}
	if v.Category == "" {
		bad = bad.At("category", "required", "choose a category")
	}
	if v.Affected < 0 || v.Affected > MaxAffected {
		bad = bad.At("affected", "range", "0 to 1,000,000")
	}
	if v.Urgency != UrgencyNormal && v.Urgency != UrgencySoon && v.Urgency != UrgencyUrgent {
		bad = bad.At("urgency", "unknown", "normal, soon or urgent")
	}
	if len(v.Photos) > MaxPhotos {
		bad = bad.At("photos", "count", "at most 6")
	}
	if v.Point != nil && !v.Point.Valid() {
		bad = bad.At("point", "range", "latitude and longitude in degrees")
	}
	if v.AuthorID == "" && v.Nameless == "" {
		bad = bad.At("nameless", "required", "describe the resident you write for")
	}
	if v.AuthorID == "" && v.Channel == ChannelSelf {
		bad = bad.At("channel", "unknown", "a voice without author is assisted")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func (v *Voice) fire(action, reason string, now time.Time) (lifecycle.Row, error) {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > MaxReason {
		return lifecycle.Row{}, fault.Invalid("need.reason_too_long", "reason is longer than 500 characters").
			At("reason", "length", "at most 500 characters")
	}
	row, err := VoiceMachine.Fire(v.Status, action, reason)
	if err != nil {
		return row, err
	}
	v.Status, v.StatusAt = row.To, now
	if reason != "" {
		v.Reason = reason
	}
	return row, nil
}

// Gather points the voice at a need. Fault need.gather_elsewhere for another community.
func (v *Voice) Gather(n *Need, now time.Time) (lifecycle.Row, error) {
	if n.PlaceID != v.PlaceID {
		return lifecycle.Row{}, fault.Conflict("need.gather_elsewhere", "need and voice are of different communities")
	}
	row, err := v.fire(ActGather, "", now)
	if err == nil {
		v.NeedID = n.ID
	}
	return row, err
}

// Detach takes a wrongly gathered voice out of its need.
func (v *Voice) Detach(reason string, now time.Time) (lifecycle.Row, error) {
	row, err := v.fire(ActDetach, reason, now)
	if err == nil {
		v.NeedID = ""
	}
	return row, err
}

// Answer returns, passes on or takes back the voice, always with a reason its author reads.
func (v *Voice) Answer(action, reason string, now time.Time) (lifecycle.Row, error) {
	if action != ActReturn && action != ActPassOn && action != ActTakeBack {
		return lifecycle.Row{}, fault.Internal("voice answered with "+action, nil)
	}
	return v.fire(action, reason, now)
}

// Resubmit replaces the words of a returned voice with what the author wrote and previewed.
func (v *Voice) Resubmit(words, public string, now time.Time) (lifecycle.Row, error) {
	c := *v
	c.Words, c.Public = words, public
	c.trim()
	if err := c.check(); err != nil {
		return lifecycle.Row{}, err
	}
	row, err := c.fire(ActResubmit, "", now)
	if err == nil {
		*v = c
	}
	return row, err
}

// Withdraw blanks what the author said and shows; the page, its code and its dates stay, so
// that nothing public becomes unreachable.
func (v *Voice) Withdraw(reason string, now time.Time) (lifecycle.Row, error) {
	row, err := v.fire(ActWithdraw, reason, now)
	if err == nil {
		v.Words, v.Public, v.Where, v.Who, v.Wished, v.Nameless = "", "", "", "", "", ""
		v.Photos, v.Point, v.Answers = nil, nil, nil
	}
	return row, err
}

// Rehome gives the voice to another community; the words stay as they are.
func (v *Voice) Rehome(place ident.PlaceID) { v.PlaceID = place }
