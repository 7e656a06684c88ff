package testkit

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/party"
	"linli/backend/domain/project"
	"linli/backend/domain/tender"
)

// Purchase is a project whose tender ended with an announced award: where contracts begin. It
// is stored directly; how it comes about is the business of other tests.
type Purchase struct {
	Buyer, Supplier, Finance   *party.Party
	Maker, Inspector, Approver access.Actor // of the buyer
	Agent, Admin               access.Actor // of the supplier
	Cashier, Bookkeeper        access.Actor // of the finance bureau
	Auditor, Resident          access.Actor
	Project                    *project.Project
	Line                       *project.Line
	Tender                     *tender.Tender
	Award                      *tender.Award
}

// Purchase makes one with an awarded price, out of a budget line of twice the price.
func (k *Kit) Purchase(price money.Fen) *Purchase {
	k.T.Helper()
	p := &Purchase{Buyer: k.Buyer(), Supplier: k.Party(party.KindSE, "晨光邻里社会企业", k.World.Street.ID), Finance: k.Party(party.KindGOV, "成华区财政局", k.World.District.ID)}
	k.Update(func(ctx context.Context, u *app.Unit) error {
		for x, uscc := range map[*party.Party]string{p.Buyer: "11510108MB00000010", p.Supplier: "91510107MA6C00017H"} {
			x.USCC = uscc
			if err := u.People.SaveParty(ctx, x); err != nil {
				return err
			}
		}
		return nil
	})
	p.Maker, p.Inspector, p.Approver = k.As(access.BuyerMaker, p.Buyer), k.As(access.BuyerMaker, p.Buyer), k.As(access.BuyerApprover, p.Buyer)
	p.Agent, p.Admin = k.As(access.SupplierAgent, p.Supplier), k.As(access.SupplierAdmin, p.Supplier)
	p.Cashier, p.Bookkeeper = k.As(access.FinanceOfficer, p.Finance), k.As(access.FinanceApprover, p.Finance)
	p.Auditor, p.Resident = k.As(access.Auditor, k.Party(party.KindAudit, "成华区审计局", k.World.District.ID)), k.Resident()
	k.Update(func(ctx context.Context, u *app.Unit) error {
		if err := p.plan(ctx, u, k, price); err != nil {
			return err
		}
		return p.award(ctx, u, k, price)
	})
	return p
}

func (p *Purchase) plan(ctx context.Context, u *app.Unit, k *Kit, price money.Fen) error {
	p.Line = &project.Line{
		ID: ident.BudgetLineID(u.NewID()), PartyID: p.Buyer.ID, FiscalYear: 2026, Source: project.SourceGeneral, FunctionCode: "2080299",
		EconomyCode: "30227", Title: "委托业务费", ApprovedFen: 2 * price, RecordedBy: p.Approver.PersonID, RecordedAt: u.Now,
	}
	if err := u.Projects.InsertLine(ctx, p.Line); err != nil {
		return err
	}
	at := u.Now
	lot := ident.LotID(u.NewID())
	p.Project = &project.Project{
		ID: ident.ProjectID(u.NewID()), Title: "独居老人上门探访", Summary: "每周上门探访一次", Track: project.TrackGovernment, PartyID: p.Buyer.ID,
		PlaceID: k.World.Community.ID, Category: "elderly_care", Status: project.Sourcing, ProposedBy: p.Maker.PersonID, ProposedAt: at, BudgetedAt: &at, PlannedAt: &at,
		Plan:   &project.Plan{Method: project.MethodConsultation, FiledBy: p.Approver.PersonID, FiledAt: at},
		Lots:   []project.Lot{{ID: lot, Number: 1, Title: "上门探访", AmountFen: price + price/5}},
		Budget: []project.Allocation{{LineID: p.Line.ID, AmountFen: price + price/5}},
	}
	p.Project.Code = "XM-" + string(p.Project.ID)
	return u.Projects.InsertProject(ctx, p.Project)
}

func (p *Purchase) award(ctx context.Context, u *app.Unit, k *Kit, price money.Fen) error {
	at, today := u.Now, calendar.DateOf(u.Now)
	lot := p.Project.Lots[0].ID
	p.Tender = &tender.Tender{
		ID: ident.TenderID(u.NewID()), ProjectID: p.Project.ID, PlaceID: k.World.Community.ID, BuyerID: p.Buyer.ID, Title: p.Project.Title,
		Category: "elderly_care", BudgetFen: price + price/5, CreatedAt: at,
		Lots: []tender.Lot{{ID: lot, ProjectLotID: lot, No: 1, Title: "上门探访", Scope: "每周上门", BudgetFen: price + price/5, Status: tender.StatusAnnounced}},
	}
	p.Tender.Code = "CG-" + string(p.Tender.ID)
	if err := u.Tenders.InsertTender(ctx, p.Tender); err != nil {
		return err
	}
	b := &bid.Bid{ID: ident.BidID(u.NewID()), TenderID: p.Tender.ID, LotID: lot, SupplierID: p.Supplier.ID, Supplier: p.Supplier.Name, Status: bid.StatusWon, CreatedAt: at}
	if err := u.Bids.InsertBid(ctx, b); err != nil {
		return err
	}
	signBy := today.AddDate(0, 0, 30)
	p.Award = &tender.Award{
		ID: ident.AwardID(u.NewID()), Code: p.Tender.Code + "-1", TenderID: p.Tender.ID, LotID: lot, ProjectID: p.Project.ID, BidID: b.ID, BuyerID: p.Buyer.ID,
		SupplierID: p.Supplier.ID, Rank: 1, Total: 9010, PriceFen: price, Status: tender.AwardAnnounced, Reason: "排名第一", ConfirmedBy: p.Approver.PersonID,
		ConfirmedAt: at, AnnouncedAt: &at, NoticeOn: &today, NoticeEnds: &today, ChallengeBy: &today, SignBy: &signBy,
	}
	return u.Tenders.InsertAward(ctx, p.Award)
}
