package contract

import (
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Opinion is what one person served says of a milestone: a rating of 1 to 5 and words. One a
// person and round; a changed mind replaces the earlier one.
type Opinion struct {
	ID          string
	Version     int64
	MilestoneID ident.MilestoneID
	ContractID  ident.ContractID
	Round       int
	PersonID    ident.PersonID
	HelperID    ident.PersonID // the community worker who wrote it down, in assisted mode
	Rating      int
	Text        string
	At          time.Time
}

// satisfiedFrom is the rating that counts as satisfied; maxOpinion bounds the words, in characters.
const (
	minRating     = 1
	maxRating     = 5
	satisfiedFrom = 4
	maxOpinion    = 1000
)

// Check tells whether an opinion may be kept. Fault opinion.invalid.
func (o Opinion) Check() error {
	bad := fault.Invalid("opinion.invalid", "the opinion does not hold")
	if o.Rating < minRating || o.Rating > maxRating {
		bad = bad.At("rating", "range", "between 1 and 5")
	}
	if utf8.RuneCountInString(o.Text) > maxOpinion {
		bad = bad.At("text", "too_long", "at most 1000 characters")
	}
	if o.Rating < satisfiedFrom && strings.TrimSpace(o.Text) == "" {
		bad = bad.At("text", "required", "say what was missing")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Satisfaction is a share with its sample and its 95 % Wilson interval. Without a sample there is
// no share.
type Satisfaction struct {
	Satisfied, Rated int
	Share, Low, High float64 // 0…1; all zero when Rated is 0
}

// wilsonZ is the 97.5 % quantile of the normal distribution: a 95 % interval.
const wilsonZ = 1.959963984540054

// SatisfactionOf summarises counts.
func SatisfactionOf(satisfied, rated int) Satisfaction {
	s := Satisfaction{Satisfied: satisfied, Rated: rated}
	if rated <= 0 {
		return s
	}
	n, z2 := float64(rated), wilsonZ*wilsonZ
	s.Share = float64(satisfied) / n
	mid := (s.Share + z2/(2*n)) / (1 + z2/n)
	half := wilsonZ / (1 + z2/n) * math.Sqrt(s.Share*(1-s.Share)/n+z2/(4*n*n))
	s.Low, s.High = math.Max(0, mid-half), math.Min(1, mid+half)
	return s
}

// Satisfied tells whether a rating counts as satisfied.
func Satisfied(rating int) bool { return rating >= satisfiedFrom }
