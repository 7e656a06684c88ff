package sqlstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

type donationRow struct {
	bun.BaseModel `bun:"table:donation"`
	ID            string `bun:",pk"`
	Code          string
	FundID        string
	Kind          string
	Method        string
	PledgeID      *string
	DueNumber     int
	ProjectID     string
	DonorPartyID  *string
	DonorPersonID *string
	DonorName     string
	Anonymous     bool
	AmountFen     int64
	RefundedFen   int64
	Restricted    bool
	Purpose       string
	BankReference string
	ReceivedOn    string
	Status        string
	RegisteredBy  string
	RegisteredAt  time.Time
	ConfirmedBy   string
	ConfirmedAt   *time.Time
	ReceiptNumber string
	ReceiptAt     *time.Time
	Card          string
	Version       int64
}

func toDonationRow(d *fund.Donation) (*donationRow, error) {
	card := ""
	if d.Card != nil {
		text, err := json.Marshal(d.Card)
		if err != nil {
			return nil, fault.Internal("card state does not marshal", err)
		}
		card = string(text)
	}
	return &donationRow{
		ID: string(d.ID), Code: d.Code, FundID: string(d.FundID), Kind: d.Kind, Method: d.Method, PledgeID: null(string(d.PledgeID)),
		DueNumber: d.DueNumber, ProjectID: string(d.ProjectID), DonorPartyID: null(string(d.DonorPartyID)),
		DonorPersonID: null(string(d.DonorPersonID)), DonorName: d.DonorName, Anonymous: d.Anonymous, AmountFen: int64(d.AmountFen),
		RefundedFen: int64(d.RefundedFen), Restricted: d.Restricted, Purpose: d.Purpose, BankReference: d.BankReference,
		ReceivedOn: d.ReceivedOn.String(), Status: d.Status, RegisteredBy: string(d.RegisteredBy), RegisteredAt: d.RegisteredAt,
		ConfirmedBy: string(d.ConfirmedBy), ConfirmedAt: d.ConfirmedAt, ReceiptNumber: d.ReceiptNumber, ReceiptAt: d.ReceiptAt,
		Card: card, Version: d.Version,
	}, nil
}

func fromDonationRow(r *donationRow) (*fund.Donation, error) {
	received, err := dateOf(r.ReceivedOn)
	if err != nil {
		return nil, err
	}
	d := &fund.Donation{
		ID: ident.DonationID(r.ID), Code: r.Code, FundID: ident.FundID(r.FundID), Kind: r.Kind, Method: r.Method,
		PledgeID: ident.PledgeID(text(r.PledgeID)), DueNumber: r.DueNumber, ProjectID: ident.ProjectID(r.ProjectID),
		DonorPartyID: ident.PartyID(text(r.DonorPartyID)), DonorPersonID: ident.PersonID(text(r.DonorPersonID)), DonorName: r.DonorName,
		Anonymous: r.Anonymous, AmountFen: money.Fen(r.AmountFen), RefundedFen: money.Fen(r.RefundedFen), Restricted: r.Restricted,
		Purpose: r.Purpose, BankReference: r.BankReference, ReceivedOn: received, Status: r.Status,
		RegisteredBy: ident.PersonID(r.RegisteredBy), RegisteredAt: utc(r.RegisteredAt), ConfirmedBy: ident.PersonID(r.ConfirmedBy),
		ConfirmedAt: utcp(r.ConfirmedAt), ReceiptNumber: r.ReceiptNumber, ReceiptAt: utcp(r.ReceiptAt), Version: r.Version,
	}
	if r.Card == "" {
		return d, nil
	}
	d.Card = &fund.Card{}
	if err := json.Unmarshal([]byte(r.Card), d.Card); err != nil {
		return nil, fault.Internal("card state of donation "+r.Code+" does not read", err)
	}
	return d, nil
}

