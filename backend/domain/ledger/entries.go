package ledger

import (
	"strings"

	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// The kinds of journals that a purchase leaves behind, in the order they happen.
const (
	EntryBudget     = "budget"     // 预算批复: a line is approved or adjusted
	EntryCommitment = "commitment" // 成交占用: an award takes from the lines
	EntryContract   = "contract"   // 合同占用: the contract takes the award's place
	EntrySupplement = "supplement" // 补充合同: more is taken from the lines
	EntryAcceptance = "acceptance" // 验收确认: what was accepted is owed
	EntryHold       = "hold"       // 支付指令: held for a payment that is on its way
	EntryPayment    = "payment"    // 支付: paid by our word
	EntryReconcile  = "reconcile"  // 对账: the bank's statement says the same
	EntryRelease    = "release"    // 余额释放: what is not needed goes back to the lines
)

// Share is what one budget line carries.
type Share struct {
	LineID    ident.BudgetLineID
	LineTitle string
	AmountFen money.Fen
}

// Deal is what the entries of one purchase have in common: whose books, which contract, which
// lines.
type Deal struct {
	ContractID   ident.ContractID
	Code         string
	Title        string // of the contract; stands in the names of its accounts
	AwardID      ident.AwardID
	ProjectID    ident.ProjectID
	PlaceID      ident.PlaceID
	BuyerID      ident.PartyID
	BuyerName    string
	SupplierName string
	Shares       []Share
}

func (d Deal) ref(k Kind, owner, name string) Ref {
	return Ref{Kind: k, OwnerID: owner, Name: name, PartyID: d.BuyerID, PlaceID: d.PlaceID, ProjectID: d.ProjectID}
}

// lineRef has no project: several projects may take from one line.
func (d Deal) lineRef(s Share) Ref {
	return Ref{Kind: BudgetLine, OwnerID: string(s.LineID), Name: s.LineTitle, PartyID: d.BuyerID, PlaceID: d.PlaceID}
}

// accountName is what a bookkeeper reads: the code alone says nothing to a person.
func (d Deal) accountName() string { return strings.TrimSpace(d.Code + " " + d.Title) }

func (d Deal) commitment() Ref { return d.ref(Commitment, string(d.AwardID), d.accountName()) }
func (d Deal) contract() Ref   { return d.ref(Contract, string(d.ContractID), d.accountName()) }
func (d Deal) payable() Ref    { return d.ref(Payable, string(d.ContractID), d.SupplierName) }

// ClearingOf is the account of money on its way from a buyer.
func ClearingOf(party ident.PartyID, name string, place ident.PlaceID) Ref {
	return Ref{Kind: Clearing, OwnerID: string(party), Name: name, PartyID: party, PlaceID: place}
}

// AppropriationOf is the account of a buyer's quota that has not been drawn.
func AppropriationOf(party ident.PartyID, name string, place ident.PlaceID) Ref {
	return Ref{Kind: Appropriation, OwnerID: string(party), Name: name, PartyID: party, PlaceID: place}
}

func (d Deal) draft(key, kind, objectKind, objectID string) Draft {
	return Draft{
		Key: key, Kind: kind, Memo: d.Code, ObjectKind: objectKind, ObjectID: objectID, ProjectID: d.ProjectID,
		ContractID: d.ContractID, PlaceID: d.PlaceID, PartyID: d.BuyerID,
	}
}

// Budget books that a line's approved amount changed by delta: Dr appropriation, Cr budget line;
// the other way round when it was cut.
func (d Deal) Budget(key string, s Share, delta money.Fen) Draft {
	out := d.draft(key, EntryBudget, "budget_line", string(s.LineID))
	out.ProjectID, out.Memo = "", s.LineTitle
	out.Legs = []Leg{
		{Ref: AppropriationOf(d.BuyerID, d.BuyerName, d.PlaceID), AmountFen: delta},
		{Ref: d.lineRef(s), AmountFen: -delta},
	}
	return out
}

// Commit books that an award takes from its lines: Dr budget lines, Cr commitment.
func (d Deal) Commit() Draft {
	out := d.draft("commitment:"+string(d.AwardID)+":"+string(d.ContractID), EntryCommitment, "award", string(d.AwardID))
	out.Legs = d.take(d.commitment())
	return out
}

// Conclude books that a signed contract takes the place of its award: Dr commitment, Cr contract.
func (d Deal) Conclude() Draft {
	out := d.draft("contract:"+string(d.ContractID), EntryContract, "contract", string(d.ContractID))
	total := d.total()
	out.Legs = []Leg{{Ref: d.commitment(), AmountFen: total}, {Ref: d.contract(), AmountFen: -total}}
	return out
}

// Supplement books what a supplement adds: Dr budget lines, Cr contract. The deal's shares are
// those of the supplement.
func (d Deal) Supplement(id ident.SupplementID) Draft {
	out := d.draft("supplement:"+string(id), EntrySupplement, "supplement", string(id))
	out.Legs = d.take(d.contract())
	return out
}

// Accept books what an acceptance made payable: Dr contract, Cr payable.
func (d Deal) Accept(id ident.AcceptanceID, code string, amount money.Fen) Draft {
	out := d.draft("acceptance:"+string(id), EntryAcceptance, "acceptance", string(id))
	out.Memo = code
	out.Legs = []Leg{{Ref: d.contract(), AmountFen: amount}, {Ref: d.payable(), AmountFen: -amount}}
	return out
}

// Pay moves a payment from payable to clearing: pending while it is instructed, posted when the
// bank's voucher is there. The key tells the two and repeated attempts apart.
func (d Deal) Pay(key, kind string, id ident.PaymentID, code string, amount money.Fen) Draft {
	out := d.draft(key, kind, "payment", string(id))
	out.Memo, out.Pending = code, kind == EntryHold
	out.Legs = []Leg{
		{Ref: d.payable(), AmountFen: amount},
		{Ref: ClearingOf(d.BuyerID, d.BuyerName, d.PlaceID), AmountFen: -amount},
	}
	return out
}

// Reconcile books that the statement shows a payment: Dr clearing, Cr appropriation.
func (d Deal) Reconcile(id ident.PaymentID, code string, amount money.Fen) Draft {
	out := d.draft("reconcile:"+string(id), EntryReconcile, "payment", string(id))
	out.Memo = code
	out.Legs = []Leg{
		{Ref: ClearingOf(d.BuyerID, d.BuyerName, d.PlaceID), AmountFen: amount},
		{Ref: AppropriationOf(d.BuyerID, d.BuyerName, d.PlaceID), AmountFen: -amount},
	}
	return out
}

// Release books that what a contract does not need goes back to its lines, in their shares:
// Dr contract (or commitment while it was never signed), Cr budget lines. Fault money.weights.
func (d Deal) Release(rest money.Fen, signed bool) (Draft, error) {
	out := d.draft("release:"+string(d.ContractID), EntryRelease, "contract", string(d.ContractID))
	weights := make([]int64, len(d.Shares))
	for i, s := range d.Shares {
		weights[i] = int64(s.AmountFen)
	}
	parts, err := money.Split(rest, weights)
	if err != nil {
		return Draft{}, err
	}
	from := d.contract()
	if !signed {
		from = d.commitment()
	}
	out.Legs = []Leg{{Ref: from, AmountFen: rest}}
	for i, s := range d.Shares {
		out.Legs = append(out.Legs, Leg{Ref: d.lineRef(s), AmountFen: -parts[i]})
	}
	return out, nil
}

func (d Deal) take(into Ref) []Leg {
	var legs []Leg
	for _, s := range d.Shares {
		legs = append(legs, Leg{Ref: d.lineRef(s), AmountFen: s.AmountFen})
	}
	return append(legs, Leg{Ref: into, AmountFen: -d.total()})
}

func (d Deal) total() money.Fen {
	var total money.Fen
	for _, s := range d.Shares {
		total += s.AmountFen
	}
	return total
}
