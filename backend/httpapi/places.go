package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/places"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/ident"
)

// PlaceView is a place as every answer shows it; embedded where there is more to say.
type PlaceView struct {
	ID            string  `json:"id"`
	Level         int     `json:"level" doc:"2 city, 3 district, 4 street or town, 5 community or village"`
	Code          string  `json:"code" example:"510105005004" doc:"Statistical code in force, 12 digits."`
	Name          string  `json:"name"`
	ParentID      string  `json:"parentId"`
	UrbanRural    string  `json:"urbanRural"`
	Lat           float64 `json:"lat" doc:"WGS-84; 0 with lng 0 when unknown"`
	Lng           float64 `json:"lng"`
	UncertaintyM  int     `json:"uncertaintyM" doc:"0 for a point of the list; how far off an imputed one may be."`
	Active        bool    `json:"active"`
	EffectiveFrom string  `json:"effectiveFrom" doc:"Day since when code, name and parent hold."`
}

func toPlaceView(p community.Place) PlaceView {
	return PlaceView{
		ID: string(p.ID), Level: int(p.Level), Code: p.Code, Name: p.Name, ParentID: string(p.ParentID), UrbanRural: p.UrbanRural,
		Lat: p.Lat, Lng: p.Lng, UncertaintyM: p.UncertaintyM, Active: p.Active, EffectiveFrom: shanghaiDay(p.EffectiveFrom),
	}
}

// shanghaiDay is the date of an instant in Shanghai, "2021-01-01".
func shanghaiDay(t time.Time) string { return calendar.DateOf(t).String() }

type placeNameView struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	Within string `json:"within" example:"青羊区 少城街道"`
	Level  int    `json:"level"`
	Active bool   `json:"active"`
}

func toPlaceName(n places.Named) placeNameView {
	return placeNameView{string(n.ID), n.Code, n.Name, n.Within, n.Level, n.Active}
}

type placesIn struct {
	Parent string `query:"parent" maxLength:"36" doc:"Children of this place; empty with no words lists the cities."`
	Q      string `query:"q" maxLength:"60" doc:"Part of a name, or at least four digits of a code."`
	Within string `query:"within" maxLength:"36" doc:"Only inside this place."`
	Level  int    `query:"level" minimum:"0" maximum:"5"`
	Ended  bool   `query:"ended" doc:"Also places that are no longer in force."`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

type placesOut struct {
	Body struct {
		Items []PlaceView `json:"items"`
	}
}

type placeNamesOut struct {
	Body struct {
		Items []placeNameView `json:"items"`
	}
}

type placePeriodView struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Listed string `json:"listed" doc:"The name as the official list spelt it."`
	From   string `json:"from"`
	Until  string `json:"until" doc:"Day, empty while it holds."`
}

type placeLinkView struct {
	Kind   string        `json:"kind" enum:"merged,split"`
	From   placeNameView `json:"from"`
	To     placeNameView `json:"to"`
	Reason string        `json:"reason"`
	Since  string        `json:"since"`
}

type placeFactView struct {
	Kind   string `json:"kind" enum:"households,population"`
	AsOf   string `json:"asOf"`
	Value  int64  `json:"value"`
	Source string `json:"source"`
}

type placeDetailView struct {
	PlaceView
	Ancestors  []placeNameView   `json:"ancestors"`
	Children   []PlaceView       `json:"children"`
	Periods    []placePeriodView `json:"periods"`
	Links      []placeLinkView   `json:"links"`
	Facts      []placeFactView   `json:"facts"`
	QuestionID string            `json:"questionId" doc:"The open question where its needs belong, if there is one."`
	MayCount   bool              `json:"mayCount" doc:"Whether the caller may state its households and population."`
}

type placeOut struct {
	Body placeDetailView
}

type placeCountIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	Body struct {
		Kind   string `json:"kind" enum:"households,population"`
		Value  int64  `json:"value" minimum:"0" maximum:"100000000"`
		AsOf   string `json:"asOf" minLength:"10" maxLength:"10" example:"2026-01-31"`
		Source string `json:"source" minLength:"2" maxLength:"200"`
	}
}

type placeFactOut struct {
	Body placeFactView
}

