package fund

import (
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
)

// MaxReport bounds the words of a report on how a grant was used.
const MaxReport = 2000

// Grant is money a fund gives 资助拨款. Related says that recipient and fund are related
// parties: allowed with disclosure and the related people stepping out, never hidden.
type Grant struct {
	ID             ident.GrantID
	Code           string // ZZ-2026-000001
	FundID         ident.FundID
	RecipientID    ident.PartyID
	NeedID         ident.NeedID
	ProjectID      ident.ProjectID
	Title          string
	Purpose        string
	AmountFen      money.Fen
	Restricted     bool // from restricted money
	Related        bool
	Relation       string
	Status         string
	ProposedBy     ident.PersonID
	ProposedAt     time.Time
	ReviewedBy     ident.PersonID
	ReviewedAt     *time.Time
	PublicisedAt   *time.Time
	ObjectionUntil calendar.Date // the last day on which the public may object
	GrantedBy      ident.PersonID
	GrantedAt      *time.Time
	BankReference  string
	Report         string
	SpentFen       money.Fen
	ReturnedFen    money.Fen
	ReportedAt     *time.Time
	ClosedAt       *time.Time
	Version        int64
}

// Proposal is what a fund manager states to propose a grant. RecipientIsDonor is the fund's
// own record of whether the recipient gave to it.
type Proposal struct {
	FundID           ident.FundID
	RecipientID      ident.PartyID
	RecipientIsDonor bool
	NeedID           ident.NeedID
	ProjectID        ident.ProjectID
	Title            string
	Purpose          string
	AmountFen        money.Fen
	Restricted       bool
	Related          bool
	Relation         string
}

// Propose checks a proposal. Faults: grant.incomplete with the fields;
// grant.recipient_is_donor, because donors may not name who benefits (domain handbook §8.3).
func Propose(id ident.GrantID, code string, p Proposal, by ident.PersonID, now time.Time) (*Grant, error) {
	err := fault.Invalid("grant.incomplete", "the proposal is not complete")
	err = requireText(err, "title", p.Title, MaxName)
	err = requireText(err, "purpose", p.Purpose, MaxPurpose)
	if p.RecipientID == "" {
		err = err.At("recipientId", "required", "name who receives the grant")
	}
	if p.AmountFen <= 0 || p.AmountFen > money.Max {
		err = err.At("amountFen", "out_of_range", "state an amount above zero")
	}
	if p.Related {
		err = requireText(err, "relation", p.Relation, MaxPurpose)
	}
	if len(err.Fields) > 0 {
		return nil, err
	}
	if p.RecipientIsDonor {
		return nil, fault.Conflict("grant.recipient_is_donor", "the recipient gave to this fund")
	}
	return &Grant{
		ID: id, Code: code, FundID: p.FundID, RecipientID: p.RecipientID, NeedID: p.NeedID, ProjectID: p.ProjectID,
		Title: strings.TrimSpace(p.Title), Purpose: strings.TrimSpace(p.Purpose), AmountFen: p.AmountFen,
		Restricted: p.Restricted, Related: p.Related, Relation: strings.TrimSpace(p.Relation),
		Status: GrantMachine.Initial, ProposedBy: by, ProposedAt: now,
	}, nil
}

// Review approves the proposal; grant.two_persons when the proposer would do it.
func (g *Grant) Review(by ident.PersonID, now time.Time) (lifecycle.Row, error) {
	if by == g.ProposedBy {
		return lifecycle.Row{}, twoPersons()
	}
	row, err := g.fire("review", "")
	if err == nil {
		g.ReviewedBy, g.ReviewedAt = by, &now
	}
	return row, err
}

// Reject ends the grant with a public reason.
func (g *Grant) Reject(reason string) (lifecycle.Row, error) { return g.fire("reject", reason) }

// Publicise opens the days in which the public may object; the last of them comes from the
// rulebook and the calendar.
func (g *Grant) Publicise(until calendar.Date, now time.Time) (lifecycle.Row, error) {
	row, err := g.fire("publicise", "")
	if err == nil {
		g.PublicisedAt, g.ObjectionUntil = &now, until
	}
	return row, err
}

// Pay notes that the money left the fund. available is what the fund holds of the kind of
// money the grant takes. Faults: the machine's; grant.two_persons; grant.publicity_running
// until the last day has passed; grant.fund_short; grant.incomplete without the bank's number.
func (g *Grant) Pay(by ident.PersonID, bankReference string, available money.Fen, now time.Time) (lifecycle.Row, error) {
	if _, err := GrantMachine.Fire(g.Status, "grant", ""); err != nil {
		return lifecycle.Row{}, err
	}
	if by == g.ProposedBy {
		return lifecycle.Row{}, twoPersons()
	}
	if !calendar.DateOf(now).After(g.ObjectionUntil) {
		return lifecycle.Row{}, fault.Conflict("grant.publicity_running", "the public may still object").With("until", g.ObjectionUntil.String())
	}
	if available < g.AmountFen {
		return lifecycle.Row{}, fault.Conflict("grant.fund_short", "the fund holds less").With("available", available.String())
	}
	reference := strings.TrimSpace(bankReference)
	if reference == "" || utf8.RuneCountInString(reference) > MaxName {
		return lifecycle.Row{}, fault.Invalid("grant.incomplete", "no bank reference").At("bankReference", "required", "give the number of the bank's line")
	}
	row, err := g.fire("grant", "")
	if err == nil {
		g.GrantedBy, g.GrantedAt, g.BankReference = by, &now, reference
	}
	return row, err
}

// ReportUse says what was done with the money; what was spent and what is returned must add
// up to the grant. Fault grant.report_sum.
func (g *Grant) ReportUse(text string, spent, returned money.Fen, now time.Time) (lifecycle.Row, error) {
	err := requireText(fault.Invalid("grant.incomplete", "the report is not complete"), "report", text, MaxReport)
	if len(err.Fields) > 0 {
		return lifecycle.Row{}, err
	}
	if spent < 0 || returned < 0 || returned > g.AmountFen || spent != g.AmountFen-returned {
		return lifecycle.Row{}, fault.Invalid("grant.report_sum", "spent and returned do not add up to the grant").
			At("spentFen", "sum", "spent plus returned is the grant").With("amount", g.AmountFen.String())
	}
	row, fired := g.fire("report", "")
	if fired == nil {
		g.Report, g.SpentFen, g.ReturnedFen, g.ReportedAt = strings.TrimSpace(text), spent, returned, &now
	}
	return row, fired
}

// Close ends the grant after the report was checked; what is returned is in the fund then.
func (g *Grant) Close(by ident.PersonID, now time.Time) (lifecycle.Row, error) {
	if by == g.ProposedBy {
		return lifecycle.Row{}, twoPersons()
	}
	row, err := g.fire("close", "")
	if err == nil {
		g.ClosedAt = &now
	}
	return row, err
}

// Public tells whether the statement may show the grant: from the publicity on, and when it
// ended with a public reason.
func (g *Grant) Public() bool {
	return g.Status != GrantProposed && g.Status != GrantReviewed
}

func (g *Grant) fire(action, reason string) (lifecycle.Row, error) {
	row, err := GrantMachine.Fire(g.Status, action, reason)
	if err == nil {
		g.Status = row.To
	}
	return row, err
}

func twoPersons() error {
	return fault.Conflict("grant.two_persons", "a grant needs a second person")
}
