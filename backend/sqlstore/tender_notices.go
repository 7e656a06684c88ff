package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

type announcementRow struct {
	bun.BaseModel `bun:"table:announcement"`
	ID            string `bun:",pk"`
	Kind          string
	TenderID      string
	ProjectID     string
	PlaceID       string
	BuyerID       string
	Code          string
	Title         string
	Facts         string
	PublishedAt   time.Time
}

type awardRow struct {
	bun.BaseModel `bun:"table:award"`
	ID            string `bun:",pk"`
	Code          string
	TenderID      string
	LotID         string
	ProjectID     string
	BidID         string
	BuyerID       string
	SupplierID    string
	Rank          int
	Total         int64
	PriceFen      int64
	CloserCheck   bool
	SizeClass     string
	Status        string
	Reason        string
	ConfirmedBy   string
	ConfirmedAt   time.Time
	AnnouncedAt   *time.Time
	NoticeOn      string
	NoticeEnds    string
	ChallengeBy   string
	SignBy        string
	Version       int64
}

// dayText writes an optional legal day; "" when there is none.
func dayText(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// dayOf reads an optional legal day back.
func dayOf(s string) (*calendar.Date, error) {
	if s == "" {
		return nil, nil
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		return nil, err
	}
	return &d, nil
}

func fromAnnouncementRow(r announcementRow) (*tender.Announcement, error) {
	var p packer
	a := &tender.Announcement{
		ID: ident.NoticeID(r.ID), Kind: r.Kind, TenderID: ident.TenderID(r.TenderID), ProjectID: ident.ProjectID(r.ProjectID),
		PlaceID: ident.PlaceID(r.PlaceID), BuyerID: ident.PartyID(r.BuyerID), Code: r.Code, Title: r.Title, PublishedAt: utc(r.PublishedAt),
	}
	p.unpack(r.Facts, &a.Facts)
	return a, p.err
}

func (s tenders) Announcement(ctx context.Context, id ident.NoticeID) (*tender.Announcement, error) {
	r, err := get[announcementRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromAnnouncementRow(*r)
}

func (s tenders) InsertAnnouncement(ctx context.Context, a *tender.Announcement) error {
	var p packer
	r := &announcementRow{
		ID: string(a.ID), Kind: a.Kind, TenderID: string(a.TenderID), ProjectID: string(a.ProjectID), PlaceID: string(a.PlaceID),
		BuyerID: string(a.BuyerID), Code: a.Code, Title: a.Title, Facts: p.pack(a.Facts), PublishedAt: a.PublishedAt,
	}
	if p.err != nil {
		return p.err
	}
	return insert(ctx, s.db, r)
}

func (s tenders) Announcements(ctx context.Context, f tender.NoticeFilter) ([]*tender.Announcement, error) {
	var rows []announcementRow
	q := s.db.NewSelect().Model(&rows).OrderExpr("id DESC").Limit(int64(f.Limit))
	if f.Kind != "" {
		q = q.Where("kind = ?", f.Kind)
	}
	if f.TenderID != "" {
		q = q.Where("tender_id = ?", f.TenderID)
	}
	if f.ProjectID != "" {
		q = q.Where("project_id = ?", f.ProjectID)
	}
	if f.PlacePath != "" {
		q = q.Where("place_id IN (SELECT id FROM place WHERE path LIKE ?)", f.PlacePath+"%")
	}
	if f.Query != "" {
		like := likePattern(f.Query)
		q = q.Where("(title LIKE ? ESCAPE '\\' OR code LIKE ? ESCAPE '\\')", like, like)
	}
	if f.Before != "" {
		q = q.Where("id < ?", f.Before)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]*tender.Announcement, len(rows))
	for i, r := range rows {
		a, err := fromAnnouncementRow(r)
		if err != nil {
			return nil, err
		}
		out[i] = a
	}
	return out, nil
}

func toAwardRow(a *tender.Award) *awardRow {
	return &awardRow{
		ID: string(a.ID), Code: a.Code, TenderID: string(a.TenderID), LotID: string(a.LotID), ProjectID: string(a.ProjectID),
		BidID: string(a.BidID), BuyerID: string(a.BuyerID), SupplierID: string(a.SupplierID), Rank: a.Rank, Total: int64(a.Total),
		PriceFen: int64(a.PriceFen), CloserCheck: a.CloserCheck, SizeClass: a.SizeClass, Status: a.Status, Reason: a.Reason,
		ConfirmedBy: string(a.ConfirmedBy), ConfirmedAt: a.ConfirmedAt, AnnouncedAt: a.AnnouncedAt, NoticeOn: dayText(a.NoticeOn),
		NoticeEnds: dayText(a.NoticeEnds), ChallengeBy: dayText(a.ChallengeBy), SignBy: dayText(a.SignBy), Version: a.Version,
	}
}

func fromAwardRow(r awardRow) (*tender.Award, error) {
	a := &tender.Award{
		ID: ident.AwardID(r.ID), Code: r.Code, TenderID: ident.TenderID(r.TenderID), LotID: ident.LotID(r.LotID),
		ProjectID: ident.ProjectID(r.ProjectID), BidID: ident.BidID(r.BidID), BuyerID: ident.PartyID(r.BuyerID),
		SupplierID: ident.PartyID(r.SupplierID), Rank: r.Rank, Total: procedure.Points(r.Total), PriceFen: money.Fen(r.PriceFen),
		CloserCheck: r.CloserCheck, SizeClass: r.SizeClass, Status: r.Status, Reason: r.Reason,
		ConfirmedBy: ident.PersonID(r.ConfirmedBy), ConfirmedAt: utc(r.ConfirmedAt), AnnouncedAt: utcp(r.AnnouncedAt), Version: r.Version,
	}
	for _, d := range []struct {
		text string
		into **calendar.Date
	}{{r.NoticeOn, &a.NoticeOn}, {r.NoticeEnds, &a.NoticeEnds}, {r.ChallengeBy, &a.ChallengeBy}, {r.SignBy, &a.SignBy}} {
		day, err := dayOf(d.text)
		if err != nil {
			return nil, err
		}
		*d.into = day
	}
	return a, nil
}

func (s tenders) Award(ctx context.Context, id ident.AwardID) (*tender.Award, error) {
	r, err := get[awardRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromAwardRow(*r)
}

func (s tenders) AwardOfLot(ctx context.Context, lot ident.LotID) (*tender.Award, error) {
	r, err := get[awardRow](ctx, s.db, "lot_id = ? AND status <> ?", lot, tender.AwardRefused)
	if err != nil {
		return nil, err
	}
	return fromAwardRow(*r)
}

func (s tenders) Awards(ctx context.Context, t ident.TenderID) ([]*tender.Award, error) {
	rows, err := list[awardRow](ctx, s.db, 0, "id", "tender_id = ?", t)
	if err != nil {
		return nil, err
	}
	out := make([]*tender.Award, len(rows))
	for i, r := range rows {
		if out[i], err = fromAwardRow(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s tenders) InsertAward(ctx context.Context, a *tender.Award) error {
	a.Version = 1
	return insert(ctx, s.db, toAwardRow(a))
}

func (s tenders) SaveAward(ctx context.Context, a *tender.Award) error {
	r := toAwardRow(a)
	err := save(ctx, s.db, r, &r.Version)
	a.Version = r.Version
	return err
}