func registerPlaces(s *Server, svc *places.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/places", ID: "listPlaces", Permission: access.Public, Tag: "places", Summary: "Children of a place",
	}, func(ctx context.Context, in *placesIn) (*placesOut, error) {
		all, err := svc.Children(ctx, ident.PlaceID(in.Parent))
		if err != nil {
			return nil, err
		}
		out := &placesOut{}
		out.Body.Items = toPlaceViews(all)
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/place-search", ID: "searchPlaces", Permission: access.Public, Tag: "places",
		Summary: "Places by part of their name or code", Faults: []string{"record.not_found"},
	}, func(ctx context.Context, in *placesIn) (*placeNamesOut, error) {
		if err := clean(in.Q); err != nil {
			return nil, err
		}
		q := community.Query{Words: in.Q, Level: community.Level(in.Level), Ended: in.Ended, Limit: in.Limit}
		found, err := svc.Find(ctx, q, ident.PlaceID(in.Within))
		if err != nil {
			return nil, err
		}
		out := &placeNamesOut{}
		out.Body.Items = []placeNameView{}
		for _, n := range found {
			out.Body.Items = append(out.Body.Items, toPlaceName(n))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/places/{id}", ID: "readPlace", Permission: access.Public, Tag: "places",
		Summary: "A place with its history, ended ones included", Faults: []string{"record.not_found"},
	}, func(ctx context.Context, in *idIn) (*placeOut, error) {
		d, err := svc.Detail(ctx, ident.PlaceID(in.ID))
		if err != nil {
			return nil, err
		}
		return &placeOut{toPlaceDetail(actorOf(ctx), d)}, nil
	})
	registerPlaceCount(s, svc)
	registerPlaceQueue(s, svc)
	registerPlaceImports(s, svc)
}

func registerPlaceCount(s *Server, svc *places.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/places/{id}/count", ID: "countPlace", Permission: access.PlaceCount, Tag: "places",
		Summary: "State the households or population of a community on a day",
		Faults:  []string{"record.not_found", "places.not_community", "places.date_future", "table.not_a_date"},
	}, func(ctx context.Context, in *placeCountIn) (*placeFactOut, error) {
		b := in.Body
		if err := clean(b.Source, b.AsOf); err != nil {
			return nil, err
		}
		f, err := svc.Count(ctx, actorOf(ctx), in.IdempotencyKey, places.Count{
			PlaceID: ident.PlaceID(in.ID), Kind: community.FactKind(b.Kind), Value: b.Value, AsOf: b.AsOf, Source: b.Source,
		})
		if err != nil {
			return nil, err
		}
		return &placeFactOut{toPlaceFact(f)}, nil
	})
}

func toPlaceViews(all []community.Place) []PlaceView {
	out := make([]PlaceView, len(all))
	for i, p := range all {
		out[i] = toPlaceView(p)
	}
	return out
}

func toPlaceFact(f community.Fact) placeFactView {
	return placeFactView{string(f.Kind), f.AsOf, f.Value, f.Source}
}

func toPlaceDetail(actor access.Actor, d places.Detail) placeDetailView {
	v := placeDetailView{
		PlaceView: toPlaceView(d.Place), Ancestors: []placeNameView{}, Children: toPlaceViews(d.Children),
		Periods: []placePeriodView{}, Links: []placeLinkView{}, Facts: []placeFactView{},
	}
	v.MayCount = d.Place.Active && d.Place.Level == community.LevelCommunity &&
		access.Allow(actor, access.PlaceCount, access.Object{PlacePath: d.Place.Path}) == nil
	for _, a := range d.Ancestors {
		v.Ancestors = append(v.Ancestors, toPlaceName(a))
	}
	for _, p := range d.Periods {
		period := placePeriodView{Code: p.Code, Name: p.Name, Listed: p.Listed, From: shanghaiDay(p.From)}
		if p.Until != nil {
			period.Until = shanghaiDay(*p.Until)
		}
		v.Periods = append(v.Periods, period)
	}
	for _, l := range d.Links {
		v.Links = append(v.Links, placeLinkView{l.Kind, toPlaceName(l.From), toPlaceName(l.To), l.Reason, l.Since})
	}
	for _, f := range d.Facts {
		v.Facts = append(v.Facts, toPlaceFact(f))
	}
	if d.Asked != nil {
		v.QuestionID = d.Asked.ID
	}
	return v
}
