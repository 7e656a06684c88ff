package procurement

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// OwnBid is a supplier's view of its own bid: the receipts, what it has to do, and after the
// announcement its own score and rank with the reasons.
type OwnBid struct {
	Bid      *bid.Bid
	Tender   *tender.Tender
	Lot      *tender.Lot
	Review   *evaluation.LowPriceReview // of its own price
	Standing *evaluation.Standing       // its own, once announced
	Scores   []OwnScore                 // its own averages per criterion, once announced
	Count    int                        // of ranked bids, once announced
	Winner   string                     // once announced
	WonFen   int64
	WonTotal procedure.Points
	Refusals []*bid.Refusal // its own
}

// OwnScore is the committee's average for one criterion.
type OwnScore struct {
	Title   string
	Average procedure.Points
	Max     procedure.Points
}

// Own reads the acting supplier's bid on a lot. Fault record.not_found.
func (s *Service) Own(ctx context.Context, actor access.Actor, lot ident.LotID) (*OwnBid, error) {
	return app.Look(ctx, s.app, actor, access.BidRead, func(ctx context.Context, u *app.Unit) (*OwnBid, error) {
		b, err := u.Bids.BidOf(ctx, lot, u.Actor.PartyID)
		if err != nil {
			return nil, err
		}
		return s.ownView(ctx, u, b)
	})
}

// BidFilter narrows a supplier's list of its own bids.
type BidFilter struct {
	LotID  ident.LotID // the bid on one lot, if there is one
	Before string      // cursor: id of the last one seen
	Limit  int
}

func (f BidFilter) list(ctx context.Context, u *app.Unit) ([]*bid.Bid, error) {
	if f.LotID == "" {
		return u.Bids.BidsOfSupplier(ctx, u.Actor.PartyID, f.Before, f.Limit)
	}
	b, err := u.Bids.BidOf(ctx, f.LotID, u.Actor.PartyID)
	if fault.Is(err, "record.not_found") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []*bid.Bid{b}, nil
}

