package settlement

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// Break is one invariant that does not hold: which, on what object, and by how much.
type Break struct {
	Check  string
	Kind   string
	ID     string
	Detail string
}

// verifier walks contracts, payments and journals once and collects what is off.
type verifier struct {
	u        *app.Unit
	breaks   []Break
	accounts map[ident.AccountID]ledger.Account
	journals []ledger.Journal
	balances map[ident.AccountID]ledger.Balance
	owners   map[string]ledger.Balance // kind and owner
}

func (v *verifier) off(check, kind, id, detail string) {
	v.breaks = append(v.breaks, Break{Check: check, Kind: kind, ID: id, Detail: detail})
}

// Verify holds ledger, contracts and payments to what must be true at all times: every journal
// sums to zero; stored sums equal the fold of postings; no guarded account below zero; the quota
// of a body equals its uses; Σ milestones = contract value; paid ≤ accepted ≤ contracted ≤
// committed ≤ budget; the ledger says the same as the contracts; approvals bind what was paid.
func Verify(ctx context.Context, u *app.Unit) ([]Break, error) {
	v := &verifier{u: u, accounts: map[ident.AccountID]ledger.Account{}, balances: map[ident.AccountID]ledger.Balance{}, owners: map[string]ledger.Balance{}}
	for _, step := range []func(context.Context) error{v.loadLedger, v.checkLedger, v.checkQuota, v.checkContracts, v.checkPayments, v.checkLines} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return v.breaks, nil
}

// verifyPage is how many journals are read at a time.
const verifyPage = 500

func (v *verifier) loadLedger(ctx context.Context) error {
	stored, err := v.u.Ledger.Balances(ctx, ledger.AccountFilter{})
	if err != nil {
		return err
	}
	for _, b := range stored {
		v.accounts[b.Account.ID], v.balances[b.Account.ID] = b.Account, b
		v.owners[string(b.Account.Kind)+":"+b.Account.OwnerID] = b
	}
	f := ledger.JournalFilter{Limit: verifyPage}
	for {
		page, err := v.u.Ledger.Journals(ctx, f)
		if err != nil {
			return err
		}
		v.journals = append(v.journals, page...)
		if len(page) < verifyPage {
			return nil
		}
		f.Before = page[len(page)-1].ID
	}
}

func (v *verifier) checkLedger(ctx context.Context) error {
	byID := map[ident.JournalID]ledger.Journal{}
	var pending []ident.JournalID
	for _, j := range v.journals {
		byID[j.ID] = j
		if err := j.Check(); err != nil {
			v.off("journal_balances", "journal", string(j.ID), err.Error())
		}
		if j.State == ledger.Pending {
			pending = append(pending, j.ID)
		}
	}
	ended, err := v.u.Ledger.Resolutions(ctx, pending)
	if err != nil {
		return err
	}
	resolved := map[ident.JournalID]bool{}
	for id := range ended {
		resolved[id] = true
	}
	v.checkLinks(byID)
	var all []ledger.Account
	for _, a := range v.accounts {
		all = append(all, a)
	}
	for _, b := range ledger.Fold(all, v.journals, resolved) {
		if v.balances[b.Account.ID] != b {
			v.off("balance_is_fold", "account", string(b.Account.ID), "stored sums differ from the postings")
		}
		if b.Account.Kind.Guarded() && b.AvailableFen() < 0 {
			v.off("guarded_not_negative", "account", string(b.Account.ID), b.AvailableFen().String())
		}
	}
	return nil
}

// checkLinks holds reversals and releases to the journals they name.
func (v *verifier) checkLinks(byID map[ident.JournalID]ledger.Journal) {
	reversed := map[ident.JournalID]bool{}
	for _, j := range v.journals {
		if j.Reverses == "" {
			continue
		}
		o, known := byID[j.Reverses]
		sums := map[ident.AccountID]money.Fen{}
		for _, p := range append(append([]ledger.Posting(nil), o.Postings...), j.Postings...) {
			sums[p.AccountID] += p.AmountFen
		}
		for _, sum := range sums {
			if sum != 0 {
				known = false
			}
		}
		if !known || reversed[j.Reverses] {
			v.off("reversal_mirrors_once", "journal", string(j.ID), "does not undo "+string(j.Reverses)+" exactly once")
		}
		reversed[j.Reverses] = true
	}
}

// checkQuota: what a body has not drawn equals what is free, committed, contracted, payable and on
// its way.
func (v *verifier) checkQuota(context.Context) error {
	quota, uses := map[ident.PartyID]money.Fen{}, map[ident.PartyID]money.Fen{}
	for _, b := range v.balances {
		switch b.Account.Kind {
		case ledger.Appropriation:
			quota[b.Account.PartyID] += b.Fen()
		case ledger.BudgetLine, ledger.Commitment, ledger.Contract, ledger.Payable:
			uses[b.Account.PartyID] += b.Fen()
		case ledger.Clearing:
			if string(b.Account.PartyID) == b.Account.OwnerID { // a buyer's, not a card provider's
				uses[b.Account.PartyID] += b.Fen()
			}
		}
	}
	for party, sum := range quota {
		if sum != uses[party] {
			v.off("quota_equals_uses", "party", string(party), "quota "+sum.String()+", uses "+uses[party].String())
		}
	}
	return nil
}

