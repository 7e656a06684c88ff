package contracts

import (
	"context"
	"strconv"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
	"linli/backend/domain/rulebook"
	"linli/backend/domain/tender"
)

// DraftInput names the award a contract is made from.
type DraftInput struct {
	AwardID ident.AwardID
	Key     string `json:"-"`
}

// Draft makes a contract from an announced award: parties, price and the last day to sign come
// from it and cannot be chosen. The price is taken from the project's budget lines at once.
// Faults: contract.award_not_announced, contract.award_used, contract.budget_short,
// ledger.insufficient, access.forbidden, record.not_found.
func (s *Service) Draft(ctx context.Context, actor access.Actor, in DraftInput) (Done, error) {
	w := app.Write{Permission: access.ContractDraft, Name: "contract.draft", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		award, err := s.announced(ctx, u, in.AwardID)
		if err != nil {
			return Done{}, err
		}
		if err := unused(ctx, u, award.ID); err != nil {
			return Done{}, err
		}
		c, err := s.fromAward(ctx, u, award)
		if err != nil {
			return Done{}, err
		}
		if err := u.Contracts.Create(ctx, c, nil); err != nil {
			return Done{}, err
		}
		if err := s.commit(ctx, u, c); err != nil {
			return Done{}, err
		}
		if err := beginLot(ctx, u, c); err != nil {
			return Done{}, err
		}
		return done(c), s.tell(ctx, u, c, write{Action: "contract.draft", Past: "contract.drafted"}, nil)
	})
}

// unused refuses a second contract for an award; a rescinded one does not count.
func unused(ctx context.Context, u *app.Unit, id ident.AwardID) error {
	made, err := u.Contracts.List(ctx, contract.Filter{AwardID: id})
	if err != nil {
		return err
	}
	for _, c := range made {
		if c.Status != contract.Rescinded {
			return fault.Conflict("contract.award_used", "the award has contract "+c.Code).With("code", c.Code)
		}
	}
	return nil
}

func (s *Service) announced(ctx context.Context, u *app.Unit, id ident.AwardID) (*tender.Award, error) {
	award, err := u.Tenders.Award(ctx, id)
	if err != nil {
		return nil, err
	}
	if u.Actor.PartyID != award.BuyerID && award.Status != tender.AwardAnnounced {
		return nil, fault.NotFound("record.not_found", "award is not public yet")
	}
	if err := access.Allow(u.Actor, access.ContractDraft, access.Object{PartyID: award.BuyerID}); err != nil {
		return nil, err
	}
	if award.Status != tender.AwardAnnounced || award.NoticeOn == nil || award.SignBy == nil {
		return nil, fault.Conflict("contract.award_not_announced", "award is "+award.Status).With("state", award.Status)
	}
	return award, nil
}

func (s *Service) fromAward(ctx context.Context, u *app.Unit, a *tender.Award) (*contract.Contract, error) {
	t, err := u.Tenders.Tender(ctx, a.TenderID)
	if err != nil {
		return nil, err
	}
	buyer, err := u.People.Party(ctx, a.BuyerID)
	if err != nil {
		return nil, err
	}
	supplier, err := u.People.Party(ctx, a.SupplierID)
	if err != nil {
		return nil, err
	}
	code, err := u.NextCode(ctx, "HT")
	if err != nil {
		return nil, err
	}
	c := &contract.Contract{
		ID: ident.ContractID(u.NewID()), Code: code, Title: t.Title, ProjectID: a.ProjectID, TenderID: a.TenderID, LotID: a.LotID, AwardID: a.ID,
		PlaceID: t.PlaceID, BuyerID: buyer.ID, BuyerName: buyer.Name, BuyerUSCC: buyer.USCC, SupplierID: supplier.ID, SupplierName: supplier.Name,
		SupplierUSCC: supplier.USCC, OriginalFen: a.PriceFen, AwardNoticeOn: *a.NoticeOn, SignBy: *a.SignBy, Status: contract.Machine.Initial,
		CreatedAt: u.Now, CreatedBy: u.Actor.PersonID, RuleVersion: s.rules(u).Version,
	}
	if lot := t.Lot(a.LotID); lot != nil && len(t.Lots) > 1 {
		c.Title = t.Title + " · " + lot.Title
	}
	c.BudgetShares, err = s.carry(ctx, u, c.ProjectID, c.OriginalFen)
	return c, err
}

// carry decides which of the project's budget lines carry an amount: in the order of the
// project, each up to what its other contracts left. Fault contract.budget_short.
func (s *Service) carry(ctx context.Context, u *app.Unit, id ident.ProjectID, amount money.Fen) ([]contract.BudgetShare, error) {
	p, err := u.Projects.Project(ctx, id)
	if err != nil {
		return nil, err
	}
	taken, err := s.taken(ctx, u, id)
	if err != nil {
		return nil, err
	}
	var out []contract.BudgetShare
	rest := amount
	for _, a := range p.Budget {
		part := min(rest, a.AmountFen-taken[a.LineID])
		if part > 0 {
			out = append(out, contract.BudgetShare{LineID: a.LineID, AmountFen: part})
			rest -= part
		}
	}
	if rest > 0 {
		return nil, fault.Conflict("contract.budget_short", "the project's lines are short of "+rest.String()).With("short", rest.String())
	}
	return out, nil
}

