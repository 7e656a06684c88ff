package fund

import (
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Kinds of outflow and of inflow that correct an earlier line.
const (
	KindGrantOut    = "grant"        // 资助拨款
	KindGrantReturn = "grant_return" // 结余退回
	KindRefund      = "refund"       // 退款
	KindReinstated  = "reinstated"   // 争议款退还
)

// Entry is one line of the fund's book 流水, written once and never changed. AmountFen is
// positive into the fund, negative out of it. Key is unique in the whole system, so that one
// fact is entered once: "donation:<id>:received", "card:stripe:re_1:refunded".
type Entry struct {
	ID         ident.FundEntryID
	FundID     ident.FundID
	Key        string
	Kind       string
	Restricted bool
	AmountFen  money.Fen
	On         calendar.Date
	SourceKind string // "donation" or "grant"
	SourceID   string
	ProjectID  ident.ProjectID
	JournalID  ident.JournalID
	At         time.Time
}

// Line is the sum of one kind in a statement.
type Line struct {
	Kind      string
	Count     int
	AmountFen money.Fen
}

// Pot is what a fund holds of one kind of money: restricted 限定性 or unrestricted 非限定性.
type Pot struct {
	OpeningFen money.Fen
	InFen      money.Fen
	OutFen     money.Fen // positive
	ClosingFen money.Fen
}

// Statement is the public account of a fund over a period: opening + in − out = closing.
type Statement struct {
	From, To     calendar.Date // both included
	Whole        Pot
	Restricted   Pot
	Unrestricted Pot
	Inflows      []Line // by kind, in the order of Kinds
	Outflows     []Line
}

// Kinds lists the kinds of entry in the order statements show them.
var Kinds = []string{KindPledge, KindDonation, KindGrantIn, KindInterest, KindGrantReturn, KindReinstated, KindGrantOut, KindRefund}

// StatementOf adds up entries. It takes every entry of the fund, in any order; what lies
// after the period is left out. Fault money.overflow.
func StatementOf(entries []Entry, from, to calendar.Date) (Statement, error) {
	s := Statement{From: from, To: to}
	in, out := map[string]*Line{}, map[string]*Line{}
	for _, e := range entries {
		if e.On.After(to) {
			continue
		}
		pot := &s.Unrestricted
		if e.Restricted {
			pot = &s.Restricted
		}
		if e.On.Before(from) {
			if err := addTo(&pot.OpeningFen, e.AmountFen); err != nil {
				return Statement{}, err
			}
			continue
		}
		lines, sum, amount := in, &pot.InFen, e.AmountFen
		if amount < 0 {
			lines, sum, amount = out, &pot.OutFen, -amount
		}
		if lines[e.Kind] == nil {
			lines[e.Kind] = &Line{Kind: e.Kind}
		}
		lines[e.Kind].Count++
		if err := addTo(sum, amount); err != nil {
			return Statement{}, err
		}
		if err := addTo(&lines[e.Kind].AmountFen, amount); err != nil {
			return Statement{}, err
		}
	}
	s.Inflows, s.Outflows = ordered(in), ordered(out)
	return s, s.close()
}

func (s *Statement) close() error {
	for _, p := range []*Pot{&s.Restricted, &s.Unrestricted} {
		closing, err := money.Sum(p.OpeningFen, p.InFen, -p.OutFen)
		if err != nil {
			return err
		}
		p.ClosingFen = closing
	}
	r, u := s.Restricted, s.Unrestricted
	sums := []struct {
		to   *money.Fen
		a, b money.Fen
	}{
		{&s.Whole.OpeningFen, r.OpeningFen, u.OpeningFen}, {&s.Whole.InFen, r.InFen, u.InFen},
		{&s.Whole.OutFen, r.OutFen, u.OutFen}, {&s.Whole.ClosingFen, r.ClosingFen, u.ClosingFen},
	}
	for _, x := range sums {
		sum, err := money.Add(x.a, x.b)
		if err != nil {
			return err
		}
		*x.to = sum
	}
	return nil
}

func ordered(lines map[string]*Line) []Line {
	var out []Line
	for _, kind := range Kinds {
		if l := lines[kind]; l != nil {
			out = append(out, *l)
		}
	}
	return out
}

func addTo(sum *money.Fen, amount money.Fen) error {
	next, err := money.Add(*sum, amount)
	if err == nil {
		*sum = next
	}
	return err
}
