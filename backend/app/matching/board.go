package matching

import (
	"context"
	"strings"
	"sync"

	"linli/backend/app"
	"linli/backend/domain/calendar"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
	"linli/backend/engine/rank"
)

// Pages of loading and catching up. When more events than maxCatchUp wait, building afresh is
// cheaper than applying them.
const (
	loadPage   = 2000
	eventPage  = 500
	maxCatchUp = 20_000
)

// board holds the index of this process. It is built from the database at first use, follows
// the outbox by sequence number before every answer, so that several processes are each right,
// and is built afresh when the weights or the day change.
//
// It reads through the caller's transaction and opens none: inside one, reaching for another
// connection could wait for ever.
type board struct {
	build Builder

	work sync.Mutex // one builder or follower at a time
	mu   sync.RWMutex
	now  *index
}

// index is the engine for each kind of subject, with what it was made of.
type index struct {
	engines map[matching.SubjectKind]Engine
	codes   *codes
	// services names the engine's entries of every owner, so that those it gave up are found.
	services map[ident.OrganizationID][]string
	weights  matching.Weights
	today    calendar.Date
	seq      int64
}

func idsOf(services []rank.Supplier) []string {
	out := make([]string, len(services))
	for i := range services {
		out[i] = services[i].ID
	}
	return out
}

var kinds = []matching.SubjectKind{matching.SubjectNeed, matching.SubjectProject}

func newBoard(build Builder) *board { return &board{build: build} }

// read runs a function over an index that has seen everything the transaction sees.
func (b *board) read(ctx context.Context, u *app.Unit, fn func(ix *index) error) error {
	if err := b.follow(ctx, u); err != nil {
		return err
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	return fn(b.now)
}

// state is what decides whether the index is still right.
type state struct {
	weights matching.Weights
	today   calendar.Date
	seq     int64
}

func stateOf(ctx context.Context, u *app.Unit) (state, error) {
	s := state{weights: matching.BuiltIn(), today: calendar.DateOf(u.Now)}
	w, err := u.Matchings.InForce(ctx)
	if err != nil {
		return s, err
	}
	if w != nil {
		s.weights = *w
	}
	s.seq, err = u.Matchings.LastEvent(ctx)
	return s, err
}

func (ix *index) suits(s state) bool {
	return ix != nil && ix.weights.Code == s.weights.Code && ix.today == s.today && s.seq-ix.seq <= maxCatchUp
}

// follow brings the index up to what the transaction sees.
func (b *board) follow(ctx context.Context, u *app.Unit) error {
	want, err := stateOf(ctx, u)
	if err != nil || b.current(want) {
		return err
	}
	b.work.Lock()
	defer b.work.Unlock()
	if b.current(want) {
		return nil
	}
	if !b.snapshot().suits(want) {
		return b.rebuild(ctx, u, want)
	}
	return b.catchUp(ctx, u, want.seq)
}

func (b *board) snapshot() *index {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.now
}

func (b *board) current(want state) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.now.suits(want) && b.now.seq >= want.seq
}

func (b *board) rebuild(ctx context.Context, u *app.Unit, want state) error {
	ix, err := b.load(ctx, u, want)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = ix
	return nil
}

// load builds an index of everything the transaction sees.
func (b *board) load(ctx context.Context, u *app.Unit, want state) (*index, error) {
	ix := &index{
		engines: map[matching.SubjectKind]Engine{}, codes: newCodes(), services: map[ident.OrganizationID][]string{},
		weights: want.weights, today: want.today, seq: want.seq,
	}
	suppliers, err := ix.loadSuppliers(ctx, u)
	if err != nil {
		return nil, err
	}
	for _, kind := range kinds {
		needs, err := ix.loadNeeds(ctx, u, kind)
		if err != nil {
			return nil, err
		}
		engine, err := b.build(weights(want.weights), ix.codes.taxonomy, suppliers, needs)
		if err != nil {
			return nil, fault.Internal("matching index", err)
		}
		ix.engines[kind] = engine
	}
	return ix, nil
}

func (ix *index) loadSuppliers(ctx context.Context, u *app.Unit) ([]rank.Supplier, error) {
	var out []rank.Supplier
	after := ident.OrganizationID("")
	for {
		page, err := u.Matchings.Candidates(ctx, after, loadPage)
		if err != nil {
			return nil, err
		}
		for i := range page {
			services := ix.codes.suppliers(&page[i])
			ix.services[page[i].ID] = idsOf(services)
			out = append(out, services...)
		}
		if len(page) < loadPage {
			return out, nil
		}
		after = page[len(page)-1].ID
	}
}

