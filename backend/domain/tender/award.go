package tender

import (
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
)

// The states of an award. A refused award makes way for the next candidate.
const (
	AwardConfirmed = "confirmed"
	AwardAnnounced = "announced"
	AwardRefused   = "refused"
)

// Award 中标/成交 is the confirmed choice for one lot. The contract is made from it. PriceFen is
// the final offer, never the evaluation price.
type Award struct {
	ID          ident.AwardID
	Code        string // of the tender and lot, "CG-2026-000001-1"
	TenderID    ident.TenderID
	LotID       ident.LotID
	ProjectID   ident.ProjectID
	BidID       ident.BidID
	BuyerID     ident.PartyID
	SupplierID  ident.PartyID
	Rank        int
	Total       procedure.Points
	PriceFen    money.Fen
	CloserCheck bool // price was reviewed as abnormally low: deliveries are checked more closely
	SizeClass   string
	Status      string
	Reason      string // why confirmed, or why refused
	ConfirmedBy ident.PersonID
	ConfirmedAt time.Time
	AnnouncedAt *time.Time
	NoticeOn    *calendar.Date // award notice
	NoticeEnds  *calendar.Date // last day of the announcement
	ChallengeBy *calendar.Date // last day a challenge may arrive
	SignBy      *calendar.Date
	Version     int64
}
