package procurement

import (
	"strconv"
	"time"

	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

func fen(f money.Fen) string { return strconv.FormatInt(int64(f), 10) }

func points(p procedure.Points) string { return strconv.FormatInt(int64(p), 10) }

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// group names the lines of one lot; a tender with a single lot shows no group.
func group(t *tender.Tender, lot *tender.Lot) string {
	if len(t.Lots) == 1 {
		return ""
	}
	return strconv.Itoa(lot.No) + " " + lot.Title
}

// tenderFacts are the lines of the notice that opens a purchase.
func tenderFacts(t *tender.Tender) []tender.Fact {
	facts := []tender.Fact{
		{Key: "procedure", Type: "word", Value: t.Procedure.Code},
		{Key: "budget", Type: "fen", Value: fen(t.BudgetFen)},
		{Key: "deadline", Type: "time", Value: instant(*t.DeadlineAt)},
		{Key: "term", Type: "months", Value: strconv.Itoa(t.Document.TermMonths)},
		{Key: "contact", Type: "text", Value: t.Document.Contact},
	}
	if t.Document.Exemption != "" {
		facts = append(facts, tender.Fact{Key: "exemption", Type: "text", Value: t.Document.Exemption})
	}
	for i := range t.Lots {
		l := &t.Lots[i]
		facts = append(facts,
			tender.Fact{Group: group(t, l), Key: "scope", Type: "text", Value: l.Scope},
			tender.Fact{Group: group(t, l), Key: "ceiling", Type: "fen", Value: fen(l.CeilingFen)},
			tender.Fact{Group: group(t, l), Key: "price_weight", Type: "points", Value: points(l.PriceWeight)},
		)
	}
	return facts
}