func (v *verifier) checkContracts(ctx context.Context) error {
	all, err := v.u.Contracts.List(ctx, contract.Filter{})
	if err != nil {
		return err
	}
	for _, c := range all {
		if err := v.checkContract(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) checkContract(ctx context.Context, c *contract.Contract) error {
	milestones, err := v.u.Contracts.Milestones(ctx, c.ID)
	if err != nil {
		return err
	}
	var planned, carried money.Fen
	for _, m := range milestones {
		planned += m.AmountFen
	}
	if len(milestones) > 0 && planned != c.ValueFen() {
		v.off("milestones_sum_to_value", "contract", string(c.ID), planned.String()+" instead of "+c.ValueFen().String())
	}
	for _, s := range c.BudgetShares {
		carried += s.AmountFen
	}
	if carried != c.ValueFen() {
		v.off("lines_carry_value", "contract", string(c.ID), carried.String()+" instead of "+c.ValueFen().String())
	}
	if s, b := c.SupplierSignature, c.BuyerSignature; c.SignedAt != nil && (s == nil || b == nil || s.TextHash != b.TextHash || s.PersonID == b.PersonID) {
		v.off("both_signed_one_text", "contract", string(c.ID), "the signatures do not match")
	}
	x, err := spendingOf(ctx, v.u, c)
	if err != nil {
		return err
	}
	if x.paid > x.accepted || x.accepted > c.ValueFen() {
		v.off("paid_accepted_contracted", "contract", string(c.ID), "paid "+x.paid.String()+", accepted "+x.accepted.String()+", value "+c.ValueFen().String())
	}
	v.checkBooked(c, x)
	return v.checkSigners(ctx, c)
}

// checkBooked compares what the ledger holds for a contract with what contracts and payments say.
func (v *verifier) checkBooked(c *contract.Contract, x spending) {
	held, owed := v.owners[string(ledger.Contract)+":"+string(c.ID)].Fen(), v.owners[string(ledger.Payable)+":"+string(c.ID)].Fen()
	want := money.Fen(0)
	if c.SignedAt != nil && c.Status != contract.Rescinded {
		want = x.committed - x.accepted
	}
	if held != want {
		v.off("ledger_holds_contract", "contract", string(c.ID), "ledger "+held.String()+", contract "+want.String())
	}
	if owed != x.accepted-x.paid {
		v.off("ledger_owes_accepted", "contract", string(c.ID), "ledger "+owed.String()+", accepted and unpaid "+(x.accepted-x.paid).String())
	}
}

// checkSigners: who accepted did not sign.
func (v *verifier) checkSigners(ctx context.Context, c *contract.Contract) error {
	all, err := v.u.Contracts.Acceptances(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, a := range all {
		for _, s := range []*contract.Signature{c.SupplierSignature, c.BuyerSignature} {
			if s != nil && a.InspectorID == s.PersonID {
				v.off("acceptor_did_not_sign", "acceptance", string(a.ID), a.Code)
			}
		}
	}
	return nil
}

func (v *verifier) checkPayments(ctx context.Context) error {
	all, err := v.u.Payments.List(ctx, payment.Filter{})
	if err != nil {
		return err
	}
	perAcceptance := map[ident.AcceptanceID]money.Fen{}
	clearing := map[ident.PartyID]money.Fen{}
	for _, p := range all {
		if p.Counts() {
			perAcceptance[p.AcceptanceID] += p.AmountFen
		}
		if p.Status == payment.Paid {
			clearing[p.BuyerID] += p.AmountFen
		}
		if err := v.checkApproval(ctx, p); err != nil {
			return err
		}
	}
	for id, sum := range perAcceptance {
		a, err := v.u.Contracts.Acceptance(ctx, id)
		if err != nil {
			return err
		}
		if sum > a.PayableFen || a.PublishedAt == nil {
			v.off("payments_within_acceptance", "acceptance", string(id), sum.String()+" of "+a.PayableFen.String())
		}
	}
	for _, b := range v.balances {
		if b.Account.Kind == ledger.Clearing && string(b.Account.PartyID) == b.Account.OwnerID && b.Fen() != clearing[b.Account.PartyID] {
			v.off("clearing_is_open_items", "account", string(b.Account.ID), b.Fen().String()+" instead of "+clearing[b.Account.PartyID].String())
		}
	}
	return nil
}

// checkApproval: three persons, and the last approval binds what is paid.
func (v *verifier) checkApproval(ctx context.Context, p *payment.Payment) error {
	if p.Status != payment.Approved && p.Status != payment.Instructed && !p.Done() {
		return nil
	}
	approvals, err := v.u.Payments.Approvals(ctx, p.ID)
	if err != nil {
		return err
	}
	last := len(approvals) - 1
	if last < 0 || approvals[last].ApproverID != p.ApprovedBy || approvals[last].Hash != p.ApprovedHash || p.ApprovedBy == p.RequestedBy {
		v.off("approval_on_file", "payment", string(p.ID), p.Code)
		return nil
	}
	if p.Status != payment.Approved && p.ApprovedHash != p.Binding() {
		v.off("approval_binds_payment", "payment", string(p.ID), p.Code+" was changed after the approval")
	}
	if p.InstructedBy != "" && (p.InstructedBy == p.ApprovedBy || p.InstructedBy == p.RequestedBy) {
		v.off("three_persons", "payment", string(p.ID), p.Code)
	}
	return nil
}

// checkLines: what the ledger gave a budget line is what was approved, and what contracts hold is
// what is missing from it.
func (v *verifier) checkLines(ctx context.Context) error {
	spent, err := spentByLine(ctx, v.u, contract.Filter{})
	if err != nil {
		return err
	}
	for _, b := range v.balances {
		if b.Account.Kind != ledger.BudgetLine {
			continue
		}
		id := ident.BudgetLineID(b.Account.OwnerID)
		line, err := v.u.Projects.Line(ctx, id)
		if err != nil {
			return err
		}
		booked := b.Fen() + spent[id].committed
		if spent[id].committed > line.ApprovedFen || booked > line.ApprovedFen {
			v.off("committed_within_budget", "budget_line", string(id), "committed "+spent[id].committed.String()+" of "+line.ApprovedFen.String())
		}
	}
	return nil
}
