package evaluation

import (
	"sort"

	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
)

// Standing is one bid in the ranking. Total is the sum of the two rounded parts.
type Standing struct {
	BidID      ident.BidID
	SupplierID ident.PartyID
	Supplier   string
	SizeClass  string
	FirstPrice money.Fen
	Price      money.Fen
	DeductBp   int
	Evaluation money.Fen
	Technical  procedure.Points
	PriceScore procedure.Points
	Total      procedure.Points
	Rank       int
	TieBreak   string // "", "price", "technical" or "draw": what decided against the one above
	CloserLook bool   // price was reviewed as abnormally low and accepted
}

// Rank orders standings for a consultation: total, lower final price, technical score, and at
// last the logged draw, which the buyer cannot influence: the order that the seed of the
// committee gives the bids.
func Rank(all []Standing, seed string) []Standing {
	out := append([]Standing(nil), all...)
	ids := make([]ident.PersonID, len(out))
	for i := range out {
		out[i].Total = out[i].Technical + out[i].PriceScore
		ids[i] = ident.PersonID(out[i].BidID)
	}
	drawn := map[ident.BidID]int{}
	for i, id := range Draw(seed, ids) {
		drawn[ident.BidID(id)] = i
	}
	sort.Slice(out, func(i, j int) bool { return before(out[i], out[j], drawn) })
	for i := range out {
		out[i].Rank = i + 1
		out[i].TieBreak = ""
		if i > 0 && out[i].Total == out[i-1].Total {
			out[i].TieBreak = decidedBy(out[i-1], out[i])
		}
	}
	return out
}

func before(a, b Standing, drawn map[ident.BidID]int) bool {
	switch {
	case a.Total != b.Total:
		return a.Total > b.Total
	case a.Price != b.Price:
		return a.Price < b.Price
	case a.Technical != b.Technical:
		return a.Technical > b.Technical
	default:
		return drawn[a.BidID] < drawn[b.BidID]
	}
}

func decidedBy(above, below Standing) string {
	switch {
	case above.Price != below.Price:
		return "price"
	case above.Technical != below.Technical:
		return "technical"
	default:
		return "draw"
	}
}
