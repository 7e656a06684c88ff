// Package rulebook holds every number that comes from a regulation, dated and with its source.
// Code asks for a rule by id, jurisdiction and the date of the event; it never contains the
// number. A rule applies by the event's date: published is not yet effective.
package rulebook

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"
	"sync"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
)

// Everywhere is the jurisdiction of a rule that holds unless a nearer one says otherwise.
const Everywhere = "*"

// Entry is one rule for a period in a jurisdiction. Jurisdictions nest by hyphen: "CN-5101"
// inherits what "CN" says and may replace it. Local entries are typical settings ⚙ that the
// administrator of an installation must confirm before go-live.
type Entry struct {
	ID           string
	Jurisdiction string
	From         calendar.Date // first day in force
	Until        calendar.Date // last day in force; zero while open
	Applies      map[string]string
	Params       map[string]Value
	Unit         string // days, working_days, yuan, share, points …
	Title        string // Chinese, as officials say it
	TitleEN      string
	Source       string
	Local        bool
}

// Value is the exact text of a parameter; the getters of Rules read it.
type Value string

// single is the parameter name of a rule that has just one.
const single = "value"

// Book is the registry of rules over time. It never changes after it is made and is safe for
// concurrent use.
type Book struct {
	entries []Entry
	mu      sync.Mutex
	cache   map[string]Rules
}

// New makes a book of checked entries. Faults: rule.entry_invalid naming the entry and field.
func New(entries []Entry) (*Book, error) {
	for _, e := range entries {
		if err := e.check(); err != nil {
			return nil, err
		}
	}
	if err := checkOverlap(entries); err != nil {
		return nil, err
	}
	sorted := append([]Entry(nil), entries...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].key() < sorted[j].key() })
	return &Book{entries: sorted, cache: map[string]Rules{}}, nil
}

// With is a new book with further entries, for a deployment's own rules and for tests.
// Faults as New.
func (b *Book) With(more ...Entry) (*Book, error) {
	return New(append(append([]Entry(nil), b.entries...), more...))
}

// Entries lists the whole book, by id, jurisdiction and first day.
func (b *Book) Entries() []Entry { return append([]Entry(nil), b.entries...) }

// At gives the rules of a jurisdiction that are in force on a date, the nearest jurisdiction
// first: CN-5101 before CN before everywhere.
func (b *Book) At(jurisdiction string, on calendar.Date) Rules {
	key := jurisdiction + "@" + on.String()
	b.mu.Lock()
	defer b.mu.Unlock()
	if r, ok := b.cache[key]; ok {
		return r
	}
	r := b.build(jurisdiction, on)
	if len(b.cache) >= maxCached {
		clear(b.cache)
	}
	b.cache[key] = r
	return r
}

// maxCached bounds the remembered days: a year of dates for a few jurisdictions.
const maxCached = 1000

func (b *Book) build(jurisdiction string, on calendar.Date) Rules {
	chosen := map[string]Entry{}
	for _, e := range b.entries {
		if !covers(e.Jurisdiction, jurisdiction) || !e.inForce(on) {
			continue
		}
		if old, ok := chosen[e.ID]; ok && nearness(old.Jurisdiction) >= nearness(e.Jurisdiction) {
			continue
		}
		chosen[e.ID] = e
	}
	return Rules{Jurisdiction: jurisdiction, On: on, Version: version(jurisdiction, chosen), entries: chosen}
}

func covers(of, asked string) bool {
	return of == Everywhere || of == asked || strings.HasPrefix(asked, of+"-")
}

func nearness(jurisdiction string) int {
	if jurisdiction == Everywhere {
		return 0
	}
	return len(jurisdiction)
}

func (e Entry) inForce(on calendar.Date) bool {
	return !on.Before(e.From) && (e.Until.IsZero() || !on.After(e.Until))
}

func (e Entry) key() string { return e.ID + "|" + e.Jurisdiction + "|" + e.From.String() }

// version names a set of rules: the jurisdiction and the first 12 hex digits of the SHA-256 of
// everything in force. Two days with the same rules have the same version.
func version(jurisdiction string, chosen map[string]Entry) string {
	ids := make([]string, 0, len(chosen))
	for id := range chosen {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	h := sha256.New()
	for _, id := range ids {
		e := chosen[id]
		h.Write([]byte(e.key() + "\n"))
		for _, p := range e.paramNames() {
			h.Write([]byte(p + "=" + string(e.Params[p]) + "\n"))
		}
	}
	return jurisdiction + "#" + hex.EncodeToString(h.Sum(nil))[:12]
}

func (e Entry) paramNames() []string {
	names := make([]string, 0, len(e.Params))
	for p := range e.Params {
		names = append(names, p)
	}
	sort.Strings(names)
	return names
}

func (e Entry) check() error {
	bad := fault.Invalid("rule.entry_invalid", "rule "+e.ID+" cannot be used").With("rule", e.ID)
	if !validID(e.ID) {
		return bad.At("id", "form", "upper case letters, digits and underscores")
	}
	if e.Jurisdiction == "" {
		return bad.At("jurisdiction", "required", "such as CN")
	}
	if e.From.IsZero() || (!e.Until.IsZero() && e.Until.Before(e.From)) {
		return bad.At("effective_from", "period", "a first day that is not after the last")
	}
	if len(e.Params) == 0 {
		return bad.At("params", "required", "a rule says something")
	}
	if e.Source == "" || e.Title == "" || e.TitleEN == "" {
		return bad.At("source", "required", "source and both titles")
	}
	return nil
}

func validID(id string) bool {
	for _, c := range id {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return id != ""
}

func checkOverlap(entries []Entry) error {
	for i, a := range entries {
		for _, b := range entries[:i] {
			if a.ID != b.ID || a.Jurisdiction != b.Jurisdiction {
				continue
			}
			if (b.Until.IsZero() || !a.From.After(b.Until)) && (a.Until.IsZero() || !b.From.After(a.Until)) {
				return fault.Invalid("rule.entry_invalid", "two versions of "+a.ID+" are in force on one day").
					With("rule", a.ID).At("effective_from", "overlap", a.Jurisdiction)
			}
		}
	}
	return nil
}
