package httpapi_test

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/httpapi"
	"linli/backend/testkit"
)

// playedRoutes remembers which versioned writes were proved on each kit: *testkit.Kit → *routes.
var playedRoutes sync.Map

type routes struct {
	mu    sync.Mutex
	tried map[string]bool // "POST /needs/01…/adopt"
}

func playedOn(k *testkit.Kit) *routes {
	r, _ := playedRoutes.LoadOrStore(k, &routes{tried: map[string]bool{}})
	return r.(*routes)
}

// covers tells whether a route was tried, whatever stood for its parameters.
func covers(tried map[string]bool, method, pattern string) bool {
	route := regexp.MustCompile("^" + method + " " + parameter.ReplaceAllString(pattern, "[^/]+") + "$")
	for x := range tried {
		if route.MatchString(x) {
			return true
		}
	}
	return false
}

// change is a write that names the version it saw.
type change struct {
	as                 access.Actor
	method, path, body string // path below the prefix
	version            int64
}

func (c change) send(k *testkit.Kit, key string, version int64) (int, string, string) {
	k.T.Helper()
	res, text := k.Call(c.as, c.method, "/api/v1"+c.path, c.body, "Idempotency-Key", key, "If-Match", strconv.Quote(strconv.FormatInt(version, 10)))
	return res.StatusCode, res.Header.Get("ETag"), text
}

// unseen is a version that no record of a test reaches.
const unseen = 900

// prove sends a change as it should be sent and holds it to what every change promises: based on
// a version that is not there it is stale; sent again it is answered from the first, word for
// word; its key with another version is refused; and none of the three leaves a trace. A change
// that is refused is returned as it is.
func (c change) prove(t *testing.T, k *testkit.Kit) (int, string) {
	t.Helper()
	name, key, before := c.method+" "+c.path, k.Key(), auditHead(k)
	if status, _, text := c.send(k, k.Key(), unseen); status != http.StatusPreconditionFailed || !strings.Contains(text, `"record.stale"`) {
		if status, _, first := c.send(k, key, c.version); status >= 300 {
			return status, first
		}
		t.Errorf("%s of another version: %d %s", name, status, text)
	}
	if auditHead(k) != before {
		t.Errorf("%s was stale and yet something was written", name)
	}
	status, tag, first := c.send(k, key, c.version)
	if status >= 300 {
		return status, first
	}
	after := auditHead(k)
	if after == before {
		t.Errorf("%s wrote nothing", name)
	}
	if again, sameTag, text := c.send(k, key, c.version); again != status || text != first || sameTag != tag {
		t.Errorf("%s replayed: %d %s, first %s", name, again, text, first)
	}
	for _, other := range []int64{c.version + 1, unseen} {
		if refused, _, text := c.send(k, key, other); refused != http.StatusConflict || !strings.Contains(text, `"idempotency.reused"`) {
			t.Errorf("%s with a used key and version %d: %d %s", name, other, refused, text)
		}
	}
	if auditHead(k) != after {
		t.Errorf("%s was written more than once", name)
	}
	r := playedOn(k)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tried[name] = true
	return status, first
}

func auditHead(k *testkit.Kit) int64 {
	k.T.Helper()
	var seq int64
	k.View(func(ctx context.Context, u *app.Unit) (err error) {
		seq, _, err = u.Audits.Head(ctx)
		return err
	})
	return seq
}

// stories play every write that names a version.
var stories = map[string]func(t *testing.T, k *testkit.Kit){
	"contracts and payments": playMoney,
	"a contract rescinded":   playRescinded,
	"a contract terminated":  playTerminated,
	"a silent buyer":         playDeemed,
	"a payment refused":      playRefusedPayment,
	"tenders":                playTender,
	"a tender cancelled":     playCancelled,
	"a tender failed":        playTooFew,
	"a winner who backs out": playNextCandidate,
	"projects":               playProject,
	"funds":                  playFund,
	"needs":                  playNeeds,
	"voices":                 playVoices,
	"organizations":          playOrganizations,
	"services":               playServices,
	"venues":                 playResources,
	"mistakes":               playMistakes,
	"places":                 playPlaceQuestion,
	"matching":               playMatching,
	"people":                 playPeople,
}

// unplayed names versioned writes that no story plays, each with its reason.
var unplayed = map[string]string{}

func TestVersionedWrites_EveryRouteIsPlayedStaleAndReplayed(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	played := map[bool]map[string]bool{} // on PostgreSQL?
	var all []httpapi.Op
	t.Run("stories", func(t *testing.T) {
		for name, play := range stories {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
					play(t, k)
					mu.Lock()
					defer mu.Unlock()
					all = k.Server().Routes()
					if played[k.DB.Postgres()] == nil {
						played[k.DB.Postgres()] = map[string]bool{}
					}
					for x := range playedOn(k).tried {
						played[k.DB.Postgres()][x] = true
					}
				})
			})
		}
	})
	if t.Failed() {
		return
	}
	described := newGatekeeper(t).specs
	for onPostgres, tried := range played {
		for _, op := range all {
			if !described[op.ID].header("If-Match") {
				continue
			}
			if has := covers(tried, op.Method, op.Path); has == (unplayed[op.ID] != "") {
				t.Errorf("%s %s (%s), on PostgreSQL %v: played %v, excused %q", op.Method, op.Path, op.ID, onPostgres, has, unplayed[op.ID])
			}
		}
	}
}

func mustText(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
