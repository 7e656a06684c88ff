package e2e

import (
	"fmt"
	"testing"
	"time"

	"linli/backend/domain/calendar"
)

// journey plays every role over HTTP, from a resident's words to the audited payment.
type journey struct {
	t      *testing.T
	base   string
	people map[string]*client

	place, need, project, tender, lot, award string
	contract, code, fund, pledge             string
	milestones, payments                     []string
	price                                    int64 // fen
}

// as signs in once per login; moving the clock signs nobody out.
func (j *journey) as(login string) *client {
	j.t.Helper()
	if j.people[login] == nil {
		j.people[login] = signIn(j.t, j.base, login)
	}
	return j.people[login]
}

// goTo moves the business clock of the demonstration forward.
func (j *journey) goTo(month time.Month, day, hour, minute int) {
	j.t.Helper()
	now := j.as("admin").must("GET", "/clock", nil)
	at, err := time.Parse(time.RFC3339Nano, text(now, "now"))
	if err != nil {
		j.t.Fatal(err, now)
	}
	to := time.Date(2026, month, day, hour, minute, 30, 0, calendar.Loc)
	minutes := int64(to.Sub(at) / time.Minute)
	if minutes <= 0 {
		return
	}
	j.as("admin").must("POST", "/clock/advance", body{"minutes": minutes})
}

// act changes a versioned record: it reads the version first, as a page does.
func (j *journey) act(login, path, action string, in any) body {
	j.t.Helper()
	c := j.as(login)
	return c.must("POST", path+"/"+action, orEmpty(in), "If-Match", j.version(c, path))
}

func orEmpty(in any) any {
	if in == nil {
		return body{}
	}
	return in
}

func (j *journey) version(c *client, path string) string {
	j.t.Helper()
	out := c.must("GET", path, nil)
	if tag := text(out, "etag"); tag != "" {
		return tag
	}
	for _, at := range []string{"version", "need.version", "project.version", "contract.version", "payment.version"} {
		if n := number(out, at); n > 0 {
			return fmt.Sprintf("%q", fmt.Sprint(n))
		}
	}
	j.t.Fatalf("%s has no version: %v", path, out)
	return ""
}

func TestJourney_FromAResidentsWordsToAnAuditedPayment(t *testing.T) {
	t.Parallel()
	for name, city := range demonstrations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := city(t)
			p := start(t, env...)
			j := &journey{t: t, base: p.base, people: map[string]*client{}}
			j.speakAndAdopt()
			j.budgetAndPlan()
			j.publish()
			j.bidAndOpen()
			j.evaluateAndAward()
			j.conclude()
			j.pledgeToTheFund()
			j.deliver()
			j.pay()
			j.reconcile()
			j.finish()
			j.readTheLedger()
			j.readTheThread()
			j.audit()
			clean(t, p, env)
		})
	}
}

func items(v any) []any { return list(v, "items") }

func (j *journey) wanted(what string, got, want any) {
	j.t.Helper()
	if got != want {
		j.t.Errorf("%s: %v, want %v", what, got, want)
	}
}
