package evaluation

import (
	"math/big"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
)

// The size classes a bidder declares (domain handbook §6.2).
const (
	SizeMicro  = "micro"
	SizeSmall  = "small"
	SizeMedium = "medium"
	SizeLarge  = "large"
	SizeNone   = "none" // not an enterprise
)

// The kinds of party that a price deduction depends on (domain handbook §2).
const (
	kindEnterprise       = "ENT"
	kindSocialEnterprise = "SE"
	kindIndividual       = "IND"
)

// Preference is what the documents say about small enterprises.
type Preference struct {
	Reserved bool // set aside: then nothing is deducted
	RateBp   int  // basis points
}

// DeductionBp is the price deduction of a bid in basis points: the rate of the documents for
// micro and small enterprises in a tender that is not reserved; nothing for medium and large
// ones and for social organisations and institutions, whatever they declare (§6.2, A-04).
func (p Preference) DeductionBp(kind, size string) int {
	if p.Reserved {
		return 0
	}
	switch kind {
	case kindIndividual:
		return p.RateBp
	case kindEnterprise, kindSocialEnterprise:
		if size == SizeMicro || size == SizeSmall {
			return p.RateBp
		}
		return 0
	default:
		return 0
	}
}

// Consortium is a large or medium bidder with micro and small partners or subcontractors.
type Consortium struct {
	RateBp       int // of the documents for this case
	ShareBp      int // of the small partners
	LeastShareBp int
	Linked       bool // by holding or management
	AllSmall     bool
}

// ConsortiumDeductionBp is the deduction of a consortium: its own rate when the share of the
// small partners is large enough and they are not linked; all members small count as such.
func (p Preference) ConsortiumDeductionBp(c Consortium) int {
	switch {
	case p.Reserved || c.Linked:
		return 0
	case c.AllSmall:
		return p.RateBp
	case c.ShareBp >= c.LeastShareBp:
		return c.RateBp
	default:
		return 0
	}
}

// EvaluationPrice is bid × (1 − deduction), rounded half-up to the fen.
func EvaluationPrice(bid money.Fen, deductBp int) (money.Fen, error) {
	return money.MulRat(bid, int64(10_000-deductBp), 10_000)
}

// Quote is one price to be scored.
type Quote struct {
	BidID      ident.BidID
	Price      money.Fen // final offer
	DeductBp   int
	Evaluation money.Fen
	Score      procedure.Points
}

// PriceScores fills in evaluation prices and scores: lowest evaluation price ÷ evaluation price
// × weight, half-up to 0.01. No price is dropped. Fault evaluation.price_missing for a price
// that is not positive.
func PriceScores(quotes []Quote, weight procedure.Points) ([]Quote, error) {
	out := append([]Quote(nil), quotes...)
	var lowest money.Fen
	for i := range out {
		if out[i].Price <= 0 {
			return nil, fault.Conflict("evaluation.price_missing", "bid "+string(out[i].BidID)+" has no price")
		}
		e, err := EvaluationPrice(out[i].Price, out[i].DeductBp)
		if err != nil {
			return nil, err
		}
		out[i].Evaluation = e
		if lowest == 0 || e < lowest {
			lowest = e
		}
	}
	for i := range out {
		points, err := money.MulRat(lowest, int64(weight), int64(out[i].Evaluation))
		if err != nil {
			return nil, err
		}
		out[i].Score = procedure.Points(points)
	}
	return out, nil
}

// The rules that find a price abnormally low (§6.3).
const (
	LowByMean    = "mean"
	LowBySecond  = "second_lowest"
	LowByCeiling = "ceiling"
)

// LowPriceTriggers names the rules that a bid price breaks, compared strictly and unrounded on
// bid prices: below a share of the mean of all, of the second lowest, or of the ceiling.
func LowPriceTriggers(price money.Fen, all []money.Fen, ceiling money.Fen, p procedure.LowPrice) []string {
	var out []string
	sum := new(big.Int)
	for _, x := range all {
		sum.Add(sum, big.NewInt(int64(x)))
	}
	// price × n × 100 < pct × sum
	if p.MeanPct > 0 && len(all) > 0 && cmpScaled(price, int64(len(all)), p.MeanPct, sum) {
		out = append(out, LowByMean)
	}
	if second, ok := secondLowest(all); p.SecondPct > 0 && ok && cmpScaled(price, 1, p.SecondPct, big.NewInt(int64(second))) {
		out = append(out, LowBySecond)
	}
	if p.CeilingPct > 0 && ceiling > 0 && cmpScaled(price, 1, p.CeilingPct, big.NewInt(int64(ceiling))) {
		out = append(out, LowByCeiling)
	}
	return out
}

func cmpScaled(price money.Fen, times int64, pct int, against *big.Int) bool {
	left := new(big.Int).Mul(big.NewInt(int64(price)), big.NewInt(times*100))
	right := new(big.Int).Mul(against, big.NewInt(int64(pct)))
	return left.Cmp(right) < 0
}

func secondLowest(all []money.Fen) (money.Fen, bool) {
	if len(all) < 2 {
		return 0, false
	}
	low, second := all[0], all[1]
	if second < low {
		low, second = second, low
	}
	for _, x := range all[2:] {
		switch {
		case x < low:
			low, second = x, low
		case x < second:
			second = x
		}
	}
	return second, true
}
