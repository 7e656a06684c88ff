package accounts

import (
	"sync"
	"time"
)

// maxKeys bounds the memory of a limiter; when it is full, windows that ended are dropped,
// and if none ended, newcomers are let through (the lock-out still counts them).
const maxKeys = 20_000

// limiter counts attempts per key in fixed windows, in this process only.
type limiter struct {
	mu     sync.Mutex
	limit  int
	window time.Duration
	seen   map[string]window
}

type window struct {
	began time.Time
	n     int
}

func newLimiter(limit int, per time.Duration) *limiter {
	return &limiter{limit: limit, window: per, seen: map[string]window{}}
}

// allow counts one attempt and tells whether it is within the limit.
func (l *limiter) allow(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	w, known := l.seen[key]
	if !known && len(l.seen) >= maxKeys && !l.drop(now) {
		return true
	}
	if !known || now.Sub(w.began) >= l.window {
		w = window{began: now}
	}
	w.n++
	l.seen[key] = w
	return w.n <= l.limit
}

func (l *limiter) drop(now time.Time) bool {
	for k, w := range l.seen {
		if now.Sub(w.began) >= l.window {
			delete(l.seen, k)
		}
	}
	return len(l.seen) < maxKeys
}
