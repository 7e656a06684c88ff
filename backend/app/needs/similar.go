package needs

import (
	"context"
	"math"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/taxonomy"
	"linli/backend/engine/similar"
)

// What counts as likely the same: the newest needs of the category in the community or
// within two kilometres, at least a fifth alike, the five nearest in words.
const (
	similarCandidates = 500
	similarFloor      = 0.2
	similarMost       = 5
	similarRadiusE6   = 18_000 // microdegrees of latitude, about two kilometres
)

// Alike is a need that may tell of the same matter. Score is 0 to 1.
type Alike struct {
	need.Line
	Score float64
}

// SimilarTo asks what to compare.
type SimilarTo struct {
	PlaceID  ident.PlaceID
	Category string
	Words    string
	Point    *need.Point
}

// Similar finds needs that likely tell of the same matter, best first, before somebody posts
// it again. Fault taxonomy.unknown.
func (s *Service) Similar(ctx context.Context, actor access.Actor, q SimilarTo) ([]Alike, error) {
	if err := taxonomy.Check(taxonomy.Code(q.Category)); err != nil {
		return nil, err
	}
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) ([]Alike, error) {
		lines, err := u.Needs.Candidates(ctx, q.PlaceID, string(taxonomy.Code(q.Category).Root()), around(q.Point), similarCandidates)
		if err != nil {
			return nil, err
		}
		texts := make([]string, len(lines))
		for i, l := range lines {
			texts[i] = l.Title + "\n" + l.Summary
		}
		var out []Alike
		for _, m := range similar.New(texts).Nearest(q.Words, similarMost, similarFloor) {
			out = append(out, Alike{lines[m.Position], m.Score})
		}
		return out, nil
	})
}

// around is the box of similarRadius; degrees of longitude shrink with the latitude.
func around(p *need.Point) *need.Box {
	if p == nil || !p.Valid() {
		return nil
	}
	wide := int64(similarRadiusE6 / math.Max(0.1, math.Cos(float64(p.LatE6)/1e6*math.Pi/180)))
	return &need.Box{SouthE6: p.LatE6 - similarRadiusE6, NorthE6: p.LatE6 + similarRadiusE6, WestE6: p.LngE6 - wide, EastE6: p.LngE6 + wide}
}
