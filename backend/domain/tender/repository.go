// Package tender knows government purchasing 采购: tenders and their lots, the procedure they
// follow, documents, clarifications, opening keys, announcements and awards.
package tender

import (
	"context"
	"time"

	"linli/backend/domain/ident"
)

// Filter narrows a list of tenders. Empty fields do not.
type Filter struct {
	BuyerID   ident.PartyID
	ProjectID ident.ProjectID
	PlacePath string   // tenders inside this place
	Status    []string // of any of their lots
	Public    bool     // only what is issued
	Query     string   // part of title or code
	Before    string   // cursor: id of the last one seen
	Limit     int
}

// NoticeFilter narrows the public notices. Empty fields do not.
type NoticeFilter struct {
	Kind      string
	TenderID  ident.TenderID
	ProjectID ident.ProjectID
	PlacePath string
	Query     string
	Before    string
	Limit     int
}

// Repository stores what belongs to a tender. Reading one faults record.not_found, saving
// record.stale, inserting record.duplicate.
type Repository interface {
	Tender(ctx context.Context, id ident.TenderID) (*Tender, error)
	TenderOfLot(ctx context.Context, lot ident.LotID) (*Tender, error)
	InsertTender(ctx context.Context, t *Tender) error
	SaveTender(ctx context.Context, t *Tender) error
	Tenders(ctx context.Context, f Filter) ([]*Tender, error)
	// ClosingBy lists open tenders whose deadline lies before an instant, oldest first.
	ClosingBy(ctx context.Context, at time.Time, limit int) ([]ident.TenderID, error)

	OfficerKey(ctx context.Context, person ident.PersonID) (*OfficerKey, error)
	OfficerKeys(ctx context.Context) ([]*OfficerKey, error)
	InsertOfficerKey(ctx context.Context, k *OfficerKey) error
	SaveOfficerKey(ctx context.Context, k *OfficerKey) error

	LotKeys(ctx context.Context, lot ident.LotID) ([]LotKey, error)
	InsertLotKey(ctx context.Context, k LotKey) error

	Opening(ctx context.Context, lot ident.LotID, ceremony string) (*Opening, error)
	InsertOpening(ctx context.Context, o *Opening) error
	SaveOpening(ctx context.Context, o *Opening) error

	Announcement(ctx context.Context, id ident.NoticeID) (*Announcement, error)
	InsertAnnouncement(ctx context.Context, a *Announcement) error
	Announcements(ctx context.Context, f NoticeFilter) ([]*Announcement, error)

	Award(ctx context.Context, id ident.AwardID) (*Award, error)
	// AwardOfLot is the living award of a lot: confirmed or announced, not refused.
	AwardOfLot(ctx context.Context, lot ident.LotID) (*Award, error)
	Awards(ctx context.Context, t ident.TenderID) ([]*Award, error)
	InsertAward(ctx context.Context, a *Award) error
	SaveAward(ctx context.Context, a *Award) error
}