func (s funds) Donation(ctx context.Context, id ident.DonationID) (*fund.Donation, error) {
	r, err := get[donationRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromDonationRow(r)
}

func (s funds) Donations(ctx context.Context, q fund.Query) ([]*fund.Donation, error) {
	var rows []donationRow
	if err := narrow(s.db.NewSelect().Model(&rows), q, "donor_party_id").Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return tryEach(rows, fromDonationRow)
}

func (s funds) InsertDonation(ctx context.Context, d *fund.Donation) error {
	d.Version = 1
	row, err := toDonationRow(d)
	if err != nil {
		return err
	}
	return insert(ctx, s.db, row)
}

func (s funds) SaveDonation(ctx context.Context, d *fund.Donation) error {
	row, err := toDonationRow(d)
	if err != nil {
		return err
	}
	if err := save(ctx, s.db, row, &row.Version); err != nil {
		return err
	}
	d.Version = row.Version
	return nil
}

func (s funds) HasDonated(ctx context.Context, id ident.FundID, party ident.PartyID) (bool, error) {
	yes, err := s.db.NewSelect().Model((*donationRow)(nil)).
		Where("fund_id = ? AND donor_party_id = ? AND status IN ('received', 'receipted')", id, party).Exists(ctx)
	return yes, fail(err)
}

type grantRow struct {
	bun.BaseModel  `bun:"table:fund_grant"`
	ID             string `bun:",pk"`
	Code           string
	FundID         string
	RecipientID    string
	NeedID         string
	ProjectID      string
	Title          string
	Purpose        string
	AmountFen      int64
	Restricted     bool
	Related        bool
	Relation       string
	Status         string
	ProposedBy     string
	ProposedAt     time.Time
	ReviewedBy     string
	ReviewedAt     *time.Time
	PublicisedAt   *time.Time
	ObjectionUntil string
	GrantedBy      string
	GrantedAt      *time.Time
	BankReference  string
	Report         string
	SpentFen       int64
	ReturnedFen    int64
	ReportedAt     *time.Time
	ClosedAt       *time.Time
	Version        int64
}

func toGrantRow(g *fund.Grant) *grantRow {
	return &grantRow{
		ID: string(g.ID), Code: g.Code, FundID: string(g.FundID), RecipientID: string(g.RecipientID), NeedID: string(g.NeedID),
		ProjectID: string(g.ProjectID), Title: g.Title, Purpose: g.Purpose, AmountFen: int64(g.AmountFen), Restricted: g.Restricted,
		Related: g.Related, Relation: g.Relation, Status: g.Status, ProposedBy: string(g.ProposedBy), ProposedAt: g.ProposedAt,
		ReviewedBy: string(g.ReviewedBy), ReviewedAt: g.ReviewedAt, PublicisedAt: g.PublicisedAt, ObjectionUntil: g.ObjectionUntil.String(),
		GrantedBy: string(g.GrantedBy), GrantedAt: g.GrantedAt, BankReference: g.BankReference, Report: g.Report,
		SpentFen: int64(g.SpentFen), ReturnedFen: int64(g.ReturnedFen), ReportedAt: g.ReportedAt, ClosedAt: g.ClosedAt, Version: g.Version,
	}
}

func fromGrantRow(r *grantRow) (*fund.Grant, error) {
	until, err := dateOf(r.ObjectionUntil)
	if err != nil {
		return nil, err
	}
	return &fund.Grant{
		ID: ident.GrantID(r.ID), Code: r.Code, FundID: ident.FundID(r.FundID), RecipientID: ident.PartyID(r.RecipientID),
		NeedID: ident.NeedID(r.NeedID), ProjectID: ident.ProjectID(r.ProjectID), Title: r.Title, Purpose: r.Purpose,
		AmountFen: money.Fen(r.AmountFen), Restricted: r.Restricted, Related: r.Related, Relation: r.Relation, Status: r.Status,
		ProposedBy: ident.PersonID(r.ProposedBy), ProposedAt: utc(r.ProposedAt), ReviewedBy: ident.PersonID(r.ReviewedBy),
		ReviewedAt: utcp(r.ReviewedAt), PublicisedAt: utcp(r.PublicisedAt), ObjectionUntil: until, GrantedBy: ident.PersonID(r.GrantedBy),
		GrantedAt: utcp(r.GrantedAt), BankReference: r.BankReference, Report: r.Report, SpentFen: money.Fen(r.SpentFen),
		ReturnedFen: money.Fen(r.ReturnedFen), ReportedAt: utcp(r.ReportedAt), ClosedAt: utcp(r.ClosedAt), Version: r.Version,
	}, nil
}

func (s funds) Grant(ctx context.Context, id ident.GrantID) (*fund.Grant, error) {
	r, err := get[grantRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromGrantRow(r)
}

func (s funds) Grants(ctx context.Context, q fund.Query) ([]*fund.Grant, error) {
	var rows []grantRow
	if err := narrow(s.db.NewSelect().Model(&rows), q, "recipient_id").Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return tryEach(rows, fromGrantRow)
}

func (s funds) InsertGrant(ctx context.Context, g *fund.Grant) error {
	g.Version = 1
	return insert(ctx, s.db, toGrantRow(g))
}

func (s funds) SaveGrant(ctx context.Context, g *fund.Grant) error {
	row := toGrantRow(g)
	if err := save(ctx, s.db, row, &row.Version); err != nil {
		return err
	}
	g.Version = row.Version
	return nil
}
