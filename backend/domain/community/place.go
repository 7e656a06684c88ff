package community

import (
	"time"

	"linli/backend/domain/geo"
	"linli/backend/domain/ident"
)

// Level is the rank of a place in the division tree.
type Level int

// The levels of the national division code.
const (
	LevelCity      Level = 2
	LevelDistrict  Level = 3
	LevelStreet    Level = 4 // 街道 or 镇
	LevelCommunity Level = 5 // 社区 or 村
)

// Place is a place with an identity of our own: codes and names hold for a period, the
// identity stays. The fields are those in force now; Path lists the identities from the
// city down to this place, "/city/district/", so that a prefix test answers "inside".
type Place struct {
	ID            ident.PlaceID
	Level         Level
	Code          string // 12 digits
	Name          string // as people say it, 宽巷子社区
	ParentID      ident.PlaceID
	Path          string
	UrbanRural    string  // NBS three-digit class, "" when unknown
	Lat, Lng      float64 // WGS-84; both 0 when unknown
	UncertaintyM  int     // 0 for a point of the list; the reach of what it was imputed from
	Active        bool
	EffectiveFrom time.Time // since when these fields hold
	Version       int64
}

// Located tells whether the place has a point at all.
func (p Place) Located() bool { return p.Lat != 0 || p.Lng != 0 }

// Point is the place's position; the zero point when unknown.
func (p Place) Point() geo.Point { return geo.Point{Lat: p.Lat, Lng: p.Lng} }

// Period is one stretch of a place's history: what it was called, under which code and
// parent, from when until when (nil: still).
type Period struct {
	ID       string
	PlaceID  ident.PlaceID
	Code     string
	Name     string
	Listed   string // the name as the list spelt it
	ParentID ident.PlaceID
	From     time.Time
	Until    *time.Time
}

// Fact is a dated figure about a place, such as its number of households.
type Fact struct {
	PlaceID ident.PlaceID
	Kind    FactKind
	AsOf    string // day, "2026-01-31"
	Value   int64
	Source  string
}

// FactKind names what is counted.
type FactKind string

// The figures that rules and indicators divide by.
const (
	Households FactKind = "households" // 户
	Population FactKind = "population" // resident population, persons
)
