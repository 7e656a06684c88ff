// Package matching pairs needs and projects with suppliers and explains every pairing.
package matching

import (
	"context"
	"slices"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/matching"
	"linli/backend/engine/rank"
)

// Top is how many suppliers or opportunities an answer holds unless fewer are asked for.
const Top = 10

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct {
	app   *app.App
	board *board
}

// New binds the use cases to the application's ports. The index is built at first use.
func New(a *app.App) *Service { return &Service{app: a, board: newBoard(buildRank)} }

// Warm builds the index before the first question.
func (s *Service) Warm(ctx context.Context) error {
	return s.app.Store.View(ctx, s.board.follow)
}

// Ranking is the answer for a need or project.
type Ranking struct {
	Subject    matching.Subject
	Lines      []matching.Line
	Candidates map[ident.OrganizationID]matching.Candidate // the facts behind the lines
	Weights    string
	Engine     string
	Considered int // organisations the index holds
	MayChoose  bool
}

// Suppliers ranks the best suppliers for a need or project. Faults: access.forbidden,
// record.not_found for one that does not exist or lies outside the actor's area.
func (s *Service) Suppliers(ctx context.Context, actor access.Actor, kind matching.SubjectKind, id string, k int) (Ranking, error) {
	return app.Look(ctx, s.app, actor, access.MatchingRead, func(ctx context.Context, u *app.Unit) (Ranking, error) {
		subject, err := visibleSubject(ctx, u, kind, id)
		if err != nil {
			return Ranking{}, err
		}
		r := Ranking{Subject: *subject, Engine: EngineVersion}
		var in inputs
		err = s.board.read(ctx, u, func(ix *index) error {
			r.Considered, r.Weights = len(ix.services), ix.weights.Code
			in, err = ix.best(ctx, u, subject, k)
			return err
		})
		if err != nil {
			return Ranking{}, err
		}
		r.MayChoose = access.Allow(u.Actor, access.MatchingChoose, objectOf(subject)) == nil
		r.Candidates = map[ident.OrganizationID]matching.Candidate{}
		for _, c := range in.Candidates {
			r.Candidates[c.ID] = c
		}
		r.Lines, err = in.compute(r.Weights)
		return r, err
	})
}

// spare is how many more than asked for are taken from the index. A body that was suspended
// without an event of its own is passed over when its facts are read, and so is what this
// transaction does not see: another reader, who began later, may have led the index on.
const spare = 5

// best finds the k best owners and reads the facts a ranking of them is computed from. The
// index must not change meanwhile.
func (ix *index) best(ctx context.Context, u *app.Unit, subject *matching.Subject, k int) (inputs, error) {
	in := inputs{Today: ix.today, Weights: ix.weights.Values, Subject: *subject}
	n := ix.codes.clone().need(subject, ix.today)
	best, err := ix.engines[subject.Kind].Suppliers(&n, k+spare)
	if err != nil {
		return in, fault.Internal("ranking", err)
	}
	for _, line := range best {
		c, active, err := u.Matchings.Candidate(ctx, ident.OrganizationID(line.ID))
		if fault.KindOf(err) == fault.KindNotFound {
			continue
		}
		if err != nil {
			return in, err
		}
		if active && len(in.Candidates) < k {
			in.Candidates = append(in.Candidates, *c)
		}
	}
	return in, nil
}

func objectOf(s *matching.Subject) access.Object {
	o := access.Object{PartyID: s.BuyerID}
	if len(s.PlacePath) > 0 {
		parts := make([]string, len(s.PlacePath))
		for i, id := range s.PlacePath {
			parts[i] = string(id)
		}
		o.PlacePath = "/" + strings.Join(parts, "/") + "/"
	}
	return o
}

