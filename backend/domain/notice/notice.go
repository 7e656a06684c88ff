package notice

import (
	"slices"
	"time"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Relation says why somebody is told.
type Relation string

// The relations, from the nearest to the farthest: a person is told once, for the nearest.
const (
	Mine     Relation = "mine"     // it is about me, or about something I asked for or acted on
	Duties   Relation = "duties"   // I hold a duty on its project, or act for a body it addresses
	Followed Relation = "followed" // I asked to hear of it
	Area     Relation = "area"     // it is where I live or work
)

// Relations lists them from the nearest to the farthest.
var Relations = []Relation{Mine, Duties, Followed, Area}

// Channel says how somebody is told.
type Channel string

// The channels.
const (
	InApp  Channel = "in_app"
	ByMail Channel = "mail"
	Digest Channel = "digest" // one mail a day
)

// Channels lists them in the order of the settings page.
var Channels = []Channel{InApp, ByMail, Digest}

// Matrix says for every relation by which channels a person hears of things.
type Matrix map[Relation]map[Channel]bool

// Defaults tell what concerns a person at once, what he follows in the evening's digest,
// and nothing else: people who are told too often stop reading.
func Defaults() Matrix {
	return Matrix{
		Mine:     {InApp: true, ByMail: true, Digest: false},
		Duties:   {InApp: true, ByMail: false, Digest: false},
		Followed: {InApp: true, ByMail: false, Digest: true},
		Area:     {InApp: false, ByMail: false, Digest: false},
	}
}

// Choice is one cell of the matrix that a person set.
type Choice struct {
	Relation Relation
	Channel  Channel
	Enabled  bool
}

// Check refuses a cell that is not in the matrix. Fault notice.preference_unknown.
func (c Choice) Check() error {
	if !slices.Contains(Relations, c.Relation) || !slices.Contains(Channels, c.Channel) {
		return fault.Invalid("notice.preference_unknown", "no such relation or channel")
	}
	return nil
}

// Apply overlays a person's choices on the defaults.
func Apply(choices []Choice) Matrix {
	m := Defaults()
	for _, c := range choices {
		if c.Check() == nil {
			m[c.Relation][c.Channel] = c.Enabled
		}
	}
	return m
}

// Notice is one event told to one person.
type Notice struct {
	ID         ident.NoticeID
	PersonID   ident.PersonID
	EventSeq   int64
	EventKind  string
	ObjectKind string
	ObjectID   string
	Relation   Relation
	Data       map[string]string // what the sentence is filled with
	Link       string            // path in the web app
	Mail       bool              // told by mail too
	MailedAt   *time.Time
	CreatedAt  time.Time // business time of the event
	ReadAt     *time.Time
}

// Follow is a person's wish to hear of an object.
type Follow struct {
	PersonID   ident.PersonID
	ObjectKind string
	ObjectID   string
	Since      time.Time
}

// Target is an object that can be followed.
type Target struct{ Kind, ID string }

// Followable lists the kinds of objects that have a public page to follow.
var Followable = []string{"need", "project", "tender", "contract", "fund", "place"}

// DigestRun is one person's daily digest: the events after From up to To.
type DigestRun struct {
	PersonID ident.PersonID
	Day      string // YYYY-MM-DD in Shanghai
	From, To int64
	MailedAt *time.Time
}
