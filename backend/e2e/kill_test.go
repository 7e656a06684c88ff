package e2e

import (
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Writers of the kill test: enough to have writes in every phase when the process dies.
const (
	killWriters = 8
	killAfter   = 150 // acknowledged writes
)

// A process that is killed in the middle of writes loses nothing it has acknowledged, and
// what it left behind is consistent.
func TestKill_AcknowledgedWritesSurvive(t *testing.T) {
	t.Parallel()
	for name, city := range demonstrations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := city(t)
			p := start(t, env...)
			kept := writeUntilKilled(t, p)
			if len(kept) < killAfter {
				t.Fatalf("only %d writes were acknowledged", len(kept))
			}
			again := start(t, env...)
			admin := signIn(t, again.base, "admin")
			for _, id := range kept {
				if a, err := admin.send(http.MethodGet, "/parties/"+id, nil); err != nil || a.status != http.StatusOK {
					t.Fatalf("acknowledged %s is gone: %d %v", id, a.status, err)
				}
			}
			verified(t, env)
		})
	}
}

func writeUntilKilled(t *testing.T, p *process) []string {
	admin := signIn(t, p.base, "admin")
	var mu sync.Mutex
	var kept []string
	enough := make(chan struct{})
	var once sync.Once
	var writers sync.WaitGroup
	for w := range killWriters {
		writers.Go(func() {
			for i := 0; ; i++ {
				a, err := admin.send(http.MethodPost, "/parties", body{"kind": "SSO", "name": "机构" + strconv.Itoa(w) + "-" + strconv.Itoa(i)})
				if err != nil {
					return // the process is dead
				}
				if a.status < 300 {
					mu.Lock()
					kept = append(kept, text(a.body, "id"))
					if len(kept) >= killAfter {
						once.Do(func() { close(enough) })
					}
					mu.Unlock()
				} else {
					t.Errorf("%d %s", a.status, a.text)
					once.Do(func() { close(enough) })
					return
				}
			}
		})
	}
	select {
	case <-enough:
	case <-time.After(patience):
		t.Error("too slow")
	}
	p.kill()
	writers.Wait()
	return kept
}

// verified wants `linli verify` to find nothing.
func verified(t testing.TB, env []string) {
	t.Helper()
	if out, status := run(t, env, "verify"); status != 0 {
		t.Errorf("verify: %d %s", status, out)
	}
}
