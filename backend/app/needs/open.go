package needs

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/taxonomy"
)

// needCode begins the human code of a need (需求).
const needCode = "XQ"

// Gathered names a voice and the version seen.
type Gathered struct {
	VoiceID ident.VoiceID
	Version int64
}

// Opening is a new need over some waiting voices of one community. PartyID is the
// accountable body; empty means the worker's own.
type Opening struct {
	Voices        []Gathered
	Category      string
	Title         string
	Summary       string
	Beneficiaries int
	EstimateFen   money.Fen
	Urgency       need.Urgency
	Point         *need.Point
	PartyID       ident.PartyID
}

// OpenNeed gathers voices into a new need. Title and summary are masked like any words that
// become public. Faults: need.voices_missing, need.invalid, need.gather_elsewhere,
// need.party_not_public, taxonomy.unknown, voice.transition_refused, record.stale,
// access.forbidden.
func (s *Service) OpenNeed(ctx context.Context, w Write, o Opening) (need.Need, error) {
	if err := taxonomy.Check(taxonomy.Code(o.Category)); err != nil {
		return need.Need{}, err
	}
	if len(o.Voices) == 0 || len(o.Voices) > need.MaxVoices {
		return need.Need{}, fault.Invalid("need.voices_missing", "a need gathers at least one voice").At("voices", "required", "choose one voice or more")
	}
	return app.Do(ctx, s.app, w.Actor, w.to(access.NeedGather, "openNeed", o), func(ctx context.Context, u *app.Unit) (need.Need, error) {
		first, err := u.Needs.Voice(ctx, o.Voices[0].VoiceID)
		if err != nil {
			return need.Need{}, err
		}
		if _, err := communityAt(ctx, u, first.PlaceID, access.NeedGather); err != nil {
			return need.Need{}, err
		}
		n, err := s.draftNeed(ctx, u, o, first)
		if err != nil {
			return need.Need{}, err
		}
		if err := u.Needs.InsertNeed(ctx, n); err != nil {
			return need.Need{}, err
		}
		for _, g := range o.Voices {
			if _, err := gatherOne(ctx, u, g.VoiceID, g.Version, n); err != nil {
				return need.Need{}, err
			}
		}
		if err := recount(ctx, u, n.ID); err != nil {
			return need.Need{}, err
		}
		return *n, noteNeed(ctx, u, nil, n, lifecycle.Row{Action: "open"}, "", "")
	})
}

func (s *Service) draftNeed(ctx context.Context, u *app.Unit, o Opening, first *need.Voice) (*need.Need, error) {
	title, _, err := mask(ctx, u, first.PlaceID, o.Title)
	if err != nil {
		return nil, err
	}
	summary, _, err := mask(ctx, u, first.PlaceID, o.Summary)
	if err != nil {
		return nil, err
	}
	body := o.PartyID
	if body == "" {
		body = u.Actor.PartyID
	}
	if err := answers(ctx, u, body); err != nil {
		return nil, err
	}
	point := o.Point
	if point == nil {
		if point, err = pointOf(ctx, u, o.Category, first); err != nil {
			return nil, err
		}
	}
	n, err := need.New(need.Need{
		ID: ident.NeedID(u.NewID()), PlaceID: first.PlaceID, PartyID: body, Category: o.Category, Title: title, Summary: summary,
		Beneficiaries: o.Beneficiaries, EstimateFen: o.EstimateFen, Urgency: o.Urgency, Point: point,
	}, u.Now)
	if err != nil {
		return nil, err
	}
	n.Code, err = u.NextCode(ctx, needCode)
	return n, err
}

// answers checks that a body may be accountable for a need. Fault need.party_not_public.
func answers(ctx context.Context, u *app.Unit, id ident.PartyID) error {
	body, err := u.People.Party(ctx, id)
	if err != nil && fault.KindOf(err) != fault.KindNotFound {
		return err
	}
	if err == nil && body.Active && (body.Kind == party.KindRC || body.Kind == party.KindVC || body.Kind == party.KindGOV) {
		return nil
	}
	return fault.Invalid("need.party_not_public", "not a body that answers for needs").At("partyId", "kind", "a community, a street office or a department")
}

// pointOf is where the need is shown: the voice's spot, or the middle of the community when
// none was chosen and when the category is sensitive.
func pointOf(ctx context.Context, u *app.Unit, category string, v *need.Voice) (*need.Point, error) {
	c, _ := taxonomy.Find(taxonomy.Code(category))
	if v.Point != nil && !c.Sensitive {
		return v.Point, nil
	}
	place, err := u.Places.Place(ctx, v.PlaceID)
	if err != nil || (place.Lat == 0 && place.Lng == 0) {
		return nil, err
	}
	return &need.Point{LatE6: int64(place.Lat * 1e6), LngE6: int64(place.Lng * 1e6), UncertaintyM: max(place.UncertaintyM, communityRadiusM)}, nil
}

// communityRadiusM is how far a need shown at the middle of its community may really be.
const communityRadiusM = 500

// Editing corrects what a community worker wrote over the voices.
type Editing struct {
	ID            ident.NeedID
	Version       int64
	Title         string
	Summary       string
	Beneficiaries int
	EstimateFen   money.Fen
	Reason        string
}

// EditNeed corrects title, summary and figures, with a reason that stays in the history.
// Faults: need.invalid, need.reason_required, need.closed, record.stale, access.forbidden.
func (s *Service) EditNeed(ctx context.Context, w Write, e Editing) (need.Need, error) {
	if e.Reason == "" {
		return need.Need{}, fault.Invalid("need.reason_required", "editing needs a reason").At("reason", "required", "give the reason; it will be public")
	}
	return s.change(ctx, w, change{e.ID, e.Version, access.NeedGather, "editNeed", e.Reason, e}, func(ctx context.Context, u *app.Unit, n *need.Need) (lifecycle.Row, error) {
		if !n.Active() {
			return lifecycle.Row{}, fault.Conflict("need.closed", "the need is closed")
		}
		title, _, err := mask(ctx, u, n.PlaceID, e.Title)
		if err != nil {
			return lifecycle.Row{}, err
		}
		summary, _, err := mask(ctx, u, n.PlaceID, e.Summary)
		if err != nil {
			return lifecycle.Row{}, err
		}
		return lifecycle.Row{Action: "edit"}, n.Retitle(need.Wording{Title: title, Summary: summary, Beneficiaries: e.Beneficiaries, EstimateFen: e.EstimateFen})
	})
}
