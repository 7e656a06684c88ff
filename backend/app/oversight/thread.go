package oversight

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
)

// Limits of one thread page.
const (
	maxQuotes   = 5
	maxProjects = 10
)

// The eight stations of a thread, in order.
const (
	StationVoices       = "voices"
	StationDeliberation = "deliberation"
	StationProject      = "project"
	StationTender       = "tender"
	StationAward        = "award"
	StationDelivery     = "delivery"
	StationAcceptance   = "acceptance"
	StationMoney        = "money"
)

// What a station can say of itself.
const (
	Done    = "done"
	Current = "current"
	Ahead   = "ahead"
	Passed  = "passed" // not needed on this way
)

// Thread is everything the public may know of one need, from the voices to the fund. It holds
// facts and codes; words are the reader's language.
type Thread struct {
	Need         NeedPart
	Stations     []Station
	Voices       VoicesPart
	Deliberation *need.Deliberation
	PublicUntil  *calendar.Date
	Projects     []ProjectPart
	Grants       []GrantPart
	Money        MoneyBar
	Proof        Proof
	Remedy       Remedy
	AsOf         time.Time
	need         *need.Need
}

// NeedPart is the head of a thread.
type NeedPart struct {
	ID            ident.NeedID
	Code          string
	Title         string
	Summary       string
	Category      string
	Stage         string
	Outcome       string
	Reason        string
	Route         string
	Body          string // the accountable body
	Places        []PlaceName
	Households    int
	Voices        int
	Followers     int
	Merged        int // other needs that were merged into it
	Beneficiaries int
	EstimateFen   money.Fen
	OpenedAt      time.Time
	ClosedAt      *time.Time
	MergedInto    string // code of the need that carries on; "" otherwise
}

// PlaceName is one step of the way from the city to the community.
type PlaceName struct {
	ID   ident.PlaceID
	Name string
}

// Station is one of the eight: how far it is and how long it took against what is allowed.
type Station struct {
	Key    string
	State  string
	From   *time.Time
	To     *time.Time
	Clocks []Clock
}

// Clock compares a period with the rule about it. AtLeast marks periods that must last that
// long, such as a publicity; all others may last at most that long.
type Clock struct {
	Key     string // "response", "sign", "payment" …
	Subject string // code of what it is about, when there are several
	From    calendar.Date
	Due     calendar.Date
	Done    calendar.Date // zero while running
	AtLeast bool
	OK      bool // kept, or still able to be kept
}

// VoicesPart is what neighbours said, as far as they let it be public.
type VoicesPart struct {
	Quotes   []Quote
	Assisted int // posted with a community worker's help
	First    *time.Time
}

// Quote is one voice in its public words, without a name.
type Quote struct {
	Code  string
	Words string
	At    time.Time
}

// Remedy says where to turn at this stage. Tender is set while a challenge is possible.
type Remedy struct {
	Kind   string // "need", "tender", "award", "delivery", "closed"
	Tender string // id of the tender a question or challenge is about
	Until  *calendar.Date
}

// Thread gathers one public read model in one snapshot. Fault record.not_found.
func (s *Service) Thread(ctx context.Context, a access.Actor, code string) (Thread, error) {
	return app.Look(ctx, s.app, a, access.Public, func(ctx context.Context, u *app.Unit) (Thread, error) {
		t, err := gather(ctx, u, code)
		if err != nil {
			return Thread{}, err
		}
		if err := t.announceBy(s.app.Calendar); err != nil {
			return Thread{}, err
		}
		t.stations()
		t.remedy()
		return t, nil
	})
}

func gather(ctx context.Context, u *app.Unit, code string) (Thread, error) {
	n, err := u.Needs.NeedByCode(ctx, code)
	if err != nil {
		return Thread{}, err
	}
	t := Thread{AsOf: u.Now, Deliberation: n.Deliberation, PublicUntil: n.PublicUntil}
	family, err := u.Needs.Family(ctx, n.ID)
	if err != nil {
		return Thread{}, err
	}
	for _, step := range []func() error{
		func() error { return t.head(ctx, u, n, family) },
		func() error { return t.voices(ctx, u, family) },
		func() error { return t.projects(ctx, u, n.ID) },
		func() error { return t.fundFlows(ctx, u, n) },
		func() error { return t.prove(ctx, u, n.ID) },
	} {
		if err := step(); err != nil {
			return Thread{}, err
		}
	}
	t.Money, t.need = barOf(t.Projects), n
	return t, nil
}

