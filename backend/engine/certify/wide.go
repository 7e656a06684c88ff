package certify

import (
	"math/big"
	"math/bits"
)

// wide is a signed 128-bit number. A cost times a multiplier passes 63 bits; a product of two
// int64 cannot pass 127.
type wide struct {
	hi int64
	lo uint64
}

func product(a, b int64) wide {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	high := int64(hi)
	if a < 0 {
		high -= b
	}
	if b < 0 {
		high -= a
	}
	return wide{high, lo}
}

func whole(a int64) wide { return wide{a >> 63, uint64(a)} }

func (a wide) less(b wide) bool { return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo }

func (a wide) negative() bool { return a.hi < 0 }

// short is the number as 63 bits and sign; false when it does not fit.
func (a wide) short() (int64, bool) { return int64(a.lo), a.hi == int64(a.lo)>>63 }

// sum adds up; it remembers when it passed 127 bits.
type sum struct {
	wide
	over bool
}

func (s *sum) add(b wide) {
	lo, carry := bits.Add64(s.lo, b.lo, 0)
	hi := s.hi + b.hi + int64(carry)
	s.over = s.over || (s.hi < 0) == (b.hi < 0) && (hi < 0) != (s.hi < 0)
	s.hi, s.lo = hi, lo
}

func (s *sum) sub(b wide) {
	lo, borrow := bits.Sub64(s.lo, b.lo, 0)
	hi := s.hi - b.hi - int64(borrow)
	s.over = s.over || (s.hi < 0) != (b.hi < 0) && (hi < 0) != (s.hi < 0)
	s.hi, s.lo = hi, lo
}

// ceiling divides by a positive number and rounds up; false when the answer passes 63 bits.
func (s *sum) ceiling(by int64) (int64, bool) {
	if s.over {
		return 0, false
	}
	v := big.NewInt(s.hi)
	v.Lsh(v, 64).Add(v, new(big.Int).SetUint64(s.lo))
	v.Neg(v)
	v.Div(v, big.NewInt(by)) // rounds down for a positive divisor
	v.Neg(v)
	return v.Int64(), v.IsInt64()
}
