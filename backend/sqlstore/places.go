package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/community"
	"linli/backend/domain/ident"
)

type placeRow struct {
	bun.BaseModel `bun:"table:place"`
	ID            string `bun:",pk"`
	Level         int
	Code          string
	Name          string
	ParentID      *string
	Path          string
	UrbanRural    string
	Lat           float64
	Lng           float64
	UncertaintyM  int `bun:"uncertainty_m"`
	Active        bool
	EffectiveFrom time.Time
	Version       int64
}

type places struct{ db bun.IDB }

func newPlaces(db bun.IDB) community.Repository { return places{db} }

func fromPlaceRow(r placeRow) community.Place {
	return community.Place{
		ID: ident.PlaceID(r.ID), Level: community.Level(r.Level), Code: r.Code, Name: r.Name,
		ParentID: ident.PlaceID(text(r.ParentID)), Path: r.Path, UrbanRural: r.UrbanRural, Lat: r.Lat, Lng: r.Lng,
		UncertaintyM: r.UncertaintyM, Active: r.Active, EffectiveFrom: utc(r.EffectiveFrom), Version: r.Version,
	}
}

func toPlaceRow(p *community.Place) *placeRow {
	return &placeRow{
		ID: string(p.ID), Level: int(p.Level), Code: p.Code, Name: p.Name, ParentID: null(string(p.ParentID)),
		Path: p.Path, UrbanRural: p.UrbanRural, Lat: p.Lat, Lng: p.Lng, UncertaintyM: p.UncertaintyM,
		Active: p.Active, EffectiveFrom: p.EffectiveFrom, Version: p.Version,
	}
}

func (s places) Place(ctx context.Context, id ident.PlaceID) (*community.Place, error) {
	r, err := get[placeRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	p := fromPlaceRow(*r)
	return &p, nil
}

func (s places) InsertPlace(ctx context.Context, p *community.Place) error {
	p.Version = 1
	return insert(ctx, s.db, toPlaceRow(p))
}

func (s places) SavePlace(ctx context.Context, p *community.Place) error {
	r := toPlaceRow(p)
	err := save(ctx, s.db, r, &r.Version)
	p.Version = r.Version
	return err
}