func visibleSubject(ctx context.Context, u *app.Unit, kind matching.SubjectKind, id string) (*matching.Subject, error) {
	subject, _, err := u.Matchings.Subject(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	if access.Allow(u.Actor, access.MatchingRead, objectOf(subject)) != nil {
		return nil, fault.NotFound("record.not_found", "outside the actor's area")
	}
	return subject, nil
}

// Answer is the whole story of one pairing: "why this one", "why not this one".
type Answer struct {
	Subject   matching.Subject
	Candidate matching.Candidate
	Line      matching.Line // Rank 0 when it is not among the best
	Possible  bool
	Losses    []rank.Loss // against the best, largest first, for one that is suited but behind
	Best      int32       // score of the best
	Weights   string
}

// WhyNot explains the pairing of a need or project with any supplier. Faults:
// access.forbidden, record.not_found.
func (s *Service) WhyNot(ctx context.Context, actor access.Actor, kind matching.SubjectKind, id string, org ident.OrganizationID) (Answer, error) {
	return app.Look(ctx, s.app, actor, access.MatchingRead, func(ctx context.Context, u *app.Unit) (Answer, error) {
		subject, err := visibleSubject(ctx, u, kind, id)
		if err != nil {
			return Answer{}, err
		}
		candidate, _, err := u.Matchings.Candidate(ctx, org)
		if err != nil {
			return Answer{}, err
		}
		return s.answer(ctx, u, pair{subject, candidate})
	})
}

type pair struct {
	subject   *matching.Subject
	candidate *matching.Candidate
}

func (s *Service) answer(ctx context.Context, u *app.Unit, p pair) (Answer, error) {
	a := Answer{Subject: *p.subject, Candidate: *p.candidate}
	err := s.board.read(ctx, u, func(ix *index) error {
		a.Weights = ix.weights.Code
		in, err := ix.best(ctx, u, p.subject, Top)
		if err != nil {
			return err
		}
		ranked, err := in.compute(a.Weights)
		if err != nil {
			return err
		}
		if a.Line, err = ix.closest(p); err != nil {
			return err
		}
		a.Possible = len(a.Line.Terms) > 0
		for _, l := range ranked {
			if l.OrganizationID == p.candidate.ID {
				a.Line = l
			}
		}
		if len(ranked) > 0 {
			a.Best = ranked[0].Score
			if a.Possible && a.Line.Rank != 1 {
				a.Losses = rank.Versus(termsOf(a.Line), termsOf(ranked[0]))
			}
		}
		return nil
	})
	return a, err
}

// closest explains the pairing through the service that comes nearest: the best score, else
// the fewest refusals, else the first.
func (ix *index) closest(p pair) (matching.Line, error) {
	// The candidate may name places and certificates the index has not met: a private copy of
	// the codes leaves the shared one alone.
	c := ix.codes.clone()
	n := c.need(p.subject, ix.today)
	services := c.suppliers(p.candidate)
	if len(services) == 0 { // in the directory, but offering nothing: the gates say so
		services = c.service(c.body(p.candidate), p.candidate.Home, &matching.Service{})
	}
	var best rank.Pairing
	for i := range services {
		own := ix.engines[p.subject.Kind].Explain(&n, &services[i])
		if i == 0 || own.Score > best.Score || (best.Score == 0 && refusals(own) < refusals(best)) {
			best = own
		}
	}
	return c.line(best, p.candidate, 0), nil
}

func refusals(p rank.Pairing) int {
	n := 0
	for _, g := range p.Gates {
		if !g.Pass {
			n++
		}
	}
	return n
}

func termsOf(l matching.Line) rank.Pairing {
	var p rank.Pairing
	for _, t := range l.Terms {
		p.Terms = append(p.Terms, rank.Term(t))
	}
	return p
}

// Opportunities is the answer for a supplier.
type Opportunities struct {
	Candidate matching.Candidate
	Lines     []Opportunity
	Weights   string
	Open      int // needs or projects the index holds
}

// Opportunity is one need or project with the pairing explained.
type Opportunity struct {
	Subject matching.Subject
	Line    matching.Line
}

// Opportunities ranks the best needs or projects for the actor's own organisation. Faults:
// access.forbidden, matching.no_profile while it is not in the directory.
func (s *Service) Opportunities(ctx context.Context, actor access.Actor, kind matching.SubjectKind, k int) (Opportunities, error) {
	return app.Look(ctx, s.app, actor, access.OpportunityRead, func(ctx context.Context, u *app.Unit) (Opportunities, error) {
		candidate, err := ownProfile(ctx, u)
		if err != nil {
			return Opportunities{}, err
		}
		out := Opportunities{Candidate: *candidate}
		var found []string
		lines := map[string]matching.Line{}
		err = s.board.read(ctx, u, func(ix *index) error {
			out.Weights = ix.weights.Code
			_, out.Open = ix.engines[kind].Size()
			found, err = ix.opportunities(kind, candidate, k+spare, lines)
			return err
		})
		if err != nil {
			return Opportunities{}, err
		}
		for _, id := range found {
			subject, _, err := u.Matchings.Subject(ctx, kind, id)
			if fault.KindOf(err) == fault.KindNotFound {
				continue
			}
			if err != nil {
				return Opportunities{}, err
			}
			line := lines[id]
			line.Rank = len(out.Lines) + 1
			if out.Lines = append(out.Lines, Opportunity{Subject: *subject, Line: line}); len(out.Lines) == k {
				break
			}
		}
		return out, nil
	})
}

// opportunities ranks and explains; it gives the ids in order and fills the lines.
func (ix *index) opportunities(kind matching.SubjectKind, candidate *matching.Candidate, k int, lines map[string]matching.Line) ([]string, error) {
	engine, c := ix.engines[kind], ix.codes.clone()
	services := c.suppliers(candidate)
	best, err := engine.Needs(services, k)
	if err != nil {
		return nil, fault.Internal("ranking", err)
	}
	var found []string
	for i, b := range best {
		n, _ := engine.Need(b.ID)
		at := slices.IndexFunc(services, func(s rank.Supplier) bool { return s.ID == b.Via })
		found = append(found, b.ID)
		lines[b.ID] = c.line(engine.Explain(&n, &services[at]), candidate, i+1)
	}
	return found, nil
}

// Opportunity explains one need or project to the actor's own organisation. Faults:
// access.forbidden, matching.no_profile, record.not_found.
func (s *Service) Opportunity(ctx context.Context, actor access.Actor, kind matching.SubjectKind, id string) (Answer, error) {
	return app.Look(ctx, s.app, actor, access.OpportunityRead, func(ctx context.Context, u *app.Unit) (Answer, error) {
		candidate, err := ownProfile(ctx, u)
		if err != nil {
			return Answer{}, err
		}
		subject, open, err := u.Matchings.Subject(ctx, kind, id)
		if err != nil {
			return Answer{}, err
		}
		if !open {
			return Answer{}, fault.NotFound("record.not_found", "not open to suppliers")
		}
		a, err := s.answer(ctx, u, pair{subject, candidate})
		a.Best, a.Losses = 0, nil // what others reach is theirs
		return a, err
	})
}

func ownProfile(ctx context.Context, u *app.Unit) (*matching.Candidate, error) {
	c, _, err := u.Matchings.Candidate(ctx, u.Actor.PartyID)
	if fault.KindOf(err) == fault.KindNotFound {
		return nil, fault.NotFound("matching.no_profile", "the actor's body is not in the directory")
	}
	return c, err
}
