// Package matching pairs needs and projects with suppliers and explains every pairing.
package matching

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
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
	Considered int // suppliers the index holds
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
		var lines []matching.Line
		err = s.board.read(ctx, u, func(ix *index) error {
			r.Weights = ix.weights.Code
			r.Considered, _ = ix.engines[kind].Size()
			lines, err = ix.suppliers(kind, subject, k)
			return err
		})
		if err != nil {
			return Ranking{}, err
		}
		r.MayChoose = access.Allow(u.Actor, access.MatchingChoose, objectOf(subject)) == nil
		r.Lines, r.Candidates, err = named(ctx, u, lines)
		return r, err
	})
}

// suppliers ranks and explains. The index must not change meanwhile.
func (ix *index) suppliers(kind matching.SubjectKind, subject *matching.Subject, k int) ([]matching.Line, error) {
	engine := ix.engines[kind]
	n := ix.codes.need(subject, ix.today)
	best, err := engine.Suppliers(&n, k)
	if err != nil {
		return nil, fault.Internal("ranking", err)
	}
	out := make([]matching.Line, 0, len(best))
	for i, line := range best {
		supplier, _ := engine.Supplier(line.ID)
		out = append(out, ix.codes.line(engine.Explain(&n, &supplier), i+1, ""))
	}
	return out, nil
}

// named adds names to lines, and gives the facts behind them.
func named(ctx context.Context, u *app.Unit, lines []matching.Line) ([]matching.Line, map[ident.OrganizationID]matching.Candidate, error) {
	facts := map[ident.OrganizationID]matching.Candidate{}
	for i := range lines {
		c, _, err := u.Matchings.Candidate(ctx, lines[i].OrganizationID)
		if err != nil {
			return nil, nil, err
		}
		lines[i].Name = c.Name
		facts[c.ID] = *c
	}
	return lines, facts, nil
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
		return s.answer(ctx, u, kind, pair{subject, candidate})
	})
}

type pair struct {
	subject   *matching.Subject
	candidate *matching.Candidate
}

func (s *Service) answer(ctx context.Context, u *app.Unit, kind matching.SubjectKind, p pair) (Answer, error) {
	subject, candidate := p.subject, p.candidate
	a := Answer{Subject: *subject, Candidate: *candidate}
	err := s.board.read(ctx, u, func(ix *index) error {
		engine := ix.engines[kind]
		// The candidate may name places and certificates the index has not met: numbers of a
		// private copy of the codes leave the shared one alone.
		c := ix.codes.clone()
		n, supplier := c.need(subject, ix.today), c.supplier(candidate)
		own := engine.Explain(&n, &supplier)
		a.Line, a.Possible, a.Weights = c.line(own, 0, candidate.Name), own.Possible, ix.weights.Code
		best, err := engine.Suppliers(&n, Top)
		if err != nil {
			return fault.Internal("ranking", err)
		}
		for i, b := range best {
			if b.ID == string(candidate.ID) {
				a.Line.Rank = i + 1
			}
		}
		if len(best) == 0 {
			return nil
		}
		a.Best = best[0].Score
		if first, ok := engine.Supplier(best[0].ID); ok && own.Possible && a.Line.Rank != 1 {
			a.Losses = rank.Versus(own, engine.Explain(&n, &first))
		}
		return nil
	})
	return a, err
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
			engine, c := ix.engines[kind], ix.codes.clone()
			out.Weights = ix.weights.Code
			_, out.Open = engine.Size()
			supplier := c.supplier(candidate)
			best, err := engine.Needs(&supplier, k)
			if err != nil {
				return fault.Internal("ranking", err)
			}
			for i, b := range best {
				n, _ := engine.Need(b.ID)
				found = append(found, b.ID)
				lines[b.ID] = c.line(engine.Explain(&n, &supplier), i+1, candidate.Name)
			}
			return nil
		})
		if err != nil {
			return Opportunities{}, err
		}
		for _, id := range found {
			subject, _, err := u.Matchings.Subject(ctx, kind, id)
			if err != nil {
				return Opportunities{}, err
			}
			out.Lines = append(out.Lines, Opportunity{Subject: *subject, Line: lines[id]})
		}
		return out, nil
	})
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
		a, err := s.answer(ctx, u, kind, pair{subject, candidate})
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

func today(u *app.Unit) calendar.Date { return calendar.DateOf(u.Now) }
