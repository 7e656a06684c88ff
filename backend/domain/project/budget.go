package project

import (
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Source says where a budget line's money comes from 资金来源.
type Source string

// The four sources (domain handbook §8.1).
const (
	SourceGeneral   Source = "general"             // 一般公共预算
	SourceGuarantee Source = "community_guarantee" // 社区保障资金
	SourceIncentive Source = "community_incentive" // 社区激励资金
	SourceFund      Source = "fund"                // 社会资金
)

// sourceTracks says which money may pay on which track; mixed money follows track G for the
// whole (domain handbook §1), so track G takes every source.
var sourceTracks = map[Source][]Track{
	SourceGeneral:   {TrackGovernment},
	SourceGuarantee: {TrackGovernment, TrackCommunity},
	SourceIncentive: {TrackGovernment, TrackCommunity},
	SourceFund:      {TrackGovernment, TrackFund},
}

// The years a line may be recorded for: a slip of the keyboard is caught, the archive is not.
const (
	firstFiscalYear = 2018
	lastFiscalYear  = 2100
)

// Line is one line of an approved budget. Only the approved amount is stored: what projects
// hold of it is the sum of their allocations, what is committed and used comes from the ledger.
type Line struct {
	ID           ident.BudgetLineID
	PartyID      ident.PartyID // whose money it is: the buyer
	FiscalYear   int
	Source       Source
	FunctionCode string // 功能分类科目, digits
	EconomyCode  string // 经济分类科目, digits, such as 30227 委托业务费
	Title        string
	ApprovedFen  money.Fen
	Reason       string // of the last adjustment
	RecordedBy   ident.PersonID
	RecordedAt   time.Time
	Version      int64
}

// NewLine records an approved line. Faults: budget.invalid with the offending fields.
func NewLine(l Line) (*Line, error) {
	l.Title = strings.TrimSpace(l.Title)
	bad := fault.Invalid("budget.invalid", "the budget line does not hold")
	if l.FiscalYear < firstFiscalYear || l.FiscalYear > lastFiscalYear {
		bad = bad.At("fiscalYear", "range", "2018 to 2100")
	}
	if sourceTracks[l.Source] == nil {
		bad = bad.At("source", "unknown", "general, community_guarantee, community_incentive or fund")
	}
	if !digits(l.FunctionCode, 3, 7) {
		bad = bad.At("functionCode", "format", "3 to 7 digits")
	}
	if !digits(l.EconomyCode, 3, 5) {
		bad = bad.At("economyCode", "format", "3 to 5 digits")
	}
	if n := utf8.RuneCountInString(l.Title); n == 0 || n > MaxTitle {
		bad = bad.At("title", "length", "1 to 60 characters")
	}
	if l.ApprovedFen <= 0 || l.ApprovedFen > money.Max {
		bad = bad.At("approvedFen", "range", "more than nothing")
	}
	if l.PartyID == "" {
		bad = bad.At("partyId", "required", "a line belongs to a buyer")
	}
	if len(bad.Fields) > 0 {
		return nil, bad
	}
	return &l, nil
}

func digits(s string, least, most int) bool {
	if len(s) < least || len(s) > most {
		return false
	}
	return strings.Trim(s, "0123456789") == ""
}

// Take asks whether the line can give an amount to a project, besides what other projects
// hold already. Faults: budget.other_party, budget.source_track, budget.exceeded.
func (l *Line) Take(p *Project, amount, heldByOthers money.Fen) error {
	if l.PartyID != p.PartyID {
		return fault.Conflict("budget.other_party", "line "+string(l.ID)+" belongs to another buyer").With("line", l.Title)
	}
	if !allows(l.Source, p.Track) {
		return fault.Conflict("budget.source_track", string(l.Source)+" money does not pay on track "+string(p.Track)).
			With("line", l.Title).With("track", string(p.Track))
	}
	free, err := money.Sub(l.ApprovedFen, heldByOthers)
	if err != nil {
		return err
	}
	if amount > free {
		return fault.Conflict("budget.exceeded", "line has "+free.String()+" left, wanted "+amount.String()).
			With("line", l.Title).With("free", free.String()).With("wanted", amount.String())
	}
	return nil
}

func allows(s Source, t Track) bool {
	for _, ok := range sourceTracks[s] {
		if ok == t {
			return true
		}
	}
	return false
}

// Adjust changes the approved amount, never below what projects hold, with a public reason.
// Faults: budget.invalid, budget.below_held, budget.same_person when the recorder adjusts.
func (l *Line) Adjust(approved, held money.Fen, reason string, by ident.PersonID) error {
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > MaxReason {
		return fault.Invalid("budget.invalid", "an adjustment needs a reason").At("reason", "length", "1 to 500 characters")
	}
	if approved <= 0 || approved > money.Max {
		return fault.Invalid("budget.invalid", "amount out of range").At("approvedFen", "range", "more than nothing")
	}
	if by == l.RecordedBy {
		return fault.Conflict("budget.same_person", "who recorded a line does not adjust it")
	}
	if approved < held {
		return fault.Conflict("budget.below_held", "projects hold "+held.String()).With("held", held.String())
	}
	l.ApprovedFen, l.Reason = approved, reason
	return nil
}
