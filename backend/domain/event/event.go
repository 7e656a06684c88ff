// Package event describes what happened, for whoever reacts later: notices, mail, feeds.
// An event is stored in the transaction of the change it tells of.
package event

import (
	"time"

	"linli/backend/domain/ident"
)

// Event is one fact in the outbox. Kind is "<object>.<verb in the past>", such as
// "tender.published". Seq follows the order of commits and is the cursor of every feed.
type Event struct {
	Seq        int64
	ID         string
	Kind       string
	At         time.Time
	ActorID    ident.PersonID
	PartyID    ident.PartyID
	ObjectKind string
	ObjectID   string
	ProjectID  ident.ProjectID
	NeedID     ident.NeedID
	PlaceID    ident.PlaceID
	Data       map[string]string
}