func (t *Thread) head(ctx context.Context, u *app.Unit, n *need.Need, family []ident.NeedID) error {
	counts, err := u.Needs.Counts(ctx, []ident.NeedID{n.ID})
	if err != nil {
		return err
	}
	body, err := u.People.Party(ctx, n.PartyID)
	if err != nil {
		return err
	}
	c := counts[n.ID]
	t.Need = NeedPart{
		ID: n.ID, Code: n.Code, Title: n.Title, Summary: n.Summary, Category: n.Category, Stage: n.Stage, Outcome: n.Outcome,
		Reason: n.Reason, Route: string(n.Route), Body: body.Name, Households: c.Households, Voices: c.Voices, Followers: c.Followers,
		Merged: len(family) - 1, Beneficiaries: n.Beneficiaries, EstimateFen: n.EstimateFen, OpenedAt: n.OpenedAt, ClosedAt: n.ClosedAt,
	}
	if n.MergedInto != "" {
		into, err := u.Needs.Need(ctx, n.MergedInto)
		if err != nil {
			return err
		}
		t.Need.MergedInto = into.Code
	}
	t.Need.Places, err = wayTo(ctx, u, n.PlaceID)
	return err
}

// wayTo names the places from the district down to the community.
func wayTo(ctx context.Context, u *app.Unit, id ident.PlaceID) ([]PlaceName, error) {
	var out []PlaceName
	for id != "" {
		p, err := u.Places.Place(ctx, id)
		if err != nil {
			return nil, err
		}
		if p.Level <= community.LevelCity {
			break
		}
		out = append([]PlaceName{{p.ID, p.Name}}, out...)
		id = p.ParentID
	}
	return out, nil
}

func (t *Thread) voices(ctx context.Context, u *app.Unit, family []ident.NeedID) error {
	all, err := u.Needs.VoicesOf(ctx, family)
	if err != nil {
		return err
	}
	for _, v := range all {
		if v.Channel != need.ChannelSelf {
			t.Voices.Assisted++
		}
		if t.Voices.First == nil {
			at := v.PostedAt
			t.Voices.First = &at
		}
		if v.Private || v.Public == "" || v.Status != need.VoiceGathered || len(t.Voices.Quotes) == maxQuotes {
			continue
		}
		t.Voices.Quotes = append(t.Voices.Quotes, Quote{Code: v.Code, Words: v.Public, At: v.PostedAt})
	}
	return nil
}

// announceBy computes for judged lots the last day to announce the result.
func (t *Thread) announceBy(cal *calendar.Calendar) error {
	for i := range t.Projects {
		for j := range t.Projects[i].Tenders {
			x := &t.Projects[i].Tenders[j]
			days := x.terms.ReportWorkingDays + x.terms.ConfirmWorkingDays + x.terms.AnnounceWorkingDays
			for k := range x.Lots {
				if x.Lots[k].EvaluatedAt == nil || days == 0 {
					continue
				}
				by, err := cal.AddWorkingDays(calendar.DateOf(*x.Lots[k].EvaluatedAt), days)
				if err != nil {
					return err
				}
				x.Lots[k].AnnounceBy = by
			}
		}
	}
	return nil
}

// remedy picks the place to turn to by how far the thread is. A result can be challenged until
// the last day; after it the purchase can still be asked about.
func (t *Thread) remedy() {
	t.Remedy = Remedy{Kind: "need"}
	today := calendar.DateOf(t.AsOf)
	for _, p := range t.Projects {
		for _, x := range p.Tenders {
			t.Remedy = Remedy{Kind: "tender", Tender: string(x.ID)}
			for _, l := range x.Lots {
				if l.Award != nil && l.Award.ChallengeBy != nil && !today.After(*l.Award.ChallengeBy) {
					t.Remedy.Kind, t.Remedy.Until = "award", l.Award.ChallengeBy
				}
			}
		}
		if len(p.Contracts) > 0 && t.Remedy.Kind != "award" {
			t.Remedy.Kind = "delivery"
		}
	}
	if t.need.Stage == need.StageClosed {
		t.Remedy.Kind = "closed"
	}
}
