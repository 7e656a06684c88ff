package fund

import (
	"math/big"

	"linli/backend/domain/fault"
	"linli/backend/domain/money"
)

// Foundation is what a foundation reports of a year, for the tests of domain handbook §8.4.
type Foundation struct {
	Qualified      bool        // holds the fundraising qualification 公募资格
	Incomes        []money.Fen // of earlier years, latest first
	LastBalanceFen money.Fen   // net assets at the end of last year
	SpendingFen    money.Fen   // charitable spending of the year
	ManagementFen  money.Fen   // management cost of the year
}

// Thresholds are the ratios the rulebook gives for the tests.
type Thresholds struct {
	SpendShare        *big.Rat // CHARITY_SPEND_SHARE
	MeanYears         int      // CHARITY_SPEND_MEAN_YEARS
	BalanceShare      *big.Rat // CHARITY_SPEND_BALANCE_SHARE
	ManagementShareMx *big.Rat // CHARITY_MANAGEMENT_SHARE_MAX
}

// Verdict tells which test a foundation passes. Needed amounts are rounded up to the fen: what
// lies a fraction below the ratio is below it.
type Verdict struct {
	SpendingOK   bool
	By           string    // "last_year", "mean" or "balance": the test that is passed; "" for none
	NeedLastFen  money.Fen // by last year's income
	NeedMeanFen  money.Fen // by the mean of the years
	NeedByBalFen money.Fen // by last year's balance, without the qualification
	ManagementOK bool
	MaxManageFen money.Fen
}

// Examine applies the tests. Faults: foundation.years_missing when the mean needs more years
// than are given, money.overflow.
func (f Foundation) Examine(t Thresholds) (Verdict, error) {
	v := Verdict{}
	if err := f.spending(t, &v); err != nil {
		return Verdict{}, err
	}
	limit := share(t.ManagementShareMx, f.SpendingFen, 1)
	v.ManagementOK = ratOf(f.ManagementFen).Cmp(limit) <= 0
	v.MaxManageFen = floor(limit)
	return v, nil
}

func (f Foundation) spending(t Thresholds, v *Verdict) error {
	spent := ratOf(f.SpendingFen)
	if !f.Qualified {
		need := share(t.BalanceShare, f.LastBalanceFen, 1)
		v.NeedByBalFen = ceil(need)
		v.pass(spent.Cmp(need) >= 0, "balance")
		return nil
	}
	if len(f.Incomes) < t.MeanYears || t.MeanYears < 1 {
		return fault.Invalid("foundation.years_missing", "the mean needs more years").With("years", itoa(t.MeanYears))
	}
	sum, err := money.Sum(f.Incomes[:t.MeanYears]...)
	if err != nil {
		return err
	}
	last, mean := share(t.SpendShare, f.Incomes[0], 1), share(t.SpendShare, sum, int64(t.MeanYears))
	v.NeedLastFen, v.NeedMeanFen = ceil(last), ceil(mean)
	v.pass(spent.Cmp(last) >= 0, "last_year")
	v.pass(spent.Cmp(mean) >= 0, "mean")
	return nil
}

func (v *Verdict) pass(ok bool, by string) {
	if ok && !v.SpendingOK {
		v.SpendingOK, v.By = true, by
	}
}

// share is ratio × amount ÷ by, unrounded.
func share(ratio *big.Rat, amount money.Fen, by int64) *big.Rat {
	return new(big.Rat).Mul(ratio, big.NewRat(int64(amount), by))
}

func ratOf(f money.Fen) *big.Rat { return big.NewRat(int64(f), 1) }

func floor(r *big.Rat) money.Fen {
	return money.Fen(new(big.Int).Div(r.Num(), r.Denom()).Int64())
}

func ceil(r *big.Rat) money.Fen {
	q, m := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	if m.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return money.Fen(q.Int64())
}
