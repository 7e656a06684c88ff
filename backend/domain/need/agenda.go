package need

import (
	"math/big"
	"strconv"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// AgendaThreshold is how many households bring a matter to the council: the share of the
// community's households, rounded up (EX-15: 10 % of 836 are 84).
func AgendaThreshold(households int, share *big.Rat) int { return ceil(households, share) }

// Deliberation is a vote of the residents' council. Members who stepped out because they
// are tied to a bidder or beneficiary are not counted anywhere.
type Deliberation struct {
	HeldOn   calendar.Date
	Members  int
	Recused  int
	Present  int // without those who stepped out
	Yes      int
	No       int
	Abstain  int
	Minutes  string // what was said, in short; public
	Quorum   int    // by the rules of that day
	Needed   int    // yes votes needed
	Rules    string // version of the rulebook
	MinuteID ident.FileID
}

// Council holds the shares of the rulebook: quorum at least, pass by more than.
type Council struct {
	Quorum, PassOver *big.Rat
	Version          string
}

// Hold computes quorum and majority of a vote (EX-15: a council of 21 needs 14; with 14
// present, 8 pass). Faults: need.vote_invalid with the field, need.quorum_missing.
func (c Council) Hold(d Deliberation) (Deliberation, error) {
	bad := fault.Invalid("need.vote_invalid", "the figures of the vote do not fit")
	voting := d.Members - d.Recused
	switch {
	case d.Members < 1 || d.Members > 500:
		return d, bad.At("members", "range", "1 to 500")
	case d.Recused < 0 || voting < 1:
		return d, bad.At("recused", "range", "fewer than the members")
	case d.Present < 0 || d.Present > voting:
		return d, bad.At("present", "range", "at most the members who may vote")
	case d.Yes < 0 || d.No < 0 || d.Abstain < 0 || d.Yes+d.No+d.Abstain != d.Present:
		return d, bad.At("yes", "sum", "yes, no and abstentions are those present")
	case d.HeldOn.IsZero():
		return d, bad.At("heldOn", "required", "the day of the meeting")
	case len([]rune(d.Minutes)) > MaxSummary:
		return d, bad.At("minutes", "length", "at most 1000 characters")
	}
	d.Quorum, d.Needed, d.Rules = ceil(voting, c.Quorum), above(d.Present, c.PassOver), c.Version
	if d.Present < d.Quorum {
		return d, fault.Conflict("need.quorum_missing", "too few members present").
			With("present", number(d.Present)).With("quorum", number(d.Quorum))
	}
	return d, nil
}

// Passed tells whether the vote carried the matter.
func (d *Deliberation) Passed() bool {
	return d != nil && d.Present >= d.Quorum && d.Yes >= d.Needed && d.Yes > 0
}

// ceil is n times a share, rounded up.
func ceil(n int, share *big.Rat) int {
	x := new(big.Rat).Mul(big.NewRat(int64(n), 1), share)
	q, r := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	if r.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return int(q.Int64())
}

// above is the smallest whole number that is more than a share of n.
func above(n int, share *big.Rat) int {
	x := new(big.Rat).Mul(big.NewRat(int64(n), 1), share)
	return int(new(big.Int).Quo(x.Num(), x.Denom()).Int64()) + 1
}

func number(n int) string { return strconv.Itoa(n) }
