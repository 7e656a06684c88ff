// Package geo measures on the map: WGS-84 points, distances, and the way back from the
// shifted coordinates of Chinese map providers.
package geo

import "math"

// Point is a WGS-84 position in degrees.
type Point struct{ Lat, Lng float64 }

// earthRadiusM is the mean radius of the earth (IUGG).
const earthRadiusM = 6_371_008.8

// DistanceM is the great-circle distance in metres (haversine).
func DistanceM(a, b Point) float64 {
	rad := math.Pi / 180
	dLat, dLng := (b.Lat-a.Lat)*rad, (b.Lng-a.Lng)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Pow(math.Sin(dLng/2), 2)
	return 2 * earthRadiusM * math.Asin(math.Min(1, math.Sqrt(h)))
}

// Box is a rectangle of latitudes and longitudes, edges included.
type Box struct{ South, West, North, East float64 }

// Around is the smallest box that holds every point within radiusM metres of the centre;
// a list query asks it before measuring.
func Around(p Point, radiusM float64) Box {
	dLat := radiusM / earthRadiusM * 180 / math.Pi
	dLng := 180.0
	if c := math.Cos(p.Lat * math.Pi / 180); c > 1e-6 {
		dLng = dLat / c
	}
	const slack = 1.0001 // the box bulges a little where meridians converge
	return Box{p.Lat - dLat*slack, p.Lng - dLng*slack, p.Lat + dLat*slack, p.Lng + dLng*slack}
}

// Contains tells whether a point lies in the box.
func (b Box) Contains(p Point) bool {
	return p.Lat >= b.South && p.Lat <= b.North && p.Lng >= b.West && p.Lng <= b.East
}

// Krasovsky ellipsoid, which the shift of GCJ-02 is defined on.
const (
	semiMajorM   = 6_378_245.0
	eccentricity = 0.00669342162296594323
)

// FromGCJ02 turns a coordinate of a Chinese map provider (AMap, Tencent) into WGS-84 by
// iterating the published shift; the answer is right to well under a metre. The two differ
// by 300 to 600 m in Chengdu, more than a five-minute walk. Points outside China carry no
// shift and come back unchanged.
func FromGCJ02(p Point) Point {
	const rounds, enough = 30, 1e-10 // 1e-10 degrees are 0.01 mm
	w := p
	for range rounds {
		g := ToGCJ02(w)
		dLat, dLng := g.Lat-p.Lat, g.Lng-p.Lng
		w = Point{w.Lat - dLat, w.Lng - dLng}
		if math.Abs(dLat) < enough && math.Abs(dLng) < enough {
			break
		}
	}
	return w
}

// ToGCJ02 applies the shift: what a Chinese base map needs to show a WGS-84 point in place.
func ToGCJ02(p Point) Point {
	if outsideChina(p) {
		return p
	}
	x, y := p.Lng-105, p.Lat-35
	radLat := p.Lat / 180 * math.Pi
	magic := 1 - eccentricity*math.Pow(math.Sin(radLat), 2)
	root := math.Sqrt(magic)
	dLat := shiftLat(x, y) * 180 / (semiMajorM * (1 - eccentricity) / (magic * root) * math.Pi)
	dLng := shiftLng(x, y) * 180 / (semiMajorM / root * math.Cos(radLat) * math.Pi)
	return Point{p.Lat + dLat, p.Lng + dLng}
}

func outsideChina(p Point) bool {
	return p.Lng < 72.004 || p.Lng > 137.8347 || p.Lat < 0.8293 || p.Lat > 55.8271
}

func shiftLat(x, y float64) float64 {
	s := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x))
	s += (20*math.Sin(6*x*math.Pi) + 20*math.Sin(2*x*math.Pi)) * 2 / 3
	s += (20*math.Sin(y*math.Pi) + 40*math.Sin(y/3*math.Pi)) * 2 / 3
	return s + (160*math.Sin(y/12*math.Pi)+320*math.Sin(y*math.Pi/30))*2/3
}

func shiftLng(x, y float64) float64 {
	s := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x))
	s += (20*math.Sin(6*x*math.Pi) + 20*math.Sin(2*x*math.Pi)) * 2 / 3
	s += (20*math.Sin(x*math.Pi) + 40*math.Sin(x/3*math.Pi)) * 2 / 3
	return s + (150*math.Sin(x/12*math.Pi)+300*math.Sin(x/30*math.Pi))*2/3
}