func (ix *index) loadNeeds(ctx context.Context, u *app.Unit, kind matching.SubjectKind) ([]rank.Need, error) {
	var out []rank.Need
	after := ""
	for {
		page, err := u.Matchings.Subjects(ctx, kind, after, loadPage)
		if err != nil {
			return nil, err
		}
		for i := range page {
			if ix.codes.category(page[i].Category) >= 0 {
				out = append(out, ix.codes.need(&page[i], ix.today))
			}
		}
		if len(page) < loadPage {
			return out, nil
		}
		after = page[len(page)-1].ID
	}
}

// catchUp applies the events up to a sequence number: whatever they name is read again as the
// transaction sees it, so that order and repetition do not matter.
func (b *board) catchUp(ctx context.Context, u *app.Unit, until int64) error {
	seq := b.snapshot().seq
	touched := newTouched()
	for seq < until {
		page, err := u.Core.EventsAfter(ctx, seq, eventPage)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			touched.note(e)
			seq = e.Seq
		}
	}
	changes, err := touched.read(ctx, u)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, change := range changes {
		if err := change(b.now); err != nil {
			return fault.Internal("matching index", err)
		}
	}
	b.now.seq = max(seq, until)
	return nil
}

// touched gathers what events name.
type touched struct {
	subjects   map[matching.SubjectKind]map[string]bool
	candidates map[ident.OrganizationID]bool
	services   map[ident.ServiceID]bool
}

func newTouched() touched {
	t := touched{
		subjects:   map[matching.SubjectKind]map[string]bool{},
		candidates: map[ident.OrganizationID]bool{}, services: map[ident.ServiceID]bool{},
	}
	for _, kind := range kinds {
		t.subjects[kind] = map[string]bool{}
	}
	return t
}

// note reads one event: needs and projects by their references, suppliers by the organisation
// or service that the event is about.
func (t touched) note(e event.Event) {
	if e.NeedID != "" {
		t.subjects[matching.SubjectNeed][string(e.NeedID)] = true
	}
	if e.ProjectID != "" {
		t.subjects[matching.SubjectProject][string(e.ProjectID)] = true
	}
	switch e.ObjectKind {
	case "need":
		t.subjects[matching.SubjectNeed][e.ObjectID] = true
	case "project":
		t.subjects[matching.SubjectProject][e.ObjectID] = true
	case "organization", "party":
		t.candidates[ident.OrganizationID(e.ObjectID)] = true
	case "service":
		t.services[ident.ServiceID(e.ObjectID)] = true
	case "contract", "milestone": // a delivery was judged: the record of its supplier changed
		for id := range strings.SplitSeq(e.Data["toParties"], ",") {
			t.candidates[ident.OrganizationID(id)] = true
		}
	}
}

// read loads everything touched and returns the changes to make.
func (t touched) read(ctx context.Context, u *app.Unit) ([]func(*index) error, error) {
	var out []func(*index) error
	for kind, ids := range t.subjects {
		for id := range ids {
			s, open, err := u.Matchings.Subject(ctx, kind, id)
			if fault.KindOf(err) == fault.KindNotFound {
				open, err = false, nil
			}
			if err != nil {
				return nil, err
			}
			out = append(out, func(ix *index) error { return ix.setSubject(kind, id, s, open) })
		}
	}
	for id := range t.services {
		s, err := u.Resources.Service(ctx, id)
		if fault.KindOf(err) == fault.KindNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		t.candidates[s.OrganizationID] = true
	}
	for id := range t.candidates {
		c, active, err := u.Matchings.Candidate(ctx, id)
		if fault.KindOf(err) == fault.KindNotFound {
			active, err = false, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, func(ix *index) error { return ix.setCandidate(id, c, active) })
	}
	return out, nil
}

func (ix *index) setSubject(kind matching.SubjectKind, id string, s *matching.Subject, open bool) error {
	if !open || ix.codes.category(s.Category) < 0 {
		ix.engines[kind].RemoveNeed(id)
		return nil
	}
	return ix.engines[kind].UpsertNeed(ix.codes.need(s, ix.today))
}

// setCandidate replaces all services of an owner.
func (ix *index) setCandidate(id ident.OrganizationID, c *matching.Candidate, active bool) error {
	for _, kind := range kinds {
		for _, service := range ix.services[id] {
			ix.engines[kind].RemoveSupplier(service)
		}
	}
	delete(ix.services, id)
	if !active {
		return nil
	}
	services := ix.codes.suppliers(c)
	ix.services[id] = idsOf(services)
	for _, kind := range kinds {
		for _, s := range services {
			if err := ix.engines[kind].UpsertSupplier(s); err != nil {
				return err
			}
		}
	}
	return nil
}
