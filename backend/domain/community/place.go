package community

import (
	"time"

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
	Name          string
	ParentID      ident.PlaceID
	Path          string
	UrbanRural    string  // NBS three-digit class, "" when unknown
	Lat, Lng      float64 // WGS-84; both 0 when unknown
	UncertaintyM  int     // 0 for a surveyed point; the size of the parent for an imputed one
	Active        bool
	EffectiveFrom time.Time
	Version       int64
}
