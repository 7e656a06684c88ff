package rank

import "math"

// microMetres is the length of one micro-degree of latitude in thousandths of a millimetre.
const microMetres = 111_195

// walkMetresPerMinute turns walked metres into minutes.
const walkMetresPerMinute = 80

// reachLimitM is the walk beyond which nearness is worth nothing (more than eight hours).
const reachLimitM = 40_000

// cosines holds cos(latitude) in 1/65,536 per hundredth of a degree from the equator.
var cosines = func() [9001]int32 {
	var t [9001]int32
	for i := range t {
		t[i] = int32(math.Round(math.Cos(float64(i)*math.Pi/18000) * 65536))
	}
	return t
}()

// reachTable holds the value of a walk per metre: full up to 5 minutes, .85 at 10, .70 at 15,
// then fading with a half-life of about 42 minutes (15-10-5 minutes on foot).
var reachTable = func() [reachLimitM + 1]uint16 {
	var t [reachLimitM + 1]uint16
	for m := range t {
		t[m] = uint16(math.Round(reachCurve(float64(m)/walkMetresPerMinute) * Whole))
	}
	return t
}()

func reachCurve(minutes float64) float64 {
	switch {
	case minutes <= 5:
		return 1
	case minutes <= 15:
		return 1 - 0.03*(minutes-5)
	default:
		return 0.7 * math.Exp(-(minutes-15)/60)
	}
}

// metres is the straight-line distance between two known points, rounded down; good to
// 0.02 % at city size.
func metres(a, b *Point) int32 {
	return metresAt(a.Lat, a.Lng, b.Lat, b.Lng)
}

func metresAt(lat1, lng1, lat2, lng2 int32) int32 {
	dlat, dlng := int64(lat1)-int64(lat2), int64(lng1)-int64(lng2)
	if dlng < 0 {
		dlng = -dlng
	}
	dy := dlat * microMetres / 1_000_000
	dx := dlng * int64(cosine(int32((int64(lat1)+int64(lat2))/2))) >> 16 * microMetres / 1_000_000
	return root(dx*dx + dy*dy)
}

// root is the whole square root: the processor's guess, put right in integers.
func root(square int64) int32 {
	r := int64(math.Sqrt(float64(square)))
	for r*r > square {
		r--
	}
	for (r+1)*(r+1) <= square {
		r++
	}
	return int32(r)
}

func cosine(lat int32) int32 {
	if lat < 0 {
		lat = -lat
	}
	return cosines[lat/10_000]
}

// reachValue is the worth of a straight distance under a detour factor, in basis points.
func reachValue(straightM, detourPermille int32) int32 {
	walk := int64(straightM) * int64(detourPermille) / 1000
	if walk > reachLimitM {
		return 0
	}
	return int32(reachTable[walk])
}

// WalkMinutes tells how long a straight distance takes on foot, rounded up.
func WalkMinutes(straightM, detourPermille int32) int32 {
	walk := int64(straightM) * int64(detourPermille) / 1000
	return int32((walk + walkMetresPerMinute - 1) / walkMetresPerMinute)
}