// taken sums what the project's other contracts hold of each line.
func (s *Service) taken(ctx context.Context, u *app.Unit, id ident.ProjectID) (map[ident.BudgetLineID]money.Fen, error) {
	others, err := u.Contracts.List(ctx, contract.Filter{ProjectID: id})
	if err != nil {
		return nil, err
	}
	out := map[ident.BudgetLineID]money.Fen{}
	for _, c := range others {
		if c.Status == contract.Rescinded {
			continue
		}
		for _, x := range c.BudgetShares {
			out[x.LineID] += x.AmountFen
		}
	}
	return out, nil
}

// commit books the budget of the lines, as far as it is not booked, and takes the price from it.
func (s *Service) commit(ctx context.Context, u *app.Unit, c *contract.Contract) error {
	d, err := s.deal(ctx, u, c, c.BudgetShares)
	if err != nil {
		return err
	}
	for _, x := range d.Shares {
		if err := bookBudget(ctx, u, d, x); err != nil {
			return err
		}
	}
	_, err = post(ctx, u, d.Commit())
	return err
}

// bookBudget makes the ledger say what the line says: the approved amount, adjustments included.
func bookBudget(ctx context.Context, u *app.Unit, d ledger.Deal, x ledger.Share) error {
	line, err := u.Projects.Line(ctx, x.LineID)
	if err != nil {
		return err
	}
	booked, err := bookedBudget(ctx, u, x.LineID)
	if err != nil {
		return err
	}
	if booked == line.ApprovedFen {
		return nil
	}
	key := "budget:" + string(x.LineID) + ":" + strconv.FormatInt(line.Version, 10)
	_, err = post(ctx, u, d.Budget(key, x, line.ApprovedFen-booked))
	return err
}

func bookedBudget(ctx context.Context, u *app.Unit, id ident.BudgetLineID) (money.Fen, error) {
	journals, err := u.Ledger.Journals(ctx, ledger.JournalFilter{ObjectKind: "budget_line", ObjectID: string(id), Kind: ledger.EntryBudget})
	if err != nil {
		return 0, err
	}
	account, found, err := u.Ledger.AccountOf(ctx, ledger.BudgetLine, string(id))
	if err != nil || !found {
		return 0, err
	}
	var booked money.Fen
	for _, j := range journals {
		for _, p := range j.Postings {
			if p.AccountID == account.ID {
				booked -= p.AmountFen
			}
		}
	}
	return booked, nil
}

// FillInput writes the terms of a draft.
type FillInput struct {
	ContractID ident.ContractID
	Change
	Terms contract.Terms
}

// Fill writes terms and milestones of a draft; they must add up to the price. Faults:
// contract.terms_invalid, contract.milestone_sum, contract.not_draft, record.stale.
func (s *Service) Fill(ctx context.Context, actor access.Actor, in FillInput) (Done, error) {
	w := write{
		ID: in.ContractID, Change: in.Change, Action: "contract.amend", Past: "contract.amended",
		Permission: access.ContractDraft, Side: buyerSide, Input: in.Terms,
	}
	return s.onContract(ctx, actor, w, func(ctx context.Context, u *app.Unit, c *contract.Contract) error {
		limits, err := s.limits(s.rules(u))
		if err != nil {
			return err
		}
		in.Terms.Payee.ChangedAt = u.Now
		if err := c.Fill(in.Terms, limits); err != nil {
			return err
		}
		var milestones []*contract.Milestone
		for i, p := range in.Terms.Milestones {
			m := p.Milestone(c, i+1)
			m.ID = ident.MilestoneID(u.NewID())
			milestones = append(milestones, &m)
		}
		return u.Contracts.ReplaceMilestones(ctx, c.ID, milestones)
	})
}

func (s *Service) limits(r rulebook.Rules) (contract.Limits, error) {
	var l contract.Limits
	for id, into := range map[string]*int{
		"ACCEPTANCE_DAYS_DEFAULT": &l.AcceptanceDaysDefault, "ACCEPTANCE_DAYS_MAX": &l.AcceptanceDaysMax, "PAYMENT_DAYS": &l.PaymentDaysDefault,
		"PAYMENT_DAYS_AGREED_MAX": &l.PaymentDaysMax, "TERM_MAX_YEARS_RENEWED": &l.TermYearsMax,
	} {
		n, err := r.Int(id)
		if err != nil {
			return l, err
		}
		*into = n
	}
	var err error
	if l.DailyInterestDefault, err = r.Rat("LATE_INTEREST_DAILY"); err != nil {
		return l, err
	}
	l.LoanRate, err = r.Rat("LPR_ONE_YEAR")
	return l, err
}

// recordMilestone notes the state of a milestone in the audit.
func recordMilestone(ctx context.Context, u *app.Unit, c *contract.Contract, action, reason string, before any, m *contract.Milestone) error {
	return u.Record(ctx, audit.Entry{
		Action: action, Kind: "milestone", ID: string(m.ID), PlaceID: c.PlaceID, ProjectID: c.ProjectID,
		Before: before, After: m, Reason: reason, RuleVersion: c.RuleVersion,
	})
}
