package assign

// random is splitmix64 (Steele, Lea and Flood 2014): one word of state for each thread, and a
// draw costs less than what it decides.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below draws from 0 to n−1.
func (r *random) below(n int) int { return int((r.next() >> 32) * uint64(n) >> 32) }

// unit draws from (0,1].
func (r *random) unit() float64 { return float64(r.next()>>11+1) / (1 << 53) }
