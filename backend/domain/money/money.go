// Package money counts in integer fen. Nothing in Linli holds money in a float.
package money

import (
	"math"
	"math/bits"
	"sort"
	"strconv"
	"strings"

	"linli/backend/domain/fault"
)

// Fen is an amount in fen (1/100 yuan), currency CNY.
type Fen int64

// Currency is the only currency this version books in.
const Currency = "CNY"

// Max is the largest amount accepted from outside: beyond it JavaScript loses digits.
const Max Fen = 9007199254740991

func overflow() error { return fault.Invalid("money.overflow", "amount out of range") }

// Add returns a + b; fault money.overflow when it does not fit.
func Add(a, b Fen) (Fen, error) {
	s := a + b
	if (b > 0 && s < a) || (b < 0 && s > a) {
		return 0, overflow()
	}
	return s, nil
}

// Sub returns a − b; fault money.overflow when it does not fit.
func Sub(a, b Fen) (Fen, error) {
	if b == math.MinInt64 {
		return 0, overflow()
	}
	return Add(a, -b)
}

// Sum adds up; fault money.overflow when it does not fit.
func Sum(all ...Fen) (Fen, error) {
	var total Fen
	var err error
	for _, f := range all {
		if total, err = Add(total, f); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// MulRat returns a × num ÷ den, rounded once, half away from zero, to the fen
// (domain handbook §3). den must be positive.
func MulRat(a Fen, num, den int64) (Fen, error) {
	if den <= 0 {
		return 0, fault.Internal("MulRat with a denominator of "+strconv.FormatInt(den, 10), nil)
	}
	negative := (a < 0) != (num < 0)
	hi, lo := bits.Mul64(abs(int64(a)), abs(num))
	lo, carry := bits.Add64(lo, uint64(den)/2, 0)
	hi += carry
	if hi >= uint64(den) {
		return 0, overflow()
	}
	q, _ := bits.Div64(hi, lo, uint64(den))
	if q > math.MaxInt64 {
		return 0, overflow()
	}
	if negative {
		return -Fen(q), nil
	}
	return Fen(q), nil
}

func abs(v int64) uint64 {
	if v < 0 {
		return uint64(-(v + 1)) + 1
	}
	return uint64(v)
}

// Split divides a non-negative total by weights with the largest remainder method, ties
// by index, so that the parts always sum to the total. Weights must be non-negative and
// not all zero; their sum must fit.
func Split(total Fen, weights []int64) ([]Fen, error) {
	var sum int64
	for _, w := range weights {
		if w < 0 || sum > math.MaxInt64-w {
			return nil, fault.Invalid("money.weights", "weights must be non-negative and fit")
		}
		sum += w
	}
	if sum == 0 || total < 0 {
		return nil, fault.Invalid("money.weights", "nothing to split by")
	}
	parts := make([]Fen, len(weights))
	rest := make([]uint64, len(weights))
	var given Fen
	for i, w := range weights {
		hi, lo := bits.Mul64(uint64(total), uint64(w))
		q, r := bits.Div64(hi, lo, uint64(sum))
		parts[i], rest[i] = Fen(q), r
		given += Fen(q)
	}
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(x, y int) bool { return rest[order[x]] > rest[order[y]] })
	for i := 0; given < total; i++ {
		parts[order[i]]++
		given++
	}
	return parts, nil
}

// String shows yuan with two decimals and thousands separators: 1,234,567.00.
func (f Fen) String() string {
	u := abs(int64(f))
	whole := strconv.FormatUint(u/100, 10)
	var b strings.Builder
	if f < 0 {
		b.WriteByte('-')
	}
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	b.WriteByte('.')
	cents := u % 100
	b.WriteByte(byte('0' + cents/10))
	b.WriteByte(byte('0' + cents%10))
	return b.String()
}

// ParseYuan reads a decimal string of yuan ("1,234.56", "1234.5", "1234") exactly;
// fault money.malformed for anything else, more than two decimals included.
func ParseYuan(s string) (Fen, error) {
	bad := fault.Invalid("money.malformed", "not an amount in yuan: at most two decimals")
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", "")
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	whole, cents, dotted := strings.Cut(s, ".")
	if whole == "" || (dotted && (cents == "" || len(cents) > 2)) {
		return 0, bad
	}
	for _, c := range whole + cents {
		if c < '0' || c > '9' {
			return 0, bad
		}
	}
	cents = (cents + "00")[:2]
	v, err := strconv.ParseInt(whole+cents, 10, 64)
	if err != nil {
		return 0, overflow()
	}
	if negative {
		v = -v
	}
	return Fen(v), nil
}
