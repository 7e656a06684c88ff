package oversight

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
	"linli/backend/domain/payment"
	"linli/backend/domain/project"
)

// MoneyBar is the way of the money, to the fen: budget → award → accepted → paid, what stayed
// in the budget, and what came back to the community.
type MoneyBar struct {
	BudgetFen   money.Fen
	AwardFen    money.Fen
	ContractFen money.Fen
	AcceptedFen money.Fen
	PaidFen     money.Fen
	SavedFen    money.Fen // budget less contract, once there is one
	DueFen      money.Fen // accepted and not paid yet
	PledgedFen  money.Fen // freely promised to the fund and known
	ReturnedFen money.Fen // in the fund because of these projects
}

// FundPart is a free pledge of an operator, or what it brought into a fund.
type FundPart struct {
	FundID   ident.FundID
	Fund     string
	Donor    string
	Pledge   string // code
	Origin   string
	Promised money.Fen
	Paid     money.Fen
	NextDue  calendar.Date
	Entries  []FundLine
}

// FundLine is one payment into the fund.
type FundLine struct {
	On        calendar.Date
	AmountFen money.Fen
	Code      string
	Receipt   string
}

// GrantPart is a grant of a fund for this need.
type GrantPart struct {
	FundID    ident.FundID
	Fund      string
	Code      string
	Title     string
	Recipient string
	AmountFen money.Fen
	Status    string
}

// fundFlows adds the pledges that are public by now, and grants for the need.
func (t *Thread) fundFlows(ctx context.Context, u *app.Unit, n *need.Need) error {
	for i := range t.Projects {
		p := &t.Projects[i]
		if !awardKnown[p.Status] {
			continue
		}
		pledges, err := u.Funds.Pledges(ctx, fund.Query{ProjectID: p.ID})
		if err != nil {
			return err
		}
		for _, x := range pledges {
			if x.Hidden(true) {
				continue
			}
			part, err := fundPart(ctx, u, x)
			if err != nil {
				return err
			}
			p.Fund = append(p.Fund, part)
		}
	}
	return t.grants(ctx, u, n)
}

// awardKnown are the states of a project in which nobody's choice can be moved any more.
var awardKnown = map[string]bool{
	project.Contracted: true, project.Delivering: true, project.Accepted: true, project.Evaluated: true, project.Archived: true,
}

func fundPart(ctx context.Context, u *app.Unit, p *fund.Pledge) (FundPart, error) {
	f, err := u.Funds.Fund(ctx, p.FundID)
	if err != nil {
		return FundPart{}, err
	}
	donor, err := u.People.Party(ctx, p.DonorID)
	if err != nil {
		return FundPart{}, err
	}
	out := FundPart{FundID: f.ID, Fund: f.Name, Donor: donor.Name, Pledge: p.Code, Origin: p.Origin}
	out.Promised, out.Paid = p.Totals()
	for _, d := range p.Dues {
		if (!d.Declared || d.PaidFen < d.AmountFen) && out.NextDue.IsZero() {
			out.NextDue = d.DueOn
		}
	}
	donations, err := u.Funds.Donations(ctx, fund.Query{PledgeID: p.ID})
	if err != nil {
		return FundPart{}, err
	}
	for _, d := range donations {
		if d.InFund() {
			out.Entries = append(out.Entries, FundLine{On: d.ReceivedOn, AmountFen: d.AmountFen - d.RefundedFen, Code: d.Code, Receipt: d.ReceiptNumber})
		}
	}
	return out, nil
}

func (t *Thread) grants(ctx context.Context, u *app.Unit, n *need.Need) error {
	f, err := u.Funds.FundOfPlace(ctx, n.PlaceID)
	if fault.KindOf(err) == fault.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	all, err := u.Funds.Grants(ctx, fund.Query{FundID: f.ID})
	if err != nil {
		return err
	}
	for _, g := range all {
		if g.NeedID != n.ID || !g.Public() {
			continue
		}
		to, err := u.People.Party(ctx, g.RecipientID)
		if err != nil {
			return err
		}
		t.Grants = append(t.Grants, GrantPart{FundID: f.ID, Fund: f.Name, Code: g.Code, Title: g.Title, Recipient: to.Name, AmountFen: g.AmountFen, Status: g.Status})
	}
	return nil
}

// barOf adds the projects up. What is not announced, published or decided counts nowhere.
func barOf(projects []ProjectPart) MoneyBar {
	var b MoneyBar
	for _, p := range projects {
		b.BudgetFen += p.BudgetFen
		for _, x := range p.Tenders {
			for _, l := range x.Lots {
				if l.Award != nil {
					b.AwardFen += l.Award.PriceFen
				}
			}
		}
		var value money.Fen
		for _, c := range p.Contracts {
			value += c.ValueFen
			for _, m := range c.Milestones {
				if m.Acceptance != nil {
					b.AcceptedFen += m.Acceptance.PayableFen
				}
			}
			for _, x := range c.Payments {
				if x.Status == payment.Paid || x.Status == payment.Reconciled {
					b.PaidFen += x.AmountFen
				}
			}
		}
		b.ContractFen += value
		if value > 0 && p.BudgetFen > value {
			b.SavedFen += p.BudgetFen - value
		}
		for _, f := range p.Fund {
			b.PledgedFen += f.Promised
			b.ReturnedFen += f.Paid
		}
	}
	b.DueFen = max(0, b.AcceptedFen-b.PaidFen)
	return b
}

// Proof is what a reader can keep to check later that nothing was rewritten.
type Proof struct {
	Records     int
	Fingerprint string // Merkle root over the hashes of these records (RFC 6962)
	Head        string // hash of the last record of the whole installation
	HeadSeq     int64
	Documents   int // public notices
	Leaves      []ProofLeaf
}

// ProofLeaf is one record of the thread: its place in the chain and its hash.
type ProofLeaf struct {
	Seq  int64
	Hash string
}

// openKinds are the kinds of records a thread counts. What is sealed or secret while a tender
// runs is left out altogether: even the number of its records would tell who is bidding.
var openKinds = map[string]bool{
	"need": true, "voice": true, "project": true, "tender": true, "announcement": true, "award": true, "contract": true, "supplement": true,
	"milestone": true, "acceptance": true, "payment": true, "invoice": true, "grant": true,
}

func (t *Thread) prove(ctx context.Context, u *app.Unit, id ident.NeedID) error {
	leaves := map[int64]string{}
	queries := []audit.Query{{NeedID: id}}
	for _, p := range t.Projects {
		queries = append(queries, audit.Query{ProjectID: p.ID})
		for _, x := range p.Tenders {
			t.Proof.Documents += len(x.Notices)
		}
	}
	for _, q := range queries {
		if err := collect(ctx, u, q, leaves); err != nil {
			return err
		}
	}
	var tree audit.Tree
	for _, seq := range sortedKeys(leaves) {
		tree.Append(leaves[seq])
		t.Proof.Leaves = append(t.Proof.Leaves, ProofLeaf{seq, leaves[seq]})
	}
	seq, hash, err := u.Audits.Head(ctx)
	t.Proof.Records, t.Proof.Fingerprint, t.Proof.Head, t.Proof.HeadSeq = len(leaves), tree.Root(), hash, seq
	return err
}

func collect(ctx context.Context, u *app.Unit, q audit.Query, into map[int64]string) error {
	for {
		page, err := u.Audits.Search(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range page {
			if openKinds[r.Kind] {
				into[r.Seq] = r.Hash
			}
			q.Before = r.Seq
		}
		if len(page) == 0 {
			return nil
		}
	}
}
