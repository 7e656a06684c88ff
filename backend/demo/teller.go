package demo

import (
	"context"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"linli/backend/app"
	"linli/backend/app/needs"
	"linli/backend/app/procurement"
	"linli/backend/boot"
	"linli/backend/demo/bidder"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// Begin is where the story begins: a working Monday.
var Begin = time.Date(2026, 1, 5, 9, 0, 0, 0, calendar.Loc)

// Frozen is the system time that a telling runs by: only shifts of the business clock move
// it, so that every run writes the same times.
func Frozen(at time.Time) func() time.Time { return func() time.Time { return at } }

// IDs makes the same identities in every run: UUIDv7 with a counter for the time.
type IDs struct {
	random *rand.Rand
	count  uint64
}

// NewIDs seeds the identities of a telling.
func NewIDs(seed uint64) *IDs { return &IDs{random: rand.New(rand.NewPCG(seed, 7))} }

// New returns the next identity. It is not safe for concurrent use: a telling is one line.
func (g *IDs) New() string {
	g.count++
	ms := uint64(Begin.UnixMilli()) + g.count
	var b [16]byte
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	a, c := g.random.Uint64(), g.random.Uint64()
	for i := range 8 {
		b[8+i] = byte(a >> (8 * i))
	}
	b[6], b[7] = 0x70|byte(c&0x0f), byte(c>>8)
	b[8] = 0x80 | b[8]&0x3f
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// teller tells the story: it knows who is who, and moves the clock.
type teller struct {
	*boot.System
	ctx      context.Context
	actors   map[string]access.Actor
	parties  map[string]party.Party
	places   map[string]community.Place // by name, communities and streets
	voices   map[string][]needs.Gathered
	needs    map[string]ident.NeedID
	lines    map[string]ident.BudgetLineID // by buyer
	officers map[string]bidder.Officer     // by login
	payments map[int]ident.PaymentID       // by the number of their invoice
	fund     *fund.Fund
	promise  *fund.Pledge
	hash     string // of everyone's password
	keys     int
}

// key returns the next idempotency key of the telling.
func (t *teller) key() string {
	t.keys++
	return "demo-" + strconv.Itoa(t.keys)
}

// as returns the actor with a name of the cast.
func (t *teller) as(name string) access.Actor {
	a, ok := t.actors[name]
	if !ok {
		panic("nobody of the cast is called " + name)
	}
	return a
}

func (t *teller) party(name string) party.Party {
	p, ok := t.parties[name]
	if !ok {
		panic("no party of the cast is called " + name)
	}
	return p
}

func (t *teller) place(name string) community.Place {
	p, ok := t.places[name]
	if !ok {
		panic("no place of the story is called " + name)
	}
	return p
}

// Empty tells whether nothing has been recorded yet.
func Empty(ctx context.Context, a *app.App) (bool, error) {
	var seq int64
	err := a.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		var err error
		seq, _, err = u.Audits.Head(ctx)
		return err
	})
	return seq == 0, err
}

// found registers a party directly: before the cast there is nobody who could.
func (t *teller) found(ctx context.Context, u *app.Unit, b body) error {
	p := party.Party{
		ID: ident.PartyID(u.NewID()), Kind: b.kind, Name: b.name, NameEN: b.en, USCC: b.uscc,
		PlaceID: t.place(b.at).ID, Active: true, CreatedAt: u.Now,
	}
	if err := u.People.InsertParty(ctx, &p); err != nil {
		return fmt.Errorf("%s: %w", b.name, err)
	}
	t.parties[b.name] = p
	return u.Record(ctx, audit.Entry{Action: "party.found", Kind: "party", ID: string(p.ID), PlaceID: p.PlaceID, After: p})
}

func (t *teller) loadPlaces(year int) error {
	list, err := places(year)
	if err != nil {
		return err
	}
	return t.importPlaces(list, year)
}

// step names one part of the story, so that a refusal says where it happened.
type step struct {
	name string
	tell func(*teller) error
}

// Tell tells the whole story on an empty installation. The system must be wired with IDs
// from NewIDs and a frozen clock.
func Tell(ctx context.Context, s *boot.System, progress func(string)) error {
	empty, err := Empty(ctx, s.App)
	if err != nil {
		return err
	}
	if !empty {
		return fault.Conflict("demo.not_empty", "the installation has records already")
	}
	if err := s.DB.Clock().Begin(ctx, Begin); err != nil {
		return err
	}
	t := &teller{System: s, ctx: ctx, actors: map[string]access.Actor{}, parties: map[string]party.Party{}, places: map[string]community.Place{},
		voices: map[string][]needs.Gathered{}, needs: map[string]ident.NeedID{},
		lines: map[string]ident.BudgetLineID{}, officers: map[string]bidder.Officer{}, payments: map[int]ident.PaymentID{}}
	for _, p := range prologue {
		progress(p.name)
		if err := p.tell(t); err != nil {
			return fmt.Errorf("demonstration, %s: %w", p.name, err)
		}
	}
	var all schedule
	scheduleWishes(&all)
	schedulePurchases(&all)
	scheduleDeliveries(&all)
	scheduleGifts(&all)
	scheduleMerger(&all)
	return all.play(t, progress)
}

// stamp is a fresh key for a change of a tender; the story is told by one voice, so no version
// needs to be compared.
func (t *teller) stamp() procurement.Stamp { return procurement.Stamp{Key: t.key()} }