// OwnBids lists the acting supplier's bids, newest first.
func (s *Service) OwnBids(ctx context.Context, actor access.Actor, f BidFilter) ([]*OwnBid, error) {
	return app.Look(ctx, s.app, actor, access.BidRead, func(ctx context.Context, u *app.Unit) ([]*OwnBid, error) {
		all, err := f.list(ctx, u)
		if err != nil {
			return nil, err
		}
		out := make([]*OwnBid, len(all))
		for i, b := range all {
			if out[i], err = s.ownView(ctx, u, b); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

func (s *Service) ownView(ctx context.Context, u *app.Unit, b *bid.Bid) (*OwnBid, error) {
	t, err := u.Tenders.Tender(ctx, b.TenderID)
	if err != nil {
		return nil, err
	}
	v := &OwnBid{Bid: b, Tender: t, Lot: t.Lot(b.LotID)}
	late, err := u.Bids.Refusals(ctx, b.LotID)
	if err != nil {
		return nil, err
	}
	for _, r := range late {
		if r.SupplierID == b.SupplierID {
			v.Refusals = append(v.Refusals, r)
		}
	}
	e, err := u.Evaluations.Evaluation(ctx, b.LotID)
	if fault.Is(err, "record.not_found") {
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	v.Review = e.ReviewOf(b.ID)
	return v, s.ownScore(ctx, u, v, e)
}

// ownScore adds what a bidder learns with the announcement: its own score and rank, and
// who won with what.
func (s *Service) ownScore(ctx context.Context, u *app.Unit, v *OwnBid, e *evaluation.Evaluation) error {
	a, err := u.Tenders.AwardOfLot(ctx, v.Lot.ID)
	if fault.Is(err, "record.not_found") || (err == nil && a.Status != tender.AwardAnnounced) {
		return nil
	}
	if err != nil {
		return err
	}
	v.Standing, v.Count, v.WonFen, v.WonTotal = e.StandingOf(v.Bid.ID), len(e.Standings), int64(a.PriceFen), a.Total
	if v.Winner, err = nameOf(ctx, u, a.SupplierID); err != nil {
		return err
	}
	v.Scores, err = averages(ctx, u, v.Tender, v.Lot, v.Bid.ID)
	return err
}

// averages are the committee's averages of one bid per criterion, half-up to 0.01; none when the
// bid was not scored.
func averages(ctx context.Context, u *app.Unit, t *tender.Tender, l *tender.Lot, b ident.BidID) ([]OwnScore, error) {
	c, err := u.Evaluations.Committee(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	all, err := u.Evaluations.SheetsOfLot(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	sheets := of(all, b, c)
	if len(sheets) == 0 {
		return nil, nil
	}
	var out []OwnScore
	for _, item := range l.Criteria {
		var sum procedure.Points
		for _, x := range sheets {
			p, _ := x.Of(item.ID)
			sum += p
		}
		n := procedure.Points(len(sheets))
		out = append(out, OwnScore{Title: item.Title, Average: (2*sum + n) / (2 * n), Max: item.Max})
	}
	return out, nil
}

// Workbench is what those who judge a lot see of its bids once they are opened.
type Workbench struct {
	Case       *tender.Tender
	Lot        *tender.Lot
	Member     *evaluation.Member // the reader's seat; nil for the buyer's people
	Bids       []BidLine
	Evaluation *evaluation.Evaluation
	Progress   []Progress // how far each member is; inside and chair
	Conflicts  []string   // objective items on which saved sheets differ
	Actions    []Action
	Linked     []ident.BidID // share a legal representative or credit code (D-05)
}

// BidLine is one opened bid with its papers. Prices are empty until their own ceremony, and stay
// empty for members who still score.
type BidLine struct {
	Bid           *bid.Bid
	Qualification *bid.QualificationPart
	Technical     *bid.TechnicalPart
	Sheet         *evaluation.Scoresheet // the reader's own
	Averages      []OwnScore             // once all sheets are signed
}

// Progress is how many sheets a member has signed.
type Progress struct {
	MemberID ident.PersonID
	Name     string
	Chair    bool
	Complete int
	Signed   int
	Of       int
}

// Judge reads the workbench of a lot for a member of its committee or the buyer's people. For
// everyone else, and before the opening, it does not exist.
func (s *Service) Judge(ctx context.Context, actor access.Actor, lot ident.LotID) (*Workbench, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) (*Workbench, error) {
		t, err := u.Tenders.TenderOfLot(ctx, lot)
		if err != nil {
			return nil, err
		}
		w := &Workbench{Case: t, Lot: t.Lot(lot)}
		inside, c, err := s.judges(ctx, u, t)
		if err != nil {
			return nil, err
		}
		if c != nil {
			w.Member = c.Find(u.Actor.PersonID)
		}
		if w.Evaluation, err = u.Evaluations.Evaluation(ctx, lot); err != nil {
			return nil, err
		}
		if err := w.readBids(ctx, u); err != nil {
			return nil, err
		}
		if err := w.readSheets(ctx, u, c, inside); err != nil {
			return nil, err
		}
		if !inside {
			w.hideFromMember()
		}
		if inside {
			w.Actions, err = s.actions(ctx, u, t)
		}
		return w, err
	})
}

// judges tells whether the actor reads inside, and the committee he serves on or may know.
func (s *Service) judges(ctx context.Context, u *app.Unit, t *tender.Tender) (bool, *evaluation.Committee, error) {
	o, err := objectOf(ctx, u, t)
	if err != nil {
		return false, nil, err
	}
	inside := access.Allow(u.Actor, access.TenderRead, o) == nil
	c, err := u.Evaluations.Committee(ctx, t.ID)
	if err != nil {
		return inside, nil, err
	}
	if !inside && !c.Serves(u.Actor.PersonID) {
		return false, nil, hidden()
	}
	return inside, c, nil
}

func (w *Workbench) readBids(ctx context.Context, u *app.Unit) error {
	all, err := u.Bids.BidsOfLot(ctx, w.Lot.ID)
	if err != nil {
		return err
	}
	first := map[string]ident.BidID{}
	for _, b := range all {
		if b.Status == bid.StatusSealed || b.Status == bid.StatusWithdrawn || b.Status == bid.StatusLateRefused {
			continue
		}
		line := BidLine{Bid: b}
		opened, err := u.Bids.OpenedOf(ctx, b.ID)
		if err != nil {
			return err
		}
		for _, o := range opened {
			p, err := bid.Read([]byte(o.Plain), b, o.Kind)
			if err != nil {
				return err
			}
			switch o.Kind {
			case procedure.EnvelopeQualification:
				line.Qualification = p.Qualification
			case procedure.EnvelopeTechnical:
				line.Technical = p.Technical
			}
		}
		w.link(line, first)
		w.Bids = append(w.Bids, line)
	}
	return nil
}

// link notes bids that share a legal representative or a credit code with an earlier one.
func (w *Workbench) link(line BidLine, first map[string]ident.BidID) {
	if line.Qualification == nil {
		return
	}
	for _, sign := range []string{"r" + line.Qualification.LegalRep, "u" + line.Qualification.USCC} {
		if len(sign) == 1 {
			continue
		}
		if other, twice := first[sign]; twice {
			w.Linked = append(w.Linked, other, line.Bid.ID)
		}
		first[sign] = line.Bid.ID
	}
}

func (w *Workbench) readSheets(ctx context.Context, u *app.Unit, c *evaluation.Committee, inside bool) error {
	sheets, err := u.Evaluations.SheetsOfLot(ctx, w.Lot.ID)
	if err != nil {
		return err
	}
	scored := 0
	for i := range w.Bids {
		line := &w.Bids[i]
		line.Sheet = sheetOf(sheets, line.Bid.ID, u.Actor.PersonID)
		if line.Bid.Status == bid.StatusResponsive {
			scored++
		}
		if item := evaluation.Unequal(of(sheets, line.Bid.ID, c), w.Lot.Criteria); len(of(sheets, line.Bid.ID, c)) > 1 && item != "" {
			w.Conflicts = append(w.Conflicts, line.Bid.Supplier+" · "+item)
		}
		if inside && w.Lot.FinalInvitedAt != nil {
			if line.Averages, err = averages(ctx, u, w.Case, w.Lot, line.Bid.ID); err != nil {
				return err
			}
		}
	}
	for _, m := range c.Active() {
		p := Progress{MemberID: m.PersonID, Name: m.Name, Chair: m.Chair, Of: scored}
		for _, x := range sheets {
			if x.MemberID != m.PersonID {
				continue
			}
			if x.Missing(w.Lot.Criteria) == 0 {
				p.Complete++
			}
			if x.SignedAt != nil {
				p.Signed++
			}
		}
		w.Progress = append(w.Progress, p)
	}
	return nil
}

// hideFromMember keeps from a member what he must not be guided by: prices and rankings before
// his own sheets are signed and the prices opened, and who his colleagues are beyond how far
// they got.
func (w *Workbench) hideFromMember() {
	if w.Member != nil && w.Member.Chair {
		return
	}
	e := *w.Evaluation
	if w.Lot.PriceOpenedAt == nil {
		e.Prices, e.Standings = nil, nil
	}
	w.Evaluation = &e
	for i := range w.Progress {
		if w.Member == nil || w.Progress[i].MemberID != w.Member.PersonID {
			w.Progress[i].Name = ""
		}
	}
}

// Assignment is one lot a committee member has to judge.
type Assignment struct {
	Tender *tender.Tender
	Member *evaluation.Member
	Step   string // declare, wait, check_conformity, score, sign, review_price, done
}

// maxAssignments bounds a member's list.
const maxAssignments = 50

// Assignments lists the committees the actor serves or served on, newest first, with what he
// has to do.
func (s *Service) Assignments(ctx context.Context, actor access.Actor) ([]Assignment, error) {
	return app.Look(ctx, s.app, actor, access.BidScore, func(ctx context.Context, u *app.Unit) ([]Assignment, error) {
		return s.assignments(ctx, u)
	})
}

func (s *Service) assignments(ctx context.Context, u *app.Unit) ([]Assignment, error) {
	ids, err := u.Evaluations.CommitteesOf(ctx, u.Actor.PersonID, maxAssignments)
	if err != nil {
		return nil, err
	}
	var out []Assignment
	for _, id := range ids {
		t, err := u.Tenders.Tender(ctx, id)
		if err != nil {
			return nil, err
		}
		c, err := u.Evaluations.Committee(ctx, id)
		if err != nil {
			return nil, err
		}
		m := c.Find(u.Actor.PersonID)
		step, err := s.memberStep(ctx, u, t, m)
		if err != nil {
			return nil, err
		}
		out = append(out, Assignment{Tender: t, Member: m, Step: step})
	}
	return out, nil
}

// memberStep is what waits for a member: the first that does, over all lots.
func (s *Service) memberStep(ctx context.Context, u *app.Unit, t *tender.Tender, m *evaluation.Member) (string, error) {
	if m.Recused {
		return "recused", nil
	}
	if len(m.Declarations) == 0 {
		if t.Status() == tender.StatusClosed {
			return "declare", nil
		}
		return "wait", nil
	}
	for i := range t.Lots {
		l := &t.Lots[i]
		switch {
		case l.Status == tender.StatusQualification && m.Chair:
			return "check_conformity", nil
		case l.Status == tender.StatusEvaluation && l.PriceOpenedAt != nil && m.Chair:
			e, err := u.Evaluations.Evaluation(ctx, l.ID)
			if err != nil {
				return "", err
			}
			for _, r := range e.Reviews {
				if r.Accepted == nil {
					return "review_price", nil
				}
			}
		case l.Status == tender.StatusEvaluation && l.FinalInvitedAt == nil:
			open, err := unsigned(ctx, u, l, m.PersonID)
			if err != nil {
				return "", err
			}
			if open {
				return "score", nil
			}
		}
	}
	if t.Status() == tender.StatusAnnounced || t.Status() == tender.StatusDone || t.Status() == tender.StatusContracting || t.Status() == tender.StatusFailed || t.Status() == tender.StatusCancelled {
		return "done", nil
	}
	return "wait", nil
}

func unsigned(ctx context.Context, u *app.Unit, l *tender.Lot, member ident.PersonID) (bool, error) {
	all, err := u.Bids.BidsOfLot(ctx, l.ID)
	if err != nil {
		return false, err
	}
	sheets, err := u.Evaluations.SheetsOfLot(ctx, l.ID)
	if err != nil {
		return false, err
	}
	for _, b := range inStatus(all, bid.StatusResponsive) {
		if x := sheetOf(sheets, b.ID, member); x == nil || x.SignedAt == nil {
			return true, nil
		}
	}
	return false, nil
}
