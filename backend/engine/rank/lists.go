package rank

// lists are the lists of a kind of scope, by packed key. A search asks for the city, district,
// street and community of a need, and mostly there is no such list: the sieve, a bit per key
// it has seen, fits the cache and answers that without a walk through the map.
type lists struct {
	of    map[uint64][]glance
	sieve *[sieveWords]uint64
}

// sieveWords makes 64 KB: with the 30,000 lists of a city one key in twenty passes for nothing.
const sieveWords = 1 << 13

func newLists() lists { return lists{of: map[uint64][]glance{}, sieve: new([sieveWords]uint64)} }

func sift(key uint64) (word, bit uint64) {
	h := key * 0x9E3779B97F4A7C15 >> 45 // Fibonacci hashing
	return h >> 6, h & 63
}

func (l *lists) may(key uint64) bool {
	word, bit := sift(key)
	return l.sieve[word]>>bit&1 == 1
}

// change replaces a list by what a function makes of it and one glance.
func (l *lists) change(key uint64, g glance, how func([]glance, glance) []glance) {
	list := how(l.of[key], g)
	if len(list) == 0 {
		delete(l.of, key) // its bit stays: that costs a look, no answer
		return
	}
	word, bit := sift(key)
	l.sieve[word] |= 1 << bit
	l.of[key] = list
}
